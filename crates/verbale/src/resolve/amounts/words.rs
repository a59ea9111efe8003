//! Text to words, as dates and amounts need them: numbers whole ("1,200", "2.5"), ordinals with their endings
//! ("11th"), signs apart, and whether a word touches the one before it ("JF-17" touches, "16 jets" does not).

use verbale_read::Span;

use super::classes::Class;

/// One word, number or sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Word<'a> {
    /// As written.
    pub text: &'a str,
    /// Lower case; typographic apostrophes, hyphens and dashes in one form each (`'`, `-`, `–`).
    pub lower: String,
    /// Where it stands in the document.
    pub span: Span,
    /// Whether nothing stands between it and the word before.
    pub glued: bool,
    /// What it is made of.
    pub form: Form,
    /// What it can do in numbers and times.
    pub class: Class,
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// Letters only.
    Letters,
    /// A number in digits; `plain` if it has neither separators nor a fraction, so that it may be a year or a day.
    Number {
        /// Its value.
        value: f64,
        /// Digits only.
        plain: bool,
    },
    /// `11th`.
    Ordinal(u32),
    /// Anything else, one character each.
    Sign,
}

impl Word<'_> {
    /// Whether the word begins with a capital letter.
    pub fn capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// The value of plain digits.
    pub fn digits(&self) -> Option<u32> {
        match self.form {
            Form::Number { plain: true, .. } if self.text.len() <= 9 => self.text.parse().ok(),
            _ => None,
        }
    }
}

/// Splits the words of a span.
pub fn words(text: &str, span: Span) -> Vec<Word<'_>> {
    let mut found: Vec<Word> = Vec::new();
    let mut at = span.start;
    while let Some(first) = text[at..span.end].chars().next() {
        let rest = &text[at..span.end];
        let (length, form) = if first.is_alphabetic() {
            (run(rest, char::is_alphabetic), Form::Letters)
        } else if let Some(value) = vulgar_fraction(first) {
            let plain = false;
            (first.len_utf8(), Form::Number { value, plain })
        } else if first == '.'
            && rest[1..].starts_with(|c: char| c.is_ascii_digit())
            && found.last().is_none_or(|before| before.span.end < at)
        {
            // ".08"
            let length = 1 + run(&rest[1..], |c| c.is_ascii_digit());
            let value = rest[..length].parse().unwrap_or(0.0);
            let plain = false;
            (length, Form::Number { value, plain })
        } else if first.is_ascii_digit() {
            // The second part of "10.07.2024" is no decimal number either.
            let dotted = matches!(&found[..], [.., a, b] if b.text == "." && b.glued
                && b.span.end == at && matches!(a.form, Form::Number { .. }));
            number(rest, dotted)
        } else {
            (first.len_utf8(), Form::Sign)
        };
        if !first.is_whitespace() {
            let word = &rest[..length];
            let lower = match first {
                '’' | '‘' | 'ʼ' => "'".to_owned(),
                '‐' | '‑' => "-".to_owned(),
                '—' => "–".to_owned(),
                _ => word.to_lowercase(),
            };
            let class = Class::of(&lower, form);
            found.push(Word {
                text: word,
                lower,
                span: Span::new(at, at + length),
                glued: found.last().is_some_and(|before| before.span.end == at),
                form,
                class,
            });
        }
        at += length;
    }
    found
}

fn vulgar_fraction(character: char) -> Option<f64> {
    Some(match character {
        '½' => 1.0 / 2.0,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 1.0 / 4.0,
        '¾' => 3.0 / 4.0,
        '⅕' => 1.0 / 5.0,
        '⅙' => 1.0 / 6.0,
        '⅚' => 5.0 / 6.0,
        '⅛' => 1.0 / 8.0,
        '⅜' => 3.0 / 8.0,
        '⅝' => 5.0 / 8.0,
        '⅞' => 7.0 / 8.0,
        _ => return None,
    })
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// What stands between groups of digits: commas and the spaces that never break a line.
const GROUPING: [char; 4] = [',', '\u{a0}', '\u{202f}', '\u{2009}'];

/// A number at the start of `text`: its length and form.
fn number(text: &str, dotted: bool) -> (usize, Form) {
    let digit = |c: char| c.is_ascii_digit();
    let first = run(text, digit);
    let ending = &text[first..];
    let letters = run(ending, char::is_alphabetic);
    if matches!(
        ending[..letters].to_ascii_lowercase().as_str(),
        "st" | "nd" | "rd" | "th"
    ) && let Ok(value) = text[..first].parse()
    {
        return (first + letters, Form::Ordinal(value));
    }
    // Groups of three after a comma or a hard space belong to the number: "1,200,000", but not "in 2019,2020".
    let mut whole = first;
    let group = |rest: &str| {
        let separator = rest.chars().next().filter(|c| GROUPING.contains(c))?;
        let length = separator.len_utf8();
        Some((length, run(&rest[length..], digit)))
    };
    // South Asian groups: "12,34,567".
    let mut pairs = first;
    while first <= 2 && group(&text[pairs..]) == Some((1, 2)) {
        pairs += 3;
    }
    if pairs > first && group(&text[pairs..]) == Some((1, 3)) {
        whole = pairs;
    }
    while let Some((separator, 3)) = group(&text[whole..]).filter(|_| first <= 3) {
        whole += separator + 3;
    }
    let mut end = whole;
    if text[whole..].starts_with('.') && !dotted {
        let fraction = run(&text[whole + 1..], digit);
        let after = &text[whole + 1 + fraction..];
        // "10.07.2024" and "192.168.1.2" are no decimal numbers.
        let more = after.starts_with('.') && after[1..].starts_with(digit);
        if fraction > 0 && !more {
            end = whole + 1 + fraction;
        }
    }
    // "1.111,11", "2,5 million", "5,00": the comma of translated news. Two digits other than noughts may be two numbers.
    if let Some(decimals) = decimal_comma(&text[..end], &text[end..]) {
        let written = text[..end].replace('.', "") + "." + &text[end + 1..end + 1 + decimals];
        let value = written.parse().unwrap_or(0.0);
        let plain = false;
        return (end + 1 + decimals, Form::Number { value, plain });
    }
    // "1.3e6", "6.2x10^-4".
    if let Some(power) = power(&text[end..]) {
        end += power;
    }
    let written = text[..end].replace(GROUPING, "").replace("x10^", "e");
    let value: f64 = written.parse().unwrap_or(0.0);
    // "2.5^-1".
    if let Some((length, exponent)) = exponent(&text[end..]) {
        let value = value.powi(exponent);
        let plain = false;
        return (end + length, Form::Number { value, plain });
    }
    (
        end,
        Form::Number {
            value,
            plain: end == first,
        },
    )
}

/// How many decimals stand behind a comma: one, or the noughts of a price; two if the groups before are parted by a dot.
fn decimal_comma(before: &str, behind: &str) -> Option<usize> {
    let rest = behind.strip_prefix(',')?;
    let decimals = run(rest, |c| c.is_ascii_digit());
    let grouped = before
        .split_once('.')
        .is_some_and(|(_, group)| group.len() == 3);
    let plain = before.len() <= 3 && before.bytes().all(|c| c.is_ascii_digit());
    let fits = decimals == 2 && grouped || plain && (decimals == 1 || &rest[..decimals] == "00");
    let open = rest[decimals..].starts_with(|c: char| c.is_alphanumeric())
        || rest[decimals..]
            .strip_prefix([',', '.', '/', '-', '–'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (fits && !open).then_some(decimals)
}

/// The length and value of an exponent.
fn exponent(text: &str) -> Option<(usize, i32)> {
    let rest = text.strip_prefix('^')?;
    let digits = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let length = text.len() - digits.len() + run(digits, |c| c.is_ascii_digit());
    Some((
        length,
        text[1..length].parse().ok().filter(|value| *value < 1000)?,
    ))
}

/// The length of a power of ten behind a number.
fn power(text: &str) -> Option<usize> {
    let sign = ["x10^", "e", "E"]
        .iter()
        .find_map(|sign| text.strip_prefix(sign))?;
    let digits = sign.strip_prefix(['+', '-']).unwrap_or(sign);
    let length = run(digits, |c| c.is_ascii_digit());
    let closed = !digits[length..].starts_with(char::is_alphanumeric);
    ((1..=2).contains(&length) && closed).then(|| text.len() - digits.len() + length)
}

/// A place among words. Grammar rules take it by value and give back where they stopped.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    /// All words.
    pub words: &'a [Word<'a>],
    /// Index of the next word.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// The next word.
    pub fn word(self) -> Option<&'a Word<'a>> {
        self.words.get(self.at)
    }

    /// The next word in lower case; empty at the end.
    pub fn lower(self) -> &'a str {
        self.word().map_or("", |word| word.lower.as_str())
    }

    /// The word before; empty at the start.
    pub fn before(self) -> Option<&'a Word<'a>> {
        self.at.checked_sub(1).map(|at| &self.words[at])
    }

    /// Behind the next word.
    pub fn next(self) -> Self {
        Cursor {
            at: self.at + 1,
            ..self
        }
    }

    /// Whether the next word touches the one before.
    pub fn glued(self) -> bool {
        self.word().is_some_and(|word| word.glued)
    }

    /// Behind the next word if it is one of these.
    pub fn eat(self, these: &[&str]) -> Option<Self> {
        these.contains(&self.lower()).then(|| self.next())
    }

    /// Behind the next word if it is one of these, else here.
    pub fn skip(self, these: &[&str]) -> Self {
        self.eat(these).unwrap_or(self)
    }

    /// Behind these words, if they follow in this order.
    pub fn eat_all(self, these: &[&str]) -> Option<Self> {
        let words = self.words.get(self.at..self.at + these.len())?;
        let same = |(word, wanted): (&Word, &&str)| word.lower == **wanted;
        words.iter().zip(these).all(same).then_some(Cursor {
            at: self.at + these.len(),
            ..self
        })
    }
}
