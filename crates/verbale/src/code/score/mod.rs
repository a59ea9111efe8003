//! The scored model: what a predication tells where rules are silent.

mod sides;

use super::Context;
pub use sides::Places;
pub(in crate::code) use sides::places;

/// The places of every predication of a document.
pub fn survey(context: &Context) -> Vec<Places> {
    context
        .predications
        .iter()
        .map(|predication| places(context, predication))
        .collect()
}
