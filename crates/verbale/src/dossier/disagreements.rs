//! Where the texts disagree: values within a record, tensions between records, and what stays ambiguous.

use std::collections::{BTreeMap, BTreeSet};

use super::Chosen;
use crate::record::{ConflictView, LinkType, Record};

pub(super) fn disagreements(chosen: &Chosen) -> Vec<ConflictView> {
    let mut views: Vec<ConflictView> = Vec::new();
    for record in &chosen.records {
        for conflict in &record.conflicts {
            let values: Vec<&str> = conflict
                .values
                .iter()
                .map(|value| value.value.as_str())
                .collect();
            views.push(ConflictView {
                kind: "values".to_owned(),
                text: format!(
                    "{}: {} – {}.",
                    record.title,
                    field(&conflict.field),
                    values.join(" against ")
                ),
                conflict: Some(conflict.clone()),
                records: vec![record.id.clone()],
                facts: conflict
                    .values
                    .iter()
                    .flat_map(|value| value.facts.clone())
                    .collect(),
            });
        }
    }
    views.extend(tensions(chosen));
    for record in &chosen.records {
        for flag in record.flags.iter().filter(|flag| ambiguous(&flag.code)) {
            views.push(ConflictView {
                kind: "ambiguous".to_owned(),
                text: format!("{}: {}", record.title, flag.text),
                conflict: None,
                records: vec![record.id.clone()],
                facts: flag.facts.clone(),
            });
        }
    }
    views
}

/// Flags that a reader must weigh, not only know.
fn ambiguous(code: &str) -> bool {
    matches!(code, "ambiguous_date" | "year_fused" | "level_tension")
}

/// Each pair of records once, whichever of them holds the tie.
fn tensions(chosen: &Chosen) -> Vec<ConflictView> {
    let mut seen: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    let by_id: BTreeMap<&str, &Record> = chosen
        .records
        .iter()
        .map(|record| (record.id.as_str(), record.as_ref()))
        .collect();
    let mut views = Vec::new();
    for record in &chosen.records {
        for link in record
            .links
            .iter()
            .filter(|link| link.link_type == LinkType::Tension)
        {
            let Some(other) = by_id.get(link.record.as_str()) else {
                continue;
            };
            if seen.insert(BTreeSet::from([record.id.as_str(), other.id.as_str()])) {
                views.push(ConflictView {
                    kind: "tension".to_owned(),
                    text: format!("{} stands against {}.", told(record), told(other)),
                    conflict: None,
                    records: vec![record.id.clone(), other.id.clone()],
                    facts: link.facts.clone(),
                });
            }
        }
    }
    views
}

fn told(record: &Record) -> String {
    let denied = if record.negated { ", denied" } else { "" };
    let day = record
        .date
        .as_ref()
        .map(|date| date.edtf.as_str())
        .filter(|edtf| !edtf.is_empty());
    format!("“{}” ({}{denied})", record.title, day.unwrap_or("undated"))
}

/// A field's name as people say it.
fn field(name: &str) -> &str {
    match name {
        "date" => "when",
        "date.duration_days" => "how many days",
        "item.quantity" => "how many",
        "amount" => "how much",
        "count" => "number of papers",
        "visit.grade" => "rank of the visit",
        "instrument.type" => "sort of paper",
        "relation.start" => "since when",
        other => other,
    }
}
