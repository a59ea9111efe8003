//! A full disk and two writers at once leave a whole store.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{self, Bench, Run, command, examples, root, verbale};

fn arguments(store: &Path, files: &[std::path::PathBuf]) -> Vec<String> {
    let mut arguments = vec!["--store".into(), store.display().to_string(), "add".into()];
    arguments.extend(files.iter().map(|file| file.display().to_string()));
    arguments
}

fn answers(store: &Path) -> Vec<String> {
    support::answers(&store.display().to_string(), &[])
}

#[test]
fn two_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = examples("kaz-uzb");
    let whole = folder.path().join("whole.db");
    verbale(arguments(&whole, &files)).exits(0);
    let store = folder.path().join("shared.db");
    let (one, other) = files.split_at(files.len() / 2);
    let running: Vec<_> = [one, other]
        .map(|files| {
            command()
                .args(arguments(&store, files))
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .into_iter()
        .collect();
    for mut child in running {
        assert!(child.wait().unwrap().success());
    }
    assert!(answers(&store) == answers(&whole));
}

#[test]
fn a_folder_is_no_store_and_a_store_needs_its_folder() {
    let bench = Bench::new();
    let text = bench.write(
        "news/text.txt",
        "Chad and Niger signed a memorandum on grazing.",
    );
    let (folder, nowhere) = (bench.path("news"), bench.path("no/folder/s.db"));
    for verb in [&["add", &text][..], &["recode"], &["withdraw", "text.txt"]] {
        for (store, words) in [(&folder, "it is a folder"), (&nowhere, "the folder exists")] {
            let arguments = [&["--store", store], verb].concat();
            verbale(arguments).exits(2).says(&[store, words]);
        }
    }
    assert!(!Path::new(&nowhere).exists());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

/// Runs the program where no file can grow beyond so many blocks of 512 bytes: as on a disk without room.
#[cfg(unix)]
fn without_room(blocks: usize, store: &Path, verb: &[&str]) -> Run {
    let mut shell = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    shell.args([
        "-c",
        &script,
        "sh",
        env!("CARGO_BIN_EXE_verbale"),
        "--store",
    ]);
    Run::of(shell.arg(store).args(verb).env_remove("VERBALE_STORE"))
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_told_and_the_store_stays_whole() {
    let bench = Bench::new();
    let files = examples("aze-pak");
    let store = Path::new(&bench.path("s.db")).to_owned();
    verbale(arguments(&store, &files[..2])).exits(0);
    let expected = answers(&store);
    let facts = verbale(["--store", &bench.path("s.db"), "facts"]).jsonl();
    let fact = facts[0]["id"].as_str().unwrap();
    // A class of words may reach any text.
    let class = "lang/en/classes/paper_memorandum.txt";
    let words = std::fs::read_to_string(root().join("data").join(class)).unwrap();
    bench.write(&format!("rules/{class}"), words + "dinner\n");
    let note = "a rumour ".repeat(8000);
    let (rules, copy) = (bench.path("rules"), bench.path("copy.db"));
    let (file, name) = (
        files[2].display().to_string(),
        "01-caspian-desk-reception.txt",
    );
    let whole = || {
        let check = "SELECT * FROM pragma_integrity_check";
        let path = store.display().to_string();
        let found = verbale(["--store", &path, "sql", check]).exits(0).jsonl();
        found[0]["integrity_check"] == "ok"
    };
    let review = ["review", "reject", fact, "--by", "Ama", "--note", &note];
    // Eight blocks are too few to begin; a hundred are too few for what these write.
    for (blocks, verb, place) in [
        (8, &["add", &file][..], "s.db"),
        (8, &["withdraw", name], "s.db"),
        (8, &["--data", &rules, "recode"], "s.db"),
        (100, &review, "s.db.review.jsonl"),
        (100, &["backup", &copy], "copy.db"),
    ] {
        without_room(blocks, &store, verb)
            .exits(2)
            .says(&[place, "room"]);
        assert!(whole() && answers(&store) == expected, "{verb:?}");
    }
    // Stopped halfway, what was kept before stays.
    let all = arguments(&store, &files);
    let all: Vec<&str> = all[2..].iter().map(String::as_str).collect();
    without_room(100, &store, &all)
        .exits(2)
        .says(&["s.db", "room"]);
    let after = answers(&store)[0].clone();
    assert!(whole() && expected[0].lines().all(|fact| after.contains(fact)));
    assert!(!Path::new(&copy).exists());
    verbale(arguments(&store, &files)).exits(0);
    verbale(["--store", store.to_str().unwrap(), "backup", &copy]).exits(0);
}

#[test]
fn who_asks_does_not_wait_for_who_writes() {
    let bench = Bench::new();
    let store = bench.path("s.db");
    let text = bench.write("text.txt", "Chad and Niger signed a memorandum on grazing.");
    verbale(["--store", &store, "add", &text]).exits(0);
    let before = support::answers(&store, &[]);
    let held = rusqlite::Connection::open(&store).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(
        support::answers(&store, &[]) == before,
        "who only asks need not wait"
    );
    held.execute_batch("ROLLBACK").unwrap();
    verbale(["--store", &store, "withdraw", "text.txt"]).exits(0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_cannot_be_written_is_told() {
    // A mount of one's own, read-only, that ends with the program; not everybody may make one.
    let script = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" || exit 77; shift; exec \"$@\"";
    let bench = Bench::new();
    let store = bench.path("s.db");
    let text = bench.write("text.txt", "Chad and Niger signed a memorandum on grazing.");
    verbale(["--store", &store, "add", &text]).exits(0);
    let before = support::answers(&store, &[]);
    for verb in [
        &["add", &text][..],
        &["withdraw", "text.txt"],
        &["facts"],
        &["sql", "SELECT 1"],
    ] {
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-c", script, &bench.path(""), "sh"]);
        command
            .args([env!("CARGO_BIN_EXE_verbale"), "--store", &store])
            .args(verb);
        let Ok(output) = command.output() else { return };
        match output.status.code() {
            Some(1 | 77) => return,
            code => assert_eq!(code, Some(2), "{verb:?}"),
        }
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.contains(&store) && told.contains("can be written"),
            "{told}"
        );
    }
    assert!(support::answers(&store, &[]) == before);
}
