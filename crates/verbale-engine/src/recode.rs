//! Coding again after a change of program, data or model: only what the change can reach.
//!
//! A rule is only ever tried on a predicate that it names, and a name in a list only matters to a text that has a word of
//! it; of any other change every text may be touched. Whatever is coded again and comes out the same keeps its facts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use verbale::data::Data;
use verbale::dossier::status;
use verbale::pipeline::Reading;
use verbale::record::Fact;
use verbale_read::Document;
use verbale_store::{Store, StoredDocument};

use crate::asked::Known;
use crate::engine::Engine;
use crate::findings::Findings;
use crate::ingest::{Came, Tell, Told, documents, refresh_records};
use crate::inputs::{Chosen, expand};
use crate::{Error, Result};

/// How many documents are coded before they are kept.
const BATCH: usize = 64;

/// Folders of data whose changes can be traced to documents; their texts are kept with the run.
const TRACED: [&str; 2] = [RULES, LISTS];
const RULES: &str = "lang/en/rules/";
const LISTS: &str = "lang/en/lists/";

/// Lists of names: a row matters only to a text that has a word of it.
const NAMES: [&str; 7] = [
    "cities",
    "companies",
    "contested",
    "leaders",
    "organisations",
    "outlets",
    "state_names",
];

/// Words too common to tell a text by.
const COMMON: [&str; 12] = [
    "the", "of", "and", "for", "in", "on", "de", "al", "el", "la", "state", "city",
];

/// A document of which coding again makes something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Document id.
    pub doc: String,
    /// Its name.
    pub doc_name: String,
    /// Facts that only the new coding has.
    pub new: usize,
    /// Facts that only the old coding has.
    pub gone: usize,
    /// Facts under the same id that say something else.
    pub changed: usize,
}

/// What coding again did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Recoding {
    /// Documents of which the current run is known to find what is on record.
    pub current: usize,
    /// Documents that the change cannot reach.
    pub beyond: usize,
    /// Documents that were coded again.
    pub coded: usize,
    /// Those of them that came out otherwise.
    pub changed: Vec<Changed>,
}

/// The data of a run as the store keeps it: the text where a change of it can be traced.
pub fn kept_data(data: &Data) -> Vec<(&str, &str, bool)> {
    data.below("")
        .map(|(file, text)| {
            (
                file,
                text,
                TRACED.iter().any(|folder| file.starts_with(folder)),
            )
        })
        .collect()
}

/// Codes again what the engine's program, data and model may find otherwise. A dry run changes nothing.
pub fn recode(engine: &Engine, store: &mut Store, dry: bool, tell: Tell) -> Result<Recoding> {
    let run = engine.run();
    let mut outcome = Recoding::default();
    let mut due: Vec<StoredDocument> = Vec::new();
    let mut beyond: Vec<String> = Vec::new();
    let mut reaches: BTreeMap<String, Reach> = BTreeMap::new();
    for stored in store.documents()? {
        let document = &stored.document;
        if store.knows(&document.id, &run)? {
            outcome.current += 1;
            continue;
        }
        let of = stored
            .confirmed
            .clone()
            .unwrap_or_else(|| stored.run.clone());
        if !reaches.contains_key(&of) {
            reaches.insert(of.clone(), Reach::between(store, &of, engine)?);
        }
        let reached = status(document) == "ok"
            && reaches[&of].touches(&stored, &store.predicates(&document.id)?);
        if reached {
            due.push(stored);
        } else {
            beyond.push(document.id.clone());
        }
    }
    outcome.beyond = beyond.len();
    outcome.coded = due.len();
    tell(Told::Inputs(due.len()));
    if !dry {
        store.keep_run(&run, &kept_data(&engine.data))?;
        store.confirm(&beyond, &run)?;
    }
    for batch in due.chunks(BATCH) {
        let documents: Vec<Document> = batch
            .iter()
            .map(|stored| Document {
                outlet: stored.frame_outlet.clone(),
                ..stored.document.clone()
            })
            .collect();
        let readings = engine.code_all(&documents);
        let mut same = Vec::new();
        for (stored, reading) in batch.iter().zip(&readings) {
            tell(Told::Done);
            let before = store.plain_facts(&stored.document.id)?;
            let found = Findings::of(engine, reading);
            let equal = same_facts(&before, &found.facts)
                && store.names_of(&stored.document.id)? == found.names
                && stored.status == found.status()
                && stored.document == reading.document;
            if equal {
                same.push(stored.document.id.clone());
                continue;
            }
            outcome.changed.push(changed(stored, &before, reading));
            if !dry {
                let coding = found.coding();
                store.put_again(&reading.document, found.status(), &coding, &run)?;
            }
        }
        if !dry {
            store.confirm(&same, &run)?;
        }
    }
    if !dry {
        refresh_records(engine, store)?;
    }
    Ok(outcome)
}

/// Whether two lists hold the same facts, in whatever order.
fn same_facts(a: &[Fact], b: &[Fact]) -> bool {
    let by_id = |facts: &[Fact]| -> BTreeMap<String, Fact> {
        facts
            .iter()
            .map(|fact| (fact.id.clone(), fact.clone()))
            .collect()
    };
    a.len() == b.len() && by_id(a) == by_id(b)
}

fn changed(stored: &StoredDocument, before: &[Fact], now: &Reading) -> Changed {
    let old: BTreeMap<&str, _> = before.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    let new: BTreeMap<&str, _> = now
        .facts
        .iter()
        .map(|fact| (fact.id.as_str(), fact))
        .collect();
    Changed {
        doc: stored.document.id.clone(),
        doc_name: stored.document.name.clone(),
        new: new.keys().filter(|id| !old.contains_key(*id)).count(),
        gone: old.keys().filter(|id| !new.contains_key(*id)).count(),
        changed: old
            .iter()
            .filter(|(id, fact)| new.get(*id).is_some_and(|now| now != *fact))
            .count(),
    }
}

/// Which documents a change can touch.
enum Reach {
    /// Any.
    All,
    /// Those with one of these predicates, or one of these words.
    Some {
        predicates: BTreeSet<String>,
        words: BTreeSet<String>,
    },
}

impl Reach {
    /// What differs between the data of an earlier run and the engine's.
    fn between(store: &Store, earlier: &str, engine: &Engine) -> Result<Reach> {
        let run = engine.run();
        let known = store.runs()?.into_iter().find(|entry| entry.id == earlier);
        let same = known
            .is_some_and(|entry| entry.run.program == run.program && entry.run.model == run.model);
        let before = store.data_of(earlier)?;
        if !same || before.is_empty() {
            return Ok(Reach::All);
        }
        let now: BTreeMap<&str, &str> = engine.data.below("").collect();
        let files: BTreeSet<&str> = before
            .keys()
            .map(String::as_str)
            .chain(now.keys().copied())
            .collect();
        let canonical = canonical(&engine.data);
        let (mut predicates, mut words) = (BTreeSet::new(), BTreeSet::new());
        for file in files {
            let new = now.get(file).copied();
            let old = before.get(file);
            if new.map(verbale_store::data_hash) == old.map(|kept| kept.hash.clone()) {
                continue;
            }
            let old = match old {
                Some(kept) => match &kept.text {
                    Some(text) => text.as_str(),
                    None => return Ok(Reach::All),
                },
                None => "",
            };
            let new = new.unwrap_or_default();
            let name = |file: &str| {
                file.strip_prefix(LISTS)?
                    .strip_suffix(".tsv")
                    .map(str::to_owned)
            };
            if file.starts_with(RULES) {
                for text in [old, new] {
                    match named_predicates(text) {
                        Some(named) => predicates.extend(named),
                        None => return Ok(Reach::All),
                    }
                }
            } else if name(file).is_some_and(|name| NAMES.contains(&name.as_str())) {
                match changed_words(old, new) {
                    Some(changed) => words.extend(changed),
                    None => return Ok(Reach::All),
                }
            } else {
                return Ok(Reach::All);
            }
        }
        let spelt: Vec<String> = predicates
            .iter()
            .filter_map(|name| canonical.get(name.as_str()).cloned())
            .collect();
        predicates.extend(spelt);
        Ok(Reach::Some { predicates, words })
    }

    fn touches(&self, stored: &StoredDocument, of_text: &[String]) -> bool {
        match self {
            Reach::All => true,
            Reach::Some { predicates, words } => {
                // A text of a store that kept no predicates can be reached by any rule.
                (!predicates.is_empty() && of_text.is_empty())
                    || of_text.iter().any(|name| predicates.contains(name))
                    || (!words.is_empty() && has_one(stored, words))
            }
        }
    }
}

/// Whether a document has a word of the set: in its text, or in the name of its outlet, which metadata may give.
fn has_one(stored: &StoredDocument, set: &BTreeSet<String>) -> bool {
    let outlets = [&stored.document.outlet, &stored.frame_outlet];
    let names = outlets.into_iter().flatten().map(|outlet| &outlet.value);
    std::iter::once(&stored.document.text)
        .chain(names)
        .flat_map(|text| words_of(text))
        .any(|word| begins(&word, set))
}

/// Whether a word is one of the set, or one of the set with an ending.
fn begins(word: &str, set: &BTreeSet<String>) -> bool {
    word.char_indices()
        .map(|(at, character)| &word[..at + character.len_utf8()])
        .any(|beginning| set.contains(beginning))
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The predicates that a rule file names, each as it may be kept of a text; `None` if they cannot be read off.
fn named_predicates(text: &str) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    if text.is_empty() {
        return Some(names);
    }
    let table: toml::Table = text.parse().ok()?;
    for when in table.get("when")?.as_array()? {
        for name in when.get("predicate")?.as_array()? {
            let name = name.as_str()?.to_lowercase();
            // A class stands for words that another file lists.
            if name.starts_with('@') {
                return None;
            }
            for part in name.split([' ', '_', '-']) {
                names.insert(part.to_owned());
            }
            names.insert(name);
        }
    }
    Some(names)
}

/// Words of the lines that only one of two texts of a list has; `None` if the columns changed.
fn changed_words(old: &str, new: &str) -> Option<BTreeSet<String>> {
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .map(String::from)
            .collect()
    };
    let (old, new) = (lines(old), lines(new));
    if old.first() != new.first() {
        return None;
    }
    let (had, has): (BTreeSet<&String>, BTreeSet<&String>) =
        (old.iter().collect(), new.iter().collect());
    let moved = old
        .iter()
        .filter(|line| has.contains(line))
        .ne(new.iter().filter(|line| had.contains(line)));
    // The first of two rows may win: another order is another list.
    if moved {
        return None;
    }
    Some(
        had.symmetric_difference(&has)
            .flat_map(|line| words_of(line))
            .filter(|word| !COMMON.contains(&word.as_str()))
            .collect(),
    )
}

/// Other spellings of lemmas, by the spelling that a rule may use.
fn canonical(data: &Data) -> BTreeMap<&str, String> {
    data.get("lang/en/lists/lemmas.tsv")
        .into_iter()
        .flat_map(str::lines)
        .filter_map(|line| line.split_once('\t'))
        .map(|(lemma, canonical)| (lemma, canonical.to_lowercase()))
        .collect()
}

/// Puts the document of one input in the place of another, which leaves the listings. Gives the ids of the old one and the
/// new one; `None` if there is no such document. The new one may be in the store already: a correction that was stopped
/// halfway is made by asking again.
pub fn correct(
    engine: &Engine,
    store: &mut Store,
    key: &str,
    place: &Path,
    tell: Tell,
) -> Result<Option<[String; 2]>> {
    let Some(old) = store.document(key)? else {
        return Ok(None);
    };
    let inputs = expand(&[place.to_owned()], &Chosen::default());
    // Looked at before it is kept: what is no correction leaves no trace.
    let (mut read, failed) = documents(inputs, &Known::default(), tell)?;
    let place = place.display().to_string();
    let stays = format!("{} stays as it is", old.document.name);
    let (Some((new, _)), true, 0) = (read.pop(), read.is_empty(), failed) else {
        return Err(Error::Asked(format!(
            "{place}: a correction is one text; give one file with one text in it; {stays}"
        )));
    };
    if new.id == old.document.id {
        return Err(Error::Asked(format!(
            "{place}: this is the text of {} itself; give one that differs",
            old.document.name
        )));
    }
    if !store.withdrawn(&new.id)?.is_empty() {
        return Err(Error::Asked(format!(
            "{place}: this text is withdrawn; `verbale withdraw {} --undo` brings it back, and {stays}",
            new.id
        )));
    }
    let run = engine.run();
    store.keep_run(&run, &kept_data(&engine.data))?;
    let wanted = !store.knows(&new.id, &run)?;
    let came = Came::of(engine, &place, new, wanted);
    came.keep(store, &run)?;
    store.withdraw(&old.document.id, false, Some(&came.document.id))?;
    refresh_records(engine, store)?;
    Ok(Some([old.document.id, came.document.id]))
}
