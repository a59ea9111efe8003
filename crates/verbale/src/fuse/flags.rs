//! What a reader must know before trusting a record.

use std::collections::{BTreeMap, BTreeSet};

use super::FusionRules;
use super::told::Told;
use super::topic::{Topic, topic_words};
use super::when::values;
use super::window::describe;
use crate::record::{Conflict, ConflictValue, Flag, Kind, Record, RecordKind, RelationType};

/// The sentence for a fact's flag.
pub(crate) fn sentence(code: &str) -> &'static str {
    match code {
        "ambiguous_date" => "The words leave open which day is meant.",
        "anchor_assumed" => {
            "A relative date was counted from the day of the text, as the words name no other."
        }
        "level_tension" => {
            "The words about the level of relations do not fit those of other texts."
        }
        "consistent" => "Another statement of the texts agrees with this one.",
        "one_witness" => "One independent text tells this.",
        "undated" => "No text dates this.",
        "party_inferred" => {
            "A party is not named in the words; it is taken from what stands before them."
        }
        _ => "See the facts.",
    }
}

fn flag(code: &str, text: impl Into<String>, facts: Vec<String>) -> Flag {
    Flag {
        code: code.to_owned(),
        text: text.into(),
        facts,
    }
}

/// Flags of one record by itself.
pub(crate) fn own_flags(record: &mut Record, members: &[&Told], rules: &FusionRules) {
    let facts = record.facts.clone();
    if record.independent == 1 && record.kind != RecordKind::Person {
        record
            .flags
            .push(flag("one_witness", sentence("one_witness"), facts.clone()));
    }
    let happens = matches!(
        record.kind,
        RecordKind::Visit
            | RecordKind::Meeting
            | RecordKind::Agreement
            | RecordKind::Transfer
            | RecordKind::Event
    );
    let placed = record
        .date
        .as_ref()
        .is_some_and(|date| date.start.is_some() || date.end.is_some());
    if happens && !placed {
        let text = match record.date.as_ref().map(|date| date.text.as_str()) {
            Some(words) if !words.is_empty() => {
                format!(
                    "“{words}” cannot be placed: no text tells the day or year that it counts from."
                )
            }
            _ => sentence("undated").to_owned(),
        };
        record.flags.push(flag("undated", text, facts));
    }
    if record.kind == RecordKind::Relation {
        level_tension(record, members, rules);
        beginning_tension(record, members);
    }
}

/// "High" said by one and "very high" by another are two opinions; the difference is shown and not read as a change.
fn level_tension(record: &mut Record, members: &[&Told], rules: &FusionRules) {
    let level = |each: &Told| -> Option<&str> {
        let words = each.fact.quote.to_lowercase();
        rules
            .levels
            .iter()
            .map(String::as_str)
            .find(|level| contains_words(&words, level))
    };
    let other = record
        .relation
        .as_ref()
        .is_none_or(|relation| relation.relation_type == RelationType::Other);
    let levels = values(members, level);
    if other && levels.len() > 1 {
        let words: Vec<String> = levels
            .iter()
            .map(|(level, _)| format!("“{level}”"))
            .collect();
        let facts = levels.into_iter().flat_map(|(_, facts)| facts).collect();
        record.flags.push(flag(
            "level_tension",
            format!(
                "Speakers rate it in different words ({}); that alone is no change.",
                words.join(", ")
            ),
            facts,
        ));
    }
}

fn contains_words(text: &str, phrase: &str) -> bool {
    let bounded = |at: usize, end: usize| {
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(phrase)
        .any(|(at, found)| bounded(at, at + found.len()))
}

/// A partnership "now reached" in one text and held already in an earlier one begin at different times.
fn beginning_tension(record: &mut Record, members: &[&Told]) {
    let begun: Vec<&&Told> = members
        .iter()
        .filter(|each| super::same::establishes(each) && each.window.start.is_some())
        .collect();
    let Some(first) = begun.iter().filter_map(|each| each.window.start).min() else {
        return;
    };
    let held: Vec<&&Told> = members
        .iter()
        .filter(|each| {
            !super::same::establishes(each)
                && each
                    .published
                    .is_some_and(|published| published.end < first)
        })
        .collect();
    if held.is_empty() {
        return;
    }
    let ids = |told: &[&&Told]| {
        told.iter()
            .map(|each| each.fact.id.clone())
            .collect::<Vec<_>>()
    };
    let last = held
        .iter()
        .filter_map(|each| each.published)
        .map(|published| published.end)
        .min();
    record.conflicts.push(Conflict {
        field: "relation.start".to_owned(),
        values: vec![
            ConflictValue {
                value: format!(
                    "held by {}",
                    last.map(|day| day.to_string()).unwrap_or_default()
                ),
                facts: ids(&held),
            },
            ConflictValue {
                value: format!("reached {first}"),
                facts: ids(&begun),
            },
        ],
    });
}

/// A visit without a day in a text that lists others: which one is meant, or whether it is one more, stays open.
pub(crate) fn ambiguous_visits(
    records: &mut [Record],
    told: &BTreeMap<&str, &Told>,
    rules: &FusionRules,
) {
    let days_of = |record: &Record| -> Option<String> {
        let date = record.date.as_ref()?;
        Some(describe(date.start?, date.end?).1)
    };
    let mut by_text: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        for each in record.facts.iter().filter_map(|id| told.get(id.as_str())) {
            by_text.entry(&each.fact.doc).or_default().insert(at);
        }
    }
    let by_id: BTreeMap<&str, usize> = records
        .iter()
        .enumerate()
        .map(|(at, record)| (record.id.as_str(), at))
        .collect();
    let found: Vec<(usize, Flag)> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| {
            record.kind == RecordKind::Visit
                && days_of(record).is_none()
                && !record
                    .flags
                    .iter()
                    .any(|flag| flag.code == "ambiguous_date" && flag.text.contains('“'))
        })
        .filter_map(|(at, record)| {
            let fact = told.get(record.facts.first()?.as_str())?;
            let mut candidates: BTreeSet<String> = BTreeSet::new();
            let mut facts: BTreeSet<String> = record.facts.iter().cloned().collect();
            let linked = record
                .links
                .iter()
                .filter_map(|link| by_id.get(link.record.as_str()));
            let near: BTreeSet<usize> = (record.facts.iter())
                .filter_map(|id| told.get(id.as_str()))
                .flat_map(|each| &by_text[each.fact.doc.as_str()])
                .chain(linked)
                .copied()
                .collect();
            for other in near
                .into_iter()
                .filter(|other| *other != at)
                .map(|at| &records[at])
            {
                let linked = record.links.iter().any(|link| link.record == other.id);
                let told_here = other
                    .facts
                    .iter()
                    .filter_map(|id| told.get(id.as_str()))
                    .filter(|each| each.same_text(fact))
                    .find(|each| close(each, fact, rules));
                let happens = matches!(other.kind, RecordKind::Agreement | RecordKind::Meeting);
                let same_parties = other.parties == record.parties;
                let meant = linked || (happens && same_parties && told_here.is_some());
                if let Some(days) = days_of(other).filter(|_| meant) {
                    candidates.insert(days);
                    facts.extend(other.facts.iter().cloned());
                }
            }
            let listed: Vec<String> = candidates.into_iter().collect();
            (!listed.is_empty()).then(|| {
                let text = format!(
                    "“{}” is not dated; the texts tell of {}, and do not say which is meant.",
                    fact.fact.date.text.trim(),
                    listed.join(", ")
                );
                (
                    at,
                    flag(
                        "ambiguous_date",
                        text.replace("“” is", "The visit is"),
                        facts.into_iter().collect(),
                    ),
                )
            })
        })
        .collect();
    for (at, flag) in found {
        records[at].flags.retain(|known| known.code != flag.code);
        records[at].flags.push(flag);
    }
}

/// A day shortly before the text: of such a day an undated "most recent" can speak.
fn close(each: &Told, fact: &Told, rules: &FusionRules) -> bool {
    let (Some(day), Some(published)) = (each.window.start, fact.published) else {
        return false;
    };
    (0..=rules.time.recent_days).contains(&super::window::days_between(day, published.start))
}

/// "31 years of diplomatic relations" held against the year in which other words let them begin.
pub(crate) fn years_against_beginnings(records: &mut [Record], told: &[Told], rules: &FusionRules) {
    let none = Topic::new();
    let homes: BTreeMap<&str, &str> = told
        .iter()
        .map(|each| (each.fact.id.as_str(), each.shard))
        .collect();
    let mut relations: Vec<(&str, &mut Record)> = records
        .iter_mut()
        .filter(|record| record.relation.is_some())
        .map(|record| (homes[record.facts[0].as_str()], record))
        .collect();
    for figure in told.iter().filter(|each| each.fact.kind == Kind::Figure) {
        let (Some(amount), Some(published)) = (&figure.fact.amount, figure.published) else {
            continue;
        };
        if !amount
            .unit
            .as_deref()
            .is_some_and(|unit| unit.starts_with("year"))
        {
            continue;
        }
        let about = figure
            .fact
            .about
            .iter()
            .map(String::as_str)
            .chain([figure.fact.quote.as_str()]);
        let words: BTreeSet<String> = topic_words(about, &none, rules);
        let since = i64::from(published.start.year()) - amount.value.round() as i64;
        let named = !sides(figure).is_empty();
        for (shard, record) in &mut relations {
            let Some(relation) = &record.relation else {
                continue;
            };
            if named && *shard != figure.shard {
                continue;
            }
            let name = crate::record::word(&relation.relation_type).replace('_', " ");
            let name = topic_words([name.as_str()], &none, rules);
            let year = record
                .date
                .as_ref()
                .and_then(|date| Some((date.start?.year(), date.end?.year())));
            let Some((first, last)) = year.filter(|_| !name.is_empty() && name.is_subset(&words))
            else {
                continue;
            };
            if !speaks_of(figure, record) {
                continue;
            }
            let slack = rules.time.slack_years;
            let fits = (i64::from(first) - slack..=i64::from(last) + slack).contains(&since);
            let (code, verdict) = if fits {
                ("consistent", "fits")
            } else {
                ("level_tension", "does not fit")
            };
            let text = format!(
                "“{}” said in {} {verdict} a beginning in {first}.",
                amount.text,
                published.start.year()
            );
            let mut facts = record.facts.clone();
            facts.push(figure.fact.id.clone());
            record.flags.push(flag(code, text, facts));
        }
    }
}

fn sides(figure: &Told) -> Vec<String> {
    super::told::sides(figure.fact.actor.iter().chain(&figure.fact.recipient))
}

/// The figure names the record's parties, or names none and stands in a text that tells the record.
fn speaks_of(figure: &Told, record: &Record) -> bool {
    let named = sides(figure);
    if named.is_empty() {
        record
            .witnesses
            .iter()
            .any(|witness| witness.doc == figure.fact.doc)
    } else {
        named.iter().all(|side| record.parties.contains(side))
    }
}
