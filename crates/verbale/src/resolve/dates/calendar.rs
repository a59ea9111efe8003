//! From meanings to days. Weeks begin on Monday; every bound is inclusive: the first and the last possible day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::away::{away, away_day, away_from, bound, moved};
pub use super::bounds::Bounds;
use super::periods::{
    easter, monday_of, month_of, nth_of, part_of, period, season_from, season_of, weekend_beside,
    years,
};
use super::ranges::range;
use super::when::{Part, Side, Unit, When, Which};
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
    /// On which side of the equator seasons are meant, if known; else they may be any months of their year.
    pub hemisphere: Option<Hemisphere>,
}

/// Sides of the equator, on which the seasons lie in other months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Hemisphere {
    North,
    South,
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
        When::RunUp { length, to } => {
            let end = bounds(to, reckoning)?.end?;
            let start = moved(end.tomorrow().ok()?, length, false)?;
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
        When::Season {
            season,
            of: Some(of),
        } => season_of(
            *season,
            bounds(of, reckoning)?.start?.year(),
            reckoning.hemisphere,
        ),
        When::Season { season, of: None } => {
            let hemisphere = reckoning.hemisphere?;
            in_fitting_year(reckoning, |year| season_from(*season, year, hemisphere))
        }
        When::SeasonBy { season, which } => {
            let (hemisphere, today) = (reckoning.hemisphere?, reckoning.today?);
            let year = today.year();
            let mut seasons =
                (year - 2..=year + 2).filter_map(|year| season_from(*season, year, hemisphere));
            match which {
                Which::Next | Which::Coming => seasons.find(|next| next.start > Some(today)),
                _ => seasons
                    .filter(|last| last.end < Some(today))
                    .max_by_key(|last| last.end),
            }
        }
        When::Weekday { day, which } => weekday(*day, *which, reckoning).map(Bounds::day),
        When::WeekdayIn { day, week } => {
            let inside = match &**week {
                When::Away { .. } => away_day(week, reckoning)?,
                week => bounds(week, reckoning)?.start?,
            };
            let monday = monday_of(inside);
            Some(Bounds::day(
                monday.checked_add(i64::from(*day).days()).ok()?,
            ))
        }
        // "Met over the weekend", told as past in the week after it.
        When::Running {
            unit: Unit::Weekend,
            shift: 0,
        } if reckoning.lean == Lean::Past => {
            let today = reckoning.today?;
            period(Unit::Weekend, today, 0)
                .filter(|weekend| weekend.start <= Some(today))
                .or_else(|| period(Unit::Weekend, today, -1))
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
        When::WeekendOf(of) => weekend_beside(bounds(of, reckoning)?.start?),
        When::Away {
            length,
            forward,
            from,
        } => away(
            away_from(*forward, from.as_deref(), reckoning)?,
            length,
            *forward,
        ),
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
        // "More than two weeks before the vote" counts to the day.
        When::Bound {
            side: side @ (Side::Before | Side::After),
            of,
        } if matches!(&**of, When::Away { .. }) => {
            bound(*side, Bounds::day(away_day(of, reckoning)?))
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
pub fn in_fitting_year(
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
