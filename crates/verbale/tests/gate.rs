//! What the usual gate sets aside tells of no two sides, and what it lets through is coded as without it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use verbale::gate::Gate;
use verbale::pipeline::{Language, code_document, code_gated};
use verbale::record::{Fact, PartyType};
use verbale_parse::Parser;
use verbale_read::{Document, Options, read_text};

/// The folder of texts that are not ours: `VERBALE_SHARED`, or `../shared` beside the workspace; `none` says that there is
/// none.
fn shared() -> Option<PathBuf> {
    match std::env::var("VERBALE_SHARED") {
        Ok(value) if value == "none" => None,
        Ok(value) => Some(value.into()),
        Err(_) => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")),
    }
}

fn document(name: &str, text: &str) -> Document {
    read_text(text.as_bytes(), name, &Options::default())
        .unwrap()
        .0
}

/// The texts below a folder, without those that are only measured on.
fn texts(folder: &Path) -> Vec<Document> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}; see VERBALE_SHARED", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(texts(&path));
        } else if name.ends_with(".txt") && !name.starts_with("test_") {
            found.push(document(&name, &fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

fn sides(fact: &Fact) -> BTreeSet<&str> {
    fact.actor
        .iter()
        .chain(&fact.recipient)
        .filter(|party| party.party_type != PartyType::Person)
        .map(|party| party.side())
        .collect()
}

/// The facts of our own texts, of the examples and of the seeds come through the usual gate.
#[test]
fn no_fact_of_coded_texts_is_lost() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = texts(&root.join("tests/gold/texts"));
    assert!(all.len() >= 250);
    let few: Vec<Document> = all.iter().step_by(25).cloned().collect();
    all.extend(texts(&root.join("examples")));
    if let Some(shared) = shared() {
        all.extend(texts(&shared.join("seeds")));
    }
    let language = Language::embedded();
    let stopped: Vec<&str> = all
        .iter()
        .filter(|document| !Gate::default().passes(document, &language.lexicon))
        .map(|document| document.name.as_str())
        .collect();
    assert!(stopped.is_empty(), "set aside: {stopped:?}");
    for document in few {
        let parser = Parser::english();
        let facts = code_gated(&document, language, parser, Gate::default()).facts;
        assert!(!facts.is_empty(), "{}", document.name);
        assert_eq!(facts, code_document(&document, language, parser).facts);
    }
}

/// General news that is set aside would tell of no two sides if it were coded.
#[test]
fn what_is_set_aside_tells_of_no_two_sides() {
    let Some(shared) = shared() else { return };
    let lines = fs::read_to_string(shared.join("corpora/wikinews.jsonl")).unwrap();
    let language = Language::embedded();
    let mut aside = 0;
    for (number, line) in lines.lines().enumerate().step_by(4) {
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        let document = document(&format!("{number}"), json["text"].as_str().unwrap());
        if Gate::default().passes(&document, &language.lexicon) {
            continue;
        }
        aside += 1;
        let reading = code_document(&document, language, Parser::english());
        for fact in &reading.facts {
            assert!(sides(fact).len() < 2, "article {number}: “{}”", fact.quote);
        }
        let gated = code_gated(&document, language, Parser::english(), Gate::default());
        assert!(gated.gated.aside && gated.facts.is_empty() && gated.trees.units.is_empty());
        assert_eq!(gated.document, reading.document);
    }
    assert!(aside >= 15, "only {aside} of {}", lines.lines().count() / 4);
}

/// The narrowest gate also leaves out paragraphs, and keeps what stands beside them.
#[test]
fn paragraphs_without_anybody_are_left_out() {
    let text = "Chad and Niger signed a memorandum on grazing routes.\n\nThe rain fell for two days on the hills.\n\n\
        Chad thanked Niger for the wells.\n";
    let document = document("text", text);
    let code = |gate| code_gated(&document, Language::embedded(), Parser::english(), gate);
    let (whole, thin) = (code(Gate::Document), code(Gate::Full));
    assert_eq!((whole.gated.skipped, thin.gated.skipped), (0, 1));
    assert_eq!(whole.trees.units.len(), thin.trees.units.len() + 1);
    let told = |facts: &[Fact]| -> Vec<(String, String)> {
        facts
            .iter()
            .map(|fact| (fact.id.clone(), fact.rule.clone()))
            .collect()
    };
    assert!(whole.facts.len() >= 2);
    assert_eq!(told(&whole.facts), told(&thin.facts));
}
