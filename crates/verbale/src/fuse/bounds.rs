//! How old an undated text can be at most: it tells of things that other texts date.

use std::collections::BTreeMap;

use super::copies::DocumentInfo;
use super::window::Window;
use crate::record::{Fact, Modality, NotBefore, Phase, Record, RecordKind};

/// For each text without a date that tells of something dated: the day before which it cannot have been written.
/// The bound is no date of the text and never becomes one.
pub fn not_before(
    facts: &[Fact],
    records: &[Record],
    documents: &[DocumentInfo],
) -> BTreeMap<String, NotBefore> {
    let by_id: BTreeMap<&str, &Fact> = facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    let mut told: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records {
        for witness in &record.witnesses {
            told.entry(&witness.doc).or_default().push(record);
        }
    }
    let mut bounds: BTreeMap<String, NotBefore> = BTreeMap::new();
    for document in documents
        .iter()
        .filter(|document| document.published.is_none())
    {
        let here = told.get(document.id.as_str()).into_iter().flatten();
        let best = here
            .filter_map(|record| bound(&document.id, record, &by_id))
            .max_by(|a, b| (a.date, &b.basis).cmp(&(b.date, &a.basis)));
        if let Some(best) = best {
            bounds.insert(document.id.clone(), best);
        }
    }
    bounds
}

/// The bound that one record gives to one text.
fn bound(doc: &str, record: &Record, facts: &BTreeMap<&str, &Fact>) -> Option<NotBefore> {
    if !bounds_texts(record.kind) || !begins(record) {
        return None;
    }
    let date = record.date.as_ref()?;
    let fused = Window {
        start: date.start,
        end: date.end,
        ..Window::default()
    };
    let mine: Vec<&&Fact> = record
        .facts
        .iter()
        .filter_map(|id| facts.get(id.as_str()))
        .filter(|fact| fact.doc == doc && fact.modality == Modality::Asserted && !fact.negated)
        .collect();
    // The text's own words about the day narrow what the others leave open.
    let own = mine
        .iter()
        .filter_map(|fact| fused.meet(&Window::of(&fact.date, None)))
        .filter_map(|window| window.start)
        .max()?;
    let others: Vec<String> = if date.from.is_empty() {
        record.facts.clone()
    } else {
        date.from.clone()
    };
    let mut named: Vec<String> = mine
        .iter()
        .map(|fact| fact.id.clone())
        .chain(others)
        .collect();
    named.sort();
    named.dedup();
    let lent = named
        .iter()
        .any(|id| facts.get(id.as_str()).is_some_and(|fact| fact.doc != doc));
    let whose = if lent {
        "which other texts date"
    } else {
        "which it dates"
    };
    Some(NotBefore {
        date: own,
        basis: format!("It tells of “{}”, {whose} {}.", record.title, date.edtf),
        facts: named,
    })
}

/// Only a beginning dates who tells of a relation, and only one on which the texts agree: "are partners now" bounds nobody who
/// calls them partners elsewhere.
fn begins(record: &Record) -> bool {
    record.relation.as_ref().is_none_or(|relation| {
        !matches!(relation.phase, Phase::Held) && !record.is_beginning_disputed()
    })
}

/// Whether things of this kind happen on a day and are told afterwards: only they tell how old a text can be.
pub fn bounds_texts(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Visit
            | RecordKind::Meeting
            | RecordKind::Agreement
            | RecordKind::Transfer
            | RecordKind::Event
            | RecordKind::Relation
    )
}
