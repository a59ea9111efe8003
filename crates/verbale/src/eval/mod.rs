//! Measuring facts against a gold record: precision, recall, and every fact gained or lost.
//!
//! A prediction and a gold fact may match when the document is the same, the kinds are compatible, the quotes overlap by
//! at least half of each (or the prediction lies inside the gold's words), and the named states are the same set.
//! Matching is one to one and maximum; among maximum matchings the one with most equal attributes is taken.

mod agreement;
mod by_type;
mod clusters;
mod coding;
mod gold;
mod marked;
mod matching;
mod report;
mod roots;
mod sets;
mod told;

pub use agreement::{Agreement, agreement, kappa};
pub use by_type::{Confusion, TypeRates};
pub use clusters::{Clusters, Placed};
pub use coding::read_coding;
pub use gold::{GoldError, GoldFact, GoldParty, read_gold};
pub use marked::{Marked, MarkedParty, read_marked};
pub use matching::match_words;
pub use report::{Miss, Rate, Report, evaluate};
pub use roots::{HEADER as ROOTS_HEADER, Rooted, Roots, read_rooted, root};
pub use sets::{
    Expectation, SetRow, Story, Verdict, homes, is_held_out, match_rows, placed, read_expectations,
    read_rows,
};
