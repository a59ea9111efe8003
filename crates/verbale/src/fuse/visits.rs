//! What happened during which visit: talks and signings take their days, and each other, from it.

use std::collections::{BTreeMap, BTreeSet};

use super::FusionRules;
use super::build::people_of;
use super::cluster::Cluster;
use super::identity::{Identities, person_of};
use super::told::{Told, sides};
use crate::record::{DateBasis, FactDate, LinkType, Party, Record, RecordKind};

/// Sets [`Told::during`] of meetings and agreements where exactly one visit fits.
pub(crate) fn during_visits(told: &mut [Told], visits: &[Cluster], rules: &FusionRules) {
    let mut shards: BTreeMap<&str, Vec<Standing>> = BTreeMap::new();
    for (at, visit) in visits.iter().enumerate() {
        let first = &told[visit.members[0]];
        shards.entry(first.shard).or_default().push(Standing {
            at,
            visit,
            between: parties(first),
        });
    }
    let found: Vec<Option<usize>> = told
        .iter()
        .map(|each| match each.kind {
            RecordKind::Meeting | RecordKind::Agreement => {
                let near = shards.get(each.shard).map_or(&[][..], Vec::as_slice);
                during(each, told, near, rules)
            }
            _ => None,
        })
        .collect();
    for (each, visit) in told.iter_mut().zip(found) {
        each.during = visit;
    }
}

/// A visit with its place among the clusters and those between whom it is.
struct Standing<'a> {
    at: usize,
    visit: &'a Cluster,
    between: BTreeSet<String>,
}

fn during(each: &Told, told: &[Told], near: &[Standing], rules: &FusionRules) -> Option<usize> {
    if let Some(whole) = &each.fact.part_of {
        let named = near.iter().find(|standing| {
            let mut members = standing.visit.members.iter();
            members.any(|&member| told[member].fact.id == *whole)
        });
        if let Some(standing) = named {
            return Some(standing.at);
        }
    }
    let between = parties(each);
    let widest = rules.time.widest_days;
    let dated = each.window.dated(widest);
    let mut fits: Vec<(i64, usize)> = Vec::new();
    for Standing {
        at,
        visit,
        between: whose,
    } in near
    {
        let near = visit.window.meet(&each.window).is_some()
            || (1..=rules.time.slack_days).contains(&visit.window.gap(&each.window));
        // Most visits of a large shard are years away.
        if !near {
            continue;
        }
        let first = &told[visit.members[0]];
        let in_text = visit
            .members
            .iter()
            .any(|&member| told[member].same_text(each));
        let days = visit.window.days().unwrap_or(i64::MAX);
        let says_when = if dated && visit.window.dated(widest) {
            in_text || (days <= 10 && each.window.days().is_some_and(|days| days <= 10))
        } else {
            in_text
                && !dated
                && (each.kind == RecordKind::Meeting || of_the_day(each, first, rules))
        };
        if *whose == between && !first.fact.negated && says_when && attends(each, first) {
            fits.push((days, *at));
        }
    }
    fits.sort_unstable();
    match fits[..] {
        [(_, only)] => Some(only),
        // The narrowest of several that fit, where only one is the narrowest and words date both.
        [(narrow, first), (wider, _), ..] if dated && narrow < wider => Some(first),
        _ => None,
    }
}

fn parties(told: &Told) -> BTreeSet<String> {
    let fact = told.fact;
    let host = fact.visit.iter().flat_map(|visit| &visit.host);
    sides(
        fact.actor
            .iter()
            .chain(&fact.recipient)
            .chain(&fact.signatories)
            .chain(host),
    )
    .into_iter()
    .collect()
}

/// An undated paper is of the visit's days if its words date it by the day of speech ("signed today") or place it within
/// the visit, or if the visitor signed it.
fn of_the_day(paper: &Told, visit: &Told, rules: &FusionRules) -> bool {
    !paper.fact.date.text.is_empty()
        || rules.names_visit(&paper.fact.quote)
        || visit
            .visitor
            .as_ref()
            .is_some_and(|visitor| paper.people.values().any(|people| people.contains(visitor)))
}

/// The visitor is among the people of the visitor's side, as far as any are named.
fn attends(each: &Told, visit: &Told) -> bool {
    let Some(visitor) = &visit.visitor else {
        return true;
    };
    sides(&visit.fact.actor)
        .iter()
        .filter_map(|side| each.people.get(side))
        .all(|people| people.contains(visitor))
}

/// Adds the people of the talks held on a visit to those who took part in it.
pub(crate) fn met_on_visits(
    records: &mut [Record],
    members: &[Vec<&Told>],
    identities: &Identities,
    shards: &BTreeMap<String, &str>,
) {
    let places: BTreeMap<String, usize> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| record.kind == RecordKind::Visit)
        .map(|(at, record)| (record.id.clone(), at))
        .collect();
    let met: Vec<(usize, Vec<Party>)> = records
        .iter()
        .zip(members)
        .filter(|(record, _)| record.kind == RecordKind::Meeting)
        .flat_map(|(record, members)| {
            let people: Vec<Party> = members
                .iter()
                .flat_map(|each| each.fact.actor.iter().chain(&each.fact.recipient))
                .filter(|party| person_of(party).is_some())
                .cloned()
                .collect();
            let visits = record
                .links
                .iter()
                .filter(|link| link.link_type == LinkType::PartOf)
                .filter(|link| shards.get(&link.record) == shards.get(&record.id))
                .filter_map(|link| places.get(&link.record));
            visits
                .map(move |&at| (at, people.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    for (at, people) in met {
        if let Some(visit) = &mut records[at].visit {
            visit.participants = people_of(visit.participants.iter().chain(&people), identities);
        }
    }
}

/// What happened during a dated visit, or belongs to a dated package, has its days where no words give others.
/// Days go no further than the shard, which alone is there when a part of a store is fused.
pub(crate) fn lend_days(records: &mut [Record], shards: &BTreeMap<String, &str>) {
    // From visits to talks and packages, then from packages to their papers.
    for _ in 0..2 {
        let dates: BTreeMap<String, (FactDate, Vec<String>)> = records
            .iter()
            .filter_map(|record| {
                let date = record.date.clone().filter(|date| date.start.is_some())?;
                Some((record.id.clone(), (date, record.facts.clone())))
            })
            .collect();
        for record in records.iter_mut() {
            let open = record.date.as_ref().is_none_or(|date| {
                date.start.is_none() && date.end.is_none() && !date.edtf.starts_with("XXXX")
            });
            let wholes: Vec<&(FactDate, Vec<String>)> = record
                .links
                .iter()
                .filter(|link| link.link_type == LinkType::PartOf)
                .filter(|link| shards.get(&link.record) == shards.get(&record.id))
                .filter_map(|link| dates.get(&link.record))
                .collect();
            let ([(date, facts)], true) = (&wholes[..], open) else {
                continue;
            };
            let from = if date.from.is_empty() {
                facts
            } else {
                &date.from
            };
            record.date = Some(FactDate {
                basis: DateBasis::Fused,
                anchor: None,
                duration_days: None,
                text: record.date.take().map(|own| own.text).unwrap_or_default(),
                from: from.clone(),
                ..date.clone()
            });
        }
    }
}
