//! The linguistic core: raw text in, sentences, tokens, tags, tree, lemmas and entities out.
//!
//! This is our own inference of spaCy's English CNN pipeline (`en_core_web_md` 3.8). It answers exactly as
//! spaCy does with the same (half-precision) weights. It is usable alone.
//!
//! The crate reads no files and opens no sockets; the model is compiled in.

mod analysis;

pub use analysis::{Analysis, Entity, Token};

/// The English parser with its model.
pub struct Parser;

impl Parser {
    /// Analyses several texts.
    pub fn parse_batch(&self, _texts: &[&str]) -> Vec<Analysis> {
        unimplemented!()
    }
}
