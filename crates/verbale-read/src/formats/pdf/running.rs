//! What stands on every page: running heads, page numbers, addresses.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;

/// Running lines stand in this share of the page at its top and its foot.
const MARGIN: f64 = 0.11;

/// Lines that frame a page even where there is only one: a number, an address, the date of printing before the title.
static FOLIO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[-–— ]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–— ]*|(?:https?|file)://\S+(?:\s+\d+/\d+)?|\d{1,2}/\d{1,2}/\d{2,4},\s+\d{1,2}:\d\d(?:\s?[ap]m)?)$")
        .expect("a fixed pattern")
});

/// Takes running lines out of the pages.
pub(crate) fn strip(pages: &mut [Vec<Line>], heights: &[f64]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (page, &height) in pages.iter().zip(heights) {
        let mut words: Vec<String> = page
            .iter()
            .filter(|line| is_in_margin(line, height))
            .map(|line| without_numbers(&line.text))
            .collect();
        words.sort();
        words.dedup();
        for words in words {
            *seen.entry(words).or_default() += 1;
        }
    }
    // Left and right pages may have heads of their own.
    let often = (pages.len().div_ceil(3)).max(2);
    for (page, &height) in pages.iter_mut().zip(heights) {
        // The print date of a browser stands on one line with the title.
        let dated: Vec<f64> = page
            .iter()
            .filter(|line| is_in_margin(line, height) && FOLIO.is_match(&line.text))
            .map(|line| line.baseline)
            .collect();
        page.retain(|line| {
            let repeated = || {
                seen.get(&without_numbers(&line.text))
                    .is_some_and(|&count| count >= often)
            };
            let beside_folio = || dated.iter().any(|at| (line.baseline - at).abs() < 1.0);
            !(is_in_margin(line, height)
                && (FOLIO.is_match(&line.text) || repeated() || beside_folio()))
        });
    }
}

fn is_in_margin(line: &Line, height: f64) -> bool {
    line.baseline < MARGIN * height || line.baseline > (1.0 - MARGIN) * height
}

fn without_numbers(words: &str) -> String {
    words
        .chars()
        .filter(|char| !char.is_ascii_digit())
        .collect()
}
