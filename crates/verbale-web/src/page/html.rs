//! The page as one self-contained HTML file: no script, no request, readable on paper and by a screen reader.

use std::collections::HashMap;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use verbale::record::{Dossier, Fact, VoiceMode};

use super::reader::{Source, reader};
use super::svg::drawing;
use super::words::{date, word};
use super::{Block, Matrix, Page, Row, Section};

/// The style of every page.
pub const STYLE: &str = include_str!("../../assets/page.css");

/// Where a page stands: it decides where the words behind a mark lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In one file that holds the texts too.
    File,
    /// On a desk, where facts and texts have pages of their own (`/facts/ID`, `/docs/ID`).
    Desk,
}

/// Prints a page with the words behind it: each mark leads to its fact, each fact to its place in the source text, and
/// the coded words of a source lead back to their fact.
pub fn html(page: &Page, dossier: &Dossier, sources: &[Source]) -> String {
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                title { (page.title) " · verbale" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the record" }
                header {
                    h1 { (page.title) }
                    nav aria-label="Sections" {
                        (contents(page))
                        a href="#texts" { "Texts" }
                    }
                }
                main id="main" {
                    (record(page, dossier, Place::File))
                    section id="texts" {
                        h2 { "The texts" }
                        @for source in sources {
                            article {
                                h3 id={ "d-" (source.id) } { (source.name) }
                                (reader(source, &dossier.facts.iter().filter(|fact| fact.doc == source.id).collect::<Vec<_>>()))
                            }
                        }
                    }
                }
                footer { p { "verbale states what the texts say, never what is true." } }
            }
        }
    };
    page.into_string()
}

/// Links to the sections of a page.
pub fn contents(page: &Page) -> Markup {
    markup! {
        @for section in &page.sections { a href={ "#" (section.id) } { (section.title) } " " }
        a href="#facts" { "Words" } " "
    }
}

/// The sections of a page and the words behind them: the same wherever the page stands. Of a page that leaves rows out, the
/// words behind what it shows.
pub fn record(page: &Page, dossier: &Dossier, place: Place) -> Markup {
    let cited = page.is_cut().then(|| page.cited());
    let facts: Vec<&Fact> = dossier
        .facts
        .iter()
        .filter(|fact| {
            cited
                .as_ref()
                .is_none_or(|cited| cited.contains(fact.id.as_str()))
        })
        .collect();
    let numbers: HashMap<&str, usize> = facts
        .iter()
        .enumerate()
        .map(|(index, fact)| (fact.id.as_str(), index + 1))
        .collect();
    let shown = Shown {
        number: &|id| numbers.get(id).copied(),
        place,
        pair: page.pair.join("-"),
    };
    markup! {
        @for part in &page.sections { (shown.section(part)) }
        section id="facts" {
            h2 { "The words" }
            @if facts.len() < dossier.facts.len() {
                p.note { "The words behind what this page shows: " (facts.len()) " of " (dossier.facts.len()) " facts." }
            }
            (words(facts, place))
        }
    }
}

/// Facts with their exact words, numbered: what marks lead to.
pub fn words<'a>(facts: impl IntoIterator<Item = &'a Fact>, place: Place) -> Markup {
    markup! { ol.facts { @for fact in facts { (fact_item(fact, place)) } } }
}

/// How the sections of one page are shown.
struct Shown<'a> {
    number: &'a dyn Fn(&str) -> Option<usize>,
    place: Place,
    pair: String,
}

impl Shown<'_> {
    fn section(&self, part: &Section) -> Markup {
        markup! {
            section id=(part.id) {
                h2 { (part.title) }
                @if part.blocks.is_empty() { p.silent { "Nothing in these texts." } }
                @for block in &part.blocks {
                    @match block {
                        Block::Line(line) => p.line { (line.text) (self.marks(&line.facts)) },
                        Block::Note(note) => p.note { (note) },
                        Block::Timeline(timeline) => (drawing(timeline, self.place, &self.pair)),
                        Block::Matrix(matrix) => (self.matrix(matrix)),
                        Block::More { left, ledger } => p.note { (left) " more: " (self.ledger(ledger)) },
                        Block::Table { columns, rows } => (self.table(part, columns, rows)),
                    }
                }
            }
        }
    }

    fn table(&self, part: &Section, columns: &[&str], rows: &[Row]) -> Markup {
        let id = (part.id == "timeline").then_some("timeline-rows");
        markup! {
            div.wide id=[id] tabindex="0" role="region" aria-label={ (part.title) ": " (columns[0]) } {
                table {
                    thead { tr { @for column in columns { th scope="col" { (column) } } th scope="col" { "words" } } }
                    tbody {
                        @for row in rows {
                            // One record may stand in several tables; the timeline's row is what its mark leads to.
                            @let anchor = id.and(row.record.as_ref()).map(|record| format!("r-{record}"));
                            // An empty first cell is nothing to press.
                            @let lead = row.cells.iter().position(|cell| !cell.is_empty());
                            tr id=[anchor] {
                                @for (index, cell) in row.cells.iter().enumerate() {
                                    td {
                                        @if index == 0 && !row.look.mark().is_empty() {
                                            span.look title=(row.look.word()) { (row.look.mark()) } " "
                                        }
                                        @match &row.record {
                                            Some(record) if lead == Some(index) && self.place == Place::Desk => a.row href={ "/records/" (record) } { (cell) },
                                            _ => (cell),
                                        }
                                    }
                                }
                                td.marks { (self.marks(&row.facts)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn matrix(&self, matrix: &Matrix) -> Markup {
        markup! {
            div.wide tabindex="0" role="region" aria-label=(matrix.name) {
                table.crossed {
                    caption { (matrix.name) }
                    thead { tr { th scope="col" { (matrix.corner) } @for column in &matrix.columns { th scope="col" { (column) } } } }
                    tbody {
                        @for (title, cells) in &matrix.rows {
                            tr {
                                th scope="row" { (title) }
                                @for cell in cells {
                                    td {
                                        @if cell.lines.is_empty() { span.silent { "–" } }
                                        @for line in &cell.lines {
                                            div.stance {
                                                @match &cell.ask {
                                                    Some(ask) if self.place == Place::Desk => a href={ "/records?pair=" (self.pair.replace('-', ",")) "&" (ask) } { (line.text) },
                                                    _ => (line.text),
                                                }
                                                (self.marks(&line.facts))
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

    fn ledger(&self, ledger: &str) -> Markup {
        markup! {
            @match self.place {
                Place::Desk => a href={ "/pair/" (self.pair) "/" (ledger) } { "the ledger of all " (ledger) },
                Place::File => { "ledger " (ledger) },
            }
        }
    }

    /// Footnote numbers that lead to the facts.
    fn marks(&self, facts: &[String]) -> Markup {
        markup! {
            @for id in facts {
                @if let Some(number) = (self.number)(id) { " " sup { a.mark href={ "#f-" (id) } { (number) } } }
            }
        }
    }
}

fn fact_item(fact: &Fact, place: Place) -> Markup {
    let origin = match place {
        Place::File => format!("#w-{}", fact.id),
        Place::Desk => format!("/docs/{}#w-{}", fact.doc, fact.id),
    };
    let voices: Vec<String> = fact
        .attribution
        .iter()
        .map(|voice| {
            let name = if voice.name.is_empty() {
                "unnamed outlet"
            } else {
                &voice.name
            };
            match voice.mode {
                VoiceMode::Direct => format!("{name} (quoted)"),
                VoiceMode::Indirect => format!("{name} (reported)"),
                VoiceMode::Echo => format!("{name} (echoed)"),
                VoiceMode::Narration => name.to_string(),
            }
        })
        .collect();
    let code = [
        fact.event_type.map(|event_type| word(&event_type)),
        fact.cameo.as_ref().map(|code| format!("CAMEO {code}")),
    ];
    markup! {
        li id={ "f-" (fact.id) } {
            q { (fact.quote) }
            " "
            span.origin {
                a.origin-link href=(origin) { (fact.doc_name) ", bytes " (fact.span.start) "–" (fact.span.end) }
                "; " (voices.join(" → "))
                "; " (word(&fact.kind))
                @for code in code.iter().flatten() { ", " (code) }
                ", " @if fact.negated { "said not to be, " } (word(&fact.modality))
                ", " (date(Some(&fact.date)))
                "; rule " code { (fact.rule) }
                ", id "
                @let id = fact.id.chars().take(8).collect::<String>();
                @match place {
                    Place::File => code { (id) },
                    Place::Desk => a href={ "/facts/" (fact.id) } { code { (id) } },
                }
            }
        }
    }
}
