//! Who may act and who may be acted upon, read from the roles alone, without a rule that names them.

use super::super::Context;
use super::super::matching::Filler;
use super::super::parties::is_collective;
use crate::clause::{Predication, Role, RoleName};
use crate::record::Party;

/// The parties at the roles of a predication.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// Who stands at the agent's place.
    pub agent: Vec<Party>,
    /// Parties at the other places with the role that brings them, the likeliest recipient first.
    pub others: Vec<(RoleName, Vec<Party>)>,
}

/// The order in which roles are asked for who is acted upon.
const ORDER: [RoleName; 11] = [
    RoleName::Recipient,
    RoleName::Counterpart,
    RoleName::Patient,
    RoleName::Source,
    RoleName::Destination,
    RoleName::Content,
    RoleName::Topic,
    RoleName::Attribute,
    RoleName::Other,
    RoleName::Purpose,
    RoleName::Place,
];

/// Parties at the places of a predication.
pub(in crate::code) fn places(context: &Context, predication: &Predication) -> Places {
    let mut places = Places::default();
    for role in predication.role(RoleName::Agent) {
        extend(&mut places.agent, parties(context, predication, role));
    }
    for name in ORDER {
        let mut found = Vec::new();
        for role in predication.role(name) {
            extend(&mut found, parties(context, predication, role));
        }
        found.retain(|party| !places.agent.iter().any(|agent| agent.id == party.id));
        if !found.is_empty() {
            places.others.push((name, found));
        }
    }
    places
}

/// Whom a filler stands for; else whose it is; for an act, who acts in it or is acted upon.
fn parties(context: &Context, predication: &Predication, role: &Role) -> Vec<Party> {
    let filler = Filler::of(predication.unit, role);
    let head = filler.head;
    let direct = context.parties(&filler);
    if direct.iter().any(is_collective) || role.name == RoleName::Place {
        return direct;
    }
    if let Some(act) = context.predication_at(head)
        && act.head != predication.head
    {
        for name in [
            RoleName::Agent,
            RoleName::Patient,
            RoleName::Counterpart,
            RoleName::Recipient,
        ] {
            for inner in act
                .role(name)
                .filter(|inner| inner.head != predication.head)
            {
                let found = context.parties(&Filler::of(act.unit, inner));
                if found.iter().any(is_collective) {
                    return found;
                }
            }
        }
    }
    let holders = context.holders(head);
    match holders.iter().any(is_collective) {
        true => holders,
        false => direct,
    }
}

fn extend(all: &mut Vec<Party>, found: Vec<Party>) {
    for party in found {
        if !all
            .iter()
            .any(|known| known.id == party.id && known.person == party.person)
        {
            all.push(party);
        }
    }
}
