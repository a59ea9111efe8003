//! Records in outline: what a list of all pairs needs, read without the rest.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IgnoredAny;
use verbale::record::RecordKind;

use crate::error::StoreError;
use crate::store::Store;

/// A record without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// What it is.
    pub kind: RecordKind,
    /// All states and organisations it is about, by id, sorted.
    pub parties: Vec<String>,
    /// Ids of the texts that tell it.
    pub texts: BTreeSet<String>,
    /// Whether its values cannot all hold together.
    pub in_conflict: bool,
    /// Publication day of its latest dated text.
    pub last_heard: Option<Date>,
}

/// The fields of a kept record that an outline has.
#[derive(Deserialize)]
struct Kept {
    kind: RecordKind,
    parties: Vec<String>,
    #[serde(default)]
    witnesses: Vec<Witness>,
    #[serde(default)]
    conflicts: Vec<IgnoredAny>,
    #[serde(default)]
    last_heard: Option<Date>,
}

#[derive(Deserialize)]
struct Witness {
    doc: String,
}

impl Store {
    /// All records in outline, one after the other, in no order.
    pub fn outlines(&self, mut take: impl FnMut(Outline)) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT json FROM records")
            .map_err(|cause| self.failed(cause))?;
        let mut rows = statement.query([]).map_err(|cause| self.failed(cause))?;
        while let Some(row) = rows.next().map_err(|cause| self.failed(cause))? {
            let json = row
                .get_ref(0)
                .and_then(|json| Ok(json.as_str()?))
                .map_err(|cause| self.failed(cause))?;
            let kept: Kept = self.read("records", json)?;
            take(Outline {
                kind: kept.kind,
                parties: kept.parties,
                texts: kept
                    .witnesses
                    .into_iter()
                    .map(|witness| witness.doc)
                    .collect(),
                in_conflict: !kept.conflicts.is_empty(),
                last_heard: kept.last_heard,
            });
        }
        Ok(())
    }
}
