//! States and the English words that stand for them.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::table::{ListReader, members};
use crate::names::StateForm;

/// A state, territory or former state with its codes.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// ISO 3166-1 alpha-3; for former states the withdrawn code.
    pub id: String,
    /// ISO 3166-1 alpha-2, where there is one.
    pub iso2: Option<String>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch and Ward number.
    pub gw: Option<u16>,
    /// FIPS 10-4, as GDELT writes places.
    pub fips: Option<String>,
    /// Usual English name.
    pub name: String,
    /// Official English name.
    pub full_name: String,
    /// Which list the row comes from.
    pub kind: StateKind,
    /// First day in the state system.
    pub start: Option<Date>,
    /// Last day in the state system.
    pub end: Option<Date>,
    /// Ids of the states that followed.
    pub successor: Vec<String>,
}

/// Which list a row comes from; no verdict on status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    /// Member or observer of the United Nations, or of one of the two state systems.
    State,
    /// Another place with an ISO code.
    Territory,
    /// No longer existing.
    Former,
}

/// A word that stands for a state.
#[derive(Debug, Clone, PartialEq)]
pub struct StateName {
    /// ISO alpha-3.
    pub id: String,
    /// As written.
    pub form: String,
    /// Sort of word.
    pub kind: StateForm,
    /// First day of official use.
    pub from: Option<Date>,
    /// Last day of official use.
    pub to: Option<Date>,
    /// What else the bare word often is (`person`, `us_state`, `word`, …).
    pub ambiguous: Vec<String>,
}

impl StateName {
    /// Whether the bare word is often this other thing.
    pub fn may_be(&self, other: &str) -> bool {
        self.ambiguous.iter().any(|word| word == other)
    }
}

pub(super) fn states(lists: &mut ListReader) -> Vec<State> {
    let mut seen = HashMap::new();
    let mut states: Vec<State> = Vec::new();
    let mut successors = Vec::new();
    let file = "states.tsv";
    let columns = [
        "id",
        "iso2",
        "cow",
        "gw",
        "fips",
        "name",
        "full_name",
        "kind",
        "start",
        "end",
        "successor",
    ];
    for row in lists.rows(file, columns) {
        let [
            id,
            iso2,
            cow,
            gw,
            fips,
            name,
            full_name,
            kind,
            start,
            end,
            successor,
        ] = row.cells;
        let at = row.at;
        if id.len() != 3 || !id.chars().all(|c| c.is_ascii_uppercase()) {
            lists.error(at, format!("`id` is `{id}`; write three capital letters"));
        }
        lists.unique(at, &mut seen, id, id);
        states.push(State {
            id: id.to_owned(),
            iso2: filled(iso2),
            cow: lists.number(at, "cow", cow),
            gw: lists.number(at, "gw", gw),
            fips: filled(fips),
            name: lists.required(at, "name", name),
            full_name: lists.required(at, "full_name", full_name),
            kind: lists.one_of(
                at,
                "kind",
                kind,
                &[
                    ("state", StateKind::State),
                    ("territory", StateKind::Territory),
                    ("former", StateKind::Former),
                ],
            ),
            start: lists.date(at, "start", start),
            end: lists.date(at, "end", end),
            successor: members(successor),
        });
        successors.push((at, members(successor)));
    }
    lists.states = states.iter().map(|state| state.id.clone()).collect();
    for (at, ids) in successors {
        for id in ids {
            lists.known_state(at, "successor", &id);
        }
    }
    states
}

/// States whose summer is at the turn of the year.
pub(super) fn southern_seasons(lists: &mut ListReader) -> HashSet<String> {
    let mut states = HashSet::new();
    for row in lists.rows("lang/en/lists/southern_seasons.tsv", ["state"]) {
        let [state] = row.cells;
        lists.known_state(row.at, "state", state);
        states.insert(state.to_owned());
    }
    states
}

fn filled(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

pub(super) fn state_names(lists: &mut ListReader) -> Vec<StateName> {
    let mut seen = HashMap::new();
    let mut names = Vec::new();
    let file = "lang/en/lists/state_names.tsv";
    let kinds = [
        ("name", StateForm::Name),
        ("adjective", StateForm::Adjective),
        ("demonym", StateForm::Demonym),
        ("demonym_plural", StateForm::DemonymPlural),
        ("capital", StateForm::Capital),
        ("seat", StateForm::Seat),
        ("code", StateForm::Code),
    ];
    for row in lists.rows(file, ["id", "form", "kind", "from", "to", "ambiguous"]) {
        let [id, form, kind, from, to, ambiguous] = row.cells;
        let at = row.at;
        lists.known_state(at, "id", id);
        lists.unique(at, &mut seen, (id, form, kind), form);
        names.push(StateName {
            id: id.to_owned(),
            form: lists.required(at, "form", form),
            kind: lists.one_of(at, "kind", kind, &kinds),
            from: lists.date(at, "from", from),
            to: lists.date(at, "to", to),
            ambiguous: members(ambiguous),
        });
    }
    names
}
