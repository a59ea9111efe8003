//! What a rule yields: codes, and the ways to the parties and particulars of the fact.

use serde::Deserialize;

use super::path::{Choice, Path};
use crate::record::{EventType, InstrumentType, Kind, Modality, Phase, RelationType, Stance};

/// The codes of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Sort of statement.
    pub kind: Kind,
    /// PLOVER type.
    pub event_type: Option<EventType>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// PLOVER modes.
    pub mode: Vec<String>,
}

/// What a rule yields.
#[derive(Debug, Clone, PartialEq)]
pub struct Yields {
    /// The codes of the plain reading.
    pub code: Code,
    /// PLOVER contexts beyond those that the words give.
    pub contexts: Vec<String>,
    /// Who acts: the parties of all these choices together.
    pub actor: Vec<Choice>,
    /// Who is acted upon.
    pub recipient: Vec<Choice>,
    /// Whether all parties act on each other.
    pub mutual: Mutual,
    /// What to do about a party that no words name.
    pub missing: Missing,
    /// A fixed modality; otherwise it is read from the words.
    pub modality: Option<Modality>,
    /// Whether a side that tells it of itself makes a charge: asserted by a narrator, alleged by a party.
    pub charged: bool,
    /// For or against.
    pub stance: Option<Stance>,
    /// For whom.
    pub beneficiary: Vec<Choice>,
    /// Where the topic stands.
    pub about: Vec<Path>,
    /// The relation.
    pub relation: Option<RelationYield>,
    /// The paper.
    pub instrument: Option<InstrumentYield>,
    /// Whether the fact is a visit, with grade, participants and host.
    pub visit: bool,
    /// The words of the item (arms, goods).
    pub item: Option<Path>,
    /// The words that hold an amount; the whole predication if not given.
    pub amount: Option<Path>,
    /// What is counted.
    pub count: Option<Path>,
    /// Which words are quoted.
    pub quote: Quote,
    /// Fillers whose own nominal and infinitive predications yield no facts: they are content of this one.
    pub absorbs: Vec<Path>,
    /// What a planned, intended, considered or conditional reading yields.
    pub planned: Shift,
    /// What a negated reading yields.
    pub negated: Shift,
    /// What "refuse to", "decline to" yields.
    pub refused: Shift,
    /// What an urged reading ("must", "should", "urged X to") yields.
    pub requested: Shift,
}

/// Whether parties act on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Mutual {
    /// Directed in any case.
    #[default]
    Never,
    /// All parties are actors.
    Always,
    /// If the words are reciprocal, or two states act and nobody else is acted upon.
    IfJoint,
}

/// What to do about a party that no words name. Parties from the discourse have basis `inferred`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Leave it out.
    #[default]
    None,
    /// If one side is known, the other is the other state of the discourse.
    Other,
    /// If none is known, both are the pair of the discourse.
    Pair,
    /// If one side is known and the text is between two states, the other is the other one of the two.
    BetweenTwo,
    /// A fallback. If one side is known and the text is between two states, the other is the other one of the two; without another
    /// side the rule says nothing. For rules that ask so little that they need both sides to be trusted.
    Dyad,
}

/// Which words are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Quote {
    /// The predicate with its roles.
    #[default]
    Predication,
    /// Everything below the predicate in the tree.
    Clause,
    /// The whole sentence.
    Sentence,
}

/// What one reading of a rule yields.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Shift {
    /// What the codebook says in general.
    #[default]
    Codebook,
    /// The plain code.
    Keep,
    /// No fact.
    Drop,
    /// This code.
    Code(Code),
}

/// The relation of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationYield {
    /// Which.
    pub relation_type: RelationType,
    /// Where in its life; a negated reading of a held or established relation is `absent`.
    pub phase: Phase,
    /// The words of what is recognised.
    pub object: Option<Path>,
}

/// The paper of a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct InstrumentYield {
    /// Where its words stand.
    pub at: Vec<Path>,
    /// A fixed type; otherwise the class `instrument` gives it.
    pub instrument_type: Option<InstrumentType>,
    /// Status of the plain reading.
    pub status: String,
}
