//! What stands on a page, before anybody decides how it looks.

use std::collections::BTreeSet;

mod content;
mod html;
mod markdown;
mod reader;
mod svg;
mod terminal;
mod timeline;
mod words;

pub use content::{of_pair, of_pair_within, stance, title, word_marks};
pub use html::{Place, STYLE, contents, html, record, words};
pub use markdown::markdown;
pub use reader::{Source, reader};
pub use terminal::terminal;
pub use timeline::{Days, Lane, Mark, Timeline};

/// A page: title and sections in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Title.
    pub title: String,
    /// The two states, ISO codes.
    pub pair: [String; 2],
    /// Sections in reading order.
    pub sections: Vec<Section>,
}

impl Page {
    /// Whether it leaves rows out.
    pub fn is_cut(&self) -> bool {
        self.blocks()
            .any(|block| matches!(block, Block::More { .. }))
    }

    /// The facts that marks lead to.
    pub(crate) fn cited(&self) -> BTreeSet<&str> {
        self.blocks()
            .flat_map(|block| match block {
                Block::Line(line) => vec![&line.facts],
                Block::Table { rows, .. } => rows.iter().map(|row| &row.facts).collect(),
                Block::Matrix(matrix) => matrix.said().map(|line| &line.facts).collect(),
                Block::Timeline(_) | Block::More { .. } | Block::Note(_) => Vec::new(),
            })
            .flatten()
            .map(String::as_str)
            .collect()
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sections.iter().flat_map(|section| &section.blocks)
    }
}

/// One section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Stable name for addresses (`agreements`).
    pub id: &'static str,
    /// Heading.
    pub title: &'static str,
    /// What stands in it; a section without blocks says that the texts are silent.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// One line of text.
    Line(Line),
    /// Rows under headings.
    Table {
        /// Headings.
        columns: Vec<&'static str>,
        /// Rows.
        rows: Vec<Row>,
    },
    /// Answers in two directions.
    Matrix(Matrix),
    /// Records by day, as a picture.
    Timeline(Timeline),
    /// What a table leaves out.
    More {
        /// How many rows.
        left: usize,
        /// The ledger that has them.
        ledger: &'static str,
    },
    /// A remark on how to read the section.
    Note(&'static str),
}

/// A line of text with the facts behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The text.
    pub text: String,
    /// Ids of the facts behind it.
    pub facts: Vec<String>,
}

/// A row of a table with the facts behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// One text per column.
    pub cells: Vec<String>,
    /// Ids of the facts behind it.
    pub facts: Vec<String>,
    /// How the row is said.
    pub look: Look,
    /// Its record, if it is one.
    pub record: Option<String>,
}

/// A table whose rows and columns both are questions. A cell without lines: the texts are silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// What it is called.
    pub name: &'static str,
    /// What the rows are.
    pub corner: &'static str,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// Heading and cells of each row.
    pub rows: Vec<(String, Vec<Cell>)>,
}

impl Matrix {
    /// The lines of all cells.
    pub(crate) fn said(&self) -> impl Iterator<Item = &Line> {
        self.rows
            .iter()
            .flat_map(|(_, cells)| cells)
            .flat_map(|cell| &cell.lines)
    }

    /// A line per row, for pages that have no room for two directions.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let said = |cell: &Cell| -> String {
            let words: Vec<&str> = cell.lines.iter().map(|line| line.text.as_str()).collect();
            words.join("; ")
        };
        self.rows
            .iter()
            .map(|(title, cells)| {
                let told = self
                    .columns
                    .iter()
                    .zip(cells)
                    .filter(|(_, cell)| !cell.lines.is_empty());
                let parts: Vec<String> = told
                    .map(|(column, cell)| format!("{column}: {}", said(cell)))
                    .collect();
                Line {
                    text: format!("{title} | {}", parts.join(" | ")),
                    facts: cells
                        .iter()
                        .flat_map(|cell| &cell.lines)
                        .flat_map(|line| line.facts.iter().cloned())
                        .collect(),
                }
            })
            .collect()
    }
}

/// A cell of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it says.
    pub lines: Vec<Line>,
    /// The fields of a query that lists its records.
    pub ask: Option<String>,
}

/// Solid: said to have happened; hollow: announced, promised, wished or considered; hatched: denied, disputed or only
/// alleged; plain: none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Look {
    Solid,
    Hollow,
    Hatched,
    Plain,
}

impl Look {
    /// The mark that carries the look without colour.
    pub fn mark(self) -> &'static str {
        match self {
            Look::Solid => "■",
            Look::Hollow => "□",
            Look::Hatched => "▨",
            Look::Plain => "",
        }
    }

    /// The same in words.
    pub fn word(self) -> &'static str {
        match self {
            Look::Solid => "said to have happened",
            Look::Hollow => "not said to have happened yet",
            Look::Hatched => "denied, disputed or only alleged",
            Look::Plain => "named",
        }
    }
}
