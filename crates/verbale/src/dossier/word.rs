//! On whose word: outlets, speakers and their sides.

use std::collections::{BTreeMap, BTreeSet};

use super::Chosen;
use crate::record::{OutletCount, SpeakerCount, Voice, VoiceKind, WhoseWord};

pub(super) fn whose_word(chosen: &Chosen) -> WhoseWord {
    // One outlet is written in more than one way; the first way stands for all.
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    let mut outlets: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let telling = telling(chosen);
    for document in &chosen.documents {
        // Its own outlet, else the one that its words name as telling.
        let told = telling.get(document.id.as_str()).copied().flatten();
        let name = document
            .outlet
            .as_ref()
            .or(told)
            .cloned()
            .map(|name| spelled.entry(name.to_lowercase()).or_insert(name).clone());
        *outlets.entry(name).or_default() += 1;
    }
    let third_party_outlets = outlets
        .keys()
        .flatten()
        .filter(|name| {
            let state = chosen
                .lexicon
                .outlets
                .iter()
                .find(|known| known.name == **name || known.forms.contains(name));
            let state = state.and_then(|known| known.state.as_deref());
            state.is_some_and(|state| !chosen.pair.contains(&state))
        })
        .cloned()
        .collect();
    let mut speakers: BTreeMap<String, (Voice, BTreeSet<&str>)> = BTreeMap::new();
    let mut sides: BTreeMap<String, usize> = BTreeMap::new();
    let shown: BTreeSet<&String> = chosen
        .records
        .iter()
        .flat_map(|record| &record.facts)
        .collect();
    for fact in shown.iter().filter_map(|id| chosen.facts.get(id.as_str())) {
        let last = fact.attribution.last();
        let side = last.and_then(|voice| voice.side.clone());
        *sides
            .entry(side.unwrap_or_else(|| "none".to_owned()))
            .or_default() += 1;
        for voice in fact
            .attribution
            .iter()
            .filter(|voice| voice.kind == VoiceKind::Speaker && !voice.name.is_empty())
        {
            let (known, docs) = speakers
                .entry(voice.name.clone())
                .or_insert_with(|| (voice.clone(), BTreeSet::new()));
            known.role = known.role.take().or_else(|| voice.role.clone());
            known.side = known.side.take().or_else(|| voice.side.clone());
            known.official = known.official.or(voice.official);
            docs.insert(&fact.doc);
        }
    }
    WhoseWord {
        outlets: outlets
            .into_iter()
            .map(|(name, docs)| OutletCount { name, docs })
            .collect(),
        speakers: speakers
            .into_iter()
            .map(|(name, (voice, docs))| SpeakerCount {
                name,
                role: voice.role,
                side: voice.side,
                official: voice.official,
                docs: docs.len(),
            })
            .collect(),
        sides,
        third_party_outlets,
    }
}

/// The outlet of each text as its first record has it.
fn telling<'a>(chosen: &'a Chosen) -> BTreeMap<&'a str, Option<&'a String>> {
    let mut telling = BTreeMap::new();
    let witnesses = chosen.records.iter().flat_map(|record| &record.witnesses);
    for witness in witnesses {
        telling
            .entry(witness.doc.as_str())
            .or_insert(witness.outlet.as_ref());
    }
    telling
}
