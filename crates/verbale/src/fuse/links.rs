//! Ties between records: member of a package or a visit, payment on a promise, answer, tension.

use std::collections::BTreeMap;

use super::FusionRules;
use super::build::{same_sides, stands_for};
use super::told::Told;
use super::topic::shared;
use crate::record::{EventType, Link, LinkType, Phase, Record, RecordKind, RelationType};

/// A tie found between two records, by their places, with a fact that makes it. Undated talks of one shard may all be the
/// same, so that there can be hundreds of thousands.
type Tie<'a> = (u32, LinkType, u32, &'a str);

fn tie<'a>(
    ties: &mut Vec<Tie<'a>>,
    (at, sort, other): (usize, LinkType, usize),
    facts: impl IntoIterator<Item = &'a str>,
) {
    ties.extend(
        facts
            .into_iter()
            .map(|fact| (at as u32, sort, other as u32, fact)),
    );
}

/// Sets the links of all records. `members` are the facts of each record, `home` tells a fact's record.
pub(crate) fn link<'a>(
    records: &mut [Record],
    members: &[Vec<&Told<'a>>],
    possible: &[Vec<usize>],
    visits: &[usize],
    rules: &FusionRules,
) {
    let home: BTreeMap<&str, usize> = members
        .iter()
        .enumerate()
        .flat_map(|(at, facts)| facts.iter().map(move |each| (each.fact.id.as_str(), at)))
        .collect();
    let mut ties: Vec<Tie<'a>> = Vec::new();
    for (at, others) in possible.iter().enumerate() {
        for &other in others {
            let facts = first_facts(members, [at, other]);
            tie(&mut ties, (at, LinkType::PossibleSame, other), facts);
        }
    }
    part_of(members, &home, visits, &mut ties);
    let texts = texts(members);
    within_texts(&texts, records, members, rules, &mut ties);
    for (at, other) in Meeting::of(records, members).pairs() {
        tension(at, other, records, members, &mut ties);
        follows(at, other, records, members, rules, &mut ties);
    }
    let ids: Vec<String> = records.iter().map(|record| record.id.clone()).collect();
    ties.sort_unstable();
    ties.dedup();
    for same in ties.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        let (at, link_type, other, _) = same[0];
        records[at as usize].links.push(Link {
            link_type,
            record: ids[other as usize].clone(),
            facts: same.iter().map(|tie| tie.3.to_owned()).collect(),
        });
    }
    for record in records {
        record.links.sort();
    }
}

fn first_facts<'a>(members: &[Vec<&Told<'a>>], at: [usize; 2]) -> [&'a str; 2] {
    at.map(|at| members[at][0].fact.id.as_str())
}

/// The facts of each text with their records.
fn texts<'m, 'a>(
    members: &'m [Vec<&'m Told<'a>>],
) -> BTreeMap<&'a str, Vec<(usize, &'m Told<'a>)>> {
    let mut texts: BTreeMap<&str, Vec<(usize, &Told)>> = BTreeMap::new();
    for (at, facts) in members.iter().enumerate() {
        for each in facts {
            texts.entry(&each.fact.doc).or_default().push((at, each));
        }
    }
    texts
}

fn part_of<'a>(
    members: &[Vec<&Told<'a>>],
    home: &BTreeMap<&str, usize>,
    visits: &[usize],
    ties: &mut Vec<Tie<'a>>,
) {
    for (at, facts) in members.iter().enumerate() {
        for each in facts {
            let whole = each.fact.part_of.as_deref().and_then(|id| home.get(id));
            let visit = each.during.and_then(|cluster| visits.get(cluster));
            for &whole in whole.into_iter().chain(visit) {
                if whole != at {
                    tie(ties, (at, LinkType::PartOf, whole), [each.fact.id.as_str()]);
                }
            }
        }
    }
}

/// Ties that one text makes: a paper of a package, an answer to what stands before it.
fn within_texts<'a>(
    texts: &BTreeMap<&str, Vec<(usize, &Told<'a>)>>,
    records: &[Record],
    members: &[Vec<&Told>],
    rules: &FusionRules,
    ties: &mut Vec<Tie<'a>>,
) {
    let packages: Vec<bool> = members
        .iter()
        .map(|facts| facts.iter().any(|each| each.package))
        .collect();
    for facts in texts.values() {
        for &(at, each) in facts {
            for &(other, before) in facts.iter().filter(|(other, _)| *other != at) {
                let paper = !packages[at] && packages[other];
                if paper && of_package(&records[at], &records[other]) && one_table(each, before) {
                    tie(ties, (at, LinkType::PartOf, other), [each.fact.id.as_str()]);
                }
                if behind(each, before, rules) && answers(&records[at], &records[other]) {
                    let facts = [each.fact.id.as_str(), before.fact.id.as_str()];
                    tie(ties, (at, LinkType::Answers, other), facts);
                }
            }
        }
    }
}

/// Records that may be held against each other without a common text: each with each of a few of its shard.
struct Meeting<'a>(BTreeMap<(&'a str, String), [Vec<usize>; 2]>);

impl<'a> Meeting<'a> {
    fn of(records: &[Record], members: &'a [Vec<&Told>]) -> Self {
        let mut meeting = Meeting(BTreeMap::new());
        for (at, record) in records.iter().enumerate() {
            meeting.place(at, record, members[at][0].shard);
        }
        meeting
    }

    /// Both orders of each pair, some more than once.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.values().flat_map(|[ones, others]| {
            ones.iter().flat_map(move |&one| {
                let others = others.iter().filter(move |&&other| other != one);
                others.flat_map(move |&other| [(one, other), (other, one)])
            })
        })
    }

    fn place(&mut self, at: usize, record: &Record, shard: &'a str) {
        let mut put = |why: String, sides: &[usize]| {
            let room = self.0.entry((shard, why)).or_default();
            sides.iter().for_each(|&side| room[side].push(at));
        };
        match record.kind {
            RecordKind::Relation => put("relation".to_owned(), &[0, 1]),
            RecordKind::Agreement
                if record
                    .instrument
                    .as_ref()
                    .is_some_and(|paper| paper.title.is_some()) =>
            {
                put("relation".to_owned(), &[1]);
            }
            RecordKind::Position if record.issue.is_some() => put("position".to_owned(), &[0, 1]),
            RecordKind::Commitment => put("promise".to_owned(), &[0]),
            RecordKind::Event if record.event_type == Some(EventType::Aid) => {
                put("promise".to_owned(), &[1]);
            }
            _ => {}
        }
        let why = format!("{:?} {:?}", record.kind, record.event_type);
        put(why, &[usize::from(!record.negated)]);
    }
}

/// A single paper (or a counted few) and a package of the same parties.
fn of_package(paper: &Record, package: &Record) -> bool {
    paper.kind == RecordKind::Agreement
        && package.kind == RecordKind::Agreement
        && paper.parties == package.parties
}

/// Signed on the same days or during the same visit, as one text tells it; or an undated paper in one of the fields
/// that its text gives the package.
fn one_table(paper: &Told, package: &Told) -> bool {
    let visit = paper.during.is_some() && paper.during == package.during;
    let days = |told: &Told| told.window.start.zip(told.window.end);
    let dated = |told: &Told| days(told).is_some() || told.window.yearless.is_some();
    let field = !dated(paper)
        && !paper.fact.sectors.is_empty()
        && paper
            .fact
            .sectors
            .iter()
            .all(|sector| package.fact.sectors.contains(sector));
    visit || field || (days(paper).is_some() && days(paper) == days(package))
}

/// What cannot well hold together over records: a partnership that begins twice, a thing said and denied.
fn tension<'a>(
    at: usize,
    other: usize,
    records: &[Record],
    members: &[Vec<&Told<'a>>],
    ties: &mut Vec<Tie<'a>>,
) {
    let (one, two) = (&records[at], &records[other]);
    if let Some(facts) = two_beginnings(one, two, &members[at], &members[other]) {
        tie(ties, (at, LinkType::Tension, other), facts.clone());
        tie(ties, (other, LinkType::Tension, at), facts);
    }
    let denied = one.kind == two.kind
        && one.negated
        && !two.negated
        && matches!(
            one.kind,
            RecordKind::Event
                | RecordKind::Visit
                | RecordKind::Transfer
                | RecordKind::Commitment
                | RecordKind::Claim
        )
        && same_sides(&one.actor, &two.actor)
        && (one.recipient.is_empty()
            || two.recipient.is_empty()
            || same_sides(&one.recipient, &two.recipient))
        && one.event_type == two.event_type
        && members[at].iter().any(|a| {
            members[other]
                .iter()
                .any(|b| shared(&a.topic, &b.topic) >= 0.5 && a.window.meet(&b.window).is_some())
        });
    let opposed = one.kind == RecordKind::Position
        && two.kind == RecordKind::Position
        && at < other
        && one.issue.is_some()
        && one.issue == two.issue
        && same_sides(&one.actor, &two.actor)
        && one.negated == two.negated;
    let phases = one.kind == RecordKind::Relation
        && two.kind == RecordKind::Relation
        && at < other
        && one.parties == two.parties
        && opposite_phases(one, two);
    if denied || opposed || phases {
        let facts = first_facts(members, [at, other]);
        tie(ties, (at, LinkType::Tension, other), facts);
        tie(ties, (other, LinkType::Tension, at), facts);
    }
}

fn opposite_phases(one: &Record, two: &Record) -> bool {
    let stands = |record: &Record| {
        record.relation.as_ref().map(|relation| {
            let stands =
                matches!(relation.phase, Phase::Established | Phase::Held) && !record.negated;
            (relation.relation_type, stands)
        })
    };
    match (stands(one), stands(two)) {
        (Some((sort, first)), Some((other, second))) => {
            sort == other
                && first != second
                && !matches!(sort, RelationType::Other | RelationType::Recognition)
        }
        _ => false,
    }
}

/// A relation that a dated text lets begin "now", and a paper that founded the same relation elsewhere.
fn two_beginnings<'a>(
    relation: &Record,
    paper: &Record,
    told: &[&Told<'a>],
    signed: &[&Told<'a>],
) -> Option<Vec<&'a str>> {
    let sort = relation.relation.as_ref()?.relation_type;
    if paper.kind != RecordKind::Agreement
        || relation.kind != RecordKind::Relation
        || relation.parties != paper.parties
        || sort != RelationType::StrategicPartnership
    {
        return None;
    }
    let title = paper.instrument.as_ref()?.title.as_deref()?.to_lowercase();
    if !title.contains("strategic") || !title.contains("partnership") {
        return None;
    }
    let begun: Vec<&Told<'a>> = told
        .iter()
        .copied()
        .filter(|each| super::same::establishes(each) && each.window.start.is_some())
        .collect();
    let start = begun.iter().filter_map(|each| each.window.start).min()?;
    let end = begun.iter().filter_map(|each| each.window.end).max()?;
    // The paper's own day, if it has one, must lie outside the days of the beginning.
    let within = paper.date.as_ref().is_some_and(|date| {
        date.start.is_some_and(|day| day >= start) && date.end.is_some_and(|day| day <= end)
    });
    let facts = begun.iter().chain(signed);
    (!within).then(|| facts.map(|each| each.fact.id.as_str()).collect())
}

/// A payment in the direction and on the matter of a promise.
fn follows<'a>(
    at: usize,
    other: usize,
    records: &[Record],
    members: &[Vec<&Told<'a>>],
    rules: &FusionRules,
    ties: &mut Vec<Tie<'a>>,
) {
    let (paid, promise) = (&records[at], &records[other]);
    if paid.kind != RecordKind::Event
        || promise.kind != RecordKind::Commitment
        || paid.event_type != Some(EventType::Aid)
        || paid.negated
        || !same_sides(&paid.actor, &promise.actor)
        || !same_sides(&paid.recipient, &promise.recipient)
    {
        return;
    }
    let sum_in_field = promise.amount.is_some()
        && paid
            .sectors
            .iter()
            .any(|sector| promise.sectors.contains(sector));
    let one_matter = members[at].iter().any(|a| {
        members[other]
            .iter()
            .any(|b| shared(&a.topic, &b.topic) >= rules.words.share_between)
    });
    if sum_in_field || one_matter {
        let facts = first_facts(members, [at, other]);
        tie(ties, (at, LinkType::Follows, other), facts);
    }
}

/// Whether words stand close behind others.
fn behind(each: &Told, before: &Told, rules: &FusionRules) -> bool {
    let (start, end) = (each.fact.span.start, before.fact.span.end);
    start >= end && start - end <= rules.words.answer_bytes
}

/// A refusal or counter-charge, from the one addressed to the one who spoke.
fn answers(answer: &Record, asked: &Record) -> bool {
    use EventType::{Accuse, Protest, Reject, Request, Threaten};
    let acts = |record: &Record| {
        matches!(
            record.kind,
            RecordKind::Event | RecordKind::Claim | RecordKind::Position
        )
    };
    acts(answer)
        && acts(asked)
        && matches!(answer.event_type, Some(Reject | Accuse | Protest))
        && matches!(
            asked.event_type,
            Some(Request | Accuse | Protest | Threaten)
        )
        && !answer.actor.is_empty()
        && answer
            .actor
            .iter()
            .all(|party| stands_for(&asked.recipient, &party.id))
        && answer
            .recipient
            .iter()
            .all(|party| stands_for(&asked.actor, &party.id))
}
