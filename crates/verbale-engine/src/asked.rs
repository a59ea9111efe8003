//! What can be asked: the same names on the command line and in the address of a page.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use verbale::series::By;

/// What is known about texts that do not say it themselves.
#[derive(Debug, Clone, Default, Args)]
pub struct Known {
    /// Publication day or instant of texts that give none (2024-07-13 or 2024-07-13T08:30+04:00)
    #[arg(long, value_name = "WHEN")]
    pub published: Option<String>,

    /// Outlet of texts that name none
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,

    /// Which JSON fields hold what, for example text=body,published=date
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',')]
    pub map: Vec<String>,
}

/// What listings leave out unless asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Include {
    /// Facts that a person rejected
    Rejected,
}

/// The filters of every listing.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Both states, for example --pair AZE,PAK
    #[arg(long, value_name = "A,B")]
    pub pair: Option<String>,
    /// Kinds: event agreement commitment position relation cooperation transfer role figure claim; records also visit meeting person
    #[serde(deserialize_with = "list")]
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// PLOVER types: AGREE CONSULT SUPPORT …
    #[serde(rename = "type", deserialize_with = "list")]
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub event_type: Vec<String>,
    /// PLOVER modes
    #[serde(deserialize_with = "list")]
    #[arg(long, value_name = "MODE", value_delimiter = ',')]
    pub mode: Vec<String>,
    /// Modalities: asserted planned intended considered conditional requested habitual opinion alleged
    #[serde(deserialize_with = "list")]
    #[arg(long, value_name = "MODALITY", value_delimiter = ',')]
    pub modality: Vec<String>,
    /// Part of the innermost speaker's name
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// A sector: defence energy trade …
    #[arg(long, value_name = "SECTOR")]
    pub sector: Option<String>,
    /// A contested matter by its neutral key
    #[arg(long, value_name = "KEY")]
    pub issue: Option<String>,
    /// First day
    #[arg(long, value_name = "DAY")]
    pub from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DAY")]
    pub to: Option<Date>,
    /// One document by id or file name
    #[arg(long, value_name = "DOC")]
    pub doc: Option<String>,
    /// At least so many independent witnesses
    #[serde(deserialize_with = "number")]
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub min_independent: usize,
    /// Words in the quote or title
    #[arg(long, value_name = "WORDS")]
    pub q: Option<String>,
    /// Also what a person rejected
    #[arg(long, value_enum, value_name = "WHAT")]
    pub include: Option<Include>,
}

/// How a panel is counted.
#[derive(Debug, Clone, Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Panel {
    /// Length of the periods
    #[arg(long, default_value = "year", value_parser = PossibleValuesParser::new(["day", "month", "quarter", "year"]).map(period))]
    pub by: By,
    /// Tell A to B from B to A
    #[serde(deserialize_with = "truth")]
    #[arg(long)]
    pub directed: bool,
    /// The day that places a record
    #[arg(long, value_enum, default_value_t = PlacedBy::Event)]
    pub date: PlacedBy,
}

impl Default for Panel {
    fn default() -> Self {
        Panel {
            by: By::Year,
            directed: false,
            date: PlacedBy::Event,
        }
    }
}

/// Which day places a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacedBy {
    /// Its own; records without one are unplaced
    Event,
    /// Its own, else the day of its first text; the column n_by_publication says how many
    Published,
}

/// The end of a day, or an instant.
pub fn moment(words: &str) -> crate::Result<Timestamp> {
    if let Ok(instant) = words.parse::<Timestamp>() {
        return Ok(instant);
    }
    words
        .parse::<Date>()
        .ok()
        .and_then(|day| format!("{day}T23:59:59.999999Z").parse().ok())
        .ok_or_else(|| {
            crate::Error::Asked(format!(
                "{words}: write a day or an instant, for example 2024-07-13 or 2024-07-13T08:30:00Z"
            ))
        })
}

fn period(word: String) -> By {
    match word.as_str() {
        "day" => By::Day,
        "month" => By::Month,
        "quarter" => By::Quarter,
        _ => By::Year,
    }
}

/// A list in one word, with commas between.
fn list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let words = String::deserialize(from)?;
    Ok(words
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(String::from)
        .collect())
}

/// A number as an address has it: a word.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

/// Yes or no as an address has it: a word.
fn truth<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}
