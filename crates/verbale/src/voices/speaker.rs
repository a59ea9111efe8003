//! Who a subject of saying is: a person of the document, a state or body, or somebody without a name.

use verbale_read::Span;

use super::Site;
use crate::names::{Gender, Mention, Referent, StateForm};
use crate::parse::{TokenId, Tree};

/// Somebody whose words the text gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Speaker {
    /// Index into the people of the document.
    pub person: Option<usize>,
    /// The fullest name, or the words for who has none.
    pub name: String,
    pub role: Option<String>,
    pub side: Option<String>,
    pub official: Option<bool>,
    /// Whether this is a news outlet.
    pub outlet: bool,
    /// Whether this is a human being, named or not; a state or a ministry is none.
    pub personal: bool,
    /// Whether a list, an office or a name says that this can speak at all; "a decision says" is no speaker.
    pub certain: bool,
}

/// Who was heard before: the last human being, with the place, and the last state or body.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    pub person: Option<(Speaker, usize)>,
    pub body: Option<Speaker>,
}

/// Identifies a subject. `None` for the voice around it ("I", "we"), for nobody ("it") and for things.
pub(super) fn identify(site: &Site, at: TokenId, heard: &Heard) -> Option<Speaker> {
    let tree = &site.trees.units[at.unit];
    let token = &tree.tokens[at.token];
    match token.norm.as_str() {
        "i" | "we" | "me" | "us" | "you" | "this" | "that" | "these" | "there" | "what"
        | "everyone" | "everybody" | "nobody" | "no" => None,
        "who" | "which" => {
            // "the minister, who said": the relative clause hangs on its antecedent.
            let mut verb = token.head;
            while tree.tokens[verb].dep != "relcl" && tree.tokens[verb].head != verb {
                verb = tree.tokens[verb].head;
            }
            let antecedent = tree.tokens[verb].head;
            let antecedent = TokenId {
                unit: at.unit,
                token: antecedent,
            };
            if antecedent.token == verb {
                return None;
            }
            identify(site, antecedent, heard)
        }
        "he" | "she" | "him" | "her" => pronoun(site, at, heard),
        "it" | "they" | "both" | "neither" => {
            subject_before(site, at, heard).or_else(|| heard.body.clone())
        }
        "one" | "some" | "others" | "another" => Some(Speaker {
            name: noun_phrase(site, at).of(site.text).to_owned(),
            side: affiliation(site, at.unit, noun_phrase(site, at)),
            personal: true,
            ..Speaker::default()
        }),
        _ => site
            .names
            .person_at(at)
            .or_else(|| in_apposition(site, at))
            .map(|person| person_speaker(site, person, at))
            .or_else(|| noun(site, at, heard)),
    }
}

fn pronoun(site: &Site, at: TokenId, heard: &Heard) -> Option<Speaker> {
    let span = site.trees.units[at.unit].span(at.token);
    let gender = match site.trees.units[at.unit].tokens[at.token].norm.as_str() {
        "she" | "her" => Gender::Feminine,
        _ => Gender::Masculine,
    };
    let resolved = site.names.person_at(at);
    // Whoever spoke last goes on speaking, unless the narration has turned to somebody else since.
    if let Some((speaker, place)) = &heard.person
        && speaker.person.is_none_or(|person| {
            site.names.people[person]
                .gender
                .is_none_or(|known| known == gender)
        })
        && resolved.is_none_or(|person| {
            speaker.person == Some(person) || !became_subject(site, person, *place, span.start)
        })
    {
        return Some(speaker.clone());
    }
    resolved.map(|person| person_speaker(site, person, at))
}

/// Whether the narration makes a person the subject of a clause between two places.
fn became_subject(site: &Site, person: usize, from: usize, to: usize) -> bool {
    site.names.mentions.iter().any(|mention| {
        let bearer = match mention.referent {
            Referent::Person { person } => Some(person),
            Referent::Office { person, .. } => person,
            _ => None,
        };
        let tree = &site.trees.units[mention.unit];
        bearer == Some(person)
            && from < mention.span.start
            && mention.span.start < to
            && tree.unit.quotation.is_none()
            && site.segments.unit_at(mention.span.start) == Some(mention.unit)
            && tree.tokens[mention.head].dep.starts_with("nsubj")
            && is_main(tree, tree.tokens[mention.head].head)
    })
}

/// Whether a verb is the main one of its sentence, or joined to it.
fn is_main(tree: &Tree, verb: usize) -> bool {
    let head = tree.tokens[verb].head;
    head == verb || tree.tokens[verb].dep == "conj" && is_main(tree, head)
}

/// "the director, Ana Ruiz": the person whose name stands beside the noun.
fn in_apposition(site: &Site, at: TokenId) -> Option<usize> {
    let tree = &site.trees.units[at.unit];
    tree.children_with(at.token, &["appos"])
        .find_map(|token| site.names.person_at(TokenId { token, ..at }))
}

/// "The ministry did not reply. It said …": the body that is the subject of the sentence before.
fn subject_before(site: &Site, at: TokenId, heard: &Heard) -> Option<Speaker> {
    let tree = &site.trees.units[at.unit];
    let before = tree.sentence_of(at.token).checked_sub(1)?;
    tree.sentences[before]
        .clone()
        .find(|&token| {
            tree.tokens[token].dep.starts_with("nsubj")
                && is_main(tree, tree.tokens[token].head)
                && ["NOUN", "PROPN"].contains(&tree.tokens[token].pos)
        })
        .and_then(|token| identify(site, TokenId { token, ..at }, heard))
        .filter(|speaker| !speaker.personal && speaker.certain)
}

/// A person as a speaker; the office is the one the text gave last before the words, else the first one.
pub(super) fn person_speaker(site: &Site, person: usize, at: TokenId) -> Speaker {
    let here = site.trees.units[at.unit].span(at.token).end;
    let known = &site.names.people[person];
    let office = known
        .offices
        .iter()
        .rfind(|office| office.span.start <= here)
        .or(known.offices.first());
    Speaker {
        person: Some(person),
        name: known.name.clone(),
        role: office.map(|office| office.text.clone()),
        side: known.side.clone(),
        official: known.official,
        outlet: false,
        personal: true,
        certain: true,
    }
}

/// A speaker without a name: "Egypt", "the defence ministry", "a senior official", "two residents".
fn noun(site: &Site, at: TokenId, heard: &Heard) -> Option<Speaker> {
    let tree = &site.trees.units[at.unit];
    let token = &tree.tokens[at.token];
    let here = site.names.mentions_at(at);
    let phrase = noun_phrase(site, at);
    let lexicon = site.lexicon;
    let body = lexicon.is_a("speaking_body", &token.lemma);
    let human =
        !body && (lexicon.office(&token.lemma).is_some() || lexicon.is_a("speaker", &token.lemma));
    let words = phrase.of(site.text);
    // "the expert" after an expert has spoken is the same one, if the document knows no other bearer.
    let bare = words.split_whitespace().count() == 2 && words.to_lowercase().starts_with("the ");
    if human
        && bare
        && !token.morph.contains("Number=Plur")
        && let Some((speaker, _)) = &heard.person
    {
        return Some(speaker.clone());
    }
    // "The statement added": whoever gave it.
    if bare
        && ["statement", "communique", "communiqué", "note", "release"]
            .contains(&token.lemma.as_str())
    {
        let last = heard.person.as_ref().map(|(speaker, _)| speaker);
        if let Some(speaker) = last
            .filter(|one| one.official == Some(true))
            .or(heard.body.as_ref())
        {
            return Some(speaker.clone());
        }
    }
    let mut side = None;
    let mut of_state = false;
    let mut outlet = false;
    let mut listed = false;
    for mention in &here {
        listed = true;
        match &mention.referent {
            Referent::State { id, .. } => {
                side = Some(id.clone());
                of_state = true;
            }
            Referent::Office { of, official, .. } => {
                side = of.clone().filter(|of| lexicon.state(of).is_some());
                of_state |= official;
            }
            Referent::Outlet { .. } => outlet = true,
            Referent::Agent { sector, .. } => of_state |= sector == "GOV" || sector == "MIL",
            Referent::Person { .. }
            | Referent::Organisation { .. }
            | Referent::Company { .. }
            | Referent::Issue { .. }
            | Referent::Place { .. } => {}
        }
    }
    let name = here
        .iter()
        .find_map(|mention| match &mention.referent {
            Referent::Outlet { name } => Some(name.clone()),
            _ => None,
        })
        .unwrap_or_else(|| words.to_owned());
    if side.is_none() {
        side = affiliation(site, at.unit, phrase);
    }
    let mut name = name;
    let state_body = BODIES_OF_STATE.contains(&token.lemma.to_lowercase().as_str());
    let spokesman = SPOKESMEN.contains(&token.lemma.as_str());
    if side.is_none() && (state_body || spokesman || of_state) {
        let of = whose(site, at, phrase, heard, state_body || spokesman);
        of_state |= state_body;
        if let Some((of, fuller)) = of {
            side = Some(of);
            if state_body && let Some(fuller) = fuller {
                name = fuller;
            }
        }
    }
    of_state |= state_body || spokesman;
    let proper = token.pos == "PROPN";
    let certain = listed || proper || human || body;
    (certain || token.pos == "NOUN" && lexicon.agent(&token.lemma).is_some()).then_some(Speaker {
        person: None,
        official: (of_state && side.is_some()).then_some(true),
        role: None,
        side,
        name,
        outlet,
        personal: human,
        certain,
    })
}

/// Bodies that every state has: without a state beside them they are those of the state spoken of.
const BODIES_OF_STATE: [&str; 12] = [
    "ministry",
    "embassy",
    "consulate",
    "government",
    "presidency",
    "army",
    "military",
    "navy",
    "cabinet",
    "police",
    "palace",
    "chancellery",
];

/// Ministries that both sides of a text have and speak of.
const SHARED: [&str; 2] = ["the foreign ministry", "foreign ministry"];

const SPOKESMEN: [&str; 3] = ["spokesman", "spokeswoman", "spokesperson"];

/// The state of a body or official without one: of the place that the sentence opens with, of "there", of the same
/// body named with its state before, of whoever was heard last, of the place of writing. With the fuller name of that
/// body, if the text gave one.
fn whose(
    site: &Site,
    at: TokenId,
    phrase: Span,
    heard: &Heard,
    of_somebody: bool,
) -> Option<(String, Option<String>)> {
    let tree = &site.trees.units[at.unit];
    let sentence = tree.sentences[tree.sentence_of(at.token)].clone();
    let opening = tree.tokens[sentence.start].norm == "in";
    let first = tree.span(sentence.start).start;
    let place = |mention: &Mention| match &mention.referent {
        Referent::State {
            id,
            form: StateForm::Capital,
        } => Some(id.clone()),
        Referent::Place { state, .. } => state.clone(),
        _ => None,
    };
    let here = site
        .names
        .mentions
        .iter()
        .filter(|mention| mention.unit == at.unit && mention.span.start < phrase.end);
    if opening {
        let named = here
            .clone()
            .filter(|mention| mention.span.start > first)
            .find(|mention| mention.tokens.start <= sentence.start + 2)
            .and_then(place);
        if let Some(state) = named {
            return Some((state, None));
        }
    }
    let words = phrase.of(site.text).to_lowercase();
    let there = words.ends_with(" there");
    if there && let Some(state) = here.clone().rev().find_map(place) {
        return Some((state, None));
    }
    // "officials in Osh": the town is among the words.
    let inside = here
        .filter(|mention| phrase.contains(mention.span))
        .find_map(place);
    if let Some(state) = inside {
        return Some((state, None));
    }
    if !of_somebody {
        return None;
    }
    // "Lebanon's energy minister … The energy ministry".
    let minister = words
        .trim_start_matches("the ")
        .strip_suffix(" ministry")
        .map(|field| format!("{field} minister"));
    let field = site
        .names
        .mentions
        .iter()
        .find_map(|mention| match &mention.referent {
            Referent::Office {
                title,
                of: Some(of),
                ..
            } if Some(title) == minister.as_ref() => Some(of.clone()),
            _ => None,
        });
    if let Some(of) = field.filter(|_| !SHARED.contains(&words.as_str())) {
        return Some((of, None));
    }
    let noun = tree.tokens[at.token].lemma.to_lowercase();
    let bare = words.split_whitespace().count() <= 2;
    let start = tree.span(at.token).start;
    let before = site.trees.units[..=at.unit]
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, other)| other.unit.quotation.is_none())
        .find_map(|(unit, other)| {
            (0..other.tokens.len()).rev().find_map(|token| {
                let same = other.tokens[token].lemma.to_lowercase() == noun
                    && other.span(token).start < start;
                let named = same.then(|| noun_phrase(site, TokenId { unit, token }))?;
                // "the energy ministry" is not the foreign ministry named before.
                let alike = bare
                    || named
                        .of(site.text)
                        .to_lowercase()
                        .ends_with(words.trim_start_matches("the "));
                let of = alike.then(|| affiliation(site, unit, named)).flatten()?;
                Some((of, Some(named.of(site.text).to_owned())))
            })
        });
    let heard_side = || {
        let person = heard
            .person
            .as_ref()
            .filter(|(speaker, _)| speaker.official == Some(true))
            .and_then(|(speaker, _)| speaker.side.clone());
        person.or_else(|| heard.body.as_ref()?.side.clone())
    };
    let home = || {
        let home = site.names.home.as_ref()?;
        let main = site.names.states.iter().take(2).any(|state| state == home);
        main.then(|| home.clone())
    };
    before.or_else(|| Some((heard_side().or_else(home)?, None)))
}

/// The state that a phrase names beside its head ("Egyptian officials", "the foreign ministry in Yerevan").
fn affiliation(site: &Site, unit: usize, phrase: Span) -> Option<String> {
    site.names
        .mentions
        .iter()
        .filter(|mention| mention.unit == unit && phrase.contains(mention.span))
        .find_map(|mention| match &mention.referent {
            Referent::State { id, .. } => Some(id.clone()),
            Referent::Office { of, .. } => of.clone().filter(|of| site.lexicon.state(of).is_some()),
            _ => None,
        })
}

/// The words of a noun phrase without what only adds to it: relative clauses, appositions, participles.
pub(super) fn noun_phrase(site: &Site, at: TokenId) -> Span {
    let tree = &site.trees.units[at.unit];
    let edges = tree.edges[at.token].clone();
    let end = tree.children[at.token]
        .iter()
        .filter(|&&child| child > at.token)
        .find(|&&child| {
            ["relcl", "acl", "appos", "punct", "cc", "conj", "advcl"]
                .contains(&tree.tokens[child].dep)
        })
        .map_or(edges.end, |&child| {
            tree.edges[child].start.max(at.token + 1)
        });
    tree.range_span(edges.start..end.max(at.token + 1))
}
