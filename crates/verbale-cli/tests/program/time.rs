//! `recode runs diff since withdraw correct backup sql` and `--as-of`.

use std::fs;
use std::path::Path;

use crate::support::{Run, examples, root, verbale};

/// A data folder with one rule file less, as a folder to lay over the data.
fn without_rule(folder: &Path, rule: &str, never: &str) {
    let text = fs::read_to_string(root().join("data").join(rule)).unwrap();
    let path = folder.join(rule);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // The rule no longer names what the texts say, so it codes none of them.
    let changed = text.replace(never, "zzzz");
    assert_ne!(changed, text, "{rule} names no {never}");
    fs::write(path, changed).unwrap();
}

fn add(store: &str, data: Option<&str>) -> Run {
    let mut arguments = vec!["--store".to_owned(), store.to_owned(), "add".to_owned()];
    if let Some(data) = data {
        arguments.extend(["--data".to_owned(), data.to_owned()]);
    }
    let files = examples("egy-eth");
    arguments.extend(files.iter().map(|file| file.display().to_string()));
    verbale(arguments).exits(0)
}

#[test]
fn recoding_gives_what_adding_anew_gives() {
    for (rule, word) in [
        ("lang/en/rules/accuse/accuse.toml", "\"accuse\""),
        ("lang/en/lists/organisations.tsv", "African Union"),
        ("lang/en/lists/sectors.tsv", "hospital"),
    ] {
        if !root().join("data").join(rule).exists() {
            panic!("{rule} is gone: name another");
        }
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        without_rule(&data, rule, word);
        let data = data.display().to_string();
        let (old, new) = (folder.path().join("old.db"), folder.path().join("new.db"));
        let (old, new) = (old.display().to_string(), new.display().to_string());
        add(&old, None);
        let ask = |store: &str, verb: &str| {
            verbale(["--store", store, "--data", &data, verb, "--format", "jsonl"]).out
        };
        let before = ask(&old, "facts");
        let dry = ["--store", &old, "--data", &data, "recode", "--dry-run"];
        let would = verbale(dry).exits(0).says(&["would change"]);
        assert_eq!(ask(&old, "facts"), before, "a dry run changes nothing");
        let did = verbale(["--store", &old, "--data", &data, "recode"]).exits(0);
        assert_eq!(did.out, would.out, "{rule}");
        assert!(
            verbale(dry).exits(0).out.is_empty(),
            "{rule}: all is up to date"
        );
        add(&new, Some(&data));
        for verb in ["facts", "records", "names"] {
            assert!(ask(&old, verb) == ask(&new, verb), "{rule}: other {verb}");
        }
        if rule.contains("accuse") {
            assert!(!did.out.is_empty(), "the texts hold an accusation");
            assert!(!did.err.contains(" 0 beyond the change"), "{}", did.err);
            let runs = verbale(["--store", &old, "runs"]).exits(0).jsonl();
            let ids: Vec<&str> = runs.iter().map(|run| run["id"].as_str().unwrap()).collect();
            let diff = verbale(["--store", &old, "diff", ids[0], ids[1]]).exits(0);
            assert!(diff.out.contains("\"gone\""), "{}", diff.out);
        }
    }
}

#[test]
fn a_correction_takes_the_place_and_the_past_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db").display().to_string();
    let ask = |arguments: &[&str]| verbale([&["--store", &store], arguments].concat());
    let wrong = folder.path().join("wire.txt");
    let right = folder.path().join("wire-corrected.txt");
    fs::write(
        &wrong,
        "Malawi and Zambia signed an agreement on seed trade.\n",
    )
    .unwrap();
    fs::write(
        &right,
        "Correction: Malawi and Zimbabwe signed an agreement on seed trade.\n",
    )
    .unwrap();
    ask(&["add", wrong.to_str().unwrap()]).exits(0);
    std::thread::sleep(std::time::Duration::from_millis(20));
    let then = jiff::Timestamp::now().to_string();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let pair = ["facts", "--pair", "MWI,ZMB"];
    let before = ask(&pair).exits(0).out;
    ask(&["correct", "wire.txt", right.to_str().unwrap()]).exits(0);
    ask(&pair).exits(1);
    ask(&["facts", "--pair", "MWI,ZWE"]).exits(0);
    let past = [&["--as-of", &then], &pair[..]].concat();
    assert_eq!(ask(&past).exits(0).out, before);
    let since = ask(&["since", &then]).exits(0).jsonl();
    for change in ["new", "gone"] {
        assert!(
            since
                .iter()
                .any(|row| row["change"] == change && row["what"] == "document")
        );
    }
    ask(&["--as-of", &then, "add", wrong.to_str().unwrap()])
        .exits(2)
        .says(&["--as-of", "only ask"]);

    ask(&["withdraw", "wire-corrected.txt"]).exits(0);
    ask(&["docs"]).exits(1);
    ask(&["withdraw", "wire-corrected.txt", "--undo"]).exits(0);
    assert_eq!(ask(&["docs"]).exits(0).jsonl().len(), 1);
    ask(&["withdraw", "no-such.txt"]).exits(1);

    let copy = folder.path().join("copy.db").display().to_string();
    ask(&["backup", &copy]).exits(0);
    ask(&["backup", &copy])
        .exits(2)
        .says(&[&copy, "another name"]);
    assert_eq!(
        verbale(["--store", &copy, "docs"]).exits(0).jsonl().len(),
        1
    );
    ask(&["sql", "DELETE FROM facts"])
        .exits(2)
        .says(&["SELECT"]);
    ask(&["sql", "SELECT 1 WHERE 0"]).exits(1);
    for format in ["text", "md", "json", "jsonl", "csv"] {
        for verb in [
            &["sql", "SELECT id, kind FROM records"][..],
            &["runs"],
            &["since", &then],
        ] {
            ask(&[verb, &["--format", format]].concat()).exits(0);
        }
    }
}
