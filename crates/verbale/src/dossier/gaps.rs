//! What the texts do not say.

use std::collections::BTreeSet;

use super::Chosen;
use crate::record::{Gap, LinkType, Modality, Record, RecordKind};

pub(super) fn gaps(chosen: &Chosen) -> Vec<Gap> {
    let texts = chosen.documents.len();
    let followed = followed(chosen);
    let own = |kind: RecordKind| {
        chosen
            .of_kind(kind)
            .filter(|record| record.relevance.is_none())
    };
    let mut gaps = Vec::new();
    let mut records = |code: &str, text: &str, found: Vec<&Record>| {
        if !found.is_empty() {
            gaps.push(Gap {
                code: code.to_owned(),
                text: text
                    .replace("{n}", &found.len().to_string())
                    .replace("{texts}", &texts.to_string()),
                records: found.iter().map(|record| record.id.clone()).collect(),
                documents: Vec::new(),
            });
        }
    };
    records(
        "no_ratification",
        "{n} signed, and nothing on ratification or entry into force in {texts} texts.",
        own(RecordKind::Agreement)
            .filter(|record| record.status.as_deref() == Some("signed"))
            .collect(),
    );
    records(
        "no_delivery",
        "{n} transfers told, and nothing on delivery in {texts} texts.",
        own(RecordKind::Transfer)
            .filter(|record| !record.negated && !has_step(record, &["delivered", "cancelled"]))
            .collect(),
    );
    records(
        "no_number",
        "{n} transfers without a number.",
        own(RecordKind::Transfer)
            .filter(|record| {
                !record.negated
                    && record
                        .item
                        .as_ref()
                        .is_some_and(|item| item.quantity.is_none())
            })
            .filter(|record| {
                !record
                    .conflicts
                    .iter()
                    .any(|conflict| conflict.field == "item.quantity")
            })
            .collect(),
    );
    records(
        "no_disbursement",
        "{n} promises of money, and nothing on payment in {texts} texts.",
        own(RecordKind::Commitment)
            .filter(|record| record.amount.is_some() && !record.negated && !paid(&followed, record))
            .collect(),
    );
    records(
        "total_unknown",
        "{n} counts of some, while the number of all is not stated.",
        chosen
            .all()
            .filter(|record| {
                record
                    .count
                    .as_ref()
                    .is_some_and(|count| count.total.is_none())
            })
            .collect(),
    );
    records(
        "no_outcome",
        "{n} announced, and no text tells whether it came about.",
        chosen
            .all()
            .filter(|record| {
                matches!(
                    record.kind,
                    RecordKind::Visit | RecordKind::Meeting | RecordKind::Event
                ) && matches!(
                    record.modality,
                    Some(Modality::Planned | Modality::Intended)
                )
            })
            .collect(),
    );
    records(
        "undated",
        "{n} happenings that no text dates.",
        chosen
            .all()
            .filter(|record| flagged(record, "undated"))
            .collect(),
    );
    records(
        "one_witness",
        "{n} records rest on one independent text.",
        chosen
            .all()
            .filter(|record| flagged(record, "one_witness"))
            .collect(),
    );
    gaps.extend(of_texts(chosen));
    gaps
}

fn flagged(record: &Record, code: &str) -> bool {
    record.flags.iter().any(|flag| flag.code == code)
}

fn has_step(record: &Record, steps: &[&str]) -> bool {
    record
        .steps
        .iter()
        .any(|step| steps.contains(&step.status.as_str()))
}

/// A payment stands in the promise itself or in a record that follows it.
fn paid(followed: &BTreeSet<&str>, promise: &Record) -> bool {
    has_step(promise, &["partly_fulfilled", "fulfilled"]) || followed.contains(promise.id.as_str())
}

/// Ids of the records that an event follows.
fn followed<'a>(chosen: &'a Chosen) -> BTreeSet<&'a str> {
    chosen
        .of_kind(RecordKind::Event)
        .flat_map(|record| &record.links)
        .filter(|link| link.link_type == LinkType::Follows)
        .map(|link| link.record.as_str())
        .collect()
}

fn of_texts(chosen: &Chosen) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let undated: Vec<String> = chosen
        .documents
        .iter()
        .filter(|document| document.published.is_none())
        .map(|document| document.id.clone())
        .collect();
    let gap = |code: &str, text: String, documents: Vec<String>| Gap {
        code: code.to_owned(),
        text,
        records: Vec::new(),
        documents,
    };
    if !undated.is_empty() {
        let text = format!(
            "{} of {} texts carry no date.",
            undated.len(),
            chosen.documents.len()
        );
        gaps.push(gap("undated_text", text, undated));
    }
    let word = super::word::whose_word(chosen);
    if word.third_party_outlets.is_empty() && !chosen.documents.is_empty() {
        let text = "No outlet of a third state is named.".to_owned();
        gaps.push(gap("no_third_party", text, Vec::new()));
    }
    for state in chosen.pair {
        let silent = !word
            .speakers
            .iter()
            .any(|speaker| speaker.side.as_deref() == Some(state));
        if silent && !chosen.documents.is_empty() {
            let name = super::name_of(state, chosen.lexicon);
            gaps.push(gap(
                "side_silent",
                format!("Nobody speaks for {name} in these texts."),
                Vec::new(),
            ));
        }
    }
    gaps
}
