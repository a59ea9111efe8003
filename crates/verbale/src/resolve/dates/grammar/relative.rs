//! Words that count from the day of the text or from a day told before.

use super::super::when::{Length, Unit, When, Which};
use super::vocabulary::{self, unit};
use super::{Found, lengths, point};
use crate::resolve::amounts::numerals::cardinal;
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
    let at = start.skip(&["the"]);
    let (forward, word, end) = match at.lower() {
        "following" | "ensuing" => (true, at.next(), at.next().next()),
        "preceding" => (false, at.next(), at.next().next()),
        "next" | "previous" if at.at > start.at => {
            (at.lower() == "next", at.next(), at.next().next())
        }
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
            if at.at == start.at || !open {
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

/// "two days ago", "a year later", "three weeks from now", "two days after 11 July", "in two weeks".
pub fn away(start: Cursor) -> Found {
    if let Some(at) = start.eat(&["in"]) {
        let (length, end) =
            lengths::qualified(at).filter(|(length, _)| length.unit() >= Unit::Day)?;
        let numbered = length.parts.iter().all(|(number, _)| number.is_some());
        // "The first visit in twenty years" looks back over a length.
        let backwards = start.words[start.at.saturating_sub(7)..start.at]
            .iter()
            .any(|word| {
                ["first", "time", "only", "never", "most", "once", "not"]
                    .contains(&word.lower.as_str())
                    || word.lower.ends_with("est")
            });
        if !numbered || backwards || at.lower() == "over" {
            return None;
        }
        let end = if end.lower() == "'" || end.lower() == "time" {
            end
        } else {
            end.skip(&["from"])
        };
        let end = match end.before() {
            Some(word) if word.lower == "from" => Cursor {
                at: end.at - 1,
                ..end
            },
            _ => end,
        };
        return Some((
            When::Away {
                length,
                forward: true,
                from: None,
            },
            end,
        ));
    }
    let (length, at) =
        lengths::qualified(start).filter(|(length, _)| length.unit() >= Unit::Day)?;
    let away = |forward, from: Option<When>| When::Away {
        length: length.clone(),
        forward,
        from: from.map(Box::new),
    };
    match at.lower() {
        "ago" => {
            let end = at.next();
            Some((away(false, None), end))
        }
        "hence" => Some((away(true, None), at.next())),
        "later" => Some((
            When::Told {
                length,
                forward: true,
            },
            at.next(),
        )),
        "earlier" | "previously" => Some((
            When::Told {
                length,
                forward: false,
            },
            at.next(),
        )),
        "from" | "after" | "before" => {
            let forward = at.lower() != "before";
            let (from, end) = point(at.next())?;
            Some((away(forward, Some(from)), end))
        }
        _ => None,
    }
}

/// "the past two decades", "the last 30 days", "the next five years", "within nine months".
pub fn stretch(start: Cursor) -> Found {
    if let Some(at) = start.eat(&["within"]) {
        let (length, end) = lengths::length(at.skip(&["the"]).skip(&["next", "coming"]))?;
        let forward = true;
        return Some((When::Stretch { length, forward }, end));
    }
    // "the 5 past years" says the same as "the past 5 years".
    let direction = |word: &str| match word {
        "past" | "last" | "previous" | "preceding" => Some(false),
        "next" | "coming" | "following" | "upcoming" => Some(true),
        _ => None,
    };
    if let Some((number, at)) = cardinal(start)
        && let Some(forward) = direction(at.lower())
        && let Some((unit, true)) = unit(at.next().lower())
    {
        let length = Length::of(number.value, unit);
        return Some((When::Stretch { length, forward }, at.next().next()));
    }
    // "The talks will last two days".
    let verb = start.lower() == "last"
        && start.before().is_some_and(|word| {
            [
                "will", "to", "t", "not", "can", "could", "would", "may", "they",
            ]
            .contains(&word.lower.as_str())
        });
    let forward = direction(start.lower()).filter(|_| !verb)?;
    let at = start.next();
    // "The past three quarters": no fraction here.
    if let Some((number, end)) = cardinal(at)
        && number.fraction
        && end.before().is_some_and(|word| word.lower == "quarters")
        && end.lower() != "of"
    {
        let length = Length::of(number.value * 4.0, Unit::Quarter);
        return Some((When::Stretch { length, forward }, end));
    }
    if let Some((length, end)) = lengths::length(at)
        // "For the last three months and two days ago …": the second length is another time's.
        .and_then(|found| match found.1.lower() {
            "ago" | "later" | "earlier" => lengths::single(at),
            _ => Some(found),
        })
        .filter(|(length, _)| length.unit() >= Unit::Day)
    {
        let numbered = length.parts.iter().all(|(number, _)| number.is_some());
        let when = if numbered {
            When::Stretch { length, forward }
        } else {
            When::Vague
        };
        return Some((when, end));
    }
    let (unit, plural) = unit(at.lower())?;
    let when = match (plural, start.lower()) {
        (true, _) => When::Vague,
        (false, "past") if unit >= Unit::Week => When::Stretch {
            length: Length::of(1.0, unit),
            forward,
        },
        _ => return None,
    };
    (unit >= Unit::Day).then_some((when, at.next()))
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
    // "He said that day and night …": only what a clause can end with.
    let (unit, plural) = unit(at.lower())?;
    (!plural && (Unit::Day..=Unit::Year).contains(&unit)).then(|| (When::Vague, at.next()))
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

/// "three days starting next Monday", "for a week from 20 December".
pub fn run(start: Cursor) -> Found {
    let at = start.skip(&["for"]);
    let (length, end) = lengths::length(at).filter(|(length, _)| length.unit() >= Unit::Day)?;
    let end = end.skip(&[","]);
    let starting = end
        .eat(&["starting", "beginning"])
        .map(|at| at.skip(&["from", "on"]));
    // "Three days from today" is a day, "for three days from today" a stretch.
    let from = || end.eat(&["from"]).filter(|_| at.at > start.at);
    let starting = starting.filter(|_| at.at == start.at);
    let (from, end) = point(starting.or_else(from)?)?;
    let numbered = length.parts.iter().all(|(number, _)| number.is_some());
    numbered.then(|| {
        let from = from.into();
        (When::Run { length, from }, end)
    })
}
