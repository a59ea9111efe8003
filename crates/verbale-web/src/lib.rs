//! The page of a pair of states.
//!
//! A dossier becomes a [`Page`] once: sections with lines and tables, each line with the facts behind it. Terminal,
//! Markdown and HTML are three ways to print the same page, so that they cannot differ in content.

mod page;

pub use page::{
    Block, Cell, Days, Lane, Line, Look, Mark, Matrix, Page, Place, Row, STYLE, Section, Source,
    Timeline, contents, html, markdown, of_pair, of_pair_within, reader, record, stance, terminal,
    title, word_marks, words,
};
