//! Paths into the store: read, code, keep, fuse; what fails is named and loses nothing else.

use std::path::PathBuf;

use serde::Serialize;
use verbale::dossier::status;
use verbale::fuse::{DocumentInfo, fuse};
use verbale_read::{Appearance, Document, Options, publication};
use verbale_store::{FactFilter, Put, Store};

use crate::asked::Known;
use crate::engine::{self, Engine};
use crate::inputs::{self, Input};
use crate::{Error, Result};

/// How many files are read before they are coded and kept: bounds memory, and what a stop can cost.
const BATCH: usize = 64;

/// What happens while texts come in.
pub enum Told<'a> {
    /// So many inputs will be read.
    Inputs(usize),
    /// One more of them is done.
    Done,
    /// A text is kept and not coded, and why.
    Left(String),
    /// An input could not be read; all others go on.
    Failed(&'a Error),
}

/// Who is told. Called from several threads.
pub type Tell<'a> = &'a (dyn Fn(Told) + Sync);

/// What became of the inputs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Outcome {
    /// New documents.
    pub added: usize,
    /// Documents that this run had coded before.
    pub known: usize,
    /// Documents whose facts are now this run's.
    pub recoded: usize,
    /// Documents without words.
    pub empty: usize,
    /// Documents in other languages, kept and not coded.
    pub not_english: usize,
    /// Inputs that could not be read.
    pub failed: usize,
    /// Facts that came in.
    pub facts: usize,
}

/// What the command line says about texts that do not say it themselves.
pub fn options(known: &Known) -> Result<Options> {
    if let Some(words) = &known.published
        && publication(words).is_none()
    {
        return Err(Error::Asked(format!(
            "--published {words}: write a day, month or instant, for example 2024-07-13, 2024-07 or 2024-07-13T08:30+04:00"
        )));
    }
    let mut options = Options {
        published: known.published.clone(),
        outlet: known.outlet.clone(),
        ..Options::default()
    };
    for pair in &known.map {
        let Some((field, name)) = pair.split_once('=') else {
            return Err(Error::Asked(format!(
                "--map {pair}: write FIELD=NAME, for example text=body"
            )));
        };
        options.fields.insert(field.to_string(), name.to_string());
    }
    Ok(options)
}

/// Documents of some paths, and the number of inputs that failed; each failure is told.
pub fn documents(
    paths: &[PathBuf],
    known: &Known,
    tell: Tell,
) -> Result<(Vec<(Document, String)>, usize)> {
    let options = options(known)?;
    let mut documents = Vec::new();
    let mut failed = 0;
    for path in inputs::expand(paths) {
        read_into(Input::of(path), &options, &mut documents, &mut failed, tell);
    }
    Ok((documents, failed))
}

fn read_into(
    input: Input,
    options: &Options,
    documents: &mut Vec<(Document, String)>,
    failed: &mut usize,
    tell: Tell,
) {
    let bytes = match input.bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            tell(Told::Failed(&error));
            *failed += 1;
            return;
        }
    };
    let (read, wrong) = read_bytes(&bytes, &input.name, &input.place, options, tell);
    documents.extend(read);
    *failed += wrong;
}

/// Documents of one input with its place, and the number of its parts that failed; each failure is told.
pub fn read_bytes(
    bytes: &[u8],
    name: &str,
    place: &str,
    options: &Options,
    tell: Tell,
) -> (Vec<(Document, String)>, usize) {
    let mut documents = Vec::new();
    let mut failed = 0;
    for result in verbale_read::read(bytes, name, options) {
        match result {
            Ok((document, _)) => documents.push((document, place.to_string())),
            Err(error) => {
                tell(Told::Failed(&Error::Input(error.at(place).to_string())));
                failed += 1;
            }
        }
    }
    (documents, failed)
}

/// Whether a document is coded; what is not is told with its place and why.
pub fn is_coded(document: &Document, place: &str, tell: Tell) -> bool {
    let status = status(document);
    match status {
        "empty" => tell(Told::Left(format!("empty: {place}: no words in it"))),
        "not_english" => tell(Told::Left(format!(
            "not English: {place}: its language is given as {}; it is not coded",
            document.lang
        ))),
        _ => {}
    }
    status == "ok"
}

/// Adds inputs to the store and brings its records up to date. An input is read when its turn comes.
pub fn add(
    engine: &Engine,
    store: &mut Store,
    mut inputs: impl ExactSizeIterator<Item = Input>,
    known: &Known,
    tell: Tell,
) -> Result<Outcome> {
    let options = options(known)?;
    let run = engine.run();
    let mut outcome = Outcome::default();
    tell(Told::Inputs(inputs.len()));
    loop {
        let batch: Vec<Input> = inputs.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let mut documents = Vec::new();
        // An input that is coded is done when its facts are there; one that is known, empty or broken is done at once.
        let mut fresh: Vec<Document> = Vec::new();
        for input in batch {
            let (documents_before, fresh_before) = (documents.len(), fresh.len());
            read_into(input, &options, &mut documents, &mut outcome.failed, tell);
            for (document, _) in &documents[documents_before..] {
                // Known texts are not coded again; a text that stands twice in a batch is coded once.
                let coded = status(document) == "ok" && !store.knows(&document.id, &run)?;
                if coded && !fresh.iter().any(|other| other.id == document.id) {
                    fresh.push(document.clone());
                }
            }
            if fresh.len() == fresh_before {
                tell(Told::Done);
            }
        }
        let readings = engine.code_all(&fresh, || tell(Told::Done));
        for (document, place) in &documents {
            let status = status(document);
            let reading = fresh
                .iter()
                .position(|other| other.id == document.id)
                .map(|index| &readings[index]);
            // The outlet may be found in the words ("… reports"): the reading knows more than the frame does.
            let document = reading.map_or(document, |reading| &reading.document);
            let appearance = Appearance {
                place: place.clone(),
                outlet: document.outlet.as_ref().map(|outlet| outlet.value.clone()),
            };
            let facts = reading.map_or(&[][..], |reading| &reading.facts);
            let names = reading.map_or_else(Vec::new, engine::names);
            let put = store.put(document, status, &appearance, facts, &names, &run)?;
            if put != Put::Known {
                is_coded(document, place, tell);
            }
            match (put, status) {
                (Put::Known, _) => outcome.known += 1,
                (_, "empty") => outcome.empty += 1,
                (_, "not_english") => outcome.not_english += 1,
                (Put::Added, _) => outcome.added += 1,
                (Put::Recoded, _) => outcome.recoded += 1,
            }
            if put != Put::Known {
                outcome.facts += facts.len();
            }
        }
    }
    refresh_records(engine, store)?;
    Ok(outcome)
}

/// Makes the records anew if facts came in since they were made, also after a stop in between.
pub fn refresh_records(engine: &Engine, store: &mut Store) -> Result<()> {
    if store.records_stale()? {
        let documents = store.documents()?;
        let facts = store.facts(&FactFilter::default())?;
        let sources: Vec<DocumentInfo> = documents
            .iter()
            .map(|stored| DocumentInfo::of(&stored.document, &engine.fusion))
            .collect();
        store.replace_records(&fuse(&facts, &sources, &engine.fusion))?;
    }
    Ok(())
}

/// The summary for people.
pub fn summary(outcome: &Outcome) -> String {
    let mut parts = vec![format!("{} added", outcome.added)];
    for (count, word) in [
        (outcome.known, "known"),
        (outcome.recoded, "coded again"),
        (outcome.empty, "empty"),
        (outcome.not_english, "not English"),
        (outcome.failed, "failed"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    format!("texts: {}; {} facts", parts.join(", "), outcome.facts)
}
