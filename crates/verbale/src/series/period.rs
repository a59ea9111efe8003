//! Days, months, quarters and years as the rows of a panel.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How long the periods of a panel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum By {
    Day,
    Month,
    Quarter,
    Year,
}

/// One period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    by: By,
    first: Date,
}

impl Period {
    /// The period in which a day lies.
    pub fn of(by: By, day: Date) -> Period {
        let month = match by {
            By::Day | By::Month => day.month(),
            By::Quarter => (day.month() - 1) / 3 * 3 + 1,
            By::Year => 1,
        };
        let first = if by == By::Day {
            day
        } else {
            Date::constant(day.year(), month, 1)
        };
        Period { by, first }
    }

    /// The period that holds both days; `None` where they lie in two.
    pub fn holding(by: By, start: Date, end: Date) -> Option<Period> {
        let period = Period::of(by, start);
        (period == Period::of(by, end)).then_some(period)
    }

    /// The period after this one; `None` at the end of the calendar.
    pub fn next(self) -> Option<Period> {
        let length = match self.by {
            By::Day => 1.day(),
            By::Month => 1.month(),
            By::Quarter => 3.months(),
            By::Year => 1.year(),
        };
        let first = self.first.checked_add(length).ok()?;
        Some(Period { first, ..self })
    }

    /// All periods from this one to `last`, both included.
    pub fn until(self, last: Period) -> impl Iterator<Item = Period> {
        std::iter::successors(Some(self), |period| period.next())
            .take_while(move |period| *period <= last)
    }

    /// Length of the period.
    pub fn by(self) -> By {
        self.by
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Quarter of the year, 1 to 4.
    pub fn quarter(self) -> i8 {
        (self.first.month() - 1) / 3 + 1
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_hold_their_days_and_no_others() {
        let quarter = Period::of(By::Quarter, date(2023, 12, 31));
        assert_eq!((quarter.first(), quarter.quarter()), (date(2023, 10, 1), 4));
        assert_eq!(quarter.next().unwrap().first(), date(2024, 1, 1));
        assert!(Period::holding(By::Month, date(2024, 2, 1), date(2024, 2, 29)).is_some());
        assert!(Period::holding(By::Month, date(2024, 2, 29), date(2024, 3, 1)).is_none());
        assert!(Period::holding(By::Year, date(2024, 2, 29), date(2024, 3, 1)).is_some());
    }

    #[test]
    fn a_run_of_days_crosses_the_end_of_a_year() {
        let first = Period::of(By::Day, date(2023, 12, 30));
        let last = Period::of(By::Day, date(2024, 1, 2));
        assert_eq!(first.until(last).count(), 4);
        assert!(Period::of(By::Year, Date::MAX).next().is_none());
    }
}
