//! What fusion makes is put into the store: records with what they are found and counted by, and what of texts finds the
//! neighbourhood of a new one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Transaction, params};
use verbale::fuse::Seen;
use verbale::record::{PersonRef, Record, RecordKind};

use crate::error::StoreError;
use crate::store::{CACHE, Store, failed, in_transaction};
use crate::types::Basis;

/// What fusion keeps of texts.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Document, fact, shard.
    pub shards: Vec<[String; 3]>,
    /// People by document.
    pub people: BTreeSet<(String, Seen)>,
    /// Forms of people's ids, each with the person that it stands for; of those that stand for another one than before.
    pub identities: Vec<(String, PersonRef)>,
    /// Some of the runs of words of a document, which find its copies.
    pub runs: Vec<(String, u64)>,
    /// Document → group of copies.
    pub groups: BTreeMap<String, String>,
}

/// A record with what it is found by.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The record.
    pub record: Record,
    /// Its shard.
    pub shard: String,
    /// States that are no parties: beneficiaries and sides of speakers.
    pub touches: BTreeSet<String>,
    /// Records of other shards that it is tied to.
    pub ties: BTreeSet<String>,
}

/// Tables with a row for each thing that a record is found by.
const FOUND_BY: [&str; 5] = [
    "record_parties",
    "record_touches",
    "record_ties",
    "record_facts",
    "pair_texts",
];

/// Counts of pairs, out of the texts that tell of them.
const COUNT_PAIRS: &str = "INSERT INTO pairs (a, b, records, texts, conflicts, last_heard)
    SELECT a, b, count(DISTINCT record), count(DISTINCT document), count(DISTINCT iif(in_conflict, record, NULL)), max(last_heard)
    FROM pair_texts JOIN records ON id = record";

impl Store {
    /// Replaces everything that fusion made.
    pub fn keep_all(
        &mut self,
        records: &[Placed],
        kept: &Kept,
        basis: &Basis,
    ) -> Result<(), StoreError> {
        // Rows of a large store come in no order of its indices: with little memory every page would be written many times.
        self.cache(32 * CACHE)?;
        let put = self.put_fused(records, kept, basis, |transaction, put| {
            for table in FOUND_BY {
                transaction.execute_batch(&format!("DELETE FROM {table};"))?;
            }
            transaction.execute_batch(
                "DELETE FROM records; DELETE FROM fact_shards; DELETE FROM people; DELETE FROM person_ends; DELETE FROM person_texts;
                 DELETE FROM identities; DELETE FROM copy_runs; DELETE FROM copy_groups; DELETE FROM pairs;",
            )?;
            put()?;
            transaction.execute_batch(&format!("{COUNT_PAIRS} GROUP BY a, b;"))
        });
        // A store that could not be written goes on being asked.
        put.and(self.cache(CACHE))
    }

    /// Takes some records away, and puts others in their place or in that of records with the same ids.
    pub fn keep_part(
        &mut self,
        gone: &BTreeSet<String>,
        records: &[Placed],
        kept: &Kept,
        basis: &Basis,
    ) -> Result<(), StoreError> {
        self.put_fused(records, kept, basis, |transaction, put| {
            let again = records.iter().map(|placed| &placed.record.id);
            let mut pairs = BTreeSet::new();
            for id in gone.iter().chain(again) {
                pairs.extend(pairs_of(transaction, id)?);
                for table in FOUND_BY {
                    let sql = format!("DELETE FROM {table} WHERE record = ?1");
                    transaction.prepare_cached(&sql)?.execute([id])?;
                }
                transaction
                    .prepare_cached("DELETE FROM records WHERE id = ?1")?
                    .execute([id])?;
            }
            put()?;
            for placed in records {
                pairs.extend(pairs_of(transaction, &placed.record.id)?);
            }
            let mut clear =
                transaction.prepare_cached("DELETE FROM pairs WHERE a = ?1 AND b = ?2")?;
            let count = format!("{COUNT_PAIRS} WHERE a = ?1 AND b = ?2 GROUP BY a, b");
            let mut count = transaction.prepare_cached(&count)?;
            for pair in &pairs {
                clear.execute([&pair.0, &pair.1])?;
                count.execute([&pair.0, &pair.1])?;
            }
            Ok(())
        })
    }

    /// Puts what fusion made where `place` makes room for it, all or nothing.
    fn put_fused(
        &mut self,
        records: &[Placed],
        kept: &Kept,
        basis: &Basis,
        place: impl Fn(&Transaction, &dyn Fn() -> rusqlite::Result<()>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        let rows = records
            .iter()
            .map(|placed| self.json("records", &placed.record))
            .collect::<Result<Vec<String>, StoreError>>()?;
        let work = |transaction: &Transaction| -> rusqlite::Result<()> {
            place(transaction, &|| {
                put_kept(transaction, kept)?;
                put_records(transaction, records, &rows)
            })?;
            note_basis(transaction, basis)
        };
        in_transaction(&mut self.connection, work).map_err(|cause| failed(&path, cause))
    }
}

fn pairs_of(transaction: &Transaction, record: &str) -> rusqlite::Result<Vec<(String, String)>> {
    transaction
        .prepare_cached("SELECT DISTINCT a, b FROM pair_texts WHERE record = ?1")?
        .query_map([record], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn put_kept(transaction: &Transaction, kept: &Kept) -> rusqlite::Result<()> {
    let mut put = transaction.prepare_cached(
        "INSERT OR REPLACE INTO fact_shards (document, fact, shard) VALUES (?1, ?2, ?3)",
    )?;
    for row in &kept.shards {
        put.execute([&row[0], &row[1], &row[2]])?;
    }
    let mut person = transaction
        .prepare_cached("INSERT OR IGNORE INTO people (id, name, side) VALUES (?1, ?2, ?3)")?;
    let mut by_end = transaction
        .prepare_cached("INSERT OR IGNORE INTO person_ends (end, id) VALUES (?1, ?2)")?;
    let mut text = transaction
        .prepare_cached("INSERT OR IGNORE INTO person_texts (id, document) VALUES (?1, ?2)")?;
    for (document, seen) in &kept.people {
        person.execute([
            &seen.id,
            &seen.name,
            seen.side.as_deref().unwrap_or_default(),
        ])?;
        for end in Seen::ends(&seen.id) {
            by_end.execute([end, seen.id.as_str()])?;
        }
        text.execute([&seen.id, document])?;
    }
    let mut put = transaction.prepare_cached(
        "INSERT OR REPLACE INTO identities (id, person, name) VALUES (?1, ?2, ?3)",
    )?;
    for (id, person) in &kept.identities {
        put.execute([id, &person.id, &person.name])?;
    }
    let mut put = transaction
        .prepare_cached("INSERT OR IGNORE INTO copy_runs (run, document) VALUES (?1, ?2)")?;
    for (document, run) in &kept.runs {
        put.execute(params![*run as i64, document])?;
    }
    let mut put = transaction
        .prepare_cached("INSERT OR REPLACE INTO copy_groups (document, leader) VALUES (?1, ?2)")?;
    for (document, leader) in &kept.groups {
        put.execute([document, leader])?;
    }
    Ok(())
}

fn put_records(
    transaction: &Transaction,
    records: &[Placed],
    rows: &[String],
) -> rusqlite::Result<()> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO records (id, kind, json, shard, place, in_conflict, last_heard, independent, flags)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let list = |table: &str, field: &str| {
        transaction.prepare_cached(&format!(
            "INSERT OR IGNORE INTO {table} (record, {field}) VALUES (?1, ?2)"
        ))
    };
    let mut parties = list("record_parties", "party")?;
    let mut touches = list("record_touches", "party")?;
    let mut facts = list("record_facts", "fact")?;
    let mut ties = list("record_ties", "other")?;
    let mut texts = transaction.prepare_cached(
        "INSERT OR IGNORE INTO pair_texts (a, b, record, document) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (placed, json) in records.iter().zip(rows) {
        let Placed { record, shard, .. } = placed;
        let flags: Vec<&str> = record.flags.iter().map(|flag| flag.code.as_str()).collect();
        put.execute(params![
            record.id,
            verbale::record::word(&record.kind),
            json,
            shard,
            in_time(record),
            !record.conflicts.is_empty(),
            record.last_heard.map(|day| day.to_string()),
            record.independent as i64,
            flags.join(" "),
        ])?;
        for party in &record.parties {
            parties.execute([&record.id, party])?;
        }
        for party in &placed.touches {
            touches.execute([&record.id, party])?;
        }
        for fact in &record.facts {
            facts.execute([&record.id, fact])?;
        }
        for other in &placed.ties {
            ties.execute([&record.id, other])?;
        }
        if record.kind == RecordKind::Person {
            continue;
        }
        for (at, a) in record.parties.iter().enumerate() {
            for b in &record.parties[at + 1..] {
                for witness in &record.witnesses {
                    texts.execute([a, b, &record.id, &witness.doc])?;
                }
            }
        }
    }
    Ok(())
}

/// A number in the order in which records are listed: dated ones by day, then undated ones; of one day by kind.
fn in_time(record: &Record) -> i64 {
    const UNDATED: i64 = 10_000_000;
    let date = record.date.as_ref();
    let day = date.and_then(|date| date.start.or(date.end));
    let day = day.map_or(UNDATED, |day| i64::from((day - Date::MIN).get_days()));
    day * 100 + record.kind as i64
}

fn note_basis(transaction: &Transaction, basis: &Basis) -> rusqlite::Result<()> {
    for (key, value) in [("records", &basis.made_of), ("index", &basis.last)] {
        transaction.execute(
            "INSERT OR REPLACE INTO state (key, value) VALUES (?1, ?2)",
            [key, value],
        )?;
    }
    Ok(())
}
