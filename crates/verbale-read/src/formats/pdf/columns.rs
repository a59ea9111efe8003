//! Lines to columns in the order of reading.

use super::lines::Line;

/// So many lines on either side make columns of a page.
const FEWEST: usize = 3;
/// A column is wider, in sizes of its type; bullets and numbers before lines are narrower.
const NARROWEST: f64 = 6.0;

/// The lines of a page in columns, each from the top; lines across the whole page part them.
pub(crate) fn in_order(mut lines: Vec<Line>) -> Vec<Vec<Line>> {
    lines.sort_by(|a, b| {
        a.baseline
            .total_cmp(&b.baseline)
            .then(a.left.total_cmp(&b.left))
    });
    let Some(gutter) = gutter(&lines) else {
        return if lines.is_empty() {
            Vec::new()
        } else {
            vec![lines]
        };
    };
    let mut columns = Vec::new();
    let mut across: Vec<Line> = Vec::new();
    let (mut left, mut right): (Vec<Line>, Vec<Line>) = Default::default();
    for line in lines {
        if crosses(&line, gutter) {
            columns.extend(in_order(std::mem::take(&mut left)));
            columns.extend(in_order(std::mem::take(&mut right)));
            across.push(line);
            continue;
        }
        if !across.is_empty() {
            columns.push(std::mem::take(&mut across));
        }
        if line.left < gutter {
            left.push(line);
        } else {
            right.push(line);
        }
    }
    columns.extend(in_order(left));
    columns.extend(in_order(right));
    if !across.is_empty() {
        columns.push(across);
    }
    columns
}

fn crosses(line: &Line, gutter: f64) -> bool {
    line.left < gutter - 1.0 && line.right > gutter + 1.0
}

/// Where the page is parted: just before the left edge of a column, so that fewest lines are cut.
fn gutter(lines: &[Line]) -> Option<f64> {
    let mut edges: Vec<f64> = lines.iter().map(|line| line.left - 2.0).collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    edges
        .into_iter()
        .filter_map(|edge| {
            let cut = lines.iter().filter(|line| crosses(line, edge)).count();
            let (mut left, mut right) = (Vec::new(), Vec::new());
            for line in lines.iter().filter(|line| !crosses(line, edge)) {
                let width = (line.right - line.left) / line.size;
                if line.left < edge {
                    left.push(width);
                } else {
                    right.push(width);
                }
            }
            let columns = left.len() >= FEWEST && right.len() >= FEWEST;
            let beside = columns && cut * 3 <= lines.len() && are_beside(lines, edge);
            (beside && median(left) >= NARROWEST && median(right) >= NARROWEST)
                .then_some((cut, edge))
        })
        .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, edge)| edge)
}

/// Whether lines stand left and right of an edge at the same height, and not merely one after the other.
fn are_beside(lines: &[Line], edge: f64) -> bool {
    let heights = |is_left: bool| {
        let side = lines
            .iter()
            .filter(move |line| !crosses(line, edge) && (line.left < edge) == is_left)
            .map(|line| line.baseline);
        side.fold((f64::MAX, f64::MIN), |(top, end), at| {
            (top.min(at), end.max(at))
        })
    };
    let ((left_top, left_end), (right_top, right_end)) = (heights(true), heights(false));
    left_top.max(right_top) < left_end.min(right_end)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f64, right: f64, baseline: f64) -> Line {
        Line {
            text: text.to_owned(),
            left,
            right,
            baseline,
            size: 10.0,
        }
    }

    #[test]
    fn left_before_right_below_the_headline() {
        let mut page = vec![line("head", 50.0, 500.0, 40.0)];
        for row in 0..4 {
            let baseline = 80.0 + 12.0 * f64::from(row);
            page.push(line(&format!("l{row}"), 50.0, 260.0, baseline));
            // The second column need not keep the baselines of the first.
            page.push(line(&format!("r{row}"), 280.0, 500.0, baseline + 4.0));
        }
        let order: Vec<String> = in_order(page)
            .concat()
            .into_iter()
            .map(|line| line.text)
            .collect();
        assert_eq!(
            order,
            ["head", "l0", "l1", "l2", "l3", "r0", "r1", "r2", "r3"]
        );
    }
}
