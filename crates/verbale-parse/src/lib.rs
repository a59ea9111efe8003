//! The linguistic core: raw text in, sentences, tokens, tags, tree, lemmas and entities out.
//!
//! This is our own inference of spaCy's English CNN pipeline (`en_core_web_md` 3.8). It answers exactly as
//! spaCy does with the same (half-precision) weights. It is usable alone.
//!
//! The crate reads no files and opens no sockets; the model is compiled in.

mod affixes;
mod analysis;
mod arc_eager;
mod classes;
mod entities;
mod hash;
mod kernel;
mod labels;
mod lemmatizer;
mod lexicon;
mod model;
mod noun_chunks;
mod parser;
mod ruler;
mod strings;
mod tagger;
mod tok2vec;
mod tokenizer;
mod transitions;
mod tree;
mod url;
mod words;

pub use analysis::{Analysis, Entity, Token};
pub use kernel::Kernel;
pub use parser::Parser;

/// SHA-256 of the packed model, in hex: two runs with the same hash had the same weights and tables.
pub fn model_hash() -> &'static str {
    verbale_model_en::SHA256
}
