//! The dossier of a pair of states: which records are theirs, and what a desk wants to read of them first.
//!
//! Nothing is coded here. Sentences are made of the fields of records by fixed patterns, and each names its facts.

mod disagreements;
mod documents;
mod gaps;
mod glance;
mod names;
mod people;
mod select;
mod state;
mod word;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use documents::{document_views, status, views_in_groups};
pub use names::Mentioned;
pub use select::{of_pair, pairs};
pub use state::{Partner, StateDossier, state_dossier};

use crate::fuse::Identities;
use crate::lexicon::Lexicon;
use crate::record::{DocumentView, Dossier, Fact, Head, Record, RecordKind, SCHEMA, StateCodes};

/// What a dossier is made of: the facts and records of a store or of a few texts.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// All facts.
    pub facts: &'a [Fact],
    /// All records, fused from these facts.
    pub records: &'a [Record],
    /// All texts, with copies and bounds.
    pub documents: &'a [DocumentView],
    /// Who is who in the store that these sources are a part of; `None` where they are all there is.
    pub identities: Option<&'a Identities>,
    /// How often which form of which name stands in which text.
    pub names: &'a [Mentioned],
    /// Lists of states and outlets.
    pub lexicon: &'a Lexicon,
    /// What made the facts.
    pub run: &'a Run,
}

/// Program, data and model of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// Program version.
    pub program: String,
    /// Hash of data and rules.
    pub data: String,
    /// Hash of the model.
    pub model: String,
}

/// The part of the sources that is about one pair; what the sections are written from.
pub(crate) struct Chosen<'a> {
    pub(crate) pair: [&'a str; 2],
    /// Shared with the ledgers: each stands in the timeline, too.
    pub(crate) records: Vec<Arc<Record>>,
    pub(crate) facts: BTreeMap<&'a str, &'a Fact>,
    pub(crate) documents: Vec<&'a DocumentView>,
    pub(crate) lexicon: &'a Lexicon,
}

impl<'a> Chosen<'a> {
    pub(crate) fn all(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().map(Arc::as_ref)
    }

    pub(crate) fn of_kind(&self, kind: RecordKind) -> impl Iterator<Item = &Record> {
        self.all().filter(move |record| record.kind == kind)
    }
}

/// The dossier of two states.
pub fn dossier(pair: [&str; 2], sources: &Sources) -> Dossier {
    let chosen = select::choose(pair, sources);
    let of = |kind| -> Vec<Arc<Record>> {
        let mut records = chosen.records.clone();
        records.retain(|record| record.kind == kind);
        in_time(&mut records);
        records
    };
    let people = people::people(&chosen, sources);
    let mut shown: BTreeSet<&str> = chosen
        .records
        .iter()
        .flat_map(|record| record.facts.iter().map(String::as_str))
        .collect();
    shown.extend(
        people
            .iter()
            .flat_map(|person| person.facts.iter().map(String::as_str)),
    );
    let mut facts: Vec<Fact> = shown
        .iter()
        .filter_map(|id| chosen.facts.get(id).map(|fact| (*fact).clone()))
        .collect();
    facts.sort_by(|a, b| (&a.doc, a.span, &a.id).cmp(&(&b.doc, b.span, &b.id)));
    Dossier {
        schema: SCHEMA,
        pair: pair.map(str::to_owned),
        codes: pair.iter().map(|state| codes(state, sources)).collect(),
        head: head(&chosen, facts.len(), sources.run),
        glance: glance::glance(&chosen),
        documents: chosen
            .documents
            .iter()
            .map(|document| (*document).clone())
            .collect(),
        whose_word: word::whose_word(&chosen),
        timeline: timeline(&chosen),
        visits: of(RecordKind::Visit),
        meetings: of(RecordKind::Meeting),
        agreements: of(RecordKind::Agreement),
        commitments: of(RecordKind::Commitment),
        positions: of(RecordKind::Position),
        relations: of(RecordKind::Relation),
        cooperation: of(RecordKind::Cooperation),
        transfers: of(RecordKind::Transfer),
        people,
        claims: of(RecordKind::Claim),
        figures: of(RecordKind::Figure),
        events: of(RecordKind::Event),
        conflicts: disagreements::disagreements(&chosen),
        gaps: gaps::gaps(&chosen),
        names_as_written: names::names_as_written(&chosen, sources.names),
        facts,
    }
}

fn head(chosen: &Chosen, facts: usize, run: &Run) -> Head {
    let published: Vec<_> = chosen
        .documents
        .iter()
        .filter_map(|document| document.published.as_ref())
        .collect();
    Head {
        texts: chosen.documents.len(),
        dated: published.len(),
        from: published.iter().map(|published| published.start).min(),
        until: published.iter().map(|published| published.end).max(),
        facts,
        to_review: chosen
            .records
            .iter()
            .filter(|record| !record.conflicts.is_empty() || !record.flags.is_empty())
            .count(),
        program: run.program.clone(),
        data: run.data.clone(),
        model: run.model.clone(),
    }
}

/// What has a place in time: happenings, and standing things that a day is given for.
fn timeline(chosen: &Chosen) -> Vec<Arc<Record>> {
    use RecordKind::{Agreement, Commitment, Event, Meeting, Relation, Transfer, Visit};
    let mut records: Vec<Arc<Record>> = chosen
        .records
        .iter()
        .filter(|record| {
            let happens = matches!(
                record.kind,
                Visit | Meeting | Agreement | Commitment | Transfer | Event
            );
            happens || (record.kind == Relation && start(record).is_some())
        })
        .cloned()
        .collect();
    in_time(&mut records);
    records
}

fn start(record: &Record) -> Option<jiff::civil::Date> {
    let date = record.date.as_ref()?;
    date.start.or(date.end)
}

/// Dated first, by first day; the pair's own before context.
pub(crate) fn in_time(records: &mut [Arc<Record>]) {
    records.sort_by_cached_key(|record| {
        (
            record.relevance.is_some(),
            start(record).is_none(),
            start(record),
            record.id.clone(),
        )
    });
}

/// Codes of a state, with the forms of its name that the texts use.
fn codes(state: &str, sources: &Sources) -> StateCodes {
    let known = sources.lexicon.state(state);
    let forms: BTreeSet<String> = sources
        .names
        .iter()
        .filter(|mentioned| mentioned.entity == state)
        .map(|mentioned| mentioned.form.clone())
        .collect();
    StateCodes {
        iso: state.to_owned(),
        name: sources.lexicon.state_name(state).to_owned(),
        cow: known.and_then(|known| known.cow).map(u32::from),
        gw: known.and_then(|known| known.gw).map(u32::from),
        aliases: forms.into_iter().collect(),
    }
}

/// The usual name of a state or body by its id.
pub(crate) fn name_of(id: &str, lexicon: &Lexicon) -> String {
    lexicon
        .state(id)
        .map(|state| state.name.clone())
        .or_else(|| lexicon.organisation(id).map(|body| body.name.clone()))
        .unwrap_or_else(|| id.to_owned())
}
