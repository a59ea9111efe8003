//! The dossier of a pair of states: exactly what `pair A B --format json` prints.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use verbale_read::{Appearance, Furniture, Published};

use super::{Conflict, Fact, PersonRef, Record, RecordOffice};

/// Everything that the texts say about two states, with the facts behind every record shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dossier {
    /// Contract number.
    pub schema: u32,
    /// The two states, ISO alpha-3, in the order asked for.
    pub pair: [String; 2],
    /// Their codes.
    pub codes: Vec<StateCodes>,
    /// Head of the page.
    pub head: Head,
    /// Sentences of the first section, each with its facts.
    pub glance: Vec<Glance>,
    /// The texts.
    pub documents: Vec<DocumentView>,
    /// Who speaks.
    pub whose_word: WhoseWord,
    /// Everything that has a place in time, dated first, undated after.
    pub timeline: Vec<Arc<Record>>,
    /// Visits.
    pub visits: Vec<Arc<Record>>,
    /// Meetings and talks.
    pub meetings: Vec<Arc<Record>>,
    /// Agreements.
    pub agreements: Vec<Arc<Record>>,
    /// Commitments.
    pub commitments: Vec<Arc<Record>>,
    /// Positions.
    pub positions: Vec<Arc<Record>>,
    /// Relations.
    pub relations: Vec<Arc<Record>>,
    /// Cooperation by field.
    pub cooperation: Vec<Arc<Record>>,
    /// Arms and goods.
    pub transfers: Vec<Arc<Record>>,
    /// People.
    pub people: Vec<PersonView>,
    /// Claims.
    pub claims: Vec<Arc<Record>>,
    /// Figures.
    pub figures: Vec<Arc<Record>>,
    /// Other acts.
    pub events: Vec<Arc<Record>>,
    /// Where sources disagree, over all records.
    pub conflicts: Vec<ConflictView>,
    /// What the texts do not say.
    pub gaps: Vec<Gap>,
    /// How contested and other names are written, by text.
    pub names_as_written: Vec<NameAsWritten>,
    /// The facts behind every record shown.
    pub facts: Vec<Fact>,
}

impl Dossier {
    /// The records of all ledgers, ledger by ledger, each once. Those with a place in time stand in the timeline too.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        [
            &self.visits,
            &self.meetings,
            &self.agreements,
            &self.commitments,
            &self.positions,
            &self.relations,
            &self.cooperation,
            &self.transfers,
            &self.claims,
            &self.figures,
            &self.events,
        ]
        .into_iter()
        .flatten()
        .map(Arc::as_ref)
    }
}

/// Codes of a state in other systems.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StateCodes {
    /// ISO alpha-3.
    pub iso: String,
    /// Usual English name.
    pub name: String,
    /// Correlates of War.
    pub cow: Option<u32>,
    /// Gleditsch and Ward.
    pub gw: Option<u32>,
    /// Forms of the name that texts use.
    pub aliases: Vec<String>,
}

/// Head of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// How many texts.
    pub texts: usize,
    /// How many of them are dated.
    pub dated: usize,
    /// First publication day.
    pub from: Option<Date>,
    /// Last publication day.
    pub until: Option<Date>,
    /// How many facts.
    pub facts: usize,
    /// How many records carry a flag or a conflict.
    pub to_review: usize,
    /// Program version.
    pub program: String,
    /// Hash of data and rules.
    pub data: String,
    /// Hash of the model.
    pub model: String,
}

/// One sentence of the first section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Glance {
    /// The sentence.
    pub text: String,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// A document as the contract prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentView {
    /// Document id.
    pub id: String,
    /// File name or title.
    pub name: String,
    /// SHA-256 of the text.
    pub sha256: String,
    /// Title, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Publication, if known.
    pub published: Option<Published>,
    /// Outlet, if known.
    pub outlet: Option<String>,
    /// Author, if known.
    pub author: Option<String>,
    /// Canonical address, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language.
    pub lang: String,
    /// Where each piece of metadata was found, by field: `{"title": "og:title", "published": "dateline"}`.
    #[serde(default)]
    pub basis: BTreeMap<String, String>,
    /// Under which paths and addresses it came.
    pub appearances: Vec<Appearance>,
    /// Ids of documents that are copies of it.
    pub copies: Vec<String>,
    /// Its frame.
    pub furniture: Vec<Furniture>,
    /// For an undated text: it cannot be older than this, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<NotBefore>,
    /// `ok`, `empty`, `not_english`, `one_sided`, `failed`.
    pub status: String,
}

/// A lower bound of an undated text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotBefore {
    /// The day.
    pub date: Date,
    /// Why.
    pub basis: String,
    /// Facts it rests on.
    pub facts: Vec<String>,
}

/// Who speaks in these texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct WhoseWord {
    /// Outlets and the number of their texts; `name` is null where none is named.
    pub outlets: Vec<OutletCount>,
    /// Speakers with the number of texts they speak in.
    pub speakers: Vec<SpeakerCount>,
    /// Facts by side of the innermost speaker; `none` for outlets and speakers without a side.
    pub sides: BTreeMap<String, usize>,
    /// Outlets of neither side.
    pub third_party_outlets: Vec<String>,
}

/// An outlet with the number of its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutletCount {
    /// Name, or null.
    pub name: Option<String>,
    /// Texts.
    pub docs: usize,
}

/// A speaker with the number of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpeakerCount {
    /// Name.
    pub name: String,
    /// Office or description as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Side, from an office or stated affiliation only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Whether an office-holder; null if not said.
    pub official: Option<bool>,
    /// Texts.
    pub docs: usize,
}

/// A person of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonView {
    /// Who, with offices.
    pub person: PersonRef,
    /// Offices as texts give them.
    pub offices: Vec<RecordOffice>,
    /// Side, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// Whether an office-holder; null if not said.
    pub official: Option<bool>,
    /// Number of facts on this person's word.
    pub spoke: usize,
    /// Number of facts in which the person acts.
    pub acted: usize,
    /// Number of texts that name the person.
    pub named: usize,
    /// Facts.
    pub facts: Vec<String>,
}

/// A disagreement, with the records it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictView {
    /// What kind of disagreement: `values` within a record, `tension` between records, `ambiguous`.
    pub kind: String,
    /// One sentence for people.
    pub text: String,
    /// The values, if it is within one record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Conflict>,
    /// Records.
    pub records: Vec<String>,
    /// Facts.
    pub facts: Vec<String>,
}

/// Something that the texts do not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// Stable code: `no_ratification`, `no_delivery`, `no_disbursement`, `undated_text`, `one_witness`, `no_third_party`, ….
    pub code: String,
    /// One sentence for people.
    pub text: String,
    /// Records it is about.
    pub records: Vec<String>,
    /// Documents it is about.
    pub documents: Vec<String>,
}

/// A form of a name by text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NameAsWritten {
    /// Neutral key or entity id.
    pub entity: String,
    /// The form as written.
    pub form: String,
    /// Document id and number of times.
    pub docs: Vec<(String, usize)>,
}
