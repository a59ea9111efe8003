//! Predications and rules to facts.

mod codebook;

pub use codebook::{CameoCode, Codebook};

/// Word classes that the program itself asks for; all others must be named by a rule.
pub(crate) const CLASSES: [&str; 3] = ["basis", "evaluative", "habitual"];
