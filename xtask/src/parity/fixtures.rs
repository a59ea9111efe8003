//! spaCy's answers written down for the parser's own tests, which need no Python.
//!
//! Our own texts keep every answer. Of texts that are not ours only the place and digests are kept; the tests read the texts
//! from the shared folder.

use std::fmt::Write;

use anyhow::{Context, Result};
use serde::Serialize;

use super::columns::{Columns, digest};
use super::{ask_oracle, random, texts};
use crate::options::Options;

/// Random strings in the fixture, and how many of them share a digest.
const RANDOM: usize = 5_000;
const GROUP: usize = 50;

#[derive(Serialize)]
struct Answered<'a> {
    text: &'a str,
    #[serde(flatten)]
    answer: &'a Columns,
}

/// Writes all fixtures.
pub fn write(options: &Options) -> Result<()> {
    let mut own = String::new();
    let texts = texts::own()?;
    for (text, answer) in texts
        .iter()
        .zip(&ask_oracle(options, "own", &texts, false)?)
    {
        writeln!(
            own,
            "{}",
            serde_json::to_string(&Answered { text, answer })?
        )?;
    }
    save("own.jsonl", &own)?;

    let mut corpora = String::new();
    let sample = texts::sample()?;
    let texts: Vec<String> = sample.iter().map(|located| located.text.clone()).collect();
    for (located, answer) in sample
        .iter()
        .zip(&ask_oracle(options, "sample", &texts, false)?)
    {
        let paragraph = located
            .paragraph
            .map(|number| number.to_string())
            .unwrap_or_default();
        write!(
            corpora,
            "{}\t{}\t{paragraph}\t{:08x}",
            located.file,
            located.id,
            digest(located.text.as_bytes())
        )?;
        for digest in answer.digests() {
            write!(corpora, "\t{digest:08x}")?;
        }
        corpora.push('\n');
    }
    save("corpora.tsv", &corpora)?;

    let mut digests = String::new();
    for group in ask_oracle(options, "random", &random::random_strings(RANDOM), true)?.chunks(GROUP)
    {
        writeln!(
            digests,
            "{:08x}",
            group.iter().fold(0, |sum: u32, columns| sum.rotate_left(1)
                ^ columns.token_digest())
        )?;
    }
    save("random.txt", &digests)
}

fn save(name: &str, content: &str) -> Result<()> {
    let path = crate::root()
        .join("crates/verbale-parse/tests/data")
        .join(name);
    std::fs::write(&path, content).with_context(|| format!("could not write {}", path.display()))
}
