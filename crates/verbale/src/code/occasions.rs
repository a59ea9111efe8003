//! Visits and meetings lend their days to what happened there: "during the visit, three papers were signed".
//!
//! A text names the day of a visit once. What it tells later refers back in words ("at the meeting", "where they signed",
//! "upon her arrival"), or goes on telling of the same two states. Only what the words leave undated is lent a day, and the
//! basis says so.

use std::collections::BTreeSet;

use verbale_read::Span;

use super::when::today;
use super::{Context, Draft};
use crate::clause::{PredicateForm, Predication};
use crate::parse::{TokenId, Tree};
use crate::record::{DateBasis, EventType, Fact, FactDate, Kind, Modality, Party};
use crate::resolve::dates::recent;

/// Paragraphs after the last word of a visit in which the telling may go on without referring back.
const REACH: usize = 2;

/// Lends days from occasions told before. Drafts are in the order of the text.
pub(super) fn lend(context: &Context, drafts: &mut [Draft]) {
    lengths(context, drafts);
    // What was last told of an occasion, so that a telling that goes on is known by its nearness.
    let mut running: Option<(usize, usize)> = None;
    for at in 0..drafts.len() {
        let predication = &context.predications[drafts[at].predication];
        let paragraph = context.tree(predication.unit).unit.paragraph;
        if is_visit(&drafts[at].fact) {
            if let Some(before) = same_visit(context, drafts, at) {
                take(drafts, at, before, "");
            }
            if happened(&drafts[at].fact) {
                running = Some((at, paragraph));
            }
            continue;
        }
        if !happened(&drafts[at].fact) {
            continue;
        }
        let lent = match cue(context, predication) {
            Some(cue) => occasion(context, drafts, at, &cue).map(|whole| (whole, cue.words)),
            None => running
                .filter(|(whole, last)| {
                    paragraph <= last + REACH && goes_on(context, drafts, at, *whole)
                })
                .map(|(whole, _)| (whole, Span::new(0, 0))),
        };
        let Some((whole, words)) = lent else {
            continue;
        };
        if is_open(&drafts[at].fact) {
            take(drafts, at, whole, words.of(&context.document.text));
            if is_visit(&drafts[whole].fact) {
                drafts[at].part_of = Some(whole);
                running = Some((whole, paragraph));
            }
        }
    }
}

/// A visit told from the visitor's side; a welcome (043) tells of one from the host's.
fn is_visit(fact: &Fact) -> bool {
    fact.visit.is_some() && fact.cameo.as_deref() != Some("043")
}

fn happened(fact: &Fact) -> bool {
    matches!(fact.kind, Kind::Event | Kind::Agreement | Kind::Transfer)
        && fact.modality == Modality::Asserted
        && !fact.negated
}

/// Whether no words date it, or none better than "recent".
pub(super) fn is_open(fact: &Fact) -> bool {
    let date = &fact.date;
    let unknown = date.start.is_none() && date.end.is_none() && date.edtf.is_empty();
    unknown && date.basis == DateBasis::Unknown
        || date.basis == DateBasis::Document && date.start.is_none()
}

pub(super) fn take(drafts: &mut [Draft], at: usize, from: usize, words: &str) {
    let lender = drafts[from].fact.date.clone();
    if lender.start.is_none() && lender.end.is_none() && lender.edtf.is_empty() {
        return;
    }
    let fact = &mut drafts[at].fact;
    fact.date = FactDate {
        basis: DateBasis::Inferred,
        anchor: Some(lender.text).filter(|text| !text.is_empty()),
        duration_days: fact.date.duration_days,
        text: words.to_owned(),
        ..lender
    };
    fact.flags.retain(|flag| flag != "undated");
}

/// "The recent visit", of which the text says later that it took two days, has the days that a recent two-day visit has.
fn lengths(context: &Context, drafts: &mut [Draft]) {
    let Some(visits) = context.words_of_class("visit") else {
        return;
    };
    for at in 0..drafts.len() {
        let fact = &drafts[at].fact;
        let start = fact.span.start;
        if !is_visit(fact)
            || fact.date.duration_days.is_some()
            || fact.date.basis != DateBasis::Document
        {
            continue;
        }
        let next = drafts[at + 1..]
            .iter()
            .find(|other| is_visit(&other.fact) && !same_sides(&other.fact, fact))
            .map_or(usize::MAX, |other| other.fact.span.start);
        let length = context
            .predications
            .iter()
            .filter(|other| start < other.span.start && other.span.start < next)
            .filter(|other| {
                let head = TokenId {
                    unit: other.unit,
                    token: other.head,
                };
                context.is_in(visits, head) && is_definite(context.tree(other.unit), other.head)
            })
            .find_map(|other| context.dating(other, &[]).date.duration_days);
        if length.is_some() {
            let fact = &mut drafts[at].fact;
            fact.date = recent(fact.date.clone(), length, today(context.document));
            fact.date.duration_days = length;
        }
    }
}

/// The telling of the same single visit before, if this one has no days of its own.
fn same_visit(context: &Context, drafts: &[Draft], at: usize) -> Option<usize> {
    let fact = &drafts[at].fact;
    let predication = &context.predications[drafts[at].predication];
    if !is_open(fact) || predication.form != PredicateForm::Noun || is_plural(context, predication)
    {
        return None;
    }
    (0..at).rev().find(|&before| {
        let other = &drafts[before].fact;
        is_visit(other)
            && same_sides(other, fact)
            && other.modality == fact.modality
            && other.negated == fact.negated
            && other
                .actor
                .iter()
                .zip(&fact.actor)
                .all(|(one, two)| same_person(one, two))
    })
}

fn is_plural(context: &Context, predication: &Predication) -> bool {
    context.tree(predication.unit).tokens[predication.head].tag == "NNS"
}

fn same_person(one: &Party, two: &Party) -> bool {
    match (&one.person, &two.person) {
        (Some(one), Some(two)) => one.id == two.id,
        _ => true,
    }
}

pub(super) fn ids(parties: &[Party]) -> BTreeSet<&str> {
    parties.iter().map(|party| party.id.as_str()).collect()
}

fn same_sides(one: &Fact, two: &Fact) -> bool {
    ids(&one.actor) == ids(&two.actor) && ids(&one.recipient) == ids(&two.recipient)
}

pub(super) fn everyone(fact: &Fact) -> BTreeSet<&str> {
    &ids(&fact.actor) | &ids(&fact.recipient)
}

/// Words that refer back to an occasion.
struct Cue {
    words: Span,
    /// The noun of the occasion; none for "where".
    noun: Option<TokenId>,
}

/// Looks for the words on the way from the predicate up to the head of its own clause.
fn cue(context: &Context, predication: &Predication) -> Option<Cue> {
    const OWN_CLAUSE: [&str; 12] = [
        "conj",
        "advcl",
        "xcomp",
        "prep",
        "pobj",
        "dobj",
        "nsubj",
        "nsubjpass",
        "compound",
        "amod",
        "acl",
        "pcomp",
    ];
    let unit = predication.unit;
    let tree = context.tree(unit);
    let mut at = predication.tokens.first().copied()?;
    loop {
        if let Some(cue) = cue_at(context, unit, at) {
            return Some(cue);
        }
        let token = &tree.tokens[at];
        if token.head == at || !OWN_CLAUSE.contains(&token.dep) {
            return None;
        }
        at = token.head;
    }
}

fn cue_at(context: &Context, unit: usize, at: usize) -> Option<Cue> {
    let tree = context.tree(unit);
    let where_to = |cue: usize| Cue {
        words: tree.span(cue),
        noun: None,
    };
    if let Some(place) = tree
        .children_with(at, &["advmod"])
        .find(|&child| ["where", "there"].contains(&tree.tokens[child].norm.as_str()))
        && (tree.tokens[place].norm == "there" || tree.tokens[at].dep == "relcl")
    {
        return Some(where_to(place));
    }
    let times = context.words_of_class("occasion_time")?;
    let within = tree
        .children_with(at, &["prep"])
        .filter(|&prep| times.has_word(&tree.tokens[prep].norm))
        .find_map(|prep| {
            let noun = framed(context, unit, prep)?;
            Some((prep, noun))
        });
    if let Some((prep, noun)) = within {
        return Some(Cue {
            words: tree.range_span(prep..noun + 1),
            noun: Some(TokenId { unit, token: noun }),
        });
    }
    // "The tour featured talks": the occasion is the subject.
    let comprise = context.words_of_class("comprise")?;
    if !context.is_in(comprise, TokenId { unit, token: at }) {
        return None;
    }
    let subject = tree
        .children_with(at, &["nsubj"])
        .find(|&subject| is_occasion(context, unit, subject))?;
    Some(Cue {
        words: tree.range_span(tree.edges[subject].start..subject + 1),
        noun: Some(TokenId {
            unit,
            token: subject,
        }),
    })
}

/// The definite occasion that a preposition brings, by itself or in a frame ("in the course of the trip").
fn framed(context: &Context, unit: usize, prep: usize) -> Option<usize> {
    let tree = context.tree(unit);
    let noun = tree.children_with(prep, &["pobj"]).next()?;
    if is_occasion(context, unit, noun) {
        return Some(noun);
    }
    let frames = context.words_of_class("occasion_frame")?;
    if !context.is_in(frames, TokenId { unit, token: noun }) {
        return None;
    }
    tree.children_with(noun, &["prep"])
        .filter(|&of| tree.tokens[of].norm == "of")
        .flat_map(|of| tree.children_with(of, &["pobj"]))
        .find(|&noun| is_occasion(context, unit, noun))
}

fn is_occasion(context: &Context, unit: usize, token: usize) -> bool {
    context
        .words_of_class("occasion")
        .is_some_and(|set| context.is_in(set, TokenId { unit, token }))
        && is_definite(context.tree(unit), token)
}

/// "The visit", "this meeting", "her arrival", "the emir's trip".
fn is_definite(tree: &Tree, token: usize) -> bool {
    tree.children_with(token, &["poss"]).next().is_some()
        || tree.children_with(token, &["det"]).any(|child| {
            ["the", "this", "that", "these", "those"].contains(&tree.tokens[child].norm.as_str())
        })
}

/// The occasion meant: the one that the noun itself tells of, else the last of its sort told before between the same sides.
fn occasion(context: &Context, drafts: &[Draft], at: usize, cue: &Cue) -> Option<usize> {
    let head = |draft: &Draft| {
        let predication = &context.predications[draft.predication];
        TokenId {
            unit: predication.unit,
            token: predication.head,
        }
    };
    if let Some(own) = drafts
        .iter()
        .position(|draft| Some(head(draft)) == cue.noun && draft.fact.kind == Kind::Event)
        .filter(|&own| own != at && !is_open(&drafts[own].fact))
    {
        return Some(own);
    }
    let visit = cue.noun.is_some_and(|noun| {
        context
            .words_of_class("visit")
            .is_some_and(|set| context.is_in(set, noun))
    });
    let sides = everyone(&drafts[at].fact);
    (0..at).rev().find(|&before| {
        let fact = &drafts[before].fact;
        happened(fact)
            && if visit || cue.noun.is_none() {
                is_visit(fact)
            } else {
                fact.kind == Kind::Event && fact.event_type == Some(EventType::Consult)
            }
            && sides.is_subset(&everyone(fact))
    })
}

/// Without words that refer back: the same two sides, told on in the past by the same voice. Papers signed then belong to
/// the visit; of what else was done, what the visitor took part in.
fn goes_on(context: &Context, drafts: &[Draft], at: usize, whole: usize) -> bool {
    let (fact, visit) = (&drafts[at].fact, &drafts[whole].fact);
    let predication = &context.predications[drafts[at].predication];
    let voices = |fact: &Fact| -> Vec<String> {
        let names = fact.attribution.iter().map(|voice| voice.name.clone());
        names.collect()
    };
    let before_then = context
        .words_of_class("earlier")
        .is_some_and(|set| context.modified(predication, set));
    let visitors = || visit.actor.iter().filter_map(|party| party.person.as_ref());
    let attends = fact.event_type == Some(EventType::Consult)
        && fact
            .actor
            .iter()
            .chain(&fact.recipient)
            .filter_map(|party| party.person.as_ref())
            .any(|person| visitors().any(|visitor| visitor.id == person.id));
    let signed = fact
        .instrument
        .as_ref()
        .is_some_and(|paper| paper.status == "signed");
    (signed || attends)
        && !other_days_between(context, visit.span.end, fact.span.start)
        && everyone(fact) == everyone(visit)
        && voices(fact) == voices(visit)
        && is_told_in_past(context.tree(predication.unit), predication)
        && !before_then
}

/// Whether words between two places of the text tell of other days.
fn other_days_between(context: &Context, start: usize, end: usize) -> bool {
    context.expressions.iter().flatten().any(|expression| {
        start <= expression.span.start
            && expression.span.end <= end
            && (expression.date.start.is_some() || !expression.date.edtf.is_empty())
            && !expression.is_length()
    })
}

/// Whether a past form stands over the predicate or is part of it ("were signed", "the memorandum covered").
pub(super) fn is_told_in_past(tree: &Tree, predication: &Predication) -> bool {
    let past = |token: usize| tree.tokens[token].tag == "VBD";
    tree.upwards(predication.first())
        .any(|at| past(at) || tree.children_with(at, &["aux", "auxpass"]).any(past))
}
