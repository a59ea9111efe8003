//! Texts as fusion sees them, and which of them are copies of one another.
//!
//! An agency's story that three papers print is one source, also where a paper shortens it.

use std::collections::{BTreeMap, BTreeSet};

use verbale_read::{Document, Published};

use super::FusionRules;

/// What fusion needs to know of a text besides its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentInfo {
    /// Document id.
    pub id: String,
    /// File name or title.
    pub name: String,
    /// When it was published, if known.
    pub published: Option<Published>,
    /// Outlet, if known.
    pub outlet: Option<String>,
    /// Hashes of its runs of words, sorted, each once: what copies have in common.
    pub runs: Vec<u64>,
}

impl DocumentInfo {
    /// The view of a document; what frames the text is no part of its runs.
    pub fn of(document: &Document, rules: &FusionRules) -> Self {
        let mut story = String::new();
        let mut at = 0;
        let mut furniture: Vec<_> = document.furniture.iter().map(|part| part.span).collect();
        furniture.sort();
        for span in furniture {
            if span.start > at {
                story.push_str(&document.text[at..span.start]);
                story.push(' ');
            }
            at = at.max(span.end);
        }
        story.push_str(&document.text[at..]);
        DocumentInfo {
            id: document.id.clone(),
            name: document.name.clone(),
            published: document.published.clone(),
            outlet: document.outlet.as_ref().map(|outlet| outlet.value.clone()),
            runs: runs_of(&story, rules),
        }
    }
}

/// Hashes of all runs of words of a text, without regard to case and marks, sorted, each once.
pub fn runs_of(text: &str, rules: &FusionRules) -> Vec<u64> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let runs: BTreeSet<u64> = words
        .windows(rules.copies.run_words)
        .map(|run| fnv(&run.join(" ")))
        .collect();
    runs.into_iter().collect()
}

/// FNV-1a: the same on every machine and in every version, unlike the standard library's hasher.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Document id → the smallest id of its group of copies. A text without copies leads its own group.
pub fn copy_groups(documents: &[DocumentInfo], rules: &FusionRules) -> BTreeMap<String, String> {
    let mut sorted: Vec<&DocumentInfo> = documents.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    sorted.dedup_by(|a, b| a.id == b.id);
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, document) in sorted.iter().enumerate() {
        if document.runs.len() >= rules.copies.least_runs {
            for run in &document.runs {
                holders.entry(*run).or_default().push(index);
            }
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for texts in holders.values() {
        for (position, first) in texts.iter().enumerate() {
            for second in &texts[position + 1..] {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    let mut leader: Vec<usize> = (0..sorted.len()).collect();
    for ((first, second), count) in shared {
        let shorter = sorted[first].runs.len().min(sorted[second].runs.len());
        if count as f64 >= rules.copies.share * shorter as f64 {
            let (a, b) = (leader[first], leader[second]);
            for each in &mut leader {
                if *each == a.max(b) {
                    *each = a.min(b);
                }
            }
        }
    }
    sorted
        .iter()
        .zip(&leader)
        .map(|(document, &leader)| (document.id.clone(), sorted[leader].id.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The transport ministers of Benin and Togo opened the rebuilt bridge over the Mono on Friday \
        and promised that lorries would no longer wait for days at the border post of Hillacondji. \
        Drivers greeted the news with patience. Tolls are to be paid in both capitals, the ministers said.";

    fn text(id: &str, words: &str) -> DocumentInfo {
        DocumentInfo {
            id: id.to_owned(),
            name: id.to_owned(),
            published: None,
            outlet: None,
            runs: runs_of(words, FusionRules::embedded()),
        }
    }

    #[test]
    fn a_shortened_copy_is_a_copy_and_another_story_is_none() {
        let short = STORY.split_once(" Drivers").unwrap().0;
        let other = "Benin's transport minister said on Friday that lorries wait too long at the border and that a new bridge \
            would change little as long as the tolls are paid twice, in Cotonou and in Lome, by everybody.";
        let texts = [text("c", STORY), text("a", short), text("b", other)];
        let groups = copy_groups(&texts, FusionRules::embedded());
        assert_eq!(groups["c"], "a");
        assert_eq!(groups["a"], "a");
        assert_eq!(groups["b"], "b");
    }
}
