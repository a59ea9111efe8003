//! People: which sightings are one person, and what they say of them.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::sightings::Sighting;
use super::titles::{TitlePhrase, agree};
use super::{Mention, Person, PersonOffice, Referent};
use crate::lexicon::Lexicon;
use crate::parse::Tree;
use crate::record::PartyBasis;

/// The people of a document, and which sighting is whom.
struct Registry {
    people: Vec<Person>,
    words: Vec<Vec<String>>,
}

/// Joins sightings to people: full names first, then parts of names by surname, title and nearness.
pub(super) fn register(
    text: &str,
    sightings: &[Sighting],
    titles: &[Vec<TitlePhrase>],
    trees: &[Tree],
    lexicon: &Lexicon,
) -> (Vec<Person>, Vec<Mention>) {
    let mut registry = Registry {
        people: Vec::new(),
        words: Vec::new(),
    };
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    order.sort_by_key(|&index| (sightings[index].span.start, sightings[index].unit));
    let mut bearer: HashMap<usize, usize> = HashMap::new();
    for full in [true, false] {
        let mut last_seen: Vec<(usize, usize)> = Vec::new();
        for &index in &order {
            let sighting = &sightings[index];
            if let Some(&person) = bearer.get(&index) {
                last_seen.push((sighting.span.start, person));
                continue;
            }
            if (sighting.words.len() >= 2) != full {
                continue;
            }
            let phrases: Vec<&TitlePhrase> = sighting
                .titles
                .iter()
                .map(|&title| &titles[sighting.unit][title])
                .collect();
            let person = if full {
                if !sighting.certain {
                    continue;
                }
                registry.full(sighting)
            } else {
                match registry.part(sighting, &phrases, &last_seen) {
                    Some(person) => person,
                    None if sighting.certain => registry.add(sighting),
                    None => continue,
                }
            };
            registry.learn(text, person, sighting, &phrases, trees);
            bearer.insert(index, person);
            last_seen.push((sighting.span.start, person));
        }
    }
    for person in &mut registry.people {
        person.id = format!("P:{}", folded(&person.name));
        if let Some(leader) = lexicon.leaders_named(&person.name).next()
            && let Some(surname) = leader
                .surnames
                .iter()
                .find(|surname| person.name.ends_with(surname.as_str()))
        {
            person.surname = surname.clone();
        }
    }
    let mut mentions: Vec<Mention> = bearer
        .into_iter()
        .map(|(index, person)| {
            let sighting = &sightings[index];
            Mention {
                unit: sighting.unit,
                tokens: sighting.tokens.clone(),
                head: sighting.head,
                span: sighting.span,
                referent: Referent::Person { person },
            }
        })
        .collect();
    mentions.sort_by_key(|mention| (mention.unit, mention.tokens.start));
    (registry.people, mentions)
}

impl Registry {
    fn add(&mut self, sighting: &Sighting) -> usize {
        self.people.push(Person {
            name: sighting.name.clone(),
            surname: sighting.words.last().cloned().unwrap_or_default(),
            ..Person::default()
        });
        self.words.push(folded_words(&sighting.words));
        self.people.len() - 1
    }

    /// The person with this full name: one name's words are all in the other, and they end alike.
    fn full(&mut self, sighting: &Sighting) -> usize {
        let words = folded_words(&sighting.words);
        let same = self.words.iter().position(|known| {
            let (short, long) = if known.len() < words.len() {
                (known, &words)
            } else {
                (&words, known)
            };
            let ends = short.last() == long.last() || short.first() == long.first();
            short.len() >= 2 && ends && short.iter().all(|word| known_as(word, long))
        });
        match same {
            Some(person) => {
                if words.len() > self.words[person].len() {
                    self.words[person] = words;
                    self.people[person].surname =
                        sighting.words.last().cloned().unwrap_or_default();
                    self.people[person].name = sighting.name.clone();
                }
                person
            }
            None => self.add(sighting),
        }
    }

    /// The bearer of a part of a name: one whose title agrees, else who was named last, else who will be named first.
    fn part(
        &self,
        sighting: &Sighting,
        phrases: &[&TitlePhrase],
        last_seen: &[(usize, usize)],
    ) -> Option<usize> {
        let word = folded(&sighting.words[0]);
        let mut bearers: Vec<usize> = (0..self.people.len())
            .filter(|&person| self.words[person].last() == Some(&word))
            .collect();
        if bearers.is_empty() {
            bearers = (0..self.people.len())
                .filter(|&person| self.words[person].first() == Some(&word))
                .collect();
        }
        // "Rosa Quispe Mamani … Minister Quispe": who has two surnames is called by the first of them.
        if bearers.is_empty() {
            bearers = (0..self.people.len())
                .filter(|&person| self.words[person].contains(&word))
                .collect();
        }
        let agreeing: Vec<usize> = bearers
            .iter()
            .copied()
            .filter(|&person| {
                phrases.iter().any(|phrase| {
                    self.people[person].offices.iter().any(|office| {
                        agree(&office.title, &phrase.title)
                            && (office.of.is_none()
                                || phrase.of.is_none()
                                || office.of == phrase.of)
                    })
                })
            })
            .collect();
        if !agreeing.is_empty() {
            bearers = agreeing;
        }
        let nearest = last_seen
            .iter()
            .filter(|(start, person)| *start < sighting.span.start && bearers.contains(person))
            .max_by_key(|(start, _)| *start)
            .map(|&(_, person)| person);
        nearest.or_else(|| bearers.first().copied())
    }

    /// Adds what a sighting says of a person.
    fn learn(
        &mut self,
        text: &str,
        index: usize,
        sighting: &Sighting,
        phrases: &[&TitlePhrase],
        trees: &[Tree],
    ) {
        let person = &mut self.people[index];
        if sighting.honorific.is_some() {
            person.gender = sighting.honorific;
        }
        let tree = &trees[sighting.unit];
        for phrase in phrases {
            let words = tree.range_span(phrase.tokens.clone());
            let office = PersonOffice {
                title: phrase.title.clone(),
                class: phrase.class.clone(),
                of: phrase.of.clone().or_else(|| sighting.of.clone()),
                to: phrase.to.clone(),
                of_basis: PartyBasis::Named,
                official: phrase.official,
                span: words.cover(sighting.span),
                words,
                text: spaced(words.of(text)),
            };
            let known = person.offices.iter_mut().find(|known| {
                known.title == office.title
                    && (known.of == office.of || known.of.is_none() || office.of.is_none())
            });
            match known {
                Some(known) => {
                    if known.of.is_none() && office.of.is_some()
                        || known.to.is_none() && office.to.is_some()
                    {
                        *known = PersonOffice {
                            to: office.to.clone().or(known.to.take()),
                            ..office
                        };
                    }
                }
                None => person.offices.push(office),
            }
        }
    }
}

/// Whether a word, or an initial, is among the words of a name.
fn known_as(word: &String, name: &[String]) -> bool {
    let initial = word.chars().count() == 1;
    name.iter()
        .any(|known| known == word || initial && known.starts_with(word.as_str()))
}

/// Words with single spaces.
pub(super) fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower case, without marks on letters, everything else an underscore.
pub(super) fn folded(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter(|character| !unicode_normalization::char::is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            character if character.is_alphanumeric() => character,
            _ => ' ',
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join("_")
}

fn folded_words(words: &[String]) -> Vec<String> {
    words.iter().map(|word| folded(word)).collect()
}
