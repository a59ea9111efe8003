//! Numbers in digits and in words: "1,200", "2.5 million", "two dozen", "three hundred and five", "half", "two thirds".

use super::words::{Cursor, Form};

/// A number as read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    /// Its value; for "hundreds" the hundred that is named.
    pub value: f64,
    /// Whether the words name only a magnitude ("hundreds", "dozens", "several").
    pub vague: bool,
    /// Whether it is a fraction of something ("half", "two thirds").
    pub fraction: bool,
}

fn exact(value: f64) -> Numeral {
    Numeral {
        value,
        vague: false,
        fraction: false,
    }
}

/// "zero" to "nineteen".
fn small(word: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    SMALL
        .iter()
        .position(|name| *name == word)
        .map(|value| value as f64)
}

/// "twenty" to "ninety".
fn tens(word: &str) -> Option<f64> {
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    TENS.iter()
        .position(|name| *name == word)
        .map(|value| (value as f64 + 2.0) * 10.0)
}

/// Words that multiply what stands before them. "hundred" multiplies inside a group and is not among them.
fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "thousand" => 1e3,
        "lakh" | "lakhs" => 1e5,
        "million" | "mln" | "mn" | "mio" => 1e6,
        "crore" | "crores" => 1e7,
        "billion" | "bn" | "bln" | "milliard" => 1e9,
        "trillion" | "tn" | "trn" | "trln" => 1e12,
        _ => return None,
    })
}

/// "dozens", "hundreds": magnitudes without a number.
fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "dozens" => 12.0,
        "scores" => 20.0,
        "hundreds" => 100.0,
        "thousands" => 1e3,
        "millions" => 1e6,
        "billions" => 1e9,
        "trillions" => 1e12,
        _ => return None,
    })
}

/// A number in digits or words, its multipliers included.
pub fn cardinal(start: Cursor) -> Option<(Numeral, Cursor)> {
    magnitudes(start)
        .or_else(|| fraction(start))
        .or_else(|| whole(start))
        .map(|(numeral, end)| and_a_half(numeral, end))
        .map(|(numeral, end)| {
            // 16.4 million is 16,400,000, whatever binary fractions make of it.
            let value = if numeral.value > 1e3 {
                (numeral.value * 1e3).round() / 1e3
            } else {
                numeral.value
            };
            (Numeral { value, ..numeral }, end)
        })
}

/// "hundreds", "tens of thousands", "hundreds of millions".
fn magnitudes(start: Cursor) -> Option<(Numeral, Cursor)> {
    let mut value = match start.lower() {
        "tens" => 10.0,
        word => magnitude(word)?,
    };
    let mut end = start.next();
    while let Some((more, next)) = end
        .eat(&["of"])
        .and_then(|next| Some((magnitude(next.lower())?, next.next())))
    {
        value *= more;
        end = next;
    }
    (value != 10.0).then_some((
        Numeral {
            value,
            vague: true,
            fraction: false,
        },
        end,
    ))
}

/// "half", "half a million", "a third", "two thirds", "three-quarters".
fn fraction(start: Cursor) -> Option<(Numeral, Cursor)> {
    let part = |value: f64, end| {
        (
            Numeral {
                value,
                vague: false,
                fraction: true,
            },
            end,
        )
    };
    if let Some(after) = start.eat(&["half"]) {
        let scaled = after.skip(&["a"]);
        if let Some(factor) = scale(scaled.lower()) {
            return Some((exact(factor / 2.0), scaled.next()));
        }
        return Some(part(0.5, after));
    }
    let (above, after) = match start.lower() {
        "a" | "one" => (1.0, start.next()),
        word => (small(word)?, start.next()),
    };
    let after = after.skip(&["-"]);
    let below = match after.lower() {
        "half" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" => 4.0,
        "fifth" | "fifths" => 5.0,
        "sixth" | "sixths" => 6.0,
        "eighth" | "eighths" => 8.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    // "a quarter" and "a third" need an "of", else they are a part of the year or a place in a row.
    let next = after.next();
    let plural = after.lower().ends_with('s');
    (plural || next.lower() == "of" || below == 2.0).then(|| part(above / below, next))
}

/// "two hundred and fifty-three thousand", "2.5 million", "a dozen", "1,200".
fn whole(start: Cursor) -> Option<(Numeral, Cursor)> {
    let mut total = 0.0;
    let mut group: Option<f64> = None;
    let mut smallest_scale = f64::INFINITY;
    let mut at = start;
    if let Some(after) = start.eat(&["a", "an"]) {
        if after.lower() != "hundred" && scale(after.lower()).is_none() {
            return None;
        }
        group = Some(1.0);
        at = after;
    }
    let mut joined = false;
    loop {
        let word = at.lower();
        let current = group.unwrap_or(0.0);
        if let Some(Form::Number { value, .. }) = at.word().map(|word| word.form) {
            // "40 000": groups of three digits with spaces between.
            let grouped = at
                .word()
                .is_some_and(|word| word.text.len() == 3 && word.digits().is_some())
                && at.at > start.at
                && at
                    .before()
                    .is_some_and(|word| word.digits().is_some() && word.text.len() <= 3)
                && current >= 1.0;
            if grouped {
                group = Some(current * 1e3 + value);
                at = at.next();
                continue;
            }
            let vulgar = at.glued() && value < 1.0 && group.is_some();
            if !vulgar && (group.is_some() || total > 0.0) {
                break;
            }
            group = Some(current + value);
        } else if let Some(value) = small(word) {
            let free = if value < 10.0 {
                current % 10.0 == 0.0 && current % 100.0 != 10.0
            } else {
                current % 100.0 == 0.0
            };
            if !free || (group.is_some() && current == 0.0) {
                break;
            }
            group = Some(current + value);
        } else if let Some(value) = tens(word) {
            if current % 100.0 != 0.0 {
                break;
            }
            group = Some(current + value);
        } else if word == "hundred" && (1.0..100.0).contains(&current) {
            group = Some(current * 100.0);
        } else if let Some(value) = scale(word)
            && group.is_some()
            && value < smallest_scale
        {
            total += current * value;
            smallest_scale = value;
            group = None;
            // Only words go on after a multiplier: "two million three hundred thousand".
        } else if word == "and"
            && !joined
            && at.at > start.at
            && (before_is(at, "hundred") || at.before().is_some_and(|w| scale(&w.lower).is_some()))
            && (small(at.next().lower()).is_some() || tens(at.next().lower()).is_some())
        {
            joined = true;
            at = at.next();
            continue;
        } else if word == "-"
            && at.glued()
            && at.before().is_some_and(|word| tens(&word.lower).is_some())
            && at.next().glued()
            && small(at.next().lower()).is_some_and(|value| value < 10.0)
            || word == "-"
                && at.glued()
                && group.is_some()
                && at.next().glued()
                && scale(at.next().lower()).is_some()
        {
            at = at.next();
            continue;
        } else {
            break;
        }
        joined = false;
        at = at.next();
    }
    let value = total + group.unwrap_or(0.0);
    (at.at > start.at && (group.is_some() || total > 0.0)).then_some((exact(value), at))
}

fn before_is(at: Cursor, word: &str) -> bool {
    at.before().is_some_and(|before| before.lower == word)
}

/// "two and a half", "one and a half million", "a million and a half".
fn and_a_half(numeral: Numeral, end: Cursor) -> (Numeral, Cursor) {
    let rest = end
        .eat(&["and"])
        .map(|next| next.skip(&["a", "one"]))
        .and_then(|next| match next.lower() {
            "half" => Some((0.5, next.next())),
            "quarter" => Some((0.25, next.next())),
            _ => None,
        });
    let Some((more, next)) = rest.filter(|_| !numeral.vague && !numeral.fraction) else {
        return (numeral, end);
    };
    let multiplied = end.before().and_then(|word| scale(&word.lower));
    let (value, next) = match (multiplied, scale(next.lower())) {
        (Some(factor), None) => (numeral.value + more * factor, next),
        (None, Some(factor)) => ((numeral.value + more) * factor, next.next()),
        _ => (numeral.value + more, next),
    };
    (Numeral { value, ..numeral }, next)
}

/// "third", "twenty-first", "11th".
pub fn ordinal(start: Cursor) -> Option<(u32, Cursor)> {
    if let Some(Form::Ordinal(value)) = start.word().map(|word| word.form) {
        return Some((value, start.next()));
    }
    if let Some(value) = ordinal_word(start.lower()) {
        return Some((value, start.next()));
    }
    let ten = tens(start.lower())? as u32;
    let rest = start.next().skip(&["-"]);
    let unit = ordinal_word(rest.lower()).filter(|value| *value < 10)?;
    Some((ten + unit, rest.next()))
}

fn ordinal_word(word: &str) -> Option<u32> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    match word {
        "thirtieth" => Some(30),
        _ => ORDINALS
            .iter()
            .position(|name| *name == word)
            .map(|at| at as u32 + 1),
    }
}
