//! Lengths led away from a day, and times with one open side.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{Bounds, Lean, Reckoning, bounds};
use super::periods::period;
use super::when::{Length, Precision, Side, Unit, When};
use crate::record::Granularity;

/// Moves a day by a length; months and years keep the day of the month.
pub fn moved(day: Date, length: &Length, forward: bool) -> Option<Date> {
    if !length.numbered() {
        return None;
    }
    let sign = if forward { 1.0 } else { -1.0 };
    length.parts.iter().try_fold(day, |day, (number, unit)| {
        let number = (*number)? * sign;
        let whole = |factor: f64| (number * factor).round() as i64;
        let span = jiff::Span::new();
        // Lengths that no calendar holds ("a trillion years") are refused, not clamped.
        if *unit == Unit::WorkingDay {
            return working_days(day, number);
        }
        let span = match unit {
            Unit::Second | Unit::Minute => Ok(span),
            Unit::Hour => span.try_days(whole(1.0 / 24.0)),
            Unit::Day | Unit::WorkingDay => span.try_days(whole(1.0)),
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

/// Saturdays and Sundays are not counted.
fn working_days(from: Date, number: f64) -> Option<Date> {
    let step = if number < 0.0 { -1 } else { 1 };
    let mut left = number.abs().round().min(10_000.0) as u32;
    let mut day = from;
    while left > 0 {
        day = day.checked_add(step.days()).ok()?;
        if day.weekday().to_monday_zero_offset() < 5 {
            left -= 1;
        }
    }
    Some(day)
}

/// What a length is counted from.
pub fn away_from(forward: bool, from: Option<&When>, reckoning: &Reckoning) -> Option<Date> {
    match from {
        Some(from) => {
            let from = bounds(from, reckoning)?;
            if forward { from.end } else { from.start }
        }
        // "Built in three weeks": told as past, such words are a length and no day to come.
        None if forward && reckoning.lean == Lean::Past => None,
        None => reckoning.today,
    }
}

/// The day that lies exactly so far away.
pub fn away_day(when: &When, reckoning: &Reckoning) -> Option<Date> {
    let When::Away {
        length,
        forward,
        from,
    } = when
    else {
        return None;
    };
    let from = away_from(*forward, from.as_deref(), reckoning)?;
    moved(from, length, *forward)
}

/// "Two days ago" is a day; "two years ago" is the year, for such words are no finer than their unit. "A few weeks ago" is
/// between two and six of them.
pub fn away(from: Date, length: &Length, forward: bool) -> Option<Bounds> {
    if length.precision == Precision::Loose {
        let near = moved(from, &length.with_number(2.0), forward)?;
        let far = moved(from, &length.with_number(6.0), forward)?;
        let known = length.unit() >= Unit::Day && length.parts[0].0.is_some();
        return known.then(|| Bounds::closed(near.min(far), near.max(far), Granularity::Range));
    }
    let day = moved(from, length, forward)?;
    match length.unit() {
        Unit::Second | Unit::Minute | Unit::Hour => None,
        Unit::WorkingDay => Some(Bounds::day(day)),
        Unit::Day if length.precision == Precision::Exact => Some(Bounds::day(day)),
        Unit::Day => Some(Bounds::closed(
            day.checked_sub(2.days()).ok()?,
            day.checked_add(2.days()).ok()?,
            Granularity::Range,
        )),
        unit => period(unit, day, 0),
    }
}

pub fn bound(side: Side, of: Bounds) -> Option<Bounds> {
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
