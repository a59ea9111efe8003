//! Parts of one: "half", "two thirds", "three and a fifth", "3/4", "a quarter of a million".

use super::numerals::{Numeral, exact, ordinal, ordinal_word, scale, small, whole};
use super::words::{Cursor, Form};

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
    if let Some(one) = word.strip_suffix('s').filter(|_| word.len() > 4) {
        return Some((f64::from(ordinal_word(one)?), true, start.next()));
    }
    if let Some((value, end)) = ordinal(start)
        && start.word()?.form == Form::Letters
        && value > 2
    {
        return Some((f64::from(value), false, end));
    }
    // "Three twenty-firsts".
    let (tens, end) = whole(start).filter(|(number, _)| number.value < 100.0)?;
    let end = end.skip(&["-"]);
    let unit = f64::from(ordinal_word(end.lower().strip_suffix('s')?)?);
    (tens.value % 10.0 == 0.0 && unit < 10.0).then(|| (tens.value + unit, true, end.next()))
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
