//! Every fact carries its words, on whose word it stands, and how it is meant.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{SETS, examples, shared, texts, verbale};

/// Codes files and holds every fact against the text that it names.
fn hold(files: &[PathBuf], originals: &BTreeMap<String, String>) {
    let arguments = files.iter().map(|file| file.as_os_str());
    let facts = verbale([Path::new("code").as_os_str()].into_iter().chain(arguments))
        .exits(0)
        .jsonl();
    assert!(!facts.is_empty());
    for fact in &facts {
        let name = fact["doc_name"].as_str().unwrap();
        let text = originals
            .get(name)
            .unwrap_or_else(|| panic!("{name} is no text of ours"));
        let at = |value: &Value, field: &str| value[field].as_u64().unwrap() as usize;
        let quote = fact["quote"].as_str().unwrap();
        assert!(!quote.trim().is_empty(), "{fact:#}");
        assert_eq!(
            text.get(at(fact, "start")..at(fact, "end")),
            Some(quote),
            "bytes: {fact:#}"
        );
        let (start, end) = (at(fact, "char_start"), at(fact, "char_end"));
        let characters: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(characters, quote, "characters: {fact:#}");

        let voices = fact["attribution"].as_array().unwrap();
        assert!(!voices.is_empty(), "{fact:#}");
        let lists = ["actor", "recipient", "qualifiers"].map(|list| fact[list].as_array());
        for words in lists.into_iter().flatten().flatten().chain(voices) {
            if let (Some(start), Some(end)) = (words["start"].as_u64(), words["end"].as_u64()) {
                // Whom no words name there (a speaker who says "we") has a place and no length.
                let found = text.get(start as usize..end as usize);
                assert!(found.is_some(), "{words:#} of {fact:#}");
                assert!(
                    start == end || found == words["text"].as_str(),
                    "{words:#} of {fact:#}"
                );
            }
        }
        assert!(
            fact["modality"]
                .as_str()
                .is_some_and(|word| !word.is_empty()),
            "{fact:#}"
        );
        assert!(
            fact["rule"].as_str().is_some_and(|word| !word.is_empty()),
            "{fact:#}"
        );
        let confidence = fact["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence), "{fact:#}");
    }
}

fn by_file(files: &[PathBuf]) -> BTreeMap<String, String> {
    let name = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    files
        .iter()
        .map(|file| (name(file), fs::read_to_string(file).unwrap()))
        .collect()
}

#[test]
fn quotes_of_the_examples_are_their_words() {
    for (set, _, _) in SETS {
        let files = examples(set);
        hold(&files, &by_file(&files));
    }
}

#[test]
fn quotes_of_the_seeds_are_their_words() {
    let Some(shared) = shared() else { return };
    let files = texts(&shared.join("seeds"));
    hold(&files, &by_file(&files));
}

#[test]
fn quotes_of_the_corpora_are_their_words() {
    let Some(shared) = shared() else { return };
    for (corpus, count) in [("wikinews", 100), ("un-general-debate", 10)] {
        let path = shared.join("corpora").join(corpus).with_extension("jsonl");
        let lines =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let part: Vec<&str> = lines.lines().take(count).collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("part.jsonl");
        fs::write(&file, part.join("\n")).unwrap();
        let originals = part
            .iter()
            .map(|line| {
                let document: Value = serde_json::from_str(line).unwrap();
                let own = |field: &str| document[field].as_str().unwrap().to_owned();
                (own("id"), own("text"))
            })
            .collect();
        hold(&[file], &originals);
    }
}
