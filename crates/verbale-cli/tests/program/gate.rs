//! What the gate sets aside is kept, counted and named, and a wider gate codes it after all.

use std::fs;

use serde_json::Value;

use crate::support::{Bench, verbale};

const ONE_SIDED: &str = "President Juana Mamani of Peru opened a bridge.";
const TWO_SIDED: &str = "Chad and Niger signed a memorandum on grazing routes.";

#[test]
fn set_aside_texts_are_kept_counted_and_named() {
    let bench = Bench::new();
    let one = bench.write("one.txt", ONE_SIDED);
    let two = bench.write("two.txt", TWO_SIDED);
    let (store, report) = (bench.path("s.db"), bench.path("report.jsonl"));
    verbale(["--store", &store, "add", &one, &two, "--report", &report])
        .exits(0)
        .says(&["1 added", "1 one-sided"]);
    let report = fs::read_to_string(report).unwrap();
    let lines: Vec<Value> = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["status"], "one_sided");
    assert!(lines[0]["why"].as_str().unwrap().contains("--gate off"));
    assert_eq!(lines[1]["status"], "ok");
    let stats = verbale(["--store", &store, "stats", "--format", "json"]).json();
    let stats = stats.as_array().map_or(&stats, |rows| &rows[0]);
    assert_eq!(stats["not_coded"]["one_sided"], 1);
    let docs = verbale(["--store", &store, "docs", "--format", "jsonl"]).jsonl();
    let status = |name: &str| {
        let found = docs.iter().find(|document| document["name"] == name);
        found.unwrap()["status"].clone()
    };
    assert_eq!([status("one.txt"), status("two.txt")], ["one_sided", "ok"]);
    let why = format!("one.txt:0-{}", ONE_SIDED.len());
    let told = verbale(["--store", &store, "why", &why, "--format", "text"]).out;
    assert!(told.contains("set aside"), "{told}");
}

#[test]
fn another_gate_is_another_run() {
    let bench = Bench::new();
    let one = bench.write("one.txt", ONE_SIDED);
    let store = bench.path("s.db");
    let facts = || verbale(["--store", &store, "facts"]).jsonl().len();
    verbale(["--store", &store, "add", &one]).exits(0);
    assert_eq!(facts(), 0);
    verbale(["--store", &store, "--gate", "off", "add", &one])
        .exits(0)
        .says(&["1 coded again"]);
    assert!(facts() > 0);
    verbale(["--store", &store, "recode"]).exits(0);
    assert_eq!(facts(), 0);
}

#[test]
fn code_obeys_the_gate_and_try_does_not() {
    let bench = Bench::new();
    let one = bench.write("one.txt", ONE_SIDED);
    let two = bench.write("two.txt", TWO_SIDED);
    let facts = |gate: &str| {
        let run = verbale(["--gate", gate, "code", &one, &two]);
        run.exits(0).jsonl().len()
    };
    assert!(facts("off") > facts("document"));
    assert!(facts("document") > 0);
    assert_eq!(facts("document"), facts("full"));
    let tried = verbale(["try", ONE_SIDED, "--format", "json"]).json();
    assert!(!tried["facts"].as_array().unwrap().is_empty());
    verbale(["--gate", "half", "code", &two])
        .exits(2)
        .says(&["off, document or full"]);
}
