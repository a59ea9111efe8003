//! Verbs that bring in somebody's words.

use std::collections::HashMap;

use super::table::{ListReader, members};

/// A verb of saying, writing, asking or thinking aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeechVerb {
    /// Dictionary form, a particle joined by `_`.
    pub lemma: String,
    /// What the speaker does by it (`say`, `stress`, `deny`, …).
    pub act: String,
    /// Whether a clause tells what is said.
    pub that: bool,
    /// Whether it introduces words in quotation marks.
    pub quote: bool,
    /// Whether a noun phrase alone tells what is said.
    pub object: bool,
}

pub(super) fn speech_verbs(lists: &mut ListReader) -> HashMap<String, SpeechVerb> {
    let mut seen = HashMap::new();
    let mut all = HashMap::new();
    for row in lists.rows("lang/en/lists/speech_verbs.tsv", ["lemma", "act", "frames"]) {
        let [lemma, act, frames] = row.cells;
        lists.unique(row.at, &mut seen, lemma, lemma);
        let frames = members(frames);
        for frame in &frames {
            lists.one_of(
                row.at,
                "frames",
                frame,
                &[("that", ()), ("quote", ()), ("object", ())],
            );
        }
        let has = |frame: &str| frames.iter().any(|known| known == frame);
        all.insert(
            lemma.to_owned(),
            SpeechVerb {
                lemma: lists.required(row.at, "lemma", lemma),
                act: lists.required(row.at, "act", act),
                that: has("that"),
                quote: has("quote"),
                object: has("object"),
            },
        );
    }
    all
}
