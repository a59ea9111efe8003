//! A person's word outlives other rules: each decision applies to what it was made on, or is listed with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use verbale::record::{Fact, ReviewStatus};
use verbale_engine::ingest::refresh_records;
use verbale_engine::recode::recode;
use verbale_store::review::{Act, Request, Said, Signature, beside};
use verbale_store::{FactFilter, RecordFilter, Store};

use crate::changes::{of_rule, rule_files};
use crate::support::{Random, add, answers, articles, engine, engine_with};

fn texts() -> Vec<(String, String)> {
    articles(&["examples/kaz-uzb"], "")
}

fn all(store: &Store) -> Vec<Fact> {
    let filter = FactFilter {
        include_rejected: true,
        ..FactFilter::default()
    };
    store.facts(&filter).unwrap()
}

/// Decides, a day after the decision before: no two are of one moment.
fn decide(store: &mut Store, request: Request) -> usize {
    let n = store.journal().decisions.len() as i64;
    let signature = Signature {
        by: ["Ama", "Kofi", "Esi"][n as usize % 3].into(),
        note: (n % 2 == 0).then(|| format!("note {n}")),
        at: Timestamp::from_second(1_600_000_000 + n * 86_400).unwrap(),
    };
    store
        .decide(&request, &signature, &engine().language)
        .unwrap()
        .n
}

/// Decisions of every kind: on most facts one, on some a second, two of them taken back.
fn decide_much(store: &mut Store, random: &mut Random) {
    let words = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        let pairs = pairs.iter();
        pairs
            .map(|(field, words)| (field.to_string(), words.to_string()))
            .collect()
    };
    for fact in all(store) {
        let id = fact.id;
        let request = match random.below(5) {
            0 => Request::Accept { id },
            1 => Request::Reject { id },
            2 => Request::Edit {
                id,
                set: words(&[("sectors", "transport"), ("date", "2019-04")]),
            },
            3 => Request::Edit {
                id,
                set: words(&[("modality", "alleged")]),
            },
            _ => continue,
        };
        let n = decide(store, request);
        if random.below(12) == 0 {
            decide(store, Request::Undo { n });
        }
    }
    for stored in store.documents().unwrap().iter().take(3) {
        let add = Request::Add {
            doc: stored.document.id.clone(),
            start: 0,
            end: stored.document.text.find('\n').unwrap(),
            set: words(&[
                ("kind", "event"),
                ("actor", "KAZ"),
                ("event_type", "CONSULT"),
            ]),
        };
        decide(store, add);
    }
    refresh_records(engine(), store).unwrap();
    let records = store.records(&RecordFilter::default()).unwrap();
    for record in records
        .iter()
        .filter(|record| record.facts.len() > 1)
        .take(2)
    {
        let split = Request::Split {
            record: record.id.clone(),
            facts: vec![record.facts[0].clone()],
        };
        decide(store, split);
    }
    refresh_records(engine(), store).unwrap();
    let records = store.records(&RecordFilter::default()).unwrap();
    let one_kind: Vec<String> = records
        .iter()
        .filter(|record| record.kind == records[0].kind)
        .take(2)
        .map(|record| record.id.clone())
        .collect();
    decide(store, Request::Merge { ids: one_kind });
    refresh_records(engine(), store).unwrap();
}

/// Asserts that nothing is lost and nothing misapplied; gives how many words apply and how many fit nothing.
fn judge(store: &Store, told: &str) -> [usize; 2] {
    let plain: BTreeMap<String, Vec<Fact>> = store
        .documents()
        .unwrap()
        .into_iter()
        .map(|stored| {
            let id = stored.document.id;
            let facts = store.plain_facts(&id).unwrap();
            (id, facts)
        })
        .collect();
    let shown = all(store);
    let unfit = store.unfit().unwrap();
    assert!(unfit.iter().all(|unfit| !unfit.reason.is_empty()), "{told}");
    let mut counts = [0, unfit.len()];

    // Whatever carries a word says what that word was said of.
    for fact in &shown {
        let Some(review) = &fact.review else { continue };
        let made = store
            .journal()
            .standing()
            .find(|numbered| numbered.decision.at == review.at)
            .unwrap_or_else(|| panic!("{told}: a word that nobody said"));
        let was = plain[&fact.doc].iter().find(|plain| plain.id == fact.id);
        let fits = match (&made.decision.act, was) {
            (Act::Add { quote, .. }, _) => *quote == fact.quote,
            (act, Some(was)) => act.targets().any(|target| {
                target.doc == was.doc
                    && target.span.overlaps(was.span)
                    && target.said == Said::of(was)
            }),
            (_, None) => false,
        };
        assert!(fits, "{told}: misapplied to {fact:#?}");
        counts[0] += 1;
    }

    // Whatever was said is carried, overruled by a later word on the same fact, or listed.
    for numbered in store.journal().standing() {
        let listed: BTreeSet<&str> = unfit
            .iter()
            .filter(|unfit| unfit.n == numbered.n)
            .map(|unfit| unfit.quote.as_str())
            .collect();
        let act = &numbered.decision.act;
        if matches!(act, Act::Merge { .. } | Act::Split { .. }) {
            continue;
        }
        for target in act.targets() {
            let carried = shown.iter().any(|fact| {
                fact.doc == target.doc
                    && fact.span.overlaps(target.span)
                    && fact
                        .review
                        .as_ref()
                        .is_some_and(|review| review.at >= numbered.decision.at)
            });
            let same = plain.get(&target.doc).is_some_and(|facts| {
                facts
                    .iter()
                    .any(|fact| fact.id == target.id && Said::of(fact) == target.said)
            });
            let is_listed = listed.contains(target.quote.as_str());
            assert!(carried || is_listed, "{told}: lost {numbered:#?}");
            assert!(
                !(same && is_listed),
                "{told}: it fits and is listed {numbered:#?}"
            );
        }
    }
    let added = shown.iter().filter(|fact| {
        let status = fact.review.as_ref().map(|review| review.status);
        status == Some(ReviewStatus::Added)
    });
    assert_eq!(added.count(), 3, "{told}");
    counts
}

fn reviewed(path: &Path) -> Store {
    let mut store = Store::open(path).unwrap();
    add(engine(), &mut store, &texts());
    decide_much(&mut store, &mut Random(2));
    store
}

#[test]
fn decisions_outlive_twenty_changes_of_rules() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = reviewed(&folder.path().join("s.db"));
    let before = answers(&store);
    let decisions = store.journal().decisions.clone();
    let [applied, _] = judge(&store, "before any change");
    assert!(applied > 20, "{applied}");
    assert!(store.unfit().unwrap().is_empty());
    let mut data = engine().data.clone();
    let [speaking, _] = rule_files(&data, &store);
    let mut random = Random(9);
    let (mut changes, mut listed) = (0, 0);
    while changes < 20 {
        // Every fifth time from the beginning, else one more change upon the others.
        if changes % 5 == 0 {
            data = engine().data.clone();
        }
        let files: Vec<String> = speaking
            .iter()
            .filter(|file| data.get(file).is_some())
            .cloned()
            .collect();
        let change = of_rule(&data, &files, &mut random);
        let Some(engine) = engine_with(&change.data) else {
            continue;
        };
        recode(&engine, &mut store, false, &|_| {}).unwrap();
        let [_, unfit] = judge(&store, &change.told);
        listed += unfit;
        data = change.data;
        changes += 1;
    }
    assert!(
        listed > 10,
        "the changes reach what was decided on: {listed}"
    );
    recode(engine(), &mut store, false, &|_| {}).unwrap();
    assert!(store.unfit().unwrap().is_empty());
    assert!(store.journal().decisions == decisions);
    assert!(answers(&store) == before, "the first rules bring all back");
}

#[test]
fn decisions_are_replayed_on_an_empty_store() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old.db"), folder.path().join("new.db"));
    let store = reviewed(&old);
    std::fs::copy(beside(&old), beside(&new)).unwrap();
    let mut other = Store::open(&new).unwrap();
    let mut backwards = texts();
    backwards.reverse();
    for text in backwards {
        add(engine(), &mut other, &[text]);
    }
    assert!(other.unfit().unwrap().is_empty());
    assert!(answers(&other) == answers(&store));
}
