//! A person's word over HTTP: the same journal as the command line's.

use serde_json::{Value, json};

use crate::support::{Answer, Desk};

fn decide(desk: &Desk, mut body: Value) -> Answer {
    body["by"] = json!("Ada");
    desk.post("/review", &body)
}

fn ids(desk: &Desk, address: &str) -> Vec<String> {
    let rows = desk.get(address).is(200).json();
    let rows = rows.as_array().unwrap();
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_string())
        .collect()
}

fn journal(desk: &Desk) -> Vec<Value> {
    let text = std::fs::read_to_string(desk.file("desk.db.review.jsonl")).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_decision_is_kept_and_can_be_taken_back() {
    let desk = Desk::filled();
    let facts = ids(&desk, "/facts.json");
    let id = facts[0].as_str();
    for (body, status) in [
        (
            json!({ "action": "accept", "id": id, "note": "seen" }),
            "accepted",
        ),
        (json!({ "action": "reject", "id": id }), "rejected"),
        (
            json!({ "action": "edit", "id": id, "set": { "date": "2024-03" } }),
            "edited",
        ),
    ] {
        let told = decide(&desk, body).is(200).json();
        assert_eq!(told["facts"], json!([id]));
        let fact = desk.get(&format!("/facts/{id}.json")).json();
        assert_eq!(
            (&fact["review"]["status"], &fact["review"]["by"]),
            (&json!(status), &json!("Ada"))
        );
        assert_eq!(
            ids(&desk, "/facts.json").contains(&facts[0]),
            status != "rejected"
        );
        let n = told["decision"]["n"].clone();
        decide(&desk, json!({ "action": "undo", "n": n })).is(200);
        assert!(desk.get(&format!("/facts/{id}.json")).json()["review"].is_null());
    }
    let lines = journal(&desk);
    assert_eq!(lines.len(), 6);
    assert_eq!(
        (&lines[0]["note"], &lines[0]["by"]),
        (&json!("seen"), &json!("Ada"))
    );
    let history = desk.get(&format!("/facts/{id}/history.json")).json();
    let whats: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        whats,
        ["coded", "accept", "undo", "reject", "undo", "edit", "undo"]
    );
}

#[test]
fn records_are_joined_and_taken_apart() {
    let desk = Desk::filled();
    let agreements = ids(&desk, "/records.json?kind=agreement");
    assert_eq!(agreements.len(), 2);
    let told = decide(&desk, json!({ "action": "merge", "ids": agreements }))
        .is(200)
        .json();
    assert_eq!(ids(&desk, "/records.json?kind=agreement").len(), 1);
    let record = desk
        .get(&format!(
            "/records/{}.json",
            told["records"][0].as_str().unwrap()
        ))
        .json();
    let split = json!({ "action": "split", "record": record["id"], "facts": [record["facts"][0]] });
    let told = decide(&desk, split).is(200).json();
    assert_eq!(told["records"].as_array().unwrap().len(), 2);
    assert_eq!(ids(&desk, "/records.json?kind=agreement").len(), 2);
}

#[test]
fn a_fact_that_is_not_coded_can_be_added() {
    let desk = Desk::filled();
    let words = "talks on trade in Gao";
    let doc = ids(&desk, "/docs.json").into_iter().find(|id| {
        let text = desk.get(&format!("/docs/{id}.json")).json()["text"].to_string();
        text.contains(words)
    });
    let doc = doc.unwrap();
    let text = desk.get(&format!("/docs/{doc}.json")).json()["text"].clone();
    let start = text.as_str().unwrap().find(words).unwrap();
    let body = json!({ "action": "add", "doc": doc, "start": start, "end": start + words.len(),
        "set": { "kind": "event", "event_type": "CONSULT", "actor": "MLI,NER" } });
    let told = decide(&desk, body).is(200).json();
    let id = told["facts"][0].as_str().unwrap();
    let fact = desk.get(&format!("/facts/{id}.json")).is(200).json();
    assert_eq!(
        (&fact["quote"], &fact["review"]["status"]),
        (&json!(words), &json!("added"))
    );
    assert!(!told["records"].as_array().unwrap().is_empty());
}

#[test]
fn what_fits_nothing_is_refused_and_not_kept() {
    let desk = Desk::filled();
    let id = ids(&desk, "/facts.json").remove(0);
    for body in [
        json!({ "action": "accept", "id": "ffffffffffffffff" }),
        json!({ "action": "praise", "id": id }),
        json!({ "action": "accept", "id": id, "colour": "red" }),
        json!({ "action": "accept", "id": id, "note": 7 }),
        json!({ "action": "accept", "id": id, "note": "x".repeat(5000) }),
        json!({ "action": "edit", "id": id, "set": { "quote": "other words" } }),
        json!({ "action": "edit", "id": id, "set": {} }),
        json!({ "action": "undo", "n": 9 }),
        json!({ "action": "add", "doc": "talks", "start": 5, "end": 1, "set": {} }),
        json!({ "action": "add", "doc": "talks", "start": 0, "end": 99_999_999, "set": {} }),
    ] {
        let answer = decide(&desk, body.clone());
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
    }
    let nameless = desk.post(
        "/review",
        &json!({ "action": "accept", "id": id, "by": "  " }),
    );
    assert_eq!(nameless.status, 400);
    assert!(journal(&desk).is_empty());
    let empty = Desk::empty();
    decide(&empty, json!({ "action": "accept", "id": "00" })).is(404);
    assert!(
        !empty.file("desk.db").exists(),
        "a refused decision made a store"
    );
}

#[test]
fn the_queue_begins_with_what_would_change_most() {
    let desk = Desk::filled();
    let queue = desk.get("/review.json").is(200).json();
    let weights: Vec<f64> = queue
        .as_array()
        .unwrap()
        .iter()
        .map(|queued| queued["weight"].as_f64().unwrap())
        .collect();
    assert!(
        weights.len() > 2 && weights.is_sorted_by(|a, b| a >= b),
        "{weights:?}"
    );
    let first = queue[0]["fact"]["id"].as_str().unwrap();
    decide(&desk, json!({ "action": "accept", "id": first })).is(200);
    let after = desk.get("/review.json").json();
    assert_eq!(after.as_array().unwrap().len(), weights.len() - 1);
    // Its place in the listing is gone with it; the queue begins anew.
    desk.get(&format!("/review?cursor={first}")).is(200);
}

#[test]
fn several_people_decide_at_once_and_no_word_is_lost() {
    let desk = Desk::filled();
    let facts = ids(&desk, "/facts.json");
    std::thread::scope(|scope| {
        for name in ["Ada", "Ben", "Cem", "Dia"] {
            let (desk, facts) = (&desk, &facts);
            scope.spawn(move || {
                for id in facts {
                    let body = json!({ "action": "accept", "id": id, "by": name });
                    desk.post("/review", &body).is(200);
                }
            });
        }
    });
    assert_eq!(journal(&desk).len(), 4 * facts.len());
}

#[test]
fn changes_and_series_and_exports_answer() {
    let desk = Desk::filled();
    let changes = desk.get("/changes.json?since=2020-01-01").is(200).json();
    assert!(
        changes
            .as_array()
            .unwrap()
            .iter()
            .all(|change| change["change"] == "new")
    );
    assert!(
        desk.get("/changes.json?since=2999-01-01")
            .json()
            .as_array()
            .unwrap()
            .is_empty()
    );
    desk.get("/changes.json").is(400);
    desk.get("/changes.json?since=soon").is(400);

    let page = desk.get("/series/TCD-NER?by=month").is(200).body;
    assert!(page.contains("<svg") && page.contains("2024-03"));
    let rows = desk.get("/series/TCD-NER.json?by=month").is(200).json();
    let placed: u64 = rows
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["n"].as_u64())
        .sum();
    assert!(placed >= 2, "{rows}");
    assert!(
        desk.get("/series/TCD-NER.csv?by=month")
            .body
            .starts_with("ccode1,")
    );
    desk.get("/series/TCD-NER.json?by=week").is(400);
    desk.get("/series/TCD-NER.json?by=day&from=0001-01-01&to=9999-12-31")
        .is(400);

    let facts = desk.get("/export/jsonl").is(200);
    assert_eq!(facts.body.lines().count(), ids(&desk, "/facts.json").len());
    assert_eq!(
        facts.field("content-disposition"),
        Some("attachment; filename=\"facts.jsonl\"")
    );
    assert!(
        facts.field("transfer-encoding").is_some(),
        "it is sent while it is written"
    );
    let narrowed = desk.get("/export/csv?rows=records&kind=agreement").is(200);
    assert_eq!(narrowed.body.lines().count(), 3);
    desk.get("/export/xls").is(404);
    desk.get("/export/csv?rows=letters").is(400);
    desk.get("/export/csv?colour=red").is(400);
}
