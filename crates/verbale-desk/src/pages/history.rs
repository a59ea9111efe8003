//! The life of a fact: which runs found it, what happened to its text, and what people decided.

use std::collections::BTreeMap;

use maud::html;
use serde::Serialize;
use verbale::record::Fact;
use verbale_engine::columns::{sets, short};
use verbale_store::Store;
use verbale_store::review::{Act, Numbered};

use super::{decide, fact, frame};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::problem::Problem;

/// One thing that happened to a fact or to its text.
#[derive(Debug, Serialize)]
struct Event {
    /// When, in UTC; empty where the store kept no time.
    at: String,
    /// `coded confirmed withdrawn corrected restored`, or the word of a decision.
    what: String,
    /// The run, or the person.
    by: String,
    /// Number of the decision.
    n: Option<usize>,
    /// Whether a later decision takes it back.
    undone: bool,
    /// What it set, and why.
    detail: String,
}

/// `/facts/{id}/history`.
pub fn history(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let fact = fact::find(&store, asked)?;
    let events = events(&store, &fact)?;
    let columns: &[verbale_engine::listing::Column<Event>] = &[
        ("at", |event| minute(&event.at)),
        ("what", |event| {
            let undone = if event.undone { " (undone)" } else { "" };
            format!("{}{undone}", event.what)
        }),
        ("by", |event| event.by.clone()),
        ("detail", |event| event.detail.clone()),
    ];
    Answer::rows(asked, "History", &events, columns, || {
        html! {
            p { a href={ "/facts/" (fact.id) } { "The fact" } ": " q { bdi { (fact.quote) } } }
            div.wide tabindex="0" role="region" aria-label="History" {
                table {
                    thead { tr { @for (title, _) in columns { th scope="col" { (title) } } th scope="col" { "take back" } } }
                    tbody { @for event in &events {
                        tr {
                            @for (_, show) in columns { td { bdi { (show(event)) } } }
                            td { @if let Some(n) = event.n.filter(|_| !event.undone && event.what != "undo") { (decide::undo(desk, n)) } }
                        }
                    } }
                }
            }
            (decide::bar(desk))
            (frame::forms(asked))
        }
    })
}

/// A moment as people read it.
fn minute(at: &str) -> String {
    at.chars().take(16).collect::<String>().replace('T', " ")
}

fn events(store: &Store, fact: &Fact) -> Result<Vec<Event>, Problem> {
    let found: BTreeMap<String, Fact> = store
        .fact_by_run(&fact.doc, &fact.id)?
        .into_iter()
        .collect();
    let mut events: Vec<Event> = store
        .happenings(None)?
        .into_iter()
        .filter(|happening| happening.doc == fact.doc)
        .map(|happening| {
            let detail = match (happening.what.as_str(), found.get(&happening.run)) {
                ("coded", Some(as_found)) => format!("found by rule {}", as_found.rule),
                ("coded", None) => "not found".into(),
                (_, _) => happening.by.unwrap_or_default(),
            };
            Event {
                at: happening.at,
                what: happening.what,
                by: format!("run {}", short(&happening.run)),
                n: None,
                undone: false,
                detail,
            }
        })
        .collect();
    let decisions = &store.journal().decisions;
    let concerns = |numbered: &Numbered| match &numbered.decision.act {
        Act::Undo { .. } => false,
        Act::Add {
            doc, start, end, ..
        } => *doc == fact.doc && (*start, *end) == (fact.span.start, fact.span.end),
        act => act.targets().any(|target| target.id == fact.id),
    };
    let keys: Vec<&str> = decisions
        .iter()
        .filter(|numbered| concerns(numbered))
        .map(|numbered| numbered.key.as_str())
        .collect();
    for numbered in decisions {
        let undoes = match &numbered.decision.act {
            Act::Undo { undoes } if keys.contains(&undoes.as_str()) => {
                decisions.iter().find(|other| other.key == *undoes)
            }
            _ if concerns(numbered) => None,
            _ => continue,
        };
        let mut detail = vec![match undoes {
            Some(other) => format!("takes back decision {}", other.n),
            None => sets(&numbered.decision.act),
        }];
        detail.extend(numbered.decision.note.clone());
        detail.retain(|part| !part.is_empty());
        events.push(Event {
            at: numbered.decision.at.to_string(),
            what: numbered.decision.act.word().into(),
            by: numbered.decision.by.clone(),
            n: Some(numbered.n),
            undone: numbered.undone,
            detail: detail.join("; "),
        });
    }
    events.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(events)
}
