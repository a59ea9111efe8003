//! Which of a sentence's time expressions dates a predication. A wrong date is worse than none: what no rule here
//! gives stays unknown.

use jiff::ToSpan;
use jiff::civil::Date;
use verbale_read::Span;

use super::when::When;
use super::{DateExpr, Lean, Reading};
use crate::record::{FactDate, Granularity};

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
}

/// Dates a predication. In this order:
///
/// 1. the nearest expression inside the predication;
/// 2. the nearest one of the sentence that stands in no other predication ("In 1992, …");
/// 3. "recent", "recently" in a dated text: up to the day of the text, and where a length of days is given ("the
///    recent two-day visit") not begun earlier than two days before the latest such stay;
/// 4. nothing: unknown. What was told before may still lend its days ("during the visit"); the caller knows it.
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
    let mut date = match dated {
        Some(expression) => expression.reading(reading),
        None => nearest(&mine, clause, |expression| expression.when == When::Recent)
            .map_or_else(FactDate::unknown, |expression| {
                recent(expression.reading(reading), length, reading.today)
            }),
    };
    if date.duration_days.is_none() {
        date.duration_days = length;
    }
    date
}

/// The expressions that date a predication: the one that [`of_fact`] takes and those joined to it by "and" ("in 2023 and
/// 2024", "on 3 May, 9 June and again in July"), in order.
pub fn joined<'a>(
    text: &str,
    expressions: &'a [DateExpr],
    clause: &Clause,
    reading: &Reading,
) -> Vec<&'a DateExpr> {
    let mine: Vec<&DateExpr> = expressions
        .iter()
        .filter(|expression| belongs(expression, clause) && dates(expression, clause, reading))
        .collect();
    let Some(taken) = nearest(&mine, clause, |_| true) else {
        return Vec::new();
    };
    let joint = |pair: &[&DateExpr]| words_between(text, pair).all(|word| JOINTS.contains(&word));
    // Expressions follow one another in the text, so that a run of joined ones is a piece of the list.
    let runs = mine.chunk_by(|one, other| joint(&[one, other]));
    let mut run = runs.into_iter().filter(|run| run.contains(&taken));
    let run = run.next().unwrap_or_default();
    // Commas alone join nothing: "Monday, 3 May" is one day.
    let listed = run
        .windows(2)
        .any(|pair| words_between(text, pair).any(|word| JOINTS[..4].contains(&word)));
    if listed { run.to_vec() } else { vec![taken] }
}

fn words_between<'t>(text: &'t str, pair: &[&DateExpr]) -> impl Iterator<Item = &'t str> {
    text[pair[0].span.end..pair[1].span.start]
        .split_inclusive(',')
        .flat_map(|piece| {
            let (words, comma) = piece
                .strip_suffix(',')
                .map_or((piece, None), |words| (words, Some(",")));
            words.split_whitespace().chain(comma)
        })
}

/// Words that may stand between joined expressions; the first ones join.
const JOINTS: [&str; 11] = [
    "and", "&", "then", "again", ",", "in", "on", "of", "later", "also", "once",
];

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
        // "The largest loan to date" tells no day of the loan.
        When::Bound { of, .. } if **of == When::Now => false,
        // "That week" where no day was told.
        When::Told { .. } if expression.date.start.is_none() && expression.is_same() => false,
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
pub fn recent(mut date: FactDate, length: Option<u32>, today: Option<(Date, Date)>) -> FactDate {
    if let (Some((first, _)), Some(days @ 1..=14)) = (today, length) {
        date.start = first.checked_sub((i64::from(days) + 1).days()).ok();
        date.granularity = Granularity::Range;
        date.duration_days = length;
        if let (Some(start), Some(end)) = (date.start, date.end) {
            date.edtf = format!("{start}/{end}");
        }
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DateBasis;
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

    #[test]
    fn joined_expressions_are_several_dates() {
        let several = |sentence: &str, own: &str| -> Vec<String> {
            let start = sentence.find(own).expect("words of the sentence");
            let clause = Clause {
                predicate: Span::new(start, start + 1),
                span: Span::new(start, sentence.len()),
                others: &[],
                sentence: Span::new(0, sentence.len()),
                stative: false,
            };
            let found = find(sentence, clause.sentence, None);
            joined(sentence, &found, &clause, &Reading::default())
                .into_iter()
                .map(|expression| expression.date.edtf.clone())
                .collect()
        };
        assert_eq!(
            several(
                "The emir's trips to Rome in 2009, 2014 and again in 2017",
                "trips"
            ),
            ["2009", "2014", "2017"]
        );
        assert_eq!(
            several("They met in 2009 before the 2014 vote", "met"),
            ["2009"]
        );
    }
}
