//! Glyphs to lines.

use super::glyphs::Glyph;

/// Letters on one baseline without a gap as wide as that between columns. Units as in [`Glyph`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    pub size: f64,
}

/// Letters belong to one line if their baselines differ by less than this share of the type's size.
const SAME_LINE: f64 = 0.3;
/// A wider gap parts columns, in sizes of the type; justified lines stretch their spaces to less.
const GUTTER: f64 = 1.1;
/// A wider gap is a space, where the file has none.
const SPACE: f64 = 0.17;
/// The same letter drawn twice so near is bold type made by hand.
const TWICE: f64 = 0.08;

/// The lines of a page, from the top, and from the left where they stand beside each other.
pub(crate) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if is_on(row, &glyph) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().flat_map(parted).collect()
}

fn is_on(row: &[Glyph], glyph: &Glyph) -> bool {
    let first = &row[0];
    (glyph.baseline - first.baseline).abs() < SAME_LINE * first.size.max(glyph.size)
}

fn parted(mut row: Vec<Glyph>) -> Vec<Line> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in row {
        if glyph.text.trim().is_empty() {
            // A space is a gap like any other: columns are parted by runs of spaces, too.
            continue;
        }
        if let Some(last) = &last
            && last.text == glyph.text
            && glyph.left - last.left < TWICE * glyph.size
        {
            continue;
        }
        let gap = lines
            .last()
            .map(|line| (glyph.left - line.right) / glyph.size);
        match (lines.last_mut(), gap) {
            (Some(line), Some(gap)) if gap < GUTTER => {
                if gap > SPACE {
                    line.text.push(' ');
                }
                line.text.push_str(&glyph.text);
                line.right = line.right.max(glyph.right);
                line.size = line.size.max(glyph.size);
            }
            _ => lines.push(Line {
                text: glyph.text.clone(),
                left: glyph.left,
                right: glyph.right,
                baseline: glyph.baseline,
                size: glyph.size,
            }),
        }
        last = Some(glyph);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words set from `left` in a type of 10 points whose letters are 5 points wide.
    fn set(words: &str, left: f64, baseline: f64) -> Vec<Glyph> {
        words
            .chars()
            .enumerate()
            .map(|(index, char)| Glyph {
                text: char.to_string(),
                left: left + 5.0 * index as f64,
                right: left + 5.0 * (index + 1) as f64,
                baseline,
                size: 10.0,
            })
            .collect()
    }

    #[test]
    fn a_gap_parts_columns_and_a_small_one_words() {
        let mut glyphs = set("Mali met", 50.0, 100.5);
        glyphs.extend(set("Togo", 120.0, 100.0));
        let found: Vec<String> = lines(glyphs).into_iter().map(|line| line.text).collect();
        assert_eq!(found, ["Mali met", "Togo"]);
    }
}
