//! Documents to records: the pure function that codes and fuses.
//!
//! The steps, in order, one module each:
//! `segment → gate → parse → names → voices → resolve → clause → code → fuse`.
//! No step does I/O, reads a clock or opens a socket; the same bytes, data and model give the same output.

pub mod data;
pub mod eval;
pub mod lexicon;
pub mod record;

pub mod segment;

pub mod gate;

pub mod parse;

pub mod names;

pub mod voices;

pub mod resolve;

pub mod clause;

pub mod rules;

pub mod code;

pub mod pipeline;

pub mod fuse;

pub mod dossier;

pub mod series;

pub use pipeline::{Language, Reading, code_document, code_gated, code_text};
