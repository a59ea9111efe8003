//! The packed English model: half-precision weights and lookup tables of spaCy's `en_core_web_md` 3.8,
//! nothing else. It is a crate of its own so that code edits never rebuild it.
