//! `facts`, `records` and the ledgers.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;
use verbale::record::{Record, RecordKind};
use verbale_store::{RecordFilter, Store};

use crate::Outcome;
use crate::args::Filtered;
use crate::columns::{FACT, RECORD};
use crate::engine::Engine;
use crate::filters;
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
    let mut facts = store.facts(&filters::facts(engine, &filtered.filters)?)?;
    if filtered.filters.min_independent > 0 {
        // Witnesses are counted by record: a fact has those of the record it belongs to.
        let witnessed = store.records(&RecordFilter {
            min_independent: filtered.filters.min_independent,
            ..RecordFilter::default()
        })?;
        facts.retain(|fact| {
            witnessed
                .iter()
                .any(|record| record.facts.contains(&fact.id))
        });
    }
    list(&facts, FACT, filtered.listing.format)
}

/// `records` and every ledger of one kind.
pub fn records(
    engine: &Engine,
    store: &Store,
    filtered: &Filtered,
    kind: Option<RecordKind>,
) -> Result<Outcome> {
    let filter = filters::records(engine, store, &filtered.filters)?;
    let filter = RecordFilter {
        kinds: kind.map_or(filter.kinds.clone(), |kind| vec![kind]),
        ..filter
    };
    let mut records = store.records(&filter)?;
    by_time(&mut records);
    list(&records, RECORD, filtered.listing.format)
}

/// `timeline`: everything that has a place in time or could have one; standing things and people have none.
pub fn timeline(engine: &Engine, store: &Store, filtered: &Filtered) -> Result<Outcome> {
    let mut records = store.records(&filters::records(engine, store, &filtered.filters)?)?;
    records.retain(|record| {
        !matches!(
            record.kind,
            RecordKind::Person | RecordKind::Figure | RecordKind::Position
        )
    });
    by_time(&mut records);
    list(&records, RECORD, filtered.listing.format)
}

/// Dated first, in order of time; then by kind and id.
fn by_time(records: &mut [Record]) {
    records.sort_by_cached_key(|record| {
        let day = record
            .date
            .as_ref()
            .and_then(|date| date.start.or(date.end));
        (day.is_none(), day, record.kind, record.id.clone())
    });
}

/// A form of a name with the texts that use it.
#[derive(Serialize)]
struct NameRow {
    entity: String,
    form: String,
    docs: Vec<String>,
    times: usize,
}

/// `names`.
pub fn names(engine: &Engine, store: &Store, filtered: &Filtered) -> Result<Outcome> {
    let pair = filters::pair(engine, &filtered.filters)?;
    let names: BTreeMap<String, String> = store
        .documents()?
        .into_iter()
        .map(|stored| (stored.document.id, stored.document.name))
        .collect();
    let mut rows: BTreeMap<(String, String), (Vec<String>, usize)> = BTreeMap::new();
    for (document, name) in store.names()? {
        let state = engine.language.lexicon.state(&name.entity).is_some();
        if state
            && pair
                .as_ref()
                .is_some_and(|pair| !pair.contains(&name.entity))
        {
            continue;
        }
        let row = rows.entry((name.entity, name.form)).or_default();
        row.0
            .push(names.get(&document).cloned().unwrap_or(document));
        row.1 += name.times;
    }
    let rows: Vec<NameRow> = rows
        .into_iter()
        .map(|((entity, form), (docs, times))| NameRow {
            entity,
            form,
            docs,
            times,
        })
        .collect();
    let columns: [Column<NameRow>; 4] = [
        ("entity", |row| row.entity.clone()),
        ("as written", |row| row.form.clone()),
        ("times", |row| row.times.to_string()),
        ("texts", |row| row.docs.join(", ")),
    ];
    list(&rows, &columns, filtered.listing.format)
}
