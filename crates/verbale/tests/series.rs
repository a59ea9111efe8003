//! The panel: placed or unplaced, zero or empty, asserted or not, one way or both.

use serde_json::{Value, json};
use verbale::code::Codebook;
use verbale::pipeline::Language;
use verbale::record::Record;
use verbale::series::{Ask, By, Counted, Text, series};

fn codebook() -> &'static Codebook {
    &Language::embedded().rules.codebook
}

fn text(id: &str, published: Option<(&str, &str)>, copies: &[&str]) -> Text {
    let day = |word: &str| word.parse().unwrap();
    let alike = copies.iter().copied().chain([id]);
    Text {
        id: id.to_owned(),
        published: published.map(|(start, end)| [day(start), day(end)]),
        original: alike.min().unwrap().to_owned(),
    }
}

fn party(id: &str) -> Value {
    json!({"id": id, "type": "state", "name": id, "text": id, "start": 0, "end": 3, "basis": "named"})
}

/// An AID of `actor` to `recipient` told by `docs`, with these fields laid over it.
fn record(days: Option<(&str, &str)>, docs: &[&str], over: Value) -> Record {
    let witnesses: Vec<Value> = docs
        .iter()
        .map(|doc| json!({"doc": doc, "doc_name": doc}))
        .collect();
    let date = days.map(|(start, end)| {
        json!({"start": start, "end": end, "edtf": "", "granularity": "day", "basis": "explicit", "text": ""})
    });
    let mut value = json!({
        "id": format!("{days:?}{docs:?}{over}"), "kind": "event", "title": "aid", "parties": ["NER", "TCD"],
        "event_type": "AID", "cameo": "071", "actor": [party("TCD")], "recipient": [party("NER")],
        "modality": "asserted", "date": date, "facts": [], "witnesses": witnesses, "independent": 1, "voices": 1
    });
    for (name, field) in over.as_object().unwrap() {
        value[name] = field.clone();
    }
    serde_json::from_value(value).unwrap()
}

fn ask(by: By) -> Ask {
    Ask {
        pair: Some(["NER".into(), "TCD".into()]),
        by,
        directed: false,
        by_publication: false,
        from: None,
        to: None,
    }
}

fn rows(ask: &Ask, records: &[Record], texts: &[Text]) -> Vec<Value> {
    let language = Language::embedded();
    let counted = Counted {
        records,
        texts,
        lexicon: &language.lexicon,
        codebook: codebook(),
    };
    let rows = series(ask, &counted).unwrap();
    rows.iter()
        .map(|row| serde_json::to_value(row).unwrap())
        .collect()
}

#[test]
fn zero_is_looked_and_none_and_empty_is_not_looked() {
    let documents = [
        text("a", Some(("2024-01-15", "2024-01-15")), &[]),
        text("b", Some(("2024-04-02", "2024-04-02")), &[]),
    ];
    let told = [record(
        Some(("2024-03-01", "2024-03-03")),
        &["b"],
        json!({}),
    )];
    let rows = rows(&ask(By::Month), &told, &documents);
    let of = |column: &str| {
        rows.iter()
            .map(|row| row[column].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("month"), [json!(1), json!(2), json!(3), json!(4)]);
    assert_eq!(of("n"), [json!(0), Value::Null, json!(1), json!(0)]);
    assert_eq!(of("n_aid"), [json!(0), Value::Null, json!(1), json!(0)]);
    assert_eq!(of("n_quad2"), [json!(0), Value::Null, json!(1), json!(0)]);
    assert_eq!(of("n_documents"), [json!(1), json!(0), json!(1), json!(1)]);
    assert_eq!(
        of("goldstein_mean"),
        [Value::Null, Value::Null, json!(7.4), Value::Null]
    );
    // The lower Correlates of War number first, whatever was typed: Niger is 436, Chad 483.
    assert_eq!(
        (&rows[0]["ccode1"], &rows[0]["iso2"], &rows[0]["gwcode2"]),
        (&json!(436), &json!("TCD"), &json!(483))
    );
}

#[test]
fn what_lies_in_no_single_period_is_unplaced_once() {
    let documents = [text("a", Some(("2024-05-06", "2024-05-06")), &[])];
    let told = [
        record(Some(("2023-01-01", "2023-12-31")), &["a"], json!({})),
        record(Some(("2022-12-31", "2023-01-02")), &["a"], json!({})),
        record(None, &["a"], json!({"modality": "planned"})),
        record(Some(("2024-05-01", "2024-05-02")), &["a"], json!({})),
    ];
    let sum = |rows: &[Value], columns: &[&str]| -> i64 {
        rows.iter()
            .flat_map(|row| columns.iter().filter_map(|column| row[*column].as_i64()))
            .sum()
    };
    let by_month = rows(&ask(By::Month), &told, &documents);
    assert_eq!(sum(&by_month, &["n"]), 1);
    assert_eq!(sum(&by_month, &["unplaced"]), 3);
    // The year that is known stands in the row; the month does not.
    let known: Vec<(&Value, &Value, &Value)> = by_month
        .iter()
        .filter(|row| row["unplaced"] != 0)
        .map(|row| (&row["year"], &row["month"], &row["unplaced"]))
        .collect();
    assert_eq!(
        known,
        [
            (&Value::Null, &Value::Null, &json!(2)),
            (&json!(2023), &Value::Null, &json!(1))
        ]
    );
    let by_year = rows(&ask(By::Year), &told, &documents);
    assert_eq!(sum(&by_year, &["n", "n_planned"]), 2);
    assert_eq!(sum(&by_year, &["unplaced"]), 2);
    // Publication places what its own days cannot, and says how many.
    let published = Ask {
        by_publication: true,
        ..ask(By::Month)
    };
    let placed = rows(&published, &told, &documents);
    assert_eq!(placed.len(), 1);
    assert_eq!(sum(&placed, &["n", "n_planned"]), 4);
    assert_eq!(placed[0]["n_by_publication"], 3);
}

#[test]
fn planned_and_denied_stand_apart() {
    let documents = [text("a", Some(("2024-05-06", "2024-05-06")), &[])];
    let day = Some(("2024-05-06", "2024-05-06"));
    let told = [
        record(day, &["a"], json!({})),
        record(day, &["a"], json!({"modality": "habitual"})),
        record(day, &["a"], json!({"modality": "planned"})),
        record(day, &["a"], json!({"negated": true})),
        record(day, &["a"], json!({"kind": "person"})),
        record(day, &["a"], json!({"event_type": null, "cameo": null})),
    ];
    let row = &rows(&ask(By::Day), &told, &documents)[0];
    let expected = [
        ("n", 3),
        ("n_aid", 2),
        ("n_untyped", 1),
        ("n_asserted", 2),
        ("n_habitual", 1),
        ("n_planned", 1),
        ("n_denied", 1),
        ("day", 6),
    ];
    for (column, count) in expected {
        assert_eq!(row[column], count, "{column}");
    }
}

#[test]
fn copies_are_one_witness_and_two_texts() {
    let day = Some(("2024-05-06", "2024-05-06"));
    let documents = [
        text("a", day, &["b"]),
        text("b", day, &["a"]),
        text("c", day, &[]),
    ];
    let told = [record(day, &["a", "b"], json!({}))];
    let row = &rows(&ask(By::Quarter), &told, &documents)[0];
    let count = |column: &str| row[column].as_i64().unwrap();
    assert_eq!(
        [
            count("n_documents"),
            count("n_witnesses"),
            count("n_independent")
        ],
        [3, 2, 1]
    );
    assert_eq!(count("quarter"), 2);
}

#[test]
fn a_directed_panel_tells_who_acts_on_whom() {
    let day = Some(("2024-05-06", "2024-05-06"));
    let documents = [text("a", day, &[])];
    let mutual = json!({"actor": [party("NER"), party("TCD")], "recipient": [], "mutual": true});
    let told = [record(day, &["a"], json!({})), record(day, &["a"], mutual)];
    let directed = Ask {
        directed: true,
        ..ask(By::Year)
    };
    let both = rows(&directed, &told, &documents);
    let seen: Vec<(&str, i64)> = both
        .iter()
        .map(|row| (row["iso1"].as_str().unwrap(), row["n"].as_i64().unwrap()))
        .collect();
    assert_eq!(seen, [("NER", 1), ("TCD", 2)]);
    assert_eq!(rows(&ask(By::Year), &told, &documents)[0]["n"], 2);
}

#[test]
fn all_dyads_are_those_with_a_record_in_one_frame_of_time() {
    let documents = [text("a", Some(("2024-02-06", "2024-02-06")), &[])];
    let told = [
        record(Some(("2024-01-01", "2024-01-01")), &["a"], json!({})),
        record(
            Some(("2024-03-01", "2024-03-01")),
            &["a"],
            json!({"parties": ["BEN", "ECOWAS", "TCD"]}),
        ),
    ];
    let all = Ask {
        pair: None,
        ..ask(By::Month)
    };
    let rows = rows(&all, &told, &documents);
    let dyads: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{}-{}",
                row["iso1"].as_str().unwrap(),
                row["iso2"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(dyads[..3], ["BEN-TCD"; 3]);
    assert_eq!(dyads[3..], ["NER-TCD"; 3]);
}

#[test]
fn an_odd_date_makes_no_endless_panel() {
    let language = Language::embedded();
    let far = [record(
        Some(("-009000-01-01", "-009000-01-01")),
        &["a"],
        json!({}),
    )];
    let documents = [text("a", Some(("2024-02-06", "2024-02-06")), &[])];
    let counted = Counted {
        records: &far,
        texts: &documents,
        lexicon: &language.lexicon,
        codebook: codebook(),
    };
    let error = series(&ask(By::Day), &counted).unwrap_err();
    assert!(error.to_string().contains("narrow it"), "{error}");
}
