//! What a person should look at next: what would change most if it were wrong.

use std::collections::BTreeMap;

use serde::Serialize;
use verbale::record::{Fact, LinkType, Record, RecordKind};

/// A fact that nobody has decided on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Queued {
    /// The fact.
    pub fact: Fact,
    /// The records that rest on it.
    pub records: Vec<String>,
    /// How much would change if it were wrong, times how likely that is; only the order means something.
    pub weight: f64,
    /// What would change, in words.
    pub because: Vec<String>,
}

/// The queue of undecided facts, the weightiest first. `records` are those made of these facts.
pub fn queue(facts: &[Fact], records: &[Record]) -> Vec<Queued> {
    let mut homes: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records {
        for fact in &record.facts {
            homes.entry(fact).or_default().push(record);
        }
    }
    let mut queued: Vec<Queued> = facts
        .iter()
        .filter(|fact| fact.review.is_none())
        .map(|fact| {
            let homes = homes.get(fact.id.as_str()).map_or(&[][..], Vec::as_slice);
            let mut because = Vec::new();
            let change: f64 = homes
                .iter()
                .map(|record| change(fact, record, &mut because))
                .sum();
            // A fact of which the program is sure may be wrong all the same.
            let doubt = (1.0 - fact.confidence).clamp(0.05, 1.0);
            Queued {
                fact: fact.clone(),
                records: homes.iter().map(|record| record.id.clone()).collect(),
                weight: (change * doubt * 1000.0).round() / 1000.0,
                because,
            }
        })
        .collect();
    queued.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| {
            (&a.fact.doc, a.fact.span, &a.fact.id).cmp(&(&b.fact.doc, b.fact.span, &b.fact.id))
        })
    });
    queued
}

/// How much of a record would change without the fact.
fn change(fact: &Fact, record: &Record, because: &mut Vec<String>) -> f64 {
    let mut change = 1.0 / record.facts.len() as f64;
    // An office beside a name is read in every text anew: the least of what can change.
    let worth = if record.kind == RecordKind::Person {
        0.2
    } else {
        1.0
    };
    if record.facts.len() == 1 {
        because.push(format!("the only fact of “{}”", record.title));
    }
    let conflicts = record.conflicts.iter().filter(|conflict| {
        conflict
            .values
            .iter()
            .any(|value| value.facts.contains(&fact.id))
    });
    for conflict in conflicts {
        change += 1.0;
        because.push(format!("one side of a conflict on {}", conflict.field));
    }
    let links = record
        .links
        .iter()
        .filter(|link| link.facts.contains(&fact.id));
    for link in links {
        change += match link.link_type {
            LinkType::PossibleSame | LinkType::Tension => 0.5,
            _ => 0.2,
        };
        because.push(format!(
            "ties two records ({})",
            verbale::record::word(&link.link_type)
        ));
    }
    if record
        .date
        .as_ref()
        .is_some_and(|date| date.from.contains(&fact.id))
    {
        change += 0.5;
        because.push("dates its record".into());
    }
    for flag in &fact.flags {
        because.push(flag.replace('_', " "));
    }
    change * worth
}
