//! Runs, and what two of them find otherwise.

use std::collections::BTreeMap;

use serde::Serialize;
use verbale::record::Fact;
use verbale_store::{Change, RunEntry, Store, fact_changes};

use crate::{Error, Result};

/// What two runs find otherwise in the texts that both know.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The two runs.
    pub runs: [RunEntry; 2],
    /// Texts that both coded.
    pub texts: usize,
    /// Facts that one of them finds only, or otherwise than the other.
    pub changes: Vec<Change>,
}

/// The one run whose id begins so.
pub fn run(store: &Store, beginning: &str) -> Result<RunEntry> {
    let mut found = store.runs()?;
    found.retain(|entry| entry.id.starts_with(beginning));
    let count = found.len();
    match found.pop() {
        Some(only) if count == 1 => Ok(only),
        _ => Err(Error::Asked(format!(
            "{beginning}: {count} runs begin so; `verbale runs` and the page /runs list them"
        ))),
    }
}

/// Compares two runs, given by their ids or the beginnings of them.
pub fn difference(store: &Store, runs: [&str; 2]) -> Result<Difference> {
    let runs = [run(store, runs[0])?, run(store, runs[1])?];
    let first = store.facts_of_run(&runs[0].id)?;
    let second = store.facts_of_run(&runs[1].id)?;
    let shared = |one: &BTreeMap<String, Vec<Fact>>, other: &BTreeMap<String, Vec<Fact>>| {
        one.iter()
            .filter(|(document, _)| other.contains_key(*document))
            .flat_map(|(_, facts)| facts.clone())
            .collect::<Vec<Fact>>()
    };
    Ok(Difference {
        texts: first
            .keys()
            .filter(|document| second.contains_key(*document))
            .count(),
        changes: fact_changes(&shared(&first, &second), &shared(&second, &first)),
        runs,
    })
}
