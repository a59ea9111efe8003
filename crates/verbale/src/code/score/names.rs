//! Names of features.
//!
//! A model knows a feature by a number that is made of its name. The names themselves are kept only where a model is
//! trained or explained: writing out some hundred words for each predication would take longer than weighing them.

use std::fmt::{self, Write};
use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Features that are there.
#[derive(Debug, Clone, Default)]
pub struct Names {
    numbers: Vec<u64>,
    words: Option<Vec<String>>,
    /// The name that is being written.
    written: String,
}

impl Names {
    /// None yet; names are kept beside the numbers.
    pub fn kept() -> Names {
        Names {
            words: Some(Vec::new()),
            ..Names::default()
        }
    }

    /// None yet, kept or not like these.
    pub(in crate::code) fn like(&self) -> Names {
        match self.words {
            Some(_) => Names::kept(),
            None => Names::default(),
        }
    }

    /// One more feature.
    pub fn add(&mut self, name: fmt::Arguments) {
        self.written.clear();
        // Writing to memory cannot fail.
        let _ = self.written.write_fmt(name);
        self.numbers.push(number(&self.written));
        if let Some(words) = &mut self.words
            // Words of line breaks alone would tear the table.
            && !self.written.contains(char::is_control)
        {
            words.push(self.written.clone());
        }
    }

    /// The number of each feature, in the order in which they were added; one that was added twice is there twice.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// The names if they were kept, in order of the alphabet, each once.
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().flatten().map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// The number of a feature's name. It stands for the name within one process only.
pub fn number(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_only_where_they_are_wanted() {
        let (mut kept, mut bare) = (Names::kept(), Names::default());
        for names in [&mut kept, &mut bare] {
            for word in ["sign", "pact", "sign", "\n"] {
                names.add(format_args!("w={word}"));
            }
        }
        assert_eq!(kept.words(), ["w=pact", "w=sign"]);
        assert!(bare.words().is_empty());
        assert_eq!(kept.numbers(), bare.numbers());
        assert_eq!(bare.numbers()[0], number("w=sign"));
        assert!(bare.like().words().is_empty());
    }
}
