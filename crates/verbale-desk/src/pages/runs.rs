//! Runs (a program with its data and model), and what two of them find otherwise.

use maud::{Markup, html};
use verbale_engine::columns::{CHANGE, RUN};
use verbale_engine::history::difference;
use verbale_store::RunEntry;

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::paging;
use crate::problem::Problem;

/// Fields of the query that name the runs.
pub const FIELDS: [(&str, &str); 2] = [
    (
        "first",
        "a run, or the beginning of its id; without it the last but one",
    ),
    ("second", "another run; without it the last"),
];

/// `/runs`.
pub fn runs(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let runs = desk.store()?.runs()?;
    let shown = runs.clone();
    let (rows, next) = paging::page(asked, runs, |run| &run.id)?;
    let mut answer = Answer::rows(asked, "Runs", &rows, RUN, || {
        html! {
            p.note { "A run is a version of the program with its data and its model. Facts are kept by run, so that what a change did can be told." }
            (choice(&shown, asked))
            (table::table("Runs", &rows, RUN, |run| format!("/diff?first={}&second={}", run.id, shown.last().map_or("", |last| &last.id))))
            (table::next(asked, next.as_ref()))
            (frame::forms(asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

/// `/diff?first=&second=`.
pub fn diff(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let known = store.runs()?;
    let usual = |back: usize| {
        let at = known.len().checked_sub(back);
        at.map_or(String::new(), |at| known[at].id.clone())
    };
    let named = |field: &str, back: usize| {
        asked
            .field(field)
            .map_or_else(|| usual(back), str::to_owned)
    };
    let pair = [named("first", 2), named("second", 1)];
    let found = if pair.iter().any(String::is_empty) {
        None
    } else {
        Some(difference(&store, [&pair[0], &pair[1]])?)
    };
    let changes = found
        .as_ref()
        .map_or(Vec::new(), |found| found.changes.clone());
    let total = changes.len();
    let (rows, next) = paging::page(asked, changes, |change| &change.id)?;
    let mut answer = Answer::rows(asked, "Two runs", &rows, CHANGE, || {
        html! {
            p { a href="/runs" { "All runs" } }
            (choice(&known, asked))
            @match &found {
                Some(found) => {
                    p { (table::count(total, "difference", "differences")) " in "
                        (table::count(found.texts, "text", "texts")) " that both runs know: " code { (found.runs[0].id) }
                        " and " code { (found.runs[1].id) } "." }
                    (table::table("Differences", &rows, CHANGE, |change| format!("/facts/{}/history", change.id)))
                    (table::next(asked, next.as_ref()))
                },
                None => p.silent { "There is one run only. Another one appears when the program, its data or its model have changed and " code { "verbale recode" } " has run." },
            }
            (frame::forms(asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

fn choice(runs: &[RunEntry], asked: &Asked) -> Markup {
    let select = |name: &str, title: &str, usual: usize| {
        let back = runs.len().checked_sub(usual);
        html! {
            label { (title)
                select name=(name) {
                    @for (at, run) in runs.iter().enumerate() {
                        @let chosen = asked.field(name).map_or(Some(at) == back, |beginning| run.id.starts_with(beginning));
                        option value=(run.id) selected[chosen] { (run.id) " " (run.at.chars().take(16).collect::<String>()) }
                    }
                }
            }
        }
    };
    html! {
        @if runs.len() > 1 {
            form.filters action="/diff" aria-label="Compare two runs" {
                (select("first", "what did this run find", 2))
                (select("second", "otherwise than this one", 1))
                button { "Show" }
            }
        }
    }
}
