//! Texts into a store, and what is asked of it: the work that the command line and the pages share.
//!
//! Nothing here prints, and nothing here decides what a text means. Files are read and the store is opened by the caller's
//! leave; what happens on the way is told to a [`Tell`].

pub mod ask;
pub mod asked;
pub mod cite;
pub mod codebook;
pub mod columns;
pub mod engine;
mod error;
pub mod filters;
mod findings;
pub mod history;
mod in_order;
pub mod ingest;
pub mod inputs;
pub mod issues;
pub mod listing;
pub mod recode;
mod refresh;
pub mod search;
mod ties;
pub mod why;

pub use engine::Engine;
pub use error::{Error, Result};
pub use findings::Findings;
pub use ingest::{Tell, Told};
