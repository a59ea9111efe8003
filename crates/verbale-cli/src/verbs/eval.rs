//! `eval GOLD --texts DIR`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::json;
use verbale::dossier::status;
use verbale::eval::{Rate, Report, evaluate, read_gold};
use verbale_engine::inputs::{Chosen, expand};

use crate::args::{Format, Known, Listing};
use crate::engine::Engine;
use crate::output::{format_or_default, laid_out, print, printable};
use crate::{Outcome, ingest, talk};

/// Codes the gold's texts and measures the facts against it.
pub fn eval(
    engine: &Engine,
    gold: &Path,
    texts: &Path,
    baseline: Option<&Path>,
    write_baseline: Option<&Path>,
    listing: &Listing,
) -> Result<Outcome> {
    let lines = fs::read_to_string(gold)
        .with_context(|| format!("{}: the gold record cannot be read", gold.display()))?;
    let gold_facts =
        read_gold(&lines).with_context(|| format!("{}: not a gold record", gold.display()))?;
    let names: BTreeSet<&str> = gold_facts.iter().map(|fact| fact.seed.as_str()).collect();
    let paths: Vec<PathBuf> = names.iter().map(|name| texts.join(name)).collect();
    let (documents, failed) = ingest::documents(
        expand(&paths, &Chosen::default()),
        &Known::default(),
        &talk::tell,
    )?;
    if failed > 0 {
        bail!(
            "{failed} texts of the gold record are missing in {}",
            texts.display()
        );
    }
    let documents: Vec<_> = documents
        .into_iter()
        .map(|(document, _)| document)
        .filter(|document| status(document) == "ok")
        .collect();
    let facts: Vec<_> = engine
        .code_all(&documents)
        .into_iter()
        .flat_map(|reading| reading.facts)
        .collect();
    let report = evaluate(&gold_facts, &facts);
    let before = baseline.map(read_baseline).transpose()?;
    if let Some(path) = write_baseline {
        fs::write(
            path,
            report
                .found
                .iter()
                .map(|id| format!("{id}\n"))
                .collect::<String>(),
        )
        .with_context(|| format!("{}: the baseline cannot be written", path.display()))?;
    }
    let now: BTreeSet<String> = report.found.iter().cloned().collect();
    let gained: Vec<&String> = before
        .iter()
        .flat_map(|before| now.difference(before))
        .collect();
    let lost: Vec<&String> = before
        .iter()
        .flat_map(|before| before.difference(&now))
        .collect();
    match format_or_default(listing.format) {
        Format::Json | Format::Jsonl => {
            let mut value = serde_json::to_value(&report)?;
            value["gained"] = json!(gained);
            value["lost"] = json!(lost);
            print(&serde_json::to_string_pretty(&value)?)?;
        }
        format @ (Format::Text | Format::Md) => {
            print(&laid_out(&text(&report, &gained, &lost), format))?;
        }
        Format::Csv => bail!("a measurement is shown as text, md or json"),
    }
    Ok(Outcome::Done)
}

fn read_baseline(path: &Path) -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("{}: the baseline cannot be read", path.display()))?;
    Ok(text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(String::from)
        .collect())
}

fn text(report: &Report, gained: &[&String], lost: &[&String]) -> String {
    use std::fmt::Write;
    let rate = |rate: Rate| format!("{:.3}  ({} of {})", rate.share(), rate.hits, rate.of);
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        writeln!(out, "{name:<24}{value}").expect("a string takes every line")
    };
    line("core recall", rate(report.recall));
    line("precision", rate(report.precision));
    line("neutral", report.neutral.to_string());
    line("other kind", report.other_kind.to_string());
    line("event type", rate(report.event_type));
    line("CAMEO code", rate(report.cameo));
    line("direction", rate(report.direction));
    line("modality", rate(report.modality));
    line("innermost speaker", rate(report.speaker));
    line("sectors (Jaccard)", format!("{:.3}", report.sectors));
    line("dates right", rate(report.dates));
    line("dates invented", rate(report.invented_dates));
    for (kind, value) in &report.by_kind {
        line(&format!("  recall {kind}"), rate(*value));
    }
    for (document, value) in &report.by_document {
        line(&format!("  recall {document}"), rate(*value));
    }
    for id in gained {
        line("gained", (*id).clone());
    }
    for id in lost {
        line("lost", (*id).clone());
    }
    for miss in &report.misses {
        line(
            &format!("{} {}", miss.what, miss.gold.as_deref().unwrap_or("")),
            printable(&miss.text),
        );
    }
    out
}
