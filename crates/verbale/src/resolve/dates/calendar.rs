//! From meanings to days. Weeks begin on Monday; every bound is inclusive: the first and the last possible day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::periods::{monday_of, month_of, nth_of, part_of, period, season_of, years};
use super::when::{Length, Part, Side, Unit, When, Which};
use crate::record::Granularity;

/// What relative words are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reckoning {
    /// The day of the text or of the speech.
    pub today: Option<Date>,
    /// The first day of what the text told last, and how finely it told it, for "the following day".
    pub told: Option<(Date, Granularity)>,
    /// Where the tense of the words points.
    pub lean: Lean,
    /// How "11/07/2024" is written where the text comes from, if known.
    pub order: Option<Order>,
}

/// Order of day and month in dates written in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Order {
    DayMonth,
    MonthDay,
}

/// Where a date without a year, or a bare weekday, is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lean {
    /// The tense says nothing: the nearest year; for weekdays the last one, as news tells what happened.
    #[default]
    Nearest,
    /// Not after the day of the text.
    Past,
    /// Not before the day of the text.
    Future,
}

/// First and last possible day; an open side is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// First possible day.
    pub start: Option<Date>,
    /// Last possible day.
    pub end: Option<Date>,
    /// How fine the words are.
    pub grain: Granularity,
}

impl Bounds {
    pub fn closed(start: Date, end: Date, grain: Granularity) -> Self {
        Bounds {
            start: Some(start),
            end: Some(end),
            grain,
        }
    }

    pub fn day(day: Date) -> Self {
        Bounds::closed(day, day, Granularity::Day)
    }

    /// The smallest bounds that hold both, for texts whose own day is known as a few days only.
    pub fn cover(self, other: Bounds) -> Bounds {
        if self == other {
            return self;
        }
        Bounds {
            start: self.start.zip(other.start).map(|(a, b)| a.min(b)),
            end: self.end.zip(other.end).map(|(a, b)| a.max(b)),
            grain: Granularity::Range,
        }
    }
}

/// The days of a meaning; `None` if the words and the reckoning do not fix them.
pub fn bounds(when: &When, reckoning: &Reckoning) -> Option<Bounds> {
    match when {
        When::Day {
            year: Some(year),
            month: Some(month),
            day,
        } => Date::new(*year, *month, *day).ok().map(Bounds::day),
        When::Day {
            year: None,
            month: Some(month),
            day,
        } => in_fitting_year(reckoning, |year| {
            Date::new(year, *month, *day).ok().map(Bounds::day)
        }),
        When::Day { day, .. } => {
            let today = reckoning.today?;
            let candidates = [-1, 0, 1].into_iter().filter_map(|shift| {
                let month = today.first_of_month().checked_add(shift.months()).ok()?;
                Date::new(month.year(), month.month(), *day)
                    .ok()
                    .map(Bounds::day)
            });
            fitting(reckoning, candidates)
        }
        When::DayOrMonth {
            year: None,
            numbers,
        } => in_fitting_year(reckoning, |year| {
            let year = Some(year);
            let numbers = *numbers;
            bounds(&When::DayOrMonth { year, numbers }, reckoning)
        }),
        When::DayOnWeekday { day, weekday } => {
            let today = reckoning.today?;
            let months = (-24..=24).filter_map(|shift: i64| {
                let month = today.first_of_month().checked_add(shift.months()).ok()?;
                let day = Date::new(month.year(), month.month(), *day).ok()?;
                (day.weekday().to_monday_zero_offset() == *weekday).then(|| Bounds::day(day))
            });
            fitting(reckoning, months)
        }
        When::Easter { year: None, offset } => {
            in_fitting_year(reckoning, |year| easter(year, *offset))
        }
        When::Easter {
            year: Some(year),
            offset,
        } => easter(*year, *offset),
        When::Yearly { of, which } => {
            let today = reckoning.today?;
            let ahead = *which == Which::Coming;
            let mut years: Vec<i16> = (today.year() - 9..=today.year() + 9).collect();
            if !ahead {
                years.reverse();
            }
            years
                .into_iter()
                .filter_map(|year| bounds(&of.clone().in_year(year), reckoning))
                .find(|found| match ahead {
                    true => found.start.is_some_and(|start| start > today),
                    false => found.end.is_some_and(|end| end < today),
                })
        }
        When::Run { length, from } => {
            let start = bounds(from, reckoning)?.start?;
            let end = moved(start, length, true)?.yesterday().ok()?;
            (start <= end).then(|| Bounds::closed(start, end, Granularity::Range))
        }
        When::DayOrMonth {
            year: Some(year),
            numbers,
        } => {
            let one = Date::new(*year, numbers[0], numbers[1]).ok()?;
            let other = Date::new(*year, numbers[1], numbers[0]).ok()?;
            match reckoning.order {
                Some(Order::MonthDay) => return Some(Bounds::day(one)),
                Some(Order::DayMonth) => return Some(Bounds::day(other)),
                None => {}
            }
            Some(Bounds::closed(
                one.min(other),
                one.max(other),
                Granularity::Range,
            ))
        }
        When::Month {
            year: Some(year),
            month,
        } => month_of(*year, *month),
        When::Month { year: None, month } => {
            in_fitting_year(reckoning, |year| month_of(year, *month))
        }
        When::Years { first, count } => years(*first, *count),
        // A fiscal year may begin nine months before the calendar year it is named after, or end three months after it.
        When::Fiscal { first, last } if first == last => Some(Bounds::closed(
            Date::new(first - 1, 4, 1).ok()?,
            Date::new(last + 1, 3, 31).ok()?,
            Granularity::Year,
        )),
        When::Fiscal { first, last } => Some(Bounds {
            grain: Granularity::Year,
            ..years(*first, last - first + 1)?
        }),
        When::Season { of: Some(of), .. } => season_of(bounds(of, reckoning)?.start?.year()),
        When::Season { of: None, .. } => None,
        When::Weekday { day, which } => weekday(*day, *which, reckoning).map(Bounds::day),
        When::WeekdayIn { day, week } => {
            let monday = monday_of(bounds(week, reckoning)?.start?);
            Some(Bounds::day(
                monday.checked_add(i64::from(*day).days()).ok()?,
            ))
        }
        When::Running { unit, shift } => period(*unit, reckoning.today?, *shift),
        When::MonthBy { month, which } => month_by(*month, *which, reckoning),
        When::Part { part, of } => part_of(*part, bounds(of, reckoning)?),
        When::Nth {
            nth,
            count,
            unit,
            of,
        } => nth_of(*nth, *count, *unit, bounds(of, reckoning)?),
        When::NthWeekday { nth, day, of } => {
            let whole = bounds(of, reckoning)?;
            let wanted = Weekday::from_monday_zero_offset(*day).ok()?;
            let found = if *nth > 0 {
                whole.start?.yesterday().ok()?.nth_weekday(*nth, wanted)
            } else {
                whole.end?.tomorrow().ok()?.nth_weekday(*nth, wanted)
            };
            found.ok().map(Bounds::day)
        }
        When::WeekOf(of) => period(Unit::Week, bounds(of, reckoning)?.start?, 0),
        When::Away {
            length,
            forward,
            from,
        } => {
            // "Built in three weeks": told as past, such words are a length and no day to come.
            if *forward && from.is_none() && reckoning.lean == Lean::Past {
                return None;
            }
            let from = match from {
                Some(from) => {
                    let from = bounds(from, reckoning)?;
                    if *forward { from.end? } else { from.start? }
                }
                None => reckoning.today?,
            };
            away(from, length, *forward)
        }
        When::Stretch { length, forward } => {
            // "They undertook to leave within 90 days" is counted from a day that the words do not tell.
            if *forward && reckoning.lean == Lean::Past {
                return None;
            }
            let today = reckoning.today?;
            // "The last two quarters" are whole ones.
            if let [(Some(count), Unit::Quarter)] = length.parts[..] {
                let count = count.round().clamp(1.0, 400.0) as i32;
                let (first, last) = match forward {
                    true => (1, count),
                    false => (-count, -1),
                };
                return Some(Bounds::closed(
                    period(Unit::Quarter, today, first)?.start?,
                    period(Unit::Quarter, today, last)?.end?,
                    Granularity::Range,
                ));
            }
            let other = moved(today, length, *forward)?;
            let (start, end) = if *forward {
                (today, other)
            } else {
                (other, today)
            };
            Some(Bounds::closed(start, end, Granularity::Range))
        }
        When::Range(from, to) => range(from, to, reckoning),
        // "Before the end of the year" is until it ends, "after the beginning of March" since it began.
        When::Bound {
            side: side @ (Side::Before | Side::After),
            of,
        } if matches!(&**of, When::Part { .. }) => {
            let When::Part { part, of: whole } = &**of else {
                return None;
            };
            match (side, part) {
                (Side::Before, Part::Closing | Part::Late) => {
                    bound(Side::Until, bounds(whole, reckoning)?)
                }
                (Side::After, Part::Opening | Part::Early) => {
                    bound(Side::Since, bounds(whole, reckoning)?)
                }
                _ => bound(*side, bounds(of, reckoning)?),
            }
        }
        When::Bound { side, of } => bound(*side, bounds(of, reckoning)?),
        When::Portion { of, rest } => {
            let whole = bounds(of, reckoning)?;
            let today = reckoning.today?;
            let (start, end) = (whole.start?, whole.end?);
            let (start, end) = if *rest {
                (start.max(today), end)
            } else {
                (start, end.min(today))
            };
            (start <= end).then(|| Bounds::closed(start, end, Granularity::Range))
        }
        When::Told { length, forward } => {
            // "In 1998 they met; a week later they parted": a year is too coarse to count weeks from.
            let too_coarse = |grain: Granularity| match grain {
                Granularity::Year => length.unit() < Unit::Year,
                Granularity::Month => length.unit() < Unit::Month,
                _ => false,
            };
            if reckoning.told.is_some_and(|(_, grain)| too_coarse(grain)) {
                return None;
            }
            // Without a day told before, only the neighbouring day or week may be counted from the text's own day.
            let next = matches!(length.parts[..], [(Some(1.0), Unit::Day | Unit::Week)]);
            let told = reckoning.told.map(|(day, _)| day);
            let from = told.or(reckoning.today.filter(|_| next))?;
            away(from, length, *forward)
        }
        When::About(of) => bounds(of, reckoning),
        When::Recent => Some(Bounds {
            start: None,
            end: Some(reckoning.today?),
            grain: Granularity::Range,
        }),
        When::Now => reckoning.today.map(Bounds::day),
        When::Lasting(_) | When::Vague => None,
    }
}

/// Picks the year of something that comes once a year.
fn in_fitting_year(
    reckoning: &Reckoning,
    of_year: impl Fn(i16) -> Option<Bounds>,
) -> Option<Bounds> {
    let year = reckoning.today?.year();
    // Eight years either way, so that a 29 February is found.
    let mut shifts: Vec<i16> = (-8..=8).collect();
    shifts.sort_by_key(|shift| shift.abs());
    fitting(
        reckoning,
        shifts.into_iter().filter_map(|shift| of_year(year + shift)),
    )
}

/// The candidate that fits the tense, nearest first; of two equally near the earlier.
fn fitting(reckoning: &Reckoning, candidates: impl Iterator<Item = Bounds>) -> Option<Bounds> {
    let today = reckoning.today?;
    candidates
        .filter(|candidate| match reckoning.lean {
            Lean::Nearest => true,
            Lean::Past => candidate.start.is_none_or(|start| start <= today),
            Lean::Future => candidate.end.is_none_or(|end| end >= today),
        })
        .min_by_key(|candidate| {
            let gap = |day: Date| (day - today).get_days();
            let distance = match (candidate.start, candidate.end) {
                (Some(start), _) if start > today => gap(start),
                (_, Some(end)) if end < today => -gap(end),
                _ => 0,
            };
            (distance, candidate.start)
        })
}

fn weekday(day: i8, which: Which, reckoning: &Reckoning) -> Option<Date> {
    let today = reckoning.today?;
    let wanted = Weekday::from_monday_zero_offset(day).ok()?;
    let in_week = |weeks: i64| {
        let monday = monday_of(today).checked_add(weeks.weeks()).ok()?;
        monday.checked_add(i64::from(day).days()).ok()
    };
    let is_today = today.weekday() == wanted;
    match which {
        Which::Last => in_week(-1),
        Which::This => in_week(0),
        Which::Next => in_week(1),
        Which::Gone => today.nth_weekday(-1, wanted).ok(),
        Which::Coming => today.nth_weekday(1, wanted).ok(),
        Which::Bare if is_today => Some(today),
        Which::Bare if reckoning.lean == Lean::Future => today.nth_weekday(1, wanted).ok(),
        Which::Bare => today.nth_weekday(-1, wanted).ok(),
    }
}

fn month_by(month: i8, which: Which, reckoning: &Reckoning) -> Option<Bounds> {
    let today = reckoning.today?;
    let this = month_of(today.year(), month)?;
    let passed = this.end? < today;
    let begun = this.start? <= today;
    let year = match which {
        Which::This => today.year(),
        Which::Last | Which::Gone if passed => today.year(),
        Which::Last | Which::Gone => today.year() - 1,
        Which::Next | Which::Coming if begun => today.year() + 1,
        Which::Next | Which::Coming => today.year(),
        Which::Bare => return in_fitting_year(reckoning, |year| month_of(year, month)),
    };
    month_of(year, month)
}

/// A day so many days from Easter Sunday (Gregorian; the reckoning of Meeus, Jones and Butcher).
fn easter(year: i16, offset: i16) -> Option<Bounds> {
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

/// Moves a day by a length; months and years keep the day of the month.
fn moved(day: Date, length: &Length, forward: bool) -> Option<Date> {
    let sign = if forward { 1.0 } else { -1.0 };
    length.parts.iter().try_fold(day, |day, (number, unit)| {
        let number = (*number)? * sign;
        let whole = |factor: f64| (number * factor).round() as i64;
        let span = jiff::Span::new();
        // Lengths that no calendar holds ("a trillion years") are refused, not clamped.
        let span = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Ok(span),
            Unit::Day => span.try_days(whole(1.0)),
            Unit::Week | Unit::Weekend => span.try_weeks(whole(1.0)),
            Unit::Fortnight => span.try_weeks(whole(2.0)),
            Unit::Month => span.try_months(whole(1.0)),
            Unit::Quarter => span.try_months(whole(3.0)),
            Unit::Half => span.try_months(whole(6.0)),
            Unit::Year => span.try_months(whole(12.0)),
            Unit::Decade => span.try_months(whole(120.0)),
            Unit::Century => span.try_months(whole(1200.0)),
        }
        .ok()?;
        day.checked_add(span).ok()
    })
}

/// "Two days ago" is a day; "two years ago" is the year, for such words are no finer than their unit.
fn away(from: Date, length: &Length, forward: bool) -> Option<Bounds> {
    let day = moved(from, length, forward)?;
    match length.unit() {
        Unit::Second | Unit::Minute | Unit::Hour => None,
        Unit::Day if !length.approximate => Some(Bounds::day(day)),
        Unit::Day => Some(Bounds::closed(
            day.checked_sub(2.days()).ok()?,
            day.checked_add(2.days()).ok()?,
            Granularity::Range,
        )),
        unit => period(unit, day, 0),
    }
}

fn bound(side: Side, of: Bounds) -> Option<Bounds> {
    let (start, end) = match side {
        Side::Since => (Some(of.start?), None),
        Side::After => (Some(of.end?.tomorrow().ok()?), None),
        Side::Until => (None, Some(of.end?)),
        Side::Before => (None, Some(of.start?.yesterday().ok()?)),
    };
    Some(Bounds {
        start,
        end,
        grain: Granularity::Range,
    })
}

/// Both ends are included. An end without a year takes the other's; an order that runs backwards has a new year between.
fn range(from: &When, to: &When, reckoning: &Reckoning) -> Option<Bounds> {
    let joined = |from: Bounds, to: Bounds| {
        (from.start? <= to.end?).then_some(Bounds {
            start: from.start,
            end: to.end,
            grain: Granularity::Range,
        })
    };
    let counted_from = |day: Option<Date>, lean| Reckoning {
        today: day,
        lean,
        ..*reckoning
    };
    if let Some(year) = to.year() {
        let to = bounds(to, reckoning)?;
        let from_in = |year| bounds(&from.clone().in_year(year), reckoning);
        return joined(from_in(year)?, to).or_else(|| joined(from_in(year - 1)?, to));
    }
    if from.year().is_some() || !from.yearless() {
        // "From 3 May 2021 to June", "from next Monday to Friday": the end is the next one after the start.
        let from = bounds(from, reckoning)?;
        let recurring = to.yearless() || matches!(to, When::Weekday { .. });
        let said = bounds(to, reckoning).filter(|_| !to.yearless());
        return said.and_then(|to| joined(from, to)).or_else(|| {
            let onwards = counted_from(from.start.filter(|_| recurring), Lean::Future);
            joined(from, bounds(to, &onwards)?)
        });
    }
    if !to.yearless() {
        // "From March until now": the start is the last one before the end.
        let to = bounds(to, reckoning)?;
        let before = counted_from(to.start.or(to.end), Lean::Past);
        return joined(bounds(from, &before)?, to);
    }
    in_fitting_year(reckoning, |year| {
        let to = bounds(&to.clone().in_year(year), reckoning)?;
        let from_in = |year| bounds(&from.clone().in_year(year), reckoning);
        joined(from_in(year)?, to).or_else(|| joined(from_in(year - 1)?, to))
    })
}
