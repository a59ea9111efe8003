//! Positions, relations, claims.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Seeds, doc, ids, items, on_seeds, only, says, set, speaker, text};

fn position<'a>(seeds: &'a Seeds, holder: &str, issue: &str) -> &'a Value {
    let found = seeds
        .records_of("position")
        .filter(|record| {
            ids(record, "actor").contains(holder)
                && record["issue"] == issue
                && record["stance"] == "support"
        })
        .collect();
    only(found, issue)
}

#[test]
fn a08_diplomatic_relations_since_1992_are_one_record() {
    on_seeds(
        "a08_diplomatic_relations_since_1992_are_one_record",
        |seeds| {
            let found = seeds
                .records_of("relation")
                .filter(|record| {
                    record["relation"]["type"] == "diplomatic_relations"
                        && record["relation"]["phase"] == "established"
                        && ids(record, "actor") == set(["AZE", "PAK"])
                })
                .collect();
            let record = only(found, "establishment of relations");
            assert_eq!(
                (text(&record["date"], "start"), text(&record["date"], "end")),
                ("1992-01-01", "1992-12-31")
            );
            assert_eq!(seeds.docs(record), set(["002", "003"]));
        },
    );
}

fn recognition(seeds: &Seeds) -> &Value {
    let found = seeds
        .records_of("relation")
        .filter(|record| {
            record["relation"]["type"] == "recognition"
                && text(&record["relation"], "object").contains("independence")
        })
        .collect();
    only(found, "recognition of independence")
}

#[test]
fn a09_recognition_of_independence_is_one_undated_record() {
    on_seeds(
        "a09_recognition_of_independence_is_one_undated_record",
        |seeds| {
            let record = recognition(seeds);
            assert_eq!(seeds.docs(record), set(["001", "002"]));
            assert_eq!(
                (ids(record, "actor"), ids(record, "recipient")),
                (set(["PAK"]), set(["AZE"]))
            );
            assert!(record["date"]["start"].is_null() && record["date"]["end"].is_null());
        },
    );
}

#[test]
fn a10_recognition_of_khojaly_is_another_thing() {
    on_seeds("a10_recognition_of_khojaly_is_another_thing", |seeds| {
        let independence = recognition(seeds);
        let khojaly = seeds.facts_on("004", "Azerbaijani people are very grateful to Pakistani brothers, as Pakistan is the first country officially recognized the Khojaly genocide");
        let right: Vec<&&Value> = khojaly
            .iter()
            .filter(|fact| says(fact, "Khojaly") && ids(fact, "actor").contains("PAK"))
            .collect();
        assert!(
            !right.is_empty(),
            "the words beside are a fact: {khojaly:#?}"
        );
        for fact in right {
            assert_ne!(seeds.record_of(fact)["id"], independence["id"]);
        }
    });
}

#[test]
fn a20_pakistan_supports_azerbaijan_on_karabakh_in_all_texts() {
    on_seeds(
        "a20_pakistan_supports_azerbaijan_on_karabakh_in_all_texts",
        |seeds| {
            let record = position(seeds, "PAK", "karabakh");
            assert_eq!(seeds.docs(record), set(["000", "001", "002", "003", "004"]));
        },
    );
}

#[test]
fn a21_azerbaijan_supports_pakistan_on_kashmir_in_four_texts() {
    on_seeds(
        "a21_azerbaijan_supports_pakistan_on_kashmir_in_four_texts",
        |seeds| {
            let record = position(seeds, "AZE", "jammu_and_kashmir");
            assert_eq!(seeds.docs(record), set(["000", "001", "003", "004"]));
            let grounds: BTreeSet<&str> = items(record, "qualifiers")
                .iter()
                .filter(|qualifier| qualifier["type"] == "basis")
                .filter_map(|qualifier| {
                    seeds
                        .facts
                        .iter()
                        .find(|fact| fact["id"] == qualifier["fact"])
                })
                .map(doc)
                .collect();
            assert_eq!(grounds, set(["000", "004"]), "{}", record["qualifiers"]);
            let words: Vec<&str> = items(record, "qualifiers")
                .iter()
                .map(|qualifier| text(qualifier, "text"))
                .collect();
            assert!(
                words
                    .iter()
                    .any(|ground| ground.contains("international law"))
                    && words.iter().any(|ground| ground.contains("UN documents")),
                "{words:?}"
            );
        },
    );
}

fn absences(seeds: &Seeds) -> Vec<&Value> {
    seeds
        .facts
        .iter()
        .filter(|fact| {
            let parties: BTreeSet<&str> = ids(fact, "actor")
                .union(&ids(fact, "recipient"))
                .copied()
                .collect();
            parties == set(["ARM", "PAK"]) && fact["relation"]["phase"] == "absent"
        })
        .collect()
}

#[test]
fn a23_pakistan_has_no_relations_with_armenia_and_why() {
    on_seeds(
        "a23_pakistan_has_no_relations_with_armenia_and_why",
        |seeds| {
            let found = absences(seeds);
            assert_eq!(
                found.iter().map(|fact| doc(fact)).collect::<BTreeSet<_>>(),
                set(["000", "004"])
            );
            let reasons: BTreeSet<&str> = found
                .iter()
                .filter(|fact| {
                    items(fact, "qualifiers")
                        .iter()
                        .any(|qualifier| qualifier["type"] == "reason")
                })
                .map(|fact| doc(fact))
                .collect();
            assert_eq!(reasons, set(["004"]));
            assert!(
                found
                    .iter()
                    .all(|fact| fact["negated"] == true || fact["event_type"] == "REJECT")
            );
        },
    );
}

#[test]
fn a24_relations_with_armenia_are_nowhere_established() {
    on_seeds(
        "a24_relations_with_armenia_are_nowhere_established",
        |seeds| {
            let wrong = seeds.facts.iter().find(|fact| {
                ids(fact, "actor")
                    .union(&ids(fact, "recipient"))
                    .any(|id| *id == "ARM")
                    && matches!(text(&fact["relation"], "phase"), "established" | "held")
            });
            assert!(wrong.is_none(), "{wrong:#?}");
            assert!(!absences(seeds).is_empty(), "the words beside are a fact");
        },
    );
}

fn demand(seeds: &Seeds) -> &Value {
    seeds
        .facts_on(
            "004",
            "demand the unconditional and immediate withdrawal of Armenian forces",
        )
        .into_iter()
        .find(|fact| fact["event_type"] == "REQUEST")
        .expect("the demand is a fact")
}

#[test]
fn a25_the_council_demands_and_is_not_heeded() {
    on_seeds("a25_the_council_demands_and_is_not_heeded", |seeds| {
        let fact = demand(seeds);
        assert!(
            ids(fact, "actor")
                .iter()
                .any(|id| *id == "UNSC" || *id == "UN"),
            "{fact:#}"
        );
        assert!(ids(fact, "recipient").contains("ARM"), "{fact:#}");
        let unheeded = seeds.facts_on("004", "Unfortunately, these resolutions are not fulfilled");
        assert!(
            unheeded
                .iter()
                .any(|fact| fact["negated"] == true || fact["event_type"] == "REJECT"),
            "{unheeded:#?}"
        );
    });
}

#[test]
fn a26_nobody_has_withdrawn() {
    on_seeds("a26_nobody_has_withdrawn", |seeds| {
        let wrong = seeds
            .facts
            .iter()
            .find(|fact| fact["event_type"] == "RETREAT" && ids(fact, "actor").contains("ARM"));
        assert!(wrong.is_none(), "{wrong:#?}");
        assert_eq!(demand(seeds)["event_type"], "REQUEST");
    });
}

#[test]
fn a27_charges_stand_as_the_speakers_claims() {
    on_seeds("a27_charges_stand_as_the_speakers_claims", |seeds| {
        for words in [
            "a policy of ethnic cleansing",
            "Armenians committed the Khojaly genocide by killing",
            "20 percent of our territory is under occupation",
            "more than 1 million Azerbaijanis became refugees",
        ] {
            let found = seeds.facts_on("004", words);
            let claims: Vec<&&Value> = found
                .iter()
                .filter(|fact| fact["kind"] == "claim" || fact["kind"] == "figure")
                .collect();
            assert!(!claims.is_empty(), "{words}: {found:#?}");
            for fact in claims {
                assert_eq!(
                    (text(fact, "modality"), speaker(fact)),
                    ("alleged", "Ilham Aliyev"),
                    "{words}"
                );
            }
        }
    });
}

#[test]
fn a31_partnership_now_reached_against_the_declaration() {
    on_seeds(
        "a31_partnership_now_reached_against_the_declaration",
        |seeds| {
            let tension = items(&seeds.dossier, "conflicts").iter().any(|conflict| {
                let facts: Vec<&Value> = items(conflict, "facts")
                    .iter()
                    .filter_map(|id| seeds.facts.iter().find(|fact| fact["id"] == *id))
                    .collect();
                conflict["kind"] == "tension"
                    && facts.iter().any(|fact| {
                        doc(fact) == "002" && says(fact, "level of a strategic partnership")
                    })
                    && facts.iter().any(|fact| doc(fact) == "004")
            });
            assert!(tension, "{:#}", seeds.dossier["conflicts"]);
        },
    );
}

#[test]
fn a41_the_humanitarian_sphere_is_culture_not_aid() {
    on_seeds("a41_the_humanitarian_sphere_is_culture_not_aid", |seeds| {
        let wrong = seeds
            .facts_of("004")
            .find(|fact| fact["event_type"] == "AID" || fact["kind"] == "transfer");
        assert!(wrong.is_none(), "{wrong:#?}");
        let beside = seeds.facts_on(
            "004",
            "the humanitarian sphere covers a significant part of the cooperation",
        );
        assert!(
            beside.iter().any(|fact| fact["kind"] == "cooperation"),
            "{beside:#?}"
        );
        assert!(
            beside
                .iter()
                .all(|fact| !items(fact, "sectors").contains(&Value::from("humanitarian"))),
            "{beside:#?}"
        );
    });
}

#[test]
fn a42_independence_day_recognises_nobody() {
    on_seeds("a42_independence_day_recognises_nobody", |seeds| {
        let wrong = seeds
            .facts_of("003")
            .find(|fact| fact["relation"]["type"] == "recognition");
        assert!(wrong.is_none(), "{wrong:#?}");
        let beside = seeds.facts_on("003", "Pakistani Ambassador to Azerbaijan Bilal Hayee");
        assert!(
            beside.iter().any(|fact| fact["kind"] == "role"),
            "{beside:#?}"
        );
    });
}

#[test]
fn a44_thirty_one_years_fit_1992() {
    on_seeds("a44_thirty_one_years_fit_1992", |seeds| {
        let years = seeds.facts_on(
            "003",
            "this year we completed 31 years of diplomatic relations",
        );
        let figure = years
            .iter()
            .find(|fact| fact["kind"] == "figure")
            .unwrap_or_else(|| panic!("{years:#?}"));
        let flagged = seeds.records.iter().any(|record| {
            items(record, "flags").iter().any(|flag| {
                flag["code"] == "consistent" && items(flag, "facts").contains(&figure["id"])
            })
        });
        assert!(flagged);
    });
}
