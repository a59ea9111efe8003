//! The days between which something lies.

use jiff::civil::Date;

use crate::record::Granularity;

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
