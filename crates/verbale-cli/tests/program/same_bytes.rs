//! The same bytes out, on any number of threads and in any order of the files.

use std::path::PathBuf;

use crate::support::{SETS, examples, verbale};

/// Prints of one set: the page, and the lines of `code` in order of their words.
fn prints(files: &[PathBuf], a: &str, b: &str, threads: &str) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db").display().to_string();
    let files: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let options = ["--store", &store, "--threads", threads];
    let pair = [&["pair", a, b, "--format", "json"], &files[..]].concat();
    let page = verbale(options.iter().chain(&pair)).exits(0).out;
    let code = [&["code"], &files[..]].concat();
    let facts = verbale(options.iter().chain(&code)).exits(0).out;
    let mut lines: Vec<String> = facts.lines().map(String::from).collect();
    lines.sort();
    (page, lines)
}

#[test]
fn threads_and_order_leave_no_trace() {
    for (set, a, b) in SETS {
        let mut files = examples(set);
        let first = prints(&files, a, b, "1");
        assert!(!first.1.is_empty(), "{set}");
        assert!(
            prints(&files, a, b, "2") == first,
            "{set}: other bytes with two threads"
        );
        files.reverse();
        assert!(
            prints(&files, a, b, "2") == first,
            "{set}: other bytes in reverse order"
        );
    }
}

#[test]
fn one_text_at_a_time_gives_the_same_record() {
    let (set, a, b) = SETS[1];
    let files = examples(set);
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db").display().to_string();
    for file in files.iter().rev() {
        verbale(["--store", &store, "add", file.to_str().unwrap()]).exits(0);
    }
    let page = verbale(["--store", &store, "pair", a, b, "--format", "json"])
        .exits(0)
        .out;
    assert!(page == prints(&files, a, b, "1").0, "{set}");
}
