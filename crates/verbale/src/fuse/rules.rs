//! The measures and words of fusion: a data file, so that a desk can correct them without a compiler.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::data::{Data, DataError};

const FILE: &str = "lang/en/fusion.toml";

/// Measures and words of fusion.
#[derive(Debug, Clone)]
pub struct FusionRules {
    pub(crate) copies: Copies,
    pub(crate) time: Time,
    pub(crate) words: Words,
    pub(crate) levels: Vec<String>,
    pub(crate) some_of: Vec<String>,
    pub(crate) transfer: Vec<StatusWords>,
    function: HashSet<String>,
    generic: HashSet<String>,
    organisations: HashSet<String>,
    goods: HashSet<String>,
    visits: HashSet<String>,
    paid: HashSet<String>,
    once: Vec<String>,
    same: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    copies: Copies,
    time: Time,
    words: Words,
    vocabulary: Vocabulary,
    transfer: Vec<StatusWords>,
}

/// When two texts are copies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Copies {
    pub(crate) run_words: usize,
    pub(crate) share: f64,
    pub(crate) least_runs: usize,
}

/// Slack and reach in time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Time {
    pub(crate) recent_days: i64,
    pub(crate) news_days: i64,
    pub(crate) remembered_days: i64,
    pub(crate) slack_days: i64,
    pub(crate) widest_days: i64,
    pub(crate) slack_years: i64,
}

/// When two topics are one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) share_between: f64,
    pub(crate) share_within: f64,
    pub(crate) distinctive: usize,
    pub(crate) answer_bytes: usize,
    pub(crate) package_fields: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vocabulary {
    function: String,
    generic: String,
    organisations: String,
    levels: Vec<String>,
    kinds_of_goods: String,
    visits: String,
    some_of: Vec<String>,
    paid: String,
    once: Vec<String>,
    same: BTreeMap<String, String>,
}

/// Words of one status of a transfer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusWords {
    pub(crate) status: String,
    pub(crate) words: Vec<String>,
}

impl FusionRules {
    /// The rules that the program was built with.
    pub fn embedded() -> &'static FusionRules {
        static RULES: OnceLock<FusionRules> = OnceLock::new();
        RULES.get_or_init(|| match FusionRules::load(&Data::embedded()) {
            Ok(rules) => rules,
            Err(error) => panic!("embedded rules are proven by the tests: {error}"),
        })
    }

    /// The text that they are read from.
    pub fn text(data: &Data) -> Option<&str> {
        data.get(FILE)
    }

    /// Reads the rules from the data folder.
    pub fn load(data: &Data) -> Result<FusionRules, DataError> {
        let fail = |line, message: String| DataError {
            file: FILE.to_owned(),
            line,
            message,
        };
        let text = FusionRules::text(data).ok_or_else(|| {
            fail(
                0,
                "the file is missing; fusion needs its measures".to_owned(),
            )
        })?;
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            fail(line, error.message().to_owned())
        })?;
        let known = [
            "considered",
            "ordered",
            "licensed",
            "delivered",
            "cancelled",
        ];
        if let Some(row) = file
            .transfer
            .iter()
            .find(|row| !known.contains(&row.status.as_str()))
        {
            return Err(fail(
                0,
                format!(
                    "`{}` is no status of a transfer; write one of {}",
                    row.status,
                    known.join(", ")
                ),
            ));
        }
        let mut rules = FusionRules {
            copies: file.copies,
            time: file.time,
            words: file.words,
            levels: file.vocabulary.levels,
            some_of: file.vocabulary.some_of,
            transfer: file.transfer,
            function: words(&file.vocabulary.function),
            generic: HashSet::new(),
            organisations: HashSet::new(),
            goods: HashSet::new(),
            visits: HashSet::new(),
            paid: HashSet::new(),
            once: file.vocabulary.once,
            same: file.vocabulary.same,
        };
        rules.generic = rules.folded(&file.vocabulary.generic);
        rules.organisations = rules.folded(&file.vocabulary.organisations);
        rules.goods = rules.folded(&file.vocabulary.kinds_of_goods);
        rules.visits = rules.folded(&file.vocabulary.visits);
        rules.paid = rules.folded(&file.vocabulary.paid);
        Ok(rules)
    }

    fn folded(&self, list: &str) -> HashSet<String> {
        list.split_whitespace()
            .map(|word| self.fold(word))
            .collect()
    }

    /// One form for the spellings and numbers of a word.
    pub(crate) fn fold(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        if let Some(same) = self.same.get(&lower) {
            return same.clone();
        }
        let singular = if let Some(stem) = lower.strip_suffix("ies").filter(|stem| stem.len() > 2) {
            format!("{stem}y")
        } else if lower.len() > 3
            && lower.ends_with('s')
            && !lower.ends_with("ss")
            && !lower.ends_with("us")
        {
            lower[..lower.len() - 1].to_owned()
        } else {
            lower
        };
        self.same.get(&singular).cloned().unwrap_or(singular)
    }

    pub(crate) fn is_function(&self, lower: &str) -> bool {
        self.function.contains(lower)
    }

    pub(crate) fn is_generic(&self, folded: &str) -> bool {
        self.generic.contains(folded)
    }

    pub(crate) fn is_organisation_word(&self, folded: &str) -> bool {
        self.organisations.contains(folded)
    }

    /// Whether the words speak of a visit.
    pub(crate) fn names_visit(&self, text: &str) -> bool {
        text.split(|letter: char| !letter.is_alphanumeric())
            .any(|word| self.visits.contains(&self.fold(word)))
    }

    /// Whether the words say that what was promised was done.
    pub(crate) fn says_paid(&self, text: &str) -> bool {
        text.split(|letter: char| !letter.is_alphanumeric())
            .any(|word| self.paid.contains(&self.fold(word)))
    }

    /// Whether an act of this mode is done once.
    pub(crate) fn is_done_once(&self, mode: &str) -> bool {
        self.once.iter().any(|known| known == mode)
    }

    pub(crate) fn is_kind_of_goods(&self, folded: &str) -> bool {
        self.goods.contains(folded)
    }
}

fn words(list: &str) -> HashSet<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_are_sound() {
        FusionRules::load(&Data::embedded()).unwrap();
    }

    #[test]
    fn a_typo_is_told_with_its_line() {
        let text = Data::embedded()
            .get(FILE)
            .unwrap()
            .replace("recent_days", "recent_day");
        let error = FusionRules::load(&Data::embedded().with(FILE, text)).unwrap_err();
        assert!(error.line > 0, "{error}");
        assert!(error.message.contains("recent_day"), "{error}");
    }

    #[test]
    fn spellings_and_numbers_fold() {
        let rules = FusionRules::embedded();
        assert_eq!(rules.fold("Defense"), "defence");
        assert_eq!(rules.fold("technologies"), "technology");
        assert_eq!(rules.fold("Jets"), "jet");
    }
}
