//! When a predication takes place: which of the time expressions around it date it, counted from which day.

use jiff::civil::Date;
use verbale_read::{Document, Span};

use super::Context;
use super::mood::is_ahead;
use crate::clause::{PredicateForm, Predication, Tense};
use crate::parse::{Tree, Trees};
use crate::record::{DateBasis, FactDate, Granularity};
use crate::resolve::dates::{
    Clause, DateExpr, Hemisphere, Lean, Reading, Thread, When, find_after, joined, of_fact,
};

/// The time expressions of each unit.
pub(super) fn expressions(document: &Document, trees: &Trees) -> Vec<Vec<DateExpr>> {
    let mut thread = Thread::default();
    let mut paragraph = 0;
    trees
        .units
        .iter()
        .map(|tree| {
            // What was told further up is no longer in mind.
            if tree.unit.paragraph > paragraph + 1 {
                thread = Thread::default();
            }
            paragraph = tree.unit.paragraph;
            find_after(&document.text, tree.unit.span, today(document), &mut thread)
        })
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

/// The day of the text as a date, if it is one day.
pub(super) fn of_text(context: &Context) -> Option<FactDate> {
    let (start, end) = today(context.document).filter(|(start, end)| start == end)?;
    Some(FactDate {
        start: Some(start),
        end: Some(end),
        edtf: start.to_string(),
        granularity: Granularity::Day,
        basis: DateBasis::Document,
        ..FactDate::unknown()
    })
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
    let reading = context.reading(predication.unit, lean(predication));
    let heads: Vec<usize> = content
        .iter()
        .map(|&index| &context.predications[index])
        .filter(|other| other.unit == predication.unit)
        .map(|other| other.head)
        .chain(predication.tokens.iter().copied())
        .chain([predication.head])
        .collect();
    let expressions: Vec<DateExpr> = context.expressions[predication.unit]
        .iter()
        .filter(|expression| !is_of_a_thing(tree, &heads, expression.span))
        .cloned()
        .collect();
    let expressions = &expressions[..];
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

/// Where the tense and mood of a predication say that its time lies.
pub fn lean(predication: &Predication) -> Lean {
    match predication.tense {
        _ if is_ahead(predication) => Lean::Future,
        Tense::Past => Lean::Past,
        // "Have now reached": it has happened.
        Tense::Present if predication.perfect => Lean::Past,
        Tense::Future => Lean::Future,
        Tense::Present | Tense::None => Lean::Nearest,
    }
}

/// "The treaty of 1954", "a partnership for 2025 to 2030": the time belongs to a thing the sentence speaks of and dates no
/// verb.
fn is_of_a_thing(tree: &Tree, heads: &[usize], expression: Span) -> bool {
    let inside = |token: usize| expression.contains(tree.span(token));
    let Some(top) = (0..tree.tokens.len())
        .filter(|&token| inside(token))
        .find(|&token| !inside(tree.tokens[token].head))
    else {
        return false;
    };
    let prep = tree.tokens[top].head;
    let word = &tree.tokens[prep];
    let thing = word.head;
    word.dep == "prep"
        && ["of", "for"].contains(&word.norm.as_str())
        && !heads.contains(&thing)
        && ["NOUN", "PROPN"].contains(&tree.tokens[thing].pos)
        // "The first half of 2024", "the summer of 2020": a part of the time itself.
        && !expression.contains(tree.span(thing))
}

/// What is promised "by the end of the year" lies between the text and then; what has been so "since 1954" was so up to the
/// text.
pub(super) fn closed(context: &Context, mut date: FactDate, ahead: bool) -> FactDate {
    let Some((first, last)) = today(context.document) else {
        return date;
    };
    match (date.start, date.end) {
        (None, Some(end)) if ahead && end >= first && date.basis != DateBasis::Document => {
            date.start = Some(first);
        }
        (Some(start), None) if !ahead && start <= last => date.end = Some(last),
        _ => return date,
    }
    if let (Some(start), Some(end)) = (date.start, date.end) {
        date.edtf = format!("{start}/{end}");
    }
    date
}

/// What relative words of a unit are counted from. "Yesterday" in a quotation is counted from the day of the speech.
pub(super) fn reading(context: &Context, unit: usize, lean: Lean) -> Reading<'static> {
    Reading {
        today: today(context.document),
        anchor: match context.tree(unit).unit.quotation {
            Some(_) => "speech",
            None => "document",
        },
        lean,
        order: None,
        hemisphere: hemisphere(context),
    }
}

/// Where the two states lie of which a text speaks most; nothing if one lies in the south and the other does not.
fn hemisphere(context: &Context) -> Option<Hemisphere> {
    let mut south = context
        .names
        .states
        .iter()
        .take(2)
        .map(|state| context.lexicon.has_southern_seasons(state));
    let first = south.next()?;
    let hemisphere = match first {
        true => Hemisphere::South,
        false => Hemisphere::North,
    };
    south.all(|other| other == first).then_some(hemisphere)
}

fn is_stative(predication: &Predication) -> bool {
    predication.tense == Tense::Present
        && !predication.progressive
        && !predication.perfect
        && predication.form != PredicateForm::Noun
}
