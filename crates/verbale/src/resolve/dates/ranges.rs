//! Times from one end to another.

use jiff::civil::Date;

use super::calendar::{Bounds, Lean, Reckoning, bounds, in_fitting_year};
use super::periods::moment;
use super::when::When;
use crate::record::Granularity;

/// Both ends are included. An end without a year takes the other's; an order that runs backwards has a new year between.
pub fn range(from: &When, to: &When, reckoning: &Reckoning) -> Option<Bounds> {
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
    let first = |when: &When, reckoning: &Reckoning| end_of_range(when, reckoning, true);
    let last = |when: &When, reckoning: &Reckoning| end_of_range(when, reckoning, false);
    if let Some(year) = to.year() {
        let to = last(to, reckoning)?;
        let from_in = |year| first(&from.clone().in_year(year), reckoning);
        return joined(from_in(year)?, to).or_else(|| joined(from_in(year - 1)?, to));
    }
    if from.year().is_some() || !from.yearless() {
        // "From 3 May 2021 to June", "from next Monday to Friday": the end is the next one after the start.
        let from = first(from, reckoning)?;
        let recurring = to.yearless() || matches!(to, When::Weekday { .. });
        let said = last(to, reckoning).filter(|_| !to.yearless());
        return said.and_then(|to| joined(from, to)).or_else(|| {
            let onwards = counted_from(from.start.filter(|_| recurring), Lean::Future);
            joined(from, last(to, &onwards)?)
        });
    }
    if !to.yearless() {
        // "From March until now": the start is the last one before the end.
        let to = last(to, reckoning)?;
        let before = counted_from(to.start.or(to.end), Lean::Past);
        return joined(first(from, &before)?, to);
    }
    in_fitting_year(reckoning, |year| {
        let to = last(&to.clone().in_year(year), reckoning)?;
        let from_in = |year| first(&from.clone().in_year(year), reckoning);
        joined(from_in(year)?, to).or_else(|| joined(from_in(year - 1)?, to))
    })
}

/// An end of a range; the beginning, middle and end of a period are moments there.
fn end_of_range(when: &When, reckoning: &Reckoning, begins: bool) -> Option<Bounds> {
    if let When::Part { part, of } = when
        && let Some(day) = moment(*part, bounds(of, reckoning)?, begins)
    {
        return Some(Bounds::day(day));
    }
    bounds(when, reckoning)
}
