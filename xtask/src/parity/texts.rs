//! The texts both parsers are asked about.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// Strings that have tripped tokenizers, and sentences of our own.
const OWN: [&str; 2] = [
    include_str!("../../../crates/verbale-parse/tests/data/hard.jsonl"),
    include_str!("../../../crates/verbale-parse/tests/data/news.jsonl"),
];
const NEWS: &str = "corpora/wikinews.jsonl";
/// How many speeches of the long corpus.
const SPEECHES: usize = 50;
/// The folder with the shared corpora.
fn shared() -> PathBuf {
    match std::env::var_os("VERBALE_SHARED") {
        Some(folder) => folder.into(),
        None => crate::root().join("../shared"),
    }
}

fn lines(text: &str) -> Result<Vec<String>> {
    text.lines()
        .map(|line| serde_json::from_str(line).context("a JSON string per line"))
        .collect()
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

/// The texts of a file with one JSON string per line.
pub fn from_file(path: &Path) -> Result<Vec<String>> {
    lines(&read(path)?)
}

/// All texts that are ours.
pub fn own() -> Result<Vec<String>> {
    Ok(lines(OWN[0])?.into_iter().chain(lines(OWN[1])?).collect())
}

/// Our own texts, the seeds whole, the news articles by paragraph and some whole, and speeches by paragraph.
pub fn all() -> Result<Vec<String>> {
    let mut texts = own()?;
    texts.extend(seeds()?.into_iter().map(|seed| seed.text));
    let articles = documents(NEWS)?;
    texts.extend(
        articles
            .iter()
            .step_by(10)
            .map(|article| article.text.clone()),
    );
    texts.extend(paragraphs(&articles, "\n\n").map(|paragraph| paragraph.text));
    let mut speeches = documents("corpora/un-general-debate.jsonl")?;
    speeches.truncate(SPEECHES);
    texts.extend(paragraphs(&speeches, "\n").map(|paragraph| paragraph.text));
    Ok(texts)
}

/// A text of the shared folder and where it is.
#[derive(Clone)]
pub struct Located {
    /// The file, from the shared folder on.
    pub file: String,
    /// The document in it, if it holds several.
    pub id: String,
    /// The paragraph of the document, if the text is not the whole.
    pub paragraph: Option<usize>,
    /// The text.
    pub text: String,
}

/// The seeds, and some paragraphs of news from all over the corpus.
pub fn sample() -> Result<Vec<Located>> {
    let articles = documents(NEWS)?;
    Ok(seeds()?
        .into_iter()
        .chain(paragraphs(&articles, "\n\n").step_by(8))
        .collect())
}

fn seeds() -> Result<Vec<Located>> {
    let mut names: Vec<String> = std::fs::read_dir(shared().join("seeds"))
        .context("could not list the seeds")?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let file = format!("seeds/{name}");
            let text = read(&shared().join(&file))?;
            Ok(Located {
                file,
                id: String::new(),
                paragraph: None,
                text,
            })
        })
        .collect()
}

fn paragraphs<'a>(
    documents: &'a [Located],
    between: &'a str,
) -> impl Iterator<Item = Located> + 'a {
    documents.iter().flat_map(move |document| {
        document
            .text
            .split(between)
            .enumerate()
            .map(|(number, text)| Located {
                paragraph: Some(number),
                text: text.to_owned(),
                ..document.clone()
            })
    })
}

/// Paragraphs of news to measure speed on.
pub fn news() -> Result<Vec<String>> {
    let mut articles = documents(NEWS)?;
    articles.truncate(30);
    Ok(paragraphs(&articles, "\n\n")
        .map(|paragraph| paragraph.text)
        .collect())
}

/// Our own texts that may be learned from, the examples, and the seeds.
pub fn of_gold() -> Result<Vec<String>> {
    let mut texts: Vec<String> = seeds()?.into_iter().map(|seed| seed.text).collect();
    let gold = crate::root().join("tests/gold/texts");
    let mut folders = vec![crate::root().join("examples"), gold.clone()];
    while let Some(folder) = folders.pop() {
        for path in crate::gold::files(&folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".txt") && !name.starts_with("test_") {
                texts.push(read(&path)?);
            }
        }
    }
    Ok(texts)
}

/// Whole speeches, evenly drawn from the corpus.
pub fn speeches(take: usize) -> Result<Vec<String>> {
    drawn("corpora/un-general-debate.jsonl", take)
}

/// Whole news articles, evenly drawn from the corpus.
pub fn articles(take: usize) -> Result<Vec<String>> {
    drawn(NEWS, take)
}

fn drawn(file: &str, take: usize) -> Result<Vec<String>> {
    let all = documents(file)?;
    let step = (all.len() / take.max(1)).max(1);
    let texts = all.into_iter().step_by(step).take(take);
    Ok(texts.map(|document| document.text).collect())
}

/// The documents of a corpus of JSON objects, one per line.
fn documents(file: &str) -> Result<Vec<Located>> {
    read(&shared().join(file))?
        .lines()
        .map(|line| {
            let document: Value = serde_json::from_str(line)?;
            let field = |name: &str| {
                document[name]
                    .as_str()
                    .map(str::to_owned)
                    .context("a document has text and id")
            };
            Ok(Located {
                file: file.to_owned(),
                id: field("id")?,
                paragraph: None,
                text: field("text")?,
            })
        })
        .collect()
}
