//! The columns of the panel, which has told them itself but for their meaning.

use verbale::series::{Cell, Row};

use crate::table::{Column, Kind, Table, Value};

/// The table of the panel.
pub fn series(rows: &[Row]) -> Table {
    let columns = rows.first().map_or_else(Vec::new, |row| {
        row.cells()
            .into_iter()
            .map(|(name, cell)| Column {
                kind: match cell {
                    Cell::Text(_) => Kind::Text,
                    Cell::Integer(_) => Kind::Integer,
                    Cell::Number(_) => Kind::Number,
                },
                meaning: meaning_in_panel(&name),
                name,
            })
            .collect()
    });
    let value = |cell: Cell| match cell {
        Cell::Text(text) => Value::Text(text),
        Cell::Integer(number) => number.map_or(Value::Null, Value::Integer),
        Cell::Number(number) => number.into(),
    };
    Table {
        columns,
        rows: rows
            .iter()
            .map(|row| {
                row.cells()
                    .into_iter()
                    .map(|(_, cell)| value(cell))
                    .collect()
            })
            .collect(),
    }
}

fn meaning_in_panel(name: &str) -> String {
    let meaning = match name {
        "ccode1" | "ccode2" => "Correlates of War number of the state",
        "gwcode1" | "gwcode2" => "Gleditsch and Ward number of the state",
        "iso1" | "iso2" => "ISO alpha-3 code of the state",
        "year" | "quarter" | "month" | "day" => {
            "of the period; empty where unplaced records have none"
        }
        "n" => "records said to have happened or to hold, not denied",
        "n_untyped" => "records of n without a PLOVER type",
        "n_quad1" => "records of n that are verbal cooperation",
        "n_quad2" => "records of n that are material cooperation",
        "n_quad3" => "records of n that are verbal conflict",
        "n_quad4" => "records of n that are material conflict",
        "n_denied" => "records said not to be",
        "goldstein_mean" => "mean Goldstein score of the records of n that have one",
        "n_documents" => "texts that cover the period",
        "n_witnesses" => "texts that tell a record of n",
        "n_independent" => "texts that tell a record of n, copies counted once",
        "n_by_publication" => "records placed by the day of their first text",
        "unplaced" => "records whose days do not lie in one period",
        "n_asserted" | "n_habitual" | "n_planned" | "n_intended" | "n_considered"
        | "n_conditional" | "n_requested" | "n_opinion" | "n_alleged" => {
            return format!("records of the modality {}, not denied", &name[2..]);
        }
        _ => {
            let event_type = name.trim_start_matches("n_").to_uppercase();
            return format!("records of n of the PLOVER type {event_type}");
        }
    };
    meaning.to_owned()
}
