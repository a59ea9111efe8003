//! Records by day, in lanes: where each mark stands, before anybody draws it.

use jiff::civil::Date;

use super::Look;

/// What the marks of tables mean; the picture has a key of its own.
pub(super) const LEGEND: &str = "■ said to have happened, □ announced, promised, wished or considered, ▨ denied, disputed or only alleged";

/// A picture of records by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// How many records it shows.
    pub records: usize,
    /// The lanes from the top down; none is empty.
    pub lanes: Vec<Lane>,
}

/// Records of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// What they are.
    pub name: &'static str,
    /// Their marks in order of time, those without a day last.
    pub marks: Vec<Mark>,
}

/// A record, or several of one period where there are too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub days: Days,
    /// How it is said.
    pub look: Look,
    /// Day, words and witnesses, for whoever points at it.
    pub title: String,
    /// How many records it stands for.
    pub count: usize,
    /// The record, where it stands for one.
    pub record: Option<String>,
    /// Fields of a query that lists its records, where it stands for several.
    pub ask: Option<String>,
}

/// What is known of the days of a record. All bounds are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Days {
    /// One day.
    Day(Date),
    /// All of these days.
    Span(Date, Date),
    /// One or some of these days; which is not told.
    Vague(Date, Date),
    /// This day and later.
    From(Date),
    /// This day and earlier.
    Until(Date),
    /// Nothing.
    Unknown,
}

impl Days {
    /// First and last day that are named.
    pub(super) fn bounds(self) -> Option<(Date, Date)> {
        match self {
            Days::Day(day) | Days::From(day) | Days::Until(day) => Some((day, day)),
            Days::Span(first, last) | Days::Vague(first, last) => Some((first, last)),
            Days::Unknown => None,
        }
    }
}

/// Where years stand. Years in which nothing lies are narrow, so that one old day does not push all others together.
#[derive(Debug)]
pub(super) struct Scale {
    first: i16,
    /// Left edge of each year, and the right edge of the last.
    edges: Vec<f32>,
    /// Whether something lies in the year.
    told: Vec<bool>,
}

/// Share of the width of a year in which nothing lies.
const NARROW: f32 = 0.12;

/// Marks longer than so many days do not make every year between their ends a told one.
const LONG: i32 = 800;

impl Scale {
    /// The scale of the marks on a width; `None` where no mark has a day.
    pub(super) fn of<'a>(marks: impl Iterator<Item = &'a Mark>, width: f32) -> Option<Scale> {
        let bounds: Vec<(Date, Date)> = marks.filter_map(|mark| mark.days.bounds()).collect();
        let first = bounds.iter().map(|(first, _)| first.year()).min()?;
        let last = bounds.iter().map(|(_, last)| last.year()).max()?;
        let years = usize::from((last - first).unsigned_abs()) + 1;
        let mut told = vec![false; years];
        let at = |day: Date| usize::from((day.year() - first).unsigned_abs());
        for (from, to) in &bounds {
            if (*to - *from).get_days() > LONG {
                told[at(*from)] = true;
                told[at(*to)] = true;
            } else {
                told[at(*from)..=at(*to)].fill(true);
            }
        }
        let share = |told: bool| if told { 1.0 } else { NARROW };
        let whole: f32 = told.iter().map(|&told| share(told)).sum();
        let mut edges = vec![0.0];
        let mut edge = 0.0;
        for &told in &told {
            edge += share(told) / whole * width;
            edges.push(edge);
        }
        Some(Scale { first, edges, told })
    }

    /// The left edge of a day.
    pub(super) fn at(&self, day: Date) -> f32 {
        let year = usize::from((day.year() - self.first).unsigned_abs());
        let (left, right) = (self.edges[year], self.edges[year + 1]);
        let part = f32::from(day.day_of_year() - 1) / f32::from(day.days_in_year());
        left + (right - left) * part
    }

    /// The right edge of a day.
    pub(super) fn after(&self, day: Date) -> f32 {
        let year = usize::from((day.year() - self.first).unsigned_abs());
        let width = self.edges[year + 1] - self.edges[year];
        self.at(day) + width / f32::from(day.days_in_year())
    }

    /// Years and months with their left edges, as many as can be read: whether a line stands there, and the words.
    pub(super) fn ticks(&self) -> Vec<(f32, bool, String)> {
        /// Room that a year, and a month, need.
        const YEAR: f32 = 34.0;
        const MONTH: f32 = 26.0;
        let mut ticks: Vec<(f32, bool, String)> = Vec::new();
        let mut free = f32::MIN;
        for (at, &told) in self.told.iter().enumerate() {
            let (left, right) = (self.edges[at], self.edges[at + 1]);
            let year = self.first + at as i16;
            let begins = told || at == 0 || self.told[at - 1];
            if !begins {
                continue;
            }
            let words = match (told, left >= free) {
                (true, true) => year.to_string(),
                (false, true) => "…".into(),
                _ => String::new(),
            };
            if !words.is_empty() {
                free = left + if told { YEAR } else { NARROW * YEAR };
            }
            ticks.push((left, true, words));
            let months = (right - left) / 12.0;
            let every = [1, 3]
                .into_iter()
                .find(|every| months * *every as f32 >= MONTH);
            if let (true, Some(every)) = (told, every) {
                for month in (1..12).filter(|month| month % every == 0) {
                    let x = left + months * month as f32;
                    if x >= free && right - x >= MONTH / 2.0 {
                        ticks.push((x, false, format!("{:02}", month + 1)));
                    }
                }
            }
        }
        ticks
    }
}

/// The line of a lane on which each mark stands, from the top, so that none covers another; the marks are given by left and
/// right edge in order of the left one.
pub(super) fn lines(edges: &[(f32, f32)], gap: f32) -> (Vec<usize>, usize) {
    let mut ends: Vec<f32> = Vec::new();
    let mut lines = Vec::new();
    for (left, right) in edges {
        let line = ends
            .iter()
            .position(|end| end + gap <= *left)
            .unwrap_or_else(|| {
                ends.push(f32::MIN);
                ends.len() - 1
            });
        ends[line] = *right;
        lines.push(line);
    }
    (lines, ends.len())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn mark(days: Days) -> Mark {
        Mark {
            days,
            look: Look::Solid,
            title: String::new(),
            count: 1,
            record: None,
            ask: None,
        }
    }

    #[test]
    fn a_year_without_a_record_is_narrow_and_days_keep_their_order() {
        let marks = [
            Days::Day(date(1992, 6, 9)),
            Days::Vague(date(2024, 7, 1), date(2024, 7, 31)),
            Days::Day(date(2025, 2, 24)),
        ]
        .map(mark);
        let scale = Scale::of(marks.iter(), 600.0).unwrap();
        let days = [
            date(1992, 6, 9),
            date(2010, 1, 1),
            date(2024, 7, 1),
            date(2025, 2, 24),
        ];
        let at: Vec<f32> = days.iter().map(|day| scale.at(*day)).collect();
        assert!(at.is_sorted(), "{at:?}");
        assert!(at[2] - at[0] < at[3] - at[0] - 50.0, "{at:?}");
        let year = |year| scale.after(date(year, 12, 31)) - scale.at(date(year, 1, 1));
        assert!(year(2024) > 7.0 * year(2010));
        assert!((scale.after(date(2025, 12, 31)) - 600.0).abs() < 0.1);
    }

    #[test]
    fn marks_that_would_cover_each_other_stand_on_lines_of_their_own() {
        let (found, count) = lines(&[(0.0, 10.0), (5.0, 12.0), (13.0, 20.0), (13.5, 30.0)], 2.0);
        assert_eq!((found, count), (vec![0, 1, 0, 2], 3));
    }

    #[test]
    fn without_a_day_there_is_no_scale() {
        assert!(Scale::of([mark(Days::Unknown)].iter(), 600.0).is_none());
    }
}
