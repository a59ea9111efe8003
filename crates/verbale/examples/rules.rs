//! A bench for who writes rules: reads a data folder from disk, so that nothing is rebuilt when a rule changes.
//!
//! `cargo run -p verbale --example rules -- data check [FAMILY]` runs all sentences of all rules (and shows errors of one family);
//! `cargo run -p verbale --example rules -- data "SENTENCE" …` (or a file's name) shows what the rules made of each
//! predication, all predications, and the facts.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use verbale::data::Data;
use verbale::pipeline::{Language, check, code_text};
use verbale_parse::Parser;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a data folder")?;
    let data = below(Path::new(&folder), Path::new(&folder), Data::embedded())?;
    let rest: Vec<String> = arguments.collect();
    if rest.first().is_some_and(|verb| verb == "check") {
        let start = Instant::now();
        let errors = check(&data, Parser::english());
        let shown = errors.iter().filter(|error| {
            rest.get(1)
                .is_none_or(|family| error.file.contains(family.as_str()))
        });
        for error in shown {
            println!("{error}\n");
        }
        println!("{} errors in {:.1?}", errors.len(), start.elapsed());
        return Ok(());
    }
    let language = Language::load(&data).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    for input in &rest {
        // A sentence, or the name of a file to read.
        let text = std::fs::read_to_string(input).unwrap_or_else(|_| input.clone());
        let start = Instant::now();
        let reading = code_text(&text, None, &language, Parser::english());
        let took = start.elapsed();
        if text == *input {
            println!("{}", serde_json::to_string_pretty(&reading.facts)?);
        }
        for derivation in &reading.derivations {
            println!("{}", serde_json::to_string(derivation)?);
        }
        for predication in &reading.predications {
            let tree = &reading.trees.units[predication.unit];
            println!("{}", verbale::clause::render(predication, tree, &text));
        }
        for fact in &reading.facts {
            let ids = |parties: &[verbale::record::Party]| {
                let ids: Vec<&str> = parties.iter().map(|party| party.id.as_str()).collect();
                ids.join(",")
            };
            println!(
                "{} {:?} {:?} {} > {} mutual={} negated={} {:?} [{}] {:?} | {}",
                fact.rule,
                fact.kind,
                fact.event_type,
                ids(&fact.actor),
                ids(&fact.recipient),
                fact.mutual,
                fact.negated,
                fact.modality,
                fact.date.edtf,
                fact.sectors,
                fact.quote
            );
        }
        println!("{took:.1?}");
    }
    Ok(())
}

/// The data with every file of a folder laid over.
fn below(root: &Path, folder: &Path, mut data: Data) -> Result<Data, Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            data = below(root, &path, data)?;
        } else if path
            .extension()
            .is_some_and(|ending| ["tsv", "toml", "txt"].iter().any(|known| ending == *known))
        {
            let name = path
                .strip_prefix(root)?
                .to_string_lossy()
                .replace('\\', "/");
            data = data.with(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(data)
}
