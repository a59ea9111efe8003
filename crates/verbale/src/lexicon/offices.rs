//! Offices and who held the highest of them when.

use std::collections::HashMap;

use jiff::civil::Date;

use super::table::{ListReader, members};

/// A title that people bear.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Canonical title (`prime minister`).
    pub title: String,
    /// How texts write it, lower case.
    pub forms: Vec<String>,
    /// Family of offices (`head_of_state`, `minister`, `diplomat`, …).
    pub class: String,
    /// How high.
    pub level: String,
    /// Branch of power.
    pub branch: String,
    /// Whether it is an office of state; an analyst's is not.
    pub official: bool,
}

/// A tenure of a leader. Outside knowledge: it helps to tell people apart and is never extracted.
#[derive(Debug, Clone, PartialEq)]
pub struct Leader {
    /// Full name.
    pub name: String,
    /// What follows a title alone; several spellings, none for monarchs, who keep their name.
    pub surnames: Vec<String>,
    /// Other spellings.
    pub forms: Vec<String>,
    /// ISO alpha-3.
    pub state: String,
    /// Canonical title; `None` where the source has none.
    pub office: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Where the row comes from.
    pub source: String,
}

pub(super) fn offices(lists: &mut ListReader) -> Vec<Office> {
    let mut seen = HashMap::new();
    let columns = ["title", "forms", "class", "level", "branch", "official"];
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/offices.tsv", columns) {
        let [title, forms, class, level, branch, official] = row.cells;
        lists.unique(row.at, &mut seen, title, title);
        all.push(Office {
            title: lists.required(row.at, "title", title),
            forms: members(forms),
            class: class.to_owned(),
            level: level.to_owned(),
            branch: branch.to_owned(),
            official: lists.one_of(
                row.at,
                "official",
                official,
                &[("yes", true), ("no", false)],
            ),
        });
    }
    all
}

pub(super) fn leaders(lists: &mut ListReader) -> Vec<Leader> {
    let columns = [
        "name", "surname", "forms", "state", "office", "from", "to", "source",
    ];
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/leaders.tsv", columns) {
        let [name, surname, forms, state, office, from, to, source] = row.cells;
        lists.known_state(row.at, "state", state);
        all.push(Leader {
            name: lists.required(row.at, "name", name),
            surnames: members(surname),
            forms: members(forms),
            state: state.to_owned(),
            office: (!office.is_empty()).then(|| office.to_owned()),
            from: lists.date(row.at, "from", from),
            to: lists.date(row.at, "to", to),
            source: lists.required(row.at, "source", source),
        });
    }
    all
}
