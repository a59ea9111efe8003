//! Rows of facts, records or a panel.

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::Serialize;
use verbale::record::{Fact, Record};
use verbale::series::Row;
use verbale_engine::columns::{FACT, PANEL, RECORD};
use verbale_engine::listing::{Column, json_lines, printable};
use verbale_export::{columnar, tables};

use crate::{raised, refused};

/// Titles, and rows of cells.
type Cells = (Vec<String>, Vec<Vec<String>>);

/// Rows of one kind.
#[pyclass(module = "verbale._verbale", frozen)]
pub struct Rows(Kind);

enum Kind {
    Facts(Vec<Fact>),
    Records(Vec<Record>),
    Panel(Vec<Row>),
}

impl From<Vec<Fact>> for Rows {
    fn from(facts: Vec<Fact>) -> Rows {
        Rows(Kind::Facts(facts))
    }
}

impl From<Vec<Record>> for Rows {
    fn from(records: Vec<Record>) -> Rows {
        Rows(Kind::Records(records))
    }
}

impl From<Vec<Row>> for Rows {
    fn from(panel: Vec<Row>) -> Rows {
        Rows(Kind::Panel(panel))
    }
}

#[pymethods]
impl Rows {
    fn __len__(&self) -> usize {
        match &self.0 {
            Kind::Facts(facts) => facts.len(),
            Kind::Records(records) => records.len(),
            Kind::Panel(panel) => panel.len(),
        }
    }

    /// One row as JSON.
    fn json(&self, index: usize) -> PyResult<String> {
        match &self.0 {
            Kind::Facts(facts) => as_json(facts.get(index)),
            Kind::Records(records) => as_json(records.get(index)),
            Kind::Panel(panel) => as_json(panel.get(index)),
        }
    }

    /// All rows as JSON lines.
    fn jsonl(&self) -> PyResult<String> {
        match &self.0 {
            Kind::Facts(facts) => json_lines(facts),
            Kind::Records(records) => json_lines(records),
            Kind::Panel(panel) => json_lines(panel),
        }
        .map_err(raised)
    }

    /// All rows as an Arrow stream.
    fn arrow<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let stream = py.detach(|| {
            columnar::stream(&match &self.0 {
                Kind::Facts(facts) => tables::facts(facts),
                Kind::Records(records) => tables::records(records),
                Kind::Panel(panel) => tables::series(panel),
            })
        });
        Ok(PyBytes::new(py, &stream.map_err(refused)?))
    }

    /// What people see of the first rows.
    fn table(&self, most: usize) -> Cells {
        match &self.0 {
            Kind::Facts(facts) => cells(facts, FACT, most),
            Kind::Records(records) => cells(records, RECORD, most),
            Kind::Panel(panel) => cells(panel, PANEL, most),
        }
    }
}

/// Facts that were JSON lines.
#[pyfunction]
pub fn facts_of_jsonl(jsonl: &str) -> PyResult<Rows> {
    let facts: Result<Vec<Fact>, _> = jsonl.lines().map(serde_json::from_str).collect();
    match facts {
        Ok(facts) => Ok(facts.into()),
        Err(error) => Err(PyValueError::new_err(format!("no fact: {error}"))),
    }
}

fn as_json<T: Serialize>(row: Option<&T>) -> PyResult<String> {
    let row = row.ok_or_else(|| PyIndexError::new_err("no such row"))?;
    serde_json::to_string(row).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

fn cells<T>(rows: &[T], columns: &[Column<T>], most: usize) -> Cells {
    let shown = rows.iter().take(most).map(|row| {
        let cell = |(_, show): &Column<T>| printable(&show(row));
        columns.iter().map(cell).collect()
    });
    let titles = columns.iter().map(|(title, _)| (*title).to_owned());
    (titles.collect(), shown.collect())
}
