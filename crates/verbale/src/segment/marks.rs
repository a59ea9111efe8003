//! Quotation marks in a text, each with what it can do where it stands.

use verbale_read::Span;

/// A character that may open or close a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub span: Span,
    pub paragraph: usize,
    pub double: bool,
    /// Whether it can open or close here, by its shape and by its neighbours.
    pub opens: bool,
    pub closes: bool,
    /// Whether it stands after a full stop or comma, as closing marks do and possessive apostrophes do not.
    pub after_stop: bool,
    /// Whether it follows an `s` and precedes a word in lower case, as possessive apostrophes do.
    pub possessive: bool,
    /// Whether nothing but other marks stands before it in its paragraph.
    pub first: bool,
}

/// Finds all marks of the paragraphs; apostrophes inside words are none.
pub(super) fn marks(text: &str, paragraphs: &[Span]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (paragraph, span) in paragraphs.iter().enumerate() {
        let words = span.of(text);
        let mut before: Option<char> = None;
        let mut first = true;
        let mut chars = words.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let after = chars.peek().map(|&(_, after)| after);
            let double = matches!(char, '"' | '“' | '”' | '„' | '‟' | '«' | '»');
            if double || matches!(char, '\'' | '‘' | '’' | '‚' | '‛') {
                let rest = &words[at + char.len_utf8()..];
                let start = span.start + at;
                let can = Can::here(char, before, after);
                if can.open || can.close {
                    marks.push(Mark {
                        span: Span::new(start, start + char.len_utf8()),
                        paragraph,
                        double,
                        opens: can.open && !drops_letters(char, rest),
                        closes: can.close,
                        after_stop: before
                            .is_some_and(|before| ".,!?…;".contains(before) || before == '—'),
                        possessive: !double
                            && before.is_some_and(|before| before == 's' || before == 'z')
                            && rest
                                .strip_prefix(' ')
                                .is_some_and(|rest| rest.starts_with(char::is_lowercase)),
                        first,
                    });
                }
            } else if !char.is_whitespace() {
                first = false;
            }
            before = Some(char);
        }
    }
    marks
}

/// "the '90s", "’twas": an apostrophe at the start of a word.
fn drops_letters(char: char, rest: &str) -> bool {
    matches!(char, '\'' | '‘' | '’')
        && (rest
            .trim_start_matches(|char: char| char.is_ascii_digit())
            .starts_with("s ")
            && rest.starts_with(|char: char| char.is_ascii_digit())
            || ["twas", "tis ", "em ", "til "]
                .iter()
                .any(|word| rest.starts_with(word)))
}

struct Can {
    open: bool,
    close: bool,
}

impl Can {
    fn here(char: char, before: Option<char>, after: Option<char>) -> Can {
        // A word can start after a blank, a bracket, a dash or another opening mark …
        let left = before
            .is_none_or(|before| before.is_whitespace() || "([{—–-/“‘„«\"'‚:".contains(before));
        // … and end before a blank, a stop, a bracket, a dash or another closing mark.
        let right = after
            .is_none_or(|after| after.is_whitespace() || ".,;:!?)]}—–-/”’»\"'…".contains(after));
        let blank_before = before.is_none_or(char::is_whitespace);
        let blank_after = after.is_none_or(char::is_whitespace);
        let both = |open, close| Can { open, close };
        match char {
            '“' | '‟' => both(left || !right, !blank_before && right),
            '”' => both(blank_before && !blank_after, !blank_before || blank_after),
            '„' | '«' | '‚' => both(true, false),
            '»' => both(false, true),
            '‘' | '‛' => both(left && !blank_after, false),
            '’' => both(blank_before && !blank_after, right && !blank_before),
            '"' if left && right => both(!blank_after, !blank_before),
            // Neither: inches, or a mark without its blank; it can close what is open.
            '"' if !left && !right => both(false, !before.is_some_and(|c| c.is_ascii_digit())),
            '"' => both(left, right),
            _ => both(left && !blank_after && !right, right && !blank_before),
        }
    }
}
