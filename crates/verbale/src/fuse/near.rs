//! The clusters of a block by the months in which they can lie, so that a fact is held only against those whose days it can
//! share. Where days do not bind, and where words leave them open, everything is near.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::same::bound_by_days;
use super::window::{Window, shifted};
use crate::record::RecordKind;

/// Longer stretches are looked for among those that lie anywhere.
const MONTHS: i32 = 3;

/// Clusters by month.
#[derive(Debug)]
pub(crate) struct Near {
    slack: i64,
    bound: bool,
    months: BTreeMap<i32, Vec<usize>>,
    anywhere: Vec<usize>,
}

impl Near {
    pub(crate) fn new(kind: RecordKind, slack: i64) -> Self {
        Near {
            slack,
            bound: bound_by_days(kind),
            months: BTreeMap::new(),
            anywhere: Vec::new(),
        }
    }

    /// Puts a cluster where its first fact can lie; what joins it later only narrows that.
    pub(crate) fn put(&mut self, at: usize, window: &Window) {
        match self.months_of(window, 0) {
            Some((first, last)) if last - first < MONTHS => {
                for month in first..=last {
                    self.months.entry(month).or_default().push(at);
                }
            }
            _ => self.anywhere.push(at),
        }
    }

    /// All clusters that days do not keep apart from a fact, and perhaps others; each once, in order.
    pub(crate) fn to(&self, window: &Window, all: std::ops::Range<usize>) -> Vec<usize> {
        let Some((first, last)) = self.months_of(window, self.slack) else {
            return all.collect();
        };
        let mut near: Vec<usize> = self
            .months
            .range(first..=last)
            .flat_map(|(_, clusters)| clusters)
            .chain(&self.anywhere)
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// The months from the first to the last day, some days more on either side; `None` where days tell nothing.
    fn months_of(&self, window: &Window, more: i64) -> Option<(i32, i32)> {
        let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        let (start, end) = (window.start?, window.end?);
        (self.bound && window.yearless.is_none() && start <= end)
            .then(|| (month(shifted(start, -more)), month(shifted(end, more))))
    }
}
