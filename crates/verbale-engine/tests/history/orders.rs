//! The order in which texts come, and how many at a time, leaves no trace; other texts do not move what is there.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use verbale_engine::Findings;
use verbale_engine::ingest::refresh_records;
use verbale_read::{Appearance, Document, Options, read_text};
use verbale_store::Store;

use crate::support::{Random, answers, articles, engine};

/// A text with what was found in it: what is tried here is the keeping and the fusing.
type Coded = (Document, Findings);

fn coded(texts: &[(String, String)]) -> Vec<Coded> {
    let documents: Vec<Document> = texts
        .iter()
        .map(|(name, text)| {
            read_text(text.as_bytes(), name, &Options::default())
                .unwrap()
                .0
        })
        .collect();
    let readings = engine().code_all(&documents);
    readings
        .into_iter()
        .map(|reading| {
            let findings = Findings::of(engine(), &reading);
            (reading.document, findings)
        })
        .collect()
}

/// Sixty articles, coded once.
fn sixty() -> &'static [Coded] {
    static SIXTY: OnceLock<Vec<Coded>> = OnceLock::new();
    SIXTY.get_or_init(|| {
        let sets = ["examples/aze-pak", "examples/egy-eth", "examples/kaz-uzb"];
        let mut texts = articles(&sets, "");
        texts.extend(articles(&["tests/gold/texts"], "train_"));
        texts.truncate(60);
        assert_eq!(texts.len(), 60);
        coded(&texts)
    })
}

fn put(store: &mut Store, (document, findings): &Coded) {
    let place = Appearance {
        place: document.name.clone(),
        outlet: document.outlet.as_ref().map(|outlet| outlet.value.clone()),
    };
    let run = engine().run();
    store
        .put(document, "ok", &place, &findings.coding(), &run)
        .unwrap();
}

/// A store into which these texts came in this order, fused after every `at_once` of them.
fn filled<'c>(texts: impl Iterator<Item = &'c Coded>, at_once: usize) -> Store {
    let mut store = Store::in_memory().unwrap();
    for (index, text) in texts.enumerate() {
        put(&mut store, text);
        if (index + 1) % at_once == 0 {
            refresh_records(engine(), &mut store).unwrap();
        }
    }
    refresh_records(engine(), &mut store).unwrap();
    store
}

#[test]
fn fifty_orders_give_one_record() {
    let expected = answers(&filled(sixty().iter(), 60));
    assert!(expected[1].len() > 200, "{}", expected[1].len());
    let mut random = Random(3);
    let mut order: Vec<&Coded> = sixty().iter().collect();
    for round in 0..50 {
        random.shuffle(&mut order);
        // One at a time, some at a time, or all at once.
        let at_once = match round {
            0 => 1,
            _ => *random.one(&[25, 60, 60, 60]),
        };
        let store = filled(order.iter().copied(), at_once);
        assert!(
            answers(&store) == expected,
            "order {round}, {at_once} at once"
        );
    }
}

#[test]
fn a_thousand_other_texts_move_nothing() {
    let mut store = filled(sixty().iter(), 60);
    let [_, before] = answers(&store);
    let taken: BTreeSet<String> = before
        .iter()
        .flat_map(|record| {
            let record: serde_json::Value = serde_json::from_str(record).unwrap();
            record["parties"].as_array().unwrap().clone()
        })
        .map(|party| party.as_str().unwrap_or_default().to_owned())
        .collect();
    let states: Vec<&str> = [
        "Chile", "Bolivia", "Norway", "Malta", "Nepal", "Belize", "Fiji", "Laos", "Iceland",
        "Uruguay", "Paraguay", "Cyprus", "Estonia", "Latvia", "Bhutan", "Honduras", "Suriname",
        "Guyana", "Botswana", "Lesotho",
    ]
    .into_iter()
    .filter(|name| {
        let state = engine().language.lexicon.find_state(name).unwrap();
        !taken.contains(&state.id)
    })
    .collect();
    assert!(states.len() > 8, "{states:?}");
    let mut random = Random(5);
    let mut texts = Vec::new();
    for index in 0..1000 {
        let (a, b) = (*random.one(&states), *random.one(&states));
        let day = 1 + random.below(28);
        let did = random.one(&[
            "signed a memorandum on fishing",
            "agreed to reopen the ferry line",
            "held talks on customs",
        ]);
        let text = format!(
            "{a} and {b} {did} on {day} May {}.\n",
            1990 + random.below(30)
        );
        texts.push((format!("other-{index}.txt"), text));
    }
    for text in &coded(&texts) {
        put(&mut store, text);
    }
    refresh_records(engine(), &mut store).unwrap();
    let [_, after] = answers(&store);
    assert!(after.len() > before.len() + 100, "{}", after.len());
    let after: BTreeSet<&String> = after.iter().collect();
    for record in &before {
        assert!(after.contains(record), "moved: {record}");
    }
}
