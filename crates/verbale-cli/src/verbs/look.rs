//! `show`, `search`, `docs`, `stats`: looking things up.

use anyhow::{Result, bail};
use serde::Serialize;
use serde_json::{Value, json};
use verbale_store::{Found, Store, StoredDocument};

use super::ledgers::list;
use crate::Outcome;
use crate::args::{Format, Listing};
use crate::columns::DOCUMENT;
use crate::output::{Column, format_or_default, printable_lines};

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
    print_value(&value, listing.format)
}

/// Prints one thing: every field on a line for people, the same names as JSON has.
pub fn print_value(value: &Value, format: Option<Format>) -> Result<Outcome> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    match format_or_default(format) {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(value)?)?,
        Format::Jsonl => writeln!(out, "{}", serde_json::to_string(value)?)?,
        Format::Text | Format::Md => writeln!(out, "{}", fields(value, 0))?,
        Format::Csv | Format::Html => bail!("one thing is shown as text, json, jsonl or md"),
    }
    Ok(Outcome::Done)
}

fn fields(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| {
                !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty())
            })
            .map(|(name, value)| match value {
                Value::Object(_) | Value::Array(_) => {
                    format!("{indent}{name}:\n{}", fields(value, depth + 1))
                }
                other => format!("{indent}{name}: {}", fields(other, 0)),
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Array(items) => items
            .iter()
            .map(|item| match item {
                Value::Object(_) => format!("{indent}- {}", fields(item, depth + 1).trim_start()),
                other => format!("{indent}- {}", fields(other, 0)),
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Value::String(text) => printable_lines(text),
        other => other.to_string(),
    }
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

/// A document as `docs` lists it: everything but the text itself.
#[derive(Serialize)]
struct DocumentRow {
    #[serde(flatten)]
    fields: Value,
    #[serde(skip)]
    stored: StoredDocument,
}

fn document_row(stored: StoredDocument, with_text: bool) -> Result<DocumentRow> {
    let mut fields = serde_json::to_value(&stored.document)?;
    if let Value::Object(map) = &mut fields {
        if !with_text {
            map.remove("text");
        }
        // The contract gives outlet and author as plain names; where they stand in the text is in the store.
        for key in ["outlet", "author"] {
            let value = map
                .get(key)
                .and_then(|sourced| sourced.get("value"))
                .cloned()
                .unwrap_or(Value::Null);
            map.insert(key.into(), value);
        }
        map.insert("appearances".into(), json!(stored.appearances));
        map.insert("status".into(), json!(stored.status));
    }
    Ok(DocumentRow { fields, stored })
}

/// `docs` and `docs DOC`.
pub fn docs(store: &Store, doc: Option<&str>, listing: &Listing) -> Result<Outcome> {
    if let Some(key) = doc {
        let Some(stored) = store.document(key)? else {
            anstream::eprintln!("no document has the id or name {key}");
            return Ok(Outcome::Nothing);
        };
        return print_value(&document_row(stored, true)?.fields, listing.format);
    }
    let rows: Vec<DocumentRow> = store
        .documents()?
        .into_iter()
        .map(|stored| document_row(stored, false))
        .collect::<Result<_>>()?;
    let columns: [Column<DocumentRow>; 5] = [
        (DOCUMENT[0].0, |row| DOCUMENT[0].1(&row.stored)),
        (DOCUMENT[1].0, |row| DOCUMENT[1].1(&row.stored)),
        (DOCUMENT[2].0, |row| DOCUMENT[2].1(&row.stored)),
        (DOCUMENT[3].0, |row| DOCUMENT[3].1(&row.stored)),
        (DOCUMENT[4].0, |row| DOCUMENT[4].1(&row.stored)),
    ];
    list(&rows, &columns, listing.format)
}

/// `stats`.
pub fn stats(store: &Store, listing: &Listing) -> Result<Outcome> {
    let mut value = json!({ "store": store.path().display().to_string() });
    if let (Value::Object(map), Value::Object(stats)) =
        (&mut value, serde_json::to_value(store.stats()?)?)
    {
        map.extend(stats);
    }
    print_value(&value, listing.format)
}
