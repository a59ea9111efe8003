//! The list of predicates that stand between parties and are deliberately not coded, each with its reason.

use std::collections::HashMap;

use crate::data::{Data, DataError};
use crate::lexicon::ListReader;

/// Path of the list.
const FILE: &str = "lang/en/lists/not_coded.tsv";

/// Why a predicate is no dealing between parties.
const REASONS: [&str; 10] = [
    "speech",
    "thought",
    "likeness",
    "place",
    "belonging",
    "office",
    "phase",
    "ceremony",
    "vague",
    "matter",
];

/// Predicates by lemma and the roles of their two parties, with the reason why no rule takes them.
#[derive(Debug, Clone, Default)]
pub struct NotCoded {
    reasons: HashMap<(String, String), String>,
}

impl NotCoded {
    /// Reads the list; what is wrong with it joins `errors`.
    pub fn load(data: &Data, errors: &mut Vec<DataError>) -> Self {
        let mut lists = ListReader::new(data);
        let mut list = NotCoded::default();
        for row in lists.rows(FILE, ["predicate", "frame", "reason"]) {
            let [predicate, frame, reason] = row.cells;
            if !REASONS.contains(&reason) {
                lists.error(
                    row.at,
                    format!("`{reason}` is not one of {}", REASONS.join(", ")),
                );
            }
            let predicate = lists.required(row.at, "predicate", predicate);
            let frame = lists.required(row.at, "frame", frame);
            let told = list.reasons.insert((predicate, frame), reason.to_owned());
            if told.is_some() {
                lists.error(row.at, "listed twice; keep one row");
            }
        }
        errors.append(&mut lists.errors);
        list
    }

    /// Why a predicate with its parties at these roles (`agent>patient`) is not coded; `*` in the list takes all roles.
    pub fn reason(&self, predicate: &str, frame: &str) -> Option<&str> {
        let get = |frame: &str| self.reasons.get(&(predicate.to_owned(), frame.to_owned()));
        get(frame).or_else(|| get("*")).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_may_mean_one_frame_or_all() {
        let table =
            "predicate\tframe\treason\nresemble\t*\tlikeness\nborder\tagent>counterpart\tplace\n";
        let mut errors = Vec::new();
        let list = NotCoded::load(&Data::embedded().with(FILE, table), &mut errors);
        assert_eq!(errors, []);
        assert_eq!(list.reason("resemble", "agent>patient"), Some("likeness"));
        assert_eq!(list.reason("border", "agent>patient"), None);
    }

    #[test]
    fn unknown_reasons_and_second_rows_are_refused() {
        let table = "predicate\tframe\treason\nsay\t*\ttalk\nsay\t*\tspeech\n";
        let mut errors = Vec::new();
        NotCoded::load(&Data::embedded().with(FILE, table), &mut errors);
        let lines: Vec<usize> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [2, 3], "{errors:?}");
    }
}
