//! The gold record's lines.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::record::Kind;

/// One line of a gold record, as far as measuring needs it.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldFact {
    /// Id within the gold record.
    pub id: String,
    /// File name of the text.
    pub seed: String,
    /// Kind in the program's contract; `None` for document data, voices and traps.
    pub contract_kind: Option<Kind>,
    /// Whether an extractor should find it.
    pub core: bool,
    /// The words.
    pub quote: String,
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// Who acts.
    #[serde(default)]
    pub sources: Vec<GoldParty>,
    /// Who is acted upon.
    #[serde(default)]
    pub targets: Vec<GoldParty>,
    /// `directed` or `mutual`.
    pub direction: String,
    /// PLOVER type, upper case.
    pub event_type: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Modality in the contract's words.
    pub modality: String,
    /// Whether the act is said not to be.
    pub negated: bool,
    /// Fields.
    #[serde(default)]
    pub sectors: Vec<String>,
    /// What the one document supports.
    pub date: GoldDate,
    /// On whose word.
    pub attribution: GoldVoice,
    /// The same fact again.
    pub dup_of: Option<String>,
    /// The named states, ISO alpha-3.
    #[serde(default)]
    pub states: Vec<String>,
}

/// A party of a gold fact.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldParty {
    /// ISO alpha-3 for states, `P:…` for persons, other slugs else.
    pub id: Option<String>,
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
}

/// A date of a gold fact; ISO days or null.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldDate {
    /// First day.
    pub start: Option<jiff::civil::Date>,
    /// Last day.
    pub end: Option<jiff::civil::Date>,
}

/// The voice of a gold fact.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldVoice {
    /// `P:` and a part of the name, or a name; null if the outlet speaks.
    pub speaker: Option<String>,
    /// Outlet, if named.
    pub outlet: Option<String>,
}

impl GoldFact {
    /// Whether recall counts this fact.
    pub fn counts(&self) -> bool {
        self.core
            && self.dup_of.is_none()
            && self.contract_kind.is_some_and(|kind| kind != Kind::Claim)
    }

    /// Whether it is of all sources with each other.
    pub fn is_mutual(&self) -> bool {
        self.direction == "mutual"
    }

    /// Whether the text supports any day.
    pub(super) fn is_dated(&self) -> bool {
        self.date.start.is_some() || self.date.end.is_some()
    }

    /// States among the sources.
    pub(super) fn source_states(&self) -> BTreeSet<&str> {
        self.states_of(&self.sources)
    }

    fn states_of<'a>(&'a self, parties: &'a [GoldParty]) -> BTreeSet<&'a str> {
        // "AZE-PARL" and the like stand for the state before the hyphen.
        parties
            .iter()
            .filter_map(|party| party.id.as_deref())
            .map(|id| id.split('-').next().unwrap_or(id))
            .filter(|id| self.states.iter().any(|state| state == id))
            .collect()
    }
}

/// A line that is no gold fact.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct GoldError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads a gold record, one JSON object per line; empty lines are skipped.
pub fn read_gold(text: &str) -> Result<Vec<GoldFact>, GoldError> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|error| GoldError {
                line: index + 1,
                message: error.to_string(),
            })
        })
        .collect()
}
