//! Documents of a batch to rows: what became of each, and its facts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use verbale::dossier::{pairs, status};
use verbale::record::Fact;
use verbale_engine::Engine;
use verbale_read::Document;

use super::Input;
use super::fused::json;
use crate::table::{Column, Kind, Table, Value};
use crate::tables;

/// An input and what was found in it.
pub struct Coded {
    /// What the input calls it.
    pub id: Option<String>,
    /// The document as its reading left it, or why there is none.
    pub document: Result<Document, String>,
    /// What became of it: `ok empty not_english one_sided failed`.
    pub status: &'static str,
    /// Its facts: none of an empty text, or one in another language.
    pub facts: Vec<Fact>,
}

/// Codes inputs on all threads; the answers come in their order.
pub fn code(engine: &Engine, inputs: Vec<Input>) -> Vec<Coded> {
    let code = |document: Document| {
        let reading = engine.code(&document);
        let status = if reading.gated.aside {
            "one_sided"
        } else {
            "ok"
        };
        (reading.document, status, reading.facts)
    };
    engine.each(inputs, |input| one(input, code))
}

/// A fault of ours on one text is told and costs that text alone.
fn one(input: Input, code: impl Fn(Document) -> (Document, &'static str, Vec<Fact>)) -> Coded {
    let (document, status, facts) = match input.document {
        Ok(document) if status(&document) == "ok" => {
            let name = document.name.clone();
            match catch_unwind(AssertUnwindSafe(|| code(document))) {
                Ok((document, status, facts)) => (Ok(document), status, facts),
                Err(_) => (
                    Err(format!(
                        "{name}: the program failed on it; please send us the text"
                    )),
                    "failed",
                    Vec::new(),
                ),
            }
        }
        Ok(document) => {
            let status = status(&document);
            (Ok(document), status, Vec::new())
        }
        failed => (failed, "failed", Vec::new()),
    };
    Coded {
        id: input.id,
        document,
        status,
        facts,
    }
}

/// What became of inputs: the rows of the output. `resource` names program, data and model.
pub fn coded(coded: &[Coded], resource: &str) -> Table {
    let mut table = Table {
        columns: columns(),
        rows: Vec::new(),
    };
    for one in coded {
        let id = match &one.document {
            Ok(document) => one.id.clone().unwrap_or_else(|| document.id.clone()).into(),
            Err(_) => one.id.clone().into(),
        };
        let status = one.status;
        let row =
            |row: &str, error: Option<String>, pairs: Value, fields: Vec<Value>, json: Value| {
                let mut values = vec![
                    row.into(),
                    Value::clone(&id),
                    status.into(),
                    error.into(),
                    one.facts.len().into(),
                    resource.into(),
                    pairs,
                ];
                values.extend(fields);
                values.push(json);
                values
            };
        let error = one.document.as_ref().err().cloned();
        let whole = match &one.document {
            Ok(document) if status == "ok" => json(document),
            _ => Value::Null,
        };
        let document = one.document.as_ref().ok();
        table.rows.push(row(
            "document",
            error,
            Value::Null,
            of_document(document),
            whole,
        ));
        for (fact, fields) in one.facts.iter().zip(tables::facts(&one.facts).rows) {
            let pairs = pairs(fact).iter().map(|pair| pair.join("-")).collect();
            table
                .rows
                .push(row("fact", None, Value::Texts(pairs), fields, json(fact)));
        }
    }
    table
}

/// The columns of facts, where they are about a text as a whole.
fn of_document(document: Option<&Document>) -> Vec<Value> {
    let value = |column: Column| match column.name.as_str() {
        "doc" => document.map(|document| document.id.clone()).into(),
        "doc_name" => document.map(|document| document.name.clone()).into(),
        _ => Value::Null,
    };
    tables::facts(&[]).columns.into_iter().map(value).collect()
}

fn columns() -> Vec<Column> {
    let column = |(name, kind, meaning): (&str, Kind, &str)| Column {
        name: name.to_owned(),
        kind,
        meaning: meaning.to_owned(),
    };
    let before = [
        ("row", Kind::Text, "document or fact"),
        (
            "input_id",
            Kind::Text,
            "id of the input row, or of the text where it has none",
        ),
        (
            "status",
            Kind::Text,
            "of the text: ok empty not_english one_sided failed",
        ),
        ("error", Kind::Text, "why the text could not be read"),
        ("n_facts", Kind::Integer, "facts of the text"),
        (
            "resource",
            Kind::Text,
            "program, data and model that coded it",
        ),
        (
            "pairs",
            Kind::Texts,
            "pairs of states that the fact is shown under",
        ),
    ];
    let after = (
        "json",
        Kind::Text,
        "the fact as the contract has it; the text with its frame, as fusion reads it",
    );
    let mut columns: Vec<Column> = before.into_iter().map(column).collect();
    columns.extend(tables::facts(&[]).columns);
    columns.push(column(after));
    columns
}

#[cfg(test)]
mod tests {
    use verbale_read::{Options, read_text};

    use super::*;

    #[test]
    fn a_fault_of_ours_costs_one_text() {
        let (document, _) = read_text(b"Chad and Niger met.", "a", &Options::default()).unwrap();
        let input = Input {
            id: Some("a".into()),
            document: Ok(document),
        };
        let table = coded(&[one(input, |_| panic!("on purpose"))], "r");
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.rows[0][2], "failed".into());
        assert!(matches!(&table.rows[0][3], Value::Text(why) if why.contains("failed on it")));
    }
}
