//! `recode runs diff since withdraw correct backup sql`: the store over time, and safe.

use std::path::Path;

use anyhow::{Result, bail};
use serde_json::json;
use verbale_engine::ask;
use verbale_engine::history::difference;
use verbale_engine::recode::{self, Changed};
use verbale_store::Store;

use super::ledgers::list;
use crate::Outcome;
use crate::args::{Format, Listing};
use crate::columns::{CHANGE, RUN, short};
use crate::engine::Engine;
use crate::output::{Column, format_or_default, print, print_one, printable, rows_as};
use crate::{ingest, talk};

/// `recode`.
pub fn recode(engine: &Engine, store: &mut Store, dry: bool, listing: &Listing) -> Result<Outcome> {
    let outcome = recode::recode(engine, store, dry, &talk::tell)?;
    anstream::eprintln!(
        "texts: {} up to date, {} beyond the change, {} coded again, {} of them {}",
        outcome.current,
        outcome.beyond,
        outcome.coded,
        outcome.changed.len(),
        if dry { "would change" } else { "changed" }
    );
    let columns: [Column<Changed>; 5] = [
        ("id", |changed| short(&changed.doc)),
        ("text", |changed| changed.doc_name.clone()),
        ("new facts", |changed| changed.new.to_string()),
        ("gone", |changed| changed.gone.to_string()),
        ("changed", |changed| changed.changed.to_string()),
    ];
    if outcome.changed.is_empty() {
        return Ok(Outcome::Done);
    }
    print(&rows_as(
        &outcome.changed,
        &columns,
        format_or_default(listing.format),
    )?)?;
    Ok(Outcome::Done)
}

/// `runs`.
pub fn runs(store: &Store, listing: &Listing) -> Result<Outcome> {
    list(&store.runs()?, RUN, listing.format)
}

/// `diff`.
pub fn diff(store: &Store, runs: [&str; 2], listing: &Listing) -> Result<Outcome> {
    let found = difference(store, runs)?;
    anstream::eprintln!("{} texts are known to both runs", found.texts);
    list(&found.changes, CHANGE, listing.format)
}

/// `since`.
pub fn since(engine: &Engine, store: &Store, when: &str, listing: &Listing) -> Result<Outcome> {
    list(&ask::since(engine, store, when)?, CHANGE, listing.format)
}

/// `withdraw`.
pub fn withdraw(
    engine: &Engine,
    store: &mut Store,
    key: &str,
    undo: bool,
    listing: &Listing,
) -> Result<Outcome> {
    let found = if undo {
        match &store.withdrawn(key)?[..] {
            [] => None,
            [only] => Some(only.clone()),
            several => bail!(
                "{key}: {} documents are so called; give more of the id",
                several.len()
            ),
        }
    } else {
        store.document(key)?.map(|stored| stored.document.id)
    };
    let Some(id) = found else {
        let which = if undo {
            "withdrawn document"
        } else {
            "document"
        };
        anstream::eprintln!("no {which} has the id or name {key}");
        return Ok(Outcome::Nothing);
    };
    store.withdraw(&id, undo, None)?;
    ingest::refresh_records(engine, store)?;
    let what = if undo { "restored" } else { "withdrawn" };
    print_one(&json!({ "doc": id, "status": what }), listing.format)?;
    Ok(Outcome::Done)
}

/// `correct`.
pub fn correct(
    engine: &Engine,
    store: &mut Store,
    key: &str,
    file: &Path,
    listing: &Listing,
) -> Result<Outcome> {
    let Some([old, new]) = recode::correct(engine, store, key, file, &talk::tell)? else {
        anstream::eprintln!("no document has the id or name {key}");
        return Ok(Outcome::Nothing);
    };
    let told = json!({ "doc": old, "status": "corrected", "corrected_by": new });
    print_one(&told, listing.format)?;
    Ok(Outcome::Done)
}

/// `backup`.
pub fn backup(store: &Store, file: &Path) -> Result<Outcome> {
    if !store.path().exists() {
        return Ok(Outcome::Nothing);
    }
    store.backup(file)?;
    anstream::eprintln!("{} copied to {}", store.path().display(), file.display());
    Ok(Outcome::Done)
}

/// `sql`.
pub fn sql(store: &Path, query: &str, listing: &Listing) -> Result<Outcome> {
    if !store.exists() {
        anstream::eprintln!(
            "{}: no store here yet; `verbale add PATH…` makes one",
            store.display()
        );
        return Ok(Outcome::Nothing);
    }
    let rows = verbale_store::query(store, query)?;
    let Some(first) = rows.first() else {
        anstream::eprintln!("nothing found");
        return Ok(Outcome::Nothing);
    };
    let format = format_or_default(listing.format);
    if !matches!(format, Format::Text | Format::Md) {
        print(&rows_as(&rows, &[], format)?)?;
        return Ok(Outcome::Done);
    }
    // Columns are known only now: a Markdown table is legible on a terminal, too.
    let cell = |text: &str| printable(text).replace('\\', "\\\\").replace('|', "\\|");
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut table = line(first.keys().map(|name| cell(name)).collect());
    table.push_str(&line(first.keys().map(|_| "---".into()).collect()));
    for row in &rows {
        let shown = |value: &serde_json::Value| match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => cell(text),
            other => other.to_string(),
        };
        table.push_str(&line(row.values().map(shown).collect()));
    }
    print(&table)?;
    Ok(Outcome::Done)
}
