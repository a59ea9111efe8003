//! What is told on standard error while texts come in.

use std::path::PathBuf;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use verbale_engine::asked::Known;
use verbale_engine::ingest::{self, Outcome};
use verbale_engine::inputs::{Input, expand};
use verbale_engine::{Engine, Told};
use verbale_store::Store;

use crate::output::printable;

/// Tells what is worth a line; progress is none.
pub fn tell(told: Told) {
    match told {
        Told::Inputs(_) | Told::Done => {}
        Told::Left(text) => anstream::eprintln!("{}", printable(&text)),
        Told::Failed(error) => anstream::eprintln!("error: {}", printable(&error.to_string())),
    }
}

/// Adds paths with a bar that shows rate and time left.
pub fn add(
    engine: &Engine,
    store: &mut Store,
    paths: &[PathBuf],
    known: &Known,
) -> Result<Outcome> {
    let inputs = expand(paths);
    let bar = progress(inputs.len() as u64);
    let outcome = ingest::add(
        engine,
        store,
        inputs.into_iter().map(Input::of),
        known,
        &|told| match told {
            Told::Inputs(_) => {}
            Told::Done => bar.inc(1),
            other => bar.suspend(|| tell(other)),
        },
    )?;
    bar.finish_and_clear();
    Ok(outcome)
}

fn progress(length: u64) -> ProgressBar {
    // A bar that appears for a handful of files is noise.
    if length < 20 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} texts  {per_sec}  {eta} left")
        .expect("the template is fixed");
    ProgressBar::new(length).with_style(style)
}
