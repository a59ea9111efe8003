//! The pure function: documents, and batches of them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::json;
use verbale::record::Fact;
use verbale_engine::asked::Known;
use verbale_engine::inputs::{Chosen, expand};
use verbale_engine::{Engine, Told, ingest};
use verbale_export::batch::{self, Coded, Input};
use verbale_export::{ExportError, columnar};
use verbale_read::{Options, read_json};

use crate::rows::Rows;
use crate::{Fields, Files, engine, raised, refused};

/// A document as JSON, or the place of some.
#[derive(FromPyObject)]
pub enum Text {
    /// A JSON object.
    Json(String),
    /// A file or folder.
    Path(PathBuf),
}

/// The coder with its data and options.
#[pyclass(module = "verbale._verbale", frozen)]
pub struct Coder {
    engine: Arc<Engine>,
    known: Known,
    options: Options,
}

/// What is known about texts that do not say it themselves.
pub fn known(published: Option<String>, outlet: Option<String>, fields: Fields) -> Known {
    let map = fields.into_iter();
    Known {
        published,
        outlet,
        map: map
            .map(|(ours, theirs)| format!("{ours}={theirs}"))
            .collect(),
    }
}

#[pymethods]
impl Coder {
    #[new]
    #[pyo3(signature = (published, outlet, fields, files, threads))]
    fn new(
        py: Python<'_>,
        published: Option<String>,
        outlet: Option<String>,
        fields: Fields,
        files: Files,
        threads: Option<usize>,
    ) -> PyResult<Coder> {
        let known = known(published, outlet, fields);
        let options = ingest::options(&known)
            .map_err(|error| PyValueError::new_err(error.to_string().replace("--", "")))?;
        let engine = py.detach(|| engine(&files, threads)).map_err(raised)?;
        Ok(Coder {
            engine,
            known,
            options,
        })
    }

    /// Names program, data and model.
    #[getter]
    fn resource(&self) -> String {
        self.engine.run().id()
    }

    /// Codes documents: the facts, and what became of each as JSON.
    fn code(&self, py: Python<'_>, documents: Vec<Text>) -> PyResult<(Rows, Vec<String>)> {
        let coded = py.detach(|| -> verbale_engine::Result<Vec<Coded>> {
            let mut inputs = Vec::new();
            for (index, text) in documents.into_iter().enumerate() {
                match text {
                    Text::Json(json) => inputs.push(self.input(&json, index)),
                    Text::Path(path) => inputs.extend(self.found(path)?),
                }
            }
            Ok(batch::code(&self.engine, inputs))
        });
        let coded = coded.map_err(raised)?;
        let texts = coded.iter().map(told).collect();
        let facts: Vec<Fact> = coded.into_iter().flat_map(|each| each.facts).collect();
        Ok((facts.into(), texts))
    }

    /// Codes a batch: Arrow streams in and out.
    fn code_batch<'py>(&self, py: Python<'py>, stream: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let coded = py.detach(|| -> Result<Vec<u8>, ExportError> {
            let mut inputs = Vec::new();
            for rows in batch::read_stream(stream)? {
                inputs.extend(batch::inputs(&rows?, &self.options)?);
            }
            let coded = batch::code(&self.engine, inputs);
            columnar::stream(&batch::coded(&coded, &self.resource()))
        });
        Ok(PyBytes::new(py, &coded.map_err(refused)?))
    }

    /// Joins coded rows into records: Arrow streams in and out.
    #[pyo3(signature = (stream, pair))]
    fn fuse_batch<'py>(
        &self,
        py: Python<'py>,
        stream: &[u8],
        pair: Option<&str>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let fused = py.detach(|| -> Result<Vec<u8>, ExportError> {
            let rows = batch::read_stream(stream)?.collect::<Result<Vec<_>, _>>()?;
            columnar::stream(&batch::fused(&rows, pair, &self.engine.fusion)?)
        });
        Ok(PyBytes::new(py, &fused.map_err(refused)?))
    }
}

impl Coder {
    fn input(&self, json: &str, index: usize) -> Input {
        let name = format!("text {}", index + 1);
        let document = match read_json(json.as_bytes(), &name, &self.options).pop() {
            Some(Ok((document, _))) => Ok(document),
            Some(Err(error)) => Err(error.to_string()),
            None => Err(format!("{name}: no document")),
        };
        Input {
            id: Some(name),
            document,
        }
    }

    /// All documents below a path, and what could not be read there.
    fn found(&self, path: PathBuf) -> verbale_engine::Result<Vec<Input>> {
        let failed = Mutex::new(Vec::new());
        let tell = |told: Told| {
            if let Told::Text(fate) = told
                && fate.status == "failed"
            {
                failed
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(Input {
                        id: Some(fate.place.to_owned()),
                        document: Err(fate.why.unwrap_or_default()),
                    });
            }
        };
        let inputs = expand(&[path], &Chosen::default());
        let (documents, _) = ingest::documents(inputs, &self.known, &tell)?;
        let read = documents.into_iter().map(|(document, place)| Input {
            id: Some(place),
            document: Ok(document),
        });
        let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(read.chain(failed).collect())
    }
}

/// What became of a document, in the words of `--report`.
fn told(coded: &Coded) -> String {
    match &coded.document {
        Ok(document) => json!({
            "name": document.name,
            "id": document.id,
            "status": coded.status,
            "why": null,
            "facts": coded.facts.len(),
        }),
        Err(why) => json!({
            "name": coded.id,
            "id": null,
            "status": "failed",
            "why": why,
            "facts": 0,
        }),
    }
    .to_string()
}
