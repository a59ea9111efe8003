//! Words over words for acts: what "lift" makes of "sanctions", and "agreed" of "lift".
//!
//! The list of predicates knows words one by one. Here they are read together, from the word for the act upwards, so that the
//! model sees one type for all the ways to say it.

use rustc_hash::FxHashMap;

use super::super::codebook;
use super::predicates::Predicates;
use crate::data::{Data, DataError};
use crate::lexicon::ListReader;
use crate::parse::{TokenId, Tree};

/// Path of the words.
pub const WORDS: &str = "lang/en/lists/operators.tsv";

/// Path of what becomes of an act under them.
pub const BECOMES: &str = "lang/en/lists/operator_becomes.tsv";

/// How many words deep is read: "agreed to ease the restrictions" has two over the act.
const DEPTH: usize = 3;

/// Words that stand over acts, and what becomes of the acts.
#[derive(Debug, Clone, Default)]
pub struct Operators {
    words: FxHashMap<String, String>,
    /// By operator, then by what it stands over.
    becomes: FxHashMap<String, FxHashMap<String, String>>,
}

/// What words tell when they are read together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Composed<'p> {
    /// Operator over the act, outermost first; empty if none stands there.
    pub operators: Vec<&'p str>,
    /// The type of the act alone.
    pub act: &'p str,
    /// The type of the whole.
    pub whole: &'p str,
}

impl Operators {
    /// Reads both lists; what is odd is told with its line.
    pub(crate) fn load(data: &Data, errors: &mut Vec<DataError>) -> Self {
        let mut lists = ListReader::new(data);
        let mut operators = Operators::default();
        for row in lists.rows(BECOMES, ["operator", "over", "becomes"]) {
            let [operator, over, becomes] = row.cells;
            for name in [over, becomes] {
                if codebook::event_type(name).is_none() {
                    lists.error(row.at, format!("`{name}` is no PLOVER type"));
                }
            }
            let under = operators.becomes.entry(operator.to_owned()).or_default();
            under.insert(over.to_owned(), becomes.to_owned());
        }
        for row in lists.rows(WORDS, ["word", "operator"]) {
            let [word, operator] = row.cells;
            let word = lists.required(row.at, "word", word);
            let operator = lists.required(row.at, "operator", operator);
            if operators.words.insert(word.clone(), operator).is_some() {
                lists.error(
                    row.at,
                    format!("`{word}` stands here twice; a word has one operator"),
                );
            }
        }
        errors.append(&mut lists.errors);
        operators
    }

    /// The operator that a lemma is.
    pub fn of(&self, lemma: &str) -> Option<&str> {
        self.words.get(lemma).map(String::as_str)
    }

    /// What becomes of an act under an operator.
    pub fn over<'p>(&'p self, operator: &str, act: &'p str) -> &'p str {
        self.becomes
            .get(operator)
            .and_then(|under| under.get(act))
            .map_or(act, String::as_str)
    }

    /// What a word with all that stands under it tells.
    pub fn read<'p>(
        &'p self,
        predicates: &'p Predicates,
        tree: &Tree,
        at: TokenId,
    ) -> Vec<Composed<'p>> {
        let mut found = self.walk(predicates, tree, at, DEPTH);
        found.sort();
        found.dedup();
        found
    }

    fn walk<'p>(
        &'p self,
        predicates: &'p Predicates,
        tree: &Tree,
        at: TokenId,
        depth: usize,
    ) -> Vec<Composed<'p>> {
        let mut found = Vec::new();
        if depth > 0
            && let Some((operator, under)) = self.at(tree, at.token)
        {
            for token in under {
                let below = TokenId {
                    unit: at.unit,
                    token,
                };
                for inner in self.walk(predicates, tree, below, depth - 1) {
                    let mut operators = vec![operator];
                    operators.extend(&inner.operators);
                    found.push(Composed {
                        operators,
                        act: inner.act,
                        whole: self.over(operator, inner.whole),
                    });
                }
            }
        }
        if found.is_empty() {
            found = predicates
                .word(tree, at)
                .into_iter()
                .filter(|act| *act != "NONE")
                .map(|act| Composed {
                    operators: Vec::new(),
                    act,
                    whole: act,
                })
                .collect();
        }
        found
    }

    /// The operator that a token is, and the tokens that it stands over.
    fn at(&self, tree: &Tree, token: usize) -> Option<(&str, Vec<usize>)> {
        let known = &tree.tokens[token];
        let lemma = known.lemma.to_lowercase();
        let mut under: Vec<usize> = tree
            .children_with(
                token,
                &["dobj", "nsubjpass", "xcomp", "ccomp", "acl", "attr", "oprd"],
            )
            .collect();
        for particle in tree.children_with(token, &["prt"]) {
            if let Some(operator) = self.of(&format!("{lemma}_{}", tree.tokens[particle].norm)) {
                under.extend(objects(tree, token));
                return Some((operator, under));
            }
        }
        for preposition in tree.children_with(token, &["prep"]) {
            if let Some(operator) = self.of(&format!("{lemma}_{}", tree.tokens[preposition].norm)) {
                under.extend(tree.children_with(preposition, &["pobj", "pcomp"]));
                return Some((operator, under));
            }
        }
        let operator = self.of(&lemma)?;
        if known.pos != "VERB" {
            under.extend(objects(tree, token));
            under.extend(tree.children_with(token, &["compound", "nmod"]));
        }
        Some((operator, under))
    }
}

fn objects(tree: &Tree, token: usize) -> impl Iterator<Item = usize> {
    tree.children_with(token, &["prep"])
        .flat_map(|preposition| tree.children_with(preposition, &["pobj", "pcomp"]))
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use verbale_parse::Parser;
    use verbale_read::{Options, read_text};

    use super::*;
    use crate::code::codebook::Codebook;
    use crate::segment::segment;

    fn told(text: &str) -> Vec<String> {
        let data = Data::embedded();
        let mut errors = Vec::new();
        let codebook = Codebook::load(&data, &mut errors);
        let predicates = Predicates::load(&data, &codebook, &mut errors);
        let operators = Operators::load(&data, &mut errors);
        assert!(errors.is_empty(), "{errors:?}");
        let (document, _) = read_text(text.as_bytes(), "s", &Options::default()).unwrap();
        let trees = crate::parse::parse(Parser::english(), &segment(&document));
        let tree = &trees.units[0];
        let token = (0..tree.tokens.len())
            .find(|&token| tree.tokens[token].head == token)
            .unwrap();
        operators
            .read(&predicates, tree, TokenId { unit: 0, token })
            .iter()
            .map(|read| {
                format!(
                    "{} over {}: {}",
                    read.operators.join(">"),
                    read.act,
                    read.whole
                )
            })
            .collect()
    }

    #[test]
    fn what_stands_over_an_act_decides() {
        assert_eq!(
            told("The minister lifted the sanctions on Monday."),
            ["end over SANCTION: RETREAT"]
        );
        assert_eq!(
            told("The president refused to lift the sanctions."),
            ["refuse>end over SANCTION: REJECT"]
        );
        assert_eq!(
            told("The two governments condemned the attack."),
            ["blame over ASSAULT: ACCUSE"]
        );
    }

    #[test]
    fn a_word_with_two_operators_is_told() {
        let data = Data::embedded().with(WORDS, "word\toperator\nlift\tend\nlift\tallow\n");
        let mut errors = Vec::new();
        Operators::load(&data, &mut errors);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0].line, 3);
    }
}
