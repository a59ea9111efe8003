//! Dates and times as news writes them above and before a story.
//!
//! This reads frames only. Dates inside the story have a grammar of their own in the coding crate.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::{Captures, Regex};

/// A day, perhaps without year, perhaps with time and zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stamp {
    pub year: Option<i16>,
    pub month: i8,
    /// 0 where only the month is given.
    pub day: i8,
    pub time: Option<Time>,
    pub zone: Option<Offset>,
}

impl Stamp {
    /// First and last possible day; a stamp without year has none.
    pub fn days(&self) -> Option<(Date, Date)> {
        let year = self.year?;
        if self.day == 0 {
            let first = Date::new(year, self.month, 1).ok()?;
            return Some((first, first.last_of_month()));
        }
        Date::new(year, self.month, self.day)
            .ok()
            .map(|day| (day, day))
    }

    /// The instant, if day, time and zone are all given.
    pub fn instant(&self) -> Option<Timestamp> {
        let (day, _) = self.days().filter(|_| self.day > 0)?;
        self.zone?.to_timestamp(day.to_datetime(self.time?)).ok()
    }

    /// The same stamp with whatever `other` knows beyond it, if both can be the same moment.
    pub fn joined(mut self, other: Stamp) -> Option<Stamp> {
        let same_day = self.month == other.month
            && self.day == other.day
            && (self.year.is_none() || other.year.is_none() || self.year == other.year);
        same_day.then(|| {
            self.year = self.year.or(other.year);
            self.time = self.time.or(other.time);
            self.zone = self.zone.or(other.zone);
            self
        })
    }
}

const MONTH: &str = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";

static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    let clock = r"(?:at\s+)?(?P<{}h>\d{1,2})[:.](?P<{}m>\d\d)(?::(?P<{}s>\d\d)(?:\.\d+)?)?(?:\s?(?P<{}half>[ap])\.?m\b\.?)?";
    let zone = r"\(?(?P<{}z>(?:UTC|GMT)?\s?[+\-−]\s?\d{1,2}(?::?\d\d)?\b|(?:UTC|GMT|Z|E[SD]T|P[SD]T|CES?T|EES?T|WES?T|WAT|CAT|EAT|SAST|MSK|BST|PKT|WIB|SGT|HKT|JST|KST|AEST|NZ[SD]T)\b)\)?";
    let before = format!(r"(?:{clock}(?:\s*{zone})?\s*[,|·]?\s+(?:on\s+)?)?").replace("{}", "b");
    let after = format!(r"(?:(?:T|\s*[,|·–-]?\s+){clock}(?:\s*{zone})?)?").replace("{}", "a");
    let weekday = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?";
    // Papers of a meeting of several days ("27-28 April 2023") come out on its last.
    let day = format!(
        r"(?:(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)|(?:\d{{1,2}}\s?[-–]\s?)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{MONTH})(?:,?\s+(?:(?P<y2>\d{{4}})|['’](?P<s2>\d\d))\b)?|(?P<m3>{MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?:(?P<y3>\d{{4}})|['’](?P<s3>\d\d))\b)?|(?P<d4>\d{{1,2}})\.\s?(?:(?P<m4>\d{{1,2}})|(?P<roman>[IVX]{{1,4}}))\.\s?(?P<y4>\d{{4}})\b|(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<y7>\d{{4}})\b|(?P<y5>\d{{4}})-(?P<m5>\d\d)\b|(?P<m6>{MONTH})\s+(?P<y6>\d{{4}})\b)"
    );
    Regex::new(&format!("(?i)^{before}{weekday}{day}{after}")).expect("a fixed pattern")
});

/// Reads a stamp at the very start of `text`; gives it with the length of its words.
pub(crate) fn leading(text: &str) -> Option<(Stamp, usize)> {
    let found = STAMP.captures(text)?;
    let number = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| found.name(name))
            .and_then(|part| part.as_str().parse::<i16>().ok())
    };
    let slashed = match (number(&["first"]), number(&["second"])) {
        (Some(first), Some(second)) => Some(in_order(first, second)?),
        _ => None,
    };
    let month = number(&["m1", "m4", "m5"])
        .or(slashed.map(|(_, month)| month))
        .map(|month| month as i8)
        .or_else(|| roman_month(found.name("roman")?.as_str()))
        .or_else(|| {
            ["m2", "m3", "m6"]
                .iter()
                .find_map(|name| found.name(name))
                .map(|name| month_number(name.as_str()))
        })?;
    let day = number(&["d1", "d2", "d3", "d4"])
        .or(slashed.map(|(day, _)| day))
        .unwrap_or(0) as i8;
    let stamp = Stamp {
        year: number(&["y1", "y2", "y3", "y4", "y5", "y6", "y7"])
            .or_else(|| number(&["s2", "s3"]).map(in_century)),
        month,
        day,
        time: clock(&found, "a").or_else(|| clock(&found, "b")),
        zone: zone(&found, "az").or_else(|| zone(&found, "bz")),
    };
    // The 30th of February is no date; the leap year 2000 stands in where no year is given.
    Date::new(stamp.year.unwrap_or(2000), month, day.max(1)).ok()?;
    Some((stamp, found.get(0)?.end()))
}

/// Day and month of two numbers with a slash between; nothing where either order gives a day ("03/04/2015").
fn in_order(first: i16, second: i16) -> Option<(i16, i16)> {
    match (first > 12, second > 12) {
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        _ => (first == second).then_some((first, second)),
    }
}

/// Reads a whole string as a stamp (metadata fields).
pub(crate) fn whole(text: &str) -> Option<Stamp> {
    let text = text.trim();
    leading(text)
        .filter(|&(_, length)| length == text.len())
        .map(|(stamp, _)| stamp)
}

/// "'84": no text of these states is older than 1930 or younger than 2029 where the century is left out.
fn in_century(year: i16) -> i16 {
    if year < 30 { 2000 + year } else { 1900 + year }
}

/// "7.III.2014".
fn roman_month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ];
    let at = MONTHS
        .iter()
        .position(|month| name.eq_ignore_ascii_case(month))?;
    Some(1 + at as i8)
}

fn month_number(name: &str) -> i8 {
    let name = name.to_ascii_lowercase();
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    1 + MONTHS
        .iter()
        .position(|month| name.starts_with(month))
        .expect("the pattern matches months only") as i8
}

fn clock(found: &Captures, side: &str) -> Option<Time> {
    let part = |name: &str| found.name(&format!("{side}{name}"));
    let mut hour: i8 = part("h")?.as_str().parse().ok()?;
    match part("half").map(|half| half.as_str().to_ascii_lowercase()) {
        Some(half) if half == "p" && hour < 12 => hour += 12,
        Some(half) if half == "a" && hour == 12 => hour = 0,
        _ => {}
    }
    let second = part("s").map_or(Some(0), |second| second.as_str().parse().ok())?;
    Time::new(hour, part("m")?.as_str().parse().ok()?, second, 0).ok()
}

fn zone(found: &Captures, group: &str) -> Option<Offset> {
    let words = found.name(group)?.as_str().to_ascii_uppercase();
    let hours = match words.as_str() {
        "UTC" | "GMT" | "Z" => Some(0),
        "PST" => Some(-8),
        "PDT" => Some(-7),
        "EST" => Some(-5),
        "EDT" => Some(-4),
        "WET" => Some(0),
        "CET" | "BST" | "WAT" | "WEST" => Some(1),
        "CEST" | "EET" | "CAT" | "SAST" => Some(2),
        "MSK" | "EEST" | "EAT" => Some(3),
        "PKT" => Some(5),
        "WIB" => Some(7),
        "SGT" | "HKT" => Some(8),
        "JST" | "KST" => Some(9),
        "AEST" => Some(10),
        "NZST" => Some(12),
        "NZDT" => Some(13),
        _ => None,
    };
    if let Some(hours) = hours {
        return Offset::from_hours(hours).ok();
    }
    let negative = words.contains(['-', '−']);
    let digits: String = words
        .chars()
        .filter(|char| char.is_ascii_digit() || *char == ':')
        .collect();
    let (hours, minutes) = match digits.split_once(':') {
        Some(pair) => pair,
        None if digits.len() > 2 => digits.split_at(digits.len() - 2),
        None => (digits.as_str(), "0"),
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        for (words, instant) in [
            ("2021-03-04T05:06:07Z", "2021-03-04T05:06:07Z"),
            ("2021-03-04T05:06:07.123+01:00", "2021-03-04T04:06:07Z"),
            ("4 March 2021 05:06 (UTC+04:00)", "2021-03-04T01:06:00Z"),
            ("14:05 GMT, Monday 3 March 2025", "2025-03-03T14:05:00Z"),
            ("Mar. 3, 2025, 2:05 p.m. EST", "2025-03-03T19:05:00Z"),
            ("3 March 2025 | 09:15 UTC-3", "2025-03-03T12:15:00Z"),
        ] {
            let stamp = whole(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(
                stamp.instant().expect(words).to_string(),
                instant,
                "{words}"
            );
        }
    }

    #[test]
    fn days() {
        for (words, start, end) in [
            ("Thursday, 5th June 2014", "2014-06-05", "2014-06-05"),
            ("Sept 9, 2019", "2019-09-09", "2019-09-09"),
            ("17.11.2020", "2020-11-17", "2020-11-17"),
            ("7.3.2020", "2020-03-07", "2020-03-07"),
            ("Wed 25/3/2015", "2015-03-25", "2015-03-25"),
            ("3/25/2015", "2015-03-25", "2015-03-25"),
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("May 2011", "2011-05-01", "2011-05-31"),
            ("27-28 April 2023", "2023-04-28", "2023-04-28"),
            ("Tues., Mar 6 '73", "1973-03-06", "1973-03-06"),
            ("9 June ’08", "2008-06-09", "2008-06-09"),
            ("12.IX.1988", "1988-09-12", "1988-09-12"),
            ("2019-04-02 07:15 EEST", "2019-04-02", "2019-04-02"),
        ] {
            let (first, last) = whole(words).expect(words).days().expect(words);
            assert_eq!(
                (first.to_string().as_str(), last.to_string().as_str()),
                (start, end)
            );
        }
    }

    #[test]
    fn no_year_no_day() {
        let stamp = whole("5 May").unwrap();
        assert_eq!(
            (stamp.year, stamp.days(), stamp.instant()),
            (None, None, None)
        );
        assert_eq!(whole("31 June 2020"), None);
        assert_eq!(whole("03/04/2015"), None);
        assert_eq!(whole("Maybe 2011"), None);
    }
}
