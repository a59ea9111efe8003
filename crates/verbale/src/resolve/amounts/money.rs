//! Currencies before and after numbers, as the list of currencies writes them.

use verbale_read::Span;

use super::words::{Cursor, Form};
use crate::lexicon::{Currency, Lexicon};

/// Forms that several states share and that use gives to one of them.
const BY_USE: &[(&[&str], &str)] = &[
    (&["$", "dollar", "dollars", "dlrs"], "USD"),
    (&["£", "pound", "pounds", "pence", "penny"], "GBP"),
    (&["yen"], "JPY"),
    (&["€", "euro", "euros", "cent", "cents"], "EUR"),
    (&["rouble", "roubles", "ruble", "rubles"], "RUB"),
];

/// Codes of a form, the likeliest first.
fn codes(form: &str, lexicon: &Lexicon, fits: impl Fn(&Currency) -> bool) -> Vec<String> {
    let mut codes: Vec<String> = lexicon
        .money_named(form)
        .iter()
        .map(|index| &lexicon.currencies[*index])
        .filter(|currency| fits(currency))
        .map(|currency| currency.code.clone())
        .collect();
    let form = form.to_lowercase();
    codes.dedup();
    if let Some((_, code)) = BY_USE
        .iter()
        .find(|(forms, _)| forms.contains(&form.as_str()))
        && let Some(at) = codes.iter().position(|candidate| candidate == code)
    {
        codes = vec![codes.swap_remove(at)];
    }
    codes
}

/// The code, where only one is meant.
pub fn decide(codes: &[String]) -> Option<String> {
    match codes {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn slice(text: &str, from: Cursor, to: Cursor) -> Option<String> {
    let start = from.word()?.span.start;
    let end = to.before()?.span.end;
    (start < end).then(|| Span::new(start, end).of(text).to_owned())
}

/// A sign, prefix or code with a number behind it: "$", "US$", "Rs.", "EUR", and the place of the number.
pub fn before_number<'a>(
    text: &str,
    start: Cursor<'a>,
    lexicon: &Lexicon,
) -> Option<(Vec<String>, Cursor<'a>)> {
    (1..=4).rev().find_map(|length| {
        let end = Cursor {
            at: start.at + length,
            ..start
        };
        let number = end.at <= start.words.len()
            && matches!(end.word()?.form, Form::Number { .. } | Form::Letters);
        if !number || super::cardinal(end).is_none() {
            return None;
        }
        // Words before a number ("the dollar 40 years ago") are no signs; only the written signs and codes are.
        let joined = slice(text, start, end)?;
        let found = codes(joined.trim_end_matches('.'), lexicon, |currency| {
            matches!(currency.kind.as_str(), "symbol" | "prefix" | "code")
        });
        let found = if found.is_empty() {
            codes(&joined, lexicon, |currency| {
                matches!(currency.kind.as_str(), "symbol" | "prefix" | "code")
            })
        } else {
            found
        };
        // "ID 4711" and "DA 12" are no dinars; "JD12" are.
        let letters = joined.chars().all(|c| c.is_ascii_uppercase());
        let loose = letters && joined.len() <= 2 && !end.glued();
        // "a $10 fund" is no Australian dollar.
        let apart = joined.contains(' ');
        (!found.is_empty() && !loose && !apart).then_some((found, end))
    })
}

/// A currency behind a number, with the share of the unit it stands for ("50 pence" is half a pound).
pub fn after_number<'a>(
    text: &str,
    end: Cursor<'a>,
    lexicon: &Lexicon,
) -> Option<(Vec<String>, f64, Cursor<'a>)> {
    let hyphened = end.lower() == "-" && end.glued() && end.next().glued();
    let start = if hyphened {
        end.next()
    } else {
        end.skip(&["of"])
    };
    (1..=4).rev().find_map(|length| {
        let after = Cursor {
            at: start.at + length,
            ..start
        };
        if after.at > start.words.len() {
            return None;
        }
        let joined = slice(text, start, after)?;
        let as_listed = |form: &str| {
            codes(form, lexicon, |currency| match currency.kind.as_str() {
                "subunit" => false,
                "prefix" => form.len() > 2,
                _ => true,
            })
        };
        // Headlines write "50 MILLION EUROS".
        let whole = [joined.clone(), joined.to_lowercase(), capitalised(&joined)]
            .iter()
            .map(|form| as_listed(form))
            .find(|codes| !codes.is_empty());
        // "1 $10 note": the sign is the next number's.
        let next_has_it = joined.chars().all(|c| !c.is_alphabetic())
            && after.glued()
            && matches!(after.word()?.form, Form::Number { .. });
        if let Some(whole) = whole {
            return (!next_has_it).then_some((whole, 1.0, after));
        }
        let parts = codes(&joined, lexicon, |currency| currency.kind == "subunit");
        (!parts.is_empty()).then_some((parts, 0.01, after))
    })
}

fn capitalised(form: &str) -> String {
    let mut rest = form.chars();
    match rest.next() {
        Some(first) => first
            .to_uppercase()
            .chain(rest.flat_map(char::to_lowercase))
            .collect(),
        None => String::new(),
    }
}

/// "3m", "2.5bn", "500k" glued to a number with a currency sign before it; "3m" without one are metres, but "3M" and
/// "3k" are not.
pub fn glued_multiplier(end: Cursor, signed: bool) -> (f64, Cursor) {
    let written = end.word().map_or("", |word| word.text);
    let factor = match end.lower() {
        _ if !end.glued() || !(signed || matches!(written, "M" | "k" | "K")) => return (1.0, end),
        "k" => 1e3,
        "m" | "mm" | "mil" => 1e6,
        "b" => 1e9,
        "t" => 1e12,
        _ => return (1.0, end),
    };
    (factor, end.next())
}
