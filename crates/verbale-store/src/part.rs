//! Parts of a store: what fusion keeps of texts so that a new one finds its neighbourhood, and the records of some shards.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction, params};
use verbale::fuse::Seen;
use verbale::record::{Fact, Record};

use crate::error::StoreError;
use crate::store::{Store, failed, in_transaction};
use crate::types::{Basis, StoredDocument};

/// What fusion keeps of texts.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Document, fact, shard.
    pub shards: Vec<[String; 3]>,
    /// People by document.
    pub people: BTreeSet<(String, Seen)>,
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

impl Store {
    /// Whether the records are kept with what finds their neighbourhood; else everything has to be fused at once.
    pub fn is_indexed(&self) -> Result<bool, StoreError> {
        Ok(self.state("index")?.is_some())
    }

    /// The texts that came in since this fusion made the records, if nothing else happened and nobody has decided anything.
    pub fn news(&self, fusion: &str) -> Result<Option<Vec<String>>, StoreError> {
        let (Some(records), Some(last)) = (self.state("records")?, self.state("index")?) else {
            return Ok(None);
        };
        if records.split(' ').nth(1) != Some(fusion) {
            return Ok(None);
        }
        let decided = !records.ends_with(' ') || !self.journal.hash().is_empty();
        let since: Vec<(String, String, bool)> = self.rows(
            "SELECT h.document, h.what, EXISTS (SELECT 1 FROM history e WHERE e.document = h.document AND e.n < h.n)
             FROM history h WHERE h.n > CAST(?1 AS INTEGER) ORDER BY h.n",
            [&last],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let only_new = since
            .iter()
            .all(|(_, what, known)| what == "coded" && !known);
        Ok((!decided && only_new)
            .then(|| since.into_iter().map(|(document, ..)| document).collect()))
    }

    /// Replaces everything that fusion made.
    pub fn keep_all(
        &mut self,
        records: &[Placed],
        kept: &Kept,
        basis: &Basis,
    ) -> Result<(), StoreError> {
        self.put_fused(records, kept, basis, |transaction| {
            transaction.execute_batch(
                "DELETE FROM record_parties; DELETE FROM record_touches; DELETE FROM record_ties; DELETE FROM record_facts;
                 DELETE FROM records; DELETE FROM fact_shards; DELETE FROM people; DELETE FROM person_texts; DELETE FROM person_ends;
                 DELETE FROM copy_runs; DELETE FROM copy_groups;",
            )
        })
    }

    /// Replaces the records of some shards, and puts others of the same id in the place of those that are tied to them.
    pub fn keep_part(
        &mut self,
        shards: &BTreeSet<String>,
        records: &[Placed],
        kept: &Kept,
        basis: &Basis,
    ) -> Result<(), StoreError> {
        self.put_fused(records, kept, basis, |transaction| {
            let ids = shards
                .iter()
                .map(|shard| ids_of(transaction, shard))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let again = records.iter().map(|placed| placed.record.id.clone());
            for id in ids.into_iter().flatten().chain(again) {
                for table in [
                    "record_parties",
                    "record_touches",
                    "record_ties",
                    "record_facts",
                ] {
                    let sql = format!("DELETE FROM {table} WHERE record = ?1");
                    transaction.prepare_cached(&sql)?.execute([&id])?;
                }
                transaction
                    .prepare_cached("DELETE FROM records WHERE id = ?1")?
                    .execute([&id])?;
            }
            Ok(())
        })
    }

    /// Puts what fusion made in the place of what `clear` takes away, all or nothing.
    fn put_fused(
        &mut self,
        records: &[Placed],
        kept: &Kept,
        basis: &Basis,
        clear: impl Fn(&Transaction) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        let rows = self.as_json(records)?;
        let work = |transaction: &Transaction| -> rusqlite::Result<()> {
            clear(transaction)?;
            put_kept(transaction, kept)?;
            put_records(transaction, records, &rows)?;
            note_basis(transaction, basis)
        };
        in_transaction(&mut self.connection, work).map_err(|cause| failed(&path, cause))
    }

    fn as_json(&self, records: &[Placed]) -> Result<Vec<String>, StoreError> {
        records
            .iter()
            .map(|placed| self.json("records", &placed.record))
            .collect()
    }

    /// All people that texts name.
    pub fn people(&self) -> Result<Vec<Seen>, StoreError> {
        self.rows("SELECT id, name, side FROM people", [], seen)
    }

    /// All people who share an end of their id with one of these, and these: nobody else has a say in who they are.
    pub fn people_near<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> Result<BTreeSet<Seen>, StoreError> {
        let ends: BTreeSet<&str> = ids.into_iter().flat_map(Seen::ends).collect();
        let mut near = BTreeSet::new();
        for end in ends {
            near.extend(self.rows(
                "SELECT p.id, p.name, p.side FROM person_ends e JOIN people p ON p.id = e.id WHERE e.end = ?1",
                [end],
                seen,
            )?);
        }
        Ok(near)
    }

    /// The texts that name a person so.
    pub fn texts_naming(&self, person: &str) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT document FROM person_texts WHERE id = ?1",
            [person],
            |row| row.get(0),
        )
    }

    /// A few texts that have a run of words, which tell the candidates of copies.
    pub fn texts_with(&self, run: u64, most: usize) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT document FROM copy_runs WHERE run = ?1 LIMIT ?2",
            params![run as i64, most as i64],
            |row| row.get(0),
        )
    }

    /// The group of copies of each of these texts, and all texts of these groups.
    pub fn groups_of(
        &self,
        documents: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let mut groups = BTreeMap::new();
        for document in documents {
            let rows: Vec<(String, String)> = self.rows(
                "SELECT document, leader FROM copy_groups WHERE leader = (SELECT leader FROM copy_groups WHERE document = ?1)",
                [document],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            groups.extend(rows);
        }
        Ok(groups)
    }

    /// The shards of a text's facts.
    pub fn shards_of(&self, document: &str) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT DISTINCT shard FROM fact_shards WHERE document = ?1",
            [document],
            |row| row.get(0),
        )
    }

    /// The current facts of a shard.
    pub fn facts_in(&self, shard: &str) -> Result<Vec<Fact>, StoreError> {
        let rows: Vec<String> = self.rows(
            "SELECT f.json FROM fact_shards s JOIN held d ON d.id = s.document
             JOIN facts f ON f.document = s.document AND f.run = d.run AND f.id = s.fact WHERE s.shard = ?1",
            [shard],
            |row| row.get(0),
        )?;
        rows.iter().map(|json| self.read("facts", json)).collect()
    }

    /// The records of a shard.
    pub fn records_in(&self, shard: &str) -> Result<Vec<Record>, StoreError> {
        let rows: Vec<String> = self.rows(
            "SELECT json FROM records WHERE shard = ?1",
            [shard],
            |row| row.get(0),
        )?;
        rows.iter().map(|json| self.read("records", json)).collect()
    }

    /// The records of other shards that are tied to this one.
    pub fn tied_to(&self, record: &str) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT record FROM record_ties WHERE other = ?1",
            [record],
            |row| row.get(0),
        )
    }

    /// A record by its whole id, with what it is found by but the touched states and ties.
    pub fn placed(&self, id: &str) -> Result<Option<Placed>, StoreError> {
        let found: Option<(String, String)> = self
            .rows(
                "SELECT json, shard FROM records WHERE id = ?1",
                [id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?
            .pop();
        let Some((json, shard)) = found else {
            return Ok(None);
        };
        let list = |sql: &str| -> Result<BTreeSet<String>, StoreError> {
            Ok(self
                .rows(sql, [id], |row| row.get(0))?
                .into_iter()
                .collect())
        };
        Ok(Some(Placed {
            record: self.read("records", &json)?,
            shard,
            touches: list("SELECT party FROM record_touches WHERE record = ?1")?,
            ties: list("SELECT other FROM record_ties WHERE record = ?1")?,
        }))
    }

    /// The records of a pair: those of which both are parties, or one is and the other is touched.
    pub fn records_of(&self, pair: [&str; 2]) -> Result<Vec<Record>, StoreError> {
        let ids: Vec<String> = self.rows(
            "SELECT a.record FROM record_parties a JOIN record_parties b ON b.record = a.record AND b.party = ?2 WHERE a.party = ?1
             UNION SELECT t.record FROM record_touches t JOIN record_parties p ON p.record = t.record AND p.party = ?2 WHERE t.party = ?1
             UNION SELECT t.record FROM record_touches t JOIN record_parties p ON p.record = t.record AND p.party = ?1 WHERE t.party = ?2",
            pair,
            |row| row.get(0),
        )?;
        self.records_by_id(&ids.into_iter().collect())
    }

    /// Records by id, in order of id, marked with what a person said of them.
    pub fn records_by_id(&self, ids: &BTreeSet<String>) -> Result<Vec<Record>, StoreError> {
        let layer = self.layer()?;
        let mut records = Vec::new();
        for id in ids {
            let json: Vec<String> =
                self.rows("SELECT json FROM records WHERE id = ?1", [id], |row| {
                    row.get(0)
                })?;
            for json in json {
                let mut record = self.read("records", &json)?;
                layer.mark_record(&mut record);
                records.push(record);
            }
        }
        Ok(records)
    }

    /// The record of each of these facts.
    pub fn homes_of<'a>(
        &self,
        facts: impl Iterator<Item = &'a str>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut homes = BTreeSet::new();
        for fact in facts {
            homes.extend(self.rows(
                "SELECT record FROM record_facts WHERE fact = ?1",
                [fact],
                |row| row.get::<_, String>(0),
            )?);
        }
        Ok(homes)
    }

    /// Current facts by id, as decisions left them.
    pub fn facts_by_id(&self, ids: &BTreeSet<String>) -> Result<Vec<Fact>, StoreError> {
        let layer = self.layer()?;
        let mut facts: Vec<Fact> = layer
            .facts
            .values()
            .flatten()
            .filter(|fact| ids.contains(&fact.id))
            .cloned()
            .collect();
        let known: BTreeSet<String> = facts.iter().map(|fact| fact.id.clone()).collect();
        for id in ids.difference(&known) {
            let json: Vec<String> = self.rows(
                "SELECT f.json FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run WHERE f.id = ?1",
                [id],
                |row| row.get(0),
            )?;
            for json in json {
                facts.push(self.read("facts", &json)?);
            }
        }
        Ok(facts)
    }

    /// Ids of the current facts of a text, of one kind if one is given.
    pub fn fact_ids(&self, document: &str, kind: Option<&str>) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT f.id FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run WHERE d.id = ?1 AND (?2 IS NULL OR f.kind = ?2)",
            params![document, kind],
            |row| row.get(0),
        )
    }

    /// Texts by id, in order of publication, undated ones last.
    pub fn documents_by_id(
        &self,
        ids: &BTreeSet<String>,
    ) -> Result<Vec<StoredDocument>, StoreError> {
        let mut found = Vec::new();
        for id in ids {
            found.extend(self.stored("WHERE id = ?1", [id])?);
        }
        found.sort_by_key(|stored| {
            let day = stored
                .document
                .published
                .as_ref()
                .map(|published| published.start);
            (day.is_none(), day, stored.document.id.clone())
        });
        Ok(found)
    }

    /// Forms of a name that any text has.
    pub fn forms_of(&self, entity: &str) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT DISTINCT n.form FROM names n JOIN held d ON d.id = n.document WHERE n.entity = ?1 ORDER BY n.form",
            [entity],
            |row| row.get(0),
        )
    }
}

/// A person as `people` keeps one.
fn seen(row: &rusqlite::Row) -> rusqlite::Result<Seen> {
    let side: String = row.get(2)?;
    Ok(Seen {
        id: row.get(0)?,
        name: row.get(1)?,
        side: (!side.is_empty()).then_some(side),
    })
}

fn ids_of(transaction: &Transaction, shard: &str) -> rusqlite::Result<Vec<String>> {
    transaction
        .prepare_cached("SELECT id FROM records WHERE shard = ?1")?
        .query_map([shard], |row| row.get(0))?
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
    let mut end = transaction
        .prepare_cached("INSERT OR IGNORE INTO person_ends (end, id) VALUES (?1, ?2)")?;
    let mut text = transaction
        .prepare_cached("INSERT OR IGNORE INTO person_texts (id, document) VALUES (?1, ?2)")?;
    for (document, seen) in &kept.people {
        person.execute([
            &seen.id,
            &seen.name,
            seen.side.as_deref().unwrap_or_default(),
        ])?;
        for word in Seen::ends(&seen.id) {
            end.execute([word, &seen.id])?;
        }
        text.execute([&seen.id, document])?;
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
    let mut put = transaction
        .prepare_cached("INSERT INTO records (id, kind, json, shard) VALUES (?1, ?2, ?3, ?4)")?;
    let list = |table: &str, field: &str| {
        transaction.prepare_cached(&format!(
            "INSERT OR IGNORE INTO {table} (record, {field}) VALUES (?1, ?2)"
        ))
    };
    let mut parties = list("record_parties", "party")?;
    let mut touches = list("record_touches", "party")?;
    let mut facts = list("record_facts", "fact")?;
    let mut ties = list("record_ties", "other")?;
    for (placed, json) in records.iter().zip(rows) {
        let Placed { record, shard, .. } = placed;
        put.execute([
            &record.id,
            &verbale::record::word(&record.kind),
            json,
            shard,
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
    }
    Ok(())
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

impl Store {
    /// The last entry of the history.
    pub(crate) fn last_happening(&self) -> Result<i64, StoreError> {
        self.connection
            .query_row("SELECT max(n) FROM history", [], |row| {
                row.get::<_, Option<i64>>(0)
            })
            .optional()
            .map(|found| found.flatten().unwrap_or(0))
            .map_err(|cause| self.failed(cause))
    }
}
