//! Facts of many texts become records: one for one thing in the world, with all its witnesses.
//!
//! Fusion links and flags; it deletes nothing and decides nothing that the words leave open. The result depends on
//! the set of facts and texts alone, never on their order.
//!
//! `identity` says who is who, `told` makes a fact ready, `same` compares two, `cluster` joins (`near` says whom to compare),
//! `build` merges fields (`when` the dates, `lifecycle` the steps), `links` and `flags` tie and warn, `bounds` says how old a
//! text can be.

mod bounds;
mod build;
mod cluster;
mod copies;
mod flags;
mod forms;
mod identity;
mod joins;
mod lifecycle;
mod links;
mod near;
mod rules;
mod same;
mod shard;
mod title;
mod told;
mod topic;
mod visits;
mod when;
mod window;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

pub use bounds::{bounds_texts, not_before};
pub use copies::{DocumentInfo, copy_groups, runs_of};
pub use identity::{Identities, Seen};
pub use joins::{Join, Joins};
pub use rules::FusionRules;
pub use shard::shards;

pub(crate) use identity::{all_parties, person_of, side_of};

use crate::record::{Fact, Record, RecordKind, VoiceKind};
use build::Surroundings;
use cluster::{Cluster, clusters};
use told::Told;
use topic::Vocabulary;

/// Joins facts into records. Any order of facts and documents gives the same records in the same order.
pub fn fuse(facts: &[Fact], documents: &[DocumentInfo], rules: &FusionRules) -> Vec<Record> {
    fuse_with(facts, documents, rules, &Joins::default())
}

/// The same, where a person has said of some facts that they tell of one thing, or of different things.
pub fn fuse_with(
    facts: &[Fact],
    documents: &[DocumentInfo],
    rules: &FusionRules,
    joins: &Joins,
) -> Vec<Record> {
    let around = Around {
        groups: &copy_groups(documents, rules),
        identities: &Identities::of(facts),
        shards: &shards(facts),
    };
    fuse_shards(facts, documents, &around, rules, joins)
}

/// What holds over all texts of a store, of which those that are fused may be a part.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Document id → group of copies.
    pub groups: &'a BTreeMap<String, String>,
    /// Who is who.
    pub identities: &'a Identities,
    /// Fact id → shard.
    pub shards: &'a BTreeMap<String, String>,
}

/// The same for whole shards out of a store: their records are those of the whole store but for ties to other shards.
pub fn fuse_shards(
    facts: &[Fact],
    documents: &[DocumentInfo],
    around: &Around,
    rules: &FusionRules,
    joins: &Joins,
) -> Vec<Record> {
    let Around {
        groups,
        identities,
        shards,
    } = *around;
    let mut sorted: Vec<&Fact> = facts.iter().collect();
    sorted.sort_by(|a, b| (&a.doc, a.span, &a.id).cmp(&(&b.doc, b.span, &b.id)));
    sorted.dedup_by(|a, b| a.id == b.id);
    let known: BTreeMap<&str, &DocumentInfo> = documents
        .iter()
        .map(|document| (document.id.as_str(), document))
        .collect();
    let mut numbers = Vocabulary::default();
    let mut told: Vec<Told> = sorted
        .iter()
        .map(|fact| {
            let published = known
                .get(fact.doc.as_str())
                .and_then(|known| known.published.as_ref());
            let group = groups.get(&fact.doc).unwrap_or(&fact.doc);
            let shard = &shards[&fact.id];
            Told::new(
                fact,
                published,
                group,
                shard,
                identities,
                &mut numbers,
                rules,
            )
        })
        .collect();
    let mut joined = clusters(&mut told, rules);
    joins.impose(&mut joined, &mut told);
    let order = canonical_order(&mut joined, &told);
    let outlets = outlets(&sorted, &known);
    let around = Surroundings {
        documents: &known,
        outlets: &outlets,
        identities,
        rules,
    };
    let members: Vec<Vec<&Told>> = joined
        .iter()
        .map(|cluster| cluster.members.iter().map(|&index| &told[index]).collect())
        .collect();
    let mut records: Vec<Record> = members
        .iter()
        .map(|members| build::record(members, &around))
        .collect();
    name(&mut records, &members);
    let mut places = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        places[old] = new;
    }
    let possible: Vec<Vec<usize>> = joined
        .iter()
        .map(|cluster| cluster.possible.iter().map(|&old| places[old]).collect())
        .collect();
    links::link(&mut records, &members, &possible, &places, rules);
    finish(&mut records, &members, &told, identities, rules);
    records
}

/// Puts clusters in the order of their first facts; gives for each new place the old one.
fn canonical_order(joined: &mut Vec<Cluster>, told: &[Told]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..joined.len()).collect();
    order.sort_by_key(|&at| {
        let first = &told[joined[at].members[0]];
        (
            first.kind,
            &first.key,
            &first.fact.doc,
            first.fact.span,
            &first.fact.id,
        )
    });
    let mut found: Vec<Option<Cluster>> = std::mem::take(joined).into_iter().map(Some).collect();
    joined.extend(order.iter().filter_map(|&at| found[at].take()));
    order
}

/// The outlet of each text: the document's own, else the one that its words name as telling.
fn outlets<'a>(
    facts: &[&'a Fact],
    documents: &BTreeMap<&'a str, &'a DocumentInfo>,
) -> BTreeMap<&'a str, String> {
    let mut outlets: BTreeMap<&str, String> = BTreeMap::new();
    for fact in facts {
        let voice = fact
            .attribution
            .iter()
            .find(|voice| voice.kind == VoiceKind::Outlet && !voice.name.is_empty());
        if let Some(voice) = voice {
            outlets
                .entry(&fact.doc)
                .or_insert_with(|| voice.name.clone());
        }
    }
    for (id, document) in documents {
        if let Some(outlet) = &document.outlet {
            outlets.insert(id, outlet.clone());
        }
    }
    outlets
}

/// Ids from what a record is, not from how its words run: kind, key and, where one key has many, month, year or the
/// first fact. Texts about other things change none of them.
fn name(records: &mut [Record], members: &[Vec<&Told>]) {
    let place = |record: &Record| -> Option<String> {
        let date = record.date.as_ref()?;
        let (start, end) = (date.start?, date.end?);
        if start.year() != end.year() {
            return None;
        }
        let year = start.year();
        Some(if start.month() == end.month() {
            format!("{year:04}-{:02}", start.month())
        } else {
            format!("{year:04}")
        })
    };
    let by_key_alone = |kind| {
        matches!(
            kind,
            RecordKind::Position
                | RecordKind::Relation
                | RecordKind::Cooperation
                | RecordKind::Person
        )
    };
    let parts: Vec<String> = records
        .iter()
        .zip(members)
        .map(|(record, members)| {
            let first = members
                .iter()
                .find(|each| each.fact.repeats.is_none())
                .unwrap_or(&members[0]);
            let which = if by_key_alone(record.kind) {
                String::new()
            } else {
                place(record).unwrap_or_else(|| first.fact.id.clone())
            };
            format!("{:?}\n{}\n{which}", record.kind, first.key)
        })
        .collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for part in &parts {
        *uses.entry(part).or_default() += 1;
    }
    for ((record, part), members) in records.iter_mut().zip(&parts).zip(members) {
        let smallest = members.iter().map(|each| &each.fact.id).min();
        let own = match smallest {
            Some(fact) if uses[part.as_str()] > 1 => format!("{part}\n{fact}"),
            _ => part.clone(),
        };
        let hash = Sha256::digest(own.as_bytes());
        record.id = hash[..8]
            .iter()
            .fold("r".to_owned(), |id, byte| id + &format!("{byte:02x}"));
    }
}

/// What needs all records: people met on visits, flags that hold records against each other.
fn finish(
    records: &mut [Record],
    members: &[Vec<&Told>],
    told: &[Told],
    identities: &Identities,
    rules: &FusionRules,
) {
    let shards: BTreeMap<String, &str> = records
        .iter()
        .zip(members)
        .map(|(record, members)| (record.id.clone(), members[0].shard))
        .collect();
    visits::lend_days(records, &shards);
    visits::met_on_visits(records, members, identities, &shards);
    for (record, members) in records.iter_mut().zip(members) {
        flags::own_flags(record, members, rules);
    }
    let by_id: BTreeMap<&str, &Told> = told
        .iter()
        .map(|each| (each.fact.id.as_str(), each))
        .collect();
    flags::ambiguous_visits(records, &by_id, rules);
    flags::years_against_beginnings(records, told, rules);
    for record in records {
        record
            .flags
            .sort_by(|a, b| (&a.code, &a.text).cmp(&(&b.code, &b.text)));
    }
}
