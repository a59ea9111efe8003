//! Packs the data folder into one file that is compiled in, so that a start reads no folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../data");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    // One header line per file (path and length in bytes), an empty line, then all contents in the same order.
    let mut header = String::new();
    let mut body = String::new();
    for path in &files {
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let text =
            fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        writeln!(header, "{name}\t{}", text.len()).unwrap();
        body.push_str(&text);
    }
    header.push('\n');
    header.push_str(&body);
    fs::write(
        PathBuf::from(env::var("OUT_DIR").unwrap()).join("data.pack"),
        header,
    )
    .unwrap();
}

/// All lists, word classes and rules below a folder; prose (`.md`) stays outside.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
    {
        let path = entry.unwrap().path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| {
            ["tsv", "toml", "txt"]
                .iter()
                .any(|known| extension == *known)
        }) {
            files.push(path);
        }
    }
}
