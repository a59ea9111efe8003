//! `cargo xtask bench-parse`: words per second of our parser and of spaCy, on the same text in one run.
//!
//! One thread, all components, processor time (so that the machine's other work counts as little as possible), medians of
//! five runs. A word is a token with a letter or a digit in it. Run it with `--release`.

use std::process::Command;
use std::sync::LazyLock;
use std::time::Instant;

use anyhow::{Context, Result};
use verbale_parse::{Analysis, Kernel, Parser};

use crate::options::Options;
use crate::{parity, python};

/// Each figure is the median of so many runs.
pub const RUNS: usize = 5;

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let texts = parity::texts::news()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let began = seconds();
    let parser = Parser::english();
    println!("unpacking the model: {:.3} s", seconds() - began);

    let mut rows = Vec::new();
    for kernel in Kernel::available() {
        let cold = median((0..RUNS).map(|_| {
            // A new thread has seen no word yet.
            std::thread::scope(|scope| {
                let run = || timed(|| words(&texts, &parser.parse_with(kernel, &texts)));
                scope.spawn(run).join().expect("the parser does not panic")
            })
        }));
        let warm = rate(|| words(&texts, &parser.parse_with(kernel, &texts)));
        let single = rate(|| {
            texts
                .iter()
                .map(|text| words(&[text], &parser.parse_with(kernel, &[text])))
                .sum()
        });
        rows.push((format!("{kernel:?}"), [cold, warm, single]));
    }
    let spacy = spacy_rate(options, &texts)?;
    println!("spaCy: {spacy:.0} words/s");
    println!(
        "| kernel | first sight of every word | words seen before | one paragraph at a time |"
    );
    println!("|---|---|---|---|");
    for (kernel, rates) in rows {
        let cells = rates
            .map(|rate| format!("{rate:.0} ({:.1}×)", rate / spacy))
            .join(" | ");
        println!("| {kernel} | {cells} |");
    }
    if let Some(memory) = peak_memory() {
        println!("peak memory: {memory} kB");
    }
    Ok(())
}

/// The median rate of several runs that each return how many words they did.
fn rate(run: impl Fn() -> usize) -> f64 {
    median((0..RUNS).map(|_| timed(&run)))
}

/// Words per second of one run.
fn timed(run: impl Fn() -> usize) -> f64 {
    let began = seconds();
    run() as f64 / (seconds() - began)
}

/// The processor time of this thread, or the time of the clock where the system does not tell it.
pub fn seconds() -> f64 {
    static CLOCK: LazyLock<Instant> = LazyLock::new(Instant::now);
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|times| times.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(
            || CLOCK.elapsed().as_secs_f64(),
            |nanoseconds| nanoseconds / 1e9,
        )
}

pub fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// How many words the texts have: tokens with a letter or a digit in them.
pub fn words(texts: &[&str], analyses: &[Analysis]) -> usize {
    let is_word = |text: &str| text.chars().any(char::is_alphanumeric);
    texts
        .iter()
        .zip(analyses)
        .map(|(text, analysis)| {
            analysis
                .tokens
                .iter()
                .filter(|token| is_word(&text[token.span.clone()]))
                .count()
        })
        .sum()
}

/// Words per second of spaCy with all components.
pub fn spacy_rate(options: &Options, texts: &[&str]) -> Result<f64> {
    let interpreter = python::interpreter(options.path("--python"))?;
    let wheel = python::wheel(options.path("--wheel"), &interpreter)?;
    let folder = python::work_folder()?;
    let questions = folder.join("bench.jsonl");
    parity::write_questions(&questions, texts)?;
    let output = Command::new(interpreter)
        .arg(crate::root().join("xtask/python/oracle.py"))
        .arg(wheel)
        .arg(&questions)
        .arg(folder.join("bench.answers.jsonl"))
        .args(["--full-precision", "--time"])
        .output()
        .context("could not start spaCy")?;
    let rates = String::from_utf8(output.stdout)?;
    let rates: Vec<f64> = rates
        .lines()
        .map(|line| {
            let (words, seconds) = line.split_once(' ').context("words and seconds")?;
            Ok(words.parse::<f64>()? / seconds.parse::<f64>()?)
        })
        .collect::<Result<_>>()?;
    anyhow::ensure!(
        !rates.is_empty(),
        "spaCy gave no times: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(median(rates.into_iter()))
}

/// The most memory this process has held, where the system says so.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| {
        line.strip_prefix("VmHWM:")?
            .trim()
            .strip_suffix(" kB")?
            .parse()
            .ok()
    })
}
