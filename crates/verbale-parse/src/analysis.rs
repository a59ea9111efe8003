//! What the parser answers: plain data over one piece of text.

use std::ops::Range;

/// The analysis of one piece of text. Offsets are bytes into that text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysis {
    /// All tokens in order, white-space tokens included.
    pub tokens: Vec<Token>,
    /// Token ranges of the sentences, in order; together they cover all tokens.
    pub sentences: Vec<Range<usize>>,
    /// Named entities in order, without overlap.
    pub entities: Vec<Entity>,
    /// Token ranges of the base noun phrases, in order, without overlap.
    pub noun_chunks: Vec<Range<usize>>,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Token {
    /// Byte range in the analysed text.
    pub span: Range<usize>,
    /// Whether one U+0020 that belongs to no token follows.
    pub space_after: bool,
    /// Normalised form (spaCy `NORM`).
    pub norm: String,
    /// Dictionary form.
    pub lemma: String,
    /// Penn Treebank tag, for example `VBD`.
    pub tag: &'static str,
    /// Universal part of speech, for example `VERB`.
    pub pos: &'static str,
    /// Universal features, `Key=Value` joined by `|`; empty if none.
    pub morph: &'static str,
    /// Index of the head token in [`Analysis::tokens`]; a root is its own head.
    pub head: usize,
    /// Dependency label (ClearNLP style, as spaCy prints it), for example `nsubjpass`; `ROOT` for roots.
    pub dep: &'static str,
}

/// One named entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Token range.
    pub tokens: Range<usize>,
    /// OntoNotes label, for example `GPE`.
    pub label: &'static str,
}
