//! One act told with two verbs: "supports and helps", "signed and exchanged" is one fact.

use std::collections::BTreeSet;

use super::{Context, Draft};
use crate::record::{Fact, Party};

/// Joins facts whose predicates are coordinated and that say the same by the same rule; the first stays, with the words of
/// both. Gives back the outcomes of those that went.
pub(super) fn join(context: &Context, drafts: &mut Vec<Draft>) -> Vec<(usize, usize)> {
    let mut gone = Vec::new();
    let mut later = 0;
    while later < drafts.len() {
        let first = (0..later).find(|&first| {
            same_statement(&drafts[first].fact, &drafts[later].fact)
                && coordinated(
                    context,
                    drafts[first].predication,
                    drafts[later].predication,
                )
        });
        let Some(first) = first else {
            later += 1;
            continue;
        };
        let joined = drafts.remove(later);
        let fact = &mut drafts[first].fact;
        fact.span = fact.span.cover(joined.fact.span);
        fact.span
            .of(&context.document.text)
            .clone_into(&mut fact.quote);
        for sector in joined.fact.sectors {
            if !fact.sectors.contains(&sector) {
                fact.sectors.push(sector);
            }
        }
        fact.sectors.sort();
        fact.issue = fact.issue.take().or(joined.fact.issue);
        gone.push(joined.outcome);
    }
    gone
}

fn same_statement(a: &Fact, b: &Fact) -> bool {
    fn ids(parties: &[Party]) -> BTreeSet<&str> {
        parties.iter().map(|party| party.id.as_str()).collect()
    }
    a.rule == b.rule
        && a.kind == b.kind
        && a.event_type == b.event_type
        && a.modality == b.modality
        && a.negated == b.negated
        && ids(&a.actor) == ids(&b.actor)
        && ids(&a.recipient) == ids(&b.recipient)
}

/// Whether the second predicate hangs on the first by coordination alone.
fn coordinated(context: &Context, first: usize, second: usize) -> bool {
    let (first, second) = (&context.predications[first], &context.predications[second]);
    if first.unit != second.unit {
        return false;
    }
    let tree = context.tree(first.unit);
    second.tokens.iter().any(|&token| {
        let mut at = token;
        while tree.tokens[at].dep == "conj" {
            at = tree.tokens[at].head;
            if first.tokens.contains(&at) {
                return true;
            }
        }
        false
    })
}
