//! Lines in order to paragraphs: where one ends, and which hyphens are of the line and not of the word.

use std::collections::HashSet;

use super::lines::Line;

/// A paragraph and the size of its type in points.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paragraph {
    pub text: String,
    pub size: f64,
}

/// A wider step from line to line parts paragraphs, in usual steps.
const LEADING: f64 = 1.3;
/// A line that begins further in begins a paragraph, in sizes of the type.
const INDENT: f64 = 0.8;
/// A last line is shorter than this share of its column.
const SHORT: f64 = 0.75;

/// The size of most lines.
pub(crate) fn usual_size(columns: &[Vec<Line>]) -> f64 {
    median(columns.iter().flatten().map(|line| line.size))
}

/// Joins lines to paragraphs, over columns and pages.
pub(crate) fn paragraphs(columns: &[Vec<Line>]) -> Vec<Paragraph> {
    let whole = whole_words(columns);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut last: Option<(&Line, Shape)> = None;
    for column in columns {
        let shape = Shape::of(column);
        for line in column {
            let goes_on = last.is_some_and(|(before, its)| {
                let same_column = std::ptr::eq(its.column, shape.column);
                goes_on(before, line, its, shape, same_column)
            });
            match paragraphs.last_mut() {
                Some(paragraph) if goes_on => join(&mut paragraph.text, &line.text, &whole),
                _ => paragraphs.push(Paragraph {
                    text: line.text.clone(),
                    size: line.size,
                }),
            }
            last = Some((line, shape));
        }
    }
    paragraphs
}

/// Edges and usual step of a column.
#[derive(Clone, Copy)]
struct Shape<'a> {
    column: &'a [Line],
    left: f64,
    right: f64,
    step: f64,
}

impl<'a> Shape<'a> {
    fn of(column: &'a [Line]) -> Self {
        let steps = column
            .windows(2)
            .map(|pair| pair[1].baseline - pair[0].baseline)
            .filter(|step| *step > 1.0);
        Shape {
            column,
            left: column.iter().map(|line| line.left).fold(f64::MAX, f64::min),
            right: column
                .iter()
                .map(|line| line.right)
                .fold(f64::MIN, f64::max),
            step: usual_step(steps.collect()),
        }
    }
}

/// Whether a line goes on with the paragraph of the line before it.
fn goes_on(before: &Line, line: &Line, its: Shape, shape: Shape, same_column: bool) -> bool {
    if (line.size / before.size - 1.0).abs() > 0.08 {
        return false;
    }
    let ends = before
        .text
        .trim_end()
        .ends_with(['.', '!', '?', '”', '"', ')', ':', '’']);
    let short = before.right - its.left < SHORT * (its.right - its.left);
    let indented = line.left - shape.left > INDENT * line.size;
    if !same_column {
        return !(indented || ends && (short || its.column.len() < 2));
    }
    let step = line.baseline - before.baseline;
    let before_indented = before.left - its.left > INDENT * before.size;
    step <= LEADING * shape.step && (!indented || before_indented) && !(ends && short)
}

/// Joins a line to a paragraph.
fn join(paragraph: &mut String, line: &str, whole: &HashSet<String>) {
    if paragraph.ends_with('\u{ad}') {
        paragraph.pop();
    } else if let Some(stem) = paragraph.strip_suffix(['-', '\u{2010}'])
        && stem.ends_with(char::is_alphabetic)
        && line.starts_with(char::is_lowercase)
    {
        let begins = last_word(stem);
        let ends = first_word(line);
        // A compound keeps its hyphen if the text has it elsewhere and never the word in one.
        let compound = whole.contains(&format!("{begins}-{ends}").to_lowercase());
        if !compound || whole.contains(&format!("{begins}{ends}").to_lowercase()) {
            let length = stem.len();
            paragraph.truncate(length);
        }
    } else if !paragraph.ends_with(['-', '—', '/']) || paragraph.ends_with(" -") {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// The words of the text that no line end cuts, in lower case; compounds whole.
fn whole_words(columns: &[Vec<Line>]) -> HashSet<String> {
    columns
        .iter()
        .flatten()
        .flat_map(|line| line.text.split_whitespace().rev().skip(1))
        .map(|word| {
            word.trim_matches(|char: char| !char.is_alphanumeric())
                .to_lowercase()
        })
        .collect()
}

fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|char: char| !char.is_alphanumeric())
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    &text[start..]
}

fn first_word(text: &str) -> &str {
    text.split(|char: char| !char.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// The step between lines of a paragraph: the lower quartile, for headings and paragraphs stand further apart.
fn usual_step(mut steps: Vec<f64>) -> f64 {
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 4).copied().unwrap_or(f64::MAX)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(lines: &[(&str, f64, f64, f64)]) -> Vec<Line> {
        lines
            .iter()
            .map(|&(text, left, right, baseline)| Line {
                text: text.to_owned(),
                left,
                right,
                baseline,
                size: 10.0,
            })
            .collect()
    }

    #[test]
    fn steps_and_indents_part_paragraphs_and_hyphens_go() {
        let first = column(&[
            ("The envoys of Mali and Togo nego-", 60.0, 260.0, 12.0),
            ("tiated a long-term loan.", 50.0, 160.0, 24.0),
            ("They met for a second time in", 60.0, 260.0, 36.0),
            ("Lomé, and the well-known long-", 50.0, 260.0, 48.0),
        ]);
        let second = column(&[
            ("term plan was signed.", 300.0, 420.0, 12.0),
            ("A third talk is planned.", 310.0, 430.0, 40.0),
        ]);
        let texts: Vec<String> = paragraphs(&[first, second])
            .into_iter()
            .map(|one| one.text)
            .collect();
        assert_eq!(
            texts,
            [
                "The envoys of Mali and Togo negotiated a long-term loan.",
                "They met for a second time in Lomé, and the well-known long-term plan was signed.",
                "A third talk is planned.",
            ]
        );
    }
}
