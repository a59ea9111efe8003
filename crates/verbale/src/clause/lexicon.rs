//! The lists behind the clause layer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::data::{Data, DataError};

use super::lists::{FRAMES, rows};
use super::{GovernorKind, RoleName};

const VERBS: &str = "lang/en/lists/verbs.tsv";
const NOMINALS: &str = "lang/en/lists/nominals.tsv";
const LIGHT_VERBS: &str = "lang/en/lists/light_verbs.tsv";
const GOVERNORS: &str = "lang/en/lists/governors.tsv";
const PREPOSITIONS: &str = "lang/en/lists/prepositions.tsv";
const LEMMAS: &str = "lang/en/lists/lemmas.tsv";
const CLAUSE_WORDS: &str = "lang/en/lists/clause_words.tsv";

/// Which words are predicates, what their complements mean, and what stands over them.
#[derive(Debug, Clone, Default)]
pub struct ClauseLexicon {
    verbs: FxHashMap<String, Verb>,
    nominals: FxHashMap<String, Nominal>,
    /// Verb → noun.
    light: FxHashMap<String, FxHashMap<String, Light>>,
    governors: FxHashMap<String, BTreeMap<WordClass, GovernorEntry>>,
    prepositions: FxHashMap<String, RoleName>,
    words: FxHashMap<String, BTreeSet<WordKind>>,
    lemmas: FxHashMap<String, String>,
}

/// Which complement brings which role. Keys are `subject`, `object`, `poss`, `adj` (a proper adjective), `name` (a
/// proper noun in front), `compound` (a common noun in front), or a preposition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame(pub BTreeMap<String, RoleChoice>);

/// The first role, or the second where the first is filled already ("the visit of the minister", "the minister's
/// visit of the dam").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RoleChoice {
    pub first: RoleName,
    pub otherwise: Option<RoleName>,
}

impl Frame {
    pub fn get(&self, key: &str) -> Option<RoleChoice> {
        self.0.get(key).copied()
    }

    pub fn overlaid(mut self, other: &Frame) -> Frame {
        self.0
            .extend(other.0.iter().map(|(key, role)| (key.clone(), *role)));
        self
    }
}

/// A verb whose complements do not mean what the default says.
#[derive(Debug, Clone, Default)]
pub(super) struct Verb {
    pub frame: Frame,
    /// A plural subject without object does it to one another ("met", "agreed").
    pub reciprocal: bool,
    /// Complements of its object are its own: "sign an agreement with".
    pub open: bool,
    /// Never takes an object from a coordinated verb.
    pub intransitive: bool,
}

/// A noun that is an act or a state.
#[derive(Debug, Clone, Default)]
pub(super) struct Nominal {
    pub verb: Option<String>,
    pub frame: Frame,
    pub reciprocal: bool,
}

/// A verb that lends its grammar to a noun.
#[derive(Debug, Clone, Default)]
pub(super) struct Light {
    pub lemma: Option<String>,
    pub frame: Frame,
}

#[derive(Debug, Clone)]
pub(super) struct GovernorEntry {
    pub kind: GovernorKind,
    /// The object, not the subject, does what stands under it: "urge X to leave".
    pub object_control: bool,
    /// Prepositions over which it governs: "refrain from", "call for".
    pub prepositions: Vec<String>,
}

impl GovernorEntry {
    /// Whether an adjective says of the noun behind it how it is meant. "Planned" and "possible" do; what needs a preposition
    /// speaks of somebody ("close to signing", "keen on a deal") and says something else in front of a noun ("close ties").
    pub fn colours_noun(&self) -> bool {
        self.prepositions
            .iter()
            .all(|preposition| preposition == "for")
    }
}

/// Classes under which a governor is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordClass {
    Verb,
    Noun,
    Adjective,
    Auxiliary,
}

/// Small word classes that grammar needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordKind {
    /// Nouns and adverbs that date: year, Monday, yesterday.
    Time,
    /// Nouns after "in" that name a topic, not a place: field, sector.
    Field,
    /// Adjectives that name a topic: military, economic.
    FieldAdjective,
    /// never, hardly, nothing, nobody, no.
    Negative,
    /// mutual, bilateral, joint.
    Reciprocal,
    /// if, unless, provided.
    Condition,
    /// because, since, as.
    Reason,
    /// be, become, remain.
    Copula,
    /// happen, begin, resume.
    Occur,
    /// say, note, recall.
    Report,
    /// "for example", "in turn": preposition and noun that bring no role.
    Connective,
    /// Nouns for people who hold an office: minister, king, counterpart.
    Person,
    /// Adverbs of direction, behind which a verb's own complements may hang: back, home, away.
    Direction,
}

impl ClauseLexicon {
    /// The lists that the program was built with.
    pub fn embedded() -> &'static ClauseLexicon {
        static LEXICON: OnceLock<ClauseLexicon> = OnceLock::new();
        LEXICON.get_or_init(|| match ClauseLexicon::load(&Data::embedded()) {
            Ok(lexicon) => lexicon,
            Err(errors) => panic!("embedded lists are proven by the tests: {}", errors[0]),
        })
    }

    /// Reads the lists; every fault names file, line and remedy.
    pub fn load(data: &Data) -> Result<ClauseLexicon, Vec<DataError>> {
        let mut errors = Vec::new();
        let mut lexicon = ClauseLexicon::default();
        let mut frames: BTreeMap<String, Frame> = BTreeMap::new();
        for row in rows(data, LEMMAS, 2, &mut errors) {
            for lemma in row.list(0) {
                lexicon
                    .lemmas
                    .insert(lemma.to_owned(), row.cell(1).to_owned());
            }
        }
        for row in rows(data, FRAMES, 2, &mut errors) {
            let frame = row.frame(1, &mut errors);
            frames.insert(row.cell(0).to_owned(), frame);
        }
        for row in rows(data, PREPOSITIONS, 2, &mut errors) {
            match RoleName::named(row.cell(1)) {
                Some(role) => {
                    lexicon.prepositions.insert(row.cell(0).to_owned(), role);
                }
                None => {
                    errors.push(row.error("the second cell must be a role (agent, patient, …)"))
                }
            }
        }
        for row in rows(data, VERBS, 4, &mut errors) {
            let frame = row.named_frame(1, 2, &frames, &mut errors);
            let marks: Vec<&str> = row.list(3).collect();
            if let Some(mark) = marks
                .iter()
                .find(|mark| !["reciprocal", "open", "intransitive"].contains(mark))
            {
                errors.push(row.error(&format!(
                    "{mark} is no mark; use reciprocal, open or intransitive"
                )));
            }
            lexicon.verbs.insert(
                row.cell(0).to_owned(),
                Verb {
                    frame,
                    reciprocal: marks.contains(&"reciprocal"),
                    open: marks.contains(&"open"),
                    intransitive: marks.contains(&"intransitive"),
                },
            );
        }
        for row in rows(data, NOMINALS, 5, &mut errors) {
            let frame = row.named_frame(2, 3, &frames, &mut errors);
            if !["", "reciprocal"].contains(&row.cell(4)) {
                errors.push(row.error("the fifth cell is empty or `reciprocal`"));
            }
            lexicon.nominals.insert(
                row.cell(0).to_owned(),
                Nominal {
                    verb: Some(row.cell(1).to_owned()).filter(|verb| !verb.is_empty()),
                    frame,
                    reciprocal: row.cell(4) == "reciprocal",
                },
            );
        }
        for row in rows(data, LIGHT_VERBS, 4, &mut errors) {
            let light = Light {
                lemma: Some(row.cell(2).to_owned()).filter(|lemma| !lemma.is_empty()),
                frame: row.frame(3, &mut errors),
            };
            for noun in row.list(1) {
                lexicon
                    .light
                    .entry(row.cell(0).to_owned())
                    .or_default()
                    .insert(noun.to_owned(), light.clone());
            }
        }
        for row in rows(data, GOVERNORS, 5, &mut errors) {
            let class = match row.cell(1) {
                "verb" => WordClass::Verb,
                "noun" => WordClass::Noun,
                "adjective" => WordClass::Adjective,
                "auxiliary" => WordClass::Auxiliary,
                _ => {
                    errors.push(row.error("the second cell is verb, noun, adjective or auxiliary"));
                    continue;
                }
            };
            let Some(kind) = GovernorKind::named(row.cell(2)) else {
                errors.push(row.error("the third cell must be a kind (planned, intended, …)"));
                continue;
            };
            if !["", "subject", "object"].contains(&row.cell(3)) {
                errors.push(row.error("the fourth cell is empty, subject or object"));
            }
            let entry = GovernorEntry {
                kind,
                object_control: row.cell(3) == "object",
                prepositions: row.list(4).map(str::to_owned).collect(),
            };
            lexicon
                .governors
                .entry(row.cell(0).to_owned())
                .or_default()
                .insert(class, entry);
        }
        for row in rows(data, CLAUSE_WORDS, 2, &mut errors) {
            let kind = match row.cell(1) {
                "time" => WordKind::Time,
                "field" => WordKind::Field,
                "field_adjective" => WordKind::FieldAdjective,
                "negative" => WordKind::Negative,
                "reciprocal" => WordKind::Reciprocal,
                "condition" => WordKind::Condition,
                "reason" => WordKind::Reason,
                "copula" => WordKind::Copula,
                "occur" => WordKind::Occur,
                "report" => WordKind::Report,
                "connective" => WordKind::Connective,
                "person" => WordKind::Person,
                "direction" => WordKind::Direction,
                _ => {
                    errors.push(row.error("the second cell must be a word kind; see the header"));
                    continue;
                }
            };
            for word in row.list(0) {
                lexicon
                    .words
                    .entry(word.to_owned())
                    .or_default()
                    .insert(kind);
            }
        }
        for (file, word) in lexicon.keys() {
            if let Some(canonical) = lexicon.lemmas.get(word) {
                errors.push(DataError {
                    file: file.to_owned(),
                    line: 0,
                    message: format!("`{word}` is told as `{canonical}` ({LEMMAS}); list that"),
                });
            }
        }
        if errors.is_empty() {
            Ok(lexicon)
        } else {
            Err(errors)
        }
    }

    fn keys(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let verbs = self.verbs.keys().map(|word| (VERBS, word));
        let nominals = self.nominals.keys().map(|word| (NOMINALS, word));
        let light = self.light.iter().flat_map(|(verb, nouns)| {
            std::iter::once(verb)
                .chain(nouns.keys())
                .map(|word| (LIGHT_VERBS, word))
        });
        let governors = self.governors.keys().map(|word| (GOVERNORS, word));
        verbs.chain(nominals).chain(light).chain(governors)
    }

    /// The lemma under which a word is told, whatever its spelling (`recognise` for `recognize`). Rules may write
    /// either.
    pub fn canonical<'a>(&'a self, lemma: &'a str) -> &'a str {
        self.lemmas.get(lemma).map_or(lemma, String::as_str)
    }

    /// The verb behind a noun of action (`purchase` for `acquisition`), if the list gives one.
    pub fn verb_of(&self, noun: &str) -> Option<&str> {
        self.nominals.get(noun)?.verb.as_deref()
    }

    /// Whether a noun is listed as an act or state.
    pub fn is_nominal(&self, noun: &str) -> bool {
        self.nominals.contains_key(noun)
    }

    pub(super) fn verb(&self, lemma: &str) -> Option<&Verb> {
        self.verbs.get(lemma)
    }

    pub(super) fn nominal(&self, lemma: &str) -> Option<&Nominal> {
        self.nominals.get(lemma)
    }

    /// How a verb is light with this noun; a listed noun of action is enough where the verb is listed with `*`.
    pub(super) fn light(&self, verb: &str, noun: &str) -> Option<&Light> {
        let nouns = self.light.get(verb)?;
        nouns
            .get(noun)
            .or_else(|| nouns.get("*").filter(|_| self.is_nominal(noun)))
    }

    pub(super) fn governor(&self, lemma: &str, class: WordClass) -> Option<&GovernorEntry> {
        self.governors.get(lemma)?.get(&class)
    }

    pub(super) fn preposition(&self, words: &str) -> Option<RoleName> {
        self.prepositions.get(words).copied()
    }

    pub(super) fn is(&self, word: &str, kind: WordKind) -> bool {
        self.words
            .get(word)
            .is_some_and(|kinds| kinds.contains(&kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_sound() {
        if let Err(errors) = ClauseLexicon::load(&Data::embedded()) {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        }
    }

    #[test]
    fn faults_name_file_and_line() {
        let data = Data::embedded()
            .with(PREPOSITIONS, "preposition\trole\nbeside\tnearness\n")
            .with(
                NOMINALS,
                "noun\tverb\tframe\troles\treciprocal\nfeast\t\tmeal\tof\n",
            );
        let errors = ClauseLexicon::load(&data).unwrap_err();
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "lang/en/lists/prepositions.tsv:2: the second cell must be a role (agent, patient, …)",
                "lang/en/lists/nominals.tsv:2: `of` must read preposition=role",
                "lang/en/lists/nominals.tsv:2: frame `meal` is not in lang/en/lists/frames.tsv",
            ]
        );
    }

    #[test]
    fn a_star_takes_every_noun_of_action() {
        let data = Data::embedded().with(LIGHT_VERBS, "verb\tnouns\tlemma\troles\npaint\t*\t\t\n");
        let lexicon = ClauseLexicon::load(&data).unwrap();
        assert!(lexicon.light("paint", "visit").is_some());
        assert!(lexicon.light("paint", "fence").is_none());
    }
}
