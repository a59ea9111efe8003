//! What words stand for: parties, dates, amounts.

pub mod amounts;
pub mod dates;
mod discourse;
mod groups;
mod parties;
mod pronouns;

pub use parties::Resolver;
