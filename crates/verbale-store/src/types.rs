//! What a store holds, as it is put in and given out.

use std::collections::BTreeMap;

use serde::Serialize;
use verbale::record::{Fact, Record};
use verbale_read::{Appearance, Document, Sourced};

/// What a run is: the same three give the same facts for the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Program version.
    pub program: String,
    /// Hash of the data folder.
    pub data: String,
    /// Hash of the model.
    pub model: String,
}

impl Run {
    /// A short id made of all three.
    pub fn id(&self) -> String {
        let beginning = |hash: &str| hash.chars().take(12).collect::<String>();
        format!(
            "{}-{}-{}",
            self.program,
            beginning(&self.data),
            beginning(&self.model)
        )
    }
}

/// A form of a name with the number of times a text uses it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NameCount {
    /// Neutral key or entity id.
    pub entity: String,
    /// The form as written.
    pub form: String,
    /// How often.
    pub times: usize,
}

/// A document with what the store knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDocument {
    /// The document.
    pub document: Document,
    /// The outlet that coding begins with: as frame and metadata give it, before lists and story are asked.
    pub frame_outlet: Option<Sourced>,
    /// `ok`, `empty`, `not_english`, `one_sided`.
    pub status: String,
    /// Every place under which it came, sorted.
    pub appearances: Vec<Appearance>,
    /// Id of the run that coded it.
    pub run: String,
    /// Id of the last run that is known to find the same, if a later one is.
    pub confirmed: Option<String>,
}

/// What a run found in a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coding<'a> {
    /// The facts.
    pub facts: &'a [Fact],
    /// How often which form of which name stands in it.
    pub names: &'a [NameCount],
    /// The names under which rules could find its predicates.
    pub predicates: &'a [String],
    /// Its outlet before lists and story were asked.
    pub frame_outlet: Option<&'a Sourced>,
}

/// A data file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// [`data_hash`](crate::data_hash) of its text.
    pub hash: String,
    /// Its text, where it was worth keeping.
    pub text: Option<String>,
}

/// What records are made of: the state of facts and decisions at one moment, and what joins them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Count of the facts' changes, name of the fusion and hash of the decisions, with a space between.
    pub(crate) made_of: String,
    /// Number of the last entry of the history.
    pub(crate) last: String,
}

/// What became of a document that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was new.
    Added,
    /// Its text was known and coded by the same run; only the place was noted.
    Known,
    /// Its text was known; its facts are now those of another run.
    Recoded,
}

/// What an id stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A fact.
    Fact(Box<Fact>),
    /// A record.
    Record(Box<Record>),
}

/// Sizes of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Documents.
    pub documents: usize,
    /// Documents that were not coded, by status: `empty`, `not_english`, `one_sided`.
    pub not_coded: BTreeMap<String, usize>,
    /// Current facts.
    pub facts: usize,
    /// Records.
    pub records: usize,
    /// Runs that left facts.
    pub runs: usize,
    /// Bytes of the file.
    pub bytes: u64,
}
