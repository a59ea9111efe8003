//! Coded rows to records: fusion as a second stage over batches.

use arrow_array::RecordBatch;
use serde::Serialize;
use serde::de::DeserializeOwned;
use verbale::dossier::of_pair;
use verbale::fuse::{DocumentInfo, FusionRules, fuse};
use verbale::record::{Fact, Record};
use verbale_read::Document;

use super::input::texts;
use crate::table::{Column, Kind, Table, Value};
use crate::{ExportError, tables};

/// Joins coded rows into records: all, or those of a pair of states (`AZE-PAK`). Rows of texts and of their facts are needed,
/// in any order and also twice. Rows that different programs, data or models coded are refused.
pub fn fused(
    batches: &[RecordBatch],
    pair: Option<&str>,
    rules: &FusionRules,
) -> Result<Table, ExportError> {
    let mut rows = Vec::new();
    let mut resources = Vec::new();
    for batch in batches {
        let kinds = column(batch, "row")?;
        let resource = column(batch, "resource")?;
        let json = column(batch, "json")?;
        resources.extend(resource.into_iter().flatten());
        rows.extend(kinds.into_iter().flatten().zip(json));
    }
    resources.sort();
    resources.dedup();
    if resources.len() > 1 {
        return Err(ExportError::Mixed {
            resources: resources.join(", "),
        });
    }
    // A text that came twice under two names is called by the first of them, whatever the order of the rows.
    rows.sort();
    rows.dedup();
    let facts: Vec<Fact> = of_kind(&rows, "fact")?;
    let documents: Vec<Document> = of_kind(&rows, "document")?;
    let infos: Vec<DocumentInfo> = documents
        .iter()
        .map(|document| DocumentInfo::of(document, rules))
        .collect();
    let mut records = fuse(&facts, &infos, rules);
    if let Some(pair) = pair {
        let Some((first, second)) = pair.split_once('-') else {
            return Err(ExportError::Pair(pair.to_owned()));
        };
        records = of_pair([first, second], &records, &facts);
    }
    Ok(table(&records, pair, resources.first().map(String::as_str)))
}

fn column(batch: &RecordBatch, name: &'static str) -> Result<Vec<Option<String>>, ExportError> {
    let array = batch
        .column_by_name(name)
        .ok_or(ExportError::NotCoded { column: name })?;
    texts(name, array)
}

fn of_kind<T: DeserializeOwned>(
    rows: &[(String, Option<String>)],
    kind: &str,
) -> Result<Vec<T>, ExportError> {
    rows.iter()
        .filter(|(row, _)| row == kind)
        .filter_map(|(_, json)| json.as_deref())
        .map(|json| Ok(serde_json::from_str(json)?))
        .collect()
}

fn table(records: &[Record], pair: Option<&str>, resource: Option<&str>) -> Table {
    let column = |(name, meaning): (&str, &str)| Column {
        name: name.to_owned(),
        kind: Kind::Text,
        meaning: meaning.to_owned(),
    };
    let of_records = tables::records(records);
    let mut columns = vec![
        column(("pair", "pair of states that the record is of")),
        column((
            "relevance",
            "context where one of the pair is no party of the record",
        )),
        column(("resource", "program, data and model that coded its facts")),
    ];
    columns.extend(of_records.columns);
    columns.push(column(("json", "the record as the contract has it")));
    let row = |(record, fields): (&Record, Vec<Value>)| {
        let mut row: Vec<Value> = vec![
            pair.map(str::to_owned).into(),
            record.relevance.clone().into(),
            resource.map(str::to_owned).into(),
        ];
        row.extend(fields);
        row.push(json(record));
        row
    };
    Table {
        columns,
        rows: records.iter().zip(of_records.rows).map(row).collect(),
    }
}

/// A value as the contract prints it.
pub(super) fn json(value: &impl Serialize) -> Value {
    serde_json::to_string(value).ok().into()
}
