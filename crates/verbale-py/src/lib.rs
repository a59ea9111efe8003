//! The compiled half of the Python package `verbale`: the coder, the store, and rows of facts and records.
//!
//! Everything goes in and out as text, JSON or Arrow streams; the shapes that people see are made in `python/verbale`. Work is
//! done without holding Python's lock.

mod coder;
mod rows;
mod store;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use verbale::data::Data;
use verbale_engine::{Engine, Error, engine};
use verbale_export::ExportError;

/// Files of lists and rules by their path below the data folder.
type Files = BTreeMap<String, String>;

/// Fields of other names: our name (`text`) to the input's (`body`).
type Fields = BTreeMap<String, String>;

/// The engine with these files laid over the built-in data. The last one is kept: a worker of a cluster unpickles a coder for
/// each of its tasks, and reading all lists again takes longer than coding a text.
fn engine(files: &Files, threads: Option<usize>) -> Result<Arc<Engine>, Error> {
    type Kept = (Files, Option<usize>, Arc<Engine>);
    static LAST: Mutex<Option<Kept>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, of, engine)) = &*last
        && known == files
        && *of == threads
    {
        return Ok(engine.clone());
    }
    let data = files.iter().fold(Data::embedded(), |data, (path, text)| {
        data.with(path.as_str(), text.as_str())
    });
    let engine = Arc::new(Engine::of(data, "the data given", threads)?);
    *last = Some((files.clone(), threads, engine.clone()));
    Ok(engine)
}

/// An error of the engine as Python's.
fn raised(error: Error) -> PyErr {
    match error {
        Error::Asked(told) | Error::Data(told) => PyValueError::new_err(told),
        Error::Input(told) => PyOSError::new_err(told),
        Error::Store(error) => PyOSError::new_err(error.to_string()),
        error @ (Error::Json(_) | Error::Csv(_)) => PyRuntimeError::new_err(error.to_string()),
    }
}

/// An error of a batch as Python's.
fn refused(error: ExportError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The module as Python sees it.
#[pymodule]
mod _verbale {
    use pyo3::types::PyBytes;
    use verbale::fuse::FusionRules;
    use verbale_export::{batch, columnar};

    use super::*;
    #[pymodule_export]
    use crate::coder::Coder;
    #[pymodule_export]
    use crate::rows::{Rows, facts_of_jsonl};
    #[pymodule_export]
    use crate::store::Store;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }

    /// The files of a data folder that differ from the built-in ones.
    #[pyfunction]
    fn data_files(folder: &str) -> PyResult<Files> {
        let own = Data::embedded();
        let laid = engine::overlay(own.clone(), Path::new(folder)).map_err(raised)?;
        Ok(laid
            .below("")
            .filter(|(path, text)| own.get(path) != Some(text))
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect())
    }

    /// The schema of coded rows, as a stream without rows.
    #[pyfunction]
    fn coded_schema(py: Python<'_>) -> PyResult<Bound<'_, PyBytes>> {
        let stream = columnar::stream(&batch::coded(&[], "")).map_err(refused)?;
        Ok(PyBytes::new(py, &stream))
    }

    /// The schema of fused rows, as a stream without rows.
    #[pyfunction]
    fn fused_schema(py: Python<'_>) -> PyResult<Bound<'_, PyBytes>> {
        let fused = batch::fused(&[], None, FusionRules::embedded())
            .and_then(|table| columnar::stream(&table));
        Ok(PyBytes::new(py, &fused.map_err(refused)?))
    }
}
