//! Decisions laid over the facts that the program found.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};
use verbale::fuse::{Join, Joins};
use verbale::record::{Fact, Record, Review, ReviewStatus};
use verbale_read::{Document, Span};

use super::decision::{Act, Decision, Said, Target, Values};
use super::fields;
use super::journal::{Journal, Numbered, hex};

/// A document that decisions are about, with what the program found in it.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The document.
    pub document: Document,
    /// Its facts.
    pub facts: Vec<Fact>,
}

/// A decision, or a part of it, that fits no fact any more. It is kept and told, and applied to nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unfit {
    /// Number of the decision.
    pub n: usize,
    /// The contract's word for it.
    pub action: &'static str,
    /// Who made it.
    pub by: String,
    /// Document name.
    pub doc_name: String,
    /// The words it was about.
    pub quote: String,
    /// Why it fits nothing.
    pub reason: String,
}

/// What the standing decisions make of the facts they are about.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// All facts of the documents that decisions are about, by document, in order of their words; rejected ones marked.
    pub facts: BTreeMap<String, Vec<Fact>>,
    /// What the same facts said before, by id: decisions name a fact by this.
    pub(crate) plain: BTreeMap<String, Fact>,
    /// Which facts a person joined or took apart.
    pub joins: Joins,
    /// What fits nothing.
    pub unfit: Vec<Unfit>,
    ties: Vec<Tie>,
}

/// A merge or split that fits, for the records that came of it.
#[derive(Debug, Clone)]
struct Tie {
    facts: BTreeSet<String>,
    review: Review,
    records: Vec<String>,
}

impl Layer {
    /// Lays the standing decisions over what was coded; `coded` holds the documents they name, as far as there are any.
    pub fn of(journal: &Journal, coded: BTreeMap<String, Coded>) -> Layer {
        let mut layer = Layer::default();
        let mut base: BTreeMap<String, Vec<Fact>> = coded
            .iter()
            .map(|(doc, coded)| (doc.clone(), coded.facts.clone()))
            .collect();
        let mut agreed: BTreeMap<String, Review> = BTreeMap::new();
        for numbered in journal.standing() {
            if let Act::Add { doc, .. } = &numbered.decision.act {
                match layer.add(numbered, coded.get(doc)) {
                    Ok(fact) => {
                        let facts = base.entry(doc.clone()).or_default();
                        let found = facts.iter().find(|found| {
                            found.span == fact.span && Said::of(found) == Said::of(&fact)
                        });
                        match found {
                            // The program finds it itself now: the person's word is one for it.
                            Some(found) => {
                                let review = review(&numbered.decision, ReviewStatus::Accepted);
                                agreed.insert(found.id.clone(), review);
                            }
                            None => facts.push(fact),
                        }
                    }
                    Err(reason) => layer.leave(numbered, None, reason),
                }
            }
        }
        for facts in base.values_mut() {
            facts.sort_by(|a, b| (a.span, &a.id).cmp(&(b.span, &b.id)));
        }
        let mut seen = base.clone();
        for fact in seen.values_mut().flatten() {
            if let Some(review) = agreed.remove(&fact.id) {
                fact.review = Some(review);
            }
        }
        layer.facts = seen;
        for numbered in journal.standing() {
            layer.lay(numbered, &base);
        }
        layer.plain = base
            .into_values()
            .flatten()
            .map(|fact| (fact.id.clone(), fact))
            .collect();
        layer
    }

    /// The fact that a person added.
    fn add(&self, numbered: &Numbered, coded: Option<&Coded>) -> Result<Fact, String> {
        let Act::Add {
            start,
            end,
            quote,
            set,
            ..
        } = &numbered.decision.act
        else {
            return Err("it adds nothing".into());
        };
        let Some(coded) = coded else {
            return Err(GONE.into());
        };
        if coded.document.text.get(*start..*end) != Some(quote) {
            return Err("the text has other words there".into());
        }
        let mut fact = by_hand(&coded.document, Span::new(*start, *end), set)?;
        fact.review = Some(review(&numbered.decision, ReviewStatus::Added));
        Ok(fact)
    }

    fn lay(&mut self, numbered: &Numbered, base: &BTreeMap<String, Vec<Fact>>) {
        let decision = &numbered.decision;
        let fits = |layer: &mut Layer, targets: &[Target]| -> Vec<(String, String)> {
            let mut found = Vec::new();
            for target in targets {
                let fact = match base.get(&target.doc) {
                    Some(facts) => target.find(facts),
                    None => Err(GONE.into()),
                };
                match fact {
                    Ok(fact) => found.push((fact.doc.clone(), fact.id.clone())),
                    Err(reason) => layer.leave(numbered, Some(target), reason),
                }
            }
            found
        };
        match &decision.act {
            Act::Accept { targets } => {
                for (doc, id) in fits(self, targets) {
                    self.mark(&doc, &id, review(decision, ReviewStatus::Accepted));
                }
            }
            Act::Reject { targets } => {
                for (doc, id) in fits(self, targets) {
                    self.mark(&doc, &id, review(decision, ReviewStatus::Rejected));
                }
            }
            Act::Edit { targets, set, .. } => {
                for (doc, id) in fits(self, targets) {
                    if let Err(reason) = self.edit(&doc, &id, set, decision) {
                        self.leave(numbered, targets.first(), reason);
                    }
                }
            }
            Act::Merge { targets, records } => {
                let facts = ids(fits(self, targets));
                if facts.len() > 1 {
                    self.joins.steps.push(Join::Together(facts.clone()));
                    self.ties.push(Tie {
                        facts,
                        review: review(decision, ReviewStatus::Merged),
                        records: records.clone(),
                    });
                }
            }
            Act::Split { targets, rest, .. } => {
                let (facts, rest) = (ids(fits(self, targets)), ids(fits(self, rest)));
                if !facts.is_empty() && !rest.is_empty() {
                    self.joins.steps.push(Join::Apart(facts.clone(), rest));
                    self.ties.push(Tie {
                        facts,
                        review: review(decision, ReviewStatus::Split),
                        records: Vec::new(),
                    });
                }
            }
            Act::Add { .. } | Act::Undo { .. } => {}
        }
    }

    fn at(&mut self, doc: &str, id: &str) -> Option<&mut Fact> {
        self.facts
            .get_mut(doc)?
            .iter_mut()
            .find(|fact| fact.id == id)
    }

    /// The last word holds; what the program said stays beside what a person set.
    fn mark(&mut self, doc: &str, id: &str, review: Review) {
        if let Some(fact) = self.at(doc, id) {
            let original = fact
                .review
                .take()
                .map(|before| before.original)
                .unwrap_or_default();
            fact.review = Some(Review { original, ..review });
        }
    }

    fn edit(
        &mut self,
        doc: &str,
        id: &str,
        set: &Values,
        decision: &Decision,
    ) -> Result<(), String> {
        let Some(fact) = self.at(doc, id) else {
            return Ok(());
        };
        let mut edited = fields::set(fact, set)?;
        let mut review = review(decision, ReviewStatus::Edited);
        review.original = fields::held(fact, set);
        // What an earlier edit replaced was the program's own.
        if let Some(before) = &fact.review {
            review.original.extend(before.original.clone());
        }
        edited.review = Some(review);
        *fact = edited;
        Ok(())
    }

    fn leave(&mut self, numbered: &Numbered, target: Option<&Target>, reason: String) {
        let (doc_name, quote) = match (&numbered.decision.act, target) {
            (_, Some(target)) => (target.doc_name.clone(), target.quote.clone()),
            (
                Act::Add {
                    doc_name, quote, ..
                },
                None,
            ) => (doc_name.clone(), quote.clone()),
            _ => (String::new(), String::new()),
        };
        self.unfit.push(Unfit {
            n: numbered.n,
            action: numbered.decision.act.word(),
            by: numbered.decision.by.clone(),
            doc_name,
            quote,
            reason,
        });
    }

    /// Marks a record with what a person said of it or of its facts.
    pub fn mark_record(&self, record: &mut Record) {
        let of_facts: Vec<Option<&Review>> = record
            .facts
            .iter()
            .map(|id| self.fact(id).and_then(|fact| fact.review.as_ref()))
            .collect();
        let mut reviews: Vec<&Review> = of_facts.iter().copied().flatten().collect();
        let all_accepted = reviews.len() == record.facts.len();
        reviews.retain(|review| review.status != ReviewStatus::Accepted || all_accepted);
        for tie in &self.ties {
            let inside = record
                .facts
                .iter()
                .filter(|id| tie.facts.contains(*id))
                .count();
            let applies = match tie.review.status {
                ReviewStatus::Merged => inside > 1,
                _ => inside > 0,
            };
            if applies {
                reviews.push(&tie.review);
                let own = record.id.clone();
                record
                    .formerly
                    .extend(tie.records.iter().filter(|id| **id != own).cloned());
            }
        }
        record.formerly.sort();
        record.formerly.dedup();
        // What changed the record most speaks for it; of several such words, the last.
        let Some(first) = reviews
            .iter()
            .max_by_key(|review| (weight(review.status), review.at))
        else {
            return;
        };
        let names: BTreeSet<&str> = reviews.iter().map(|review| review.by.as_str()).collect();
        record.review = Some(Review {
            by: names.into_iter().collect::<Vec<_>>().join(", "),
            original: BTreeMap::new(),
            ..(*first).clone()
        });
    }

    /// A fact of a document that decisions are about, as it is shown.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        let doc = &self.plain.get(id)?.doc;
        self.facts.get(doc)?.iter().find(|fact| fact.id == id)
    }
}

/// How much a decision changes a record.
fn weight(status: ReviewStatus) -> u8 {
    match status {
        ReviewStatus::Accepted => 0,
        ReviewStatus::Rejected => 1,
        ReviewStatus::Edited => 2,
        ReviewStatus::Added => 3,
        ReviewStatus::Merged | ReviewStatus::Split => 4,
    }
}

const GONE: &str = "the document is not in the store";

fn ids(found: Vec<(String, String)>) -> BTreeSet<String> {
    found.into_iter().map(|(_, id)| id).collect()
}

fn review(decision: &Decision, status: ReviewStatus) -> Review {
    Review {
        status,
        by: decision.by.clone(),
        at: decision.at,
        note: decision.note.clone(),
        original: BTreeMap::new(),
    }
}

/// A fact coded by hand; its id is made like the program's own, and never meets one of them.
pub(super) fn by_hand(document: &Document, span: Span, set: &Values) -> Result<Fact, String> {
    let mut fact = fields::set(&fields::bare(document, span)?, set)?;
    let said = Said::of(&fact);
    let key = format!(
        "by hand\n{}\n{:?}\n{}-{}\n{}\n{}",
        document.sha256,
        fact.kind,
        span.start,
        span.end,
        said.actor.join(","),
        said.recipient.join(",")
    );
    fact.id = hex(&Sha256::digest(key)[..8]);
    Ok(fact)
}
