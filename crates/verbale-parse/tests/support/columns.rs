// An analysis as plain columns, in the form in which spaCy's answers are written down, and digests of them for texts that
// are not ours to copy. Shared by the tests of this crate and by `cargo xtask parity`, which writes what the tests read.

use serde::{Deserialize, Serialize};
use verbale_parse::{Analysis, Token};

/// One text's answers, a value per token or per span.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Columns {
    pub tokens: Vec<String>,
    pub spaces: Vec<bool>,
    pub norms: Vec<String>,
    pub tags: Vec<String>,
    pub pos: Vec<String>,
    pub morph: Vec<String>,
    pub lemmas: Vec<String>,
    pub heads: Vec<usize>,
    pub deps: Vec<String>,
    pub starts: Vec<usize>,
    pub entities: Vec<(usize, usize, String)>,
    pub noun_chunks: Vec<(usize, usize)>,
}

impl Columns {
    /// The columns of an analysis of `text`.
    pub fn of(text: &str, analysis: &Analysis) -> Columns {
        let each = |value: fn(&Token) -> &str| {
            analysis
                .tokens
                .iter()
                .map(|token| value(token).to_owned())
                .collect()
        };
        Columns {
            tokens: analysis
                .tokens
                .iter()
                .map(|token| text[token.span.clone()].to_owned())
                .collect(),
            spaces: analysis
                .tokens
                .iter()
                .map(|token| token.space_after)
                .collect(),
            norms: each(|token| &token.norm),
            tags: each(|token| token.tag),
            pos: each(|token| token.pos),
            morph: each(|token| token.morph),
            lemmas: each(|token| &token.lemma),
            heads: analysis.tokens.iter().map(|token| token.head).collect(),
            deps: each(|token| token.dep),
            starts: analysis
                .sentences
                .iter()
                .map(|sentence| sentence.start)
                .collect(),
            entities: analysis
                .entities
                .iter()
                .map(|entity| {
                    (
                        entity.tokens.start,
                        entity.tokens.end,
                        entity.label.to_owned(),
                    )
                })
                .collect(),
            noun_chunks: analysis
                .noun_chunks
                .iter()
                .map(|chunk| (chunk.start, chunk.end))
                .collect(),
        }
    }

    /// Digests of the tokens, of what is known of each word, of the tree, and of the spans.
    pub fn digests(&self) -> [u32; 4] {
        [
            self.token_digest(),
            digest_of(&(&self.tags, &self.pos, &self.morph, &self.lemmas)),
            digest_of(&(&self.heads, &self.deps, &self.starts)),
            digest_of(&(&self.entities, &self.noun_chunks)),
        ]
    }

    /// The first of the digests.
    pub fn token_digest(&self) -> u32 {
        digest_of(&(&self.tokens, &self.spaces, &self.norms))
    }
}

fn digest_of(columns: &impl Serialize) -> u32 {
    digest(&serde_json::to_vec(columns).expect("columns are plain data"))
}

/// FNV-1a.
pub fn digest(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
