//! What words stand for: parties, dates, amounts.

mod discourse;
mod parties;
mod pronouns;

pub use parties::Resolver;
