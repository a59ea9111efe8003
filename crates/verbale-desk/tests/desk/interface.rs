//! Forms, paging, ETags, the description of the interface.

use crate::support::Desk;

#[test]
fn every_described_address_answers_in_every_described_form() {
    let desk = Desk::filled();
    let description = desk.get("/openapi.json").is(200).json();
    let facts = desk.get("/facts.json").json();
    let records = desk.get("/records.json").json();
    let ids = [
        ("/facts/{id}", &facts[0]["id"]),
        ("/records/{id}", &records[0]["id"]),
        ("/docs/{id}", &facts[0]["doc"]),
        ("/jobs/{id}", &serde_json::json!("1")),
    ];
    let mut asked = 0;
    for (path, entry) in description["paths"].as_object().unwrap() {
        let mut address = path
            .replace("{pair}", "TCD-NER")
            .replace("{ledger}", "agreements")
            .replace("{issue}", "karabakh");
        for (stem, id) in ids {
            if path.starts_with(stem) {
                address = address.replace("{id}", id.as_str().unwrap());
            }
        }
        assert!(!address.replace("{name}", "").contains('{'), "{address}");
        let content = entry["get"]["responses"]["200"]["content"].as_object();
        for name in ["jsonl", "csv", "gdelt"] {
            let address = address.replace("{name}", name);
            let address = match path.contains("/changes") {
                true => format!("{address}?since=2024-01-01"),
                false => address,
            };
            let answer = desk.get(&address).is(200);
            let media = answer.field("content-type").unwrap();
            assert!(content.unwrap().contains_key(media), "{address}: {media}");
            assert!(!answer.body.is_empty(), "{address}");
            asked += 1;
            if !path.contains("{name}") {
                break;
            }
        }
    }
    assert!(asked > 70, "{asked}");
}

#[test]
fn every_ledger_answers() {
    let desk = Desk::filled();
    let description = desk.get("/openapi.json").json();
    let parameters = &description["paths"]["/pair/{pair}/{ledger}.json"]["get"]["parameters"];
    let names = parameters[1]["schema"]["enum"].as_array().unwrap();
    assert!(names.len() > 12);
    for name in names {
        let name = name.as_str().unwrap();
        desk.get(&format!("/pair/TCD-NER/{name}")).is(200);
        desk.get(&format!("/pair/TCD-NER/{name}.csv")).is(200);
    }
    desk.get("/pair/TCD-NER/secrets").is(404);
}

#[test]
fn an_address_that_is_not_there_is_a_problem() {
    let desk = Desk::empty();
    for path in [
        "/nothing.json",
        "/facts/00.json",
        "/records/00.json",
        "/docs/00.json",
        "/jobs/9.json",
        "/pair/TCD-NER.json",
    ] {
        let answer = desk.get(path).is(404);
        assert_eq!(
            answer.field("content-type"),
            Some("application/problem+json"),
            "{path}"
        );
    }
    desk.get("/pair/TCD.json").is(400);
    desk.get("/pair/TCD-Atlantis.json").is(400);
    let page = desk.get("/nothing").is(404);
    assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"));
}

#[test]
fn an_etag_holds_until_the_store_changes() {
    let desk = Desk::filled();
    let tag = desk.get("/facts.json").field("etag").unwrap().to_string();
    let again = desk
        .send("GET", "/facts.json", &[("If-None-Match", &tag)], b"")
        .is(304);
    assert!(again.body.is_empty());
    desk.add(serde_json::json!({ "documents": [{ "text": "Mali and Togo signed a treaty on rail freight." }] }));
    let after = desk
        .send("GET", "/facts.json", &[("If-None-Match", &tag)], b"")
        .is(200);
    assert_ne!(after.field("etag"), Some(tag.as_str()));
}

#[test]
fn pages_of_a_listing_add_up() {
    let desk = Desk::filled();
    let all = desk.get("/facts.json").json();
    let all = all.as_array().unwrap();
    assert!(all.len() > 2);
    let mut got = Vec::new();
    let mut address = "/facts.json?limit=1".to_string();
    loop {
        let answer = desk.get(&address).is(200);
        got.extend(answer.json().as_array().unwrap().clone());
        match answer.field("link") {
            None => break,
            Some(link) => address = link[1..link.find('>').unwrap()].to_string(),
        }
    }
    assert_eq!(&got, all);
    desk.get("/facts.json?limit=0").is(400);
    desk.get("/facts.json?cursor=gone").is(410);
}

#[test]
fn the_filters_are_the_command_lines() {
    let desk = Desk::filled();
    let count = |query: &str| {
        desk.get(&format!("/facts.json?{query}"))
            .is(200)
            .json()
            .as_array()
            .unwrap()
            .len()
    };
    let all = count("");
    assert!(count("pair=TCD,NER") < all);
    assert!(count("kind=agreement,relation") < all);
    assert!(count("min_independent=5") < all);
    assert_eq!(count("kind=&type=&from="), all);
    desk.get("/facts.json?kind=treaty").is(400);
    desk.get("/facts.json?colour=red").is(400);
}

#[test]
fn a_citation_is_bibtex() {
    let desk = Desk::filled();
    let facts = desk.get("/facts.json?speaker=Sidi").json();
    let id = facts[0]["id"].as_str().unwrap();
    let answer = desk.get(&format!("/facts/{id}/cite.bib")).is(200);
    assert!(
        answer.body.starts_with("@online{") && answer.body.contains("journal = {Lake Wire}"),
        "{}",
        answer.body
    );
}
