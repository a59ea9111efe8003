//! What a person said of facts: these tell of one thing, those of another.

use std::collections::BTreeSet;

use super::cluster::Cluster;
use super::told::Told;
use super::window::Window;

/// Facts, by id, that a person joined or took apart. Ids that no fact has any more are passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joins {
    /// In order; the later word holds.
    pub steps: Vec<Join>,
}

/// One such word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Join {
    /// The records of these facts are one, as far as they are of one kind.
    Together(BTreeSet<String>),
    /// The first facts tell of another thing than the second.
    Apart(BTreeSet<String>, BTreeSet<String>),
}

impl Joins {
    /// Changes clusters as a person said.
    pub(super) fn impose(&self, clusters: &mut Vec<Cluster>, told: &mut [Told]) {
        if self.steps.is_empty() {
            return;
        }
        // For each cluster the one that it went into.
        let mut home: Vec<usize> = (0..clusters.len()).collect();
        for step in &self.steps {
            match step {
                Join::Together(facts) => together(facts, clusters, told, &mut home),
                Join::Apart(these, those) => {
                    apart(these, those, clusters, told);
                    // At most one new cluster, which stays where it is.
                    home.extend(home.len()..clusters.len());
                }
            }
        }
        let new: Vec<Option<usize>> = clusters
            .iter()
            .scan(0, |next, cluster| {
                let at = *next;
                let stays = !cluster.members.is_empty();
                *next += usize::from(stays);
                Some(stays.then_some(at))
            })
            .collect();
        let moved = |at: usize| new[end(&home, at)];
        for (at, cluster) in clusters.iter_mut().enumerate() {
            cluster.possible = cluster
                .possible
                .iter()
                .filter_map(|&other| moved(other))
                .filter(|&other| new[at] != Some(other))
                .collect();
        }
        for each in told.iter_mut() {
            each.during = each.during.and_then(moved);
        }
        clusters.retain(|cluster| !cluster.members.is_empty());
    }
}

/// Where a cluster is in the end.
fn end(home: &[usize], mut at: usize) -> usize {
    while home[at] != at {
        at = home[at];
    }
    at
}

fn holds(cluster: &Cluster, facts: &BTreeSet<String>, told: &[Told]) -> bool {
    cluster
        .members
        .iter()
        .any(|&member| facts.contains(&told[member].fact.id))
}

fn together(facts: &BTreeSet<String>, clusters: &mut [Cluster], told: &[Told], home: &mut [usize]) {
    let held: Vec<usize> = (0..clusters.len())
        .filter(|&at| holds(&clusters[at], facts, told))
        .collect();
    let Some((&first, others)) = held.split_first() else {
        return;
    };
    let kind = told[clusters[first].members[0]].kind;
    for &other in others {
        if told[clusters[other].members[0]].kind != kind {
            continue;
        }
        let members = std::mem::take(&mut clusters[other].members);
        let possible = std::mem::take(&mut clusters[other].possible);
        home[other] = first;
        clusters[first].members.extend(members);
        clusters[first].possible.extend(possible);
    }
    settle(&mut clusters[first], told);
}

fn apart(
    these: &BTreeSet<String>,
    those: &BTreeSet<String>,
    clusters: &mut Vec<Cluster>,
    told: &[Told],
) {
    let both: Vec<usize> = (0..clusters.len())
        .filter(|&at| holds(&clusters[at], these, told) && holds(&clusters[at], those, told))
        .collect();
    let mut taken = Vec::new();
    for at in both {
        let (out, rest): (Vec<usize>, Vec<usize>) = clusters[at]
            .members
            .iter()
            .partition(|&&member| these.contains(&told[member].fact.id));
        clusters[at].members = rest;
        settle(&mut clusters[at], told);
        taken.extend(out);
    }
    if taken.is_empty() {
        return;
    }
    let mut cluster = Cluster {
        members: taken,
        possible: BTreeSet::new(),
        window: Window::default(),
        ambiguous: false,
    };
    settle(&mut cluster, told);
    clusters.push(cluster);
}

/// Canonical order of members, and the days that all of them leave open.
fn settle(cluster: &mut Cluster, told: &[Told]) {
    cluster.members.sort_by_key(|&index| {
        let fact = told[index].fact;
        (&fact.doc, fact.span, &fact.id)
    });
    let mut window = Window::default();
    for &member in &cluster.members {
        window = window.meet(&told[member].window).unwrap_or(window);
    }
    cluster.window = window;
    cluster.ambiguous = false;
}
