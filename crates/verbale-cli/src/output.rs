//! Listings in every format: tables for people, JSON, CSV and Markdown for everything else.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write, stdout};
use std::path::Path;

use anyhow::{Context, Result};
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;
use serde_json::Value;

pub use verbale_engine::listing::{Column, printable, printable_lines};
use verbale_engine::listing::{csv_table, flatten, json_lines, markdown_table};

use crate::args::Format;

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
        Some(path) => std::fs::write(path, text).with_context(|| unwritable(path)),
        None => print(text),
    }
}

/// The same with a value as JSON, on many lines or on one. It is written while it is made: a dossier can be larger than all
/// else that is in memory, and JSON has no colours to take out.
pub fn print_or_save_json(value: &impl Serialize, pretty: bool, file: Option<&Path>) -> Result<()> {
    let write = |out: &mut dyn Write| -> Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        if pretty {
            serde_json::to_writer_pretty(&mut out, value)?;
        } else {
            serde_json::to_writer(&mut out, value)?;
        }
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    };
    match file {
        Some(path) => {
            let mut file = File::create(path).with_context(|| unwritable(path))?;
            write(&mut file).with_context(|| unwritable(path))
        }
        None => write(&mut stdout().lock()),
    }
}

fn unwritable(path: &Path) -> String {
    format!(
        "{}: the page cannot be written; check that the folder exists",
        path.display()
    )
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
        Format::Jsonl => json_lines(rows)?,
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
