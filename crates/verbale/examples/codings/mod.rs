//! The coded texts of the repository's own gold, for the programs that learn from them.

use std::fs;
use std::path::Path;

use verbale::eval::{GoldFact, read_coding};
use verbale::lexicon::Lexicon;
use verbale_read::{Document, Options, read_text};

/// Reads the texts whose names begin with one of the `wanted` words (commas between them), in order of their names, each with its
/// coding, and keeps what `take` makes of them.
pub fn read<T>(
    folder: &Path,
    wanted: &str,
    lexicon: &Lexicon,
    mut take: impl FnMut(Document, Vec<GoldFact>) -> T,
) -> Vec<T> {
    let mut files: Vec<_> = fs::read_dir(folder.join("first"))
        .expect("the folder of the first codings")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let stem = file
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if !wanted.split(',').any(|start| stem.starts_with(start)) {
            continue;
        }
        let name = format!("{stem}.txt");
        let bytes = fs::read(folder.join("texts").join(&name)).expect("the coded text");
        let coding = fs::read_to_string(&file).expect("a coding");
        let options = Options {
            lang: Some("en".into()),
            ..Options::default()
        };
        let (document, _) = read_text(&bytes, &name, &options).expect("a text");
        let gold = read_coding(&name, &document.text, &coding, lexicon)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        all.push(take(document, gold));
    }
    all
}
