//! A rule file as tables of which every key must be asked for, so that a misspelt key is told with its line.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::data::DataError;

/// One file and what is wrong with it.
pub(super) struct Source<'t> {
    pub(super) file: &'t str,
    text: &'t str,
    pub(super) errors: Vec<DataError>,
}

impl<'t> Source<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Source {
            file,
            text,
            errors: Vec::new(),
        }
    }

    /// Line of a byte, counted from 1.
    fn line(&self, at: usize) -> usize {
        1 + self.text[..at]
            .bytes()
            .filter(|&byte| byte == b'\n')
            .count()
    }

    pub(super) fn error(&mut self, line: usize, message: impl Into<String>) {
        self.errors.push(DataError {
            file: self.file.to_owned(),
            line,
            message: message.into(),
        });
    }

    /// Parses the file; bad TOML is one error per place.
    pub(super) fn parse(&mut self) -> Spanned<DeTable<'t>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let line = error.span().map_or(0, |span| self.line(span.start));
            self.error(
                line,
                format!("not readable as TOML: {}", error.message().trim()),
            );
        }
        table
    }
}

/// A table of which every key must be asked for.
pub(super) struct Table<'t> {
    pub(super) line: usize,
    entries: BTreeMap<&'t str, Item<'t>>,
    asked: Vec<&'static str>,
}

/// A value with its line.
#[derive(Clone, Copy)]
pub(super) struct Item<'t> {
    pub(super) line: usize,
    value: &'t DeValue<'t>,
}

impl<'t> Table<'t> {
    pub(super) fn new(source: &Source, line: usize, table: &'t DeTable<'t>) -> Self {
        let entries = table
            .iter()
            .map(|(key, value)| {
                let line = source.line(key.span().start);
                (
                    key.get_ref().as_ref(),
                    Item {
                        line,
                        value: value.get_ref(),
                    },
                )
            })
            .collect();
        Table {
            line,
            entries,
            asked: Vec::new(),
        }
    }

    /// The value of a key, if it is there.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Item<'t>> {
        self.asked.push(key);
        self.entries.remove(key)
    }

    /// The value of a key that must be there.
    pub(super) fn need(&mut self, source: &mut Source, key: &'static str) -> Option<Item<'t>> {
        let item = self.take(key);
        if item.is_none() {
            source.error(self.line, format!("`{key}` is missing; add it"));
        }
        item
    }

    /// What nobody has asked for yet, in order of keys.
    pub(super) fn rest(&mut self) -> BTreeMap<&'t str, Item<'t>> {
        std::mem::take(&mut self.entries)
    }

    /// Tells of keys that nobody asked for.
    pub(super) fn close(self, source: &mut Source) {
        for (key, item) in self.entries {
            source.error(
                item.line,
                format!(
                    "unknown key `{key}`; known here are {}",
                    self.asked.join(", ")
                ),
            );
        }
    }
}

impl<'t> Item<'t> {
    pub(super) fn text(self, source: &mut Source) -> Option<&'t str> {
        let text = self.as_text();
        if text.is_none() {
            source.error(self.line, "a text in quotes is needed here");
        }
        text
    }

    pub(super) fn as_text(self) -> Option<&'t str> {
        match self.value {
            DeValue::String(text) => Some(text.as_ref()),
            _ => None,
        }
    }

    /// One text or a list of texts.
    pub(super) fn texts(self, source: &mut Source) -> Vec<&'t str> {
        match self.value {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| {
                    let line = source.line(item.span().start);
                    let value = item.get_ref();
                    Item { line, value }.text(source)
                })
                .collect(),
            _ => self.text(source).into_iter().collect(),
        }
    }

    pub(super) fn flag(self, source: &mut Source) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => {
                source.error(self.line, "`true` or `false` is needed here");
                None
            }
        }
    }

    /// A word of a closed set, as the record writes it.
    pub(super) fn word<T: DeserializeOwned>(self, source: &mut Source) -> Option<T> {
        let text = self.text(source)?;
        word(source, self.line, text)
    }

    /// The value as text under its dotted name; lists are joined by a space.
    pub(super) fn flatten(self, name: &str, fields: &mut BTreeMap<String, String>) {
        match self.value {
            DeValue::Table(table) => {
                for (key, value) in table {
                    let item = Item {
                        line: self.line,
                        value: value.get_ref(),
                    };
                    item.flatten(&format!("{name}.{}", key.get_ref()), fields);
                }
            }
            _ => {
                fields.insert(name.to_owned(), plain(self.value));
            }
        }
    }

    pub(super) fn table(self, source: &mut Source) -> Option<Table<'t>> {
        match self.value {
            DeValue::Table(table) => Some(Table::new(source, self.line, table)),
            _ => {
                source.error(self.line, "a table is needed here");
                None
            }
        }
    }

    /// The tables of `[[name]]`.
    pub(super) fn tables(self, source: &mut Source) -> Vec<Table<'t>> {
        match self.value {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| {
                    let line = source.line(item.span().start);
                    let value = item.get_ref();
                    Item { line, value }.table(source)
                })
                .collect(),
            _ => self.table(source).into_iter().collect(),
        }
    }
}

fn word<T: DeserializeOwned>(source: &mut Source, line: usize, text: &str) -> Option<T> {
    match serde_json::from_value(serde_json::Value::String(text.to_owned())) {
        Ok(value) => Some(value),
        Err(error) => {
            source.error(line, error.to_string());
            None
        }
    }
}

fn plain(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(items) => items
            .iter()
            .map(|item| plain(item.get_ref()))
            .collect::<Vec<_>>()
            .join(" "),
        DeValue::Table(_) => String::new(),
    }
}
