//! A full disk and two writers at once leave a whole store.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{self, command, examples, verbale};

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
#[cfg(unix)]
fn a_full_disk_is_told_and_the_store_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let files = examples("aze-pak");
    let store = folder.path().join("s.db");
    verbale(arguments(&store, &files[..1])).exits(0);
    let expected = answers(&store);
    // A limit on the size of files stands for a disk without room.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$@\"";
    let output = Command::new("sh")
        .args(["-c", script, "sh", env!("CARGO_BIN_EXE_verbale")])
        .args(arguments(&store, &files))
        .env_remove("VERBALE_STORE")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("s.db"), "{told}");
    let check = "SELECT * FROM pragma_integrity_check";
    let path = store.display().to_string();
    let found = verbale(["--store", &path, "sql", check]).exits(0).jsonl();
    assert_eq!(found[0]["integrity_check"], "ok");
    let first: Vec<&str> = expected[0].lines().collect();
    let after = answers(&store)[0].clone();
    assert!(
        first.iter().all(|fact| after.contains(fact)),
        "a kept fact is gone"
    );
    verbale(arguments(&store, &files)).exits(0);
}
