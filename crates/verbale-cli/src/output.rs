//! Listings in every format: tables for people, JSON, CSV and Markdown for everything else.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write, stdout};
use std::path::Path;

use anyhow::{Context, Result};
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;
use serde_json::Value;

use crate::args::Format;

/// A column of a table for people.
pub type Column<T> = (&'static str, fn(&T) -> String);

/// The format to use: the one asked for, else text on a terminal and JSON lines in a pipe.
pub fn format_or_default(asked: Option<Format>) -> Format {
    asked.unwrap_or(if stdout().is_terminal() {
        Format::Text
    } else {
        Format::Jsonl
    })
}

/// Everything that goes to standard output goes through here, so that a closed pipe is met in one place.
pub fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !(text.is_empty() || text.ends_with('\n')) {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Writes a page into a file, or prints it where none is named.
pub fn print_or_save(text: &str, file: Option<&Path>) -> Result<()> {
    match file {
        Some(path) => std::fs::write(path, text).with_context(|| {
            format!(
                "{}: the page cannot be written; check that the folder exists",
                path.display()
            )
        }),
        None => print(text),
    }
}

/// Prints rows.
pub fn print_rows<T: Serialize>(rows: &[T], columns: &[Column<T>], format: Format) -> Result<()> {
    print(&rows_as(rows, columns, format)?)
}

/// Rows in a format. Text and Markdown show the columns; JSON, JSON lines and CSV hold all fields.
pub fn rows_as<T: Serialize>(rows: &[T], columns: &[Column<T>], format: Format) -> Result<String> {
    Ok(match format {
        Format::Text => format!("{}\n", text_table(rows, columns)),
        Format::Md => markdown_table(rows, columns),
        Format::Json => serde_json::to_string_pretty(rows)? + "\n",
        Format::Jsonl => {
            let mut lines = String::new();
            for row in rows {
                lines.push_str(&serde_json::to_string(row)?);
                lines.push('\n');
            }
            lines
        }
        Format::Csv => csv_table(rows)?,
    })
}

/// Prints one thing: every field on a line for people, the same names as JSON has.
pub fn print_one(value: &Value, format: Option<Format>) -> Result<()> {
    let text = match format_or_default(format) {
        Format::Json => serde_json::to_string_pretty(value)?,
        Format::Jsonl => serde_json::to_string(value)?,
        Format::Text => fields(value, 0),
        Format::Csv => csv_table(std::slice::from_ref(value))?,
        Format::Md => {
            let columns: [Column<(String, String)>; 2] = [
                ("field", |(name, _)| name.clone()),
                ("value", |(_, value)| value.clone()),
            ];
            let mut rows = flatten(value);
            rows.retain(|(_, value)| !value.is_empty());
            markdown_table(&rows, &columns)
        }
    };
    print(&text)
}

fn fields(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| {
                !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty())
            })
            .map(|(name, value)| match value {
                Value::Object(_) | Value::Array(_) => {
                    format!("{indent}{name}:\n{}", fields(value, depth + 1))
                }
                other => format!("{indent}{name}: {}", fields(other, 0)),
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Array(items) => items
            .iter()
            .map(|item| match item {
                Value::Object(_) => format!("{indent}- {}", fields(item, depth + 1).trim_start()),
                other => format!("{indent}- {}", fields(other, 0)),
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Value::String(text) => printable_lines(text),
        other => other.to_string(),
    }
}

/// An explanation, which is laid out by hand: as it stands for a terminal, fenced in Markdown.
pub fn laid_out(text: &str, format: Format) -> String {
    let text = printable_lines(text);
    match format {
        Format::Md => format!("```text\n{text}\n```\n"),
        _ => text,
    }
}

fn text_table<T>(rows: &[T], columns: &[Column<T>]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    if !stdout().is_terminal() {
        table.set_width(120);
    }
    table.set_header(columns.iter().map(|(title, _)| title.to_uppercase()));
    for row in rows {
        table.add_row(columns.iter().map(|(_, show)| printable(&show(row))));
    }
    table
}

/// Text for a terminal: control characters and bidirectional marks of a hostile text become visible or vanish.
pub fn printable(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

/// The same for text of several lines.
pub fn printable_lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

fn markdown_table<T>(rows: &[T], columns: &[Column<T>]) -> String {
    let cell = |text: &str| printable(text).replace('\\', "\\\\").replace('|', "\\|");
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(columns.iter().map(|(title, _)| cell(title)).collect());
    out.push_str(&line(columns.iter().map(|_| "---".into()).collect()));
    for row in rows {
        out.push_str(&line(
            columns.iter().map(|(_, show)| cell(&show(row))).collect(),
        ));
    }
    out
}

fn csv_table<T: Serialize>(rows: &[T]) -> Result<String> {
    let flat: Vec<Vec<(String, String)>> = rows
        .iter()
        .map(|row| Ok(flatten(&serde_json::to_value(row)?)))
        .collect::<Result<_>>()?;
    // Columns in order of first appearance, over all rows: an optional field that only the last row has still has one.
    let mut seen = BTreeSet::new();
    let columns: Vec<&str> = flat
        .iter()
        .flatten()
        .filter(|(name, _)| seen.insert(name.as_str()))
        .map(|(name, _)| name.as_str())
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns)?;
    for row in &flat {
        let value = |column: &&str| {
            row.iter()
                .find(|(name, _)| name == column)
                .map_or("", |(_, value)| value.as_str())
        };
        writer.write_record(columns.iter().map(value))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Dotted names with plain values. Lists of plain values are joined by `;`; of lists of objects each field is joined.
fn flatten(value: &Value) -> Vec<(String, String)> {
    fn walk(name: &str, value: &Value, out: &mut Vec<(String, String)>) {
        let inner = |key: &str| {
            if name.is_empty() {
                key.to_string()
            } else {
                format!("{name}.{key}")
            }
        };
        match value {
            Value::Object(fields) => fields
                .iter()
                .for_each(|(key, field)| walk(&inner(key), field, out)),
            Value::Array(items) => {
                for item in items {
                    let mut parts = Vec::new();
                    walk(name, item, &mut parts);
                    for (part, text) in parts {
                        match out.iter_mut().find(|(other, _)| *other == part) {
                            Some((_, joined)) => {
                                joined.push(';');
                                joined.push_str(&text);
                            }
                            None => out.push((part, text)),
                        }
                    }
                }
            }
            Value::Null => out.push((name.to_string(), String::new())),
            Value::String(text) => out.push((name.to_string(), text.clone())),
            other => out.push((name.to_string(), other.to_string())),
        }
    }
    let mut out = Vec::new();
    walk("", value, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_joins_lists_and_dots_names() {
        let value = serde_json::json!({"cameo": "057", "actor": [{"id": "TCD"}, {"id": "NER"}], "date": {"start": null}, "sectors": ["trade"]});
        let expected = [
            ("cameo", "057"),
            ("actor.id", "TCD;NER"),
            ("date.start", ""),
            ("sectors", "trade"),
        ];
        let found = flatten(&value);
        assert_eq!(
            found,
            expected
                .map(|(name, text)| (name.to_string(), text.to_string()))
                .to_vec()
        );
    }

    #[test]
    fn a_hostile_title_is_inert_on_a_terminal() {
        assert_eq!(printable("a\u{1b}[31mred\u{202e}x"), "a [31mredx");
    }
}
