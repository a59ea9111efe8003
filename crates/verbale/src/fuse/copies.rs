//! Texts as fusion sees them, and which of them are copies of one another.
//!
//! An agency's story that three papers print is one source, also where a paper shortens it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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
    /// The view of a document whose copies are known.
    pub fn without_runs(document: &Document) -> Self {
        DocumentInfo {
            id: document.id.clone(),
            name: document.name.clone(),
            published: document.published.clone(),
            outlet: document.outlet.as_ref().map(|outlet| outlet.value.clone()),
            runs: Vec::new(),
        }
    }

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
            runs: runs_of(&story, rules),
            ..DocumentInfo::without_runs(document)
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

/// One run of words in so many finds the candidates of copies; all runs decide. Between them, two copies that are long
/// enough to be judged nearly always have some of these in common.
const SAMPLE: u64 = 4;

/// A run that stands in more texts than this is a phrase of the trade or of a story that everybody prints; each text is
/// held against so many neighbours only, which join the same group.
const NEIGHBOURS: usize = 16;

impl DocumentInfo {
    /// The runs that find candidates; none where a text is too short to be judged.
    pub fn sampled(&self, rules: &FusionRules) -> impl Iterator<Item = u64> {
        let long = self.runs.len() >= rules.copies.least_runs;
        self.runs
            .iter()
            .copied()
            .filter(move |run| long && run % SAMPLE == 0)
    }

    /// Whether one is a copy of the other.
    pub fn copies(&self, other: &DocumentInfo, rules: &FusionRules) -> bool {
        let shorter = self.runs.len().min(other.runs.len());
        let common = self
            .runs
            .iter()
            .filter(|run| other.runs.binary_search(run).is_ok())
            .count();
        shorter >= rules.copies.least_runs && common as f64 >= rules.copies.share * shorter as f64
    }
}

/// Document id → the smallest id of its group of copies. A text without copies leads its own group.
pub fn copy_groups(documents: &[DocumentInfo], rules: &FusionRules) -> BTreeMap<String, String> {
    let mut sorted: Vec<&DocumentInfo> = documents.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    sorted.dedup_by(|a, b| a.id == b.id);
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, document) in sorted.iter().enumerate() {
        for run in document.sampled(rules) {
            holders.entry(run).or_default().push(index);
        }
    }
    let mut leader: Vec<usize> = (0..sorted.len()).collect();
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    for texts in holders.values() {
        for (position, &second) in texts.iter().enumerate() {
            for &first in &texts[position.saturating_sub(NEIGHBOURS)..position] {
                if seen.insert((first, second)) && sorted[first].copies(sorted[second], rules) {
                    let (a, b) = (end(&mut leader, first), end(&mut leader, second));
                    leader[a.max(b)] = a.min(b);
                }
            }
        }
    }
    (0..sorted.len())
        .map(|at| {
            let leader = end(&mut leader, at);
            (sorted[at].id.clone(), sorted[leader].id.clone())
        })
        .collect()
}

/// Where a chain of leaders ends; the way is shortened for those who come after.
fn end(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
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
