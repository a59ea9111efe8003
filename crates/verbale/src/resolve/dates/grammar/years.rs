//! Years, decades, centuries and fiscal years.

use super::super::when::When;
use super::Found;
use super::vocabulary::{self, TIME_PREPOSITIONS, is_number};
use crate::resolve::amounts::numerals::{cardinal, ordinal};
use crate::resolve::amounts::words::{Cursor, Form};

/// Four digits that can be a year.
pub fn year_number(start: Cursor) -> Option<(i16, Cursor)> {
    let word = start.word()?;
    let value = word.digits().filter(|_| word.text.len() == 4)?;
    (1000..=2199)
        .contains(&value)
        .then(|| (value as i16, start.next()))
}

/// "nineteen eighty six", "two thousand and fifteen", "seventeen hundred thirty three".
pub fn spelled_year(start: Cursor) -> Option<(i16, Cursor)> {
    if start.word()?.form != Form::Letters || matches!(start.lower(), "a" | "an") {
        return None;
    }
    let (first, at) = cardinal(start).filter(|(number, _)| !number.vague && !number.fraction)?;
    // In one number: "two thousand and fifteen", "nineteen hundred ninety three".
    if (1100.0..2200.0).contains(&first.value) {
        return Some((first.value as i16, at));
    }
    // In two: "nineteen", "eighty six".
    if !(11.0..=20.0).contains(&first.value) || at.at != start.at + 1 {
        return None;
    }
    let (second, end) = cardinal(at).filter(|(number, _)| !number.vague && !number.fraction)?;
    let fits = (10.0..100.0).contains(&second.value) && at.word()?.form == Form::Letters;
    fits.then_some(((first.value * 100.0 + second.value) as i16, end))
}

/// One or two digits, touching what stands before.
pub fn two_digits(start: Cursor) -> Option<(i16, Cursor)> {
    let word = start.word().filter(|word| word.text.len() <= 2)?;
    Some((word.digits()? as i16, start.next()))
}

/// The year behind a day or month: ", 2024", "of 2024", "in 2024", "2024".
pub fn year_behind(start: Cursor) -> Option<(i16, Cursor)> {
    let separators: &[&str] = &[",", "of", "in", "-", "/"];
    let behind = start.skip(separators);
    // "April of 87".
    let of = || {
        let (value, end) = two_digits(start.eat(&["of"])?)?;
        (value > 31).then(|| (short_year(value), end))
    };
    year_number(behind)
        .or_else(|| spelled_year(behind))
        .or_else(of)
        .or_else(|| {
            // "11 July '24".
            let quote = start.eat(&["'"])?;
            let (value, end) = two_digits(quote).filter(|_| quote.glued())?;
            Some((short_year(value), end))
        })
}

pub fn short_year(value: i16) -> i16 {
    if value < 40 {
        2000 + value
    } else {
        1900 + value
    }
}

/// A year on its own. Four digits are a year unless they count something ("2000 people") or belong to a name
/// ("Agenda 2030", "Resolution 1973").
pub fn year(start: Cursor) -> Found {
    // "CY18", as balance sheets write a calendar year.
    if let Some(at) = start.eat(&["cy"])
        && let Some((first, end)) =
            year_number(at).or_else(|| two_digits(at).map(|(value, end)| (2000 + value, end)))
    {
        return Some((When::Years { first, count: 1 }, end));
    }
    let said = start.skip(&["calendar"]).eat(&["year"]);
    if let Some(at) = said
        && let Some((year, end)) = year_number(at)
    {
        return Some((
            When::Years {
                first: year,
                count: 1,
            },
            end,
        ));
    }
    // "They left in nineteen ninety six": after a preposition, and not "in two thousand villages".
    if let Some((first, end)) = spelled_year(start) {
        let introduced = start
            .before()
            .is_some_and(|word| ["in", "since", "by", "until"].contains(&word.lower.as_str()));
        let counts = end.word().is_some_and(|word| {
            word.form == Form::Letters
                && ![
                    "and", "the", "when", "but", "to", "for", "at", "by", "or", "as",
                ]
                .contains(&word.lower.as_str())
        });
        return (introduced && !counts).then_some((When::Years { first, count: 1 }, end));
    }
    let (first, end) = year_number(start)?;
    // Telephone and case numbers: more digits hang on behind.
    let hung = |at: Cursor| {
        at.glued() && ["-", "/"].contains(&at.lower()) && at.next().glued() && is_number(at.next())
    };
    if hung(end) && year_number(end.next()).is_none_or(|(_, end)| hung(end)) {
        return None;
    }
    let before = start.before();
    let introduced = before.is_some_and(|word| TIME_PREPOSITIONS.contains(&word.lower.as_str()));
    if start.glued() {
        let fits = before.is_some_and(|word| {
            ["-", "–", "(", "'", "\"", "“", "=", "/"].contains(&word.lower.as_str())
        });
        let prefix = before.is_some_and(|word| word.lower == "-" || word.lower == "/")
            && !(start.at >= 2 && {
                let prefix = &start.words[start.at - 2];
                ["mid", "pre", "post", "early", "late"].contains(&prefix.lower.as_str())
            });
        if !fits || prefix {
            return None;
        }
    }
    let numbered = before.is_some_and(|word| {
        (word.capital() && !introduced && !is_function_word(&word.lower))
            || [
                "resolution",
                "no",
                "article",
                "law",
                "decree",
                "agenda",
                "vision",
                "page",
                "chapter",
                "section",
                "flight",
                "number",
                "paragraph",
                "room",
                "about",
                "some",
                "nearly",
                "than",
                "$",
                "€",
                "£",
                "#",
            ]
            .contains(&word.lower.as_str())
    });
    let sure = before.is_some_and(|word| {
        [
            "in", "since", "by", "until", "till", "during", "before", "after", "early", "late",
            "mid", "s",
        ]
        .contains(&word.lower.as_str())
    });
    let counts = counts_things(first, end) && !(sure && first % 100 == 0);
    (!numbered && !counts).then_some((When::Years { first, count: 1 }, end))
}

/// Whether what follows four digits shows that they count: "1984 tonnes", "2000 envoys".
pub fn counts_things(number: i16, end: Cursor) -> bool {
    end.word().is_some_and(|word| {
        let glued_unit = word.glued && word.form != Form::Sign;
        let round = number % 100 == 0;
        let divided = word.lower == "over" && is_number(end.next());
        glued_unit
            || divided
            || counted_noun(&word.lower)
            || word.lower == "%"
            || (round && word.form == Form::Letters && word.lower.ends_with('s'))
    })
}

fn is_function_word(word: &str) -> bool {
    [
        "the", "a", "an", "its", "his", "her", "their", "our", "and", "but", "or", "when", "while",
        "as", "with", "its", "that", "these", "those", "with", "under", "within", "s", "over",
    ]
    .contains(&word)
        || vocabulary::season(word).is_some()
        || vocabulary::is_day(word)
        || ["easter", "christmas", "ramadan"].contains(&word)
}

/// Nouns after which four digits are a number of things.
fn counted_noun(word: &str) -> bool {
    [
        "people",
        "persons",
        "troops",
        "soldiers",
        "civilians",
        "men",
        "women",
        "children",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "metres",
        "meters",
        "tonnes",
        "tons",
        "dollars",
        "euros",
        "percent",
        "per",
        "barrels",
        "megawatts",
        "mw",
        "hectares",
        "students",
        "refugees",
        "million",
        "billion",
        "thousand",
        "jobs",
        "houses",
        "homes",
        "visitors",
        "tourists",
        "companies",
        "workers",
        "employees",
        "hours",
        "days",
        "years",
        "square",
        "cubic",
    ]
    .contains(&word)
}

/// "the 1990s", "1990's", "the '90s", "the nineties".
pub fn decade(start: Cursor) -> Found {
    const NAMED: [&str; 8] = [
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ];
    let at = start.skip(&["the"]);
    if let Some(nth) = NAMED.iter().position(|name| *name == at.lower()) {
        // "In his forties" tells an age.
        let age = start.before().is_some_and(|word| {
            ["his", "her", "their", "my", "your", "our"].contains(&word.lower.as_str())
        });
        let first = 1920 + 10 * nth as i16;
        return (!age).then(|| (When::Years { first, count: 10 }, at.next()));
    }
    let behind_the = start.eat(&["the"]);
    let at = behind_the.unwrap_or(start);
    let at = if at.next().glued() {
        at.skip(&["'"])
    } else {
        at
    };
    let word = at.word()?;
    let value = word.digits()? as i16;
    let first = match word.text.len() {
        4 if (1000..2200).contains(&value) => value,
        2 if (behind_the.is_some() || spaced_after_in(at)) && value >= 20 => 1900 + value,
        _ => return None,
    };
    let ending = at.next();
    // "In the 1990 s", as some wires space it.
    let spaced = ending
        .eat(&["s"])
        .filter(|end| !ending.glued() && end.word().is_none_or(|word| word.form == Form::Sign));
    let end = if let Some(end) = spaced {
        end
    } else if ending.glued() {
        ending.eat(&["s"]).or_else(|| {
            ending
                .eat(&["'"])
                .filter(|next| next.glued())
                .and_then(|next| next.eat(&["s"]))
        })?
    } else {
        return None;
    };
    (first % 10 == 0).then(|| {
        let count = 10;
        // The words of a decade do not need the article.
        (When::Years { first, count }, end)
    })
}

/// "In 90 s".
fn spaced_after_in(at: Cursor) -> bool {
    !at.next().glued() && at.before().is_some_and(|word| word.lower == "in")
}

/// "the 19th century", "the twentieth century".
pub fn century(start: Cursor) -> Found {
    let (number, at) = ordinal(start)?;
    let end = at.skip(&["-"]).eat(&["century"])?;
    let before_christ = matches!(end.lower(), "bc" | "bce" | "b");
    (number <= 22 && !before_christ).then(|| {
        let first = (number as i16 - 1) * 100;
        (When::Years { first, count: 100 }, end)
    })
}

/// "fiscal 2024", "fiscal year 2024-25", "FY24", "this fiscal year".
pub fn fiscal(start: Cursor) -> Found {
    const KINDS: &[&str] = &[
        "fiscal",
        "financial",
        "budget",
        "school",
        "academic",
        "marketing",
    ];
    let which = start.eat(&["this", "last", "next", "current", "previous", "coming"]);
    if let Some(at) = which {
        let end = at.eat(KINDS)?.eat(&["year"])?;
        return Some((When::Vague, end));
    }
    let unnamed = start.eat(KINDS).and_then(|at| at.eat(&["year"]));
    if let Some(end) = unnamed
        && end.word().is_none_or(|word| word.digits().is_none())
    {
        return Some((When::Vague, end));
    }
    let (at, short) = match start.eat(&["fy", "sy"]) {
        Some(at) => (at, true),
        None => {
            let at = start.eat(KINDS)?;
            (
                at.eat(&["year"])
                    .or(Some(at).filter(|_| start.lower() == "fiscal"))?,
                false,
            )
        }
    };
    let at = at.skip(&["of", "-"]);
    let (first, end) = year_number(at).or_else(|| {
        let (value, end) = two_digits(at).filter(|_| short)?;
        Some((2000 + value, end))
    })?;
    let second = end
        .eat(&["-", "/", "–"])
        .and_then(|at| year_number(at).or_else(|| two_digits(at)));
    if let Some((value, end)) = second {
        let last = if value < 100 {
            first / 100 * 100 + value
        } else {
            value
        };
        if last == first + 1 {
            return Some((When::Fiscal { first, last }, end));
        }
    }
    Some((When::Fiscal { first, last: first }, end))
}
