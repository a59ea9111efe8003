//! `show`, `search`, `docs`, `stats`: looking things up.

use anyhow::{Result, bail};
use serde::Serialize;
use serde_json::{Value, json};
use verbale_store::{Found, Store};

use super::dossier::document_views;
use super::ledgers::list;
use crate::Outcome;
use crate::args::Listing;
use crate::columns::DOCUMENT;
use crate::engine::Engine;
use crate::output::{Column, print_one};

/// The one fact or record that an id, or the beginning of one, stands for.
pub fn find(store: &Store, id: &str) -> Result<Option<Found>> {
    let mut found = store.find(id)?;
    match found.len() {
        0 => Ok(None),
        1 => Ok(found.pop()),
        several => bail!("{id}: {several} facts and records begin so; give more of the id"),
    }
}

/// `show ID`.
pub fn show(store: &Store, id: &str, listing: &Listing) -> Result<Outcome> {
    let Some(found) = find(store, id)? else {
        anstream::eprintln!("no fact or record has the id {id}");
        return Ok(Outcome::Nothing);
    };
    let value = match &found {
        Found::Fact(fact) => serde_json::to_value(fact)?,
        Found::Record(record) => serde_json::to_value(record)?,
    };
    print_one(&value, listing.format)?;
    Ok(Outcome::Done)
}

/// A hit of the full-text search.
#[derive(Serialize)]
struct Hit {
    doc: String,
    doc_name: String,
    snippet: String,
}

/// `search`.
pub fn search(store: &Store, words: &str, listing: &Listing) -> Result<Outcome> {
    let documents = store.documents()?;
    let rows: Vec<Hit> = store
        .search(words)?
        .into_iter()
        .map(|(doc, snippet)| {
            let name = documents
                .iter()
                .find(|stored| stored.document.id == doc)
                .map(|stored| stored.document.name.clone());
            Hit {
                doc_name: name.unwrap_or_default(),
                doc,
                snippet,
            }
        })
        .collect();
    let columns: [Column<Hit>; 2] = [
        ("text", |hit| hit.doc_name.clone()),
        ("words", |hit| hit.snippet.clone()),
    ];
    list(&rows, &columns, listing.format)
}

/// `docs` and `docs DOC`.
pub fn docs(
    engine: &Engine,
    store: &Store,
    doc: Option<&str>,
    listing: &Listing,
) -> Result<Outcome> {
    let views = document_views(engine, store)?;
    let Some(key) = doc else {
        return list(&views, DOCUMENT, listing.format);
    };
    let Some(stored) = store.document(key)? else {
        anstream::eprintln!("no document has the id or name {key}");
        return Ok(Outcome::Nothing);
    };
    let view = views.iter().find(|view| view.id == stored.document.id);
    let mut value = serde_json::to_value(view)?;
    value["text"] = json!(stored.document.text);
    print_one(&value, listing.format)?;
    Ok(Outcome::Done)
}

/// `stats`.
pub fn stats(store: &Store, listing: &Listing) -> Result<Outcome> {
    let mut value = json!({ "store": store.path().display().to_string() });
    if let (Value::Object(map), Value::Object(stats)) =
        (&mut value, serde_json::to_value(store.stats()?)?)
    {
        map.extend(stats);
    }
    print_one(&value, listing.format)?;
    Ok(Outcome::Done)
}
