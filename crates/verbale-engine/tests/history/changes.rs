//! After one change of rules or lists, coding again what the change can reach gives what adding all texts anew gives.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};
use verbale::data::Data;
use verbale_engine::recode::recode;
use verbale_store::{FactFilter, Store};

use crate::support::{Random, add, answers, articles, engine, engine_with};

const RULES: &str = "lang/en/rules/";
const LISTS: &str = "lang/en/lists/";

/// Names that the lists have: in the frame, in the story, and in metadata only.
const OWN: &str = "DAMASCUS, 9 April 1996 (Syrian Arab News Agency) - Heydar Aliyev visited Pakistan on Monday. \
                   The African Union condemned Mali.\n";
const OWN_JSON: &str =
    r#"{"text": "Chad and Niger signed a memorandum on ferries.", "source": "radio pakistan"}"#;

/// Data after one change, and what was changed.
pub struct Change {
    pub told: String,
    pub data: Data,
}

/// A change of one of these rule files: gone, with another code, without one of its alternatives or predicates.
pub fn of_rule(data: &Data, files: &[String], random: &mut Random) -> Change {
    let file = random.one(files).clone();
    let mut rule: Table = data.get(&file).unwrap().parse().unwrap();
    // Its sentences are for `check`; coding asks nothing of them.
    rule.remove("yes");
    rule.remove("no");
    let array = |value: &mut Value| value.as_array().map_or(0, Vec::len);
    let how = match random.below(5) {
        0 | 1 => {
            return Change {
                told: format!("{file} is gone"),
                data: data.clone().without(&file),
            };
        }
        2 | 3 => {
            let code = random.one(&["CONSULT", "ACCUSE", "SUPPORT"]);
            let yields = rule["yields"].as_table_mut().unwrap();
            yields.insert("event_type".into(), (*code).into());
            for finer in ["cameo", "mode", "contexts"] {
                yields.remove(finer);
            }
            format!("yields {code}")
        }
        4 if array(&mut rule["when"]) > 1 => {
            let when = rule["when"].as_array_mut().unwrap();
            let gone = when.remove(random.below(when.len()));
            format!("is without {gone}")
        }
        _ => {
            let when = rule["when"].as_array_mut().unwrap();
            let at = random.below(when.len());
            let predicates = when[at]["predicate"].as_array_mut().unwrap();
            let at = random.below(predicates.len());
            let gone = std::mem::replace(&mut predicates[at], "zigzag".into());
            format!("names zigzag for {gone}")
        }
    };
    Change {
        told: format!("{file} {how}"),
        data: data.clone().with(file, toml::to_string(&rule).unwrap()),
    }
}

/// The line with this cell is gone, or has another word in it.
fn of_line(data: &Data, file: &str, cell: &str, other: Option<&str>) -> Change {
    let text = data.get(file).unwrap();
    let line = text
        .lines()
        .find(|line| line.split(['\t', ';']).any(|one| one == cell))
        .unwrap_or_else(|| panic!("{file} has no {cell}"));
    let changed = other.map_or(String::new(), |other| line.replace(cell, other) + "\n");
    Change {
        told: format!("{file}: {cell:?} is {other:?}"),
        data: data
            .clone()
            .with(file, text.replacen(&format!("{line}\n"), &changed, 1)),
    }
}

/// The rule files behind what a store holds, and all others.
pub fn rule_files(data: &Data, store: &Store) -> [Vec<String>; 2] {
    let facts = store.facts(&FactFilter::default()).unwrap();
    let speak: BTreeSet<&str> = facts.iter().map(|fact| fact.rule.as_str()).collect();
    let (mut speaking, mut silent) = (Vec::new(), Vec::new());
    for (file, text) in data.below(RULES) {
        let Ok(rule) = text.parse::<Table>() else {
            continue;
        };
        let speaks = rule["id"].as_str().is_some_and(|id| speak.contains(id));
        let files = if speaks { &mut speaking } else { &mut silent };
        files.push(file.to_owned());
    }
    [speaking, silent]
}

#[test]
fn coding_again_is_adding_anew() {
    let mut texts = articles(&["examples/aze-pak", "examples/egy-eth"], "");
    texts.push(("own.txt".into(), OWN.into()));
    texts.push(("own.json".into(), OWN_JSON.into()));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut base = Store::open(&path("base.db")).unwrap();
    add(engine(), &mut base, &texts);
    let facts_of = |store: &Store| -> BTreeMap<String, String> {
        let documents = store.documents().unwrap();
        let ids = documents.into_iter().map(|stored| stored.document.id);
        ids.map(|id| {
            let facts = store.plain_facts(&id).unwrap();
            (id, serde_json::to_string(&facts).unwrap())
        })
        .collect()
    };
    let before = facts_of(&base);
    let data = &engine().data;
    let [speaking, silent] = rule_files(data, &base);
    base.backup(&path("copy.db")).unwrap();

    let mut random = Random(11);
    let mut changes: Vec<Change> = Vec::new();
    for _ in 0..10 {
        changes.push(of_rule(data, &speaking, &mut random));
    }
    for _ in 0..3 {
        changes.push(of_rule(data, &silent, &mut random));
    }
    for (list, cell, other) in [
        ("state_names", "Pakistani", None),
        ("cities", "Baku", Some("Bagu")),
        ("organisations", "African Union", None),
        ("outlets", "Syrian Arab News Agency", None),
        ("outlets", "Radio Pakistan", Some("Pakistan's Radio")),
        ("leaders", "Heydar Aliyev", None),
    ] {
        let file = format!("{LISTS}{list}.tsv");
        changes.push(of_line(data, &file, cell, other));
    }
    let class = "lang/en/classes/paper_memorandum.txt";
    changes.push(of_line(data, class, "memorandum", None));
    let fusion = "lang/en/fusion.toml";
    changes.push(Change {
        told: "days and words of fusion".into(),
        data: data.clone().with(
            fusion,
            data.get(fusion)
                .unwrap()
                .replace("share_between = 0.", "share_between = 0.9"),
        ),
    });

    let (mut tried, mut touched) = (0, 0);
    for (index, Change { told, data }) in changes.iter().enumerate() {
        // What is unsound is refused before anything is coded.
        let Some(engine) = engine_with(data) else {
            continue;
        };
        tried += 1;
        let again = path(&format!("{index}.db"));
        std::fs::copy(path("copy.db"), &again).unwrap();
        let mut again = Store::open(&again).unwrap();
        let mut anew = Store::in_memory().unwrap();
        add(&engine, &mut anew, &texts);

        if index % 3 == 0 {
            let dry = recode(&engine, &mut again, true, &|_| {}).unwrap();
            assert!(facts_of(&again) == before, "{told}: a dry run changes");
            let named: BTreeSet<&String> = dry
                .changed
                .iter()
                .filter(|changed| changed.new + changed.gone + changed.changed > 0)
                .map(|changed| &changed.doc)
                .collect();
            let now = facts_of(&anew);
            let other: BTreeSet<&String> =
                now.keys().filter(|id| now[*id] != before[*id]).collect();
            assert_eq!(named, other, "{told}");
        }
        recode(&engine, &mut again, false, &|_| {}).unwrap();
        assert!(answers(&again) == answers(&anew), "{told}");
        assert_eq!(again.names().unwrap(), anew.names().unwrap(), "{told}");
        let documents = |store: &Store| -> Vec<_> {
            let documents = store.documents().unwrap().into_iter();
            documents.map(|stored| stored.document).collect()
        };
        assert!(documents(&again) == documents(&anew), "{told}");
        touched += usize::from(facts_of(&anew) != before);
    }
    assert!(tried >= 14 && touched >= 8, "{tried} {touched}");
}
