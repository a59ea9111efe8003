//! Word classes: lists of lemmas that rules name as `@class`, one file each, so that rules share their words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::data::{Data, DataError};

/// Folder of the classes.
pub const FOLDER: &str = "lang/en/classes/";

/// A comment line that begins so says which step of the program asks for a class, so that no rule need name it.
const ASKED_BY: &str = "# asked by ";

/// All word classes of a language.
#[derive(Debug, Default)]
pub struct Classes {
    by_name: BTreeMap<String, Class>,
    used: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Class {
    set: WordSet,
    /// Words and phrases, each with its line.
    entries: Vec<(usize, String)>,
}

/// A set of lemmas and of phrases ("joint venture"); a phrase is found by its last word, which is the head.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WordSet {
    /// Head lemma → the words before it, of each phrase with this head; an empty list is the bare word.
    heads: Arc<FxHashMap<String, Vec<Vec<String>>>>,
}

impl WordSet {
    /// A set of these entries.
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut heads: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
        for entry in entries {
            let (head, before) = split(entry);
            heads.entry(head).or_default().push(before);
        }
        WordSet {
            heads: Arc::new(heads),
        }
    }

    /// Whether a head with the words before it is in the set; `before(1)` is the word directly before the head.
    pub fn has<'w>(&self, head: &str, before: impl Fn(usize) -> [&'w str; 2]) -> bool {
        self.heads.get(head).is_some_and(|phrases| {
            phrases.iter().any(|words| {
                words
                    .iter()
                    .rev()
                    .enumerate()
                    .all(|(back, word)| before(back + 1).contains(&word.as_str()))
            })
        })
    }

    /// Whether a lemma alone is in the set.
    pub fn has_word(&self, word: &str) -> bool {
        self.has(word, |_| ["", ""])
    }

    /// Whether a phrase as a whole, in small letters, is in the set; line breaks between its words do not count.
    pub fn has_words(&self, phrase: &[String]) -> bool {
        let mut before = phrase.iter().filter(|word| !word.trim().is_empty());
        let Some(head) = before.next_back() else {
            return false;
        };
        self.heads
            .get(head)
            .is_some_and(|phrases| phrases.iter().any(|words| words.iter().eq(before.clone())))
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The head lemmas.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        self.heads.keys().map(String::as_str)
    }
}

fn split(entry: &str) -> (String, Vec<String>) {
    let mut words: Vec<String> = entry.split_whitespace().map(str::to_lowercase).collect();
    let head = words.pop().unwrap_or_default();
    (head, words)
}

impl Classes {
    /// Reads all classes of the data folder.
    pub(super) fn load(data: &Data, errors: &mut Vec<DataError>) -> Self {
        let mut classes = Classes::default();
        let mut included: Vec<(String, usize, String, String)> = Vec::new();
        for (file, text) in data.below(FOLDER) {
            let Some(name) = file[FOLDER.len()..].strip_suffix(".txt") else {
                continue;
            };
            if text.lines().any(|line| line.starts_with(ASKED_BY)) {
                classes.used.insert(name.to_owned());
            }
            let mut class = class(file, text, errors);
            class
                .entries
                .retain(|(line, entry)| match entry.strip_prefix('@') {
                    Some(other) => {
                        included.push((file.to_owned(), *line, name.to_owned(), other.to_owned()));
                        false
                    }
                    None => true,
                });
            classes.by_name.insert(name.to_owned(), class);
        }
        for (file, line, name, other) in included {
            let words = match classes.by_name.get(&other) {
                Some(class) => class.entries.clone(),
                None => {
                    errors.push(DataError {
                        file,
                        line,
                        message: format!("no word class `@{other}` to include"),
                    });
                    continue;
                }
            };
            classes.used.insert(other);
            if let Some(class) = classes.by_name.get_mut(&name) {
                class.entries.extend(words);
            }
        }
        for class in classes.by_name.values_mut() {
            class.set = WordSet::new(class.entries.iter().map(|(_, entry)| entry.as_str()));
        }
        classes
    }

    /// The set of these entries; `@name` stands for all words of a class.
    pub(super) fn set(&mut self, entries: &[&str]) -> Result<WordSet, String> {
        if let [entry] = entries
            && let Some(name) = entry.strip_prefix('@')
        {
            return self.class(name).map(|class| class.set.clone());
        }
        let mut words: Vec<String> = Vec::new();
        for entry in entries {
            match entry.strip_prefix('@') {
                Some(name) => words.extend(
                    self.class(name)?
                        .entries
                        .iter()
                        .map(|(_, entry)| entry.clone()),
                ),
                None => words.push((*entry).to_owned()),
            }
        }
        Ok(WordSet::new(words.iter().map(String::as_str)))
    }

    fn class(&mut self, name: &str) -> Result<&Class, String> {
        self.used.insert(name.to_owned());
        self.by_name.get(name).ok_or_else(|| {
            let known: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
            format!(
                "no word class `@{name}`; write {FOLDER}{name}.txt or use one of {}",
                known.join(", ")
            )
        })
    }

    /// The words of a class, if there is such a class.
    pub fn words(&self, name: &str) -> Option<&WordSet> {
        self.by_name.get(name).map(|class| &class.set)
    }

    /// Classes that nobody uses.
    pub(super) fn unused(&self) -> impl Iterator<Item = &str> {
        self.by_name
            .keys()
            .filter(|name| !self.used.contains(*name))
            .map(String::as_str)
    }
}

/// One class: a word or phrase per line, or `@name` for all words of another class; `#` begins a comment.
fn class(file: &str, text: &str, errors: &mut Vec<DataError>) -> Class {
    let mut entries: Vec<(usize, String)> = Vec::new();
    let mut error = |line: usize, message: String| {
        errors.push(DataError {
            file: file.to_owned(),
            line,
            message,
        });
    };
    for (line, text) in text.lines().enumerate().map(|(at, text)| (at + 1, text)) {
        let word = text
            .split('#')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        if word.is_empty() {
            continue;
        }
        if entries.iter().any(|(_, known)| *known == word) {
            error(
                line,
                format!("`{word}` stands here twice; remove one of the two"),
            );
        } else {
            entries.push((line, word));
        }
    }
    if entries.is_empty() {
        error(
            0,
            "the class has no words; add some or remove the file".to_owned(),
        );
    }
    Class {
        set: WordSet::default(),
        entries,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_their_head() {
        let set = WordSet::new(["treaty", "joint statement"]);
        let joint = |back| {
            if back == 1 {
                ["joint", "Joint"]
            } else {
                ["", ""]
            }
        };
        assert!(set.has("statement", joint));
        assert!(!set.has("statement", |_| ["press", "press"]));
        assert!(set.has_word("treaty"));
    }
}
