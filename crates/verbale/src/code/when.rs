//! When a predication takes place: which of the time expressions around it date it, counted from which day.

use jiff::civil::Date;
use verbale_read::{Document, Span};

use super::Context;
use super::mood::is_ahead;
use crate::clause::{PredicateForm, Predication, Tense};
use crate::parse::{Tree, Trees};
use crate::record::FactDate;
use crate::resolve::dates::{Clause, DateExpr, Lean, Reading, find, of_fact};

/// The time expressions of each unit.
pub(super) fn expressions(document: &Document, trees: &Trees) -> Vec<Vec<DateExpr>> {
    trees
        .units
        .iter()
        .map(|tree| find(&document.text, tree.unit.span, today(document)))
        .collect()
}

fn today(document: &Document) -> Option<(Date, Date)> {
    document
        .published
        .as_ref()
        .map(|published| (published.start, published.end))
}

/// The date of a predication.
pub(super) fn date(context: &Context, predication: &Predication, content: &[usize]) -> FactDate {
    let tree = context.tree(predication.unit);
    let sentence_at = tree.sentence_of(predication.head);
    let others: Vec<Span> = context
        .predications
        .iter()
        .enumerate()
        .filter(|(index, _)| !content.contains(index))
        .map(|(_, other)| other)
        .filter(|other| {
            other.unit == predication.unit
                && other.head != predication.head
                && tree.sentence_of(other.head) == sentence_at
        })
        .map(|other| other.span)
        .collect();
    let clause = Clause {
        predicate: tree.span(predication.head),
        span: predication.span,
        others: &others,
        sentence: tree.range_span(tree.sentences[sentence_at].clone()),
        stative: is_stative(predication),
        discourse: None,
    };
    let reading = Reading {
        today: today(context.document),
        anchor: anchor(tree),
        lean: match predication.tense {
            _ if is_ahead(predication) => Lean::Future,
            Tense::Past => Lean::Past,
            Tense::Future => Lean::Future,
            Tense::Present | Tense::None => Lean::Nearest,
        },
        order: None,
    };
    of_fact(&context.expressions[predication.unit], &clause, &reading)
}

/// "Yesterday" in a quotation is counted from the day of the speech.
fn anchor(tree: &Tree) -> &'static str {
    match tree.unit.quotation {
        Some(_) => "speech",
        None => "document",
    }
}

fn is_stative(predication: &Predication) -> bool {
    predication.tense == Tense::Present
        && !predication.progressive
        && !predication.perfect
        && predication.form != PredicateForm::Noun
}
