//! Words that count from the day of the text or from a day told before.

use super::super::when::{Length, Unit, When, Which};
use super::Found;
use super::vocabulary::{self, unit};
use crate::resolve::amounts::words::Cursor;

fn running_day(shift: i32) -> When {
    When::Running {
        unit: Unit::Day,
        shift,
    }
}

/// "today", "tomorrow", "the day before yesterday", "this morning", "last night", "now".
pub fn named_day(start: Cursor) -> Found {
    let parts_of_day = &["morning", "afternoon", "evening", "night"];
    if let Some(end) = start.eat(&["this"]).and_then(|next| next.eat(parts_of_day)) {
        return Some((running_day(0), end));
    }
    if let Some(end) = start.eat_all(&["last", "night"]) {
        return Some((running_day(-1), end));
    }
    if let Some(end) = start.eat_all(&["year", "to", "date"]) {
        let of = Box::new(When::Running {
            unit: Unit::Year,
            shift: 0,
        });
        return Some((When::Portion { of, rest: false }, end));
    }
    let at = start.skip(&["the"]);
    if let Some(end) = at.eat_all(&["day", "before", "yesterday"]) {
        return Some((running_day(-2), end));
    }
    if let Some(end) = at.eat_all(&["day", "after", "tomorrow"]) {
        return Some((running_day(2), end));
    }
    let when = match start.lower() {
        "today" | "tonight" => running_day(0),
        "yesterday" => running_day(-1),
        "tomorrow" => running_day(1),
        "now" | "currently" | "nowadays" | "presently" => When::Now,
        _ => return None,
    };
    Some((when, start.next()))
}

/// "this week", "last year", "next month", "the current quarter"; "the year" only where a caller asks for it.
pub fn running(start: Cursor) -> Found {
    let shift = match start.lower() {
        "this" | "current" => 0,
        "last" | "previous" => -1,
        "next" | "coming" => 1,
        _ => return None,
    };
    let at = start.next().skip(&["calendar"]);
    let (unit, plural) = unit(at.lower())?;
    // "over the last year" ends today; "last year" is the calendar's.
    let stretching = start.at >= 2
        && start.words[start.at - 1].lower == "the"
        && ["over", "in", "during", "for", "within", "throughout"]
            .contains(&start.words[start.at - 2].lower.as_str())
        && start.lower() != "current";
    if plural || unit < Unit::Day {
        return None;
    }
    let end = at.next();
    if stretching && !matches!(unit, Unit::Day | Unit::Quarter) {
        let when = When::Stretch {
            length: Length::of(1.0, unit),
            forward: shift > 0,
        };
        return Some((when, end));
    }
    // "the next day" is counted from what was told.
    let told = unit == Unit::Day && shift != 0;
    let when = if told {
        When::Told {
            length: Length::of(1.0, Unit::Day),
            forward: shift > 0,
        }
    } else {
        When::Running { unit, shift }
    };
    Some((when, end))
}

/// "Tuesday", "last Friday", "this coming Monday", "Wednesday next week", "Monday of the following week".
pub fn weekday(start: Cursor) -> Found {
    let (which, at) = match start.lower() {
        "this" if start.next().eat(&["past"]).is_some() => (Which::Gone, start.next().next()),
        "this" if start.next().eat(&["coming", "upcoming"]).is_some() => {
            (Which::Coming, start.next().next())
        }
        "this" => (Which::This, start.next()),
        "last" | "previous" => (Which::Last, start.next()),
        "past" => (Which::Gone, start.next()),
        "next" | "following" => (Which::Next, start.next()),
        "coming" | "upcoming" => (Which::Coming, start.next()),
        _ => (Which::Bare, start),
    };
    if let Some((day, end)) = vocabulary::weekday(at) {
        if which != Which::Bare {
            return Some((When::Weekday { day, which }, end));
        }
        let week = end.skip(&["of"]).skip(&["the"]);
        if let Some((week, end)) = running(week).or_else(|| told(week))
            && is_week(&week)
        {
            let week = week.into();
            return Some((When::WeekdayIn { day, week }, end));
        }
        return Some((When::Weekday { day, which }, end));
    }
    // "next week Tuesday", "next week on Tuesday".
    let (week, end) = running(start)?;
    let (day, end) = vocabulary::weekday(end.skip(&["-", "–", ","]).skip(&["on"]))?;
    is_week(&week).then(|| {
        let week = week.into();
        (When::WeekdayIn { day, week }, end)
    })
}

fn is_week(when: &When) -> bool {
    match when {
        When::Running { unit, .. } => *unit == Unit::Week,
        When::Told { length, .. } => length.unit() == Unit::Week,
        _ => false,
    }
}

/// "the following day", "the day before", "the previous year", "the next day".
pub fn told(start: Cursor) -> Found {
    // "The following day" is told by its adjective, "the day before" by its article.
    let at = match start.lower() {
        "following" | "ensuing" | "preceding" => start,
        _ => start.eat(&["the"])?,
    };
    let (forward, word, end) = match at.lower() {
        "following" | "ensuing" if at.at == start.at => (true, at.next(), at.next().next()),
        "preceding" if at.at == start.at => (false, at.next(), at.next().next()),
        "next" | "previous" => (at.lower() == "next", at.next(), at.next().next()),
        _ => {
            let forward = match at.next().lower() {
                "before" | "earlier" => false,
                "after" => true,
                _ => return None,
            };
            // "the day after the vote" is counted from the vote, which is no date.
            let end = at.next().next();
            let open = end
                .word()
                .is_none_or(|word| !word.text.chars().all(char::is_alphanumeric));
            if !open {
                return None;
            }
            (forward, at, end)
        }
    };
    let (unit, plural) = unit(word.lower())?;
    // "The next year" and longer are running units unless the words say "following".
    let calendar = matches!(at.lower(), "next" | "previous") && unit != Unit::Day;
    (!plural && unit >= Unit::Day && !calendar).then(|| {
        let length = Length::of(1.0, unit);
        (When::Told { length, forward }, end)
    })
}

/// "For the month", "in the year": the running one, where nothing follows that it could be of.
pub fn the_unit(start: Cursor) -> Found {
    let before = start.before().map_or("", |word| word.lower.as_str());
    let at = start.eat(&["the"])?;
    let (unit, plural) = unit(at.lower())?;
    let placed = match unit {
        Unit::Day => before == "for",
        Unit::Week | Unit::Month | Unit::Quarter | Unit::Year => {
            ["for", "in", "during", "over", "throughout"].contains(&before)
        }
        _ => false,
    };
    let end = at.next();
    let closed = end
        .word()
        .is_none_or(|word| [".", ",", "!", "?", ";", ":"].contains(&word.text));
    (placed && !plural && closed).then_some((When::Running { unit, shift: 0 }, end))
}

/// "recent years", "the near future", "recently", "recent".
pub fn vague(start: Cursor) -> Found {
    if let Some(at) = start.eat(&["recent"]) {
        return match unit(at.lower()) {
            Some((_, true)) => Some((When::Vague, at.next())),
            _ => Some((When::Recent, at)),
        };
    }
    if start.lower() == "recently" {
        return Some((When::Recent, start.next()));
    }
    let end = start.skip(&["the"]).eat(&["near", "foreseeable"])?;
    Some((When::Vague, end.eat(&["future"])?))
}

/// "that week", "the same month": a time told elsewhere.
pub fn that_unit(start: Cursor) -> Found {
    let at = start.eat(&["that", "same"])?;
    let (unit, plural) = unit(at.lower())?;
    let told = When::Told {
        length: Length::of(0.0, unit),
        forward: true,
    };
    (!plural && (Unit::Day..=Unit::Year).contains(&unit)).then(|| (told, at.next()))
}

/// "the weekend", "over the weekend", "this working week".
pub fn weekend(start: Cursor) -> Found {
    let (shift, at) = match start.lower() {
        "this" => (0, start.next()),
        "next" => (1, start.next()),
        "last" => (-1, start.next()),
        _ => (0, start),
    };
    let running = |unit, end| Some((When::Running { unit, shift }, end));
    if at.at > start.at {
        let end = at
            .eat_all(&["working", "week"])
            .or_else(|| at.eat(&["workweek"]))?;
        let week = When::Running {
            unit: Unit::Week,
            shift,
        };
        let when = When::Nth {
            nth: 1,
            count: 5,
            unit: Unit::Day,
            of: week.into(),
        };
        return Some((when, end));
    }
    let at = start.skip(&["the"]);
    let end = at.eat(&["weekend"])?;
    // "The weekend of 3 May" is told by its day.
    (end.lower() != "of").then_some(())?;
    running(Unit::Weekend, end)
}

/// "the year before last", "the week after next".
pub fn one_further(start: Cursor) -> Found {
    let at = start.skip(&["the"]);
    let (unit, plural) = unit(at.lower()).filter(|(unit, _)| *unit >= Unit::Week)?;
    let behind = at.next();
    let (shift, end) = behind
        .eat_all(&["before", "last"])
        .map(|end| (-2, end))
        .or_else(|| Some((2, behind.eat_all(&["after", "next"])?)))?;
    (!plural).then_some((When::Running { unit, shift }, end))
}
