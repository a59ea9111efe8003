//! JSON documents: one object, an array of them, or one per line.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::{Fields, Told, document};
use crate::{Diagnostic, Document, Options, ReadError};

#[derive(Deserialize)]
struct JsonDocument {
    id: Option<String>,
    text: String,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    source: Option<String>,
    author: Option<String>,
    lang: Option<String>,
    /// Our names of fields that came under another, with that.
    #[serde(skip)]
    renamed: BTreeMap<String, String>,
}

/// What one input gives: documents and, beside them, the inputs that failed.
pub type Documents = Vec<Result<(Document, Vec<Diagnostic>), ReadError>>;

/// Reads JSON: one document, or an array of documents.
///
/// Offsets point into the field `text`. A document is called by its `id`, else its title, else the input's name.
pub fn read_json(bytes: &[u8], name: &str, options: &Options) -> Documents {
    let text = match json_text(bytes, name) {
        Ok(text) => text,
        Err(error) => return vec![Err(error)],
    };
    if !text.trim_start().starts_with('[') {
        return vec![one(text, name, 1, options)];
    }
    match serde_json::from_str::<Vec<serde_json::Value>>(text) {
        Err(error) => vec![Err(json_error(name, error.line(), &error))],
        Ok(values) => values
            .into_iter()
            .enumerate()
            .map(|(index, value)| {
                named(value, options)
                    .map_err(|error| json_error(&format!("{name}[{index}]"), 1, &error))
                    .and_then(|parsed| build(parsed, name, options))
            })
            .collect(),
    }
}

/// Reads one JSON document per line. A bad line is an error for that line only; empty lines are passed over.
pub fn read_jsonl(bytes: &[u8], name: &str, options: &Options) -> Documents {
    bytes
        .split(|&byte| byte == b'\n')
        .enumerate()
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(index, line)| one_json(line, name, index + 1, options))
        .collect()
}

/// Reads one line of JSON Lines.
pub(crate) fn one_json(
    bytes: &[u8],
    name: &str,
    line: usize,
    options: &Options,
) -> Result<(Document, Vec<Diagnostic>), ReadError> {
    json_text(bytes, name).and_then(|text| one(text, name, line, options))
}

/// Reads a row of a table, its columns as the fields of an object.
#[cfg(feature = "formats")]
pub(crate) fn read_row(
    row: serde_json::Value,
    name: &str,
    line: u64,
    options: &Options,
) -> Result<(Document, Vec<Diagnostic>), ReadError> {
    let parsed = named(row, options).map_err(|error| ReadError::Row {
        name: name.to_owned(),
        line,
        message: error.to_string(),
    })?;
    build(parsed, name, options)
}

fn json_text<'a>(bytes: &'a [u8], name: &str) -> Result<&'a str, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|_| ReadError::Undecodable {
        name: name.to_owned(),
    })
}

fn one(
    text: &str,
    name: &str,
    line: usize,
    options: &Options,
) -> Result<(Document, Vec<Diagnostic>), ReadError> {
    let parsed = serde_json::from_str(text)
        .and_then(|value| named(value, options))
        .map_err(|error| json_error(name, line + error.line().saturating_sub(1), &error))?;
    build(parsed, name, options)
}

/// The fields under our names; a field that the options do not rename keeps its own.
fn named(
    mut value: serde_json::Value,
    options: &Options,
) -> Result<JsonDocument, serde_json::Error> {
    let mut renamed = BTreeMap::new();
    if let Some(fields) = value.as_object_mut() {
        for (ours, theirs) in &options.fields {
            if let Some(field) = fields.remove(theirs) {
                fields.insert(ours.clone(), field);
                renamed.insert(ours.clone(), theirs.clone());
            }
        }
    }
    let parsed: JsonDocument = serde_json::from_value(value)?;
    Ok(JsonDocument { renamed, ..parsed })
}

fn build(
    parsed: JsonDocument,
    name: &str,
    options: &Options,
) -> Result<(Document, Vec<Diagnostic>), ReadError> {
    let name = parsed
        .id
        .or_else(|| parsed.title.clone())
        .unwrap_or_else(|| name.to_owned());
    if parsed.text.len() > options.max_bytes {
        return Err(ReadError::TooLarge {
            name,
            bytes: parsed.text.len(),
            limit: options.max_bytes,
        });
    }
    // As in a text file: who writes NUL bytes writes no text.
    if let Some(at) = parsed.text.find('\0') {
        return Err(ReadError::Binary { name, at });
    }
    let renamed = parsed.renamed;
    let field = |name: &str, value: Option<String>| {
        Some(Told {
            value: value?,
            basis: format!("field {}", renamed.get(name).map_or(name, String::as_str)),
        })
    };
    let own = Fields {
        published: field("published", parsed.published),
        outlet: field("source", parsed.source),
        title: field("title", parsed.title),
        url: field("url", parsed.url),
        author: field("author", parsed.author),
        lang: field("lang", parsed.lang),
        carried: None,
        declared_lang: None,
    };
    document(parsed.text, &name, own, options)
}

fn json_error(name: &str, line: usize, error: &serde_json::Error) -> ReadError {
    ReadError::Json {
        name: name.to_owned(),
        line,
        message: error.to_string(),
    }
}
