//! The store as its users meet it: decisions laid over facts, and its life over time.

mod review;
mod support;
mod time;
