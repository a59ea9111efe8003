//! Fusion cases as files: texts, facts in short form, and the records that must come of them.

use std::collections::BTreeMap;

use serde::Deserialize;
use verbale::fuse::{DocumentInfo, FusionRules, runs_of};
use verbale::record::{
    Amount, Count, DateBasis, EventType, Fact, FactDate, Granularity, Instrument, Item, Kind,
    Modality, Office, Party, PartyBasis, PartyType, PersonRef, Phase, Relation, RelationType,
    SCHEMA, Stance, Visit, VisitGrade, Voice, VoiceKind, VoiceMode,
};
use verbale_read::{Published, PublishedBasis, Span};

/// One file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Why the case exists.
    pub why: String,
    pub text: Vec<Text>,
    pub fact: Vec<ShortFact>,
    #[serde(default)]
    pub record: Vec<Expected>,
    /// Text id → day before which it cannot be written.
    #[serde(default)]
    pub not_before: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub id: String,
    pub published: Option<String>,
    pub outlet: Option<String>,
    /// The text itself, where copies matter.
    #[serde(default)]
    pub words: String,
}

/// A fact with what the case needs. `actor = ["MLI", "NER/Aissa Baro", "P/Jane Roe"]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortFact {
    pub id: String,
    pub kind: Kind,
    pub quote: String,
    /// First byte; by default the place in the list times 100.
    pub at: Option<usize>,
    #[serde(default)]
    pub actor: Vec<String>,
    #[serde(default)]
    pub recipient: Vec<String>,
    #[serde(default)]
    pub beneficiary: Vec<String>,
    #[serde(default)]
    pub signatories: Vec<String>,
    #[serde(default)]
    pub mutual: bool,
    #[serde(default)]
    pub negated: bool,
    pub modality: Option<Modality>,
    /// `2019-03-09`, `2019-03`, `2019`, `a/b`, `XXXX-03-09`.
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub when: String,
    pub days: Option<u32>,
    pub speaker: Option<String>,
    #[serde(rename = "type")]
    pub event_type: Option<EventType>,
    pub cameo: Option<String>,
    #[serde(default)]
    pub sectors: Vec<String>,
    #[serde(default)]
    pub about: Vec<String>,
    #[serde(default)]
    pub body: Vec<String>,
    pub issue: Option<String>,
    pub stance: Option<Stance>,
    pub paper: Option<Instrument>,
    pub relation: Option<(RelationType, Phase, String)>,
    pub visit: Option<VisitGrade>,
    pub amount: Option<(f64, String)>,
    pub count: Option<f64>,
    pub item: Option<(String, f64)>,
    pub office: Option<(String, String)>,
    pub repeats: Option<String>,
    pub part_of: Option<String>,
}

/// A record that must exist with exactly these facts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub kind: String,
    pub facts: Vec<String>,
    pub date: Option<String>,
    pub status: Option<String>,
    pub steps: Option<Vec<String>>,
    pub conflicts: Option<Vec<String>>,
    /// Codes that must be among its flags.
    #[serde(default)]
    pub flags: Vec<String>,
    #[serde(default)]
    pub no_flags: Vec<String>,
    pub independent: Option<usize>,
    pub voices: Option<usize>,
    /// `part_of a1`: a tie to the record that holds fact `a1`; all ties, in any order.
    pub links: Option<Vec<String>>,
}

impl Case {
    pub fn documents(&self) -> Vec<DocumentInfo> {
        self.text
            .iter()
            .map(|text| DocumentInfo {
                id: text.id.clone(),
                name: format!("{}.txt", text.id),
                published: text.published.as_ref().map(|day| {
                    let day = day.parse().expect("a day");
                    Published {
                        instant: None,
                        start: day,
                        end: day,
                        basis: PublishedBasis::Metadata,
                        text: None,
                        span: None,
                    }
                }),
                outlet: text.outlet.clone(),
                runs: runs_of(&text.words, FusionRules::embedded()),
            })
            .collect()
    }

    pub fn facts(&self) -> Vec<Fact> {
        self.fact
            .iter()
            .enumerate()
            .map(|(place, fact)| self.expand(place, fact))
            .collect()
    }

    fn expand(&self, place: usize, short: &ShortFact) -> Fact {
        let doc = self
            .text
            .iter()
            .map(|text| &text.id)
            .filter(|id| short.id.starts_with(id.as_str()))
            .max_by_key(|id| id.len())
            .unwrap_or_else(|| panic!("fact `{}` begins with no text's id", short.id));
        let start = short.at.unwrap_or(place * 100);
        let parties =
            |list: &[String]| -> Vec<Party> { list.iter().map(|each| party(each)).collect() };
        let narrator = Voice {
            kind: VoiceKind::Outlet,
            name: String::new(),
            role: None,
            side: None,
            official: None,
            mode: VoiceMode::Narration,
            text: None,
            start: None,
            end: None,
        };
        let speaker = short.speaker.as_ref().map(|name| Voice {
            kind: VoiceKind::Speaker,
            name: name.clone(),
            mode: VoiceMode::Direct,
            ..narrator.clone()
        });
        Fact {
            schema: SCHEMA,
            id: short.id.clone(),
            doc: doc.clone(),
            doc_name: format!("{doc}.txt"),
            kind: short.kind,
            quote: short.quote.clone(),
            span: Span::new(start, start + short.quote.len()),
            char_start: start,
            char_end: start + short.quote.chars().count(),
            event_type: short.event_type,
            mode: Vec::new(),
            contexts: Vec::new(),
            cameo: short.cameo.clone(),
            goldstein: None,
            plover_score: None,
            quad: None,
            actor: parties(&short.actor),
            recipient: parties(&short.recipient),
            mutual: short.mutual,
            negated: short.negated,
            modality: short.modality.unwrap_or(Modality::Asserted),
            date: date(&short.date, &short.when, short.days),
            attribution: std::iter::once(narrator).chain(speaker).collect(),
            sectors: short.sectors.clone(),
            about: short.about.clone(),
            body: short.body.clone(),
            issue: short.issue.clone(),
            beneficiary: parties(&short.beneficiary),
            stance: short.stance,
            instrument: short.paper.clone(),
            signatories: parties(&short.signatories),
            relation: short
                .relation
                .as_ref()
                .map(|(sort, phase, object)| Relation {
                    relation_type: *sort,
                    phase: *phase,
                    object: (!object.is_empty()).then(|| object.clone()),
                }),
            visit: short.visit.map(|grade| Visit {
                grade,
                participants: Vec::new(),
                host: None,
            }),
            amount: short.amount.as_ref().map(|(value, unit)| {
                let money = unit.len() == 3 && unit.chars().all(char::is_uppercase);
                Amount {
                    value: *value,
                    currency: money.then(|| unit.clone()),
                    unit: (!money).then(|| unit.clone()),
                    text: format!("{value} {unit}"),
                    approximate: false,
                }
            }),
            count: short.count.map(|value| Count {
                value,
                of: "documents".to_owned(),
                total: None,
            }),
            item: short.item.as_ref().map(|(designation, quantity)| Item {
                designation: designation.clone(),
                quantity: (*quantity > 0.0).then_some(*quantity),
                text: designation.clone(),
            }),
            office: short.office.as_ref().map(|(title, of)| Office {
                title: title.clone(),
                of: Some(of.clone()),
                to: None,
                official: true,
            }),
            qualifiers: Vec::new(),
            location: None,
            repeats: short.repeats.clone(),
            part_of: short.part_of.clone(),
            rule: "hand".to_owned(),
            confidence: 1.0,
            flags: Vec::new(),
            review: None,
        }
    }
}

fn party(short: &str) -> Party {
    let (head, name) = short.split_once('/').unwrap_or((short, ""));
    let person = (!name.is_empty()).then(|| PersonRef {
        id: format!("P:{}", name.to_lowercase().replace(' ', "_")),
        name: name.to_owned(),
    });
    let alone = head == "P";
    let id = match &person {
        Some(person) if alone => person.id.clone(),
        _ => head.to_owned(),
    };
    Party {
        id,
        party_type: if alone {
            PartyType::Person
        } else {
            PartyType::State
        },
        name: if alone {
            name.to_owned()
        } else {
            head.to_owned()
        },
        text: head.to_owned(),
        span: Span::new(0, 0),
        basis: PartyBasis::Named,
        person: person.filter(|_| !alone),
        state: None,
        role: None,
        sector: None,
    }
}

fn date(edtf: &str, when: &str, days: Option<u32>) -> FactDate {
    let mut date = FactDate {
        edtf: edtf.to_owned(),
        text: if when.is_empty() {
            edtf.to_owned()
        } else {
            when.to_owned()
        },
        duration_days: days,
        ..FactDate::unknown()
    };
    if edtf.is_empty() {
        return date;
    }
    date.basis = DateBasis::Explicit;
    if edtf.starts_with("XXXX") {
        date.granularity = Granularity::Day;
        return date;
    }
    let (first, last) = edtf.split_once('/').unwrap_or((edtf, edtf));
    let day = |text: &str| -> jiff::civil::Date {
        match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        }
        .parse()
        .expect("a day")
    };
    date.start = Some(day(first));
    (date.end, date.granularity) = match last.len() {
        4 => (Some(day(last).last_of_year()), Granularity::Year),
        7 => (Some(day(last).last_of_month()), Granularity::Month),
        _ => (Some(day(last)), Granularity::Day),
    };
    date
}
