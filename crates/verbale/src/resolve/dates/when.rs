//! What a time expression means before anything is counted from a day: the tree that the grammar builds and the
//! calendar resolves.

pub use super::length::{Length, Precision, Unit};

/// The meaning of a time expression.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// A day, as far as the words give it: "July 11", "the 12th", "11 July 2024".
    Day {
        /// Year, if said.
        year: Option<i16>,
        /// Month, if said.
        month: Option<i8>,
        /// Day of the month.
        day: i8,
    },
    /// Digits that may be day and month or month and day: "11/07/2024".
    DayOrMonth {
        /// Year, if said.
        year: Option<i16>,
        /// First and second number, each at most 12 and different.
        numbers: [i8; 2],
    },
    /// A day of the month that is a certain day of the week: "Monday the 13th".
    DayOnWeekday {
        /// Day of the month.
        day: i8,
        /// 0 is Monday.
        weekday: i8,
    },
    /// Easter of the western churches, or a day counted from it.
    Easter {
        /// Year, if said.
        year: Option<i16>,
        /// Days from it.
        offset: i16,
    },
    /// The last or the next of something that comes once a year.
    Yearly {
        /// What.
        of: Box<When>,
        /// Gone or coming.
        which: Which,
    },
    /// So many days or longer, from a day on: "three days starting next Monday".
    Run {
        /// How long.
        length: Length,
        /// Its first day.
        from: Box<When>,
    },
    /// So many days or longer, up to the end of a time: "the year to June", "three months through May".
    RunUp {
        /// How long.
        length: Length,
        /// Its last day or month.
        to: Box<When>,
    },
    /// The last or the next time of a season: "last autumn".
    SeasonBy {
        /// Which season.
        season: Season,
        /// Gone or coming.
        which: Which,
    },
    /// A month: "July", "July 2024".
    Month {
        /// Year, if said.
        year: Option<i16>,
        /// Month.
        month: i8,
    },
    /// Calendar years: "2024", "the 1990s", "the 19th century".
    Years {
        /// First year.
        first: i16,
        /// How many.
        count: i16,
    },
    /// A fiscal year, whose bounds differ by country: named by the year it is called by, or by both.
    Fiscal {
        /// First calendar year it touches for certain.
        first: i16,
        /// Last calendar year it touches for certain.
        last: i16,
    },
    /// A season of a year; without one, of the year that fits.
    Season {
        /// Which.
        season: Season,
        /// Whose; the running year or the one that fits if absent.
        of: Option<Box<When>>,
    },
    /// A day of the week.
    Weekday {
        /// 0 is Monday.
        day: i8,
        /// Which one.
        which: Which,
    },
    /// A day of the week inside a week: "Monday of next week", "Monday two weeks ago".
    WeekdayIn {
        /// 0 is Monday.
        day: i8,
        /// The week.
        week: Box<When>,
    },
    /// A whole unit counted from the running one: "today" (day, 0), "last year" (year, -1).
    Running {
        /// The unit.
        unit: Unit,
        /// How many units away.
        shift: i32,
    },
    /// A month by name counted from the running year: "last July".
    MonthBy {
        /// The month.
        month: i8,
        /// Which.
        which: Which,
    },
    /// A part of a period: "early 2023", "the end of the year".
    Part {
        /// Which part.
        part: Part,
        /// Of what.
        of: Box<When>,
    },
    /// The n-th unit of a period, counted from the end if negative: "the third quarter of 2024", "last week of June".
    Nth {
        /// Number, 1 is the first, -1 the last.
        nth: i32,
        /// How many units together ("the first two weeks").
        count: i32,
        /// The unit.
        unit: Unit,
        /// Of what.
        of: Box<When>,
    },
    /// The n-th of a weekday in a period: "the first Monday of May".
    NthWeekday {
        /// Number, 1 is the first, -1 the last.
        nth: i32,
        /// 0 is Monday.
        day: i8,
        /// Of what.
        of: Box<When>,
    },
    /// A week that holds a day: "the week of April 10".
    WeekOf(Box<When>),
    /// The weekend beside a day, with the days between: "Easter weekend", "the weekend of 3 May".
    WeekendOf(Box<When>),
    /// A length away from a day: "two days ago", "in three weeks", "a day after the 11 July vote".
    Away {
        /// How far.
        length: Length,
        /// Forwards or back.
        forward: bool,
        /// From where; the day of the text if absent.
        from: Option<Box<When>>,
    },
    /// A stretch that ends or begins now: "over the past two decades", "the next three days".
    Stretch {
        /// How long.
        length: Length,
        /// Forwards or back.
        forward: bool,
    },
    /// Between two times, both included.
    Range(Box<When>, Box<When>),
    /// On one side of a time.
    Bound {
        /// Which side.
        side: Side,
        /// Of what.
        of: Box<When>,
    },
    /// The part of a running unit that is over, or that is left: "earlier this month", "later this year".
    Portion {
        /// The period.
        of: Box<When>,
        /// What is left of it.
        rest: bool,
    },
    /// Counted from a day told before: "the following day", "two years later".
    Told {
        /// How far.
        length: Length,
        /// Forwards or back.
        forward: bool,
    },
    /// "about 1947".
    About(Box<When>),
    /// A length of time only: "two-day", "for 20 years".
    Lasting(Length),
    /// Time words that fix nothing: "in recent years", "in the coming months".
    Vague,
    /// "recent", "recently", "just": shortly before the text.
    Recent,
    /// "now", "currently".
    Now,
}

/// Which of the days or months of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Nothing said: tense decides.
    Bare,
    /// "last": of the unit before.
    Last,
    /// "this": of the running unit.
    This,
    /// "next": of the unit after.
    Next,
    /// "past", "this past": the nearest one gone.
    Gone,
    /// "coming", "upcoming": the nearest one ahead.
    Coming,
}

/// Seasons, as written; which months they are depends on the hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Parts of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Part {
    /// "The beginning of the year": its first third; "early" is its first half.
    Opening,
    /// "The end of the year": its last third; "late" is its second half.
    Closing,
    Early,
    Middle,
    Late,
}

/// Sides of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From its first day on.
    Since,
    /// From the day after it.
    After,
    /// Up to its last day.
    Until,
    /// Up to the day before it.
    Before,
}

impl When {
    /// The year the words give, if they give one.
    pub fn year(&self) -> Option<i16> {
        match self {
            When::Day { year, .. } | When::Month { year, .. } => *year,
            When::DayOrMonth { year, .. } | When::Easter { year, .. } => *year,
            When::Away { from, .. } => from.as_ref()?.year(),
            When::Years { first, .. } => Some(*first),
            When::Fiscal { first, .. } => Some(*first),
            When::Season { of, .. } => of.as_ref()?.year(),
            When::Part { of, .. } | When::Nth { of, .. } | When::NthWeekday { of, .. } => of.year(),
            When::WeekOf(of) | When::WeekendOf(of) | When::About(of) => of.year(),
            _ => None,
        }
    }

    /// Whether this comes once a year and no year is said.
    pub fn yearless(&self) -> bool {
        match self {
            When::Day { year, month, .. } => year.is_none() && month.is_some(),
            When::Month { year, .. }
            | When::DayOrMonth { year, .. }
            | When::Easter { year, .. } => year.is_none(),
            When::Away { from, .. } => from.as_ref().is_some_and(|from| from.yearless()),
            When::Season { of, .. } => of.as_ref().is_none_or(|of| of.yearless()),
            When::Part { of, .. } | When::Nth { of, .. } | When::NthWeekday { of, .. } => {
                of.yearless()
            }
            When::WeekOf(of) | When::WeekendOf(of) | When::About(of) => of.yearless(),
            _ => false,
        }
    }

    /// The same in a year, if none is said.
    pub fn in_year(mut self, new: i16) -> Self {
        match &mut self {
            When::Day {
                year,
                month: Some(_),
                ..
            }
            | When::Month { year, .. }
            | When::DayOrMonth { year, .. }
            | When::Easter { year, .. } => *year = year.or(Some(new)),
            When::Away {
                from: Some(from), ..
            } => {
                **from = std::mem::replace(&mut **from, When::Vague).in_year(new);
            }
            When::Season { of, .. } => {
                let of = of.get_or_insert_with(|| {
                    Box::new(When::Years {
                        first: new,
                        count: 1,
                    })
                });
                **of = std::mem::replace(&mut **of, When::Vague).in_year(new);
            }
            When::Part { of, .. }
            | When::Nth { of, .. }
            | When::NthWeekday { of, .. }
            | When::WeekOf(of)
            | When::WeekendOf(of)
            | When::About(of) => {
                **of = std::mem::replace(&mut **of, When::Vague).in_year(new);
            }
            _ => {}
        }
        self
    }

    /// The same in a month, if it is a day without one.
    pub fn in_month(mut self, new: i8) -> Self {
        if let When::Day { month, .. } = &mut self {
            *month = month.or(Some(new));
        }
        self
    }
}
