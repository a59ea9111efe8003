//! Text to paragraphs, quotations and units.
//!
//! A *unit* is a piece of text that is parsed on its own: the whole paragraph (with the quotations in it), and once
//! more each quoted piece that is somebody's speech. A token belongs to the deepest unit that holds it, so a clause
//! inside a speech is read from the speech's own parse and a clause around it from the paragraph's.

use verbale_read::Span;

/// How a document is cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segments {
    /// Paragraphs that state something, in order; furniture is left out.
    pub paragraphs: Vec<Span>,
    /// The quotation tree, parents before children.
    pub quotations: Vec<Quotation>,
    /// What is parsed, in order of start; a paragraph's unit comes before the units of the speeches in it.
    pub units: Vec<Unit>,
}

/// One quotation, possibly running over several paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The words without marks: one span per paragraph it runs through.
    pub pieces: Vec<Span>,
    /// Index of the quotation around this one.
    pub parent: Option<usize>,
    /// Speech is read as a unit of its own; a fragment ("a crucial step") stays part of the sentence around it.
    pub kind: QuotationKind,
    /// Whether a closing mark was found; an open quotation was closed by the end of its paragraph run.
    pub closed: bool,
}

/// Whole speech or a few words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotationKind {
    /// One or more clauses that stand alone.
    Speech,
    /// Words quoted inside a sentence of somebody else.
    Fragment,
}

/// A piece of text to parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Where it stands in the document.
    pub span: Span,
    /// The words to parse: as long as `span` in bytes, with editor's insertions and line breaks masked by spaces.
    pub text: String,
    /// The quotation whose speech this is; `None` for a paragraph.
    pub quotation: Option<usize>,
    /// Index of the paragraph it stands in.
    pub paragraph: usize,
}
