//! The filters of `facts` and `records`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use verbale::record::{
    EventType, Fact, FactDate, Kind, Modality, Party, Record, RecordKind, ReviewStatus,
};

/// Which facts are asked for; an empty filter takes all.
#[derive(Debug, Clone, Default)]
pub struct FactFilter {
    /// Both states must be parties (a person or company standing for its state).
    pub pair: Option<[String; 2]>,
    /// Kinds, any of.
    pub kinds: Vec<Kind>,
    /// PLOVER types, any of.
    pub types: Vec<EventType>,
    /// PLOVER modes, any of.
    pub modes: Vec<String>,
    /// Modalities, any of.
    pub modalities: Vec<Modality>,
    /// Part of the innermost speaker's name, any case.
    pub speaker: Option<String>,
    /// A sector.
    pub sector: Option<String>,
    /// A contested matter's neutral key.
    pub issue: Option<String>,
    /// Only facts whose date may lie on or after this day.
    pub from: Option<Date>,
    /// Only facts whose date may lie on or before this day.
    pub to: Option<Date>,
    /// Document id, its beginning, or name.
    pub document: Option<String>,
    /// Words in the quote, any case.
    pub words: Option<String>,
    /// Also facts that a person rejected.
    pub include_rejected: bool,
}

impl FactFilter {
    /// Whether a fact passes.
    pub fn takes(&self, fact: &Fact) -> bool {
        (self.include_rejected || !is_rejected(fact))
            && any_of(&self.kinds, &fact.kind)
            && (self.types.is_empty()
                || fact
                    .event_type
                    .is_some_and(|event_type| self.types.contains(&event_type)))
            && (self.modes.is_empty() || fact.mode.iter().any(|mode| self.modes.contains(mode)))
            && any_of(&self.modalities, &fact.modality)
            && self.pair.as_ref().is_none_or(|pair| {
                pair.iter().all(|state| {
                    stands_in(
                        state,
                        fact.actor
                            .iter()
                            .chain(&fact.recipient)
                            .chain(&fact.beneficiary),
                    )
                })
            })
            && self.speaker.as_ref().is_none_or(|name| {
                fact.attribution
                    .last()
                    .is_some_and(|voice| holds(&voice.name, name))
            })
            && self
                .sector
                .as_ref()
                .is_none_or(|sector| fact.sectors.contains(sector))
            && self
                .issue
                .as_ref()
                .is_none_or(|issue| fact.issue.as_ref() == Some(issue))
            && self.document.as_ref().is_none_or(|document| {
                fact.doc.starts_with(document.as_str()) || fact.doc_name == *document
            })
            && self
                .words
                .as_ref()
                .is_none_or(|words| holds(&fact.quote, words))
            && within(Some(&fact.date), self.from, self.to)
    }
}

/// Which records are asked for; an empty filter takes all.
#[derive(Debug, Clone, Default)]
pub struct RecordFilter {
    /// Both states must be parties.
    pub pair: Option<[String; 2]>,
    /// Kinds, any of.
    pub kinds: Vec<RecordKind>,
    /// PLOVER types, any of.
    pub types: Vec<EventType>,
    /// Modalities, any of.
    pub modalities: Vec<Modality>,
    /// A sector.
    pub sector: Option<String>,
    /// A contested matter's neutral key.
    pub issue: Option<String>,
    /// Only records whose date may lie on or after this day.
    pub from: Option<Date>,
    /// Only records whose date may lie on or before this day.
    pub to: Option<Date>,
    /// At least so many independent witnesses.
    pub min_independent: usize,
    /// Words in the title, any case.
    pub words: Option<String>,
    /// At least one of these facts: how filters on speaker, mode and document reach records.
    pub facts: Option<BTreeSet<String>>,
}

impl RecordFilter {
    /// Whether a record passes.
    pub fn takes(&self, record: &Record) -> bool {
        any_of(&self.kinds, &record.kind)
            && (self.types.is_empty()
                || record
                    .event_type
                    .is_some_and(|event_type| self.types.contains(&event_type)))
            && (self.modalities.is_empty()
                || record
                    .modality
                    .is_some_and(|modality| self.modalities.contains(&modality)))
            && self
                .pair
                .as_ref()
                .is_none_or(|pair| pair.iter().all(|state| record.parties.contains(state)))
            && self
                .sector
                .as_ref()
                .is_none_or(|sector| record.sectors.contains(sector))
            && self
                .issue
                .as_ref()
                .is_none_or(|issue| record.issue.as_ref() == Some(issue))
            && record.independent >= self.min_independent
            && self
                .words
                .as_ref()
                .is_none_or(|words| holds(&record.title, words))
            && self
                .facts
                .as_ref()
                .is_none_or(|facts| record.facts.iter().any(|fact| facts.contains(fact)))
            && within(record.date.as_ref(), self.from, self.to)
    }
}

fn is_rejected(fact: &Fact) -> bool {
    fact.review
        .as_ref()
        .is_some_and(|review| review.status == ReviewStatus::Rejected)
}

fn any_of<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

fn holds(text: &str, words: &str) -> bool {
    text.to_lowercase().contains(&words.to_lowercase())
}

fn stands_in<'a>(state: &str, mut parties: impl Iterator<Item = &'a Party>) -> bool {
    parties.any(|party| party.id == state || party.state.as_deref() == Some(state))
}

/// An undated fact lies in no window: a filter by time asks for what is known to fit.
fn within(date: Option<&FactDate>, from: Option<Date>, to: Option<Date>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let Some(date) = date.filter(|date| date.start.is_some() || date.end.is_some()) else {
        return false;
    };
    from.is_none_or(|from| date.end.is_none_or(|end| end >= from))
        && to.is_none_or(|to| date.start.is_none_or(|start| start <= to))
}
