//! All pairs, as a table and as a matrix; on an empty store, what this is and how to begin.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use serde::Serialize;
use verbale_engine::listing::Column;
use verbale_store::Store;

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::paging;
use crate::problem::Problem;

/// States that the matrix shows: more make it unreadable, and the table has them all.
const SHOWN: usize = 16;

/// What the texts tell of two states.
#[derive(Debug, Clone, Serialize)]
pub struct PairRow {
    /// Address of the pair.
    pub pair: String,
    /// Names of the two states.
    pub names: [String; 2],
    /// Records of which both are parties.
    pub records: usize,
    /// Texts that tell them.
    pub texts: usize,
    /// Records whose values cannot hold together.
    pub conflicts: usize,
    /// Publication day of the latest dated text.
    pub last_heard: Option<Date>,
}

const COLUMNS: &[Column<PairRow>] = &[
    ("pair", |row| row.names.join(" – ")),
    ("codes", |row| row.pair.clone()),
    ("records", |row| row.records.to_string()),
    ("texts", |row| row.texts.to_string()),
    ("conflicts", |row| row.conflicts.to_string()),
    ("last heard", |row| {
        row.last_heard
            .map_or_else(|| "undated texts".into(), |day| day.to_string())
    }),
];

/// The first page.
pub fn home(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let stats = store.stats()?;
    let all = pairs(desk, &store)?;
    let (rows, next) = paging::page(asked, all.clone(), |row| &row.pair)?;
    let mut answer = Answer::rows(asked, "All pairs", &rows, COLUMNS, || {
        html! {
            @if stats.documents == 0 { (welcome()) }
            @else {
                p { (stats.documents) " texts, " (stats.facts) " facts, " (stats.records) " records"
                    @if all.len() > rows.len() { "; " (rows.len()) " of " (all.len()) " pairs on this page, those of most records first" } "." }
                (table::table("All pairs", &rows, COLUMNS, |row| format!("/pair/{}", row.pair)))
                (table::next(asked, next.as_ref()))
                (matrix(&all))
            }
            @if desk.gate.is_read_only() {
                p.note { "This desk is read-only: texts can be added with " code { "verbale add" } "." }
            } @else { (intake()) }
            @if stats.documents > 0 { (frame::forms(asked)) }
        }
    })?;
    answer.next = next;
    Ok(answer)
}

/// All pairs of states, those of most records first.
fn pairs(desk: &Desk, store: &Store) -> Result<Vec<PairRow>, Problem> {
    let lexicon = &desk.engine.language.lexicon;
    let name = |id: &str| lexicon.state(id).map(|state| state.name.clone());
    let mut rows = Vec::new();
    for counted in store.pairs()? {
        let [a, b] = &counted.pair;
        let (Some(one), Some(other)) = (name(a), name(b)) else {
            continue;
        };
        rows.push(PairRow {
            pair: format!("{a}-{b}"),
            names: [one, other],
            records: counted.records,
            texts: counted.texts,
            conflicts: counted.conflicts,
            last_heard: counted.last_heard,
        });
    }
    rows.sort_by(|a, b| (b.records, &a.pair).cmp(&(a.records, &b.pair)));
    Ok(rows)
}

fn matrix(rows: &[PairRow]) -> Markup {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, &str), (&str, usize)> = BTreeMap::new();
    for row in rows {
        if let Some((a, b)) = row.pair.split_once('-') {
            *totals.entry(a).or_default() += row.records;
            *totals.entry(b).or_default() += row.records;
            counts.insert((a, b), (&row.pair, row.records));
            counts.insert((b, a), (&row.pair, row.records));
        }
    }
    let mut states: Vec<&str> = totals.keys().copied().collect();
    states.sort_by_key(|state| (std::cmp::Reverse(totals[state]), *state));
    states.truncate(SHOWN);
    html! {
        @if states.len() > 2 {
            section {
                h2 { "Who with whom" }
                p.note { "Number of records. "
                    @if totals.len() > SHOWN { "The " (SHOWN) " states with most records; the table has all." } }
                div.wide tabindex="0" role="region" aria-label="Who with whom" {
                    table.matrix {
                        thead { tr { td {} @for state in &states { th scope="col" { (state) } } } }
                        tbody {
                            @for one in &states {
                                tr {
                                    th scope="row" { (one) }
                                    @for other in &states {
                                        td {
                                            @if let Some((pair, count)) = counts.get(&(one, other)) {
                                                a href={ "/pair/" (pair) } aria-label={ (one) " and " (other) ": " (count) " records" } { (count) }
                                            } @else { span.silent { "·" } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn welcome() -> Markup {
    html! {
        p { "There is nothing here yet. Give this desk some articles and it makes a record of how states deal with each other: \
             who did, said or promised what to whom, when, on whose word, and the exact words that say so." }
        ol {
            li { "Add articles below: plain text, one article a file, or JSON lines." }
            li { "Open a pair of states." }
            li { "Follow any mark to the words in the text." }
        }
    }
}

fn intake() -> Markup {
    html! {
        section id="add" {
            h2 { "Add texts" }
            noscript { p.note { "Adding texts here needs script. On the command line: " code { "verbale add FOLDER" } } }
            form id="intake" hidden {
                div.drop id="drop" {
                    label for="files" { "Drop article files here, or choose them" }
                    input id="files" type="file" multiple;
                }
                details {
                    summary { "Paste a text" }
                    p { label for="paste-title" { "Title" } input id="paste-title" type="text"; }
                    p { label for="paste" { "Text" } textarea id="paste" rows="8" {} }
                    button type="button" id="add-paste" { "Add this text" }
                }
                details {
                    summary { "Name a folder of this machine" }
                    p { label for="folder" { "Path" } input id="folder" type="text" spellcheck="false"; }
                    button type="button" id="add-folder" { "Read the folder" }
                }
                details {
                    summary { "What the texts do not say themselves" }
                    p { label for="published" { "Published (2024-07-13, 2024-07)" } input id="published" type="text"; }
                    p { label for="outlet" { "Outlet" } input id="outlet" type="text"; }
                }
                p id="ask-token" hidden {
                    label for="token" { "Write token, as printed when the desk was started" }
                    input id="token" type="text" autocomplete="off" spellcheck="false";
                    button type="button" id="keep-token" { "Use it" }
                }
            }
            div id="progress" role="status" aria-live="polite" {}
        }
    }
}
