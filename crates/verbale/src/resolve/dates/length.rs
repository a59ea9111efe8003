//! Units and lengths of time.

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    WorkingDay,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Days that a length of this unit counts as; none below the day.
    pub fn days(self) -> Option<f64> {
        Some(match self {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day | Unit::WorkingDay => 1.0,
            Unit::Weekend => 2.0,
            Unit::Week => 7.0,
            Unit::Fortnight => 14.0,
            Unit::Month => 30.0,
            Unit::Quarter => 91.0,
            Unit::Half => 182.0,
            Unit::Year => 365.0,
            Unit::Decade => 3652.0,
            Unit::Century => 36524.0,
        })
    }
}

/// A length of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Length {
    /// Numbers with their units; the number is `None` in "for years", and 3 in "a few weeks".
    pub parts: Vec<(Option<f64>, Unit)>,
    /// How far the numbers can be trusted.
    pub precision: Precision,
}

/// How far the number of a length can be trusted, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// As said.
    Exact,
    /// "about", "nearly", "more than".
    About,
    /// "a few", "several", "some": two to six.
    Loose,
}

impl Length {
    /// So many of one unit.
    pub fn of(number: f64, unit: Unit) -> Self {
        Length {
            parts: vec![(Some(number), unit)],
            precision: Precision::Exact,
        }
    }

    /// Whether every part has a number that can be counted with.
    pub fn numbered(&self) -> bool {
        self.precision != Precision::Loose && self.parts.iter().all(|(number, _)| number.is_some())
    }

    /// The same with other numbers in place of loose ones.
    pub fn with_number(&self, number: f64) -> Self {
        Length {
            parts: self
                .parts
                .iter()
                .map(|(_, unit)| (Some(number), *unit))
                .collect(),
            precision: Precision::About,
        }
    }

    /// The length in whole days, if it has numbers and is made of days or more.
    pub fn days(&self) -> Option<u32> {
        if !self.numbered() {
            return None;
        }
        let days = self
            .parts
            .iter()
            .map(|(number, unit)| Some((*number)? * unit.days()?))
            .sum::<Option<f64>>()?;
        Some(days.round() as u32)
    }

    /// The coarsest unit.
    pub fn unit(&self) -> Unit {
        self.parts
            .iter()
            .map(|(_, unit)| *unit)
            .max()
            .unwrap_or(Unit::Day)
    }
}
