//! How many of what: "four of the agreements", "three of the five accords", "16 JF-17 jets".

use verbale_read::Span;

use super::designations;
use super::numerals::{Numeral, cardinal};
use super::words::{Cursor, Form, words};
use crate::record::Count;

/// Words that end a noun phrase.
const ENDS: &[&str] = &[
    "of", "and", "or", "in", "on", "at", "to", "for", "from", "with", "by", "as", "that", "which",
    "who", "is", "are", "was", "were", "has", "have", "had", "will", "would", "the", "a", "an",
    "between", "into", "over", "under", "than", "but", "not", "during", "after", "before", "since",
];

/// Plurals without an s.
const PLURALS: &[&str] = &[
    "memoranda",
    "aircraft",
    "people",
    "men",
    "women",
    "children",
    "media",
    "data",
    "personnel",
    "police",
    "cattle",
    "sheep",
    "troops",
    "helicopters",
    "criteria",
];

/// Nouns that hold things: "two squadrons of jets" is no number of jets.
const HOLDERS: &[&str] = &[
    "squadron",
    "squadrons",
    "batch",
    "batches",
    "battery",
    "batteries",
    "regiment",
    "regiments",
    "fleet",
    "fleets",
    "type",
    "types",
    "kind",
    "kinds",
    "shipment",
    "shipments",
    "consignment",
    "consignments",
    "lot",
    "lots",
    "wave",
    "waves",
    "pair",
    "pairs",
];

/// What a number counts, judged from the words behind it.
pub(super) fn count(text: &str, value: f64, number: Numeral, end: Cursor) -> Option<Count> {
    if number.fraction {
        return None;
    }
    let of = end.eat(&["of"]);
    let inner = of.unwrap_or(end);
    let inner = match of {
        Some(at) if number.vague => at,
        Some(at) => at.eat(&["the", "these", "those", "its", "their", "our", "all"])?,
        None => inner,
    };
    let (total, inner) = match of.and_then(|_| cardinal(inner)) {
        Some((total, after)) if !designations::is_part_of_name(inner) => (Some(total.value), after),
        _ => (None, inner),
    };
    let phrase = noun_phrase(text, inner)?;
    Some(Count {
        value,
        of: phrase,
        total,
    })
}

/// The words up to a plural noun, at most five.
fn noun_phrase(text: &str, start: Cursor) -> Option<String> {
    let mut end = start;
    let mut last_plural = None;
    for _ in 0..5 {
        let Some(word) = end.word() else { break };
        let hyphen = word.lower == "-" && word.glued;
        let part = hyphen || matches!(word.form, Form::Letters) || word.glued;
        if !part || ENDS.contains(&word.lower.as_str()) || word.lower == "," || word.lower == "." {
            break;
        }
        end = end.next();
        if is_plural(&word.lower) && word.form == Form::Letters {
            last_plural = Some(end);
            // "16 aircraft carriers": a further plural may follow, a verb in -s may too; stop at the first but for these.
            if end
                .word()
                .is_none_or(|next| !is_plural(&next.lower) || next.lower.len() < 7)
            {
                break;
            }
        }
    }
    let end = last_plural?;
    let first = start.word()?.span.start;
    let last = end.before()?.span.end;
    Some(Span::new(first, last).of(text).to_owned())
}

fn is_plural(word: &str) -> bool {
    PLURALS.contains(&word)
        || (word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us"))
}

/// How many of an item there are, if the words say so: the item's phrase may begin with the number, or the number may
/// stand right before it.
///
/// ```
/// use verbale::resolve::amounts::quantity_of;
/// use verbale_read::Span;
/// let text = "Brazil ordered 36 Gripen E jets and two squadrons of A-29 planes.";
/// let at = |words: &str| {
///     let start = text.find(words).unwrap();
///     Span::new(start, start + words.len())
/// };
/// assert_eq!(quantity_of(text, at("Gripen E jets")), Some(36.0));
/// assert_eq!(quantity_of(text, at("36 Gripen E jets")), Some(36.0));
/// assert_eq!(quantity_of(text, at("A-29 planes")), None);
/// ```
pub fn quantity_of(text: &str, item: Span) -> Option<f64> {
    let inside = words(text, item);
    let start = Cursor {
        words: &inside,
        at: 0,
    };
    if let Some(value) = number_of(start) {
        return Some(value);
    }
    // Up to four words before the item: the number and at most two adjectives.
    let from = text[..item.start]
        .rfind(['.', '\n', ';'])
        .map_or(0, |stop| stop + 1);
    let before = words(text, Span::new(from, item.end));
    let first = before
        .iter()
        .position(|word| word.span.start >= item.start)?;
    (1..=4).find_map(|back| {
        let at = first.checked_sub(back)?;
        let start = Cursor { words: &before, at };
        let (number, end) = counting_number(start)?;
        let between = &before[end.at.min(first)..first];
        let adjectives = between.len() <= 2
            && between.iter().all(|word| {
                word.form == Form::Letters
                    && !word.capital()
                    && !ENDS.contains(&word.lower.as_str())
                    && !is_plural(&word.lower)
                    && !HOLDERS.contains(&word.lower.as_str())
            });
        (end.at <= first && adjectives && !inside_number(start)).then_some(number.value)
    })
}

/// Whether the words before belong to the number too ("two hundred").
fn inside_number(start: Cursor) -> bool {
    start.at > 0 && {
        let before = Cursor {
            at: start.at - 1,
            ..start
        };
        cardinal(before).is_some_and(|(_, end)| end.at > start.at)
    }
}

fn counting_number<'a>(start: Cursor<'a>) -> Option<(Numeral, Cursor<'a>)> {
    if designations::is_part_of_name(start) {
        return None;
    }
    cardinal(start).filter(|(number, end)| {
        let hyphened = end.lower() == "-" && end.glued();
        !number.fraction && !number.vague && !hyphened
    })
}

fn number_of(start: Cursor) -> Option<f64> {
    let (number, end) = counting_number(start)?;
    let holder = end
        .word()
        .is_some_and(|word| HOLDERS.contains(&word.lower.as_str()));
    let currency = end.word().is_some_and(|word| word.lower == "of");
    (!holder && !currency).then_some(number.value)
}
