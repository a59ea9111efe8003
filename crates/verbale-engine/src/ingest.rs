//! Inputs into the store: read, code, keep, fuse; what fails is named and loses nothing else.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use verbale::dossier::status;
use verbale::fuse::{DocumentInfo, fuse_with};
use verbale::record::Record;
use verbale_read::{Appearance, Document, Options, Part, ReadError, parts, publication};
use verbale_store::{FactFilter, Put, Run, Store};

use crate::asked::Known;
use crate::engine::Engine;
use crate::findings::Findings;
use crate::in_order::in_order;
use crate::inputs::Input;
use crate::recode::kept_data;
pub use crate::refresh::refresh_records;
use crate::{Error, Result};

/// What happens while texts come in.
pub enum Told<'a> {
    /// So many inputs will be read.
    Inputs(usize),
    /// One more of them is done.
    Done,
    /// So many bytes of all inputs are read; of how many is not known for standard input.
    Read {
        /// Bytes read.
        bytes: u64,
        /// Bytes there are.
        of: Option<u64>,
    },
    /// What became of one document, in the order of the inputs.
    Text(Fate<'a>),
    /// A text is kept and not coded, and why.
    Left(String),
    /// An input could not be read; all others go on.
    Failed(&'a Error),
}

/// What became of one document, or of an input that gave none.
#[derive(Debug, Serialize)]
pub struct Fate<'a> {
    /// Path of the input.
    pub place: &'a str,
    /// Name of the document.
    pub name: Option<&'a str>,
    /// Id of the document.
    pub id: Option<&'a str>,
    /// `ok empty not_english one_sided duplicate failed`.
    pub status: &'static str,
    /// Why it is not `ok`.
    pub why: Option<String>,
    /// Language.
    pub lang: Option<&'a str>,
    /// Where each piece of metadata was found.
    pub basis: Option<&'a BTreeMap<String, String>>,
    /// How many facts it gave.
    pub facts: usize,
}

/// Who is told.
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
    /// Documents that the gate set aside, kept and not coded.
    pub one_sided: usize,
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

/// A step of the inputs, in their order.
struct Step {
    /// Path of the input.
    place: String,
    /// So many bytes of all inputs are read.
    bytes: u64,
    /// A part to be read and coded, or why there is none; nothing when the input is done.
    found: Result<Option<Part>>,
}

/// All parts of all inputs, as they are asked for. Only their reading takes time, and it is left to who asks.
fn steps(inputs: Vec<Input>, options: &Options) -> impl Iterator<Item = Step> + '_ {
    let read = Rc::new(Cell::new(0));
    inputs.into_iter().flat_map(move |input| {
        let (place, name, format) = (input.place.clone(), input.name.clone(), input.format);
        let count = read.clone();
        let found: Box<dyn Iterator<Item = Result<Option<Part>>>> = match input.open() {
            Err(error) => Box::new(std::iter::once(Err(error))),
            Ok(inner) => {
                let place = place.clone();
                let counted = Counted {
                    inner,
                    read: read.clone(),
                };
                let found = parts(Box::new(counted), &name, format, options);
                Box::new(
                    found.map(move |part| part.map(Some).map_err(|error| wrong(error, &place))),
                )
            }
        };
        found
            .chain(std::iter::once(Ok(None)))
            .map(move |found| Step {
                place: place.clone(),
                bytes: count.get(),
                found,
            })
    })
}

fn wrong(error: ReadError, place: &str) -> Error {
    Error::Input(error.at(place).to_string())
}

/// Counts the bytes that are read.
struct Counted {
    inner: Box<dyn BufRead>,
    read: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.read.set(self.read.get() + count as u64);
        self.inner.consume(count);
    }
}

/// The documents of inputs with their places, and the number of what failed; each failure is told. All are in memory.
pub fn documents(
    inputs: Vec<Input>,
    known: &Known,
    tell: Tell,
) -> Result<(Vec<(Document, String)>, usize)> {
    let options = options(known)?;
    let mut documents = Vec::new();
    let mut failed = 0;
    for Step { place, found, .. } in steps(inputs, &options) {
        let results = match found {
            Ok(None) => continue,
            Ok(Some(part)) => part.documents(&options),
            Err(error) => {
                failed += 1;
                tell_failed(&place, &error, tell);
                continue;
            }
        };
        for result in results {
            match result {
                Ok((document, _)) => documents.push((document, place.clone())),
                Err(error) => {
                    failed += 1;
                    tell_failed(&place, &wrong(error, &place), tell);
                }
            }
        }
    }
    Ok((documents, failed))
}

fn tell_failed(place: &str, error: &Error, tell: Tell) {
    tell(Told::Failed(error));
    tell(Told::Text(Fate {
        place,
        name: None,
        id: None,
        status: "failed",
        why: Some(error.to_string()),
        lang: None,
        basis: None,
        facts: 0,
    }));
}

/// A document that came in; `coded` if it was wanted.
pub struct Came {
    /// Where it came from.
    pub place: String,
    /// The document.
    pub document: Document,
    /// What was found in it.
    pub coded: Option<Findings>,
}

/// Reads and codes inputs on all threads; the documents are handed to `take` in the order of the inputs, and only a few
/// are in memory at a time. Answers with the number of what failed; each failure is told.
pub fn each<E: From<Error>>(
    engine: &Engine,
    inputs: Vec<Input>,
    known: &Known,
    tell: Tell,
    wanted: impl Fn(&Document) -> bool + Sync,
    mut take: impl FnMut(Came) -> std::result::Result<(), E>,
) -> std::result::Result<usize, E> {
    let options = options(known)?;
    tell(Told::Inputs(inputs.len()));
    let of: Option<u64> = inputs.iter().map(Input::size).sum();
    let mut failed = 0;
    let read_and_code = |step: Step| {
        let place = step.place;
        let texts = match step.found {
            Ok(None) => None,
            Err(error) => Some(vec![Err(error)]),
            Ok(Some(part)) => {
                let name = part.name.clone();
                let work = || texts(engine, &place, part, &options, &wanted);
                // A fault of ours on one text is told and costs that text alone.
                Some(catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
                    let told = format!(
                        "{place}: {name}: the program failed on it; please send us the text"
                    );
                    vec![Err(Error::Input(told))]
                }))
            }
        };
        (place, step.bytes, texts)
    };
    in_order(
        engine.threads(),
        steps(inputs, &options),
        read_and_code,
        |(place, bytes, texts)| -> std::result::Result<(), E> {
            tell(Told::Read { bytes, of });
            let Some(texts) = texts else {
                tell(Told::Done);
                return Ok(());
            };
            for text in texts {
                match text {
                    Ok(came) => take(came)?,
                    Err(error) => {
                        failed += 1;
                        tell_failed(&place, &error, tell);
                    }
                }
            }
            Ok(())
        },
    )?;
    Ok(failed)
}

/// The documents of a part, those coded that are wanted.
fn texts(
    engine: &Engine,
    place: &str,
    part: Part,
    options: &Options,
    wanted: &(dyn Fn(&Document) -> bool + Sync),
) -> Vec<Result<Came>> {
    let one = |(document, _)| {
        let wanted = wanted(&document);
        Came::of(engine, place, document, wanted)
    };
    part.documents(options)
        .into_iter()
        .map(|result| result.map(one).map_err(|error| wrong(error, place)))
        .collect()
}

impl Came {
    /// A document as it came, coded if that is wanted and it can be.
    pub(crate) fn of(engine: &Engine, place: &str, document: Document, wanted: bool) -> Came {
        let reading = (wanted && status(&document) == "ok").then(|| engine.code(&document));
        match reading {
            None => Came {
                place: place.to_owned(),
                document,
                coded: None,
            },
            // The outlet may be found in the words ("… reports"): the reading knows more than the frame does.
            Some(reading) => Came {
                place: place.to_owned(),
                coded: Some(Findings::of(engine, &reading)),
                document: reading.document,
            },
        }
    }

    /// Keeps it in a store.
    pub(crate) fn keep(&self, store: &mut Store, run: &Run) -> Result<Put> {
        let document = &self.document;
        let appearance = Appearance {
            place: self.place.clone(),
            outlet: document.outlet.as_ref().map(|outlet| outlet.value.clone()),
        };
        let coding = self
            .coded
            .as_ref()
            .map(Findings::coding)
            .unwrap_or_default();
        Ok(store.put(document, self.status(), &appearance, &coding, run)?)
    }

    /// `ok empty not_english one_sided`.
    pub fn status(&self) -> &'static str {
        match &self.coded {
            Some(found) => found.status(),
            None => status(&self.document),
        }
    }

    /// Tells what became of the document: coded, a duplicate of one that is known, or left and why.
    pub fn tell(&self, duplicate: bool, tell: Tell) {
        let place = &self.place;
        let (status, why) = match (self.status(), duplicate) {
            (_, true) => ("duplicate", Some("its text is known".to_owned())),
            ("empty", _) => ("empty", Some("no words in it".to_owned())),
            ("not_english", _) => {
                let lang = &self.document.lang;
                let how = self
                    .document
                    .basis
                    .get("lang")
                    .map_or("words", String::as_str);
                let why = format!("its language is {lang} (by {how}); it is not coded");
                ("not_english", Some(why))
            }
            ("one_sided", false) => {
                let why = "its words lead to fewer than two states or organisations; `--gate off` codes it all the same";
                ("one_sided", Some(why.to_owned()))
            }
            (other, false) => (other, None),
        };
        match status {
            "empty" => tell(Told::Left(format!("empty: {place}: no words in it"))),
            "not_english" => {
                let why = why.clone().unwrap_or_default();
                tell(Told::Left(format!("not English: {place}: {why}")));
            }
            _ => {}
        }
        tell(Told::Text(Fate {
            place,
            name: Some(&self.document.name),
            id: Some(&self.document.id),
            status,
            why,
            lang: Some(&self.document.lang),
            basis: Some(&self.document.basis),
            facts: self.coded.as_ref().map_or(0, |found| found.facts.len()),
        }));
    }
}

/// Adds inputs to the store and brings its records up to date.
pub fn add(
    engine: &Engine,
    store: &mut Store,
    inputs: Vec<Input>,
    known: &Known,
    tell: Tell,
) -> Result<Outcome> {
    let run = engine.run();
    store.keep_run(&run, &kept_data(&engine.data))?;
    let mut outcome = Outcome::default();
    let shared = Mutex::new(&mut *store);
    let store_now = || shared.lock().unwrap_or_else(PoisonError::into_inner);
    // Known texts are not coded again. Should the store fail here, it fails below, too, where that is told.
    let wanted = |document: &Document| !store_now().knows(&document.id, &run).unwrap_or(false);
    outcome.failed = each(engine, inputs, known, tell, wanted, |came| -> Result<()> {
        let put = came.keep(&mut store_now(), &run)?;
        came.tell(put == Put::Known, tell);
        match (put, came.status()) {
            (Put::Known, _) => outcome.known += 1,
            (_, "empty") => outcome.empty += 1,
            (_, "not_english") => outcome.not_english += 1,
            (_, "one_sided") => outcome.one_sided += 1,
            (Put::Added, _) => outcome.added += 1,
            (Put::Recoded, _) => outcome.recoded += 1,
        }
        if put != Put::Known {
            outcome.facts += came.coded.as_ref().map_or(0, |found| found.facts.len());
        }
        Ok(())
    })?;
    refresh_records(engine, store)?;
    Ok(outcome)
}

/// Records made of the facts that pass a filter, as a person joined them and took them apart.
pub fn fused(engine: &Engine, store: &Store, filter: &FactFilter) -> Result<Vec<Record>> {
    let sources: Vec<DocumentInfo> = store
        .documents()?
        .iter()
        .map(|stored| DocumentInfo::of(&stored.document, &engine.fusion))
        .collect();
    let facts = store.facts(filter)?;
    let joins = store.layer()?.joins;
    Ok(fuse_with(&facts, &sources, &engine.fusion, &joins))
}

/// The summary for people.
pub fn summary(outcome: &Outcome) -> String {
    let mut parts = vec![format!("{} added", outcome.added)];
    for (count, word) in [
        (outcome.known, "known"),
        (outcome.recoded, "coded again"),
        (outcome.empty, "empty"),
        (outcome.not_english, "not English"),
        (outcome.one_sided, "one-sided"),
        (outcome.failed, "failed"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    format!("texts: {}; {} facts", parts.join(", "), outcome.facts)
}
