//! `add`, `pair`, `state`, `demo`, `conflicts`, `gaps`: texts in, the page of a pair out.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use verbale::dossier::{Partner, state_dossier};
use verbale::record::{ConflictView, Dossier, Gap};
use verbale_engine::ask::{both, dossier_of, source, with_sources};
use verbale_read::Appearance;
use verbale_store::Store;
use verbale_web::{Source, html, markdown, of_pair, terminal};

use super::ledgers::list;
use crate::Outcome;
use crate::args::{Format, Listing, Page, PageFormat, Texts};
use crate::columns::short;
use crate::engine::{self, Engine};
use crate::output::{Column, print_or_save, print_or_save_json, rows_as};
use crate::{ingest, talk};
use verbale_engine::Findings;

/// The articles of `demo`, by file name.
static DEMO: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// `add`.
pub fn add(
    engine: &Engine,
    store: &mut Store,
    paths: &[PathBuf],
    texts: &Texts,
) -> Result<Outcome> {
    let outcome = talk::add(engine, store, paths, texts)?;
    anstream::eprintln!(
        "{} · store {}",
        ingest::summary(&outcome),
        store.path().display()
    );
    Ok(if outcome.failed > 0 {
        Outcome::SomeFailed
    } else {
        Outcome::Done
    })
}

/// Adds paths, if there are any, and tells whether some failed.
fn add_first(engine: &Engine, store: &mut Store, paths: &[PathBuf], texts: &Texts) -> Result<bool> {
    if paths.is_empty() {
        return Ok(false);
    }
    Ok(add(engine, store, paths, texts)? == Outcome::SomeFailed)
}

fn outcome(failed: bool, found: bool) -> Outcome {
    match (failed, found) {
        (true, _) => Outcome::SomeFailed,
        (false, true) => Outcome::Done,
        (false, false) => Outcome::Nothing,
    }
}

/// `pair A B [PATH…]`.
pub fn pair(
    engine: &Engine,
    store: &mut Store,
    states: [&str; 2],
    paths: &[PathBuf],
    texts: &Texts,
    page: &Page,
) -> Result<Outcome> {
    let pair = both(engine, states)?;
    let failed = add_first(engine, store, paths, texts)?;
    let dossier = dossier_of(engine, store, &pair)?;
    if dossier.facts.is_empty() {
        anstream::eprintln!("nothing found on {} and {}", pair[0], pair[1]);
        return Ok(outcome(failed, false));
    }
    print_dossier(&dossier, store, page)?;
    Ok(outcome(failed, true))
}

fn print_dossier(dossier: &Dossier, store: &Store, page: &Page) -> Result<()> {
    let texts = || -> Result<Vec<Source>> {
        let ids = dossier.documents.iter().map(|text| text.id.clone());
        let documents = store.documents_by_id(&ids.collect())?;
        Ok(documents.iter().map(source).collect())
    };
    let file = page.output.as_deref();
    let text = match page_format(page) {
        PageFormat::Json => return print_or_save_json(dossier, true, file),
        PageFormat::Jsonl => return print_or_save_json(dossier, false, file),
        PageFormat::Text => terminal(&of_pair(dossier), width()),
        PageFormat::Md => markdown(&of_pair(dossier), &dossier.facts),
        PageFormat::Html => html(&of_pair(dossier), dossier, &texts()?),
    };
    print_or_save(&text, file)
}

/// The format asked for, else the one that the output file's ending names.
fn page_format(page: &Page) -> PageFormat {
    let ending = page.output.as_deref().and_then(Path::extension);
    page.format.unwrap_or(match ending.and_then(OsStr::to_str) {
        Some("html" | "htm") => PageFormat::Html,
        Some("md") => PageFormat::Md,
        Some("json") => PageFormat::Json,
        Some("jsonl") => PageFormat::Jsonl,
        _ => PageFormat::Text,
    })
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

/// `state A [PATH…]`: every partner of a state with what is on record.
pub fn state(
    engine: &Engine,
    store: &mut Store,
    state: &str,
    paths: &[PathBuf],
    texts: &Texts,
    page: &Page,
) -> Result<Outcome> {
    let state = engine::state(engine, state)?;
    let failed = add_first(engine, store, paths, texts)?;
    let dossier = with_sources(engine, store, |sources| state_dossier(&state, sources))?;
    let found = !dossier.partners.is_empty();
    if !found {
        anstream::eprintln!("nothing found on {state}");
        return Ok(outcome(failed, false));
    }
    let columns: [Column<Partner>; 5] = [
        ("partner", |partner| {
            format!("{} ({})", partner.state.name, partner.state.iso)
        }),
        ("records", |partner| {
            partner
                .records
                .iter()
                .map(|(kind, count)| format!("{count} {kind}"))
                .collect::<Vec<_>>()
                .join(", ")
        }),
        ("texts", |partner| partner.texts.to_string()),
        ("conflicts", |partner| partner.conflicts.to_string()),
        ("last heard", |partner| {
            partner
                .last_heard
                .map_or_else(|| "undated".into(), |day| day.to_string())
        }),
    ];
    let text = match page_format(page) {
        PageFormat::Json => serde_json::to_string_pretty(&dossier)? + "\n",
        PageFormat::Jsonl => serde_json::to_string(&dossier)? + "\n",
        PageFormat::Text => rows_as(&dossier.partners, &columns, Format::Text)?,
        PageFormat::Md => rows_as(&dossier.partners, &columns, Format::Md)?,
        PageFormat::Html => bail!(
            "the partners of one state have no HTML form; take a pair: verbale pair {state} B --format html"
        ),
    };
    print_or_save(&text, page.output.as_deref())?;
    Ok(outcome(failed, true))
}

/// `demo`: the built-in articles, in a store that leaves nothing behind.
pub fn demo(engine: &Engine, page: &Page) -> Result<Outcome> {
    let mut store = Store::in_memory()?;
    let run = engine.run();
    let mut documents = Vec::new();
    for (name, text) in DEMO {
        let (document, _) =
            verbale_read::read_text(text.as_bytes(), name, &verbale_read::Options::default())?;
        documents.push(document);
    }
    for reading in engine.code_all(&documents) {
        let appearance = Appearance {
            place: format!("demo/{}", reading.document.name),
            outlet: None,
        };
        store.put(
            &reading.document,
            "ok",
            &appearance,
            &Findings::of(engine, &reading).coding(),
            &run,
        )?;
    }
    ingest::refresh_records(engine, &mut store)?;
    let dossier = dossier_of(engine, &store, &["AZE".into(), "PAK".into()])?;
    print_dossier(&dossier, &store, page)?;
    Ok(Outcome::Done)
}

/// `conflicts A B`.
pub fn conflicts(
    engine: &Engine,
    store: &Store,
    states: [&str; 2],
    listing: &Listing,
) -> Result<Outcome> {
    let dossier = dossier_of(engine, store, &both(engine, states)?)?;
    let columns: [Column<ConflictView>; 3] = [
        ("kind", |conflict| conflict.kind.clone()),
        ("what", |conflict| conflict.text.clone()),
        ("facts", |conflict| {
            conflict
                .facts
                .iter()
                .map(|id| short(id))
                .collect::<Vec<_>>()
                .join(" ")
        }),
    ];
    list(&dossier.conflicts, &columns, listing.format)
}

/// `gaps A B`.
pub fn gaps(
    engine: &Engine,
    store: &Store,
    states: [&str; 2],
    listing: &Listing,
) -> Result<Outcome> {
    let dossier = dossier_of(engine, store, &both(engine, states)?)?;
    let columns: [Column<Gap>; 2] = [
        ("gap", |gap| gap.code.clone()),
        ("what", |gap| gap.text.clone()),
    ];
    list(&dossier.gaps, &columns, listing.format)
}
