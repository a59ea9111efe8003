//! Predications as written down in `spec/clause/*.toml`.
//!
//! A case has one or more `texts` that must all answer the same, and `expect` lines: lemmas (`buy|purchase`), then
//! words that must stand in the line that `render` prints for one of these predications (`agent=Peru`, `past`,
//! `[plan:planned]`), or must not (`!negated`). Marks of sharing and prepositions are left out unless written. `no`
//! lists lemmas for which there must be no predication; `span` gives the words of the first expectation.

use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use verbale::clause::{ClauseLexicon, Predication, predications, render};
use verbale::parse::{Trees, parse};
use verbale::segment::segment;
use verbale_parse::Parser;
use verbale_read::{Options, read_text};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    why: String,
    texts: Vec<String>,
    expect: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    span: Option<String>,
}

struct Read {
    text: String,
    trees: Trees,
    predications: Vec<Predication>,
}

fn read(text: &str) -> Read {
    let (document, _) = read_text(text.as_bytes(), "case", &Options::default()).unwrap();
    let segments = segment(&document);
    let trees = parse(Parser::english(), &segments);
    let predications = predications(&trees, &segments, ClauseLexicon::embedded());
    Read {
        text: document.text,
        trees,
        predications,
    }
}

impl Read {
    fn line(&self, predication: &Predication) -> String {
        render(predication, &self.trees.units[predication.unit], &self.text)
    }

    /// The predication that answers an expectation.
    fn answer(&self, expectation: &str) -> Option<&Predication> {
        let expectation = expectation.to_lowercase();
        let (lemmas, words) = expectation.split_once(' ').unwrap_or((&expectation, ""));
        self.predications.iter().find(|predication| {
            let line = self.line(predication).replace('~', "").to_lowercase();
            let said: Vec<&str> = line.split(' ').collect();
            let has = |word: &str| {
                said.iter().any(|token| {
                    let bare = token.split('(').next().unwrap_or(token);
                    *token == word || bare == word
                })
            };
            lemmas.split('|').any(|lemma| lemma == predication.lemma)
                && words
                    .split_whitespace()
                    .all(|word| match word.strip_prefix('!') {
                        Some(absent) => !has(absent),
                        None => has(word),
                    })
        })
    }
}

#[test]
fn predications_are_read_as_written_down() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spec/clause");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut wrong = String::new();
    let mut sentences = 0;
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let spec: Spec = toml::from_str(&fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        for case in spec.case {
            for text in &case.texts {
                sentences += 1;
                let read = read(text);
                let mut faults = Vec::new();
                for (order, expectation) in case.expect.iter().enumerate() {
                    match (read.answer(expectation), &case.span) {
                        (None, _) => faults.push(format!("missing {expectation}")),
                        (Some(found), Some(span))
                            if order == 0 && found.span.of(&read.text) != span =>
                        {
                            faults.push(format!("span «{}»", found.span.of(&read.text)));
                        }
                        _ => {}
                    }
                }
                for lemma in &case.no {
                    if read
                        .predications
                        .iter()
                        .any(|predication| predication.lemma == *lemma)
                    {
                        faults.push(format!("there is a predication {lemma}"));
                    }
                }
                if !faults.is_empty() {
                    wrong += &format!("{name}: {text} {}\n", case.why);
                    for fault in faults {
                        wrong += &format!("    {fault}\n");
                    }
                    for predication in &read.predications {
                        wrong += &format!("      {}\n", read.line(predication));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(sentences >= 80, "only {sentences} sentences");
}
