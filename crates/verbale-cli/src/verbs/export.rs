//! `export`: the store in other people's formats.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use verbale_export::{Format, Gathered, Rows, csvw, export as written, table};
use verbale_store::Store;

use crate::Outcome;
use crate::args::{Filters, Panel};
use crate::engine::Engine;

/// `export`: the facts that pass the filters, their records, and the texts behind them.
pub fn export(
    engine: &Engine,
    store: &Store,
    (format, rows): (Format, Rows),
    path: &Path,
    panel: &Panel,
    filters: &Filters,
) -> Result<Outcome> {
    let gathered = Gathered::of(engine, store, filters, rows, panel)?;
    if gathered.is_empty(rows) {
        anstream::eprintln!("nothing found");
        return Ok(Outcome::Nothing);
    }
    let material = gathered.material(engine);
    save(path, &written(format, rows, &material)?)?;
    if format == Format::Csv && path.as_os_str() != "-" {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let described = csvw::metadata(&table(rows, &material), &name)?;
        save(&metadata_path(path), &described)?;
    }
    Ok(Outcome::Done)
}

fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    if path.as_os_str() == "-" {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        return Ok(out.flush()?);
    }
    std::fs::write(path, bytes).with_context(|| {
        format!(
            "{}: the export cannot be written; check that the folder exists",
            path.display()
        )
    })
}

/// Where readers of CSV on the Web look for the metadata of a file.
fn metadata_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push("-metadata.json");
    PathBuf::from(name)
}
