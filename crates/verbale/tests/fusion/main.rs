//! Fusion, case by case: the files of `tests/fuse` hold texts, facts and the records that must come of them.

mod case;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use case::{Case, Expected};
use verbale::fuse::{FusionRules, fuse, not_before};
use verbale::record::{Fact, Record};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuse")
}

fn read(path: &Path) -> Case {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_case_gives_its_records() {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    for path in files.iter().filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    }) {
        let case = read(path);
        let name = path.file_stem().unwrap().to_string_lossy();
        let rules = FusionRules::embedded();
        let (mut facts, mut documents) = (case.facts(), case.documents());
        let records = fuse(&facts, &documents, rules);
        let first = serde_json::to_string(&records).unwrap();
        let bounds = not_before(&facts, &records, &documents);
        let days: std::collections::BTreeMap<String, String> = bounds
            .iter()
            .map(|(doc, bound)| (doc.clone(), bound.date.to_string()))
            .collect();
        if days != case.not_before {
            wrong.push(format!("{name}: not_before is {bounds:?} ({})", case.why));
        }
        for expected in &case.record {
            if let Err(message) = holds(expected, &records) {
                wrong.push(format!("{name}: {message} ({})", case.why));
            }
        }
        facts.reverse();
        documents.reverse();
        let again = serde_json::to_string(&fuse(&facts, &documents, rules)).unwrap();
        if first != again {
            wrong.push(format!("{name}: the order of arrival changes the records"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn holds(expected: &Expected, records: &[Record]) -> Result<(), String> {
    let facts: BTreeSet<&str> = expected.facts.iter().map(String::as_str).collect();
    let set = |record: &Record| -> BTreeSet<String> { record.facts.iter().cloned().collect() };
    let Some(record) = records.iter().find(|record| {
        kind(record) == expected.kind
            && set(record)
                .iter()
                .map(String::as_str)
                .eq(facts.iter().copied())
    }) else {
        let have: Vec<String> = records
            .iter()
            .map(|record| format!("{} {:?}", kind(record), record.facts))
            .collect();
        return Err(format!(
            "no {} of {facts:?}; there are {}",
            expected.kind,
            have.join(", ")
        ));
    };
    let mut wrong = Vec::new();
    let mut compare = |what: &str, have: String, want: Option<String>| {
        if want.as_ref().is_some_and(|want| *want != have) {
            wrong.push(format!(
                "{what} is {have}, not {}",
                want.unwrap_or_default()
            ));
        }
    };
    let date = record
        .date
        .as_ref()
        .map(|date| date.edtf.clone())
        .unwrap_or_default();
    compare("date", date, expected.date.clone());
    compare(
        "status",
        record.status.clone().unwrap_or_default(),
        expected.status.clone(),
    );
    let list = |words: Vec<String>| -> String {
        let mut words = words;
        words.sort();
        words.join(", ")
    };
    let steps: Vec<String> = record
        .steps
        .iter()
        .map(|step| step.status.clone())
        .collect();
    compare(
        "life",
        steps.join(", "),
        expected.steps.as_ref().map(|steps| steps.join(", ")),
    );
    let conflicts = record.conflicts.iter().map(|conflict| {
        let values: Vec<&str> = conflict
            .values
            .iter()
            .map(|value| value.value.as_str())
            .collect();
        format!("{}: {}", conflict.field, values.join(" | "))
    });
    compare(
        "conflicts",
        list(conflicts.collect()),
        expected.conflicts.clone().map(list),
    );
    compare(
        "independent",
        record.independent.to_string(),
        expected.independent.map(|n| n.to_string()),
    );
    compare(
        "voices",
        record.voices.to_string(),
        expected.voices.map(|n| n.to_string()),
    );
    let links = record.links.iter().map(|link| {
        let other = records
            .iter()
            .find(|other| other.id == link.record)
            .expect("links lead to records");
        let sort = serde_json::to_value(link.link_type).unwrap();
        format!("{} {}", sort.as_str().unwrap(), other.facts[0])
    });
    compare(
        "links",
        list(links.collect()),
        expected.links.clone().map(list),
    );
    let codes: BTreeSet<&str> = record.flags.iter().map(|flag| flag.code.as_str()).collect();
    for code in &expected.flags {
        if !codes.contains(code.as_str()) {
            wrong.push(format!("flag {code} is missing from {codes:?}"));
        }
    }
    for code in &expected.no_flags {
        if codes.contains(code.as_str()) {
            wrong.push(format!("flag {code} should not be there"));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{facts:?}: {}", wrong.join("; ")))
    }
}

fn kind(record: &Record) -> String {
    serde_json::to_value(record.kind)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

/// Five texts can arrive in 120 orders; the records are the same to the byte.
#[test]
fn all_orders_of_five_texts_give_the_same_bytes() {
    let case = read(&folder().join("five-texts.toml"));
    let (facts, documents) = (case.facts(), case.documents());
    assert_eq!(documents.len(), 5);
    let mut outcomes = BTreeSet::new();
    let mut orders = 0;
    permutations(5, &mut |order| {
        orders += 1;
        let documents: Vec<_> = order.iter().map(|&at| documents[at].clone()).collect();
        let facts: Vec<Fact> = documents
            .iter()
            .flat_map(|document| facts.iter().filter(|fact| fact.doc == document.id).cloned())
            .collect();
        let records = fuse(&facts, &documents, FusionRules::embedded());
        outcomes.insert(serde_json::to_string(&records).unwrap());
    });
    assert_eq!((orders, outcomes.len()), (120, 1));
}

/// A record keeps its id when texts about other things arrive.
#[test]
fn unrelated_texts_change_no_id() {
    let case = read(&folder().join("five-texts.toml"));
    let other = read(&folder().join("papers.toml"));
    let rules = FusionRules::embedded();
    let alone = fuse(&case.facts(), &case.documents(), rules);
    let shifted = |id: &str| format!("other-{id}");
    let mut documents = case.documents();
    documents.extend(other.documents().into_iter().map(|mut document| {
        document.id = shifted(&document.id);
        document
    }));
    let mut facts = case.facts();
    facts.extend(other.facts().into_iter().map(|mut fact| {
        fact.id = shifted(&fact.id);
        fact.doc = shifted(&fact.doc);
        fact.repeats = fact.repeats.map(|id| shifted(&id));
        fact.part_of = fact.part_of.map(|id| shifted(&id));
        fact
    }));
    let together: BTreeSet<String> = fuse(&facts, &documents, rules)
        .into_iter()
        .map(|record| record.id)
        .collect();
    for record in alone {
        assert!(
            together.contains(&record.id),
            "{} ({})",
            record.id,
            record.title
        );
    }
}

fn permutations(size: usize, visit: &mut impl FnMut(&[usize])) {
    fn step(order: &mut Vec<usize>, at: usize, visit: &mut impl FnMut(&[usize])) {
        if at == order.len() {
            visit(order);
        }
        for other in at..order.len() {
            order.swap(at, other);
            step(order, at + 1, visit);
            order.swap(at, other);
        }
    }
    step(&mut (0..size).collect(), 0, visit);
}

/// The dossier of a pair holds what is theirs, says what the texts are silent on, and stands on facts line by line.
#[test]
fn a_dossier_is_made_of_records() {
    use verbale::dossier::{Mentioned, Run, Sources, dossier, state_dossier};
    use verbale::record::DocumentView;

    let case = read(&folder().join("five-texts.toml"));
    let (facts, documents) = (case.facts(), case.documents());
    let records = fuse(&facts, &documents, FusionRules::embedded());
    let views: Vec<DocumentView> = documents
        .iter()
        .map(|document| DocumentView {
            id: document.id.clone(),
            name: document.name.clone(),
            sha256: String::new(),
            title: None,
            published: document.published.clone(),
            outlet: document.outlet.clone(),
            author: None,
            url: None,
            lang: "en".to_owned(),
            basis: Default::default(),
            appearances: Vec::new(),
            copies: Vec::new(),
            furniture: Vec::new(),
            not_before: None,
            status: "ok".to_owned(),
        })
        .collect();
    let names = [Mentioned {
        doc: "a".to_owned(),
        entity: "FJI".to_owned(),
        form: "Fiji".to_owned(),
        count: 2,
    }];
    let run = Run::default();
    let sources = Sources {
        identities: None,
        facts: &facts,
        records: &records,
        documents: &views,
        names: &names,
        lexicon: verbale::lexicon::Lexicon::embedded(),
        run: &run,
    };
    let dossier = dossier(["FJI", "WSM"], &sources);
    assert_eq!((dossier.head.texts, dossier.head.dated), (5, 3));
    assert_eq!(dossier.visits.len(), 5);
    assert_eq!(dossier.names_as_written.len(), 1);
    let ids: BTreeSet<&str> = dossier.facts.iter().map(|fact| fact.id.as_str()).collect();
    for line in &dossier.glance[..dossier.glance.len() - 1] {
        assert!(!line.facts.is_empty(), "{}", line.text);
        assert!(
            line.facts.iter().all(|fact| ids.contains(fact.as_str())),
            "{}",
            line.text
        );
    }
    let last = dossier.glance.last().unwrap();
    assert_eq!(
        last.text,
        "Nothing in these texts on ratification, delivery, disbursement."
    );
    let kinds: BTreeSet<&str> = dossier
        .conflicts
        .iter()
        .map(|view| view.kind.as_str())
        .collect();
    assert!(
        kinds.contains("tension") && kinds.contains("ambiguous"),
        "{kinds:?}"
    );
    let codes: BTreeSet<&str> = dossier.gaps.iter().map(|gap| gap.code.as_str()).collect();
    for code in [
        "no_ratification",
        "undated_text",
        "total_unknown",
        "one_witness",
        "no_third_party",
    ] {
        assert!(codes.contains(code), "{codes:?}");
    }
    let speaker = dossier
        .people
        .iter()
        .find(|person| person.person.id == "P:lupe_aiono")
        .unwrap();
    assert_eq!((speaker.spoke, speaker.named), (2, 2));
    let state = state_dossier("WSM", &sources);
    assert_eq!(state.partners.len(), 1);
    assert_eq!(state.partners[0].texts, 5);
}
