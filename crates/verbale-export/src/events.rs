//! What all event formats share: which facts are events in their sense, and between whom.
//!
//! These formats know neither denial nor degrees of reality. A fact goes into them only if it says that something was done,
//! or if saying it is the deed: a promise, a demand, a charge, a threat.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verbale::record::{EventType, Fact, Modality, Party, Record};
use verbale_read::Document;

use crate::Material;

/// Longest span of days that is dated by its first day in formats that know days only.
const ONE_EVENT: i32 = 31;

/// A fact as an event, with the text that tells it.
pub(crate) struct Event<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) event_type: EventType,
    pub(crate) document: Option<&'a Document>,
    pub(crate) record: Option<&'a Record>,
}

/// The events among the facts, in the order given.
pub(crate) fn events<'a>(material: &Material<'a>) -> Vec<Event<'a>> {
    let documents: BTreeMap<&str, &Document> = material
        .documents
        .iter()
        .map(|document| (document.id.as_str(), document))
        .collect();
    let records: BTreeMap<&str, &Record> = material
        .records
        .iter()
        .flat_map(|record| record.facts.iter().map(move |fact| (fact.as_str(), record)))
        .collect();
    material
        .facts
        .iter()
        .filter_map(|fact| {
            let event_type = fact.event_type?;
            is_event(fact, event_type).then(|| Event {
                fact,
                event_type,
                document: documents.get(fact.doc.as_str()).copied(),
                record: records.get(fact.id.as_str()).copied(),
            })
        })
        .collect()
}

fn is_event(fact: &Fact, event_type: EventType) -> bool {
    use EventType::{Accuse, Agree, Concede, Request, Threaten};
    let done = matches!(fact.modality, Modality::Asserted | Modality::Habitual);
    let said = matches!(event_type, Agree | Concede | Request | Accuse | Threaten)
        && fact.modality != Modality::Opinion;
    !fact.negated && fact.repeats.is_none() && (done || said)
}

impl<'a> Event<'a> {
    /// The event's day: its own, the first of a short span, or for an undated one the day of publication. `None` where that
    /// would date an event of unknown or long ago to a day that nobody gave.
    pub(crate) fn day(&self) -> Option<Date> {
        let date = &self.fact.date;
        match (date.start, date.end) {
            (Some(start), Some(end)) => ((end - start).get_days() < ONE_EVENT).then_some(start),
            (None, None) => self.published(),
            _ => None,
        }
    }

    /// The day of publication, if it is known to the day.
    pub(crate) fn published(&self) -> Option<Date> {
        let published = self.document?.published.as_ref()?;
        (published.start == published.end).then_some(published.start)
    }

    /// Pairs of one who acts and one acted upon. A mutual act has a pair for each direction; an act on nobody has one
    /// pair without a second.
    pub(crate) fn pairs(&self) -> Vec<(&'a Party, Option<&'a Party>)> {
        let fact = self.fact;
        let mut pairs = Vec::new();
        for actor in &fact.actor {
            let others: Vec<&Party> = if fact.mutual {
                fact.actor
                    .iter()
                    .chain(&fact.recipient)
                    .filter(|other| other.side() != actor.side())
                    .collect()
            } else {
                fact.recipient.iter().collect()
            };
            if others.is_empty() {
                pairs.push((actor, None));
            }
            pairs.extend(others.into_iter().map(|other| (actor, Some(other))));
        }
        if fact.mutual {
            for recipient in &fact.recipient {
                pairs.extend(fact.actor.iter().map(|actor| (recipient, Some(actor))));
            }
        }
        pairs
    }
}
