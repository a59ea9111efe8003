//! `cargo xtask codebook`: `docs/CODEBOOK.md` from the tables of codes, our own words for them, the rules, and labelled sentences.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use verbale::data::Data;
use verbale::eval::{Marked, Rate, TypeRates, evaluate};
use verbale::pipeline::code_document;
use verbale::rules::Rules;
use verbale_parse::Parser;
use verbale_read::{Options as ReadOptions, read_text};

use crate::options::Options;
use crate::{gold, parallel};

const HEAD: &str = "\
# Codebook

What each event type and mode takes, and what it does not. Written by `cargo xtask codebook` from `data/ontology/`, the rules under
`data/lang/en/rules/` and our own labelled sentences; change those, not this page. Types, modes, codes and scores are
facts of the PLOVER manual 2.0 and of CAMEO; the words are ours. The guide for coders is `tests/gold/GUIDE.md`.

An act that is promised, planned or considered is AGREE where the deed would be CONSULT, SUPPORT, COOPERATE or AID, and CONCEDE where it
would be RETREAT; conflict keeps its type. What is denied keeps its type and is `negated`; refusing is REJECT.

Precision and recall are of the type together with words and states, on the test half of our own gold (`cargo xtask codebook --measure`).
";

/// Writes the page; with `--measure` the figures by type first.
pub fn run(options: &Options) -> Result<()> {
    if options.has("--measure") {
        fs::write(figures_path(), measured()?)
            .with_context(|| format!("{}: cannot be written", figures_path().display()))?;
    }
    fs::write(page_path(), page()?)
        .with_context(|| format!("{}: cannot be written", page_path().display()))
}

fn page_path() -> PathBuf {
    crate::root().join("docs/CODEBOOK.md")
}

fn figures_path() -> PathBuf {
    crate::root().join("tests/baseline/by_type.tsv")
}

/// The page as it should be.
fn page() -> Result<String> {
    let data = crate::data()?;
    let rules = Rules::load(&data).map_err(|errors| anyhow::anyhow!("{}", errors[0]))?;
    let sentences = gold::sentences("sentences")?;
    let figures = fs::read_to_string(figures_path())
        .with_context(|| format!("{}: run with --measure", figures_path().display()))?;
    let figures: BTreeMap<&str, &str> = figures
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let definitions = rows(&data, "ontology/definitions.tsv")?;
    let types = rows(&data, "ontology/plover_types.tsv")?;
    let modes = rows(&data, "ontology/plover_modes.tsv")?;
    let codes = rows(&data, "ontology/cameo.tsv")?;
    let mut page = HEAD.to_owned();
    let mut ordered: Vec<&Vec<&str>> = types.iter().collect();
    ordered.sort_by_key(|row| (row[1], row[0]));
    for row in ordered {
        let [name, quad, required, score] = row[..] else {
            bail!("ontology/plover_types.tsv: four columns are needed");
        };
        let words = |mode: &str| {
            definitions
                .iter()
                .find(|row| row[0] == name && row[1] == mode)
                .map(|row| (row[2], row[3]))
                .with_context(|| {
                    format!("ontology/definitions.tsv: no words for {name} {mode}; add a row")
                })
        };
        let (takes, not) = words("")?;
        writeln!(page, "\n## {name}\n\nTakes: {takes}.\n\nNot: {not}.\n")?;
        let recipient = if required == "yes" {
            "needed"
        } else {
            "may lack"
        };
        writeln!(
            page,
            "Quad class {quad}, PLOVER score {score}, recipient {recipient}. {}\n",
            figures.get(name).unwrap_or(&"Not in our test texts.")
        )?;
        let own: Vec<&Vec<&str>> = codes.iter().filter(|row| row[2] == name).collect();
        writeln!(page, "CAMEO (Goldstein score): {}.\n", listed(&own))?;
        let ids: Vec<String> = rules
            .rules
            .iter()
            .filter(|rule| {
                rule.yields
                    .code
                    .event_type
                    .is_some_and(|event_type| verbale::record::word(&event_type) == name)
            })
            .map(|rule| format!("`{}`", rule.id))
            .collect();
        writeln!(page, "Rules: {}.\n", ids.join(", "))?;
        let plain: Vec<&Marked> = sentences
            .iter()
            .filter(|sentence| sentence.event_type == name && !sentence.negated)
            .collect();
        page += &examples(&plain, 0);
        let own_modes: Vec<&Vec<&str>> = modes.iter().filter(|row| row[0] == name).collect();
        for row in own_modes {
            let (mode, score) = (row[1], row[2]);
            let (takes, not) = words(mode)?;
            writeln!(page, "\n### {name}, {mode}\n\nTakes: {takes}. Not: {not}.")?;
            if !score.is_empty() {
                write!(page, "PLOVER score {score}. ")?;
            }
            let own: Vec<&Vec<&str>> = codes
                .iter()
                .filter(|row| row[2] == name && row[3].split(';').any(|known| known == mode))
                .collect();
            match own.is_empty() {
                true => writeln!(page, "No CAMEO code leads to it; rules may name it.\n")?,
                false => writeln!(page, "CAMEO {}.\n", listed(&own))?,
            }
            let of_mode: Vec<&Marked> = plain
                .iter()
                .copied()
                .filter(|sentence| {
                    own.iter()
                        .any(|row| sentence.cameo.as_deref() == Some(row[0]))
                })
                .collect();
            // The first two stand under the type already.
            page += &examples(&of_mode, usize::from(of_mode.len() > 3) * 2);
        }
    }
    Ok(page)
}

/// Codes with label and score, on one line.
fn listed(codes: &[&Vec<&str>]) -> String {
    codes
        .iter()
        .map(|row| format!("{} {} ({})", row[0], row[1], row[5]))
        .collect::<Vec<_>>()
        .join("; ")
}

/// Two of our own sentences with their parties.
fn examples(sentences: &[&Marked], skip: usize) -> String {
    let ids = |parties: &[verbale::eval::MarkedParty], text: &str| {
        parties
            .iter()
            .map(|party| match &party.id {
                Some(id) => id.clone(),
                None => party.span.of(text).to_owned(),
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    sentences
        .iter()
        .skip(skip)
        .take(2)
        .map(|sentence| {
            let actors = ids(&sentence.actors, &sentence.text);
            let recipients = ids(&sentence.recipients, &sentence.text);
            let parties = match (sentence.is_mutual(), recipients.is_empty()) {
                (true, _) => format!("{actors}, with each other"),
                (false, true) => actors,
                (false, false) => format!("{actors} → {recipients}"),
            };
            let code = sentence.cameo.as_deref().unwrap_or("no code");
            format!(
                "- {} *({parties}; {code}, {})*\n",
                sentence.text, sentence.modality
            )
        })
        .collect()
}

/// The rows of a list below its header.
fn rows<'d>(data: &'d Data, file: &str) -> Result<Vec<Vec<&'d str>>> {
    let text = data
        .get(file)
        .with_context(|| format!("{file}: not in the data folder"))?;
    Ok(text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect())
}

/// A line per type with its precision and recall on the test texts.
fn measured() -> Result<String> {
    let names = gold::names("first", &["test_"])?;
    let gold_facts = gold::codings("first", &names)?;
    let texts: Vec<(String, String)> = names
        .into_iter()
        .map(|name| Ok((gold::text(&name)?, name)))
        .collect::<Result<_>>()?;
    let language = crate::language()?;
    let facts: Vec<_> = parallel::map(&texts, |(text, name)| {
        let options = ReadOptions {
            lang: Some("en".to_owned()),
            ..ReadOptions::default()
        };
        let (document, _) =
            read_text(text.as_bytes(), name, &options).expect("our own texts are readable");
        code_document(&document, &language, Parser::english()).facts
    })
    .into_iter()
    .flatten()
    .collect();
    let report = evaluate(&gold_facts, &facts);
    let mut lines = String::from(
        "# Precision and recall by event type on the test texts; written by `cargo xtask codebook --measure`.\n",
    );
    for (name, TypeRates { precision, recall }) in &report.by_type {
        writeln!(
            lines,
            "{name}\tPrecision {}, recall {}.",
            told(*precision),
            told(*recall)
        )?;
    }
    Ok(lines)
}

fn told(rate: Rate) -> String {
    match rate.of {
        0 => "unknown (nothing told)".to_owned(),
        of => format!("{:.2} ({} of {of})", rate.share(), rate.hits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codebook_is_up_to_date() {
        let written = fs::read_to_string(page_path()).unwrap();
        assert!(
            written == page().unwrap(),
            "docs/CODEBOOK.md is not what the data say; run `cargo xtask codebook`"
        );
    }
}
