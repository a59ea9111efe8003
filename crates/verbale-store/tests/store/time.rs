//! The store over time: layouts, runs, withdrawals, the past, copies, questions in SQL.

use std::path::Path;

use jiff::Timestamp;
use verbale::pipeline::Language;
use verbale_store::review::{Coded, Request, Signature};
use verbale_store::{Put, Store, changes, query};

use crate::support::{FUSION, coded, facts, put, records, refresh, run};

const TEXT: &str = "Gabon and Togo signed a memorandum on ferry safety. Gabon accused Benin of closing the road.\n";
const OTHER: &str = "Ghana's president visited Benin on 9 May 2019.\n";

fn pause() -> Timestamp {
    std::thread::sleep(std::time::Duration::from_millis(3));
    let now = Timestamp::now();
    std::thread::sleep(std::time::Duration::from_millis(3));
    now
}

#[test]
fn a_store_of_the_first_layout_opens_with_all_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/layout-1.db"),
        &path,
    )
    .unwrap();
    let held = rusqlite::Connection::open(&path)
        .unwrap()
        .query_row("SELECT count(*) FROM facts", [], |row| row.get::<_, i64>(0))
        .unwrap();
    let mut store = Store::open(&path).unwrap();
    assert_eq!(facts(&store).len() as i64, held);
    assert!(held > 0);
    assert!(store.records_stale(FUSION).unwrap());
    refresh(&mut store);
    // What the first layout held was always there, and lives on in the new one.
    let past = store
        .as_of("2000-01-01T00:00:00Z".parse().unwrap())
        .unwrap();
    assert!(facts(&past) == facts(&store));
    put(&mut store, &coded("visit.txt", OTHER), &run("new"));
    assert_eq!(store.runs().unwrap().len(), 2);
    drop(store);
    let again = Store::open(&path).unwrap();
    assert_eq!(again.documents().unwrap().len(), 2);
}

#[test]
fn the_past_is_kept_through_recoding_withdrawal_and_review() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("s.db")).unwrap();
    let (first, second) = (run("first"), run("second"));
    let whole = coded("a.txt", TEXT);
    let Coded {
        document,
        facts: found,
    } = whole.clone();
    put(&mut store, &whole, &first);
    put(&mut store, &coded("b.txt", OTHER), &first);
    refresh(&mut store);
    let mut moments = vec![(pause(), facts(&store))];

    // Other rules find less.
    let less = Coded {
        document: document.clone(),
        facts: found[..1].to_vec(),
    };
    assert_eq!(put(&mut store, &less, &second), Put::Recoded);
    moments.push((pause(), facts(&store)));
    let request = Request::Reject {
        id: facts(&store)[0].id.clone(),
    };
    let signature = Signature {
        by: "Ama".into(),
        note: None,
        at: Timestamp::now(),
    };
    store
        .decide(&request, &signature, Language::embedded())
        .unwrap();
    moments.push((pause(), facts(&store)));
    assert!(store.withdraw(&document.id, false, None).unwrap());
    assert!(!store.withdraw(&document.id, false, None).unwrap());
    moments.push((pause(), facts(&store)));
    // Adding the same text again does not bring it back.
    assert_eq!(put(&mut store, &less, &run("third")), Put::Known);
    assert_eq!(store.documents().unwrap().len(), 1);
    assert!(store.search("ferry", 10).unwrap().is_empty());
    assert!(store.withdraw(&document.id, true, None).unwrap());
    moments.push((pause(), facts(&store)));

    let mut distinct = std::collections::BTreeSet::new();
    for (at, then) in &moments {
        let past = store.as_of(*at).unwrap();
        assert!(facts(&past) == *then, "as of {at}");
        distinct.insert(then.len());
    }
    assert!(distinct.len() >= 3, "the moments differ: {distinct:?}");
    let mut before = store.as_of(moments[0].0).unwrap();
    refresh(&mut before);
    refresh(&mut store);
    let changed = changes(&before, &store).unwrap();
    assert!(
        changed
            .iter()
            .any(|change| (change.what, change.change) == ("fact", "gone"))
    );
    assert!(changed.iter().any(|change| change.what == "record"));

    let runs = store.runs().unwrap();
    let ids: Vec<&str> = runs.iter().map(|entry| entry.run.data.as_str()).collect();
    assert_eq!(ids, ["first", "second"]);
    assert_eq!(
        store.facts_of_run(&runs[0].id).unwrap()[&document.id],
        found
    );
    assert_eq!(
        store.facts_of_run(&runs[1].id).unwrap()[&document.id],
        found[..1]
    );
}

#[test]
fn a_copy_is_whole_and_questions_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let mut store = Store::open(&path).unwrap();
    put(&mut store, &coded("a.txt", TEXT), &run("first"));
    refresh(&mut store);
    let copy = folder.path().join("copy.db");
    store.backup(&copy).unwrap();
    let copied = Store::open(&copy).unwrap();
    assert!(facts(&copied) == facts(&store));
    assert!(records(&copied) == records(&store));
    assert!(store.backup(&copy).is_err(), "a backup replaces no file");

    let rows = query(&path, "SELECT kind, count(*) AS n FROM facts GROUP BY kind").unwrap();
    let total: i64 = rows.iter().map(|row| row["n"].as_i64().unwrap()).sum();
    assert_eq!(total as usize, facts(&store).len());
    let before = facts(&store);
    for write in [
        "DELETE FROM facts",
        "WITH x AS (SELECT 1) DELETE FROM facts",
        "PRAGMA user_version = 9",
        "VACUUM INTO 'elsewhere.db'",
        "ATTACH DATABASE 'elsewhere.db' AS e",
        "DROP TABLE records",
        "SELECT 1; DELETE FROM facts",
        "",
    ] {
        assert!(query(&path, write).is_err(), "{write}");
    }
    assert!(facts(&store) == before);
}
