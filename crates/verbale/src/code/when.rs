//! When a predication takes place: which of the time expressions around it date it, counted from which day.

use jiff::civil::Date;
use verbale_read::{Document, Span};

use super::Context;
use super::mood::is_ahead;
use crate::clause::{PredicateForm, Predication, Tense};
use crate::parse::{Tree, Trees};
use crate::record::FactDate;
use crate::resolve::dates::{Clause, DateExpr, Lean, Reading, When, find, joined, of_fact};

/// The time expressions of each unit.
pub(super) fn expressions(document: &Document, trees: &Trees) -> Vec<Vec<DateExpr>> {
    trees
        .units
        .iter()
        .map(|tree| find(&document.text, tree.unit.span, today(document)))
        .collect()
}

/// What the words say about when something happens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dating {
    pub(super) date: FactDate,
    /// Dates joined to the first ("in 2023 and 2024"), in order.
    pub(super) further: Vec<FactDate>,
    /// The words can be read as two days ("11/07/2024").
    pub(super) ambiguous: bool,
}

/// First and last possible day of the text.
pub(super) fn today(document: &Document) -> Option<(Date, Date)> {
    document
        .published
        .as_ref()
        .map(|published| (published.start, published.end))
}

/// The dates of a predication.
pub(super) fn dating(context: &Context, predication: &Predication, content: &[usize]) -> Dating {
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
    };
    let reading = Reading {
        today: today(context.document),
        anchor: anchor(tree),
        lean: match predication.tense {
            _ if is_ahead(predication) => Lean::Future,
            Tense::Past => Lean::Past,
            // "Have now reached": it has happened.
            Tense::Present if predication.perfect => Lean::Past,
            Tense::Future => Lean::Future,
            Tense::Present | Tense::None => Lean::Nearest,
        },
        order: None,
    };
    let expressions = &context.expressions[predication.unit];
    let taken = joined(&context.document.text, expressions, &clause, &reading);
    let ambiguous = taken
        .iter()
        .any(|expression| matches!(expression.when, When::DayOrMonth { .. }));
    match &taken[..] {
        [first, rest @ ..] if !rest.is_empty() => Dating {
            date: first.reading(&reading),
            further: rest
                .iter()
                .map(|expression| expression.reading(&reading))
                .collect(),
            ambiguous,
        },
        _ => Dating {
            date: of_fact(expressions, &clause, &reading),
            further: Vec::new(),
            ambiguous,
        },
    }
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
