//! What is put into a store. Every step is one transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};
use verbale::record::{Fact, PartyType};
use verbale_read::{Appearance, Document};

use crate::error::StoreError;
use crate::history::{moment, note};
use crate::store::{Store, failed, in_transaction};
use crate::types::{Basis, Coding, KeptFile, Put, Run};

/// What names the text of a data file: its SHA-256 in hex.
pub fn data_hash(text: &str) -> String {
    crate::review::hex(&Sha256::digest(text))
}

impl Store {
    /// Whether a document needs no coding by this run: the run has coded it or is known to find the same, or the document
    /// is withdrawn.
    pub fn knows(&self, document: &str, run: &Run) -> Result<bool, StoreError> {
        let id = run.id();
        let found: Option<bool> = self
            .connection
            .query_row(
                "SELECT run = ?2 OR coalesce(confirmed, '') = ?2 OR withdrawn FROM documents WHERE id = ?1",
                [document, &id],
                |row| row.get(0),
            )
            .optional()
            .map_err(|cause| self.failed(cause))?;
        Ok(found == Some(true))
    }

    /// Notes one more place of a known document.
    pub fn note_appearance(
        &mut self,
        document: &str,
        appearance: &Appearance,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        in_transaction(&mut self.connection, |transaction| {
            transaction.execute(
                APPEARS,
                params![
                    document,
                    appearance.place,
                    appearance.outlet,
                    moment(Timestamp::now())
                ],
            )
        })
        .map(drop)
        .map_err(|cause| failed(&path, cause))
    }

    /// Keeps a document with its facts in one transaction, and marks the records as stale if facts changed. A document that
    /// needs no coding gets one more place.
    pub fn put(
        &mut self,
        document: &Document,
        status: &str,
        appearance: &Appearance,
        coding: &Coding,
        run: &Run,
    ) -> Result<Put, StoreError> {
        if self.knows(&document.id, run)? {
            self.note_appearance(&document.id, appearance)?;
            return Ok(Put::Known);
        }
        self.keep(document, status, Some(appearance), coding, run)
    }

    /// Keeps what another run found in a document that the store has.
    pub fn put_again(
        &mut self,
        document: &Document,
        status: &str,
        coding: &Coding,
        run: &Run,
    ) -> Result<(), StoreError> {
        self.keep(document, status, None, coding, run).map(drop)
    }

    fn keep(
        &mut self,
        document: &Document,
        status: &str,
        appearance: Option<&Appearance>,
        coding: &Coding,
        run: &Run,
    ) -> Result<Put, StoreError> {
        let json = self.json("documents", document)?;
        let frame_outlet = self.json("documents", &coding.frame_outlet)?;
        let outlet_read = self.json("readings", &document.outlet)?;
        let names_read = self.json("readings", &coding.names)?;
        let facts = coding
            .facts
            .iter()
            .map(|fact| Ok((fact, self.json("facts", fact)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let path = self.path.clone();
        let work = |transaction: &Transaction| -> rusqlite::Result<Put> {
            let id = run.id();
            let now = moment(Timestamp::now());
            insert_run(transaction, run, &now)?;
            let published = document.published.as_ref();
            let outlet = document.outlet.as_ref().map(|outlet| &outlet.value);
            let known = transaction.execute(
                "UPDATE documents SET run = ?2, status = ?3, json = ?4, outlet = ?5, frame_outlet = ?6, confirmed = NULL
                 WHERE id = ?1",
                params![document.id, id, status, json, outlet, frame_outlet],
            )?;
            if known == 0 {
                transaction.execute(
                    "INSERT INTO documents (id, name, published_start, published_end, outlet, status, run, json, frame_outlet)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    params![
                        document.id,
                        document.name,
                        published.map(|published| published.start.to_string()),
                        published.map(|published| published.end.to_string()),
                        outlet,
                        status,
                        id,
                        json,
                        frame_outlet
                    ],
                )?;
                transaction.execute(
                    "INSERT INTO words (document, text) VALUES (?1, ?2)",
                    params![document.id, document.text],
                )?;
            }
            if let Some(appearance) = appearance {
                transaction.execute(
                    APPEARS,
                    params![document.id, appearance.place, appearance.outlet, now],
                )?;
            }
            transaction.execute(
                "INSERT OR REPLACE INTO readings (document, run, outlet, names) VALUES (?1, ?2, ?3, ?4)",
                [&document.id, &id, &outlet_read, &names_read],
            )?;
            transaction.execute("DELETE FROM names WHERE document = ?1", [&document.id])?;
            for name in coding.names {
                each(
                    transaction,
                    "INSERT INTO names (document, entity, form, times) VALUES (?1, ?2, ?3, ?4)",
                    params![document.id, name.entity, name.form, name.times as i64],
                )?;
            }
            transaction.execute("DELETE FROM predicates WHERE document = ?1", [&document.id])?;
            for name in coding.predicates {
                each(
                    transaction,
                    "INSERT OR IGNORE INTO predicates (document, name) VALUES (?1, ?2)",
                    [&document.id, name],
                )?;
            }
            for (fact, json) in &facts {
                insert_fact(transaction, &id, fact, json)?;
            }
            note(transaction, "coded", &document.id, &id, None)?;
            outdate(transaction)?;
            Ok(if known == 0 { Put::Added } else { Put::Recoded })
        };
        in_transaction(&mut self.connection, work).map_err(|cause| failed(&path, cause))
    }

    /// Notes a run with the data it is made of: files by path, each with its text and whether the text is worth keeping.
    pub fn keep_run(&mut self, run: &Run, data: &[(&str, &str, bool)]) -> Result<(), StoreError> {
        let id = run.id();
        let kept: i64 = self
            .rows(
                "SELECT count(*) FROM run_data WHERE run = ?1",
                [&id],
                |row| row.get::<_, i64>(0),
            )?
            .into_iter()
            .sum();
        if kept as usize == data.len() {
            return Ok(());
        }
        let path = self.path.clone();
        let work = |transaction: &Transaction| -> rusqlite::Result<()> {
            insert_run(transaction, run, &moment(Timestamp::now()))?;
            for (file, text, worth) in data {
                let hash = data_hash(text);
                transaction.execute(
                    "INSERT OR IGNORE INTO data_files (hash, text) VALUES (?1, ?2)",
                    params![hash, worth.then_some(text)],
                )?;
                transaction.execute(
                    "INSERT OR REPLACE INTO run_data (run, file, hash) VALUES (?1, ?2, ?3)",
                    [&id, *file, &hash],
                )?;
            }
            Ok(())
        };
        in_transaction(&mut self.connection, work).map_err(|cause| failed(&path, cause))
    }

    /// The data of a run, by file; empty if the store does not know it.
    pub fn data_of(&self, run: &str) -> Result<BTreeMap<String, KeptFile>, StoreError> {
        let rows = self.rows(
            "SELECT r.file, f.hash, f.text FROM run_data r JOIN data_files f ON f.hash = r.hash WHERE r.run = ?1",
            [run],
            |row| {
                let file: String = row.get(0)?;
                Ok((file, KeptFile { hash: row.get(1)?, text: row.get(2)? }))
            },
        )?;
        Ok(rows.into_iter().collect())
    }

    /// What records made now would be made of; `fusion` names the program and the data that make them. To be taken before
    /// the facts are read: what comes in meanwhile makes the records stale again.
    pub fn basis(&self, fusion: &str) -> Result<Basis, StoreError> {
        let facts = self.state("facts")?.unwrap_or_default();
        Ok(Basis {
            made_of: format!("{facts} {fusion} {}", self.journal.hash()),
            last: self.last_happening()?.to_string(),
        })
    }

    /// Whether facts came in, or decisions were made, since the records were made, or another fusion made them.
    pub fn records_stale(&self, fusion: &str) -> Result<bool, StoreError> {
        Ok(self.state("records")? != Some(self.basis(fusion)?.made_of))
    }

    pub(crate) fn state(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT value FROM state WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|cause| self.failed(cause))
    }
}

const APPEARS: &str =
    "INSERT OR IGNORE INTO appearances (document, place, outlet, at) VALUES (?1, ?2, ?3, ?4)";

/// Notes that the current facts are others than before. A count, so that records made of older facts are known as such
/// also when another process made them.
pub(crate) fn outdate(transaction: &Transaction) -> rusqlite::Result<()> {
    transaction
        .execute(
            "INSERT INTO state (key, value) VALUES ('facts', '1')
             ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)",
            [],
        )
        .map(drop)
}

pub(crate) fn insert_run(transaction: &Transaction, run: &Run, now: &str) -> rusqlite::Result<()> {
    transaction
        .execute(
            "INSERT OR IGNORE INTO runs (id, program, data, model, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![run.id(), run.program, run.data, run.model, now],
        )
        .map(drop)
}

/// A statement that is given for each of many rows: read once.
fn each(
    transaction: &Transaction,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> rusqlite::Result<usize> {
    transaction.prepare_cached(sql)?.execute(parameters)
}

fn insert_fact(
    transaction: &Transaction,
    run: &str,
    fact: &Fact,
    json: &str,
) -> rusqlite::Result<()> {
    each(
        transaction,
        "INSERT OR REPLACE INTO facts (id, document, run, start, kind, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            fact.id,
            fact.doc,
            run,
            fact.span.start as i64,
            verbale::record::word(&fact.kind),
            json
        ],
    )?;
    let parties = fact
        .actor
        .iter()
        .chain(&fact.recipient)
        .chain(&fact.beneficiary);
    for party in parties {
        let state = if party.party_type == PartyType::State {
            Some(&party.id)
        } else {
            party.state.as_ref()
        };
        for party in [Some(&party.id), state].into_iter().flatten() {
            each(
                transaction,
                "INSERT OR IGNORE INTO fact_parties (document, run, fact, party) VALUES (?1, ?2, ?3, ?4)",
                params![fact.doc, run, fact.id, party],
            )?;
        }
    }
    Ok(())
}
