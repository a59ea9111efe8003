//! Base noun phrases: a noun with all before it that belongs to it, and no phrase inside another.

use std::ops::Range;

use crate::analysis::Token;

/// Labels under which a noun heads a phrase of its own.
const HEADS: [&str; 10] = [
    "oprd",
    "nsubj",
    "dobj",
    "nsubjpass",
    "pcomp",
    "pobj",
    "dative",
    "appos",
    "attr",
    "ROOT",
];

/// The base noun phrases of a document whose subtrees start at `left_edges`.
pub fn noun_chunks(tokens: &[Token], left_edges: &[usize]) -> Vec<Range<usize>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let left = left_edges[place];
        let nominal = matches!(token.pos, "NOUN" | "PROPN" | "PRON");
        if !nominal || chunks.last().is_some_and(|last| left < last.end) {
            continue;
        }
        if HEADS.contains(&token.dep)
            || token.dep == "conj" && HEADS.contains(&tokens[first_conjunct(tokens, place)].dep)
        {
            chunks.push(left..place + 1);
        }
    }
    chunks
}

/// The word that the first of the conjuncts before `place` is, as far as they follow one another from left to right.
fn first_conjunct(tokens: &[Token], place: usize) -> usize {
    let mut head = tokens[place].head;
    while tokens[head].dep == "conj" && tokens[head].head < head {
        head = tokens[head].head;
    }
    head
}
