//! The one door for people and CI: `cargo xtask check`, and the tools that make committed files.

mod agreement;
mod bench_code;
mod bench_parse;
mod calibrate;
mod check;
mod codebook;
mod coverage;
mod day;
mod desk;
mod fuzz;
mod gate;
mod gold;
mod load;
mod made;
mod mutate;
mod options;
mod outside;
mod pack_model;
mod package;
mod parallel;
mod parity;
mod python;
mod scale;
mod sets;
mod trials;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use verbale::data::Data;
use verbale::pipeline::Language;

/// The allocator of the program that is measured here.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The workspace folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies inside the workspace")
        .to_path_buf()
}

/// The data folder as it stands on disk, so that nothing is rebuilt when a rule or list changes.
pub(crate) fn data() -> anyhow::Result<Data> {
    let folder = root().join("data");
    let mut data = Data::embedded();
    let mut open = vec![folder.clone()];
    while let Some(path) = open.pop() {
        for path in gold::files(&path)? {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path
                .strip_prefix(&folder)
                .expect("it was found below the folder")
                .to_string_lossy()
                .replace('\\', "/");
            if !name.ends_with(".md") {
                let text = std::fs::read_to_string(&path)
                    .with_context(|| format!("{}: cannot be read", path.display()))?;
                data = data.with(name, text);
            }
        }
    }
    Ok(data)
}

/// The language of the data folder.
pub(crate) fn language() -> anyhow::Result<Language> {
    Language::load(&data()?).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(lines.join("\n"))
    })
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
cargo xtask calibrate    does confidence say how often facts are right? on the test texts, totals only
                         or fit the maps on what cross-validation said   --fit JUDGED
cargo xtask check        format, lint, test everything, check data and docs
cargo xtask exports      the exports as DuckDB, pandas, FollowTheMoney and pandoc read them
cargo xtask deny         licences and sources of the crates that are not ours
cargo xtask day          made-up days of news through `verbale code`: words per second, memory, two threads against two
                         processes; build both with --release  [--articles 20000] [--share 40] (percent two-sided) [--threads]
cargo xtask desk         the pages in a browser, and the interface against its description
                         or take the README's pictures   --screenshots
cargo xtask bench-code   words per second from text to facts and of spaCy, and the share of each step; run it with --release
                           [--documents N] (of each corpus; 40 speeches and all articles if not said) [--alone] [--wheel FILE] [--python INTERPRETER]
cargo xtask bench-parse  words per second of the parser and of spaCy; run it with --release
                           [--wheel FILE] [--python INTERPRETER]
cargo xtask codebook     write docs/CODEBOOK.md [--measure]
cargo xtask coverage     which predicates stand between two parties in the shared corpora, and which of them are coded;
                         run it with --release [--least 3] [--every 10] (of the speeches) [--table FILE]
cargo xtask fuzz         own files, changed at random, through readers, tokenizer, dates, rules and coding; run it with --release
                           [--minutes 15] [--seed N]
cargo xtask gate         what each level of the gate leaves out, and which facts that costs; run it with --release
                           [--documents 100] (of each corpus) [--show]
cargo xtask load         serves a store, measures first bytes and page weights, then many readers beside one writer; run it with --release
                           --store FILE (it is written to; `scale` makes one) [--readers 200] [--seconds 60]
cargo xtask mutate       do the tests notice a wrong rule? run it with --release
                           [--draws 100] [--seed N|data] [--least 80]
cargo xtask pack-model   write the packed English model anew from spaCy's
                           [--wheel FILE] [--python INTERPRETER]
cargo xtask python       the Python package: its wheel alone, its tests, and Spark as a cluster of two workers
cargo xtask parity       hold the parser's answers against spaCy's
                           [--wheel FILE] [--python INTERPRETER] [--texts FILE] [--full-precision] [--show]
                         or write spaCy's answers down for the parser's own tests
                           --write-fixtures
cargo xtask scale        fills a store with made-up facts and measures fusing, asking and adding; run it with --release
                           [--documents 10000] [--keep FILE]
cargo xtask sets         how well records stand for things: the stories of tests/sets and the seeds; run it with --release
                           [--held] [--misses]
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = options::Options::new(arguments.get(1..).unwrap_or_default());
    let task = arguments.first().map(String::as_str);
    // Some tasks take hours: who asks what one does must not start it.
    let task = task.filter(|_| !options.has("--help") && !options.has("-h"));
    let result = match task {
        Some("agreement") => agreement::run(),
        Some("calibrate") => calibrate::run(&options),
        Some("check") => check::run(),
        Some("exports") => outside::exports(),
        Some("deny") => outside::deny(),
        Some("day") => day::run(&options),
        Some("desk") => desk::desk(&options),
        Some("bench-code") => bench_code::run(&options),
        Some("bench-parse") => bench_parse::run(&options),
        Some("codebook") => codebook::run(&options),
        Some("coverage") => coverage::run(&options),
        Some("fuzz") => fuzz::run(&options),
        Some("gate") => gate::run(&options),
        Some("load") => load::run(&options),
        Some("mutate") => mutate::run(&options),
        Some("pack-model") => pack_model::run(&options),
        Some("python") => package::test(),
        Some("parity") => parity::run(&options),
        Some("scale") => scale::run(&options),
        Some("sets") => sets::run(&options),
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
