//! Parts of one: "half", "two thirds", "three and a fifth", "3/4", "a quarter of a million".

use super::numerals::{Numeral, exact, ordinal, ordinal_word, scale, small, tens, whole};
use super::words::{Cursor, Form, Word};
use crate::resolve::dates::is_unit;

/// Parts that are no ordinals of their own, with their plurals.
fn part_word(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 2.0,
        "quarter" | "quarters" => 4.0,
        "fourth" | "fourths" => 4.0,
        "hundredth" | "hundredths" => 1e2,
        "thousandth" | "thousandths" => 1e3,
        "millionth" | "millionths" => 1e6,
        "billionth" | "billionths" => 1e9,
        "trillionth" | "trillionths" => 1e12,
        _ => return None,
    })
}

/// What a number above is divided by, and whether the word is plural: "thirds", "twenty-firsts", "fifth".
fn below(start: Cursor) -> Option<(f64, bool, Cursor)> {
    if let Some(value) = part_word(start.lower()) {
        return Some((value, start.lower().ends_with('s'), start.next()));
    }
    let word = start.lower();
    // "Seconds" are a time; what is divided by two has halves.
    if let Some(one) = word
        .strip_suffix('s')
        .filter(|one| word.len() > 4 && *one != "second")
    {
        return Some((f64::from(ordinal_word(one)?), true, start.next()));
    }
    if let Some((value, end)) = ordinal(start)
        && start.word()?.form == Form::Letters
        && value > 2
    {
        return Some((f64::from(value), false, end));
    }
    let (before, end) = whole(start)?;
    // "One one hundred and fifth".
    if before.value >= 100.0 && start.word()?.form == Form::Letters {
        let end = end.skip(&["and"]);
        let plural = end.lower().ends_with('s');
        let unit = ordinal_word(end.lower().trim_end_matches('s'))?;
        return Some((before.value + f64::from(unit), plural, end.next()));
    }
    // "Three twenty-firsts".
    let (unit, end) = unit_below(end.skip(&["-"]))?;
    (before.value < 100.0 && before.value % 10.0 == 0.0).then_some((before.value + unit, true, end))
}

/// The last part of "thirty-fifths".
fn unit_below(start: Cursor) -> Option<(f64, Cursor)> {
    let unit = ordinal_word(start.lower().strip_suffix('s')?)?;
    (unit < 10).then(|| (f64::from(unit), start.next()))
}

/// Numbers of several words over a plural: "one hundred and thirty-two fifths", "a hundred trillionths". Tens at the end count
/// with what is below, if no "and" ties them to what is above: "one hundred thirty fifths" are a hundred of 35.
fn long_above(start: Cursor) -> Option<(f64, Cursor)> {
    let (above, at) = whole(start)
        .filter(|(_, at)| at.at > start.at + 1 && start.word().is_some_and(is_letters))?;
    let behind = at.skip(&["-"]);
    let tied = at.at >= 2 && at.words[at.at - 2].lower == "and";
    if let Some(tens) = tens(&at.before()?.lower)
        && above.value > tens
        && !tied
        && let Some((unit, end)) = unit_below(behind)
    {
        return Some(((above.value - tens) / (tens + unit), end));
    }
    let (below, plural, end) = below(behind)?;
    plural.then_some((above.value / below, end))
}

fn is_letters(word: &Word) -> bool {
    word.form == Form::Letters
}

fn part(value: f64) -> Numeral {
    Numeral {
        value,
        vague: false,
        fraction: true,
    }
}

/// "half", "half a million", "a third", "two thirds", "three-quarters", "3/4".
pub(super) fn fraction(start: Cursor) -> Option<(Numeral, Cursor)> {
    if let Some(found) = digits(start) {
        return Some(found);
    }
    let (value, end) = match start.eat(&["half"]) {
        Some(end) => (0.5, end),
        None => in_words(start)?,
    };
    // "Half a million", "a quarter million", "two thirds of a billion".
    let of = end.skip(&["of"]).skip(&["a", "-"]);
    if let Some(factor) = scale(of.lower()).filter(|factor| *factor >= 12.0) {
        return Some((exact(factor * value), of.next()));
    }
    Some((part(value), end))
}

fn in_words(start: Cursor) -> Option<(f64, Cursor)> {
    // "Quarter million".
    if start.lower() == "quarter" && scale(start.next().lower()).is_some() {
        return Some((0.25, start.next()));
    }
    if let Some(found) = long_above(start) {
        return Some(found);
    }
    let (above, at) = match start.lower() {
        "a" | "an" | "one" => (1.0, start.next()),
        word => match small(word) {
            Some(value) => (value, start.next()),
            None => {
                let (number, at) = whole(start)
                    .filter(|_| start.word().is_some_and(|word| word.form == Form::Letters))?;
                (number.value, at)
            }
        },
    };
    let at = at.skip(&["-"]);
    let (below, plural, end) = below(at)?;
    // "One third" and "a fifth" are places in a row where a noun follows: "a third meeting", "one second".
    let free = end
        .word()
        .is_none_or(|word| word.form == Form::Sign && word.lower != "-");
    let single =
        !plural && above == 1.0 && (end.lower() == "of" || below == 2.0 || free && below > 3.0)
            || !plural && above == 1.0 && scale(end.lower()).is_some();
    (plural && above > 1.0 || single).then_some((above / below, end))
}

/// "3/4", "1 4/5": only with the parts that people write so, as "9/11" is a day and "24/7" neither.
fn digits(start: Cursor) -> Option<(Numeral, Cursor)> {
    let quotient = |at: Cursor<'_>| -> Option<(f64, usize)> {
        let above = at.word()?.digits()?;
        let slash = at.next().eat(&["/"]).filter(|_| at.next().glued())?;
        let below = slash.word().filter(|word| word.glued)?.digits()?;
        let end = slash.next();
        let alone = !end.glued() || !["/", "-"].contains(&end.lower());
        (above < below && above > 0 && [2, 3, 4, 5, 8, 16].contains(&below) && alone)
            .then(|| (f64::from(above) / f64::from(below), end.at))
    };
    if start.glued() && start.before().is_some_and(|word| word.lower == "/") {
        return None;
    }
    if let Some((value, at)) = quotient(start) {
        return Some((part(value), Cursor { at, ..start }));
    }
    let whole = start.word()?.digits()?;
    let (value, at) = quotient(start.next()).filter(|_| !start.next().glued())?;
    Some((exact(f64::from(whole) + value), Cursor { at, ..start }))
}

/// "two and a half", "one and a half million", "a million and a half", "three and two fifths".
pub(super) fn and_a_part<'a>(numeral: Numeral, end: Cursor<'a>) -> (Numeral, Cursor<'a>) {
    let rest = end.eat(&["and"]).and_then(|next| match next.lower() {
        "half" => Some((0.5, next.next())),
        "quarter" => Some((0.25, next.next())),
        // "One and a third" says a part here, whatever follows "a third" elsewhere.
        _ => in_words(next).or_else(|| {
            let (below, plural, end) = below(next.eat(&["a", "an", "one"])?)?;
            let noun = end.word().is_some_and(|word| word.form == Form::Letters)
                && scale(end.lower()).is_none();
            (!plural && (below == 2.0 || below == 4.0 || !noun)).then_some((1.0 / below, end))
        }),
    });
    let Some((more, next)) = rest.filter(|_| !numeral.vague && !numeral.fraction) else {
        return (numeral, end);
    };
    let multiplied = end.before().and_then(|word| scale(&word.lower));
    let (value, next) = match (multiplied, scale(next.lower())) {
        (Some(factor), None) => (numeral.value + more * factor, next),
        // "One billion and a half million".
        (Some(_), Some(factor)) => (numeral.value + more * factor, next.next()),
        (None, Some(factor)) => ((numeral.value + more) * factor, next.next()),
        _ => (numeral.value + more, next),
    };
    (Numeral { value, ..numeral }, next)
}

/// "Two out of three", "one in five", "1 over 20": a share. What stands over a number of things ("12 over three years") is
/// none.
pub(super) fn share<'a>(numeral: Numeral, end: Cursor<'a>) -> Option<(Numeral, Cursor<'a>)> {
    let out_of = end.eat_all(&["out", "of"]);
    let one_in = || {
        end.eat(&["in"])
            .filter(|at| numeral.value == 1.0 && at.word().is_some_and(is_letters))
    };
    let over = || end.eat(&["over"]);
    let at = out_of.or_else(one_in).or_else(over)?;
    let (all, behind) = whole(at)?;
    let alone = behind
        .word()
        .is_none_or(|word| word.form == Form::Sign && !["%", "-", "/"].contains(&word.text));
    let fits = match end.lower() {
        "over" => alone && all.value > 0.0,
        "in" => all.value > 1.0 && !is_unit(behind.lower()),
        _ => all.value >= numeral.value && all.value > 0.0,
    };
    (fits && !numeral.vague && !numeral.fraction).then(|| (part(numeral.value / all.value), behind))
}
