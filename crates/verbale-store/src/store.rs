//! The store itself.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;
use crate::review::Journal;
use crate::schema::{APPLICATION_ID, LAYOUT, MIGRATIONS, TABLES};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// What an open store holds of its file, in kilobytes.
pub(crate) const CACHE: u32 = 16_000;

/// An open store.
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) journal: Journal,
}

impl Store {
    /// Opens a store, making an empty one where there is no file.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        if path.is_dir() {
            return Err(StoreError::NotOurs {
                path: path.into(),
                reason: "it is a folder".into(),
            });
        }
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
        self.migrate()?;
        self.connection
            .execute_batch("PRAGMA foreign_keys = ON;")
            .map_err(|cause| self.failed(cause))?;
        self.cache(CACHE)
    }

    /// How much of the file is held in memory, in kilobytes.
    pub(crate) fn cache(&self, most: u32) -> Result<(), StoreError> {
        self.connection
            .execute_batch(&format!("PRAGMA cache_size = -{most};"))
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
                    "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;"
                ))
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)
    }

    /// Brings the layout up to date, in one transaction: a store is of the old layout or of the new one.
    fn migrate(&mut self) -> Result<(), StoreError> {
        if self.value("PRAGMA user_version")? == LAYOUT {
            return Ok(());
        }
        let path = self.path.clone();
        let work = |transaction: &Transaction| -> rusqlite::Result<()> {
            // Another process may have done it while this one waited.
            let layout: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            for step in &MIGRATIONS[(layout - 1).max(0) as usize..] {
                transaction.execute_batch(step)?;
            }
            transaction.execute_batch(&format!("PRAGMA user_version = {LAYOUT};"))
        };
        in_transaction(&mut self.connection, work).map_err(|cause| failed(&path, cause))
    }

    /// How often the store was written to: two equal numbers of one store mean equal answers.
    pub fn version(&self) -> Result<i64, StoreError> {
        self.value(
            "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM state WHERE key = 'version'), 0)",
        )
    }

    /// From here on everything is read as it is now, until the store is dropped; it is no more written to.
    pub fn freeze(&self) -> Result<(), StoreError> {
        self.connection
            .execute_batch("BEGIN")
            .map_err(|cause| self.failed(cause))?;
        // The moment is that of the first question.
        self.version().map(drop)
    }

    /// What the work reads is of one moment, and the file is locked once and not for each question.
    pub fn at_once<T>(&self, work: impl FnOnce() -> T) -> Result<T, StoreError> {
        let frozen = !self.connection.is_autocommit();
        if !frozen {
            self.freeze()?;
        }
        let found = work();
        if !frozen {
            self.connection
                .execute_batch("COMMIT")
                .map_err(|cause| self.failed(cause))?;
        }
        Ok(found)
    }

    /// Where the store lives.
    pub fn path(&self) -> &Path {
        &self.path
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
    transaction.execute(
        "INSERT INTO state (key, value) VALUES ('version', '1')
         ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        [],
    )?;
    transaction.commit()?;
    Ok(outcome)
}
