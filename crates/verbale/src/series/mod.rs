//! The dyad panel: how many records two states have in each period.
//!
//! A record counts in the period that holds all its possible days; the others are `unplaced`, each in one row, so that
//! the rows of a dyad add up to its records. Zero means that a text covers the period and tells of nothing; a period that
//! no text covers is empty.

mod period;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use period::{By, Period};
pub use row::{Cell, Counts, MODALITIES, Row, StateKeys, TYPES};

use crate::code::Codebook;
use crate::lexicon::Lexicon;
use crate::record::{FactDate, Modality, Party, Record, RecordKind};

/// More rows than this are refused: nobody reads them, and they may come of one odd date.
const MOST_ROWS: usize = 2_000_000;

/// What panel is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Two states by ISO alpha-3; without them every dyad that has a record.
    pub pair: Option<[String; 2]>,
    /// Length of the periods.
    pub by: By,
    /// Whether A to B and B to A are told apart.
    pub directed: bool,
    /// Whether a record that its own days cannot place is placed by the day of its first text.
    pub by_publication: bool,
    /// First day of the panel; without it the first that a text or record has.
    pub from: Option<Date>,
    /// Last day of the panel.
    pub to: Option<Date>,
}

/// What a panel is counted from.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// The records; those of people and figures are no happenings and are left out.
    pub records: &'a [Record],
    /// All texts that are read; others cover no period.
    pub texts: &'a [Text],
    /// Codes of the states.
    pub lexicon: &'a Lexicon,
    /// Quad classes and Goldstein scores.
    pub codebook: &'a Codebook,
}

/// What a panel knows of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Document id.
    pub id: String,
    /// First and last possible day of publication.
    pub published: Option<[Date; 2]>,
    /// The text that stands for it and all its copies, by id.
    pub original: String,
}

/// A panel that nobody could read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the panel would have {rows} rows; narrow it with a first and last day, longer periods, or one pair"
)]
pub struct TooLong {
    /// How many rows.
    pub rows: usize,
}

/// A dyad by ISO codes, in the order of its columns.
type Dyad = [String; 2];

/// The panel, by dyad and then by time; the row of a dyad's unplaced records follows its periods.
pub fn series(ask: &Ask, counted: &Counted) -> Result<Vec<Row>, TooLong> {
    let texts: BTreeMap<&str, &Text> = counted
        .texts
        .iter()
        .map(|text| (text.id.as_str(), text))
        .collect();
    let mut published: BTreeMap<Period, BTreeSet<&str>> = BTreeMap::new();
    for text in texts.values() {
        if let Some(period) = published_in(text, ask.by) {
            published.entry(period).or_default().insert(&text.id);
        }
    }
    let mut panel: BTreeMap<Dyad, Tally> = BTreeMap::new();
    for pair in ask.pair.iter() {
        for dyad in both_ways(&pair[0], &pair[1], ask.directed, counted.lexicon) {
            panel.entry(dyad).or_default();
        }
    }
    for record in counted.records {
        if matches!(record.kind, RecordKind::Person | RecordKind::Figure) {
            continue;
        }
        let place = place(record, ask, &texts);
        for dyad in dyads(record, ask, counted.lexicon) {
            if ask.pair.is_none() || panel.contains_key(&dyad) {
                panel.entry(dyad).or_default().add(record, place);
            }
        }
    }
    let periods = periods(ask, &published, &panel);
    let rows = panel.len() * periods.len();
    if rows > MOST_ROWS {
        return Err(TooLong { rows });
    }
    let mut out = Vec::with_capacity(rows + panel.len());
    for (dyad, tally) in &panel {
        let states = dyad.clone().map(|iso| keys(iso, counted.lexicon));
        let row = |period: Option<Period>, year, counts, unplaced| Row {
            states: states.clone(),
            by: ask.by,
            period,
            year,
            counts,
            unplaced,
        };
        for period in &periods {
            let placed = tally.placed.get(period).map_or(&[][..], Vec::as_slice);
            let covering = published.get(period);
            let counts = counts(placed, covering, &texts, counted.codebook);
            out.push(row(Some(*period), Some(period.first().year()), counts, 0));
        }
        for (year, unplaced) in &tally.unplaced {
            out.push(row(None, *year, None, *unplaced));
        }
    }
    out.sort_by_cached_key(|row| {
        let [one, two] = &row.states;
        let key = |state: &StateKeys| (state.cow.is_none(), state.cow, state.iso.clone());
        (
            key(one),
            key(two),
            row.period.is_none(),
            row.period,
            row.year,
        )
    });
    Ok(out)
}

/// The records of one dyad by where they stand in time.
#[derive(Default)]
struct Tally<'a> {
    placed: BTreeMap<Period, Vec<(&'a Record, bool)>>,
    /// By the year that holds all days of the record, if one does.
    unplaced: BTreeMap<Option<i16>, usize>,
}

impl<'a> Tally<'a> {
    fn add(&mut self, record: &'a Record, place: Place) {
        match place {
            Place::In {
                period,
                by_publication,
            } => {
                let placed = self.placed.entry(period).or_default();
                placed.push((record, by_publication));
            }
            Place::Unplaced { year } => *self.unplaced.entry(year).or_default() += 1,
        }
    }
}

#[derive(Clone, Copy)]
enum Place {
    In {
        period: Period,
        by_publication: bool,
    },
    Unplaced {
        year: Option<i16>,
    },
}

fn place(record: &Record, ask: &Ask, texts: &BTreeMap<&str, &Text>) -> Place {
    let days = record.date.as_ref().and_then(days);
    if let Some(period) = days.and_then(|(start, end)| Period::holding(ask.by, start, end)) {
        return Place::In {
            period,
            by_publication: false,
        };
    }
    let first_text = || {
        let told_by = record.witnesses.iter();
        told_by
            .filter_map(|witness| texts.get(witness.doc.as_str()))
            .filter_map(|text| text.published)
            .min()
    };
    if ask.by_publication
        && let Some([start, end]) = first_text()
        && let Some(period) = Period::holding(ask.by, start, end)
    {
        return Place::In {
            period,
            by_publication: true,
        };
    }
    let year = days.and_then(|(start, end)| Period::holding(By::Year, start, end));
    Place::Unplaced {
        year: year.map(|year| year.first().year()),
    }
}

fn days(date: &FactDate) -> Option<(Date, Date)> {
    Some((date.start?, date.end?))
}

fn published_in(text: &Text, by: By) -> Option<Period> {
    let [start, end] = text.published?;
    Period::holding(by, start, end)
}

/// The dyads that a record counts for. Undirected: every two states that are parties. Directed: who acts on whom; a mutual
/// act and a paper with several signatories go both ways.
fn dyads(record: &Record, ask: &Ask, lexicon: &Lexicon) -> BTreeSet<Dyad> {
    let mut found = BTreeSet::new();
    if !ask.directed {
        let states: Vec<&String> = record
            .parties
            .iter()
            .filter(|id| lexicon.state(id).is_some())
            .collect();
        for (index, one) in states.iter().enumerate() {
            for two in &states[index + 1..] {
                found.extend(both_ways(one, two, false, lexicon));
            }
        }
        return found;
    }
    let states = |parties: &[Party]| -> BTreeSet<String> {
        parties
            .iter()
            .filter_map(|party| party.stands_for())
            .filter(|id| lexicon.state(id).is_some())
            .map(String::from)
            .collect()
    };
    let actors = states(&record.actor);
    let mut each_on_each = |ones: &BTreeSet<String>, others: &BTreeSet<String>| {
        for one in ones {
            for other in others.iter().filter(|other| *other != one) {
                found.insert([one.clone(), other.clone()]);
            }
        }
    };
    each_on_each(&actors, &states(&record.recipient));
    if record.mutual {
        each_on_each(&actors, &actors);
    }
    let signatories = states(&record.signatories);
    each_on_each(&signatories, &signatories);
    if let Some(host) = record.visit.as_ref().and_then(|visit| visit.host.as_ref()) {
        each_on_each(&actors, &states(std::slice::from_ref(host)));
    }
    found
}

/// Both directions of a pair, or its one undirected dyad: the lower Correlates of War number first, as panels have it.
fn both_ways(one: &str, two: &str, directed: bool, lexicon: &Lexicon) -> Vec<Dyad> {
    let key = |iso: &str| {
        let cow = lexicon.state(iso).and_then(|state| state.cow);
        (cow.is_none(), cow, iso.to_owned())
    };
    let (first, second) = if key(one) <= key(two) {
        (one, two)
    } else {
        (two, one)
    };
    let dyad = [first.to_owned(), second.to_owned()];
    let back = [second.to_owned(), first.to_owned()];
    if directed {
        vec![dyad, back]
    } else {
        vec![dyad]
    }
}

fn keys(iso: String, lexicon: &Lexicon) -> StateKeys {
    let state = lexicon.state(&iso);
    StateKeys {
        cow: state.and_then(|state| state.cow),
        gw: state.and_then(|state| state.gw),
        iso,
    }
}

/// The periods of the panel, the same for all dyads and without gaps.
fn periods(
    ask: &Ask,
    published: &BTreeMap<Period, BTreeSet<&str>>,
    panel: &BTreeMap<Dyad, Tally>,
) -> Vec<Period> {
    let told = panel.values().flat_map(|tally| tally.placed.keys());
    let known: BTreeSet<Period> = told.chain(published.keys()).copied().collect();
    let bound = |day: Option<Date>| day.map(|day| Period::of(ask.by, day));
    let first = bound(ask.from).or(known.first().copied());
    let last = bound(ask.to).or(known.last().copied());
    match (first, last) {
        // One more than is allowed is enough to know that there are too many.
        (Some(first), Some(last)) => first.until(last).take(MOST_ROWS + 1).collect(),
        _ => Vec::new(),
    }
}

/// What the records placed in a period come to; `None` where no text covers it.
fn counts(
    placed: &[(&Record, bool)],
    published: Option<&BTreeSet<&str>>,
    texts: &BTreeMap<&str, &Text>,
    codebook: &Codebook,
) -> Option<Counts> {
    let mut covering = published.cloned().unwrap_or_default();
    let mut telling: BTreeSet<&str> = BTreeSet::new();
    let mut scores = Vec::new();
    let mut counts = Counts::default();
    for (record, by_publication) in placed {
        let witnesses = record.witnesses.iter().map(|witness| witness.doc.as_str());
        covering.extend(witnesses.clone());
        counts.by_publication += usize::from(*by_publication);
        if record.negated {
            counts.denied += 1;
            continue;
        }
        let modality = record.modality.unwrap_or(Modality::Asserted);
        *counts.modalities.entry(modality).or_default() += 1;
        if !matches!(modality, Modality::Asserted | Modality::Habitual) {
            continue;
        }
        counts.records += 1;
        telling.extend(witnesses);
        match record.event_type {
            None => counts.untyped += 1,
            Some(event_type) => {
                *counts.types.entry(event_type).or_default() += 1;
                if let Some(quad) = codebook.quad(event_type) {
                    counts.quads[usize::from(quad) - 1] += 1;
                }
            }
        }
        let code = record
            .cameo
            .as_deref()
            .and_then(|code| codebook.cameo(code));
        scores.extend(code.and_then(|code| code.goldstein));
    }
    if covering.is_empty() {
        return None;
    }
    if !scores.is_empty() {
        counts.goldstein_mean = Some(scores.iter().sum::<f64>() / scores.len() as f64);
    }
    counts.documents = covering.len();
    counts.witnesses = telling.len();
    counts.independent = telling
        .iter()
        .map(|id| texts.get(id).map_or(*id, |text| text.original.as_str()))
        .collect::<BTreeSet<_>>()
        .len();
    Some(counts)
}
