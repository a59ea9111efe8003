//! One article in every format gives one set of facts; folders, patterns, reports and languages.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{command, root, verbale};

/// Fields that say where in which text a fact stands.
const PLACES: [&str; 7] = [
    "id",
    "doc",
    "doc_name",
    "start",
    "end",
    "char_start",
    "char_end",
];
const MAP: &str = "text=body,title=headline,published=date,source=paper";

/// A fact without ids and offsets. The outlet's own voice has words and a place only where the text names the outlet.
fn without_places(mut value: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| !PLACES.contains(&name.as_str()) && name != "anchor");
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut value);
    value
}

#[test]
fn every_format_gives_the_same_facts() {
    let folder = root().join("tests/formats/same");
    let facts = |name: &str| -> Vec<Value> {
        let file = folder.join(name).display().to_string();
        let run = verbale(["code", &file, "--map", MAP]).exits(0);
        run.jsonl().into_iter().map(without_places).collect()
    };
    let expected = facts("article.txt");
    assert!(expected.len() > 5, "{}", expected.len());
    let mut files = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let found = facts(&name);
        assert_eq!(found.len(), expected.len(), "{name}");
        for (one, other) in found.iter().zip(&expected) {
            assert_eq!(one, other, "{name}");
        }
        files += 1;
    }
    assert!(files >= 17, "{files}");
}

#[test]
fn a_folder_of_formats_is_one_text_to_the_store() {
    let bench = tempfile::tempdir().unwrap();
    let path = |name: &str| bench.path().join(name).display().to_string();
    let (store, report) = (path("store.db"), path("report.jsonl"));
    let folder = root().join("tests/formats/same").display().to_string();
    let add = |more: &[&str]| {
        let fixed = [
            "--store", &store, "add", &folder, "--map", MAP, "--report", &report,
        ];
        let run = verbale(fixed.iter().chain(more)).exits(0);
        let lines: Vec<Value> = fs::read_to_string(&report)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        (run, lines)
    };
    let (_, lines) = add(&["--include", "*.{html,json}", "--exclude", "*saved*"]);
    let places: Vec<&str> = lines
        .iter()
        .map(|line| line["place"].as_str().unwrap())
        .collect();
    assert!(
        places.len() == 2
            && places[0].ends_with("article.html")
            && places[1].ends_with("article.json")
    );
    assert_eq!(lines[0]["basis"]["published"], "json-ld datePublished");
    assert_eq!(lines[0]["status"], "ok");
    let (_, lines) = add(&[]);
    let duplicates = lines
        .iter()
        .filter(|line| line["status"] == "duplicate")
        .count();
    assert!(duplicates >= 2, "{lines:#?}");
    // The report is in the order of the paths, whatever thread was first.
    let places: Vec<&str> = lines
        .iter()
        .map(|line| line["place"].as_str().unwrap())
        .collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!(places, sorted);
}

#[test]
fn other_languages_are_set_aside_and_counted() {
    let bench = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = bench.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let french = write(
        "fr.txt",
        "Le ministre des Affaires étrangères du Mali est arrivé lundi à Lomé pour une visite de travail de deux jours.",
    );
    let russian = write(
        "ru.html",
        "<html lang='en'><p>Министр иностранных дел Казахстана прибыл в Ташкент с рабочим визитом в понедельник утром.",
    );
    let english = write(
        "en.txt",
        "Mali and Togo signed an agreement on the border in Lomé on Monday.",
    );
    let broken = write("broken.pdf", "%PDF-1.7 and nothing more");
    let report = bench.path().join("report.jsonl").display().to_string();
    let store = bench.path().join("store.db").display().to_string();
    let run = verbale([
        "--store", &store, "add", &french, &russian, &english, &broken, "--report", &report,
    ]);
    run.exits(2).says(&[
        "1 added",
        "2 not English",
        "1 failed",
        "fr.txt",
        "its language is fr",
        &broken,
        "PDF",
    ]);
    let lines = fs::read_to_string(&report).unwrap();
    let statuses: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["status"].clone())
        .collect();
    assert_eq!(statuses, ["failed", "ok", "not_english", "not_english"]);
    assert!(lines.contains("not a readable PDF"), "{lines}");
}

#[test]
fn standard_input_is_told_by_how_it_begins() {
    let folder = root().join("tests/formats/same");
    for name in [
        "article.html",
        "article.jsonl.zst",
        "article.warc.gz",
        "article.pdf",
        "article-atom.xml",
        "article.eml",
        "article.txt",
    ] {
        let mut child = command()
            .args(["code", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        child.stdin.take().unwrap().write_all(&bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        let facts = String::from_utf8(output.stdout).unwrap().lines().count();
        assert!(
            output.status.success() && facts > 5,
            "{name}: {facts} facts"
        );
    }
}
