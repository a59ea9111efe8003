//! Numbers in digits and in words: "1,200", "2.5 million", "two dozen", "three hundred and five", "half", "two thirds".

use super::fractions::{and_a_part, fraction, share};
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

pub(super) fn exact(value: f64) -> Numeral {
    Numeral {
        value,
        vague: false,
        fraction: false,
    }
}

/// "zero" to "nineteen".
pub(super) fn small(word: &str) -> Option<f64> {
    if matches!(word, "nought" | "naught") {
        return Some(0.0);
    }
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
pub(super) fn tens(word: &str) -> Option<f64> {
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    TENS.iter()
        .position(|name| *name == word)
        .map(|value| (value as f64 + 2.0) * 10.0)
}

/// Words that multiply what stands before them. "hundred" multiplies inside a group and is not among them.
pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" | "doz" | "dozs" | "dz" | "dzs" => 12.0,
        "thousand" => 1e3,
        "lakh" | "lakhs" => 1e5,
        "million" | "mln" | "mn" | "mio" => 1e6,
        "crore" | "crores" => 1e7,
        "billion" | "bn" | "bln" | "milliard" => 1e9,
        "trillion" | "tn" | "trn" | "trln" | "tln" => 1e12,
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
        .map(|(numeral, end)| point(numeral, end).unwrap_or((numeral, end)))
        .map(|(numeral, end)| and_a_part(numeral, end))
        .map(|(numeral, end)| share(numeral, end).unwrap_or((numeral, end)))
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

/// "two hundred point seven one", "nine point nought four": digits one by one, or the number they make.
fn point(numeral: Numeral, end: Cursor) -> Option<(Numeral, Cursor)> {
    let mut at = end.eat(&["point"])?;
    if numeral.vague || numeral.fraction || at.word()?.form != Form::Letters {
        return None;
    }
    let mut digits = String::new();
    while let Some(value) = small(at.lower()) {
        digits.push_str(&value.to_string());
        at = at.next();
    }
    if digits.is_empty() {
        let (number, end) = whole(at)?;
        digits = number.value.to_string();
        at = end;
    }
    let part: f64 = format!("0.{digits}").parse().ok()?;
    let factor = scale(at.lower());
    let value = (numeral.value + part) * factor.unwrap_or(1.0);
    let end = if factor.is_some() { at.next() } else { at };
    Some((exact(value), end))
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

/// "two hundred and fifty-three thousand", "2.5 million", "a dozen", "1,200".
pub(super) fn whole(start: Cursor) -> Option<(Numeral, Cursor)> {
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
            // "4 thousand 3 hundred", "3 hundred and 21".
            let goes_on = total > 0.0 && group.is_none() && at.next().lower() == "hundred"
                || joined
                    && before_is(at, "and")
                    && value < 100.0
                    && value.fract() == 0.0
                    && at.next().lower() != "hundred";
            if !vulgar && !goes_on && (group.is_some() || total > 0.0) {
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
        } else if word == "hundred" && at.at == start.at && scale(at.next().lower()).is_some() {
            // "Hundred thousand dollars".
            group = Some(100.0);
        } else if word == "hundred"
            && ((1.0..100.0).contains(&current) || current < 1000.0 && at.at == start.at + 1)
        {
            group = Some(current * 100.0);
        } else if matches!(word, "crore" | "crores") && smallest_scale == 1e5 && group.is_none() {
            // "Three lakh crore".
            total *= 1e7;
        } else if word == "dozens" && group.is_some() && total == 0.0 {
            // "Three hundred and two dozens": the "and" begins another number.
            let counted = if current > 100.0 && before_is(before(at), "and") {
                current % 100.0
            } else {
                current
            };
            group = Some(current - counted + counted * 12.0);
            at = at.next();
            break;
        } else if word == "hundreds" && (1.0..10.0).contains(&current) && total == 0.0 {
            group = Some(current * 100.0);
            at = at.next();
            break;
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
            && (small(at.next().lower()).is_some()
                || tens(at.next().lower()).is_some()
                || before_is(at, "hundred")
                    && at.next().word().is_some_and(|word| {
                        word.digits().is_some_and(|digits| digits > 0) && word.text.len() <= 2
                    }))
            // "Two hundred and three fifths" has a part behind it, "one hundred and thirty fifths" is one number over five.
            && fraction(at.next()).is_none_or(|(part, _)| part.fraction && part.value >= 1.0)
        {
            joined = true;
            at = at.next();
            continue;
        } else if word == "-"
            && at.glued() == at.next().glued()
            && at.before().is_some_and(|word| tens(&word.lower).is_some())
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

/// The place before, if there is one.
fn before(at: Cursor) -> Cursor {
    Cursor {
        at: at.at.saturating_sub(1),
        ..at
    }
}

fn before_is(at: Cursor, word: &str) -> bool {
    at.before().is_some_and(|before| before.lower == word)
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

/// The value of an ordinal in one word.
pub(super) fn ordinal_word(word: &str) -> Option<u32> {
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
