//! Texts coded and put into a store, and what it then holds.

use std::collections::BTreeSet;

use verbale::fuse::{DocumentInfo, FusionRules, fuse_with};
use verbale::pipeline::{Language, code_document};
use verbale::record::{Fact, Record};
use verbale_parse::Parser;
use verbale_read::{Appearance, Options, read_text};
use verbale_store::review::Coded;
use verbale_store::{Coding, FactFilter, Kept, Placed, Put, RecordFilter, Run, Store};

/// Who makes the records here.
pub const FUSION: &str = "test";

/// A run of other data than that of any other name.
pub fn run(data: &str) -> Run {
    Run {
        program: "test".into(),
        data: data.into(),
        model: "model".into(),
    }
}

/// A text with what the program finds in it.
pub fn coded(name: &str, text: &str) -> Coded {
    let (document, _) = read_text(text.as_bytes(), name, &Options::default()).unwrap();
    let reading = code_document(&document, Language::embedded(), Parser::english());
    Coded {
        document: reading.document,
        facts: reading.facts,
    }
}

/// Puts a coded text, found under its own name.
pub fn put(store: &mut Store, Coded { document, facts }: &Coded, run: &Run) -> Put {
    let place = Appearance {
        place: document.name.clone(),
        outlet: None,
    };
    let coding = Coding {
        facts,
        ..Coding::default()
    };
    store.put(document, "ok", &place, &coding, run).unwrap()
}

/// Makes the records of the facts and decisions that the store holds now.
pub fn refresh(store: &mut Store) {
    assert!(store.records_stale(FUSION).unwrap());
    let basis = store.basis(FUSION).unwrap();
    let rules = FusionRules::embedded();
    let sources: Vec<DocumentInfo> = store
        .documents()
        .unwrap()
        .iter()
        .map(|stored| DocumentInfo::of(&stored.document, rules))
        .collect();
    let joins = store.layer().unwrap().joins;
    let records = fuse_with(&facts(store), &sources, rules, &joins);
    let placed: Vec<Placed> = records
        .into_iter()
        .map(|record| Placed {
            record,
            shard: String::new(),
            touches: BTreeSet::new(),
            ties: BTreeSet::new(),
        })
        .collect();
    store.keep_all(&placed, &Kept::default(), &basis).unwrap();
    assert!(!store.records_stale(FUSION).unwrap());
}

/// All current facts.
pub fn facts(store: &Store) -> Vec<Fact> {
    store.facts(&FactFilter::default()).unwrap()
}

/// All records.
pub fn records(store: &Store) -> Vec<Record> {
    store.records(&RecordFilter::default()).unwrap()
}
