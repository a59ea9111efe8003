//! Titles with the states they are of and accredited to: "Ghana's deputy foreign minister", "President of the Republic
//! of Ghana", "Ghanaian Ambassador to Togo".

use std::ops::Range;

use super::gazetteer::tokens_in;
use super::people::spaced;
use super::{Mention, Referent, StateForm};
use crate::lexicon::Lexicon;
use crate::parse::Tree;

/// A title as it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TitlePhrase {
    /// The title with everything that belongs to it, before and after.
    pub(super) tokens: Range<usize>,
    /// The words of the title alone.
    pub(super) bare: Range<usize>,
    /// Canonical title.
    pub(super) title: String,
    /// Family of offices.
    pub(super) class: String,
    pub(super) official: bool,
    pub(super) of: Option<String>,
    pub(super) to: Option<String>,
    /// Whether a state or organisation stands after the title, so that no name can follow the title itself.
    pub(super) closed: bool,
}

/// All title phrases of a unit, in order. `mentions` are those of the unit.
pub(super) fn titles(
    text: &str,
    tree: &Tree,
    mentions: &[&Mention],
    lexicon: &Lexicon,
) -> Vec<TitlePhrase> {
    let mut phrases: Vec<TitlePhrase> = Vec::new();
    for found in lexicon.titles_in(&tree.unit.text) {
        let bytes = found.span.start + tree.unit.span.start..found.span.end + tree.unit.span.start;
        let Some(bare) = tokens_in(tree, &bytes) else {
            continue;
        };
        // "to head", "will chair" are verbs.
        let head = &tree.tokens[bare.end - 1];
        let hyphened = bare.start > 0
            && tree.word(text, bare.start - 1) == "-"
            && tree.tokens[bare.start - 1].span.end == tree.tokens[bare.start].span.start;
        if !["NOUN", "PROPN"].contains(&head.pos) && bare.len() == 1 || hyphened {
            continue;
        }
        // "Deputy" before "Foreign Minister" belongs to it.
        if let Some(previous) = phrases.last()
            && previous.bare.end == bare.start
            && !previous.closed
            && is_lowering(&previous.title)
        {
            let previous = phrases.pop().expect("just seen");
            let office = &lexicon.offices[found.values[0]];
            phrases.push(TitlePhrase {
                tokens: previous.tokens.start..bare.end,
                bare: previous.bare.start..bare.end,
                title: format!("{} {}", previous.title, office.title),
                class: office.class.clone(),
                official: office.official,
                ..previous
            });
            let last = phrases.last_mut().expect("just pushed");
            follow(text, tree, mentions, last);
            continue;
        }
        let office = &lexicon.offices[found.values[0]];
        let mut phrase = TitlePhrase {
            tokens: bare.clone(),
            bare,
            title: office.title.clone(),
            class: office.class.clone(),
            official: office.official,
            of: None,
            to: None,
            closed: false,
        };
        // "UN secretary-general": whose it is stands in the title itself.
        phrase.of = mentions
            .iter()
            .filter(|mention| {
                phrase.bare.start == mention.tokens.start && mention.tokens.end < phrase.bare.end
            })
            .find_map(|mention| principal(mention));
        if ["minister", "deputy minister"].contains(&phrase.title.as_str()) {
            field_of(text, tree, mentions, lexicon, &mut phrase);
        }
        if ["minister", "deputy_minister"].contains(&phrase.class.as_str()) {
            let end = portfolio(text, tree, lexicon, &phrase.bare);
            phrase.bare.end = end;
            phrase.tokens.end = end;
        }
        if phrase.of.is_none() {
            precede(text, tree, mentions, &mut phrase);
        }
        follow(text, tree, mentions, &mut phrase);
        held_before(text, tree, &mut phrase);
        phrases.push(phrase);
    }
    // "His Uzbek counterpart" is a title whose words stand elsewhere.
    for token in 0..tree.tokens.len() {
        if !["counterpart", "colleague"].contains(&tree.tokens[token].lemma.as_str()) {
            continue;
        }
        let mut phrase = TitlePhrase {
            tokens: token..token + 1,
            bare: token..token + 1,
            title: "counterpart".to_owned(),
            class: String::new(),
            official: true,
            of: None,
            to: None,
            closed: false,
        };
        precede(text, tree, mentions, &mut phrase);
        // "her colleague from San Salvador"
        if phrase.of.is_none()
            && tree
                .tokens
                .get(token + 1)
                .is_some_and(|next| ["in", "from"].contains(&next.norm.as_str()))
            && let Some((mention, id)) = principal_at(mentions, token + 2)
        {
            phrase.of = Some(id);
            phrase.tokens.end = mention.tokens.end;
            phrase.closed = true;
        }
        if phrase.of.is_some() {
            phrases.push(phrase);
        }
    }
    for token in 0..tree.tokens.len() {
        if let Some(phrase) = headship(text, tree, mentions, &phrases, token) {
            phrases.push(phrase);
        }
    }
    phrases.sort_by_key(|phrase| phrase.bare.start);
    share(text, tree, &mut phrases);
    phrases
}

/// "The Bolivian deputy prime minister and mining minister": the state before the first title is that of the second.
fn share(text: &str, tree: &Tree, phrases: &mut [TitlePhrase]) {
    for second in 1..phrases.len() {
        let (before, after) = phrases.split_at_mut(second);
        let (first, second) = (&before[before.len() - 1], &mut after[0]);
        let and = first.tokens.end;
        let joined = and < second.tokens.start
            && second.tokens.start <= and + 4
            && tree.word(text, and) == "and"
            && (and + 1..second.tokens.start)
                .all(|token| ["ADJ", "NOUN"].contains(&tree.tokens[token].pos));
        if joined && second.of.is_none() && !first.closed {
            second.of.clone_from(&first.of);
        }
    }
}

/// "The head of the Kenyan delegation", "who heads Kenya's water authority": an office told by the body it leads.
fn headship(
    text: &str,
    tree: &Tree,
    mentions: &[&Mention],
    known: &[TitlePhrase],
    token: usize,
) -> Option<TitlePhrase> {
    let word = &tree.tokens[token];
    if known.iter().any(|phrase| phrase.bare.contains(&token)) {
        return None;
    }
    let body = match word.pos {
        "NOUN" | "PROPN" if ["head", "chief"].contains(&word.lemma.to_lowercase().as_str()) => {
            let of = tree
                .children_with(token, &["prep"])
                .find(|&prep| tree.tokens[prep].norm == "of")?;
            tree.children_with(of, &["pobj"]).next()?
        }
        "VERB"
            if ["head", "lead", "chair", "run"].contains(&word.lemma.as_str())
                && word.dep == "relcl"
                && token > 0
                && tree.tokens[token - 1].norm == "who" =>
        {
            tree.children_with(token, &["dobj"]).next()?
        }
        _ => return None,
    };
    let (title, class) = BODIES
        .iter()
        .find(|(nouns, ..)| nouns.contains(&tree.tokens[body].lemma.to_lowercase().as_str()))
        .map(|(_, title, class)| (*title, *class))?;
    let edges = token..noun_phrase_end(tree, body);
    let of = mentions
        .iter()
        .filter(|mention| edges.contains(&mention.tokens.start))
        .find_map(|mention| principal(mention));
    let mut phrase = TitlePhrase {
        tokens: edges.clone(),
        bare: edges,
        title: title.to_owned(),
        class: class.to_owned(),
        official: true,
        closed: of.is_some(),
        of,
        to: None,
    };
    if phrase.of.is_none() {
        precede(text, tree, mentions, &mut phrase);
    }
    Some(phrase)
}

/// Where the words end that belong to a noun: its complements with a preposition, not its relative clauses.
fn noun_phrase_end(tree: &Tree, noun: usize) -> usize {
    tree.children_with(noun, &["prep"])
        .filter(|&child| child > noun && tree.tokens[child].norm == "of")
        .map(|child| tree.edges[child].end)
        .max()
        .unwrap_or(noun + 1)
}

/// Bodies of state, with the title and family of the office that leads them.
const BODIES: [(&[&str], &str, &str); 6] = [
    (&["delegation", "mission"], "delegation head", "diplomat"),
    (
        &["commission", "committee", "council"],
        "chairman",
        "official_body",
    ),
    (
        &["agency", "authority", "office", "service", "administration"],
        "agency head",
        "official_body",
    ),
    (
        &["department", "directorate"],
        "head of department",
        "deputy_minister",
    ),
    (
        &["army", "navy", "force", "forces"],
        "commander",
        "military",
    ),
    (&["ministry"], "minister", "minister"),
];

/// "Irrigation Minister", "Minister for Rural Affairs": a field that no list has is part of the title.
fn field_of(
    text: &str,
    tree: &Tree,
    mentions: &[&Mention],
    lexicon: &Lexicon,
    phrase: &mut TitlePhrase,
) {
    let free = |token: usize| {
        tree.word(text, token).starts_with(char::is_uppercase)
            && ["NOUN", "PROPN", "ADJ"].contains(&tree.tokens[token].pos)
            && !["The", "Then", "Former", "Cabinet", "Senior"].contains(&tree.word(text, token))
            && mentions
                .iter()
                .all(|mention| !mention.tokens.contains(&token))
    };
    // After the title the field can run into the name: "Minister for Trade Kofi Owusu".
    let named = |token: usize| {
        tree.entities
            .iter()
            .any(|entity| entity.label == "PERSON" && entity.tokens.contains(&token))
            && lexicon.sectors_in(tree.word(text, token)).is_empty()
    };
    let level = phrase.title.clone();
    let level = level.trim_end_matches("minister");
    let and = |token: usize| ["and", "&"].contains(&tree.word(text, token));
    let (start, end) = (phrase.bare.start, phrase.bare.end);
    let capital = tree.word(text, end - 1).starts_with(char::is_uppercase);
    let mut first = start;
    while first > 0
        && start - first < 4
        && (free(first - 1) || and(first - 1) && first >= 2 && first < start && free(first - 2))
    {
        first -= 1;
    }
    if capital && first < start {
        phrase.title = format!("{level}{} minister", field(text, tree, first..start));
        phrase.bare.start = first;
        phrase.tokens.start = first;
        return;
    }
    let opens = tree
        .tokens
        .get(end)
        .is_some_and(|token| ["of", "for"].contains(&token.norm.as_str()));
    let mut last = end + 1;
    let length = tree.tokens.len();
    let told = |token: usize| is_portfolio(text, tree, lexicon, token);
    while opens
        && last < length
        && last - end < 5
        && !named(last)
        // "Minister of Agriculture Afi Mensah".
        && (last == end + 1 || !told(last - 1) || told(last) || and(last))
        && (free(last) || and(last) && last > end + 1 && last + 1 < length && free(last + 1))
    {
        last += 1;
    }
    if opens && last > end + 1 {
        phrase.title = format!("{level}{} minister", field(text, tree, end + 1..last));
        phrase.bare.end = last;
        phrase.tokens.end = last;
    }
}

/// Whether a word tells what a minister is for.
fn is_portfolio(text: &str, tree: &Tree, lexicon: &Lexicon, token: usize) -> bool {
    tree.tokens.get(token).is_some_and(|_| {
        let word = tree.word(text, token).to_lowercase();
        lexicon.is_a("portfolio", &word) || !lexicon.sectors_in(&word).is_empty()
    })
}

/// Where the fields end that follow a title or go on behind it: "Minister of Commerce" and "and Industries", "cabinet secretary" and
/// "for trade".
fn portfolio(text: &str, tree: &Tree, lexicon: &Lexicon, title: &Range<usize>) -> usize {
    let is_field = |token: usize| is_portfolio(text, tree, lexicon, token);
    let word = |token: usize| match token < tree.tokens.len() {
        true => tree.word(text, token),
        false => "",
    };
    let of = |token: usize| ["of", "for"].contains(&word(token));
    // "and Defence Minister NAME" is another's title.
    let titled = |token: usize| {
        let ahead = word(token + 1).to_lowercase();
        ahead.starts_with("minister") || ahead.starts_with("secretar")
    };
    let fields = |mut at: usize| {
        while ["the", "its", "their"].contains(&word(at)) {
            at += 1;
        }
        let begun = at;
        while is_field(at) && !titled(at) {
            at += 1;
        }
        (at > begun).then_some(at)
    };
    let mut end = title.end;
    if of(end) {
        match fields(end + 1) {
            Some(after) => end = after,
            None => return end,
        }
    } else if !title.clone().any(of) {
        return end;
    }
    loop {
        let mut at = end;
        while [",", "and", "&"].contains(&word(at)) {
            at += 1;
        }
        match fields(at).filter(|_| at > end) {
            // "…, Trade" may open something else: only what "and" ends is a list.
            Some(after) if word(at - 1) != "," || ["and", "&", ","].contains(&word(after)) => {
                end = after
            }
            _ => return end,
        }
    }
}

fn field(text: &str, tree: &Tree, tokens: Range<usize>) -> String {
    spaced(tree.range_span(tokens).of(text)).to_lowercase()
}

/// "The former Peruvian president": who held an office does not speak for it any more. "Acting" stays with the words.
fn held_before(text: &str, tree: &Tree, phrase: &mut TitlePhrase) {
    let Some(before) = phrase.tokens.start.checked_sub(1) else {
        return;
    };
    match tree.word(text, before).to_lowercase().as_str() {
        "former" | "ex" | "late" | "retired" | "onetime" | "once" | "formerly" => {
            if !phrase.title.starts_with("former") && phrase.official {
                phrase.title = format!("former {}", phrase.title);
            }
            phrase.official = false;
            phrase.tokens.start = before;
        }
        "acting" | "interim" | "caretaker" | "outgoing" => phrase.tokens.start = before,
        _ => {}
    }
}

/// Whether a title lowers the one after it ("deputy", "vice").
fn is_lowering(title: &str) -> bool {
    ["deputy", "vice", "assistant", "former", "acting"].contains(&title)
}

/// Offices that are accredited to somebody.
fn is_envoy(phrase: &TitlePhrase) -> bool {
    [
        "ambassador",
        "envoy",
        "representative",
        "consul",
        "attaché",
        "attache",
        "affaires",
        "commissioner",
    ]
    .iter()
    .any(|word| phrase.title.contains(word))
        || phrase.class == "diplomat"
}

/// What somebody does for a state beside the title that follows.
const DUTIES: [&str; 7] = [
    "negotiator",
    "delegate",
    "representative",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "delegation",
];

/// "Ghana's", "Ghanaian", "the UN" before the title, with up to three words between ("Ghanaian federal energy").
fn precede(text: &str, tree: &Tree, mentions: &[&Mention], phrase: &mut TitlePhrase) {
    let mut at = phrase.bare.start;
    // "Ghana's chief negotiator, Ambassador Mensah": one person with two titles.
    let joined = at >= 2
        && tree.word(text, at - 1) == ","
        && DUTIES.contains(&tree.tokens[at - 2].lemma.as_str());
    if joined {
        at -= 2;
    }
    for _ in 0..4 {
        let Some(before) = at.checked_sub(1) else {
            return;
        };
        let word = tree.word(text, before);
        let end = if ["'s", "\u{2019}s", "'", "\u{2019}"].contains(&word) {
            before
        } else {
            before + 1
        };
        if let Some((mention, id)) = principal_ending(mentions, end) {
            phrase.of = Some(id);
            if !joined {
                phrase.tokens.start = mention.tokens.start;
            }
            return;
        }
        let token = &tree.tokens[before];
        let passes = ["ADJ", "NOUN"].contains(&token.pos) && token.tag != "NNS"
            || token.tag == "NNP" && !word.ends_with('.')
            || word == "-";
        if !passes {
            return;
        }
        at = before;
    }
}

/// "of the Republic of Ghana to Togo", "of the second chamber of the House (Senate) of Ghana".
fn follow(text: &str, tree: &Tree, mentions: &[&Mention], phrase: &mut TitlePhrase) {
    let mut at = phrase.bare.end;
    let mut preposition = String::new();
    let possessed = (1..=3)
        .filter_map(|back| phrase.bare.start.checked_sub(back))
        .any(|token| tree.tokens[token].tag == "PRP$");
    let mut opened = false;
    let limit = (at + 20).min(tree.tokens.len());
    while at < limit {
        let token = &tree.tokens[at];
        let word = tree.word(text, at);
        if !opened {
            let opens = ["of", "to", "for", "in", "at", "from"].contains(&word)
                || word == "and" && phrase.closed && phrase.to.is_some();
            if !opens || (word == "to" || word == "in") && !is_envoy(phrase) {
                return;
            }
            preposition = word.to_owned();
            opened = true;
            at += 1;
            continue;
        }
        if let Some((mention, id)) = principal_at(mentions, at) {
            match preposition.as_str() {
                // "its ambassador from Togo" is called back from there.
                "from" if possessed => {
                    phrase.to.get_or_insert(id);
                }
                "to" | "in" => {
                    phrase.to.get_or_insert(id);
                }
                _ if phrase.of.is_none() => phrase.of = Some(id),
                // "the Ghanaian envoy for Togo".
                _ if is_envoy(phrase) && preposition == "for" => {
                    phrase.to.get_or_insert(id);
                }
                _ => {}
            }
            at = mention.tokens.end;
            // "of the Polish city": an adjective takes its noun along.
            if matches!(
                mention.referent,
                Referent::State {
                    form: StateForm::Adjective,
                    ..
                }
            ) {
                while at < limit && ["NOUN", "ADJ"].contains(&tree.tokens[at].pos) {
                    at += 1;
                }
            }
            // "for Ghana's navy".
            if at < limit && ["'s", "\u{2019}s"].contains(&tree.word(text, at)) {
                at += 1;
                while at < limit && ["NOUN", "ADJ"].contains(&tree.tokens[at].pos) {
                    at += 1;
                }
            }
            // "(Parliament) of Ghana" goes on; a mention followed by anything else closes the phrase.
            phrase.tokens.end = at;
            phrase.closed = true;
            if at < limit
                && tree.word(text, at) == "("
                && let Some(close) = (at..limit).find(|&token| tree.word(text, token) == ")")
            {
                at = close + 1;
                phrase.tokens.end = at;
            }
            opened = false;
            continue;
        }
        // "the mayor of Osh", "a lawmaker from Osh".
        if ["of", "from"].contains(&preposition.as_str())
            && ["governor", "legislator", "judge"].contains(&phrase.class.as_str())
            && let Some((mention, state)) = place_at(mentions, at)
        {
            phrase.of.get_or_insert(state);
            phrase.tokens.end = mention.tokens.end;
            phrase.closed = true;
            return;
        }
        let passes = ["DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "CCONJ"].contains(&token.pos)
            || ["(", ")", "-", "&"].contains(&word);
        if !passes
            || tree
                .entities
                .iter()
                .any(|entity| entity.label == "PERSON" && entity.tokens.start == at)
        {
            break;
        }
        if ["of", "to", "for"].contains(&word) {
            preposition = word.to_owned();
        }
        at += 1;
    }
}

/// The state or organisation whose words end before token `end`.
fn principal_ending<'a>(mentions: &[&'a Mention], end: usize) -> Option<(&'a Mention, String)> {
    mentions
        .iter()
        .filter(|mention| mention.tokens.end == end)
        .find_map(|mention| principal(mention).map(|id| (*mention, id)))
}

/// The state or organisation whose words hold a token; they may begin inside the title ("President of the Republic").
fn principal_at<'a>(mentions: &[&'a Mention], token: usize) -> Option<(&'a Mention, String)> {
    mentions
        .iter()
        .filter(|mention| mention.tokens.contains(&token))
        .find_map(|mention| principal(mention).map(|id| (*mention, id)))
}

/// The town whose words begin at a token, with its state.
fn place_at<'a>(mentions: &[&'a Mention], token: usize) -> Option<(&'a Mention, String)> {
    mentions
        .iter()
        .filter(|mention| mention.tokens.start == token)
        .find_map(|mention| match &mention.referent {
            Referent::Place {
                state: Some(state), ..
            } => Some((*mention, state.clone())),
            _ => None,
        })
}

/// Whether two titles can be one office: "minister" takes up "defence minister", but not "deputy minister".
pub(super) fn agree(held: &str, said: &str) -> bool {
    held == said
        || held
            .strip_suffix(said)
            .and_then(|rest| rest.strip_suffix(' '))
            .is_some_and(|rest| !["deputy", "vice", "former", "first deputy"].contains(&rest))
}

/// Whom an office can be of.
pub(super) fn principal(mention: &Mention) -> Option<String> {
    match &mention.referent {
        Referent::State { id, form } if *form != StateForm::DemonymPlural => Some(id.clone()),
        Referent::Organisation { id } | Referent::Company { id, .. } => Some(id.clone()),
        _ => None,
    }
}
