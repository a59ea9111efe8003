//! The pages say what the program does, and all of it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::support::{command, root, verbale};
use crate::verbs::verbs;

fn page(name: &str) -> String {
    let path = root().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_verb_has_its_row() {
    let page = page("docs/VERBS.md");
    let rows: BTreeSet<String> = page
        .lines()
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| {
            line.strip_prefix("| `")?
                .split(['`', ' '])
                .next()
                .map(String::from)
        })
        .collect();
    assert_eq!(rows, verbs());
}

#[test]
fn commands_in_the_pages_use_verbs_that_exist() {
    let verbs = verbs();
    for name in [
        "README.md",
        "docs/VERBS.md",
        "docs/EXPORTS.md",
        "docs/ADDING-A-RULE.md",
        "docs/TUTORIAL.md",
    ] {
        for line in page(name).lines() {
            let Some(command) = line.strip_prefix("    verbale ") else {
                continue;
            };
            let verb = command.split_whitespace().next().unwrap();
            assert!(
                verb.starts_with('-') || verbs.contains(verb),
                "{name}: {line}"
            );
        }
    }
}

/// Follows the tutorial line by line, in a folder that holds nothing but the examples.
#[test]
fn the_tutorial_can_be_followed() {
    let folder = tempfile::tempdir().unwrap();
    let examples = folder.path().join("examples/aze-pak");
    fs::create_dir_all(&examples).unwrap();
    for text in crate::support::examples("aze-pak") {
        fs::copy(&text, examples.join(text.file_name().unwrap())).unwrap();
    }
    let run = |words: &[String]| {
        let output = command()
            .args(words)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {told}");
        String::from_utf8(output.stdout).unwrap()
    };
    let tutorial = page("docs/TUTORIAL.md");
    let mut followed = 0;
    let mut id = String::new();
    for line in tutorial.lines() {
        let Some(words) = line.strip_prefix("    verbale ") else {
            continue;
        };
        let words: Vec<String> = words
            .split('#')
            .next()
            .unwrap()
            .split_whitespace()
            .map(|word| {
                if word == "ID" {
                    id.clone()
                } else {
                    word.into()
                }
            })
            .collect();
        followed += 1;
        if words[0] == "serve" {
            let mut serving = command()
                .args(&words)
                .args(["--port", "0"])
                .current_dir(folder.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut told = String::new();
            let lines = serving.stdout.take().unwrap();
            BufReader::new(lines).read_line(&mut told).unwrap();
            serving.kill().unwrap();
            serving.wait().unwrap();
            assert!(told.starts_with("store "), "{told}");
            continue;
        }
        let out = run(&words);
        if words[0] == "facts" {
            let fact: serde_json::Value =
                serde_json::from_str(out.lines().next().unwrap()).unwrap();
            id = fact["id"].as_str().unwrap()[..8].to_string();
        }
    }
    assert!(followed > 8, "{followed}");
    let briefing = fs::read_to_string(folder.path().join("briefing.md")).unwrap();
    let notes = briefing
        .lines()
        .filter(|line| line.starts_with("[^"))
        .count();
    assert!(notes > 20, "the briefing has {notes} footnotes");
    assert!(folder.path().join("briefing.html").exists());
}

#[test]
fn links_in_the_pages_lead_somewhere() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "docs/VERBS.md",
        "docs/EXPORTS.md",
        "docs/TUTORIAL.md",
    ] {
        let folder = root().join(Path::new(name).parent().unwrap());
        let text = page(name);
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            assert!(
                folder.join(target).exists(),
                "{name}: {target} is not there"
            );
        }
    }
}

#[test]
fn every_export_is_described() {
    let help = verbale(["export", "--help"]).exits(0).out;
    let page = page("docs/EXPORTS.md");
    let (_, formats) = help.split_once("The format").unwrap();
    let names = formats
        .lines()
        .skip_while(|line| !line.contains("Possible values"))
        .skip(1)
        .take_while(|line| line.trim_start().starts_with("- "))
        .filter_map(|line| line.trim_start().strip_prefix("- ")?.split(':').next());
    let mut count = 0;
    for name in names {
        assert!(
            page.contains(&format!("| `{name}` |")),
            "docs/EXPORTS.md has no row for {name}"
        );
        count += 1;
    }
    assert_eq!(count, 12, "{help}");
}

#[test]
fn every_crate_is_on_the_map() {
    let map = page("ARCHITECTURE.md");
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            map.contains(&format!("crates/{name}`")),
            "ARCHITECTURE.md has no row for {name}"
        );
    }
}
