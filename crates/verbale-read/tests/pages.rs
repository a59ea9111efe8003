//! The article in forty pages of ten layouts (`tests/formats/pages`), measured by the words that are found.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use verbale_read::{Options, read};

/// The least that a page may have, and the mean of all.
const EACH: f64 = 0.95;
const ALL: f64 = 0.97;

fn counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|char: char| !char.is_alphanumeric()) {
        if !word.is_empty() {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    counts
}

fn f1(found: &str, gold: &str) -> f64 {
    let (found, gold) = (counts(found), counts(gold));
    let both: usize = found
        .iter()
        .map(|(word, count)| count.min(gold.get(word).unwrap_or(&0)))
        .sum();
    let all: usize = found.values().chain(gold.values()).sum();
    2.0 * both as f64 / all as f64
}

#[test]
fn the_article_is_found_in_every_layout() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats/pages");
    let mut scores: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut low = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let page = fs::read(&path).unwrap();
        let (document, _) = read(&page, &name, &Options::default()).remove(0).unwrap();
        let gold = fs::read_to_string(path.with_extension("txt")).unwrap();
        let score = f1(&document.text, &gold);
        if score < EACH {
            low.push(format!("{name}: {score:.3}\n{}", document.text));
        }
        let (layout, _) = name.split_once('-').unwrap();
        scores.entry(layout.to_owned()).or_default().push(score);
        assert!(document.title.is_some(), "{name} has no title");
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    for (layout, values) in &scores {
        println!("{layout}\t{:.3}", mean(values));
    }
    let all: Vec<f64> = scores.into_values().flatten().collect();
    println!("all\t{:.3}", mean(&all));
    assert_eq!(all.len(), 40);
    assert!(low.is_empty(), "{}", low.join("\n\n"));
    assert!(mean(&all) >= ALL);
}
