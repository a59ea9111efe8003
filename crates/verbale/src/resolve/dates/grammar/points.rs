//! Days as the calendar names them.

use super::super::when::{Unit, When};
use super::Found;
use super::vocabulary;
use super::years::{spelled_year, year_behind};
use crate::resolve::amounts::numerals::{cardinal, ordinal};
use crate::resolve::amounts::words::{Cursor, Form};

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

pub fn day(year: Option<i16>, month: i8, day: i8) -> When {
    When::Day {
        year,
        month: Some(month),
        day,
    }
}

/// "May twenty nine", "fifteen August": from thirteen on, where nothing that it could count follows.
fn spelled_day(start: Cursor) -> Option<(i8, Cursor)> {
    if start.word()?.form != Form::Letters || start.lower() == "a" {
        return None;
    }
    let (number, end) = cardinal(start)?;
    let fits = !number.fraction && !number.vague && (13.0..=31.0).contains(&number.value);
    let counts = end.word().is_some_and(|word| {
        word.form == Form::Letters
            && vocabulary::month(end).is_none()
            && spelled_year(end).is_none()
            && !["and", "at", "in", "to", "the", "for", "when"].contains(&word.lower.as_str())
    });
    (fits && !counts).then_some((number.value as i8, end))
}

/// A weekday before a day, which adds nothing to it: "Tuesday, 11 July".
pub fn behind_weekday(start: Cursor) -> Cursor {
    vocabulary::weekday(start.skip(&["this"]))
        .map_or(start, |(_, end)| end.skip(&[",", ".", "-"]).skip(&["the"]))
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
    let at = behind_weekday(start).skip(&["the"]);
    let (number, at) = spelled_day(at).or_else(|| day_number(at))?;
    let (month, _, end) = vocabulary::month(at.skip(&["of", "-", "/", "."]))?;
    Some(in_some_year(month, number, end))
}

/// The year behind a day: told, counted from the running one ("27 September last year"), or none.
fn in_some_year(month: i8, number: i8, end: Cursor) -> (When, Cursor) {
    if let Some((year, end)) = year_behind(end) {
        return (day(Some(year), month, number), end);
    }
    let running = super::relative::running(end.skip(&["of"]));
    let Some((
        year @ When::Running {
            unit: Unit::Year, ..
        },
        end,
    )) = running
    else {
        return (day(None, month, number), end);
    };
    let nth = |nth: i8, unit, of: When| When::Nth {
        nth: nth.into(),
        count: 1,
        unit,
        of: of.into(),
    };
    let when = nth(number, Unit::Day, nth(month, Unit::Month, year));
    (when, end)
}

/// "July 11", "July 11th, 2024".
pub fn month_day(start: Cursor) -> Found {
    let (month, _, at) = vocabulary::month(behind_weekday(start))?;
    // "October, 1st"; "in October, 12 envoys" counts.
    let at = match at.eat(&[","]) {
        Some(next) if matches!(next.word().map(|word| word.form), Some(Form::Ordinal(_))) => next,
        _ => at,
    };
    let (number, end) =
        day_number(at.skip(&["-", "/"]).skip(&["the"])).or_else(|| spelled_day(at))?;
    // "May 20 percent" is taken care of by the day; "July 19-nation summit" and "Sept 1,200" by the tokens.
    Some(in_some_year(month, number, end))
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
            "around", "about",
        ]
        .contains(&word.lower.as_str())
    });
    let the = at.eat(&["the"]);
    // "On 29th".
    let bare = the.is_none()
        && start.before().is_some_and(|word| word.lower == "on")
        && matches!(start.word()?.form, Form::Ordinal(_))
        && start
            .next()
            .word()
            .is_none_or(|word| word.form == Form::Sign);
    if weekday.is_none() && (the.is_none() && !bare || !after) {
        return None;
    }
    let at = the.unwrap_or(at);
    let (value, end) = match at.word()?.form {
        Form::Ordinal(value) => (value, at.next()),
        _ if weekday.is_some() => ordinal(at)?,
        _ => return None,
    };
    // "The 21st of this month".
    if weekday.is_none()
        && let Some((of, end)) = super::relative::running(end.skip(&["of"]))
        && matches!(
            of,
            When::Running {
                unit: Unit::Month,
                ..
            }
        )
    {
        let when = When::Nth {
            nth: value as i32,
            count: 1,
            unit: Unit::Day,
            of: of.into(),
        };
        return Some((when, end));
    }
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

/// "Monday 21", "Tue 13th": a weekday and the day of a month that is not told.
pub fn weekday_and_day(start: Cursor) -> Found {
    let (weekday, at) = vocabulary::weekday(start)?;
    let at = at.skip(&[","]).skip(&["the"]);
    let (day, end) = match at.word()?.form {
        Form::Ordinal(day @ 1..=31) => (day as i8, at.next()),
        Form::Number { plain: true, .. } => {
            let (day, end) = day_number(at)?;
            // "Monday 21 envoys came", "Monday 10:30", "Monday 7-6".
            let open = end.word().is_none_or(|word| {
                word.form == Form::Sign
                    && (!word.glued || ["!", "?", ".", ","].contains(&word.text))
            });
            if !open {
                return None;
            }
            (day, end)
        }
        _ => return None,
    };
    Some((When::DayOnWeekday { day, weekday }, end))
}
