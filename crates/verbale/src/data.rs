//! The data folder as a value: lists and rules by path, embedded or laid over by a user's folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};

/// Files of the data folder by their path below it (`lang/en/lists/offices.tsv`), forward slashes.
#[derive(Debug, Clone)]
pub struct Data {
    files: BTreeMap<Cow<'static, str>, Cow<'static, str>>,
}

/// Something wrong in a data file: names the file, the line and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataError {
    /// Path below the data folder.
    pub file: String,
    /// Line, counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for DataError {}

impl Data {
    /// The data that the program was built with.
    pub fn embedded() -> Self {
        static PACK: &str = include_str!(concat!(env!("OUT_DIR"), "/data.pack"));
        let mut files = BTreeMap::new();
        let Some(end) = PACK.find("\n\n") else {
            return Data { files };
        };
        let mut at = end + 2;
        for line in PACK[..end].lines() {
            let (name, length) = line
                .split_once('\t')
                .expect("the build writes name, tab, length");
            let length: usize = length.parse().expect("the build writes a length");
            files.insert(Cow::Borrowed(name), Cow::Borrowed(&PACK[at..at + length]));
            at += length;
        }
        Data { files }
    }

    /// The same data with one file replaced or added.
    pub fn with(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.files
            .insert(Cow::Owned(path.into()), Cow::Owned(text.into()));
        self
    }

    /// The same data without one file.
    pub fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// All files below a folder (`lang/en/rules/`), in order of path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_ref(), text.as_ref()))
            .filter(move |(path, _)| path.starts_with(folder))
    }

    /// SHA-256 over all paths and texts, in hex: names the data of a run.
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for (path, text) in &self.files {
            hash.update(path.as_bytes());
            hash.update([0]);
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
