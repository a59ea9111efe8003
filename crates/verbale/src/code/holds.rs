//! A day told once holds on: for what hangs on its clause ("expelled two envoys on Sunday, accusing them of …"), and for
//! what the telling goes on with ("The talks took place on 3 May. … The Ecuadorian side proposed …").
//!
//! Only simple past tenses of the narration are lent a day: a perfect ("has asked") tells of any time before the text, a
//! quotation of any time before the speech. A day once lent is marked as inferred.

use jiff::civil::Date;
use verbale_read::Span;

use super::occasions::{everyone, ids, is_open, is_told_in_past, take};
use super::story::Story;
use super::when::{of_text, today};
use super::{Context, Draft};
use crate::clause::{PredicateForm, Predication, Tense};
use crate::parse::Tree;
use crate::record::{DateBasis, EventType, Fact, FactDate, Kind, Modality};

/// Paragraphs after the last word of talks or a visit in which the telling may go on.
const REACH: usize = 2;
/// A longer stretch is no occasion of which a telling goes on.
const LONGEST: i32 = 10;
/// A happening longer before the text is history, told in passing.
const NEWS: i32 = 45;

/// An occasion that the text is telling of.
struct Running {
    draft: usize,
    paragraph: usize,
}

/// Lends days. Drafts are in the order of the text.
pub(super) fn hold(context: &Context, story: Option<&Story>, drafts: &mut [Draft]) {
    let mut talks: Option<Running> = None;
    let mut last: Option<Running> = None;
    for at in 0..drafts.len() {
        let predication = &context.predications[drafts[at].predication];
        let paragraph = context.tree(predication.unit).unit.paragraph;
        if is_open(&drafts[at].fact) && may_be_lent(&drafts[at].fact) {
            if let Some((date, words)) = of_governor(context, predication) {
                let text = words.of(&context.document.text).to_owned();
                lend(&mut drafts[at].fact, date, text);
            } else if goes_on(context, predication) {
                // What was told last in the paragraph wins over talks told before it.
                let near = last.as_ref().filter(|last| last.paragraph == paragraph);
                let far = talks
                    .as_ref()
                    .filter(|talks| paragraph <= talks.paragraph + REACH);
                let about =
                    story.filter(|story| near.is_none() && is_of_story(context, drafts, at, story));
                let from = near.or(far).map(|running| running.draft).filter(|&from| {
                    near.is_some()
                        || !tells_other_day(
                            context,
                            paragraph,
                            drafts[at].fact.span,
                            &drafts[from].fact.date,
                        )
                });
                if let Some(from) = from.filter(|&from| is_of(drafts, at, from)) {
                    take(drafts, at, from, "");
                    if let Some(talks) = talks.as_mut().filter(|talks| talks.draft == from) {
                        talks.paragraph = paragraph;
                    }
                } else if let Some(story) = about {
                    lend(&mut drafts[at].fact, story.date.clone(), String::new());
                }
            } else if let Some(date) = of_speech(context, predication, &drafts[at].fact) {
                lend(&mut drafts[at].fact, date, String::new());
            }
            continue;
        }
        let fact = &drafts[at].fact;
        if !happened(fact) || !is_main(context.tree(predication.unit), predication) {
            continue;
        }
        if is_short(context, fact) {
            last = Some(Running {
                draft: at,
                paragraph,
            });
            if fact.event_type == Some(EventType::Consult) {
                talks = Some(Running {
                    draft: at,
                    paragraph,
                });
            }
        } else if fact.date.start.is_some() {
            // History stands between: its paragraph no longer tells of the occasion.
            last = Some(Running {
                draft: at,
                paragraph,
            });
        }
    }
}

fn happened(fact: &Fact) -> bool {
    matches!(fact.kind, Kind::Event | Kind::Agreement | Kind::Transfer)
        && fact.modality == Modality::Asserted
}

fn may_be_lent(fact: &Fact) -> bool {
    happened(fact) && fact.date.text.is_empty()
}

fn lend(fact: &mut Fact, date: FactDate, text: String) {
    fact.date = FactDate {
        anchor: Some(date.text.clone()).filter(|text| !text.is_empty()),
        duration_days: fact.date.duration_days,
        text,
        basis: match date.basis {
            DateBasis::Document => DateBasis::Document,
            _ => DateBasis::Inferred,
        },
        ..date
    };
    fact.flags.retain(|flag| flag != "undated");
}

/// First and last day of a date whose sides are both known, if it is short.
fn short(date: &FactDate) -> Option<(Date, Date)> {
    let (start, end) = (date.start?, date.end?);
    ((end - start).get_days() < LONGEST).then_some((start, end))
}

/// Whether a fact is dated to a few days that are news to the text.
fn is_short(context: &Context, fact: &Fact) -> bool {
    let Some((start, _)) = short(&fact.date) else {
        return false;
    };
    fact.date.basis != DateBasis::Document
        && today(context.document).is_none_or(|(_, today)| (today - start).get_days() <= NEWS)
}

/// Told by a clause of its own and not in passing ("the protocol that was signed in 2015").
fn is_main(tree: &Tree, predication: &Predication) -> bool {
    !tree
        .upwards(predication.first())
        .any(|token| ["relcl", "advcl"].contains(&tree.tokens[token].dep))
}

/// The day of the clause on which this one hangs: the first of joined verbs with one subject, or the verb whose act a
/// participle explains.
fn of_governor(context: &Context, predication: &Predication) -> Option<(FactDate, Span)> {
    if predication.form == PredicateForm::Noun || predication.perfect {
        return None;
    }
    let tree = context.tree(predication.unit);
    let verb = verb_of(tree, predication);
    let token = &tree.tokens[verb];
    if token.head == verb {
        return None;
    }
    let over = token.head;
    let own_subject = tree
        .children_with(verb, &["nsubj", "nsubjpass"])
        .next()
        .is_some();
    let marked = tree.children_with(verb, &["mark"]).next().is_some();
    let joined = token.dep == "conj" && token.tag == "VBD" && tree.tokens[over].tag == "VBD";
    let passive = token.dep == "conj"
        && token.tag == "VBN"
        && is_told_in_past(tree, predication)
        && ["VBD", "VBN"].contains(&tree.tokens[over].tag);
    let explains = token.dep == "advcl" && token.tag == "VBG" && !marked;
    if own_subject || !(joined || passive || explains) {
        return None;
    }
    let governor = context
        .predications
        .iter()
        .filter(|other| other.unit == predication.unit && !std::ptr::eq(*other, predication))
        .find(|other| other.tokens.contains(&over) || other.head == over)?;
    if governor.perfect && governor.tense != Tense::Past {
        return None;
    }
    let date = context.dating(governor, &[]).date;
    short(&date)?;
    Some((date, tree.span(over)))
}

/// The verb of a predicate ("handed" of "handed a note").
pub(super) fn verb_of(tree: &Tree, predication: &Predication) -> usize {
    predication
        .tokens
        .iter()
        .copied()
        .find(|&token| tree.tokens[token].pos == "VERB")
        .unwrap_or(predication.head)
}

/// Whether a predication tells on: a simple past of the narration, in a main clause, without words that say "earlier".
fn goes_on(context: &Context, predication: &Predication) -> bool {
    let tree = context.tree(predication.unit);
    let earlier = context
        .words_of_class("earlier")
        .is_some_and(|set| context.modified(predication, set));
    tree.unit.quotation.is_none()
        && predication.form != PredicateForm::Noun
        && predication.tense == Tense::Past
        && !predication.perfect
        && !predication.progressive
        && !earlier
        && is_main(tree, predication)
        && is_told_in_past(tree, predication)
}

/// Whether one happening belongs to another: whoever acts took part in it, and whom it is done to as well unless they talked
/// about others.
fn is_of(drafts: &[Draft], at: usize, from: usize) -> bool {
    let (fact, whole) = (&drafts[at].fact, &drafts[from].fact);
    let Some((start, end)) = short(&whole.date) else {
        return false;
    };
    let sides = everyone(whole);
    let actors = ids(&fact.actor);
    let talked = whole.event_type == Some(EventType::Consult);
    start <= end
        && sides.len() >= 2
        && !actors.is_empty()
        && actors.is_subset(&sides)
        && (talked || everyone(fact).is_subset(&sides))
}

/// Whether the telling goes on with what the text is about: those who took part act, and its paragraph has told no other day.
fn is_of_story(context: &Context, drafts: &[Draft], at: usize, story: &Story) -> bool {
    let fact = &drafts[at].fact;
    let tree = context.tree(context.predications[drafts[at].predication].unit);
    let actors = ids(&fact.actor);
    let other_day = tells_other_day(context, tree.unit.paragraph, fact.span, &story.date);
    // What is said and agreed at talks, not what happens elsewhere on those days.
    let said = matches!(
        fact.event_type,
        Some(
            EventType::Consult
                | EventType::Support
                | EventType::Request
                | EventType::Accuse
                | EventType::Reject
                | EventType::Agree
        )
    );
    said && tree.unit.paragraph >= story.paragraph
        && !actors.is_empty()
        && actors.iter().all(|actor| story.sides.contains(*actor))
        && (!other_day || tree.unit.paragraph == story.paragraph)
}

/// Whether a paragraph tells of other days before the end of some words.
fn tells_other_day(context: &Context, paragraph: usize, words: Span, date: &FactDate) -> bool {
    context
        .trees
        .units
        .iter()
        .zip(&context.expressions)
        .filter(|(tree, _)| tree.unit.paragraph == paragraph)
        .flat_map(|(_, expressions)| expressions)
        .filter(|expression| expression.span.start < words.end)
        .map(|expression| &expression.date)
        .any(|other| {
            let Some(start) = other.start else {
                return false;
            };
            // "Since 1954" says how long, and no other day.
            other.end.is_some()
                && (date.end.is_some_and(|end| start > end) || Some(start) < date.start)
        })
}

/// "We thank Lomé": who says so does it by saying it, on the day of the text.
fn of_speech(context: &Context, predication: &Predication, fact: &Fact) -> Option<FactDate> {
    let day = of_text(context)?;
    let tree = context.tree(predication.unit);
    let verb = predication
        .tokens
        .iter()
        .copied()
        .find(|&token| ["VERB", "AUX"].contains(&tree.tokens[token].pos))
        .unwrap_or(predication.head);
    let first_person = tree
        .children_with(verb, &["nsubj"])
        .any(|subject| ["we", "i"].contains(&tree.tokens[subject].norm.as_str()));
    let performed = matches!(
        fact.event_type,
        Some(EventType::Support | EventType::Request | EventType::Accuse | EventType::Reject)
    ) && fact.kind == Kind::Event
        && !fact.negated;
    let now = predication.tense == Tense::Present
        && !predication.perfect
        && !predication.progressive
        && predication.governors.is_empty();
    (first_person && performed && now).then_some(day)
}
