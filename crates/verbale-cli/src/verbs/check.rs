//! `check [DIR]`: the data folder proves itself.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;
use verbale::data::{Data, DataError};
use verbale::fuse::FusionRules;
use verbale::pipeline;
use verbale_parse::Parser;

use crate::Outcome;
use crate::args::{Format, Listing};
use crate::engine::overlay;
use crate::output::{Column, format_or_default, print, print_rows};

/// One fault, as a row.
#[derive(Serialize)]
struct Fault {
    file: String,
    line: usize,
    message: String,
}

impl From<DataError> for Fault {
    fn from(error: DataError) -> Self {
        Fault {
            file: error.file,
            line: error.line,
            message: error.message,
        }
    }
}

/// Checks lists, rules and every rule's sentences; each fault is told with file and line.
pub fn check(folder: Option<&Path>, listing: &Listing) -> Result<Outcome> {
    let data = match folder {
        Some(folder) => overlay(Data::embedded(), folder)?,
        None => Data::embedded(),
    };
    let mut faults: Vec<Fault> = pipeline::check(&data, Parser::english())
        .into_iter()
        .map(Fault::from)
        .collect();
    faults.extend(FusionRules::load(&data).err().map(Fault::from));
    let rules = data.below("lang/en/rules/").count();
    if faults.is_empty() {
        anstream::eprintln!("{rules} rules and all lists hold; every example gives what it says");
        return Ok(Outcome::Done);
    }
    let columns: [Column<Fault>; 2] = [
        ("where", |fault| format!("{}:{}", fault.file, fault.line)),
        ("fault", |fault| fault.message.clone()),
    ];
    match listing.format {
        // People want one fault per paragraph, unshortened; a table would wrap them.
        None | Some(Format::Text) => {
            let lines: Vec<String> = faults
                .iter()
                .map(|fault| format!("{}:{}: {}", fault.file, fault.line, fault.message))
                .collect();
            print(&lines.join("\n"))?;
        }
        asked => print_rows(&faults, &columns, format_or_default(asked))?,
    }
    anstream::eprintln!("{} faults", faults.len());
    Ok(Outcome::SomeFailed)
}
