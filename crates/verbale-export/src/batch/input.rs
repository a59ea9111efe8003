//! Rows of a batch as documents.

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use serde_json::{Map, Value};
use verbale_read::{Document, Options, read_json};

use crate::ExportError;

/// Columns of the input: those of a JSON document.
const INPUT: [&str; 8] = [
    "id",
    "text",
    "title",
    "published",
    "url",
    "source",
    "author",
    "lang",
];

/// One row of the input: what it is called, and the document or why there is none.
pub struct Input {
    /// The value of the column `id`; without one, the id of the document.
    pub id: Option<String>,
    /// The document.
    pub document: Result<Document, String>,
}

/// The documents of a batch. Columns `text` and, if there, `id title published url source author lang`, as texts, or under the
/// names that the options give them; `published` may be a date or a time. Other columns are passed over.
pub fn inputs(batch: &RecordBatch, options: &Options) -> Result<Vec<Input>, ExportError> {
    let columns: Vec<(&str, Vec<Option<String>>)> = INPUT
        .iter()
        .filter_map(|ours| {
            let theirs = options.fields.get(*ours).map_or(*ours, String::as_str);
            Some((theirs, batch.column_by_name(theirs)?))
        })
        .map(|(name, array)| Ok((name, texts(name, array)?)))
        .collect::<Result<_, ExportError>>()?;
    let text = options.fields.get("text").map_or("text", String::as_str);
    if !columns.iter().any(|(name, _)| *name == text) {
        return Err(ExportError::NoText {
            columns: batch
                .schema()
                .fields()
                .iter()
                .map(|field| field.name().clone())
                .collect::<Vec<_>>()
                .join(", "),
        });
    }
    Ok((0..batch.num_rows())
        .map(|row| input(&columns, row, options))
        .collect())
}

fn input(columns: &[(&str, Vec<Option<String>>)], row: usize, options: &Options) -> Input {
    let mut fields: Map<String, Value> = columns
        .iter()
        .filter_map(|(name, values)| Some(((*name).to_owned(), values[row].clone()?.into())))
        .collect();
    let id = fields
        .get("id")
        .and_then(|id| id.as_str().map(String::from));
    let name = id.clone().unwrap_or_else(|| format!("row {}", row + 1));
    // A row without a text is an empty text, not a broken one.
    let text = options.fields.get("text").map_or("text", String::as_str);
    fields.entry(text).or_insert_with(|| "".into());
    let line = Value::Object(fields).to_string();
    let document = match read_json(line.as_bytes(), &name, options).pop() {
        Some(Ok((document, _))) => Ok(document),
        Some(Err(error)) => Err(error.to_string()),
        None => Err(format!("{name}: no document")),
    };
    Input { id, document }
}

/// A column as texts.
pub(super) fn texts(name: &str, array: &dyn Array) -> Result<Vec<Option<String>>, ExportError> {
    let wrong = || ExportError::ColumnType {
        column: name.to_owned(),
        found: array.data_type().to_string(),
    };
    let owned = |text: Option<&str>| text.map(String::from);
    Ok(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().map(owned).collect(),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().map(owned).collect(),
        DataType::Utf8View => array.as_string_view().iter().map(owned).collect(),
        DataType::Null => vec![None; array.len()],
        DataType::Date32 => array
            .as_primitive::<arrow_array::types::Date32Type>()
            .iter()
            .map(|days| {
                let seconds = i64::from(days?) * 86_400;
                let day = Timestamp::from_second(seconds).ok()?;
                Some(day.strftime("%Y-%m-%d").to_string())
            })
            .collect(),
        DataType::Timestamp(unit, zone) => {
            use arrow_array::types as of;
            let values: Vec<Option<i64>> = match unit {
                TimeUnit::Second => array
                    .as_primitive::<of::TimestampSecondType>()
                    .iter()
                    .collect(),
                TimeUnit::Millisecond => array
                    .as_primitive::<of::TimestampMillisecondType>()
                    .iter()
                    .collect(),
                TimeUnit::Microsecond => array
                    .as_primitive::<of::TimestampMicrosecondType>()
                    .iter()
                    .collect(),
                TimeUnit::Nanosecond => array
                    .as_primitive::<of::TimestampNanosecondType>()
                    .iter()
                    .collect(),
            };
            let instant = |value: i64| match unit {
                TimeUnit::Second => Timestamp::from_second(value).ok(),
                TimeUnit::Millisecond => Timestamp::from_millisecond(value).ok(),
                TimeUnit::Microsecond => Timestamp::from_microsecond(value).ok(),
                TimeUnit::Nanosecond => Timestamp::from_nanosecond(value.into()).ok(),
            };
            // A time without a zone is a time on some clock: only its day is known.
            let form = if zone.is_some() {
                "%Y-%m-%dT%H:%M:%SZ"
            } else {
                "%Y-%m-%d"
            };
            values
                .into_iter()
                .map(|value| Some(instant(value?)?.strftime(form).to_string()))
                .collect()
        }
        _ => return Err(wrong()),
    })
}
