//! Joining the facts of a block, in a canonical order.
//!
//! That dates fit is not transitive: "in July" fits two visits that do not fit each other. So the most precise facts
//! come first and found the records; a later fact joins the one record it fits, and if it fits several it stays
//! alone and is linked to each as possibly the same. The order of arrival plays no part.

use std::collections::{BTreeMap, BTreeSet};

use super::FusionRules;
use super::near::Near;
use super::same::{Verdict, bound_by_days, verdict};
use super::told::Told;
use super::visits::during_visits;
use super::window::Window;
use crate::record::{Fact, RecordKind};

/// Facts that tell of one thing.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    /// Indices into the list of facts, in canonical order.
    pub(crate) members: Vec<usize>,
    /// Clusters with which it is possibly the same; links go both ways.
    pub(crate) possible: BTreeSet<usize>,
    /// The days that all members leave open.
    pub(crate) window: Window,
    /// Made of a fact that fits several others.
    pub(crate) ambiguous: bool,
}

/// Joins facts, block by block, visits first: they date what happened during them. The result is in canonical order.
pub(crate) fn clusters(told: &mut [Told], rules: &FusionRules) -> Vec<Cluster> {
    let mut blocks: BTreeMap<(RecordKind, String), Vec<usize>> = BTreeMap::new();
    for (index, each) in told.iter().enumerate() {
        blocks
            .entry((each.kind, each.key.clone()))
            .or_default()
            .push(index);
    }
    let ids: BTreeMap<&str, usize> = told
        .iter()
        .enumerate()
        .map(|(index, each)| {
            let fact: &Fact = each.fact;
            (fact.id.as_str(), index)
        })
        .collect();
    let mut all: Vec<Cluster> = Vec::new();
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    let mut visits_stand = false;
    for ((kind, _), mut block) in blocks {
        if kind != RecordKind::Visit && !visits_stand {
            visits_stand = true;
            during_visits(told, &all, rules);
        }
        block.retain(|&index| original(index, told, &ids) == index);
        block.sort_by_key(|&index| {
            let each = &told[index];
            (
                each.window.breadth(),
                std::cmp::Reverse(each.topic.len()),
                &each.fact.doc,
                each.fact.span,
                &each.fact.id,
            )
        });
        let first = all.len();
        let mut near = Near::new(kind, rules.time.slack_days);
        for index in block {
            let at = settle(index, told, &mut all, first, &mut near, rules);
            place.insert(index, at);
        }
    }
    // What repeats words of its text goes where those words went, whatever its own days or kind.
    for index in 0..told.len() {
        let root = original(index, told, &ids);
        if root != index {
            all[place[&root]].members.push(index);
        }
    }
    for cluster in &mut all {
        cluster.members.sort_by_key(|&index| {
            let fact = told[index].fact;
            (&fact.doc, fact.span, &fact.id)
        });
    }
    all
}

/// The fact whose words a fact repeats in the end; itself, if none.
fn original(index: usize, told: &[Told], ids: &BTreeMap<&str, usize>) -> usize {
    let mut at = index;
    let mut seen = BTreeSet::from([index]);
    while let Some(&next) = told[at].fact.repeats.as_deref().and_then(|id| ids.get(id)) {
        if !seen.insert(next) {
            // A circle of repeats has no beginning: its first member stands for all.
            return seen.into_iter().next().unwrap_or(index);
        }
        at = next;
    }
    at
}

/// Puts one fact into the cluster it belongs to, or into a new one; gives its place.
fn settle(
    index: usize,
    told: &[Told],
    all: &mut Vec<Cluster>,
    first: usize,
    near: &mut Near,
    rules: &FusionRules,
) -> usize {
    let each = &told[index];
    let mut same = BTreeSet::new();
    let mut likely = BTreeSet::new();
    let mut possible = BTreeSet::new();
    for at in near.to(&each.window, first..all.len()) {
        let cluster = &all[at];
        match against(each, cluster, told, rules) {
            Verdict::Same if cluster.ambiguous => {
                // Another text's doubt does not join ours: each may mean another of the candidates.
                if cluster
                    .members
                    .iter()
                    .any(|&member| told[member].same_text(each))
                {
                    same.insert(at);
                } else {
                    possible.insert(at);
                }
            }
            Verdict::Same => {
                same.insert(at);
            }
            Verdict::Likely => {
                likely.insert(at);
            }
            Verdict::Possible => {
                possible.insert(at);
            }
            Verdict::Apart => {}
        }
    }
    let doubt: Vec<usize> = same
        .iter()
        .copied()
        .filter(|&at| all[at].ambiguous)
        .collect();
    let home = match (same.len(), &doubt[..]) {
        (1, _) => same.first().copied(),
        (_, [only]) => Some(*only),
        // What is likely is so only if nothing else may be meant.
        (0, _) if likely.len() == 1 && possible.is_empty() => {
            likely.first().copied().filter(|&at| !all[at].ambiguous)
        }
        _ => None,
    };
    if let Some(at) = home {
        let cluster = &mut all[at];
        if let Some(met) = cluster.window.meet(&each.window) {
            cluster.window = met;
        }
        cluster.members.push(index);
        return at;
    }
    let at = all.len();
    let ambiguous = same.len() > 1;
    possible.extend(same.into_iter().chain(likely));
    for &other in &possible {
        all[other].possible.insert(at);
    }
    near.put(at, &each.window);
    all.push(Cluster {
        members: vec![index],
        possible,
        window: each.window,
        ambiguous,
    });
    at
}

/// One member that speaks against it keeps a fact out; one that speaks for it lets it in.
fn against(each: &Told, cluster: &Cluster, told: &[Told], rules: &FusionRules) -> Verdict {
    let slack = || (1..=rules.time.slack_days).contains(&cluster.window.gap(&each.window));
    if bound_by_days(each.kind) && cluster.window.meet(&each.window).is_none() && !slack() {
        return Verdict::Apart;
    }
    let mut best = Verdict::Apart;
    for &member in &cluster.members {
        match verdict(each, &told[member], rules) {
            Verdict::Apart => return Verdict::Apart,
            better => best = best.max(better),
        }
    }
    best
}
