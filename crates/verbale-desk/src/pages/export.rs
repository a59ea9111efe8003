//! The store in other people's formats.

use std::io;

use clap::ValueEnum;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use verbale_engine::asked::{Filters, Panel};
use verbale_export::{Format, Gathered, Rows, export_to};

use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::problem::Problem;

/// Fields of the query that say how a panel is counted.
pub const PANEL: [&str; 3] = ["by", "directed", "date"];

/// Names of the formats, as the command line has them.
pub fn names() -> Vec<String> {
    words::<Format>()
}

/// What the rows of a table can be.
pub fn rows() -> Vec<String> {
    words::<Rows>()
}

fn words<T: ValueEnum>() -> Vec<String> {
    T::value_variants()
        .iter()
        .filter_map(|value| Some(value.to_possible_value()?.get_name().to_string()))
        .collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    rows: Option<String>,
}

/// `/export/{name}`.
pub fn export(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let name = asked.part("name");
    let format = Format::from_str(name, false).map_err(|_| {
        Problem::missing(format!(
            "there is no export '{name}'; there are {}",
            names().join(", ")
        ))
    })?;
    let wanted: Wanted = only(asked, &["rows"])?;
    let rows = match &wanted.rows {
        None => Rows::Facts,
        Some(word) => Rows::from_str(word, false).map_err(|_| {
            Problem::asked(format!(
                "rows={word}: write one of {}",
                self::rows().join(" ")
            ))
        })?,
    };
    let panel: Panel = only(asked, &PANEL)?;
    let filters: Filters = asked.read(&[&PANEL[..], &["rows"]].concat())?;
    let gathered = Gathered::of(&desk.engine, &desk.store()?, &filters, rows, &panel)?;
    let (media, ending) = format.media_type();
    let stem = match format {
        Format::Jsonl | Format::Csv | Format::Parquet => match rows {
            Rows::Facts => "facts",
            Rows::Records => "records",
            Rows::Series => "series",
        },
        _ => "verbale",
    };
    let write = move |desk: &Desk, out: &mut dyn io::Write| {
        export_to(format, rows, &gathered.material(&desk.engine), out).map_err(io::Error::other)
    };
    Ok(Answer::file(
        media,
        format!("{stem}.{ending}"),
        Box::new(write),
    ))
}

/// Some fields of the query as a type.
fn only<T: DeserializeOwned>(asked: &Asked, names: &[&str]) -> Result<T, Problem> {
    let others: Vec<&str> = asked
        .query
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !names.contains(name))
        .collect();
    asked.read(&others)
}
