//! Who is a party, who is not, and who holds which office.

use serde_json::Value;

use crate::support::{ids, items, on_seeds, text};

#[test]
fn a22_india_is_nowhere_a_party() {
    on_seeds("a22_india_is_nowhere_a_party", |seeds| {
        for value in seeds.facts.iter().chain(&seeds.records) {
            for field in ["actor", "recipient", "beneficiary"] {
                assert!(!ids(value, field).contains("IND"), "{value:#}");
            }
        }
        let beside = seeds.facts_on("003", "on the issue of Jammu and Kashmir");
        assert!(
            beside
                .iter()
                .any(|fact| fact["issue"] == "jammu_and_kashmir"),
            "{beside:#?}"
        );
    });
}

#[test]
fn a38_offices() {
    on_seeds("a38_offices", |seeds| {
        let people = items(&seeds.dossier, "people");
        let holds = |name: &str, title: &str, of: &str| {
            let row = people
                .iter()
                .find(|row| text(&row["person"], "name") == name)
                .unwrap_or_else(|| panic!("{name} is missing"));
            let found = items(row, "offices")
                .iter()
                .any(|office| text(office, "title").contains(title) && text(office, "of") == of);
            assert!(found, "{name}: {row:#}");
        };
        holds("Ilham Aliyev", "president", "AZE");
        holds("Shehbaz Sharif", "prime minister", "PAK");
        holds("Asif Ali Zardari", "president", "PAK");
        holds("Mamnoon Hussain", "president", "PAK");
        holds("Bilal Hayee", "ambassador", "PAK");
        let ambassador = seeds.facts_of("003").find(|fact| {
            fact["kind"] == "role" && text(&fact["office"], "title").contains("ambassador")
        });
        let ambassador = ambassador.expect("the ambassador's office is a fact");
        assert_eq!(ambassador["office"]["to"], "AZE");
        let member = seeds
            .facts_of("000")
            .find(|fact| fact["kind"] == "role" && text(fact, "quote").contains("Gafarov"));
        assert_eq!(
            member.expect("the deputy's office is a fact")["office"]["of"],
            "AZE"
        );
        let analyst = seeds
            .facts_of("002")
            .find(|fact| fact["kind"] == "role" && text(fact, "quote").contains("Garayev"));
        let analyst = &analyst.expect("the analyst's description is a fact")["office"];
        assert!(
            text(analyst, "title").contains("analyst")
                && analyst["official"] == false
                && analyst["of"].is_null(),
            "{analyst}"
        );
    });
}

#[test]
fn a40_the_byline_is_no_party() {
    on_seeds("a40_the_byline_is_no_party", |seeds| {
        let named = |value: &Value| {
            ["actor", "recipient", "beneficiary"]
                .iter()
                .flat_map(|field| items(value, field))
                .any(|party| {
                    let name =
                        format!("{} {}", text(party, "name"), text(&party["person"], "name"));
                    ["Ashirov", "Twitter", "WhatsApp"]
                        .iter()
                        .any(|wrong| name.contains(wrong))
                })
        };
        let wrong = seeds
            .facts
            .iter()
            .chain(&seeds.records)
            .find(|value| named(value));
        assert!(wrong.is_none(), "{wrong:#?}");
        assert!(
            !seeds
                .facts_on(
                    "003",
                    "Pakistan supports and helps Azerbaijan to strengthen"
                )
                .is_empty()
        );
    });
}
