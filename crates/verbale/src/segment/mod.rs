//! Text to paragraphs, quotations and units.
//!
//! A *unit* is a piece of text that is parsed on its own: the whole paragraph (with the quotations in it), and once
//! more each quoted piece that is somebody's speech. A token belongs to the deepest unit that holds it, so a clause
//! inside a speech is read from the speech's own parse and a clause around it from the paragraph's.

mod marks;
mod paragraphs;
mod quotations;

use verbale_read::{Document, FurnitureKind, Span};

/// How a document is cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segments {
    /// Paragraphs that state something, in order; furniture is left out.
    pub paragraphs: Vec<Paragraph>,
    /// The quotation tree, parents before children.
    pub quotations: Vec<Quotation>,
    /// What is parsed, in order of start; a paragraph's unit comes before the units of the speeches in it. A paragraph
    /// that is nothing but a piece of speech has no unit of its own.
    pub units: Vec<Unit>,
}

/// A paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, without the white space around it.
    pub span: Span,
    /// Whether it is a headline or sub-headline: it says in short what the story says again.
    pub headline: bool,
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

impl Quotation {
    /// From the first quoted word to the last, the gaps between paragraphs included.
    pub fn span(&self) -> Span {
        Span::new(self.pieces[0].start, self.pieces[self.pieces.len() - 1].end)
    }
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

impl Segments {
    /// Index of the deepest quotation that holds a byte.
    pub fn quotation_at(&self, byte: usize) -> Option<usize> {
        self.quotations.iter().rposition(|quotation| {
            quotation
                .pieces
                .iter()
                .any(|piece| piece.start <= byte && byte < piece.end)
        })
    }

    /// Index of the paragraph that holds a byte.
    pub fn paragraph_at(&self, byte: usize) -> Option<usize> {
        let index = self
            .paragraphs
            .partition_point(|paragraph| paragraph.span.end <= byte);
        (index < self.paragraphs.len() && self.paragraphs[index].span.start <= byte)
            .then_some(index)
    }

    /// Index of the deepest unit that holds a byte: the one whose parse counts there.
    pub fn unit_at(&self, byte: usize) -> Option<usize> {
        let after = self.units.partition_point(|unit| unit.span.start <= byte);
        self.units[..after]
            .iter()
            .rposition(|unit| byte < unit.span.end)
    }
}

/// Cuts a document.
pub fn segment(document: &Document) -> Segments {
    let paragraphs = paragraphs::paragraphs(document);
    let spans: Vec<Span> = paragraphs.iter().map(|paragraph| paragraph.span).collect();
    let quotations = quotations::quotations(&document.text, &spans);
    let paragraphs = paragraphs::mark_headlines(&document.text, paragraphs, &quotations);
    let units = units(document, &paragraphs, &quotations);
    Segments {
        paragraphs,
        quotations,
        units,
    }
}

fn units(document: &Document, paragraphs: &[Paragraph], quotations: &[Quotation]) -> Vec<Unit> {
    let mut cuts: Vec<(Span, Option<usize>)> = paragraphs
        .iter()
        .map(|paragraph| (paragraph.span, None))
        .collect();
    for (index, quotation) in quotations.iter().enumerate() {
        if quotation.kind == QuotationKind::Speech {
            cuts.extend(quotation.pieces.iter().map(|&piece| (piece, Some(index))));
        }
    }
    // Longer pieces first, and of equal ones the outer first, so that what comes later is deeper.
    cuts.sort_by_key(|&(span, quotation)| (span.start, usize::MAX - span.end, quotation));
    cuts.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 = later.1;
        }
        same
    });
    let mut paragraph = 0;
    cuts.into_iter()
        .filter(|(span, _)| !span.is_empty())
        .map(|(span, quotation)| {
            while paragraphs[paragraph].span.end <= span.start {
                paragraph += 1;
            }
            Unit {
                span,
                text: masked(document, span),
                quotation,
                paragraph,
            }
        })
        .collect()
}

/// The words of a span, byte for byte as long, with editor's insertions and line breaks as spaces.
fn masked(document: &Document, span: Span) -> String {
    let mut bytes = span.of(&document.text).as_bytes().to_vec();
    for furniture in &document.furniture {
        if furniture.kind == FurnitureKind::Editor && furniture.span.overlaps(span) {
            let start = furniture.span.start.max(span.start) - span.start;
            let end = furniture.span.end.min(span.end) - span.start;
            bytes[start..end].fill(b' ');
        }
    }
    for byte in &mut bytes {
        if matches!(*byte, b'\n' | b'\r' | b'\t') {
            *byte = b' ';
        }
    }
    String::from_utf8(bytes).expect("whole characters are masked")
}
