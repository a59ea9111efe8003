//! Texts, the coder with other data, and what a store holds, as bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Serialize;
use verbale::data::Data;
use verbale_engine::asked::Known;
use verbale_engine::inputs::Input;
use verbale_engine::{Engine, ingest};
use verbale_store::{FactFilter, RecordFilter, Store};

/// The coder with the data that the program was built with.
pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::load(None, None).unwrap())
}

/// The coder with other data; `None` if they are unsound, as a person's change may leave them.
pub fn engine_with(data: &Data) -> Option<Engine> {
    Engine::of(data.clone(), "the data of the test", None).ok()
}

/// Path and words of the articles below these folders of the workspace whose names begin so, in order of path.
pub fn articles(folders: &[&str], prefix: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with(prefix) && name.ends_with(".txt")
        })
        .collect();
    paths.sort();
    let named = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    paths.iter().map(named).collect()
}

/// Codes texts into a store.
pub fn add(engine: &Engine, store: &mut Store, texts: &[(String, String)]) {
    let inputs = texts
        .iter()
        .map(|(name, text)| Input::bytes(name, text.clone().into_bytes()))
        .collect();
    let outcome = ingest::add(engine, store, inputs, &Known::default(), &|_| {}).unwrap();
    assert_eq!(outcome.failed, 0);
}

/// Facts and records of a store as its listings print them.
pub fn answers(store: &Store) -> [Vec<String>; 2] {
    [
        lines(&store.facts(&FactFilter::default()).unwrap()),
        lines(&store.records(&RecordFilter::default()).unwrap()),
    ]
}

fn lines<T: Serialize>(rows: &[T]) -> Vec<String> {
    rows.iter()
        .map(|row| serde_json::to_string(row).unwrap())
        .collect()
}

/// A generator of numbers that is the same everywhere.
pub struct Random(pub u64);

impl Random {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}
