//! `cargo xtask parity`: our answers against spaCy's, from raw text on, column by column.

#[path = "../../crates/verbale-parse/tests/support/columns.rs"]
mod columns;
mod fixtures;
#[path = "../../crates/verbale-parse/tests/support/random.rs"]
mod random;
pub(crate) mod texts;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Serialize;
use verbale_parse::Parser;

use self::columns::Columns;
use crate::options::Options;
use crate::python;

/// How many random strings the tokenizers are compared on.
const RANDOM: usize = 100_000;

/// Compares on our own texts, the shared corpora and random strings.
pub fn run(options: &Options) -> Result<()> {
    if options.has("--write-fixtures") {
        return fixtures::write(options);
    }
    let full_precision = options.has("--full-precision");
    let named = options.path("--texts");
    let texts = match &named {
        Some(file) => texts::from_file(file)?,
        None => texts::all()?,
    };
    let mut report = Report {
        show: options.has("--show"),
        ..Report::default()
    };
    compare(options, "texts", &texts, false, &mut report)?;
    if !full_precision && named.is_none() {
        compare(
            options,
            "random",
            &random::random_strings(RANDOM),
            true,
            &mut report,
        )?;
    }
    report.print();
    let agreement = 1.0 - report.differing("head or label") as f64 / report.tokens as f64;
    println!("heads and labels that agree: {:.4} %", 100.0 * agreement);
    match (full_precision, report.total()) {
        (true, _) if agreement >= 0.9995 => Ok(()),
        (false, 0) => Ok(()),
        _ => bail!("our answers differ from spaCy's"),
    }
}

/// Asks both about `texts` and counts where they differ.
fn compare(
    options: &Options,
    name: &str,
    texts: &[String],
    tokens_only: bool,
    report: &mut Report,
) -> Result<()> {
    let answers = ask_oracle(options, name, texts, tokens_only)?;
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let analyses = Parser::english().parse_batch(&borrowed);
    for ((text, analysis), answer) in texts.iter().zip(&analyses).zip(&answers) {
        report.compare(text, &Columns::of(text, analysis), answer, tokens_only);
    }
    Ok(())
}

/// Writes the texts down, runs spaCy over them, and reads what it says.
fn ask_oracle(
    options: &Options,
    name: &str,
    texts: &[String],
    tokens_only: bool,
) -> Result<Vec<Columns>> {
    let interpreter = python::interpreter(options.path("--python"))?;
    let wheel = python::wheel(options.path("--wheel"), &interpreter)?;
    let folder = python::work_folder()?;
    let (questions, answers) = (
        folder.join(format!("{name}.jsonl")),
        folder.join(format!("{name}.answers.jsonl")),
    );
    write_questions(&questions, texts)?;
    let mut command = Command::new(interpreter);
    command
        .arg(crate::root().join("xtask/python/oracle.py"))
        .arg(wheel)
        .arg(&questions)
        .arg(&answers);
    if tokens_only {
        command.arg("--tokens-only");
    }
    if options.has("--full-precision") {
        command.arg("--full-precision");
    }
    python::run(&mut command)?;
    std::fs::read_to_string(&answers)
        .with_context(|| format!("could not read {}", answers.display()))?
        .lines()
        .map(|line| serde_json::from_str(line).context("an answer of the oracle"))
        .collect()
}

/// Writes one JSON string per line, as `python/oracle.py` reads them.
pub(crate) fn write_questions<T: Serialize>(path: &Path, texts: &[T]) -> Result<()> {
    let mut file = std::io::BufWriter::new(
        std::fs::File::create(path)
            .with_context(|| format!("could not write {}", path.display()))?,
    );
    for text in texts {
        writeln!(file, "{}", serde_json::to_string(text)?)?;
    }
    Ok(())
}

/// How often the answers differ, by column.
#[derive(Default)]
struct Report {
    texts: usize,
    tokens: usize,
    differences: BTreeMap<&'static str, usize>,
    show: bool,
}

impl Report {
    fn compare(&mut self, text: &str, ours: &Columns, theirs: &Columns, tokens_only: bool) {
        self.texts += 1;
        self.tokens += theirs.tokens.len();
        if ours.tokens != theirs.tokens {
            // Without the same tokens nothing else can be compared.
            let difference = format!("{:?} | {:?}", ours.tokens, theirs.tokens);
            self.note("tokens", theirs.tokens.len().max(1), text, &difference);
            return;
        }
        let tokens = &theirs.tokens;
        self.column("spaces", tokens, &ours.spaces, &theirs.spaces);
        self.column("norms", tokens, &ours.norms, &theirs.norms);
        if tokens_only {
            return;
        }
        self.column("tags", tokens, &ours.tags, &theirs.tags);
        self.column("parts of speech", tokens, &ours.pos, &theirs.pos);
        self.column("morphology", tokens, &ours.morph, &theirs.morph);
        self.column("lemmas", tokens, &ours.lemmas, &theirs.lemmas);
        let arcs = |columns: &Columns| {
            columns
                .heads
                .iter()
                .copied()
                .zip(columns.deps.clone())
                .collect::<Vec<_>>()
        };
        self.column("head or label", tokens, &arcs(ours), &arcs(theirs));
        self.set("sentence starts", text, &ours.starts, &theirs.starts);
        self.set("entities", text, &ours.entities, &theirs.entities);
        self.set("noun chunks", text, &ours.noun_chunks, &theirs.noun_chunks);
    }

    /// Counts the tokens whose values differ.
    fn column<T: PartialEq + std::fmt::Debug>(
        &mut self,
        name: &'static str,
        tokens: &[String],
        ours: &[T],
        theirs: &[T],
    ) {
        for ((token, a), b) in tokens.iter().zip(ours).zip(theirs) {
            if a != b {
                self.note(name, 1, token, &format!("{a:?} | {b:?}"));
            }
        }
    }

    /// Counts the members that only one of the two has.
    fn set<T: PartialEq + std::fmt::Debug>(
        &mut self,
        name: &'static str,
        text: &str,
        ours: &[T],
        theirs: &[T],
    ) {
        for only in ours.iter().filter(|x| !theirs.contains(x)) {
            self.note(name, 1, text, &format!("only ours: {only:?}"));
        }
        for only in theirs.iter().filter(|x| !ours.contains(x)) {
            self.note(name, 1, text, &format!("only theirs: {only:?}"));
        }
    }

    fn note(&mut self, column: &'static str, count: usize, place: &str, difference: &str) {
        *self.differences.entry(column).or_default() += count;
        if self.show {
            println!("{column}: {place:?}: {difference}");
        }
    }

    fn differing(&self, column: &str) -> usize {
        self.differences.get(column).copied().unwrap_or(0)
    }

    fn total(&self) -> usize {
        self.differences.values().sum()
    }

    fn print(&self) {
        println!(
            "{} texts, {} tokens, {} differences",
            self.texts,
            self.tokens,
            self.total()
        );
        for (column, count) in &self.differences {
            println!("{column:>20}: {count}");
        }
    }
}
