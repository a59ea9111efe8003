//! Mentions: which words name states, organisations, companies, people, places, contested areas and outlets.
//!
//! Lists come first and the network's entities second. People of the document are collected with their offices, so
//! that a surname or a bare office later in the text finds its bearer.

mod allegiance;
mod bearers;
mod gazetteer;
mod home;
mod letters;
mod owner;
mod people;
mod pronouns;
mod sightings;
mod titles;

use std::collections::HashMap;
use std::ops::Range;

pub use allegiance::{Candidate, Clues, FILE as ALLEGIANCE, OpenOffice};
pub(crate) use home::{home, state_named};
pub use letters::Letters;

use verbale_read::{Document, Span};

use crate::lexicon::Lexicon;
use crate::parse::{TokenId, Trees};
use crate::record::PartyBasis;
use crate::segment::Segments;

/// All mentions and people of a document.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Mentions in order of unit and token.
    pub mentions: Vec<Mention>,
    /// The people of the document.
    pub people: Vec<Person>,
    /// States of the document by how often words name them, the first of equals first.
    pub states: Vec<String>,
    /// The state that the text is written in, by its dateline or outlet.
    pub home: Option<String>,
    /// Tokens of the longest mention: how far back a mention over a token can begin.
    longest: usize,
    pronouns: HashMap<TokenId, usize>,
    /// Titles that stand with a name: unit, tokens, person.
    titled: Vec<(usize, Range<usize>, usize)>,
}

/// Words that name something.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Index of the unit.
    pub unit: usize,
    /// Token range.
    pub tokens: Range<usize>,
    /// Syntactic head among these tokens.
    pub head: usize,
    /// The words.
    pub span: Span,
    /// What is named.
    pub referent: Referent,
}

/// What words name. Ids are list ids; `person` is an index into [`Names::people`].
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Referent {
    /// A state, by one of its forms.
    State {
        id: String,
        form: StateForm,
    },
    Organisation {
        id: String,
    },
    Company {
        id: String,
        state: Option<String>,
    },
    /// A person, by name or by a part of it.
    Person {
        person: usize,
    },
    /// An office without a name ("the Ambassador", "the Head of the State").
    Office {
        title: String,
        official: bool,
        of: Option<String>,
        to: Option<String>,
        person: Option<usize>,
    },
    /// A contested area by its neutral key.
    Issue {
        key: String,
    },
    /// A town or another place in a state.
    Place {
        name: String,
        state: Option<String>,
    },
    /// A noun that stands for an actor ("ministry", "troops"), with PLOVER sector.
    Agent {
        noun: String,
        sector: String,
    },
    /// A news outlet.
    Outlet {
        name: String,
    },
}

/// By which form a state is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum StateForm {
    Name,
    Adjective,
    Demonym,
    DemonymPlural,
    Capital,
    Seat,
    Code,
}

/// A person of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Person {
    /// `P:` and the folded fullest name.
    pub id: String,
    /// The fullest name in the text.
    pub name: String,
    /// Last name, as later mentions may use it alone.
    pub surname: String,
    /// Offices that the text gives, in order, each with the words that give it.
    pub offices: Vec<PersonOffice>,
    /// ISO alpha-3 of the state the person stands for, from an office or a stated affiliation only.
    pub side: Option<String>,
    /// Whether the person holds an office of state; `None` if the text does not say.
    pub official: Option<bool>,
    /// As far as a form of address tells.
    pub gender: Option<Gender>,
}

/// Grammatical gender of a form of address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Gender {
    Masculine,
    Feminine,
}

/// An office as the text gives it to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonOffice {
    /// Canonical title.
    pub title: String,
    /// Family of offices.
    pub class: String,
    /// State (or organisation) of the office.
    pub of: Option<String>,
    /// State (or organisation) the office is accredited to.
    pub to: Option<String>,
    /// `Named` where the text gives `of` with the office, `Inferred` where the leaders' table or the discourse does.
    pub of_basis: PartyBasis,
    /// Whether it is an office of state.
    pub official: bool,
    /// The words of the office together with the name.
    pub span: Span,
    /// The words of the office.
    pub words: Span,
    /// The words of the office alone, as written.
    pub text: String,
}

/// Finds what is named and by whom offices are held.
pub fn names(document: &Document, segments: &Segments, trees: &Trees, lexicon: &Lexicon) -> Names {
    names_by(document, segments, trees, lexicon, &mut |open| {
        lexicon.allegiance.choose(open)
    })
}

/// The same, with the states of open offices chosen by the caller: for training and measuring the choice.
pub fn names_by(
    document: &Document,
    segments: &Segments,
    trees: &Trees,
    lexicon: &Lexicon,
    choose: &mut dyn FnMut(&OpenOffice) -> Option<String>,
) -> Names {
    let text = &document.text;
    let mut mentions = gazetteer::listed(document, trees, lexicon);
    let mut titles = Vec::new();
    let mut sightings = Vec::new();
    let known = sightings::name_words(text, trees);
    for (unit, tree) in trees.units.iter().enumerate() {
        let here: Vec<&Mention> = mentions
            .iter()
            .filter(|mention| mention.unit == unit)
            .collect();
        let phrases = titles::titles(text, tree, &here, lexicon);
        sightings.extend(sightings::sightings(
            text, unit, tree, &here, &phrases, &known, lexicon,
        ));
        titles.push(phrases);
    }
    let states = by_salience(&mentions, trees);
    let (mut people, named) = people::register(text, &sightings, &titles, &trees.units, lexicon);
    let seen: Vec<(usize, usize)> = named
        .iter()
        .filter_map(|mention| match mention.referent {
            Referent::Person { person } => Some((mention.span.start, person)),
            _ => None,
        })
        .collect();
    let mut titled = Vec::new();
    for (unit, tree) in trees.units.iter().enumerate() {
        let mut taken = vec![false; titles[unit].len()];
        for sighting in sightings.iter().filter(|sighting| sighting.unit == unit) {
            let bearer = named.iter().find_map(|mention| match mention.referent {
                Referent::Person { person }
                    if mention.unit == unit && mention.tokens == sighting.tokens =>
                {
                    Some(person)
                }
                _ => None,
            });
            let Some(bearer) = bearer else {
                continue;
            };
            for &title in &sighting.titles {
                taken[title] = true;
                titled.push((unit, titles[unit][title].bare.clone(), bearer));
            }
        }
        mentions.extend(bearers::bare_offices(
            text,
            unit,
            tree,
            &titles[unit],
            &taken,
            &people,
            &seen,
        ));
    }
    let home = home(document, lexicon);
    bearers::adopt(&mut people, &mentions, |of| {
        states.iter().take(2).any(|state| state == of) || home.as_deref() == Some(of)
    });
    let inquiry = allegiance::Inquiry {
        trees,
        lexicon,
        named: &named,
        mentions: &mentions,
        states: &states,
        home: home.as_deref(),
    };
    bearers::complete(document, &inquiry, &mut people, lexicon, choose);
    for mention in &mut mentions {
        if let Referent::Office {
            of: of @ None,
            person: Some(person),
            ..
        } = &mut mention.referent
        {
            of.clone_from(&people[*person].side);
        }
        // "The Chilean president" is not the president whom the text gives to Peru.
        if let Referent::Office {
            of: Some(of),
            person: person @ Some(_),
            ..
        } = &mut mention.referent
            && lexicon.state(of).is_some()
            && person
                .and_then(|person| people[person].side.as_ref())
                .is_some_and(|side| side != of)
        {
            *person = None;
        }
    }
    mentions.extend(named);
    mentions.extend(agents(trees, &mentions, lexicon));
    mentions.sort_by_key(|mention| (mention.unit, mention.tokens.start, mention.tokens.end));
    let pronouns = pronouns::resolve(segments, trees, &mentions, &people);
    let lengths = mentions.iter().map(|mention| mention.tokens.len());
    let longest = lengths.max().unwrap_or(0);
    Names {
        longest,
        mentions,
        people,
        states,
        home,
        pronouns,
        titled,
    }
}

impl Names {
    /// Mentions whose words hold a token, the shortest first.
    pub fn mentions_at(&self, at: TokenId) -> Vec<&Mention> {
        let mut found: Vec<&Mention> = self.mentions_over(at).collect();
        found.sort_by_key(|mention| mention.tokens.len());
        found
    }

    /// The same in the order of the text.
    pub fn mentions_over(&self, at: TokenId) -> impl Iterator<Item = &Mention> {
        let first = at.token.saturating_sub(self.longest);
        let from = self
            .mentions
            .partition_point(|mention| (mention.unit, mention.tokens.start) < (at.unit, first));
        self.mentions[from..]
            .iter()
            .take_while(move |mention| mention.unit == at.unit && mention.tokens.start <= at.token)
            .filter(move |mention| mention.tokens.contains(&at.token))
    }

    /// The person whom a token names, by name, office or pronoun.
    pub fn person_at(&self, at: TokenId) -> Option<usize> {
        let named = self.mentions_at(at).into_iter().find_map(|mention| {
            match mention.referent {
                Referent::Person { person } => Some(person),
                // "the President of Ghana": Ghana is not the president.
                Referent::Office { person, .. } if mention.head == at.token => person,
                _ => None,
            }
        });
        // "Ghanaian Ambassador Ama Owusu": the parser may take either word for the head.
        let titled = || {
            self.titled
                .iter()
                .find(|(unit, tokens, _)| *unit == at.unit && tokens.contains(&at.token))
                .map(|(_, _, person)| *person)
        };
        named
            .or_else(titled)
            .or_else(|| self.pronouns.get(&at).copied())
    }
}

/// Nouns that stand for an actor, outside all other names.
fn agents(trees: &Trees, mentions: &[Mention], lexicon: &Lexicon) -> Vec<Mention> {
    let mut found = Vec::new();
    for (unit, tree) in trees.units.iter().enumerate() {
        let mut covered = vec![false; tree.tokens.len()];
        for mention in mentions.iter().filter(|mention| mention.unit == unit) {
            covered[mention.tokens.clone()].fill(true);
        }
        for (token, word) in tree.tokens.iter().enumerate() {
            if covered[token] || !["NOUN", "PROPN"].contains(&word.pos) {
                continue;
            }
            if let Some(agent) = lexicon.agent(&word.lemma) {
                found.push(Mention {
                    unit,
                    tokens: token..token + 1,
                    head: token,
                    span: tree.span(token),
                    referent: Referent::Agent {
                        noun: agent.noun.clone(),
                        sector: agent.sector.clone(),
                    },
                });
            }
        }
    }
    found
}

/// States by how often the paragraphs name them; speeches are parsed twice and counted once.
fn by_salience(mentions: &[Mention], trees: &Trees) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for mention in mentions {
        if trees.units[mention.unit].unit.quotation.is_some() {
            continue;
        }
        if let Referent::State { id, .. } = &mention.referent {
            match counts.iter_mut().find(|(known, _)| known == id) {
                Some((_, count)) => *count += 1,
                None => counts.push((id.clone(), 1)),
            }
        }
    }
    // A stable sort keeps the first named of equals first.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(id, _)| id).collect()
}
