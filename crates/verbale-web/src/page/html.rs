//! The page as one self-contained HTML file: no script, no request, readable on paper and by a screen reader.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use verbale::record::{Dossier, Fact, VoiceMode};

use super::reader::{Source, reader};
use super::words::{date, word};
use super::{Block, Page, Section};

const STYLE: &str = include_str!("../../assets/page.css");

/// Prints a page with the words behind it: each mark leads to its fact, each fact to its place in the source text, and
/// the coded words of a source lead back to their fact.
pub fn html(page: &Page, dossier: &Dossier, sources: &[Source]) -> String {
    let number = |id: &str| {
        dossier
            .facts
            .iter()
            .position(|fact| fact.id == id)
            .map(|index| index + 1)
    };
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
                        @for section in &page.sections { a href={ "#" (section.id) } { (section.title) } " " }
                        a href="#facts" { "Words" } " "
                        a href="#texts" { "Texts" }
                    }
                }
                main id="main" {
                    @for part in &page.sections { (section(part, &number)) }
                    section id="facts" {
                        h2 { "The words" }
                        ol.facts { @for fact in &dossier.facts { (fact_item(fact)) } }
                    }
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

fn section(part: &Section, number: &impl Fn(&str) -> Option<usize>) -> Markup {
    markup! {
        section id=(part.id) {
            h2 { (part.title) }
            @if part.blocks.is_empty() { p.silent { "Nothing in these texts." } }
            @for block in &part.blocks {
                @match block {
                    Block::Line(line) => p.line { (line.text) (marks(&line.facts, number)) },
                    Block::Note(note) => p.note { (note) },
                    Block::Table { columns, rows } => div.wide tabindex="0" role="region" aria-label=(part.title) {
                        table {
                            thead { tr { @for column in columns { th scope="col" { (column) } } th scope="col" { "words" } } }
                            tbody {
                                @for row in rows {
                                    tr {
                                        @for (index, cell) in row.cells.iter().enumerate() {
                                            td {
                                                @if index == 0 && !row.look.mark().is_empty() { span.look { (row.look.mark()) " " } }
                                                (cell)
                                            }
                                        }
                                        td.marks { (marks(&row.facts, number)) }
                                    }
                                }
                            }
                        }
                    },
                }
            }
        }
    }
}

/// Footnote numbers that lead to the facts.
fn marks(facts: &[String], number: &impl Fn(&str) -> Option<usize>) -> Markup {
    markup! {
        @for id in facts {
            @if let Some(number) = number(id) { " " sup { a href={ "#f-" (id) } { (number) } } }
        }
    }
}

fn fact_item(fact: &Fact) -> Markup {
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
                a href={ "#w-" (fact.id) } { (fact.doc_name) ", bytes " (fact.span.start) "–" (fact.span.end) }
                "; " (voices.join(" → "))
                "; " (word(&fact.kind))
                @for code in code.iter().flatten() { ", " (code) }
                ", " @if fact.negated { "said not to be, " } (word(&fact.modality))
                ", " (date(Some(&fact.date)))
                "; rule " code { (fact.rule) }
                ", id " code { (fact.id.chars().take(8).collect::<String>()) }
            }
        }
    }
}
