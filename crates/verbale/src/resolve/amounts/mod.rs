//! Numbers, money and measures: where they stand in a text and what they say.

pub mod numerals;
pub mod words;
