//! The panel: how many records two states have in each period, as a table and as a chart.

use jiff::civil::Date;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use verbale::series::Row;
use verbale_engine::ask;
use verbale_engine::asked::Panel;
use verbale_engine::columns::PANEL;
use verbale_engine::listing::Column;

use super::{chart, export, frame, pair, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::paging;
use crate::problem::Problem;

/// Periods that people choose from.
const PERIODS: [&str; 4] = ["day", "month", "quarter", "year"];

/// First and last day of a panel.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Days {
    from: Option<Date>,
    to: Option<Date>,
}

/// A row with a name, so that pages of a long panel can follow each other.
#[derive(Serialize)]
struct Named {
    #[serde(skip)]
    name: String,
    #[serde(flatten)]
    row: Row,
}

/// `/series`.
pub fn all(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    shown(desk, asked, None)
}

/// `/series/{pair}`.
pub fn pair(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let states = pair::states(desk, asked)?;
    shown(desk, asked, Some(states))
}

fn shown(desk: &Desk, asked: &Asked, states: Option<[String; 2]>) -> Result<Answer, Problem> {
    let panel: Panel = asked.read(&[&paging::FIELDS[..], &["from", "to"]].concat())?;
    let days: Days = asked.read(&[&paging::FIELDS[..], &export::PANEL].concat())?;
    let store = desk.store()?;
    let rows = ask::series(
        &desk.engine,
        &store,
        states.clone(),
        &panel,
        [days.from, days.to],
    )?;
    let drawn = states.as_ref().map(|_| chart::chart(&rows));
    let rows: Vec<Named> = rows
        .into_iter()
        .map(|row| Named {
            name: name(&row),
            row,
        })
        .collect();
    let total = rows.len();
    let (rows, next) = paging::page(asked, rows, |named| &named.name)?;
    let title = match &states {
        Some([a, b]) => format!("Series: {a} – {b}"),
        None => "Series: all dyads".into(),
    };
    let mut answer = Answer::rows(asked, &title, &rows, COLUMNS, || {
        html! {
            @if let Some([a, b]) = &states { p { a href={ "/pair/" (a) "-" (b) } { "The whole dossier" } } }
            (form(asked))
            @if let Some(drawn) = drawn { (drawn) }
            p.note { "Records by their own date. Zero: a text covers the period and tells of nothing. Empty: no text covers it. \
                Unplaced: the days do not lie inside one period." }
            p { (total) " rows" @if total > rows.len() { ", " (rows.len()) " on this page" } "." }
            (table::table(&title, &rows, COLUMNS, |named| {
                let [a, b] = &named.row.states;
                format!("/pair/{}-{}", a.iso, b.iso)
            }))
            (table::next(asked, next.as_ref()))
            (frame::forms(asked))
        }
    })?;
    answer.next = next;
    Ok(answer)
}

fn name(row: &Row) -> String {
    let [a, b] = &row.states;
    let period = match (row.period, row.year) {
        (Some(period), _) => period.first().to_string(),
        (None, Some(year)) => format!("unplaced-{year}"),
        (None, None) => "unplaced".into(),
    };
    format!("{}-{}-{period}", a.iso, b.iso)
}

/// The columns that people see; JSON and CSV have all.
const COLUMNS: &[Column<Named>] = &[
    ("first", |named| (PANEL[0].1)(&named.row)),
    ("second", |named| (PANEL[1].1)(&named.row)),
    ("period", |named| (PANEL[2].1)(&named.row)),
    ("records", |named| (PANEL[3].1)(&named.row)),
    ("verbal coop.", |named| (PANEL[4].1)(&named.row)),
    ("material coop.", |named| (PANEL[5].1)(&named.row)),
    ("verbal conflict", |named| (PANEL[6].1)(&named.row)),
    ("material conflict", |named| (PANEL[7].1)(&named.row)),
    ("planned", |named| (PANEL[8].1)(&named.row)),
    ("denied", |named| (PANEL[9].1)(&named.row)),
    ("goldstein", |named| (PANEL[10].1)(&named.row)),
    ("texts", |named| (PANEL[11].1)(&named.row)),
    ("unplaced", |named| (PANEL[12].1)(&named.row)),
];

fn form(asked: &Asked) -> Markup {
    let value = |name: &str| asked.field(name).unwrap_or_default().to_string();
    let by = asked.field("by").unwrap_or("year");
    html! {
        form.filters action=(asked.path) aria-label="How to count" {
            label { "by" select name="by" { @for period in PERIODS { option value=(period) selected[by == period] { (period) } } } }
            label { "placed by" select name="date" {
                option value="event" { "day of the event" }
                option value="published" selected[asked.field("date") == Some("published")] { "else of publication" }
            } }
            label { "direction" select name="directed" {
                option value="" { "not told apart" }
                option value="true" selected[asked.field("directed") == Some("true")] { "told apart" }
            } }
            label { "from" input type="date" name="from" value=(value("from")); }
            label { "to" input type="date" name="to" value=(value("to")); }
            button { "Apply" }
        }
    }
}
