//! Extracted words to a text: paragraphs parted by an empty line, white space made one, nothing invisible.

use crate::text::Told;

/// One line of words: white space is one space, and what does not show (control characters, soft hyphens, zero-width and
/// direction marks) is left out.
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for char in words.chars() {
        if char.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(char) {
            line.push(char);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Paragraphs to a text. A title above the story is metadata already and is not said twice.
pub(crate) fn text_of(paragraphs: &[String], title: Option<&str>) -> String {
    let story = match (paragraphs.split_first(), title) {
        (Some((first, rest)), Some(title)) if same_words(first, title) => rest,
        _ => paragraphs,
    };
    let mut text = story.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Whether two lines have the same letters and digits, whatever stands between them.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let letters = |words: &str| -> String {
        words
            .chars()
            .filter(|char| char.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(a) == letters(b)
}

/// A piece of metadata in one line, if it has words.
pub(crate) fn told(value: &str, basis: &str) -> Option<Told> {
    let value = one_line(value);
    (!value.is_empty()).then(|| Told {
        value,
        basis: basis.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_is_left_out() {
        assert_eq!(
            one_line(" Mali\u{a0}and\n To\u{ad}go \u{1b}[31m\u{202e}"),
            "Mali and Togo [31m"
        );
    }

    #[test]
    fn a_title_is_not_said_twice() {
        let paragraphs = ["Mali meets Togo".to_owned(), "They met.".to_owned()];
        assert_eq!(
            text_of(&paragraphs, Some("Mali meets Togo!")),
            "They met.\n"
        );
        assert_eq!(text_of(&paragraphs, None), "Mali meets Togo\n\nThey met.\n");
        assert_eq!(text_of(&[], None), "");
    }
}
