//! Which state an office is of that the text gives without one: what its sentences, the place of writing and the other
//! people of the text tell.

use std::sync::LazyLock;

use regex::Regex;
use verbale_read::{Document, FurnitureKind, Span};

use super::gazetteer::is_subject;
use super::{Mention, Person, Referent, StateForm};
use crate::lexicon::{Lexicon, Listed};
use crate::parse::{Tree, Trees};
use crate::record::PartyBasis;
use crate::voices::outlet;

// "LUSAKA: …" at the start of a line, below a byline and a headline.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(\p{Lu}{3,}(?:\x20\p{Lu}{2,}){0,2}(?:,\x20\p{Lu}\p{Ll}+)?)(?::\x20|\x20[-–—(/]|[,.]\x20)")
        .expect("a fixed pattern")
});
// "Cairo, 3 September 2024", "Bogota, D.C., June 4, 2021" on a line of its own, above or below a paper.
static PLACE_AND_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\x20*_]*(\p{Lu}[\p{L}'’.-]+(?:\x20\p{Lu}[\p{L}'’.-]+){0,2})(?:,\x20D\.?C\.?|/\p{Lu}[\p{L}-]+)?(?:,\x20|\x20[-–—]\x20)(?:\p{Lu}\p{L}+,?\x20)?(?:\d{1,2}(?:st|nd|rd|th)?(?:\x20of)?\x20\p{Lu}\p{L}+,?|\p{Lu}\p{L}+\x20\d{1,2},?)\x20\d{4}\b[^\n]{0,12}$")
        .expect("a fixed pattern")
});
// "Dili – When the flag went up": no capitals, but a place that the lists know.
static PLACE_AND_DASH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(\p{Lu}[\p{L}'’-]+(?:\x20\p{Lu}[\p{L}'’-]+)?)(?:/\p{Lu}[\p{L}-]+)?\x20(?:–|—|--)\x20\p{Lu}")
        .expect("a fixed pattern")
});
// "By NAME, Leros", "From our correspondent in Leros", "– Goma bureau" above a story.
static WRITER_AT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:[Bb]y\x20\p{Lu}[^\n,]{3,40}(?:,|\x20in)\x20|[Ff]rom\x20(?:our|a)\x20(?:\p{Ll}+\x20){0,2}(?:reporter|correspondent)\x20in\x20|[^\n]{2,60}[-–—|]\x20)(\p{Lu}[\p{L}-]+(?:\x20\p{Lu}[\p{L}-]+)?)(?:\x20bureau|\x20desk|\s)")
        .expect("a fixed pattern")
});

/// What tells for or against a state, in points. One point more than any other state has is enough: the guess is
/// marked as inferred.
mod points {
    /// "our prime minister": the state of the place of writing.
    pub const OURS: i32 = 6;
    /// "told parliament in Lusaka": nobody reports to another state's parliament.
    pub const PARLIAMENT: i32 = 5;
    /// "Zambia will not pay, the minister said": plans are told by those who have them.
    pub const PLANS: i32 = 4;
    /// "Zambia has paid, the minister said".
    pub const TOLD_OF: i32 = 1;
    /// The state whose act is told before; one more if right before.
    pub const ACTED_BEFORE: i32 = 2;
    /// A town of the state in the sentence where the person acts.
    pub const PLACE: i32 = 1;
    /// The place that the text is written at.
    pub const WRITTEN_AT: i32 = 2;
    /// The same for an envoy, who is another state's.
    pub const POSTED_AT: i32 = -1;
    /// Another bears the same office for that state.
    pub const TAKEN: i32 = -5;
    /// The other of two states has that office taken.
    pub const LEFT: i32 = 4;
    /// "his Zambian counterpart", "arrived in Zambia", "accused Zambia": the other side.
    pub const OTHER_SIDE: i32 = -4;
    /// No listed holder of that highest office, but of others: there is none in that state.
    pub const NO_SUCH: i32 = -12;
    /// Whose goods, soldiers or towns the person's act is about.
    pub const ACTED_ON: i32 = -1;
    /// The text is not about that state in the first place.
    pub const THIRD: i32 = -3;
}

/// So many first sentences with a person tell where he belongs.
const SENTENCES: usize = 4;

/// Verbs whose object is the other side.
const AGAINST: [&str; 22] = [
    "accuse",
    "urge",
    "ask",
    "call",
    "thank",
    "blame",
    "condemn",
    "criticise",
    "criticize",
    "warn",
    "invite",
    "visit",
    "denounce",
    "demand",
    "request",
    "tell",
    "assure",
    "congratulate",
    "praise",
    "press",
    "protest",
    "reject",
];

/// Verbs whose goal is another country than the traveller's own.
const TRAVELS: [&str; 7] = ["arrive", "fly", "travel", "come", "go", "visit", "land"];

/// Whom a government calls in, expels or receives for another state.
const ENVOYS: [&str; 9] = [
    "ambassador",
    "envoy",
    "chargé",
    "diplomat",
    "attaché",
    "consul",
    "commissioner",
    "mission",
    "embassy",
];

/// Words that act for those who give them.
const ANSWERS: [&str; 6] = [
    "reply",
    "answer",
    "response",
    "statement",
    "reaction",
    "retort",
];

/// What one does after the other side has acted.
const REPLIES: [&str; 9] = [
    "answer", "reply", "respond", "retort", "counter", "reject", "dismiss", "deny", "hit",
];

/// Heads of state of some states only.
const MONARCHS: [&str; 6] = ["king", "queen", "sultan", "emir", "emperor", "sheikh"];

/// Words for parliaments and for those who sit there.
const PARLIAMENT: [&str; 8] = [
    "parliament",
    "lawmaker",
    "legislature",
    "senate",
    "deputy",
    "legislator",
    "senator",
    "congress",
];

/// What a document knows when it asks for the state of an office.
pub(super) struct Inquiry<'a> {
    pub lexicon: &'a Lexicon,
    pub trees: &'a Trees,
    pub named: &'a [Mention],
    pub mentions: &'a [Mention],
    /// States of the document, the one named most first.
    pub states: &'a [String],
    /// The state that the text is written in.
    pub home: Option<&'a str>,
}

impl Inquiry<'_> {
    /// The state of an open office of a person.
    pub fn state_of(&self, people: &[Person], index: usize, office: usize) -> Option<String> {
        let title = &people[index].offices[office].title;
        let class = people[index].offices[office].class.as_str();
        let mut scores: Vec<(&String, i32)> = self
            .states
            .iter()
            .take(3)
            .enumerate()
            .map(|(rank, state)| (state, if rank < 2 { 0 } else { points::THIRD }))
            .collect();
        let home = self
            .home
            .and_then(|home| self.states.iter().find(|state| *state == home));
        if let Some(home) = home
            && scores.iter().all(|(state, _)| *state != home)
        {
            scores.push((home, 0));
        }
        let mut add = |state: &str, points: i32| {
            if let Some((_, score)) = scores.iter_mut().find(|(known, _)| *known == state) {
                *score += points;
            }
        };
        // Envoys are posted to the place that is written from; several lawmakers belong to one state.
        let posted = class == "diplomat";
        if class != "legislator" {
            let taken: Vec<&String> = people
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .flat_map(|(_, person)| &person.offices)
                .filter(|other| other.title == *title)
                .filter_map(|other| other.of.as_ref())
                .collect();
            for state in &taken {
                add(state, points::TAKEN);
            }
            if let [one, other, ..] = self.states {
                match (taken.contains(&one), taken.contains(&other)) {
                    (true, false) => add(other, points::LEFT),
                    (false, true) => add(one, points::LEFT),
                    _ => {}
                }
            }
        }
        if let Some(home) = self.home {
            add(
                home,
                match posted {
                    true => points::POSTED_AT,
                    false => points::WRITTEN_AT,
                },
            );
        }
        for state in self.states.iter().take(3) {
            if self.lacks(state, title) {
                add(state, points::NO_SUCH);
            }
        }
        if let Some((state, points)) = self.acted_before(people, index) {
            add(&state, points);
        }
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for mention in self
            .named
            .iter()
            .filter(|mention| mention.referent == Referent::Person { person: index })
            .filter(|mention| self.trees.units[mention.unit].unit.quotation.is_none())
        {
            let tree = &self.trees.units[mention.unit];
            let sentence = tree.sentence_of(mention.head);
            if seen.contains(&(mention.unit, sentence)) {
                continue;
            }
            seen.push((mention.unit, sentence));
            if seen.len() > SENTENCES {
                break;
            }
            for (state, points) in self.told_by(mention, posted) {
                add(&state, points);
            }
        }
        scores.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        let (state, best) = *scores.first()?;
        let next = scores.get(1).map_or(0, |(_, score)| *score);
        // With nothing for either, the one that nothing tells against.
        (best > next && (best > 0 || best == 0 && next <= points::THIRD && scores.len() > 1))
            .then(|| state.clone())
    }

    /// Whether a state is known for other highest offices, but not for this one.
    fn lacks(&self, state: &str, title: &str) -> bool {
        const HIGHEST: [&str; 6] = [
            "president",
            "prime minister",
            "chancellor",
            "king",
            "emperor",
            "sultan",
        ];
        let known = |wanted: &dyn Fn(&str) -> bool| {
            self.lexicon
                .leaders
                .iter()
                .filter(|leader| leader.state == state)
                .filter_map(|leader| leader.office.as_deref())
                .filter(|office| wanted(office))
                .count()
        };
        HIGHEST.contains(&title)
            && known(&|office| office == title) == 0
            && known(&|office| HIGHEST.contains(&office)) >= 2
    }

    /// "Its foreign minister, NAME", "NAME's defence minister": the state of whose office it is.
    pub fn owner_of(&self, people: &[Person], index: usize, office: usize) -> Option<String> {
        let words = people[index].offices[office].words;
        let (unit, tree) = self
            .trees
            .units
            .iter()
            .enumerate()
            .rfind(|(_, tree)| tree.unit.span.contains(words))?;
        let first = tree
            .tokens
            .iter()
            .position(|token| token.span.start >= words.start)?;
        // "Its new foreign minister".
        let before = (first.saturating_sub(3)..first)
            .rev()
            .find(|&token| !["ADJ", "NOUN"].contains(&tree.tokens[token].pos))?;
        let token = &tree.tokens[before];
        let person_before = |start: usize| {
            self.named
                .iter()
                .filter(|mention| mention.span.start < start)
                .max_by_key(|mention| mention.span.start)
        };
        let side = |mention: &Mention| match mention.referent {
            Referent::Person { person } if person != index => people[person]
                .offices
                .iter()
                .filter(|office| office.official)
                .find_map(|office| office.of.clone())
                .filter(|of| self.lexicon.state(of).is_some()),
            _ => None,
        };
        match token.norm.as_str() {
            "its" => self.spoken_of(unit, token.span.start),
            "his" | "her" => person_before(token.span.start).and_then(side),
            // "The sultan's minister".
            "'s" | "’s" | "'" | "’"
                if before > 0 && MONARCHS.contains(&tree.tokens[before - 1].norm.as_str()) =>
            {
                let title = tree.tokens[before - 1].norm.as_str();
                let reigns = |state: &&String| {
                    self.lexicon.leaders.iter().any(|leader| {
                        leader.state == **state && leader.office.as_deref() == Some(title)
                    })
                };
                self.states.iter().take(3).find(reigns).cloned()
            }
            "'s" | "’s" | "'" | "’" => person_before(token.span.start)
                .filter(|mention| mention.unit == unit && mention.tokens.end == before)
                .and_then(side),
            _ => None,
        }
    }

    /// The state that "its" stands for: the one that acts in its sentence, else in the sentence before, else named last.
    fn spoken_of(&self, unit: usize, start: usize) -> Option<String> {
        let before: Vec<(&Mention, &String)> = self
            .mentions
            .iter()
            .filter(|mention| mention.unit <= unit && mention.span.start < start)
            .filter_map(|mention| match &mention.referent {
                Referent::State { id, .. } => Some((mention, id)),
                _ => None,
            })
            .collect();
        let (last, named) = *before.last()?;
        let sentence = |mention: &Mention| {
            (
                mention.unit,
                self.trees.units[mention.unit].sentence_of(mention.head),
            )
        };
        before
            .iter()
            .filter(|(mention, _)| sentence(mention) == sentence(last))
            .find(|(mention, _)| self.acts(&self.trees.units[mention.unit], mention.head))
            .map(|(_, id)| (*id).clone())
            .or_else(|| Some(named.clone()))
    }

    /// What the sentence of one mention of the person tells.
    fn told_by(&self, mention: &Mention, posted: bool) -> Vec<(String, i32)> {
        let tree = &self.trees.units[mention.unit];
        let sentence = tree.sentences[tree.sentence_of(mention.head)].clone();
        let mut told = Vec::new();
        let before = mention.tokens.start.saturating_sub(6)..mention.tokens.start;
        if let Some(home) = self.home
            && before.clone().any(|token| tree.tokens[token].norm == "our")
        {
            told.push((home.to_owned(), points::OURS));
        }
        let acts = is_subject(tree, mention.head);
        let parliament = acts
            && sentence.clone().any(|token| {
                PARLIAMENT.contains(&tree.tokens[token].lemma.to_lowercase().as_str())
                    && ["dobj", "dative", "pobj"].contains(&tree.tokens[token].dep)
                    && tree.tokens[tree.tokens[token].head].lemma == "tell"
            });
        for other in self
            .mentions
            .iter()
            .filter(|other| other.unit == mention.unit && sentence.contains(&other.head))
            .filter(|other| other.head != mention.head)
        {
            if self.spoken(other.span) {
                continue;
            }
            let head = &tree.tokens[other.head];
            let over = &tree.tokens[head.head];
            match &other.referent {
                Referent::State { id, form } => {
                    let subject = self.acts(tree, other.head) || is_subject(tree, other.head);
                    let verb = verb_over(tree, other.head);
                    let by_person = verb.map(|verb| {
                        tree.children_with(verb, &["nsubj", "nsubjpass"])
                            .map(|subject| {
                                let again =
                                    ["he", "she"].contains(&tree.tokens[subject].norm.as_str());
                                tree.edges[subject].contains(&mention.head) || again && acts
                            })
                            .next()
                    });
                    let counterpart = over.lemma == "counterpart";
                    // Whom somebody else asks or accuses can be the person's own state.
                    let against = head.dep == "dobj"
                        && AGAINST.contains(&over.lemma.as_str())
                        && by_person != Some(Some(false));
                    let summoned = ["poss", "amod"].contains(&head.dep)
                        && ENVOYS.contains(&over.lemma.to_lowercase().as_str())
                        && over.dep == "dobj";
                    if summoned && posted {
                        // "Expelled two Peruvian diplomats, among them the attaché, NAME".
                        told.push((id.clone(), points::OURS));
                    } else if counterpart || against || summoned || self.goal(tree, other.head) {
                        told.push((id.clone(), points::OTHER_SIDE));
                    } else if by_person == Some(Some(true))
                        && ["poss", "amod"].contains(&head.dep)
                        && ["dobj", "pobj"].contains(&over.dep)
                    {
                        told.push((id.clone(), points::ACTED_ON));
                    } else if subject && *form != StateForm::DemonymPlural {
                        told.push((
                            id.clone(),
                            if verb.is_some_and(|verb| plans(tree, verb)) {
                                points::PLANS
                            } else {
                                points::TOLD_OF
                            },
                        ));
                    } else if *form == StateForm::Capital && !posted {
                        let here = if parliament {
                            points::PARLIAMENT
                        } else {
                            points::PLACE
                        };
                        told.push((id.clone(), here));
                    } else if *form == StateForm::Seat {
                        told.push((id.clone(), points::PLACE));
                    }
                }
                Referent::Place {
                    state: Some(state), ..
                } if !posted => {
                    let here = match (parliament, self.goal(tree, other.head)) {
                        (true, _) => points::PARLIAMENT,
                        (false, true) => continue,
                        (false, false) => points::PLACE,
                    };
                    told.push((state.clone(), here));
                }
                _ => {}
            }
        }
        told
    }

    /// Whether words stand in somebody's speech: whom a speaker names there can be either side.
    fn spoken(&self, span: Span) -> bool {
        self.trees
            .units
            .iter()
            .any(|tree| tree.unit.quotation.is_some() && tree.unit.span.contains(span))
    }

    /// "arrived in Zambia", "a visit to Zambia", "a trip to Lusaka".
    fn goal(&self, tree: &Tree, token: usize) -> bool {
        let preposition = tree.tokens[token].head;
        let over = &tree.tokens[tree.tokens[preposition].head];
        tree.tokens[token].dep == "pobj"
            && (["visit", "trip", "journey"].contains(&over.lemma.as_str())
                || ["to", "in", "for"].contains(&tree.tokens[preposition].norm.as_str())
                    && TRAVELS.contains(&over.lemma.as_str()))
    }

    /// Whether a state acts, itself or by a body of its own ("the Peruvian army fired"), and alone.
    fn acts(&self, tree: &Tree, token: usize) -> bool {
        let mut at = token;
        while ["poss", "amod", "compound", "nmod"].contains(&tree.tokens[at].dep)
            && tree.tokens[at].head != at
        {
            at = tree.tokens[at].head;
        }
        let agent = |lemma: &str| self.lexicon.agent(&lemma.to_lowercase()).is_some();
        is_subject(tree, at)
            && (at == token
                || tree.tokens[at].dep == "nsubj"
                    && (agent(&tree.tokens[at].lemma)
                        || ANSWERS.contains(&tree.tokens[at].lemma.as_str())))
            && tree.tokens[at].dep != "conj"
            && tree.children_with(at, &["conj"]).next().is_none()
    }

    /// The state that acts last, itself or by an official, before a person is first named as one who acts, in that
    /// paragraph or the one before.
    fn acted_before(&self, people: &[Person], person: usize) -> Option<(String, i32)> {
        let first = self
            .named
            .iter()
            .filter(|mention| mention.referent == Referent::Person { person })
            .min_by_key(|mention| mention.span.start)?;
        let tree = &self.trees.units[first.unit];
        if tree.unit.quotation.is_some() || !is_subject(tree, first.head) {
            return None;
        }
        let sentence = tree.sentences[tree.sentence_of(first.head)].start;
        let sentence = tree.span(sentence).start;
        self.mentions
            .iter()
            .chain(self.named)
            .filter(|mention| mention.span.start < sentence)
            .filter(|mention| {
                let other = &self.trees.units[mention.unit];
                other.unit.quotation.is_none()
                    && other.unit.paragraph + 1 >= tree.unit.paragraph
                    && self.acts(other, mention.head)
                    && other.tokens[mention.head].dep != "pobj"
                    && !self.spoken(mention.span)
            })
            .filter_map(|mention| match &mention.referent {
                Referent::State { id, .. } => Some((mention.span.start, id)),
                Referent::Person { person } => people[*person]
                    .offices
                    .iter()
                    .filter(|office| office.of_basis == PartyBasis::Named)
                    .find_map(|office| office.of.as_ref())
                    .map(|of| (mention.span.start, of)),
                _ => None,
            })
            .filter(|(_, id)| self.states.iter().take(2).any(|state| state == *id))
            .max_by_key(|(start, _)| *start)
            .map(|(start, id)| {
                let before = tree.sentence_of(first.head).checked_sub(1);
                let next = before.is_some_and(|before| {
                    tree.span(tree.sentences[before].start).start <= start
                        && tree.unit.span.start <= start
                });
                let points = points::ACTED_BEFORE + i32::from(next);
                // "The Chilean minister spoke of theft. Foreign Minister X answered": another's.
                let replies = verb_over(tree, first.head)
                    .is_some_and(|verb| REPLIES.contains(&tree.tokens[verb].lemma.as_str()));
                (id.clone(), if replies && next { -points } else { points })
            })
    }
}

/// The verb whose subject, object or prepositional object a token is part of.
fn verb_over(tree: &Tree, token: usize) -> Option<usize> {
    tree.upwards(token)
        .skip(1)
        .find(|&at| ["VERB", "AUX"].contains(&tree.tokens[at].pos) && tree.tokens[at].dep != "amod")
}

/// "will pay", "is ready to pay", "wants to pay".
fn plans(tree: &Tree, verb: usize) -> bool {
    tree.children_with(verb, &["aux"])
        .any(|aux| ["will", "would", "'ll", "wo"].contains(&tree.tokens[aux].norm.as_str()))
        || ["want", "hope", "plan", "intend", "expect", "wish"]
            .contains(&tree.tokens[verb].lemma.as_str())
        || tree
            .children_with(verb, &["acomp"])
            .any(|state| tree.tokens[state].norm == "ready")
}

/// The state that a text is written in: of its dateline, of the place beside its day, of the place of who wrote it, else
/// of the listed outlet, else of a town in the outlet's name.
pub(super) fn home(document: &Document, lexicon: &Lexicon) -> Option<String> {
    let dateline = document
        .furniture
        .iter()
        .filter(|furniture| furniture.kind == FurnitureKind::Dateline)
        .find_map(|furniture| state_in(furniture.span, document, lexicon));
    let outlet = || {
        let name = outlet(document, lexicon)?.value;
        lexicon
            .outlets
            .iter()
            .find(|outlet| outlet.name.eq_ignore_ascii_case(&name))
            .and_then(|outlet| outlet.state.clone())
            .or_else(|| state_named(&name, lexicon))
    };
    let place = || {
        PLACE
            .captures(&document.text)
            .and_then(|found| state_named(&found[1], lexicon))
    };
    let day = || {
        PLACE_AND_DAY
            .captures_iter(&document.text)
            .find_map(|found| state_named(&found[1], lexicon))
    };
    let dash = || {
        PLACE_AND_DASH
            .captures_iter(&document.text)
            .find_map(|found| whole_name(&found[1], lexicon))
    };
    let writer = || {
        let mut end = document.text.len().min(400);
        while !document.text.is_char_boundary(end) {
            end -= 1;
        }
        WRITER_AT
            .captures_iter(&document.text[..end])
            .find_map(|found| state_named(&found[1], lexicon))
    };
    dateline
        .or_else(place)
        .or_else(day)
        .or_else(dash)
        .or_else(writer)
        .or_else(outlet)
}

/// The state of a town or state with exactly this name.
fn whole_name(name: &str, lexicon: &Lexicon) -> Option<String> {
    let listed = lexicon.named(name);
    // Belgrade has been the capital of several states; the one that it is of today comes first.
    let today = listed.iter().find_map(|listed| match listed {
        Listed::State(index) if lexicon.state_names[*index].to.is_none() => {
            Some(lexicon.state_names[*index].id.clone())
        }
        _ => None,
    });
    today.or_else(|| {
        listed.iter().find_map(|listed| match listed {
            Listed::State(index) => Some(lexicon.state_names[*index].id.clone()),
            Listed::City(index) => lexicon.cities[*index].state.clone(),
            _ => None,
        })
    })
}

fn state_in(span: Span, document: &Document, lexicon: &Lexicon) -> Option<String> {
    let words = span.of(&document.text);
    let place = words.split([',', '(', '-', '–', '—', '/', '.']).next()?;
    state_named(place.trim(), lexicon)
}

/// The state of the first town or state among the words of a name, written in capitals or not.
pub(crate) fn state_named(name: &str, lexicon: &Lexicon) -> Option<String> {
    let words: Vec<String> = name
        .split([' ', ',', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .map(capitalised)
        .collect();
    (1..=words.len().min(3)).rev().find_map(|length| {
        words
            .windows(length)
            .find_map(|window| whole_name(&window.join(" "), lexicon))
    })
}

fn capitalised(word: &str) -> String {
    // "PORT-AU-PRINCE" stays a list's matter, but "N'DJAMENA" has two capitals.
    let mut before = ' ';
    let mut capital = |letter: char| {
        let first = before == ' ' || "'’".contains(before);
        before = letter;
        first
    };
    word.chars()
        .flat_map(|letter| match capital(letter) {
            true => letter.to_uppercase().collect::<Vec<char>>(),
            false => letter.to_lowercase().collect(),
        })
        .collect()
}
