//! The one door for people and CI: `cargo xtask check`, and the tools that make committed files.

mod agreement;
mod bench_parse;
mod check;
mod codebook;
mod coverage;
mod gold;
mod mutate;
mod options;
mod pack_model;
mod parallel;
mod parity;
mod python;
mod trials;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The workspace folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies inside the workspace")
        .to_path_buf()
}

/// The folder of seeds, corpora and foreign test sets beside the repository; `None` where it is left out on purpose.
pub(crate) fn shared() -> Option<PathBuf> {
    match std::env::var("VERBALE_SHARED") {
        Ok(value) if value == "none" => None,
        Ok(value) => Some(value.into()),
        Err(_) => Some(root().join("../shared")),
    }
}

const HELP: &str = "\
cargo xtask agreement    how far the two codings of our own gold agree
cargo xtask check        format, lint, test everything, check data and docs
cargo xtask bench-parse  words per second of the parser and of spaCy; run it with --release
                           [--wheel FILE] [--python INTERPRETER]
cargo xtask codebook     write docs/CODEBOOK.md [--measure]
cargo xtask coverage     which predicates stand between two parties in the shared corpora, and which of them are coded;
                         run it with --release [--least 3] [--every 10] (of the speeches) [--table FILE]
cargo xtask mutate       do the tests notice a wrong rule? run it with --release
                           [--draws 100] [--seed N|data] [--least 80]
cargo xtask pack-model   write the packed English model anew from spaCy's
                           [--wheel FILE] [--python INTERPRETER]
cargo xtask parity       hold the parser's answers against spaCy's
                           [--wheel FILE] [--python INTERPRETER] [--texts FILE] [--full-precision] [--show]
                         or write spaCy's answers down for the parser's own tests
                           --write-fixtures
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = options::Options::new(arguments.get(1..).unwrap_or_default());
    let result = match arguments.first().map(String::as_str) {
        Some("agreement") => agreement::run(),
        Some("check") => check::run(),
        Some("bench-parse") => bench_parse::run(&options),
        Some("codebook") => codebook::run(&options),
        Some("coverage") => coverage::run(&options),
        Some("mutate") => mutate::run(&options),
        Some("pack-model") => pack_model::run(&options),
        Some("parity") => parity::run(&options),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => Err(anyhow::anyhow!(
            "unknown task '{other}'; known tasks:\n{HELP}"
        )),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
