//! What is new, gone or changed since a day.

use maud::{Markup, html};
use verbale_engine::ask;
use verbale_engine::columns::CHANGE;

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::paging;
use crate::problem::Problem;

/// `/changes?since=`.
pub fn changes(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let Some(since) = asked.field("since") else {
        if asked.form == Form::Html {
            let page = frame::page("Changes", &asked.path, form(""));
            return Ok(Answer::of(asked.form.media_type(), page.into_string()));
        }
        return Err(Problem::asked(
            "say since when, with a day or an instant: /changes?since=2024-07-13",
        ));
    };
    let found = ask::since(&desk.engine, &desk.store()?, since)?;
    let total = found.len();
    let (rows, next) = paging::page(asked, found, |change| &change.id)?;
    let mut answer = Answer::rows(asked, "Changes", &rows, CHANGE, || {
        html! {
            (form(since))
            p { (total) " changes since " (since) "." }
            (table::table("Changes", &rows, CHANGE, |change| match change.what {
                "document" => format!("/docs/{}", change.id),
                "record" => format!("/records/{}", change.id),
                _ => format!("/facts/{}", change.id),
            }))
            (table::next(asked, next.as_ref()))
            (frame::forms(asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

fn form(since: &str) -> Markup {
    html! {
        p.note { "What is new, gone or changed in texts, facts and records since the end of a day, or an instant." }
        form.filters action="/changes" aria-label="Since when" {
            label { "since the end of" input type="text" name="since" value=(since) size="22" placeholder="2024-07-13" required; }
            button { "Show" }
        }
    }
}
