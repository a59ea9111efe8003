//! Ranges, portions of running periods, and times with one open side.

use super::super::when::{Side, Unit, When};
use super::parts::{any_year, nth, part, whole};
use super::{Found, longest, months, point, points, vocabulary, years};
use crate::resolve::amounts::words::{Cursor, Form};

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
            points::nth_day,
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
            let at = start.eat(&["rest", "remainder", "remaining"])?;
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
    // "This Friday-15 June" says one day twice.
    let twice =
        matches!(from, When::Weekday { .. }) && matches!(to, When::Day { .. }) && middle.glued();
    let (from, to) = (Box::new(from), Box::new(to));
    (!twice).then_some((When::Range(from, to), end))
}

fn end_point(start: Cursor) -> Found {
    longest(start, &[any_year, any_month, to_date, point])
}

/// "To date", "until the current date".
fn to_date(start: Cursor) -> Found {
    let current = start.skip(&["the"]).eat_all(&["current", "date"]);
    let bare = || {
        let behind = start
            .before()
            .is_some_and(|word| ["to", "till", "until"].contains(&word.lower.as_str()));
        start
            .eat(&["date"])
            .filter(|end| behind && end.word().is_none_or(|word| word.form == Form::Sign))
    };
    Some((When::Now, current.or_else(bare)?))
}

/// A month in a place where it needs no other sign: "May to October", "June-August 1992".
fn any_month(start: Cursor) -> Found {
    let (month, _, end) = vocabulary::month(start)?;
    Some((When::Month { year: None, month }, end))
}

/// "since 1992", "until 2030", "by the end of the year", "before July", "2012 or later", "from May onwards".
pub fn bound(start: Cursor) -> Found {
    // "The pact dates from 1 June" tells a day.
    let dates = start
        .before()
        .is_some_and(|word| ["dates", "dating", "dated"].contains(&word.lower.as_str()));
    if let Some(found) = start.eat(&["from"]).filter(|_| !dates).and_then(from_then) {
        return Some(found);
    }
    if let Some(at) = start.eat(&["through"]) {
        return through(at);
    }
    let (side, at) = match start.lower() {
        "since" => (Side::Since, start.next()),
        "after" => (Side::After, start.next()),
        "pre" => (Side::Before, start.next().eat(&["-"])?),
        "post" => (Side::After, start.next().eat(&["-"])?),
        "before" => (Side::Before, start.next()),
        "until" | "till" | "by" => (Side::Until, start.next()),
        "up" => (Side::Until, start.next().eat(&["to", "until"])?),
        "prior" => (Side::Before, start.next().eat(&["to"])?),
        "as" => match start.eat_all(&["as", "early", "as"]) {
            Some(at) => return early_or_late(Side::Since, at),
            None => match start.eat_all(&["as", "late", "as"]) {
                Some(at) => return early_or_late(Side::Until, at),
                None => (Side::Since, start.next().eat(&["of", "from"])?),
            },
        },
        "to" => (
            Side::Until,
            start.next().eat(&["date"]).and(Some(start.next()))?,
        ),
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
    let date = end.before().is_some_and(|word| word.lower == "date");
    let empty = matches!(of, When::Told { .. } | When::Vague) || of == When::Now && !date;
    (!empty).then(|| {
        let of = of.into();
        (When::Bound { side, of }, end)
    })
}

/// "From Monday", "from 1 January", "from next month". Years and bare months are as often compared with: "up from May".
fn from_then(start: Cursor) -> Found {
    let (of, end) = point(start)?;
    let begins = match &of {
        When::Day { .. } | When::Weekday { .. } => true,
        When::Running { shift, .. } => *shift > 0,
        _ => false,
    };
    let (side, of) = (Side::Since, of.into());
    let more = end
        .word()
        .is_some_and(|word| ["onwards", "onward", "to", "until"].contains(&word.text));
    (begins && !more).then_some((When::Bound { side, of }, end))
}

/// "Through 2022", "through Friday": up to its end.
fn through(start: Cursor) -> Found {
    let (of, end) = longest(start, &[any_year, any_month, point])?;
    let ends = matches!(
        of,
        When::Years { count: 1, .. }
            | When::Month { .. }
            | When::Day { .. }
            | When::Weekday { .. }
            | When::Running { .. }
    );
    let (side, of) = (Side::Until, of.into());
    ends.then_some((When::Bound { side, of }, end))
}

/// "As early as next week", "as late as tomorrow"; "as early as 1995" is in that year.
fn early_or_late(side: Side, start: Cursor) -> Found {
    let (of, end) = point(start).filter(|(of, _)| of.year().is_none())?;
    let of = of.into();
    Some((When::Bound { side, of }, end))
}

/// "since the 1990s", "by the summer of 2030".
fn whole_after_the(start: Cursor) -> Found {
    let at = start.eat(&["the"])?;
    longest(
        at,
        &[years::decade, years::century, months::season, part, nth],
    )
}
