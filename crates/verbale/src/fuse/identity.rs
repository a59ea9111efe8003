//! Who is who over texts: a surname in one text and a full name in another are one person if nobody else fits.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{Fact, Party, PartyType, PersonRef, VoiceKind};

/// Person ids of facts → the id under which fusion knows the person, with the fullest name.
#[derive(Debug, Clone, Default)]
pub struct Identities {
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

/// A person as a text names one, and for whom the text lets the person stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// The id that the name gives.
    pub id: String,
    /// As named.
    pub name: String,
    /// The state, where the text tells.
    pub side: Option<String>,
}

impl Seen {
    /// All people of a fact, its speakers among them.
    pub fn in_fact(fact: &Fact) -> impl Iterator<Item = Seen> {
        let acting = all_parties(fact).filter_map(|party| {
            let person = person_of(party)?;
            Some(Seen {
                id: person.id,
                name: person.name,
                side: party.stands_for().map(str::to_owned),
            })
        });
        let speaking = fact
            .attribution
            .iter()
            .filter(|voice| voice.kind == VoiceKind::Speaker && !voice.name.is_empty())
            .map(|voice| Seen {
                id: name_id(&voice.name),
                name: voice.name.clone(),
                side: voice.side.clone(),
            });
        acting.chain(speaking)
    }

    /// The ends by which a shorter or longer form of an id is found: its first two words and its last.
    pub fn ends(id: &str) -> [&str; 2] {
        let id = id.trim_start_matches("P:");
        let begin = id.match_indices('_').nth(1).map_or(id, |(at, _)| &id[..at]);
        [begin, id.rsplit('_').next().unwrap_or(id)]
    }
}

impl Identities {
    pub(crate) fn of(facts: &[&Fact]) -> Self {
        let seen: BTreeSet<Seen> = facts.iter().flat_map(|fact| Seen::in_fact(fact)).collect();
        Identities::among(&seen)
    }

    /// Who is who among these. Who shares neither end with a person has no say in whom a form means.
    pub fn among<'a>(seen: impl IntoIterator<Item = &'a Seen>) -> Self {
        let mut names: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
        let mut sides: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
        for person in seen {
            sides
                .entry(&person.id)
                .or_default()
                .extend(person.side.clone());
            names.entry(&person.id).or_default().insert(&person.name);
        }
        let mut alike: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for &id in names.keys() {
            let [first, last] = Seen::ends(id);
            alike.entry(last).or_default().push(id);
            if first != last {
                alike.entry(first).or_default().push(id);
            }
        }
        let known = names
            .keys()
            .map(|&id| {
                let [first, last] = Seen::ends(id);
                let longer: BTreeSet<&String> = [first, last]
                    .iter()
                    .flat_map(|word| &alike[word])
                    .copied()
                    .filter(|other| shortens(id, other) && one_side(&sides[id], &sides[other]))
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
                    .max_by_key(|name| (name.len(), std::cmp::Reverse(**name)))
                    .map(|name| (*name).clone())
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
    pub fn resolve(&self, person: PersonRef) -> PersonRef {
        self.known.get(&person.id).cloned().unwrap_or(person)
    }

    /// The person that a form stands for.
    pub fn of_id(&self, id: &str) -> Option<&PersonRef> {
        self.known.get(id)
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

/// Whether one id is a shorter form of another: same last name, and no word that the other lacks; or its beginning, where
/// people go by the first of two family names.
fn shortens(short: &str, long: &str) -> bool {
    let words = |id: &str| -> Vec<String> {
        id.trim_start_matches("P:")
            .split('_')
            .map(str::to_owned)
            .collect()
    };
    let (short, long) = (words(short), words(long));
    let begins = short.len() > 1 && long.starts_with(&short);
    short.len() < long.len()
        && (begins || short.last() == long.last() && short.iter().all(|word| long.contains(word)))
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
        assert!(shortens("P:adriana_luna", "P:adriana_luna_zevallos"));
        assert!(!shortens("P:joyce", "P:joyce_banda"));
        assert!(!shortens("P:rupiah_banda", "P:joyce_banda"));
    }
}
