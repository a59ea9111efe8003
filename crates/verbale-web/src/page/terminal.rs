//! The page for a terminal of any width.

use unicode_width::UnicodeWidthStr;

use super::timeline::LEGEND;
use super::{Block, Line, Look, Page, Row, Section};

/// Prints a page in lines of at most `width` columns. Each line ends in the short ids of the facts behind it.
pub fn terminal(page: &Page, width: usize) -> String {
    let width = width.clamp(40, 200);
    let mut out = format!(
        "{}\n{}\n",
        page.title,
        "═".repeat(page.title.width().min(width))
    );
    for section in &page.sections {
        section_text(section, width, &mut out);
    }
    out
}

fn section_text(section: &Section, width: usize, out: &mut String) {
    out.push_str(&format!(
        "\n{}\n{}\n",
        section.title,
        "─".repeat(section.title.width())
    ));
    if section.blocks.is_empty() {
        out.push_str("  Nothing in these texts.\n");
    }
    for block in &section.blocks {
        match block {
            Block::Line(line) => line_text(line, width, out),
            // The table has the same records.
            Block::Timeline(_) => wrapped(&format!("({LEGEND})"), "  ", width, out),
            Block::Matrix(matrix) => matrix
                .lines()
                .iter()
                .for_each(|line| line_text(line, width, out)),
            Block::More { left, ledger } => {
                wrapped(
                    &format!("({left} more: verbale {ledger})"),
                    "  ",
                    width,
                    out,
                );
            }
            Block::Note(note) => wrapped(&format!("({note})"), "  ", width, out),
            Block::Table { columns, rows } => rows
                .iter()
                .for_each(|row| row_text(columns, row, width, out)),
        }
    }
}

fn line_text(line: &Line, width: usize, out: &mut String) {
    wrapped(
        &format!("{}{}", line.text, marks(&line.facts)),
        "  ",
        width,
        out,
    );
}

/// A row is a paragraph: the first cells say what it is about, the others follow with their headings. A table of eight
/// columns fits no terminal; a paragraph fits all of them, and a screen reader reads it in order.
fn row_text(columns: &[&str], row: &Row, width: usize, out: &mut String) {
    let mut parts: Vec<String> = Vec::new();
    for (column, cell) in columns.iter().zip(&row.cells) {
        if cell.is_empty() {
            continue;
        }
        parts.push(if parts.is_empty() {
            cell.clone()
        } else {
            format!("{column}: {cell}")
        });
    }
    let bullet = if row.look == Look::Plain {
        "·"
    } else {
        row.look.mark()
    };
    let mut text = String::new();
    wrapped(
        &format!("{}{}", parts.join(" | "), marks(&row.facts)),
        "    ",
        width,
        &mut text,
    );
    text.replace_range(2..3, bullet);
    out.push_str(&text);
}

/// Short ids in brackets: what `show` and `why` take. Three are enough to open the rest.
fn marks(facts: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<String> = facts
        .iter()
        .take(SHOWN)
        .map(|id| id.chars().take(8).collect())
        .collect();
    match facts.len() {
        0 => String::new(),
        count if count > SHOWN => format!(" [{} +{}]", shown.join(" "), count - SHOWN),
        _ => format!(" [{}]", shown.join(" ")),
    }
}

fn wrapped(text: &str, indent: &str, width: usize, out: &mut String) {
    let mut line = String::from(indent);
    for word in text.split_whitespace() {
        if line.width() + 1 + word.width() > width && line.trim() != "" {
            out.push_str(line.trim_end());
            out.push('\n');
            line = String::from(indent);
        }
        if line.len() > indent.len() {
            line.push(' ');
        }
        line.push_str(&visible(word));
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Control characters and bidirectional marks of a hostile text do nothing on a terminal.
fn visible(word: &str) -> String {
    word.chars()
        .filter(|character| {
            !character.is_control()
                && !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect()
}
