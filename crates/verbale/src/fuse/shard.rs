//! Which facts can bear on one another over texts: those between the same sides. All facts of a shard are fused together, and
//! without the rest of the store; only ties within one text (an answer, a part of a whole) lead from shard to shard.

use std::collections::{BTreeMap, BTreeSet};

use super::identity::person_of;
use super::told::{record_kind, sides};
use crate::record::{Fact, RecordKind};

/// The shard of each fact, by id. Words that repeat others are where those are.
pub fn shards(facts: &[Fact]) -> BTreeMap<String, String> {
    let known: BTreeMap<&str, &Fact> = facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    facts
        .iter()
        .map(|fact| {
            let mut root = fact;
            let mut seen = BTreeSet::from([fact.id.as_str()]);
            while let Some(&next) = root.repeats.as_deref().and_then(|id| known.get(id)) {
                if !seen.insert(&next.id) {
                    break;
                }
                root = next;
            }
            (fact.id.clone(), shard(root))
        })
        .collect()
}

/// The sides between which a fact is, as far as its block depends on them; of a person's office, the person as named.
pub(crate) fn shard(fact: &Fact) -> String {
    let both = || fact.actor.iter().chain(&fact.recipient);
    let or = |first, other| {
        if fact.recipient.is_empty() {
            other
        } else {
            first
        }
    };
    let named = match record_kind(fact) {
        RecordKind::Person => {
            let person = fact.actor.iter().find_map(person_of);
            return person.map_or_else(|| fact.id.clone(), |person| person.id);
        }
        RecordKind::Visit => {
            let host = fact.visit.iter().flat_map(|visit| &visit.host);
            if fact.recipient.is_empty() {
                sides(fact.actor.iter().chain(host))
            } else {
                sides(both())
            }
        }
        RecordKind::Agreement => sides(both().chain(&fact.signatories)),
        RecordKind::Commitment if !fact.mutual => sides(
            fact.actor
                .iter()
                .chain(or(&fact.recipient, &fact.beneficiary)),
        ),
        RecordKind::Position if fact.issue.is_some() => sides(&fact.actor),
        RecordKind::Position if !fact.mutual => {
            let whom = if fact.beneficiary.is_empty() {
                &fact.recipient
            } else {
                &fact.beneficiary
            };
            sides(fact.actor.iter().chain(whom))
        }
        _ => sides(both()),
    };
    // What is between nobody is told by its text alone.
    if named.is_empty() {
        return format!("text {}", fact.doc);
    }
    named.join("+")
}
