//! The file of decisions: JSON lines beside the store, only ever appended to.
//!
//! A decision is whole on the disk before it counts. Writers wait for each other by a lock on the file. The file may be
//! kept under version control and joined with another: decisions are named by what their line says, not by its number.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::decision::{Act, Decision};
use crate::error::StoreError;

/// A decision with its place in the journal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Numbered {
    /// Number of its line, from 1: what `undo` takes.
    pub n: usize,
    /// Hash of its line: what the journal itself names it by.
    pub key: String,
    /// Whether a later decision takes it back.
    pub undone: bool,
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
}

/// All decisions on a store.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    /// The store; none for one that leaves nothing behind.
    store: Option<PathBuf>,
    /// In the order in which they were made.
    pub decisions: Vec<Numbered>,
}

/// Where the journal of a store lies.
pub fn beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".review.jsonl");
    PathBuf::from(name)
}

impl Journal {
    /// The journal of a store; an empty one where there is no file.
    pub fn open(store: &Path) -> Result<Journal, StoreError> {
        let path = beside(store);
        let mut bytes = Vec::new();
        match File::open(&path) {
            Ok(mut file) => file
                .read_to_end(&mut bytes)
                .map(drop)
                .map_err(|cause| unusable(&path, cause))?,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(unusable(&path, cause)),
        }
        let (decisions, _) = read(&path, &bytes)?;
        Ok(Journal {
            store: Some(store.into()),
            decisions,
        })
    }

    /// The journal as its file is now; `None` where there is no file behind it.
    pub(crate) fn again(&self) -> Result<Option<Journal>, StoreError> {
        self.store.as_deref().map(Journal::open).transpose()
    }

    /// The decisions that were made up to a moment; only to be read.
    pub(crate) fn until(&self, at: Timestamp) -> Journal {
        let made = |numbered: &&Numbered| numbered.decision.at <= at;
        Journal {
            store: None,
            decisions: marked(self.decisions.iter().filter(made).cloned().collect()),
        }
    }

    /// Decisions that hold: not undone, and no undoings themselves.
    pub fn standing(&self) -> impl Iterator<Item = &Numbered> {
        self.decisions.iter().filter(|numbered| {
            !numbered.undone && !matches!(numbered.decision.act, Act::Undo { .. })
        })
    }

    /// What the standing decisions are, as one hash; empty if there are none.
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let mut any = false;
        for numbered in self.standing() {
            hash.update(&numbered.key);
            any = true;
        }
        if any {
            hex(&hash.finalize())
        } else {
            String::new()
        }
    }

    /// Appends one decision; it is on the disk when this returns. Decisions of others that came in since are read too.
    pub fn append(&mut self, decision: &Decision) -> Result<&Numbered, StoreError> {
        let line = serde_json::to_string(decision).map_err(|cause| StoreError::Row {
            path: self.store.clone().unwrap_or_default(),
            table: "review",
            cause,
        })?;
        let Some(path) = self.store.as_deref().map(beside) else {
            self.decisions
                .push(numbered(self.decisions.len() + 1, &line, decision.clone()));
            return Ok(self.marked());
        };
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(&path);
        let written = file.and_then(|mut file| {
            // Held until the file is closed.
            file.lock()?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok((file, bytes))
        });
        let (mut file, mut bytes) = written.map_err(|cause| unusable(&path, cause))?;
        let (_, whole) = read(&path, &bytes)?;
        let mut save = || -> io::Result<()> {
            // A stop in the middle of a line leaves a beginning that was never acknowledged.
            if whole < bytes.len() {
                file.set_len(whole as u64)?;
                bytes.truncate(whole);
            }
            let mut add = String::new();
            if bytes.last().is_some_and(|&last| last != b'\n') {
                add.push('\n');
            }
            add.push_str(&line);
            add.push('\n');
            let written = file
                .write_all(add.as_bytes())
                .and_then(|()| file.sync_all());
            if written.is_err() {
                // A full disk must not leave half a line behind.
                file.set_len(bytes.len() as u64)?;
                file.seek(io::SeekFrom::End(0))?;
            }
            bytes.extend(add.as_bytes());
            written
        };
        save().map_err(|cause| unusable(&path, cause))?;
        self.decisions = read(&path, &bytes)?.0;
        self.decisions.last().ok_or_else(|| StoreError::Refused {
            reason: "the decision was not kept".into(),
        })
    }

    fn marked(&mut self) -> &Numbered {
        mark_undone(&mut self.decisions);
        &self.decisions[self.decisions.len() - 1]
    }
}

fn unusable(path: &Path, cause: io::Error) -> StoreError {
    StoreError::Journal {
        path: path.into(),
        cause,
    }
}

fn numbered(n: usize, line: &str, decision: Decision) -> Numbered {
    Numbered {
        n,
        key: hex(&Sha256::digest(line)[..8]),
        undone: false,
        decision,
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Decisions of a file, and how many of its bytes are whole lines.
fn read(path: &Path, bytes: &[u8]) -> Result<(Vec<Numbered>, usize), StoreError> {
    let mut decisions = Vec::new();
    let mut at = 0;
    for (index, raw) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let ended = raw.last() == Some(&b'\n');
        let line = String::from_utf8_lossy(raw);
        let line = line.trim_end();
        if !line.is_empty() {
            match serde_json::from_str::<Decision>(line) {
                Ok(decision) => decisions.push(numbered(index + 1, line, decision)),
                Err(_) if !ended => return Ok((marked(decisions), at)),
                Err(cause) => {
                    return Err(StoreError::JournalLine {
                        path: path.into(),
                        line: index + 1,
                        cause,
                    });
                }
            }
        }
        at += raw.len();
    }
    Ok((marked(decisions), at))
}

fn marked(mut decisions: Vec<Numbered>) -> Vec<Numbered> {
    mark_undone(&mut decisions);
    decisions
}

/// From the last to the first: an undoing that is itself undone undoes nothing.
fn mark_undone(decisions: &mut [Numbered]) {
    let mut taken_back: HashSet<String> = HashSet::new();
    for numbered in decisions.iter_mut().rev() {
        numbered.undone = taken_back.contains(&numbered.key);
        if let (false, Act::Undo { undoes }) = (numbered.undone, &numbered.decision.act) {
            taken_back.insert(undoes.clone());
        }
    }
}
