//! The record over time: another rule, another order, other texts beside it, and a person's word through all of it.

mod changes;
mod decisions;
mod orders;
mod support;
