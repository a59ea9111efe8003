//! The state that a text is written in, by its dateline, the place beside its day, who wrote it, or its outlet.

use std::sync::LazyLock;

use regex::Regex;
use verbale_read::{Document, FurnitureKind, Span};

use crate::lexicon::{Lexicon, Listed};
use crate::voices::outlet;

// "LUSAKA: …" at the start of a line, below a byline and a headline.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(\p{Lu}{3,}(?:\x20\p{Lu}{2,}){0,2}(?:,\x20\p{Lu}\p{Ll}+)?)(?::\x20|\x20[-–—(/]|[,.]\x20)")
        .expect("a fixed pattern")
});
// "Cairo, 3 September 2024", "Bogota, D.C., June 4, 2021" on a line of its own, above or below a paper.
static PLACE_AND_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\x20*_]*(\p{Lu}[\p{L}'’.-]+(?:\x20\p{Lu}[\p{L}'’.-]+){0,2})(?:,\x20D\.?C\.?|/\p{Lu}[\p{L}-]+)?(?:,\x20|\x20[-–—]\x20)(?:\p{Lu}\p{L}+,?\x20)?(?:\d{1,2}(?:st|nd|rd|th)?(?:\x20of)?\x20\p{Lu}\p{L}+,?|\p{Lu}\p{L}+\x20\d{1,2},?)\x20\d{4}\b[^\n]{0,12}$")
        .expect("a fixed pattern")
});
// "Dili – When the flag went up": no capitals, but a place that the lists know.
static PLACE_AND_DASH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(\p{Lu}[\p{L}'’-]+(?:\x20\p{Lu}[\p{L}'’-]+)?)(?:/\p{Lu}[\p{L}-]+)?\x20(?:–|—|--)\x20\p{Lu}")
        .expect("a fixed pattern")
});
const DASHES: [&str; 3] = ["–", "—", "--"];
// "By NAME, Leros", "From our correspondent in Leros", "– Goma bureau" above a story.
static WRITER_AT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:[Bb]y\x20\p{Lu}[^\n,]{3,40}(?:,|\x20in)\x20|[Ff]rom\x20(?:our|a)\x20(?:\p{Ll}+\x20){0,2}(?:reporter|correspondent)\x20in\x20|[^\n]{2,60}[-–—|]\x20)(\p{Lu}[\p{L}-]+(?:\x20\p{Lu}[\p{L}-]+)?)(?:\x20bureau|\x20desk|\s)")
        .expect("a fixed pattern")
});

/// The state that a text is written in: of its dateline, of the place beside its day, of the place of who wrote it, else
/// of the listed outlet, else of a town in the outlet's name.
pub(crate) fn home(document: &Document, lexicon: &Lexicon) -> Option<String> {
    let dateline = document
        .furniture
        .iter()
        .filter(|furniture| furniture.kind == FurnitureKind::Dateline)
        .find_map(|furniture| state_in(furniture.span, document, lexicon));
    let outlet = || {
        let name = outlet(document, lexicon)?.value;
        lexicon
            .outlets
            .iter()
            .find(|outlet| outlet.name.eq_ignore_ascii_case(&name))
            .and_then(|outlet| outlet.state.clone())
            .or_else(|| state_named(&name, lexicon))
    };
    let place = || {
        PLACE
            .captures(&document.text)
            .and_then(|found| state_named(&found[1], lexicon))
    };
    // Both patterns stand on one line, and most lines need no look: they end without a year, or have no dash.
    let lines = || document.text.lines();
    let day = || {
        lines()
            .filter(|line| line.chars().rev().take(16).any(|c| c.is_ascii_digit()))
            .filter_map(|line| PLACE_AND_DAY.captures(line))
            .find_map(|found| state_named(&found[1], lexicon))
    };
    let dash = || {
        lines()
            .filter(|line| DASHES.iter().any(|dash| line.contains(dash)))
            .filter_map(|line| PLACE_AND_DASH.captures(line))
            .find_map(|found| whole_name(&found[1], lexicon))
    };
    let writer = || {
        let mut end = document.text.len().min(400);
        while !document.text.is_char_boundary(end) {
            end -= 1;
        }
        WRITER_AT
            .captures_iter(&document.text[..end])
            .find_map(|found| state_named(&found[1], lexicon))
    };
    dateline
        .or_else(place)
        .or_else(day)
        .or_else(dash)
        .or_else(writer)
        .or_else(outlet)
}

/// The state of a town or state with exactly this name.
fn whole_name(name: &str, lexicon: &Lexicon) -> Option<String> {
    let listed = lexicon.named(name);
    // Belgrade has been the capital of several states; the one that it is of today comes first.
    let today = listed.iter().find_map(|listed| match listed {
        Listed::State(index) if lexicon.state_names[*index].to.is_none() => {
            Some(lexicon.state_names[*index].id.clone())
        }
        _ => None,
    });
    today.or_else(|| {
        listed.iter().find_map(|listed| match listed {
            Listed::State(index) => Some(lexicon.state_names[*index].id.clone()),
            Listed::City(index) => lexicon.cities[*index].state.clone(),
            _ => None,
        })
    })
}

fn state_in(span: Span, document: &Document, lexicon: &Lexicon) -> Option<String> {
    let words = span.of(&document.text);
    let place = words.split([',', '(', '-', '–', '—', '/', '.']).next()?;
    state_named(place.trim(), lexicon)
}

/// The state of the first town or state among the words of a name, written in capitals or not.
pub(crate) fn state_named(name: &str, lexicon: &Lexicon) -> Option<String> {
    let words: Vec<String> = name
        .split([' ', ',', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .map(capitalised)
        .collect();
    (1..=words.len().min(3)).rev().find_map(|length| {
        words
            .windows(length)
            .find_map(|window| whole_name(&window.join(" "), lexicon))
    })
}

fn capitalised(word: &str) -> String {
    // "PORT-AU-PRINCE" stays a list's matter, but "N'DJAMENA" has two capitals.
    let mut before = ' ';
    let mut capital = |letter: char| {
        let first = before == ' ' || "'’".contains(before);
        before = letter;
        first
    };
    word.chars()
        .flat_map(|letter| match capital(letter) {
            true => letter.to_uppercase().collect::<Vec<char>>(),
            false => letter.to_lowercase().collect(),
        })
        .collect()
}
