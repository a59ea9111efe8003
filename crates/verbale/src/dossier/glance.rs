//! At a glance: a few sentences made of fields, each with its facts, and what the texts are silent on.

use super::{Chosen, name_of};
use crate::record::{Glance, InstrumentType, Modality, Record, RecordKind, RelationType};

/// How many records of one ledger get a sentence.
const MOST: usize = 3;

pub(super) fn glance(chosen: &Chosen) -> Vec<Glance> {
    let mut lines: Vec<Glance> = Vec::new();
    lines.extend(relations(chosen));
    lines.extend(
        best(chosen, RecordKind::Agreement, weighty_paper)
            .iter()
            .filter_map(|record| agreement(record)),
    );
    lines.extend(
        best(chosen, RecordKind::Visit, |record| day(record).is_some())
            .iter()
            .map(|record| visit(record)),
    );
    lines.extend(
        best(chosen, RecordKind::Transfer, |record| !record.negated)
            .iter()
            .filter_map(|record| transfer(record)),
    );
    lines.extend(
        best(chosen, RecordKind::Commitment, |record| {
            record.amount.is_some() && !record.negated
        })
        .iter()
        .filter_map(|record| commitment(record)),
    );
    lines.extend(positions(chosen));
    lines.extend(silence(chosen));
    lines
}

/// The records of a ledger that most independent texts tell, the latest first among equals.
fn best<'a>(
    chosen: &'a Chosen,
    kind: RecordKind,
    fit: impl Fn(&Record) -> bool,
) -> Vec<&'a Record> {
    let mut records: Vec<&Record> = chosen
        .of_kind(kind)
        .filter(|record| record.relevance.is_none() && fit(record))
        .collect();
    records.sort_by_key(|record| {
        let day = record.date.as_ref().and_then(|date| date.start);
        (
            std::cmp::Reverse((record.independent, day)),
            record.id.clone(),
        )
    });
    records.truncate(MOST);
    records
}

fn line(record: &Record, text: String) -> Glance {
    Glance {
        text,
        facts: record.facts.clone(),
    }
}

fn day(record: &Record) -> Option<String> {
    let date = record.date.as_ref()?;
    date.start.or(date.end)?;
    Some(date.edtf.clone()).filter(|edtf| !edtf.is_empty())
}

fn when(record: &Record) -> String {
    day(record).map_or_else(|| "undated".to_owned(), |day| day.to_string())
}

fn relations(chosen: &Chosen) -> Vec<Glance> {
    chosen
        .of_kind(RecordKind::Relation)
        .filter(|record| record.relevance.is_none())
        .filter_map(|record| {
            let relation = record.relation.as_ref()?;
            let name = match relation.relation_type {
                RelationType::DiplomaticRelations => "Diplomatic relations",
                RelationType::StrategicPartnership => "Strategic partnership",
                _ => return None,
            };
            let text = match (&relation.phase, day(record)) {
                (crate::record::Phase::Established, Some(day))
                    if record.is_beginning_disputed() =>
                {
                    format!("{name}: established {day}; the texts disagree on when.")
                }
                (crate::record::Phase::Established, Some(day)) => {
                    format!("{name}: established {day}.")
                }
                (phase, day) => {
                    let phase = crate::record::word(phase);
                    format!(
                        "{name}: {phase}{}.",
                        day.map(|day| format!(", {day}")).unwrap_or_default()
                    )
                }
            };
            Some(line(record, text))
        })
        .collect()
}

/// Papers with a day, and undated ones of a sort that states give a name.
fn weighty_paper(record: &Record) -> bool {
    use InstrumentType::{Declaration, Memorandum, Protocol, Treaty};
    day(record).is_some()
        || record.instrument.as_ref().is_some_and(|paper| {
            matches!(
                paper.instrument_type,
                Declaration | Memorandum | Protocol | Treaty
            )
        })
}

fn agreement(record: &Record) -> Option<Glance> {
    let paper = record.instrument.as_ref()?;
    let status = record
        .status
        .as_deref()
        .unwrap_or(&paper.status)
        .replace('_', " ");
    Some(line(
        record,
        format!("“{}”: {status}, {}.", record.title, when(record)),
    ))
}

fn visit(record: &Record) -> Glance {
    let planned = match record.modality {
        Some(Modality::Asserted | Modality::Habitual) | None => String::new(),
        Some(other) => format!(" ({})", crate::record::word(&other)),
    };
    line(
        record,
        format!("Visit: {}, {}{planned}.", record.title, when(record)),
    )
}

fn transfer(record: &Record) -> Option<Glance> {
    let item = record.item.as_ref()?;
    let number = match item.quantity {
        Some(number) => format!("{number}"),
        None if record
            .conflicts
            .iter()
            .any(|conflict| conflict.field == "item.quantity") =>
        {
            "numbers differ".to_owned()
        }
        None => "no number given".to_owned(),
    };
    let status = record.status.as_deref().unwrap_or("unknown");
    let status = if status == "unknown" {
        String::new()
    } else {
        format!(", {status}")
    };
    Some(line(
        record,
        format!("Transfer: {}, {number}{status}.", record.title),
    ))
}

fn commitment(record: &Record) -> Option<Glance> {
    let amount = record.amount.as_ref()?;
    let names = |parties: &[crate::record::Party]| -> String {
        let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
        names.join(" and ")
    };
    let to = if record.recipient.is_empty() {
        String::new()
    } else {
        format!(" to {}", names(&record.recipient))
    };
    let status = record
        .status
        .as_deref()
        .unwrap_or("unknown")
        .replace('_', " ");
    Some(line(
        record,
        format!("{}: {}{to}, {status}.", amount.text, names(&record.actor)),
    ))
}

fn positions(chosen: &Chosen) -> Vec<Glance> {
    chosen
        .of_kind(RecordKind::Position)
        .filter(|record| record.relevance.is_none() && record.issue.is_some() && !record.negated)
        .map(|record| {
            let holders: Vec<&str> = record
                .actor
                .iter()
                .map(|party| party.name.as_str())
                .collect();
            let stance = record
                .stance
                .map_or_else(|| "on".to_owned(), |stance| crate::record::word(&stance));
            let whom: Vec<String> = record
                .beneficiary
                .iter()
                .map(|party| name_of(&party.id, chosen.lexicon))
                .collect();
            let whom = if whom.is_empty() {
                String::new()
            } else {
                format!(", for {}", whom.join(" and "))
            };
            let issue = record.issue.clone().unwrap_or_default().replace('_', " ");
            let texts = record.witnesses.len();
            let plural = if texts == 1 { "" } else { "s" };
            line(
                record,
                format!(
                    "{}, {issue}: {stance}{whom} ({texts} text{plural}).",
                    holders.join(" and ")
                ),
            )
        })
        .collect()
}

/// The silence that a desk asks about first, as far as it is one.
fn silence(chosen: &Chosen) -> Option<Glance> {
    let told = |kind: RecordKind, steps: &[&str]| {
        chosen
            .of_kind(kind)
            .flat_map(|record| &record.steps)
            .any(|step| steps.contains(&step.status.as_str()))
    };
    let paid = chosen.of_kind(RecordKind::Event).any(|record| {
        record.event_type == Some(crate::record::EventType::Aid)
            && record.amount.is_some()
            && !record.negated
    });
    let silent: Vec<&str> = [
        (
            "ratification",
            told(RecordKind::Agreement, &["ratified", "in_force"]),
        ),
        ("delivery", told(RecordKind::Transfer, &["delivered"])),
        (
            "disbursement",
            paid || told(RecordKind::Commitment, &["partly_fulfilled", "fulfilled"]),
        ),
    ]
    .into_iter()
    .filter_map(|(matter, told)| (!told).then_some(matter))
    .collect();
    (!silent.is_empty() && !chosen.records.is_empty()).then(|| Glance {
        text: format!("Nothing in these texts on {}.", silent.join(", ")),
        facts: Vec::new(),
    })
}
