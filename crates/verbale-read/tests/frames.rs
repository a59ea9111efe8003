//! Texts and what their frame gives: `tests/spec/frames.toml`.

use verbale_read::{Document, Options, Span, read_text};

fn words(document: &Document, span: Span) -> &str {
    span.of(&document.text)
}

#[test]
fn frames_are_read_as_written_down() {
    let spec: toml::Table = include_str!("spec/frames.toml").parse().unwrap();
    for case in spec["case"].as_array().unwrap() {
        let text = case["text"].as_str().unwrap();
        let (document, diagnostics) =
            read_text(text.as_bytes(), "case", &Options::default()).unwrap();
        let expected = |key: &str| {
            case.get(key)
                .map(|value| value.as_str().unwrap().to_owned())
        };
        let published = document.published.as_ref();
        assert_eq!(
            published.map(|day| day.start.to_string()),
            expected("published"),
            "{text}"
        );
        assert_eq!(
            published
                .and_then(|day| day.instant)
                .map(|instant| instant.to_string()),
            expected("instant"),
            "{text}"
        );
        assert_eq!(
            published.map(|day| format!("{:?}", day.basis).to_lowercase()),
            expected("basis"),
            "{text}"
        );
        for (found, key) in [(&document.outlet, "outlet"), (&document.author, "author")] {
            assert_eq!(
                found.as_ref().map(|found| found.value.clone()),
                expected(key),
                "{text}"
            );
            if let Some(span) = found.as_ref().and_then(|found| found.span) {
                assert_eq!(
                    Some(words(&document, span).to_owned()),
                    expected(key),
                    "{text}"
                );
            }
        }
        let furniture: Vec<String> = document
            .furniture
            .iter()
            .map(|piece| {
                let kind = format!("{:?}", piece.kind).to_lowercase();
                format!("{kind}: {}", words(&document, piece.span))
            })
            .collect();
        let expected: Vec<&str> = case["furniture"]
            .as_array()
            .unwrap()
            .iter()
            .map(|piece| piece.as_str().unwrap())
            .collect();
        assert_eq!(furniture, expected, "{text}");
        let codes: Vec<&str> = diagnostics
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        let expected: Vec<&str> = case
            .get("diagnostics")
            .and_then(|codes| codes.as_array())
            .map(|codes| codes.iter().map(|code| code.as_str().unwrap()).collect())
            .unwrap_or_default();
        assert_eq!(codes, expected, "{text}");
    }
}
