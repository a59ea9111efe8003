//! `tests/spec/amounts.tsv`: one sentence, its numbers.

use verbale::lexicon::Lexicon;
use verbale::resolve::amounts::find;
use verbale_read::Span;

fn cell(value: Option<String>) -> String {
    value.unwrap_or_else(|| "-".to_owned())
}

#[test]
fn sentences_have_their_numbers() {
    let table = include_str!("spec/amounts.tsv");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    let mut differences = String::new();
    for group in rows.chunk_by(|a, b| a[0] == b[0]) {
        let sentence = group[0][0];
        let mut found: Vec<Vec<String>> =
            find(sentence, Span::new(0, sentence.len()), Lexicon::embedded())
                .into_iter()
                .map(|expression| {
                    let codes = expression.currencies.join(" ");
                    let amount = expression.amount;
                    let count = expression.count.as_ref();
                    vec![
                        amount.text,
                        amount.value.to_string(),
                        cell(Some(codes).filter(|codes| !codes.is_empty())),
                        cell(amount.unit),
                        if amount.approximate { "yes" } else { "no" }.to_owned(),
                        cell(count.map(|count| count.of.clone())),
                        cell(
                            count
                                .and_then(|count| count.total)
                                .map(|total| total.to_string()),
                        ),
                    ]
                })
                .collect();
        if found.is_empty() {
            found.push(vec!["-".to_owned(); 7]);
        }
        let wanted: Vec<&[&str]> = group.iter().map(|row| &row[1..]).collect();
        if found != wanted {
            differences += &format!("{sentence}\n  wanted {wanted:?}\n  found  {found:?}\n");
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}
