//! Our own gold texts with their codings, as `tests/gold/README.md` lays them out.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use verbale::eval::{GoldFact, Marked, read_coding, read_marked};
use verbale::lexicon::Lexicon;

/// The folder of our own gold.
pub fn folder() -> PathBuf {
    crate::root().join("tests/gold")
}

/// Names of the texts that have a coding in `coder` (`first`, `second`) and begin with one of the prefixes, in order.
pub fn names(coder: &str, prefixes: &[&str]) -> Result<Vec<String>> {
    let folder = folder().join(coder);
    let mut names = Vec::new();
    for path in files(&folder)? {
        let name = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        if prefixes.iter().any(|prefix| name.starts_with(prefix)) {
            names.push(format!("{name}.txt"));
        }
    }
    Ok(names)
}

/// The files of a folder in order of name.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("{}: cannot be listed", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// The text of one of our own articles.
pub fn text(name: &str) -> Result<String> {
    let path = folder().join("texts").join(name);
    fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))
}

/// What a coder found in one text.
pub fn coding(coder: &str, name: &str) -> Result<Vec<GoldFact>> {
    let path = folder().join(coder).join(name.replace(".txt", ".jsonl"));
    let lines =
        fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    read_coding(name, &text(name)?, &lines, Lexicon::embedded())
        .with_context(|| format!("{}: not a coding", path.display()))
}

/// What a coder found in several texts.
pub fn codings(coder: &str, names: &[String]) -> Result<Vec<GoldFact>> {
    let mut facts = Vec::new();
    for name in names {
        facts.extend(coding(coder, name)?);
    }
    Ok(facts)
}

/// The labelled sentences of a folder of the gold, in order of file and line.
pub fn sentences(place: &str) -> Result<Vec<Marked>> {
    let mut all = Vec::new();
    for path in files(&folder().join(place))? {
        let table = fs::read_to_string(&path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        all.extend(
            read_marked(&table)
                .with_context(|| format!("{}: not labelled sentences", path.display()))?,
        );
    }
    Ok(all)
}
