//! What the pages show, and that texts stay text.

use serde_json::json;

use crate::support::{Desk, HOSTILE, TALKS};

#[test]
fn an_empty_desk_explains_itself() {
    let desk = Desk::empty();
    let page = desk.get("/").is(200);
    assert!(page.body.contains("nothing here yet"));
    for path in [
        "/facts", "/records", "/docs", "/people", "/search", "/about",
    ] {
        desk.get(path).is(200);
    }
    assert!(!desk.file("desk.db").exists(), "reading made a store");
}

#[test]
fn a_hostile_text_is_inert_on_every_page() {
    let desk = Desk::filled();
    let facts = desk.get("/facts.json").json();
    let hostile = facts
        .as_array()
        .unwrap()
        .iter()
        .find(|fact| fact["quote"].as_str().unwrap().contains("<b>"))
        .expect("the hostile text is coded");
    let id = |name: &str| hostile[name].as_str().unwrap().to_string();
    let record = desk
        .get("/records.json")
        .json()
        .as_array()
        .unwrap()
        .iter()
        .find(|record| record["facts"].as_array().unwrap().contains(&hostile["id"]))
        .unwrap()["id"]
        .as_str()
        .unwrap()
        .to_string();
    let mut shown = 0;
    for path in [
        "/".into(),
        "/facts".into(),
        "/records".into(),
        "/docs".into(),
        "/pair/TCD-NER".into(),
        "/pair/TCD-NER?file=1".into(),
        format!("/facts/{}", id("id")),
        format!("/facts/{}/why", id("id")),
        format!("/records/{record}"),
        format!("/docs/{}", id("doc")),
        "/search?q=memorandum".into(),
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E".into(),
    ] {
        let page = desk.get(&path).is(200);
        for raw in [
            "<script>document",
            "<script>alert",
            "<img src=x",
            "<b>on</b>",
            "<i>title</i>",
        ] {
            assert!(!page.body.contains(raw), "{path} holds {raw}");
        }
        shown += usize::from(page.body.contains("&lt;b&gt;on&lt;/b&gt;"));
        if !path.contains("file=1") {
            let policy = page.field("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
            assert!(
                !policy.contains("unsafe") && !policy.contains("http"),
                "{path}: {policy}"
            );
        }
    }
    assert!(
        shown >= 6,
        "the hostile words are shown as text on {shown} pages only"
    );
}

#[test]
fn words_and_facts_lead_to_each_other() {
    let desk = Desk::filled();
    let facts = desk.get("/facts.json").json();
    let fact = &facts[0];
    let (id, doc) = (fact["id"].as_str().unwrap(), fact["doc"].as_str().unwrap());
    let page = desk.get(&format!("/docs/{doc}")).is(200).body;
    assert!(
        page.contains(&format!("id=\"w-{id}\"")) && page.contains(&format!("href=\"#f-{id}\""))
    );
    assert!(
        page.contains(&format!("id=\"f-{id}\"")) && page.contains(&format!("href=\"/facts/{id}\""))
    );
    let text = desk.get(&format!("/docs/{doc}.json")).json()["text"].clone();
    let (start, end) = (
        fact["start"].as_u64().unwrap() as usize,
        fact["end"].as_u64().unwrap() as usize,
    );
    assert_eq!(
        &text.as_str().unwrap()[start..end],
        fact["quote"].as_str().unwrap()
    );
}

#[test]
fn the_page_and_the_file_say_the_same() {
    let desk = Desk::filled();
    let part = |page: String| {
        let from = page.find("<section id=\"head\"").unwrap();
        let to = page.find("<section id=\"facts\"").unwrap();
        bare(&page[from..to])
    };
    let page = part(desk.get("/pair/TCD-NER").is(200).body);
    let file = part(desk.get("/pair/TCD-NER?file=1").is(200).body);
    assert_eq!(page, file);
    assert_eq!(page.matches("<section id=").count(), 13);
}

/// A page without its links: on a desk a row leads to its record, in a file to its words.
fn bare(page: &str) -> String {
    let mut out = String::new();
    for (at, part) in page.split('<').enumerate() {
        match part.split_once('>') {
            Some((tag, rest)) if tag == "/a" || tag.starts_with("a ") => out.push_str(rest),
            _ if at == 0 => out.push_str(part),
            _ => {
                out.push('<');
                out.push_str(part);
            }
        }
    }
    out
}

#[test]
fn the_timeline_leads_to_records_and_says_the_same_in_its_table() {
    let desk = Desk::filled();
    let records = desk.get("/pair/TCD-NER/timeline.json").json();
    let records = records.as_array().unwrap();
    assert!(!records.is_empty());
    let page = desk.get("/pair/TCD-NER").is(200).body;
    let file = desk.get("/pair/TCD-NER?file=1").is(200).body;
    for record in records {
        let id = record["id"].as_str().unwrap();
        let row = format!("<tr id=\"r-{id}\">");
        assert!(page.contains(&row) && file.contains(&row), "{id}");
        let svg =
            |page: &str| page[page.find("<svg").unwrap()..page.find("</svg>").unwrap()].to_owned();
        assert!(
            svg(&page).contains(&format!("href=\"/records/{id}\"")),
            "{id}"
        );
        assert!(svg(&file).contains(&format!("href=\"#r-{id}\"")), "{id}");
    }
    let lozenges = page.matches("class=\"t-solid\" d=\"M").count();
    assert!(lozenges >= records.len(), "{lozenges}");
}

#[test]
fn a_pair_of_many_records_has_a_light_page_and_whole_ledgers() {
    let desk = Desk::empty();
    let sentence = |n: usize| {
        let day = day_of_2024(n);
        format!("Chad and Niger signed a contract on well number {n} on {day}.")
    };
    let text: Vec<String> = (1..=320).map(sentence).collect();
    desk.add(json!({ "documents": [{ "title": "wells", "text": text.join("\n"), "published": "2024-12-31" }] }));
    let all = desk.get("/pair/TCD-NER/agreements.json?limit=5000").json();
    let all = all.as_array().unwrap().len();
    assert!(all > 250, "{all}");
    let page = desk.get("/pair/TCD-NER").is(200).body;
    assert!(page.len() < 100_000, "{}", page.len());
    let left = all - 10;
    assert!(
        page.contains(&format!(
            "{left} more: <a href=\"/pair/TCD-NER/agreements\""
        )),
        "what is left out is counted"
    );
    assert!(
        page.contains("/pair/TCD-NER/timeline?from=2024-"),
        "many records of one period are one mark"
    );
    let file = desk.get("/pair/TCD-NER?file=1").is(200).body;
    assert!(file.contains("well number 320") && file.contains("well number 1 "));
}

/// A day of 2024 in the words of news, another one for each number below 337.
fn day_of_2024(n: usize) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{} {} 2024", n / 12 + 1, MONTHS[n % 12])
}

#[test]
fn filters_in_the_address_hold_for_the_whole_page() {
    let desk = Desk::filled();
    let count = |query: &str| {
        let dossier = desk
            .get(&format!("/pair/NER-TCD.json{query}"))
            .is(200)
            .json();
        dossier["facts"].as_array().unwrap().len()
    };
    let all = count("");
    assert!(all >= 2);
    assert!(
        count("?as_of=2024-12-31") < all,
        "the undated text is left out"
    );
    assert_eq!(count("?as_of=2020-01-01"), 0);
    assert_eq!(count("?independent=9"), 0);
    assert!(count("?side=NER") < all);
    assert_eq!(count("?sector="), all, "an empty field asks for nothing");
    desk.get("/pair/NER-TCD.json?sectr=trade").is(400);
    desk.get("/pair/NER-TCD.json?since=soon").is(400);
}

#[test]
fn facets_narrow_a_search_and_count_what_they_leave() {
    let desk = Desk::filled();
    let hits = |query: &str| {
        let found = desk.get(&format!("/search.json?{query}")).is(200).json();
        found.as_array().unwrap().clone()
    };
    let all = hits("q=Niger+Chad");
    assert!(
        all.iter().any(|hit| hit["what"] == "text") && all.iter().any(|hit| hit["what"] == "fact")
    );
    let page = desk.get("/search?q=Niger+Chad").is(200).body;
    let mut narrowed = 0;
    for part in page.split("href=\"/search?").skip(1) {
        let (address, rest) = part.split_once('"').unwrap();
        let count = rest.split("<span class=\"note\">").nth(1).unwrap();
        let count: usize = count[..count.find('<').unwrap()].parse().unwrap();
        assert_eq!(
            hits(&address.replace("&amp;", "&")).len(),
            count,
            "{address}"
        );
        narrowed += usize::from(count < all.len());
    }
    assert!(narrowed > 5, "{narrowed}");
    let one = hits("q=Niger+Chad&what=fact&year=2023&outlet=not+named");
    assert!(
        !one.is_empty() && one.iter().all(|hit| hit["years"] == json!(["2023"])),
        "{one:?}"
    );
    assert!(hits("q=Niger+Chad&state=MLI&what=fact").is_empty());
    desk.get("/search?q=Niger&colour=red").is(400);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_there() {
    let desk = Desk::empty();
    let progress = desk.add(json!({ "files": [
        { "name": "broken.txt", "base64": "AAECAwA=" },
        { "name": "good.txt", "base64": "Q2hhZCBhbmQgTmlnZXIgc2lnbmVkIGEgdHJlYXR5IG9uIGZpc2hpbmcu" },
    ] }));
    assert_eq!(progress["outcome"]["added"], 1);
    assert_eq!(progress["outcome"]["failed"], 1);
    assert!(
        progress["notes"][0]
            .as_str()
            .unwrap()
            .contains("broken.txt"),
        "{progress}"
    );
    assert_eq!(progress["done"], 2);
}

#[test]
fn a_folder_of_this_machine_can_be_named() {
    let desk = Desk::empty();
    std::fs::create_dir(desk.file("texts")).unwrap();
    std::fs::write(desk.file("texts").join("one.txt"), HOSTILE).unwrap();
    let progress = desk.add(json!({ "folder": desk.file("texts") }));
    assert_eq!(progress["outcome"]["added"], 1);
}

#[test]
fn a_page_that_is_waited_for_begins_at_once_and_is_the_same() {
    let beginning = std::time::Duration::ZERO;
    let hasty = Desk::with(|settings| verbale_desk::Settings {
        beginning,
        ..settings
    });
    hasty.add(
        json!({ "documents": [{ "title": "talks", "text": TALKS, "published": "2024-03-04" }] }),
    );
    for address in [
        "/pair/TCD-NER",
        "/pair/NER-TCD",
        "/pair/tcd-ner?since=2024-01-01",
    ] {
        let begun = hasty.get(address).is(200);
        assert!(begun.field("etag").is_none(), "{}", begun.head);
        assert!(begun.body.trim_end().ends_with("</html>"), "{}", begun.body);
        // Now it is there.
        let whole = hasty.get(address).is(200);
        assert!(whole.field("etag").is_some(), "{}", whole.head);
        assert_eq!(begun.body, whole.body);
    }
    // What is refused or not there is told by its status.
    hasty.get("/pair/TCD-MLI").is(404);
    hasty.get("/pair/TCD-NER?since=yesterday").is(400);
}
