//! On whose word something is said.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One link of an attribution chain. Chains run from the outside in: outlet, author, speaker, quoted speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Voice {
    /// Who kind of voice.
    pub kind: VoiceKind,
    /// Name as far as known; empty for an unnamed narrator.
    pub name: String,
    /// Office or description as written ("political analyst").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// ISO alpha-3 of the state spoken for; only from an office or a stated affiliation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Whether the voice holds an office; `None` if the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<bool>,
    /// How the words are given.
    pub mode: VoiceMode,
    /// The words that introduce the voice ("X told Y").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// First byte of those words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// One past their last byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

/// Kinds of voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum VoiceKind {
    Outlet,
    Author,
    Speaker,
    Editor,
}

/// How a voice's words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoiceMode {
    /// The voice tells the story itself.
    Narration,
    /// Inside quotation marks.
    Direct,
    /// Reported without quotation marks.
    Indirect,
    /// Words without marks that repeat what the voice is quoted with elsewhere in the text, or plainly are its own.
    Echo,
}
