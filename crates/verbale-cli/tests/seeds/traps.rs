//! The 25 traps: each asserts that the wrong fact is absent and that a right one stands on the words beside it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Seeds, ids, items, on_seeds, persons, says, sectors, set, speaker, text};

/// Asserts that no fact lies wholly within these words.
#[track_caller]
fn nothing_within(seeds: &Seeds, number: &str, words: &str) {
    let start = seeds.texts[number].find(words).unwrap() as u64;
    let end = start + words.len() as u64;
    let wrong = seeds.facts_of(number).find(|fact| {
        fact["start"].as_u64().unwrap() >= start && fact["end"].as_u64().unwrap() <= end
    });
    assert!(wrong.is_none(), "{wrong:#?}");
}

/// Asserts that a fact of this kind stands on these words, and gives it.
#[track_caller]
fn right<'a>(seeds: &'a Seeds, number: &'a str, words: &str, kinds: &[&str]) -> &'a Value {
    let found = seeds.facts_on(number, words);
    found
        .iter()
        .copied()
        .find(|fact| kinds.contains(&text(fact, "kind")))
        .unwrap_or_else(|| panic!("no {kinds:?} on {words:?}: {found:#?}"))
}

fn undated(fact: &Value) -> bool {
    fact["date"]["start"].is_null() && fact["date"]["end"].is_null()
}

#[test]
fn t01_headers_are_no_facts_and_hide_none() {
    on_seeds("t01_headers_are_no_facts_and_hide_none", |seeds| {
        nothing_within(
            seeds,
            "001",
            " date 2024-07-13 13 July 2024 08:30 (UTC+04:00)",
        );
        nothing_within(
            seeds,
            "002",
            " date 2025-02-25 BAKU, Azerbaijan, February 25.",
        );
        let fact = right(
            seeds,
            "002",
            "diplomatic ties established in 1992",
            &["relation"],
        );
        assert_eq!(text(&fact["date"], "start"), "1992-01-01");
        right(
            seeds,
            "001",
            "Azerbaijani President Ilham Aliyev's recent visit to Pakistan",
            &["event"],
        );
    });
}

#[test]
fn t02_read_more_is_no_fact() {
    on_seeds("t02_read_more_is_no_fact", |seeds| {
        nothing_within(seeds, "003", "Qabil Ashirov Read more");
        assert_eq!(seeds.document("003")["author"], "Qabil Ashirov");
        right(
            seeds,
            "003",
            "Pakistan supports and helps Azerbaijan to strengthen",
            &["cooperation", "commitment", "position"],
        );
    });
}

#[test]
fn t03_footers_are_no_facts() {
    on_seeds("t03_footers_are_no_facts", |seeds| {
        nothing_within(
            seeds,
            "002",
            "Stay up-to-date with more news on Trend News Agency's WhatsApp channel",
        );
        nothing_within(
            seeds,
            "003",
            "---\n\nQabil Ashirov is AzerNews’ staff journalist, follow him on Twitter: @g_Ashirov\n\nFollow us on Twitter @AzerNewsAz",
        );
        right(
            seeds,
            "003",
            "Pakistan is always with Azerbaijan on this issue",
            &["commitment", "position"],
        );
    });
}

#[test]
fn t04_an_insertion_is_the_editors() {
    on_seeds("t04_an_insertion_is_the_editors", |seeds| {
        nothing_within(seeds, "002", "(Azerbaijan and Pakistan – ed.)");
        let fact = right(
            seeds,
            "002",
            "we will continue to support each other on all issues",
            &["commitment"],
        );
        assert_eq!(ids(fact, "actor"), set(["AZE", "PAK"]));
        assert_eq!(speaker(fact), "Ilham Aliyev");
    });
}

#[test]
fn t05_the_nested_speaker_holds_over_the_paragraph_end() {
    on_seeds(
        "t05_the_nested_speaker_holds_over_the_paragraph_end",
        |seeds| {
            let fact = right(
                seeds,
                "002",
                "We support each other on issues of sovereignty",
                &["position"],
            );
            assert_eq!(speaker(fact), "Ilham Aliyev");
            let unmarked = right(
                seeds,
                "002",
                "the potential for joint defense industry projects",
                &["commitment"],
            );
            assert_eq!(speaker(unmarked), "Azer Garayev");
            for words in [
                "which have now reached the level",
                "A series of agreements in the military field",
            ] {
                assert!(
                    seeds
                        .facts_on("002", words)
                        .iter()
                        .all(|fact| speaker(fact) == "Azer Garayev"),
                    "{words}"
                );
            }
        },
    );
}

#[test]
fn t06_the_echoing_lead_counts_once() {
    on_seeds("t06_the_echoing_lead_counts_once", |seeds| {
        let lead = right(
            seeds,
            "003",
            "Pakistan supports and helps Azerbaijan to strengthen",
            &["cooperation", "commitment", "position"],
        );
        let echo = items(lead, "attribution").last().unwrap();
        assert_eq!(
            (text(echo, "name"), text(echo, "mode")),
            ("Bilal Hayee", "echo")
        );
        let quoted = right(
            seeds,
            "003",
            "We are supporting and helping Azerbaijan to strengthen",
            &["cooperation", "commitment", "position"],
        );
        assert!(
            lead["repeats"] == quoted["id"] || quoted["repeats"] == lead["id"],
            "{lead:#} {quoted:#}"
        );
    });
}

#[test]
fn t07_headline_and_sub_headline_repeat_the_body() {
    on_seeds("t07_headline_and_sub_headline_repeat_the_body", |seeds| {
        let recognised: Vec<&Value> = seeds
            .facts_of("004")
            .filter(|fact| {
                says(fact, "Khojaly genocide")
                    && ids(fact, "actor") == set(["PAK"])
                    && fact["kind"] == "position"
            })
            .collect();
        assert_eq!(
            recognised
                .iter()
                .filter(|fact| fact["repeats"].is_null())
                .count(),
            1,
            "{recognised:#?}"
        );
        let absent: Vec<&Value> = seeds
            .facts_of("004")
            .filter(|fact| fact["relation"]["phase"] == "absent")
            .collect();
        assert_eq!(
            absent
                .iter()
                .filter(|fact| fact["repeats"].is_null())
                .count(),
            1,
            "{absent:#?}"
        );
    });
}

#[test]
fn t08_a_rhetorical_today_is_no_date() {
    on_seeds("t08_a_rhetorical_today_is_no_date", |seeds| {
        for fact in seeds.facts_on(
            "001",
            "Today, President Ilham Aliyev's visit to Pakistan symbolises",
        ) {
            assert_ne!(text(&fact["date"], "start"), "2024-07-13", "{fact:#}");
        }
        let support = right(
            seeds,
            "004",
            "today we support each other to protect our national interests",
            &["position"],
        );
        assert!(
            undated(support) && text(&support["date"], "text").is_empty(),
            "{support:#}"
        );
    });
}

#[test]
fn t09_words_in_quotations_count_from_the_day_of_speech() {
    on_seeds(
        "t09_words_in_quotations_count_from_the_day_of_speech",
        |seeds| {
            let exchange = right(
                seeds,
                "002",
                "the document exchange yesterday",
                &["agreement"],
            );
            assert_eq!(
                (
                    text(&exchange["date"], "start"),
                    text(&exchange["date"], "end")
                ),
                ("2025-02-24", "2025-02-24")
            );
            let signed = right(
                seeds,
                "004",
                "The document signed today between me and Mr. President",
                &["agreement"],
            );
            assert!(undated(signed), "{signed:#}");
            assert_eq!(
                (
                    text(&signed["date"], "basis"),
                    text(&signed["date"], "text")
                ),
                ("relative", "today")
            );
        },
    );
}

#[test]
fn t10_a_salute_with_guns_is_no_force_and_no_number() {
    on_seeds(
        "t10_a_salute_with_guns_is_no_force_and_no_number",
        |seeds| {
            for fact in seeds.facts_on("001", "a 21-gun salute") {
                assert!(
                    !matches!(
                        text(fact, "event_type"),
                        "ASSAULT" | "MOBILIZE" | "THREATEN"
                    ),
                    "{fact:#}"
                );
                assert!(
                    fact["amount"].is_null() && fact["count"].is_null(),
                    "{fact:#}"
                );
            }
            right(
                seeds,
                "001",
                "President Ilham Aliyev received a grand ceremonial welcome",
                &["event"],
            );
        },
    );
}

#[test]
fn t11_recognition_of_solidarity_is_not_diplomatic() {
    on_seeds("t11_recognition_of_solidarity_is_not_diplomatic", |seeds| {
        let wrong = seeds
            .facts_of("000")
            .find(|fact| fact["relation"]["type"] == "recognition");
        assert!(wrong.is_none(), "{wrong:#?}");
        right(
            seeds,
            "000",
            "Pakistan's steadfast support for Azerbaijan",
            &["position"],
        );
    });
}

#[test]
fn t12_negations() {
    on_seeds("t12_negations", |seeds| {
        for (number, words) in [
            (
                "000",
                "decision to refrain from establishing diplomatic relations with Armenia",
            ),
            (
                "004",
                "countries that have not established any diplomatic relations with Armenia",
            ),
        ] {
            let found = seeds.facts_on(number, words);
            let absent: Vec<&&Value> = found
                .iter()
                .filter(|fact| {
                    ids(fact, "actor").contains("PAK") && fact["relation"]["phase"] == "absent"
                })
                .collect();
            assert!(!absent.is_empty(), "{words}: {found:#?}");
            assert!(
                found
                    .iter()
                    .all(|fact| fact["relation"]["phase"] != "established"),
                "{words}: {found:#?}"
            );
        }
        let unheeded = seeds.facts_on("004", "these resolutions are not fulfilled");
        assert!(
            unheeded
                .iter()
                .any(|fact| fact["negated"] == true || fact["event_type"] == "REJECT"),
            "{unheeded:#?}"
        );
        let length = seeds.facts_on("003", "it is not a very long time");
        assert!(
            length.iter().all(|fact| !matches!(
                text(fact, "kind"),
                "event" | "position" | "relation" | "figure"
            )),
            "{length:#?}"
        );
    });
}

#[test]
fn t13_two_aliyevs() {
    on_seeds("t13_two_aliyevs", |seeds| {
        let heydar = seeds.facts_on("000", "the leadership of Great Leader Heydar Aliyev");
        let role = heydar
            .iter()
            .find(|fact| fact["kind"] == "role")
            .unwrap_or_else(|| panic!("{heydar:#?}"));
        assert!(persons(role, "actor").contains("Heydar Aliyev"), "{role:#}");
        let later = right(
            seeds,
            "000",
            "President Aliyev's reaffirmation of Azerbaijan's support",
            &["position"],
        );
        assert!(
            persons(later, "actor")
                .iter()
                .all(|name| *name == "Ilham Aliyev"),
            "{later:#}"
        );
        let ids: BTreeSet<&str> = items(&seeds.dossier, "people")
            .iter()
            .filter(|row| text(&row["person"], "name").ends_with("Aliyev"))
            .map(|row| text(&row["person"], "id"))
            .collect();
        assert_eq!(ids.len(), 2, "{ids:?}");
    });
}

#[test]
fn t14_speaker_and_guest_are_both_presidents() {
    on_seeds("t14_speaker_and_guest_are_both_presidents", |seeds| {
        let signed = right(
            seeds,
            "004",
            "The document signed today between me and Mr. President",
            &["agreement"],
        );
        assert_eq!(
            persons(signed, "signatories"),
            set(["Ilham Aliyev", "Mamnoon Hussain"])
        );
        let guest = seeds.facts_on(
            "004",
            "the official visit of the President of Pakistan to Azerbaijan",
        );
        let visit = guest
            .iter()
            .find(|fact| !fact["visit"].is_null())
            .unwrap_or_else(|| panic!("{guest:#?}"));
        assert_eq!(
            (ids(visit, "actor"), ids(visit, "recipient")),
            (set(["PAK"]), set(["AZE"]))
        );
        assert_eq!(persons(visit, "actor"), set(["Mamnoon Hussain"]));
        let sphere = right(
            seeds,
            "004",
            "the humanitarian sphere covers a significant part",
            &["cooperation"],
        );
        assert_eq!(speaker(sphere), "Ilham Aliyev");
    });
}

#[test]
fn t15_capitals_are_states_when_they_act_and_places_when_they_do_not() {
    on_seeds(
        "t15_capitals_are_states_when_they_act_and_places_when_they_do_not",
        |seeds| {
            let shared = right(
                seeds,
                "001",
                "Baku and Islamabad share a common interest in regional stability",
                &["position"],
            );
            assert_eq!(ids(shared, "actor"), set(["AZE", "PAK"]));
            let welcome = right(
                seeds,
                "001",
                "welcome upon his arrival at Islamabad International Airport",
                &["event"],
            );
            assert!(
                !items(welcome, "actor")
                    .iter()
                    .chain(items(welcome, "recipient"))
                    .any(|party| text(party, "text").contains("Islamabad")),
                "{welcome:#}"
            );
            let supported = right(
                seeds,
                "002",
                "has consistently supported Baku",
                &["position"],
            );
            assert_eq!(ids(supported, "recipient"), set(["AZE"]));
        },
    );
}

#[test]
fn t16_a_feast_is_not_a_recognition() {
    on_seeds("t16_a_feast_is_not_a_recognition", |seeds| {
        let feast = seeds.facts_on("003", "the Independence day of Pakistan");
        assert!(
            feast
                .iter()
                .all(|fact| fact["relation"]["type"] != "recognition"),
            "{feast:#?}"
        );
        let year = right(
            seeds,
            "003",
            "Pakistan and Azerbaijan established diplomatic relations in 1992",
            &["relation"],
        );
        assert_eq!(year["relation"]["type"], "diplomatic_relations");
    });
}

#[test]
fn t17_the_humanitarian_sphere_is_culture_and_science() {
    on_seeds(
        "t17_the_humanitarian_sphere_is_culture_and_science",
        |seeds| {
            let sphere = right(
                seeds,
                "004",
                "the humanitarian sphere covers a significant part",
                &["cooperation"],
            );
            assert!(
                !sectors(sphere).contains("humanitarian") && sphere["event_type"] != "AID",
                "{sphere:#}"
            );
        },
    );
}

#[test]
fn t18_markets_are_no_parties() {
    on_seeds("t18_markets_are_no_parties", |seeds| {
        for fact in seeds.facts_on("002", "accessing Central Asian and European markets") {
            let parties: BTreeSet<&str> = ids(fact, "actor")
                .union(&ids(fact, "recipient"))
                .copied()
                .collect();
            assert!(parties.is_subset(&set(["AZE", "PAK"])), "{fact:#}");
        }
        right(
            seeds,
            "002",
            "Azerbaijan plans to invest $2 billion in Pakistan",
            &["commitment"],
        );
    });
}

#[test]
fn t19_kashmir_adds_no_state() {
    on_seeds("t19_kashmir_adds_no_state", |seeds| {
        for (number, words) in [
            ("000", "Azerbaijan's support for Pakistan"),
            ("001", "Azerbaijan supports Pakistan's position on Kashmir"),
            (
                "004",
                "Azerbaijan, in turn, has always supported Pakistan on Jammu and Kashmir issue",
            ),
        ] {
            let fact = right(seeds, number, words, &["position"]);
            let parties: BTreeSet<&str> = ids(fact, "actor")
                .union(&ids(fact, "recipient"))
                .copied()
                .collect();
            assert_eq!(parties, set(["AZE", "PAK"]), "{fact:#}");
            assert_eq!(fact["issue"], "jammu_and_kashmir");
        }
    });
}

#[test]
fn t20_a_given_name_is_no_state() {
    on_seeds("t20_a_given_name_is_no_state", |seeds| {
        let analyst = right(seeds, "002", "political analyst Azer Garayev", &["role"]);
        assert!(
            persons(analyst, "actor").contains("Azer Garayev"),
            "{analyst:#}"
        );
        assert!(
            items(analyst, "actor")
                .iter()
                .all(|party| party["type"] == "person" && party["state"].is_null()),
            "{analyst:#}"
        );
    });
}

#[test]
fn t21_years_and_percent_side_by_side() {
    on_seeds("t21_years_and_percent_side_by_side", |seeds| {
        let share = right(
            seeds,
            "004",
            "Now 20 percent of our territory is under occupation",
            &["figure"],
        );
        assert_eq!(
            (
                share["amount"]["value"].as_f64(),
                text(&share["amount"], "unit")
            ),
            (Some(20.0), "percent")
        );
        let occupied = right(
            seeds,
            "004",
            "lands are under Armenian occupation over 20 years",
            &["claim"],
        );
        assert!(
            occupied["amount"].is_null() || text(&occupied["amount"], "unit") != "percent",
            "{occupied:#}"
        );
        assert!(undated(occupied), "{occupied:#}");
    });
}

#[test]
fn t22_a_named_war_has_no_date() {
    on_seeds("t22_a_named_war_has_no_date", |seeds| {
        let support = right(
            seeds,
            "000",
            "Pakistan's steadfast support for Azerbaijan",
            &["position"],
        );
        assert!(undated(support), "{support:#}");
        nothing_within(seeds, "000", "the Patriotic War");
    });
}

#[test]
fn t23_marks_of_quotation_and_apostrophes_are_told_apart() {
    on_seeds(
        "t23_marks_of_quotation_and_apostrophes_are_told_apart",
        |seeds| {
            let decision = right(
                seeds,
                "000",
                "Pakistan's decision to refrain from establishing",
                &["position", "relation"],
            );
            assert_eq!(speaker(decision), "Kamaladdin Gafarov");
            let purchase = seeds.facts_on("002", "Azerbaijan’s purchase of these aircraft");
            assert!(
                purchase.iter().all(|fact| speaker(fact) == "Azer Garayev"),
                "{purchase:#?}"
            );
            let thanks = right(
                seeds,
                "004",
                "We are very grateful to Pakistan for its continued support",
                &["event"],
            );
            assert_eq!(speaker(thanks), "Ilham Aliyev");
            assert_eq!(
                items(thanks, "attribution")
                    .last()
                    .map(|voice| text(voice, "mode")),
                Some("direct")
            );
        },
    );
}

#[test]
fn t24_mutual_support_is_one_mutual_fact() {
    on_seeds("t24_mutual_support_is_one_mutual_fact", |seeds| {
        for (number, words) in [
            (
                "001",
                "Azerbaijan and Pakistan have consistently supported each other on international platforms",
            ),
            (
                "002",
                "Both countries support each other in international organizations",
            ),
            (
                "003",
                "Pakistan and Azerbaijan support each other on important issues",
            ),
        ] {
            let found: Vec<&Value> = seeds
                .facts_on(number, words)
                .into_iter()
                .filter(|fact| fact["kind"] == "position")
                .collect();
            assert_eq!(found.len(), 1, "{words}: {found:#?}");
            assert_eq!(found[0]["mutual"], true);
            assert_eq!(ids(found[0], "actor"), set(["AZE", "PAK"]));
            assert!(items(found[0], "recipient").is_empty());
        }
    });
}

#[test]
fn t25_rhetoric_is_no_fact_of_centuries() {
    on_seeds("t25_rhetoric_is_no_fact_of_centuries", |seeds| {
        let rhetoric = seeds.facts_on(
            "004",
            "For centuries we have supported each other and lived as brothers",
        );
        assert!(
            rhetoric
                .iter()
                .all(|fact| fact["kind"] == "claim" || undated(fact)),
            "{rhetoric:#?}"
        );
        assert!(
            rhetoric
                .iter()
                .all(|fact| !matches!(text(fact, "modality"), "asserted")),
            "{rhetoric:#?}"
        );
        right(
            seeds,
            "004",
            "We support each other in all international organizations",
            &["position"],
        );
    });
}
