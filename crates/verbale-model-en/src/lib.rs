//! The packed English model: half-precision weights and lookup tables of spaCy's `en_core_web_md` 3.8,
//! nothing else. It is a crate of its own so that code edits never rebuild it.
//!
//! `models/pack.py` writes the file and describes its form, `verbale-parse` reads it, and `models/README.md` says where
//! everything in it comes from and under which licence.

/// The packed model, as written by `cargo xtask pack-model`.
pub static MODEL: &[u8] = include_bytes!("../model.bin");
