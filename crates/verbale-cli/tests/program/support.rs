//! Runs the program and finds the texts.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

/// The example sets with their pairs.
pub const SETS: [(&str, &str, &str); 3] = [
    ("aze-pak", "AZE", "PAK"),
    ("egy-eth", "EGY", "ETH"),
    ("kaz-uzb", "KAZ", "UZB"),
];

/// What a run of the program left.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        Run {
            code: output.status.code().expect("the program was not killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts the exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Run {
        assert_eq!(
            self.code, code,
            "stdout: {:.500}\nstderr: {}",
            self.out, self.err
        );
        self
    }

    /// Asserts that the talk on standard error holds all of these words.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Run {
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in: {}", self.err);
        }
        self
    }

    /// The output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {:.500}", self.out))
    }

    /// The output as JSON lines.
    #[track_caller]
    pub fn jsonl(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    }
}

/// A command that meets no store and no settings of the person who runs the tests.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verbale"));
    command
        .env_remove("VERBALE_STORE")
        .env_remove("VERBALE_GATE")
        .stdin(Stdio::null())
        .current_dir(env!("CARGO_TARGET_TMPDIR"));
    command
}

/// Runs the program.
pub fn verbale<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    Run::of(command().args(arguments))
}

/// The workspace.
pub fn root() -> PathBuf {
    fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()
}

/// The texts of an example set, in order of name.
pub fn examples(set: &str) -> Vec<PathBuf> {
    texts(&root().join("examples").join(set))
}

/// The text files of a folder, in order of name.
pub fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

/// The folder of texts that are not ours to publish; `None` where `VERBALE_SHARED=none` leaves them out on purpose.
pub fn shared() -> Option<PathBuf> {
    let folder = match env::var("VERBALE_SHARED") {
        Ok(value) if value == "none" => return None,
        Ok(value) => PathBuf::from(value),
        Err(_) => root().join("../shared"),
    };
    assert!(
        folder.is_dir(),
        "{}: no such folder; set VERBALE_SHARED to the shared folder, or to none",
        folder.display()
    );
    Some(folder)
}

/// A store that holds the first example set, made once for all tests that only ask.
pub fn store() -> &'static str {
    static STORE: OnceLock<(TempDir, String)> = OnceLock::new();
    let (_, path) = STORE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("examples.db").display().to_string();
        let mut arguments = vec!["--store".into(), path.clone(), "add".into()];
        arguments.extend(
            examples("aze-pak")
                .iter()
                .map(|file| file.display().to_string()),
        );
        verbale(arguments).exits(0);
        (folder, path)
    });
    path
}

/// Asks the store of the first example set.
pub fn ask(arguments: &[&str]) -> Run {
    verbale(["--store", store()].iter().chain(arguments))
}

/// What a store answers on everything, with options before each verb.
pub fn answers(store: &str, options: &[&str]) -> Vec<String> {
    ["facts", "records", "names", "docs"]
        .iter()
        .map(|verb| {
            let arguments = [&["--store", store], options, &[verb, "--format", "jsonl"]].concat();
            let run = verbale(arguments);
            assert!(run.code < 2, "{}", run.err);
            run.out
        })
        .collect()
}

/// A folder of one test's own, with a store in it.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    pub fn new() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        Bench { folder }
    }

    /// Writes a file below the folder, and gives its path.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Runs the program on the store.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let store = self.path("store.db");
        verbale(["--store", &store].iter().chain(arguments))
    }

    /// The facts that are in the store, which must be whole.
    #[track_caller]
    pub fn facts(&self) -> usize {
        self.run(&["facts", "--format", "jsonl"]).jsonl().len()
    }
}
