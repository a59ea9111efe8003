//! `show`, `search`, `docs`, `stats`: looking things up.

use anyhow::Result;
use serde_json::{Value, json};
use verbale_engine::ask::{Hit, document_views, find, hits};
use verbale_engine::cite;
use verbale_store::{Found, Store};

use super::ledgers::list;
use crate::Outcome;
use crate::args::{CiteStyle, Listing};
use crate::columns::DOCUMENT;
use crate::engine::Engine;
use crate::output::{Column, print, print_one};

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

/// `search`.
pub fn search(store: &Store, words: &str, listing: &Listing) -> Result<Outcome> {
    let rows = hits(store, words)?;
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

/// `cite ID`.
pub fn cite(store: &Store, id: &str, style: CiteStyle) -> Result<Outcome> {
    let Some(found) = find(store, id)? else {
        anstream::eprintln!("no fact or record has the id {id}");
        return Ok(Outcome::Nothing);
    };
    match cite::cite(store, found, style)? {
        Some(text) => {
            print(&text)?;
            Ok(Outcome::Done)
        }
        None => Ok(Outcome::Nothing),
    }
}
