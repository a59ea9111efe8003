//! `schema`, `version`, `completions`, `man`: about the program itself.

use anyhow::Result;
use clap::CommandFactory;
use schemars::{JsonSchema, schema_for};
use serde_json::json;
use verbale::record::{Dossier, Fact, Record, SCHEMA};

use crate::Outcome;
use crate::args::Cli;
use crate::engine::Engine;
use crate::output::print;

/// What the program prints, for the schema.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct Contract {
    fact: Fact,
    record: Record,
    dossier: Dossier,
}

/// `schema`.
pub fn schema() -> Result<Outcome> {
    print(&serde_json::to_string_pretty(&schema_for!(Contract))?)?;
    Ok(Outcome::Done)
}

/// `version`.
pub fn version(engine: &Engine, as_json: bool) -> Result<Outcome> {
    let run = engine.run();
    if as_json {
        let value = json!({ "program": run.program, "schema": SCHEMA, "data": run.data, "model": run.model });
        print(&serde_json::to_string(&value)?)?;
    } else {
        print(&format!(
            "verbale {}\nschema {SCHEMA}\ndata {}\nmodel {}",
            run.program, run.data, run.model
        ))?;
    }
    Ok(Outcome::Done)
}

/// `completions SHELL`.
pub fn completions(shell: clap_complete::Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "verbale", &mut script);
    print(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}

/// `man`.
pub fn man() -> Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&String::from_utf8(page)?)?;
    Ok(Outcome::Done)
}
