//! The fact: one statement of a text about how states deal with each other, with its words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use verbale_read::Span;

use super::{FactDate, Party, Review, Voice};

/// The number of the contract that these types follow.
pub const SCHEMA: u32 = 1;

/// One coded statement. Field meanings are those of the contract; PLOVER's and CAMEO's words keep their meaning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Contract number, [`SCHEMA`].
    pub schema: u32,
    /// Hash of document text, kind, span, parties and ordinal; never of rules, model or confidence.
    pub id: String,
    /// Document id.
    pub doc: String,
    /// File name or title of the document.
    pub doc_name: String,
    /// What sort of statement it is.
    pub kind: Kind,
    /// The exact words.
    pub quote: String,
    /// Where they stand, in bytes.
    #[serde(flatten)]
    pub span: Span,
    /// First character (Unicode scalar value).
    pub char_start: usize,
    /// One past the last character.
    pub char_end: usize,
    /// PLOVER type; `None` for what is no act.
    pub event_type: Option<EventType>,
    /// PLOVER modes.
    pub mode: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code as text, two to four digits.
    pub cameo: Option<String>,
    /// Goldstein score as GDELT prints it.
    pub goldstein: Option<f64>,
    /// PLOVER's own score of the type.
    pub plover_score: Option<f64>,
    /// Quad class 1 to 4.
    pub quad: Option<u8>,
    /// Who acts; all parties of a mutual act.
    pub actor: Vec<Party>,
    /// Who is acted upon.
    pub recipient: Vec<Party>,
    /// Whether the act is of all actors with each other.
    pub mutual: bool,
    /// Whether the coded act is said not to be.
    pub negated: bool,
    /// In which mode it is said.
    pub modality: Modality,
    /// When.
    pub date: FactDate,
    /// On whose word, from the outside in.
    pub attribution: Vec<Voice>,
    /// Fields, in the contract's words.
    pub sectors: Vec<String>,
    /// Topics, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// Organisations in which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
    /// Contested matter by neutral key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beneficiary: Vec<Party>,
    /// For or against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// The paper it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Instrument>,
    /// Who put their names to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatories: Vec<Party>,
    /// The relation it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// The visit it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// Money or measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// How many of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Count>,
    /// Arms or goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// The office a role fact states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Office>,
    /// Reasons, bases, conditions, extents as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifiers: Vec<Qualifier>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The fact whose words these repeat in this text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<String>,
    /// The package this is a member of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Id of the rule that coded it.
    pub rule: String,
    /// How far to trust it, 0 to 1.
    pub confidence: f64,
    /// Warnings in the contract's words.
    pub flags: Vec<String>,
    /// What a person said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

/// Sorts of statements.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Kind {
    Event,
    Agreement,
    Commitment,
    Position,
    Relation,
    Cooperation,
    Transfer,
    Role,
    Figure,
    Claim,
}

/// The sixteen types of PLOVER 2.0.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// In which mode something is said.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Said to have happened or to hold.
    Asserted,
    /// Going to happen.
    Planned,
    /// Wished, ready, keen.
    Intended,
    /// Under discussion.
    Considered,
    /// Only if something else.
    Conditional,
    /// Urged of someone.
    Requested,
    /// Goes on or holds in general.
    Habitual,
    /// A judgement.
    Opinion,
    /// A contested charge.
    Alleged,
}

/// For or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stance {
    Support,
    Oppose,
    Neutral,
}

/// A paper between parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instrument {
    /// What sort of paper.
    #[serde(rename = "type")]
    pub instrument_type: InstrumentType,
    /// Title or description as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Status in the contract's words (`proposed negotiating initialled signed ratified in_force amended suspended terminated expired`).
    pub status: String,
}

/// Sorts of papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum InstrumentType {
    Treaty,
    Agreement,
    Memorandum,
    Declaration,
    Protocol,
    Contract,
    Statement,
    Package,
    Unknown,
}

/// A standing relation between states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// Which relation.
    #[serde(rename = "type")]
    pub relation_type: RelationType,
    /// Where in its life. An absent relation is no negated one.
    pub phase: Phase,
    /// What is recognised and the like, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

/// Sorts of relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RelationType {
    DiplomaticRelations,
    Embassy,
    Recognition,
    StrategicPartnership,
    Other,
}

/// Where a relation is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Phase {
    Established,
    Held,
    Absent,
    Severed,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// Its rank as the text gives it.
    pub grade: VisitGrade,
    /// Persons who took part, the visitor first.
    pub participants: Vec<Party>,
    /// Who received them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Party>,
}

/// Ranks of visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum VisitGrade {
    State,
    Official,
    Working,
    Private,
    Unknown,
}

/// Money or measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// The number.
    pub value: f64,
    /// ISO 4217 code, for money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Unit, for measures (`percent`, `years`, `people`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// As written.
    pub text: String,
    /// "about", "more than".
    pub approximate: bool,
}

/// How many of how many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// The number.
    pub value: f64,
    /// Of what.
    pub of: String,
    /// Of how many in all, if the text says.
    pub total: Option<f64>,
}

/// Arms or goods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Designation, for example a type of aircraft.
    pub designation: String,
    /// How many; `None` where the text gives no number.
    pub quantity: Option<f64>,
    /// As written.
    pub text: String,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Office {
    /// Title, canonical (`ambassador`).
    pub title: String,
    /// State or organisation it is an office of.
    pub of: Option<String>,
    /// State or organisation it is accredited to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whether it is an office of state (an analyst's is not).
    pub official: bool,
}

/// A reason, basis, condition or extent as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Qualifier {
    /// Which.
    #[serde(rename = "type")]
    pub qualifier_type: QualifierType,
    /// As written.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
}

/// Sorts of qualifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum QualifierType {
    Reason,
    Basis,
    Condition,
    Extent,
}

/// Where something happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// As named.
    pub name: String,
    /// ISO alpha-3; `None` if unknown or contested.
    pub country: Option<String>,
    /// Latitude, degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude, degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// GeoNames id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u64>,
}
