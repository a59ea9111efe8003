//! The same words again in one text: a lead that echoes a quotation, a summary at the end.

use std::collections::BTreeSet;

use super::Context;
use crate::record::{Fact, Party, VoiceMode};

/// Marks facts whose words a fact before them in the same text has as well. A fact and its repeat both stay; who counts
/// counts one.
pub(super) fn mark(context: &Context, facts: &mut [Fact]) {
    let words: Vec<BTreeSet<String>> = facts
        .iter()
        .map(|fact| content_words(context, fact))
        .collect();
    for later in 0..facts.len() {
        let first = (0..later).find(|&earlier| {
            facts[earlier].repeats.is_none()
                && same_statement(&facts[earlier], &facts[later])
                && !facts[earlier].span.overlaps(facts[later].span)
                && same_words(
                    &words[earlier],
                    &words[later],
                    is_echo(&facts[earlier]) || is_echo(&facts[later]),
                )
        });
        if let Some(first) = first {
            facts[later].repeats = Some(facts[first].id.clone());
        }
    }
}

/// Words without marks that repeat what somebody is quoted with elsewhere in the text.
fn is_echo(fact: &Fact) -> bool {
    fact.attribution
        .last()
        .is_some_and(|voice| voice.mode == VoiceMode::Echo)
}

fn same_statement(a: &Fact, b: &Fact) -> bool {
    let ids = |fact: &Fact| {
        let ids = |parties: &[Party]| -> BTreeSet<String> {
            parties.iter().map(|party| party.id.clone()).collect()
        };
        (ids(&fact.actor), ids(&fact.recipient))
    };
    a.kind == b.kind && a.event_type == b.event_type && a.negated == b.negated && ids(a) == ids(b)
}

/// Four fifths of the shorter telling's words stand in the longer, and the shorter is no mere phrase. An echo is known to
/// repeat, so less is enough.
fn same_words(a: &BTreeSet<String>, b: &BTreeSet<String>, echo: bool) -> bool {
    let shorter = a.len().min(b.len());
    let (least, parts) = if echo { (2, 3) } else { (4, 4) };
    shorter >= least && a.intersection(b).count() * 5 >= shorter * parts
}

/// The lemmas of nouns, verbs, adjectives, adverbs and numbers, so that "supports" and "supporting" are the same; without
/// the parties' names.
fn content_words(context: &Context, fact: &Fact) -> BTreeSet<String> {
    const CONTENT: [&str; 6] = ["NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"];
    let parties: BTreeSet<String> = fact
        .actor
        .iter()
        .chain(&fact.recipient)
        .flat_map(|party| party.name.split(' ').chain(party.text.split(' ')))
        .map(str::to_lowercase)
        .collect();
    (0..context.trees.units.len())
        .flat_map(|unit| context.tokens_in(unit, fact.span))
        .map(|at| &context.tree(at.unit).tokens[at.token])
        .filter(|token| CONTENT.contains(&token.pos) && token.norm != "other")
        .filter(|token| !parties.contains(&token.norm))
        .map(|token| token.lemma.to_lowercase())
        .collect()
}
