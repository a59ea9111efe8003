//! Units of the calendar and their parts: which days a month, a quarter, "the end of 2024" or "the second week of May" has.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::calendar::{Bounds, Hemisphere};
use super::when::{Part, Season, Unit};
use crate::record::Granularity;

pub fn month_of(year: i16, month: i8) -> Option<Bounds> {
    let start = Date::new(year, month, 1).ok()?;
    Some(Bounds::closed(
        start,
        start.last_of_month(),
        Granularity::Month,
    ))
}

pub fn years(first: i16, count: i16) -> Option<Bounds> {
    let grain = match count {
        1 => Granularity::Year,
        10 => Granularity::Decade,
        _ => Granularity::Range,
    };
    Some(Bounds::closed(
        Date::new(first, 1, 1).ok()?,
        Date::new(first.checked_add(count - 1)?, 12, 31).ok()?,
        grain,
    ))
}

/// The season of a year. It lies in other months south of the equator, and one may begin in a year and end in the next: where
/// the words leave that open its bounds are the year's, and its name is kept in the notation.
pub fn season_of(season: Season, year: i16, hemisphere: Option<Hemisphere>) -> Option<Bounds> {
    let sure = hemisphere
        .and_then(|hemisphere| season_from(season, year, hemisphere))
        .filter(|found| found.end.is_some_and(|end| end.year() == year));
    sure.or_else(|| {
        Some(Bounds {
            grain: Granularity::Quarter,
            ..years(year, 1)?
        })
    })
}

/// The season that begins in a year, by whole months.
pub fn season_from(season: Season, year: i16, hemisphere: Hemisphere) -> Option<Bounds> {
    let north = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    let month = match hemisphere {
        Hemisphere::North => north,
        Hemisphere::South => (north + 5) % 12 + 1,
    };
    let start = Date::new(year, month, 1).ok()?;
    let end = start.checked_add(2.months()).ok()?.last_of_month();
    Some(Bounds::closed(start, end, Granularity::Quarter))
}

/// A day so many days from Easter Sunday (Gregorian; the reckoning of Meeus, Jones and Butcher).
pub fn easter(year: i16, offset: i16) -> Option<Bounds> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = h + l - 7 * m + 90;
    let month = n / 25;
    let day = (n - 90 + 33 * month + 19) % 32;
    let sunday = Date::new(year as i16, month as i8, day as i8).ok()?;
    let day = sunday.checked_add(i64::from(offset).days()).ok()?;
    Some(Bounds::day(day))
}

pub fn monday_of(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

/// The unit that holds a day, moved by so many units.
pub fn period(unit: Unit, day: Date, shift: i32) -> Option<Bounds> {
    let by = i64::from(shift.clamp(-9_999, 9_999));
    let from_month = |months: i8, grain| {
        let first = (day.month() - 1) / months * months + 1;
        let start = date(day.year(), first, 1)
            .checked_add((by * i64::from(months)).months())
            .ok()?;
        let last = start.checked_add(i64::from(months - 1).months()).ok()?;
        Some(Bounds::closed(start, last.last_of_month(), grain))
    };
    let from_years = |count: i16| {
        let first = day.year().div_euclid(count) * count;
        years(first.checked_add((by as i16).checked_mul(count)?)?, count)
    };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => None,
        Unit::Day | Unit::WorkingDay => day.checked_add(by.days()).ok().map(Bounds::day),
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let weeks = if unit == Unit::Fortnight { 2 } else { 1 };
            let start = monday_of(day).checked_add((by * weeks).weeks()).ok()?;
            let end = start.checked_add((7 * weeks - 1).days()).ok()?;
            let start = match unit {
                Unit::Weekend => end.checked_sub(1.day()).ok()?,
                _ => start,
            };
            Some(Bounds::closed(start, end, Granularity::Range))
        }
        Unit::Month => from_month(1, Granularity::Month),
        Unit::Quarter => from_month(3, Granularity::Quarter),
        Unit::Half => from_month(6, Granularity::Range),
        Unit::Year => from_years(1),
        Unit::Decade => from_years(10),
        Unit::Century => from_years(100),
    }
}

/// Early and late are halves, the beginning, middle and end of a year are thirds; the middle of a month is its middle third.
pub fn part_of(part: Part, whole: Bounds) -> Option<Bounds> {
    let (start, end) = (whole.start?, whole.end?);
    let (first, second) = match whole.grain {
        Granularity::Month => {
            let day = |day| start.with().day(day).build().ok();
            let (early_end, late_start) = (day(15)?, day(16)?);
            if part == Part::Middle {
                return Some(Bounds::closed(day(10)?, day(20)?, Granularity::Range));
            }
            (early_end, late_start)
        }
        Granularity::Year => {
            let thirds = |from, to, last| {
                let day = |month, day| Date::new(start.year(), month, day).ok();
                Some(Bounds::closed(
                    day(from, 1)?,
                    day(to, last)?,
                    Granularity::Range,
                ))
            };
            match part {
                Part::Opening => return thirds(1, 4, 30),
                Part::Middle => return thirds(5, 8, 31),
                Part::Closing => return thirds(9, 12, 31),
                _ => {}
            }
            let day = |month, day| Date::new(start.year(), month, day).ok();
            (day(6, 30)?, day(7, 1)?)
        }
        Granularity::Decade | Granularity::Range if end.year() > start.year() + 2 => {
            let count = end.year() - start.year() + 1;
            let new_year = |tenths: i16| Date::new(start.year() + count * tenths / 10, 1, 1).ok();
            if part == Part::Middle {
                let last = new_year(7)?.yesterday().ok()?;
                return Some(Bounds::closed(new_year(3)?, last, Granularity::Range));
            }
            (new_year(5)?.yesterday().ok()?, new_year(5)?)
        }
        _ => {
            let days = (end - start).get_days();
            let at = |tenths: i32| start.checked_add(i64::from(days * tenths / 10).days()).ok();
            if part == Part::Middle {
                return Some(Bounds::closed(at(3)?, at(7)?, Granularity::Range));
            }
            let middle = at(5)?;
            // Both halves of a week have its Thursday.
            let second = if days == 6 {
                middle
            } else {
                middle.tomorrow().ok()?
            };
            (middle, second)
        }
    };
    Some(match part {
        Part::Late | Part::Closing => Bounds::closed(second, end, Granularity::Range),
        _ => Bounds::closed(start, first, Granularity::Range),
    })
}

/// The weekend beside a day, up to the day itself where that lies within two days of it: a holiday on a Monday makes a long
/// weekend of the one before, one on a Thursday of the one after.
pub fn weekend_beside(day: Date) -> Option<Bounds> {
    let saturday = monday_of(day).checked_add(5.days()).ok()?;
    let sunday = saturday.tomorrow().ok()?;
    let (start, end) = match day.weekday().to_monday_zero_offset() {
        0 | 1 => (saturday.checked_sub(7.days()).ok()?, day),
        3 | 4 => (day, sunday),
        _ => (saturday, sunday),
    };
    Some(Bounds::closed(start, end, Granularity::Range))
}

/// The moment that a part of a period is as an end of a range: "from the end of March" begins with April, "to the middle of
/// September" ends on the 15th. "Early" and "late" stay periods.
pub fn moment(part: Part, whole: Bounds, begins: bool) -> Option<Date> {
    let (start, end) = (whole.start?, whole.end?);
    let half = ((end - start).get_days() + 1) / 2;
    let middle = start.checked_add(i64::from(half).days()).ok()?;
    match (part, begins) {
        (Part::Opening, _) => Some(start),
        (Part::Middle, true) => Some(middle),
        (Part::Middle, false) => middle.yesterday().ok(),
        (Part::Closing, true) => end.tomorrow().ok(),
        (Part::Closing, false) => Some(end),
        (Part::Early | Part::Late, _) => None,
    }
}

/// A week belongs to the month or year that holds its Thursday, as ISO weeks do.
pub fn nth_of(nth: i32, count: i32, unit: Unit, whole: Bounds) -> Option<Bounds> {
    let (start, end) = (whole.start?, whole.end?);
    let (first, last) = match unit {
        Unit::Week => {
            let three = 3.days();
            (
                monday_of(start.checked_add(three).ok()?),
                monday_of(end.checked_sub(three).ok()?),
            )
        }
        _ => (start, end),
    };
    let run = |from: Bounds, to: Bounds| {
        let grain = if from == to {
            from.grain
        } else {
            Granularity::Range
        };
        Bounds {
            start: from.start,
            end: to.end,
            grain,
        }
    };
    let found = if nth > 0 {
        run(
            period(unit, first, nth - 1)?,
            period(unit, first, nth.saturating_sub(2).saturating_add(count))?,
        )
    } else {
        run(
            period(unit, last, nth.saturating_add(2).saturating_sub(count))?,
            period(unit, last, nth + 1)?,
        )
    };
    // A "fifth quarter" is none.
    (found.start? <= end && found.end? >= start).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_lie_in_other_months_south_of_the_equator() {
        let days = |found: Option<Bounds>| {
            let found = found.expect("a season");
            format!("{}/{}", found.start.unwrap(), found.end.unwrap())
        };
        let of = |season, hemisphere| days(season_of(season, 2019, hemisphere));
        let (north, south) = (Some(Hemisphere::North), Some(Hemisphere::South));
        assert_eq!(of(Season::Autumn, north), "2019-09-01/2019-11-30");
        assert_eq!(of(Season::Autumn, south), "2019-03-01/2019-05-31");
        assert_eq!(of(Season::Winter, south), "2019-06-01/2019-08-31");
        // "The winter of 2019" may have begun in it or ended in it.
        assert_eq!(of(Season::Winter, north), "2019-01-01/2019-12-31");
        assert_eq!(of(Season::Spring, None), "2019-01-01/2019-12-31");
        assert_eq!(
            days(season_from(Season::Winter, 2019, Hemisphere::North)),
            "2019-12-01/2020-02-29"
        );
    }
}
