//! `code` and `try`: the pure function, for pipes and for people who want to see how it thinks.

use std::path::PathBuf;

use anyhow::{Result, bail};
use verbale::record::Fact;
use verbale_engine::Told;

use crate::args::{Format, InputFormat, Known, Listing, Texts};
use crate::columns::FACT;
use crate::engine::Engine;
use crate::output::{format_or_default, laid_out, print, print_rows};
use crate::talk::{self, Talk};
use crate::{Outcome, ingest};

use super::insight::Insight;

/// `code`: documents in, facts out as they are found.
pub fn code(
    engine: &Engine,
    paths: &[PathBuf],
    input: Option<InputFormat>,
    texts: &Texts,
    listing: &Listing,
) -> Result<Outcome> {
    let stdin = [PathBuf::from("-")];
    let mut inputs = talk::inputs(if paths.is_empty() { &stdin } else { paths }, texts)?;
    for piped in inputs.iter_mut().filter(|input| input.place == "-") {
        piped.format = input.map(InputFormat::format);
    }
    // `code` is for pipes: JSON lines unless something else is asked for, which is laid out when all is there.
    let format = listing.format.unwrap_or(Format::Jsonl);
    let mut all: Vec<Fact> = Vec::new();
    let talk = Talk::new(&inputs, texts)?;
    let tell = |told: Told| talk.tell(told);
    let failed = ingest::each(
        engine,
        inputs,
        &texts.known,
        &tell,
        |_| true,
        |came| {
            came.tell(false, &tell);
            let facts = came.coded.unwrap_or_default().facts;
            if format == Format::Jsonl {
                return print_rows(&facts, FACT, format);
            }
            all.extend(facts);
            Ok(())
        },
    )?;
    talk.finish()?;
    if format != Format::Jsonl {
        print_rows(&all, FACT, format)?;
    }
    Ok(if failed > 0 {
        Outcome::SomeFailed
    } else {
        Outcome::Done
    })
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
