//! Visits, talks and receptions.

use serde_json::Value;

use crate::support::{Seeds, ids, items, on_seeds, only, persons, says, set, speaker, text};

fn visits_by<'a>(seeds: &'a Seeds, visitor: &str, host: &str) -> Vec<&'a Value> {
    seeds
        .records_of("visit")
        .filter(|record| {
            text(&record["person"], "name") == visitor && ids(record, "recipient").contains(host)
        })
        .collect()
}

fn visit_of_july(seeds: &Seeds) -> &Value {
    only(
        visits_by(seeds, "Ilham Aliyev", "PAK"),
        "visits of Ilham Aliyev to Pakistan",
    )
}

#[test]
fn a01_one_visit_of_july_2024_from_three_texts() {
    on_seeds("a01_one_visit_of_july_2024_from_three_texts", |seeds| {
        assert_eq!(seeds.docs(visit_of_july(seeds)), set(["000", "001", "002"]));
    });
}

#[test]
fn a02_its_interval_lies_in_july_and_holds_the_eleventh() {
    on_seeds(
        "a02_its_interval_lies_in_july_and_holds_the_eleventh",
        |seeds| {
            let date = &visit_of_july(seeds)["date"];
            let (start, end) = (text(date, "start"), text(date, "end"));
            assert!(
                ("2024-07-01"..="2024-07-11").contains(&start)
                    && ("2024-07-11"..="2024-07-31").contains(&end),
                "{date}"
            );
            assert_eq!(date["duration_days"], 2, "{date}");
        },
    );
}

#[test]
fn a03_it_is_a_state_visit_on_the_word_of_the_first_text() {
    on_seeds(
        "a03_it_is_a_state_visit_on_the_word_of_the_first_text",
        |seeds| {
            let record = visit_of_july(seeds);
            assert_eq!(record["visit"]["grade"], "state");
            let graded: Vec<&Value> = seeds
                .facts_behind(record)
                .into_iter()
                .filter(|fact| fact["visit"]["grade"] == "state")
                .collect();
            assert!(
                !graded.is_empty()
                    && graded
                        .iter()
                        .all(|fact| text(fact, "doc_name").starts_with("000")),
                "{graded:#?}"
            );
        },
    );
}

#[test]
fn a04_he_met_the_prime_minister_and_the_president() {
    on_seeds("a04_he_met_the_prime_minister_and_the_president", |seeds| {
        let visit = visit_of_july(seeds);
        let met: Vec<&Value> = seeds
            .facts_of("002")
            .filter(|fact| {
                let others = persons(fact, "recipient")
                    .union(&persons(fact, "actor"))
                    .copied()
                    .collect::<Vec<_>>();
                others.contains(&"Shehbaz Sharif") && others.contains(&"Asif Ali Zardari")
            })
            .collect();
        let meeting = seeds.record_of(met.first().expect("a meeting with both is a fact"));
        let tied = items(meeting, "links")
            .iter()
            .any(|link| link["type"] == "part_of" && link["record"] == visit["id"]);
        let named = persons(&visit["visit"], "participants");
        assert!(
            tied || (named.contains("Shehbaz Sharif") && named.contains("Asif Ali Zardari")),
            "{meeting:#}"
        );
    });
}

#[test]
fn a05_hussain_visited_azerbaijan_on_an_unknown_day() {
    on_seeds(
        "a05_hussain_visited_azerbaijan_on_an_unknown_day",
        |seeds| {
            let record = only(
                visits_by(seeds, "Mamnoon Hussain", "AZE"),
                "visits of Mamnoon Hussain to Azerbaijan",
            );
            assert_eq!(record["visit"]["grade"], "official");
            assert_eq!(seeds.docs(record), set(["004"]));
            assert!(
                record["date"]["start"].is_null() && record["date"]["end"].is_null(),
                "{}",
                record["date"]
            );
            assert_ne!(record["id"], visit_of_july(seeds)["id"]);
        },
    );
}

#[test]
fn a06_sharif_visited_in_2023_and_in_2024() {
    on_seeds("a06_sharif_visited_in_2023_and_in_2024", |seeds| {
        let visits = visits_by(seeds, "Shehbaz Sharif", "AZE");
        for year in ["2023", "2024"] {
            let found = visits.iter().any(|record| {
                let date = &record["date"];
                text(date, "start").starts_with(year)
                    && text(date, "end").starts_with(year)
                    && seeds.docs(record).contains("002")
            });
            assert!(found, "no visit of {year}: {visits:#?}");
        }
    });
}

#[test]
fn a07_the_most_recent_visit_is_flagged_as_ambiguous() {
    on_seeds(
        "a07_the_most_recent_visit_is_flagged_as_ambiguous",
        |seeds| {
            let flagged = visits_by(seeds, "Shehbaz Sharif", "AZE")
                .into_iter()
                .any(|record| {
                    items(record, "flags")
                        .iter()
                        .any(|flag| flag["code"] == "ambiguous_date")
                        && seeds
                            .facts_behind(record)
                            .iter()
                            .any(|fact| says(fact, "most recent visit"))
                });
            assert!(flagged);
        },
    );
}

#[test]
fn a30_july_11_takes_its_year_from_other_texts_only() {
    on_seeds(
        "a30_july_11_takes_its_year_from_other_texts_only",
        |seeds| {
            let told: Vec<&Value> = seeds
                .facts_of("000")
                .filter(|fact| !fact["visit"].is_null() && says(fact, "July 11"))
                .collect();
            assert!(!told.is_empty());
            for fact in &told {
                assert!(
                    fact["date"]["start"].is_null() && fact["date"]["end"].is_null(),
                    "{}",
                    fact["date"]
                );
                assert_eq!(fact["date"]["edtf"], "XXXX-07-11");
            }
            let date = &visit_of_july(seeds)["date"];
            assert_eq!(date["basis"], "fused");
            let others = items(date, "from")
                .iter()
                .filter_map(Value::as_str)
                .any(|id| {
                    seeds
                        .facts
                        .iter()
                        .any(|fact| fact["id"] == id && !text(fact, "doc_name").starts_with("000"))
                });
            assert!(
                others,
                "the year has no source outside the text itself: {date}"
            );
        },
    );
}

#[test]
fn a39_a_salute_is_no_assault() {
    on_seeds("a39_a_salute_is_no_assault", |seeds| {
        let violent = seeds
            .facts_of("001")
            .find(|fact| fact["event_type"] == "ASSAULT" || fact["event_type"] == "MOBILIZE");
        assert!(violent.is_none(), "{violent:#?}");
        let welcome = seeds.facts_on("001", "received a grand ceremonial welcome");
        assert!(
            welcome
                .iter()
                .any(|fact| fact["event_type"] == "CONSULT" && ids(fact, "actor").contains("PAK")),
            "{welcome:#?}"
        );
    });
}

#[test]
fn a43_two_presidents_are_told_apart() {
    on_seeds("a43_two_presidents_are_told_apart", |seeds| {
        let talks = seeds.facts_on(
            "004",
            "Today we discussed with the President issues of bilateral",
        );
        let both = talks.iter().any(|fact| {
            let names: Vec<&str> = persons(fact, "actor")
                .union(&persons(fact, "recipient"))
                .copied()
                .collect();
            names.contains(&"Mamnoon Hussain") && speaker(fact) == "Ilham Aliyev"
        });
        assert!(both, "{talks:#?}");
        let signed = seeds.facts_on(
            "004",
            "The document signed today between me and Mr. President",
        );
        let signers = signed
            .iter()
            .any(|fact| persons(fact, "signatories") == set(["Ilham Aliyev", "Mamnoon Hussain"]));
        assert!(signers, "{signed:#?}");
        let sphere = seeds.facts_on("004", "the humanitarian sphere covers a significant part");
        assert!(
            sphere.iter().any(|fact| speaker(fact) == "Ilham Aliyev"),
            "{sphere:#?}"
        );
    });
}
