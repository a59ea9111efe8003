//! What a person asks for, as a command line or a page sends it, turned into a decision.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use verbale::pipeline::Language;
use verbale::record::{Fact, Record};
use verbale_read::Span;

use super::agreement::{Agreement, agreements};
use super::decision::{Act, Decision, Target};
use super::fields;
use super::journal::{Journal, Numbered};
use super::layer::{Layer, Unfit, by_hand};
use super::queue::{Queued, queue};
use crate::error::StoreError;
use crate::{FactFilter, Found, RecordFilter, Store};

/// One thing that a person asks for. Ids may be cut to their beginning; of a record, all its facts are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum Request {
    Accept {
        id: String,
    },
    Reject {
        id: String,
    },
    /// Fields as people write them: `{"actor": "AZE,PAK"}`.
    Edit {
        id: String,
        set: BTreeMap<String, String>,
    },
    /// Two records or more, all of one kind.
    Merge {
        ids: Vec<String>,
    },
    Split {
        record: String,
        facts: Vec<String>,
    },
    /// Document by id or name; bytes of its text.
    Add {
        doc: String,
        start: usize,
        end: usize,
        set: BTreeMap<String, String>,
    },
    /// Number of the decision.
    Undo {
        n: usize,
    },
}

/// Who decides, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// A name; not empty.
    pub by: String,
    /// Why.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

fn refused(reason: impl Into<String>) -> StoreError {
    StoreError::Refused {
        reason: reason.into(),
    }
}

impl Store {
    /// All decisions on this store.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Reads the journal again, where another process may have written to it.
    pub fn reread_journal(&mut self) -> Result<(), StoreError> {
        if let Some(journal) = self.journal.again()? {
            self.journal = journal;
        }
        Ok(())
    }

    /// Decides, and gives the decision as it was kept. Facts show it at once; records when they are made anew
    /// ([`Store::records_stale`] says so).
    ///
    /// [`StoreError::Refused`] if the request fits nothing: no such id, a field without such a value, words outside the
    /// text.
    pub fn decide(
        &mut self,
        request: &Request,
        signature: &Signature,
        language: &Language,
    ) -> Result<Numbered, StoreError> {
        if signature.by.trim().is_empty() {
            return Err(refused("a decision needs a name: give --by NAME"));
        }
        let act = self.act(request, language)?;
        let decision = Decision {
            at: signature.at,
            by: signature.by.trim().to_owned(),
            note: signature.note.clone().filter(|note| !note.is_empty()),
            act,
        };
        self.journal.append(&decision).cloned()
    }

    /// The standing decisions laid over the facts they are about.
    pub fn layer(&self) -> Result<Layer, StoreError> {
        let documents: BTreeSet<&str> = self
            .journal
            .standing()
            .flat_map(|numbered| {
                let added = match &numbered.decision.act {
                    Act::Add { doc, .. } => Some(doc.as_str()),
                    _ => None,
                };
                numbered
                    .decision
                    .act
                    .targets()
                    .map(|target| target.doc.as_str())
                    .chain(added)
            })
            .collect();
        Ok(Layer::of(&self.journal, self.coded(&documents)?))
    }

    /// Decisions that fit nothing any more, with the reason.
    pub fn unfit(&self) -> Result<Vec<Unfit>, StoreError> {
        Ok(self.layer()?.unfit)
    }

    /// Undecided facts that pass the filter, what would change most first.
    pub fn queue(&self, filter: &FactFilter) -> Result<Vec<Queued>, StoreError> {
        Ok(queue(
            &self.facts(filter)?,
            &self.records(&RecordFilter::default())?,
        ))
    }

    /// How far reviewers agree.
    pub fn agreements(&self) -> Vec<Agreement> {
        agreements(&self.journal)
    }

    fn act(&self, request: &Request, language: &Language) -> Result<Act, StoreError> {
        let layer = self.layer()?;
        match request {
            Request::Accept { id } => Ok(Act::Accept {
                targets: self.targets(id, &layer)?,
            }),
            Request::Reject { id } => Ok(Act::Reject {
                targets: self.targets(id, &layer)?,
            }),
            Request::Edit { id, set } => {
                let Found::Fact(fact) = self.one(id, &layer)? else {
                    return Err(refused(format!(
                        "{id} is a record; its fields come from its facts: edit one of those"
                    )));
                };
                let set = fields::values(&pairs(set), &fact, language).map_err(refused)?;
                if set.is_empty() {
                    return Err(refused("nothing to set: give FIELD=VALUE"));
                }
                fields::set(&fact, &set).map_err(refused)?;
                Ok(Act::Edit {
                    was: fields::held(&fact, &set),
                    targets: vec![target(&fact, &layer)],
                    set,
                })
            }
            Request::Merge { ids } => {
                let records = ids
                    .iter()
                    .map(|id| self.record(id, &layer))
                    .collect::<Result<Vec<_>, _>>()?;
                let distinct: BTreeSet<&str> =
                    records.iter().map(|record| record.id.as_str()).collect();
                if distinct.len() < 2 {
                    return Err(refused("give two records or more to merge"));
                }
                if let Some(other) = records.iter().find(|other| other.kind != records[0].kind) {
                    return Err(refused(format!(
                        "{} and {} are records of different kinds; only records of one kind can be one",
                        records[0].id, other.id
                    )));
                }
                let facts: BTreeSet<&String> =
                    records.iter().flat_map(|record| &record.facts).collect();
                Ok(Act::Merge {
                    targets: self.named(facts, &layer)?,
                    records: distinct.into_iter().map(String::from).collect(),
                })
            }
            Request::Split { record, facts } => {
                let record = self.record(record, &layer)?;
                let mut leave = BTreeSet::new();
                for id in facts {
                    let found = record.facts.iter().filter(|fact| fact.starts_with(id));
                    let found: Vec<&String> = found.collect();
                    let [only] = found[..] else {
                        return Err(refused(format!(
                            "{id}: {} facts of {} begin so",
                            found.len(),
                            record.id
                        )));
                    };
                    leave.insert(only);
                }
                let stay: BTreeSet<&String> = record
                    .facts
                    .iter()
                    .filter(|fact| !leave.contains(fact))
                    .collect();
                if leave.is_empty() || stay.is_empty() {
                    return Err(refused(
                        "a split needs facts that leave and facts that stay",
                    ));
                }
                Ok(Act::Split {
                    targets: self.named(leave, &layer)?,
                    rest: self.named(stay, &layer)?,
                    record: record.id,
                })
            }
            Request::Add {
                doc,
                start,
                end,
                set,
            } => {
                let Some(stored) = self.document(doc)? else {
                    return Err(refused(format!("no document has the id or name {doc}")));
                };
                let document = stored.document;
                let quote = document
                    .text
                    .get(*start..*end)
                    .filter(|words| !words.trim().is_empty());
                let Some(quote) = quote.map(String::from) else {
                    return Err(refused(format!(
                        "{doc}:{start}-{end}: no words there; the text has {} bytes, and both ends must lie between characters",
                        document.text.len()
                    )));
                };
                let span = Span::new(*start, *end);
                let bare = fields::bare(&document, span).map_err(refused)?;
                let set = fields::values(&pairs(set), &bare, language).map_err(refused)?;
                let fact = by_hand(&document, span, &set).map_err(refused)?;
                if fact.actor.is_empty() {
                    return Err(refused("a fact needs an actor: give actor=STATE"));
                }
                Ok(Act::Add {
                    doc: document.id,
                    doc_name: document.name,
                    start: *start,
                    end: *end,
                    quote,
                    set,
                })
            }
            Request::Undo { n } => {
                let numbered = self.journal.decisions.iter().find(|other| other.n == *n);
                match numbered {
                    None => Err(refused(format!("there is no decision {n}"))),
                    Some(numbered) if numbered.undone => {
                        Err(refused(format!("decision {n} is undone already")))
                    }
                    Some(numbered) => Ok(Act::Undo {
                        undoes: numbered.key.clone(),
                    }),
                }
            }
        }
    }

    fn one(&self, id: &str, layer: &Layer) -> Result<Found, StoreError> {
        let mut found = self.find_under(id, layer)?;
        match (found.len(), found.pop()) {
            (1, Some(found)) => Ok(found),
            (0, _) => Err(refused(format!("no fact or record has the id {id}"))),
            (several, _) => Err(refused(format!(
                "{id}: {several} facts and records begin so; give more of the id"
            ))),
        }
    }

    fn record(&self, id: &str, layer: &Layer) -> Result<Record, StoreError> {
        match self.one(id, layer)? {
            Found::Record(record) => Ok(*record),
            Found::Fact(fact) => Err(refused(format!("{} is a fact, not a record", fact.id))),
        }
    }

    /// The fact of an id, or all facts of a record.
    fn targets(&self, id: &str, layer: &Layer) -> Result<Vec<Target>, StoreError> {
        match self.one(id, layer)? {
            Found::Fact(fact) => Ok(vec![target(&fact, layer)]),
            Found::Record(record) => self.named(record.facts.iter().collect(), layer),
        }
    }

    fn named(&self, ids: BTreeSet<&String>, layer: &Layer) -> Result<Vec<Target>, StoreError> {
        ids.into_iter()
            .map(|id| match self.one(id, layer)? {
                Found::Fact(fact) => Ok(target(&fact, layer)),
                Found::Record(record) => Err(refused(format!("{} is no fact", record.id))),
            })
            .collect()
    }
}

/// Decisions name what the program said, also where a person has said otherwise since.
fn target(fact: &Fact, layer: &Layer) -> Target {
    Target::of(layer.plain.get(&fact.id).unwrap_or(fact))
}

fn pairs(set: &BTreeMap<String, String>) -> Vec<(String, String)> {
    set.iter()
        .map(|(field, words)| (field.clone(), words.clone()))
        .collect()
}
