//! Decisions hold on what they were made on, and on nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use verbale::pipeline::Language;
use verbale::record::{EventType, Fact, Modality, Record, ReviewStatus};
use verbale_read::Span;
use verbale_store::review::{Coded, Journal, Layer, Request, Said, Signature, beside};
use verbale_store::{FactFilter, Found, Store};

use crate::support::{coded, facts, put, records, refresh, run};

const TEXTS: [(&str, &str); 3] = [
    (
        "ferry.txt",
        "LIBREVILLE, 4 March 2019 (Estuary Wire) - Gabon and Togo signed a memorandum on ferry safety on Monday. \
         Togo's transport minister said Lome would lend two inspectors. Gabon rejected a toll on fishing boats.\n",
    ),
    (
        "ferry-again.txt",
        "Togo and Gabon signed a memorandum on ferry safety on 4 March 2019, the port authority wrote. \
         Benin criticized Togo over the dredging.\n",
    ),
    (
        "visit.txt",
        "COTONOU, 9 May 2019 - The president of Ghana visited Benin on Wednesday. Ghana and Benin agreed to reopen the \
         market bridge. Benin accused Nigeria of closing the road.\n",
    ),
];

fn all_coded() -> Vec<Coded> {
    TEXTS.iter().map(|(name, text)| coded(name, text)).collect()
}

fn fill<'c>(store: &mut Store, coded: impl Iterator<Item = &'c Coded>) {
    for one in coded {
        put(store, one, &run("data"));
    }
    refresh(store);
}

fn filled(path: &Path) -> Store {
    let mut store = Store::open(path).unwrap();
    fill(&mut store, all_coded().iter());
    store
}

fn signed(by: &str) -> Signature {
    Signature {
        by: by.into(),
        note: Some("as the port's register has it".into()),
        at: Timestamp::now(),
    }
}

#[track_caller]
fn decide(store: &mut Store, by: &str, request: Request) -> usize {
    store
        .decide(&request, &signed(by), Language::embedded())
        .unwrap()
        .n
}

fn accept(id: &str) -> Request {
    Request::Accept { id: id.into() }
}

fn reject(id: &str) -> Request {
    Request::Reject { id: id.into() }
}

fn words(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(field, words)| (field.to_string(), words.to_string()))
        .collect()
}

#[track_caller]
fn on(facts: &[Fact], words: &str) -> Fact {
    facts
        .iter()
        .find(|fact| fact.quote.contains(words))
        .unwrap_or_else(|| panic!("nothing coded on {words}"))
        .clone()
}

#[test]
fn a_rejected_fact_leaves_and_undo_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("s.db"));
    let before = (facts(&store), records(&store));
    let toll = on(&before.0, "rejected a toll");
    let n = decide(&mut store, "Ama", reject(&toll.id[..8]));
    refresh(&mut store);
    assert!(facts(&store).iter().all(|fact| fact.id != toll.id));
    assert!(
        records(&store)
            .iter()
            .all(|record| !record.facts.contains(&toll.id))
    );
    let all = store
        .facts(&FactFilter {
            include_rejected: true,
            ..FactFilter::default()
        })
        .unwrap();
    let shown = all.iter().find(|fact| fact.id == toll.id).unwrap();
    let review = shown.review.as_ref().unwrap();
    assert_eq!(
        (review.status, review.by.as_str()),
        (ReviewStatus::Rejected, "Ama")
    );
    // A rejected fact can still be looked up.
    assert!(matches!(
        &store.find(&toll.id).unwrap()[..],
        [Found::Fact(_)]
    ));

    let undo = decide(&mut store, "Ama", Request::Undo { n });
    refresh(&mut store);
    assert!((facts(&store), records(&store)) == before);
    decide(&mut store, "Ama", Request::Undo { n: undo });
    assert!(facts(&store).iter().all(|fact| fact.id != toll.id));
}

#[test]
fn an_edit_shows_what_it_replaced_and_reaches_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("s.db"));
    let road = on(&facts(&store), "closing the road");
    let set = words(&[
        ("actor", "Ghana"),
        ("date", "2019-04"),
        ("event_type", "protest"),
    ]);
    decide(
        &mut store,
        "Ama",
        Request::Edit {
            id: road.id.clone(),
            set,
        },
    );
    refresh(&mut store);
    // The pair that the program did not see finds it, the pair that it saw does not.
    let of = |pair: [&str; 2]| {
        let filter = FactFilter {
            pair: Some(pair.map(String::from)),
            ..FactFilter::default()
        };
        store.facts(&filter).unwrap()
    };
    assert!(of(["BEN", "NGA"]).iter().all(|fact| fact.id != road.id));
    let edited = on(&of(["GHA", "NGA"]), "closing the road");
    assert_eq!(edited.id, road.id);
    assert_eq!(edited.event_type, Some(EventType::Protest));
    assert_eq!((edited.cameo, edited.goldstein), (None, None));
    assert_eq!(edited.date.edtf, "2019-04");
    assert_eq!(edited.date.end.unwrap().to_string(), "2019-04-30");
    let original = edited.review.unwrap().original;
    assert_eq!(original["actor"][0]["id"], "BEN");
    assert_eq!(original["event_type"], "ACCUSE");
    let record = records(&store)
        .into_iter()
        .find(|record| record.facts.contains(&road.id))
        .unwrap();
    assert_eq!(record.parties, ["GHA", "NGA"]);
    assert_eq!(record.review.unwrap().status, ReviewStatus::Edited);
}

#[test]
fn records_are_merged_and_split_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("s.db"));
    let memorandum = |store: &Store| -> Vec<Record> {
        let signed: BTreeSet<String> = facts(store)
            .iter()
            .filter(|fact| fact.quote.contains("signed a memorandum"))
            .map(|fact| fact.id.clone())
            .collect();
        records(store)
            .into_iter()
            .filter(|record| record.facts.iter().any(|fact| signed.contains(fact)))
            .collect()
    };
    let [one] = &memorandum(&store)[..] else {
        panic!("two texts tell of one paper")
    };
    let leave = one.facts[0].clone();
    let split = decide(
        &mut store,
        "Kofi",
        Request::Split {
            record: one.id.clone(),
            facts: vec![leave],
        },
    );
    refresh(&mut store);
    let two = memorandum(&store);
    assert_eq!(two.len(), 2);
    assert!(
        two.iter()
            .any(|record| record.review.as_ref().map(|review| review.status)
                == Some(ReviewStatus::Split))
    );
    decide(
        &mut store,
        "Kofi",
        Request::Merge {
            ids: two.iter().map(|record| record.id.clone()).collect(),
        },
    );
    refresh(&mut store);
    let [merged] = &memorandum(&store)[..] else {
        panic!("merged again")
    };
    assert_eq!(merged.facts, one.facts);
    assert_eq!(merged.review.as_ref().unwrap().status, ReviewStatus::Merged);
    assert!(
        two.iter()
            .all(|record| record.id == merged.id || merged.formerly.contains(&record.id))
    );
    decide(&mut store, "Kofi", Request::Undo { n: split });
    refresh(&mut store);
    assert_eq!(memorandum(&store)[0].facts, one.facts);
}

#[test]
fn a_fact_added_by_hand_has_its_words_and_can_be_decided_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("s.db"));
    let text = TEXTS[1].1;
    let start = text.find("the port authority wrote").unwrap();
    let add = Request::Add {
        doc: "ferry-again.txt".into(),
        start,
        end: start + "the port authority".len(),
        set: words(&[
            ("kind", "cooperation"),
            ("actor", "TGO,GAB"),
            ("mutual", "true"),
        ]),
    };
    decide(&mut store, "Ama", add);
    refresh(&mut store);
    let added = on(&facts(&store), "the port authority");
    assert_eq!(added.quote, "the port authority");
    assert_eq!(added.review.as_ref().unwrap().status, ReviewStatus::Added);
    assert!(
        records(&store)
            .iter()
            .any(|record| record.facts.contains(&added.id))
    );
    decide(&mut store, "Kofi", reject(&added.id));
    assert!(facts(&store).iter().all(|fact| fact.id != added.id));
    assert!(store.unfit().unwrap().is_empty());
}

#[test]
fn what_fits_nothing_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("s.db"));
    let id = facts(&store)[0].id.clone();
    let edit = |field: &str, value: &str| Request::Edit {
        id: id.clone(),
        set: words(&[(field, value)]),
    };
    let add = |start, end| Request::Add {
        doc: "visit.txt".into(),
        start,
        end,
        set: words(&[("actor", "BEN")]),
    };
    for (request, reason) in [
        (accept("ffffffffffff"), "no fact or record"),
        (edit("colour", "red"), "no field"),
        (edit("modality", "plannd"), "plannd"),
        (edit("actor", "Atlantis"), "Atlantis"),
        (edit("date", "2019-13"), "write a day"),
        (edit("date", "2019-05-04/2019-05-01"), "before the first"),
        (edit("cameo", "999"), "no such code"),
        (
            Request::Merge {
                ids: vec![id.clone(), id.clone()],
            },
            "is a fact",
        ),
        (add(0, 0), "no words"),
        (add(5, 100_000), "bytes"),
        (Request::Undo { n: 7 }, "no decision 7"),
    ] {
        let refused = store
            .decide(&request, &signed("Ama"), Language::embedded())
            .unwrap_err();
        assert!(
            refused.to_string().contains(reason),
            "{request:?}: {refused}"
        );
    }
    let nameless = store.decide(&accept(&id), &signed(" "), Language::embedded());
    assert!(nameless.unwrap_err().to_string().contains("--by"));
    assert!(!beside(store.path()).exists(), "nothing refused is kept");
}

#[test]
fn a_journal_is_replayed_on_an_empty_store() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old.db"), folder.path().join("new.db"));
    let mut store = filled(&old);
    let all = facts(&store);
    decide(&mut store, "Ama", reject(&on(&all, "rejected a toll").id));
    let first = records(&store)[0].id.clone();
    decide(&mut store, "Ama", accept(&first));
    decide(
        &mut store,
        "Kofi",
        Request::Edit {
            id: on(&all, "closing the road").id,
            set: words(&[("modality", "alleged")]),
        },
    );
    refresh(&mut store);

    std::fs::copy(beside(&old), beside(&new)).unwrap();
    let mut other = Store::open(&new).unwrap();
    let waiting = other.unfit().unwrap();
    assert!(
        waiting.len() >= 3
            && waiting
                .iter()
                .all(|unfit| unfit.reason.contains("not in the store")),
        "{waiting:?}"
    );
    fill(&mut other, all_coded().iter().rev());
    assert!(other.unfit().unwrap().is_empty());
    assert!(facts(&other) == facts(&store));
    assert!(records(&other) == records(&store));
}

/// A generator of numbers that is the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// What other rules might make of a text: facts gone, on other words, with another type or other parties, under ids
/// that others had, in another order.
fn recoded(coded: &[Coded], numbers: &mut Numbers) -> BTreeMap<String, Coded> {
    let mut changed = BTreeMap::new();
    for Coded { document, facts } in coded {
        let mut facts: Vec<Fact> = facts
            .iter()
            .filter(|_| numbers.below(6) > 0)
            .cloned()
            .collect();
        let ids: Vec<String> = facts.iter().map(|fact| fact.id.clone()).collect();
        for fact in &mut facts {
            match numbers.below(8) {
                0 => fact.event_type = Some(EventType::Assault),
                1 => fact.modality = Modality::Considered,
                2 => fact.negated = !fact.negated,
                3 => {
                    // A wider span, and with it another id.
                    let start = fact.span.start.saturating_sub(1);
                    fact.span = Span::new(start, fact.span.end);
                    fact.id = format!("{:016x}", numbers.below(usize::MAX));
                }
                4 => fact.id = ids[numbers.below(ids.len())].clone(),
                5 => fact.actor.truncate(1),
                _ => {}
            }
            fact.rule = "another".into();
            fact.confidence = 0.5;
        }
        let mut seen = BTreeSet::new();
        facts.retain(|fact| seen.insert(fact.id.clone()));
        if numbers.below(2) == 0 {
            facts.reverse();
        }
        if numbers.below(8) > 0 {
            let document = document.clone();
            changed.insert(document.id.clone(), Coded { document, facts });
        }
    }
    changed
}

#[test]
fn decisions_survive_other_rules_or_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let mut store = filled(&path);
    let coded = all_coded();
    for (index, fact) in facts(&store).iter().enumerate() {
        let by = ["Ama", "Kofi"][index % 2];
        let request = match index % 3 {
            0 => reject(&fact.id),
            1 => accept(&fact.id),
            _ => Request::Edit {
                id: fact.id.clone(),
                set: words(&[("sectors", "transport")]),
            },
        };
        decide(&mut store, by, request);
    }
    let journal = Journal::open(&path).unwrap();
    let mut numbers = Numbers(20);
    let mut fitted = 0;
    let mut unfitted = 0;
    for _ in 0..400 {
        let changed = recoded(&coded, &mut numbers);
        let layer = Layer::of(&journal, changed.clone());
        let mut applied = 0;
        for fact in layer.facts.values().flatten() {
            let Some(review) = &fact.review else { continue };
            applied += 1;
            let plain = changed[&fact.doc]
                .facts
                .iter()
                .find(|plain| plain.id == fact.id)
                .unwrap();
            // Whatever a decision was applied to says what it was made on, on the same words.
            let made_on = journal.decisions.iter().any(|numbered| {
                numbered.decision.at == review.at
                    && numbered.decision.act.targets().any(|target| {
                        target.doc == plain.doc
                            && target.span.overlaps(plain.span)
                            && target.said == Said::of(plain)
                    })
            });
            assert!(made_on, "misapplied to {plain:#?}");
        }
        assert!(
            applied + layer.unfit.len() >= journal.decisions.len(),
            "a decision vanished"
        );
        assert!(layer.unfit.iter().all(|unfit| !unfit.reason.is_empty()));
        fitted += applied;
        unfitted += layer.unfit.len();
    }
    assert!(fitted > 1000 && unfitted > 1000, "{fitted} {unfitted}");
}

#[test]
fn writers_wait_for_each_other_and_a_torn_line_is_no_decision() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let id = facts(&filled(&path))[0].id.clone();
    std::thread::scope(|scope| {
        for by in ["Ama", "Kofi", "Esi"] {
            let (path, id) = (&path, &id);
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for _ in 0..10 {
                    decide(&mut store, by, accept(id));
                }
            });
        }
    });
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.decisions.len(), 30);

    // Stopped in the middle of a line: readers pass it over, the next writer removes it.
    let whole = std::fs::read(beside(&path)).unwrap();
    let torn = [&whole[..], &whole[..whole.len() / 50]].concat();
    std::fs::write(beside(&path), &torn).unwrap();
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.journal().decisions.len(), 30);
    assert_eq!(decide(&mut store, "Ama", reject(&id)), 31);
    let after = std::fs::read(beside(&path)).unwrap();
    assert!(after.starts_with(&whole) && after.ends_with(b"\n"));
    assert_eq!(Journal::open(&path).unwrap().decisions.len(), 31);

    // A whole line that is no decision is a fault that a person must see.
    std::fs::write(beside(&path), [b"{\"by\": 3}\n", &whole[..]].concat()).unwrap();
    let fault = Store::open(&path).err().unwrap().to_string();
    assert!(fault.contains("review.jsonl:1"), "{fault}");
}

#[test]
fn reviewers_agree_as_far_as_they_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("s.db"));
    let all = facts(&store);
    for (index, fact) in all.iter().take(4).enumerate() {
        decide(&mut store, "Ama", accept(&fact.id));
        let other = if index == 0 {
            reject(&fact.id)
        } else {
            accept(&fact.id)
        };
        decide(&mut store, "Kofi", other);
    }
    let [both] = &store.agreements()[..] else {
        panic!("two reviewers")
    };
    assert_eq!((both.facts, both.agreed, both.percent), (4, 3, 75.0));
    assert_eq!(
        both.kappa,
        Some(0.0),
        "one always accepts: chance explains all"
    );
    assert_eq!(both.differ, [all[0].id.clone()]);
}

#[test]
fn the_queue_begins_with_what_changes_most() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = filled(&folder.path().join("s.db"));
    let queue = store.queue(&FactFilter::default()).unwrap();
    assert_eq!(queue.len(), facts(&store).len());
    assert!(queue.windows(2).all(|two| two[0].weight >= two[1].weight));
    assert!(queue[0].weight > queue[queue.len() - 1].weight);
    decide(&mut store, "Ama", accept(&queue[0].fact.id));
    let after = store.queue(&FactFilter::default()).unwrap();
    assert!(
        after
            .iter()
            .all(|queued| queued.fact.id != queue[0].fact.id)
    );
}
