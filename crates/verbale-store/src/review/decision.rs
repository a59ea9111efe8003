//! What a person decided, as the journal keeps it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use verbale::record::{EventType, Fact, Kind, Modality, Party};
use verbale_read::Span;

/// Values of fields by name: the contract's names, dotted for fields of objects (`instrument.status`).
pub type Values = BTreeMap<String, Value>;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: String,
    /// Why, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What it says.
    #[serde(flatten)]
    pub act: Act,
}

/// What a decision says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Act {
    /// The words say what the facts say.
    Accept {
        /// The facts.
        targets: Vec<Target>,
    },
    /// The words do not say it.
    Reject {
        /// The facts.
        targets: Vec<Target>,
    },
    /// The words say something else.
    Edit {
        /// The fact; one.
        targets: Vec<Target>,
        /// What the fields should hold.
        set: Values,
        /// What they held.
        was: Values,
    },
    /// These records are one.
    Merge {
        /// All facts of the records.
        targets: Vec<Target>,
        /// Ids that the records had.
        records: Vec<String>,
    },
    /// These facts of a record tell of another thing.
    Split {
        /// The facts that leave.
        targets: Vec<Target>,
        /// The facts that stay.
        rest: Vec<Target>,
        /// Id that the record had.
        record: String,
    },
    /// A fact that the program did not find.
    Add {
        /// Document id.
        doc: String,
        /// Its name, for people.
        doc_name: String,
        /// First byte of the words.
        start: usize,
        /// One past the last.
        end: usize,
        /// The words.
        quote: String,
        /// Its fields.
        set: Values,
    },
    /// A decision is taken back.
    Undo {
        /// Its key, [`Numbered::key`](super::Numbered::key).
        undoes: String,
    },
}

impl Act {
    /// The contract's word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Act::Accept { .. } => "accept",
            Act::Reject { .. } => "reject",
            Act::Edit { .. } => "edit",
            Act::Merge { .. } => "merge",
            Act::Split { .. } => "split",
            Act::Add { .. } => "add",
            Act::Undo { .. } => "undo",
        }
    }

    /// The facts that it names, those that stay in a split included.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        let (targets, rest): (&[Target], &[Target]) = match self {
            Act::Accept { targets }
            | Act::Reject { targets }
            | Act::Edit { targets, .. }
            | Act::Merge { targets, .. } => (targets, &[]),
            Act::Split { targets, rest, .. } => (targets, rest),
            Act::Add { .. } | Act::Undo { .. } => (&[], &[]),
        };
        targets.iter().chain(rest)
    }
}

/// A fact as it was when a person looked at it: enough to find it again, and to see that it says something else now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Fact id.
    pub id: String,
    /// Document id.
    pub doc: String,
    /// Document name, for people.
    pub doc_name: String,
    /// Where its words stand, in bytes.
    #[serde(flatten)]
    pub span: Span,
    /// The words, for people.
    pub quote: String,
    /// What it said.
    pub said: Said,
}

/// What a fact says, as far as a decision is about it. The rule, the confidence and the voices may change under a
/// decision; none of these may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Said {
    pub kind: Kind,
    pub event_type: Option<EventType>,
    /// Ids, sorted.
    pub actor: Vec<String>,
    /// Ids, sorted.
    pub recipient: Vec<String>,
    pub mutual: bool,
    pub negated: bool,
    pub modality: Modality,
    /// In Extended Date/Time Format; empty if unknown.
    pub date: String,
}

impl Said {
    /// What a fact says.
    pub fn of(fact: &Fact) -> Said {
        let ids = |parties: &[Party]| {
            let mut ids: Vec<String> = parties.iter().map(|party| party.id.clone()).collect();
            ids.sort();
            ids
        };
        Said {
            kind: fact.kind,
            event_type: fact.event_type,
            actor: ids(&fact.actor),
            recipient: ids(&fact.recipient),
            mutual: fact.mutual,
            negated: fact.negated,
            modality: fact.modality,
            date: fact.date.edtf.clone(),
        }
    }

    /// How `now` differs, in words; `None` if it says the same.
    pub fn difference(&self, now: &Said) -> Option<String> {
        let words = |said: &Said| serde_json::to_value(said).unwrap_or_default();
        let (then, now) = (words(self), words(now));
        let changed: Vec<String> = then
            .as_object()?
            .iter()
            .filter(|(field, value)| now[field.as_str()] != **value)
            .map(|(field, value)| format!("{field} was {value}, is {}", now[field.as_str()]))
            .collect();
        (!changed.is_empty()).then(|| changed.join("; "))
    }
}

impl Target {
    /// A fact as it is now.
    pub fn of(fact: &Fact) -> Target {
        Target {
            id: fact.id.clone(),
            doc: fact.doc.clone(),
            doc_name: fact.doc_name.clone(),
            span: fact.span,
            quote: fact.quote.clone(),
            said: Said::of(fact),
        }
    }

    /// The fact among those of its document that this names; `Err` says why there is none.
    ///
    /// The id leads, but only if the fact still says the same; else the one fact on the same words that says the same.
    pub fn find<'f>(&self, facts: &'f [Fact]) -> Result<&'f Fact, String> {
        let same = |fact: &&Fact| Said::of(fact) == self.said;
        let by_id = facts.iter().find(|fact| fact.id == self.id);
        if let Some(fact) = by_id.filter(same) {
            return Ok(fact);
        }
        let near: Vec<&Fact> = facts
            .iter()
            .filter(|fact| fact.span.overlaps(self.span))
            .filter(same)
            .collect();
        let exact: Vec<&Fact> = near
            .iter()
            .copied()
            .filter(|fact| fact.span == self.span)
            .collect();
        match (&exact[..], &near[..]) {
            ([only], _) | ([], [only]) => return Ok(only),
            ([], []) => {}
            _ => return Err("several facts on these words say the same now".into()),
        }
        let on_words = by_id.or_else(|| facts.iter().find(|fact| fact.span == self.span));
        Err(
            match on_words.and_then(|fact| self.said.difference(&Said::of(fact))) {
                Some(difference) => format!("the fact says something else now: {difference}"),
                None => "no fact on these words says this any more".into(),
            },
        )
    }
}
