//! Months and seasons.

use super::super::when::{Unit, When, Which};
use super::Found;
use super::vocabulary::{self, Sureness, TIME_PREPOSITIONS, is_number};
use super::years::{spelled_year, year_behind, year_number};
use crate::resolve::amounts::words::Cursor;

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
                unit: Unit::Year,
                ..
            }
        )
    {
        return Some((
            When::Nth {
                nth: month.into(),
                count: 1,
                unit: Unit::Month,
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
        })
        || at.at >= 2
            && at.before().is_some_and(|word| word.lower == "the")
            && ["in", "by", "since"].contains(&at.words[at.at - 2].lower.as_str());
    let ended_by_date = is_number(end);
    let named = sureness == Sureness::Sure && at.word()?.capital();
    ((introduced || named) && !ended_by_date).then_some((When::Month { year: None, month }, end))
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
        let behind = end.skip(&["of", ",", "in"]);
        let Some((year, end)) = year_number(behind).or_else(|| spelled_year(behind)) else {
            // "In the spring" is a time whose months the words do not give.
            let introduced = at.before().is_some_and(|word| {
                ["the", "in", "by", "until", "this", "whole", "since"]
                    .contains(&word.lower.as_str())
            });
            let fall = at.lower() == "fall" || at.lower() == "spring";
            let sure = introduced && (!fall || at.before().is_some_and(|word| word.lower == "the"));
            let of = at.lower() == "fall" && end.lower() == "of";
            // "The three-month summer period".
            let said = ["period", "season", "months"].contains(&end.lower());
            return ((sure || said) && !of).then_some((When::Season { season, of: None }, end));
        };
        return Some((
            When::Season {
                season,
                of: of_year(year),
            },
            end,
        ));
    }
    match shift {
        Some(0) => Some((
            When::Season {
                season,
                of: Some(Box::new(When::Running {
                    unit: Unit::Year,
                    shift: 0,
                })),
            },
            end,
        )),
        Some(shift) => {
            let which = if shift < 0 {
                Which::Gone
            } else {
                Which::Coming
            };
            Some((When::SeasonBy { season, which }, end))
        }
        None => None,
    }
}

/// "2017 April", "12-2015", "2015-3".
pub fn year_month(start: Cursor) -> Found {
    let of = |year: i16, month: i8| When::Month {
        year: Some(year),
        month,
    };
    if let Some((year, at)) = year_number(start) {
        if let Some((month, _, end)) = vocabulary::month(at) {
            // "In 2017 April was wet": a day may follow and is another rule's.
            return (!is_number(end)).then(|| (of(year, month), end));
        }
        let at = at.eat(&["-"]).filter(|at| at.glued())?;
        let month = at.word().filter(|word| word.text.len() == 1)?.digits()?;
        let closed = !at.next().glued() || at.next().next().word().is_none();
        return (month > 0 && closed && !start.glued()).then(|| (of(year, month as i8), at.next()));
    }
    let month = start.word().filter(|word| word.text.len() <= 2)?.digits()?;
    let at = start
        .next()
        .eat(&["-", "/"])
        .filter(|_| start.next().glued())?;
    let (year, end) = year_number(at).filter(|_| at.glued())?;
    let closed = !end.glued() || !["-", "/"].contains(&end.lower());
    ((1..=12).contains(&month) && closed && !start.glued()).then(|| (of(year, month as i8), end))
}
