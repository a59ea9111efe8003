//! The record: one thing in the world with all its witnesses.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Amount, Count, EventType, FactDate, Instrument, Item, Modality, Party, PersonRef, Qualifier,
    Relation, Review, Stance, Visit,
};

/// One happening, paper, promise, position or person, fused over documents. Nothing in it is said by no fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Stable id.
    pub id: String,
    /// Ids under which it was known before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// What it is.
    pub kind: RecordKind,
    /// A short label made of the words of its facts.
    pub title: String,
    /// All states and organisations it is about, by id, sorted.
    pub parties: Vec<String>,
    /// PLOVER type of its facts, where they agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_type: Option<EventType>,
    /// CAMEO code, the finest on which its facts agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// Who acts; one entry per party id, the first words that name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actor: Vec<Party>,
    /// Who is acted upon.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient: Vec<Party>,
    /// Whether it is of all actors with each other.
    #[serde(default)]
    pub mutual: bool,
    /// Whether it is said not to be.
    #[serde(default)]
    pub negated: bool,
    /// Strongest modality among its facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Modality>,
    /// Fields of its facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Organisations in which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
    /// Contested matter by neutral key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// For or against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beneficiary: Vec<Party>,
    /// The paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Instrument>,
    /// Who signed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatories: Vec<Party>,
    /// The relation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// The visit.
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
    /// Reasons, bases, conditions, extents, each as one of its facts words it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifiers: Vec<RecordQualifier>,
    /// The person, for people and visits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<RecordPerson>,
    /// When, after joining the facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<FactDate>,
    /// Lifecycle status in the contract's words (agreements, commitments, transfers).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The steps of its life, in time order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Its facts, by id, in document and text order.
    pub facts: Vec<String>,
    /// The texts that tell it.
    pub witnesses: Vec<Witness>,
    /// How many of them are independent: copies of one text count once.
    pub independent: usize,
    /// How many distinct original speakers tell it.
    pub voices: usize,
    /// Values that cannot hold together, side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Ties to other records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What a reader must know before trusting it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// Publication day of the latest text that speaks of it, where known.
    pub last_heard: Option<Date>,
    /// `context` when the pair is touched only through a beneficiary, holder or speaker's side; set by [`super::Dossier`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevance: Option<String>,
    /// What a person said about it or its facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

impl Record {
    /// Whether texts tell of another beginning of the relation than this.
    pub fn is_beginning_disputed(&self) -> bool {
        self.relation.is_some()
            && (self
                .conflicts
                .iter()
                .any(|conflict| conflict.field == "relation.start")
                || self
                    .links
                    .iter()
                    .any(|link| link.link_type == LinkType::Tension))
    }
}

/// Sorts of records.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RecordKind {
    Visit,
    Meeting,
    Agreement,
    Commitment,
    Position,
    Relation,
    Cooperation,
    Transfer,
    Event,
    Claim,
    Person,
    Figure,
}

/// A qualifier with the fact that words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordQualifier {
    /// The qualifier.
    #[serde(flatten)]
    pub qualifier: Qualifier,
    /// Document id.
    pub doc: String,
    /// Fact id.
    pub fact: String,
}

/// A person with offices over time, as texts give them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordPerson {
    /// Key and name.
    #[serde(flatten)]
    pub person: PersonRef,
    /// Offices.
    #[serde(default)]
    pub offices: Vec<RecordOffice>,
}

/// An office of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordOffice {
    /// Title, canonical.
    pub title: String,
    /// State or organisation.
    pub of: Option<String>,
    /// State or organisation the office is accredited to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accredited_to: Option<String>,
    /// First day on which a text holds the person in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last such day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Facts.
    pub facts: Vec<String>,
}

/// One step of a life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Status in the contract's words.
    pub status: String,
    /// When.
    pub date: FactDate,
    /// Which fact says so.
    pub fact: String,
}

/// A text that tells a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Witness {
    /// Document id.
    pub doc: String,
    /// Document name.
    pub doc_name: String,
    /// Outlet, if known.
    pub outlet: Option<String>,
    /// First possible publication day, if known.
    pub published: Option<Date>,
}

/// Values of one field that cannot hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Field name.
    pub field: String,
    /// The values with the facts that give them.
    pub values: Vec<ConflictValue>,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictValue {
    /// The value as text.
    pub value: String,
    /// Facts that give it.
    pub facts: Vec<String>,
}

/// A tie to another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// Which tie.
    #[serde(rename = "type")]
    pub link_type: LinkType,
    /// The other record.
    pub record: String,
    /// The facts that make the tie.
    pub facts: Vec<String>,
}

/// Sorts of ties.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum LinkType {
    PartOf,
    PossibleSame,
    Answers,
    Tension,
    Follows,
}

/// A warning with the facts it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// Stable code: a fact's flag or a record's own.
    pub code: String,
    /// One sentence for people.
    pub text: String,
    /// Facts.
    pub facts: Vec<String>,
}
