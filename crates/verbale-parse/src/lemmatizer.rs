//! Dictionary forms, by suffix rules, lists of known forms and lists of exceptions (WordNet's, through spaCy).

use std::collections::HashMap;

use crate::classes::{self as class, Classes};
use crate::model::Model;

/// The tables of each part of speech that has any.
pub struct Lemmatizer {
    adj: Tables,
    adv: Tables,
    noun: Tables,
    verb: Tables,
    punct: Tables,
}

struct Tables {
    /// Suffixes and what replaces them.
    rules: Vec<(&'static str, &'static str)>,
    /// The known forms, sorted bytewise.
    index: Vec<&'static str>,
    exceptions: HashMap<&'static str, Vec<&'static str>>,
}

impl Tables {
    fn load(model: &Model, pos: &str) -> Tables {
        let text = |table: &str| model.text(&format!("lemma.{pos}.{table}"));
        Tables {
            rules: text("rules")
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .collect(),
            index: text("index").lines().collect(),
            exceptions: text("exceptions")
                .lines()
                .map(|line| {
                    let mut words = line.split('\t');
                    (words.next().unwrap_or_default(), words.collect())
                })
                .collect(),
        }
    }

    fn knows(&self, form: &str) -> bool {
        self.index.binary_search(&form).is_ok()
    }

    /// Exceptions come before known forms, known forms before forms that are no words, these before mere guesses; of two
    /// exceptions or known forms the later one. A word that no rule fits stays as it is written.
    fn lemma(&self, classes: &Classes, text: &str, lower: &str) -> String {
        let mut forms: Vec<String> = Vec::new();
        let mut guess = None;
        for (suffix, replacement) in &self.rules {
            let Some(stem) = lower.strip_suffix(suffix) else {
                continue;
            };
            let form = [stem, replacement].concat();
            if form.is_empty() {
                continue;
            }
            if self.knows(&form) {
                forms.insert(0, form);
            } else if !classes.all(&form, class::ALPHA) {
                forms.push(form);
            } else {
                guess.get_or_insert(form);
            }
        }
        for &exception in self.exceptions.get(lower).into_iter().flatten() {
            if !forms.iter().any(|form| form == exception) {
                forms.insert(0, exception.to_owned());
            }
        }
        forms
            .into_iter()
            .next()
            .or(guess)
            .unwrap_or_else(|| text.to_owned())
    }
}

impl Lemmatizer {
    pub fn load(model: &Model) -> Lemmatizer {
        let tables = |pos| Tables::load(model, pos);
        Lemmatizer {
            adj: tables("adj"),
            adv: tables("adv"),
            noun: tables("noun"),
            verb: tables("verb"),
            punct: tables("punct"),
        }
    }

    /// The lemma of a word with this part of speech and morphology.
    pub fn lemma(&self, classes: &Classes, text: &str, pos: &str, morph: &str) -> String {
        let tables = match pos {
            "PROPN" => return text.to_owned(),
            "ADJ" => &self.adj,
            "ADV" => &self.adv,
            "NOUN" => &self.noun,
            "VERB" => &self.verb,
            "PUNCT" => &self.punct,
            _ => return text.to_lowercase(),
        };
        let lower = text.to_lowercase();
        if is_base_form(pos, morph) {
            lower
        } else {
            tables.lemma(classes, text, &lower)
        }
    }
}

/// Whether the morphology says that the word is its own dictionary form.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let has = |feature: &str| morph.split('|').any(|found| found == feature);
    has("VerbForm=Inf")
        || has("Degree=Pos")
        || pos == "NOUN" && has("Number=Sing")
        || pos == "VERB" && has("VerbForm=Fin") && has("Tense=Pres") && !morph.contains("Number=")
}
