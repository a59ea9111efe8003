//! Puts the first example set into the binary, for `demo`.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let folder =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../examples/aze-pak");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    let rows: String = files
        .iter()
        .map(|path| {
            let path = fs::canonicalize(path).unwrap();
            format!(
                "({:?}, include_str!({:?})),\n",
                path.file_name().unwrap().to_str().unwrap(),
                path
            )
        })
        .collect();
    fs::write(
        PathBuf::from(env::var("OUT_DIR").unwrap()).join("demo.rs"),
        format!("&[{rows}]"),
    )
    .unwrap();
}
