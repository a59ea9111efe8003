//! `code` and `try`: the pure function, for pipes and for people who want to see how it thinks.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use verbale::record::Fact;
use verbale_engine::Told;
use verbale_export::batch::{self, Coded, Form, Sink};
use verbale_read::Document;

use crate::args::{Format, InputFormat, Known, Listing, OutputFormat, Texts};
use crate::columns::FACT;
use crate::engine::Engine;
use crate::output::{format_or_default, laid_out, print, print_rows, printable};
use crate::talk::{self, Talk};
use crate::{Outcome, ingest};

use super::insight::Insight;

/// `code`: documents in, facts out as they are found.
pub fn code(
    engine: &Engine,
    paths: &[PathBuf],
    input: Option<InputFormat>,
    out: Option<OutputFormat>,
    texts: &Texts,
    listing: &Listing,
) -> Result<Outcome> {
    if let Some(batches @ (InputFormat::ArrowStream | InputFormat::Parquet)) = input {
        if !(paths.is_empty() || paths == [PathBuf::from("-")]) {
            bail!(
                "--in arrow-stream and --in parquet read standard input: verbale code --in parquet < FILE"
            );
        }
        if listing.format.is_some() {
            bail!("batches leave as --out jsonl, arrow-stream or parquet, not as --format");
        }
        let form = form(out.unwrap_or(OutputFormat::Jsonl));
        return code_batches(engine, batches, form, &ingest::options(&texts.known)?);
    }
    let stdin = [PathBuf::from("-")];
    let mut inputs = talk::inputs(if paths.is_empty() { &stdin } else { paths }, texts)?;
    for piped in inputs.iter_mut().filter(|input| input.place == "-") {
        piped.format = input.and_then(InputFormat::format);
    }
    // `code` is for pipes: JSON lines unless something else is asked for, which is laid out when all is there.
    let format = listing.format.unwrap_or(Format::Jsonl);
    let mut all: Vec<Fact> = Vec::new();
    let mut columnar = match out {
        Some(OutputFormat::Jsonl) | None => None,
        Some(out) => Some(Batched::new(engine, form(out))?),
    };
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
            let status = came.status();
            let facts = came.coded.unwrap_or_default().facts;
            if let Some(columnar) = &mut columnar {
                return columnar.push(came.document, status, facts);
            }
            if format == Format::Jsonl {
                return print_rows(&facts, FACT, format);
            }
            all.extend(facts);
            Ok(())
        },
    )?;
    talk.finish()?;
    if let Some(columnar) = columnar {
        columnar.finish()?;
    } else if format != Format::Jsonl {
        print_rows(&all, FACT, format)?;
    }
    Ok(if failed > 0 {
        Outcome::SomeFailed
    } else {
        Outcome::Done
    })
}

fn form(out: OutputFormat) -> Form {
    match out {
        OutputFormat::Jsonl => Form::Jsonl,
        OutputFormat::ArrowStream => Form::ArrowStream,
        OutputFormat::Parquet => Form::Parquet,
    }
}

/// Documents that come one by one and leave in batches.
struct Batched {
    sink: Sink<std::io::Stdout>,
    resource: String,
    coded: Vec<Coded>,
}

impl Batched {
    /// Documents of one batch.
    const SIZE: usize = 256;

    fn new(engine: &Engine, form: Form) -> Result<Batched> {
        Ok(Batched {
            sink: Sink::new(form, std::io::stdout())?,
            resource: engine.run().id(),
            coded: Vec::new(),
        })
    }

    fn push(&mut self, document: Document, status: &'static str, facts: Vec<Fact>) -> Result<()> {
        self.coded.push(Coded {
            id: None,
            document: Ok(document),
            status,
            facts,
        });
        if self.coded.len() < Self::SIZE {
            return Ok(());
        }
        self.flush()
    }

    fn flush(&mut self) -> Result<()> {
        self.sink.write(&self.coded, &self.resource)?;
        self.coded.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        self.flush()?;
        Ok(self.sink.finish()?)
    }
}

/// Batches of texts from standard input, coded and written one by one: memory holds one batch of a stream.
fn code_batches(
    engine: &Engine,
    input: InputFormat,
    form: Form,
    options: &verbale_read::Options,
) -> Result<Outcome> {
    let stdin = std::io::stdin();
    let batches: Box<dyn Iterator<Item = _>> = if input == InputFormat::Parquet {
        let mut bytes = Vec::new();
        stdin
            .lock()
            .read_to_end(&mut bytes)
            .context("standard input cannot be read")?;
        Box::new(batch::read_parquet(bytes).context("standard input is no Parquet file")?)
    } else {
        Box::new(batch::read_stream(stdin.lock()).context("standard input is no Arrow stream")?)
    };
    let mut sink = Sink::new(form, std::io::stdout())?;
    let resource = engine.run().id();
    let mut outcome = Outcome::Done;
    for batch in batches {
        let coded = batch::code(engine, batch::inputs(&batch?, options)?);
        let errors = coded.iter().filter_map(|one| one.document.as_ref().err());
        for error in errors {
            anstream::eprintln!("error: {}", printable(error));
            outcome = Outcome::SomeFailed;
        }
        sink.write(&coded, &resource)?;
    }
    sink.finish()?;
    Ok(outcome)
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
    let reading = engine.code_whole(&document);
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
