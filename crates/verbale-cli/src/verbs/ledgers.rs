//! `facts`, `records` and the ledgers.

use anyhow::Result;
use serde::Serialize;
use verbale::record::RecordKind;
use verbale_engine::ask;
use verbale_store::Store;

use crate::Outcome;
use crate::args::Filtered;
use crate::columns::{FACT, NAME, RECORD};
use crate::engine::Engine;
use crate::output::{Column, format_or_default, print_rows};

/// Prints rows and tells whether there were any.
pub fn list<T: Serialize>(
    rows: &[T],
    columns: &[Column<T>],
    format: Option<crate::args::Format>,
) -> Result<Outcome> {
    if rows.is_empty() {
        anstream::eprintln!("nothing found");
        return Ok(Outcome::Nothing);
    }
    print_rows(rows, columns, format_or_default(format))?;
    Ok(Outcome::Done)
}

/// `facts`.
pub fn facts(engine: &Engine, store: &Store, filtered: &Filtered) -> Result<Outcome> {
    let facts = ask::facts(engine, store, &filtered.filters)?;
    list(&facts, FACT, filtered.listing.format)
}

/// `records` and every ledger of one kind.
pub fn records(
    engine: &Engine,
    store: &Store,
    filtered: &Filtered,
    kind: Option<RecordKind>,
) -> Result<Outcome> {
    let records = ask::records(engine, store, &filtered.filters, kind)?;
    list(&records, RECORD, filtered.listing.format)
}

/// `timeline`.
pub fn timeline(engine: &Engine, store: &Store, filtered: &Filtered) -> Result<Outcome> {
    let records = ask::timeline(engine, store, &filtered.filters)?;
    list(&records, RECORD, filtered.listing.format)
}

/// `names`.
pub fn names(engine: &Engine, store: &Store, filtered: &Filtered) -> Result<Outcome> {
    let rows = ask::names(engine, store, &filtered.filters)?;
    list(&rows, NAME, filtered.listing.format)
}
