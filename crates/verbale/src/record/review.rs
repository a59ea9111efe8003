//! What a person said about a fact or record, shown beside what the program says.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A person's word on a fact or record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// What was decided last.
    pub status: ReviewStatus,
    /// Who decided; names joined by `, ` where a record's facts were decided by several.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What the program said, by field, where a person said otherwise.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub original: BTreeMap<String, Value>,
}

/// What a person decided.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStatus {
    /// The words say so; of a record: all its facts were accepted.
    Accepted,
    /// The words do not say so.
    Rejected,
    /// The words say something else; of a record: some of its facts were edited.
    Edited,
    /// Coded by hand; of a record: some of its facts were.
    Added,
    /// Of a record: joined by hand.
    Merged,
    /// Of a record: taken out of another by hand.
    Split,
}
