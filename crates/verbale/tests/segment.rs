//! Quotations as written down in `spec/quotations.toml`, and what must hold for every text.

use verbale::segment::{QuotationKind, Segments, segment};
use verbale_read::{Document, FurnitureKind, Options, read_text};

fn document(text: &str) -> Document {
    read_text(text.as_bytes(), "case", &Options::default())
        .unwrap()
        .0
}

fn shown(document: &Document, segments: &Segments) -> Vec<String> {
    segments
        .quotations
        .iter()
        .map(|quotation| {
            let mut line = String::new();
            let mut parent = quotation.parent;
            while let Some(index) = parent {
                line.push_str("> ");
                parent = segments.quotations[index].parent;
            }
            line.push_str(match quotation.kind {
                QuotationKind::Speech => "speech",
                QuotationKind::Fragment => "fragment",
            });
            line.push_str(if quotation.closed { ": " } else { " open: " });
            let pieces: Vec<&str> = quotation
                .pieces
                .iter()
                .map(|piece| piece.of(&document.text))
                .collect();
            line + &pieces.join(" / ")
        })
        .collect()
}

#[test]
fn quotations_are_read_as_written_down() {
    let spec: toml::Table = include_str!("spec/quotations.toml").parse().unwrap();
    let mut wrong = String::new();
    for case in spec["case"].as_array().unwrap() {
        let document = document(case["text"].as_str().unwrap());
        let found = shown(&document, &segment(&document));
        let expected: Vec<&str> = case["quotations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line.as_str().unwrap())
            .collect();
        if found != expected {
            wrong += &format!(
                "{}\n  found    {found:#?}\n  expected {expected:#?}\n",
                case["name"]
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn headlines_wraps_and_masks() {
    let document = document(
        "PORT DEAL SIGNED\nNiue and Nauru agree on cranes\n\nNiue and Nauru signed a port deal on\nMonday, officials of both islands\nsaid. The deal [a copy – NC] is short.\n\nWhat it says\n\nIt says “[sic] we agree” (the ports – ed.) twice.\n",
    );
    let segments = segment(&document);
    let paragraphs: Vec<(bool, &str)> = segments
        .paragraphs
        .iter()
        .map(|paragraph| (paragraph.headline, paragraph.span.of(&document.text)))
        .collect();
    assert_eq!(
        paragraphs,
        [
            (true, "PORT DEAL SIGNED"),
            (true, "Niue and Nauru agree on cranes"),
            (
                false,
                "Niue and Nauru signed a port deal on\nMonday, officials of both islands\nsaid. The deal [a copy – NC] is short."
            ),
            (true, "What it says"),
            (false, "It says “[sic] we agree” (the ports – ed.) twice."),
        ]
    );
    assert_eq!(
        segments.units[2].text,
        "Niue and Nauru signed a port deal on Monday, officials of both islands said. The deal                 is short."
    );
    assert_eq!(
        segments.units[4].text.trim_end_matches(' '),
        "It says “      we agree”                     twice."
    );
}

/// What holds for every text, however broken.
fn holds(document: &Document) {
    let text = &document.text;
    let segments = segment(document);
    let mut covered = vec![false; text.len()];
    let mut last = 0;
    for paragraph in &segments.paragraphs {
        assert!(
            paragraph.span.start >= last,
            "paragraphs in order, without overlap"
        );
        last = paragraph.span.end;
        covered[paragraph.span.start..paragraph.span.end].fill(true);
    }
    for furniture in &document.furniture {
        covered[furniture.span.start..furniture.span.end].fill(true);
    }
    for (at, char) in text.char_indices() {
        assert!(
            covered[at] || char.is_whitespace() || char == '\u{feff}',
            "a word at {at} is neither story nor furniture: {text:?}"
        );
    }
    let mut start = 0;
    for unit in &segments.units {
        assert!(unit.span.start >= start, "units in order of start");
        start = unit.span.start;
        assert_eq!(unit.text.len(), unit.span.len());
        assert!(segments.paragraphs[unit.paragraph].span.contains(unit.span));
        for ((at, masked), original) in unit.text.char_indices().zip(unit.span.of(text)[..].chars())
        {
            let in_editor = document.furniture.iter().any(|furniture| {
                furniture.kind == FurnitureKind::Editor
                    && furniture.span.start <= unit.span.start + at
                    && unit.span.start + at < furniture.span.end
            });
            if in_editor {
                break;
            }
            assert!(masked == original || masked == ' ');
        }
    }
    for (index, quotation) in segments.quotations.iter().enumerate() {
        assert!(!quotation.pieces.is_empty());
        assert!(
            quotation
                .pieces
                .windows(2)
                .all(|pair| pair[0].end <= pair[1].start)
        );
        assert!(
            quotation
                .pieces
                .iter()
                .all(|piece| text.get(piece.start..piece.end).is_some())
        );
        if let Some(parent) = quotation.parent {
            assert!(parent < index, "parents before children");
            let parent = &segments.quotations[parent];
            assert!(
                quotation
                    .pieces
                    .iter()
                    .all(|piece| { parent.pieces.iter().any(|around| around.contains(*piece)) }),
                "{text:?} {segments:#?}"
            );
        }
        for later in &segments.quotations[index + 1..] {
            let nested = quotation.span().contains(later.span());
            assert!(
                nested || !quotation.span().overlaps(later.span()),
                "{text:?}"
            );
        }
    }
}

#[test]
fn every_example_is_cut_without_loss() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut seen = 0;
    for set in std::fs::read_dir(examples).unwrap() {
        for file in std::fs::read_dir(set.unwrap().path()).into_iter().flatten() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                holds(&document(&std::fs::read_to_string(path).unwrap()));
                seen += 1;
            }
        }
    }
    assert!(seen > 20);
}

#[test]
fn random_texts_are_cut_without_loss() {
    const PIECES: [&str; 30] = [
        "\"",
        "“",
        "”",
        "'",
        "‘",
        "’",
        "«",
        "»",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        ". ",
        ", ",
        "Peru",
        "said",
        "s",
        "(a – ed.)",
        "[sic]",
        "---",
        "Read more: x",
        "é",
        "\u{feff}",
        "5",
        ":",
        "?",
        "We will go",
        "that",
        "By ANA",
    ];
    let mut state = 88172645463325252_u64;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..40 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(PIECES[(state % PIECES.len() as u64) as usize]);
        }
        holds(&document(&text));
    }
}
