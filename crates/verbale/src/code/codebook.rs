//! The codebook: PLOVER types, modes and contexts, CAMEO codes, and their scores.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Data, DataError};
use crate::lexicon::{ListReader, members};
use crate::record::EventType;

/// Codes and scores.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    types: BTreeMap<EventType, TypeEntry>,
    /// Scores of modes that differ from their type's.
    modes: BTreeMap<(EventType, String), Option<f64>>,
    contexts: BTreeSet<String>,
    cameo: BTreeMap<String, CameoCode>,
}

#[derive(Debug, Clone)]
struct TypeEntry {
    score: f64,
    quad: u8,
}

/// One CAMEO code.
#[derive(Debug, Clone, PartialEq)]
pub struct CameoCode {
    /// Its PLOVER type; `None` for statements (01x).
    pub event_type: Option<EventType>,
    /// PLOVER mode that goes with it.
    pub mode: Vec<String>,
    /// Goldstein score as GDELT prints it.
    pub goldstein: Option<f64>,
    /// PLOVER contexts that go with it.
    pub contexts: Vec<String>,
}

const TYPES: &str = "ontology/plover_types.tsv";
const MODES: &str = "ontology/plover_modes.tsv";
const CONTEXTS: &str = "ontology/plover_contexts.tsv";
const CAMEO: &str = "ontology/cameo.tsv";

impl Codebook {
    /// Reads the tables of codes.
    pub(crate) fn load(data: &Data, errors: &mut Vec<DataError>) -> Self {
        let mut lists = ListReader::new(data);
        let mut book = Codebook::default();
        for row in lists.rows(
            TYPES,
            ["type", "quad", "recipient_required", "plover_score"],
        ) {
            let [name, quad, _, score] = row.cells;
            let Some(event_type) = event_type(name) else {
                lists.error(row.at, format!("`{name}` is no PLOVER type"));
                continue;
            };
            let quad = lists.number(row.at, "quad", quad).unwrap_or_default();
            let score = lists
                .number(row.at, "plover_score", score)
                .unwrap_or_default();
            book.types.insert(event_type, TypeEntry { score, quad });
        }
        for row in lists.rows(MODES, ["type", "mode", "plover_score"]) {
            let [name, mode, score] = row.cells;
            let score = lists.number(row.at, "plover_score", score);
            match event_type(name) {
                Some(event_type) => {
                    book.modes.insert((event_type, mode.to_owned()), score);
                }
                None => lists.error(row.at, format!("`{name}` is no PLOVER type")),
            }
        }
        for row in lists.rows(CONTEXTS, ["context"]) {
            let [context] = row.cells;
            book.contexts.insert(context.to_owned());
        }
        let columns = [
            "code",
            "label",
            "plover",
            "mode",
            "contexts",
            "goldstein",
            "derived",
        ];
        for row in lists.rows(CAMEO, columns) {
            let [code, _, name, mode, contexts, goldstein, _] = row.cells;
            let goldstein = lists.number(row.at, "goldstein", goldstein);
            let event_type = event_type(name);
            if event_type.is_none() && !name.is_empty() {
                lists.error(row.at, format!("`{name}` is no PLOVER type"));
            }
            book.cameo.insert(
                code.to_owned(),
                CameoCode {
                    event_type,
                    mode: members(mode),
                    goldstein,
                    contexts: members(contexts),
                },
            );
        }
        errors.append(&mut lists.errors);
        book
    }

    /// A CAMEO code.
    pub fn cameo(&self, code: &str) -> Option<&CameoCode> {
        self.cameo.get(code)
    }

    /// All CAMEO codes, in order.
    pub fn codes(&self) -> impl Iterator<Item = (&str, &CameoCode)> {
        self.cameo
            .iter()
            .map(|(code, entry)| (code.as_str(), entry))
    }

    /// Whether PLOVER has this mode for this type.
    pub fn knows_mode(&self, event_type: Option<EventType>, mode: &str) -> bool {
        event_type.is_some_and(|event_type| self.modes.contains_key(&(event_type, mode.to_owned())))
    }

    /// Whether PLOVER has this context.
    pub fn knows_context(&self, context: &str) -> bool {
        self.contexts.contains(context)
    }

    /// PLOVER's score of a type in a mode.
    pub fn score(&self, event_type: EventType, modes: &[String]) -> Option<f64> {
        let of_mode = modes
            .iter()
            .find_map(|mode| *self.modes.get(&(event_type, mode.clone()))?);
        of_mode.or_else(|| Some(self.types.get(&event_type)?.score))
    }

    /// Quad class of a type.
    pub fn quad(&self, event_type: EventType) -> Option<u8> {
        Some(self.types.get(&event_type)?.quad)
    }
}

/// The event type of this name.
pub(crate) fn event_type(name: &str) -> Option<EventType> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}
