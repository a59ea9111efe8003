//! The sentences that a rule carries as its proof.

use std::collections::BTreeMap;

use super::FOLDER;
use super::format::without_examples;
use super::source::{Source, Table};
use crate::data::{Data, DataError};

/// One sentence of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Rule that carries it.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// Line of `[[yes]]` or `[[no]]`.
    pub line: usize,
    /// The sentence.
    pub text: String,
    /// Day of publication, if it matters.
    pub published: Option<String>,
    /// What must come out.
    pub expectation: Expectation,
}

/// What must come out of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// A fact of this rule with these fields, named as in the record (`actor`, `modality`, `relation.phase`).
    Yes {
        /// Field and value as text; parties as ids in order, joined by a space.
        fields: BTreeMap<String, String>,
        /// Whether no other rule may yield a fact from the sentence.
        only: bool,
    },
    /// No fact of this rule.
    No {
        /// Why.
        because: String,
    },
}

/// All examples of the data folder, with what is wrong in their shape.
pub fn examples(data: &Data) -> (Vec<Example>, Vec<DataError>) {
    let mut all = Vec::new();
    let mut errors = Vec::new();
    for (file, text) in data
        .below(FOLDER)
        .filter(|(file, _)| file.ends_with(".toml"))
    {
        let mut source = Source::new(file, text);
        let root = source.parse();
        let mut table = Table::new(&source, 1, root.get_ref());
        let rule = table
            .take("id")
            .and_then(|item| item.as_text())
            .unwrap_or_default()
            .to_owned();
        let mut read = |key: &'static str,
                        other: &str,
                        least: usize,
                        source: &mut Source,
                        table: &mut Table| match table.take(key) {
            Some(item) => {
                let line = item.line;
                let tables = item.tables(source);
                if tables.len() < least {
                    source.error(
                        line,
                        format!(
                            "{} [[{key}]] sentences; write at least {least}",
                            tables.len()
                        ),
                    );
                }
                for table in tables {
                    all.extend(example(source, table, &rule, key == "yes"));
                }
            }
            // It belongs at the end of the file.
            None => source.error(
                text.lines().count(),
                format!("no [[{key}]] sentence; add one that {other} match"),
            ),
        };
        read("yes", "must", 2, &mut source, &mut table);
        read("no", "must not", 1, &mut source, &mut table);
        let head = without_examples(text);
        if let Some((number, _)) = text
            .lines()
            .enumerate()
            .skip(head.lines().count())
            .find(|(_, line)| line.starts_with("[[when]]") || line.starts_with("[yields"))
        {
            source.error(
                number + 1,
                "examples come last; move this above the first [[yes]] or [[no]]",
            );
        }
        errors.append(&mut source.errors);
    }
    (all, errors)
}

fn example(source: &mut Source, mut table: Table, rule: &str, yes: bool) -> Option<Example> {
    let line = table.line;
    let text = table.need(source, "text")?.text(source)?.to_owned();
    let published = table
        .take("published")
        .and_then(|item| item.text(source))
        .map(str::to_owned);
    let expectation = if yes {
        let only = table
            .take("only")
            .and_then(|item| item.flag(source))
            .unwrap_or(false);
        let mut fields = BTreeMap::new();
        for (key, item) in table.rest() {
            item.flatten(key, &mut fields);
        }
        Expectation::Yes { fields, only }
    } else {
        let because = table.need(source, "because")?.text(source)?.to_owned();
        Expectation::No { because }
    };
    table.close(source);
    Some(Example {
        rule: rule.to_owned(),
        file: source.file.to_owned(),
        line,
        text,
        published,
        expectation,
    })
}
