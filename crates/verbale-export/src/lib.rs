//! Facts, records and the panel in other people's formats.
//!
//! Every function takes values and gives bytes; files are the caller's. What each format cannot hold is told in
//! `docs/EXPORTS.md`. The words of other people's formats appear in this crate only.

pub mod batch;
pub mod columnar;
pub mod csvw;
mod events;
mod ftm;
mod gathered;
mod gdelt;
mod gexf;
mod plover;
mod polecat;
pub mod table;
pub mod tables;
mod timelinejs;
mod webannotation;

use std::io::Write;

use clap::ValueEnum;
pub use gathered::Gathered;
use thiserror::Error;
use verbale::dossier::Run;
use verbale::lexicon::Lexicon;
use verbale::record::{Fact, Record};
use verbale::series::Row;
use verbale_engine::cite::{self, Cited};
use verbale_read::Document;

use crate::table::Table;

/// What an export is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The facts.
    pub facts: &'a [Fact],
    /// The records.
    pub records: &'a [Record],
    /// The texts behind them.
    pub documents: &'a [Document],
    /// The rows of the panel, for the tables that hold it.
    pub panel: &'a [Row],
    /// Codes and names of states.
    pub lexicon: &'a Lexicon,
    /// What made the facts.
    pub run: &'a Run,
}

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// JSON lines of the contract
    Jsonl,
    /// CSV, with a file PATH-metadata.json that gives the types of its columns
    Csv,
    /// Parquet
    Parquet,
    /// JSON lines with the field names of the PLOVER manual
    Plover,
    /// GDELT 2.0 events: 61 columns, no header
    Gdelt,
    /// POLECAT: 40 columns
    Polecat,
    /// FollowTheMoney entities, JSON lines
    Ftm,
    /// The texts as BibLaTeX
    Bibtex,
    /// The texts as CSL-JSON
    Csl,
    /// Dated records for TimelineJS 3
    Timelinejs,
    /// Who deals with whom, for Gephi
    Gexf,
    /// W3C Web Annotations, JSON lines
    Webannotation,
}

impl Format {
    /// Media type, and the ending that files of the format usually have.
    pub fn media_type(self) -> (&'static str, &'static str) {
        match self {
            Format::Jsonl => ("application/jsonl", "jsonl"),
            Format::Csv => ("text/csv; charset=utf-8", "csv"),
            Format::Parquet => ("application/vnd.apache.parquet", "parquet"),
            Format::Plover => ("application/jsonl", "plover.jsonl"),
            Format::Gdelt => ("text/tab-separated-values; charset=utf-8", "gdelt.tsv"),
            Format::Polecat => ("text/tab-separated-values; charset=utf-8", "polecat.tsv"),
            Format::Ftm => ("application/jsonl", "ftm.jsonl"),
            Format::Bibtex => ("application/x-bibtex", "bib"),
            Format::Csl => ("application/vnd.citationstyles.csl+json", "csl.json"),
            Format::Timelinejs => ("application/json", "timeline.json"),
            Format::Gexf => ("application/xml", "gexf"),
            Format::Webannotation => ("application/jsonl", "annotations.jsonl"),
        }
    }
}

/// What the rows of `jsonl`, `csv` and `parquet` are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Rows {
    Facts,
    Records,
    Series,
}

/// Why nothing could be written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// CSV.
    #[error("CSV: {0}")]
    Csv(#[from] csv::Error),
    /// JSON.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Arrow.
    #[error("Arrow: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// Parquet.
    #[error("Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The writer that takes the bytes.
    #[error("{0}")]
    Write(#[from] std::io::Error),
    /// A batch without texts.
    #[error(
        "the batch has no column `text`; its columns are {columns}; rename the one that holds the texts"
    )]
    NoText {
        /// Its columns.
        columns: String,
    },
    /// A batch that was not coded.
    #[error("the batch has no column `{column}`; give the rows that coding gives")]
    NotCoded {
        /// The column that is missing.
        column: &'static str,
    },
    /// Rows that are not comparable.
    #[error(
        "coded by different programs, data or models ({resources}); code all texts anew with one"
    )]
    Mixed {
        /// What coded them.
        resources: String,
    },
    /// No pair of states.
    #[error("{0}: write a pair as AZE-PAK")]
    Pair(String),
    /// A column that holds no texts.
    #[error("the column `{column}` is {found}; make it a text (Utf8)")]
    ColumnType {
        /// The column.
        column: String,
        /// Its type.
        found: String,
    },
}

/// An export as bytes.
pub fn export(format: Format, rows: Rows, material: &Material) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    export_to(format, rows, material, &mut bytes)?;
    Ok(bytes)
}

/// Writes an export: line by line where the format has lines, else whole.
pub fn export_to(
    format: Format,
    rows: Rows,
    material: &Material,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let bytes = match format {
        Format::Jsonl => return jsonl(rows, material, out),
        Format::Csv => return csvw::csv(&table(rows, material), out),
        Format::Parquet => columnar::parquet(&table(rows, material))?,
        Format::Plover => plover::plover(material)?,
        Format::Gdelt => gdelt::gdelt(material),
        Format::Polecat => polecat::polecat(material),
        Format::Ftm => ftm::ftm(material)?,
        Format::Bibtex => cite::bibtex(&cited(material)).into_bytes(),
        Format::Csl => serde_json::to_vec_pretty(&cite::csl(&cited(material)))?,
        Format::Timelinejs => timelinejs::timelinejs(material)?,
        Format::Gexf => gexf::gexf(material),
        Format::Webannotation => webannotation::webannotation(material)?,
    };
    Ok(out.write_all(&bytes)?)
}

/// The table that CSV and Parquet are written from.
pub fn table(rows: Rows, material: &Material) -> Table {
    match rows {
        Rows::Facts => tables::facts(material.facts),
        Rows::Records => tables::records(material.records),
        Rows::Series => tables::series(material.panel),
    }
}

fn jsonl(rows: Rows, material: &Material, out: &mut dyn Write) -> Result<(), ExportError> {
    match rows {
        Rows::Facts => write_lines(material.facts, out),
        Rows::Records => write_lines(material.records, out),
        Rows::Series => write_lines(material.panel, out),
    }
}

fn cited<'a>(material: &Material<'a>) -> Vec<Cited<'a>> {
    material
        .documents
        .iter()
        .map(|document| Cited {
            document,
            quote: None,
        })
        .collect()
}

/// Values as JSON lines.
fn lines<T: serde::Serialize>(values: impl IntoIterator<Item = T>) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    write_lines(values, &mut bytes)?;
    Ok(bytes)
}

fn write_lines<T: serde::Serialize>(
    values: impl IntoIterator<Item = T>,
    mut out: &mut dyn Write,
) -> Result<(), ExportError> {
    for value in values {
        serde_json::to_writer(&mut out, &value)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Rows separated by tabs, as GDELT and POLECAT have them: without quotation marks, so no cell may hold a tab or a line break.
fn tab_separated(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| cell.split(['\t', '\n', '\r']).collect::<Vec<_>>().join(" "))
            .collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out.into_bytes()
}
