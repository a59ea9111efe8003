//! `cargo xtask pack-model`: writes the packed English model from spaCy's.

use std::process::Command;

use anyhow::Result;

use crate::options::Options;
use crate::python;

/// Packs the model into `crates/verbale-model-en/model.bin`.
pub fn run(options: &Options) -> Result<()> {
    let interpreter = python::interpreter(options.path("--python"))?;
    let wheel = python::wheel(options.path("--wheel"), &interpreter)?;
    python::run(
        Command::new(interpreter)
            .arg(crate::root().join("models/pack.py"))
            .arg(wheel)
            .arg(crate::root().join("crates/verbale-model-en/model.bin")),
    )
}
