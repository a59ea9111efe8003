//! `cargo xtask gate`: how much each level of the gate leaves out, and which facts that costs. Run it with `--release`.

use std::collections::BTreeSet;

use anyhow::Result;
use verbale::gate::Gate;
use verbale::pipeline::code_gated;
use verbale::record::{Fact, PartyType};
use verbale_parse::Parser;
use verbale_read::Document;

use crate::bench_code::document;
use crate::options::Options;
use crate::parity::texts;

/// Measures and prints; `--show` also names the facts that are lost.
pub fn run(options: &Options) -> Result<()> {
    let take = options.number("--documents")?.unwrap_or(100) as usize;
    let corpora = [
        ("own texts and seeds", texts::of_gold()?),
        ("news", texts::articles(take)?),
        ("speeches", texts::speeches(take)?),
    ];
    let language = crate::language()?;
    println!(
        "| texts | gate | set aside | words left out | facts | lost | two-sided facts | lost | otherwise |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, texts) in corpora {
        let documents: Vec<Document> = texts.iter().map(|text| document(text)).collect();
        let code = |one: &Document, gate| code_gated(one, &language, Parser::english(), gate);
        let whole: Vec<Vec<Fact>> = documents
            .iter()
            .map(|one| code(one, Gate::Off).facts)
            .collect();
        for gate in [Gate::Document, Gate::Full] {
            let mut sums = Sums::default();
            for (one, before) in documents.iter().zip(&whole) {
                let reading = code(one, gate);
                let parsed: usize = reading
                    .segments
                    .units
                    .iter()
                    .filter(|unit| unit.quotation.is_none())
                    .map(|unit| words(&unit.text))
                    .sum();
                sums.aside += usize::from(reading.gated.aside);
                // Frames are not parsed without a gate either.
                sums.words += words(&one.text);
                sums.left_out += match (reading.gated.aside, reading.gated.skipped) {
                    (true, _) => words(&one.text),
                    (_, 0) => 0,
                    _ => words(&one.text).saturating_sub(parsed),
                };
                sums.compare(before, &reading.facts, options.has("--show"));
            }
            println!(
                "| {name}, {} | {gate} | {} | {:.1} % | {} | {} | {} | {} | {} |",
                documents.len(),
                sums.aside,
                100.0 * sums.left_out as f64 / sums.words.max(1) as f64,
                sums.facts,
                sums.lost,
                sums.two_sided,
                sums.two_sided_lost,
                sums.otherwise,
            );
        }
    }
    Ok(())
}

#[derive(Default)]
struct Sums {
    aside: usize,
    words: usize,
    left_out: usize,
    facts: usize,
    lost: usize,
    two_sided: usize,
    two_sided_lost: usize,
    /// Facts that only the gated reading has, or has with other values.
    otherwise: usize,
}

impl Sums {
    fn compare(&mut self, before: &[Fact], after: &[Fact], show: bool) {
        let ids: BTreeSet<&str> = after.iter().map(|fact| fact.id.as_str()).collect();
        for fact in before {
            let lost = !ids.contains(fact.id.as_str());
            self.facts += 1;
            self.lost += usize::from(lost);
            if is_two_sided(fact) {
                self.two_sided += 1;
                self.two_sided_lost += usize::from(lost);
                if lost && show {
                    println!("lost: {} {:?} “{}”", fact.rule, sides(fact), fact.quote);
                }
            }
        }
        self.otherwise += after.iter().filter(|fact| !before.contains(fact)).count();
    }
}

/// Whether two states, organisations or companies have a part in a fact.
fn is_two_sided(fact: &Fact) -> bool {
    sides(fact).len() >= 2
}

fn sides(fact: &Fact) -> BTreeSet<&str> {
    fact.actor
        .iter()
        .chain(&fact.recipient)
        .filter(|party| party.party_type != PartyType::Person)
        .map(|party| party.side())
        .collect()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
