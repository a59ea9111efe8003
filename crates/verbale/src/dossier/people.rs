//! The people of a pair: who spoke, who acted, who is named, and in which office a text puts them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chosen, Sources};
use crate::fuse::{Identities, all_parties, person_of};
use crate::record::{Fact, Kind, PersonRef, PersonView, RecordKind, RecordOffice, VoiceKind};

#[derive(Default)]
struct Found<'a> {
    name: String,
    side: Option<String>,
    official: Option<bool>,
    spoke: BTreeSet<&'a str>,
    acted: BTreeSet<&'a str>,
    texts: BTreeSet<&'a str>,
    facts: BTreeSet<&'a str>,
}

pub(super) fn people(chosen: &Chosen, sources: &Sources) -> Vec<PersonView> {
    let own;
    let identities = match sources.identities {
        Some(identities) => identities,
        None => {
            own = Identities::of(sources.facts);
            &own
        }
    };
    let texts: BTreeSet<&str> = chosen
        .documents
        .iter()
        .map(|document| document.id.as_str())
        .collect();
    let shown: BTreeSet<&str> = chosen
        .records
        .iter()
        .flat_map(|record| record.facts.iter().map(String::as_str))
        .collect();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let role = |fact: &Fact| fact.kind == Kind::Role && texts.contains(fact.doc.as_str());
    for fact in sources
        .facts
        .iter()
        .filter(|fact| shown.contains(fact.id.as_str()) || role(fact))
    {
        of_parties(fact, identities, &mut found);
        of_voices(fact, identities, &mut found);
    }
    let mut offices: BTreeMap<&str, &[RecordOffice]> = BTreeMap::new();
    for record in sources
        .records
        .iter()
        .filter(|record| record.kind == RecordKind::Person)
    {
        if let Some(person) = &record.person {
            offices.insert(&person.person.id, &person.offices);
        }
    }
    let mut people: Vec<PersonView> = found
        .into_iter()
        .map(|(id, found)| {
            let offices = offices
                .get(id.as_str())
                .map(|offices| offices.to_vec())
                .unwrap_or_default();
            PersonView {
                person: PersonRef {
                    id,
                    name: found.name,
                },
                offices,
                side: found.side,
                official: found.official,
                spoke: found.spoke.len(),
                acted: found.acted.len(),
                named: found.texts.len(),
                facts: found.facts.into_iter().map(str::to_owned).collect(),
            }
        })
        .collect();
    people.sort_by(|a, b| {
        (b.named, b.spoke + b.acted, &a.person.id).cmp(&(a.named, a.spoke + a.acted, &b.person.id))
    });
    people
}

fn of_parties<'a>(
    fact: &'a Fact,
    identities: &Identities,
    found: &mut BTreeMap<String, Found<'a>>,
) {
    let acting = |id: &str| {
        let visit = fact.visit.iter().flat_map(|visit| &visit.participants);
        fact.actor
            .iter()
            .chain(&fact.signatories)
            .chain(visit)
            .filter_map(person_of)
            .any(|person| person.id == id)
    };
    for party in all_parties(fact) {
        let Some(person) = person_of(party) else {
            continue;
        };
        let acts = acting(&person.id);
        let person = identities.resolve(person);
        let entry = found.entry(person.id).or_default();
        if person.name.len() > entry.name.len() {
            entry.name = person.name;
        }
        let state = party.stands_for().map(str::to_owned);
        entry.side = entry.side.take().or(state);
        if let Some(office) = &fact.office {
            entry.official = Some(entry.official.unwrap_or(false) || office.official);
        }
        entry.texts.insert(&fact.doc);
        entry.facts.insert(&fact.id);
        if acts && fact.kind != Kind::Role {
            entry.acted.insert(&fact.id);
        }
    }
}

fn of_voices<'a>(fact: &'a Fact, identities: &Identities, found: &mut BTreeMap<String, Found<'a>>) {
    let speakers = fact
        .attribution
        .iter()
        .filter(|voice| voice.kind == VoiceKind::Speaker && !voice.name.is_empty());
    for voice in speakers {
        let entry = found.entry(identities.speaker(&voice.name)).or_default();
        if voice.name.len() > entry.name.len() {
            entry.name = voice.name.clone();
        }
        entry.side = entry.side.take().or_else(|| voice.side.clone());
        entry.official = entry.official.or(voice.official);
        entry.spoke.insert(&fact.id);
        entry.texts.insert(&fact.doc);
        entry.facts.insert(&fact.id);
    }
}
