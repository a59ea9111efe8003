//! Time expressions: where they stand in a text, what they mean, and which of them dates a predication.
//!
//! The way: words → [`grammar`] → [`When`] → [`calendar`] → [`FactDate`]. The meaning is kept beside the date, so that a
//! later step that knows the tense or the day of a speech can read it again with [`DateExpr::reading`].

mod away;
mod bounds;
mod calendar;
mod edtf;
mod grammar;
mod length;
mod of_fact;
mod periods;
mod ranges;
mod when;

pub use calendar::{Hemisphere, Lean, Order};
pub(super) use grammar::is_unit;
pub use of_fact::{Clause, joined, of_fact, recent};
pub use when::{Length, Part, Precision, Season, Side, Unit, When, Which};

use calendar::{Reckoning, bounds};
use jiff::civil::Date;
use verbale_read::Span;

use super::amounts::classes::times_can_begin;
use super::amounts::words::{Cursor, Form, Word, words};
use crate::record::{DateBasis, FactDate, Granularity};

/// A time expression of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct DateExpr {
    /// Its words.
    pub span: Span,
    /// What they mean before anything is counted.
    pub when: When,
    /// The date, read with no knowledge of tense.
    pub date: FactDate,
    /// "Today, trade ties span three continents": words like "today" and "now" that date nothing. A guess from the
    /// words around; [`of_fact()`] knows the tense and decides again.
    pub rhetorical: bool,
    /// The day told before, for expressions that count from it, with its words.
    told: Option<Told>,
}

/// A day or period that the text told before: its first day, how finely it was told, and its words.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    start: Date,
    grain: Granularity,
    words: String,
}

/// What relative words are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading<'a> {
    /// First and last possible day of the text (or speech).
    pub today: Option<(Date, Date)>,
    /// What that day is the day of: `document` if empty, else `speech`.
    pub anchor: &'a str,
    /// Where the tense points.
    pub lean: Lean,
    /// Order of day and month in digits, if the outlet's habit is known; else "11/07/2024" stays one of two days.
    pub order: Option<Order>,
    /// On which side of the equator seasons are meant, if known.
    pub hemisphere: Option<Hemisphere>,
}

/// Finds the time expressions of a span and reads them, with the document's day if it is known.
///
/// ```
/// use verbale::resolve::dates::find;
/// use verbale_read::Span;
/// let text = "Envoys from Lomé arrived on 3 March 2021 and left two days later.";
/// let found = find(text, Span::new(0, text.len()), None);
/// assert_eq!(found[0].date.edtf, "2021-03-03");
/// assert_eq!(found[1].date.edtf, "2021-03-05");
/// ```
pub fn find(text: &str, span: Span, today: Option<(Date, Date)>) -> Vec<DateExpr> {
    find_after(text, span, today, &mut Thread::default())
}

/// The time that a text told last, from which "the same day" and "a week later" count.
#[derive(Debug, Clone, Default)]
pub struct Thread(Option<Told>);

/// Finds the time expressions of a span that goes on telling.
pub fn find_after(
    text: &str,
    span: Span,
    today: Option<(Date, Date)>,
    thread: &mut Thread,
) -> Vec<DateExpr> {
    let words = words(text, span);
    let begins = times_can_begin(&words);
    let reading = Reading {
        today,
        ..Reading::default()
    };
    let mut found: Vec<DateExpr> = Vec::new();
    let told = &mut thread.0;
    let mut at = 0;
    while at < words.len() {
        let start = Cursor { words: &words, at };
        let Some((when, end)) = begins[at].then(|| expression_at(start)).flatten() else {
            at += 1;
            continue;
        };
        let place = Span::new(words[at].span.start, words[end.at - 1].span.end);
        let mut expression = DateExpr {
            span: place,
            rhetorical: is_rhetorical(&when, &words, at, end.at),
            date: FactDate::unknown(),
            when,
            told: told.clone(),
        };
        expression.date = expression.read(place.of(text), &reading);
        let date = &expression.date;
        let whole = matches!(
            date.granularity,
            Granularity::Day | Granularity::Month | Granularity::Year
        );
        if let Some(start) = date.start.filter(|_| whole && date.end.is_some()) {
            *told = Some(Told {
                start,
                grain: date.granularity,
                words: date.text.clone(),
            });
        }
        found.push(expression);
        at = end.at;
    }
    found
}

/// Whether the grammar finds a time expression here.
#[cfg(test)]
pub(super) fn expression_here(start: Cursor) -> bool {
    grammar::expression(start).is_some()
}

/// A time expression here, unless the word belongs to one that began before it ("JF-17", "every two years").
fn expression_at(start: Cursor) -> Option<(When, Cursor)> {
    let repeated = start
        .before()
        .is_some_and(|word| ["every", "each", "per", "$", "€", "£"].contains(&word.lower.as_str()));
    let found = grammar::expression(start)?;
    // Digits inside designations ("F-16", "G20") are no days or years.
    let two_before = start.at.checked_sub(2).map(|at| &start.words[at]);
    let behind_number = start.glued()
        && start
            .before()
            .is_some_and(|word| word.lower == "-" && word.glued)
        && two_before.is_some_and(|word| matches!(word.form, Form::Number { .. }));
    let inside = behind_number
        || start.glued()
            && matches!(start.word()?.form, Form::Number { .. })
            && start.before().is_some_and(|word| {
                word.form == Form::Letters
                    || (["-", "/", "."].contains(&word.lower.as_str())
                        && !matches!(
                            found.0,
                            When::Day { year: Some(_), .. } | When::Years { .. } | When::Range(..)
                        ))
            });
    let numbered = matches!(start.word()?.form, Form::Number { .. });
    let repeated =
        repeated && (numbered || matches!(found.0, When::Lasting(_) | When::Weekday { .. }));
    (!inside && !repeated).then_some(found)
}

impl DateExpr {
    /// The date under another reading: with the tense of its clause, or counted from the day of a speech.
    pub fn reading(&self, reading: &Reading) -> FactDate {
        self.read(&self.date.text, reading)
    }

    /// Whether the words give a length and no date.
    pub fn is_length(&self) -> bool {
        matches!(self.when, When::Lasting(_))
    }

    /// Whether the words point at a time told before and move nowhere from it ("that week", "the same year").
    fn is_same(&self) -> bool {
        matches!(&self.when, When::Told { length, .. } if length.parts[0].0 == Some(0.0))
    }

    fn read(&self, text: &str, reading: &Reading) -> FactDate {
        let on = |today: Option<Date>| {
            bounds(
                &self.when,
                &Reckoning {
                    today,
                    told: self.told.as_ref().map(|told| (told.start, told.grain)),
                    lean: reading.lean,
                    order: reading.order,
                    hemisphere: reading.hemisphere,
                },
            )
        };
        let alone = on(None);
        let resolved = alone.or_else(|| {
            let (first, last) = reading.today?;
            Some(on(Some(first))?.cover(on(Some(last))?))
        });
        let from_told = alone.is_some() && counts_from_told(&self.when);
        let basis = match (alone, resolved) {
            (Some(_), _) if from_told => DateBasis::Relative,
            (Some(_), _) => DateBasis::Explicit,
            (None, Some(_)) if self.when == When::Recent || self.when == When::Now => {
                DateBasis::Document
            }
            (None, Some(_)) => DateBasis::Relative,
            (None, None) if is_deictic(&self.when) => DateBasis::Relative,
            (None, None) => DateBasis::Unknown,
        };
        let anchor = match (basis, &self.told) {
            (DateBasis::Relative | DateBasis::Document, Some(told)) if from_told => {
                Some(told.words.clone())
            }
            (DateBasis::Relative | DateBasis::Document, _) => Some(
                if reading.anchor.is_empty() {
                    "document"
                } else {
                    reading.anchor
                }
                .to_owned(),
            ),
            _ => None,
        };
        FactDate {
            start: resolved.and_then(|bounds| bounds.start),
            end: resolved.and_then(|bounds| bounds.end),
            edtf: edtf::notation(&self.when, resolved),
            granularity: resolved.map_or_else(|| grain(&self.when), |bounds| bounds.grain),
            basis,
            anchor,
            duration_days: match &self.when {
                When::Lasting(length) => length.days(),
                _ => None,
            },
            text: text.to_owned(),
            from: Vec::new(),
        }
    }
}

fn counts_from_told(when: &When) -> bool {
    match when {
        When::Told { .. } => true,
        When::WeekdayIn { week, .. } => counts_from_told(week),
        _ => false,
    }
}

/// Whether the words point from the moment of speaking ("yesterday", "last week"), so that they are relative even where
/// that moment is not known.
fn is_deictic(when: &When) -> bool {
    match when {
        When::Running { .. }
        | When::Away { .. }
        | When::Stretch { .. }
        | When::Weekday { .. }
        | When::WeekdayIn { .. }
        | When::Yearly { .. }
        | When::Portion { .. }
        | When::MonthBy { .. }
        | When::Now
        | When::SeasonBy { .. }
        | When::Recent => true,
        When::Part { of, .. }
        | When::Nth { of, .. }
        | When::Bound { of, .. }
        | When::WeekendOf(of)
        | When::About(of) => is_deictic(of),
        When::Range(from, to) => is_deictic(from) || is_deictic(to),
        _ => false,
    }
}

/// How fine words are that could not be resolved.
fn grain(when: &When) -> Granularity {
    let of_unit = |unit: Unit| match unit {
        Unit::Day => Granularity::Day,
        Unit::Month => Granularity::Month,
        Unit::Quarter => Granularity::Quarter,
        Unit::Year => Granularity::Year,
        Unit::Decade => Granularity::Decade,
        _ => Granularity::Range,
    };
    match when {
        When::DayOnWeekday { .. }
        | When::Easter { .. }
        | When::Yearly { .. }
        | When::Day { .. }
        | When::Weekday { .. }
        | When::WeekdayIn { .. }
        | When::Now => Granularity::Day,
        When::Month { .. } | When::MonthBy { .. } => Granularity::Month,
        When::Season { .. } | When::SeasonBy { .. } => Granularity::Quarter,
        When::Running { unit, .. } => of_unit(*unit),
        When::Away { length, .. } | When::Told { length, .. } => of_unit(length.unit()),
        When::Range(..) | When::Bound { .. } | When::Part { .. } | When::Stretch { .. } => {
            Granularity::Range
        }
        When::Recent | When::Portion { .. } | When::WeekendOf(_) => Granularity::Range,
        When::Nth { unit, .. } => of_unit(*unit),
        When::About(of) => grain(of),
        _ => Granularity::Unknown,
    }
}

/// Guesses whether "today" or "now" dates nothing: it opens a clause ("Today, …") and no past form follows before the
/// sentence ends.
fn is_rhetorical(when: &When, words: &[Word], start: usize, end: usize) -> bool {
    let now = *when == When::Now;
    let today = words[start].lower == "today" && end == start + 1;
    if !now && !today {
        return false;
    }
    let opens = start == 0
        || matches!(
            words[start - 1].lower.as_str(),
            "." | "," | ";" | ":" | "“" | "\"" | "!" | "?" | "–" | "and" | "but" | "that"
        );
    let sentence = words[end..]
        .iter()
        .take_while(|word| ![".", "!", "?"].contains(&word.lower.as_str()));
    let past = sentence.into_iter().any(|word| is_past_form(&word.lower));
    now || (opens && !past)
}

/// Common past forms; good enough for a guess that the tense of the parse overrules.
fn is_past_form(word: &str) -> bool {
    [
        "was", "were", "had", "did", "met", "held", "told", "said", "took", "made", "began",
        "gave", "left", "paid", "sent", "came", "went", "spoke", "won", "saw", "put", "became",
        "will",
    ]
    .contains(&word)
        || (word.len() > 4 && word.ends_with("ed"))
}
