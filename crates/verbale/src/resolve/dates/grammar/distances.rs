//! Lengths that lead away from a day, and stretches that end, begin or run up to one.

use super::super::when::{Length, Side, Unit, When, Which};
use super::lengths::{self, Qualifier};
use super::vocabulary::{self, unit};
use super::{Found, longest, months, point, points};
use crate::resolve::amounts::numerals::cardinal;
use crate::resolve::amounts::words::Cursor;

/// "two days ago", "a year later", "three weeks from now", "two days after 11 July", "in two weeks".
pub fn away(start: Cursor) -> Found {
    if let Some(at) = start.eat(&["in"]) {
        let (length, end) =
            lengths::qualified(at).filter(|(length, _)| length.unit() >= Unit::Day)?;
        let numbered = length.numbered();
        // "In two days from today" is counted from there.
        if end.eat(&["from", "after"]).and_then(point).is_some() {
            return None;
        }
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
            // "Three days from Tuesday" looks ahead.
            let from = match from {
                When::Weekday {
                    day,
                    which: Which::Bare,
                } if at.lower() == "from" => When::Weekday {
                    day,
                    which: Which::Coming,
                },
                from => from,
            };
            let said = lengths::qualifier(start).map(|(qualifier, _)| qualifier);
            Some((beyond(said, length, forward, from), end))
        }
        _ => None,
    }
}

/// "More than two weeks after the vote" is any time from then on, "less than two weeks after" any time up to then.
fn beyond(said: Option<Qualifier>, length: Length, forward: bool, from: When) -> When {
    let from = Box::new(from);
    match said {
        Some(Qualifier::Less) if forward => When::Run { length, from },
        Some(Qualifier::More) => {
            let side = if forward { Side::After } else { Side::Before };
            let from = Some(from);
            let of = Box::new(When::Away {
                length,
                forward,
                from,
            });
            When::Bound { side, of }
        }
        _ => When::Away {
            length,
            forward,
            from: Some(from),
        },
    }
}

/// "Monday two weeks ago", "in three days, on Friday", "Sunday three weeks after Easter": a day of the week that lies so far
/// away.
pub fn weekday_away(start: Cursor) -> Found {
    let plain = |when: &When| matches!(when, When::Away { length, .. } if length.numbered());
    if let Some((day, at)) = vocabulary::weekday(start) {
        let (week, end) = away(at.skip(&[","])).filter(|(week, _)| plain(week))?;
        let week = week.into();
        return (at.lower() != "in").then_some((When::WeekdayIn { day, week }, end));
    }
    let (week, at) = away(start).filter(|(week, _)| plain(week))?;
    let (day, end) = vocabulary::weekday(at.skip(&[","]).eat(&["on"])?)?;
    let week = week.into();
    Some((When::WeekdayIn { day, week }, end))
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
        .filter(|(length, _)| length.unit() >= Unit::Hour)
    {
        let when = if length.numbered() {
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

/// "the year to June", "three months through May", "the 12 months ending in March".
pub fn run_up(start: Cursor) -> Found {
    let article = start.before().is_some_and(|word| word.lower == "the");
    let one = || {
        let (unit, plural) = unit(start.lower())?;
        (article && !plural).then(|| (Length::of(1.0, unit), start.next()))
    };
    let (length, at) = lengths::length(start).or_else(one)?;
    let fits = length.numbered() && length.unit() > Unit::Day;
    let at = match at.eat(&["to", "through"]) {
        Some(at) => at,
        None => at.eat(&["ending", "ended"])?.skip(&["in", "on"]),
    };
    let (to, end) =
        longest(at, &[points::day_month, points::month_day, months::month]).filter(|_| fits)?;
    let to = to.into();
    Some((When::RunUp { length, to }, end))
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
    length.numbered().then(|| {
        let from = from.into();
        (When::Run { length, from }, end)
    })
}
