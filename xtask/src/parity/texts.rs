//! The texts both parsers are asked about.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// Strings that have tripped tokenizers.
const HARD: &str = include_str!("../../../crates/verbale-parse/tests/data/hard.jsonl");
/// How many speeches of the long corpus.
const SPEECHES: usize = 50;
/// How many random strings.
const RANDOM: usize = 100_000;

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

/// The hard list, the seeds whole, the news articles by paragraph and whole, and the speeches by paragraph.
pub fn corpora() -> Result<Vec<String>> {
    let mut texts = lines(HARD)?;
    let mut seeds: Vec<PathBuf> = std::fs::read_dir(shared().join("seeds"))
        .context("could not list the seeds")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    seeds.sort();
    for seed in seeds {
        texts.push(String::from_utf8_lossy(&std::fs::read(&seed)?).into_owned());
    }
    for (index, article) in documents("corpora/wikinews.jsonl")?.into_iter().enumerate() {
        texts.extend(article.split("\n\n").map(str::to_owned));
        if index % 10 == 0 {
            texts.push(article);
        }
    }
    for speech in documents("corpora/un-general-debate.jsonl")?
        .into_iter()
        .take(SPEECHES)
    {
        texts.extend(speech.split('\n').map(str::to_owned));
    }
    Ok(texts)
}

/// Paragraphs of news to measure speed on.
pub fn news() -> Result<Vec<String>> {
    let articles = documents("corpora/wikinews.jsonl")?;
    let paragraphs = articles
        .iter()
        .take(30)
        .flat_map(|article| article.split("\n\n"));
    Ok(paragraphs.map(str::to_owned).collect())
}

/// The texts of a corpus of JSON objects, one per line.
fn documents(path: &str) -> Result<Vec<String>> {
    read(&shared().join(path))?
        .lines()
        .map(|line| {
            let document: Value = serde_json::from_str(line)?;
            Ok(document["text"]
                .as_str()
                .context("a document has a text")?
                .to_owned())
        })
        .collect()
}

/// Strings of up to sixty pieces, drawn anew from the same seed each time: letters, digits, signs and whole affixes, so that
/// every branch of the tokenizer meets every other.
pub fn random() -> Vec<String> {
    const PIECES: &[&str] = &[
        " ",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\t",
        "\u{a0}",
        "\u{3000}",
        "\u{200b}",
        "a",
        "b",
        "s",
        "S",
        "T",
        "U.S.",
        "Az",
        "é",
        "Ö",
        "ß",
        "я",
        "Ж",
        "ا",
        "ह",
        "क",
        "中",
        "文",
        "ñ",
        "0",
        "1",
        "7",
        "2024",
        "٣",
        "²",
        "½",
        ".",
        ".",
        "..",
        "…",
        ",",
        ",",
        ":",
        ";",
        "!",
        "?",
        "-",
        "-",
        "--",
        "–",
        "—",
        "~",
        "'",
        "'",
        "’",
        "‘",
        "\"",
        "“",
        "”",
        "«",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "/",
        "\\",
        "|",
        "=",
        "+",
        "*",
        "^",
        "_",
        "#",
        "@",
        "&",
        "%",
        "$",
        "€",
        "£",
        "US$",
        "A$",
        "§",
        "°",
        "°C",
        "km",
        "m/s",
        "kg",
        "GB",
        "'s",
        "’S",
        "n't",
        "can't",
        "I'm",
        "we'll",
        "gonna",
        "'re",
        "Mr.",
        "Dr.",
        "e.g.",
        "a.m.",
        "10pm",
        "p.m",
        "Dec.",
        ":)",
        ":-(",
        "<3",
        "😀",
        "🇬🇭",
        "™",
        "•",
        "http://",
        "www.",
        "example.org",
        "x@y.net",
        "://",
        "10.0.0.1",
        "8.8.8.8",
        "C++",
        "and/or",
        "''",
        "``",
        "\u{ad}",
        "e\u{301}",
        "\u{feff}",
        "word",
        "Upper",
        "lower.Upper",
        "don’t",
        "y'all",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = move |limit: usize| {
        // SplitMix64: good enough, and the same everywhere.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % limit as u64) as usize
    };
    (0..RANDOM)
        .map(|_| {
            let length = 1 + below(30);
            (0..length).map(|_| PIECES[below(PIECES.len())]).collect()
        })
        .collect()
}
