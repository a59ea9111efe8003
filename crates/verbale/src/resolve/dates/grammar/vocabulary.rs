//! The closed classes of English time words.

use super::super::when::{Season, Unit};
use crate::resolve::amounts::words::{Cursor, Form};

/// Words before which or after which a bare month or year is a time.
pub const TIME_PREPOSITIONS: &[&str] = &[
    "in",
    "since",
    "by",
    "until",
    "till",
    "from",
    "to",
    "between",
    "during",
    "before",
    "after",
    "through",
    "throughout",
    "for",
    "of",
    "on",
    "early",
    "mid",
    "late",
    "around",
    "about",
    "circa",
    "last",
    "next",
    "this",
    "past",
    "than",
    "pre",
    "post",
    "year",
    "beginning",
    "starting",
    "back",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
];

/// Full names of months.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// How sure a name is to be a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// "September".
    Sure,
    /// "May", "March", "June", "Jan": also verbs and people.
    NeedsContext,
}

/// A month by name, its full stop included where a number follows.
pub fn month(start: Cursor) -> Option<(i8, Sureness, Cursor)> {
    let word = start.lower();
    let next = start.next();
    // "This may end well" and "troops march": as months these two are written large, or stand after "in", "of" and such.
    if matches!(word, "may" | "march" | "mar")
        && !start.word()?.capital()
        && !start.before().is_some_and(|before| {
            matches!(before.form, Form::Number { .. } | Form::Ordinal(_))
                || [
                    "in", "of", "from", "to", "since", "until", "till", "by", "mid", "early",
                    "late", "-", "during",
                ]
                .contains(&before.lower.as_str())
        })
    {
        return None;
    }
    if let Some(at) = MONTHS.iter().position(|name| *name == word) {
        let unsure = ["march", "april", "may", "june", "august"].contains(&word);
        let sureness = if unsure {
            Sureness::NeedsContext
        } else {
            Sureness::Sure
        };
        return Some((at as i8 + 1, sureness, next));
    }
    let abbreviated = word.len() == 3 || word == "sept";
    if !abbreviated {
        return None;
    }
    let at = MONTHS.iter().position(|name| name[..3] == word[..3])?;
    let end = match next.eat(&["."]) {
        Some(dot) if is_number(dot) || dot.lower() == "," => dot,
        _ => next,
    };
    Some((at as i8 + 1, Sureness::NeedsContext, end))
}

/// Whether a number in digits comes next.
pub fn is_number(cursor: Cursor) -> bool {
    matches!(
        cursor.word().map(|word| word.form),
        Some(Form::Number { .. } | Form::Ordinal(_))
    )
}

/// Whether a word is a day of the week in full.
pub fn is_day(word: &str) -> bool {
    DAYS.contains(&word)
}

/// A day of the week, Monday 0; short forms need a capital letter.
pub fn weekday(start: Cursor) -> Option<(i8, Cursor)> {
    let word = start.lower();
    if let Some(at) = DAYS.iter().position(|name| *name == word) {
        return Some((at as i8, start.next()));
    }
    let short = matches!(
        word,
        "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun"
    );
    if !short || !start.word()?.capital() {
        return None;
    }
    let at = DAYS.iter().position(|name| name.starts_with(word))?;
    Some((at as i8, start.next()))
}

/// A unit of time and whether the word is plural.
pub fn unit(word: &str) -> Option<(Unit, bool)> {
    let (unit, plural) = match word {
        "second" | "sec" => (Unit::Second, false),
        "seconds" | "secs" => (Unit::Second, true),
        "minute" | "min" => (Unit::Minute, false),
        "minutes" | "mins" => (Unit::Minute, true),
        "hour" | "hr" => (Unit::Hour, false),
        "hours" | "hrs" => (Unit::Hour, true),
        "day" | "night" => (Unit::Day, false),
        "days" | "nights" => (Unit::Day, true),
        "weekend" => (Unit::Weekend, false),
        "weekends" => (Unit::Weekend, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "fortnight" => (Unit::Fortnight, false),
        "fortnights" => (Unit::Fortnight, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Quarter, false),
        "quarters" => (Unit::Quarter, true),
        "year" | "yr" => (Unit::Year, false),
        "years" | "yrs" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        _ => return None,
    };
    Some((unit, plural))
}

/// A season.
pub fn season(word: &str) -> Option<Season> {
    Some(match word {
        "spring" | "springtime" => Season::Spring,
        "summer" | "summertime" => Season::Summer,
        "autumn" | "fall" => Season::Autumn,
        "winter" | "wintertime" => Season::Winter,
        _ => return None,
    })
}
