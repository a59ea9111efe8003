//! Good and bad inputs: what is read, what is refused and with which words.

use verbale_read::{Options, PublishedBasis, ReadError, read, read_jsonl, read_text};

#[test]
fn an_empty_text_is_a_document_and_is_told() {
    for text in ["", "\u{feff}", " \r\n\t\n"] {
        let (document, diagnostics) =
            read_text(text.as_bytes(), "a.txt", &Options::default()).unwrap();
        assert!(document.is_empty());
        assert_eq!(diagnostics[0].code, "empty");
        assert_eq!(document.text, text);
    }
}

#[test]
fn offsets_count_the_byte_order_mark() {
    let text = "\u{feff}Published: 4 May 2011\n\nMali wrote to Benin.";
    let (document, _) = read_text(text.as_bytes(), "a.txt", &Options::default()).unwrap();
    assert_eq!(document.text, text);
    assert_eq!(document.furniture[0].span.start, 3);
    assert_eq!(document.published.unwrap().basis, PublishedBasis::Header);
}

#[test]
fn refusals_name_the_input_and_the_remedy() {
    let error = read_text(b"\x7fELF\x02\x01\x01\0\0", "tool", &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "tool: binary data at byte 7, not a text; convert it to text first"
    );
    let line = vec![b'a'; 50 << 20];
    let error = read_text(&line, "dump.txt", &Options::default()).unwrap_err();
    assert!(matches!(
        error,
        ReadError::LineTooLong {
            line: 1,
            bytes: 52_428_800,
            ..
        }
    ));
    let small = Options {
        max_bytes: 10,
        ..Options::default()
    };
    let error = read_text(b"more than ten bytes", "big.txt", &small).unwrap_err();
    assert!(
        matches!(error, ReadError::TooLarge { limit: 10, .. }),
        "{error}"
    );
}

#[test]
fn a_bad_line_spoils_itself_only() {
    let lines = concat!(
        r#"{"id": "a1", "text": "Oman met Iran.", "published": "2020-01-02T10:00:00Z", "source": "Gulf Wire", "author": "N. N.", "lang": "en"}"#,
        "\n\n",
        r#"{"id": "a2", "title": "no text"}"#,
        "\n",
        r#"{"text": "Chad met Mali.", "title": "A meeting", "license": "CC0"}"#,
        "\n",
        "{",
    );
    let documents = read_jsonl(lines.as_bytes(), "news.jsonl", &Options::default());
    assert_eq!(documents.len(), 4);
    let (first, _) = documents[0].as_ref().unwrap();
    assert_eq!(
        (
            first.name.as_str(),
            first.outlet.as_ref().unwrap().value.as_str()
        ),
        ("a1", "Gulf Wire")
    );
    let published = first.published.as_ref().unwrap();
    assert_eq!(
        published.instant.unwrap().to_string(),
        "2020-01-02T10:00:00Z"
    );
    let error = documents[1].as_ref().unwrap_err().to_string();
    assert!(
        error.starts_with("news.jsonl, line 3: missing field `text`"),
        "{error}"
    );
    assert_eq!(documents[2].as_ref().unwrap().0.name, "A meeting");
    let error = documents[3].as_ref().unwrap_err().to_string();
    assert!(error.starts_with("news.jsonl, line 5: "), "{error}");
}

#[test]
fn the_ending_tells_the_format() {
    let array = br#"[{"text": "One."}, {"text": "Two."}, 3]"#;
    let documents = read(array, "two.json", &Options::default());
    assert_eq!(documents.iter().filter(|one| one.is_ok()).count(), 2);
    assert_eq!(documents.len(), 3);
    assert_eq!(read(array, "two.txt", &Options::default()).len(), 1);
}

#[test]
fn what_is_given_supplies_what_a_text_lacks() {
    let given = Options {
        published: Some("2017-08".to_owned()),
        outlet: Some("Archive".to_owned()),
        ..Options::default()
    };
    let framed = b"RIGA, August 3, 2017 (Baltic Wire) - Latvia thanked Estonia.";
    let (document, _) = read_text(framed, "a.txt", &given).unwrap();
    assert_eq!(document.published.unwrap().basis, PublishedBasis::Dateline);
    assert_eq!(document.outlet.unwrap().value, "Baltic Wire");

    let (document, _) = read_text(b"Latvia thanked Estonia.", "b.txt", &given).unwrap();
    let published = document.published.unwrap();
    assert_eq!(
        (published.start.to_string(), published.end.to_string()),
        ("2017-08-01".into(), "2017-08-31".into())
    );
    assert_eq!(published.basis, PublishedBasis::Metadata);
    assert_eq!(document.outlet.unwrap().value, "Archive");

    let wrong = Options {
        published: Some("last week".to_owned()),
        ..Options::default()
    };
    let (document, diagnostics) = read_text(b"Latvia thanked Estonia.", "b.txt", &wrong).unwrap();
    assert!(document.published.is_none());
    assert_eq!(diagnostics[0].code, "published_not_understood");
}

#[test]
fn the_documents_own_fields_outweigh_its_frame() {
    let json = br#"{"text": "RIGA, August 3, 2017 (Baltic Wire) - Latvia thanked Estonia.",
        "published": "2017-08-04", "source": "Archive"}"#;
    let (document, _) = read(json, "one.json", &Options::default())
        .remove(0)
        .unwrap();
    let published = document.published.unwrap();
    assert_eq!(published.start.to_string(), "2017-08-04");
    assert_eq!(published.basis, PublishedBasis::Metadata);
    assert_eq!(document.outlet.unwrap().value, "Archive");
}

#[test]
fn an_error_names_the_place() {
    let error = read(b"{}", "one.json", &Options::default())
        .remove(0)
        .unwrap_err();
    let told = error.at("news/one.json").to_string();
    assert!(told.starts_with("news/one.json, line 1: "), "{told}");
}
