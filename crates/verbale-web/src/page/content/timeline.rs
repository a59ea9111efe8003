//! What has a place in time, as a picture and as a table.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use verbale::record::{EventType, FactDate, Granularity, Record, RecordKind};

use super::super::timeline::{Days, Lane, Mark, Timeline};
use super::super::words::{date, modality, witnesses};
use super::super::{Block, Look, Section};
use super::{Told, look, section};

/// Marks that a picture can hold; where there are more, those of one period and look become one.
const MOST: usize = 240;

/// Lengths of a period in months.
const PERIODS: [i32; 4] = [3, 12, 60, 120];

/// Periods that can be told apart; where there are more, a longer one is taken.
const TOLD_APART: i32 = 24;

/// The lanes from the top down.
const LANES: [&str; 7] = [
    "visits",
    "agreements",
    "statements",
    "defence",
    "economy",
    "cooperation",
    "material conflict",
];

pub(super) fn timeline(told: &Told) -> Section {
    let records = &told.dossier.timeline;
    let mut blocks = told.table(
        "timeline",
        vec!["date", "lane", "what", "modality", "told by"],
        records,
        |record| {
            vec![
                date(record.date.as_ref()),
                lane(record).into(),
                record.title.clone(),
                modality(record),
                witnesses(record),
            ]
        },
    );
    if !blocks.is_empty() {
        blocks.insert(0, Block::Timeline(picture(records)));
    }
    section("timeline", "Timeline", blocks)
}

fn lane(record: &Record) -> &'static str {
    let about = |sectors: &[&str]| {
        record
            .sectors
            .iter()
            .any(|sector| sectors.contains(&sector.as_str()))
    };
    match (record.kind, record.event_type) {
        (RecordKind::Visit | RecordKind::Meeting, _) => "visits",
        (RecordKind::Agreement, _) => "agreements",
        (RecordKind::Transfer, _) => "defence",
        (RecordKind::Claim | RecordKind::Position, _) => "statements",
        (
            _,
            Some(
                EventType::Protest
                | EventType::Sanction
                | EventType::Mobilize
                | EventType::Coerce
                | EventType::Assault,
            ),
        ) => "material conflict",
        _ if about(&["defence"]) => "defence",
        _ if about(&[
            "trade",
            "energy",
            "investment",
            "transport",
            "infrastructure",
            "finance",
            "agriculture",
        ]) =>
        {
            "economy"
        }
        (_, Some(EventType::Cooperate | EventType::Aid | EventType::Retreat)) => "cooperation",
        _ => "statements",
    }
}

/// First and last day of what is told together; none where no day is known.
type Period = Option<(Date, Date)>;

fn picture(records: &[Arc<Record>]) -> Timeline {
    let mut lanes: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    let place = |record: &Record| LANES.iter().position(|known| *known == lane(record));
    if records.len() > MOST {
        let months = length(records);
        let mut heaps: HashMap<(usize, Period, Look), usize> = HashMap::new();
        for record in records {
            let first = record
                .date
                .as_ref()
                .and_then(|date| date.start.or(date.end));
            let heap = (
                place(record).unwrap_or_default(),
                first.map(|day| period(day, months)),
                look(record),
            );
            *heaps.entry(heap).or_default() += 1;
        }
        for ((lane, period, look), count) in heaps {
            lanes
                .entry(lane)
                .or_default()
                .push(heap(period, look, count));
        }
    } else {
        for record in records {
            let mark = one(record);
            lanes
                .entry(place(record).unwrap_or_default())
                .or_default()
                .push(mark);
        }
    }
    Timeline {
        records: records.len(),
        lanes: lanes
            .into_iter()
            .map(|(lane, mut marks)| {
                marks.sort_by(|a, b| (a.days, a.look, &a.record).cmp(&(b.days, b.look, &b.record)));
                Lane {
                    name: LANES[lane],
                    marks,
                }
            })
            .collect(),
    }
}

/// The length of a period in months, so that there are not too many from the first day to the last.
fn length(records: &[Arc<Record>]) -> i32 {
    let days = || {
        records
            .iter()
            .filter_map(|record| record.date.as_ref())
            .flat_map(|date| date.start.or(date.end))
    };
    let years = match (days().min(), days().max()) {
        (Some(first), Some(last)) => i32::from(last.year()) - i32::from(first.year()) + 1,
        _ => 1,
    };
    PERIODS
        .into_iter()
        .find(|months| years * 12 / months <= TOLD_APART)
        .unwrap_or(PERIODS[3])
}

/// The period of so many months in which a day lies; periods begin with a year that their length divides.
fn period(day: Date, months: i32) -> (Date, Date) {
    let at = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let first = at.div_euclid(months) * months;
    let begin = |at: i32| {
        let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
        // Years and months come of a date, and a period around it stays within what dates can hold but at their very ends.
        Date::new(year as i16, month as i8, 1).unwrap_or(day)
    };
    (begin(first), begin(first + months - 1).last_of_month())
}

fn heap(period: Option<(Date, Date)>, look: Look, count: usize) -> Mark {
    let records = if count == 1 { "record" } else { "records" };
    let when = period.map_or_else(
        || "undated".into(),
        |(first, last)| format!("{first} to {last}"),
    );
    Mark {
        days: period.map_or(Days::Unknown, |(first, last)| Days::Span(first, last)),
        look,
        title: format!("{when}: {count} {records}, {}", look.word()),
        count,
        record: None,
        ask: period.map(|(first, last)| format!("from={first}&to={last}")),
    }
}

fn one(record: &Record) -> Mark {
    let look = look(record);
    Mark {
        days: record.date.as_ref().map_or(Days::Unknown, days),
        look,
        title: format!(
            "{}: {} ({}; {})",
            date(record.date.as_ref()),
            record.title,
            look.word(),
            witnesses(record)
        ),
        count: 1,
        record: Some(record.id.clone()),
        ask: None,
    }
}

/// A length that is told is no vagueness: "a visit of two days" is not "some day in July".
fn days(date: &FactDate) -> Days {
    match (date.start, date.end) {
        (Some(start), Some(end)) if start == end => Days::Day(start),
        (Some(start), Some(end)) => {
            let told = date.duration_days.is_some() || date.granularity == Granularity::Range;
            if told {
                Days::Span(start, end)
            } else {
                Days::Vague(start, end)
            }
        }
        (Some(start), None) => Days::From(start),
        (None, Some(end)) => Days::Until(end),
        (None, None) => Days::Unknown,
    }
}
