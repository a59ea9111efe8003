//! Word classes, words of fields, and words of money.

use std::collections::{HashMap, HashSet};

use super::table::{Line, ListReader};

/// The fields of the contract.
pub const SECTORS: [&str; 19] = [
    "defence",
    "energy",
    "trade",
    "investment",
    "transport",
    "infrastructure",
    "information_technology",
    "health",
    "textiles",
    "agriculture",
    "education",
    "culture",
    "science",
    "tourism",
    "finance",
    "environment",
    "humanitarian",
    "legal",
    "political",
];

/// A word of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    /// As written.
    pub form: String,
    /// Sort of form (`symbol`, `name`, `code`, …).
    pub kind: String,
}

/// Words of fields, lower case, with their fields.
pub(super) fn sectors(lists: &mut ListReader) -> Vec<(String, String)> {
    let mut seen = HashMap::new();
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/sectors.tsv", ["word", "sector"]) {
        let [word, sector] = row.cells;
        lists.unique(row.at, &mut seen, (word, sector), word);
        if !SECTORS.contains(&sector) {
            lists.error(
                row.at,
                format!(
                    "`sector` is `{sector}`; write one of {}",
                    SECTORS.join(", ")
                ),
            );
        }
        all.push((word.to_lowercase(), sector.to_owned()));
    }
    all
}

pub(super) fn currencies(lists: &mut ListReader) -> Vec<Currency> {
    let mut seen = HashMap::new();
    let mut all = Vec::new();
    for row in lists.rows("lang/en/lists/currencies.tsv", ["code", "form", "kind"]) {
        let [code, form, kind] = row.cells;
        lists.unique(row.at, &mut seen, (code, form), form);
        if code.len() != 3 || !code.chars().all(|c| c.is_ascii_uppercase()) {
            lists.error(
                row.at,
                format!("`code` is `{code}`; write an ISO 4217 code"),
            );
        }
        all.push(Currency {
            code: code.to_owned(),
            form: lists.required(row.at, "form", form),
            kind: kind.to_owned(),
        });
    }
    all
}

/// Word classes by file name: one lemma per line, `#` starts a comment.
pub(super) fn classes(lists: &mut ListReader) -> HashMap<String, HashSet<String>> {
    const FOLDER: &str = "lang/en/classes/";
    let mut all: HashMap<String, HashSet<String>> = HashMap::new();
    let data = lists.data;
    for (file, text) in data.below(FOLDER) {
        let Some(name) = file[FOLDER.len()..].strip_suffix(".txt") else {
            continue;
        };
        let mut lines = HashMap::new();
        for (index, line) in text.lines().enumerate() {
            let word = line.split('#').next().unwrap_or_default().trim();
            if word.is_empty() {
                continue;
            }
            let at = Line {
                file,
                number: index + 1,
            };
            if word.contains('\t') {
                lists.error(at, "a tab inside a word; write one word per line");
            }
            lists.unique(at, &mut lines, word, word);
        }
        let words = lines.into_keys().map(str::to_owned).collect();
        all.insert(name.to_owned(), words);
    }
    all
}
