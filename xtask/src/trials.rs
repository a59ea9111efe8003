//! The coder's tests in memory: texts read once, coded as often as asked, each with what must be true of its facts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use verbale::clause::{Predication, RoleName};
use verbale::code::Coded;
use verbale::eval::{GoldFact, Marked, MarkedParty, evaluate, read_gold};
use verbale::lexicon::Lexicon;
use verbale::pipeline::{Language, Reading, code_document, code_text};
use verbale::record::{Fact, Party, word};
use verbale::rules::{Example, examples, judge};
use verbale_parse::Parser;
use verbale_read::{Options, read_text};

use crate::{gold, parallel};

/// One text with what must be true of its facts.
pub struct Trial {
    /// The steps up to the predications, and what was coded at first.
    pub reading: Reading,
    expected: Expected,
}

enum Expected {
    /// A sentence of a rule.
    Example(Example),
    /// A labelled sentence.
    Sentence(Marked),
    /// A whole text with its coding.
    Text(Vec<GoldFact>),
}

/// What is still to be read.
struct Source {
    text: String,
    name: String,
    published: Option<String>,
    expected: Expected,
}

impl Trial {
    /// The rule whose own sentence this is.
    pub fn of_rule(&self) -> Option<&str> {
        match &self.expected {
            Expected::Example(example) => Some(&example.rule),
            _ => None,
        }
    }

    /// The frame of a single sentence: the predicate of its widest predication with the roles around it, but that of what is
    /// said where the widest only says whose word it is; `None` for whole texts, and for sentences without a predication.
    pub fn frame(&self) -> Option<String> {
        if matches!(self.expected, Expected::Text(_)) {
            return None;
        }
        let widest = self
            .reading
            .predications
            .iter()
            .max_by_key(|predication| (!brings_in(predication), predication.span.len()))?;
        let roles: Vec<&str> = widest.roles.iter().map(|role| role.name.name()).collect();
        Some(format!("{} {}", widest.lemma, roles.join(" ")))
    }

    /// Names of the checks that hold for what was coded.
    pub fn held(&self, coded: &Coded) -> BTreeSet<String> {
        match &self.expected {
            Expected::Example(example) => match judge(example, coded) {
                None => BTreeSet::from(["example".to_owned()]),
                Some(_) => BTreeSet::new(),
            },
            Expected::Sentence(marked) => sentence(marked, &coded.facts),
            Expected::Text(gold) => text(gold, &coded.facts),
        }
    }
}

/// Whether a predication says only whose word something is: "…, the ministry said".
fn brings_in(predication: &Predication) -> bool {
    let lexicon = Lexicon::embedded();
    lexicon.speech_verb(&predication.lemma).is_some()
        && predication.role(RoleName::Content).next().is_some()
}

/// Reads every test of the coder: the rules' sentences, the labelled sentences, the coded texts, the seeds if they are at hand.
pub fn all(language: &Language, shared: Option<&Path>) -> Result<Vec<Trial>> {
    let mut sources = of_rules()?;
    sources.extend(of_sentences()?);
    sources.extend(of_texts()?);
    if let Some(shared) = shared {
        sources.extend(of_seeds(&shared.join("seeds"))?);
    }
    Ok(parallel::map(&sources, |source| read(source, language))
        .into_iter()
        .zip(sources)
        .map(|(reading, source)| Trial {
            reading,
            expected: source.expected,
        })
        .collect())
}

fn read(source: &Source, language: &Language) -> Reading {
    let parser = Parser::english();
    if !matches!(source.expected, Expected::Text(_)) {
        return code_text(&source.text, source.published.as_deref(), language, parser);
    }
    let options = Options {
        lang: Some("en".to_owned()),
        ..Options::default()
    };
    let (document, _) = read_text(source.text.as_bytes(), &source.name, &options)
        .expect("our own texts are readable");
    code_document(&document, language, parser)
}

fn of_rules() -> Result<Vec<Source>> {
    let (examples, _) = examples(&crate::data()?);
    Ok(examples
        .into_iter()
        .map(|example| Source {
            text: example.text.clone(),
            name: example.file.clone(),
            published: example.published.clone(),
            expected: Expected::Example(example),
        })
        .collect())
}

fn of_sentences() -> Result<Vec<Source>> {
    let sentences = gold::sentences("sentences")?;
    Ok(sentences
        .into_iter()
        .map(|marked| Source {
            text: marked.text.clone(),
            name: "sentence".to_owned(),
            published: None,
            expected: Expected::Sentence(marked),
        })
        .collect())
}

fn of_texts() -> Result<Vec<Source>> {
    gold::names("first", &["train_", "dev_"])?
        .into_iter()
        .map(|name| {
            Ok(Source {
                text: gold::text(&name)?,
                expected: Expected::Text(gold::coding("first", &name)?),
                name,
                published: None,
            })
        })
        .collect()
}

fn of_seeds(folder: &Path) -> Result<Vec<Source>> {
    let path = folder.join("gold/seeds_gold.jsonl");
    let lines = fs::read_to_string(&path).with_context(|| {
        format!(
            "{}: cannot be read; set VERBALE_SHARED to the shared folder, or to none",
            path.display()
        )
    })?;
    let facts =
        read_gold(&lines).with_context(|| format!("{}: not a gold record", path.display()))?;
    let names: BTreeSet<String> = facts.iter().map(|fact| fact.seed.clone()).collect();
    names
        .into_iter()
        .map(|name| {
            let path = folder.join(&name);
            Ok(Source {
                text: fs::read_to_string(&path)
                    .with_context(|| format!("{}: cannot be read", path.display()))?,
                expected: Expected::Text(
                    facts
                        .iter()
                        .filter(|fact| fact.seed == name)
                        .cloned()
                        .collect(),
                ),
                name,
                published: None,
            })
        })
        .collect()
}

/// Of a labelled sentence: a fact of its type, of its code, of its kind, and from its actors to its recipients.
fn sentence(marked: &Marked, facts: &[Fact]) -> BTreeSet<String> {
    let mut held = BTreeSet::new();
    for fact in facts {
        let event_type = fact
            .event_type
            .map_or("NONE".to_owned(), |known| word(&known));
        let kind = word(&fact.kind) == marked.kind;
        // What is no act is told by its kind; a labelled NONE without a kind is nothing at all.
        if event_type != marked.event_type || event_type == "NONE" && !kind {
            continue;
        }
        let checks = [
            ("type", true),
            ("kind", kind),
            ("code", fact.cameo.is_some() && fact.cameo == marked.cameo),
            ("sides", sides(marked, fact)),
        ];
        held.extend(
            checks
                .into_iter()
                .filter(|(_, holds)| *holds)
                .map(|(check, _)| check.to_owned()),
        );
    }
    held
}

/// Whether the marked states and organisations stand on their sides; others are not compared.
fn sides(marked: &Marked, fact: &Fact) -> bool {
    let ids = |parties: &'_ [MarkedParty]| -> BTreeSet<String> {
        parties
            .iter()
            .filter_map(|party| party.id.clone())
            .collect()
    };
    let (actors, recipients) = (ids(&marked.actors), ids(&marked.recipients));
    let among = |side: &[Party]| -> BTreeSet<String> {
        side.iter()
            .map(|party| party.side().to_owned())
            .filter(|id| actors.contains(id) || recipients.contains(id))
            .collect()
    };
    !(actors.is_empty() && recipients.is_empty())
        && marked.is_mutual() == fact.mutual
        && among(&fact.actor) == actors
        && among(&fact.recipient) == recipients
}

/// Of a coded text: each gold fact that is found, and each of its attributes that is right.
fn text(gold: &[GoldFact], facts: &[Fact]) -> BTreeSet<String> {
    let report = evaluate(gold, facts);
    let mut held = BTreeSet::new();
    for id in report.found {
        for attribute in ["kind", "event_type", "cameo", "direction"] {
            let wrong = report
                .misses
                .iter()
                .any(|miss| miss.what == attribute && miss.gold.as_ref() == Some(&id));
            if !wrong {
                held.insert(format!("{id} {attribute}"));
            }
        }
        held.insert(id);
    }
    held
}
