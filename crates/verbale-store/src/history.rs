//! The life of a store over time: who coded what when, what was withdrawn or corrected, and how it stood on a day.
//!
//! Nothing is ever taken out: a document that is withdrawn leaves the listings, its facts of every run stay.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Transaction, params};
use serde::Serialize;
use verbale::record::Fact;

use crate::error::StoreError;
use crate::store::{Store, failed, in_transaction};
use crate::types::Run;
use crate::write::{insert_run, outdate};

/// A run with what it left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunEntry {
    /// Its id.
    pub id: String,
    /// Program, data and model.
    #[serde(flatten)]
    pub run: Run,
    /// When it first coded a document; empty for runs of stores that kept no time.
    pub at: String,
    /// Documents that it coded, ever.
    pub coded: usize,
    /// Documents whose current facts are its.
    pub current: usize,
    /// Their current facts.
    pub facts: usize,
}

/// What happened to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// When, in UTC; empty if the store kept no time then.
    pub at: String,
    /// `coded`, `confirmed` (a later run is known to find the same), `withdrawn`, `corrected`, `restored`.
    pub what: String,
    /// Document id.
    pub doc: String,
    /// Document name.
    pub doc_name: String,
    /// The run that coded or confirmed.
    pub run: String,
    /// The document that took its place, of a correction.
    pub by: Option<String>,
}

/// A moment as the store keeps it: UTC with microseconds, so that order of text is order of time.
pub(crate) fn moment(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// Notes what happened to a document.
pub(crate) fn note(
    transaction: &Transaction,
    what: &str,
    document: &str,
    run: &str,
    by: Option<&str>,
) -> rusqlite::Result<()> {
    transaction
        .execute(
            "INSERT INTO history (at, what, document, run, corrected_by) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![moment(Timestamp::now()), what, document, run, by],
        )
        .map(drop)
}

impl Store {
    /// All runs, in the order in which they began.
    pub fn runs(&self) -> Result<Vec<RunEntry>, StoreError> {
        self.rows(
            "SELECT r.id, r.program, r.data, r.model, coalesce(r.at, ''),
                 (SELECT count(DISTINCT h.document) FROM history h WHERE h.run = r.id AND h.what = 'coded'),
                 (SELECT count(*) FROM held d WHERE d.run = r.id),
                 (SELECT count(*) FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run WHERE d.run = r.id)
             FROM runs r ORDER BY r.at IS NOT NULL, r.at, r.id",
            [],
            |row| {
                let count = |at| row.get::<_, i64>(at).map(|count| count.max(0) as usize);
                Ok(RunEntry {
                    id: row.get(0)?,
                    run: Run {
                        program: row.get(1)?,
                        data: row.get(2)?,
                        model: row.get(3)?,
                    },
                    at: row.get(4)?,
                    coded: count(5)?,
                    current: count(6)?,
                    facts: count(7)?,
                })
            },
        )
    }

    /// What happened to documents after a moment, in order.
    pub fn happenings(&self, after: Option<Timestamp>) -> Result<Vec<Happening>, StoreError> {
        self.rows(
            "SELECT h.at, h.what, h.document, d.name, h.run, h.corrected_by
             FROM history h JOIN documents d ON d.id = h.document WHERE h.at > ?1 ORDER BY h.n",
            [after.map(moment).unwrap_or_default()],
            |row| {
                Ok(Happening {
                    at: row.get(0)?,
                    what: row.get(1)?,
                    doc: row.get(2)?,
                    doc_name: row.get(3)?,
                    run: row.get(4)?,
                    by: row.get(5)?,
                })
            },
        )
    }

    /// The facts that a run found, by document; only documents that it coded.
    pub fn facts_of_run(&self, run: &str) -> Result<BTreeMap<String, Vec<Fact>>, StoreError> {
        // A run that found nothing in a text coded it all the same.
        let mut facts: BTreeMap<String, Vec<Fact>> = self
            .rows(
                "SELECT DISTINCT document FROM history WHERE run = ?1 AND what = 'coded'",
                [run],
                |row| row.get::<_, String>(0),
            )?
            .into_iter()
            .map(|document| (document, Vec::new()))
            .collect();
        let rows: Vec<(String, String)> = self.rows(
            "SELECT document, json FROM facts WHERE run = ?1 ORDER BY document, start, id",
            [run],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (document, json) in rows {
            let fact = self.read("facts", &json)?;
            facts.entry(document).or_default().push(fact);
        }
        // What a run confirmed it would have found: the facts of the run that it confirmed.
        let confirmed: Vec<(String, String)> = self.rows(
            "SELECT DISTINCT h.document, c.run FROM history h
             JOIN history c ON c.n = (SELECT max(n) FROM history
                 WHERE document = h.document AND what = 'coded' AND n < h.n)
             WHERE h.run = ?1 AND h.what = 'confirmed' ORDER BY h.document",
            [run],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (document, coded_by) in confirmed {
            let rows: Vec<String> = self.rows(
                "SELECT json FROM facts WHERE document = ?1 AND run = ?2 ORDER BY start, id",
                [&document, &coded_by],
                |row| row.get(0),
            )?;
            let of_document = rows
                .iter()
                .map(|json| self.read("facts", json))
                .collect::<Result<_, _>>()?;
            facts.insert(document, of_document);
        }
        Ok(facts)
    }

    /// The runs that found a fact of this id in a document, each with the fact as it found it.
    pub fn fact_by_run(&self, document: &str, id: &str) -> Result<Vec<(String, Fact)>, StoreError> {
        let rows: Vec<(String, String)> = self.rows(
            "SELECT run, json FROM facts WHERE document = ?1 AND id = ?2",
            [document, id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        rows.into_iter()
            .map(|(run, json)| Ok((run, self.read("facts", &json)?)))
            .collect()
    }

    /// Notes that a run finds in these documents what is on record for them already.
    pub fn confirm(&mut self, documents: &[String], run: &Run) -> Result<(), StoreError> {
        let path = self.path().to_owned();
        let work = |transaction: &Transaction| -> rusqlite::Result<()> {
            let id = run.id();
            insert_run(transaction, run, &moment(Timestamp::now()))?;
            for document in documents {
                transaction.execute(
                    "UPDATE documents SET confirmed = ?2 WHERE id = ?1",
                    [document, &id],
                )?;
                note(transaction, "confirmed", document, &id, None)?;
            }
            Ok(())
        };
        in_transaction(&mut self.connection, work).map_err(|cause| failed(&path, cause))
    }

    /// Takes a document out of all listings, or (`back`) into them again. `by` names the document that corrects it.
    /// Adding the same text again does not bring it back. Gives whether anything changed.
    pub fn withdraw(
        &mut self,
        document: &str,
        back: bool,
        by: Option<&str>,
    ) -> Result<bool, StoreError> {
        let path = self.path().to_owned();
        let work = |transaction: &Transaction| -> rusqlite::Result<bool> {
            let changed = transaction.execute(
                "UPDATE documents SET withdrawn = ?2 WHERE id = ?1 AND withdrawn <> ?2",
                params![document, !back],
            )?;
            if changed > 0 {
                let what = match (back, by) {
                    (true, _) => "restored",
                    (false, Some(_)) => "corrected",
                    (false, None) => "withdrawn",
                };
                let run: String = transaction.query_row(
                    "SELECT run FROM documents WHERE id = ?1",
                    [document],
                    |row| row.get(0),
                )?;
                note(transaction, what, document, &run, by)?;
                outdate(transaction)?;
            }
            Ok(changed > 0)
        };
        in_transaction(&mut self.connection, work).map_err(|cause| failed(&path, cause))
    }

    /// Ids of documents that are withdrawn and whose id begins so or whose name is this.
    pub fn withdrawn(&self, key: &str) -> Result<Vec<String>, StoreError> {
        self.rows(
            "SELECT id FROM documents WHERE withdrawn = 1 AND (name = ?1 OR id = ?1 OR (length(?1) >= 4 AND substr(id, 1, length(?1)) = ?1)) ORDER BY id",
            [key],
            |row| row.get(0),
        )
    }

    /// The store as it stood at a moment, in memory: documents, facts and decisions of then. Its records are to be made
    /// anew ([`Store::records_stale`]); changing it changes nothing on the disk.
    pub fn as_of(&self, at: Timestamp) -> Result<Store, StoreError> {
        let mut past = Store::absent(self.path())?;
        // There is no past where there is no file, and asking makes none.
        if !self.path().exists() {
            return Ok(past);
        }
        let path = self.path().display().to_string();
        let bad = |cause| failed(self.path(), cause);
        past.connection
            .execute("ATTACH DATABASE ?1 AS now", [path])
            .map_err(bad)?;
        past.connection
            .execute(
                "CREATE TEMP TABLE chosen AS SELECT h.document, h.run FROM now.history h
                 WHERE h.what IN ('coded', 'restored') AND h.n = (SELECT max(n) FROM now.history
                     WHERE document = h.document AND at <= ?1 AND what <> 'confirmed')",
                [moment(at)],
            )
            .map_err(bad)?;
        past.connection
            .execute_batch(
                "INSERT INTO runs SELECT * FROM now.runs;
                 INSERT INTO documents (id, name, published_start, published_end, outlet, status, run, json)
                     SELECT d.id, d.name, d.published_start, d.published_end, coalesce(json(r.outlet) ->> 'value', d.outlet), d.status, c.run,
                     coalesce(json_set(d.json, '$.outlet', json(r.outlet)), d.json)
                     FROM now.documents d JOIN chosen c ON c.document = d.id
                     LEFT JOIN now.readings r ON r.document = c.document AND r.run = c.run;
                 INSERT INTO names SELECT r.document, n.value ->> 'entity', n.value ->> 'form', n.value ->> 'times'
                     FROM now.readings r JOIN chosen c ON c.document = r.document AND c.run = r.run, json_each(r.names) n;
                 INSERT OR IGNORE INTO names SELECT n.* FROM now.names n JOIN chosen c ON c.document = n.document
                     WHERE NOT EXISTS (SELECT 1 FROM now.readings r WHERE r.document = c.document AND r.run = c.run);
                 INSERT INTO facts (id, document, run, start, kind, json)
                     SELECT f.id, f.document, f.run, f.start, f.kind, f.json FROM now.facts f JOIN chosen c ON c.document = f.document AND c.run = f.run;
                 INSERT INTO fact_parties SELECT p.* FROM now.fact_parties p JOIN chosen c ON c.document = p.document AND c.run = p.run;
                 INSERT INTO words (document, text) SELECT w.document, w.text FROM now.words w JOIN chosen c ON c.document = w.document;
",
            )
            .map_err(bad)?;
        past.connection
            .execute(
                "INSERT INTO appearances SELECT a.* FROM now.appearances a JOIN chosen c ON c.document = a.document
                 WHERE a.at <= ?1",
                [moment(at)],
            )
            .map_err(bad)?;
        past.connection
            .execute_batch("DROP TABLE chosen; DETACH DATABASE now;")
            .map_err(bad)?;
        past.journal = self.journal.until(at);
        Ok(past)
    }
}
