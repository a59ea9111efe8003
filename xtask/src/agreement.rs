//! `cargo xtask agreement`: how far the two codings of our own gold agree. Totals only: some of these texts are held out.

use anyhow::Result;
use verbale::eval::{Agreement, Rate, agreement};

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
    Ok(())
}

fn shown(rate: Rate) -> String {
    format!("{:.3} ({} of {})", rate.share(), rate.hits, rate.of)
}
