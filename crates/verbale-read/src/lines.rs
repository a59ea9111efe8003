//! Lines with their place in the text.

use crate::Span;

/// The words of a line without the white space around them, and where they stand. Empty lines have an empty span.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        trimmed(line, start)
    })
}

/// The words of `piece` without white space (or a byte order mark) around them; `start` is where `piece` begins.
pub(crate) fn trimmed(piece: &str, start: usize) -> (Span, &str) {
    let blank = |char: char| char.is_whitespace() || char == '\u{feff}';
    let words = piece.trim_start_matches(blank);
    let start = start + piece.len() - words.len();
    let words = words.trim_end_matches(blank);
    (Span::new(start, start + words.len()), words)
}
