//! What is split off the start, the end and the inside of a word.
//!
//! These are spaCy's prefix, suffix and infix patterns for English, translated by hand: the patterns use look-behind, which
//! linear-time regular expressions have not, and are mostly character classes anyway. Lengths and positions are in bytes.

use crate::classes::{self as class, Classes};
use crate::model::Model;

/// The tables behind the patterns.
pub struct Affixes {
    /// Currency names of more than one character, `US$`.
    currency: Vec<&'static str>,
    /// Units of measure, `km`, `m/s`; split off when they follow a digit.
    units: Vec<&'static str>,
}

impl Affixes {
    pub fn load(model: &Model) -> Affixes {
        Affixes {
            currency: model.text("tokenizer.currency").lines().collect(),
            units: model.text("tokenizer.units").lines().collect(),
        }
    }

    /// The length of the prefix of `text`, 0 if it has none.
    pub fn prefix(&self, classes: &Classes, text: &str) -> usize {
        let Some(first) = text.chars().next() else {
            return 0;
        };
        if classes.has(first, class::PREFIX) {
            return first.len_utf8();
        }
        match first {
            '+' if !text[1..].starts_with(|c: char| c.is_ascii_digit()) => 1,
            '.' => match leading_dots(text) {
                1 => 0,
                dots => dots,
            },
            'A' | 'C' | 'U' => self
                .currency
                .iter()
                .find(|name| text.starts_with(**name))
                .map_or(0, |name| name.len()),
            _ => 0,
        }
    }

    /// The length of the suffix of `text`, 0 if it has none. The longest alternative wins, because the patterns are searched
    /// from the left and all end at the end.
    pub fn suffix(&self, classes: &Classes, text: &str) -> usize {
        let mut before = text.chars();
        let Some(last) = before.next_back() else {
            return 0;
        };
        let rest = before.as_str();
        if last == '.' {
            return final_dots(classes, text, rest);
        }
        let mut length = 0;
        if classes.has(last, class::SUFFIX) {
            length = last.len_utf8();
            if last == '…' && rest.ends_with('…') {
                length *= 2;
            }
        }
        if matches!(last, 's' | 'S')
            && let Some(mark @ ('\'' | '’')) = before.next_back()
        {
            length = mark.len_utf8() + 1;
        }
        let after_digit = |suffix: &str| {
            text.strip_suffix(suffix)
                .is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
        };
        if (last == '+' || classes.has(last, class::CURRENCY))
            && rest.ends_with(|c: char| c.is_ascii_digit())
        {
            length = length.max(last.len_utf8());
        }
        if !rest.bytes().any(|byte| byte.is_ascii_digit()) {
            return length;
        }
        let longer = if last == '$' {
            &self.currency
        } else {
            &self.units
        };
        for suffix in longer {
            if suffix.len() > length && after_digit(suffix) {
                length = suffix.len();
            }
        }
        length
    }

    /// The first place at or after `from` where `text` is split inside, as the byte range of the piece between.
    pub fn infix(
        &self,
        classes: &Classes,
        text: &str,
        from: usize,
    ) -> Option<std::ops::Range<usize>> {
        let mut before = text[..from].chars().next_back();
        for (offset, c) in text[from..].char_indices() {
            let start = from + offset;
            if let Some(length) = infix_at(classes, before, &text[start..]) {
                return Some(start..start + length);
            }
            before = Some(c);
        }
        None
    }
}

fn leading_dots(text: &str) -> usize {
    text.bytes().take_while(|&b| b == b'.').count()
}

/// The full stops to split off the end of `text`; `rest` is `text` without the last of them.
fn final_dots(classes: &Classes, text: &str, rest: &str) -> usize {
    let dots = text.len() - text.trim_end_matches('.').len();
    if dots > 1 {
        return dots;
    }
    let mut before = rest.chars().rev();
    let (Some(last), second) = (before.next(), before.next()) else {
        return 0;
    };
    let split = classes.has(last, class::BEFORE_STOP)
        || second.is_some_and(|second| {
            classes.has(last, class::UPPER_LETTER) && classes.has(second, class::UPPER_LETTER)
                || second == '°' && matches!(last, 'F' | 'f' | 'C' | 'c' | 'K' | 'k')
        });
    usize::from(split)
}

/// The length of the infix at the start of `text`, which `before` precedes.
fn infix_at(classes: &Classes, before: Option<char>, text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let next = chars.next();
    let was = |flags| before.is_some_and(|c| classes.has(c, flags));
    let comes = |flags| next.is_some_and(|c| classes.has(c, flags));
    let was_digit = before.is_some_and(|c| c.is_ascii_digit());
    match first {
        'a'..='z' | 'A'..='Z' | '0'..='9' => None,
        '.' if next == Some('.') => Some(leading_dots(text)),
        '…' => Some(first.len_utf8()),
        '+' | '-' | '*' | '^'
            if was_digit && next.is_some_and(|c| c.is_ascii_digit() || c == '-') =>
        {
            Some(1)
        }
        '.' => (was(class::LOWER_LETTER | class::QUOTE)
            && comes(class::UPPER_LETTER | class::QUOTE))
        .then_some(1),
        ',' => (was(class::LETTER) && comes(class::LETTER)).then_some(1),
        '-' | '–' | '—' | '~' if was_digit || was(class::LETTER) => {
            ["-", "–", "—", "--", "---", "——", "~"]
                .into_iter()
                .find(|hyphen| {
                    text.strip_prefix(hyphen)
                        .and_then(|t| t.chars().next())
                        .is_some_and(|c| classes.has(c, class::LETTER))
                })
                .map(str::len)
        }
        ':' | '<' | '>' | '=' | '/' => {
            ((was_digit || was(class::LETTER)) && comes(class::LETTER)).then_some(1)
        }
        _ => classes.has(first, class::ICON).then_some(first.len_utf8()),
    }
}
