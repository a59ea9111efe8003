//! `cargo xtask codebook`: `docs/CODEBOOK.md` from the tables of codes, our own words for them, the rules, and labelled sentences.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use verbale::eval::{Marked, Rate, TypeRates, evaluate};
use verbale::pipeline::code_document;
use verbale::rules::Rules;
use verbale_engine::codebook::{ALL_TYPES, codebook, listed};
use verbale_parse::Parser;
use verbale_read::{Options as ReadOptions, read_text};

use crate::options::Options;
use crate::{gold, parallel};

const HEAD: &str = "\
# Codebook

What each event type and mode takes, and what it does not. Written by `cargo xtask codebook` from `data/ontology/`, the rules under
`data/lang/en/rules/` and our own labelled sentences; change those, not this page. Types, modes, codes and scores are
facts of the PLOVER manual 2.0 and of CAMEO; the words are ours. The guide for coders is `tests/gold/GUIDE.md`.

ALL_TYPES

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
    let mut page = HEAD.replace("ALL_TYPES", ALL_TYPES);
    for entry in codebook(&data, &rules)? {
        let name = &entry.name;
        writeln!(
            page,
            "\n## {name}\n\nTakes: {}.\n\nNot: {}.\n",
            entry.takes, entry.not
        )?;
        let recipient = if entry.recipient_required {
            "needed"
        } else {
            "may lack"
        };
        writeln!(
            page,
            "Quad class {}, PLOVER score {}, recipient {recipient}. {}\n",
            entry.quad,
            entry.plover_score,
            figures
                .get(name.as_str())
                .unwrap_or(&"Not in our test texts.")
        )?;
        writeln!(page, "CAMEO (Goldstein score): {}.\n", listed(&entry.codes))?;
        let ids: Vec<String> = entry.rules.iter().map(|id| format!("`{id}`")).collect();
        writeln!(page, "Rules: {}.\n", ids.join(", "))?;
        let plain: Vec<&Marked> = sentences
            .iter()
            .filter(|sentence| sentence.event_type == *name && !sentence.negated)
            .collect();
        page += &examples(&plain, 0);
        for mode in &entry.modes {
            writeln!(
                page,
                "\n### {name}, {}\n\nTakes: {}. Not: {}.",
                mode.mode, mode.takes, mode.not
            )?;
            if !mode.plover_score.is_empty() {
                write!(page, "PLOVER score {}. ", mode.plover_score)?;
            }
            match mode.codes.is_empty() {
                true => writeln!(page, "No CAMEO code leads to it; rules may name it.\n")?,
                false => writeln!(page, "CAMEO {}.\n", listed(&mode.codes))?,
            }
            let of_mode: Vec<&Marked> = plain
                .iter()
                .copied()
                .filter(|sentence| {
                    let cameo = sentence.cameo.as_deref();
                    mode.codes
                        .iter()
                        .any(|code| cameo == Some(code.code.as_str()))
                })
                .collect();
            // The first two stand under the type already.
            page += &examples(&of_mode, usize::from(of_mode.len() > 3) * 2);
        }
    }
    Ok(page)
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
