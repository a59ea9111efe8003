//! The page as Markdown: tables, and the words of every fact as footnotes.

use verbale::record::Fact;

use super::timeline::LEGEND;
use super::{Block, Page};

/// Prints a page as Markdown. Each line ends in footnote marks; the footnotes hold the words, the text and the voice.
pub fn markdown(page: &Page, facts: &[Fact]) -> String {
    let mut out = format!("# {}\n", escape(&page.title));
    let mut cited: Vec<&str> = Vec::new();
    for section in &page.sections {
        out.push_str(&format!("\n## {}\n\n", section.title));
        if section.blocks.is_empty() {
            out.push_str("Nothing in these texts.\n");
        }
        for block in &section.blocks {
            match block {
                Block::Line(line) => {
                    out.push_str(&format!("- {}{}\n", escape(&line.text), marks(&line.facts)));
                    cited.extend(line.facts.iter().map(String::as_str));
                }
                // The table has the same records.
                Block::Timeline(_) => out.push_str(&format!("*{LEGEND}*\n\n")),
                Block::Matrix(matrix) => {
                    for line in matrix.lines() {
                        out.push_str(&format!("- {}{}\n", escape(&line.text), marks(&line.facts)));
                    }
                    let facts = matrix.said().flat_map(|line| &line.facts);
                    cited.extend(facts.map(String::as_str));
                    out.push('\n');
                }
                Block::More { left, ledger } => {
                    out.push_str(&format!("*{left} more: ledger {ledger}*\n\n"));
                }
                Block::Note(note) => out.push_str(&format!("*{}*\n\n", escape(note))),
                Block::Table { columns, rows } => {
                    out.push_str(&format!(
                        "| {} | words |\n|{}\n",
                        columns.join(" | "),
                        " --- |".repeat(columns.len() + 1)
                    ));
                    for row in rows {
                        let mut cells: Vec<String> =
                            row.cells.iter().map(|cell| escape(cell)).collect();
                        if let Some(first) = cells.first_mut()
                            && !row.look.mark().is_empty()
                        {
                            *first = format!("{} {first}", row.look.mark());
                        }
                        out.push_str(&format!(
                            "| {} | {} |\n",
                            cells.join(" | "),
                            marks(&row.facts).trim_start()
                        ));
                        cited.extend(row.facts.iter().map(String::as_str));
                    }
                    out.push('\n');
                }
            }
        }
    }
    out.push('\n');
    for fact in facts
        .iter()
        .filter(|fact| cited.contains(&fact.id.as_str()))
    {
        let voice = fact
            .attribution
            .last()
            .map(|voice| voice.name.as_str())
            .filter(|name| !name.is_empty());
        out.push_str(&format!(
            "[^{}]: “{}” ({}, bytes {}–{}; {})\n",
            short(&fact.id),
            escape(&fact.quote),
            escape(&fact.doc_name),
            fact.span.start,
            fact.span.end,
            escape(voice.unwrap_or("the outlet's own voice")),
        ));
    }
    out
}

fn marks(facts: &[String]) -> String {
    facts
        .iter()
        .map(|id| format!(" [^{}]", short(id)))
        .collect()
}

fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

/// Characters that mean something to Markdown or to HTML inside it, and line breaks.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '<' | '>' | '#' => {
                out.push('\\');
                out.push(character);
            }
            '&' => out.push_str("&amp;"),
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out
}
