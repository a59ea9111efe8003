//! Parts of a store: the neighbourhood of a text, and the records of some shards and pairs.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};
use verbale::record::{Fact, Record};

use crate::error::StoreError;
use crate::fused::Placed;
use crate::store::Store;
use crate::types::StoredDocument;

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

    /// The records of a pair: those of which both are parties, or one is and the other is touched. Those of people are of none.
    pub fn records_of(&self, pair: [&str; 2]) -> Result<Vec<Record>, StoreError> {
        let ids: Vec<String> = self.rows(
            "SELECT record FROM pair_texts WHERE a = min(?1, ?2) AND b = max(?1, ?2)
             UNION SELECT t.record FROM record_touches t JOIN record_parties p ON p.record = t.record AND p.party = ?2 WHERE t.party = ?1
             UNION SELECT t.record FROM record_touches t JOIN record_parties p ON p.record = t.record AND p.party = ?1 WHERE t.party = ?2",
            pair,
            |row| row.get(0),
        )?;
        self.records_by_id(&ids.into_iter().collect())
    }

    /// Records by id, in order of id, marked with what a person said of them.
    pub fn records_by_id(&self, ids: &BTreeSet<String>) -> Result<Vec<Record>, StoreError> {
        let mut rows: Vec<String> = Vec::new();
        for id in ids {
            rows.extend(
                self.rows("SELECT json FROM records WHERE id = ?1", [id], |row| {
                    row.get::<_, String>(0)
                })?,
            );
        }
        self.marked(&rows)
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

    /// The facts of records that at least so many independent texts tell.
    pub fn witnessed(&self, independent: usize) -> Result<BTreeSet<String>, StoreError> {
        let facts = self.rows(
            "SELECT f.fact FROM records r JOIN record_facts f ON f.record = r.id WHERE r.independent >= ?1",
            [independent as i64],
            |row| row.get(0),
        )?;
        Ok(facts.into_iter().collect())
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
            // From form to form, not over all texts that have it.
            "WITH RECURSIVE forms (form) AS (
                 SELECT min(form) FROM names WHERE entity = ?1
                 UNION ALL
                 SELECT (SELECT min(n.form) FROM names n WHERE n.entity = ?1 AND n.form > forms.form) FROM forms WHERE forms.form IS NOT NULL
             )
             SELECT form FROM forms WHERE form IS NOT NULL
                 AND EXISTS (SELECT 1 FROM names n JOIN held d ON d.id = n.document WHERE n.entity = ?1 AND n.form = forms.form)",
            [entity],
            |row| row.get(0),
        )
    }
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
