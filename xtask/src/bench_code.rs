//! `cargo xtask bench-code`: words per second from text to facts, beside spaCy's parse of the same text in the same run,
//! the same behind the usual gate, and the share that each step has; `--alone` leaves spaCy out. One thread, processor time,
//! medians of five runs; a word is a token with a letter or a digit in it, for both. Run it with `--release`.

use anyhow::Result;
use verbale::gate::Gate;
use verbale::pipeline::{Language, STEPS, code_in_steps};
use verbale_parse::Parser;
use verbale_read::{Document, Options as ReadOptions, read_text};

use crate::bench_parse::{RUNS, seconds, spacy_rate, words};
use crate::options::Options;
use crate::parity;

/// Speeches are long; of articles all are taken.
const SPEECHES: usize = 40;

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let take = options.number("--documents")?.map(|take| take as usize);
    let corpora = [
        (
            "speeches",
            parity::texts::speeches(take.unwrap_or(SPEECHES))?,
        ),
        ("news", parity::texts::articles(take.unwrap_or(usize::MAX))?),
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
        for one in &documents {
            time(one, &full, Gate::Off);
        }
        let rate = |language: &Language, gate: Gate| {
            let mut steps = vec![[0.0; STEPS.len()]; RUNS];
            for run in &mut steps {
                for one in &documents {
                    for (sum, step) in run.iter_mut().zip(time(one, language, gate)) {
                        *sum += step;
                    }
                }
            }
            steps.sort_by(|a, b| a.iter().sum::<f64>().total_cmp(&b.iter().sum()));
            steps[RUNS / 2]
        };
        let steps = rate(&full, Gate::Off);
        let all: f64 = steps.iter().sum();
        let gated: f64 = rate(&full, Gate::default()).iter().sum();
        let without: f64 = rate(&rules_alone, Gate::Off).iter().sum();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let words = words(&texts, &Parser::english().parse_batch(&texts)) as f64;
        println!("{name}: {} documents, {words:.0} words", documents.len());
        let mut rates = vec![
            ("text to facts", words / all),
            ("… behind the usual gate", words / gated),
            ("… with rules alone", words / without),
        ];
        if !options.has("--alone") {
            rates.push(("spaCy, all components", spacy_rate(options, &texts)?));
        }
        let spacy = rates.get(3).map(|(_, rate)| *rate);
        for (what, rate) in rates {
            let times = spacy.map_or(String::new(), |spacy| format!("  {:.1}×", rate / spacy));
            println!("  {what:<26} {rate:>8.0} words/s{times}");
        }
        for (step, seconds) in STEPS.iter().zip(steps) {
            println!("  {step:<26} {:>7.1} %", 100.0 * seconds / all);
        }
    }
    Ok(())
}

/// A text as a document in English.
pub fn document(text: &str) -> Document {
    let options = ReadOptions {
        lang: Some("en".to_owned()),
        ..ReadOptions::default()
    };
    read_text(text.as_bytes(), "text", &options)
        .expect("the corpora are readable")
        .0
}

/// Codes one document; the seconds of each step.
fn time(document: &Document, language: &Language, gate: Gate) -> [f64; STEPS.len()] {
    let mut at = seconds();
    let mut times = [0.0; STEPS.len()];
    code_in_steps(document, language, Parser::english(), gate, |step| {
        let now = seconds();
        times[step] = now - at;
        at = now;
    });
    times
}
