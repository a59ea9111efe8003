//! The name of a paper in the lines above a story: beside the day, under the headline, behind the author, in a dateline.

use std::sync::LazyLock;

use regex::Regex;
use verbale_read::{Document, Sourced, Span};

use crate::lexicon::{Lexicon, Listed};

/// So many lines with words are looked at.
const LINES: usize = 7;
/// A longer line is the story, of which only a dateline is looked at.
const SHORT: usize = 160;
/// A dateline is not longer.
const DATELINE: usize = 100;
/// Words of a name.
const WORDS: usize = 6;
/// Words that may stand small in a name.
const SMALL: [&str; 14] = [
    "of", "the", "and", "de", "del", "la", "le", "di", "da", "do", "y", "et", "al", "für",
];

/// Words that say what a text is, and not who prints it ("Press Release", "News Analysis").
const GENRES: [&str; 14] = [
    "analysis",
    "briefing",
    "conference",
    "digest",
    "embassy",
    "interview",
    "ministry",
    "note",
    "office",
    "opinion",
    "release",
    "service",
    "statement",
    "update",
];

/// What parts the pieces of a line: "EL FARO · Montevideo · 27 May 2023", "By A. Mba, The Kafue Chronicle", "Baltic Brief | Vilnius".
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\s*[|·•/,;:()]\s*|\s+[–—-]+\s+|\.\s+|\s{2,}|\t|\s+\d|\s+(?:on|posted|[Nn]o\.?|[Vv]ol\.?)\s")
        .expect("a fixed pattern")
});
/// What ends a dateline.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s(?:--|[—–-])\s|\.\s|:\s").expect("a fixed pattern"));
/// A line of the frame: it has a day with its month, or says who wrote it.
static FRAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:by|from)\s|\b\d{4}\b|\d\s?(?i:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)|(?i:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z.]*\s\d")
        .expect("a fixed pattern")
});

/// The first piece of the lines above the story that is the name of a paper: a listed one, or capitalised words one of which
/// papers call themselves by.
pub(super) fn masthead(document: &Document, lexicon: &Lexicon) -> Option<Sourced> {
    let text = &document.text;
    let mut start = 0;
    let mut seen = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        seen += 1;
        let line = line.trim_end();
        let story = line.len() > SHORT || line.ends_with('.');
        let end = match story {
            true => MARK
                .find(line)
                .map(|mark| mark.start())
                .filter(|end| *end <= DATELINE),
            false => Some(line.len()),
        };
        if let Some(end) = end
            && let Some(found) = named(text, Span::new(at, at + end), lexicon)
        {
            return Some(found);
        }
        if story || seen == LINES {
            return None;
        }
    }
    None
}

fn named(text: &str, line: Span, lexicon: &Lexicon) -> Option<Sourced> {
    let words = line.of(text);
    let whole = words.split_whitespace().count() <= WORDS;
    if !whole && !FRAME.is_match(words) {
        return None;
    }
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for part in PARTS.find_iter(words) {
        pieces.push((from, part.start()));
        from = part.end();
    }
    pieces.push((from, words.len()));
    pieces
        .into_iter()
        .map(|(start, end)| Span::new(line.start + start, line.start + end))
        .filter(|piece| piece.start < piece.end)
        .find(|piece| is_paper(piece.of(text).trim(), lexicon))
        .map(|piece| {
            let name = piece.of(text).trim();
            let start = piece.start + piece.of(text).find(name).unwrap_or(0);
            Sourced {
                value: name.to_owned(),
                span: Some(Span::new(start, start + name.len())),
            }
        })
}

fn is_paper(name: &str, lexicon: &Lexicon) -> bool {
    let listed = lexicon.named(name);
    if listed.iter().any(|one| matches!(one, Listed::Outlet(_))) {
        return listed.len() == 1;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let proper = words
        .iter()
        .all(|word| word.starts_with(char::is_uppercase) || SMALL.contains(word));
    let is = |words: &[&str], word: &str| words.contains(&word.to_lowercase().as_str());
    (2..=WORDS).contains(&words.len())
        && !words.iter().any(|word| is(&GENRES, word))
        && listed.is_empty()
        && proper
        && !["By", "by", "BY", "From"].contains(&words[0])
        && words
            .iter()
            .any(|word| lexicon.is_a("paper_word", &word.to_lowercase()))
}
