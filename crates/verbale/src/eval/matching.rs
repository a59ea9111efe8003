//! Which prediction is which gold fact: one to one, maximum, most equal attributes, then lowest ids.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::GoldFact;
use super::told::Told;
use crate::record::{Fact, Kind};

/// What a pair must share beside the document and the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Compatible kinds.
    pub(super) kind: bool,
    /// The same states.
    pub(super) states: bool,
}

impl Asked {
    /// What precision and recall ask.
    pub(super) const ALL: Asked = Asked {
        kind: true,
        states: true,
    };
}

/// Which facts tell what a gold record tells, by their words alone: pairs of (gold index, index of the fact).
pub fn match_words(gold: &[GoldFact], facts: &[Fact]) -> Vec<(usize, usize)> {
    let told: Vec<Told> = facts.iter().map(Told::from).collect();
    let by_words = Asked {
        kind: false,
        states: false,
    };
    match_facts(gold, &told, by_words)
}

/// Pairs of (gold index, index of what was told).
pub(super) fn match_facts(gold: &[GoldFact], facts: &[Told], asked: Asked) -> Vec<(usize, usize)> {
    let mut candidates: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for (gold_index, gold_fact) in gold.iter().enumerate() {
        for (fact_index, fact) in facts.iter().enumerate() {
            if may_match(gold_fact, fact, asked) {
                // Every pair outweighs any sum of attributes, so that the matching is maximum first.
                let weight = 1_000_000 + 1_000 * equal_attributes(gold_fact, fact);
                candidates
                    .entry(gold_index)
                    .or_default()
                    .push((fact_index, weight));
            }
        }
    }
    assign(&candidates, facts.len())
}

/// Successive augmentation by the heaviest path (Bellman-Ford over the alternating graph). The graph is a few hundred
/// nodes and falls apart into small components, so the plain method is fast enough.
fn assign(
    candidates: &BTreeMap<usize, Vec<(usize, i64)>>,
    fact_count: usize,
) -> Vec<(usize, usize)> {
    let mut fact_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut gold_of: Vec<Option<usize>> = vec![None; fact_count];
    let weight = |gold: usize, fact: usize| {
        candidates[&gold]
            .iter()
            .find(|(other, _)| *other == fact)
            .map_or(0, |(_, weight)| *weight)
    };
    loop {
        // Best gain with which each fact can be reached from an unmatched gold fact, and from which gold fact.
        let mut best: BTreeMap<usize, (i64, usize)> = BTreeMap::new();
        let mut reach: BTreeMap<usize, i64> = candidates
            .keys()
            .filter(|gold| !fact_of.contains_key(gold))
            .map(|&gold| (gold, 0))
            .collect();
        loop {
            let mut changed = false;
            for (&gold, &gain) in &reach.clone() {
                for &(fact, pair_weight) in &candidates[&gold] {
                    if fact_of.get(&gold) == Some(&fact) {
                        continue;
                    }
                    let value = gain + pair_weight;
                    if best.get(&fact).is_none_or(|&(old, _)| value > old) {
                        best.insert(fact, (value, gold));
                        changed = true;
                        if let Some(owner) = gold_of[fact] {
                            let onward = value - weight(owner, fact);
                            if reach.get(&owner).is_none_or(|&old| onward > old) {
                                reach.insert(owner, onward);
                            }
                        }
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let target = best
            .iter()
            .filter(|(fact, _)| gold_of[**fact].is_none())
            .max_by_key(|(fact, (gain, _))| (*gain, std::cmp::Reverse(**fact)))
            .map(|(&fact, &(gain, _))| (fact, gain));
        let Some((mut fact, gain)) = target else {
            break;
        };
        if gain <= 0 {
            break;
        }
        loop {
            let gold = best[&fact].1;
            let previous = fact_of.insert(gold, fact);
            gold_of[fact] = Some(gold);
            match previous {
                Some(next) => fact = next,
                None => break,
            }
        }
    }
    fact_of.into_iter().collect()
}

fn may_match(gold: &GoldFact, fact: &Told, asked: Asked) -> bool {
    let Some(kind) = gold.contract_kind else {
        return false;
    };
    gold.seed == fact.document
        && (!asked.kind || kinds_compatible(kind, fact.kind))
        && quotes_match(gold, fact)
        && (!asked.states || states_equal(gold, fact))
}

fn kinds_compatible(gold: Kind, fact: Kind) -> bool {
    let standing = |kind| matches!(kind, Kind::Relation | Kind::Cooperation | Kind::Position);
    let told = |kind| matches!(kind, Kind::Claim | Kind::Figure);
    gold == fact || (standing(gold) && standing(fact)) || (told(gold) && told(fact))
}

fn quotes_match(gold: &GoldFact, fact: &Told) -> bool {
    let (start, end) = (fact.span.start, fact.span.end);
    if gold.byte_start <= start && end <= gold.byte_end {
        return true;
    }
    let shared = end
        .min(gold.byte_end)
        .saturating_sub(start.max(gold.byte_start));
    2 * shared >= end - start && 2 * shared >= gold.byte_end - gold.byte_start
}

fn states_equal(gold: &GoldFact, fact: &Told) -> bool {
    let expected: BTreeSet<&str> = gold.states.iter().map(String::as_str).collect();
    fact.states == expected
}

fn equal_attributes(gold: &GoldFact, fact: &Told) -> i64 {
    [
        gold.contract_kind == Some(fact.kind),
        fact.event_type_equal(gold),
        fact.direction_equal(gold),
        fact.modality_equal(gold),
        fact.speaker_equal(gold),
        fact.date_right(gold),
        gold.cameo.as_deref() == fact.cameo,
    ]
    .into_iter()
    .filter(|equal| *equal)
    .count() as i64
}
