//! Killed at any moment, the store opens, nothing that was accepted is lost, and the same verb given again completes.
//!
//! Twelve moments by default; `VERBALE_KILLS=100` tries a hundred of each verb.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::support::{Bench, command, examples, root, verbale};

/// How many moments of each verb are tried.
fn moments() -> u32 {
    env::var("VERBALE_KILLS").map_or(4, |count| count.parse().unwrap())
}

/// All rows of a question; none while there is no such table yet.
fn rows(store: &Path, sql: &str) -> Vec<String> {
    let connection = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_WRITE);
    let rows = connection.and_then(|connection| {
        connection.busy_timeout(Duration::from_secs(5))?;
        let mut statement = connection.prepare(sql)?;
        statement.query_map([], |row| row.get(0))?.collect()
    });
    rows.unwrap_or_default()
}

/// What the store holds, as bytes: documents, current facts, names and records.
fn holdings(store: &Path) -> [Vec<String>; 4] {
    [
        "SELECT id || status || run || coalesce(confirmed, '') || withdrawn || json FROM documents ORDER BY id",
        "SELECT f.json FROM facts f JOIN held d ON d.id = f.document AND d.run = f.run ORDER BY f.document, f.id",
        "SELECT document || entity || form || times FROM names ORDER BY 1",
        "SELECT json FROM records ORDER BY id",
    ]
    .map(|sql| rows(store, sql))
}

/// When a verb is killed: so long after it started, or after others could see that it wrote.
#[derive(Debug, Clone, Copy)]
enum When {
    Started(Duration),
    Wrote(Duration),
}

/// A verb at work, and what others can see of it.
struct Watched<'w> {
    arguments: &'w [String],
    /// What is accepted: documents or decisions.
    seen: &'w dyn Fn(&Path) -> BTreeSet<String>,
}

impl Watched<'_> {
    fn all<'s>(&'s self, store: &'s str) -> impl Iterator<Item = &'s str> {
        let verb = self.arguments.iter().map(String::as_str);
        ["--store", store].into_iter().chain(verb)
    }

    /// Lets the verb end, and gives how long it took since it started and since it first wrote.
    fn undisturbed(&self, store: &Path) -> [Duration; 2] {
        let (started, first) = (Instant::now(), writings(store));
        let mut child = self.spawn(store);
        while writings(store) == first && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_micros(300));
        }
        let wrote = Instant::now();
        assert!(child.wait().unwrap().success());
        [started.elapsed(), wrote.elapsed()]
    }

    /// Kills the verb, and gives what was accepted before.
    fn killed(&self, store: &Path, when: When) -> BTreeSet<String> {
        let first = writings(store);
        let mut child = self.spawn(store);
        let after = match when {
            When::Started(after) => after,
            When::Wrote(after) => {
                while writings(store) == first && child.try_wait().unwrap().is_none() {
                    sleep(Duration::from_micros(300));
                }
                after
            }
        };
        sleep(after);
        let accepted = (self.seen)(store);
        child.kill().unwrap();
        child.wait().unwrap();
        accepted
    }

    fn spawn(&self, store: &Path) -> Child {
        command()
            .args(self.all(store.to_str().unwrap()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Kills the verb at moments spread over its work, each on a store made by `make`; then gives it again, unless what
    /// was accepted shows it is `done`, and compares with a store where it ended undisturbed.
    fn at_any_moment(&self, make: impl Fn(&Path), done: impl Fn(&Path) -> bool) {
        let bench = Bench::new();
        let store = |name: &str| PathBuf::from(bench.path(name));
        // Whoever asks next completes what is missing.
        let settle = |store: &Path| {
            let options = self
                .all(store.to_str().unwrap())
                .take_while(|word| !VERBS.contains(word));
            verbale(options.chain(["records"]));
        };
        let whole = store("undisturbed.db");
        make(&whole);
        let [all, writing] = self.undisturbed(&whole);
        settle(&whole);
        let expected = holdings(&whole);
        assert!(expected.iter().all(|rows| !rows.is_empty()));
        for moment in 0..moments() {
            let store = store(&format!("{moment}.db"));
            make(&store);
            let when = match moment % 2 {
                0 => When::Wrote(writing * moment / moments()),
                _ => When::Started(all * moment / moments()),
            };
            let accepted = self.killed(&store, when);
            if store.exists() {
                let check = rows(&store, "SELECT * FROM pragma_integrity_check");
                assert_eq!(check, ["ok"], "killed {when:?}");
            }
            assert!(accepted.is_subset(&(self.seen)(&store)), "killed {when:?}");
            if !done(&store) {
                verbale(self.all(store.to_str().unwrap())).exits(0);
            }
            settle(&store);
            assert!(holdings(&store) == expected, "killed {when:?}");
        }
    }
}

/// The verbs that are killed here.
const VERBS: [&str; 3] = ["add", "recode", "review"];

/// What changes whenever something is written to a store or its journal.
fn writings(store: &Path) -> (Vec<String>, Option<u64>) {
    let version = "SELECT value FROM state WHERE key = 'version'";
    let journal = fs::metadata(journal(store)).ok();
    (rows(store, version), journal.map(|journal| journal.len()))
}

fn journal(store: &Path) -> String {
    format!("{}.review.jsonl", store.display())
}

fn documents(store: &Path) -> BTreeSet<String> {
    rows(store, "SELECT id || json FROM documents")
        .into_iter()
        .collect()
}

fn add(files: &[std::path::PathBuf]) -> Vec<String> {
    let files = files.iter().map(|file| file.display().to_string());
    std::iter::once("add".to_owned()).chain(files).collect()
}

/// Copies of one store of the first example set.
fn copies() -> impl Fn(&Path) {
    let bench = Bench::new();
    let file = bench.path("base.db");
    let options = ["--store".to_owned(), file.clone()];
    verbale(options.iter().chain(&add(&examples("aze-pak")))).exits(0);
    move |store| {
        let _keeps_the_folder = &bench;
        fs::copy(&file, store).map(drop).unwrap();
    }
}

#[test]
fn adding() {
    let nothing = |_: &Path| {};
    let arguments = add(&examples("egy-eth"));
    let watched = Watched {
        arguments: &arguments,
        seen: &documents,
    };
    watched.at_any_moment(nothing, |_| false);
}

#[test]
fn coding_again() {
    let bench = Bench::new();
    // A class of words may reach any text.
    let class = "lang/en/classes/paper_memorandum.txt";
    let words = fs::read_to_string(root().join("data").join(class)).unwrap();
    bench.write(&format!("rules/{class}"), words + "dinner\n");
    let rule = "lang/en/rules/agreement/sign.toml";
    let text = fs::read_to_string(root().join("data").join(rule)).unwrap();
    bench.write(
        &format!("rules/{rule}"),
        text.replace("\"sign\"", "\"zigzag\""),
    );
    let arguments = [
        "--data".to_owned(),
        bench.path("rules"),
        "recode".to_owned(),
    ];
    // The text of a document is never touched.
    let texts = |store: &Path| {
        let texts = rows(store, "SELECT id || json ->> 'text' FROM documents");
        texts.into_iter().collect()
    };
    let watched = Watched {
        arguments: &arguments,
        seen: &texts,
    };
    watched.at_any_moment(copies(), |_| false);
}

#[test]
fn reviewing() {
    let make = copies();
    let bench = Bench::new();
    let store = bench.path("s.db");
    make(Path::new(&store));
    let fact = rows(
        Path::new(&store),
        "SELECT id FROM facts WHERE kind = 'agreement' ORDER BY id",
    );
    let arguments = ["review", "reject", &fact[0], "--by", "Ama"].map(String::from);
    let decisions = |store: &Path| -> BTreeSet<String> {
        let journal = fs::read_to_string(journal(store)).unwrap_or_default();
        // A line without its end was never acknowledged.
        let whole = journal.split_inclusive('\n');
        whole
            .filter(|line| line.ends_with('\n'))
            .map(String::from)
            .collect()
    };
    let watched = Watched {
        arguments: &arguments,
        seen: &decisions,
    };
    watched.at_any_moment(make, |store| !decisions(store).is_empty());
}
