//! Lengths of time: "two days", "20-year", "a year and a half", "more than three decades", "centuries".

use super::super::when::{Length, Precision, Unit, When};
use super::Found;
use super::vocabulary::unit;
use crate::resolve::amounts::numerals::cardinal;
use crate::resolve::amounts::words::{Cursor, Form};

/// Words between a number and its unit that change nothing.
const FILLERS: &[&str] = &[
    "full",
    "whole",
    "long",
    "straight",
    "consecutive",
    "more",
    "calendar",
    "successive",
    "additional",
];

/// A length as an expression of its own.
pub fn lasting<'a>(start: Cursor<'a>) -> Found<'a> {
    let rate = start.before().is_some_and(|word| {
        matches!(word.form, Form::Number { .. })
            || ["once", "twice", "times", "percent", "per", "every", "each"]
                .contains(&word.lower.as_str())
            || [
                "million", "billion", "trillion", "thousand", "hundred", "dollars", "euros",
            ]
            .contains(&word.lower.as_str())
            || ["tonnes", "tons", "barrels", "people", "cent"].contains(&word.lower.as_str())
    });
    let article = matches!(start.lower(), "a" | "an" | "one" | "per");
    if rate && article {
        return None;
    }
    // "All week", "the whole month".
    if let Some(at) = start.eat(&["all", "whole", "entire"])
        && let Some((unit, false)) = unit(at.lower())
        && unit >= Unit::Day
    {
        return Some((When::Lasting(Length::of(1.0, unit)), at.next()));
    }
    // "Over three years" is as often during as more than them: the length is told without the word.
    let over = start.lower() == "over";
    let (length, end) = qualified(start)
        .filter(|_| !over)
        .or_else(|| unnumbered(start))?;
    // "A day after the vote" is no length of anything.
    let this = end.lower() == "later" && ["this", "today", "in"].contains(&end.next().lower());
    if ["after", "before", "later", "earlier", "ago"].contains(&end.lower()) && !this {
        return None;
    }
    Some((When::Lasting(length), end))
}

/// "for years", "over centuries": a bare plural counts as a time only after such a word.
fn unnumbered(start: Cursor) -> Option<(Length, Cursor)> {
    let carried = start.before().is_some_and(|word| {
        [
            "for", "over", "after", "within", "through", "of", "many", "in",
        ]
        .contains(&word.lower.as_str())
    });
    let (unit, plural) = unit(start.lower())?;
    (carried && plural && unit >= Unit::Day).then(|| {
        let length = Length {
            parts: vec![(None, unit)],
            precision: Precision::About,
        };
        (length, start.next())
    })
}

/// Which way a number is only about right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// "more than".
    More,
    /// "less than".
    Less,
    /// "about", "nearly".
    About,
}

/// Words before a length, and what they make of its number.
pub fn qualifier(start: Cursor) -> Option<(Qualifier, Cursor)> {
    const TWO: [([&str; 2], Qualifier); 7] = [
        (["more", "than"], Qualifier::More),
        (["less", "than"], Qualifier::Less),
        (["fewer", "than"], Qualifier::Less),
        (["at", "least"], Qualifier::About),
        (["at", "most"], Qualifier::About),
        (["up", "to"], Qualifier::About),
        (["as", "many"], Qualifier::About),
    ];
    const ONE: &[&str] = &[
        "over",
        "nearly",
        "almost",
        "about",
        "around",
        "roughly",
        "approximately",
        "some",
        "under",
    ];
    TWO.iter()
        .find_map(|(words, qualifier)| Some((*qualifier, start.eat_all(words)?)))
        .or_else(|| Some((Qualifier::About, start.eat(ONE)?)))
}

/// A length with words like "more than" and "nearly" before it.
pub fn qualified(start: Cursor) -> Option<(Length, Cursor)> {
    if let Some((_, behind)) = qualifier(start)
        && let Some((mut length, end)) = length(behind)
    {
        length.precision = length.precision.max(Precision::About);
        return Some((length, end));
    }
    length(start)
}

/// A number with a unit, and further ones: "two years, three months and a day".
pub fn length(start: Cursor) -> Option<(Length, Cursor)> {
    let (mut all, mut end) = single(start)?;
    while let Some((more, next)) = further(end) {
        let smaller = more.parts[0].1 < all.parts[all.parts.len() - 1].1;
        if !smaller {
            break;
        }
        all.parts.extend(more.parts);
        end = next;
    }
    // "A year and a half".
    if let [(Some(number), _)] = &mut all.parts[..]
        && let Some(half) = end.eat_all(&["and", "a"]).or_else(|| end.eat(&["and"]))
        && let Some(next) = half.eat(&["half"])
    {
        *number += 0.5;
        end = next;
    } else if let [(Some(number), Unit::Year)] = &mut all.parts[..]
        && let Some(next) = end.eat_all(&["and", "a", "quarter"])
    {
        *number += 0.25;
        end = next;
    }
    let age = end.lower() == "old" || (end.lower() == "-" && end.next().lower() == "old");
    (!age).then_some((all, end))
}

fn further(end: Cursor) -> Option<(Length, Cursor)> {
    single(end.skip(&[","]).skip(&["and"]))
}

pub fn single(start: Cursor) -> Option<(Length, Cursor)> {
    let of = |number: Option<f64>, unit, precision| Length {
        parts: vec![(number, unit)],
        precision,
    };
    if let Some(next) = start.eat(&["a", "an", "another"])
        && let Some((unit, false)) = unit(next.lower())
        && unit != Unit::Quarter
        && !part_word(next.lower())
    {
        return Some((of(Some(1.0), unit, Precision::Exact), next.next()));
    }
    // "half a year", "half an hour", "half a century".
    if let Some(next) = start
        .eat(&["half"])
        .map(|next| next.skip(&["a", "an", "-"]))
        && let Some((unit, false)) = unit(next.lower())
    {
        return Some((of(Some(0.5), unit, Precision::Exact), next.next()));
    }
    // "For many years".
    if let Some(behind) = start.eat(&["many"])
        && let Some((unit, true)) = unit(behind.lower())
    {
        return Some((of(None, unit, Precision::About), behind.next()));
    }
    if let Some((behind, number)) = loose_number(start)
        && let Some((unit, true)) = unit(behind.lower())
    {
        return Some((of(Some(number.0), unit, number.1), behind.next()));
    }
    let (number, behind) = cardinal(start)?;
    let hyphened = behind.lower() == "-" && behind.glued() && behind.next().glued();
    let at = if hyphened { behind.next() } else { behind };
    let at = at.skip(FILLERS);
    let working = at.eat(&["business", "working"]);
    let at = working.unwrap_or(at);
    let (unit, plural) = unit(at.lower()).or_else(|| sign(start, at))?;
    let unit = if working.is_some() && unit == Unit::Day {
        Unit::WorkingDay
    } else {
        unit
    };
    let end = at.next();
    // "three quarters of the seats" and "one second thought" are no times.
    let no_time = (unit == Unit::Quarter && (end.lower() == "of" || hyphened))
        || (unit == Unit::Second && !plural && number.value == 1.0);
    if no_time || number.fraction {
        return None;
    }
    let value = (!number.vague).then_some(number.value);
    let precision = if number.vague {
        Precision::About
    } else {
        Precision::Exact
    };
    Some((of(value, unit, precision), end))
}

/// "For 3h", "lasted 2w": a letter at a number, in a place where only a length can stand.
fn sign(start: Cursor, at: Cursor) -> Option<(Unit, bool)> {
    let placed = start
        .before()
        .is_some_and(|word| ["for", "lasted", "took", "within"].contains(&word.lower.as_str()));
    let closed = at.next().word().is_none_or(|word| word.form == Form::Sign);
    let unit = match at.lower() {
        "h" => Unit::Hour,
        "d" => Unit::Day,
        "w" => Unit::Week,
        "y" => Unit::Year,
        _ => return None,
    };
    (placed && closed && at.glued()).then_some((unit, true))
}

/// "a few", "several", "a couple of": about how many.
fn loose_number(start: Cursor) -> Option<(Cursor, (f64, Precision))> {
    let at = start.skip(&["a"]);
    if let Some(couple) = at.eat(&["couple"]) {
        return Some((couple.skip(&["of"]), (2.0, Precision::About)));
    }
    let behind = at.eat(&["few", "several", "some"])?;
    Some((behind, (3.0, Precision::Loose)))
}

/// Units that as a single word after "a" name a part or a place in a row rather than a length.
fn part_word(word: &str) -> bool {
    matches!(word, "second" | "min" | "sec")
}
