//! Documents: dates, outlets, frames, quotes, voices.

use serde_json::Value;

use crate::support::{doc, items, on_seeds, says, speaker, text};

#[test]
fn a29_the_last_text_has_no_explicit_date() {
    on_seeds("a29_the_last_text_has_no_explicit_date", |seeds| {
        assert!(seeds.document("004")["published"].is_null());
        for fact in seeds.facts_of("004") {
            assert!(
                fact["date"]["start"].is_null() && fact["date"]["end"].is_null(),
                "{fact:#}"
            );
        }
        let beside = seeds.facts_on("004", "The document signed today");
        assert!(
            beside
                .iter()
                .any(|fact| fact["date"]["basis"] == "relative" && fact["date"]["text"] == "today"),
            "{beside:#?}"
        );
    });
}

#[test]
fn a32_publication_instants() {
    on_seeds("a32_publication_instants", |seeds| {
        let instant = |number| text(&seeds.document(number)["published"], "instant");
        assert_eq!(instant("001"), "2024-07-13T04:30:00Z");
        assert_eq!(instant("003"), "2023-08-14T15:05:00Z");
        let trend = &seeds.document("002")["published"];
        assert_eq!(
            (text(trend, "start"), text(trend, "end")),
            ("2025-02-25", "2025-02-25")
        );
        assert!(
            seeds.document("000")["published"].is_null()
                && seeds.document("004")["published"].is_null()
        );
    });
}

#[test]
fn a33_outlets() {
    on_seeds("a33_outlets", |seeds| {
        let outlet = |number| seeds.document(number)["outlet"].as_str();
        assert_eq!(outlet("000"), Some("Azernews"));
        assert_eq!(outlet("001"), None);
        assert_eq!(outlet("002"), Some("Trend"));
        assert_eq!(outlet("003"), Some("Azernews"));
        assert_eq!(outlet("004"), None);
    });
}

#[test]
fn a34_frames_state_nothing() {
    on_seeds("a34_frames_state_nothing", |seeds| {
        for (number, words) in [
            ("001", "date 2024-07-13 13 July 2024 08:30 (UTC+04:00)"),
            ("002", "date 2025-02-25 BAKU, Azerbaijan, February 25."),
            (
                "002",
                "Stay up-to-date with more news on Trend News Agency's WhatsApp channel",
            ),
            ("003", "Qabil Ashirov Read more"),
            (
                "003",
                "Qabil Ashirov is AzerNews’ staff journalist, follow him on Twitter",
            ),
            ("003", "Follow us on Twitter @AzerNewsAz"),
        ] {
            let wrong = seeds.facts_on(number, words);
            assert!(wrong.is_empty(), "{words}: {wrong:#?}");
        }
        // The sentence on the header's own line is read all the same.
        assert!(
            !seeds
                .facts_on("002", "diplomatic ties established in 1992")
                .is_empty()
        );
        assert!(
            !seeds
                .facts_on("003", "Pakistan supports and helps Azerbaijan")
                .is_empty()
        );
    });
}

#[test]
fn a35_the_editors_words_are_not_the_speakers() {
    on_seeds("a35_the_editors_words_are_not_the_speakers", |seeds| {
        let insertion = "(Azerbaijan and Pakistan – ed.)";
        let start = seeds.texts["002"].find(insertion).unwrap() as u64;
        let end = start + insertion.len() as u64;
        let inside = |value: &Value| {
            value["start"]
                .as_u64()
                .is_some_and(|at| start <= at && at < end)
        };
        for fact in seeds.facts_of("002") {
            assert!(!inside(fact), "{fact:#}");
            assert!(
                !items(fact, "actor")
                    .iter()
                    .chain(items(fact, "recipient"))
                    .any(inside),
                "{fact:#}"
            );
        }
        let marked = items(seeds.document("002"), "furniture")
            .iter()
            .any(|span| span["kind"] == "editor" && inside(span));
        assert!(marked, "{}", seeds.document("002")["furniture"]);
        let beside = seeds.facts_on(
            "002",
            "we will continue to support each other on all issues",
        );
        assert!(
            beside.iter().any(|fact| speaker(fact) == "Ilham Aliyev"),
            "{beside:#?}"
        );
    });
}

#[test]
fn a36_a_nested_quotation_ends_where_it_ends() {
    on_seeds("a36_a_nested_quotation_ends_where_it_ends", |seeds| {
        let nested = seeds.facts_on(
            "002",
            "we will continue to support each other on all issues",
        );
        let chained = nested.iter().any(|fact| {
            let names: Vec<&str> = items(fact, "attribution")
                .iter()
                .map(|voice| text(voice, "name"))
                .collect();
            names.ends_with(&["Azer Garayev", "Ilham Aliyev"])
        });
        assert!(chained, "{nested:#?}");
        let after = seeds.facts_on(
            "002",
            "which have now reached the level of a strategic partnership",
        );
        assert!(
            !after.is_empty() && after.iter().all(|fact| speaker(fact) == "Azer Garayev"),
            "{after:#?}"
        );
    });
}

#[test]
fn a37_a_lead_that_echoes_a_quotation_counts_once() {
    on_seeds("a37_a_lead_that_echoes_a_quotation_counts_once", |seeds| {
        let told: Vec<&Value> = seeds
            .facts_of("003")
            .filter(|fact| says(fact, "strengthen its defense capability"))
            .collect();
        assert!(told.len() >= 2, "{told:#?}");
        assert_eq!(
            told.iter().filter(|fact| fact["repeats"].is_null()).count(),
            1,
            "{told:#?}"
        );
        assert!(
            told.iter().all(|fact| speaker(fact) == "Bilal Hayee"),
            "{told:#?}"
        );
        let record = seeds.record_of(told[0]);
        assert_eq!(
            (
                items(record, "witnesses").len(),
                record["independent"].as_u64()
            ),
            (1, Some(1))
        );
    });
}

#[test]
fn a45_every_quote_is_an_exact_range_of_its_file() {
    on_seeds("a45_every_quote_is_an_exact_range_of_its_file", |seeds| {
        assert!(!seeds.facts.is_empty());
        for fact in &seeds.facts {
            let text_of_file = &seeds.texts[doc(fact)];
            let number = |field: &str| fact[field].as_u64().unwrap() as usize;
            assert_eq!(
                &text_of_file[number("start")..number("end")],
                text(fact, "quote")
            );
            let characters: String = text_of_file
                .chars()
                .skip(number("char_start"))
                .take(number("char_end") - number("char_start"))
                .collect();
            assert_eq!(characters, text(fact, "quote"));
        }
    });
}
