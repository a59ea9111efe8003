//! Tab-separated lists, read strictly: whatever is odd is an error with file, line and remedy, and all errors of a
//! load are told at once.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use jiff::civil::Date;

use crate::data::{Data, DataError};

/// Reads lists from the data folder and gathers what is wrong with them.
pub(crate) struct ListReader<'a> {
    pub(crate) data: &'a Data,
    pub(crate) errors: Vec<DataError>,
    /// Ids that other lists may name, once the states are read.
    pub(crate) states: HashSet<String>,
}

/// One row: its cells in the order in which the reader asked for the columns.
pub(crate) struct Row<'a, const N: usize> {
    pub(crate) cells: [&'a str; N],
    pub(crate) at: Line<'a>,
}

/// Where a row stands.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) file: &'a str,
    pub(crate) number: usize,
}

impl<'a> ListReader<'a> {
    pub(crate) fn new(data: &'a Data) -> Self {
        ListReader {
            data,
            errors: Vec::new(),
            states: HashSet::new(),
        }
    }

    /// The rows of one list. The file must have exactly these columns, in any order.
    pub(crate) fn rows<const N: usize>(
        &mut self,
        file: &'a str,
        columns: [&str; N],
    ) -> Vec<Row<'a, N>> {
        let whole = Line { file, number: 0 };
        let Some(text) = self.data.get(file) else {
            self.error(
                whole,
                "the list is missing; restore it, with a header row only if it shall be empty",
            );
            return Vec::new();
        };
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let Some((number, header)) = lines.next() else {
            self.error(
                whole,
                format!("no header row; write {}", columns.join("<tab>")),
            );
            return Vec::new();
        };
        let header: Vec<&str> = header.split('\t').collect();
        let at = Line { file, number };
        for name in &header {
            if !columns.contains(name) {
                self.error(
                    at,
                    format!(
                        "unknown column `{name}`; the columns are {}",
                        columns.join(", ")
                    ),
                );
            }
        }
        let mut order = [0; N];
        for (slot, column) in order.iter_mut().zip(columns) {
            match header.iter().position(|name| *name == column) {
                Some(position) => *slot = position,
                None => {
                    self.error(at, format!("missing column `{column}`; add it"));
                    return Vec::new();
                }
            }
        }
        let mut rows = Vec::new();
        for (number, line) in lines {
            let at = Line { file, number };
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() == header.len() {
                rows.push(Row {
                    cells: order.map(|position| cells[position].trim()),
                    at,
                });
            } else {
                self.error(
                    at,
                    format!(
                        "{} cells where the header has {}; add or remove tabs",
                        cells.len(),
                        header.len()
                    ),
                );
            }
        }
        rows
    }

    pub(crate) fn error(&mut self, at: Line, message: impl Into<String>) {
        self.errors.push(DataError {
            file: at.file.to_owned(),
            line: at.number,
            message: message.into(),
        });
    }

    /// A cell that must not be empty.
    pub(crate) fn required(&mut self, at: Line, column: &str, cell: &str) -> String {
        if cell.is_empty() {
            self.error(at, format!("`{column}` is empty; every row needs it"));
        }
        cell.to_owned()
    }

    /// One of a closed set of words.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        at: Line,
        column: &str,
        cell: &str,
        words: &[(&str, T)],
    ) -> T {
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == cell) {
            return *value;
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.error(
            at,
            format!("`{column}` is `{cell}`; write one of {}", known.join(", ")),
        );
        words[0].1
    }

    /// A day, or nothing. A year or a month alone stands for its first day.
    pub(crate) fn date(&mut self, at: Line, column: &str, cell: &str) -> Option<Date> {
        if cell.is_empty() {
            return None;
        }
        let padded = match cell.len() {
            4 => format!("{cell}-01-01"),
            7 => format!("{cell}-01"),
            _ => cell.to_owned(),
        };
        let date = padded.parse().ok();
        if date.is_none() {
            self.error(
                at,
                format!("`{column}` is `{cell}`; write a day as 1999-12-31"),
            );
        }
        date
    }

    /// A number, or nothing.
    pub(crate) fn number<T: std::str::FromStr>(
        &mut self,
        at: Line,
        column: &str,
        cell: &str,
    ) -> Option<T> {
        if cell.is_empty() {
            return None;
        }
        let number = cell.parse().ok();
        if number.is_none() {
            self.error(
                at,
                format!("`{column}` is `{cell}`; write a number or leave it empty"),
            );
        }
        number
    }

    /// Tells of an id that states.tsv does not have.
    pub(crate) fn known_state(&mut self, at: Line, column: &str, id: &str) {
        if !self.states.contains(id) {
            self.error(
                at,
                format!("`{column}` names `{id}`, which states.tsv does not have; correct it or add the state"),
            );
        }
    }

    /// Tells of a key that an earlier row has already.
    pub(crate) fn unique<K: Hash + Eq>(
        &mut self,
        at: Line,
        seen: &mut HashMap<K, usize>,
        key: K,
        shown: &str,
    ) {
        if let Some(line) = seen.insert(key, at.number) {
            self.error(
                at,
                format!("`{shown}` stands in line {line} already; remove one of the two"),
            );
        }
    }
}

/// The members of a list cell, joined by `;`.
pub(crate) fn members(cell: &str) -> Vec<String> {
    cell.split(';')
        .map(str::trim)
        .filter(|member| !member.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<String> {
        let data = Data::embedded().with("a.tsv", text);
        let mut reader = ListReader::new(&data);
        let mut seen = HashMap::new();
        for row in reader.rows("a.tsv", ["id", "from"]) {
            let [id, from] = row.cells;
            reader.unique(row.at, &mut seen, id, id);
            reader.date(row.at, "from", from);
        }
        reader.errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn columns_may_come_in_any_order() {
        assert_eq!(errors("# note\nfrom\tid\n1999-01-31\tA\n\tB\n"), [""; 0]);
    }

    #[test]
    fn every_oddity_is_told_with_its_line() {
        assert_eq!(
            errors("id\tfrom\nA\t1999-13-01\nA\t\nB\n"),
            [
                "a.tsv:4: 1 cells where the header has 2; add or remove tabs",
                "a.tsv:2: `from` is `1999-13-01`; write a day as 1999-12-31",
                "a.tsv:3: `A` stands in line 2 already; remove one of the two",
            ]
        );
        assert_eq!(
            errors("id\tfrom\tnote\nA\t\t\n"),
            ["a.tsv:1: unknown column `note`; the columns are id, from"]
        );
        assert_eq!(
            errors("id\nA\n"),
            ["a.tsv:1: missing column `from`; add it"]
        );
    }
}
