//! The coder as a filter over Arrow: a batch of texts in, a batch of facts out.
//!
//! The output has for each input row one row `document` that says what became of it, and after it a row `fact` for each of
//! its facts. A text that cannot be read never stops the batch, so that a cluster loses one row and not a job.

mod input;
mod streams;

use arrow_schema::SchemaRef;
pub use input::{Input, inputs};
pub use streams::{Form, Sink, read_parquet, read_stream};
use verbale::dossier::status;
use verbale::record::Fact;
use verbale_read::Document;

use crate::table::{Column, Kind, Table, Value};
use crate::{columnar, tables};

/// The facts of the readable documents among inputs, in their order; empty texts and those of other languages have none. `code`
/// gets the documents to code and gives the facts of each.
pub fn facts_of(
    inputs: &[Input],
    code: impl FnOnce(&[Document]) -> Vec<Vec<Fact>>,
) -> Vec<Vec<Fact>> {
    let readable = || {
        inputs
            .iter()
            .filter_map(|input| input.document.as_ref().ok())
    };
    let documents: Vec<Document> = readable()
        .filter(|document| status(document) == "ok")
        .cloned()
        .collect();
    let mut facts = code(&documents).into_iter();
    readable()
        .map(|document| match status(document) {
            "ok" => facts.next().unwrap_or_default(),
            _ => Vec::new(),
        })
        .collect()
}

/// What became of inputs: the rows of the output. `resource` names program, data and model; `facts` are those of the readable
/// documents, in their order.
pub fn coded(inputs: &[Input], facts: &[Vec<Fact>], resource: &str) -> Table {
    let mut table = Table {
        columns: columns(),
        rows: Vec::new(),
    };
    let width = table.columns.len();
    let mut facts = facts.iter();
    for input in inputs {
        let (id, status, error, document) = match &input.document {
            Ok(document) => {
                let id = input.id.clone().unwrap_or_else(|| document.id.clone());
                (Some(id), status(document), None, Some(document))
            }
            Err(error) => (input.id.clone(), "failed", Some(error.clone()), None),
        };
        let own = match document {
            Some(_) => facts.next().map_or(&[][..], Vec::as_slice),
            None => &[],
        };
        let head = |row: &str, error: Option<String>| -> Vec<Value> {
            vec![
                row.into(),
                id.clone().into(),
                status.into(),
                error.into(),
                own.len().into(),
                resource.into(),
            ]
        };
        let mut document_row = head("document", error);
        document_row.resize(width, Value::Null);
        table.rows.push(document_row);
        for values in tables::facts(own).rows {
            let mut row = head("fact", None);
            row.extend(values);
            table.rows.push(row);
        }
    }
    table
}

/// The schema of every output.
pub fn coded_schema() -> SchemaRef {
    columnar::schema(&Table {
        columns: columns(),
        rows: Vec::new(),
    })
}

fn columns() -> Vec<Column> {
    let own = [
        ("row", Kind::Text, "document or fact"),
        (
            "input_id",
            Kind::Text,
            "id of the input row, or of the text where it has none",
        ),
        (
            "status",
            Kind::Text,
            "of the text: ok empty not_english failed",
        ),
        ("error", Kind::Text, "why the text could not be read"),
        ("n_facts", Kind::Integer, "facts of the text"),
        (
            "resource",
            Kind::Text,
            "program, data and model that coded it",
        ),
    ];
    own.into_iter()
        .map(|(name, kind, meaning)| Column {
            name: name.to_owned(),
            kind,
            meaning: meaning.to_owned(),
        })
        .chain(tables::facts(&[]).columns)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Array, Date32Array, Int32Array, RecordBatch, StringArray};
    use verbale_read::Options;

    use super::*;

    fn batch(columns: Vec<(&str, Arc<dyn Array>)>) -> RecordBatch {
        RecordBatch::try_from_iter(columns).unwrap()
    }

    #[test]
    fn a_row_is_a_document_whatever_its_other_columns() {
        let texts = StringArray::from(vec![
            Some("Benin and Togo opened a bridge."),
            None,
            Some("Le Bénin a ouvert un pont."),
        ]);
        let published = Date32Array::from(vec![Some(19_723), None, None]);
        let batch = batch(vec![
            ("id", Arc::new(StringArray::from(vec!["a", "b", "c"]))),
            ("text", Arc::new(texts)),
            ("published", Arc::new(published)),
            (
                "lang",
                Arc::new(StringArray::from(vec![None, None, Some("fr")])),
            ),
            ("score", Arc::new(Int32Array::from(vec![1, 2, 3]))),
        ]);
        let inputs = inputs(&batch, &Options::default()).unwrap();
        let first = inputs[0].document.as_ref().unwrap();
        assert_eq!(
            first.published.as_ref().unwrap().start.to_string(),
            "2024-01-01"
        );
        let table = coded(&inputs, &[vec![], vec![], vec![]], "r");
        let of = |column: usize| -> Vec<Value> {
            table.rows.iter().map(|row| row[column].clone()).collect()
        };
        assert_eq!(of(1), ["a".into(), "b".into(), "c".into()]);
        assert_eq!(of(2), ["ok".into(), "empty".into(), "not_english".into()]);
        let out = columnar::batch(&table).unwrap();
        assert_eq!(out.schema(), coded_schema());
        let through = |form| {
            let mut bytes = Vec::new();
            let mut sink = Sink::new(form, &mut bytes).unwrap();
            sink.write(&inputs, &[vec![], vec![], vec![]], "r").unwrap();
            sink.finish().unwrap();
            bytes
        };
        let stream = through(Form::ArrowStream);
        let back: Vec<RecordBatch> = read_stream(stream.as_slice())
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(back, [out]);
        let file = through(Form::Parquet);
        assert_eq!(
            read_parquet(file)
                .unwrap()
                .next()
                .unwrap()
                .unwrap()
                .num_rows(),
            3
        );
    }

    #[test]
    fn a_batch_without_texts_names_its_columns() {
        let numbers = batch(vec![("body", Arc::new(Int32Array::from(vec![1])))]);
        let error = inputs(&numbers, &Options::default()).err().unwrap();
        assert!(error.to_string().contains("body"), "{error}");
        let wrong = batch(vec![("text", Arc::new(Int32Array::from(vec![1])))]);
        let error = inputs(&wrong, &Options::default()).err().unwrap();
        assert!(error.to_string().contains("Int32"), "{error}");
    }
}
