//! What was found before, what is found now, and which losses somebody has given a reason for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Ids found at an earlier state, one a line; behind a tab the reason why one may be lost.
pub struct Baseline(BTreeMap<String, Option<String>>);

/// How the ids found now differ from a baseline.
#[derive(Default)]
pub struct Change {
    /// Found now and not before.
    pub gained: Vec<String>,
    /// Found before and not now.
    pub lost: Vec<String>,
    /// Those of the lost without a reason in the baseline.
    pub unexplained: Vec<String>,
}

impl Baseline {
    /// Reads a baseline; lines that begin with `#` are comments.
    pub fn read(path: &Path) -> Result<Baseline> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{}: the baseline cannot be read", path.display()))?;
        let rows = text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        Ok(Baseline(
            rows.map(|line| match line.split_once('\t') {
                Some((id, reason)) => (id.to_owned(), Some(reason.to_owned())),
                None => (line.to_owned(), None),
            })
            .collect(),
        ))
    }

    /// What has changed since.
    pub fn change(&self, found: &[String]) -> Change {
        let now: BTreeSet<&String> = found.iter().collect();
        let lost: Vec<String> = self
            .0
            .keys()
            .filter(|id| !now.contains(id))
            .cloned()
            .collect();
        Change {
            gained: now
                .into_iter()
                .filter(|id| !self.0.contains_key(*id))
                .cloned()
                .collect(),
            unexplained: lost
                .iter()
                .filter(|id| self.0[*id].is_none())
                .cloned()
                .collect(),
            lost,
        }
    }
}

/// Writes the ids found now as the next baseline.
pub fn write(path: &Path, found: &[String]) -> Result<()> {
    let mut ids: Vec<&String> = found.iter().collect();
    ids.sort_unstable();
    let mut text = String::from(
        "# Ids that `verbale eval` found. A loss is accepted with its reason behind a tab; `--write-baseline` writes the file anew.\n",
    );
    for id in ids {
        writeln!(text, "{id}").expect("a string takes every line");
    }
    fs::write(path, text)
        .with_context(|| format!("{}: the baseline cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_needs_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ids");
        write(&path, &["b".to_owned(), "a".to_owned()]).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text + "c\tthe gold was wrong\n").unwrap();
        let change = Baseline::read(&path)
            .unwrap()
            .change(&["b".to_owned(), "d".to_owned()]);
        assert_eq!(change.gained, ["d"]);
        assert_eq!(change.lost, ["a", "c"]);
        assert_eq!(change.unexplained, ["a"]);
    }
}
