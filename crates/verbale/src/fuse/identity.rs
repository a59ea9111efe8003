//! Who is who over texts: a surname in one text and a full name in another are one person if nobody else fits.

use std::collections::{BTreeMap, BTreeSet};

use super::forms::{Forms, shortens};
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

    /// Whether one id is a shorter form of another: of the same last name and without a word that the other lacks, or its
    /// beginning.
    pub fn shortens(short: &str, long: &str) -> bool {
        shortens(short, long)
    }
}

/// The names and sides under which texts know one id.
#[derive(Default)]
struct Named<'a> {
    names: BTreeSet<&'a str>,
    sides: BTreeSet<&'a str>,
}

impl Named<'_> {
    fn fullest(&self) -> &str {
        let names = self.names.iter().copied();
        names
            .max_by_key(|name| (name.len(), std::cmp::Reverse(*name)))
            .unwrap_or_default()
    }
}

impl FromIterator<(String, PersonRef)> for Identities {
    /// Forms of ids, each with the person that it has been found to stand for.
    fn from_iter<T: IntoIterator<Item = (String, PersonRef)>>(known: T) -> Self {
        Identities {
            known: known.into_iter().collect(),
        }
    }
}

impl IntoIterator for Identities {
    type Item = (String, PersonRef);
    type IntoIter = std::collections::btree_map::IntoIter<String, PersonRef>;

    fn into_iter(self) -> Self::IntoIter {
        self.known.into_iter()
    }
}

impl Identities {
    /// Who is who among the people of these facts.
    pub fn of(facts: &[Fact]) -> Self {
        let seen: BTreeSet<Seen> = facts.iter().flat_map(Seen::in_fact).collect();
        Identities::among(&seen)
    }

    /// Who is who among these. Who shares neither end with a person has no say in whom a form means.
    pub fn among<'a>(seen: impl IntoIterator<Item = &'a Seen>) -> Self {
        let mut people: BTreeMap<&str, Named> = BTreeMap::new();
        for person in seen {
            let named = people.entry(&person.id).or_default();
            named.names.insert(&person.name);
            named.sides.extend(person.side.as_deref());
        }
        let (ids, named): (Vec<&str>, Vec<Named>) = people.into_iter().unzip();
        let forms = Forms::among(&ids);
        let one_side = |a: usize, b: usize| {
            let (a, b) = (&named[a].sides, &named[b].sides);
            a.is_empty() || b.is_empty() || !a.is_disjoint(b)
        };
        let known = (0..ids.len()).map(|at| {
            let own = forms.fullest(at, |other| one_side(at, other));
            let own = own.unwrap_or(at);
            let person = PersonRef {
                id: ids[own].to_owned(),
                name: named[own].fullest().to_owned(),
            };
            (ids[at].to_owned(), person)
        });
        known.collect()
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
