//! The days that a fact may have: what its own words say, the times told around it, the day of the text, none.

use super::super::occasions::everyone;
use super::super::story::Story;
use super::super::when::{closed, lean, of_text};
use super::super::{Context, Draft};
use super::{Candidate, Names};
use crate::record::{DateBasis, EventType, FactDate, Kind, Modality};
use crate::resolve::dates::{DateExpr, Lean, When};

/// So many times told before in the text are candidates.
const BEFORE: usize = 4;
/// Paragraphs back in which they stand.
const REACH: usize = 2;

/// Where a text tells of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// The day that the steps before gave the fact; it may be none.
    Stands,
    /// No day.
    Nobody,
    /// A time expression of the fact's own sentence: unit and index.
    Sentence(usize, usize),
    /// A time expression before that sentence, the nearest first: unit, index, how many stand between.
    Before(usize, usize, usize),
    /// The day of another fact, by its index: the one before, the last between the same sides, the last talks, one told in
    /// the same sentence.
    Told(usize, Telling),
    /// The occasion that the text is about.
    Story,
    /// The day of the text.
    Text,
}

/// How another fact that lends its day is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Telling {
    Last,
    SameSides,
    Talks,
    SameSentence,
}

/// All candidates of a draft, what stands first; clues are not yet there.
pub(super) fn candidates(
    context: &Context,
    drafts: &[Draft],
    at: usize,
    story: Option<&Story>,
) -> Vec<Candidate> {
    let mut found = Found(Vec::new());
    let fact = &drafts[at].fact;
    found.add(fact.date.clone(), Site::Stands);
    found.add(FactDate::unknown(), Site::Nobody);
    of_sentence(context, drafts, at, &mut found);
    before(context, drafts, at, &mut found);
    told(context, drafts, at, &mut found);
    if let Some(story) = story {
        found.add(lent(&story.date), Site::Story);
    }
    if let Some(day) = of_text(context) {
        found.add(day, Site::Text);
    }
    found.0
}

struct Found(Vec<Candidate>);

impl Found {
    fn add(&mut self, date: FactDate, site: Site) {
        let bounds = (date.start, date.end);
        let known = self
            .0
            .iter_mut()
            .find(|known| (known.date.start, known.date.end) == bounds);
        match known {
            Some(known) => known.sites.push(site),
            None => self.0.push(Candidate {
                date,
                sites: vec![site],
                clues: Names::default(),
            }),
        }
    }
}

/// A day that other words tell.
fn lent(date: &FactDate) -> FactDate {
    FactDate {
        anchor: Some(date.text.clone()).filter(|text| !text.is_empty()),
        duration_days: None,
        basis: match date.basis {
            DateBasis::Document => DateBasis::Document,
            _ => DateBasis::Inferred,
        },
        ..date.clone()
    }
}

/// Whether an expression tells of a time at all.
fn is_time(expression: &DateExpr) -> bool {
    !expression.rhetorical
        && !matches!(
            expression.when,
            When::Lasting(_) | When::Vague | When::Recent | When::Now
        )
}

fn of_sentence(context: &Context, drafts: &[Draft], at: usize, found: &mut Found) {
    let fact = &drafts[at].fact;
    let predication = &context.predications[drafts[at].predication];
    let tree = context.tree(predication.unit);
    let sentence = tree.range_span(tree.sentence_around(predication.head));
    let reading = context.reading(predication.unit, lean(predication));
    let ahead = fact.kind == Kind::Commitment
        || matches!(fact.modality, Modality::Planned | Modality::Intended);
    for (index, expression) in context.expressions[predication.unit].iter().enumerate() {
        if sentence.contains(expression.span) && is_time(expression) {
            let date = closed(context, expression.reading(&reading), ahead);
            if date.start.is_some() || date.end.is_some() {
                found.add(date, Site::Sentence(predication.unit, index));
            }
        }
    }
}

fn before(context: &Context, drafts: &[Draft], at: usize, found: &mut Found) {
    let predication = &context.predications[drafts[at].predication];
    let tree = context.tree(predication.unit);
    let start = tree
        .range_span(tree.sentence_around(predication.head))
        .start;
    let mut earlier: Vec<(usize, usize)> = context
        .trees
        .units
        .iter()
        .enumerate()
        .filter(|(_, other)| {
            other.unit.paragraph <= tree.unit.paragraph
                && tree.unit.paragraph <= other.unit.paragraph + REACH
        })
        .flat_map(|(unit, _)| {
            let expressions = context.expressions[unit].iter().enumerate();
            expressions
                .filter(|(_, expression)| expression.span.end <= start && is_time(expression))
                .map(move |(index, _)| (unit, index))
        })
        .collect();
    earlier.sort_by_key(|&(unit, index)| {
        std::cmp::Reverse(context.expressions[unit][index].span.start)
    });
    for (between, (unit, index)) in earlier.into_iter().take(BEFORE).enumerate() {
        let reading = context.reading(unit, Lean::Past);
        let date = context.expressions[unit][index].reading(&reading);
        if date.start.is_some() && date.end.is_some() {
            found.add(lent(&date), Site::Before(unit, index, between));
        }
    }
}

fn told(context: &Context, drafts: &[Draft], at: usize, found: &mut Found) {
    let fact = &drafts[at].fact;
    let predication = &context.predications[drafts[at].predication];
    let sentence = context.tree(predication.unit).sentence_of(predication.head);
    let dated = |other: usize| {
        let date = &drafts[other].fact.date;
        other != at && date.start.is_some() && date.end.is_some()
    };
    let sides = everyone(fact);
    let mut add = |other: Option<usize>, telling: Telling| {
        if let Some(other) = other {
            found.add(lent(&drafts[other].fact.date), Site::Told(other, telling));
        }
    };
    let back = || (0..at).rev().filter(|&other| dated(other));
    add(back().next(), Telling::Last);
    add(
        back().find(|&other| everyone(&drafts[other].fact) == sides),
        Telling::SameSides,
    );
    add(
        back().find(|&other| drafts[other].fact.event_type == Some(EventType::Consult)),
        Telling::Talks,
    );
    let beside = |other: &usize| {
        let other = &context.predications[drafts[*other].predication];
        other.unit == predication.unit
            && context.tree(other.unit).sentence_of(other.head) == sentence
    };
    let near = (0..drafts.len())
        .filter(|&other| dated(other))
        .filter(beside)
        .min_by_key(|&other| other.abs_diff(at));
    add(near, Telling::SameSentence);
}
