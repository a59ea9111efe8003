//! Copies of a store, and questions in SQL that can change nothing.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, backup::Backup};
use serde_json::{Map, Value};

use crate::error::StoreError;
use crate::review::beside;
use crate::store::{Store, failed};

/// Pages that are copied at a time; between two steps other processes may write.
const PAGES: i32 = 512;

impl Store {
    /// Copies the store, whole as at one moment, and the journal of decisions beside it. The file must not exist.
    pub fn backup(&self, file: &Path) -> Result<(), StoreError> {
        let refused = |reason: String| StoreError::Refused { reason };
        if file.exists() || beside(file).exists() {
            return Err(refused(format!(
                "{}: there is a file of this name (or a journal beside it); a backup replaces none: give another name",
                file.display()
            )));
        }
        // Under another name until it is whole.
        let mut part = file.as_os_str().to_owned();
        part.push(".part");
        let part = Path::new(&part);
        let copied = self.copy_to(part).and_then(|()| {
            let journal = beside(self.path());
            let unwritten = |cause| StoreError::Journal {
                path: beside(file),
                cause,
            };
            if journal.exists() {
                std::fs::copy(&journal, beside(file)).map_err(unwritten)?;
            }
            std::fs::rename(part, file).map_err(|cause| {
                refused(format!(
                    "{}: the backup cannot be written: {cause}",
                    file.display()
                ))
            })
        });
        if copied.is_err() {
            // What is left of a copy that failed is of no use; that it cannot be removed changes nothing.
            let _ = std::fs::remove_file(part);
            let _ = std::fs::remove_file(beside(file));
        }
        copied
    }

    fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let open = |cause| StoreError::Open {
            path: file.into(),
            cause,
        };
        let mut copy = Connection::open(file).map_err(open)?;
        let bad = |cause| failed(file, cause);
        Backup::new(&self.connection, &mut copy)
            .and_then(|backup| backup.run_to_completion(PAGES, Duration::ZERO, None))
            .map_err(bad)?;
        // One file, to be carried away.
        copy.execute_batch("PRAGMA journal_mode = DELETE;")
            .map_err(bad)
    }
}

/// Rows of a question in SQL, each with the names of its columns. Nothing can be written: the file is opened for reading
/// only, and what is no question is refused.
pub fn query(store: &Path, sql: &str) -> Result<Vec<Map<String, Value>>, StoreError> {
    let refused = |reason: String| StoreError::Refused { reason };
    let connection = Connection::open_with_flags(
        store,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(|cause| StoreError::Open {
        path: store.into(),
        cause,
    })?;
    let first = sql
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let asks = ["select", "with", "values", "explain"].contains(&first.as_str());
    let mut statement = connection.prepare(sql).map_err(|cause| {
        if cause.sqlite_error_code() == Some(ErrorCode::CannotOpen) {
            let path = store.into();
            return StoreError::Open { path, cause };
        }
        refused(format!("the query cannot be read: {cause}"))
    })?;
    if !asks || !statement.readonly() {
        return Err(refused(
            "only questions are answered: begin with SELECT or WITH; the store is changed by the other verbs".into(),
        ));
    }
    let names: Vec<String> = statement
        .column_names()
        .into_iter()
        .map(String::from)
        .collect();
    let mut rows = statement.query([]).map_err(|cause| failed(store, cause))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(|cause| failed(store, cause))? {
        let mut values = Map::new();
        for (at, name) in names.iter().enumerate() {
            let value = match row.get_ref(at).map_err(|cause| failed(store, cause))? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => number.into(),
                ValueRef::Real(number) => number.into(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                ValueRef::Blob(bytes) => crate::review::hex(bytes).into(),
            };
            values.insert(name.clone(), value);
        }
        found.push(values);
    }
    Ok(found)
}
