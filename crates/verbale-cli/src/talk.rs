//! What is told while texts come in: lines and a bar on standard error, a report in a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use verbale_engine::ingest::{self, Fate, Outcome};
use verbale_engine::inputs::{Chosen, Input, expand};
use verbale_engine::{Engine, Told};
use verbale_store::Store;

use crate::args::Texts;
use crate::output::printable;

/// Tells what is worth a line; progress is none.
pub fn tell(told: Told) {
    match told {
        Told::Left(text) => anstream::eprintln!("{}", printable(&text)),
        Told::Failed(error) => anstream::eprintln!("error: {}", printable(&error.to_string())),
        Told::Inputs(_) | Told::Done | Told::Read { .. } | Told::Text(_) => {}
    }
}

/// The inputs that paths and patterns name.
pub fn inputs(paths: &[PathBuf], texts: &Texts) -> Result<Vec<Input>> {
    Ok(expand(paths, &Chosen::new(&texts.include, &texts.exclude)?))
}

/// Adds paths with a bar that shows rate and time left.
pub fn add(
    engine: &Engine,
    store: &mut Store,
    paths: &[PathBuf],
    texts: &Texts,
) -> Result<Outcome> {
    let inputs = inputs(paths, texts)?;
    let talk = Talk::new(&inputs, texts)?;
    let outcome = ingest::add(engine, store, inputs, &texts.known, &|told| talk.tell(told))?;
    talk.finish()?;
    Ok(outcome)
}

/// Tells while texts come in.
pub struct Talk {
    bar: ProgressBar,
    counts: Mutex<Counts>,
    report: Option<Mutex<Report>>,
}

/// How many texts came in, and how many are not coded, by status.
#[derive(Default)]
struct Counts {
    texts: usize,
    set_aside: BTreeMap<&'static str, usize>,
}

struct Report {
    path: PathBuf,
    file: BufWriter<File>,
    failed: Option<std::io::Error>,
}

/// Fewer bytes are read before a bar could be.
const WORTH_A_BAR: u64 = 200_000;

impl Talk {
    /// Opens the report, and shows a bar if there is much to read.
    pub fn new(inputs: &[Input], texts: &Texts) -> Result<Talk> {
        let size: Option<u64> = inputs.iter().map(Input::size).sum();
        let (bar, template) = match size {
            Some(size) if size < WORTH_A_BAR => (ProgressBar::hidden(), "{msg}"),
            Some(size) => (
                ProgressBar::new(size),
                "{bar:30} {percent}%  {eta} left  {msg}",
            ),
            None => (ProgressBar::no_length(), "{spinner} {elapsed}  {msg}"),
        };
        let style = ProgressStyle::with_template(template).expect("the templates are fixed");
        let report = texts.report.as_ref().map(|path| {
            let file = File::create(path).with_context(|| {
                format!(
                    "{}: the report cannot be written; check that the folder exists",
                    path.display()
                )
            })?;
            anyhow::Ok(Mutex::new(Report {
                path: path.clone(),
                file: BufWriter::new(file),
                failed: None,
            }))
        });
        Ok(Talk {
            bar: bar.with_style(style),
            counts: Mutex::default(),
            report: report.transpose()?,
        })
    }

    /// Shows what is told, and writes the report.
    pub fn tell(&self, told: Told) {
        match told {
            Told::Read { bytes, .. } => self.bar.set_position(bytes),
            Told::Text(fate) => {
                self.count(&fate);
                self.note(&fate);
            }
            Told::Inputs(_) | Told::Done => {}
            other => self.bar.suspend(|| tell(other)),
        }
    }

    fn count(&self, fate: &Fate) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.texts += 1;
        if fate.status != "ok" {
            *counts.set_aside.entry(fate.status).or_default() += 1;
        }
        let rate = counts.texts as f64 / self.bar.elapsed().as_secs_f64().max(0.001);
        let mut message = format!("{} texts  {rate:.1}/s", counts.texts);
        for (status, count) in &counts.set_aside {
            message.push_str(&format!("  {count} {}", status.replace('_', " ")));
        }
        self.bar.set_message(message);
    }

    fn note(&self, fate: &Fate) {
        let Some(report) = &self.report else {
            return;
        };
        let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
        let line = serde_json::to_string(fate).map_err(std::io::Error::from);
        if let Err(error) = line.and_then(|line| writeln!(report.file, "{line}")) {
            report.failed.get_or_insert(error);
        }
    }

    /// Takes the bar away and closes the report; an error is one of writing it.
    pub fn finish(self) -> Result<()> {
        self.bar.finish_and_clear();
        if let Some(report) = self.report {
            let mut report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
            let flushed = report.file.flush();
            report.failed.map_or(flushed, Err).with_context(|| {
                format!(
                    "{}: the report could not be written to its end",
                    report.path.display()
                )
            })?;
        }
        Ok(())
    }
}
