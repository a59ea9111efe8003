//! The same words again in one text: a lead that echoes a quotation, a summary at the end.

use std::collections::BTreeSet;

use crate::record::Fact;

/// Marks facts whose words a fuller or quoted telling in the same text has as well. A fact and its repeat both stay;
/// who counts counts one.
pub(super) fn mark(facts: &mut [Fact]) {
    let words: Vec<BTreeSet<String>> = facts
        .iter()
        .map(|fact| content_words(&fact.quote))
        .collect();
    for later in 0..facts.len() {
        let first = (0..later).find(|&earlier| {
            facts[earlier].repeats.is_none()
                && same_statement(&facts[earlier], &facts[later])
                && !facts[earlier].span.overlaps(facts[later].span)
                && same_words(&words[earlier], &words[later])
        });
        if let Some(first) = first {
            facts[later].repeats = Some(facts[first].id.clone());
        }
    }
}

fn same_statement(a: &Fact, b: &Fact) -> bool {
    let ids = |fact: &Fact| {
        let ids = |parties: &[crate::record::Party]| -> BTreeSet<String> {
            parties.iter().map(|party| party.id.clone()).collect()
        };
        (ids(&fact.actor), ids(&fact.recipient))
    };
    a.kind == b.kind && a.event_type == b.event_type && a.negated == b.negated && ids(a) == ids(b)
}

/// Four fifths of the shorter telling's words stand in the longer, and the shorter is no mere phrase.
fn same_words(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let shorter = a.len().min(b.len());
    shorter >= 4 && a.intersection(b).count() * 5 >= shorter * 4
}

fn content_words(text: &str) -> BTreeSet<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
        .collect()
}
