//! One phrase that tells of several happenings: "visits in 2023 and 2024, including his most recent visit".

use verbale_read::Span;

use super::Context;
use super::when::today;
use crate::clause::{PredicateForm, Predication};
use crate::parse::TokenId;
use crate::record::{DateBasis, Fact, FactDate, Granularity, Kind};

/// The facts of one phrase, and the predications inside it that they tell of already.
pub(super) struct Several {
    pub(super) facts: Vec<Fact>,
    pub(super) told: Vec<usize>,
}

/// Gives each of the joined dates a fact of its own, and one to the latest of the happenings if the phrase names it. What
/// holds in general (a position, a relation) stays one fact.
pub(super) fn split(
    context: &Context,
    predication: &Predication,
    fact: Fact,
    further: Vec<FactDate>,
) -> Several {
    let happens = matches!(fact.kind, Kind::Event | Kind::Agreement | Kind::Transfer);
    let one = predication.form == PredicateForm::Noun && !is_plural(context, predication);
    if !happens || one {
        return Several {
            facts: vec![fact],
            told: Vec::new(),
        };
    }
    let latest = latest(context, predication);
    let mut facts = vec![fact];
    for date in further {
        let again = Fact {
            date,
            ..facts[0].clone()
        };
        facts.push(again);
    }
    let mut told = Vec::new();
    if let Some((words, token)) = latest {
        let span = facts[0].span.cover(words);
        let mut again = Fact {
            date: up_to_today(context, words),
            span,
            quote: span.of(&context.document.text).to_owned(),
            ..facts[0].clone()
        };
        // Whether it is one of those told before or one more, the words leave open.
        again.flags.retain(|flag| flag != "undated");
        again.flags.push("ambiguous_date".to_owned());
        facts.push(again);
        told.extend(context.predication_index(token));
    }
    Several { facts, told }
}

fn is_plural(context: &Context, predication: &Predication) -> bool {
    matches!(
        context.tree(predication.unit).tokens[predication.head].tag,
        "NNS" | "NNPS"
    )
}

/// "…, including his most recent visit": the words behind "including", and their head.
fn latest(context: &Context, predication: &Predication) -> Option<(Span, TokenId)> {
    let tree = context.tree(predication.unit);
    let sentence = tree.sentences[tree.sentence_of(predication.head)].clone();
    let opens = (predication.head..sentence.end)
        .find(|&token| ["including", "among"].contains(&tree.tokens[token].norm.as_str()))?;
    let newest = context.words_of_class("latest")?;
    let mut is_newest = false;
    for token in opens + 1..sentence.end {
        let word = &tree.tokens[token];
        if word.pos == "PUNCT" {
            return None;
        }
        is_newest |= newest.has_word(&word.norm);
        if is_newest && word.lemma.eq_ignore_ascii_case(&predication.lemma) {
            let words = tree.range_span(opens + 1..token + 1);
            let unit = predication.unit;
            return Some((words, TokenId { unit, token }));
        }
    }
    None
}

/// What is the latest of its sort has happened by the day of the text.
fn up_to_today(context: &Context, words: Span) -> FactDate {
    let text = words.of(&context.document.text).to_owned();
    match today(context.document) {
        Some((_, end)) => FactDate {
            end: Some(end),
            edtf: format!("../{end}"),
            granularity: Granularity::Range,
            basis: DateBasis::Document,
            anchor: Some("document".to_owned()),
            text,
            ..FactDate::unknown()
        },
        None => FactDate {
            text,
            ..FactDate::unknown()
        },
    }
}
