//! CSV, and beside it what its columns hold (CSV on the Web, W3C 2015).

use std::io::Write;

use serde_json::{Value as Json, json};

use crate::ExportError;
use crate::table::{Kind, Table, Value};

/// The table as CSV: a header, lists joined by `;`, unknown empty.
pub fn csv(table: &Table, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(table.columns.iter().map(|column| &column.name))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(cell))?;
    }
    Ok(writer.flush()?)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::Texts(texts) => texts.join(";"),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => truth.to_string(),
        Value::Day(day) => day.to_string(),
    }
}

/// The metadata of a CSV file of this name: names, types and meanings of its columns.
pub fn metadata(table: &Table, file_name: &str) -> Result<Vec<u8>, ExportError> {
    let columns: Vec<Json> = table
        .columns
        .iter()
        .map(|column| {
            let datatype = match column.kind {
                Kind::Text | Kind::Texts => "string",
                Kind::Integer => "integer",
                Kind::Number => "number",
                Kind::Truth => "boolean",
                Kind::Day => "date",
            };
            let mut described = json!({
                "name": column.name,
                "titles": column.name,
                "datatype": datatype,
                "dc:description": column.meaning,
            });
            if column.kind == Kind::Texts {
                described["separator"] = json!(";");
            }
            described
        })
        .collect();
    let document = json!({
        "@context": "http://www.w3.org/ns/csvw",
        "url": file_name,
        "dialect": { "header": true, "encoding": "utf-8" },
        "tableSchema": { "columns": columns },
    });
    Ok(serde_json::to_vec_pretty(&document)?)
}
