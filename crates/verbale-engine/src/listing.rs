//! Rows in the formats of machines, and text that is inert wherever it is printed.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::Result;

/// A column of a table for people.
pub type Column<T> = (&'static str, fn(&T) -> String);

/// Rows as JSON, one a line.
pub fn json_lines<T: Serialize>(rows: &[T]) -> Result<String> {
    let mut lines = String::new();
    for row in rows {
        lines.push_str(&serde_json::to_string(row)?);
        lines.push('\n');
    }
    Ok(lines)
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

/// Rows as a Markdown table of the columns.
pub fn markdown_table<T>(rows: &[T], columns: &[Column<T>]) -> String {
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

/// Rows as CSV with dotted column names, over the fields that any row has.
pub fn csv_table<T: Serialize>(rows: &[T]) -> Result<String> {
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
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8(bytes).expect("only text was written"))
}

/// Dotted names with plain values. Lists of plain values are joined by `;`; of lists of objects each field is joined.
pub fn flatten(value: &Value) -> Vec<(String, String)> {
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
