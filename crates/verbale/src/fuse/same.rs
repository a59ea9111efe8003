//! Whether two facts of one block tell of one thing.
//!
//! The question is answered with "the same" only where words or days say so. Where the words do and a day is missing, the
//! answer is "likely": it is the same if nothing else of the sort is told. Where nothing speaks against it but nothing tells
//! either, the answer is "possibly", and a link is all that comes of it.

use super::FusionRules;
use super::told::Told;
use super::topic::{shared, topic_words};
use super::window::days_between;
use crate::record::{Instrument, InstrumentType, Phase, RecordKind, RelationType};

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Two things.
    Apart,
    /// Nothing tells.
    Possible,
    /// One thing, if it is the only one of its sort that is told.
    Likely,
    /// One thing.
    Same,
}

use Verdict::{Apart, Likely, Possible, Same};

/// What the days of two tellings say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    /// No day is common.
    Apart(i64),
    /// One of them is not dated.
    Unsaid,
    /// They fit.
    Fit,
}

fn days(a: &Told, b: &Told, rules: &FusionRules) -> Days {
    if let (Some(one), Some(other)) = (a.during, b.during) {
        return if one == other {
            Days::Fit
        } else {
            Days::Apart(i64::MAX)
        };
    }
    if a.window.meet(&b.window).is_none() {
        return Days::Apart(a.window.gap(&b.window));
    }
    let widest = rules.time.widest_days;
    if a.window.dated(widest) && b.window.dated(widest) {
        Days::Fit
    } else {
        Days::Unsaid
    }
}

/// Whether the days of a record of this kind must be common to all its facts.
pub(crate) fn bound_by_days(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Visit | RecordKind::Meeting | RecordKind::Event
    )
}

/// Whether two facts of one block tell of one thing.
pub(crate) fn verdict(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    if a.copied(b) {
        return Same;
    }
    match a.kind {
        RecordKind::Visit => visit(a, b, rules),
        RecordKind::Meeting => meeting(a, b, rules),
        RecordKind::Agreement => agreement(a, b, rules),
        RecordKind::Commitment => commitment(a, b, rules),
        RecordKind::Position => position(a, b, rules),
        RecordKind::Relation => relation(a, b, rules),
        RecordKind::Transfer => transfer(a, b, rules),
        RecordKind::Claim => claim(a, b, rules),
        RecordKind::Figure => figure(a, b, rules),
        RecordKind::Event => event(a, b, rules),
        RecordKind::Cooperation | RecordKind::Person => Same,
    }
}

/// An undated mention in a dated text, of something recent at the time: "the visit", "the talks".
fn recent(a: &Told, b: &Told, rules: &FusionRules) -> bool {
    let (dated, undated) = if a.window.dated(rules.time.widest_days) {
        (a, b)
    } else {
        (b, a)
    };
    let (Some(start), Some(end), Some(published)) =
        (dated.window.start, dated.window.end, undated.published)
    else {
        return false;
    };
    let reach = rules.time.recent_days;
    !undated.window.dated(rules.time.widest_days)
        && undated.fact.modality == dated.fact.modality
        && days_between(start, end) <= reach
        && days_between(start, published.end) >= 0
        && days_between(end, published.start) <= reach
}

/// Two undated tellings that came out within days of each other.
fn one_news(a: &Told, b: &Told, rules: &FusionRules) -> bool {
    let widest = rules.time.widest_days;
    let (Some(one), Some(other)) = (a.published, b.published) else {
        return false;
    };
    let apart = days_between(one.end, other.start).max(days_between(other.end, one.start));
    !a.window.dated(widest)
        && !b.window.dated(widest)
        && a.fact.modality == b.fact.modality
        && apart <= rules.time.news_days
}

/// Whether the text without a day may look back on what the other dates: it came out no earlier, and within a year.
fn looks_back(a: &Told, b: &Told, rules: &FusionRules) -> bool {
    let widest = rules.time.widest_days;
    let after = |dated: &Told, undated: &Told| match (dated.window.start, undated.published) {
        (Some(start), Some(published)) => {
            (0..=rules.time.remembered_days).contains(&days_between(start, published.end))
        }
        _ => true,
    };
    a.fact.modality == b.fact.modality
        && match (a.window.dated(widest), b.window.dated(widest)) {
            (true, false) => after(a, b),
            (false, true) => after(b, a),
            _ => true,
        }
}

/// So many words in common that only days could tell the two apart, and no day is given: neither of the acts nor, far from one
/// another, of the texts.
fn told_alike(a: &Told, b: &Told, rules: &FusionRules) -> bool {
    let widest = rules.time.widest_days;
    let far = match (a.published, b.published) {
        (Some(one), Some(other)) => {
            let apart = days_between(one.end, other.start).max(days_between(other.end, one.start));
            apart > rules.time.recent_days
        }
        _ => false,
    };
    !far && !a.window.dated(widest)
        && !b.window.dated(widest)
        && a.fact.modality == b.fact.modality
        && a.topic.common(&b.topic) > rules.words.distinctive
}

/// Words of one text that tell of two sorts of meeting: a call and a session, an invitation and talks.
fn two_sorts<'a>(a: &Told<'a>, b: &Told<'a>) -> bool {
    let code = |told: &Told<'a>| told.fact.cameo.as_deref().unwrap_or_default();
    let (one, other) = (code(a), code(b));
    let general = |code: &str| code.len() < 3 || code == "040";
    let types = a.fact.event_type != b.fact.event_type;
    a.same_text(b) && (types || one != other && !general(one) && !general(other))
}

fn visit(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    if a.visitor.is_some() && b.visitor.is_some() && a.visitor != b.visitor {
        return Apart;
    }
    let one_visitor = a.visitor.is_some() && a.visitor == b.visitor;
    match days(a, b, rules) {
        // Words that list visits ("in March and in October, including the latest") count them apart.
        Days::Apart(_) | Days::Fit if a.same_words(b) => Apart,
        Days::Unsaid if a.same_words(b) => Possible,
        Days::Apart(gap) if one_visitor && gap <= rules.time.slack_days && single_days(a, b) => {
            Same
        }
        Days::Apart(_) => Apart,
        Days::Fit => Same,
        Days::Unsaid if a.same_text(b) || recent(a, b, rules) => Same,
        Days::Unsaid if one_visitor && looks_back(a, b, rules) => Likely,
        Days::Unsaid => Possible,
    }
}

/// Two days given by two texts; a text that tells of two days itself means two happenings.
fn single_days(a: &Told, b: &Told) -> bool {
    !a.same_text(b) && a.window.gap(&b.window) > 0
}

/// Whether the people of each state in both tellings may be the same.
fn people_fit(a: &Told, b: &Told) -> bool {
    a.people.iter().all(|(side, people)| {
        b.people
            .get(side)
            .is_none_or(|others| !people.is_disjoint(others))
    })
}

fn meeting(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    if !people_fit(a, b) || two_sorts(a, b) {
        return Apart;
    }
    match days(a, b, rules) {
        Days::Apart(_) => Apart,
        Days::Fit if a.during.is_some() && a.during == b.during => Same,
        Days::Fit if narrow(a) && narrow(b) => Same,
        Days::Fit => Possible,
        Days::Unsaid if a.same_text(b) || recent(a, b, rules) => Same,
        Days::Unsaid => Possible,
    }
}

/// Within days, not within a month or a year.
fn narrow(told: &Told) -> bool {
    told.window.days().is_some_and(|days| days <= 4)
        || told.window.yearless.is_some_and(|(_, day)| day.is_some())
}

fn topics_match(a: &Told, b: &Told, rules: &FusionRules) -> bool {
    let least = if a.same_text(b) {
        rules.words.share_within
    } else {
        rules.words.share_between
    };
    shared(&a.topic, &b.topic) >= least
}

/// One word in common does not make a wish or a view the same where both have more to say.
fn matters_match(a: &Told, b: &Told, rules: &FusionRules) -> bool {
    let common = a.topic.common(&b.topic);
    let longer = a.topic.len().max(b.topic.len());
    topics_match(a, b, rules) && common >= longer.min(rules.words.distinctive)
}

fn sectors_meet(a: &Told, b: &Told) -> bool {
    a.fact
        .sectors
        .iter()
        .any(|sector| b.fact.sectors.contains(sector))
}

fn agreement(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    let (one, other) = (
        paper_type(&a.fact.instrument),
        paper_type(&b.fact.instrument),
    );
    let packages = u8::from(a.package) + u8::from(b.package);
    let one_step = match (&a.fact.instrument, &b.fact.instrument) {
        (Some(one), Some(other)) => one.status == other.status,
        (one, other) => one.is_none() && other.is_none(),
    };
    let when = days(a, b, rules);
    if packages == 1
        || (packages == 0 && !types_fit(one, other))
        || (a.same_words(b) && when != Days::Fit)
    {
        return Apart;
    }
    if matches!(when, Days::Apart(gap) if one_step && (gap > rules.time.slack_days || gap == 0)) {
        return Apart;
    }
    if packages == 2 {
        return package(a, b, when, rules);
    }
    let counted = a.fact.count.is_some() as u8 + b.fact.count.is_some() as u8;
    if counted == 1 {
        return Apart;
    }
    // "The text, signed in March" is the paper that its text names.
    let behind = a.same_text(b)
        && is_named(a, rules) != is_named(b, rules)
        && !super::told::is_plural(a.fact, rules)
        && !super::told::is_plural(b.fact, rules)
        && !a.same_words(b);
    if behind && packages == 0 && !matches!(when, Days::Apart(_) if one_step) {
        return Same;
    }
    let topic = topics_match(a, b, rules);
    let common = a.topic.common(&b.topic);
    match when {
        Days::Apart(_) | Days::Unsaid if topic && common >= rules.words.distinctive => Same,
        Days::Apart(_) if topic && !one_step => Same,
        Days::Apart(_) => Apart,
        Days::Fit if topic => Same,
        Days::Unsaid if topic && (a.same_text(b) || recent(a, b, rules)) => Same,
        // "The labour agreement" of the same two, and nothing else said of either.
        Days::Unsaid if topic && a.topic == b.topic && one == other => Same,
        Days::Unsaid if topic && one == other => Likely,
        Days::Unsaid if topic => Possible,
        _ if a.same_text(b) => Apart,
        _ if sectors_meet(a, b) => Possible,
        _ => Apart,
    }
}

/// Whether the words say what the paper is about.
fn is_named(told: &Told, rules: &FusionRules) -> bool {
    let parties = super::topic::party_words(told.fact, rules);
    let title = told
        .fact
        .instrument
        .iter()
        .filter_map(|paper| paper.title.as_deref());
    let about = told.fact.about.iter().map(String::as_str);
    !topic_words(title.chain(about), &parties, rules).is_empty() || !told.fact.sectors.is_empty()
}

/// Several papers at one table. A text that dates one signing may well speak of another without a day.
fn package(a: &Told, b: &Told, when: Days, rules: &FusionRules) -> Verdict {
    let widest = rules.time.widest_days;
    let both_undated = !a.window.dated(widest) && !b.window.dated(widest);
    let open_field = a.fact.sectors.is_empty() || b.fact.sectors.is_empty();
    match when {
        Days::Apart(_) => Apart,
        Days::Fit => Same,
        Days::Unsaid if a.same_text(b) && both_undated && !differ_in_count(a, b) => Same,
        Days::Unsaid if !a.same_text(b) && recent(a, b, rules) => Same,
        Days::Unsaid if open_field || sectors_meet(a, b) => Possible,
        Days::Unsaid => Apart,
    }
}

fn differ_in_count(a: &Told, b: &Told) -> bool {
    match (&a.fact.count, &b.fact.count) {
        (Some(one), Some(other)) => one.value != other.value,
        _ => false,
    }
}

fn paper_type(paper: &Option<Instrument>) -> InstrumentType {
    paper
        .as_ref()
        .map_or(InstrumentType::Unknown, |paper| paper.instrument_type)
}

fn types_fit(a: InstrumentType, b: InstrumentType) -> bool {
    use InstrumentType::{
        Agreement, Contract, Declaration, Memorandum, Protocol, Statement, Treaty, Unknown,
    };
    a == b
        || matches!(
            (a, b),
            (Unknown, _)
                | (_, Unknown)
                | (Agreement, Treaty | Contract | Protocol | Memorandum)
                | (Treaty | Contract | Protocol | Memorandum, Agreement)
                | (Declaration, Statement)
                | (Statement, Declaration)
        )
}

fn commitment(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    if a.matter.paid != b.matter.paid {
        return Apart;
    }
    let within_reach = |a: f64, b: f64| a.min(b) * 2.0 >= a.max(b);
    let topic = matters_match(a, b, rules);
    let apart = matches!(days(a, b, rules), Days::Apart(_));
    match (&a.fact.amount, &b.fact.amount) {
        (Some(one), Some(other)) if one.currency == other.currency && one.unit == other.unit => {
            if one.value == other.value {
                if topic
                    || sectors_meet(a, b)
                    || a.fact.sectors.is_empty()
                    || b.fact.sectors.is_empty()
                {
                    Same
                } else {
                    Likely
                }
            } else if topic && !a.same_text(b) && !apart && within_reach(one.value, other.value) {
                Same
            } else {
                Apart
            }
        }
        (Some(_), Some(_)) => Apart,
        _ if apart => Apart,
        (None, None) if topic => Same,
        // A sum and a wish in one field are two statements until words join them.
        _ if topic && a.same_text(b) => Apart,
        _ if topic => Likely,
        _ => Apart,
    }
}

fn position(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    let (one, other) = (a.matter.named_for, b.matter.named_for);
    if one.is_some() && other.is_some() && one != other {
        return Apart;
    }
    if a.fact.issue.is_some() {
        return Same;
    }
    let bodies = a.matter.of_bodies;
    if bodies != b.matter.of_bodies {
        return Apart;
    }
    if bodies || (a.topic.is_empty() && b.topic.is_empty()) || matters_match(a, b, rules) {
        return Same;
    }
    Apart
}

fn relation(a: &Told, b: &Told, _rules: &FusionRules) -> Verdict {
    let sort = |told: &Told| {
        told.fact
            .relation
            .as_ref()
            .map(|relation| relation.relation_type)
    };
    match sort(a) {
        Some(RelationType::Recognition) => match (a.topic.is_empty(), b.topic.is_empty()) {
            (true, true) => Same,
            (false, false) if shared(&a.topic, &b.topic) == 1.0 => Same,
            // What is recognised decides: a state's independence and an event of its history are two recognitions.
            (false, false) => Apart,
            _ => Possible,
        },
        Some(RelationType::Other) | None => {
            if a.topic == b.topic && a.fact.sectors == b.fact.sectors {
                Same
            } else {
                Apart
            }
        }
        Some(_) => Same,
    }
}

/// Whether a fact dates the beginning of a relation.
pub(crate) fn establishes(told: &Told) -> bool {
    told.fact
        .relation
        .as_ref()
        .is_some_and(|relation| relation.phase == Phase::Established)
}

fn transfer(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    let (one, other) = (&a.matter.designation, &b.matter.designation);
    let when = days(a, b, rules);
    let one_step = a.matter.step == b.matter.step;
    if matches!(when, Days::Apart(gap) if one_step && gap > rules.time.slack_days) {
        return Apart;
    }
    match (one.is_empty(), other.is_empty()) {
        (false, false) if shared(one, other) >= rules.words.share_between => Same,
        (false, false) => Apart,
        _ if a.same_text(b)
            && quantity(a).is_some()
            && quantity(b).is_some_and(|other| Some(other) != quantity(a)) =>
        {
            Possible
        }
        _ if a.same_text(b) => Same,
        // "Forty aircraft" in one text and forty of a type in another, between the same two.
        _ if quantity(a).is_some() && quantity(a) == quantity(b) => Same,
        (true, true) if shared(&a.topic, &b.topic) > 0.0 && when == Days::Fit => Same,
        _ => Possible,
    }
}

fn quantity(told: &Told) -> Option<u64> {
    Some(told.fact.item.as_ref()?.quantity?.to_bits())
}

fn claim(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    if shared(&a.topic, &b.topic) >= rules.words.share_between {
        Same
    } else {
        Apart
    }
}

fn figure(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    let value = |told: &Told| {
        let amount = told.fact.amount.as_ref().map(|amount| amount.value);
        amount.or(told.fact.count.as_ref().map(|count| count.value))
    };
    let alike = shared(&a.topic, &b.topic);
    if value(a) == value(b) && alike >= rules.words.share_between {
        return Same;
    }
    let apart = matches!(days(a, b, rules), Days::Apart(_));
    if value(a) != value(b) && alike >= rules.words.share_within && !a.same_text(b) && !apart {
        return Same;
    }
    Apart
}

fn event(a: &Told, b: &Told, rules: &FusionRules) -> Verdict {
    if a.fact.issue.is_some() && b.fact.issue.is_some() && a.fact.issue != b.fact.issue {
        return Apart;
    }
    let alike = shared(&a.topic, &b.topic);
    let topic = topics_match(a, b, rules);
    let once = !a.same_text(b)
        && a.fact.modality == b.fact.modality
        && a.fact
            .mode
            .iter()
            .any(|mode| rules.is_done_once(mode) && b.fact.mode.contains(mode));
    let near = || recent(a, b, rules) || one_news(a, b, rules);
    match days(a, b, rules) {
        Days::Apart(_) => Apart,
        _ if a.same_words(b) => Apart,
        Days::Fit if topic => Same,
        Days::Fit if once && narrow(a) && narrow(b) => Same,
        Days::Unsaid if once && near() => Same,
        Days::Fit if narrow(a) && narrow(b) && !a.same_text(b) && alike > 0.0 => Same,
        Days::Fit if once => Likely,
        Days::Fit if !a.same_text(b) => Possible,
        Days::Unsaid if topic && (a.same_text(b) || near()) => Same,
        Days::Unsaid if alike >= rules.words.share_within && told_alike(a, b, rules) => Same,
        Days::Unsaid if (topic || once) && !a.same_text(b) && looks_back(a, b, rules) => Likely,
        Days::Unsaid if topic => Possible,
        _ => Apart,
    }
}
