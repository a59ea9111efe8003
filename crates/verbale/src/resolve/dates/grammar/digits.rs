//! Days and months written in digits.

use super::super::when::When;
use super::Found;
use super::points::{behind_weekday, day};
use super::vocabulary;
use super::years::{short_year, two_digits, year_number};
use crate::resolve::amounts::words::{Cursor, Form};

/// "22/04", "from 10/1 to 11/7", "Friday 7/6": day and month without a year, where the words around show that they are a date
/// and no fraction ("24/7", "9/11" stay what they are).
pub fn day_and_month(start: Cursor) -> Found {
    let weekday = vocabulary::weekday(start.skip(&["this", "next", "last"]));
    let (introduced, at) = match weekday {
        Some((_, end)) => (true, end),
        None => (
            start.before().is_none_or(|word| {
                [
                    "on", "from", "between", "to", "until", "till", "by", "since", "before",
                    "after", "-", "–", "and", "or", ",", "?", "this", "next",
                ]
                .contains(&word.lower.as_str())
            }),
            start,
        ),
    };
    // "10/1-11/7": two of them make each other sure.
    let behind = at.next().next().next();
    let paired = ["-", "–"].contains(&behind.lower())
        && behind.next().next().lower() == "/"
        && behind.next().glued();
    let introduced = introduced || paired;
    let separator = at.next().lower();
    let touching = at.next().glued() && at.next().next().glued();
    let slash = separator == "/" || weekday.is_some() && ["-", "."].contains(&separator);
    if !introduced || !slash || !touching || (weekday.is_none() && at.glued() && !joint(at)) {
        return None;
    }
    let (one, second) = two_digits(at)?;
    let (two, end) = two_digits(second.next())?;
    // More digits behind are a longer date or a case number.
    if end.glued() && !["-", "–", ",", ".", "?", ")"].contains(&end.lower()) {
        return None;
    }
    let (year, end) = match end.eat(&[","]).and_then(year_number) {
        Some((year, end)) => (Some(year), end),
        None => (None, end),
    };
    let when = |month: i16, day: i16| When::Day {
        year,
        month: Some(month as i8),
        day: day as i8,
    };
    // "3/4" with nothing before it is a share.
    let share = start.before().is_none() && one < two && [2, 3, 4, 5, 8].contains(&two);
    if share && !paired && year.is_none() && end.word().is_none() {
        return None;
    }
    let found = match (one, two) {
        (1..=12, 13..=31) => when(one, two),
        (13..=31, 1..=12) => when(two, one),
        (1..=12, 1..=12) if one == two => when(one, two),
        (1..=12, 1..=12) => When::DayOrMonth {
            year,
            numbers: [one as i8, two as i8],
        },
        _ => return None,
    };
    Some((found, end))
}

fn joint(at: Cursor) -> bool {
    at.before()
        .is_some_and(|word| ["-", "–"].contains(&word.lower.as_str()))
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
        (1..=12, 1..=12) => When::DayOrMonth {
            year: Some(year),
            numbers,
        },
        _ => return None,
    };
    Some((when, end))
}

fn years(first: i16, last: i16) -> When {
    let year = |first| Box::new(When::Years { first, count: 1 });
    When::Range(year(first), year(last))
}
