//! Sightings of people: which runs of capitalised words are their names, and which titles stand with them.

use std::collections::HashSet;
use std::ops::Range;

use verbale_read::Span;

use super::gazetteer::head_of;
use super::people::spaced;
use super::titles::{TitlePhrase, principal};
use super::{Gender, Mention};
use crate::lexicon::Lexicon;
use crate::parse::{Tree, Trees};

/// A run of words that names a person.
#[derive(Debug, Clone)]
pub(super) struct Sighting {
    pub(super) unit: usize,
    pub(super) tokens: Range<usize>,
    pub(super) head: usize,
    pub(super) span: Span,
    pub(super) name: String,
    pub(super) words: Vec<String>,
    /// State or organisation that stands after the name ("of Ghana").
    pub(super) of: Option<String>,
    /// Title phrases that give the person an office, as indices into the unit's phrases.
    pub(super) titles: Vec<usize>,
    pub(super) honorific: Option<Gender>,
    /// Whether this is a name for sure; else only if the document knows the person already.
    pub(super) certain: bool,
}

/// Words that stand in the names of people somewhere in the document, as the network sees them.
pub(super) fn name_words<'a>(text: &'a str, trees: &'a Trees) -> HashSet<&'a str> {
    let mut known = HashSet::new();
    for tree in &trees.units {
        for entity in tree
            .entities
            .iter()
            .filter(|entity| entity.label == "PERSON")
        {
            known.extend(
                entity
                    .tokens
                    .clone()
                    .filter(|&token| tree.tokens[token].tag == "NNP")
                    .map(|token| tree.word(text, token))
                    .filter(|word| word.chars().count() > 2),
            );
        }
    }
    known
}

/// The names of people in one unit.
pub(super) fn sightings(
    text: &str,
    unit: usize,
    tree: &Tree,
    mentions: &[&Mention],
    titles: &[TitlePhrase],
    known: &HashSet<&str>,
    lexicon: &Lexicon,
) -> Vec<Sighting> {
    let mut blocked = vec![false; tree.tokens.len()];
    for mention in mentions {
        blocked[mention.tokens.clone()].fill(true);
    }
    for title in titles {
        blocked[title.bare.clone()].fill(true);
    }
    for entity in &tree.entities {
        if ["DATE", "TIME", "EVENT", "LAW"].contains(&entity.label) {
            blocked[entity.tokens.clone()].fill(true);
        }
    }
    let site = Site {
        text,
        tree,
        mentions,
        titles,
        known,
        lexicon,
        blocked,
    };
    let mut sightings: Vec<Sighting> = Vec::new();
    let mut at = 0;
    while at < tree.tokens.len() {
        let Some(tokens) = site.run(at, true) else {
            at += 1;
            continue;
        };
        at = tokens.end;
        if let Some(sighting) = site.judge(unit, tokens) {
            sightings.push(sighting);
        }
    }
    site.offices(&mut sightings);
    sightings
}

struct Site<'a> {
    text: &'a str,
    tree: &'a Tree,
    mentions: &'a [&'a Mention],
    titles: &'a [TitlePhrase],
    known: &'a HashSet<&'a str>,
    lexicon: &'a Lexicon,
    blocked: Vec<bool>,
}

/// Small words inside names.
const PARTICLES: [&str; 24] = [
    "al", "el", "bin", "ibn", "ben", "bint", "van", "von", "de", "der", "den", "da", "dos", "del",
    "di", "la", "le", "ul", "ur", "oglu", "ogly", "kyzy", "abu", "ter",
];

impl Site<'_> {
    fn word(&self, token: usize) -> &str {
        self.tree.word(self.text, token)
    }

    fn label(&self, token: usize) -> Option<&'static str> {
        self.tree
            .entities
            .iter()
            .find(|entity| entity.tokens.contains(&token))
            .map(|entity| entity.label)
    }

    fn is_name_word(&self, token: usize) -> bool {
        let Some(word) = self.tree.tokens.get(token).map(|_| self.word(token)) else {
            return false;
        };
        let capital = word.chars().next().is_some_and(char::is_uppercase)
            && word
                .chars()
                .all(|character| character.is_alphabetic() || "'\u{2019}.-".contains(character));
        let proper =
            self.tree.tokens[token].tag.starts_with("NNP") || self.label(token) == Some("PERSON");
        // A surname that opens a sentence is taken for a common noun at times.
        let proper = proper || self.known.contains(word);
        capital && proper && !self.blocked[token] && honorific(word).is_none()
    }

    /// The longest run of name words that starts at a token, particles and hyphens between them included.
    /// After a title the network's other entities do not cut it short.
    fn run(&self, start: usize, titled: bool) -> Option<Range<usize>> {
        let particle =
            |token: usize| token < self.tree.tokens.len() && PARTICLES.contains(&self.word(token));
        let hyphen = |token: usize| {
            token > 0
                && token < self.tree.tokens.len()
                && self.word(token) == "-"
                && self.tree.tokens[token - 1].span.end == self.tree.tokens[token].span.start
        };
        let mut end = start;
        if particle(start) && hyphen(start + 1) && self.is_name_word(start + 2) {
            end = start + 2;
        }
        if !self.is_name_word(end) {
            return None;
        }
        end += 1;
        loop {
            // A name ends where the network sees another entity begin.
            let breaks = |token: usize| {
                self.tree
                    .entities
                    .iter()
                    .any(|entity| entity.tokens.start == token && entity.label != "PERSON")
                    || self.tree.entities.iter().any(|entity| {
                        entity.tokens.end == token
                            && entity.label != "PERSON"
                            && entity.tokens.contains(&start)
                    })
            };
            // A title before a single word promises more of the name, whatever the network makes of it.
            let promised = titled && end == start + 1 && self.title_before(start).is_some();
            if self.is_name_word(end) && (promised || !breaks(end)) {
                end += 1;
                continue;
            }
            // Particles and hyphens only between name words.
            let bridge = (1..=3).find(|&length| {
                (end..end + length).all(|token| particle(token) || hyphen(token))
                    && self.is_name_word(end + length)
            });
            match bridge {
                Some(length) => end += length + 1,
                None => return Some(start..end),
            }
        }
    }

    fn judge(&self, unit: usize, tokens: Range<usize>) -> Option<Sighting> {
        let words: Vec<String> = tokens
            .clone()
            .filter(|&token| self.word(token) != "-")
            .map(|token| self.word(token).to_owned())
            .collect();
        let span = self.tree.range_span(tokens.clone());
        let name = spaced(span.of(self.text));
        let full = words.len() >= 2;
        let person = tokens
            .clone()
            .any(|token| self.label(token) == Some("PERSON"));
        let other = tokens
            .clone()
            .filter_map(|token| self.label(token))
            .any(|label| ["ORG", "FAC", "GPE", "LOC", "NORP", "EVENT"].contains(&label));
        let title_before = self.title_before(tokens.start).is_some();
        let honorific = tokens
            .start
            .checked_sub(1)
            .and_then(|before| honorific(self.word(before)));
        let head = head_of(self.tree, &tokens);
        let dep = self.tree.tokens[head].dep;
        // "Presidents Afi Mensah of Ghana and NAME of Togo".
        let beside = full && !other && self.title_of_several(tokens.start);
        let listed = self.lexicon.leaders_named(&name).next().is_some();
        let argument = [
            "nsubj",
            "nsubjpass",
            "poss",
            "appos",
            "pobj",
            "dobj",
            "conj",
            "ROOT",
        ]
        .contains(&dep);
        let certain = title_before
            || beside
            || honorific.is_some()
            || full && (listed || person && argument)
            || full && person && !other
            // A single word that the network takes for a person must act like one.
            || person && !full && ["nsubj", "nsubjpass", "poss"].contains(&dep);
        let possible = !full && argument;
        let thing = words
            .last()
            .is_some_and(|word| self.lexicon.is_a("thing_name_ending", word));
        if !certain && !possible || words.len() > 6 || thing && !listed {
            return None;
        }
        Some(Sighting {
            unit,
            head,
            tokens,
            span,
            name,
            words,
            of: None,
            titles: Vec::new(),
            honorific: honorific.flatten(),
            certain,
        })
    }

    /// Whether a title in the plural stands before a name that "and" or a comma joins to another.
    fn title_of_several(&self, start: usize) -> bool {
        let joined = start > 0 && ["and", ",", "&"].contains(&self.word(start - 1));
        joined
            && self.titles.iter().any(|title| {
                let end = title.bare.end;
                end < start
                    && start - end < 10
                    && several(self.text, self.tree, &title.bare)
                    && self.is_name_word(end)
            })
    }

    /// Where the forms of address before a name begin ("H.E. Mr."), or the name itself.
    fn addressed_from(&self, start: usize) -> usize {
        let mut start = start;
        loop {
            // A full stop may stand alone.
            let stop = start > 1 && self.word(start - 1) == ".";
            let before = start - usize::from(stop);
            if before == 0 || honorific(self.word(before - 1)).is_none() {
                break;
            }
            start = before - 1;
        }
        start
    }

    /// The title phrase before a name: right before it ("Ambassador NAME"), or before a comma ("the ambassador of Ghana,
    /// NAME,", "a lawmaker from the ruling party, NAME,").
    fn title_before(&self, start: usize) -> Option<usize> {
        let start_of_phrase = self.addressed_from(start);
        let ending = |end: usize| self.titles.iter().position(|title| title.tokens.end == end);
        if let Some(title) = ending(start_of_phrase) {
            return Some(title);
        }
        let comma = start_of_phrase.checked_sub(1)?;
        if self.word(comma) != "," {
            return None;
        }
        if let Some(title) = ending(comma) {
            let phrase = &self.titles[title];
            let owned = phrase.closed || phrase.of.is_some();
            return (owned || self.set_off(start, &phrase.bare)).then_some(title);
        }
        // What adds to the title stands between it and the comma.
        let first = comma.saturating_sub(8);
        (first..comma)
            .rev()
            .take_while(|&token| {
                let token = &self.tree.tokens[token];
                ["DET", "ADJ", "NOUN", "PROPN", "ADP", "PART"].contains(&token.pos)
                    || token.dep == "amod"
            })
            .find_map(|token| ending(token).filter(|_| self.tree.tokens[token].pos == "ADP"))
            .filter(|&title| self.set_off(start, &self.titles[title].bare))
    }

    /// Whether a name after a comma is an apposition to the title before it: the parser says so, or another comma or
    /// the end of the clause follows it.
    fn set_off(&self, start: usize, title: &Range<usize>) -> bool {
        let Some(end) = self.run(start, false).map(|run| run.end) else {
            return false;
        };
        let singular = !several(self.text, self.tree, title);
        let head = &self.tree.tokens[head_of(self.tree, &(start..end))];
        let apposed = head.dep == "appos" && title.contains(&head.head);
        let closed = self
            .tree
            .tokens
            .get(end)
            .is_none_or(|next| [",", ".", ";", ")", "\"", "”"].contains(&next.norm.as_str()));
        singular && (apposed || closed)
    }

    /// Gives each name the titles before and after it.
    fn offices(&self, sightings: &mut [Sighting]) {
        let mut taken = vec![false; self.titles.len()];
        for index in 0..sightings.len() {
            let Some(title) = self.title_before(sightings[index].tokens.start) else {
                continue;
            };
            // "NAME, minister of Chile, NAME, minister of Peru": the first title is the first name's.
            let bare = &self.titles[title].bare;
            let of_name_before = index.checked_sub(1).is_some_and(|before| {
                let before = &sightings[before];
                // "At the fort of NAME, Peru's president, NAME, wept."
                let over = &self.tree.tokens[self.tree.tokens[before.head].head];
                let place = self.tree.tokens[before.head].dep == "pobj"
                    && ["at", "in", "near", "of"].contains(&over.norm.as_str());
                let between = before.tokens.end..self.titles[title].tokens.start;
                before.titles.is_empty()
                    && !place
                    && between.clone().any(|token| self.word(token) == ",")
                    && self.addressed_from(sightings[index].tokens.start) > bare.end
                    && between.clone().all(|token| {
                        self.word(token) == "," || self.tree.tokens[token].pos == "DET"
                    })
            });
            // "At the invitation of the president of India, NAME, president of Nepal, came": his own stands after him.
            let sighting = &sightings[index];
            let own = || {
                let after = &self.titles[self.title_after(sighting.tokens.end)?];
                Some(after.of.as_ref()? != self.titles[title].of.as_ref()?)
            };
            let apart = self.addressed_from(sighting.tokens.start) > bare.end;
            if of_name_before || apart && own() == Some(true) {
                continue;
            }
            let mut next = Some(title);
            while let Some(title) = next {
                taken[title] = true;
                sightings[index].titles.push(title);
                next = self.title_before_title(title).filter(|&next| !taken[next]);
            }
        }
        // "Finance ministers X of Italy and Y of Austria".
        for index in 0..sightings.len() {
            let sighting = &sightings[index];
            let end = sighting.tokens.end;
            let of = (end < self.tree.tokens.len() && self.word(end) == "of")
                .then(|| {
                    self.mentions
                        .iter()
                        .filter(|mention| (end + 1..end + 3).contains(&mention.tokens.start))
                        .find_map(|mention| Some((mention.tokens.end, principal(mention)?)))
                })
                .flatten();
            let end = of.as_ref().map_or(end, |(end, _)| *end);
            sightings[index].of = of.map(|(_, of)| of);
            let plural = sightings[index]
                .titles
                .first()
                .copied()
                .filter(|&title| several(self.text, self.tree, &self.titles[title].bare));
            if let Some(title) = plural
                && let Some(next) = sightings.get_mut(index + 1)
                && next.titles.is_empty()
                && (end..next.tokens.start)
                    .all(|token| ["and", ",", "&"].contains(&self.word(token)))
            {
                next.titles.push(title);
                next.certain = true;
            }
        }
        for sighting in sightings {
            if let Some(title) = self.title_after(sighting.tokens.end)
                && !taken[title]
            {
                taken[title] = true;
                sighting.titles.push(title);
                sighting.certain |= sighting.words.len() >= 2;
            }
        }
    }

    /// A second title of the same person: "the commander of the navy, Admiral NAME", "Defence Minister General NAME",
    /// "Foreign Minister and Deputy Prime Minister NAME".
    fn title_before_title(&self, title: usize) -> Option<usize> {
        let phrase = &self.titles[title];
        let mut end = phrase.bare.start;
        let mut joined = false;
        if phrase.tokens.start == phrase.bare.start
            && end > 0
            && [",", "and"].contains(&self.word(end - 1))
        {
            end -= 1;
            joined = true;
        }
        let capital = |title: &TitlePhrase| {
            self.word(title.bare.end - 1)
                .starts_with(char::is_uppercase)
        };
        self.titles
            .iter()
            .position(|other| other.tokens.end == end && other.bare.end <= end)
            .filter(|&other| {
                let other = &self.titles[other];
                let singular = !several(self.text, self.tree, &other.bare);
                let and = joined && self.word(end) == "and";
                singular && (!and || capital(other) && capital(phrase) && !other.closed)
            })
    }

    /// "NAME, a title", "NAME, who is the title", "NAME is title": only determiners, modifiers and these words between.
    fn title_after(&self, end: usize) -> Option<usize> {
        let mut linked = false;
        for at in end..(end + 7).min(self.tree.tokens.len()) {
            let title = self
                .titles
                .iter()
                .position(|title| title.tokens.start == at);
            if let Some(title) = title.filter(|_| linked) {
                // "…, the mayor said": the mayor speaks, the name before is somebody else's.
                let next = self.tree.tokens.get(self.titles[title].tokens.end);
                let speaks = next.is_some_and(|token| {
                    ["VERB", "AUX"].contains(&token.pos) && token.tag != "VBN"
                });
                return (!speaks).then_some(title);
            }
            let word = self.word(at);
            let links = [",", "(", "is", "was", "who", "been", "became"].contains(&word);
            let passes = links
                || [
                    "has",
                    "had",
                    "serves",
                    "served",
                    "as",
                    "currently",
                    "also",
                    "then",
                    "appointed",
                    "elected",
                    "named",
                ]
                .contains(&word)
                // ", until last month the ambassador".
                || linked && ["until", "since", "recently", "last", "month", "year", "week"].contains(&word)
                || ["DET", "ADJ", "NUM"].contains(&self.tree.tokens[at].pos);
            // "NAME, 54, a lecturer".
            let after_age = at > end && self.tree.tokens[at - 1].pos == "NUM";
            if !passes || word == "," && linked && !after_age {
                return None;
            }
            linked |= links;
        }
        None
    }
}

/// Whether a title is in the plural: "ministers", "heads of state", but not "minister of foreign affairs".
pub(super) fn several(text: &str, tree: &Tree, title: &Range<usize>) -> bool {
    let noun = title
        .clone()
        .skip(1)
        .find(|&token| ["of", "for"].contains(&tree.word(text, token)))
        .unwrap_or(title.end)
        - 1;
    // The tagger takes "Prime Ministers" before names for a singular at times.
    let word = tree.word(text, noun).to_lowercase();
    tree.tokens[noun].tag.ends_with('S')
        || word.ends_with("ers")
        || word.ends_with("ors")
        || word.ends_with("nts")
}

/// "Mr." and the like, with the gender they tell.
fn honorific(word: &str) -> Option<Option<Gender>> {
    match word.trim_end_matches('.') {
        "Mr" | "Sir" | "Lord" | "Sheikh" | "Shaikh" | "Shri" | "Dato" | "Datuk" => {
            Some(Some(Gender::Masculine))
        }
        "Mrs" | "Ms" | "Miss" | "Lady" | "Madam" | "Madame" | "Sheikha" | "Smt" => {
            Some(Some(Gender::Feminine))
        }
        "Dr" | "H.E" | "HE" | "Prof" | "Hon" | "Excellency" => Some(None),
        _ => None,
    }
}
