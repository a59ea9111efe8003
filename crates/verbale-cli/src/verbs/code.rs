//! `code` and `try`: the pure function, for pipes and for people who want to see how it thinks.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use verbale::record::Fact;

use crate::args::{Format, InputFormat, Known, Listing};
use crate::columns::FACT;
use crate::engine::Engine;
use crate::output::{format_or_default, laid_out, print, print_rows};
use crate::{Outcome, ingest, talk};

use super::insight::Insight;

/// `code`: documents in, facts out.
pub fn code(
    engine: &Engine,
    paths: &[PathBuf],
    input: Option<InputFormat>,
    known: &Known,
    listing: &Listing,
) -> Result<Outcome> {
    let from_stdin = paths.is_empty() || paths == [PathBuf::from("-")];
    let (documents, failed) = if from_stdin {
        standard_input(input, known)?
    } else {
        ingest::documents(paths, known, &talk::tell)?
    };
    let documents: Vec<_> = documents
        .into_iter()
        .filter(|(document, place)| ingest::is_coded(document, place, &talk::tell))
        .map(|(document, _)| document)
        .collect();
    let facts: Vec<Fact> = engine
        .code_all(&documents, || {})
        .into_iter()
        .flat_map(|reading| reading.facts)
        .collect();
    // `code` is for pipes: JSON lines unless something else is asked for.
    print_rows(&facts, FACT, listing.format.unwrap_or(Format::Jsonl))?;
    Ok(if failed > 0 {
        Outcome::SomeFailed
    } else {
        Outcome::Done
    })
}

type Documents = Vec<(verbale_read::Document, String)>;

fn standard_input(input: Option<InputFormat>, known: &Known) -> Result<(Documents, usize)> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("standard input cannot be read")?;
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let as_jsonl = input.map_or(first == Some(&b'{'), |input| input == InputFormat::Jsonl);
    let name = if as_jsonl { "stdin.jsonl" } else { "stdin.txt" };
    Ok(ingest::read_bytes(
        &bytes,
        name,
        "-",
        &ingest::options(known)?,
        &talk::tell,
    ))
}

/// `try SENTENCE`.
pub fn try_sentence(
    engine: &Engine,
    sentence: &str,
    published: Option<&str>,
    listing: &Listing,
) -> Result<Outcome> {
    let options = ingest::options(&Known {
        published: published.map(String::from),
        ..Known::default()
    })?;
    let (document, _) = verbale_read::read_text(sentence.as_bytes(), "sentence", &options)?;
    let reading = engine.code(&document);
    let look = Insight {
        reading: &reading,
        lexicon: &engine.language.lexicon,
    };
    match format_or_default(listing.format) {
        Format::Json => print(&serde_json::to_string_pretty(&look.json())?)?,
        Format::Jsonl => print(&serde_json::to_string(&look.json())?)?,
        format @ (Format::Text | Format::Md) => print(&laid_out(&look.text(), format))?,
        Format::Csv => bail!("a sentence is shown as text, md, json or jsonl"),
    }
    Ok(if reading.facts.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}
