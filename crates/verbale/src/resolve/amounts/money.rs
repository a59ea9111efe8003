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

/// How many words a currency sign before a number has at most ("A $ - 5").
pub const SIGN: usize = 4;

/// A sign, prefix or code with a number behind it: "$", "US$", "Rs.", "EUR", and the place of the number.
pub fn before_number<'a>(
    text: &str,
    start: Cursor<'a>,
    lexicon: &Lexicon,
) -> Option<(Vec<String>, Cursor<'a>)> {
    (1..=SIGN).rev().find_map(|length| {
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
        let signs = |form: &str| {
            codes(form, lexicon, |currency| {
                matches!(currency.kind.as_str(), "symbol" | "prefix" | "code")
            })
        };
        let found = if found.is_empty() {
            signs(&joined)
        } else {
            found
        };
        if let Some(form) = spaced_dollar(&joined) {
            let found = signs(&form);
            let found = if found.is_empty() {
                signs(form.trim_end_matches('$'))
            } else {
                found
            };
            return (!found.is_empty()).then_some((found, end));
        }
        let found = match lower_code(&joined) {
            Some(code) if found.is_empty() => signs(&code),
            _ => found,
        };
        // "ID 4711" and "DA 12" are no dinars; "JD12" are.
        let letters = joined.chars().all(|c| c.is_ascii_uppercase());
        let loose = letters && joined.len() <= 2 && !end.glued();
        // "a $10 fund" is no Australian dollar.
        let apart = joined.contains(' ');
        (!found.is_empty() && !loose && !apart).then_some((found, end))
    })
}

/// "US $", "u.s $", "hk $", "aud$": the dollar that the letters name. "A $10 fund" and "it ' s $ 5" name none.
fn spaced_dollar(joined: &str) -> Option<String> {
    const LOWER: [&str; 13] = [
        "us", "hk", "nt", "nz", "c", "usd", "cad", "aud", "nzd", "mxn", "sgd", "hkd", "twd",
    ];
    let letters = joined.strip_suffix('$')?;
    let bare: String = letters.chars().filter(|c| c.is_alphabetic()).collect();
    let apart = letters.ends_with(' ');
    let capital = bare.len() > 1 && bare.chars().all(char::is_uppercase);
    let known = LOWER.contains(&bare.to_lowercase().as_str());
    (known && (capital || apart || bare.len() == 3)).then(|| format!("{}$", bare.to_uppercase()))
}

/// Codes that people write small.
fn lower_code(form: &str) -> Option<String> {
    const SMALL: [&str; 10] = [
        "usd", "eur", "gbp", "rmb", "cny", "jpy", "chf", "inr", "pkr", "btc",
    ];
    SMALL.contains(&form).then(|| form.to_uppercase())
}

/// "75 USD million": the multiplier behind the currency.
pub fn multiplier_behind(end: Cursor) -> (f64, Cursor) {
    let code = end
        .before()
        .is_some_and(|word| word.text.len() == 3 && word.text.chars().all(char::is_uppercase));
    let factor = match end.lower() {
        "million" | "mln" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        _ => return (1.0, end),
    };
    if code {
        (factor, end.next())
    } else {
        (1.0, end)
    }
}

/// "13 dollars and 45 cents", "15 dollars 50": the change that belongs to a sum.
pub fn with_change<'a>(
    text: &str,
    start: Cursor<'a>,
    value: f64,
    end: Cursor<'a>,
    currencies: &[String],
    lexicon: &Lexicon,
) -> Option<(f64, Cursor<'a>)> {
    if value.fract() != 0.0 || value >= 1e6 {
        return None;
    }
    let and = end.eat(&["and"]);
    let at = and.unwrap_or(end);
    let (number, behind) = super::cardinal(at)?;
    let change = number.value.fract() == 0.0 && (1.0..100.0).contains(&number.value);
    if !change || number.vague {
        return None;
    }
    let sum = value + number.value / 100.0;
    if let Some((parts, share, after)) = after_number(text, behind, lexicon) {
        let cents = share == 0.01 && parts.iter().any(|code| currencies.contains(code));
        let loose = share == 0.01 && ["cent", "cents"].contains(&behind.lower());
        return (cents || loose).then_some((sum, after));
    }
    // "Between 15 dollars and 50", "15 dollars and 50 envoys" are no sums with change.
    let between = start.words[start.at.saturating_sub(2)..start.at]
        .iter()
        .any(|word| ["between", "from"].contains(&word.lower.as_str()));
    let said = end.before().is_some_and(|word| word.form == Form::Letters);
    let closed = behind
        .word()
        .is_none_or(|word| [".", "!", "?"].contains(&word.text))
        || behind.lower() == "more" && and.is_none();
    (said && closed && !between && (behind.at == at.at + 1 || number.value > 20.0))
        .then_some((sum, behind))
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
        let forms = [
            joined.clone(),
            joined.to_lowercase(),
            capitalised(&joined),
            joined.replacen("us ", "US ", 1),
            lower_code(&joined).unwrap_or_default(),
        ];
        let whole = forms
            .iter()
            .map(|form| as_listed(form))
            .find(|codes| !codes.is_empty());
        // "30 MUSD": millions, as balance sheets write them.
        if let Some(code) = joined
            .strip_prefix('M')
            .filter(|code| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase()))
            && whole.is_none()
        {
            let million = codes(code, lexicon, |currency| currency.kind == "code");
            return (!million.is_empty()).then_some((million, 1e6, after));
        }
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

/// "3m", "2.5bn", "500k", "2mil" glued to a number with a currency sign before it; "3m" without one are metres, but "3M", "3k"
/// and "1.2b" are not. "10 k" and "4 M" are apart where nothing else follows.
pub fn glued_multiplier(end: Cursor, signed: bool) -> (f64, Cursor) {
    let written = end.word().map_or("", |word| word.text);
    let closed = || {
        end.next()
            .word()
            .is_none_or(|word| word.form == Form::Sign && !word.glued)
            || end
                .next()
                .word()
                .is_some_and(|word| [".", ","].contains(&word.text))
    };
    let decimal = end
        .before()
        .is_some_and(|word| matches!(word.form, Form::Number { plain: false, .. }));
    let known = signed
        || matches!(written, "M" | "k" | "K" | "mil")
        || matches!(written, "b" | "B") && decimal;
    let apart = !end.glued() && matches!(written, "M" | "k" | "K") && closed();
    let digits = end
        .before()
        .is_some_and(|word| matches!(word.form, Form::Number { .. }));
    let factor = match end.lower() {
        _ if !digits || !(end.glued() && known || apart) => return (1.0, end),
        "k" => 1e3,
        "m" | "mm" | "mil" => 1e6,
        "b" => 1e9,
        "t" => 1e12,
        _ => return (1.0, end),
    };
    (factor, end.next())
}
