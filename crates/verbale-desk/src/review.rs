//! `POST /review`: a person's word, kept in the same journal as that of the command line.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use verbale_engine::ingest;
use verbale_store::review::{Act, Numbered, Request, Signature};
use verbale_store::{RecordFilter, Store};

use crate::desk::Desk;
use crate::problem::Problem;

/// Letters of a name or a note at most: a journal is for people.
const LONGEST: usize = 4000;

/// What became of a decision.
#[derive(Debug, Serialize)]
pub struct Decided {
    /// The decision as it was kept.
    pub decision: Numbered,
    /// The facts that it is about.
    pub facts: Vec<String>,
    /// The records that hold them now.
    pub records: Vec<String>,
}

/// Decides. The body is a request of the journal, and beside it `by` and `note`.
pub fn decide(desk: &Desk, mut body: Map<String, Value>) -> Result<Decided, Problem> {
    let by = words(&mut body, "by")?
        .filter(|name| !name.trim().is_empty())
        .ok_or_else(|| Problem::asked("a decision needs a name: send it in the field 'by'"))?;
    let note = words(&mut body, "note")?;
    let request: Request = serde_json::from_value(Value::Object(body))
        .map_err(|error| Problem::asked(format!("the decision cannot be understood: {error}")))?;
    if !desk.has_store() {
        return Err(Problem::missing(
            "the store is empty; there is nothing to decide on",
        ));
    }
    desk.jobs.deciding(|| {
        let mut store = desk.store_to_write()?;
        let signature = Signature {
            by,
            note,
            at: Timestamp::now(),
        };
        let decision = store
            .decide(&request, &signature, &desk.engine.language)?
            .clone();
        ingest::refresh_records(&desk.engine, &mut store)?;
        let facts = facts_of(&store, &decision)?;
        let records = store
            .records(&RecordFilter::default())?
            .into_iter()
            .filter(|record| record.facts.iter().any(|fact| facts.contains(fact)))
            .map(|record| record.id)
            .collect();
        Ok(Decided {
            decision,
            facts: facts.into_iter().collect(),
            records,
        })
    })
}

fn words(body: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Problem> {
    match body.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(words)) if words.chars().count() <= LONGEST => Ok(Some(words)),
        Some(_) => Err(Problem::asked(format!(
            "{name}: write words, {LONGEST} letters at most"
        ))),
    }
}

/// The facts that a decision is about; of one that takes another back, those of the other.
fn facts_of(store: &Store, numbered: &Numbered) -> Result<BTreeSet<String>, Problem> {
    let act = match &numbered.decision.act {
        Act::Undo { undoes } => store
            .journal()
            .decisions
            .iter()
            .find(|other| other.key == *undoes)
            .map(|other| &other.decision.act),
        act => Some(act),
    };
    Ok(match act {
        None => BTreeSet::new(),
        Some(Act::Add {
            doc, start, end, ..
        }) => store
            .layer()?
            .facts
            .get(doc)
            .into_iter()
            .flatten()
            .filter(|fact| (fact.span.start, fact.span.end) == (*start, *end))
            .filter(|fact| fact.review.is_some())
            .map(|fact| fact.id.clone())
            .collect(),
        Some(act) => act.targets().map(|target| target.id.clone()).collect(),
    })
}
