//! Measures numbers and money against files of Microsoft's Recognizers-Text (`Specs/Number/English/NumberModel.json`,
//! `Specs/NumberWithUnit/English/CurrencyModel.json`, MIT):
//!
//!     cargo run -p verbale --example recognizers_amounts -- CurrencyModel.json [--misses]
//!
//! "50 cents" is 50 of the unit Cent there and half a dollar here, which counts as equal. An expression is found if words and value are the same, and the ISO code where the reference gives one. Its number
//! file reads mathematics ("1.1^23") and digits in names ("SCP-173") as numbers, which we do not mean to.

use serde_json::Value;
use verbale::lexicon::Lexicon;
use verbale::resolve::amounts::{AmountKind, find};
use verbale_read::Span;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("path of a model file");
    let show = arguments.next().is_some();
    let text = std::fs::read_to_string(&path).expect("a readable file");
    let cases: Vec<Value> =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("a JSON list of cases");
    let lexicon = Lexicon::embedded();
    let (mut wanted, mut same, mut spurious) = (0, 0, 0);
    for case in &cases {
        let input = case["Input"].as_str().unwrap_or_default();
        let ours = find(input, Span::new(0, input.len()), lexicon);
        let references = case["Results"].as_array().map_or(&[][..], Vec::as_slice);
        let mut places = Vec::new();
        for reference in references {
            let place = place(input, reference);
            places.push(place);
            let resolution = &reference["Resolution"];
            let value: Option<f64> = resolution["value"]
                .as_str()
                .and_then(|value| value.parse().ok());
            let Some(value) = value else { continue };
            wanted += 1;
            let code = resolution["isoCurrency"].as_str();
            let equal = ours.iter().any(|ours| {
                // The reference counts cents and pence, we the share of the unit.
                let subunit = resolution["unit"]
                    .as_str()
                    .is_some_and(|unit| ["Cent", "Penny", "Pence"].contains(&unit));
                let value = if subunit { value / 100.0 } else { value };
                let near = (ours.amount.value - value).abs() <= value.abs() * 1e-9;
                let code = code.is_none_or(|code| ours.currencies.iter().any(|ours| ours == code));
                // The number file gives "20" alone in "$20" and "20 people".
                let same = if reference["TypeName"] == "number" {
                    ours.bare.contains(place)
                } else {
                    ours.bare == place
                };
                same && near && code
            });
            if equal {
                same += 1;
            } else if show {
                println!(
                    "MISS [{}] {value} in: {input}",
                    reference["Text"].as_str().unwrap_or("")
                );
                for ours in ours.iter().filter(|ours| ours.span.overlaps(place)) {
                    println!("     ours {:?} {:?}", ours.bare.of(input), ours.amount);
                }
            }
        }
        let money = path.contains("Currency");
        for ours in ours
            .iter()
            .filter(|ours| !money || ours.kind == AmountKind::Money)
        {
            if !places.iter().any(|place| place.overlaps(ours.bare)) {
                spurious += 1;
                if show {
                    println!("EXTRA {:?} in: {input}", ours.amount);
                }
            }
        }
    }
    let share = f64::from(same) / f64::from(wanted.max(1));
    println!(
        "expressions {wanted}, same {same}, share {share:.3}; of ours that overlap none: {spurious}"
    );
}

/// The reference counts UTF-16 units and includes the last one.
fn place(input: &str, reference: &Value) -> Span {
    let unit = |name: &str| reference[name].as_u64().unwrap_or(0) as usize;
    let byte = |wanted: usize| {
        let mut units = 0;
        for (at, character) in input.char_indices() {
            if units >= wanted {
                return at;
            }
            units += character.len_utf16();
        }
        input.len()
    };
    let start = byte(unit("Start"));
    Span::new(start, byte(unit("End") + 1).max(start))
}
