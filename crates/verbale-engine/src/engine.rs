//! The coder with its data and model, and many documents at once.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::Path;

use verbale::data::{Data, DataError};
use verbale::fuse::FusionRules;
use verbale::gate::Gate;
use verbale::names::{Referent, StateForm};
use verbale::pipeline::{Language, Reading, code_document, code_gated};
use verbale_parse::Parser;
use verbale_read::Document;
use verbale_store::{NameCount, Run};

use crate::in_order::in_order;
use crate::{Error, Result};

/// The coder with its data and model, and what names its run.
pub struct Engine {
    /// Lists and rules.
    pub language: Language,
    /// What is told from what, and how copies are found.
    pub fusion: FusionRules,
    /// The data they were read from.
    pub data: Data,
    /// What is set aside before the parse.
    pub gate: Gate,
    threads: usize,
}

impl Engine {
    /// Loads the built-in data, with the files of a folder laid over it if one is given.
    pub fn load(folder: Option<&Path>, threads: Option<usize>) -> Result<Engine> {
        let mut data = Data::embedded();
        if let Some(folder) = folder {
            data = overlay(data, folder)?;
        }
        let place = folder.map_or_else(
            || "the built-in data".to_string(),
            |folder| format!("the data folder {}", folder.display()),
        );
        Engine::of(data, &place, threads)
    }

    /// The same over data that is in memory; `place` is how its errors call it.
    pub fn of(data: Data, place: &str, threads: Option<usize>) -> Result<Engine> {
        let language = Language::load(&data).map_err(|errors| data_errors(&errors, place))?;
        let fusion = FusionRules::load(&data).map_err(|error| data_errors(&[error], place))?;
        let threads = threads
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
            .max(1);
        Ok(Engine {
            language,
            fusion,
            data,
            gate: Gate::default(),
            threads,
        })
    }

    /// The same behind another gate.
    pub fn behind(self, gate: Gate) -> Engine {
        Engine { gate, ..self }
    }

    /// What names this program with this data and model. Another gate than the usual one is part of the program: it may
    /// find other facts.
    pub fn run(&self) -> Run {
        let version = env!("CARGO_PKG_VERSION");
        Run {
            program: match self.gate {
                gate if gate == Gate::default() => version.into(),
                gate => format!("{version}+gate.{gate}"),
            },
            data: self.data.hash(),
            model: verbale_parse::model_hash().into(),
        }
    }

    /// What names the fusion of this program with this data: two that are named alike make the same records of the same
    /// facts.
    pub fn fusion_name(&self) -> String {
        let rules = FusionRules::text(&self.data).unwrap_or_default();
        let hash = verbale_store::data_hash(rules);
        format!("{}-{}", env!("CARGO_PKG_VERSION"), &hash[..12])
    }

    /// Codes one document, unless the gate sets it aside.
    pub fn code(&self, document: &Document) -> Reading {
        code_gated(document, &self.language, Parser::english(), self.gate)
    }

    /// Codes one document whatever the gate would say of it.
    pub fn code_whole(&self, document: &Document) -> Reading {
        code_document(document, &self.language, Parser::english())
    }

    /// Codes documents on all threads; the answers come in the order of the documents.
    pub fn code_all(&self, documents: &[Document]) -> Vec<Reading> {
        self.each(documents, |one| self.code(one))
    }

    /// Works on things on all threads; the answers come in their order.
    pub fn each<I: Send, O: Send>(
        &self,
        things: impl IntoIterator<Item = I>,
        work: impl Fn(I) -> O + Sync,
    ) -> Vec<O> {
        let mut answers = Vec::new();
        let keep = |answer| {
            answers.push(answer);
            Ok::<_, Infallible>(())
        };
        let Ok(()) = in_order(self.threads, things.into_iter(), work, keep);
        answers
    }

    /// On how many threads it works.
    pub fn threads(&self) -> usize {
        self.threads
    }
}

/// Reads all lists and rules below a folder and lays them over the data.
pub fn overlay(mut data: Data, folder: &Path) -> Result<Data> {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        let entries = fs::read_dir(&at)
            .map_err(|error| Error::Data(format!("{}: the data folder cannot be read: {error}; give --data a folder laid out like the built-in one", at.display())))?;
        for entry in entries {
            let path = entry
                .map_err(|error| {
                    Error::Data(format!(
                        "{}: the data folder cannot be read: {error}",
                        at.display()
                    ))
                })?
                .path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ["tsv", "toml", "txt"].iter().any(|known| ending == *known))
            {
                let text = fs::read_to_string(&path).map_err(|error| {
                    Error::Data(format!(
                        "{}: cannot be read as UTF-8 text: {error}",
                        path.display()
                    ))
                })?;
                let name = path
                    .strip_prefix(folder)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                data = data.with(name, text);
            }
        }
    }
    Ok(data)
}

/// All errors of the data in one message, each with file and line.
fn data_errors(errors: &[DataError], place: &str) -> Error {
    let lines: Vec<String> = errors.iter().map(|error| format!("  {error}")).collect();
    Error::Data(format!(
        "{place} cannot be used:\n{}\nmend the lines named, then try again; `verbale check DIR` shows all",
        lines.join("\n")
    ))
}

/// How often each form of a state's or a contested matter's name stands in a reading, by entity.
pub fn names(reading: &Reading) -> Vec<NameCount> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for mention in &reading.names.mentions {
        let entity = match &mention.referent {
            Referent::State {
                id,
                form: StateForm::Name | StateForm::Code,
            } => id,
            Referent::Issue { key } => key,
            _ => continue,
        };
        // A speech is parsed twice, alone and in its paragraph; only the deepest unit's mention counts.
        if reading.segments.unit_at(mention.span.start) == Some(mention.unit) {
            *counts
                .entry((entity, mention.span.of(&reading.document.text)))
                .or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|((entity, form), times)| NameCount {
            entity: entity.into(),
            form: form.into(),
            times,
        })
        .collect()
}

/// The ISO code of a state given as code, name, demonym or alias.
pub fn state(engine: &Engine, words: &str) -> Result<String> {
    match engine.language.lexicon.find_state(words) {
        Some(state) => Ok(state.id.clone()),
        None => Err(Error::Asked(format!(
            "no state is called '{words}'; give an ISO code (AZE, AZ), a name, a demonym or an alias"
        ))),
    }
}
