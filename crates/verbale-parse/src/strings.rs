//! String identifiers as spaCy gives them out: a hash of the string, except for a few hundred fixed names.

use crate::hash::{IdMap, murmur64a};
use crate::model::Model;

/// Gives strings their identifiers.
pub struct Strings {
    /// From the hash of a fixed name (`root`, `num` and `det` are among them, which are ordinary words too) to its number.
    symbols: IdMap<u64, u64>,
}

impl Strings {
    pub fn load(model: &Model) -> Strings {
        let symbols = model
            .text("symbols")
            .lines()
            .map(|line| {
                let (name, number) = line.split_once('\t').expect("name and number");
                (
                    murmur64a(name.as_bytes(), 1),
                    number.parse().expect("a number"),
                )
            })
            .collect();
        Strings { symbols }
    }

    /// The identifier of `text`.
    pub fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        let hash = murmur64a(text.as_bytes(), 1);
        self.symbols.get(&hash).copied().unwrap_or(hash)
    }
}
