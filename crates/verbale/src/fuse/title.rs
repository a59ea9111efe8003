//! A short label for a record, made of the names and words of its facts.

use super::identity::person_of;
use crate::record::{Fact, Party, Record, RecordKind, RelationType};

const LONGEST: usize = 96;

/// The label. Names come from the texts, the rest are the field's words.
pub(crate) fn title(record: &Record, first: &Fact) -> String {
    let label = match record.kind {
        RecordKind::Visit => {
            let visitor = record
                .person
                .as_ref()
                .map(|person| person.person.name.clone())
                .unwrap_or_else(|| names(&record.actor));
            let hosts = if record.recipient.is_empty() {
                record
                    .visit
                    .iter()
                    .flat_map(|visit| &visit.host)
                    .map(|host| host.name.clone())
                    .collect()
            } else {
                names(&record.recipient)
            };
            format!("{visitor} to {hosts}")
        }
        RecordKind::Agreement => record
            .instrument
            .as_ref()
            .and_then(|paper| paper.title.clone())
            .unwrap_or_else(|| first.quote.clone()),
        RecordKind::Position => match &record.issue {
            Some(issue) => format!("{} on {}", names(&record.actor), issue.replace('_', " ")),
            None => first.quote.clone(),
        },
        RecordKind::Relation => relation(record).unwrap_or_else(|| first.quote.clone()),
        RecordKind::Transfer => match &record.item {
            Some(item) => format!(
                "{}: {} to {}",
                item.designation,
                names(&record.actor),
                names(&record.recipient)
            ),
            None => first.quote.clone(),
        },
        RecordKind::Person => record
            .person
            .as_ref()
            .map_or_else(|| first.quote.clone(), |person| person.person.name.clone()),
        _ => first.quote.clone(),
    };
    shortened(&label)
}

fn relation(record: &Record) -> Option<String> {
    let relation = record.relation.as_ref()?;
    let between = names(
        &record
            .actor
            .iter()
            .chain(&record.recipient)
            .cloned()
            .collect::<Vec<_>>(),
    );
    let label = match relation.relation_type {
        RelationType::Recognition => format!("recognition of {}", relation.object.as_ref()?),
        RelationType::Other => return None,
        other => crate::record::word(&other).replace('_', " "),
    };
    Some(format!("{label}: {between}"))
}

/// The names of parties in text order, persons by their own name.
fn names(parties: &[Party]) -> String {
    let mut names: Vec<String> = Vec::new();
    for party in parties {
        let name = match party.party_type {
            crate::record::PartyType::State => party.name.clone(),
            _ => person_of(party).map_or_else(|| party.name.clone(), |person| person.name),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" and ")
}

/// The label cut at a word's end.
fn shortened(label: &str) -> String {
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.chars().count() <= LONGEST {
        return label;
    }
    let head: String = label.chars().take(LONGEST).collect();
    let cut = head.rfind(' ').unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([',', ';', ':']))
}
