//! Days that have a name and come once a year: "Christmas", "Easter Monday 2018", "last Thanksgiving". Only days that news in
//! English name without saying where; national days differ by country and need their date.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::when::{Length, Unit, When, Which};
use super::Found;
use super::years::{year_behind, year_number};
use crate::resolve::amounts::words::Cursor;

/// Days by name, month and day.
const FIXED: &[(&[&str], i8, i8)] = &[
    (&["new", "year", "'", "s", "day"], 1, 1),
    (&["new", "year", "day"], 1, 1),
    (&["new", "year", "'", "s", "eve"], 12, 31),
    (&["new", "year", "'", "s"], 1, 1),
    (&["new", "year"], 1, 1),
    (&["orthodox", "christmas"], 1, 7),
    (&["epiphany"], 1, 6),
    (&["valentine", "'", "s", "day"], 2, 14),
    (&["international", "women", "'", "s", "day"], 3, 8),
    (&["st", "patrick", "'", "s", "day"], 3, 17),
    (&["saint", "patrick", "'", "s", "day"], 3, 17),
    (&["saint", "patrick"], 3, 17),
    (&["nowruz"], 3, 21),
    (&["earth", "day"], 4, 22),
    (&["anzac", "day"], 4, 25),
    (&["international", "workers", "'", "day"], 5, 1),
    (&["may", "day"], 5, 1),
    (&["labour", "day"], 5, 1),
    (&["europe", "day"], 5, 9),
    (&["juneteenth"], 6, 19),
    (&["freedom", "day"], 6, 19),
    (&["jubilee", "day"], 6, 19),
    (&["bastille", "day"], 7, 14),
    (&["halloween"], 10, 31),
    (&["all", "saints", "'", "day"], 11, 1),
    (&["armistice", "day"], 11, 11),
    (&["christmas", "eve"], 12, 24),
    (&["christmas", "day"], 12, 25),
    (&["christmas"], 12, 25),
    (&["boxing", "day"], 12, 26),
];

/// Days around Easter, by their distance from it.
const EASTER: &[(&[&str], i16)] = &[
    (&["ash", "wednesday"], -46),
    (&["palm", "sunday"], -7),
    (&["maundy", "thursday"], -3),
    (&["good", "friday"], -2),
    (&["easter", "monday"], 1),
    (&["easter", "sunday"], 0),
    (&["easter"], 0),
    (&["whit", "monday"], 50),
    (&["pentecost"], 49),
];

/// Words with which a day of [`FIXED`] begins; most words begin none.
static FIRST: LazyLock<HashSet<&str>> =
    LazyLock::new(|| FIXED.iter().map(|(words, ..)| words[0]).collect());

fn named(start: Cursor) -> Found {
    let fixed = if FIRST.contains(start.lower()) {
        FIXED
    } else {
        &[]
    };
    let longest = fixed
        .iter()
        .filter_map(|(words, month, day)| Some((start.eat_all(words)?, *month, *day)))
        .max_by_key(|(end, ..)| end.at);
    if let Some((end, month, day)) = longest {
        // "A happy new year", "the new year" are wishes and the year itself.
        let bare_year = end.at == start.at + 2 && start.lower() == "new";
        let capital = start.word()?.capital() || bare_year;
        let article = start.before().is_some_and(|word| word.lower == "the");
        let when = When::Day {
            year: None,
            month: Some(month),
            day,
        };
        return (capital || !article).then_some((when, end));
    }
    if let Some((end, offset)) = EASTER
        .iter()
        .find_map(|(words, offset)| Some((start.eat_all(words)?, *offset)))
    {
        return Some((When::Easter { year: None, offset }, end));
    }
    let thanksgiving = || When::NthWeekday {
        nth: 4,
        day: 3,
        of: Box::new(When::Month {
            year: None,
            month: 11,
        }),
    };
    if let Some(end) = start.eat(&["thanksgiving"]) {
        return Some((thanksgiving(), end.skip(&["day"])));
    }
    if let Some(end) = start.eat_all(&["black", "friday"]) {
        let when = When::Away {
            length: Length::of(1.0, Unit::Day),
            forward: true,
            from: Some(thanksgiving().into()),
        };
        return Some((when, end));
    }
    let end = start.eat_all(&["labor", "day"])?;
    let of = Box::new(When::Month {
        year: None,
        month: 9,
    });
    Some((When::NthWeekday { nth: 1, day: 0, of }, end))
}

/// "Christmas", "Christmas 2021", "Easter of 2018", "last Easter".
pub fn holiday(start: Cursor) -> Found {
    if let Some((which, at)) = which_one(start) {
        let (of, end) = named(at)?;
        let of = of.into();
        return Some((When::Yearly { of, which }, end));
    }
    let (when, end) = named(start)?;
    let year = year_number(end).or_else(|| year_behind(end));
    Some(match year {
        Some((year, end)) => (when.in_year(year), end),
        None => (when, end),
    })
}

/// "Easter weekend", "Labour Day 2021 weekend", "the weekend of Halloween", "the weekend of 3 May".
pub fn weekend(start: Cursor) -> Found {
    let of = |when: When| When::WeekendOf(when.into());
    let named = start
        .skip(&["the"])
        .eat(&["weekend"])
        .and_then(|at| at.eat(&["of"]));
    if let Some(at) = named {
        let (day, end) = holiday(at)
            .or_else(|| super::points::day_month(at))
            .or_else(|| super::points::month_day(at))?;
        return Some((of(day), end));
    }
    let (day, at) = holiday(start.skip(&["the"]))?;
    let end = at.eat(&["weekend"])?;
    Some(match year_number(end) {
        Some((year, end)) => (of(day.in_year(year)), end),
        None => (of(day), end),
    })
}

/// "Last", "next": which of the days of a name.
pub fn which_one(start: Cursor) -> Option<(Which, Cursor)> {
    let which = match start.lower() {
        "last" | "previous" => Which::Gone,
        "next" | "following" | "coming" => Which::Coming,
        _ => return None,
    };
    Some((which, start.next()))
}

/// "next 6th of April": the first such day to come.
pub fn next_day(start: Cursor) -> Found {
    let plain = |at| super::digits::day_and_month(at);
    if let Some(found) = start.eat(&["this"]).and_then(plain) {
        return Some(found);
    }
    let (which, at) = which_one(start)?;
    let (of, end) = super::points::day_month(at)
        .or_else(|| super::points::month_day(at))
        .or_else(|| plain(at).filter(|_| at.word().is_some_and(|word| word.digits().is_some())))?;
    if !of.yearless() {
        return None;
    }
    let of = of.into();
    Some((When::Yearly { of, which }, end))
}
