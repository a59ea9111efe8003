//! Parts of periods, ranges, and times with one open side.

use super::super::when::{Part, Side, Unit, When};
use super::vocabulary::{self, unit};
use super::{Found, Rule, digits, longest, months, point, points, relative, years};
use crate::resolve::amounts::numerals::{cardinal, ordinal};
use crate::resolve::amounts::words::{Cursor, Form};

/// A period or a numbered part of one: "2024", "the first quarter of 2024".
fn whole(start: Cursor) -> Found {
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
fn any_year(start: Cursor) -> Found {
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

/// "the first half of 2024", "Q3 2024", "the last week of June", "the first ten days of May", "2024's second quarter".
pub fn nth(start: Cursor) -> Found {
    nth_of(start, whole)
}

/// As [`nth`], but of a plain period only, so that parts of parts end.
fn nth_of_period(start: Cursor) -> Found {
    nth_of(start, period)
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
            None if named && unit == Unit::Quarter && count == 1 && at.lower() != "of" => (
                When::Running {
                    unit: Unit::Year,
                    shift: 0,
                },
                at,
            ),
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
                None if unit == Unit::Quarter => {
                    let year = When::Running {
                        unit: Unit::Year,
                        shift: 0,
                    };
                    (unit, nth, year, end)
                }
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

/// "around 1947", "about mid-June".
pub fn about(start: Cursor) -> Found {
    // "How about 2019" proposes, "talk about 2019" has it for its subject.
    if start
        .before()
        .is_some_and(|word| ["how", "what"].contains(&word.lower.as_str()))
    {
        return None;
    }
    let at = start.eat(&["around", "about", "circa", "roughly", "approximately"])?;
    let (of, end) = longest(
        at,
        &[
            part,
            points::day_month,
            points::month_day,
            months::month,
            years::decade,
            approximate_year,
        ],
    )?;
    Some((When::About(of.into()), end))
}

/// "around 1947", but not "around 2000 people": nothing countable may follow.
fn approximate_year(start: Cursor) -> Found {
    let (first, end) = years::year_number(start)?;
    let counting = years::counts_things(first, end);
    (!counting).then_some((When::Years { first, count: 1 }, end))
}

/// "earlier this month", "later this year", "the rest of the week", "so far this year".
pub fn portion(start: Cursor) -> Found {
    let (rest, at) = match start.lower() {
        "earlier" => (false, start.next()),
        "later" => (true, start.next()),
        "so" => (false, start.next().eat(&["far"])?),
        _ => {
            let at = start.skip(&["the"]);
            let at = at.eat(&["rest", "remainder", "remaining"])?;
            (true, at.eat(&["of"])?)
        }
    };
    if let Some(end) = at.eat(&["today"]) {
        let when = When::Running {
            unit: Unit::Day,
            shift: 0,
        };
        return Some((when, end));
    }
    let (of, end) = whole(at.skip(&["in"]))?;
    matches!(of, When::Running { shift: 0, .. }).then(|| {
        let of = of.into();
        (When::Portion { of, rest }, end)
    })
}

/// "from March to May 2023", "between 2019 and 2021", "2014 to 2018", "July 10 - August 2".
pub fn between(start: Cursor) -> Found {
    const TO: &[&str] = &["to", "until", "till", "through", "-", "–", "~"];
    let (joints, at): (&[&str], _) = match start.lower() {
        "from" => (TO, start.next()),
        "between" => (&["and", "-", "–", "~", "to", "through"], start.next()),
        _ => (TO, start),
    };
    let (from, middle) = end_point(at.skip(&["the"]))?;
    let (to, end) = end_point(middle.eat(joints)?.skip(&["the"]))?;
    // "2019-2021" has years on both sides; "20 to July" has not.
    let (from, to) = match (&from, &to) {
        (
            When::Day { month: None, .. },
            When::Day {
                month: Some(month), ..
            },
        ) => (from.clone().in_month(*month), to),
        _ => (from, to),
    };
    let (from, to) = (Box::new(from), Box::new(to));
    Some((When::Range(from, to), end))
}

fn end_point(start: Cursor) -> Found {
    longest(start, &[any_year, any_month, point])
}

/// A month in a place where it needs no other sign: "May to October", "June-August 1992".
fn any_month(start: Cursor) -> Found {
    let (month, _, end) = vocabulary::month(start)?;
    Some((When::Month { year: None, month }, end))
}

/// "the week of April 10", "week beginning 4 February", "week 31 of 2027".
pub fn week(start: Cursor) -> Found {
    let next = start.skip(&["the"]).eat_all(&["week", "after", "next"]);
    if let Some(end) = next {
        let (unit, shift) = (Unit::Week, 2);
        return Some((When::Running { unit, shift }, end));
    }
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
    let (of, end) = at.next().eat(&["of"]).and_then(period).unwrap_or((
        When::Running {
            unit: Unit::Year,
            shift: 0,
        },
        at.next(),
    ));
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

/// "since 1992", "until 2030", "by the end of the year", "before July", "2012 or later", "from May onwards".
pub fn bound(start: Cursor) -> Found {
    let (side, at) = match start.lower() {
        "since" => (Side::Since, start.next()),
        "after" => (Side::After, start.next()),
        "pre" => (Side::Before, start.next().eat(&["-"])?),
        "post" => (Side::After, start.next().eat(&["-"])?),
        "before" => (Side::Before, start.next()),
        "until" | "till" | "by" => (Side::Until, start.next()),
        "up" => (Side::Until, start.next().eat(&["to", "until"])?),
        "prior" => (Side::Before, start.next().eat(&["to"])?),
        "as" => (Side::Since, start.next().eat(&["of", "from"])?),
        "no" => (Side::Until, start.eat_all(&["no", "later", "than"])?),
        "later" => (Side::After, start.next().eat(&["than"])?),
        "starting" | "beginning" => (Side::Since, start.next().skip(&["on", "in", "from"])),
        _ => {
            let (of, at) = end_point(start.skip(&["from"]))?;
            let end = at.eat(&["onwards", "onward"]).or_else(|| {
                let at = at.eat(&["and", "or"])?;
                at.eat(&["later", "after", "beyond", "onwards"])
                    .filter(|end| end.word().is_none_or(|word| word.form == Form::Sign))
            })?;
            let side = Side::Since;
            return Some((
                When::Bound {
                    side,
                    of: of.into(),
                },
                end,
            ));
        }
    };
    let (of, end) = longest(at, &[end_point, whole_after_the])?;
    // "By now" and "before now" say nothing; "after two days" is a length and no day.
    let empty = matches!(of, When::Now | When::Told { .. } | When::Vague);
    (!empty).then(|| {
        let of = of.into();
        (When::Bound { side, of }, end)
    })
}

/// "since the 1990s", "by the summer of 2030".
fn whole_after_the(start: Cursor) -> Found {
    let at = start.eat(&["the"])?;
    longest(
        at,
        &[years::decade, years::century, months::season, part, nth],
    )
}
