//! What stands on a page, before anybody decides how it looks.

mod content;
mod html;
mod markdown;
mod reader;
mod terminal;
mod words;

pub use content::of_pair;
pub use html::{Place, STYLE, contents, html, record, words};
pub use markdown::markdown;
pub use reader::{Source, reader};
pub use terminal::terminal;

/// A page: title and sections in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Title.
    pub title: String,
    /// Sections in reading order.
    pub sections: Vec<Section>,
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
    /// How sure the row is of happening and of its day.
    pub look: Look,
}

/// Solid: said to have happened; hollow: planned, wished or considered; hatched: the day is vague; plain: neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}
