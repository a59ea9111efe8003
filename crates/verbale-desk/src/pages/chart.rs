//! The panel as a picture: stacked columns whose patterns, not colours, tell the classes apart.

use maud::{Markup, html};
use verbale::record::Modality;
use verbale::series::{By, Counts, Row};

/// Columns that can be told apart on a screen.
const MOST: usize = 240;

/// Height of the columns, in units of the drawing.
const HEIGHT: usize = 160;

/// Width of the drawing without the scale.
const WIDTH: usize = 900;

/// Room for the scale on the left.
const LEFT: usize = 34;

/// The classes from the bottom up, with the name of their pattern.
const CLASSES: [(&str, &str); 6] = [
    ("verbal cooperation", "p-solid"),
    ("material cooperation", "p-dense"),
    ("verbal conflict", "p-rising"),
    ("material conflict", "p-cross"),
    ("without a type", "p-light"),
    ("planned", "p-hollow"),
];

/// A chart of the rows of one pair; rows of both directions are added up.
pub fn chart(rows: &[Row]) -> Markup {
    let columns = columns(rows);
    let highest = columns
        .iter()
        .map(|column| column.counts.iter().sum::<usize>())
        .max()
        .unwrap_or(0);
    if highest == 0 {
        return html! { p.silent { "Nothing to draw: no record lies inside one period." } };
    }
    if columns.len() > MOST {
        return html! { p.note { (columns.len()) " periods are too many to draw; choose longer ones, or a first and last day." } };
    }
    let wide = (WIDTH / columns.len()).clamp(1, 60);
    let bar = (wide * 4 / 5).max(1);
    let every = columns.len().div_ceil(12);
    let bottom = 12 + HEIGHT;
    html! {
        figure.chart {
            div.wide tabindex="0" role="region" aria-label="Chart" {
                svg viewBox={ "0 0 " (LEFT + wide * columns.len() + 4) " " (bottom + 34) } width=(LEFT + wide * columns.len() + 4) role="img" aria-label="Records in each period; the table below has the numbers" {
                    (patterns())
                    text x=(LEFT - 6) y="16" text-anchor="end" { (highest) }
                    text x=(LEFT - 6) y=(bottom) text-anchor="end" { "0" }
                    @for (index, column) in columns.iter().enumerate() {
                        @let x = LEFT + index * wide;
                        g {
                            title { (column.name) ": " (told(column)) }
                            @if column.covered {
                                line x1=(x) x2=(x + wide) y1=(bottom) y2=(bottom) class="axis" {}
                            }
                            @for (class, foot, top) in bars(column, highest) {
                                rect class=(class) x=(x) width=(bar) y=(bottom - top) height=((top - foot).max(1)) {}
                            }
                        }
                        @if index % every == 0 { text x=(x) y=(bottom + 16) { (column.name) } }
                    }
                }
            }
            figcaption {
                @for (name, class) in CLASSES {
                    span.key { svg width="14" height="14" aria-hidden="true" { rect class=(class) x="1" y="1" width="12" height="12" {} } " " (name) } " "
                }
                "A line at the foot: a text covers the period."
            }
        }
    }
}

struct Column {
    name: String,
    counts: [usize; 6],
    covered: bool,
}

/// The pieces of a column: pattern, foot and top above the ground.
fn bars(column: &Column, highest: usize) -> Vec<(&'static str, usize, usize)> {
    let mut bars = Vec::new();
    let mut below = 0;
    for ((_, class), count) in CLASSES.iter().zip(column.counts) {
        if count > 0 {
            let scaled = |count: usize| count * HEIGHT / highest;
            bars.push((*class, scaled(below), scaled(below + count)));
            below += count;
        }
    }
    bars
}

fn columns(rows: &[Row]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for row in rows {
        let Some(period) = row.period else { continue };
        let first = period.first();
        let name = match period.by() {
            By::Day => first.to_string(),
            By::Month => first.strftime("%Y-%m").to_string(),
            By::Quarter => format!("{} Q{}", first.year(), period.quarter()),
            By::Year => first.year().to_string(),
        };
        let counts = row.counts.as_ref().map_or([0; 6], stack);
        match columns.iter_mut().find(|column| column.name == name) {
            Some(column) => {
                for (sum, count) in column.counts.iter_mut().zip(counts) {
                    *sum += count;
                }
                column.covered |= row.counts.is_some();
            }
            None => columns.push(Column {
                name,
                counts,
                covered: row.counts.is_some(),
            }),
        }
    }
    columns
}

fn stack(counts: &Counts) -> [usize; 6] {
    let [a, b, c, d] = counts.quads;
    let planned = counts.modalities.get(&Modality::Planned).copied();
    [a, b, c, d, counts.untyped, planned.unwrap_or(0)]
}

fn told(column: &Column) -> String {
    if !column.covered {
        return "no text covers it".into();
    }
    let parts: Vec<String> = CLASSES
        .iter()
        .zip(column.counts)
        .filter(|(_, count)| *count > 0)
        .map(|((name, _), count)| format!("{count} {name}"))
        .collect();
    if parts.is_empty() {
        "nothing told".into()
    } else {
        parts.join(", ")
    }
}

/// Fills by line and dot; the style sheet gives them the colour of the ink.
fn patterns() -> Markup {
    html! {
        defs {
            pattern id="dense" width="4" height="4" patternUnits="userSpaceOnUse" { path d="M0 1H4M0 3H4" {} }
            pattern id="rising" width="5" height="5" patternUnits="userSpaceOnUse" { path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" {} }
            pattern id="cross" width="5" height="5" patternUnits="userSpaceOnUse" { path d="M0 0L5 5M5 0L0 5" {} }
            pattern id="light" width="5" height="5" patternUnits="userSpaceOnUse" { circle cx="2" cy="2" r="1" {} }
        }
    }
}
