//! The store itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Row, Transaction, TransactionBehavior, params,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use verbale::record::{Fact, PartyType, Record};
use verbale_read::{Appearance, Document};

use crate::error::StoreError;
use crate::filter::{FactFilter, RecordFilter};
use crate::review::{Coded, Journal, Layer};
use crate::schema::{APPLICATION_ID, LAYOUT, TABLES};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open store.
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
    pub(crate) journal: Journal,
}

/// What a run is: the same three give the same facts for the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Program version.
    pub program: String,
    /// Hash of the data folder.
    pub data: String,
    /// Hash of the model.
    pub model: String,
}

impl Run {
    /// A short id made of all three.
    pub fn id(&self) -> String {
        let beginning = |hash: &str| hash.chars().take(12).collect::<String>();
        format!(
            "{}-{}-{}",
            self.program,
            beginning(&self.data),
            beginning(&self.model)
        )
    }
}

/// A form of a name with the number of times a text uses it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NameCount {
    /// Neutral key or entity id.
    pub entity: String,
    /// The form as written.
    pub form: String,
    /// How often.
    pub times: usize,
}

/// A document with what the store knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDocument {
    /// The document.
    pub document: Document,
    /// `ok`, `empty`, `not_english`.
    pub status: String,
    /// Every place under which it came, sorted.
    pub appearances: Vec<Appearance>,
    /// Id of the run that coded it.
    pub run: String,
}

/// What became of a document that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was new.
    Added,
    /// Its text was known and coded by the same run; only the place was noted.
    Known,
    /// Its text was known; its facts are now those of another run.
    Recoded,
}

/// What an id stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A fact.
    Fact(Box<Fact>),
    /// A record.
    Record(Box<Record>),
}

/// Sizes of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Documents.
    pub documents: usize,
    /// Current facts.
    pub facts: usize,
    /// Records.
    pub records: usize,
    /// Runs that left facts.
    pub runs: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

impl Store {
    /// Opens a store, making an empty one where there is no file.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        let connection = Connection::open(path).map_err(|cause| StoreError::Open {
            path: path.into(),
            cause,
        })?;
        let mut store = Store {
            connection,
            path: path.into(),
            journal: Journal::open(path)?,
        };
        store.prepare()?;
        Ok(store)
    }

    /// A store that lives in memory and leaves nothing behind.
    pub fn in_memory() -> Result<Store, StoreError> {
        Store::absent(Path::new(":memory:"))
    }

    /// The empty store that stands for a file which does not exist; nothing is written to the disk.
    pub fn absent(path: &Path) -> Result<Store, StoreError> {
        let path = PathBuf::from(path);
        let connection = Connection::open_in_memory().map_err(|cause| StoreError::Open {
            path: path.clone(),
            cause,
        })?;
        let mut store = Store {
            connection,
            path,
            journal: Journal::default(),
        };
        store.prepare()?;
        Ok(store)
    }

    fn prepare(&mut self) -> Result<(), StoreError> {
        let wrong = |reason: &str| StoreError::NotOurs {
            path: self.path.clone(),
            reason: reason.into(),
        };
        self.connection
            .busy_timeout(PATIENCE)
            .map_err(|cause| self.failed(cause))?;
        let application: i64 = match self
            .connection
            .query_row("PRAGMA application_id", [], |row| row.get(0))
        {
            Ok(id) => id,
            Err(rusqlite::Error::SqliteFailure(failure, _))
                if failure.code == ErrorCode::NotADatabase =>
            {
                return Err(wrong("it is no SQLite file"));
            }
            Err(cause) => {
                return Err(StoreError::Open {
                    path: self.path.clone(),
                    cause,
                });
            }
        };
        let layout: i64 = self.value("PRAGMA user_version")?;
        let tables: i64 = self.value("SELECT count(*) FROM sqlite_master")?;
        if application == 0 && tables == 0 {
            self.create()?;
        } else if application != APPLICATION_ID {
            return Err(wrong("it belongs to another program"));
        } else if layout > LAYOUT {
            return Err(StoreError::Newer {
                path: self.path.clone(),
                found: layout,
                known: LAYOUT,
            });
        }
        self.connection
            .execute_batch("PRAGMA foreign_keys = ON;")
            .map_err(|cause| self.failed(cause))
    }

    fn create(&mut self) -> Result<(), StoreError> {
        // Write-ahead logging lets readers go on while one process writes; a kill at any moment leaves the last commit.
        self.connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
            .map_err(|cause| StoreError::Open {
                path: self.path.clone(),
                cause,
            })?;
        let path = self.path.clone();
        let failed = |cause| StoreError::Open {
            path: path.clone(),
            cause,
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        // Two processes may come to an empty file at once: the second finds the first one's tables.
        let tables: i64 = transaction
            .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
            .map_err(failed)?;
        if tables == 0 {
            transaction.execute_batch(TABLES).map_err(failed)?;
            transaction
                .execute_batch(&format!(
                    "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LAYOUT};"
                ))
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)
    }

    /// Where the store lives.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether this run has already coded the document; if so only the place is noted.
    pub fn knows(&self, document: &str, run: &Run) -> Result<bool, StoreError> {
        let found: Option<String> = self
            .connection
            .query_row(
                "SELECT run FROM documents WHERE id = ?1",
                [document],
                |row| row.get(0),
            )
            .optional()
            .map_err(|cause| self.failed(cause))?;
        Ok(found.is_some_and(|found| found == run.id()))
    }

    /// Notes one more place of a known document.
    pub fn note_appearance(
        &mut self,
        document: &str,
        appearance: &Appearance,
    ) -> Result<(), StoreError> {
        self.connection
            .execute(
                "INSERT OR IGNORE INTO appearances (document, place, outlet) VALUES (?1, ?2, ?3)",
                params![document, appearance.place, appearance.outlet],
            )
            .map(drop)
            .map_err(|cause| self.failed(cause))
    }

    /// Keeps a document with its facts in one transaction, and marks the records as stale if facts changed.
    pub fn put(
        &mut self,
        document: &Document,
        status: &str,
        appearance: &Appearance,
        facts: &[Fact],
        names: &[NameCount],
        run: &Run,
    ) -> Result<Put, StoreError> {
        if self.knows(&document.id, run)? {
            self.note_appearance(&document.id, appearance)?;
            return Ok(Put::Known);
        }
        let json = self.json("documents", document)?;
        let fact_rows = facts
            .iter()
            .map(|fact| Ok((fact, self.json("facts", fact)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let path = self.path.clone();
        let work = |transaction: &Transaction| -> rusqlite::Result<Put> {
            let id = run.id();
            transaction.execute(
                "INSERT OR IGNORE INTO runs (id, program, data, model) VALUES (?1, ?2, ?3, ?4)",
                params![id, run.program, run.data, run.model],
            )?;
            let published = document.published.as_ref();
            let known = transaction.execute(
                "UPDATE documents SET run = ?2, status = ?3, json = ?4, outlet = ?5 WHERE id = ?1",
                params![
                    document.id,
                    id,
                    status,
                    json,
                    document.outlet.as_ref().map(|outlet| &outlet.value)
                ],
            )?;
            if known == 0 {
                transaction.execute(
                    "INSERT INTO documents (id, name, published_start, published_end, outlet, status, run, json)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![
                        document.id,
                        document.name,
                        published.map(|published| published.start.to_string()),
                        published.map(|published| published.end.to_string()),
                        document.outlet.as_ref().map(|outlet| &outlet.value),
                        status,
                        id,
                        json
                    ],
                )?;
                transaction.execute(
                    "INSERT INTO words (document, text) VALUES (?1, ?2)",
                    params![document.id, document.text],
                )?;
            }
            transaction.execute(
                "INSERT OR IGNORE INTO appearances (document, place, outlet) VALUES (?1, ?2, ?3)",
                params![document.id, appearance.place, appearance.outlet],
            )?;
            transaction.execute("DELETE FROM names WHERE document = ?1", [&document.id])?;
            for name in names {
                transaction.execute(
                    "INSERT INTO names (document, entity, form, times) VALUES (?1, ?2, ?3, ?4)",
                    params![document.id, name.entity, name.form, name.times as i64],
                )?;
            }
            for (fact, json) in &fact_rows {
                let kind = serde_json::to_value(fact.kind)
                    .ok()
                    .and_then(|kind| kind.as_str().map(String::from));
                transaction.execute(
                    "INSERT OR REPLACE INTO facts (id, document, run, start, kind, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![fact.id, document.id, id, fact.span.start as i64, kind, json],
                )?;
                for party in fact
                    .actor
                    .iter()
                    .chain(&fact.recipient)
                    .chain(&fact.beneficiary)
                {
                    let state = if party.party_type == PartyType::State {
                        Some(&party.id)
                    } else {
                        party.state.as_ref()
                    };
                    for party in [Some(&party.id), state].into_iter().flatten() {
                        transaction.execute(
                            "INSERT OR IGNORE INTO fact_parties (document, run, fact, party) VALUES (?1, ?2, ?3, ?4)",
                            params![document.id, id, fact.id, party],
                        )?;
                    }
                }
            }
            transaction.execute(
                "INSERT OR REPLACE INTO state (key, value) VALUES ('records_stale', '1')",
                [],
            )?;
            Ok(if known == 0 { Put::Added } else { Put::Recoded })
        };
        let outcome = in_transaction(&mut self.connection, work);
        outcome.map_err(|cause| failed(&path, cause))
    }

    /// Whether facts came in, or decisions were made, since the records were made.
    pub fn records_stale(&self) -> Result<bool, StoreError> {
        let reviewed = self.state("records_review")?.unwrap_or_default();
        Ok(self.state("records_stale")?.as_deref() == Some("1") || reviewed != self.journal.hash())
    }

    fn state(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT value FROM state WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|cause| self.failed(cause))
    }

    /// Replaces all records in one transaction. They are those of the current facts with the decisions laid over them.
    pub fn replace_records(&mut self, records: &[Record]) -> Result<(), StoreError> {
        let rows = records
            .iter()
            .map(|record| Ok((record, self.json("records", record)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let path = self.path.clone();
        let reviewed = self.journal.hash();
        let work = |transaction: &Transaction| -> rusqlite::Result<()> {
            transaction.execute("DELETE FROM record_parties", [])?;
            transaction.execute("DELETE FROM records", [])?;
            for (record, json) in &rows {
                let kind = serde_json::to_value(record.kind)
                    .ok()
                    .and_then(|kind| kind.as_str().map(String::from));
                transaction.execute(
                    "INSERT INTO records (id, kind, json) VALUES (?1, ?2, ?3)",
                    params![record.id, kind, json],
                )?;
                for party in &record.parties {
                    transaction.execute(
                        "INSERT OR IGNORE INTO record_parties (record, party) VALUES (?1, ?2)",
                        params![record.id, party],
                    )?;
                }
            }
            transaction.execute(
                "INSERT OR REPLACE INTO state (key, value) VALUES ('records_stale', '0'), ('records_review', ?1)",
                [&reviewed],
            )?;
            Ok(())
        };
        let outcome = in_transaction(&mut self.connection, work);
        outcome.map_err(|cause| failed(&path, cause))
    }

    /// All documents, ordered by publication (undated last), then id.
    pub fn documents(&self) -> Result<Vec<StoredDocument>, StoreError> {
        let rows = self.rows(
            "SELECT id, status, run, json FROM documents ORDER BY published_start IS NULL, published_start, id",
            [],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?)),
        )?;
        rows.into_iter()
            .map(|(id, status, run, json)| {
                Ok(StoredDocument {
                    document: self.read("documents", &json)?,
                    status,
                    run,
                    appearances: self.appearances(&id)?,
                })
            })
            .collect()
    }

    /// One document by its id, the beginning of its id, or its name.
    pub fn document(&self, key: &str) -> Result<Option<StoredDocument>, StoreError> {
        let found = self.documents()?;
        let exact = found
            .iter()
            .position(|stored| stored.document.id == key || stored.document.name == key);
        let position = exact.or_else(|| {
            found
                .iter()
                .position(|stored| key.len() >= 4 && stored.document.id.starts_with(key))
        });
        Ok(position.map(|position| {
            found
                .into_iter()
                .nth(position)
                .expect("the position was found in this list")
        }))
    }

    fn appearances(&self, document: &str) -> Result<Vec<Appearance>, StoreError> {
        self.rows(
            "SELECT place, outlet FROM appearances WHERE document = ?1 ORDER BY place",
            [document],
            |row| {
                Ok(Appearance {
                    place: row.get(0)?,
                    outlet: row.get(1)?,
                })
            },
        )
    }

    /// Names as written, by document id.
    pub fn names(&self) -> Result<Vec<(String, NameCount)>, StoreError> {
        self.rows(
            "SELECT document, entity, form, times FROM names ORDER BY document, entity, form",
            [],
            |row| {
                let times: i64 = row.get(3)?;
                Ok((
                    row.get(0)?,
                    NameCount {
                        entity: row.get(1)?,
                        form: row.get(2)?,
                        times: times.max(0) as usize,
                    },
                ))
            },
        )
    }

    /// Current facts that pass the filter, with the decisions laid over them, in order of document (by publication) and
    /// place in the text.
    pub fn facts(&self, filter: &FactFilter) -> Result<Vec<Fact>, StoreError> {
        let layer = self.layer()?;
        let read = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        const WHERE: &str = "FROM facts f JOIN documents d ON d.id = f.document AND d.run = f.run";
        let rows: Vec<(String, Option<String>, String)> = match &filter.pair {
            // The index narrows to one state; the filter itself asks for both.
            Some([state, _]) => self.rows(
                &format!(
                    "SELECT d.id, d.published_start, f.json {WHERE}
                     JOIN fact_parties p ON p.document = f.document AND p.run = f.run AND p.fact = f.id AND p.party = ?1"
                ),
                [state],
                read,
            )?,
            None => self.rows(
                &format!("SELECT d.id, d.published_start, f.json {WHERE}"),
                [],
                read,
            )?,
        };
        let mut facts = Vec::new();
        for (document, published, json) in rows {
            // A document with decisions is taken from the layer, whole: an edit may have given it other parties.
            if !layer.facts.contains_key(&document) {
                facts.push((published, self.read::<Fact>("facts", &json)?));
            }
        }
        for (document, of_layer) in layer.facts {
            let published: Option<String> = self
                .rows(
                    "SELECT published_start FROM documents WHERE id = ?1",
                    [document],
                    |row| row.get(0),
                )?
                .pop()
                .flatten();
            facts.extend(of_layer.into_iter().map(|fact| (published.clone(), fact)));
        }
        facts.retain(|(_, fact)| filter.takes(fact));
        facts.sort_by(|(published, a), (other, b)| {
            (published.is_none(), published, &a.doc, a.span.start, &a.id)
                .cmp(&(other.is_none(), other, &b.doc, b.span.start, &b.id))
        });
        Ok(facts.into_iter().map(|(_, fact)| fact).collect())
    }

    /// The documents of these ids that the store has, each with its current facts as the program found them.
    pub(crate) fn coded(
        &self,
        documents: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Coded>, StoreError> {
        let mut coded = BTreeMap::new();
        for &id in documents {
            let found: Option<String> = self
                .rows("SELECT json FROM documents WHERE id = ?1", [id], |row| {
                    row.get(0)
                })?
                .pop();
            let Some(json) = found else { continue };
            let rows: Vec<String> = self.rows(
                "SELECT f.json FROM facts f JOIN documents d ON d.id = f.document AND d.run = f.run
                 WHERE d.id = ?1 ORDER BY f.start, f.id",
                [id],
                |row| row.get(0),
            )?;
            let facts = rows
                .iter()
                .map(|json| self.read("facts", json))
                .collect::<Result<_, _>>()?;
            let document = self.read("documents", &json)?;
            coded.insert(id.to_owned(), Coded { document, facts });
        }
        Ok(coded)
    }

    /// Records that pass the filter, in order of id, marked with what a person said of them.
    pub fn records(&self, filter: &RecordFilter) -> Result<Vec<Record>, StoreError> {
        let layer = self.layer()?;
        let rows: Vec<String> =
            self.rows("SELECT json FROM records ORDER BY id", [], |row| row.get(0))?;
        let mut records = Vec::new();
        for json in rows {
            let mut record: Record = self.read("records", &json)?;
            if filter.takes(&record) {
                layer.mark_record(&mut record);
                records.push(record);
            }
        }
        Ok(records)
    }

    /// Facts and records whose id begins with `key`; several only if the key is too short. Rejected facts are among them.
    pub fn find(&self, key: &str) -> Result<Vec<Found>, StoreError> {
        let layer = self.layer()?;
        self.find_under(key, &layer)
    }

    pub(crate) fn find_under(&self, key: &str, layer: &Layer) -> Result<Vec<Found>, StoreError> {
        let pattern = format!("{}*", key.replace(['*', '?', '['], ""));
        let facts: Vec<String> = self.rows(
            "SELECT f.json FROM facts f JOIN documents d ON d.id = f.document AND d.run = f.run WHERE f.id GLOB ?1 ORDER BY f.id",
            [&pattern],
            |row| row.get(0),
        )?;
        let records: Vec<String> = self.rows(
            "SELECT json FROM records WHERE id GLOB ?1 ORDER BY id",
            [&pattern],
            |row| row.get(0),
        )?;
        let mut found: Vec<Found> = layer
            .facts
            .values()
            .flatten()
            .filter(|fact| fact.id.starts_with(key))
            .map(|fact| Found::Fact(Box::new(fact.clone())))
            .collect();
        for json in facts {
            let fact: Fact = self.read("facts", &json)?;
            if !layer.facts.contains_key(&fact.doc) {
                found.push(Found::Fact(Box::new(fact)));
            }
        }
        for json in records {
            let mut record: Record = self.read("records", &json)?;
            layer.mark_record(&mut record);
            found.push(Found::Record(Box::new(record)));
        }
        Ok(found)
    }

    /// Full-text search: document id and a snippet with the hit between `[` and `]`, best first.
    pub fn search(&self, words: &str) -> Result<Vec<(String, String)>, StoreError> {
        // Each word is quoted, so that punctuation in a question is no query syntax.
        let query: Vec<String> = words
            .split_whitespace()
            .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
            .collect();
        if query.is_empty() {
            return Ok(Vec::new());
        }
        self.rows(
            "SELECT document, snippet(words, 1, '[', ']', '…', 24) FROM words WHERE words MATCH ?1 ORDER BY rank, document",
            [query.join(" ")],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Sizes.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        let count =
            |sql: &str| -> Result<usize, StoreError> { Ok(self.value(sql)?.max(0) as usize) };
        Ok(Stats {
            documents: count("SELECT count(*) FROM documents")?,
            facts: count(
                "SELECT count(*) FROM facts f JOIN documents d ON d.id = f.document AND d.run = f.run",
            )?,
            records: count("SELECT count(*) FROM records")?,
            runs: count("SELECT count(*) FROM runs")?,
            bytes: count(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            )? as u64,
        })
    }

    fn value(&self, sql: &str) -> Result<i64, StoreError> {
        self.connection
            .query_row(sql, [], |row| row.get(0))
            .map_err(|cause| self.failed(cause))
    }

    fn rows<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(sql)
            .map_err(|cause| self.failed(cause))?;
        let rows = statement
            .query_map(parameters, read)
            .map_err(|cause| self.failed(cause))?;
        rows.collect::<rusqlite::Result<Vec<T>>>()
            .map_err(|cause| self.failed(cause))
    }

    fn json<T: Serialize>(&self, table: &'static str, value: &T) -> Result<String, StoreError> {
        serde_json::to_string(value).map_err(|cause| StoreError::Row {
            path: self.path.clone(),
            table,
            cause,
        })
    }

    fn read<T: DeserializeOwned>(&self, table: &'static str, json: &str) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|cause| StoreError::Row {
            path: self.path.clone(),
            table,
            cause,
        })
    }

    fn failed(&self, cause: rusqlite::Error) -> StoreError {
        failed(&self.path, cause)
    }
}

fn failed(path: &Path, cause: rusqlite::Error) -> StoreError {
    match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Busy { path: path.into() }
        }
        _ => StoreError::Database {
            path: path.into(),
            cause,
        },
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let outcome = work(&transaction)?;
    transaction.commit()?;
    Ok(outcome)
}
