//! Texts that come in over the page: dropped, pasted, or a folder of this machine.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use verbale_engine::Told;
use verbale_engine::asked::Known;
use verbale_engine::ingest::{self, Outcome};
use verbale_engine::inputs::{Chosen, Input, Source, expand};

use crate::desk::Desk;
use crate::problem::Problem;

/// The body of `POST /docs`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Files with their bytes.
    #[serde(default)]
    files: Vec<File>,
    /// Documents as `add` takes them from JSON: `{"text", "title"?, "published"?, "url"?, "source"?, "author"?}`.
    #[serde(default)]
    documents: Vec<Map<String, Value>>,
    /// A file or folder of the machine that the server runs on; on loopback only.
    #[serde(default)]
    folder: Option<PathBuf>,
    /// Publication of texts that give none.
    #[serde(default)]
    published: Option<String>,
    /// Outlet of texts that name none.
    #[serde(default)]
    outlet: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    base64: String,
}

impl Texts {
    /// The inputs, and what is known of them. A file's name is a label: nothing is ever opened or written by it.
    fn inputs(self, desk: &Desk) -> Result<(Vec<Input>, Known), Problem> {
        let mut inputs = Vec::new();
        for file in self.files {
            let bytes = BASE64_STANDARD.decode(&file.base64).map_err(|error| {
                Problem::asked(format!("{}: its base64 is broken: {error}", file.name))
            })?;
            inputs.push(Input::bytes(file.name, bytes));
        }
        for document in self.documents {
            let name = document
                .get("title")
                .and_then(Value::as_str)
                .unwrap_or("pasted text");
            inputs.push(Input {
                place: name.to_string(),
                name: "posted.jsonl".into(),
                source: Source::Bytes(serde_json::to_vec(&document)?),
                format: None,
            });
        }
        if let Some(folder) = self.folder {
            if !desk.gate.is_loopback() {
                return Err(Problem::asked(
                    "folders of the server's machine can be named on that machine only; send the files",
                ));
            }
            // `-` would be the server's standard input.
            if folder.as_os_str() == "-" {
                return Err(Problem::asked("name a file or folder"));
            }
            inputs.extend(expand(&[folder], &Chosen::new(&[], &[])?));
        }
        if inputs.is_empty() {
            return Err(Problem::asked(
                "nothing to read: send files, documents or a folder that holds texts",
            ));
        }
        let known = Known {
            published: self.published.filter(|words| !words.is_empty()),
            outlet: self.outlet.filter(|words| !words.is_empty()),
            ..Known::default()
        };
        // What is wrong with the words is said at once, not in a job's notes.
        ingest::options(&known)?;
        Ok((inputs, known))
    }
}

/// Texts that are being read in, or were.
#[derive(Debug)]
pub struct Job {
    /// Number, from 1.
    pub id: usize,
    total: usize,
    done: AtomicUsize,
    notes: Mutex<Vec<String>>,
    end: Mutex<Option<Result<Outcome, String>>>,
}

/// How far a job is.
#[derive(Debug, Serialize)]
pub struct Progress {
    /// Number of the job.
    pub job: usize,
    /// `running`, `done` or `failed`.
    pub state: &'static str,
    /// Inputs done.
    pub done: usize,
    /// Inputs in all.
    pub total: usize,
    /// Inputs that failed or were left, each with its reason.
    pub notes: Vec<String>,
    /// What became of them, when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

impl Job {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        let end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let mut notes = self
            .notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (state, outcome) = match &*end {
            None => ("running", None),
            Some(Ok(outcome)) => ("done", Some(outcome.clone())),
            Some(Err(error)) => {
                notes.push(error.clone());
                ("failed", None)
            }
        };
        Progress {
            job: self.id,
            state,
            done: self.done.load(Ordering::Relaxed),
            total: self.total,
            notes,
            outcome,
        }
    }

    fn note(&self, text: String) {
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(text);
    }
}

/// All jobs since the server began; one writes at a time. Decisions do not wait for texts: the journal is a file of its
/// own, and the store takes one text after the other.
#[derive(Debug, Default)]
pub struct Jobs {
    jobs: Mutex<Vec<Arc<Job>>>,
    writing: Mutex<()>,
    deciding: Mutex<()>,
}

impl Jobs {
    /// A job by its number.
    pub fn find(&self, id: &str) -> Option<Arc<Job>> {
        let id: usize = id.parse().ok()?;
        self.jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id.checked_sub(1)?)
            .cloned()
    }

    /// Runs `work` while nobody else writes.
    pub fn alone<T>(&self, work: impl FnOnce() -> T) -> T {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }

    /// Runs `work` unless somebody writes.
    pub fn if_idle<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let _writing = match self.writing.try_lock() {
            Ok(writing) => writing,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        Some(work())
    }

    /// Runs `work` while nobody else decides.
    pub fn deciding<T>(&self, work: impl FnOnce() -> T) -> T {
        let _deciding = self.deciding.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }
}

/// Begins to read texts in, on a thread of its own, and gives the job at once.
pub fn begin(desk: &Arc<Desk>, texts: Texts) -> Result<Arc<Job>, Problem> {
    let (inputs, known) = texts.inputs(desk)?;
    let job = {
        let mut jobs = desk
            .jobs
            .jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let job = Arc::new(Job {
            id: jobs.len() + 1,
            total: inputs.len(),
            done: AtomicUsize::new(0),
            notes: Mutex::new(Vec::new()),
            end: Mutex::new(None),
        });
        jobs.push(job.clone());
        job
    };
    let (desk, running) = (desk.clone(), job.clone());
    std::thread::spawn(move || {
        let work = || {
            let mut store = desk.store_to_write()?;
            let tell = |told: Told| match told {
                Told::Inputs(_) | Told::Read { .. } | Told::Text(_) => {}
                Told::Done => {
                    running.done.fetch_add(1, Ordering::Relaxed);
                }
                Told::Left(text) => running.note(text),
                Told::Failed(error) => running.note(error.to_string()),
            };
            ingest::add(&desk.engine, &mut store, inputs, &known, &tell)
        };
        // A job never stays "running": a fault of the coder ends it too, and the next add completes the work.
        let end = desk
            .jobs
            .alone(|| catch_unwind(AssertUnwindSafe(work)))
            .unwrap_or_else(|_| {
                Err(verbale_engine::Error::Input(
                    "the texts could not be coded; what was done is kept, add them again".into(),
                ))
            });
        desk.has_written();
        *running.end.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(end.map_err(|error| error.to_string()));
    });
    Ok(job)
}
