//! What words stand for: parties, dates, amounts.

pub mod amounts;
mod antecedents;
pub mod dates;
mod discourse;
mod groups;
mod parties;
mod pronouns;

pub use antecedents::{Anaphor, Candidate as Antecedent, FILE as ANTECEDENTS, PRONOUNS, SEVERAL};
pub(crate) use groups::OFFICIAL;
pub use parties::Resolver;
