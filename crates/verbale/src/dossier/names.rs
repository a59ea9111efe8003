//! Names as written: which forms of the pair's and of contested names stand in which text.

use std::collections::{BTreeMap, BTreeSet};

use super::Chosen;
use crate::record::NameAsWritten;

/// How often a form stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    /// Document id.
    pub doc: String,
    /// Neutral key of a contested matter, or ISO alpha-3.
    pub entity: String,
    /// As written.
    pub form: String,
    /// How often.
    pub count: usize,
}

pub(super) fn names_as_written(chosen: &Chosen, names: &[Mentioned]) -> Vec<NameAsWritten> {
    let texts: BTreeSet<&str> = chosen
        .documents
        .iter()
        .map(|document| document.id.as_str())
        .collect();
    let contested: BTreeSet<&str> = chosen
        .lexicon
        .contested
        .iter()
        .map(|name| name.issue.as_str())
        .collect();
    let mut found: BTreeMap<(&str, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    for name in names {
        let ours =
            contested.contains(name.entity.as_str()) || chosen.pair.contains(&name.entity.as_str());
        if ours && texts.contains(name.doc.as_str()) {
            let docs = found.entry((&name.entity, &name.form)).or_default();
            *docs.entry(&name.doc).or_default() += name.count;
        }
    }
    found
        .into_iter()
        .map(|((entity, form), docs)| NameAsWritten {
            entity: entity.to_owned(),
            form: form.to_owned(),
            docs: docs
                .into_iter()
                .map(|(doc, count)| (doc.to_owned(), count))
                .collect(),
        })
        .collect()
}
