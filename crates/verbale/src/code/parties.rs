//! Who acts and who is acted upon: from role fillers, from the speaker, from the discourse.

use super::Context;
use super::matching::{Take, fillers};
use crate::clause::Predication;
use crate::record::{Party, PartyBasis, PartyType};
use crate::rules::{Choice, Missing, Mutual, Path, Step};

/// The parties of a fact.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sides {
    pub(super) actor: Vec<Party>,
    pub(super) recipient: Vec<Party>,
    pub(super) mutual: bool,
}

pub(super) fn sides(context: &Context, predication: &Predication, take: &Take) -> Sides {
    let yields = &take.rule.yields;
    let mut actor = parties(context, predication, take, &yields.actor);
    let mut recipient = parties(context, predication, take, &yields.recipient);
    recipient.retain(|party| !has(&actor, party));
    let mutual = match yields.mutual {
        Mutual::Never => false,
        Mutual::Always => true,
        Mutual::IfJoint => {
            predication.reciprocal || recipient.is_empty() && states(&actor).count() >= 2
        }
    };
    if mutual {
        for party in std::mem::take(&mut recipient) {
            add(&mut actor, party);
        }
    }
    let mut sides = Sides {
        actor,
        recipient,
        mutual,
    };
    supply(context, predication, yields.missing, &mut sides);
    sides
}

/// The parties of all choices together, each once.
pub(super) fn parties(
    context: &Context,
    predication: &Predication,
    take: &Take,
    choices: &[Choice],
) -> Vec<Party> {
    let mut all = Vec::new();
    for choice in choices {
        let found = choice
            .0
            .iter()
            .map(|path| at(context, predication, take, path))
            .find(|found| !found.is_empty());
        for party in found.unwrap_or_default() {
            add(&mut all, party);
        }
    }
    all
}

/// The parties at the end of a path. If the rule asks something of the words there, only those that meet it count.
fn at(context: &Context, predication: &Predication, take: &Take, path: &Path) -> Vec<Party> {
    if path.steps == [Step::Speaker] {
        return context.speaker(predication.span).into_iter().collect();
    }
    let bound = take
        .bound
        .iter()
        .find(|bound| bound.requirement.path == *path)
        .map(|bound| bound.fillers.clone());
    let mut found: Vec<Party> = bound
        .unwrap_or_else(|| fillers(context, predication, path))
        .iter()
        .flat_map(|filler| context.parties(filler))
        .collect();
    // Another sentence names them.
    if path.steps.contains(&Step::Earlier) {
        for party in &mut found {
            if party.basis == PartyBasis::Named {
                party.basis = PartyBasis::Resolved;
            }
        }
    }
    found
}

/// Supplies a side that no words name from the discourse.
fn supply(context: &Context, predication: &Predication, missing: Missing, sides: &mut Sides) {
    let known: Vec<Party> = sides
        .actor
        .iter()
        .chain(&sides.recipient)
        .filter(|party| is_collective(party))
        .cloned()
        .collect();
    // Robbers and rebels act for no state.
    let acts_alone = sides.actor.is_empty() && context.acts_for_nobody(predication);
    match (missing, known.len()) {
        (_, 1) if acts_alone => {}
        (Missing::Pair, 0) if sides.mutual => {
            sides.actor = context.missing(predication, &known);
        }
        (Missing::BetweenTwo | Missing::Dyad, 1)
            if sides.actor.is_empty() || !context.is_between_two(&known) => {}
        (Missing::None, _) => {}
        (_, 1) => {
            let other = context.missing(predication, &known);
            if sides.mutual || sides.actor.is_empty() {
                sides.actor.extend(other);
            } else if sides.recipient.is_empty() {
                sides.recipient.extend(other);
            }
        }
        _ => {}
    }
}

/// Whether a party can be one side of a relationship between states.
pub(super) fn is_collective(party: &Party) -> bool {
    matches!(party.party_type, PartyType::State | PartyType::Organisation)
}

fn states(parties: &[Party]) -> impl Iterator<Item = &Party> {
    parties
        .iter()
        .filter(|party| party.party_type == PartyType::State)
}

fn has(parties: &[Party], party: &Party) -> bool {
    parties.iter().any(|known| known.id == party.id)
}

/// Adds a party once; a mention that names a person says more than one that does not. Two persons of one state, a
/// premier and a president met together, are two parties.
fn add(parties: &mut Vec<Party>, party: Party) {
    let other_person = |known: &Party| {
        known.person.is_some() && party.person.is_some() && known.person != party.person
    };
    match parties
        .iter_mut()
        .find(|known| known.id == party.id && !other_person(known))
    {
        Some(known) if known.person.is_none() && party.person.is_some() => *known = party,
        Some(_) => {}
        None => parties.push(party),
    }
}
