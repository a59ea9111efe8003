//! Contested matters: all of them, and who holds what of each.

use maud::{Markup, html};
use verbale::record::{Fact, Record};
use verbale_engine::columns::{RECORD, date};
use verbale_engine::issues::{Issue, IssueRow, Written, issue as of_key, issues as all};
use verbale_engine::listing::{Column, markdown_table};
use verbale_web::{Place, stance, word_marks, words};

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::paging;
use crate::problem::Problem;

const COLUMNS: &[Column<IssueRow>] = &[
    ("matter", |row| row.issue.replace('_', " ")),
    ("as written", |row| row.names.join(", ")),
    ("who holds a position", |row| row.holders.join(" ")),
    ("positions", |row| row.positions.to_string()),
    ("records", |row| row.records.to_string()),
    ("texts", |row| row.texts.to_string()),
    ("last heard", |row| {
        row.last_heard
            .map_or_else(|| "undated texts".into(), |day| day.to_string())
    }),
];

/// `/issues`.
pub fn issues(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let rows = all(&*desk.holdings(&desk.store()?)?);
    let total = rows.len();
    let (rows, next) = paging::page(asked, rows, |row| &row.issue)?;
    let mut answer = Answer::rows(asked, "Contested matters", &rows, COLUMNS, || {
        html! {
            p.note { "Keys are neutral; names stand as the texts write them. A position says who holds what, not who is right." }
            p { (table::count(total, "matter", "matters")) "." }
            (table::table("Contested matters", &rows, COLUMNS, |row| format!("/issues/{}", row.issue)))
            (table::next(asked, next.as_ref()))
            (frame::forms(asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

/// `/issues/{issue}`.
pub fn issue(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let key = asked.part("issue");
    let store = desk.store()?;
    let holdings = desk.holdings(&store)?;
    let Some(found) = of_key(&desk.engine, &holdings, key) else {
        return Err(Problem::missing(format!(
            "no contested matter has the key '{key}'; /issues lists those that the texts tell of"
        )));
    };
    let title = key.replace('_', " ");
    let markdown = markdown_table(&found.positions, POSITION);
    Answer::one(asked, &title, &found, Some(markdown), || {
        html! {
            p { a href="/issues" { "All contested matters" } }
            section id="positions" { h2 { "Who holds what" }
                p.note { "▲ supports, ▼ opposes, ◆ neutral, ▪ no stance stated; △ and ▽: said not to. \
                    ● the holder's own word, ○ the other side's, ◇ a third party's, □ the outlet's own voice." }
                (positions(&found))
            }
            section id="records" { h2 { "What else tells of it" }
                (table::table("Records", &found.records, RECORD, |record| format!("/records/{}", record.id)))
            }
            section id="names" { h2 { "Names as written" }
                (table::table("Names", &found.names, NAME, |name| {
                    format!("/search?{}", serde_urlencoded::to_string([("q", &name.form)]).unwrap_or_default())
                }))
                @if !found.claimed_by.is_empty() {
                    p.note { "By this program's list, " (found.claimed_by.join(", ")) " claim, hold or dispute it; the list is in order of the alphabet and takes no side." }
                }
            }
            section id="facts" { h2 { "The words" } (words(&found.facts, Place::Desk)) }
            (frame::forms(asked))
        }
    })
}

fn positions(found: &Issue) -> Markup {
    let fact = |id: &str| -> Option<&Fact> { found.facts.iter().find(|fact| fact.id == id) };
    if found.positions.is_empty() {
        return html! { p.silent { "Nothing in these texts." } };
    }
    html! {
        div.wide tabindex="0" role="region" aria-label="Positions" {
            table {
                thead { tr { @for title in ["who", "stance", "grounds", "whose word", "texts", "last heard"] { th scope="col" { (title) } } } }
                tbody {
                    @for record in &found.positions {
                        tr {
                            th scope="row" { a href={ "/records/" (record.id) } { bdi { (holder(record)) } } }
                            td { bdi { (stance(record)) } }
                            td { bdi { (grounds(record)) } }
                            td { (word_marks(record, fact)) }
                            td { (record.witnesses.len()) " (" (record.independent) " independent)" }
                            td { (heard(record)) }
                        }
                    }
                }
            }
        }
    }
}

const POSITION: &[Column<Record>] = &[
    ("who", holder),
    ("stance", stance),
    ("grounds", grounds),
    ("when", |record| {
        record.date.as_ref().map_or_else(|| "undated".into(), date)
    }),
    ("texts", |record| record.witnesses.len().to_string()),
    ("last heard", heard),
];

const NAME: &[Column<Written>] = &[
    ("as written", |name| name.form.clone()),
    ("times", |name| name.times.to_string()),
    ("texts", |name| name.docs.len().to_string()),
];

fn holder(record: &Record) -> String {
    let names: Vec<&str> = record
        .actor
        .iter()
        .map(|party| party.name.as_str())
        .collect();
    if names.is_empty() {
        record.parties.join(", ")
    } else {
        names.join(", ")
    }
}

fn grounds(record: &Record) -> String {
    let grounds: Vec<&str> = record
        .qualifiers
        .iter()
        .map(|qualifier| qualifier.qualifier.text.as_str())
        .collect();
    grounds.join("; ")
}

fn heard(record: &Record) -> String {
    record
        .last_heard
        .map_or_else(|| "undated text".into(), |day| day.to_string())
}
