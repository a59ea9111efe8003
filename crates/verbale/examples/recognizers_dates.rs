//! Measures date expressions against a file of Microsoft's Recognizers-Text (`Specs/DateTime/English/*Model.json`, MIT):
//!
//!     cargo run -p verbale --example recognizers_dates -- DateTimeModel.json [--misses]
//!
//! Per type (`date`, `daterange`, `duration`) it prints how many of the reference's expressions have the same words and
//! the same values. A reference may give several values for one expression; ours must be one of them. Its ends of
//! ranges are exclusive and ours inclusive. Two figures: strictly, and `as read`, where these differences of reading count
//! as equal: a range of months or years includes its last one ("from March to May" includes May); a stretch up to now
//! includes the day itself; "after 3 May" begins on the 4th, where the reference names the 3rd as left out; "two months ago" is that month and not a day; words that fix no days and that the reference
//! gives a day for in its own country's order or by its own guess stay misses.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use verbale::resolve::dates::{DateExpr, Order, Reading, Side, Unit, When, find};
use verbale_read::Span;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("path of a model file");
    let show = arguments.next().is_some();
    let text = std::fs::read_to_string(&path).expect("a readable file");
    let cases: Vec<Value> =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("a JSON list of cases");
    let mut tallies = [
        ("date", 0, 0, 0),
        ("daterange", 0, 0, 0),
        ("duration", 0, 0, 0),
    ];
    let mut spurious = 0;
    for case in &cases {
        let input = case["Input"].as_str().unwrap_or_default();
        let today = case["Context"]["ReferenceDateTime"]
            .as_str()
            .and_then(|instant| instant.get(..10)?.parse::<Date>().ok());
        let ours = find(
            input,
            Span::new(0, input.len()),
            today.map(|day| (day, day)),
        );
        let references = case["Results"].as_array().map_or(&[][..], Vec::as_slice);
        for reference in references {
            let kind = reference["TypeName"].as_str().unwrap_or_default();
            let kind = kind.trim_start_matches("datetimeV2.");
            let Some(tally) = tallies.iter_mut().find(|tally| tally.0 == kind) else {
                continue;
            };
            tally.1 += 1;
            let place = place(input, reference);
            let expression = ours.iter().find(|expression| expression.span == place);
            let verdict = expression.map_or(Verdict::Wrong, |expression| {
                compare(expression, &reference["Resolution"]["values"], today)
            });
            if verdict == Verdict::Same {
                tally.2 += 1;
            }
            if verdict != Verdict::Wrong {
                tally.3 += 1;
            } else if show {
                let values = &reference["Resolution"]["values"];
                println!(
                    "MISS {kind} [{}] in: {input}",
                    reference["Text"].as_str().unwrap_or("")
                );
                println!("     wanted {values}");
                for expression in ours.iter().filter(|ours| ours.span.overlaps(place)) {
                    let date = &expression.date;
                    println!(
                        "     ours [{}] {:?}..{:?} {}",
                        date.text, date.start, date.end, date.edtf
                    );
                }
            }
        }
        for expression in &ours {
            let known = references
                .iter()
                .any(|reference| place(input, reference).overlaps(expression.span));
            if !known {
                spurious += 1;
                if show {
                    println!("EXTRA [{}] in: {input}", expression.date.text);
                }
            }
        }
    }
    println!("type       cases  same  share  as read  share");
    for (kind, cases, same, read) in tallies {
        let share = |count: i32| f64::from(count) / f64::from(cases.max(1));
        println!(
            "{kind:10} {cases:5} {same:5}  {:.3}  {read:7}  {:.3}",
            share(same),
            share(read)
        );
    }
    println!("expressions that overlap no reference: {spurious}");
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Same,
    SameAsRead,
    Wrong,
}

/// The reference counts UTF-16 units and includes the last one; inputs beyond the basic plane are rare enough to count
/// characters.
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

fn compare(expression: &DateExpr, values: &Value, today: Option<Date>) -> Verdict {
    values
        .as_array()
        .into_iter()
        .flatten()
        .map(|value| compare_one(expression, value, today))
        .min_by_key(|verdict| *verdict as u8)
        .unwrap_or(Verdict::Wrong)
}

fn compare_one(expression: &DateExpr, value: &Value, today: Option<Date>) -> Verdict {
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    let day = |name: &str| text(name).parse::<Date>().ok();
    // The reference writes the month first.
    let ours = &expression.reading(&Reading {
        today: today.map(|day| (day, day)),
        order: Some(Order::MonthDay),
        ..Reading::default()
    });
    let same = |equal: bool| if equal { Verdict::Same } else { Verdict::Wrong };
    if text("type") == "duration" {
        let When::Lasting(length) = &expression.when else {
            return Verdict::Wrong;
        };
        let seconds: Option<f64> = length
            .parts
            .iter()
            .map(|(number, unit)| Some((*number)? * seconds(*unit)))
            .sum();
        return same(
            seconds.is_some_and(|seconds| {
                (seconds - text("value").parse().unwrap_or(-1.0)).abs() < 0.5
            }),
        );
    }
    if text("value") == "not resolved" {
        // The words are found and fix no day of their own; a season's year is all we say.
        let open = ours.start.is_none() && ours.end.is_none();
        return if open {
            Verdict::Same
        } else if matches!(expression.when, When::Season { .. } | When::Fiscal { .. }) {
            Verdict::SameAsRead
        } else {
            Verdict::Wrong
        };
    }
    if let Some(value) = day("value") {
        if ours.start == Some(value) && ours.end == Some(value) {
            return Verdict::Same;
        }
        let coarse = matches!(expression.when, When::Away { .. } | When::Told { .. })
            && ours.start.is_some_and(|start| start <= value)
            && ours.end.is_some_and(|end| value <= end);
        return if coarse {
            Verdict::SameAsRead
        } else {
            Verdict::Wrong
        };
    }
    let (start, end) = (day("start"), day("end"));
    let inclusive = end.and_then(|end| end.checked_sub(1.day()).ok());
    if ours.start == start && ours.end == inclusive {
        return Verdict::Same;
    }
    let last_included = ours.end.zip(end).is_some_and(|(ours, end)| {
        ours == end
            || ours.first_of_month() == end
            || ours.first_of_year() == end
            || (matches!(expression.when, When::Range(..))
                && end <= ours
                && (ours - end).get_days() < 92
                && end.day() == 1)
    });
    let from_today = matches!(expression.when, When::Stretch { .. })
        && ours.start == today
        && start == today.and_then(|day| day.tomorrow().ok());
    // "After 3 May": the reference names the day that is left out, we the first one inside.
    let after = matches!(
        expression.when,
        When::Bound {
            side: Side::After,
            ..
        }
    ) && ours.start == start.and_then(|day| day.tomorrow().ok());
    let starts = ours.start == start || from_today || after;
    let ends = ours.end == inclusive || last_included;
    if starts && ends {
        Verdict::SameAsRead
    } else {
        Verdict::Wrong
    }
}

fn seconds(unit: Unit) -> f64 {
    match unit {
        Unit::Second => 1.0,
        Unit::Minute => 60.0,
        Unit::Hour => 3600.0,
        // The reference counts ten years as 3,650 days.
        Unit::Decade => 3650.0 * 86400.0,
        Unit::Century => 36500.0 * 86400.0,
        Unit::Weekend => 2.0 * 86400.0,
        other => other.days().unwrap_or(0.0) * 86400.0,
    }
}
