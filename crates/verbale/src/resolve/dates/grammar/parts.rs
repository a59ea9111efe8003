//! Periods and their parts: "the end of 2024", "Q3", "the last week of June", "year-end".

use super::super::when::{Part, Unit, When};
use super::vocabulary::{self, unit};
use super::{Found, Rule, digits, longest, months, points, relative, years};
use crate::resolve::amounts::numerals::{cardinal, ordinal};
use crate::resolve::amounts::words::Cursor;

/// A period or a numbered part of one: "2024", "the first quarter of 2024".
pub fn whole(start: Cursor) -> Found {
    longest(start, &[period, nth_of_period])
}

/// A period that can have parts: "2024", "the year", "next month", "July", "the 1990s", "the year 2024".
fn period(start: Cursor) -> Found {
    longest(
        start,
        &[
            any_year,
            months::month,
            years::decade,
            years::century,
            years::fiscal,
            months::season,
            digits::numeric,
            relative::running,
            this_unit,
        ],
    )
}

/// Four digits in a place where only a year can stand.
pub fn any_year(start: Cursor) -> Found {
    let at = start.skip(&["the"]).skip(&["calendar"]).skip(&["year"]);
    let (first, end) = years::year_number(at)?;
    Some((When::Years { first, count: 1 }, end))
}

/// "the year", "the week", "this month": the running one.
fn this_unit(start: Cursor) -> Found {
    let at = start.skip(&["the"]).skip(&["calendar", "current"]);
    let (unit, plural) = unit(at.lower())?;
    (!plural && unit >= Unit::Week).then(|| (When::Running { unit, shift: 0 }, at.next()))
}

/// "early 2023", "mid-June", "late last year", "the end of the year", "the middle of July".
pub fn part(start: Cursor) -> Found {
    let direct = match start.lower() {
        "early" => Some(Part::Early),
        "mid" | "middle" => Some(Part::Middle),
        "late" => Some(Part::Late),
        "earlier" => Some(Part::Early),
        _ => None,
    };
    if let Some(part) = direct.filter(|_| start.next().lower() != "of") {
        let at = start.next().skip(&["-", "in"]).skip(&["the"]);
        let found = Some(at)
            .filter(|at| at.lower() != "of")
            .and_then(whole)
            .filter(|_| start.lower() != "earlier" || at.lower() != "this")
            .or_else(|| {
                // "mid-1990s", "mid-week", "mid-year".
                let (unit, false) = unit(at.lower())? else {
                    return None;
                };
                (start.lower() == "mid").then(|| (When::Running { unit, shift: 0 }, at.next()))
            })?;
        let plain =
            start.lower() != "earlier" || matches!(found.0, When::Running { shift: -1, .. });
        return plain.then(|| {
            let of = found.0.into();
            (When::Part { part, of }, found.1)
        });
    }
    if let Some(end) = year_end(start) {
        let (part, of) = (Part::Closing, Box::new(running_year()));
        return Some((When::Part { part, of }, end));
    }
    let at = start.skip(&["very"]);
    let part = match at.lower() {
        "beginning" | "start" | "outset" | "dawn" => Part::Opening,
        "middle" => Part::Middle,
        "end" | "close" => Part::Closing,
        _ => return None,
    };
    let at = at.next().eat(&["of"]).or_else(|| at.next().eat(&["-"]))?;
    let (of, end) = whole(at)?;
    // "The end of the year" is spoken of the running one, and more loosely.
    let part = match (part, &of) {
        (Part::Opening, When::Running { .. }) => Part::Early,
        (Part::Closing, When::Running { .. }) => Part::Late,
        _ => part,
    };
    let of = of.into();
    Some((When::Part { part, of }, end))
}

/// "year-end", "year's end", "EOY".
fn year_end(start: Cursor) -> Option<Cursor> {
    start.eat(&["eoy"]).or_else(|| {
        let at = start.eat(&["year"])?;
        at.eat(&["-"])
            .or_else(|| at.eat_all(&["'", "s"]))?
            .eat(&["end"])
    })
}

fn running_year() -> When {
    When::Running {
        unit: Unit::Year,
        shift: 0,
    }
}

/// "the first half of 2024", "Q3 2024", "the last week of June", "the first ten days of May", "2024's second quarter".
pub fn nth(start: Cursor) -> Found {
    nth_of(start, whole)
}

/// As [`nth`], but of a plain period only, so that parts of parts end.
fn nth_of_period(start: Cursor) -> Found {
    nth_of(start, period)
}

/// "2024's second quarter", "next year's first half".
pub fn nth_possessive(start: Cursor) -> Found {
    let (of, at) = longest(start, &[any_year, relative::running])?;
    let (nth, at) = ordinal(at.eat_all(&["'", "s"])?)?;
    let unit = match at.lower() {
        "half" => Unit::Half,
        word => {
            unit(word)
                .filter(|(unit, plural)| *unit > Unit::Day && !plural)?
                .0
        }
    };
    let (nth, count, of) = (nth as i32, 1, of.into());
    let when = When::Nth {
        nth,
        count,
        unit,
        of,
    };
    Some((when, at.next()))
}

/// "The first week of October, on Friday".
pub fn nth_week_on(start: Cursor) -> Found {
    let (week, at) = nth(start).filter(|(week, _)| {
        matches!(
            week,
            When::Nth {
                unit: Unit::Week,
                count: 1,
                ..
            }
        )
    })?;
    let at = at.skip(&["."]).skip(&[","]);
    let (day, end) = vocabulary::weekday(at.eat(&["on"])?)?;
    let week = week.into();
    Some((When::WeekdayIn { day, week }, end))
}

fn nth_of(start: Cursor, whole: Rule) -> Found {
    quarter_sign(start).or_else(|| {
        let at = start.skip(&["the"]);
        let (nth, at) = match at.lower() {
            "last" | "final" | "closing" => (-1, at.next()),
            "opening" => (1, at.next()),
            _ => {
                let (nth, at) = ordinal(at)?;
                (nth as i32, at)
            }
        };
        let (count, at) = match cardinal(at) {
            Some((number, at)) if number.value >= 1.0 => (number.value as i32, at),
            _ => (1, at),
        };
        let at = at.skip(&["-"]);
        let word = at.lower();
        if let Some((day, at)) = vocabulary::weekday(at) {
            return nth_weekday(nth, day, at);
        }
        let unit = match word {
            "half" => Unit::Half,
            _ => unit(word)?.0,
        };
        let named = matches!(unit, Unit::Half | Unit::Quarter) && nth > 0;
        let at = at.next();
        let of = at
            .eat(&["of", "in"])
            .and_then(whole)
            .or_else(|| any_year(at).filter(|_| named));
        let (of, end) = match of {
            Some(found) => found,
            // "the third quarter" of the running year.
            None if named && unit == Unit::Quarter && count == 1 && at.lower() != "of" => {
                (running_year(), at)
            }
            None => return None,
        };
        let of = of.into();
        Some((
            When::Nth {
                nth,
                count,
                unit,
                of,
            },
            end,
        ))
    })
}

/// "the first Monday of May", "the last Friday in June".
fn nth_weekday(nth: i32, day: i8, at: Cursor) -> Found {
    let (of, end) = period(at.eat(&["of", "in"])?)?;
    let of = of.into();
    Some((When::NthWeekday { nth, day, of }, end))
}

/// "Q3 2024", "Q1 of last year", "2017-Q1", "H1 2024".
fn quarter_sign(start: Cursor) -> Found {
    let sign = |at: Cursor<'_>| -> Option<(Unit, i32, usize)> {
        let (unit, most) = match at.lower() {
            "q" => (Unit::Quarter, 4),
            "h" => (Unit::Half, 2),
            _ => return None,
        };
        let number = at.next().word().filter(|word| word.glued)?.digits()? as i32;
        (1..=most)
            .contains(&number)
            .then_some((unit, number, at.at + 2))
    };
    let (unit, nth, of, end) = match sign(start) {
        Some((unit, nth, end)) => {
            let end = Cursor { at: end, ..start };
            let of = period(end.skip(&["of", "-", ",", "/", "in"]).skip(&["the"]));
            match of {
                Some((of, end)) => (unit, nth, of, end),
                None if unit == Unit::Quarter => (unit, nth, running_year(), end),
                None => return None,
            }
        }
        None => {
            let (first, at) = years::year_number(start)?;
            let (unit, nth, end) = sign(at.skip(&["-", ","]))?;
            (
                unit,
                nth,
                When::Years { first, count: 1 },
                Cursor { at: end, ..start },
            )
        }
    };
    let of = of.into();
    Some((
        When::Nth {
            nth,
            count: 1,
            unit,
            of,
        },
        end,
    ))
}

/// "the week of April 10", "week beginning 4 February", "week 31 of 2027".
pub fn week(start: Cursor) -> Found {
    let commencing = start.eat_all(&["w", "/", "c"]);
    let at = commencing.or_else(|| start.skip(&["the"]).eat(&["week"]))?;
    let commencing = commencing.or_else(|| at.eat(&["of", "beginning", "starting", "commencing"]));
    if let Some(at) = commencing {
        let at = at.skip(&["on"]);
        let (of, end) = longest(
            at,
            &[
                digits::numeric,
                points::day_month,
                points::month_day,
                points::nth_day,
            ],
        )?;
        return Some((When::WeekOf(of.into()), end));
    }
    let at = start.eat(&["week"])?;
    let nth = at.word()?.digits().filter(|week| (1..=53).contains(week))? as i32;
    let (of, end) = at
        .next()
        .eat(&["of"])
        .and_then(period)
        .unwrap_or((running_year(), at.next()));
    Some((
        When::Nth {
            nth,
            count: 1,
            unit: Unit::Week,
            of: of.into(),
        },
        end,
    ))
}
