//! What must not get in.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::json;
use verbale_desk::{DeskError, Settings, serve};
use verbale_engine::Engine;

use crate::support::{Answer, Desk};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const TOKEN: (&str, &str) = ("Authorization", "Bearer secret");

fn post(desk: &Desk, head: &[(&str, &str)]) -> Answer {
    let body = json!({ "documents": [{ "text": "Chad and Niger signed a treaty." }] }).to_string();
    desk.send("POST", "/docs", head, body.as_bytes())
}

fn decide(desk: &Desk, head: &[(&str, &str)]) -> Answer {
    let id = desk.get("/facts.json").json()[0]["id"].clone();
    let body = json!({ "action": "accept", "id": id, "by": "Ada" }).to_string();
    desk.send("POST", "/review", head, body.as_bytes())
}

#[track_caller]
fn problem(answer: Answer, status: u16) {
    assert_eq!(
        answer.field("content-type"),
        Some("application/problem+json")
    );
    let told = answer.is(status).json();
    assert_eq!(told["status"], status);
    assert!(told["detail"].as_str().unwrap().len() > 20, "{told}");
}

#[test]
fn a_name_that_somebody_else_points_here_is_refused() {
    let desk = Desk::empty();
    for host in ["rebound.example", "rebound.example:80", "127.0.0.1:1"] {
        problem(desk.send("GET", "/.json", &[("Host", host)], b""), 421);
    }
    let own = format!("localhost:{}", desk.address.port());
    desk.send("GET", "/health", &[("Host", &own)], b"").is(200);
}

#[test]
fn writing_asks_for_token_json_and_our_own_pages() {
    let desk = Desk::empty();
    problem(post(&desk, &[JSON]), 401);
    problem(
        post(&desk, &[JSON, ("Authorization", "Bearer secreu")]),
        401,
    );
    problem(post(&desk, &[TOKEN, ("Content-Type", "text/plain")]), 415);
    problem(
        post(&desk, &[TOKEN, JSON, ("Origin", "http://other.example")]),
        403,
    );
    problem(post(&desk, &[TOKEN, JSON, ("Origin", "null")]), 403);
    problem(
        post(&desk, &[TOKEN, JSON, ("Sec-Fetch-Site", "cross-site")]),
        403,
    );
    assert_eq!(desk.get("/health").json()["documents"], 0);
    assert!(
        !desk.file("desk.db").exists(),
        "a refused write made a store"
    );
    let own = format!("http://{}", desk.address);
    post(
        &desk,
        &[
            TOKEN,
            JSON,
            ("Origin", &own),
            ("Sec-Fetch-Site", "same-origin"),
        ],
    )
    .is(202);
}

#[test]
fn deciding_asks_for_the_same() {
    let desk = Desk::filled();
    problem(decide(&desk, &[JSON]), 401);
    problem(
        decide(&desk, &[JSON, ("Authorization", "Basic secret")]),
        401,
    );
    problem(
        decide(
            &desk,
            &[TOKEN, ("Content-Type", "application/x-www-form-urlencoded")],
        ),
        415,
    );
    problem(
        decide(&desk, &[TOKEN, JSON, ("Origin", "http://other.example")]),
        403,
    );
    problem(
        decide(
            &desk,
            &[
                TOKEN,
                JSON,
                ("Origin", &format!("https://{}", desk.address)),
            ],
        ),
        403,
    );
    problem(
        decide(&desk, &[TOKEN, JSON, ("Sec-Fetch-Site", "same-site")]),
        403,
    );
    problem(
        decide(&desk, &[TOKEN, JSON, ("Host", "rebound.example:80")]),
        421,
    );
    assert!(
        !desk.file("desk.db.review.jsonl").exists(),
        "a refused decision was kept"
    );
    decide(&desk, &[TOKEN, JSON]).is(200);
}

#[test]
fn a_body_that_comes_drop_by_drop_is_not_waited_for() {
    let desk = Desk::with(|settings| Settings {
        patience: Duration::from_millis(300),
        ..settings
    });
    let mut stream = TcpStream::connect(desk.address).unwrap();
    let head = format!(
        "POST /review HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nAuthorization: Bearer secret\r\nContent-Length: 1000\r\n\r\n{{",
        desk.address
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut answer = [0; 32];
    stream.read_exact(&mut answer).unwrap();
    assert!(
        answer.starts_with(b"HTTP/1.1 408 "),
        "{:?}",
        String::from_utf8_lossy(&answer)
    );
}

#[test]
fn a_head_that_comes_drop_by_drop_is_not_waited_for() {
    let desk = Desk::with(|settings| Settings {
        patience: Duration::from_millis(300),
        ..settings
    });
    let mut slow = TcpStream::connect(desk.address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).unwrap();
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1.1 408 "),
        "{:?}",
        String::from_utf8_lossy(&answer)
    );
    desk.get("/health").is(200);
}

#[test]
fn a_read_only_desk_takes_nothing() {
    let desk = Desk::with(|settings| Settings {
        read_only: true,
        ..settings
    });
    problem(post(&desk, &[TOKEN, JSON]), 403);
    problem(desk.send("POST", "/review", &[TOKEN, JSON], b"{}"), 403);
    assert!(!desk.get("/review").body.contains("data-act"));
    assert!(!desk.get("/").body.contains("id=\"intake\""));
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let desk = Desk::empty();
    let body = vec![b' '; 33 * 1024 * 1024];
    let answer = desk.send("POST", "/docs", &[TOKEN, JSON], &body);
    problem(answer, 413);
}

#[test]
fn a_body_that_means_nothing_is_told_why() {
    let desk = Desk::empty();
    for body in [
        "",
        "[]",
        "{}",
        r#"{"texts": []}"#,
        r#"{"files": [{"name": "a", "base64": "*"}]}"#,
    ] {
        problem(
            desk.send("POST", "/docs", &[TOKEN, JSON], body.as_bytes()),
            400,
        );
    }
    problem(
        desk.post(
            "/docs",
            &json!({ "documents": [{ "text": "x" }], "published": "soon" }),
        ),
        400,
    );
}

#[test]
fn paths_lead_to_nothing_but_pages() {
    let desk = Desk::filled();
    std::fs::write(desk.file("private.txt"), "private words").unwrap();
    for path in [
        "/assets/../desk.db",
        "/assets/..%2fdesk.db",
        "/docs/..%2f..%2fprivate.txt",
        "/docs/%2e%2e%2fprivate.txt",
        "/../private.txt",
        "/pair/..%2f..%2fetc/passwd",
        "/facts/%2e%2e",
        "/export/..%2fdesk.db",
        "/export/%2e%2e%2fprivate.txt",
        "/export/../private.txt",
        "/series/..%2f..%2fetc",
    ] {
        let answer = desk.get(path);
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.body.contains("private words"), "{path}");
    }
}

#[test]
fn the_name_of_a_file_is_a_label() {
    let desk = Desk::empty();
    std::fs::write(desk.file("private.txt"), "private words").unwrap();
    let name = format!("../../..{}", desk.file("private.txt").display());
    let progress = desk.add(json!({ "files": [{ "name": name, "base64": "Q2hhZCBhbmQgTmlnZXIgc2lnbmVkIGEgdHJlYXR5Lg==" }] }));
    assert_eq!(progress["outcome"]["added"], 1);
    assert_eq!(
        std::fs::read_to_string(desk.file("private.txt")).unwrap(),
        "private words"
    );
    assert!(
        desk.get("/search.json?q=private")
            .json()
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn beyond_loopback_a_token_must_be_named() {
    let settings = Settings {
        bind: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        token: None,
        ..Settings::default()
    };
    let engine = Engine::load(None, Some(1)).unwrap();
    let refused = serve(engine, settings, |_| panic!("it listens"), async {});
    assert!(
        matches!(refused, Err(DeskError::NoToken { .. })),
        "{refused:?}"
    );
}
