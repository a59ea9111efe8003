//! What cannot be used is named with its remedy; everything else is done, and the store stays whole.

use std::fs;
use std::path::Path;

use crate::support::{Bench, root, verbale};

const GOOD: &str = "Chad and Niger signed a memorandum on grazing routes in Zinder.";

/// Bytes of no encoding.
const UNDECODABLE: &[u8] = b"caf\xe9 \x81\x8d \xff\xfe\x9d abc";

/// A folder with one good text, and a store beside it.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("news/good.txt", GOOD);
    bench
}

#[test]
fn an_empty_text_is_told_and_is_no_failure() {
    let bench = bench();
    let empty = bench.write("empty.txt", "");
    let blank = bench.write("blank.txt", "\u{feff} \n\n");
    let run = bench.run(&["add", &empty, &blank, &bench.path("news")]);
    run.exits(0)
        .says(&[&empty, &blank, "no words", "1 added", "2 empty"]);
    assert_eq!(bench.facts(), 1);
    let run = bench
        .run(&["code", &empty])
        .exits(0)
        .says(&[&empty, "no words"]);
    assert_eq!(run.out, "");
}

#[test]
fn what_is_no_text_is_named_with_its_remedy() {
    let long = "Chad and Niger. ".repeat(50 << 16);
    let cases: [(&str, &[u8], &str); 6] = [
        (
            "binary.txt",
            b"\x7fELF\x02\x00\x00\x00 and more",
            "convert it to text",
        ),
        ("undecodable.txt", UNDECODABLE, "save it as UTF-8"),
        ("long.txt", long.as_bytes(), "over the limit"),
        ("broken.json", b"{\"text\": \"Chad", "line 1"),
        ("other.json", b"{\"body\": \"Chad met Niger.\"}", "`text`"),
        (
            "lines.jsonl",
            b"{\"text\": \"Mali thanked Togo.\"}\n\n{\"id\": 7}\n",
            "line 3",
        ),
    ];
    for (name, bytes, remedy) in cases {
        let bench = bench();
        let path = bench.write(&format!("news/{name}"), bytes);
        bench.run(&["code", &path]).exits(2).says(&[&path, remedy]);
        bench
            .run(&["add", &bench.path("news")])
            .exits(2)
            .says(&[&path, remedy, "1 failed"]);
        assert!(
            bench.facts() >= 1,
            "{name}: the good text beside it was lost"
        );
    }
}

#[test]
fn a_path_that_cannot_be_read_is_named() {
    let bench = bench();
    let missing = bench.path("missing.txt");
    bench
        .run(&["add", &missing])
        .exits(2)
        .says(&[&missing, "check the spelling"]);
    #[cfg(unix)]
    {
        let dangling = bench.path("news/dangling.txt");
        std::os::unix::fs::symlink(&missing, &dangling).unwrap();
        let run = bench.run(&["code", &bench.path("news")]);
        let run = run.exits(2).says(&[&dangling, "cannot be read"]);
        assert_eq!(run.jsonl().len(), 1);
    }
    bench
        .run(&["pair", "TCD", "NER", &missing, &bench.path("news")])
        .exits(2)
        .says(&[&missing]);
    assert_eq!(bench.facts(), 1);
}

#[test]
fn a_folder_that_mixes_everything_gives_what_is_good() {
    let bench = bench();
    bench.write("news/a-empty.txt", "");
    let binary = bench.write("news/b-binary.txt", b"\x00\x01\x02");
    let latin = bench.write("news/deep/c.txt", UNDECODABLE);
    bench.write("news/deep/d.txt", "Mali thanked Togo for its support.");
    bench.write("news/notes.odt", b"PK");
    let run = bench.run(&["add", &bench.path("news")]);
    run.exits(2)
        .says(&[&binary, &latin, "2 added", "1 empty", "2 failed"]);
    assert_eq!(bench.facts(), 2);
    // The same again changes nothing, and says the same of what is bad.
    bench
        .run(&["add", &bench.path("news")])
        .exits(2)
        .says(&["0 added", "2 failed"]);
    assert_eq!(bench.facts(), 2);
}

#[test]
fn a_store_that_is_not_ours_is_left_alone() {
    let bench = bench();
    let text = bench.write("letter.txt", "Dear Sir, this is no database.");
    let other = bench.path("other.db");
    rusqlite::Connection::open(&other)
        .and_then(|connection| {
            connection.execute_batch("CREATE TABLE letters (a); INSERT INTO letters VALUES (1);")
        })
        .unwrap();
    for path in [&text, &other] {
        let before = fs::read(path).unwrap();
        for verb in [&["add", &bench.path("news")][..], &["facts"], &["stats"]] {
            verbale(["--store", path].iter().chain(verb))
                .exits(2)
                .says(&[path, "not a verbale store", "--store"]);
        }
        assert_eq!(fs::read(path).unwrap(), before, "{path}");
    }
    let nowhere = bench.path("no/folder/store.db");
    let run = verbale(["--store", &nowhere, "add", &bench.path("news")]);
    let run = run
        .exits(2)
        .says(&[&nowhere, "check that the folder exists"]);
    assert_eq!(run.err.matches("unable to open").count(), 1, "{}", run.err);
}

#[test]
fn asking_makes_no_store() {
    let bench = bench();
    bench
        .run(&["facts"])
        .exits(1)
        .says(&[&bench.path("store.db"), "verbale add"]);
    bench.run(&["pair", "TCD", "NER"]).exits(1);
    bench.run(&["stats", "--format", "json"]).exits(0);
    assert!(!Path::new(&bench.path("store.db")).exists());
}

#[test]
fn a_rule_with_a_typo_is_named_by_file_and_line() {
    let bench = bench();
    let rule = "id = \"support.toast\"\nwhenn = { predicate = [\"toast\"] }\n";
    bench.write("data/lang/en/rules/support/toast.toml", rule);
    let data = bench.path("data");
    let place = "lang/en/rules/support/toast.toml:2";
    let run = bench.run(&["--data", &data, "add", &bench.path("news")]);
    run.exits(2).says(&[&data, place, "whenn", "verbale check"]);
    assert!(!Path::new(&bench.path("store.db")).exists());
    let run = bench.run(&["check", &data]).exits(2);
    assert!(run.out.contains(place), "{}", run.out);
    bench
        .run(&["--data", &bench.path("nowhere"), "code"])
        .exits(2)
        .says(&["nowhere", "--data"]);
}

#[test]
fn options_that_cannot_be_understood_are_named() {
    let bench = bench();
    let news = bench.path("news");
    for (arguments, words) in [
        (&["add", &news, "--published", "last week"][..], "last week"),
        (&["add", &news, "--map", "body"], "FIELD=NAME"),
        (&["pair", "TCD", "Atlantis"], "Atlantis"),
        (&["pair", "TCD", "Chad"], "same state"),
        (&["facts", "--pair", "TCD"], "comma"),
        (&["facts", "--kind", "rumour"], "rumour"),
        (&["facts", "--format", "html"], "html"),
        (&["try", "Chad met Niger.", "--published", "soon"], "soon"),
    ] {
        bench.run(arguments).exits(2).says(&[words]);
    }
}

#[test]
fn the_command_line_supplies_only_what_a_text_lacks() {
    let bench = bench();
    let framed = bench.write(
        "framed.txt",
        "RIGA, August 3, 2017 (Baltic Wire) - Latvia thanked Estonia.",
    );
    let bare = bench.write("bare.txt", "Latvia thanked Estonia for its support.");
    let own = bench.write(
        "own.json",
        r#"{"id": "own", "text": "Latvia thanked Lithuania.", "published": "2019-05-06", "source": "Daily"}"#,
    );
    let known = ["--published", "2020-01-02", "--outlet", "Archive"];
    let add: Vec<&str> = ["add", &framed, &bare, &own]
        .into_iter()
        .chain(known)
        .collect();
    bench.run(&add).exits(0);
    let docs = bench.run(&["docs", "--format", "json"]).exits(0).json();
    for (name, day, outlet) in [
        ("framed.txt", "2017-08-03", "Baltic Wire"),
        ("bare.txt", "2020-01-02", "Archive"),
        ("own", "2019-05-06", "Daily"),
    ] {
        let doc = docs
            .as_array()
            .unwrap()
            .iter()
            .find(|doc| doc["name"] == name)
            .unwrap();
        assert_eq!(doc["published"]["start"], day, "{doc:#}");
        assert_eq!(doc["outlet"], outlet, "{doc:#}");
    }
}

/// A story on one line, as crawlers leave it: hundreds of sentences in one paragraph are read in the time of hundreds of
/// paragraphs.
#[test]
fn a_long_story_on_one_line_is_read() {
    let bench = bench();
    let story =
        "Mali and Togo agreed to meet again, and the two sides thanked Ghana for its hospitality. ";
    let path = bench.write("line.txt", story.repeat(700));
    assert!(bench.run(&["code", &path]).exits(0).jsonl().len() > 500);
}

/// One folder with a fault of each class; `check` names them all, each with file and line.
#[test]
fn check_names_every_fault() {
    let bench = bench();
    let built_in = |name: &str| fs::read_to_string(root().join("data").join(name)).unwrap();
    let sign = built_in("lang/en/rules/agreement/sign.toml");
    let as_id = |id: &str| sign.replacen("agreement.sign", &format!("agreement.{id}"), 1);
    let (head, _) = sign.split_once("[[no]]").unwrap();
    let no_counterexample = head.replacen("agreement.sign", "agreement.bare", 1);
    let outlets = built_in("lang/en/lists/outlets.tsv") + "Nowhere News\t\tXQX\n";
    let bad_row = format!("lang/en/lists/outlets.tsv:{}: ", outlets.lines().count());
    let faults = [
        (
            "lang/en/rules/agreement/key.toml",
            as_id("key").replacen("note =", "notes =", 1),
        ),
        (
            "lang/en/rules/agreement/code.toml",
            as_id("code").replacen("\"057\"", "\"999\"", 1),
        ),
        ("lang/en/rules/agreement/bare.toml", no_counterexample),
        ("lang/en/lists/outlets.tsv", outlets),
    ];
    for (name, text) in &faults {
        bench.write(&format!("data/{name}"), text);
    }
    let run = bench
        .run(&["check", &bench.path("data")])
        .exits(2)
        .says(&["faults"]);
    for (name, _) in &faults {
        let line = run
            .out
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}:")));
        let line = line.unwrap_or_else(|| panic!("{name} is not named:\n{}", run.out));
        let number = line.split(':').next().unwrap();
        assert!(
            number.parse::<usize>().is_ok_and(|number| number > 0),
            "{name}:{line}"
        );
    }
    assert!(run.out.contains(&bad_row), "{}", run.out);
}
