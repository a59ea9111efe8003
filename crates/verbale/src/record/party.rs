//! Who acts and who is acted upon.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use verbale_read::Span;

/// A party to a fact. For states `id` is ISO alpha-3, also when a person, a capital, a ministry, "we" or
/// "both countries" stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// ISO alpha-3 for states, list id for organisations and companies, `P:…` for persons, a slug for groups.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub party_type: PartyType,
    /// Usual English name.
    pub name: String,
    /// The words that stand for it.
    pub text: String,
    /// Where those words stand.
    #[serde(flatten)]
    pub span: Span,
    /// How the words lead to it.
    pub basis: PartyBasis,
    /// The person who stands for it, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonRef>,
    /// ISO alpha-3 of the state that an organisation's, company's, person's or group's words make it stand for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Office or role as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// PLOVER actor sector (`GOV`, `MIL`, …), where the words give one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
}

/// A person by document-independent key and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PersonRef {
    /// `P:` and the folded full name as far as the text gives it, for example `P:jane_doe`.
    pub id: String,
    /// The fullest name the text gives.
    pub name: String,
}

impl Party {
    /// ISO alpha-3 of the state that a party is or stands for.
    pub fn stands_for(&self) -> Option<&str> {
        match self.party_type {
            PartyType::State => Some(&self.id),
            _ => self.state.as_deref(),
        }
    }

    /// Whose side it is on: the state that it is or stands for, else itself.
    pub fn side(&self) -> &str {
        self.stands_for().unwrap_or(&self.id)
    }
}

/// What a party is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PartyType {
    State,
    Organisation,
    Company,
    Person,
    Group,
}

/// How words lead to a party.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PartyBasis {
    /// The words name it.
    Named,
    /// A pronoun, office or anaphor that the discourse resolves.
    Resolved,
    /// No words in the clause; supplied from the discourse.
    Inferred,
}
