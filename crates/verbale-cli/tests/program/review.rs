//! `review`: decisions made on the command line, their formats and their exit codes.

use std::path::Path;

use serde_json::Value;

use crate::support::{Run, examples, verbale};

/// A store of three texts in a folder, and how it is asked.
fn filled(folder: &Path) -> impl Fn(&[&str]) -> Run {
    let store = folder.join("review.db").display().to_string();
    let mut arguments = vec!["--store".into(), store.clone(), "add".into()];
    let files = examples("egy-eth").into_iter().take(3);
    arguments.extend(files.map(|file| file.display().to_string()));
    verbale(arguments).exits(0);
    move |arguments| verbale([&["--store", &store], arguments].concat())
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_person_decides_and_every_listing_follows() {
    let folder = tempfile::tempdir().unwrap();
    let ask = filled(folder.path());
    let facts = ids(&ask(&["facts"]).exits(0).jsonl());
    let records = ask(&["records"]).exits(0).out;
    let queue = ask(&["review", "list"]).exits(0).jsonl();
    assert_eq!(queue.len(), facts.len());
    let first = queue[0]["fact"]["id"].as_str().unwrap();

    let made = ask(&[
        "review",
        "reject",
        &first[..8],
        "--by",
        "Noor",
        "--note",
        "a rumour",
    ])
    .exits(0)
    .says(&["decision 1", "review.db.review.jsonl"])
    .jsonl();
    assert_eq!(made[0]["action"], "reject");
    assert_eq!(
        (&made[0]["by"], &made[0]["note"]),
        (&"Noor".into(), &"a rumour".into())
    );
    let left = ids(&ask(&["facts"]).exits(0).jsonl());
    assert_eq!(left.len(), facts.len() - 1);
    assert!(!left.contains(&first.to_owned()));
    assert!(!ask(&["records"]).exits(0).out.contains(first));
    let all = ask(&["facts", "--include", "rejected"]).exits(0).jsonl();
    assert_eq!(ids(&all), facts);
    let shown = all.iter().find(|fact| fact["id"] == first).unwrap();
    assert_eq!(shown["review"]["status"], "rejected");
    let with = ask(&["records", "--include", "rejected"]).exits(0).out;
    assert_eq!(with.lines().count(), records.lines().count());

    ask(&["review", "undo", "1", "--by", "Noor"]).exits(0);
    assert_eq!(ask(&["records"]).exits(0).out, records);
    assert_eq!(ids(&ask(&["facts"]).exits(0).jsonl()), facts);
    ask(&["review", "edit", first, "modality=alleged", "--by", "Sami"]).exits(0);
    let edited = ask(&["show", first, "--format", "json"]).exits(0).json();
    assert_eq!(edited["modality"], "alleged");
    assert_eq!(edited["review"]["status"], "edited");
    assert!(edited["review"]["original"]["modality"].is_string());
}

#[test]
fn lists_of_decisions_print_every_format_and_mistakes_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let ask = filled(folder.path());
    let listings: [&[&str]; 4] = [
        &["review", "list"],
        &["review", "decisions"],
        &["review", "agreement"],
        &["review", "decisions", "--unfit"],
    ];
    ask(listings[1]).exits(1).says(&["nothing found"]);
    let id = ids(&ask(&["facts"]).exits(0).jsonl())[0].clone();
    for (by, verb) in [("Noor", "accept"), ("Sami", "reject"), ("Sami", "accept")] {
        ask(&["review", verb, &id, "--by", by]).exits(0);
    }
    // A decision on a text that this store does not have.
    let journal = folder.path().join("review.db.review.jsonl");
    let lines = std::fs::read_to_string(&journal).unwrap();
    let doc = ask(&["facts"]).exits(0).jsonl()[0]["doc"].clone();
    let elsewhere = lines
        .lines()
        .next()
        .unwrap()
        .replace(doc.as_str().unwrap(), "0000000000000000");
    std::fs::write(&journal, format!("{lines}{elsewhere}\n")).unwrap();
    for listing in listings {
        let run = |format: &str| ask(&[listing, &["--format", format]].concat()).exits(0);
        let rows = run("json").json().as_array().unwrap().clone();
        assert!(!rows.is_empty(), "{listing:?}");
        assert_eq!(run("jsonl").jsonl(), rows);
        assert_eq!(run("md").out.lines().count(), rows.len() + 2);
        let csv = run("csv").out;
        assert_eq!(
            csv::Reader::from_reader(csv.as_bytes()).records().count(),
            rows.len()
        );
        assert!(run("text").out.lines().count() > rows.len());
    }
    ask(&["review", "list"])
        .exits(0)
        .says(&["1 earlier decisions fit no fact", "--unfit"]);
    let both = ask(&["review", "agreement"]).exits(0).jsonl();
    assert_eq!(
        (&both[0]["percent"], &both[0]["facts"]),
        (&100.0.into(), &1.into())
    );

    for (arguments, words) in [
        (
            &["review", "accept", "ffffffff", "--by", "Noor"][..],
            "no fact or record",
        ),
        (
            &["review", "edit", &id, "modality", "--by", "Noor"],
            "FIELD=VALUE",
        ),
        (
            &["review", "edit", &id, "tone=harsh", "--by", "Noor"],
            "event_type",
        ),
        (&["review", "undo", "99", "--by", "Noor"], "no decision 99"),
        (&["review", "accept", &id, "--by", ""], "--by NAME"),
    ] {
        ask(arguments).exits(2).says(&[words]);
    }
    assert_eq!(
        std::fs::read_to_string(&journal).unwrap(),
        format!("{lines}{elsewhere}\n")
    );
}
