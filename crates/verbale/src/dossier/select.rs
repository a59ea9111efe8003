//! Which records are of a pair: those of which both are parties, and, as context, those in which one is a party and
//! the other the one it is for, or the side that speaks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Chosen, Sources};
use crate::fuse::{all_parties, side_of};
use crate::record::{Fact, Party, Record, RecordKind};

/// The pairs of states that a fact can be shown under, each in order of the alphabet: of one state it has to be a party; the
/// other may be a party, the one it is for, or the side that speaks.
pub fn pairs(fact: &Fact) -> BTreeSet<[&str; 2]> {
    let parties: BTreeSet<&str> = all_parties(fact).filter_map(Party::stands_for).collect();
    let speaker = fact
        .attribution
        .last()
        .and_then(|voice| voice.side.as_deref());
    let touched = fact.beneficiary.iter().filter_map(Party::stands_for);
    let all: BTreeSet<&str> = parties
        .iter()
        .copied()
        .chain(touched)
        .chain(speaker)
        .collect();
    let mut pairs = BTreeSet::new();
    for &party in &parties {
        for &other in all.iter().filter(|&&other| other != party) {
            pairs.insert([party.min(other), party.max(other)]);
        }
    }
    pairs
}

/// The records of a pair, those that are only context marked so. People are of no pair.
pub fn of_pair<'a>(
    pair: [&str; 2],
    records: &[Record],
    facts: impl IntoIterator<Item = &'a Fact>,
) -> Vec<Record> {
    let facts = facts
        .into_iter()
        .map(|fact| (fact.id.as_str(), fact))
        .collect();
    records_of(pair, records, &facts).collect()
}

fn records_of(
    pair: [&str; 2],
    records: &[Record],
    facts: &BTreeMap<&str, &Fact>,
) -> impl Iterator<Item = Record> {
    records
        .iter()
        .filter(|record| record.kind != RecordKind::Person)
        .filter_map(move |record| {
            let relevance = relevance(pair, record, facts)?;
            let mut record = record.clone();
            record.relevance = (relevance == Relevance::Context).then(|| "context".to_owned());
            Some(record)
        })
}

pub(super) fn choose<'a>(pair: [&'a str; 2], sources: &Sources<'a>) -> Chosen<'a> {
    let facts: BTreeMap<&str, &Fact> = sources
        .facts
        .iter()
        .map(|fact| (fact.id.as_str(), fact))
        .collect();
    let records: Vec<Arc<Record>> = records_of(pair, sources.records, &facts)
        .map(Arc::new)
        .collect();
    let told: BTreeSet<&str> = records
        .iter()
        .flat_map(|record| record.witnesses.iter().map(|witness| witness.doc.as_str()))
        .collect();
    let mut documents: Vec<_> = sources
        .documents
        .iter()
        .filter(|document| told.contains(document.id.as_str()))
        .collect();
    documents.sort_by_key(|document| {
        let day = document.published.as_ref().map(|published| published.start);
        (
            day.is_none(),
            day,
            document.name.as_str(),
            document.id.as_str(),
        )
    });
    Chosen {
        pair,
        records,
        facts,
        documents,
        lexicon: sources.lexicon,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relevance {
    Own,
    Context,
}

fn relevance(pair: [&str; 2], record: &Record, facts: &BTreeMap<&str, &Fact>) -> Option<Relevance> {
    let party = |state: &str| record.parties.iter().any(|party| party == state);
    let touched = |state: &str| {
        record
            .beneficiary
            .iter()
            .any(|party| side_of(party) == state)
            || record
                .facts
                .iter()
                .filter_map(|id| facts.get(id.as_str()))
                .filter_map(|fact| fact.attribution.last())
                .any(|voice| voice.side.as_deref() == Some(state))
    };
    match (party(pair[0]), party(pair[1])) {
        (true, true) => Some(Relevance::Own),
        (true, false) if touched(pair[1]) => Some(Relevance::Context),
        (false, true) if touched(pair[0]) => Some(Relevance::Context),
        _ => None,
    }
}
