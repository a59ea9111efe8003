//! What speaks for a day: where it is told, how it lies to the day of the text, and of what sort the fact is.

use jiff::civil::Date;
use verbale_read::Span;

use super::super::holds::verb_of;
use super::super::occasions::{everyone, is_told_in_past};
use super::super::when::today;
use super::super::{Context, Draft};
use super::candidates::Site;
use super::{Candidate, Names};
use crate::clause::{PredicateForm, Predication, Tense};
use crate::parse::Tree;
use crate::record::{DateBasis, Fact, FactDate, word};

/// What is the same for all candidates of a fact.
pub(super) struct Seen<'a> {
    context: &'a Context<'a>,
    drafts: &'a [Draft],
    fact: &'a Fact,
    predication: &'a Predication,
    /// Kind and type.
    sort: String,
    /// How the words are put: form, tense, what stands over them.
    put: String,
    /// Whose words they are, and where in the text.
    voice: String,
    /// How many candidates tell of a day.
    days: usize,
    /// Lemma of the predicate, and words that say how its time lies to what was told before ("then", "since").
    lemma: String,
    links: Vec<String>,
}

impl<'a> Seen<'a> {
    pub(super) fn of(
        context: &'a Context<'a>,
        drafts: &'a [Draft],
        at: usize,
        candidates: &[Candidate],
    ) -> Seen<'a> {
        let fact = &drafts[at].fact;
        let predication = &context.predications[drafts[at].predication];
        let tree = context.tree(predication.unit);
        let event_type = fact
            .event_type
            .map_or_else(|| "none".to_owned(), |event_type| word(&event_type));
        let place = match tree.unit.paragraph {
            0 => "first",
            1 | 2 => "lead",
            _ => "later",
        };
        Seen {
            context,
            drafts,
            fact,
            predication,
            sort: format!("{} {event_type}", word(&fact.kind)),
            put: put(tree, predication),
            voice: format!(
                "{} {place}",
                match (tree.unit.quotation.is_some(), fact.attribution.len() > 1) {
                    (true, _) => "quoted",
                    (false, true) => "reported",
                    (false, false) => "told",
                }
            ),
            lemma: predication.lemma.clone(),
            links: links(tree, predication),
            days: candidates
                .iter()
                .filter(|candidate| is_day(&candidate.date))
                .count(),
        }
    }

    /// The clues for one candidate.
    pub(super) fn clues(&self, candidate: &Candidate, mut names: Names) -> Names {
        let lie = self.lie(&candidate.date);
        let modality = word(&self.fact.modality);
        names.add(format_args!("{lie} {modality}"));
        names.add(format_args!("{lie} | {}", self.sort));
        names.add(format_args!("{lie} | {}", self.put));
        let sites = candidate.sites.iter();
        let mut sites: Vec<String> = sites
            .map(|site| self.site(*site, &candidate.date))
            .collect();
        sites.sort_unstable();
        sites.dedup();
        for site in &candidate.sites {
            if let Site::Sentence(unit, index) = *site {
                let bond = self.bond(unit, index);
                names.add(format_args!("bond {bond}"));
                names.add(format_args!("bond {bond} | {}", self.sort));
                names.add(format_args!("bond {bond} | {lie}"));
            }
        }
        for site in &sites {
            names.add(format_args!("{site}"));
            names.add(format_args!("{site} | {}", self.put));
            names.add(format_args!("{site} | {lie}"));
            names.add(format_args!("{site} | {}", self.voice));
        }
        // The first word of a site is its sort.
        let mut sorts: Vec<&str> = sites
            .iter()
            .filter_map(|site| site.split(' ').next())
            .collect();
        sorts.dedup();
        for sort in sorts {
            names.add(format_args!("{sort} | {}", self.sort));
            names.add(format_args!("{sort} | {} | {}", self.sort, self.put));
            names.add(format_args!("{sort} | {modality}"));
            names.add(format_args!("{sort} | {} {lie}", word(&self.fact.kind)));
            names.add(format_args!("{sort} | of {}", self.days.min(4)));
            names.add(format_args!("{sort} | {}", self.lemma));
            for link in &self.links {
                names.add(format_args!("{sort} | {link}"));
            }
            if self.fact.negated {
                names.add(format_args!("{sort} | negated"));
            }
        }
        names
    }

    /// How fine a day is and how it lies to the day of the text.
    fn lie(&self, date: &FactDate) -> String {
        if !is_day(date) {
            return "no day".to_owned();
        }
        let fine = match (date.start, date.end) {
            (None, _) => "until",
            (_, None) => "since",
            (Some(start), Some(end)) => match (end - start).get_days() {
                0 => "day",
                1..=9 => "days",
                10..=31 => "month",
                32..=366 => "year",
                _ => "years",
            },
        };
        let lie = match today(self.context.document) {
            None => "undated",
            Some((first, last)) => {
                let at = |date: Date| (first - date).get_days();
                match (date.start, date.end) {
                    (Some(start), _) if start > last => "ahead",
                    (_, Some(end)) if at(end) > 400 => "history",
                    (_, Some(end)) if at(end) > 45 => "long ago",
                    (_, Some(end)) if at(end) > 7 => "weeks ago",
                    (_, Some(end)) if at(end) > 0 => "lately",
                    (Some(start), Some(end)) if start == end => "that day",
                    _ => "over that day",
                }
            }
        };
        format!("{fine} {lie}")
    }

    fn site(&self, site: Site, date: &FactDate) -> String {
        match site {
            Site::Stands if !is_day(date) => "stands undated".to_owned(),
            Site::Stands => {
                let basis = match date.basis {
                    DateBasis::Inferred => "inferred",
                    DateBasis::Document => "by the text",
                    _ => "by words",
                };
                format!("stands {basis}")
            }
            Site::Nobody => "nobody".to_owned(),
            Site::Sentence(unit, index) => {
                let tree = self.context.tree(unit);
                let words = self.context.expressions[unit][index].span;
                let side = if words.end <= tree.span(self.predication.head).start {
                    "before"
                } else {
                    "after"
                };
                format!("sentence {side} {}", self.hangs(tree, words))
            }
            Site::Before(unit, index, between) => {
                let tree = self.context.tree(unit);
                let words = self.context.expressions[unit][index].span;
                let own = self.context.tree(self.predication.unit);
                let paragraphs = own.unit.paragraph - tree.unit.paragraph;
                let quoted = if tree.unit.quotation.is_some() {
                    "quoted"
                } else {
                    "told"
                };
                let sentences = self.sentences_between(words.end);
                format!(
                    "before {paragraphs} {} {} {quoted}",
                    sentences.min(3),
                    between.min(2)
                )
            }
            Site::Told(other, telling) => {
                let other = &self.drafts[other];
                let (own, sides) = (everyone(self.fact), everyone(&other.fact));
                let shared = match own.intersection(&sides).count() {
                    _ if own == sides => "same",
                    0 => "others",
                    _ => "some",
                };
                let at = self
                    .context
                    .tree(self.context.predications[other.predication].unit);
                let own = self.context.tree(self.predication.unit);
                let apart = own.unit.paragraph.abs_diff(at.unit.paragraph).min(3);
                format!(
                    "told {telling:?} {shared} {} {apart}",
                    word(&other.fact.modality)
                )
            }
            Site::Story => "story".to_owned(),
            Site::Text => "text".to_owned(),
        }
    }

    /// The token by which the words of a time hang on the rest of the sentence.
    fn top(&self, tree: &Tree, words: Span) -> Option<usize> {
        let inside = |token: usize| words.contains(tree.span(token));
        tree.sentence_around(self.predication.head)
            .filter(|&token| inside(token))
            .find(|&token| tree.tokens[token].head == token || !inside(tree.tokens[token].head))
    }

    /// The word by which a time hangs, and the sort of word that it hangs on ("of NOUN", "in VERB").
    fn bond(&self, unit: usize, index: usize) -> String {
        let tree = self.context.tree(unit);
        let words = self.context.expressions[unit][index].span;
        let Some(top) = self.top(tree, words) else {
            return "none".to_owned();
        };
        let over = tree.tokens[top].head;
        let word = &tree.tokens[over];
        if word.dep == "prep" {
            let on = &tree.tokens[word.head];
            let own = if word.head == self.predication.head {
                "own"
            } else {
                ""
            };
            format!("{} {} {own}", word.norm, on.pos)
        } else {
            let own = if over == self.predication.head {
                "own"
            } else {
                ""
            };
            format!("{} {} {own}", tree.tokens[top].dep, word.pos)
        }
    }

    /// Sentence ends between some words and the own sentence, as far as three.
    fn sentences_between(&self, end: usize) -> usize {
        let own = self.context.tree(self.predication.unit);
        let start = own
            .range_span(own.sentence_around(self.predication.head))
            .start;
        self.context
            .trees
            .units
            .iter()
            .filter(|tree| tree.unit.span.end > end && tree.unit.span.start < start)
            .flat_map(|tree| tree.sentences.iter().map(|at| tree.range_span(at.clone())))
            .filter(|sentence| sentence.start >= end && sentence.end <= start)
            .count()
    }

    /// How the words of a time hang on the predicate: on it, over it, under it, or beside it.
    fn hangs(&self, tree: &Tree, words: Span) -> &'static str {
        let Some(top) = self.top(tree, words) else {
            return "nowhere";
        };
        let clause = |from: usize| {
            tree.upwards(from)
                .find(|&token| ["VERB", "AUX"].contains(&tree.tokens[token].pos))
        };
        let own = clause(self.predication.first());
        let theirs = clause(top);
        match (own, theirs) {
            (Some(own), Some(theirs)) if own == theirs => "on it",
            (Some(own), Some(theirs)) if tree.upwards(own).any(|token| token == theirs) => {
                "over it"
            }
            (Some(own), Some(theirs)) if tree.upwards(theirs).any(|token| token == own) => {
                if tree.tokens[theirs].dep == "relcl" {
                    "in a relative clause"
                } else {
                    "under it"
                }
            }
            _ => "beside it",
        }
    }
}

fn is_day(date: &FactDate) -> bool {
    date.start.is_some() || date.end.is_some()
}

/// Adverbs at the predicate or at the head of its sentence.
fn links(tree: &Tree, predication: &Predication) -> Vec<String> {
    let verb = verb_of(tree, predication);
    let mut links: Vec<String> = tree
        .children_with(verb, &["advmod"])
        .map(|token| tree.tokens[token].norm.to_string())
        .collect();
    let first = tree.sentence_around(predication.head).start;
    links.push(format!("first {}", tree.tokens[first].norm));
    links
}

fn put(tree: &Tree, predication: &Predication) -> String {
    let form = match predication.form {
        PredicateForm::Noun => "noun",
        PredicateForm::Verb | PredicateForm::LightVerb => "verb",
        _ => "other",
    };
    let tense = match predication.tense {
        Tense::Past => "past",
        Tense::Present => "present",
        Tense::Future => "future",
        Tense::None if is_told_in_past(tree, predication) => "under a past",
        Tense::None => "none",
    };
    let perfect = if predication.perfect { " perfect" } else { "" };
    let progressive = if predication.progressive {
        " progressive"
    } else {
        ""
    };
    let over = if predication.governors.is_empty() {
        ""
    } else {
        " governed"
    };
    let conditional = if predication.conditional { " if" } else { "" };
    format!("{form} {tense}{perfect}{progressive}{over}{conditional}")
}
