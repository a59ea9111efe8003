//! Facts, records and the panel as tables.

mod facts;
mod panel;
mod records;

pub use panel::series;
use verbale::record::{Fact, Party, Record};

use crate::table::{Table, Value};

/// The table of facts: one row each, flat, with lists where a fact has several values.
pub fn facts(facts: &[Fact]) -> Table {
    Table::of(facts::FACTS, facts)
}

/// The table of records.
pub fn records(records: &[Record]) -> Table {
    Table::of(records::RECORDS, records)
}

fn ids(parties: &[Party]) -> Value {
    Value::Texts(parties.iter().map(|party| party.id.clone()).collect())
}

/// The states among parties: what they are or stand for, each once.
fn states(parties: &[Party]) -> Value {
    let mut states: Vec<String> = Vec::new();
    for state in parties.iter().filter_map(Party::stands_for) {
        if !states.iter().any(|known| known == state) {
            states.push(state.to_owned());
        }
    }
    Value::Texts(states)
}

fn names(parties: &[Party]) -> Value {
    Value::Texts(parties.iter().map(|party| party.name.clone()).collect())
}
