//! No verb but `serve` needs a network: each does its work where there is none.

use std::process::{Command, Stdio};

use crate::support::{Run, examples, root, verbale};
use crate::verbs::verbs;

/// Runs a program in a namespace that has no network, not even the loopback.
fn cut_off(program: &str, arguments: &[&str]) -> Run {
    let output = Command::new("unshare")
        .args(["--map-root-user", "--net", "--", program])
        .args(arguments)
        .env_remove("VERBALE_STORE")
        .stdin(Stdio::null())
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    Run {
        code: output.status.code().expect("the program was not killed"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Whether this machine lets us make such a namespace.
fn can_be_cut_off() -> bool {
    Command::new("unshare")
        .args(["--map-root-user", "--net", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[test]
fn every_verb_but_serve_works_without_a_network() {
    if !can_be_cut_off() {
        eprintln!("left out: no namespace without a network can be made here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let store = file("examples.db");
    let texts: Vec<String> = examples("aze-pak")
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let mut add: Vec<&str> = vec!["--store", &store, "add"];
    add.extend(texts.iter().map(String::as_str));
    verbale(add).exits(0);
    let listed = |verb: &str| {
        verbale(["--store", &store, verb, "--format", "jsonl"])
            .exits(0)
            .jsonl()
    };
    // Documents that no fact below is of can be taken away in between.
    let kept = listed("facts").remove(0);
    let fact = kept["id"].as_str().unwrap().to_owned();
    let mut docs: Vec<String> = listed("docs")
        .iter()
        .map(|doc| doc["id"].as_str().unwrap().to_owned())
        .collect();
    docs.retain(|doc| *doc != kept["doc"]);
    let run = listed("runs")[0]["id"].as_str().unwrap().to_owned();
    let path = |path: &str| root().join(path).display().to_string();
    let (data, gold, coded) = (
        path("data"),
        path("tests/gold/first"),
        path("tests/gold/texts"),
    );
    let (page, copy, corrected) = (file("facts.csv"), file("copy.db"), file("corrected.txt"));
    std::fs::write(&corrected, "Chad and Niger signed a memorandum in Zinder.").unwrap();
    let words = |verb: &str| -> Vec<&str> {
        match verb {
            "add" | "code" => vec![&texts[0]],
            "pair" | "conflicts" | "gaps" => vec!["AZE", "PAK"],
            "state" => vec!["AZE"],
            "try" => vec!["Chad and Niger signed a memorandum."],
            "show" | "why" | "cite" => vec![&fact],
            "search" => vec!["defence"],
            "export" => vec!["--as", "csv", "-o", &page],
            "review" => vec!["accept", &fact, "--by", "Noor"],
            "diff" => vec![&run, &run],
            "since" => vec!["2024-01-01"],
            "withdraw" => vec![&docs[1]],
            "correct" => vec![&docs[0], &corrected],
            "backup" => vec![&copy],
            "sql" => vec!["SELECT 1"],
            "eval" => vec![&gold, "--texts", &coded, "--prefix", "dev_col_ecu_1"],
            "check" => vec![&data],
            "completions" => vec!["bash"],
            _ => Vec::new(),
        }
    };
    let mut needing = Vec::new();
    for verb in verbs().iter().filter(|verb| *verb != "serve") {
        let mut arguments = vec!["--store", &store, verb];
        arguments.extend(words(verb));
        let run = cut_off(env!("CARGO_BIN_EXE_verbale"), &arguments);
        // 1 is a question to which these texts have no answer.
        if !matches!(run.code, 0 | 1) {
            needing.push(format!("{verb}: {}", run.err));
        }
    }
    assert!(needing.is_empty(), "{needing:#?}");
}
