//! The scored model: what a predication tells where rules are silent.

mod sides;

pub use sides::Places;
use super::Context;
pub(in crate::code) use sides::places;

/// The places of every predication of a document.
pub fn survey(context: &Context) -> Vec<Places> {
    context.predications.iter().map(|predication| places(context, predication)).collect()
}
