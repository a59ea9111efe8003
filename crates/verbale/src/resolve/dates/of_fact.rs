//! Which of a sentence's time expressions dates a predication. A wrong date is worse than none: what no rule here
//! gives stays unknown.

use jiff::ToSpan;
use verbale_read::Span;

use super::when::When;
use super::{DateExpr, Lean, Reading};
use crate::record::{DateBasis, FactDate, Granularity};

/// What the caller knows about a predication and its surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'a> {
    /// The predicate's own words or head.
    pub predicate: Span,
    /// The predication with its roles and modifiers.
    pub span: Span,
    /// Spans of the other predications of the sentence, which keep the expressions inside them for themselves. A span
    /// that holds this predication whole does not count.
    pub others: &'a [Span],
    /// The sentence.
    pub sentence: Span,
    /// Whether the predicate is a simple present that tells a state or habit ("symbolises", "are friends"), which "today"
    /// and "now" do not date.
    pub stative: bool,
    /// The date of the happening that these words refer back to ("during the visit"), if the caller found one.
    pub discourse: Option<&'a FactDate>,
}

/// Dates a predication. In this order:
///
/// 1. the nearest expression inside the predication;
/// 2. the nearest one of the sentence that stands in no other predication ("In 1992, …");
/// 3. the date of the happening the words refer back to, with basis `inferred`;
/// 4. "recent", "recently" in a dated text: up to the day of the text, and where a length of days is given ("the
///    recent two-day visit") not begun earlier than two days before the latest such stay;
/// 5. nothing: unknown.
///
/// A length beside the date ("two-day") goes into `duration_days`. "Today" and "now" with a stative present date nothing.
pub fn of_fact(expressions: &[DateExpr], clause: &Clause, reading: &Reading) -> FactDate {
    let mine: Vec<&DateExpr> = expressions
        .iter()
        .filter(|expression| belongs(expression, clause))
        .collect();
    let length = nearest(&mine, clause, |expression| expression.is_length())
        .and_then(|expression| expression.date.duration_days);
    let dated = nearest(&mine, clause, |expression| {
        dates(expression, clause, reading)
    });
    let mut date = match (dated, clause.discourse) {
        (Some(expression), _) => expression.reading(reading),
        (None, Some(date))
            if date.start.is_some() || date.end.is_some() || !date.edtf.is_empty() =>
        {
            FactDate {
                basis: DateBasis::Inferred,
                ..date.clone()
            }
        }
        _ => match nearest(&mine, clause, |expression| expression.when == When::Recent) {
            Some(expression) => recent(expression, length, reading),
            None => FactDate::unknown(),
        },
    };
    if date.duration_days.is_none() {
        date.duration_days = length;
    }
    date
}

/// Inside the predication, or in the sentence and in no other predication.
fn belongs(expression: &DateExpr, clause: &Clause) -> bool {
    if clause.span.contains(expression.span) {
        // A smaller predication inside this one has the better claim, unless it holds this predicate.
        return !clause.others.iter().any(|other| {
            clause.span.contains(*other)
                && *other != clause.span
                && other.contains(expression.span)
                && !other.contains(clause.predicate)
        });
    }
    clause.sentence.contains(expression.span)
        && !clause
            .others
            .iter()
            .any(|other| other.contains(expression.span) && !other.contains(clause.span))
}

/// Whether an expression can date something here.
fn dates(expression: &DateExpr, clause: &Clause, reading: &Reading) -> bool {
    let deictic =
        matches!(expression.when, When::Now) || expression.date.text.eq_ignore_ascii_case("today");
    match &expression.when {
        When::Lasting(_) | When::Vague | When::Recent => false,
        _ if deictic => !(clause.stative || expression.rhetorical && reading.lean == Lean::Nearest),
        _ => true,
    }
}

/// The nearest that fits: inside the predication before outside, then by distance from the predicate, then in order.
fn nearest<'a>(
    expressions: &[&'a DateExpr],
    clause: &Clause,
    fits: impl Fn(&DateExpr) -> bool,
) -> Option<&'a DateExpr> {
    expressions
        .iter()
        .copied()
        .filter(|expression| fits(expression))
        .min_by_key(|expression| {
            let outside = !clause.span.contains(expression.span);
            let distance = if expression.span.end <= clause.predicate.start {
                clause.predicate.start - expression.span.end
            } else {
                expression.span.start.saturating_sub(clause.predicate.end)
            };
            (outside, distance, expression.span.start)
        })
}

/// "The recent two-day visit" in a text of the 13th ended by the 13th. News of a stay is not older than two days, so it
/// began on the 10th or later; without a length the start stays open.
fn recent(expression: &DateExpr, length: Option<u32>, reading: &Reading) -> FactDate {
    let mut date = expression.reading(reading);
    if let (Some((first, _)), Some(days @ 1..=14)) = (reading.today, length) {
        date.start = first.checked_sub((i64::from(days) + 1).days()).ok();
        date.granularity = Granularity::Range;
        if let (Some(start), Some(end)) = (date.start, date.end) {
            date.edtf = format!("{start}/{end}");
        }
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::dates::find;

    /// Dates the predicate (the first of its words) of a sentence, with other predications given by their words.
    fn dated(
        sentence: &str,
        predicate: &str,
        own: &str,
        others: &[&str],
        stative: bool,
    ) -> FactDate {
        let span_of = |words: &str| {
            let start = sentence.find(words).expect("words of the sentence");
            Span::new(start, start + words.len())
        };
        let whole = Span::new(0, sentence.len());
        let today = "2022-05-20".parse().ok().map(|day| (day, day));
        let others: Vec<Span> = others.iter().map(|words| span_of(words)).collect();
        let clause = Clause {
            predicate: span_of(predicate),
            span: span_of(own),
            others: &others,
            sentence: whole,
            stative,
            discourse: None,
        };
        let reading = Reading {
            today,
            lean: Lean::Past,
            ..Reading::default()
        };
        of_fact(&find(sentence, whole, today), &clause, &reading)
    }

    #[test]
    fn the_nearest_expression_inside_wins() {
        let sentence = "Togo, which joined in 1994, ratified the code in March 2003.";
        let own = "ratified the code in March 2003";
        let date = dated(sentence, "ratified", own, &["joined in 1994"], false);
        assert_eq!(date.edtf, "2003-03");
        let date = dated(sentence, "joined", "joined in 1994", &[own], false);
        assert_eq!(date.edtf, "1994");
    }

    #[test]
    fn a_frame_dates_what_follows() {
        let sentence = "In 2011, Quito recalled its envoy and Lima protested.";
        let others = &["Lima protested"];
        let date = dated(
            sentence,
            "recalled",
            "Quito recalled its envoy",
            others,
            false,
        );
        assert_eq!(date.edtf, "2011");
    }

    #[test]
    fn no_words_no_date() {
        let sentence = "Quito backs Lima on fishing rights.";
        let date = dated(sentence, "backs", sentence, &[], true);
        assert_eq!(date, FactDate::unknown());
    }

    #[test]
    fn today_does_not_date_a_state() {
        let sentence = "Today, the canal stands for both nations.";
        assert_eq!(
            dated(sentence, "stands", sentence, &[], true),
            FactDate::unknown()
        );
        let sentence = "Today the two envoys parted.";
        assert_eq!(
            dated(sentence, "parted", sentence, &[], false).edtf,
            "2022-05-20"
        );
    }

    #[test]
    fn a_recent_stay_ends_by_the_day_of_the_text() {
        let sentence = "The recent three-day visit of the sultan pleased Muscat.";
        let date = dated(
            sentence,
            "visit",
            "recent three-day visit of the sultan",
            &[],
            false,
        );
        assert_eq!(date.edtf, "2022-05-16/2022-05-20");
        assert_eq!(
            (date.duration_days, date.basis),
            (Some(3), DateBasis::Document)
        );
        let sentence = "The recent visit of the sultan pleased Muscat.";
        let date = dated(sentence, "visit", "recent visit of the sultan", &[], false);
        assert_eq!(date.edtf, "../2022-05-20");
    }

    #[test]
    fn a_length_goes_beside_the_date() {
        let sentence = "The two-day talks in June 2021 failed.";
        let date = dated(sentence, "talks", sentence, &[], false);
        assert_eq!(
            (date.edtf.as_str(), date.duration_days),
            ("2021-06", Some(2))
        );
    }
}
