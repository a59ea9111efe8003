//! Days, months, years and their like as the calendar names them.

use super::super::when::{When, Which};
use super::Found;
use super::vocabulary::{self, Sureness, TIME_PREPOSITIONS, is_number};
use crate::resolve::amounts::numerals::ordinal;
use crate::resolve::amounts::words::{Cursor, Form};

/// Four digits that can be a year.
pub fn year_number(start: Cursor) -> Option<(i16, Cursor)> {
    let word = start.word()?;
    let value = word.digits().filter(|_| word.text.len() == 4)?;
    (1000..=2199)
        .contains(&value)
        .then(|| (value as i16, start.next()))
}

/// One or two digits, touching what stands before.
fn two_digits(start: Cursor) -> Option<(i16, Cursor)> {
    let word = start.word().filter(|word| word.text.len() <= 2)?;
    Some((word.digits()? as i16, start.next()))
}

/// Day of a month in digits or as an ordinal, but no hour.
pub fn day_number(start: Cursor) -> Option<(i8, Cursor)> {
    let word = start.word()?;
    let (value, end) = match word.form {
        Form::Number { plain: true, .. } if word.text.len() <= 2 => (word.digits()?, start.next()),
        _ => ordinal(start)?,
    };
    let clock = matches!(
        end.lower(),
        ":" | "am" | "pm" | "a.m" | "%" | "percent" | "'"
    );
    let fits = (1..=31).contains(&value) && !clock;
    fits.then_some((value as i8, end))
}

/// The year behind a day or month: ", 2024", "of 2024", "in 2024", "2024".
fn year_behind(start: Cursor) -> Option<(i16, Cursor)> {
    let separators: &[&str] = &[",", "of", "in", "-", "/"];
    year_number(start.skip(separators)).or_else(|| {
        // "11 July '24".
        let quote = start.eat(&["'"])?;
        let (value, end) = two_digits(quote).filter(|_| quote.glued())?;
        Some((short_year(value), end))
    })
}

fn short_year(value: i16) -> i16 {
    if value < 50 {
        2000 + value
    } else {
        1900 + value
    }
}

fn day(year: Option<i16>, month: i8, day: i8) -> When {
    When::Day {
        year,
        month: Some(month),
        day,
    }
}

/// A weekday before a day, which adds nothing to it: "Tuesday, 11 July".
fn behind_weekday(start: Cursor) -> Cursor {
    vocabulary::weekday(start).map_or(start, |(_, end)| end.skip(&[",", ".", "-"]).skip(&["the"]))
}

/// "on Tuesday (11 July)": the day in brackets.
pub fn weekday_in_brackets(start: Cursor) -> Found {
    let at = start.skip(&["this", "last", "next"]);
    let (_, at) = vocabulary::weekday(at)?;
    let at = at.eat(&["("])?;
    let (when, end) = day_month(at).or_else(|| month_day(at))?;
    Some((when, end.eat(&[")"])?))
}

/// "11 July", "the 11th of July 2024", "11-Jul-2024".
pub fn day_month(start: Cursor) -> Found {
    let (number, at) = day_number(behind_weekday(start).skip(&["the"]))?;
    let (month, _, end) = vocabulary::month(at.skip(&["of", "-", "/", "."]))?;
    Some(match year_behind(end) {
        Some((year, end)) => (day(Some(year), month, number), end),
        None => (day(None, month, number), end),
    })
}

/// "July 11", "July 11th, 2024".
pub fn month_day(start: Cursor) -> Found {
    let (month, _, at) = vocabulary::month(behind_weekday(start))?;
    let (number, end) = day_number(at.skip(&["-", "/"]).skip(&["the"]))?;
    // "May 20 percent" is taken care of by the day; "July 19-nation summit" and "Sept 1,200" by the tokens.
    Some(match year_behind(end) {
        Some((year, end)) => (day(Some(year), month, number), end),
        None => (day(None, month, number), end),
    })
}

/// Days of one month in one breath: "July 10-13, 2024", "10 to 13 July", "July 10 and 11".
pub fn days_together(start: Cursor) -> Found {
    let between = start.lower() == "between";
    // "4 and 5 May" are a stretch, "4 and 9 May" only after "between".
    let second = |from: i8, at: Cursor<'_>| -> Option<(i8, usize)> {
        const TO: &[&str] = &["-", "–", "to", "through", "until", "till"];
        let behind = at.eat(TO).or_else(|| at.eat(&["and"]))?;
        let (to, end) = day_number(behind.skip(&["the"]))?;
        let together = at.lower() != "and" || between || to == from + 1;
        together.then_some((to, end.at))
    };
    let year_of = |end: Cursor<'_>| match year_behind(end) {
        Some((year, end)) => (Some(year), end.at),
        None => (None, end.at),
    };
    let words = start.words;
    let behind = start.skip(&["from", "between"]);
    if let Some((month, _, at)) = vocabulary::month(behind) {
        let (from, at) = day_number(at.skip(&["the"]))?;
        let (to, at) = second(from, at)?;
        let last_month = if to > from { month } else { month % 12 + 1 };
        let (year, at) = year_of(Cursor { words, at });
        let range = When::Range(
            day(year, month, from).into(),
            day(year, last_month, to).into(),
        );
        return Some((range, Cursor { words, at }));
    }
    let (from, at) = day_number(behind.skip(&["the"]))?;
    let (to, at) = second(from, at)?;
    let (month, _, end) = vocabulary::month(Cursor { words, at }.skip(&["of"]))?;
    let first_month = if to > from {
        month
    } else {
        (month + 10) % 12 + 1
    };
    let (year, at) = year_of(end);
    let range = When::Range(
        day(year, first_month, from).into(),
        day(year, month, to).into(),
    );
    Some((range, Cursor { words, at }))
}

/// "the 12th" after "on", "by" and the like, where no noun follows that it could count; "Monday the 12th".
pub fn nth_day(start: Cursor) -> Found {
    let weekday = vocabulary::weekday(start);
    let at = weekday.map_or(start, |(_, end)| end);
    let after = start.before().is_some_and(|word| {
        [
            "on", "by", "until", "since", "from", "before", "after", "through", "and", "of",
        ]
        .contains(&word.lower.as_str())
    });
    let the = at.eat(&["the"]);
    if weekday.is_none() && (the.is_none() || !after) {
        return None;
    }
    let at = the.unwrap_or(at);
    let (value, end) = match at.word()?.form {
        Form::Ordinal(value) => (value, at.next()),
        _ if weekday.is_some() => ordinal(at)?,
        _ => return None,
    };
    let counted = end.word().is_some_and(|word| {
        word.form == Form::Letters
            && ![
                "and", "to", "at", "in", "for", "with", "when", "of", "the", "he", "she", "they",
            ]
            .contains(&word.lower.as_str())
    });
    ((1..=31).contains(&value) && !counted).then(|| {
        let day = When::Day {
            year: None,
            month: None,
            day: value as i8,
        };
        (day, end)
    })
}

/// "2024-07-11", "20240711", "11/07/2024", "11.7.2024", "2024-07", "2019-20".
pub fn numeric(start: Cursor) -> Found {
    let start = behind_weekday(start);
    let word = start.word()?;
    if let Some(digits) = word.digits().filter(|_| word.text.len() == 8) {
        let (year, month, number) = (digits / 10_000, digits / 100 % 100, digits % 100);
        let fits =
            (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&number);
        return fits.then(|| {
            (
                day(Some(year as i16), month as i8, number as i8),
                start.next(),
            )
        });
    }
    let separator = start.next().lower();
    let touching = |at: Cursor| at.glued() && at.next().glued();
    if !["-", "/", ".", "–"].contains(&separator) || !touching(start.next()) {
        return None;
    }
    // "A/78/2024-05": part of a designation.
    if start.glued()
        && start
            .before()
            .is_some_and(|word| word.form != Form::Sign || word.lower == "/")
    {
        return None;
    }
    let second = start.next().next();
    let third = second
        .next()
        .eat(&[separator])
        .filter(|at| second.next().glued() && at.glued());
    if let Some((year, _)) = year_number(start) {
        // "2024-Jul-11".
        if let Some((month, _, at)) = vocabulary::month(second) {
            let (number, end) = two_digits(at.eat(&[separator])?)?;
            return Some((day(Some(year), month, number as i8), end));
        }
        if let Some((month, _)) = two_digits(second)
            && let Some((number, end)) = third.and_then(two_digits)
        {
            let fits = (1..=12).contains(&month) && (1..=31).contains(&number);
            return fits.then(|| (day(Some(year), month as i8, number as i8), end));
        }
        if second.word()?.text.len() != 2 || separator == "." || third.is_some() {
            return None;
        }
        let (value, end) = two_digits(second)?;
        let follows = (year % 100 + 1) % 100 == value || (separator != "/" && value > year % 100);
        let is_month = (1..=12).contains(&value);
        return match (is_month, follows) {
            (true, false) => Some((
                When::Month {
                    year: Some(year),
                    month: value as i8,
                },
                end,
            )),
            (_, true) if !is_month || (year % 100 + 1) % 100 == value => {
                Some((years(year, year / 100 * 100 + value), end))
            }
            (true, true) => Some((
                When::Month {
                    year: Some(year),
                    month: value as i8,
                },
                end,
            )),
            _ => None,
        };
    }
    let (one, _) = two_digits(start)?;
    let (two, _) = two_digits(second)?;
    let third = third?;
    let (year, end) = year_number(third).or_else(|| {
        let (value, end) = two_digits(third).filter(|_| separator != "." || one > 12)?;
        Some((short_year(value), end))
    })?;
    let numbers = [one as i8, two as i8];
    let when = match (one, two) {
        (1..=12, 13..=31) => day(Some(year), numbers[0], numbers[1]),
        (13..=31, 1..=12) => day(Some(year), numbers[1], numbers[0]),
        // Dots are written day first.
        (1..=12, 1..=12) if one == two || separator == "." => {
            day(Some(year), numbers[1], numbers[0])
        }
        (1..=12, 1..=12) => When::DayOrMonth { year, numbers },
        _ => return None,
    };
    Some((when, end))
}

fn years(first: i16, last: i16) -> When {
    let year = |first| Box::new(When::Years { first, count: 1 });
    When::Range(year(first), year(last))
}

/// "July 2024", "July of 2024", "Dec-2018", "last July", "July last year", "July".
pub fn month(start: Cursor) -> Found {
    let which = match start.lower() {
        "last" | "previous" => Which::Last,
        "past" => Which::Gone,
        "this" => Which::This,
        "next" => Which::Next,
        "coming" => Which::Coming,
        _ => Which::Bare,
    };
    let at = if which == Which::Bare {
        start
    } else {
        start.next()
    };
    let (month, sureness, end) = vocabulary::month(at)?;
    if which != Which::Bare {
        return Some((When::MonthBy { month, which }, end));
    }
    if let Some((year, end)) = year_behind(end) {
        return Some((
            When::Month {
                year: Some(year),
                month,
            },
            end,
        ));
    }
    if let Some((of, end)) = super::relative::running(end.skip(&["of"]))
        && matches!(
            of,
            When::Running {
                unit: super::super::when::Unit::Year,
                ..
            }
        )
    {
        return Some((
            When::Nth {
                nth: month.into(),
                count: 1,
                unit: super::super::when::Unit::Month,
                of: of.into(),
            },
            end,
        ));
    }
    // "In November and December 2019" has the year of both at its end.
    if let Some((_, _, other)) = end.eat(&["and", "or"]).and_then(vocabulary::month)
        && let Some((year, _)) = year_behind(other)
    {
        let year = Some(year);
        return Some((When::Month { year, month }, end));
    }
    let second = at.at >= 2 && at.before().is_some_and(|word| word.lower == "and") && {
        let before = Cursor {
            at: at.at - 2,
            ..at
        };
        vocabulary::month(before).is_some() || is_number(before)
    };
    let introduced = second
        || at.before().is_some_and(|word| {
            TIME_PREPOSITIONS.contains(&word.lower.as_str())
                || word.lower == "-"
                || word.lower == "–"
        });
    let ended_by_date = is_number(end);
    let named = sureness == Sureness::Sure && at.word()?.capital();
    ((introduced || named) && !ended_by_date).then_some((When::Month { year: None, month }, end))
}

/// A year on its own. Four digits are a year unless they count something ("2000 people") or belong to a name
/// ("Agenda 2030", "Resolution 1973").
pub fn year(start: Cursor) -> Found {
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
        glued_unit
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
        || vocabulary_is_time(word)
}

fn vocabulary_is_time(word: &str) -> bool {
    vocabulary::season(word).is_some()
        || [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "easter",
            "christmas",
            "ramadan",
        ]
        .contains(&word)
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

/// "the 1990s", "1990's", "the '90s".
pub fn decade(start: Cursor) -> Found {
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
        2 if behind_the.is_some() && value >= 20 => 1900 + value,
        _ => return None,
    };
    let ending = at.next();
    let end = if ending.glued() {
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
    let (at, short) = match start.eat(&["fy"]) {
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

/// "summer 2024", "the spring of 1999", "last winter", "this summer".
pub fn season(start: Cursor) -> Found {
    let (shift, at) = match start.lower() {
        "last" | "past" | "previous" => (Some(-1), start.next()),
        "this" => (Some(0), start.next()),
        "next" | "coming" => (Some(1), start.next()),
        _ => (None, start),
    };
    let season = vocabulary::season(at.lower())?;
    let end = at.next();
    let of_year = |year| {
        Some(Box::new(When::Years {
            first: year,
            count: 1,
        }))
    };
    if shift.is_none() {
        let (year, end) = year_number(end.skip(&["of", ",", "in"]))?;
        return Some((
            When::Season {
                season,
                of: of_year(year),
            },
            end,
        ));
    }
    // "last winter" may be of this year or the one before: only "this" is sure.
    match shift {
        Some(0) => Some((
            When::Season {
                season,
                of: Some(Box::new(When::Running {
                    unit: super::super::when::Unit::Year,
                    shift: 0,
                })),
            },
            end,
        )),
        _ => Some((When::Vague, end)),
    }
}
