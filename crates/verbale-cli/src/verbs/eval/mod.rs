//! `eval GOLD`: the compass. Precision, recall and confusions against gold, and what was gained and lost.

mod baseline;
mod gold;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use verbale::eval::{
    Confusion, ROOTS_HEADER, Rate, Report, Roots, TypeRates, evaluate, read_rooted, root,
};
use verbale::pipeline::code_text;
use verbale_parse::Parser;

use self::baseline::{Baseline, Change};
use crate::Outcome;
use crate::args::{Format, Measured};
use crate::engine::Engine;
use crate::output::{format_or_default, laid_out, print, printable};

/// Measures the program against gold.
pub fn eval(engine: &Engine, measured: &Measured) -> Result<Outcome> {
    match sentences(&measured.gold)? {
        Some(table) => roots(engine, measured, &table),
        None => facts(engine, measured),
    }
}

/// The text of a set of labelled sentences; `None` if the gold is something else.
fn sentences(gold: &Path) -> Result<Option<String>> {
    if gold.extension().is_none_or(|ending| ending != "tsv") {
        return Ok(None);
    }
    let table = fs::read_to_string(gold)
        .with_context(|| format!("{}: the gold record cannot be read", gold.display()))?;
    match table.lines().next() {
        Some(ROOTS_HEADER) => Ok(Some(table)),
        _ => bail!(
            "{}: a table of sentences begins with the columns {}",
            gold.display(),
            ROOTS_HEADER.replace('\t', ", ")
        ),
    }
}

/// Facts of texts against a record or a folder of codings.
fn facts(engine: &Engine, measured: &Measured) -> Result<Outcome> {
    let Some(texts) = &measured.texts else {
        bail!("name the folder of the texts with --texts");
    };
    let gold = gold::facts(engine, &measured.gold, texts, measured.prefix.as_deref())?;
    let report = evaluate(&gold, &gold::coded(engine, &gold, texts)?);
    let lines = text(&report);
    finish(
        measured,
        &report.found,
        serde_json::to_value(&report)?,
        lines,
    )
}

/// Types of labelled sentences.
fn roots(engine: &Engine, measured: &Measured, table: &str) -> Result<Outcome> {
    let set = read_rooted(table)
        .with_context(|| format!("{}: not labelled sentences", measured.gold.display()))?;
    let (language, parser) = (&engine.language, Parser::english());
    let Some(scorer) = &language.rules.scorer else {
        bail!("the data folder holds no scored model, which reads these sentences");
    };
    let codebook = &language.rules.codebook;
    let mut result = Roots::default();
    for rooted in &set {
        let reading = code_text(&rooted.text, None, language, parser);
        let event_type = root(rooted, &reading, language, scorer);
        let quad = event_type
            .as_deref()
            .and_then(|name| codebook.quad(serde_json::from_value(json!(name)).ok()?));
        result.count(rooted, event_type.as_deref(), quad);
    }
    let names = [
        ("root", &result.roots),
        ("quad", &result.quads),
        ("binary", &result.sides),
    ];
    let mut lines = String::new();
    let mut value = json!({"found": result.found});
    for (name, confusion) in names {
        writeln!(lines, "{name:<24}macro F1 {:.3}", confusion.macro_f1())?;
        value[name] = json!({"macro_f1": confusion.macro_f1(), "by_type": confusion.rates(), "confusion": confusion});
    }
    lines += &by_type(&result.roots);
    finish(measured, &result.found, value, lines)
}

/// Compares with the baseline, prints, and says whether anything was lost without a reason.
fn finish(
    measured: &Measured,
    found: &[String],
    mut value: Value,
    mut lines: String,
) -> Result<Outcome> {
    let change = match &measured.baseline {
        Some(path) => Baseline::read(path)?.change(found),
        None => Change::default(),
    };
    if let Some(path) = &measured.write_baseline {
        baseline::write(path, found)?;
    }
    match format_or_default(measured.listing.format) {
        Format::Json | Format::Jsonl => {
            value["gained"] = json!(change.gained);
            value["lost"] = json!(change.lost);
            value["lost_without_reason"] = json!(change.unexplained);
            print(&serde_json::to_string_pretty(&value)?)?;
        }
        format @ (Format::Text | Format::Md) => {
            for (name, ids) in [("gained", &change.gained), ("lost", &change.lost)] {
                for id in ids {
                    writeln!(lines, "{name:<24}{id}")?;
                }
            }
            print(&laid_out(&lines, format))?;
        }
        Format::Csv => bail!("a measurement is shown as text, md or json"),
    }
    if change.unexplained.is_empty() {
        return Ok(Outcome::Done);
    }
    anstream::eprintln!(
        "{} found before are lost: {}; write the reason of each behind a tab into the baseline, or the baseline anew with --write-baseline",
        change.unexplained.len(),
        change.unexplained.join(", ")
    );
    Ok(Outcome::SomeFailed)
}

fn by_type(confusion: &Confusion) -> String {
    let mut lines = format!(
        "{:<12}{:>6}{:>6}{:>6}{:>6}\n",
        "type", "P", "R", "F1", "gold"
    );
    for (name, rates) in confusion.rates() {
        let TypeRates { precision, recall } = rates;
        let figures = [precision.share(), recall.share(), rates.f1()];
        let figures: String = figures
            .iter()
            .map(|figure| format!("{figure:>6.2}"))
            .collect();
        lines += &format!("{name:<12}{figures}{:>6}\n", recall.of);
    }
    lines + &confusion.table() + "\n"
}

fn text(report: &Report) -> String {
    let rate = |rate: Rate| format!("{:.3}  ({} of {})", rate.share(), rate.hits, rate.of);
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        writeln!(out, "{name:<24}{value}").expect("a string takes every line");
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
    out += &by_type(&report.confusion);
    for miss in &report.misses {
        let name = format!("{} {}", miss.what, miss.gold.as_deref().unwrap_or(""));
        writeln!(out, "{name:<24}{}", printable(&miss.text)).expect("a string takes every line");
    }
    out
}
