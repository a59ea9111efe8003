//! A row of the panel: the keys of a dyad, a period, and what was counted in it.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::period::{By, Period};
use crate::record::{EventType, Modality, word};

/// The PLOVER types in the order of their columns.
pub const TYPES: [EventType; 16] = [
    EventType::Agree,
    EventType::Consult,
    EventType::Support,
    EventType::Concede,
    EventType::Cooperate,
    EventType::Aid,
    EventType::Retreat,
    EventType::Request,
    EventType::Accuse,
    EventType::Reject,
    EventType::Threaten,
    EventType::Protest,
    EventType::Sanction,
    EventType::Mobilize,
    EventType::Coerce,
    EventType::Assault,
];

/// The modalities in the order of their columns.
pub const MODALITIES: [Modality; 9] = [
    Modality::Asserted,
    Modality::Habitual,
    Modality::Planned,
    Modality::Intended,
    Modality::Considered,
    Modality::Conditional,
    Modality::Requested,
    Modality::Opinion,
    Modality::Alleged,
];

/// A state with its keys in the systems that panels are joined on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateKeys {
    /// ISO alpha-3.
    pub iso: String,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch and Ward number.
    pub gw: Option<u16>,
}

/// One dyad in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The two states; in a directed panel the first one acts on the second.
    pub states: [StateKeys; 2],
    /// Length of the panel's periods.
    pub by: By,
    /// The period. `None` for the row of the dyad's unplaced records.
    pub period: Option<Period>,
    /// The year of the period; also of unplaced records whose days lie in one year.
    pub year: Option<i16>,
    /// What was counted. `None` where no text covers the period: nobody looked.
    pub counts: Option<Counts>,
    /// Records whose days do not lie inside one period. Each is counted in one row only.
    pub unplaced: usize,
}

/// What the records of a dyad and a period come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// Records said to have happened or to hold, and not denied.
    pub records: usize,
    /// Those by PLOVER type.
    pub types: BTreeMap<EventType, usize>,
    /// Those without a PLOVER type.
    pub untyped: usize,
    /// Those by quad class, 1 to 4.
    pub quads: [usize; 4],
    /// Records that are not denied, by modality.
    pub modalities: BTreeMap<Modality, usize>,
    /// Records said not to be.
    pub denied: usize,
    /// Mean Goldstein score of the counted records that have one.
    pub goldstein_mean: Option<f64>,
    /// Texts that cover the period: published in it, or telling one of its records.
    pub documents: usize,
    /// Texts that tell a counted record.
    pub witnesses: usize,
    /// Those, copies of one text counted once.
    pub independent: usize,
    /// Records placed by the day of publication, not by their own.
    pub by_publication: usize,
}

/// A value of the panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Letters.
    Text(String),
    /// A whole number; `None` is unknown, never zero.
    Integer(Option<i64>),
    /// A number; `None` is unknown, never zero.
    Number(Option<f64>),
}

impl Row {
    /// The row's columns and values, in the order of the panel; the columns depend on the length of the periods only.
    pub fn cells(&self) -> Vec<(String, Cell)> {
        let mut cells = Cells(Vec::with_capacity(56));
        let [one, two] = &self.states;
        cells.integer("ccode1", one.cow);
        cells.integer("ccode2", two.cow);
        cells.integer("gwcode1", one.gw);
        cells.integer("gwcode2", two.gw);
        cells.text("iso1", &one.iso);
        cells.text("iso2", &two.iso);
        cells.integer("year", self.year);
        let first = self.period.map(Period::first);
        if self.by == By::Quarter {
            cells.integer("quarter", self.period.map(Period::quarter));
        }
        if matches!(self.by, By::Month | By::Day) {
            cells.integer("month", first.map(|day| day.month()));
        }
        if self.by == By::Day {
            cells.integer("day", first.map(|day| day.day()));
        }
        let counts = self.counts.as_ref();
        let count = |of: &dyn Fn(&Counts) -> usize| counts.map(|counts| of(counts) as i64);
        cells.integer("n", count(&|counts| counts.records));
        for event_type in TYPES {
            let name = format!("n_{}", word(&event_type).to_lowercase());
            let of_type = count(&|counts| counts.types.get(&event_type).copied().unwrap_or(0));
            cells.integer(&name, of_type);
        }
        cells.integer("n_untyped", count(&|counts| counts.untyped));
        for quad in 0..4 {
            let name = format!("n_quad{}", quad + 1);
            cells.integer(&name, count(&|counts| counts.quads[quad]));
        }
        for modality in MODALITIES {
            let name = format!("n_{}", word(&modality));
            let so_said = count(&|counts| counts.modalities.get(&modality).copied().unwrap_or(0));
            cells.integer(&name, so_said);
        }
        cells.integer("n_denied", count(&|counts| counts.denied));
        cells.number(
            "goldstein_mean",
            counts.and_then(|counts| counts.goldstein_mean),
        );
        // That nobody looked is known, and no blank.
        let covering = counts.map_or(0, |counts| counts.documents as i64);
        cells.integer("n_documents", self.period.map(|_| covering));
        cells.integer("n_witnesses", count(&|counts| counts.witnesses));
        cells.integer("n_independent", count(&|counts| counts.independent));
        cells.integer("n_by_publication", count(&|counts| counts.by_publication));
        cells.integer("unplaced", Some(self.unplaced as i64));
        cells.0
    }
}

struct Cells(Vec<(String, Cell)>);

impl Cells {
    fn text(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), Cell::Text(value.to_owned())));
    }

    fn integer(&mut self, name: &str, value: Option<impl Into<i64>>) {
        self.0
            .push((name.to_owned(), Cell::Integer(value.map(Into::into))));
    }

    fn number(&mut self, name: &str, value: Option<f64>) {
        self.0.push((name.to_owned(), Cell::Number(value)));
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.cells();
        let mut map = serializer.serialize_map(Some(cells.len()))?;
        for (name, value) in &cells {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
