//! The store over time: other rules, texts withdrawn and corrected, the past as it was, copies, questions in SQL.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::{self, Bench, Run, verbale};

const SIGNING: &str = "N'DJAMENA, 4 March 2019 (Sahel Wire) - Chad and Niger signed a memorandum on grazing routes on \
                       Monday. Chad accused Sudan of closing a well.\n";
const DINNER: &str = "NIAMEY, 9 May 2019 - The president of Chad visited Niger on Wednesday. Niger toasted Chad at a \
                      dinner for the guest.\n";
const CORRECTED: &str = "NIAMEY, 9 May 2019 - The president of Chad visited Niger on Thursday. Niger toasted Chad at a \
                         dinner for the guest.\n";

/// A rule that the built-in data do not have.
const TOAST: &str = r#"
id = "consult.toast"
note = "Toasts are drunk at the same table."

[[when]]
predicate = ["toast"]
agent = "state"
patient = "state"

[yields]
kind = "event"
event_type = "CONSULT"
cameo = "040"
actor = ["agent"]
recipient = ["patient"]

[[yes]]
text = "Niger toasted Chad."
actor = ["NER"]
recipient = ["TCD"]
event_type = "CONSULT"

[[no]]
text = "Niger planned to toast Chad."
because = "not done yet"
"#;

/// A store of two texts, and a folder `rules` that lays one more rule over the built-in data.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("news/signing.txt", SIGNING);
    bench.write("news/dinner.txt", DINNER);
    bench.write("rules/lang/en/rules/consult/toast.toml", TOAST);
    bench.run(&["add", &bench.path("news")]).exits(0);
    bench
}

fn recode(bench: &Bench, arguments: &[&str]) -> Run {
    let rules = bench.path("rules");
    bench.run(&[&["--data", &rules, "recode"], arguments].concat())
}

fn answers(bench: &Bench, before: &[&str]) -> Vec<String> {
    support::answers(&bench.path("store.db"), before)
}

fn field<'v>(rows: &'v [Value], name: &str) -> Vec<&'v str> {
    rows.iter()
        .map(|row| row[name].as_str().unwrap_or_default())
        .collect()
}

#[test]
fn coding_again_reaches_what_a_rule_changes_and_nothing_else() {
    let bench = bench();
    let before = answers(&bench, &[]);
    bench
        .run(&["recode"])
        .exits(0)
        .says(&["2 up to date", "0 coded again"]);
    bench.run(&["diff", "0.", "0."]).exits(1).says(&["2 texts"]);

    let dry = recode(&bench, &["--dry-run"])
        .exits(0)
        .says(&["would change"]);
    assert_eq!(field(&dry.jsonl(), "doc_name"), ["dinner.txt"]);
    assert!(answers(&bench, &[]) == before, "a dry run changes nothing");
    assert_eq!(bench.run(&["runs"]).exits(0).jsonl().len(), 1);

    let done = recode(&bench, &[]).exits(0).says(&["1 beyond the change"]);
    assert_eq!(done.out, dry.out);
    recode(&bench, &[]).exits(0).says(&["2 up to date"]);
    let fresh = bench.path("fresh.db");
    let (rules, news) = (bench.path("rules"), bench.path("news"));
    verbale(["--store", &fresh, "--data", &rules, "add", &news]).exits(0);
    let laid_over = ["--data", &rules];
    assert!(answers(&bench, &laid_over)[..3] == support::answers(&fresh, &laid_over)[..3]);

    let runs = bench.run(&["runs"]).exits(0).jsonl();
    let ids = field(&runs, "id");
    let left = |run: &Value| json!([run["coded"], run["current"]]);
    assert_eq!(
        [left(&runs[0]), left(&runs[1])],
        [json!([2, 1]), json!([1, 1])]
    );
    let changed = bench.run(&["diff", ids[0], ids[1]]).exits(0).jsonl();
    assert!(
        field(&changed, "text")
            .iter()
            .all(|words| words.starts_with("dinner.txt")),
        "{changed:?}"
    );
    let back = bench.run(&["diff", ids[1], ids[0]]).exits(0).jsonl();
    assert_eq!(changed.len(), back.len());
    bench
        .run(&["diff", ids[0], "nonesuch"])
        .exits(2)
        .says(&["nonesuch", "verbale runs"]);
}

#[test]
fn nothing_is_lost_from_the_past() {
    let bench = bench();
    let mut moments: Vec<(&str, Timestamp, Vec<String>)> = Vec::new();
    let remember = |moments: &mut Vec<_>, told| {
        let now = answers(&bench, &[]);
        moments.push((told, Timestamp::now(), now));
    };
    remember(&mut moments, "first");
    recode(&bench, &[]).exits(0);
    remember(&mut moments, "coded again");
    let facts = bench.run(&["facts"]).jsonl();
    let id = facts[0]["id"].as_str().unwrap();
    bench.run(&["review", "reject", id, "--by", "Ama"]).exits(0);
    remember(&mut moments, "rejected");
    let corrected = bench.write("dinner-corrected.txt", CORRECTED);
    let told = bench.run(&["correct", "dinner.txt", &corrected]).exits(0);
    assert_eq!(told.jsonl()[0]["status"], "corrected");
    remember(&mut moments, "corrected");
    bench.run(&["withdraw", "signing.txt"]).exits(0);
    remember(&mut moments, "withdrawn");
    assert_eq!(
        field(&bench.run(&["docs"]).jsonl(), "name"),
        ["dinner-corrected.txt"]
    );
    bench.run(&["add", &bench.path("news")]).exits(0);
    assert!(
        answers(&bench, &[]) == moments[4].2,
        "added again is not brought back"
    );
    bench.run(&["withdraw", "signing.txt", "--undo"]).exits(0);
    remember(&mut moments, "restored");

    let (.., now) = &moments[moments.len() - 1];
    for (told, at, then) in &moments {
        let at = at.to_string();
        assert!(
            answers(&bench, &["--as-of", &at]) == *then,
            "as it was {told}"
        );
        // What changed since, leads from then to now.
        let since = bench.run(&["since", &at]).jsonl();
        assert_eq!(since.is_empty(), then == now, "since {told}");
        let ids = |answers: &[String]| -> BTreeSet<String> {
            let lines = answers[0].lines().chain(answers[1].lines());
            lines
                .map(|line| {
                    let row: Value = serde_json::from_str(line).unwrap();
                    row["id"].as_str().unwrap().to_owned()
                })
                .collect()
        };
        let (then, now) = (ids(then), ids(now));
        for (change, of) in [
            ("gone", then.difference(&now).collect::<BTreeSet<_>>()),
            ("new", now.difference(&then).collect()),
        ] {
            let listed: BTreeSet<String> = since
                .iter()
                .filter(|row| row["change"] == change && row["what"] != "document")
                .map(|row| row["id"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(
                listed.iter().collect::<BTreeSet<_>>(),
                of,
                "{change} since {told}"
            );
        }
    }
    // The last is the one before the withdrawal again.
    let distinct: BTreeSet<&Vec<String>> = moments.iter().map(|(.., then)| then).collect();
    assert_eq!(distinct.len(), moments.len() - 1);
    let long_ago = ["--as-of", "2000-01-01"];
    assert!(answers(&bench, &long_ago).concat().is_empty());
    for verb in [&["recode"][..], &["withdraw", "signing.txt"], &["add", "x"]] {
        bench
            .run(&[&long_ago, verb].concat())
            .exits(2)
            .says(&["the past is not changed"]);
    }
    bench
        .run(&["--as-of", "then", "facts"])
        .exits(2)
        .says(&["2024-07-13"]);
}

#[test]
fn a_correction_is_one_new_text_and_can_be_made_again() {
    let bench = bench();
    let before = answers(&bench, &[]);
    let nowhere = bench.path("nowhere.txt");
    let same = bench.path("news/dinner.txt");
    let two = bench.path("news");
    bench
        .run(&["correct", "menu.txt", &same])
        .exits(1)
        .says(&["menu.txt"]);
    for file in [&nowhere, &same, &two] {
        bench
            .run(&["correct", "dinner.txt", file])
            .exits(2)
            .says(&[file]);
        assert!(answers(&bench, &[]) == before, "{file}");
    }
    // Stopped after the text came in and before the old one left: what is asked again completes.
    let corrected = bench.write("dinner-corrected.txt", CORRECTED);
    bench.run(&["add", &corrected]).exits(0);
    bench.run(&["correct", "dinner.txt", &corrected]).exits(0);
    let names: BTreeSet<String> = field(&bench.run(&["docs"]).jsonl(), "name")
        .into_iter()
        .map(String::from)
        .collect();
    assert_eq!(
        names,
        ["dinner-corrected.txt", "signing.txt"]
            .map(String::from)
            .into()
    );
    bench.run(&["withdraw", "dinner.txt"]).exits(1);
    bench.run(&["withdraw", "signing.txt", "--undo"]).exits(1);
}

#[test]
fn a_copy_answers_alike_and_sql_changes_nothing() {
    let bench = bench();
    let id = bench.run(&["facts"]).jsonl()[0]["id"].clone();
    let id = id.as_str().unwrap();
    bench.run(&["review", "reject", id, "--by", "Ama"]).exits(0);
    let copy = bench.path("copy.db");
    bench.run(&["backup", &copy]).exits(0).says(&[&copy]);
    let of_copy = support::answers(&copy, &[]);
    assert!(of_copy == answers(&bench, &[]));
    let bytes = fs::read(&copy).unwrap();
    bench
        .run(&["backup", &copy])
        .exits(2)
        .says(&[&copy, "another name"]);
    assert!(
        fs::read(&copy).unwrap() == bytes,
        "a backup replaces nothing"
    );
    let nowhere = bench.path("no/folder/copy.db");
    bench.run(&["backup", &nowhere]).exits(2).says(&[&nowhere]);

    let rows = bench
        .run(&["sql", "SELECT count(*) AS n FROM documents"])
        .exits(0)
        .jsonl();
    assert_eq!(rows[0]["n"], 2);
    bench
        .run(&["sql", "SELECT id FROM documents WHERE id = ''"])
        .exits(1);
    let elsewhere = bench.path("elsewhere.db");
    for write in [
        "DELETE FROM facts".into(),
        "WITH x AS (SELECT 1) DELETE FROM facts".into(),
        "SELECT 1; DELETE FROM facts".into(),
        "PRAGMA writable_schema = ON".into(),
        format!("ATTACH DATABASE '{elsewhere}' AS e"),
        format!("VACUUM INTO '{elsewhere}'"),
    ] {
        bench.run(&["sql", &write]).exits(2).says(&["error"]);
    }
    assert!(!Path::new(&elsewhere).exists());
    assert!(answers(&bench, &[]) == of_copy);
}
