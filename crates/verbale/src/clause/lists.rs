//! Lines and cells of the clause lists.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Data, DataError};

use super::RoleName;
use super::lexicon::{Frame, RoleChoice};

/// The list of named frames.
pub(super) const FRAMES: &str = "lang/en/lists/frames.tsv";

/// One line of a list.
pub(super) struct Row<'a> {
    file: &'static str,
    line: usize,
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    pub fn cell(&self, index: usize) -> &'a str {
        self.cells.get(index).copied().unwrap_or_default()
    }

    pub fn list(&self, index: usize) -> impl Iterator<Item = &'a str> {
        self.cell(index)
            .split(';')
            .map(str::trim)
            .filter(|item| !item.is_empty())
    }

    pub fn error(&self, message: &str) -> DataError {
        DataError {
            file: self.file.to_owned(),
            line: self.line,
            message: message.to_owned(),
        }
    }

    /// `of=patient;by=agent;of=agent|patient`.
    pub fn frame(&self, index: usize, errors: &mut Vec<DataError>) -> Frame {
        let mut frame = Frame::default();
        for item in self.list(index) {
            let Some((key, roles)) = item.split_once('=') else {
                errors.push(self.error(&format!("`{item}` must read preposition=role")));
                continue;
            };
            let mut names = roles.split('|').map(RoleName::named);
            match (names.next().flatten(), names.next()) {
                (Some(first), None) => {
                    frame.0.insert(
                        key.to_owned(),
                        RoleChoice {
                            first,
                            otherwise: None,
                        },
                    );
                }
                (Some(first), Some(Some(otherwise))) => {
                    frame.0.insert(
                        key.to_owned(),
                        RoleChoice {
                            first,
                            otherwise: Some(otherwise),
                        },
                    );
                }
                _ => errors.push(self.error(&format!("`{roles}` is no role (agent, patient, …)"))),
            }
        }
        frame
    }

    pub fn named_frame(
        &self,
        name: usize,
        own: usize,
        frames: &BTreeMap<String, Frame>,
        errors: &mut Vec<DataError>,
    ) -> Frame {
        let own = self.frame(own, errors);
        let name = self.cell(name);
        if name.is_empty() {
            return own;
        }
        match frames.get(name) {
            Some(frame) => frame.clone().overlaid(&own),
            None => {
                errors.push(self.error(&format!("frame `{name}` is not in {FRAMES}")));
                own
            }
        }
    }
}

/// Lines without comments and header. Trailing empty cells may be left out; more cells than the header has are a fault.
pub(super) fn rows<'a>(
    data: &'a Data,
    file: &'static str,
    columns: usize,
    errors: &mut Vec<DataError>,
) -> Vec<Row<'a>> {
    let Some(text) = data.get(file) else {
        errors.push(DataError {
            file: file.to_owned(),
            line: 0,
            message: "the list is missing; put it back or leave the folder out".to_owned(),
        });
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
    {
        let row = Row {
            file,
            line: index + 1,
            cells: line.split('\t').map(str::trim).collect(),
        };
        if row.cells.len() > columns || row.cells.len() < 2 {
            errors.push(row.error(&format!(
                "{} cells, expected 2 to {columns}; cells are parted by tabs",
                row.cells.len()
            )));
            continue;
        }
        // Light verbs and governors are told apart by their second cell too.
        if !seen.insert((row.cell(0), row.cell(1))) {
            errors.push(row.error("the same row stands twice"));
        }
        rows.push(row);
    }
    rows
}
