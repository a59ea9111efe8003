//! Organisations, companies, outlets, contested areas, towns, and nouns that stand for an actor.

use std::collections::HashMap;

use super::table::{ListReader, members};

/// An international organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Short id (`UN`).
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// How texts write it.
    pub forms: Vec<String>,
    /// What sort.
    pub kind: String,
    /// ISO alpha-3 of members, where listed.
    pub members: Vec<String>,
}

/// A company.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// Id of the list.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// How texts write it.
    pub forms: Vec<String>,
    /// ISO alpha-3 of the state whose company it is.
    pub state: Option<String>,
    /// Field in the contract's words.
    pub sector: String,
}

/// A news outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlet {
    /// Usual name.
    pub name: String,
    /// How texts write it.
    pub forms: Vec<String>,
    /// ISO alpha-3 of its home, where it has one.
    pub state: Option<String>,
}

/// One written name of a contested matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Contested {
    /// Neutral key of the matter.
    pub issue: String,
    /// As written by one of the sides or by others.
    pub form: String,
    /// Sort of name.
    pub kind: String,
    /// ISO alpha-3 of all who claim it; no verdict.
    pub claimed_by: Vec<String>,
}

/// A town.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    /// English name.
    pub name: String,
    /// ISO alpha-3; `None` where contested.
    pub state: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames id.
    pub geonames: Option<u64>,
}

/// A noun that stands for an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    /// Singular, lower case.
    pub noun: String,
    /// PLOVER actor sector (`GOV`, `MIL`, …).
    pub sector: String,
    /// What kind of role it is.
    pub role: String,
}

pub(super) fn organisations(lists: &mut ListReader) -> Vec<Organisation> {
    let mut seen = HashMap::new();
    let columns = ["id", "name", "forms", "kind", "members"];
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/organisations.tsv", columns) {
        let [id, name, forms, kind, states_in] = row.cells;
        lists.unique(row.at, &mut seen, id, id);
        let states_in = members(states_in);
        for state in &states_in {
            lists.known_state(row.at, "members", state);
        }
        all.push(Organisation {
            id: lists.required(row.at, "id", id),
            name: lists.required(row.at, "name", name),
            forms: members(forms),
            kind: kind.to_owned(),
            members: states_in,
        });
    }
    all
}

pub(super) fn companies(lists: &mut ListReader) -> Vec<Company> {
    let mut seen = HashMap::new();
    let columns = ["id", "name", "forms", "state", "sector"];
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/companies.tsv", columns) {
        let [id, name, forms, state, sector] = row.cells;
        lists.unique(row.at, &mut seen, id, id);
        all.push(Company {
            id: lists.required(row.at, "id", id),
            name: lists.required(row.at, "name", name),
            forms: members(forms),
            state: home(lists, row.at, state),
            sector: sector.to_owned(),
        });
    }
    all
}

pub(super) fn outlets(lists: &mut ListReader) -> Vec<Outlet> {
    let mut seen = HashMap::new();
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/outlets.tsv", ["name", "forms", "state"]) {
        let [name, forms, state] = row.cells;
        lists.unique(row.at, &mut seen, (name, state), name);
        all.push(Outlet {
            name: lists.required(row.at, "name", name),
            forms: members(forms),
            state: home(lists, row.at, state),
        });
    }
    all
}

pub(super) fn contested(lists: &mut ListReader) -> Vec<Contested> {
    let mut seen = HashMap::new();
    let columns = ["issue", "form", "kind", "claimed_by"];
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/contested.tsv", columns) {
        let [issue, form, kind, claimed_by] = row.cells;
        lists.unique(row.at, &mut seen, (issue, form), form);
        let claimed_by = members(claimed_by);
        for state in &claimed_by {
            lists.known_state(row.at, "claimed_by", state);
        }
        all.push(Contested {
            issue: lists.required(row.at, "issue", issue),
            form: lists.required(row.at, "form", form),
            kind: kind.to_owned(),
            claimed_by,
        });
    }
    all
}

pub(super) fn cities(lists: &mut ListReader) -> Vec<City> {
    let columns = ["name", "state", "lat", "lon", "geonames"];
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/cities.tsv", columns) {
        let [name, state, lat, lon, geonames] = row.cells;
        all.push(City {
            name: lists.required(row.at, "name", name),
            state: home(lists, row.at, state),
            lat: lists.number(row.at, "lat", lat).unwrap_or_default(),
            lon: lists.number(row.at, "lon", lon).unwrap_or_default(),
            geonames: lists.number(row.at, "geonames", geonames),
        });
    }
    all
}

/// Agents by singular and plural, lower case.
pub(super) fn agents(lists: &mut ListReader) -> HashMap<String, Agent> {
    let mut seen = HashMap::new();
    let columns = ["noun", "plural", "sector", "role"];
    let mut all = HashMap::new();
    for row in lists.rows("lang/en/lists/agents.tsv", columns) {
        let [noun, plural, sector, role] = row.cells;
        lists.unique(row.at, &mut seen, noun, noun);
        let agent = Agent {
            noun: lists.required(row.at, "noun", noun),
            sector: lists.required(row.at, "sector", sector),
            role: role.to_owned(),
        };
        for form in [noun, plural] {
            if !form.is_empty() {
                all.insert(form.to_lowercase(), agent.clone());
            }
        }
    }
    all
}

fn home(lists: &mut ListReader, at: super::table::Line, state: &str) -> Option<String> {
    if state.is_empty() {
        return None;
    }
    lists.known_state(at, "state", state);
    Some(state.to_owned())
}
