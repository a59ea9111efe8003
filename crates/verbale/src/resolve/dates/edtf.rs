//! Dates in the Extended Date/Time Format (ISO 8601-2): `2024-07`, `199X`, `2024-35`, `1992/..`, `XXXX-07-11`.

use jiff::civil::Date;

use super::calendar::Bounds;
use super::when::{Season, Side, Unit, When};
use crate::record::Granularity;

/// The notation of a meaning, resolved as far as it can be; empty if nothing can be said.
pub fn notation(when: &When, bounds: Option<Bounds>) -> String {
    match (when, bounds) {
        (When::DayOrMonth { .. }, Some(bounds)) if bounds.start != bounds.end => {
            match (bounds.start, bounds.end) {
                (Some(start), Some(end)) => format!("[{start},{end}]"),
                _ => String::new(),
            }
        }
        (
            When::Season { season, .. } | When::SeasonBy { season, .. },
            Some(Bounds {
                start: Some(start), ..
            }),
        ) => {
            format!("{:04}-{}", start.year(), season_code(*season))
        }
        (When::Fiscal { first, last }, Some(_)) if first == last => format!("{first}~"),
        (When::Fiscal { first, last }, Some(_)) => format!("{first}/{last}"),
        (When::About(of), bounds) => {
            let exact = notation(of, bounds);
            if exact.is_empty() || exact.contains('/') {
                exact
            } else {
                exact + "~"
            }
        }
        (
            When::Nth {
                unit: Unit::Half,
                nth,
                count: 1,
                ..
            },
            Some(Bounds {
                start: Some(start), ..
            }),
        ) => {
            format!("{:04}-{}", start.year(), if *nth == 1 { 40 } else { 41 })
        }
        (_, Some(bounds)) => of_bounds(bounds),
        (_, None) => partial(when),
    }
}

fn season_code(season: Season) -> u8 {
    match season {
        Season::Spring => 21,
        Season::Summer => 22,
        Season::Autumn => 23,
        Season::Winter => 24,
    }
}

/// What is known of a date whose year is not.
fn partial(when: &When) -> String {
    match when {
        // A year that is said and still gives no day: there was no such day.
        When::Day { year: Some(_), .. } => String::new(),
        When::Day { month, day, .. } => match month {
            Some(month) => format!("XXXX-{month:02}-{day:02}"),
            None => format!("XXXX-XX-{day:02}"),
        },
        When::Month { month, .. } | When::MonthBy { month, .. } => format!("XXXX-{month:02}"),
        When::Season { season, .. } => format!("XXXX-{}", season_code(*season)),
        When::Bound {
            side: side @ (Side::Since | Side::Until),
            of,
        } => match (side, partial(of)) {
            (_, of) if of.is_empty() => of,
            (Side::Since, of) => of + "/..",
            (_, of) => format!("../{of}"),
        },
        When::Range(from, to) => {
            let (from, to) = (partial(from), partial(to));
            if from.is_empty() || to.is_empty() {
                String::new()
            } else {
                format!("{from}/{to}")
            }
        }
        _ => String::new(),
    }
}

/// The shortest notation that says exactly these days.
pub fn of_bounds(bounds: Bounds) -> String {
    let (start, end) = (bounds.start, bounds.end);
    match (start, end) {
        (None, None) => String::new(),
        (Some(start), None) => format!("{}/..", fine(start, true, start.month() == 1)),
        (None, Some(end)) => format!("../{}", fine(end, false, end.month() == 12)),
        (Some(start), Some(end)) => single(start, end, bounds.grain).unwrap_or_else(|| {
            let years = start.month() == 1 && end.month() == 12;
            let months = start.day() == 1 && end == end.last_of_month();
            if months {
                format!("{}/{}", fine(start, true, years), fine(end, false, years))
            } else {
                format!("{start}/{end}")
            }
        }),
    }
}

/// A period that has a notation of its own.
fn single(start: Date, end: Date, grain: Granularity) -> Option<String> {
    let year = start.year();
    if start == end {
        return Some(start.to_string());
    }
    if start.day() != 1 || end != end.last_of_month() {
        return None;
    }
    if (start.month(), end.month()) == (1, 12) {
        return match end.year() - year {
            0 => Some(format!("{year:04}")),
            9 if year % 10 == 0 => Some(format!("{:03}X", year / 10)),
            99 if year % 100 == 0 => Some(format!("{:02}XX", year / 100)),
            _ => None,
        };
    }
    if year != end.year() {
        return None;
    }
    match end.month() - start.month() {
        0 => Some(format!("{year:04}-{:02}", start.month())),
        2 if grain == Granularity::Quarter => {
            Some(format!("{year:04}-{}", 33 + (start.month() - 1) / 3))
        }
        _ => None,
    }
}

/// One end of an interval: a year or month where it begins (or ends) one, else the day.
fn fine(day: Date, is_start: bool, year_edge: bool) -> String {
    let month_edge = if is_start {
        day.day() == 1
    } else {
        day == day.last_of_month()
    };
    match (month_edge, year_edge) {
        (true, true) => format!("{:04}", day.year()),
        (true, false) => format!("{:04}-{:02}", day.year(), day.month()),
        _ => day.to_string(),
    }
}
