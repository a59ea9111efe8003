//! Contract words and values as people read them.

use verbale::record::{Amount, FactDate, Granularity, Modality, Party, PartyType, Record};

/// The serialised name of a contract word, with spaces.
pub(super) fn word<T: serde::Serialize>(value: &T) -> String {
    verbale::record::word(value).replace('_', " ")
}

/// A date that looks as vague as it is.
pub(super) fn date(date: Option<&FactDate>) -> String {
    let Some(date) = date else {
        return "undated".into();
    };
    let days = match (date.start, date.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(_)) if date.granularity == Granularity::Year => start.year().to_string(),
        (Some(start), Some(_)) if date.granularity == Granularity::Month => {
            format!("{}-{:02}", start.year(), start.month())
        }
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("by {end}"),
        (None, None) if !date.edtf.is_empty() => date.edtf.clone(),
        (None, None) if !date.text.is_empty() => return format!("“{}”, day unknown", date.text),
        (None, None) => return "undated".into(),
    };
    match date.duration_days {
        Some(length) => format!("{days} ({length} days)"),
        None => days,
    }
}

/// Who acts on whom, by name.
pub(super) fn who(record: &Record) -> String {
    if record.actor.is_empty() {
        return record.parties.join(", ");
    }
    if record.mutual || record.recipient.is_empty() {
        names(&record.actor)
    } else {
        format!("{} → {}", names(&record.actor), names(&record.recipient))
    }
}

/// Names of parties, each once; a person stands before the state it acts for.
pub(super) fn names(parties: &[Party]) -> String {
    let mut names: Vec<String> = Vec::new();
    for party in parties {
        let name = match (&party.person, party.party_type) {
            (Some(person), PartyType::State) => format!("{} ({})", person.name, party.id),
            _ => party.name.clone(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// An amount raw and normalised.
pub(super) fn amount(amount: Option<&Amount>) -> String {
    let Some(amount) = amount else {
        return String::new();
    };
    let unit = amount
        .currency
        .as_deref()
        .or(amount.unit.as_deref())
        .unwrap_or_default();
    format!(
        "{} = {}{} {unit}",
        amount.text,
        if amount.approximate { "about " } else { "" },
        grouped(amount.value)
    )
    .trim_end()
    .into()
}

/// A number with its thousands apart.
fn grouped(value: f64) -> String {
    if value.fract() != 0.0 || value.abs() >= 1e15 {
        return value.to_string();
    }
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    if value < 0.0 {
        format!("−{out}")
    } else {
        out
    }
}

/// Texts that tell a record, and how many of them are independent.
pub(super) fn witnesses(record: &Record) -> String {
    let texts = record.witnesses.len();
    let word = if texts == 1 { "text" } else { "texts" };
    if record.independent < texts {
        format!("{texts} {word}, {} independent", record.independent)
    } else {
        format!("{texts} {word}")
    }
}

/// Modality with negation.
pub(super) fn modality(record: &Record) -> String {
    let said = record
        .modality
        .map(|modality| word::<Modality>(&modality))
        .unwrap_or_default();
    if record.negated {
        format!("said not to be ({said})")
    } else {
        said
    }
}
