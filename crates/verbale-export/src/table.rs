//! A table with typed columns: what CSV, Parquet and Arrow are written from.

use jiff::civil::Date;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters; codes too, so that `057` keeps its zero.
    Text,
    /// A list of texts.
    Texts,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
    /// A day of the calendar.
    Day,
}

/// One value. `Null` is unknown, never zero and never "no".
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Value {
    Null,
    Text(String),
    Texts(Vec<String>),
    Integer(i64),
    Number(f64),
    Truth(bool),
    Day(Date),
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in one sentence.
    pub meaning: String,
}

/// A table. Every row has one value for each column, of the column's kind or null.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

/// A column of a table of things: its name, kind and meaning, and where its value is found in one thing.
pub(crate) type Field<T> = (&'static str, Kind, &'static str, fn(&T) -> Value);

impl Table {
    /// The table of some things.
    pub(crate) fn of<T>(fields: &[Field<T>], things: &[T]) -> Table {
        Table {
            columns: fields
                .iter()
                .map(|(name, kind, meaning, _)| Column {
                    name: (*name).to_owned(),
                    kind: *kind,
                    meaning: (*meaning).to_owned(),
                })
                .collect(),
            rows: things
                .iter()
                .map(|thing| fields.iter().map(|(.., value)| value(thing)).collect())
                .collect(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<Vec<String>> for Value {
    fn from(texts: Vec<String>) -> Value {
        Value::Texts(texts)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        Value::Integer(number as i64)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Truth(truth)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Value {
        Value::Day(day)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}
