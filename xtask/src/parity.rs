//! `cargo xtask parity`: our answers against spaCy's, from raw text on, column by column.

pub(crate) mod texts;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use verbale_parse::{Analysis, Parser};

use crate::options::Options;
use crate::python;

/// One of spaCy's answers, as `python/oracle.py` writes it.
#[derive(Deserialize)]
struct Answer {
    tokens: Vec<String>,
    spaces: Vec<bool>,
    norms: Vec<String>,
    #[serde(flatten)]
    rest: Option<Rest>,
}

/// What spaCy answers beyond tokens.
#[derive(Deserialize)]
struct Rest {
    tags: Vec<String>,
    pos: Vec<String>,
    morph: Vec<String>,
    lemmas: Vec<String>,
    heads: Vec<usize>,
    deps: Vec<String>,
    starts: Vec<usize>,
    entities: Vec<(usize, usize, String)>,
    noun_chunks: Vec<(usize, usize)>,
}

/// Compares on the hard list, the shared corpora and random strings.
pub fn run(options: &Options) -> Result<()> {
    let full_precision = options.has("--full-precision");
    let texts = match options.path("--texts") {
        Some(file) => texts::from_file(&file)?,
        None => texts::corpora()?,
    };
    let mut report = compare(options, "texts", &texts, false)?;
    if !full_precision && options.path("--texts").is_none() {
        report.add(&compare(options, "random", &texts::random(), true)?);
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
fn compare(options: &Options, name: &str, texts: &[String], tokens_only: bool) -> Result<Report> {
    let answers = ask_oracle(options, name, texts, tokens_only)?;
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let analyses = Parser::english().parse_batch(&borrowed);
    let mut report = Report {
        show: options.has("--show"),
        ..Report::default()
    };
    for ((text, analysis), answer) in texts.iter().zip(&analyses).zip(answers.lines()) {
        let answer: Answer = serde_json::from_str(answer).context("an answer of the oracle")?;
        report.compare(text, analysis, &answer);
    }
    Ok(report)
}

/// Writes the texts down, runs spaCy over them, and reads what it says.
fn ask_oracle(
    options: &Options,
    name: &str,
    texts: &[String],
    tokens_only: bool,
) -> Result<String> {
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
        .with_context(|| format!("could not read {}", answers.display()))
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
    fn compare(&mut self, text: &str, ours: &Analysis, theirs: &Answer) {
        self.texts += 1;
        self.tokens += theirs.tokens.len();
        let token_texts: Vec<&str> = ours
            .tokens
            .iter()
            .map(|token| &text[token.span.clone()])
            .collect();
        if token_texts != theirs.tokens {
            // Without the same tokens nothing else can be compared.
            self.note(
                "tokens",
                theirs.tokens.len().max(1),
                text,
                &format!("{token_texts:?} | {:?}", theirs.tokens),
            );
            return;
        }
        let column = |get: fn(&verbale_parse::Token) -> &str| {
            ours.tokens.iter().map(get).collect::<Vec<_>>()
        };
        let spaces: Vec<bool> = ours.tokens.iter().map(|token| token.space_after).collect();
        self.column("spaces", &token_texts, &spaces, &theirs.spaces);
        self.column("norms", &token_texts, &column(|t| &t.norm), &theirs.norms);
        let Some(rest) = &theirs.rest else { return };
        self.column("tags", &token_texts, &column(|t| t.tag), &rest.tags);
        self.column(
            "parts of speech",
            &token_texts,
            &column(|t| t.pos),
            &rest.pos,
        );
        self.column(
            "morphology",
            &token_texts,
            &column(|t| t.morph),
            &rest.morph,
        );
        self.column("lemmas", &token_texts, &column(|t| &t.lemma), &rest.lemmas);
        let arcs: Vec<(usize, &str)> = ours
            .tokens
            .iter()
            .map(|token| (token.head, token.dep))
            .collect();
        let their_arcs: Vec<(usize, &str)> = rest
            .heads
            .iter()
            .copied()
            .zip(rest.deps.iter().map(String::as_str))
            .collect();
        self.column("head or label", &token_texts, &arcs, &their_arcs);
        let starts: Vec<usize> = ours
            .sentences
            .iter()
            .map(|sentence| sentence.start)
            .collect();
        self.set("sentence starts", text, &starts, &rest.starts);
        let entities: Vec<(usize, usize, String)> = ours
            .entities
            .iter()
            .map(|e| (e.tokens.start, e.tokens.end, e.label.to_owned()))
            .collect();
        self.set("entities", text, &entities, &rest.entities);
        let chunks: Vec<(usize, usize)> = ours
            .noun_chunks
            .iter()
            .map(|chunk| (chunk.start, chunk.end))
            .collect();
        self.set("noun chunks", text, &chunks, &rest.noun_chunks);
    }

    /// Counts the tokens whose values differ.
    fn column<A, B>(&mut self, name: &'static str, tokens: &[&str], ours: &[A], theirs: &[B])
    where
        A: PartialEq<B> + std::fmt::Debug,
        B: std::fmt::Debug,
    {
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

    fn add(&mut self, other: &Report) {
        self.texts += other.texts;
        self.tokens += other.tokens;
        for (column, count) in &other.differences {
            *self.differences.entry(column).or_default() += count;
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
