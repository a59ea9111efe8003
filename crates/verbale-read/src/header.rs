//! What stands above a story and opens it: crawl headers, date lines, bylines, datelines.

use std::sync::LazyLock;

use regex::Regex;

use crate::lines::{lines, trimmed};
use crate::set_off;
use crate::stamp::{self, Stamp};
use crate::{Diagnostic, Furniture, FurnitureKind, PublishedBasis, Sourced, Span};

/// What the frame above a story gives.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Header {
    pub furniture: Vec<Furniture>,
    pub stamp: Option<(Stamp, Span, PublishedBasis)>,
    pub outlet: Option<Sourced>,
    pub author: Option<Sourced>,
}

/// So many lines with words are looked at; a date further down belongs to the story.
const LINES: usize = 9;
/// A line longer than this is the story, whatever it looks like.
pub(crate) const FRAME_LINE: usize = 160;

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:date|(?:first\s+)?published|publication date|posted|(?:last\s+)?updated|last modified|release date|issued)(?:\s+(?:on|at))?\s*:?\s+").expect("a fixed pattern")
});
static NAME: &str = r"\p{Lu}[\p{L}.'’-]+(?:\s+(?:\p{Lu}[\p{L}.'’-]*|al|bin|ibn|de|da|del|der|di|el|la|van|von|and|&)){0,6}";
static BYLINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"^(?:[Bb]y|BY)\s+({NAME})")).expect("a fixed pattern"));
static READ_MORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"^({NAME})\s+Read more$")).expect("a fixed pattern"));
static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\s,|/·•–—-]+").expect("a fixed pattern"));

// BAKU, Azerbaijan, · NEW DELHI/COLOMBO, · Geneva
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    let shout = r"\p{Lu}{2}[\p{Lu}.'’-]*(?:\s\p{Lu}[\p{Lu}.'’-]+)*";
    let plain = r"\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,2}";
    Regex::new(&format!(
        r"^(?:(?P<shout>{shout}(?:/{shout})*)|{plain})(?:,\s*|\s+|$|(?P<colon>:))"
    ))
    .expect("a fixed pattern")
});
static COUNTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}.]+(?:\s\p{Lu}[\p{L}.]+){0,2}(?:,\s*|\s+)").expect("a fixed pattern")
});
static AGENCY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s,]*(?:\((\p{Lu}[^()]{1,40})\)|/(\p{Lu}[^/]{1,40})/)").expect("a fixed pattern")
});
static END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?:[—–:-]{1,2}|\.)\s+").expect("a fixed pattern"));

/// Reads the frame from the top of a text.
pub(crate) fn header(text: &str) -> (Header, Vec<Diagnostic>) {
    let mut header = Header::default();
    let mut framed: Vec<usize> = Vec::new();
    let top: Vec<(Span, &str)> = lines(text).take(4 * LINES).collect();
    let mut with_words = 0;
    let mut elsewhere = None;
    for (index, &(span, line)) in top.iter().enumerate() {
        if line.is_empty() {
            continue;
        }
        with_words += 1;
        if with_words > LINES {
            break;
        }
        let used = header.frame_line(span, line);
        if used == line.len() {
            framed.push(index);
            continue;
        }
        let (rest_span, rest) = trimmed(&line[used..], span.start + used);
        if header.opening(rest_span, rest) || header.dateline(rest_span, rest) {
            break;
        }
        header.heading(rest_span, rest);
        let prose = is_prose(rest);
        elsewhere = elsewhere.or_else(|| {
            let heading = (!prose).then(|| set_off::somewhere(rest)).flatten();
            let (stamp, at) = heading.or_else(|| set_off::of_talk(rest))?;
            let start = rest_span.start;
            Some((stamp, Span::new(start + at.start, start + at.end)))
        });
        if used > 0 || prose {
            break;
        }
    }
    if header.stamp.is_none() {
        header.stamp = elsewhere.map(|(stamp, at)| (stamp, at, PublishedBasis::Header));
    }
    header.neighbours(&top, &framed);
    header.furniture.sort_by_key(|piece| piece.span);
    let diagnostics = header.without_year();
    (header, diagnostics)
}

/// A headline has no full stop at its end, also not before its last quotation mark, and is short; prose is neither.
fn is_prose(line: &str) -> bool {
    line.len() > 2 * FRAME_LINE || line.trim_end_matches(['”', '"']).ends_with('.')
}

impl Header {
    /// Reads a line of the frame; gives how many of its bytes belong to the frame.
    fn frame_line(&mut self, span: Span, line: &str) -> usize {
        if let Some(found) = READ_MORE.captures(line) {
            let name = found.get(1).expect("the pattern has one group");
            self.add_author(span.start, name);
            self.add(FurnitureKind::Byline, span);
            return line.len();
        }
        let mut at = 0;
        let mut label = false;
        let mut stamp: Option<Stamp> = None;
        let mut author = None;
        loop {
            let rest = &line[at..];
            if let Some(found) = LABEL.find(rest)
                && stamp::leading(&rest[found.end()..]).is_some()
            {
                label = true;
                at += found.end();
            } else if let Some((next, length)) = stamp::leading(rest) {
                // "Updated:" after "Published:" tells when the page changed, not when the text came out.
                stamp = Some(match stamp {
                    Some(first) => first.joined(next).unwrap_or(first),
                    None => next,
                });
                at += length;
            } else if let Some(found) = BYLINE.captures(rest) {
                author = found.get(1).map(|name| (at, name));
                at += found.get(0).expect("group 0 is the match").end();
            } else if let Some(found) = SEPARATOR.find(rest).filter(|_| at > 0) {
                at += found.end();
            } else {
                break;
            }
        }
        let rest = line[at..].trim();
        if rest.is_empty() && (stamp.is_some() || author.is_some()) && line.len() <= FRAME_LINE {
            at = line.len();
        } else if label && stamp.is_some() {
            // " date 2021-01-02 2 January 2021 10:00 (UTC+01:00) OSLO, January 2. …": the story follows on the line;
            // "Published: 2 January 2021 | North Courier": a name follows.
            if is_name(rest) {
                let (name, _) = trimmed(&line[at..], span.start + at);
                self.outlet.get_or_insert_with(|| Sourced {
                    value: rest.to_owned(),
                    span: Some(name),
                });
                at = line.len();
            }
        } else if author.is_none()
            && let Some(found) = set_off::place_and_day(line).or_else(|| set_off::parted(line))
        {
            stamp = Some(found);
            at = line.len();
        } else if let Some((found, agency)) = set_off::among_names(line) {
            stamp = Some(found);
            at = line.len();
            if let Some((offset, name)) = agency {
                self.add_outlet(span.start + offset, name);
            }
        } else if author.is_some()
            && line.len() <= FRAME_LINE
            && line[..at]
                .trim_end()
                .ends_with([',', '|', '·', '–', '—', '-'])
            && !rest.ends_with('.')
        {
            // "By NAME, diplomatic correspondent"
            at = line.len();
        } else {
            return 0;
        }
        let words = Span::new(span.start, span.start + line[..at].trim_end().len());
        if let Some((offset, name)) = author {
            self.add_author(span.start + offset, name);
        }
        if let Some(stamp) = stamp
            && self.stamp.is_none()
        {
            self.stamp = Some((stamp, words, PublishedBasis::Header));
        }
        self.add(
            match stamp {
                Some(_) => FurnitureKind::Header,
                None => FurnitureKind::Byline,
            },
            words,
        );
        at
    }

    /// Reads a dateline at the start of a story.
    fn dateline(&mut self, span: Span, line: &str) -> bool {
        let Some(place) = PLACE.captures(line) else {
            return false;
        };
        // "On 3 May 2018 – it was a Thursday – a boat …": a story may begin with its day.
        if line.starts_with("On ") {
            return false;
        }
        let shout = place.name("shout").is_some();
        let mut at = place.get(0).expect("group 0 is the match").end();
        let mut day = None;
        let mut agency = None;
        let mut ended = place.name("colon").is_some() && line[at..].starts_with(' ');
        if !ended {
            // "BAKU, Azerbaijan, …": a country may stand between place and day or agency.
            if let Some(country) = COUNTRY.find(&line[at..])
                && stamp::leading(&line[at..]).is_none()
                && (stamp::leading(&line[at + country.end()..]).is_some()
                    || AGENCY.is_match(&line[at + country.end()..]))
            {
                at += country.end();
            }
            if let Some((stamp, length)) = stamp::leading(&line[at..]) {
                day = Some((stamp, Span::new(span.start + at, span.start + at + length)));
                at += length;
            }
            if let Some(found) = AGENCY.captures(&line[at..]) {
                agency = found.get(1).or(found.get(2)).map(|name| Sourced {
                    value: name.as_str().trim().to_owned(),
                    span: Some(Span::new(
                        span.start + at + name.start(),
                        span.start + at + name.end(),
                    )),
                });
                at += found.get(0).expect("group 0 is the match").end();
            }
            if let Some(found) = END.find(&line[at..]) {
                let stop = found.as_str().trim_start().starts_with('.');
                ended = !stop || day.is_some() || agency.is_some();
                at += found.end();
            }
        }
        // A place alone is a dateline only if it is shouted, long enough to be no abbreviation, and a story follows.
        let plain = day.is_none() && agency.is_none();
        let long_enough = line[at..].len() > 80 && place.get(0).is_some_and(|name| name.len() > 4);
        if !ended || line[at..].is_empty() || (plain && !(shout && long_enough)) {
            return false;
        }
        self.add(
            FurnitureKind::Dateline,
            Span::new(span.start, span.start + line[..at].trim_end().len()),
        );
        if self.outlet.is_none() {
            self.outlet = agency;
        }
        if let Some((day, words)) = day {
            self.stamp = match self.stamp {
                None => Some((day, words, PublishedBasis::Dateline)),
                kept => kept,
            };
        }
        true
    }

    /// Reads names with a full day among them before a story that follows on the line: "MANILA (Overseas Post, 28 June 2024) —",
    /// "Mar 2, 1995, PATUCA (Andes Cable) -", "Question time, 22 May 2024."
    fn opening(&mut self, span: Span, line: &str) -> bool {
        let Some((end, (stamp, agency))) = set_off::opening(line) else {
            return false;
        };
        let words = Span::new(span.start, span.start + line[..end].trim_end().len());
        self.add(FurnitureKind::Dateline, words);
        self.stamp
            .get_or_insert((stamp, words, PublishedBasis::Dateline));
        if let Some((offset, name)) = agency {
            self.add_outlet(span.start + offset, name);
        }
        true
    }

    /// Reads the full day at the end of the heading of a paper that says what it is: "Statement by …, Kuwait City, 27 April
    /// 2023". The heading itself stays with the text.
    fn heading(&mut self, span: Span, line: &str) {
        if self.stamp.is_some() {
            return;
        }
        if let Some((stamp, at)) = set_off::at_end_of_heading(line) {
            let words = Span::new(span.start + at, span.start + line.len());
            self.add(FurnitureKind::Header, words);
            self.stamp = Some((stamp, words, PublishedBasis::Header));
        }
    }

    /// A short name directly above or below a date line or byline is the outlet ("North Courier / Economy").
    fn neighbours(&mut self, top: &[(Span, &str)], framed: &[usize]) {
        let mut near: Vec<usize> = framed
            .iter()
            .flat_map(|&index| [index.wrapping_sub(1), index + 1])
            .filter(|index| *index < top.len() && !framed.contains(index))
            .collect();
        near.sort_unstable();
        near.dedup();
        for index in near {
            let (span, line) = top[index];
            let (name, section) = match line.split_once(['/', '|']) {
                Some((name, _)) => (name.trim(), true),
                None => (line, false),
            };
            let name = name.split(" no. ").next().unwrap_or(name);
            if line.is_empty() || line.len() > 60 || !(section || is_name(name)) {
                continue;
            }
            self.add(FurnitureKind::Header, span);
            if is_name(name) && self.outlet.is_none() {
                self.outlet = Some(Sourced {
                    value: name.to_owned(),
                    span: Some(Span::new(span.start, span.start + name.len())),
                });
            }
        }
    }

    fn without_year(&mut self) -> Vec<Diagnostic> {
        match self.stamp {
            Some((stamp, span, _)) if stamp.year.is_none() => {
                self.stamp = None;
                vec![Diagnostic {
                    step: "read".to_owned(),
                    code: "date_without_year".to_owned(),
                    text: "The frame gives a day without a year; the text stays undated."
                        .to_owned(),
                    span: Some(span),
                }]
            }
            _ => Vec::new(),
        }
    }

    fn add(&mut self, kind: FurnitureKind, span: Span) {
        self.furniture.push(Furniture { kind, span });
    }

    fn add_outlet(&mut self, offset: usize, name: &str) {
        self.outlet.get_or_insert_with(|| Sourced {
            value: name.to_owned(),
            span: Some(Span::new(offset, offset + name.len())),
        });
    }

    fn add_author(&mut self, offset: usize, name: regex::Match) {
        self.author.get_or_insert_with(|| Sourced {
            value: name.as_str().to_owned(),
            span: Some(Span::new(offset + name.start(), offset + name.end())),
        });
    }
}

/// One to three capitalised words without punctuation at the end: how an outlet is called in a frame.
fn is_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=3).contains(&count)
        && !words.ends_with(['.', '!', '?', ':', ','])
        && words
            .split_whitespace()
            .all(|word| word.starts_with(|char: char| char.is_uppercase()))
        && words.chars().any(char::is_lowercase)
}
