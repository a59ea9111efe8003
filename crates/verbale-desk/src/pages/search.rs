//! Search over texts and over the words of facts.

use maud::{Markup, html};
use serde::Serialize;
use verbale_engine::ask;
use verbale_engine::asked::Filters;
use verbale_engine::columns::{date, who};
use verbale_engine::listing::Column;

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::paging;
use crate::problem::Problem;

/// A hit: a fact whose words hold what was asked for, or a text.
#[derive(Debug, Clone, Serialize)]
struct Hit {
    /// `fact` or `text`.
    what: &'static str,
    id: String,
    doc_name: String,
    snippet: String,
    about: String,
}

const COLUMNS: &[Column<Hit>] = &[
    ("what", |hit| hit.what.into()),
    ("words", |hit| hit.snippet.clone()),
    ("about", |hit| hit.about.clone()),
    ("text", |hit| hit.doc_name.clone()),
];

/// `/search?q=`.
pub fn search(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let words = asked.field("q").unwrap_or_default().trim().to_string();
    let mut hits = Vec::new();
    if !words.is_empty() {
        let filters = Filters {
            q: Some(words.clone()),
            ..Filters::default()
        };
        let facts = ask::facts(&desk.engine, &store, &filters)?;
        hits.extend(facts.into_iter().map(|fact| Hit {
            what: "fact",
            about: format!(
                "{}; {}",
                who(&fact.actor, &fact.recipient, fact.mutual),
                date(&fact.date)
            ),
            id: fact.id,
            doc_name: fact.doc_name,
            snippet: fact.quote,
        }));
        hits.extend(ask::hits(&store, &words)?.into_iter().map(|hit| Hit {
            what: "text",
            id: hit.doc,
            doc_name: hit.doc_name,
            snippet: hit.snippet,
            about: String::new(),
        }));
    }
    let total = hits.len();
    let (hits, next) = paging::page(asked, hits, |hit| &hit.id)?;
    let mut answer = Answer::rows(asked, "Search", &hits, COLUMNS, || {
        html! {
            (form(&words))
            @if !words.is_empty() {
                p { (total) " hits for “" (words) "”." }
                (table::table("Hits", &hits, COLUMNS, |hit| match hit.what {
                    "fact" => format!("/facts/{}", hit.id),
                    _ => format!("/docs/{}", hit.id),
                }))
                (table::next(asked, next.as_ref()))
                (frame::forms(asked))
            }
        }
    })?;
    answer.next = next;
    Ok(answer)
}

fn form(words: &str) -> Markup {
    html! {
        form.filters action="/search" aria-label="Search again" {
            label { "words that must all stand there" input type="search" name="q" value=(words) size="40"; }
            button { "Search" }
        }
    }
}
