//! The store itself.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior, params,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use verbale::record::{Fact, PartyType, Record};
use verbale_read::{Appearance, Document};

use crate::error::StoreError;
use crate::review::Journal;
use crate::schema::{APPLICATION_ID, LAYOUT, TABLES};
use crate::types::{NameCount, Put, Run};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open store.
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
    pub(crate) journal: Journal,
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

    pub(crate) fn state(&self, key: &str) -> Result<Option<String>, StoreError> {
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

    pub(crate) fn value(&self, sql: &str) -> Result<i64, StoreError> {
        self.connection
            .query_row(sql, [], |row| row.get(0))
            .map_err(|cause| self.failed(cause))
    }

    pub(crate) fn rows<T>(
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

    pub(crate) fn json<T: Serialize>(
        &self,
        table: &'static str,
        value: &T,
    ) -> Result<String, StoreError> {
        serde_json::to_string(value).map_err(|cause| StoreError::Row {
            path: self.path.clone(),
            table,
            cause,
        })
    }

    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        table: &'static str,
        json: &str,
    ) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|cause| StoreError::Row {
            path: self.path.clone(),
            table,
            cause,
        })
    }

    pub(crate) fn failed(&self, cause: rusqlite::Error) -> StoreError {
        failed(&self.path, cause)
    }
}

pub(crate) fn failed(path: &Path, cause: rusqlite::Error) -> StoreError {
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

pub(crate) fn in_transaction<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let outcome = work(&transaction)?;
    transaction.commit()?;
    Ok(outcome)
}
