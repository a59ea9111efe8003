//! Runs the program once over the seeds and gives its JSON to all tests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

use serde_json::Value;

/// What the program printed for the seeds.
pub struct Seeds {
    /// `pair AZE PAK … --format json`.
    pub dossier: Value,
    /// `facts --format json`: every fact of the store.
    pub facts: Vec<Value>,
    /// `records --format json`: every record of the store.
    pub records: Vec<Value>,
    /// The articles, by the first three characters of their file names.
    pub texts: BTreeMap<String, String>,
}

/// The seeds, or `None` where they are left out on purpose.
fn seeds() -> Option<&'static Seeds> {
    static SEEDS: OnceLock<Option<Seeds>> = OnceLock::new();
    SEEDS.get_or_init(load).as_ref()
}

/// Tests that are known to fail, one per line, each with its reason behind a `#`.
const KNOWN_MISSES: &str = include_str!("known_misses.txt");

/// Runs one test on the seeds. A known miss may fail; when it starts to pass it is red until its line is taken out.
#[track_caller]
pub fn on_seeds(test: &str, body: impl FnOnce(&'static Seeds) + std::panic::UnwindSafe) {
    let Some(seeds) = seeds() else { return };
    let outcome = std::panic::catch_unwind(move || body(seeds));
    let known = KNOWN_MISSES.lines().any(|line| {
        line.split('#')
            .next()
            .is_some_and(|name| name.trim() == test)
    });
    match outcome {
        Ok(()) if known => panic!("{test} holds now: take it out of known_misses.txt"),
        Ok(()) => {}
        Err(_) if known => eprintln!("{test} is a known miss"),
        Err(failure) => std::panic::resume_unwind(failure),
    }
}

fn shared() -> Option<PathBuf> {
    match env::var("VERBALE_SHARED") {
        Ok(value) if value == "none" => None,
        Ok(value) => Some(value.into()),
        Err(_) => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")),
    }
}

fn load() -> Option<Seeds> {
    let folder = shared()?.join("seeds");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| {
            panic!(
                "{}: {error}; set VERBALE_SHARED to the shared folder, or to none",
                folder.display()
            )
        })
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    let scratch = tempfile::tempdir().unwrap();
    let store = scratch.path().join("seeds.db");
    let run = |arguments: &[&str], paths: &[PathBuf]| -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_verbale"))
            .arg("--store")
            .arg(&store)
            .args(arguments)
            .args(paths)
            .args(["--format", "json"])
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let list = |value: Value| value.as_array().unwrap().clone();
    let dossier = run(&["pair", "AZE", "PAK"], &files);
    let facts = list(run(&["facts"], &[]));
    let records = list(run(&["records"], &[]));
    let texts = files
        .iter()
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy()[..3].to_string(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    Some(Seeds {
        dossier,
        facts,
        records,
        texts,
    })
}

/// Text of a field; empty if absent.
pub fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or("")
}

/// Items of a list field.
pub fn items<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

/// Number of a fact's document, `000` to `004`.
pub fn doc(fact: &Value) -> &str {
    &text(fact, "doc_name")[..3]
}

/// Ids in a list of parties.
pub fn ids<'a>(value: &'a Value, field: &str) -> BTreeSet<&'a str> {
    items(value, field)
        .iter()
        .map(|party| text(party, "id"))
        .collect()
}

/// Names of the persons in a list of parties.
pub fn persons<'a>(value: &'a Value, field: &str) -> BTreeSet<&'a str> {
    items(value, field)
        .iter()
        .map(|party| {
            if party["type"] == "person" {
                text(party, "name")
            } else {
                text(&party["person"], "name")
            }
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// Name of the innermost speaker.
pub fn speaker(fact: &Value) -> &str {
    items(fact, "attribution")
        .last()
        .map_or("", |voice| text(voice, "name"))
}

/// Whether the words of the fact hold these words.
pub fn says(fact: &Value, words: &str) -> bool {
    text(fact, "quote").contains(words)
}

/// Sectors of a fact or record.
pub fn sectors(value: &Value) -> BTreeSet<&str> {
    items(value, "sectors")
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

impl Seeds {
    /// Facts of one document.
    pub fn facts_of<'a>(&'a self, number: &'a str) -> impl Iterator<Item = &'a Value> {
        self.facts.iter().filter(move |fact| doc(fact) == number)
    }

    /// Facts of one document that lie on, or hold, the first place of these words.
    pub fn facts_on<'a>(&'a self, number: &'a str, words: &str) -> Vec<&'a Value> {
        let start = self.texts[number]
            .find(words)
            .unwrap_or_else(|| panic!("{number} does not say {words:?}"))
            as u64;
        let end = start + words.len() as u64;
        self.facts_of(number)
            .filter(|fact| {
                fact["start"].as_u64().unwrap() < end && start < fact["end"].as_u64().unwrap()
            })
            .collect()
    }

    /// Records of a kind.
    pub fn records_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.records
            .iter()
            .filter(move |record| record["kind"] == kind)
    }

    /// The facts behind a record.
    pub fn facts_behind<'a>(&'a self, record: &'a Value) -> Vec<&'a Value> {
        items(record, "facts")
            .iter()
            .map(|id| {
                self.facts
                    .iter()
                    .find(|fact| fact["id"] == *id)
                    .expect("a record's facts are in the store")
            })
            .collect()
    }

    /// Numbers of the documents that tell a record.
    pub fn docs<'a>(&self, record: &'a Value) -> BTreeSet<&'a str> {
        items(record, "witnesses").iter().map(doc).collect()
    }

    /// The record that holds a fact.
    pub fn record_of(&self, fact: &Value) -> &Value {
        self.records
            .iter()
            .find(|record| items(record, "facts").contains(&fact["id"]))
            .unwrap_or_else(|| panic!("no record holds the fact on {:?}", text(fact, "quote")))
    }

    /// The document of the dossier with this number.
    pub fn document(&self, number: &str) -> &Value {
        items(&self.dossier, "documents")
            .iter()
            .find(|document| text(document, "name").starts_with(number))
            .unwrap()
    }
}

/// The set of some words.
pub fn set<const N: usize>(words: [&'static str; N]) -> BTreeSet<&'static str> {
    BTreeSet::from(words)
}

/// Asserts that there is exactly one, and gives it.
#[track_caller]
pub fn only<'a>(found: Vec<&'a Value>, what: &str) -> &'a Value {
    assert_eq!(found.len(), 1, "{what}: {found:#?}");
    found[0]
}
