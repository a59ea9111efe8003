//! The gold in its forms: a record in one file, a folder of codings, or sentences with one label.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use verbale::dossier::status;
use verbale::eval::{GoldFact, read_coding, read_gold};
use verbale::record::Fact;
use verbale_engine::inputs::{Chosen, expand};

use crate::args::Known;
use crate::engine::Engine;
use crate::{ingest, talk};

/// Gold facts of a record (JSON lines), or of a folder with one coding (`NAME.jsonl`) for each text `NAME.txt`.
pub fn facts(
    engine: &Engine,
    gold: &Path,
    texts: &Path,
    prefix: Option<&str>,
) -> Result<Vec<GoldFact>> {
    let read = |path: &Path| {
        fs::read_to_string(path)
            .with_context(|| format!("{}: the gold record cannot be read", path.display()))
    };
    let prefix = prefix.unwrap_or_default();
    if !gold.is_dir() {
        let mut facts = read_gold(&read(gold)?)
            .with_context(|| format!("{}: not a gold record", gold.display()))?;
        facts.retain(|fact| fact.seed.starts_with(prefix));
        return Ok(facts);
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(gold)
        .with_context(|| format!("{}: cannot be listed", gold.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    let mut facts = Vec::new();
    for path in paths {
        let stem = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        if !stem.starts_with(prefix) || path.extension().is_none_or(|ending| ending != "jsonl") {
            continue;
        }
        let name = format!("{stem}.txt");
        let text = read(&texts.join(&name))?;
        facts.extend(
            read_coding(&name, &text, &read(&path)?, &engine.language.lexicon)
                .with_context(|| format!("{}: not a coding", path.display()))?,
        );
    }
    if facts.is_empty() {
        bail!("{}: no coding begins with `{prefix}`", gold.display());
    }
    Ok(facts)
}

/// What the program says of the texts of a gold record.
pub fn coded(engine: &Engine, gold: &[GoldFact], texts: &Path) -> Result<Vec<Fact>> {
    let names: BTreeSet<&str> = gold.iter().map(|fact| fact.seed.as_str()).collect();
    let paths: Vec<PathBuf> = names.iter().map(|name| texts.join(name)).collect();
    let (documents, failed) = ingest::documents(
        expand(&paths, &Chosen::default()),
        &Known::default(),
        &talk::tell,
    )?;
    if failed > 0 {
        bail!(
            "{failed} texts of the gold record are missing in {}",
            texts.display()
        );
    }
    let documents: Vec<_> = documents
        .into_iter()
        .map(|(document, _)| document)
        .filter(|document| status(document) == "ok")
        .collect();
    Ok(engine
        .code_all(&documents)
        .into_iter()
        .flat_map(|reading| reading.facts)
        .collect())
}
