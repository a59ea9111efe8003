//! Which columns people see in a table of facts, records, documents.

pub use verbale::record::word;
use verbale::record::{DocumentView, Fact, FactDate, Party, PartyType, Record};
use verbale::series::{By, Cell, Row};
use verbale_store::review::{Act, Numbered, Queued};
use verbale_store::{Change, RunEntry};

use crate::ask::NameRow;
use crate::listing::Column;

/// A date as people read it; vague dates look vague.
pub fn date(date: &FactDate) -> String {
    match (date.start, date.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} … {end}"),
        (Some(start), None) => format!("{start} …"),
        (None, Some(end)) => format!("… {end}"),
        (None, None) if !date.edtf.is_empty() => date.edtf.clone(),
        (None, None) => "undated".into(),
    }
}

/// The first eight characters of an id: enough for `show` and `why`.
pub fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

fn parties(parties: &[Party]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for party in parties {
        let name = if party.party_type == PartyType::Person {
            party.name.as_str()
        } else {
            party.id.as_str()
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" ")
}

/// Who acts on whom.
pub fn who(actor: &[Party], recipient: &[Party], mutual: bool) -> String {
    if mutual || recipient.is_empty() {
        parties(actor)
    } else {
        format!("{} → {}", parties(actor), parties(recipient))
    }
}

/// Columns of facts.
pub const FACT: &[Column<Fact>] = &[
    ("id", |fact| short(&fact.id)),
    ("kind", |fact| word(&fact.kind)),
    ("type", |fact| {
        fact.event_type
            .map_or_else(String::new, |event_type| word(&event_type))
    }),
    ("who", |fact| who(&fact.actor, &fact.recipient, fact.mutual)),
    ("modality", |fact| {
        format!(
            "{}{}",
            if fact.negated { "not " } else { "" },
            word(&fact.modality)
        )
    }),
    ("date", |fact| date(&fact.date)),
    ("on whose word", |fact| {
        fact.attribution.last().map_or_else(String::new, |voice| {
            if voice.name.is_empty() {
                "unnamed outlet".into()
            } else {
                voice.name.clone()
            }
        })
    }),
    ("words", |fact| fact.quote.clone()),
];

/// Columns of records.
pub const RECORD: &[Column<Record>] = &[
    ("id", |record| short(&record.id)),
    ("kind", |record| word(&record.kind)),
    ("who", |record| {
        if record.actor.is_empty() {
            record.parties.join(" ")
        } else {
            who(&record.actor, &record.recipient, record.mutual)
        }
    }),
    ("date", |record| {
        record.date.as_ref().map_or_else(|| "undated".into(), date)
    }),
    ("status", |record| {
        record
            .status
            .clone()
            .or_else(|| record.modality.map(|modality| word(&modality)))
            .unwrap_or_default()
    }),
    ("texts", |record| {
        format!("{} ({})", record.witnesses.len(), record.independent)
    }),
    ("what", |record| record.title.clone()),
    ("flags", |record| {
        record
            .flags
            .iter()
            .map(|flag| flag.code.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }),
];

/// Columns of documents.
pub const DOCUMENT: &[Column<DocumentView>] = &[
    ("id", |document| short(&document.id)),
    ("published", |document| {
        document.published.as_ref().map_or_else(
            || "undated".into(),
            |published| {
                published.instant.map_or_else(
                    || published.start.to_string(),
                    |instant| instant.to_string(),
                )
            },
        )
    }),
    ("outlet", |document| {
        document
            .outlet
            .clone()
            .unwrap_or_else(|| "not named".into())
    }),
    ("status", |document| document.status.clone()),
    ("copies", |document| document.copies.len().to_string()),
    ("name", |document| document.name.clone()),
];

/// Columns of names as written.
pub const NAME: &[Column<NameRow>] = &[
    ("entity", |row| row.entity.clone()),
    ("as written", |row| row.form.clone()),
    ("times", |row| row.times.to_string()),
    ("texts", |row| row.docs.join(", ")),
];

/// Columns of a panel; JSON and CSV have all of them.
pub const PANEL: &[Column<Row>] = &[
    ("first", |row| row.states[0].iso.clone()),
    ("second", |row| row.states[1].iso.clone()),
    ("period", |row| match (row.period, row.year) {
        (Some(period), _) => match period.by() {
            By::Day => period.first().to_string(),
            By::Month => period.first().strftime("%Y-%m").to_string(),
            By::Quarter => format!("{} Q{}", period.first().year(), period.quarter()),
            By::Year => period.first().year().to_string(),
        },
        (None, Some(year)) => format!("{year}, unplaced"),
        (None, None) => "unplaced".into(),
    }),
    ("records", |row| in_panel(row, "n")),
    ("verbal coop.", |row| in_panel(row, "n_quad1")),
    ("material coop.", |row| in_panel(row, "n_quad2")),
    ("verbal conflict", |row| in_panel(row, "n_quad3")),
    ("material conflict", |row| in_panel(row, "n_quad4")),
    ("planned", |row| in_panel(row, "n_planned")),
    ("denied", |row| in_panel(row, "n_denied")),
    ("goldstein", |row| in_panel(row, "goldstein_mean")),
    ("texts", |row| in_panel(row, "n_documents")),
    ("unplaced", |row| row.unplaced.to_string()),
];

fn in_panel(row: &Row, column: &str) -> String {
    let cells = row.cells();
    match cells.iter().find(|(name, _)| name == column) {
        Some((_, Cell::Text(text))) => text.clone(),
        Some((_, Cell::Integer(Some(number)))) => number.to_string(),
        Some((_, Cell::Number(Some(number)))) => format!("{number:.1}"),
        _ => String::new(),
    }
}

/// Columns of what differs between two states of a store.
pub const CHANGE: &[Column<Change>] = &[
    ("what", |change| change.what.into()),
    ("change", |change| change.change.into()),
    ("id", |change| short(&change.id)),
    ("fields", |change| {
        change.fields.keys().cloned().collect::<Vec<_>>().join(" ")
    }),
    ("words", |change| change.text.clone()),
];

/// Columns of runs.
pub const RUN: &[Column<RunEntry>] = &[
    ("id", |entry| entry.id.clone()),
    ("program", |entry| entry.run.program.clone()),
    ("data", |entry| short(&entry.run.data)),
    ("model", |entry| short(&entry.run.model)),
    ("began", |entry| entry.at.chars().take(19).collect()),
    ("coded", |entry| entry.coded.to_string()),
    ("current", |entry| {
        format!("{} texts, {} facts", entry.current, entry.facts)
    }),
];

/// Columns of facts that wait for a person.
pub const QUEUED: &[Column<Queued>] = &[
    ("id", |queued| short(&queued.fact.id)),
    ("weight", |queued| format!("{:.2}", queued.weight)),
    ("kind", |queued| word(&queued.fact.kind)),
    ("who", |queued| {
        let fact = &queued.fact;
        who(&fact.actor, &fact.recipient, fact.mutual)
    }),
    ("date", |queued| date(&queued.fact.date)),
    ("why look", |queued| queued.because.join("; ")),
    ("words", |queued| queued.fact.quote.clone()),
];

/// Columns of decisions.
pub const DECISION: &[Column<Numbered>] = &[
    ("n", |numbered| numbered.n.to_string()),
    ("decision", |numbered| {
        let undone = if numbered.undone { " (undone)" } else { "" };
        format!("{}{undone}", numbered.decision.act.word())
    }),
    ("by", |numbered| numbered.decision.by.clone()),
    ("at", |numbered| {
        let at = numbered.decision.at.to_string();
        at.chars().take(16).collect::<String>().replace('T', " ")
    }),
    ("facts", |numbered| match &numbered.decision.act {
        Act::Add {
            doc_name,
            start,
            end,
            ..
        } => format!("{doc_name}:{start}-{end}"),
        Act::Undo { undoes } => format!("decision {undoes}"),
        act => act
            .targets()
            .map(|target| short(&target.id))
            .collect::<Vec<_>>()
            .join(" "),
    }),
    ("sets", |numbered| sets(&numbered.decision.act)),
    ("note", |numbered| {
        numbered.decision.note.clone().unwrap_or_default()
    }),
];

/// What a decision sets, as people write it.
pub fn sets(act: &Act) -> String {
    match act {
        Act::Edit { set, .. } | Act::Add { set, .. } => set
            .iter()
            .map(|(field, value)| format!("{field}={}", shown(value)))
            .collect::<Vec<_>>()
            .join(" "),
        _ => String::new(),
    }
}

/// A value as people write it: parties by their ids, dates by their notation.
fn shown(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(","),
        Value::Object(fields) => ["id", "edtf"]
            .iter()
            .find_map(|name| fields.get(*name)?.as_str())
            .map_or_else(|| value.to_string(), String::from),
        Value::String(words) => words.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
