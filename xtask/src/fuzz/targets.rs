//! What is tried on an input, and what it begins with.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use anyhow::Result;
use verbale::data::Data;
use verbale::lexicon::Lexicon;
use verbale::pipeline::{Language, code_text};
use verbale::resolve::{amounts, dates};
use verbale::rules::Rules;
use verbale_parse::Parser;
use verbale_read::{Options, Span, read};

/// Sorts of targets; `read` has one for each format.
#[cfg(test)]
pub const KINDS: [&str; 5] = ["read", "tokens", "dates", "rules", "code"];

/// What is tried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The reader of a file with this ending (`.jsonl.gz`).
    Read(String),
    /// Tokens, sentences and trees.
    Tokens,
    /// Time expressions and numbers.
    Dates,
    /// A rule file.
    Rules,
    /// All steps.
    Code,
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}{}", self.kind(), self.ending())
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(name: &str) -> Result<Target, String> {
        match name.split_once('.') {
            Some(("read", ending)) => Ok(Target::Read(format!(".{ending}"))),
            Some(_) => Err(format!("no target {name}")),
            None => match name {
                "tokens" => Ok(Target::Tokens),
                "dates" => Ok(Target::Dates),
                "rules" => Ok(Target::Rules),
                "code" => Ok(Target::Code),
                _ => Err(format!("no target {name}")),
            },
        }
    }
}

impl Target {
    /// Which sort it is of.
    pub fn kind(&self) -> &'static str {
        match self {
            Target::Read(_) => "read",
            Target::Tokens => "tokens",
            Target::Dates => "dates",
            Target::Rules => "rules",
            Target::Code => "code",
        }
    }

    /// The ending of a file for it.
    pub fn ending(&self) -> &str {
        match self {
            Target::Read(ending) => ending,
            _ => "",
        }
    }

    /// The target that a kept input is for: `read-0123.html`, `code-0123`.
    #[cfg(test)]
    pub fn of_file(name: &str) -> Option<Target> {
        let (kind, rest) = name.split_once('-')?;
        let ending = rest.find('.').map_or("", |dot| &rest[dot..]);
        format!("{kind}{ending}").parse().ok()
    }

    /// The longest input in bytes. What is parsed is shorter, so that the time is the program's and not the length's.
    pub fn most(&self) -> usize {
        match self {
            Target::Read(_) => 256 << 10,
            Target::Rules => 16 << 10,
            _ => 8 << 10,
        }
    }

    /// Tries an input; the error says which promise was broken.
    pub fn attempt(&self, input: &[u8]) -> Result<(), String> {
        let text = String::from_utf8_lossy(input);
        let all = Span::new(0, text.len());
        match self {
            Target::Read(ending) => {
                let options = Options {
                    max_bytes: 16 << 20,
                    ..Options::default()
                };
                for (document, _) in read(input, &format!("input{ending}"), &options)
                    .into_iter()
                    .flatten()
                {
                    for part in &document.furniture {
                        holds(&document.text, part.span, "furniture")?;
                    }
                }
            }
            Target::Tokens => {
                let mut end = 0;
                for token in Parser::english().parse(&text).tokens {
                    if token.span.start < end {
                        return Err("tokens overlap".to_owned());
                    }
                    end = token.span.end;
                    holds(&text, Span::new(token.span.start, end), "token")?;
                }
            }
            Target::Dates => {
                for found in dates::find(&text, all, None) {
                    holds(&text, found.span, "time")?;
                }
                for found in amounts::find(&text, all, Lexicon::embedded()) {
                    holds(&text, found.span, "number")?;
                }
            }
            Target::Rules => {
                let file = "lang/en/rules/agreement/fuzzed.toml";
                let data = Data::embedded().with(file, text.into_owned());
                // Whatever is wrong with it is told with its file.
                if let Err(errors) = Rules::load(&data)
                    && errors.iter().any(|error| error.message.is_empty())
                {
                    return Err("an error that says nothing".to_owned());
                }
            }
            Target::Code => {
                let reading = code_text(&text, None, Language::embedded(), Parser::english());
                let whole = &reading.document.text;
                for fact in &reading.facts {
                    holds(whole, fact.span, "fact")?;
                    if fact.span.of(whole) != fact.quote {
                        return Err(format!("“{}” is not what the span holds", fact.quote));
                    }
                    for party in fact.actor.iter().chain(&fact.recipient) {
                        holds(whole, party.span, "party")?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether a span lies in a text, between characters.
fn holds(text: &str, span: Span, what: &str) -> Result<(), String> {
    match text.get(span.start..span.end) {
        Some(_) => Ok(()),
        None => Err(format!(
            "a {what} at {}–{} of {} bytes",
            span.start,
            span.end,
            text.len()
        )),
    }
}

/// What inputs are made of: own files only.
pub fn seeds() -> Result<Vec<(Target, Vec<u8>)>> {
    let root = crate::root();
    let mut seeds = Vec::new();
    for folder in ["tests/formats/same", "tests/formats/pages"] {
        for path in crate::gold::files(&root.join(folder))? {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let ending = name.find('.').map_or("", |dot| &name[dot..]);
            if !name.ends_with(".py") && !ending.is_empty() {
                seeds.push((Target::Read(ending.to_owned()), std::fs::read(&path)?));
            }
        }
    }
    for set in ["aze-pak", "egy-eth", "kaz-uzb"] {
        for path in crate::gold::files(&root.join("examples").join(set))? {
            let text = std::fs::read(&path)?;
            seeds.push((Target::Tokens, text.clone()));
            seeds.push((Target::Code, text));
        }
    }
    for table in ["dates.tsv", "dates_newswire.tsv", "amounts.tsv"] {
        let text = std::fs::read_to_string(root.join("crates/verbale/tests/spec").join(table))?;
        let lines: Vec<&str> = text.lines().collect();
        for some in lines.chunks(20).step_by(6) {
            seeds.push((Target::Dates, some.join("\n").into_bytes()));
        }
    }
    for path in rules(&root.join("data/lang/en/rules"))?.iter().step_by(8) {
        seeds.push((Target::Rules, std::fs::read(path)?));
    }
    Ok(seeds)
}

fn rules(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for path in crate::gold::files(folder)? {
        match path.is_dir() {
            true => found.extend(rules(&path)?),
            false => found.push(path),
        }
    }
    Ok(found)
}
