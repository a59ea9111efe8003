//! The `verbale` command: verbs over the coder and the store.

mod args;
mod output;
mod talk;
mod verbs;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use verbale_engine::{columns, engine, ingest};

use crate::args::{Cli, Color};

/// Coding makes and drops many small things, on all threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a verb found; errors are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or something was found.
    Done,
    /// A query that found nothing.
    Nothing,
    /// Done, but some inputs failed; each was named.
    SomeFailed,
}

impl Cli {
    /// Where the store is.
    pub fn store_path(&self) -> PathBuf {
        self.store
            .clone()
            .unwrap_or_else(|| PathBuf::from("verbale.db"))
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    match verbs::run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(2),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {}", output::printable_lines(&format!("{error:#}")));
            ExitCode::from(2)
        }
    }
}

/// `verbale facts | head` closes our output early: the reader has what it wanted.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
