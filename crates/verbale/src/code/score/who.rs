//! Who the parties of a predication are, also where its words name only one of them, or none.
//!
//! Every state and organisation within reach is a candidate: those at its roles, those elsewhere in the sentence, the
//! side of who speaks, who acts in the clause around it, who was named before, and the states that the text is about.
//! A linear model ([`FILE`]) says of each whether it acts, is acted upon, or has no part.

use std::collections::BTreeSet;

use super::super::Context;
use super::super::matching::Filler;
use super::super::parties::is_collective;
use super::predicates::Predicates;
use super::{Features, Names, Places};
use crate::clause::Predication;
use crate::names::Referent;
use crate::parse::TokenId;
use crate::record::{Party, PartyType};

/// Path of the table in the data folder.
pub const FILE: &str = "lang/en/scored_parties.tsv";

/// Somebody who may be a party.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// ISO alpha-3 of the state that it is or stands for, or the id of an organisation.
    pub id: String,
    /// Who stands for it: two ministers of one state are two.
    pub parties: Vec<Party>,
    /// Where it stands, the nearest place first.
    pub sites: Vec<String>,
    /// What the model sees of it.
    pub features: Features,
}

/// All candidates of a predication, the nearest first; the names of their features are kept or not like `names`.
pub fn candidates(
    context: &Context,
    at: usize,
    places: &Places,
    predicates: &Predicates,
    names: &Names,
) -> Vec<Candidate> {
    let predication = &context.predications[at];
    let mut found = Found::default();
    for party in &places.agent {
        found.add(party, "agent");
    }
    for (role, parties) in &places.others {
        for party in parties {
            found.add(party, role.name());
        }
    }
    let named = found.0.len();
    in_sentence(context, predication, &mut found);
    around(context, predication, &mut found);
    before(context, predication, &mut found);
    of_text(context, predication, places, &mut found);
    let verbs = context.predicate_names(predication);
    let mut types = predicates.own(context, predication);
    types.sort_unstable();
    types.dedup();
    let words = Words {
        predication,
        verb: verbs.last().map_or("", |verb| verb.as_ref()),
        types,
    };
    let mut found = found.0;
    for index in 0..found.len() {
        found[index].features.names = features(context, &words, &found, index, named, names.like());
    }
    found
}

#[derive(Default)]
struct Found(Vec<Candidate>);

impl Found {
    fn add(&mut self, party: &Party, site: &str) {
        let id = match party.stands_for() {
            Some(state) => state,
            None if is_collective(party) => &party.id,
            None => return,
        };
        match self.0.iter_mut().find(|known| known.id == id) {
            Some(known) => {
                let same_site = known.sites.first().is_some_and(|first| first == site);
                let other = known.parties.iter().all(|other| {
                    other.person.is_some() && party.person.is_some() && other.person != party.person
                });
                if same_site && other {
                    known.parties.push(party.clone());
                }
                if !known.sites.iter().any(|known| known == site) {
                    known.sites.push(site.to_owned());
                }
            }
            None => self.0.push(Candidate {
                id: id.to_owned(),
                parties: vec![party.clone()],
                sites: vec![site.to_owned()],
                features: Features::default(),
            }),
        }
    }
}

/// Whom the words of the sentence name outside the roles.
fn in_sentence(context: &Context, predication: &Predication, found: &mut Found) {
    let unit = predication.unit;
    let tree = context.tree(unit);
    for token in tree.sentence_around(predication.head) {
        let at = TokenId { unit, token };
        if !leads_to_somebody(context, at) {
            continue;
        }
        let place = if predication.span.contains(tree.span(token)) {
            "in"
        } else if token < predication.head {
            "before"
        } else {
            "after"
        };
        let dep = tree.tokens[token].dep;
        let parties = context.head_parties(at);
        for party in &parties {
            found.add(party, &format!("{place}.{dep}"));
        }
        if parties.is_empty()
            && let Some(host) = context.host(at)
        {
            found.add(&host, &format!("{place}.where"));
        }
    }
}

/// Whether a token is the head of a mention, or a pronoun.
fn leads_to_somebody(context: &Context, at: TokenId) -> bool {
    let token = &context.tree(at.unit).tokens[at.token];
    token.pos == "PRON"
        || context.names.mentions_over(at).any(|mention| {
            mention.head == at.token
                && !matches!(
                    mention.referent,
                    Referent::Outlet { .. } | Referent::Issue { .. }
                )
        })
}

/// Who speaks, and who acts in the clauses around.
fn around(context: &Context, predication: &Predication, found: &mut Found) {
    let unit = predication.unit;
    let tree = context.tree(unit);
    if let Some(speaker) = context.speaker(tree.span(predication.head)) {
        found.add(&speaker, "voice");
    }
    let outer = tree
        .upwards(predication.head)
        .skip(1)
        .filter(|token| !predication.tokens.contains(token))
        .find_map(|token| context.predication_at(TokenId { unit, token }));
    let Some(outer) = outer else { return };
    for role in &outer.roles {
        if predication.tokens.contains(&role.head) || predication.head == role.head {
            continue;
        }
        for party in context.parties(&Filler::of(unit, role)) {
            found.add(&party, &format!("outer.{}", role.name.name()));
        }
    }
}

/// Whom the sentence before names, or the last one of the paragraph before.
fn before(context: &Context, predication: &Predication, found: &mut Found) {
    let tree = context.tree(predication.unit);
    let words = match tree.sentence_of(predication.head).checked_sub(1) {
        Some(before) => Some(tree.range_span(tree.sentences[before].clone())),
        None => context
            .trees
            .units
            .iter()
            .rfind(|earlier| {
                earlier.unit.span.end <= tree.unit.span.start && earlier.unit.quotation.is_none()
            })
            .and_then(|earlier| Some(earlier.range_span(earlier.sentences.last()?.clone()))),
    };
    let Some(words) = words else { return };
    for (party, subject) in context.states_named_in(words) {
        found.add(&party, if subject { "prev.subject" } else { "prev" });
    }
}

/// The states that the text is about.
fn of_text(context: &Context, predication: &Predication, places: &Places, found: &mut Found) {
    let present: Vec<Party> = places
        .agent
        .iter()
        .chain(places.others.iter().flat_map(|(_, parties)| parties))
        .cloned()
        .collect();
    for party in context.missing(predication, &present) {
        found.add(&party, "missing");
    }
    for party in context.missing(predication, &[]) {
        found.add(&party, "pair");
    }
    for (rank, state) in context.names.states.iter().take(3).enumerate() {
        let party = context.inferred(state, predication);
        found.add(&party, &format!("rank{rank}"));
        if context.is_about_two(std::slice::from_ref(&party)) {
            found.add(&party, "dyad");
        }
    }
}

/// What is the same for all candidates of a predication.
struct Words<'w> {
    predication: &'w Predication,
    verb: &'w str,
    types: Vec<&'w str>,
}

fn features(
    context: &Context,
    words: &Words,
    all: &[Candidate],
    index: usize,
    named: usize,
    mut names: Names,
) -> Names {
    let candidate = &all[index];
    let Words {
        predication,
        verb,
        types,
    } = words;
    let first = &candidate.sites[0];
    let agentless = !all.iter().any(|known| known.sites[0] == "agent");
    let form = format!("{:?}", predication.form);
    let party = &candidate.parties[0];
    let sort = match party.party_type {
        PartyType::State => "state",
        PartyType::Organisation => "organisation",
        _ => "other",
    };
    let dense = ((context.density() * 4.0) as usize).min(5);
    names.add(format_args!("bias"));
    names.add(format_args!("sort={sort}"));
    names.add(format_args!("first={first}&{sort}"));
    names.add(format_args!("first={first}&named={}", named.min(3)));
    names.add(format_args!("first={first}&agentless={agentless}"));
    names.add(format_args!("first={first}&v={verb}"));
    names.add(format_args!("first={first}&form={form}"));
    names.add(format_args!("first={first}&dense={dense}"));
    names.add(format_args!("first={first}&basis={:?}", party.basis));
    names.add(format_args!(
        "first={first}&named={}&agentless={agentless}",
        named.min(3)
    ));
    for event_type in types {
        names.add(format_args!("first={first}&lex={event_type}"));
        names.add(format_args!(
            "first={first}&lex={event_type}&named={}",
            named.min(3)
        ));
    }
    if predication.negated {
        names.add(format_args!("first={first}&negated"));
    }
    if predication.reciprocal {
        names.add(format_args!("first={first}&reciprocal"));
    }
    let others: BTreeSet<&str> = all
        .iter()
        .take(named)
        .enumerate()
        .filter(|(other, _)| *other != index)
        .map(|(_, other)| other.sites[0].as_str())
        .collect();
    for other in &others {
        names.add(format_args!("first={first}&beside={other}"));
    }
    for site in &candidate.sites {
        names.add(format_args!("at={site}"));
        names.add(format_args!("at={site}&first={first}"));
        names.add(format_args!("at={site}&form={form}"));
        names.add(format_args!("at={site}&named={}", named.min(3)));
        names.add(format_args!("at={site}&v={verb}"));
        names.add(format_args!(
            "at={site}&dense={dense}&named={}",
            named.min(3)
        ));
        for event_type in types {
            names.add(format_args!("at={site}&lex={event_type}"));
        }
    }
    for role in &predication.roles {
        let key = role.name.name();
        names.add(format_args!("first={first}&has={key}"));
        if let Some(prep) = &role.prep {
            names.add(format_args!("first={first}&q={prep}"));
        }
    }
    // Which of the states it is, by how much the text speaks of it.
    let rank = context
        .names
        .states
        .iter()
        .position(|state| *state == candidate.id)
        .map_or(9, |rank| rank.min(4));
    names.add(format_args!("rank={rank}"));
    names.add(format_args!("rank={rank}&first={first}"));
    names.add(format_args!("rank={rank}&named={}", named.min(3)));
    let two_named = all[..named]
        .iter()
        .filter(|known| known.parties[0].party_type == PartyType::State)
        .count();
    names.add(format_args!("first={first}&states={}", two_named.min(3)));
    names.add(format_args!(
        "first={first}&states={}&rank={rank}",
        two_named.min(3)
    ));
    // Whose is the place among the words of the sentence.
    let nearer = all[..index]
        .iter()
        .filter(|known| known.parties[0].party_type == PartyType::State)
        .count();
    names.add(format_args!("nearer={}", nearer.min(3)));
    names.add(format_args!("nearer={}&first={first}", nearer.min(3)));
    names
}
