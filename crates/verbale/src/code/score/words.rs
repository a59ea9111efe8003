//! What is the same of a word in every predication around it.

use std::borrow::Cow;

use super::super::Context;
use super::predicates::Predicates;
use crate::names::Referent;
use crate::parse::{TokenId, Tree};

/// Words that say nothing by themselves.
const EMPTY: [&str; 14] = [
    "be", "have", "do", "say", "will", "would", "other", "such", "same", "own", "more", "most",
    "also", "very",
];

/// A word of a unit.
#[derive(Debug)]
pub(super) struct Word<'w> {
    /// Its lemma in small letters; one sign for numbers, a mark before pronouns.
    pub(super) lemma: Cow<'w, str>,
    /// Part of a name: names never count.
    pub(super) named: bool,
    /// Says nothing by itself.
    pub(super) empty: bool,
    /// What the list of predicates says of it.
    pub(super) types: Vec<&'w str>,
}

/// The words of the unit that was asked for last; predications come unit by unit.
#[derive(Debug, Default)]
pub struct Words<'w> {
    unit: Option<usize>,
    words: Vec<Word<'w>>,
}

impl<'w> Words<'w> {
    /// The words of a unit.
    pub(super) fn of(
        &mut self,
        context: &'w Context,
        predicates: &'w Predicates,
        unit: usize,
    ) -> &[Word<'w>] {
        if self.unit != Some(unit) {
            let tree = context.tree(unit);
            let word = |token: usize| {
                let at = TokenId { unit, token };
                let lemma = lemma(tree, token);
                Word {
                    named: is_named(context, at),
                    empty: EMPTY.contains(&&*lemma),
                    lemma,
                    types: predicates.word(tree, at),
                }
            };
            self.words = (0..tree.tokens.len()).map(word).collect();
            self.unit = Some(unit);
        }
        &self.words
    }
}

fn is_named(context: &Context, at: TokenId) -> bool {
    context.tree(at.unit).tokens[at.token].pos == "PROPN"
        || context.names.mentions_over(at).any(|mention| {
            !matches!(
                mention.referent,
                Referent::Agent { .. } | Referent::Office { .. }
            )
        })
}

fn lemma(tree: &Tree, token: usize) -> Cow<'_, str> {
    let known = &tree.tokens[token];
    match known.pos {
        "NUM" => Cow::Borrowed("#"),
        "PRON" => Cow::Owned(format!("*{}", known.norm)),
        // As nearly all are.
        _ if known.lemma.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Cow::Borrowed(&known.lemma)
        }
        _ => Cow::Owned(known.lemma.to_lowercase()),
    }
}
