//! The grammar of English time expressions: small rules over words, each from a place to a meaning and the place
//! behind it. The longest reading wins, and of equally long ones the first.

mod digits;
mod distances;
mod holidays;
mod lengths;
mod months;
mod parts;
mod points;
mod relative;
mod spans;
mod vocabulary;
mod years;

use super::when::When;
use crate::resolve::amounts::words::Cursor;

/// What a rule finds: the meaning and the place behind its words.
type Found<'a> = Option<(When, Cursor<'a>)>;

/// A rule of the grammar.
type Rule = for<'a> fn(Cursor<'a>) -> Found<'a>;

/// Whether a word is a unit of time.
pub fn is_unit(word: &str) -> bool {
    vocabulary::unit(word).is_some()
}

/// The longest time expression that starts here.
pub fn expression(start: Cursor) -> Option<(When, Cursor)> {
    longest(
        start,
        &[
            spans::between,
            spans::bound,
            spans::portion,
            distances::away,
            distances::weekday_away,
            distances::stretch,
            point,
            distances::run,
            distances::run_up,
            lengths::lasting,
            relative::vague,
            relative::the_unit,
        ],
    )
}

/// A day or a period, of whatever size, that can be an end of a range.
fn point(start: Cursor) -> Found {
    longest(
        start,
        &[
            parts::part,
            parts::nth,
            parts::nth_possessive,
            parts::nth_week_on,
            parts::week,
            spans::about,
            digits::numeric,
            digits::day_and_month,
            holidays::holiday,
            holidays::next_day,
            holidays::weekend,
            points::days_together,
            points::weekday_and_day,
            months::year_month,
            relative::that_unit,
            relative::weekend,
            points::weekday_in_brackets,
            points::day_month,
            points::month_day,
            points::nth_day,
            months::month,
            years::year,
            years::decade,
            years::century,
            years::fiscal,
            months::season,
            relative::named_day,
            relative::running,
            relative::one_further,
            relative::weekday,
            relative::told,
        ],
    )
}

fn longest<'a>(start: Cursor<'a>, rules: &[Rule]) -> Found<'a> {
    let mut best: Found = None;
    for rule in rules {
        if let Some(found) = rule(start)
            && best.as_ref().is_none_or(|best| found.1.at > best.1.at)
        {
            best = Some(found);
        }
    }
    best
}
