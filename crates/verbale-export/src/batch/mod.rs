//! The coder as a filter over Arrow: a batch of texts in, a batch of facts out.
//!
//! The output has for each input row one row `document` that says what became of it, and after it a row `fact` for each of
//! its facts. A text that cannot be read never stops the batch, so that a cluster loses one row and not a job. Such rows are all
//! that fusion needs, on whichever machine it runs.

mod coded;
mod fused;
mod input;
mod streams;

pub use coded::{Coded, code, coded};
pub use fused::fused;
pub use input::{Input, inputs};
pub use streams::{Form, Sink, read_parquet, read_stream};

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Array, Date32Array, Int32Array, RecordBatch, StringArray};
    use verbale_read::Options;

    use super::*;
    use crate::columnar;
    use crate::table::Value;

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
        let without_facts = |input: Input| Coded {
            id: input.id,
            status: input
                .document
                .as_ref()
                .map_or("failed", verbale::dossier::status),
            document: input.document,
            facts: Vec::new(),
        };
        let inputs: Vec<Coded> = inputs.into_iter().map(without_facts).collect();
        let table = coded(&inputs, "r");
        let of = |column: usize| -> Vec<Value> {
            table.rows.iter().map(|row| row[column].clone()).collect()
        };
        assert_eq!(of(1), ["a".into(), "b".into(), "c".into()]);
        assert_eq!(of(2), ["ok".into(), "empty".into(), "not_english".into()]);
        let out = columnar::batch(&table).unwrap();
        assert_eq!(out.schema(), columnar::schema(&coded(&[], "")));
        let through = |form| {
            let mut bytes = Vec::new();
            let mut sink = Sink::new(form, &mut bytes).unwrap();
            sink.write(&inputs, "r").unwrap();
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
