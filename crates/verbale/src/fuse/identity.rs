//! Who is who over texts: a surname in one text and a full name in another are one person if nobody else fits.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{Fact, Party, PartyType, PersonRef, VoiceKind};

/// Person ids of facts → the id under which fusion knows the person, with the fullest name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identities {
    known: BTreeMap<String, PersonRef>,
}

/// The person for whom a party stands, if one does.
pub(crate) fn person_of(party: &Party) -> Option<PersonRef> {
    party.person.clone().or_else(|| {
        (party.party_type == PartyType::Person).then(|| PersonRef {
            id: party.id.clone(),
            name: party.name.clone(),
        })
    })
}

/// The state for which a party stands, or the party itself.
pub(crate) fn side_of(party: &Party) -> &str {
    match party.party_type {
        PartyType::State => &party.id,
        _ => party.state.as_deref().unwrap_or(&party.id),
    }
}

/// All parties of a fact, in whatever role.
pub(crate) fn all_parties(fact: &Fact) -> impl Iterator<Item = &Party> {
    let visit = fact
        .visit
        .iter()
        .flat_map(|visit| visit.participants.iter().chain(&visit.host));
    fact.actor
        .iter()
        .chain(&fact.recipient)
        .chain(&fact.beneficiary)
        .chain(&fact.signatories)
        .chain(visit)
}

impl Identities {
    pub(crate) fn of(facts: &[&Fact]) -> Self {
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut sides: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for fact in facts {
            for party in all_parties(fact) {
                let Some(person) = person_of(party) else {
                    continue;
                };
                let state = party.stands_for().map(str::to_owned);
                sides.entry(person.id.clone()).or_default().extend(state);
                names.entry(person.id).or_default().insert(person.name);
            }
        }
        for voice in facts.iter().flat_map(|fact| &fact.attribution) {
            if voice.kind == VoiceKind::Speaker && !voice.name.is_empty() {
                let id = name_id(&voice.name);
                sides
                    .entry(id.clone())
                    .or_default()
                    .extend(voice.side.clone());
                names.entry(id).or_default().insert(voice.name.clone());
            }
        }
        let ids: Vec<&String> = names.keys().collect();
        let known = ids
            .iter()
            .map(|&id| {
                let longer: Vec<&String> = ids
                    .iter()
                    .copied()
                    .filter(|other| shortens(id, other) && one_side(&sides[id], &sides[*other]))
                    .collect();
                let fullest: Vec<&String> = longer
                    .iter()
                    .copied()
                    .filter(|one| !longer.iter().any(|other| shortens(one, other)))
                    .collect();
                let own = match fullest[..] {
                    [only] => only,
                    _ => id,
                };
                let name = names[own]
                    .iter()
                    .max_by_key(|name| (name.len(), std::cmp::Reverse((*name).clone())))
                    .cloned()
                    .unwrap_or_default();
                let person = PersonRef {
                    id: own.clone(),
                    name,
                };
                (id.clone(), person)
            })
            .collect();
        Identities { known }
    }

    /// The person under the id that holds over all texts.
    pub(crate) fn resolve(&self, person: PersonRef) -> PersonRef {
        self.known.get(&person.id).cloned().unwrap_or(person)
    }

    /// The id of a speaker, known by name only.
    pub(crate) fn speaker(&self, name: &str) -> String {
        let id = name_id(name);
        self.known.get(&id).map_or(id, |person| person.id.clone())
    }
}

/// The id of a person of whom only the name is known: names of parties have theirs from the text.
fn name_id(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!("P:{}", words.join("_"))
}

/// Whether one id is a shorter form of another: same last name, and no word that the other lacks.
fn shortens(short: &str, long: &str) -> bool {
    let words = |id: &str| -> Vec<String> {
        id.trim_start_matches("P:")
            .split('_')
            .map(str::to_owned)
            .collect()
    };
    let (short, long) = (words(short), words(long));
    short.len() < long.len()
        && short.last() == long.last()
        && short.iter().all(|word| long.contains(word))
}

fn one_side(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.is_empty() || b.is_empty() || !a.is_disjoint(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_shortens_a_full_name_only() {
        assert!(shortens("P:banda", "P:joyce_banda"));
        assert!(shortens("P:joyce_banda", "P:joyce_hilda_banda"));
        assert!(!shortens("P:joyce", "P:joyce_banda"));
        assert!(!shortens("P:rupiah_banda", "P:joyce_banda"));
    }
}
