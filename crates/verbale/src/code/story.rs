//! The occasion that a text is about: talks, a visit or a meeting that its first sentences tell with a day ("said on Thursday
//! after four hours of talks", "paid a visit to Seoul from 9 to 11 April").

use std::collections::BTreeSet;

use super::Context;
use crate::names::Referent;
use crate::parse::TokenId;
use crate::record::FactDate;
use crate::resolve::dates::{Lean, When};

/// Paragraphs of narration in which a text says what it is about.
const LEAD: usize = 3;
/// An occasion that began longer before the text is not its news.
const NEWS: i32 = 10;

/// What a text is about.
pub(super) struct Story {
    pub(super) date: FactDate,
    /// Who took part: the states of that sentence, and the two that the text names most.
    pub(super) sides: BTreeSet<String>,
    /// Paragraph where it is told.
    pub(super) paragraph: usize,
}

/// The first sentence of the lead that tells of an occasion and its day.
pub(super) fn story(context: &Context) -> Option<Story> {
    let mut paragraphs: BTreeSet<usize> = BTreeSet::new();
    for (unit, tree) in context.trees.units.iter().enumerate() {
        if tree.unit.quotation.is_some() {
            continue;
        }
        paragraphs.insert(tree.unit.paragraph);
        if paragraphs.len() > LEAD {
            return None;
        }
        for sentence in &tree.sentences {
            let told = sentence
                .clone()
                .any(|token| is_occasion(context, unit, token));
            if let Some(date) = told.then(|| day(context, unit, sentence.clone())).flatten() {
                let words = tree.range_span(sentence.clone());
                let named = context
                    .names
                    .mentions
                    .iter()
                    .filter(|mention| mention.unit == unit && words.contains(mention.span));
                let mut sides: BTreeSet<String> = named
                    .filter_map(|mention| match &mention.referent {
                        Referent::State { id, .. } => Some(id.clone()),
                        _ => None,
                    })
                    .collect();
                sides.extend(context.names.states.iter().take(2).cloned());
                return Some(Story {
                    date,
                    sides,
                    paragraph: tree.unit.paragraph,
                });
            }
        }
    }
    None
}

/// "Talks", "a visit", and verbs that need both sides in one place.
fn is_occasion(context: &Context, unit: usize, token: usize) -> bool {
    let word = &context.tree(unit).tokens[token];
    let noun = word.pos == "NOUN"
        && context
            .words_of_class("occasion")
            .is_some_and(|set| context.is_in(set, TokenId { unit, token }));
    let verb =
        word.tag == "VBD" && ["meet", "receive", "visit", "host"].contains(&word.lemma.as_str());
    noun || verb
}

/// The days of a sentence, if they are few and news.
fn day(context: &Context, unit: usize, sentence: std::ops::Range<usize>) -> Option<FactDate> {
    let words = context.tree(unit).range_span(sentence);
    let reading = context.reading(unit, Lean::Past);
    context.expressions[unit]
        .iter()
        .filter(|expression| words.contains(expression.span))
        .filter(|expression| {
            !matches!(
                expression.when,
                When::Bound { .. } | When::Recent | When::Now | When::Stretch { .. }
            )
        })
        .map(|expression| expression.reading(&reading))
        .find(|date| {
            let (Some(start), Some(end)) = (date.start, date.end) else {
                return false;
            };
            let news = |(first, last): (jiff::civil::Date, jiff::civil::Date)| {
                start <= last && (first - start).get_days() <= NEWS
            };
            (end - start).get_days() < NEWS && reading.today.is_none_or(news)
        })
}
