//! Dates as texts give them: often vague, sometimes open, never more precise than the words.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The date of a fact. Inclusive days; an open end is `None`. Partial dates stay readable in `edtf` (`XXXX-07-11`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactDate {
    /// First possible day.
    pub start: Option<Date>,
    /// Last possible day.
    pub end: Option<Date>,
    /// Extended Date/Time Format (ISO 8601-2), for example `2024-07`, `XXXX-07-11`; empty if nothing is known.
    pub edtf: String,
    /// How fine the words are.
    pub granularity: Granularity,
    /// How the days are known.
    pub basis: DateBasis,
    /// What a relative date was counted from: `document`, `speech` or the words of another date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Length in days, where the words give one ("two-day").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_days: Option<u32>,
    /// The words; empty if no words date the fact.
    pub text: String,
    /// Facts of other documents that the days were taken from, when `basis` is `fused`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
}

impl FactDate {
    /// A date of which nothing is known.
    pub fn unknown() -> Self {
        FactDate {
            start: None,
            end: None,
            edtf: String::new(),
            granularity: Granularity::Unknown,
            basis: DateBasis::Unknown,
            anchor: None,
            duration_days: None,
            text: String::new(),
            from: Vec::new(),
        }
    }
}

/// How fine a date is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Granularity {
    Instant,
    Day,
    Month,
    Quarter,
    Year,
    Decade,
    Range,
    Unknown,
}

/// How a date is known.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// The words give it in full.
    Explicit,
    /// Counted from the day of the document or of the speech.
    Relative,
    /// The day of the document itself, for what is said to happen as it is written.
    Document,
    /// Taken from the discourse of the same document.
    Inferred,
    /// Taken from other documents by fusion.
    Fused,
    /// Nothing dates it.
    Unknown,
}
