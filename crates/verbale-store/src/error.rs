//! What can go wrong outside: the file, the database, a store that is not ours.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What helps against a failure of the database.
fn remedy(cause: &rusqlite::Error) -> &'static str {
    match cause.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => {
            "check that the disk has room and the folder can be written, then run the same again"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            "give yourself the right to write the file and its folder, or name another file with --store"
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            "restore a backup, or add the texts to a new store"
        }
        _ => "run the same again, and restore a backup if it fails again",
    }
}

/// An error of the store. Every message names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is no SQLite database, or one of another program.
    #[error(
        "{path}: this file is not a verbale store ({reason}); name another file with --store, or move it away"
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file was written by a newer program.
    #[error(
        "{path}: the store has layout {found}, this program knows layouts up to {known}; update verbale to read it"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Layout of the file.
        found: i64,
        /// Latest layout that this program knows.
        known: i64,
    },
    /// The file or its folder cannot be opened or written.
    #[error(
        "{path}: cannot open the store: {cause}; check that the folder exists and can be written, and that the disk has room"
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// The database's own words.
        cause: rusqlite::Error,
    },
    /// Another process holds the store for longer than we wait.
    #[error("{path}: another process is writing to the store; try again when it is done")]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The database failed at work.
    #[error(
        "{path}: the store could not be read or written: {cause}; nothing of the failed step was kept; {}",
        remedy(cause)
    )]
    Database {
        /// The file.
        path: PathBuf,
        /// The database's own words.
        cause: rusqlite::Error,
    },
    /// A row holds what this program cannot read.
    #[error(
        "{path}: a row of table {table} cannot be read: {cause}; restore a backup or add the texts to a new store"
    )]
    Row {
        /// The file.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// The reader's own words.
        cause: serde_json::Error,
    },
    /// The journal of decisions cannot be read or written.
    #[error(
        "{path}: the journal of decisions cannot be read or written: {cause}; check that the file and its folder can be written and the disk has room"
    )]
    Journal {
        /// The file.
        path: PathBuf,
        /// The system's own words.
        cause: std::io::Error,
    },
    /// A line of the journal is no decision.
    #[error(
        "{path}:{line}: this line is no decision ({cause}); mend or remove it, or restore the file from where it is kept"
    )]
    JournalLine {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The reader's own words.
        cause: serde_json::Error,
    },
    /// What was asked for fits nothing in the store.
    #[error("{reason}")]
    Refused {
        /// Why, with the remedy.
        reason: String,
    },
}
