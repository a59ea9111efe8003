//! The pages say what the program does, and all of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{root, verbale};
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

#[test]
fn links_in_the_pages_lead_somewhere() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "docs/VERBS.md",
        "docs/EXPORTS.md",
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
