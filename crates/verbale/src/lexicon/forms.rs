//! Finds listed forms in running text: longest match, on word boundaries, case-sensitive.
//!
//! Text is cut into runs of letters and digits and single other characters, so that the parts of "Chad-Niger border"
//! or "Chad's" are found whatever a tokenizer makes of them.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// A trie over words.
#[derive(Debug, Clone)]
pub struct FormIndex<T> {
    words: FxHashMap<Box<str>, u32>,
    next: FxHashMap<(u32, u32), u32>,
    values: Vec<Vec<T>>,
}

/// One occurrence of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormMatch<'a, T> {
    /// Bytes of the searched text.
    pub span: Range<usize>,
    /// Everything that is listed under this form.
    pub values: &'a [T],
}

impl<T> Default for FormIndex<T> {
    fn default() -> Self {
        FormIndex {
            words: FxHashMap::default(),
            next: FxHashMap::default(),
            values: vec![Vec::new()],
        }
    }
}

impl<T> FormIndex<T> {
    /// Lists a value under a form.
    pub fn insert(&mut self, form: &str, value: T) {
        let mut node = 0;
        for (_, word) in words(form) {
            let fresh = self.words.len() as u32;
            let id = match self.words.get(word) {
                Some(&id) => id,
                None => {
                    self.words.insert(word.into(), fresh);
                    fresh
                }
            };
            node = *self.next.entry((node, id)).or_insert_with(|| {
                self.values.push(Vec::new());
                self.values.len() as u32 - 1
            });
        }
        if node != 0 {
            self.values[node as usize].push(value);
        }
    }

    /// What is listed under exactly this form.
    pub fn get(&self, form: &str) -> &[T] {
        let mut node = 0;
        for (_, word) in words(form) {
            match self.step(node, word) {
                Some(next) => node = next,
                None => return &[],
            }
        }
        &self.values[node as usize]
    }

    /// All occurrences from left to right, without overlap; the longest wins.
    pub fn find_all(&self, text: &str) -> Vec<FormMatch<'_, T>> {
        let words: Vec<(Range<usize>, &str)> = words(text).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(&words[at..]) {
                Some((length, values)) => {
                    found.push(FormMatch {
                        span: words[at].0.start..words[at + length - 1].0.end,
                        values,
                    });
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, words: &[(Range<usize>, &str)]) -> Option<(usize, &[T])> {
        let mut node = 0;
        let mut best = None;
        for (index, (_, word)) in words.iter().enumerate() {
            let Some(next) = self.step(node, word) else {
                break;
            };
            node = next;
            if !self.values[node as usize].is_empty() {
                best = Some((index + 1, self.values[node as usize].as_slice()));
            }
        }
        best
    }

    /// Headlines and datelines shout: NIAMEY is looked up as Niamey too.
    fn step(&self, node: u32, word: &str) -> Option<u32> {
        let by_word = |word: &str| {
            let id = *self.words.get(word)?;
            self.next.get(&(node, id)).copied()
        };
        by_word(word).or_else(|| {
            let shouted = word.len() >= 4 && word.chars().all(char::is_uppercase);
            shouted.then(|| by_word(&title_case(word))).flatten()
        })
    }
}

fn title_case(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .into_iter()
        .chain(characters.flat_map(char::to_lowercase))
        .collect()
}

/// Runs of letters and digits, and every other visible character alone. A curly apostrophe counts as a straight one.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest
            .next_if(|(_, character)| character.is_whitespace())
            .is_some()
        {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        if first.is_alphanumeric() {
            while let Some((at, character)) =
                rest.next_if(|(_, character)| character.is_alphanumeric())
            {
                end = at + character.len_utf8();
            }
        }
        let word = match first {
            '\u{2019}' => "'",
            _ => &text[start..end],
        };
        Some((start..end, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, i32)> {
        let mut index = FormIndex::default();
        for (value, form) in [
            "Niger",
            "Nigeria",
            "Republic of the Niger",
            "U.S.",
            "Côte d'Ivoire",
        ]
        .iter()
        .enumerate()
        {
            index.insert(form, value as i32);
        }
        index
            .find_all(text)
            .into_iter()
            .map(|found| (text.get(found.span).unwrap(), found.values[0]))
            .collect()
    }

    #[test]
    fn the_longest_form_wins_and_words_stay_whole() {
        assert_eq!(
            found("The Republic of the Niger and Nigeria"),
            [("Republic of the Niger", 2), ("Nigeria", 1)]
        );
        assert_eq!(found("Nigerien"), []);
    }

    #[test]
    fn compounds_possessives_and_curly_apostrophes() {
        assert_eq!(
            found("the Niger-Nigeria border, Niger’s U.S.-led drills"),
            [("Niger", 0), ("Nigeria", 1), ("Niger", 0), ("U.S.", 3)]
        );
        assert_eq!(found("Côte d’Ivoire"), [("Côte d’Ivoire", 4)]);
    }

    #[test]
    fn shouted_words() {
        assert_eq!(found("NIGERIA:"), [("NIGERIA", 1)]);
    }
}
