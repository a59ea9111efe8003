//! `tests/spec/dates_newswire.tsv`: sentences in the manner of news agencies, read with the tense of their clauses.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verbale::clause::{Predication, Tense};
use verbale::code::lean;
use verbale::pipeline::{Language, code_text};
use verbale::resolve::dates::{Lean, Reading, find};
use verbale_parse::Parser;
use verbale_read::Span;

/// Share of the coded expressions that must have the same words, start and end.
const WANTED: f64 = 0.9;
/// Expressions found where nobody coded one.
const INVENTED: usize = 4;

/// Expression, start, end; `-` for an open end. Articles in front are not compared.
type Row = (String, String, String);

#[test]
fn newswire_sentences_have_their_dates() {
    let table = include_str!("spec/dates_newswire.tsv");
    let mut sentences: BTreeMap<(&str, &str), Vec<Row>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [published, sentence, expression, start, end] = cells[..] else {
            panic!("five cells, not {}: {line}", cells.len());
        };
        sentences
            .entry((published, sentence))
            .or_default()
            .push(row(expression, start.to_owned(), end.to_owned()));
    }
    assert!(sentences.len() >= 120);
    let (mut wanted, mut equal, mut invented) = (0, 0, 0);
    let mut differences = String::new();
    for ((published, sentence), rows) in &sentences {
        let found = read(published, sentence);
        wanted += rows.len();
        equal += rows.iter().filter(|row| found.contains(row)).count();
        invented += found.len().saturating_sub(rows.len());
        if found != *rows {
            differences +=
                &format!("{published} {sentence}\n  wanted {rows:?}\n  found  {found:?}\n");
        }
    }
    let share = f64::from(equal as u32) / f64::from(wanted as u32);
    println!("{differences}equal {equal} of {wanted} ({share:.3}), invented {invented}");
    assert!(
        share >= WANTED && invented <= INVENTED,
        "{share:.3}, {invented} invented"
    );
}

fn row(expression: &str, start: String, end: String) -> Row {
    let lower = expression.to_lowercase();
    let words = lower.strip_prefix("the ").unwrap_or(&lower).to_owned();
    (words, start, end)
}

fn read(published: &str, sentence: &str) -> Vec<Row> {
    let day: Date = published.parse().expect("a day");
    let reading = code_text(
        sentence,
        Some(published),
        Language::embedded(),
        Parser::english(),
    );
    let text = &reading.document.text;
    let shown = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
    find(text, Span::new(0, text.len()), Some((day, day)))
        .iter()
        .map(|expression| {
            let date = expression.reading(&Reading {
                today: Some((day, day)),
                lean: tense_at(&reading.predications, expression.span),
                ..Reading::default()
            });
            row(&date.text, shown(date.start), shown(date.end))
        })
        .collect()
}

/// The tense of the smallest finite predication around an expression, or of the one that begins nearest.
fn tense_at(predications: &[Predication], expression: Span) -> Lean {
    predications
        .iter()
        .filter(|predication| predication.tense != Tense::None)
        .min_by_key(|predication| {
            let span = predication.span;
            let outside = !span.contains(expression);
            let distance = span.start.abs_diff(expression.start);
            (
                outside,
                if outside {
                    distance
                } else {
                    span.end - span.start
                },
            )
        })
        .map_or(Lean::Nearest, lean)
}
