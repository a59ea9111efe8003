//! Our answers against those that spaCy gave with the same weights, written down by `cargo xtask parity --write-fixtures`
//! (spaCy 3.8.18, thinc 8.3.14, Python 3.11). They must be equal.

#[path = "support/columns.rs"]
mod columns;
#[path = "support/random.rs"]
mod random;

use std::collections::HashMap;
use std::path::PathBuf;

use serde::Deserialize;
use verbale_parse::{Analysis, Parser};

use columns::{Columns, digest};

/// How many random strings share a digest.
const GROUP: usize = 50;

#[derive(Deserialize)]
struct Answered {
    text: String,
    #[serde(flatten)]
    answer: Columns,
}

#[test]
fn own_texts_are_analysed_as_spacy_does() {
    for line in include_str!("data/own.jsonl").lines() {
        let Answered { text, answer } = serde_json::from_str(line).expect("a fixture line");
        assert_eq!(
            Columns::of(&text, &Parser::english().parse(&text)),
            answer,
            "{text:?}"
        );
    }
}

#[test]
fn random_strings_are_cut_as_spacy_does() {
    let expected: Vec<&str> = include_str!("data/random.txt").lines().collect();
    let strings = random::random_strings(GROUP * expected.len());
    for (group, expected) in strings.chunks(GROUP).zip(expected) {
        let texts: Vec<&str> = group.iter().map(String::as_str).collect();
        let analyses = Parser::english().parse_batch(&texts);
        for (text, analysis) in texts.iter().zip(&analyses) {
            assert_eq!(joined(text, analysis), *text, "nothing is lost");
        }
        let found = texts
            .iter()
            .zip(&analyses)
            .fold(0, |sum: u32, (text, analysis)| {
                sum.rotate_left(1) ^ Columns::of(text, analysis).token_digest()
            });
        assert_eq!(
            format!("{found:08x}"),
            expected,
            "one of the strings from {:?} on",
            group[0]
        );
    }
}

/// The text that the tokens and the spaces after them make.
fn joined(text: &str, analysis: &Analysis) -> String {
    analysis
        .tokens
        .iter()
        .map(|t| [&text[t.span.clone()], if t.space_after { " " } else { "" }].concat())
        .collect()
}

/// The seeds and some paragraphs of news. They are not ours to copy, so the text is read from the shared folder:
/// `VERBALE_SHARED`, or `../shared` beside the workspace. `VERBALE_SHARED=none` says that there is none.
#[test]
fn news_is_analysed_as_spacy_does() {
    let shared = match std::env::var("VERBALE_SHARED") {
        Ok(none) if none == "none" => return,
        Ok(folder) => PathBuf::from(folder),
        Err(_) => PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
    };
    let mut files: HashMap<&str, HashMap<String, String>> = HashMap::new();
    for line in include_str!("data/corpora.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [file, id, paragraph, text_digest, expected @ ..] = &fields[..] else {
            panic!("{line}")
        };
        let documents = files
            .entry(file)
            .or_insert_with(|| documents(&shared.join(file)));
        let document = documents[*id].as_str();
        let text = match paragraph.parse() {
            Ok(number) => document
                .split("\n\n")
                .nth(number)
                .expect("the paragraph is there"),
            Err(_) => document,
        };
        assert_eq!(
            format!("{:08x}", digest(text.as_bytes())),
            *text_digest,
            "the text is another one: {file} {id}"
        );
        let found = Columns::of(text, &Parser::english().parse(text))
            .digests()
            .map(|digest| format!("{digest:08x}"));
        assert_eq!(
            found, expected,
            "tokens, words, tree, spans of {file} {id} {paragraph}"
        );
    }
}

/// The documents of a shared file by id; a text file is one document without id.
fn documents(path: &std::path::Path) -> HashMap<String, String> {
    let content = std::fs::read_to_string(path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; set VERBALE_SHARED to the shared folder, or to `none`",
            path.display()
        )
    });
    if path.extension().is_some_and(|extension| extension == "txt") {
        return HashMap::from([(String::new(), content)]);
    }
    content
        .lines()
        .map(|line| {
            let document: serde_json::Value =
                serde_json::from_str(line).expect("a JSON object per line");
            let field = |name: &str| {
                document[name]
                    .as_str()
                    .expect("a document has id and text")
                    .to_owned()
            };
            (field("id"), field("text"))
        })
        .collect()
}
