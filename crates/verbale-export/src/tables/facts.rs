//! The columns of facts.

use verbale::record::{Amount, Fact, word};

use super::{ids, names, states};
use crate::table::{Field, Kind, Value};

pub(super) const FACTS: &[Field<Fact>] = &[
    ("id", Kind::Text, "id of the fact", |fact| {
        fact.id.as_str().into()
    }),
    ("doc", Kind::Text, "id of the text", |fact| {
        fact.doc.as_str().into()
    }),
    (
        "doc_name",
        Kind::Text,
        "file name or title of the text",
        |fact| fact.doc_name.as_str().into(),
    ),
    ("kind", Kind::Text, "sort of statement", |fact| {
        word(&fact.kind).into()
    }),
    ("quote", Kind::Text, "the exact words", |fact| {
        fact.quote.as_str().into()
    }),
    ("start", Kind::Integer, "first byte of the words", |fact| {
        fact.span.start.into()
    }),
    ("end", Kind::Integer, "one past the last byte", |fact| {
        fact.span.end.into()
    }),
    (
        "char_start",
        Kind::Integer,
        "first character of the words",
        |fact| fact.char_start.into(),
    ),
    (
        "char_end",
        Kind::Integer,
        "one past the last character",
        |fact| fact.char_end.into(),
    ),
    ("event_type", Kind::Text, "PLOVER type", |fact| {
        fact.event_type.map(|event_type| word(&event_type)).into()
    }),
    ("mode", Kind::Texts, "PLOVER modes", |fact| {
        fact.mode.clone().into()
    }),
    ("contexts", Kind::Texts, "PLOVER contexts", |fact| {
        fact.contexts.clone().into()
    }),
    (
        "cameo",
        Kind::Text,
        "CAMEO code, a text of two to four digits",
        |fact| fact.cameo.clone().into(),
    ),
    (
        "goldstein",
        Kind::Number,
        "Goldstein score as GDELT prints it",
        |fact| fact.goldstein.into(),
    ),
    ("plover_score", Kind::Number, "PLOVER's score", |fact| {
        fact.plover_score.into()
    }),
    ("quad", Kind::Integer, "quad class, 1 to 4", |fact| {
        fact.quad.map(usize::from).into()
    }),
    (
        "actor",
        Kind::Texts,
        "ids of those who act; all parties of a mutual act",
        |fact| ids(&fact.actor),
    ),
    (
        "actor_state",
        Kind::Texts,
        "states that act, by ISO alpha-3",
        |fact| states(&fact.actor),
    ),
    (
        "actor_name",
        Kind::Texts,
        "names of those who act",
        |fact| names(&fact.actor),
    ),
    (
        "recipient",
        Kind::Texts,
        "ids of those acted upon",
        |fact| ids(&fact.recipient),
    ),
    (
        "recipient_state",
        Kind::Texts,
        "states acted upon, by ISO alpha-3",
        |fact| states(&fact.recipient),
    ),
    (
        "recipient_name",
        Kind::Texts,
        "names of those acted upon",
        |fact| names(&fact.recipient),
    ),
    (
        "mutual",
        Kind::Truth,
        "whether all actors act on each other",
        |fact| fact.mutual.into(),
    ),
    (
        "negated",
        Kind::Truth,
        "whether the act is said not to be",
        |fact| fact.negated.into(),
    ),
    ("modality", Kind::Text, "in which mode it is said", |fact| {
        word(&fact.modality).into()
    }),
    ("date_start", Kind::Day, "first possible day", |fact| {
        fact.date.start.into()
    }),
    ("date_end", Kind::Day, "last possible day", |fact| {
        fact.date.end.into()
    }),
    (
        "date_edtf",
        Kind::Text,
        "the date in Extended Date/Time Format",
        |fact| {
            Some(fact.date.edtf.clone())
                .filter(|edtf| !edtf.is_empty())
                .into()
        },
    ),
    (
        "date_granularity",
        Kind::Text,
        "how fine the date is",
        |fact| word(&fact.date.granularity).into(),
    ),
    ("date_basis", Kind::Text, "how the date is known", |fact| {
        word(&fact.date.basis).into()
    }),
    (
        "voices",
        Kind::Texts,
        "on whose word, from the outside in; an unnamed narrator is empty",
        |fact| {
            Value::Texts(
                fact.attribution
                    .iter()
                    .map(|voice| voice.name.clone())
                    .collect(),
            )
        },
    ),
    (
        "voice_kind",
        Kind::Text,
        "what kind of voice the innermost one is",
        |fact| {
            fact.attribution
                .last()
                .map(|voice| word(&voice.kind))
                .into()
        },
    ),
    (
        "voice_side",
        Kind::Text,
        "state that the innermost voice speaks for",
        |fact| {
            fact.attribution
                .last()
                .and_then(|voice| voice.side.clone())
                .into()
        },
    ),
    (
        "voice_official",
        Kind::Truth,
        "whether the innermost voice holds an office",
        |fact| {
            fact.attribution
                .last()
                .and_then(|voice| voice.official)
                .into()
        },
    ),
    ("sectors", Kind::Texts, "fields of the act", |fact| {
        fact.sectors.clone().into()
    }),
    ("about", Kind::Texts, "topics as written", |fact| {
        fact.about.clone().into()
    }),
    ("body", Kind::Texts, "organisations in which", |fact| {
        fact.body.clone().into()
    }),
    (
        "issue",
        Kind::Text,
        "contested matter by neutral key",
        |fact| fact.issue.clone().into(),
    ),
    (
        "beneficiary",
        Kind::Texts,
        "ids of those it is for",
        |fact| ids(&fact.beneficiary),
    ),
    ("stance", Kind::Text, "for or against", |fact| {
        fact.stance.map(|stance| word(&stance)).into()
    }),
    ("instrument_type", Kind::Text, "sort of paper", |fact| {
        fact.instrument
            .as_ref()
            .map(|paper| word(&paper.instrument_type))
            .into()
    }),
    (
        "instrument_status",
        Kind::Text,
        "status of the paper",
        |fact| {
            fact.instrument
                .as_ref()
                .map(|paper| paper.status.clone())
                .into()
        },
    ),
    ("amount_value", Kind::Number, "sum or measure", |fact| {
        fact.amount.as_ref().map(|amount| amount.value).into()
    }),
    (
        "amount_unit",
        Kind::Text,
        "currency (ISO 4217) or unit of the amount",
        |fact| {
            let unit = |amount: &Amount| amount.currency.clone().or(amount.unit.clone());
            fact.amount.as_ref().and_then(unit).into()
        },
    ),
    ("item", Kind::Text, "arms or goods", |fact| {
        fact.item
            .as_ref()
            .map(|item| item.designation.clone())
            .into()
    }),
    (
        "item_quantity",
        Kind::Number,
        "how many; empty where the text gives no number",
        |fact| fact.item.as_ref().and_then(|item| item.quantity).into(),
    ),
    ("location", Kind::Text, "where, as named", |fact| {
        fact.location
            .as_ref()
            .map(|place| place.name.clone())
            .into()
    }),
    (
        "location_country",
        Kind::Text,
        "ISO alpha-3 of the place",
        |fact| {
            fact.location
                .as_ref()
                .and_then(|place| place.country.clone())
                .into()
        },
    ),
    (
        "repeats",
        Kind::Text,
        "fact whose words these repeat",
        |fact| fact.repeats.clone().into(),
    ),
    (
        "part_of",
        Kind::Text,
        "package this is a member of",
        |fact| fact.part_of.clone().into(),
    ),
    ("rule", Kind::Text, "what coded it", |fact| {
        fact.rule.as_str().into()
    }),
    (
        "confidence",
        Kind::Number,
        "how far to trust it, 0 to 1",
        |fact| fact.confidence.into(),
    ),
    ("flags", Kind::Texts, "warnings", |fact| {
        fact.flags.clone().into()
    }),
];
