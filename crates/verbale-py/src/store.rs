//! The store, as the command line asks it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use verbale_engine::asked::{Filters, Panel};
use verbale_engine::inputs::{Chosen, Input, expand};
use verbale_engine::{Engine, Result, Told, ask, ingest};
use verbale_store::Store as Kept;

use crate::coder::known;
use crate::rows::Rows;
use crate::{Fields, Files, engine, raised};

/// A store and the engine that codes into it.
#[pyclass(module = "verbale._verbale", frozen)]
pub struct Store {
    engine: Arc<Engine>,
    kept: Mutex<Kept>,
}

#[pymethods]
impl Store {
    #[new]
    #[pyo3(signature = (path, files, threads))]
    fn new(py: Python<'_>, path: &str, files: Files, threads: Option<usize>) -> PyResult<Store> {
        let opened = py.detach(|| -> Result<Store> {
            Ok(Store {
                engine: engine(&files, threads)?,
                kept: Mutex::new(Kept::open(Path::new(path))?),
            })
        });
        opened.map_err(raised)
    }

    /// Adds files, folders and documents as JSON; what became of them, as JSON.
    #[pyo3(signature = (paths, documents, published, outlet, fields))]
    fn add(
        &self,
        py: Python<'_>,
        paths: Vec<PathBuf>,
        documents: Vec<String>,
        published: Option<String>,
        outlet: Option<String>,
        fields: Fields,
    ) -> PyResult<String> {
        let known = known(published, outlet, fields);
        let added = self.with(py, |engine, store| {
            let mut inputs = expand(&paths, &Chosen::default());
            if !documents.is_empty() {
                // One a line, as a file of JSON lines would hold them.
                let lines = documents.join("\n").into_bytes();
                inputs.push(Input::bytes("documents.jsonl", lines));
            }
            let (texts, errors) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
            let tell = |told: Told| match told {
                Told::Text(fate) => push(&texts, json!(fate)),
                Told::Failed(error) => push(&errors, error.to_string()),
                _ => {}
            };
            let outcome = ingest::add(engine, store, inputs, &known, &tell)?;
            let mut answer = json!(outcome);
            answer["texts"] = Value::Array(texts.into_inner().unwrap_or_default());
            answer["errors"] = json!(errors.into_inner().unwrap_or_default());
            Ok(answer.to_string())
        });
        added.map_err(raised)
    }

    /// The dossier of two states, as JSON.
    fn pair(&self, py: Python<'_>, a: &str, b: &str) -> PyResult<String> {
        let dossier = self.with(py, |engine, store| {
            let pair = ask::both(engine, [a, b])?;
            let dossier = ask::dossier_of(engine, store, &pair)?;
            Ok(serde_json::to_string(&dossier)?)
        });
        dossier.map_err(raised)
    }

    /// Facts that pass the filters.
    fn facts(&self, py: Python<'_>, filters: &str) -> PyResult<Rows> {
        let asked: Filters = asked(filters)?;
        let facts = self.with(py, |engine, store| ask::facts(engine, store, &asked));
        Ok(facts.map_err(raised)?.into())
    }

    /// Records that pass the filters.
    fn records(&self, py: Python<'_>, filters: &str) -> PyResult<Rows> {
        let asked: Filters = asked(filters)?;
        let records = self.with(py, |engine, store| {
            ask::records(engine, store, &asked, None)
        });
        Ok(records.map_err(raised)?.into())
    }

    /// The panel.
    #[pyo3(signature = (pair, panel, first, last))]
    fn series(
        &self,
        py: Python<'_>,
        pair: Option<(String, String)>,
        panel: &str,
        first: Option<String>,
        last: Option<String>,
    ) -> PyResult<Rows> {
        let panel: Panel = asked(panel)?;
        let days = [day(first)?, day(last)?];
        let rows = self.with(py, |engine, store| {
            let pair = pair.map(|(a, b)| ask::both(engine, [&a, &b])).transpose()?;
            ask::series(engine, store, pair, &panel, days)
        });
        Ok(rows.map_err(raised)?.into())
    }
}

impl Store {
    /// Works on the store, its records up to date, without Python's lock.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Engine, &mut Kept) -> Result<T> + Send,
    ) -> Result<T> {
        py.detach(|| {
            let mut store = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            // A stop between coding and fusing leaves facts without records; whoever comes next completes the work.
            ingest::refresh_records(&self.engine, &mut store)?;
            work(&self.engine, &mut store)
        })
    }
}

fn push<T>(into: &Mutex<Vec<T>>, value: T) {
    into.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(value);
}

/// What is asked, in words.
fn asked<T: DeserializeOwned>(words: &str) -> PyResult<T> {
    serde_json::from_str(words).map_err(|error| {
        let told = error.to_string();
        // Where in our own JSON it stands helps nobody.
        let told = told.split(" at line").next().unwrap_or_default();
        PyValueError::new_err(told.to_owned())
    })
}

fn day<T: DeserializeOwned>(day: Option<String>) -> PyResult<Option<T>> {
    day.map(|day| {
        serde_json::from_value(Value::String(day.clone()))
            .map_err(|_| PyValueError::new_err(format!("{day}: write a day as 2024-07-13")))
    })
    .transpose()
}
