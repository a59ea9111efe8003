//! `cargo xtask agreement`: how far the two codings of our own gold agree. Totals only: some of these texts are held out.

use anyhow::{Result, bail};
use verbale::eval::{Agreement, Marked, Rate, agreement, kappa};

use crate::gold;

/// What a row of the table is called, and the figure that it shows.
type Row = (&'static str, fn(&Agreement) -> Rate);

/// Prints the table for `docs/MEASURED.md`.
pub fn run() -> Result<()> {
    let names = gold::names("second", &[""])?;
    let first = gold::codings("first", &names)?;
    let second = gold::codings("second", &names)?;
    let there = agreement(&first, &second);
    let back = agreement(&second, &first);
    println!("{} texts, coded twice\n", names.len());
    println!("| | first in second | second in first |");
    println!("|---|---|---|");
    let rows: [Row; 9] = [
        ("core facts found", |held| held.recall),
        ("… whoever the states are", |held| held.without_states),
        ("… whatever the kind", |held| held.without_kind),
        ("… by the words alone", |held| held.by_quote),
        ("event type, on the matches", |held| held.event_type),
        ("direction", |held| held.direction),
        ("modality", |held| held.modality),
        ("innermost speaker", |held| held.speaker),
        ("dates (none where none is)", |held| held.dates),
    ];
    for (name, rate) in rows {
        println!(
            "| {name} | {} | {} |",
            shown(rate(&there)),
            shown(rate(&back))
        );
    }
    println!(
        "| Cohen's kappa of the types, by the words alone | {:.3} | {:.3} |",
        there.kappa, back.kappa
    );
    sentences()
}

/// Whether two labels of a sentence are equal in something.
type Equal = fn(&Marked, &Marked) -> bool;

/// The same for sentences that both coders labelled, line for line.
fn sentences() -> Result<()> {
    let (first, second) = (
        gold::sentences("twice/first")?,
        gold::sentences("twice/second")?,
    );
    if first.len() != second.len() {
        bail!("tests/gold/twice: the codings differ in their number of sentences");
    }
    let pairs: Vec<(&Marked, &Marked)> = first.iter().zip(&second).collect();
    println!("\n{} sentences, coded twice\n", pairs.len());
    println!("| | equal |");
    println!("|---|---|");
    let rows: [(&str, Equal); 6] = [
        ("event type", |one, other| {
            one.event_type == other.event_type
        }),
        ("kind", |one, other| one.kind == other.kind),
        ("CAMEO code", |one, other| one.cameo == other.cameo),
        ("modality", |one, other| one.modality == other.modality),
        ("negated", |one, other| one.negated == other.negated),
        ("actors and recipients", |one, other| {
            one.actors == other.actors && one.recipients == other.recipients
        }),
    ];
    for (name, equal) in rows {
        let hits = pairs
            .iter()
            .filter(|(one, other)| equal(one, other))
            .count();
        let rate = Rate {
            hits,
            of: pairs.len(),
        };
        println!("| {name} | {} |", shown(rate));
    }
    let types: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(one, other)| (one.event_type.as_str(), other.event_type.as_str()))
        .collect();
    println!("| Cohen's kappa of the types | {:.3} |", kappa(&types));
    Ok(())
}

fn shown(rate: Rate) -> String {
    format!("{:.3} ({} of {})", rate.share(), rate.hits, rate.of)
}
