//! Agreements, commitments and transfers: one row a record.

use verbale::record::Record;

use super::super::Section;
use super::super::words::{amount, date, modality, names, who, witnesses, word};
use super::{Told, section};

pub(super) fn agreements(told: &Told) -> Section {
    section(
        "agreements",
        "Agreements",
        told.table(
            "agreements",
            vec![
                "title",
                "type",
                "fields",
                "steps",
                "signed by",
                "last heard",
                "told by",
            ],
            &told.dossier.agreements,
            |record| {
                let instrument = record.instrument.as_ref();
                let steps: Vec<String> = record
                    .steps
                    .iter()
                    .map(|step| {
                        format!(
                            "{} {}",
                            step.status.replace('_', " "),
                            date(Some(&step.date))
                        )
                    })
                    .collect();
                vec![
                    instrument
                        .and_then(|instrument| instrument.title.clone())
                        .unwrap_or_else(|| record.title.clone()),
                    instrument
                        .map(|instrument| word(&instrument.instrument_type))
                        .unwrap_or_default(),
                    fields(record),
                    steps.join("; "),
                    names(&record.signatories),
                    heard(record),
                    witnesses(record),
                ]
            },
        ),
    )
}

pub(super) fn fields(record: &Record) -> String {
    record
        .sectors
        .iter()
        .map(|sector| sector.replace('_', " "))
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn heard(record: &Record) -> String {
    record
        .last_heard
        .map_or_else(|| "undated text".into(), |day| day.to_string())
}

pub(super) fn commitments(told: &Told) -> Section {
    section(
        "commitments",
        "Commitments",
        told.table(
            "commitments",
            vec![
                "who to whom",
                "what",
                "amount",
                "status",
                "modality",
                "date",
                "last heard",
                "told by",
            ],
            &told.dossier.commitments,
            |record| {
                vec![
                    who(record),
                    record.title.clone(),
                    amount(record.amount.as_ref()),
                    record
                        .status
                        .as_deref()
                        .unwrap_or_default()
                        .replace('_', " "),
                    modality(record),
                    date(record.date.as_ref()),
                    heard(record),
                    witnesses(record),
                ]
            },
        ),
    )
}

pub(super) fn transfers(told: &Told) -> Section {
    section(
        "transfers",
        "Defence and arms",
        told.table(
            "transfers",
            vec![
                "designation",
                "supplier",
                "recipient",
                "ordered",
                "delivered",
                "status",
                "date",
                "told by",
            ],
            &told.dossier.transfers,
            |record| {
                let item = record.item.as_ref();
                let delivered = record.steps.iter().find(|step| step.status == "delivered");
                vec![
                    item.map_or_else(|| record.title.clone(), |item| item.designation.clone()),
                    names(&record.actor),
                    names(&record.recipient),
                    item.and_then(|item| item.quantity)
                        .map(|quantity| quantity.to_string())
                        .unwrap_or_default(),
                    delivered
                        .map(|step| date(Some(&step.date)))
                        .unwrap_or_default(),
                    record.status.clone().unwrap_or_default(),
                    date(record.date.as_ref()),
                    witnesses(record),
                ]
            },
        ),
    )
}
