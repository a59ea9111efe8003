//! `tests/spec/dates.tsv`: one sentence, its time expressions.

use jiff::civil::Date;
use serde_json::Value;
use verbale::resolve::dates::find;
use verbale_read::Span;

fn cell(value: &str) -> String {
    if value.is_empty() {
        "-".to_owned()
    } else {
        value.to_owned()
    }
}

fn word(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn sentences_have_their_dates() {
    let table = include_str!("spec/dates.tsv");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    let mut differences = String::new();
    for group in rows.chunk_by(|a, b| a[..2] == b[..2]) {
        let (sentence, published) = (group[0][0], group[0][1]);
        let today = published.parse::<Date>().ok().map(|day| (day, day));
        let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
        let mut found: Vec<Vec<String>> = find(sentence, Span::new(0, sentence.len()), today)
            .into_iter()
            .map(|expression| {
                let date = expression.date;
                vec![
                    date.text,
                    day(date.start),
                    day(date.end),
                    cell(&date.edtf),
                    word(serde_json::to_value(date.granularity).unwrap()),
                    word(serde_json::to_value(date.basis).unwrap()),
                    date.duration_days
                        .map_or("-".to_owned(), |days| days.to_string()),
                ]
            })
            .collect();
        if found.is_empty() {
            found.push(vec!["-".to_owned(); 7]);
        }
        let wanted: Vec<&[&str]> = group.iter().map(|row| &row[2..]).collect();
        if found != wanted {
            differences += &format!("{sentence}\n  wanted {wanted:?}\n  found  {found:?}\n");
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}
