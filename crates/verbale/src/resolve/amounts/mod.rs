//! Numbers, money and measures: where they stand in a text and what they say.
//!
//! Digits in names ("JF-17", "G20", "Resolution 1244") and in dates are no numbers; "hundreds of envoys" gives the
//! hundred that is named, marked as approximate.

pub mod classes;
mod designations;
mod fractions;
mod money;
pub mod numerals;
mod quantity;
mod units;
pub mod words;

pub use quantity::quantity_of;

use verbale_read::Span;

use self::classes::Class;
use self::numerals::{Numeral, cardinal};
use self::words::{Cursor, Form, Word, words};
use super::dates::{self, DateExpr};
use crate::lexicon::Lexicon;
use crate::record::{Amount, Count};

/// A number of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct AmountExpr {
    /// Its words, with "about" or "more than" before them.
    pub span: Span,
    /// Its words without those.
    pub bare: Span,
    /// The value with its currency or unit.
    pub amount: Amount,
    /// What sort of number it is.
    pub kind: AmountKind,
    /// ISO 4217 codes the words may mean, the likeliest first: "rupees" are of several states. `amount.currency` has the
    /// code only where the words or use decide.
    pub currencies: Vec<String>,
    /// How many of what, where the words count something.
    pub count: Option<Count>,
}

/// Sorts of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountKind {
    /// With a currency.
    Money,
    /// With a unit.
    Measure,
    /// Of things, or of nothing that the words say.
    Number,
}

impl AmountExpr {
    /// The code of the words where only one of these states' currencies fits: a report on two states says "rupees" and
    /// means one of theirs.
    pub fn currency_among(&self, codes: &[&str]) -> Option<&str> {
        let mut fitting = self
            .currencies
            .iter()
            .filter(|code| codes.contains(&code.as_str()));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(only),
            _ => self.amount.currency.as_deref(),
        }
    }
}

/// Words before a number that make it approximate; longer ones first.
const APPROXIMATE_BEFORE: &[&[&str]] = &[
    &["as", "many", "as"],
    &["as", "much", "as"],
    &["no", "more", "than"],
    &["no", "less", "than"],
    &["no", "fewer", "than"],
    &["in", "excess", "of"],
    &["well", "over"],
    &["more", "than"],
    &["less", "than"],
    &["fewer", "than"],
    &["at", "least"],
    &["at", "most"],
    &["up", "to"],
    &["close", "to"],
    &["an", "estimated"],
    &["about"],
    &["around"],
    &["some"],
    &["nearly"],
    &["almost"],
    &["roughly"],
    &["approximately"],
    &["approx"],
    &["over"],
    &["under"],
    &["circa"],
    &["~"],
    &["above"],
    &["below"],
];

/// Finds the numbers of a span.
///
/// ```
/// use verbale::lexicon::Lexicon;
/// use verbale::resolve::amounts::find;
/// use verbale_read::Span;
/// let text = "Accra lent nearly 40 million euros for four of the dams.";
/// let found = find(text, Span::new(0, text.len()), Lexicon::embedded());
/// assert_eq!(found[0].amount.value, 4e7);
/// assert_eq!(found[0].amount.currency.as_deref(), Some("EUR"));
/// assert_eq!(found[1].count.as_ref().unwrap().of, "dams");
/// ```
pub fn find(text: &str, span: Span, lexicon: &Lexicon) -> Vec<AmountExpr> {
    beside(text, span, lexicon, &dates::find(text, span, None))
}

/// The same where the time expressions of the span are known.
pub fn beside(text: &str, span: Span, lexicon: &Lexicon, dates: &[DateExpr]) -> Vec<AmountExpr> {
    let words = words(text, span);
    // A length of time is a measure as well; days, years and their like are no numbers of anything.
    let dates: Vec<Span> = dates
        .iter()
        .filter(|expression| !expression.is_length())
        .map(|expression| expression.span)
        .collect();
    let numbers: Vec<bool> = (0..words.len())
        .map(|at| {
            words[at].class.has(Class::OPENS_NUMBER)
                && cardinal(Cursor { words: &words, at }).is_some()
        })
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let start = Cursor { words: &words, at };
        // Most words are nowhere near a number.
        let near = &numbers[at..numbers.len().min(at + 2 + money::SIGN)];
        let Some((expression, end)) = near
            .contains(&true)
            .then(|| expression(text, start, lexicon))
            .flatten()
        else {
            at += 1;
            continue;
        };
        // "In two weeks" is a date in whole, "2019" one in part; "40 percent in 2019" is neither.
        let dated = dates.iter().any(|date| date.overlaps(expression.bare));
        if !dated {
            found.push(expression);
        }
        at = end;
    }
    found
}

/// An amount whose number or currency sign starts here, and the index of the word behind it.
fn expression(text: &str, start: Cursor, lexicon: &Lexicon) -> Option<(AmountExpr, usize)> {
    let minus = minus(start);
    let unsigned = minus.unwrap_or(start);
    let sign = money::before_number(text, unsigned, lexicon);
    let at = sign.as_ref().map_or(unsigned, |(_, at)| *at);
    if sign.is_none() && minus.is_none() && designations::is_part_of_name(at) {
        return None;
    }
    let (number, end) = cardinal(at)?;
    let (factor, end) = money::glued_multiplier(end, sign.is_some());
    let value = number.value * factor;
    let (kind, currencies, unit, end, value) = match sign {
        Some((codes, _)) => {
            // "$10 dollars" says it twice.
            let (again, after) = match money::after_number(text, end, lexicon) {
                // "$20 $30": a sign is the next number's.
                Some((again, _, after)) if end.word()?.form == Form::Letters => (again, after),
                _ => (Vec::new(), end),
            };
            let end = if again.iter().any(|code| codes.contains(code)) {
                after
            } else {
                end
            };
            (AmountKind::Money, codes, None, end, value)
        }
        None => match money::after_number(text, end, lexicon) {
            Some((codes, share, after)) => {
                // "75 USD million".
                let (factor, after) = money::multiplier_behind(after);
                let value = value * share * factor;
                (AmountKind::Money, codes, None, after, value)
            }
            None => match units::after_number(end) {
                Some((unit, after)) => (AmountKind::Measure, Vec::new(), Some(unit), after, value),
                None => (AmountKind::Number, Vec::new(), None, end, value),
            },
        },
    };
    let (value, end) = match kind {
        AmountKind::Money => money::with_change(text, start, value, end, &currencies, lexicon)
            .unwrap_or((value, end)),
        _ => (value, end),
    };
    let value = if minus.is_some() { -value } else { value };
    if kind == AmountKind::Number && minus.is_none() && !stands_alone(at, end, number) {
        return None;
    }
    let (first, before) = approximately(start);
    let after = ["plus", "odd"].contains(&end.lower()) || end.eat_all(&["or", "so"]).is_some();
    let last = end.before()?.span.end;
    let bare = Span::new(start.word()?.span.start, last);
    let span = Span::new(first, last);
    let count = (kind == AmountKind::Number)
        .then(|| quantity::count(text, value, number, end))
        .flatten();
    let expression = AmountExpr {
        span,
        bare,
        amount: Amount {
            value,
            currency: money::decide(&currencies),
            unit: unit.map(str::to_owned),
            text: span.of(text).to_owned(),
            approximate: before || after || number.vague,
        },
        kind,
        currencies,
        count,
    };
    Some((expression, end.at))
}

/// Behind "minus", "negative" or a sign that touches its number ("-4.2").
fn minus(start: Cursor) -> Option<Cursor> {
    let at = start.next();
    let written = ["minus", "negative"].contains(&start.lower()) && cardinal(at).is_some();
    let sign = ["-", "−"].contains(&start.lower())
        && (!start.glued() || start.before().is_none())
        && at.glued()
        && matches!(at.word()?.form, Form::Number { .. });
    // Apart from its number a sign is a dash or opens a line of a list, unless the number is all there is.
    let lone = ["-", "−"].contains(&start.lower())
        && start.at == 0
        && cardinal(at).is_some_and(|(_, end)| {
            let (_, end) = money::glued_multiplier(end, false);
            end.word().is_none()
        });
    (written || sign || lone).then_some(at)
}

/// The first byte of the words with what makes them approximate, and whether something does.
fn approximately(start: Cursor) -> (usize, bool) {
    let own = start.word().map_or(0, |word| word.span.start);
    for words in APPROXIMATE_BEFORE {
        let Some(from) = start.at.checked_sub(words.len()) else {
            continue;
        };
        let before: &[Word] = &start.words[from..start.at];
        if before
            .iter()
            .zip(*words)
            .all(|(word, wanted)| word.lower == *wanted)
        {
            return (before[0].span.start, true);
        }
    }
    (own, false)
}

/// A bare number counts unless it hangs on other words: "21-gun", "one of the first", "half the truth".
fn stands_alone(start: Cursor, end: Cursor, number: Numeral) -> bool {
    let hyphened = end.lower() == "-" && end.glued() && end.next().glued();
    let glued_letters = end.glued()
        && end
            .word()
            .is_some_and(|word| matches!(word.form, Form::Letters | Form::Number { .. }));
    let clock = end.lower() == ":" && end.glued() && end.next().glued();
    let pronoun = start.lower() == "one" && end.at == start.at + 1;
    let single = number.fraction && ["a", "an", "one"].contains(&start.lower());
    let part =
        single && end.word().is_some_and(|word| word.form == Form::Letters) && end.lower() != "of";
    !hyphened && !glued_letters && !clock && !pronoun && !part
}
