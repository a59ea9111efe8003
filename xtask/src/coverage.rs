//! `cargo xtask coverage`: which predicates stand between two parties in real texts, and what the coder makes of them.
//!
//! Parties are states and organisations that the words name. A predicate type is a lemma with the roles at which the
//! two stand (`support agent>patient`). Each that occurs often enough is *coded* (in at least half of its occurrences
//! somebody decides: a fact, content of a fact, or a reading that the codebook drops), *listed* as deliberately not
//! coded, or *open*. All three are weighed by occurrences.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use verbale::clause::{Predication, render};
use verbale::code::score::see;
use verbale::code::{Derivation, Outcome};
use verbale::pipeline::{Language, Reading, code_text};
use verbale::record::{Party, PartyBasis, PartyType};
use verbale::rules::NotCoded;
use verbale_parse::Parser;

use crate::options::Options;
use crate::parallel;

/// What became of one occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// A rule made a fact of it.
    Rule,
    /// The scored model did.
    Scored,
    /// It is content of a fact, or the codebook says that this reading is none.
    Decided,
    /// Nothing.
    Silent,
}

/// One predicate between two parties.
struct Occurrence {
    lemma: String,
    frame: String,
    fate: Fate,
    words: String,
}

/// All occurrences of one type.
#[derive(Default)]
struct Tally {
    count: usize,
    fates: BTreeMap<Fate, usize>,
    silent: Vec<String>,
}

#[derive(Deserialize)]
struct Article {
    text: String,
}

/// Reads the corpora, prints the totals, and writes the table where `--table` says.
pub fn run(options: &Options) -> Result<()> {
    let least = options.number("--least")?.unwrap_or(3) as usize;
    let every = options.number("--every")?.unwrap_or(10).max(1) as usize;
    let Some(shared) = crate::shared() else {
        bail!("coverage reads the shared corpora; VERBALE_SHARED says that there are none");
    };
    let mut texts = Vec::new();
    for (name, step) in [("wikinews.jsonl", 1), ("un-general-debate.jsonl", every)] {
        let path = shared.join("corpora").join(name);
        let lines = fs::read_to_string(&path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        for line in lines.lines().step_by(step) {
            let article: Article = serde_json::from_str(line)
                .with_context(|| format!("{}: not an article", path.display()))?;
            texts.push(article.text);
        }
    }
    let language = &crate::language()?;
    let occurrences = parallel::map(&texts, |text| {
        occurrences(
            &code_text(text, None, language, Parser::english()),
            language,
        )
    });
    let mut types: HashMap<(String, String), Tally> = HashMap::new();
    for occurrence in occurrences.into_iter().flatten() {
        let tally = types
            .entry((occurrence.lemma, occurrence.frame))
            .or_default();
        tally.count += 1;
        *tally.fates.entry(occurrence.fate).or_default() += 1;
        if occurrence.fate == Fate::Silent && tally.silent.len() < 4 {
            tally.silent.push(occurrence.words);
        }
    }
    let mut rows: Vec<_> = types
        .into_iter()
        .filter(|(_, tally)| tally.count >= least)
        .collect();
    rows.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
    let mut errors = Vec::new();
    let listed = NotCoded::load(&crate::data()?, &mut errors);
    if let Some(error) = errors.first() {
        bail!("{error}");
    }
    report(options, &rows, &listed)
}

fn report(options: &Options, rows: &[((String, String), Tally)], listed: &NotCoded) -> Result<()> {
    let mut table =
        String::from("predicate\tframe\tcount\tstatus\trule\tscored\tdecided\tsilent\twords\n");
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut fates: BTreeMap<Fate, usize> = BTreeMap::new();
    for ((lemma, frame), tally) in rows {
        let of = |fate| tally.fates.get(&fate).copied().unwrap_or(0);
        let silent = of(Fate::Silent);
        let reason = listed.reason(lemma, frame);
        let status = match reason {
            _ if 2 * silent <= tally.count => "coded",
            Some(_) => "listed",
            None => "open",
        };
        let sum = sums.entry(status).or_default();
        sum.0 += 1;
        sum.1 += tally.count;
        for (fate, count) in &tally.fates {
            *fates.entry(*fate).or_default() += count;
        }
        writeln!(
            table,
            "{lemma}\t{frame}\t{}\t{}\t{}\t{}\t{}\t{silent}\t{}",
            tally.count,
            match (status, reason) {
                ("listed", Some(reason)) => reason,
                _ => status,
            },
            of(Fate::Rule),
            of(Fate::Scored),
            of(Fate::Decided),
            tally.silent.join(" | "),
        )?;
    }
    let all: usize = rows.iter().map(|(_, tally)| tally.count).sum();
    let share = |count: usize| count as f64 / all.max(1) as f64;
    println!("{} predicate types, {all} occurrences", rows.len());
    for (status, (types, count)) in &sums {
        println!(
            "{status:>8}: {types:5} types, {count:6} occurrences, {:.3}",
            share(*count)
        );
    }
    for (fate, count) in &fates {
        println!(
            "{:>8}: {count:6} occurrences, {:.3}",
            format!("{fate:?}").to_lowercase(),
            share(*count)
        );
    }
    if let Some(path) = options.path("--table") {
        fs::write(&path, table)
            .with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    Ok(())
}

/// The predicates of a text that stand between two parties.
fn occurrences(reading: &Reading, language: &Language) -> Vec<Occurrence> {
    let context = reading.context(language);
    let rules = &language.rules;
    let text = &reading.document.text;
    let mut found = Vec::new();
    for (at, predication) in reading.predications.iter().enumerate() {
        let places = see(&context, rules, at, None).places;
        let agents = sides(&places.agent);
        let other = places
            .others
            .iter()
            .map(|(role, parties)| (role.name(), sides(parties)))
            .find(|(_, sides)| sides.iter().any(|side| !agents.contains(side)));
        let frame = match other {
            Some((role, _)) if !agents.is_empty() => format!("agent>{role}"),
            Some((role, sides)) if sides.len() >= 2 => format!("{role}+{role}"),
            _ if agents.len() >= 2 => "agent+agent".to_owned(),
            _ => continue,
        };
        let line = render(predication, &reading.trees.units[predication.unit], text);
        found.push(Occurrence {
            lemma: predication.lemma.clone(),
            frame,
            fate: fate(reading, predication, &line),
            words: predication
                .span
                .of(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        });
    }
    found
}

/// States and organisations that the words name among some parties.
fn sides(parties: &[Party]) -> BTreeSet<&str> {
    parties
        .iter()
        .filter(|party| party.basis == PartyBasis::Named)
        .filter(|party| party.stands_for().is_some() || party.party_type == PartyType::Organisation)
        .map(Party::side)
        .collect()
}

fn fate(reading: &Reading, predication: &Predication, line: &str) -> Fate {
    let own = |derivation: &&Derivation| {
        derivation.span == predication.span && derivation.predication == line
    };
    reading
        .derivations
        .iter()
        .filter(own)
        .flat_map(|derivation| &derivation.outcomes)
        .map(|outcome| match outcome {
            Outcome::Coded { rule, .. } if rule.starts_with("scored.") => Fate::Scored,
            Outcome::Coded { .. } => Fate::Rule,
            Outcome::Absorbed | Outcome::Dropped { .. } => Fate::Decided,
        })
        .min()
        .unwrap_or(Fate::Silent)
}
