//! Lines to paragraphs; which of them are headlines.

use verbale_read::{Document, FurnitureKind, Span};

use super::{Paragraph, Quotation};

/// Headlines are shorter than this.
const HEADLINE: usize = 140;
/// Cross-heads inside a story are shorter still.
const CROSS_HEAD: usize = 80;
/// A text whose lines are all shorter than this may be wrapped by hand.
const WRAP: usize = 120;

/// Finds the paragraphs: what stands between blank lines and furniture, hard-wrapped lines joined.
pub(super) fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    for line in lines(document) {
        match line {
            Some(span) => block.push(span),
            None => join(&document.text, &mut block, &mut found),
        }
    }
    join(&document.text, &mut block, &mut found);
    found
        .into_iter()
        .map(|span| Paragraph {
            span,
            headline: false,
        })
        .collect()
}

/// The lines of the story without white space around them; `None` for a blank line and for furniture.
fn lines(document: &Document) -> Vec<Option<Span>> {
    let mut frames: Vec<Span> = document
        .furniture
        .iter()
        .filter(|furniture| furniture.kind != FurnitureKind::Editor)
        .map(|furniture| furniture.span)
        .collect();
    frames.sort_unstable();
    let mut lines = Vec::new();
    let mut at = 0;
    let mut frames = frames.into_iter().peekable();
    for line in document.text.split_inclusive('\n') {
        let end = at + line.len();
        let mut from = at;
        while let Some(frame) = frames.next_if(|frame| frame.start < end) {
            if frame.start > from {
                lines.push(trimmed(&document.text, Span::new(from, frame.start)));
            }
            lines.push(None);
            from = from.max(frame.end.min(end));
        }
        lines.push(trimmed(&document.text, Span::new(from, end)));
        at = end;
    }
    lines
}

fn trimmed(text: &str, span: Span) -> Option<Span> {
    let blank = |char: char| char.is_whitespace() || char == '\u{feff}';
    let words = span.of(text).trim_end_matches(blank);
    let end = span.start + words.len();
    let start = end - words.trim_start_matches(blank).len();
    (start < end).then(|| Span::new(start, end))
}

/// Adjacent lines to paragraphs: a break inside a sentence is a wrap, and so is one between lines of even length.
fn join(text: &str, block: &mut Vec<Span>, paragraphs: &mut Vec<Span>) {
    let longest = block.iter().map(|line| line.len()).max().unwrap_or(0);
    let inside_sentence =
        |line: &Span| !line.of(text).ends_with(['.', '!', '?', '"', '”', '»', ':']);
    let wrapped = longest <= WRAP
        && block.len() > 1
        && block[..block.len() - 1]
            .iter()
            .any(|line| inside_sentence(line) && line.len() * 10 >= longest * 6);
    let mut last: Option<Span> = None;
    for line in block.drain(..) {
        let starts_low = line.of(text).starts_with(char::is_lowercase);
        match last {
            Some(before) if starts_low || wrapped && before.len() * 10 >= longest * 6 => {
                let at = paragraphs.len() - 1;
                paragraphs[at] = paragraphs[at].cover(line);
            }
            _ => paragraphs.push(line),
        }
        last = Some(line);
    }
}

/// Marks headlines: short lines without a full stop before the first paragraph of prose, and cross-heads inside.
pub(super) fn mark_headlines(
    text: &str,
    mut paragraphs: Vec<Paragraph>,
    quotations: &[Quotation],
) -> Vec<Paragraph> {
    let runs_on = |span: Span| {
        quotations.iter().any(|quotation| {
            quotation.pieces.len() > 1 && quotation.pieces.iter().any(|piece| span.overlaps(*piece))
        })
    };
    let Some(last_prose) = paragraphs.iter().rposition(|paragraph| {
        paragraph.span.of(text).contains(". ") || ends_sentence(paragraph.span.of(text))
    }) else {
        return paragraphs;
    };
    let mut top = true;
    for paragraph in &mut paragraphs[..last_prose] {
        let words = paragraph.span.of(text);
        let limit = if top { HEADLINE } else { CROSS_HEAD };
        let closes = if top {
            words.ends_with(['.', '…', ',', ';', ':'])
                || words.ends_with(['”', '"', '’', '\'']) && ends_sentence(words)
        } else {
            !words.ends_with(|char: char| char.is_alphanumeric())
        };
        let speaks = words.starts_with(['-', '–', '—', '•', '*'])
            || words.starts_with("Q:")
            || words.starts_with("A:");
        paragraph.headline = words.len() <= limit && !closes && !speaks && !runs_on(paragraph.span);
        top &= paragraph.headline;
    }
    paragraphs
}

/// Whether the words end with a full stop, perhaps inside closing marks.
fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '”', '’', '\'', '»', ')', ']'])
        .ends_with(['.', '!', '?', '…'])
}
