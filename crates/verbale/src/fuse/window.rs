//! When something can have happened: the days that words leave open, and what two tellings leave open together.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use verbale_read::Published;

use crate::record::{FactDate, Granularity};

/// The days in which a happening can lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Window {
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
    /// A month and perhaps a day of it in a year that the words do not give ("on July 11").
    pub(crate) yearless: Option<(i8, Option<i8>)>,
    /// What is told as done cannot come after its telling; this bounds a window and dates nothing.
    pub(crate) latest: Option<Date>,
}

impl Window {
    /// The window of a fact's date; `told` is given for what is told as done.
    pub(crate) fn of(date: &FactDate, told: Option<&Published>) -> Self {
        Window {
            start: date.start,
            end: date.end,
            yearless: if date.start.is_none() {
                yearless(&date.edtf)
            } else {
                None
            },
            latest: told.map(|published| published.end),
        }
    }

    /// Whether words date it so far that it can be told from others.
    pub(crate) fn dated(&self, widest_days: i64) -> bool {
        self.yearless.is_some() || self.days().is_some_and(|days| days <= widest_days)
    }

    /// Its length, if both ends are known.
    pub(crate) fn days(&self) -> Option<i64> {
        Some(days_between(self.start?, self.end?) + 1)
    }

    /// What both leave open; `None` if nothing.
    pub(crate) fn meet(&self, other: &Window) -> Option<Window> {
        let start = later(self.start, other.start);
        let end = earlier(self.end, other.end);
        let latest = earlier(self.latest, other.latest);
        if earlier(end, latest).is_some_and(|last| start > Some(last)) {
            return None;
        }
        let yearless = match (self.yearless, other.yearless) {
            (Some((month, day)), Some((other_month, other_day))) => {
                if month != other_month
                    || (day.is_some() && other_day.is_some() && day != other_day)
                {
                    return None;
                }
                Some((month, day.or(other_day)))
            }
            (one, another) => one.or(another),
        };
        let met = Window {
            start,
            end,
            yearless: None,
            latest,
        };
        match yearless {
            Some(partial) => met.with_partial(partial),
            None => Some(met),
        }
    }

    /// The years that the bounds leave for a day without a year: none is a contradiction, one is an answer.
    fn with_partial(self, partial: (i8, Option<i8>)) -> Option<Window> {
        let (Some(start), Some(end)) = (self.start, self.end) else {
            return Some(Window {
                yearless: Some(partial),
                ..self
            });
        };
        let fits: Vec<(Date, Date)> = (start.year()..=end.year())
            .filter_map(|year| in_year(partial, year))
            .map(|(first, last)| (first.max(start), last.min(end)))
            .filter(|(first, last)| first <= last)
            .collect();
        match fits[..] {
            [] => None,
            [(start, end)] => Some(Window {
                start: Some(start),
                end: Some(end),
                ..self
            }),
            _ => Some(Window {
                yearless: Some(partial),
                ..self
            }),
        }
    }

    /// Days between two windows that lie apart; 0 if they touch or an end is open.
    pub(crate) fn gap(&self, other: &Window) -> i64 {
        if let (Some(partial), None) | (None, Some(partial)) = (self.yearless, other.yearless) {
            let dated = if self.yearless.is_some() { other } else { self };
            return dated.gap_to(partial);
        }
        let apart = |end: Option<Date>, start: Option<Date>| match (end, start) {
            (Some(end), Some(start)) if start > end => days_between(end, start),
            _ => 0,
        };
        apart(self.end, other.start).max(apart(other.end, self.start))
    }

    /// Days between these days and a day or month of no year, in the year in which it is nearest.
    fn gap_to(&self, partial: (i8, Option<i8>)) -> i64 {
        let (Some(start), Some(end)) = (self.start, self.end) else {
            return 0;
        };
        (start.year() - 1..=end.year() + 1)
            .filter_map(|year| in_year(partial, year))
            .map(|(first, last)| {
                days_between(end, first)
                    .max(days_between(last, start))
                    .max(0)
            })
            .min()
            .unwrap_or(0)
    }

    /// Order in which facts are linked: the narrowest first, a day without a year after months, the undated last.
    pub(crate) fn breadth(&self) -> i64 {
        match (self.days(), self.yearless) {
            (Some(days), _) => days,
            (None, Some((_, Some(_)))) => 32,
            (None, Some((_, None))) => 60,
            (None, None) if self.start.is_some() || self.end.is_some() => 1_000_000,
            (None, None) => i64::MAX,
        }
    }
}

/// How fine a stretch of days is, and its EDTF form.
pub(crate) fn describe(start: Date, end: Date) -> (Granularity, String) {
    let first = start.first_of_month() == start;
    if start == end {
        (Granularity::Day, start.to_string())
    } else if first && end == start.last_of_month() {
        (
            Granularity::Month,
            format!("{:04}-{:02}", start.year(), start.month()),
        )
    } else if start == start.first_of_year() && end == start.last_of_year() {
        (Granularity::Year, format!("{:04}", start.year()))
    } else {
        (Granularity::Range, format!("{start}/{end}"))
    }
}

/// Days from one to the other.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to))
        .map_or(0, |span| i64::from(span.get_days()))
}

/// The same day shifted; the calendar's ends hold.
pub(crate) fn shifted(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

pub(crate) fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.max(b)
}

pub(crate) fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, another) => one.or(another),
    }
}

fn yearless(edtf: &str) -> Option<(i8, Option<i8>)> {
    let mut parts = edtf.strip_prefix("XXXX-")?.split('-');
    let month = parts.next()?.parse().ok()?;
    let day = parts.next().and_then(|day| day.parse().ok());
    Some((month, day))
}

fn in_year((month, day): (i8, Option<i8>), year: i16) -> Option<(Date, Date)> {
    let first = Date::new(year, month, day.unwrap_or(1)).ok()?;
    Some((
        first,
        if day.is_some() {
            first
        } else {
            first.last_of_month()
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: &str, end: &str) -> Window {
        Window {
            start: start.parse().ok(),
            end: end.parse().ok(),
            ..Window::default()
        }
    }

    fn partial(month: i8, day: i8) -> Window {
        Window {
            yearless: Some((month, Some(day))),
            ..Window::default()
        }
    }

    #[test]
    fn a_day_without_a_year_takes_the_year_of_the_month_it_meets() {
        let met = window("2019-03-01", "2019-03-31")
            .meet(&partial(3, 9))
            .unwrap();
        assert_eq!(met, window("2019-03-09", "2019-03-09"));
        assert!(
            window("2019-04-01", "2019-04-30")
                .meet(&partial(3, 9))
                .is_none()
        );
    }

    #[test]
    fn a_day_without_a_year_stays_open_between_two_years() {
        let met = window("2018-01-01", "2019-12-31")
            .meet(&partial(3, 9))
            .unwrap();
        assert!(met.yearless.is_some());
    }

    #[test]
    fn what_is_told_as_done_is_not_later_than_the_telling() {
        let told = Window {
            latest: "2018-06-01".parse().ok(),
            ..Window::default()
        };
        assert!(told.meet(&window("2019-03-01", "2019-03-31")).is_none());
        assert!(told.meet(&window("2017-03-01", "2017-03-31")).is_some());
    }

    #[test]
    fn stretches_have_their_shortest_form() {
        let form =
            |start: &str, end: &str| describe(start.parse().unwrap(), end.parse().unwrap()).1;
        assert_eq!(form("2020-02-01", "2020-02-29"), "2020-02");
        assert_eq!(form("2020-01-01", "2020-12-31"), "2020");
        assert_eq!(form("2020-02-03", "2020-02-04"), "2020-02-03/2020-02-04");
    }
}
