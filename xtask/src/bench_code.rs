//! `cargo xtask bench-code`: words per second from text to facts, beside spaCy's parse of the same text in the same run,
//! and the share that each step has; `--alone` leaves spaCy out. One thread, processor time, medians of five runs. Run it with `--release`.

use anyhow::Result;
use verbale::pipeline::{Language, STEPS, code_in_steps};
use verbale_parse::Parser;
use verbale_read::{Document, Options as ReadOptions, read_text};

use crate::bench_parse::{RUNS, seconds, spacy_rate};
use crate::options::Options;
use crate::parity;

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let take = options.number("--documents")?.unwrap_or(40) as usize;
    let corpora = [
        ("speeches", parity::texts::speeches(take)?),
        ("news", parity::texts::articles(take)?),
    ];
    let full = crate::language()?;
    let data = crate::data()?;
    let rules_alone = Language::load(
        &data
            .without(verbale::code::score::FILE)
            .without(verbale::code::score::who::FILE),
    )
    .map_err(|errors| anyhow::anyhow!("{}", errors[0]))?;
    for (name, texts) in corpora {
        let documents: Vec<Document> = texts.iter().map(|text| document(text)).collect();
        // The first sight of every word is no part of a long run.
        let words: usize = documents.iter().map(|one| time(one, &full).0).sum();
        let rate = |language: &Language| {
            let mut steps = vec![[0.0; STEPS.len()]; RUNS];
            for run in &mut steps {
                for one in &documents {
                    for (sum, step) in run.iter_mut().zip(time(one, language).1) {
                        *sum += step;
                    }
                }
            }
            steps.sort_by(|a, b| a.iter().sum::<f64>().total_cmp(&b.iter().sum()));
            steps[RUNS / 2]
        };
        let steps = rate(&full);
        let all: f64 = steps.iter().sum();
        let without: f64 = rate(&rules_alone).iter().sum();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let words = words as f64;
        println!("{name}: {} documents, {words:.0} words", documents.len());
        let mut rates = vec![
            ("text to facts", words / all),
            ("… with rules alone", words / without),
        ];
        if !options.has("--alone") {
            rates.push(("spaCy, all components", spacy_rate(options, &texts)?));
        }
        for (what, rate) in rates {
            println!("  {what:<26} {rate:>8.0} words/s");
        }
        for (step, seconds) in STEPS.iter().zip(steps) {
            println!("  {step:<26} {:>7.1} %", 100.0 * seconds / all);
        }
    }
    Ok(())
}

fn document(text: &str) -> Document {
    let options = ReadOptions {
        lang: Some("en".to_owned()),
        ..ReadOptions::default()
    };
    read_text(text.as_bytes(), "text", &options)
        .expect("the corpora are readable")
        .0
}

/// Codes one document; its words, and the seconds of each step.
fn time(document: &Document, language: &Language) -> (usize, [f64; STEPS.len()]) {
    let mut at = seconds();
    let mut times = [0.0; STEPS.len()];
    let reading = code_in_steps(document, language, Parser::english(), |step| {
        let now = seconds();
        times[step] = now - at;
        at = now;
    });
    let words = reading
        .document
        .text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    (words, times)
}
