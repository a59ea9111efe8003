//! The columns of records.

use verbale::record::{Record, word};

use super::ids;
use crate::table::{Field, Kind, Value};

pub(super) const RECORDS: &[Field<Record>] = &[
    ("id", Kind::Text, "id of the record", |record| {
        record.id.as_str().into()
    }),
    ("kind", Kind::Text, "what it is", |record| {
        word(&record.kind).into()
    }),
    ("title", Kind::Text, "a short label", |record| {
        record.title.as_str().into()
    }),
    (
        "parties",
        Kind::Texts,
        "ids of states and organisations",
        |record| record.parties.clone().into(),
    ),
    ("actor", Kind::Texts, "ids of those who act", |record| {
        ids(&record.actor)
    }),
    (
        "recipient",
        Kind::Texts,
        "ids of those acted upon",
        |record| ids(&record.recipient),
    ),
    (
        "mutual",
        Kind::Truth,
        "whether all act on each other",
        |record| record.mutual.into(),
    ),
    (
        "negated",
        Kind::Truth,
        "whether it is said not to be",
        |record| record.negated.into(),
    ),
    (
        "modality",
        Kind::Text,
        "strongest modality of its facts",
        |record| record.modality.map(|modality| word(&modality)).into(),
    ),
    ("event_type", Kind::Text, "PLOVER type", |record| {
        record.event_type.map(|event_type| word(&event_type)).into()
    }),
    (
        "cameo",
        Kind::Text,
        "CAMEO code, a text of two to four digits",
        |record| record.cameo.clone().into(),
    ),
    ("date_start", Kind::Day, "first possible day", |record| {
        record.date.as_ref().and_then(|date| date.start).into()
    }),
    ("date_end", Kind::Day, "last possible day", |record| {
        record.date.as_ref().and_then(|date| date.end).into()
    }),
    ("status", Kind::Text, "where in its life it is", |record| {
        record.status.clone().into()
    }),
    ("sectors", Kind::Texts, "fields", |record| {
        record.sectors.clone().into()
    }),
    (
        "issue",
        Kind::Text,
        "contested matter by neutral key",
        |record| record.issue.clone().into(),
    ),
    (
        "person",
        Kind::Text,
        "the person, for people and visits",
        |record| {
            record
                .person
                .as_ref()
                .map(|person| person.person.name.clone())
                .into()
        },
    ),
    ("facts", Kind::Texts, "ids of its facts", |record| {
        record.facts.clone().into()
    }),
    (
        "witnesses",
        Kind::Texts,
        "ids of the texts that tell it",
        |record| {
            Value::Texts(
                record
                    .witnesses
                    .iter()
                    .map(|witness| witness.doc.clone())
                    .collect(),
            )
        },
    ),
    (
        "independent",
        Kind::Integer,
        "texts that tell it, copies counted once",
        |record| record.independent.into(),
    ),
    (
        "voices",
        Kind::Integer,
        "distinct original speakers",
        |record| record.voices.into(),
    ),
    (
        "conflicts",
        Kind::Texts,
        "fields on which its texts disagree",
        |record| {
            Value::Texts(
                record
                    .conflicts
                    .iter()
                    .map(|conflict| conflict.field.clone())
                    .collect(),
            )
        },
    ),
    ("flags", Kind::Texts, "warnings", |record| {
        Value::Texts(record.flags.iter().map(|flag| flag.code.clone()).collect())
    }),
    (
        "last_heard",
        Kind::Day,
        "day of the latest text that speaks of it",
        |record| record.last_heard.into(),
    ),
];
