//! Agreements, commitments, transfers.

use serde_json::Value;

use crate::support::{ids, items, on_seeds, only, persons, says, sectors, set, speaker, text};

#[test]
fn a11_the_agreement_of_2002() {
    on_seeds("a11_the_agreement_of_2002", |seeds| {
        let found = seeds
            .records_of("agreement")
            .filter(|record| {
                text(&record["date"], "start").starts_with("2002")
                    && text(&record["date"], "end").starts_with("2002")
            })
            .collect();
        let record = only(found, "agreements of 2002");
        assert_eq!(seeds.docs(record), set(["000"]));
        assert_eq!(ids(record, "actor"), set(["AZE", "PAK"]));
        assert!(sectors(record).contains("defence"));
    });
}

#[test]
fn a12_heydar_aliyev_signed_nothing_and_is_not_ilham() {
    on_seeds(
        "a12_heydar_aliyev_signed_nothing_and_is_not_ilham",
        |seeds| {
            for fact in &seeds.facts {
                assert!(
                    !persons(fact, "signatories").contains("Heydar Aliyev"),
                    "{fact:#}"
                );
            }
            let people: Vec<&str> = items(&seeds.dossier, "people")
                .iter()
                .map(|row| text(&row["person"], "name"))
                .collect();
            assert!(
                people.contains(&"Ilham Aliyev") && people.contains(&"Heydar Aliyev"),
                "{people:?}"
            );
            let beside = seeds.facts_on("000", "the 2002 agreement on defense");
            assert!(
                beside.iter().any(|fact| fact["kind"] == "agreement"),
                "{beside:#?}"
            );
        },
    );
}

#[test]
fn a13_the_declaration_on_strategic_partnership() {
    on_seeds("a13_the_declaration_on_strategic_partnership", |seeds| {
        let found = seeds
            .records_of("agreement")
            .filter(|record| record["instrument"]["type"] == "declaration")
            .collect();
        let record = only(found, "declarations");
        assert!(
            text(&record["instrument"], "title").contains("strategic partnership"),
            "{}",
            record["instrument"]
        );
        assert_eq!(
            persons(record, "signatories"),
            set(["Ilham Aliyev", "Mamnoon Hussain"])
        );
        assert_eq!(seeds.docs(record), set(["004"]));
        assert!(
            record["date"]["start"].is_null() && record["date"]["end"].is_null(),
            "{}",
            record["date"]
        );
    });
}

#[test]
fn a14_the_package_of_july_2024_and_its_members() {
    on_seeds("a14_the_package_of_july_2024_and_its_members", |seeds| {
        let july = |record: &&Value| {
            text(&record["date"], "start") >= "2024-07"
                && text(&record["date"], "end") <= "2024-07-31"
        };
        let agreements: Vec<&Value> = seeds.records_of("agreement").filter(july).collect();
        let package = agreements
            .iter()
            .find(|record| seeds.docs(record) == set(["001", "002"]))
            .unwrap_or_else(|| panic!("no package told by both texts: {agreements:#?}"));
        let members: Vec<&&Value> = agreements
            .iter()
            .filter(|record| {
                items(record, "links")
                    .iter()
                    .any(|link| link["type"] == "part_of" && link["record"] == package["id"])
            })
            .collect();
        let has = |wanted: &str| {
            members
                .iter()
                .any(|record| sectors(record).contains(wanted))
        };
        for sector in ["trade", "energy", "defence", "education", "culture"] {
            assert!(has(sector), "no member on {sector}: {members:#?}");
        }
        assert!(
            members
                .iter()
                .any(|record| record["instrument"]["type"] == "memorandum"
                    && sectors(record).contains("energy"))
        );
    });
}

#[test]
fn a15_the_exchange_of_24_february_2025() {
    on_seeds("a15_the_exchange_of_24_february_2025", |seeds| {
        let exchange = seeds.facts_on("002", "the document exchange yesterday");
        let dated = exchange.iter().filter(|fact| fact["kind"] == "agreement");
        assert!(dated.clone().count() > 0);
        for fact in dated {
            assert_eq!(
                (text(&fact["date"], "start"), text(&fact["date"], "end")),
                ("2025-02-24", "2025-02-24"),
                "{fact:#}"
            );
        }
        let counted = exchange
            .iter()
            .find(|fact| says(fact, "SOCAR") && !fact["count"].is_null())
            .expect("four are counted");
        assert_eq!(counted["count"]["value"], 4.0);
        assert!(counted["count"]["total"].is_null());
    });
}

#[test]
fn a16_two_billion_dollars_are_planned() {
    on_seeds("a16_two_billion_dollars_are_planned", |seeds| {
        let found = seeds
            .facts
            .iter()
            .filter(|fact| fact["kind"] == "commitment" && fact["amount"]["value"] == 2e9)
            .collect();
        let fact = only(found, "commitments of two billion");
        assert_eq!(fact["amount"]["currency"], "USD");
        assert_eq!(fact["modality"], "planned");
        assert_eq!(
            (ids(fact, "actor"), ids(fact, "recipient")),
            (set(["AZE"]), set(["PAK"]))
        );
        assert_eq!(speaker(fact), "Azer Garayev");
        for sector in ["energy", "infrastructure", "information_technology"] {
            assert!(sectors(fact).contains(sector), "{sector}");
        }
    });
}

#[test]
fn a17_the_two_billion_are_not_done_nor_on_official_word() {
    on_seeds(
        "a17_the_two_billion_are_not_done_nor_on_official_word",
        |seeds| {
            let told: Vec<&Value> = seeds
                .facts
                .iter()
                .filter(|fact| fact["amount"]["value"] == 2e9)
                .collect();
            assert!(!told.is_empty(), "the words beside are a fact");
            for fact in told {
                assert_ne!(fact["modality"], "asserted");
                assert_ne!(fact["kind"], "agreement");
                assert_ne!(fact["event_type"], "AID");
                assert!(
                    items(fact, "attribution")
                        .iter()
                        .all(|voice| voice["name"] != "Ilham Aliyev" && voice["official"] != true)
                );
            }
        },
    );
}

#[test]
fn a18_the_fighters_go_from_pakistan_to_azerbaijan() {
    on_seeds("a18_the_fighters_go_from_pakistan_to_azerbaijan", |seeds| {
        let record = only(seeds.records_of("transfer").collect(), "transfers");
        assert_eq!(
            (ids(record, "actor"), ids(record, "recipient")),
            (set(["PAK"]), set(["AZE"]))
        );
        assert!(
            text(&record["item"], "designation").contains("JF-17"),
            "{}",
            record["item"]
        );
        assert_eq!(seeds.docs(record), set(["002"]));
    });
}

#[test]
fn a19_the_fighters_have_no_number_price_or_delivery() {
    on_seeds(
        "a19_the_fighters_have_no_number_price_or_delivery",
        |seeds| {
            let transfers: Vec<&Value> = seeds
                .facts
                .iter()
                .filter(|fact| fact["kind"] == "transfer")
                .collect();
            assert!(!transfers.is_empty(), "the words beside are a fact");
            for fact in transfers {
                assert!(
                    fact["item"]["quantity"].is_null()
                        && fact["amount"].is_null()
                        && fact["count"].is_null(),
                    "{fact:#}"
                );
            }
            for record in seeds.records_of("transfer") {
                assert_ne!(record["status"], "delivered");
                assert!(
                    items(record, "steps")
                        .iter()
                        .all(|step| step["status"] != "delivered")
                );
            }
        },
    );
}

#[test]
fn a28_the_business_forum_is_planned_for_an_unknown_day() {
    on_seeds(
        "a28_the_business_forum_is_planned_for_an_unknown_day",
        |seeds| {
            let forum = seeds.facts_on(
                "004",
                "Tomorrow we will together take part in a business forum",
            );
            let fact = forum
                .iter()
                .find(|fact| fact["modality"] == "planned")
                .unwrap_or_else(|| panic!("{forum:#?}"));
            assert_eq!(fact["event_type"], "AGREE");
            assert!(
                fact["date"]["start"].is_null() && fact["date"]["end"].is_null(),
                "{}",
                fact["date"]
            );
            assert_eq!(fact["date"]["basis"], "relative");
            assert_eq!(
                fact["date"]["text"]
                    .as_str()
                    .map(str::to_lowercase)
                    .as_deref(),
                Some("tomorrow")
            );
        },
    );
}
