//! The texts as the contract prints them, with their copies and, for undated ones, how old they can be at most.

use std::collections::BTreeMap;

use verbale_read::{Appearance, Document};

use crate::fuse::{DocumentInfo, FusionRules, copy_groups, not_before};
use crate::record::{DocumentView, Fact, Record};

/// The views of documents, in the order given. `appearances` are by document id.
pub fn document_views(
    documents: &[Document],
    appearances: &BTreeMap<String, Vec<Appearance>>,
    facts: &[Fact],
    records: &[Record],
    rules: &FusionRules,
) -> Vec<DocumentView> {
    let infos: Vec<DocumentInfo> = documents
        .iter()
        .map(|document| DocumentInfo::of(document, rules))
        .collect();
    views_in_groups(
        documents,
        appearances,
        facts,
        records,
        &copy_groups(&infos, rules),
    )
}

/// The same, where it is known which texts are copies; `groups` may hold more texts than are wanted.
pub fn views_in_groups(
    documents: &[Document],
    appearances: &BTreeMap<String, Vec<Appearance>>,
    facts: &[Fact],
    records: &[Record],
    groups: &BTreeMap<String, String>,
) -> Vec<DocumentView> {
    let infos: Vec<DocumentInfo> = documents.iter().map(DocumentInfo::without_runs).collect();
    let mut alike: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    for (id, group) in groups {
        alike.entry(group).or_default().push(id);
    }
    let mut bounds = not_before(facts, records, &infos);
    documents
        .iter()
        .map(|document| DocumentView {
            id: document.id.clone(),
            name: document.name.clone(),
            sha256: document.sha256.clone(),
            title: document.title.clone(),
            published: document.published.clone(),
            outlet: document.outlet.as_ref().map(|outlet| outlet.value.clone()),
            author: document.author.as_ref().map(|author| author.value.clone()),
            url: document.url.clone(),
            lang: document.lang.clone(),
            basis: document.basis.clone(),
            appearances: appearances.get(&document.id).cloned().unwrap_or_default(),
            copies: groups
                .get(&document.id)
                .and_then(|group| alike.get(group))
                .into_iter()
                .flatten()
                .filter(|id| ***id != document.id)
                .map(|id| (*id).clone())
                .collect(),
            furniture: document.furniture.clone(),
            not_before: bounds.remove(&document.id),
            status: status(document).to_owned(),
        })
        .collect()
}

/// `empty`, `not_english` or `ok`, which alone is coded; texts that could not be read have no document.
pub fn status(document: &Document) -> &'static str {
    if document.is_empty() {
        "empty"
    } else if document.lang != "en" && document.lang != "und" {
        "not_english"
    } else {
        "ok"
    }
}
