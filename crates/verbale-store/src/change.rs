//! What differs between two states of a store.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use verbale::record::{Fact, Record};

use crate::error::StoreError;
use crate::filter::{FactFilter, RecordFilter};
use crate::store::Store;

/// One thing that is in one state only, or otherwise in the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// `document`, `fact` or `record`.
    pub what: &'static str,
    /// `new`, `gone` or `changed`.
    pub change: &'static str,
    /// Id.
    pub id: String,
    /// Name of the document, words of the fact, title of the record.
    pub text: String,
    /// Fields that differ, with the value before and after.
    pub fields: BTreeMap<String, [Value; 2]>,
}

/// What differs between two states of a store: documents, facts, records, each in order of id.
pub fn changes(before: &Store, after: &Store) -> Result<Vec<Change>, StoreError> {
    let documents = |store: &Store| -> Result<_, StoreError> {
        Ok(store
            .documents()?
            .into_iter()
            .map(|stored| (stored.document.id, stored.document.name))
            .collect::<Vec<_>>())
    };
    let name = |(id, name): &(String, String)| (id.clone(), name.clone());
    let mut found = compare("document", &documents(before)?, &documents(after)?, name);
    let facts = |store: &Store| store.facts(&FactFilter::default());
    found.extend(fact_changes(&facts(before)?, &facts(after)?));
    let records = |store: &Store| store.records(&RecordFilter::default());
    let title = |record: &Record| (record.id.clone(), record.title.clone());
    found.extend(compare(
        "record",
        &records(before)?,
        &records(after)?,
        title,
    ));
    Ok(found)
}

/// What differs between two lists of facts.
pub fn fact_changes(before: &[Fact], after: &[Fact]) -> Vec<Change> {
    let words = |fact: &Fact| {
        (
            fact.id.clone(),
            format!("{}: {}", fact.doc_name, fact.quote),
        )
    };
    compare("fact", before, after, words)
}

fn compare<T: Serialize>(
    what: &'static str,
    before: &[T],
    after: &[T],
    named: impl Fn(&T) -> (String, String),
) -> Vec<Change> {
    let by_id = |things: &[T]| -> BTreeMap<String, (String, Value)> {
        things
            .iter()
            .map(|thing| {
                let (id, text) = named(thing);
                (id, (text, serde_json::to_value(thing).unwrap_or_default()))
            })
            .collect()
    };
    let (before, after) = (by_id(before), by_id(after));
    let mut found = Vec::new();
    for (id, (text, old)) in &before {
        let fields = match after.get(id) {
            None => BTreeMap::new(),
            Some((_, new)) if new == old => continue,
            Some((_, new)) => differing(old, new),
        };
        found.push(Change {
            what,
            change: if after.contains_key(id) {
                "changed"
            } else {
                "gone"
            },
            id: id.clone(),
            text: text.clone(),
            fields,
        });
    }
    for (id, (text, _)) in &after {
        if !before.contains_key(id) {
            found.push(Change {
                what,
                change: "new",
                id: id.clone(),
                text: text.clone(),
                fields: BTreeMap::new(),
            });
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

fn differing(old: &Value, new: &Value) -> BTreeMap<String, [Value; 2]> {
    let (Value::Object(was), Value::Object(is)) = (old, new) else {
        return BTreeMap::from([("value".to_owned(), [old.clone(), new.clone()])]);
    };
    was.keys()
        .chain(is.keys())
        .filter(|field| was.get(*field) != is.get(*field))
        .map(|field| {
            let value =
                |of: &serde_json::Map<String, Value>| of.get(field).cloned().unwrap_or_default();
            (field.clone(), [value(was), value(is)])
        })
        .collect()
}
