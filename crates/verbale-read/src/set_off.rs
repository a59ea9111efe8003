//! A day that is set off from the names around it, in a line above a story or in the words that open it.

use std::sync::LazyLock;

use regex::Regex;

use crate::Span;
use crate::header::FRAME_LINE;
use crate::stamp::{self, Stamp};

static PLACE_AND_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}.'’ /-]{1,40},\s+(?:\p{Lu}[\p{L}. ]{1,24},\s+)?")
        .expect("a fixed pattern")
});
/// What parts the pieces of a line that names outlet, section, day and author in one.
static PARTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s*[|·•]\s*|\s+[–—/]\s+").expect("a fixed pattern"));

/// What may stand between the day of a story and the story.
static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s+(?:--|[—–-])\s+|\.\s+").expect("a fixed pattern"));
/// What papers call themselves.
static PAPER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:speech|address|statement|remarks|declaration|read-?out|communiqu[eé]|minutes|transcript|record|interview|briefing|press release|round-?up|bulletin|report|letter|note verbale|question time)\b").expect("a fixed pattern")
});

/// "Luanda, 3 May 2021", "Bogotá, D.C., 30 August 2023".
pub(crate) fn place_and_day(line: &str) -> Option<Stamp> {
    let found = PLACE_AND_DAY.find(line)?;
    stamp::whole(&line[found.end()..])
}

/// "THE LEDGER | Sunday, 16 June 2024 | Weekend": one of the pieces of a short line is a day.
pub(crate) fn parted(line: &str) -> Option<Stamp> {
    if line.len() > FRAME_LINE || line.ends_with(['.', '”', '"']) || !PARTS.is_match(line) {
        return None;
    }
    PARTS
        .split(line)
        .find_map(|piece| stamp::whole(piece).or_else(|| place_and_day(piece)))
}

/// "Gulf Ledger, Kuwait City. 21 September 2017. Letters", "ROME, Oct 13 2020 (Tiber Wire) -": a full day set off from its
/// neighbours in a short line of names. Gives the day and the agency in brackets with its place in the line.
pub(crate) fn among_names(line: &str) -> Option<Found<'_>> {
    if line.len() > FRAME_LINE || line.ends_with(['.', '”', '"', '?', '!']) {
        return None;
    }
    let is_edge = |rest: &str| rest.is_empty() || rest.starts_with(|c| EDGES.contains(&c));
    let (start, end, stamp) = line.char_indices().find_map(|(at, _)| {
        let before = line[..at].trim_end();
        let wide = line[..at].ends_with("  ") || line[..at].ends_with('\t');
        let apart = before.is_empty() || before.ends_with(EDGES) || wide;
        let begins = at == 0 || !line[..at].ends_with(char::is_alphanumeric);
        let (stamp, length) = (apart && begins).then(|| stamp::leading(&line[at..]))??;
        let whole = stamp.year.is_some() && stamp.day > 0;
        (whole && is_edge(line[at + length..].trim_start())).then_some((at, at + length, stamp))
    })?;
    let agency = BRACKETS.captures(&line[end..]).map(|found| {
        let name = found.get(1).expect("the pattern has one group");
        (end + name.start(), name.as_str())
    });
    let rest = format!("{} {}", &line[..start], &line[end..]);
    let words: Vec<&str> = rest
        .split(|c: char| c.is_whitespace() || EDGES.contains(&c))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let small = words
        .iter()
        .filter(|word| word.starts_with(char::is_lowercase))
        .count();
    (words.len() <= 14 && 2 * small <= words.len()).then_some((stamp, agency))
}

/// "Mountain Courier, posted at 7:10 on 2 May 2011, updated 8:00", "(Compiled by …; last revised 4 June 1999)", "LIVE: … – all
/// developments on Friday, 9 March 2018": a full day in a line of the heading, behind which the line or a piece of it ends.
pub(crate) fn somewhere(line: &str) -> Option<(Stamp, Span)> {
    if line.len() > FRAME_LINE {
        return None;
    }
    line.char_indices().find_map(|(at, _)| {
        if at == 0 || line[..at].ends_with(char::is_alphanumeric) {
            return None;
        }
        let (stamp, length) = stamp::leading(&line[at..])?;
        let rest = line[at + length..].trim_start();
        let ends = rest.is_empty() || rest.starts_with(|c| EDGES.contains(&c));
        (ends && stamp.year.is_some() && stamp.day > 0).then(|| (stamp, Span::new(at, at + length)))
    })
}

/// "The interview was held in Quito on 3 April 2016": the day of the talk that follows, in the words that bring it in.
pub(crate) fn of_talk(line: &str) -> Option<(Stamp, Span)> {
    TALK.find_iter(line).find_map(|talk| {
        let end = line[talk.end()..]
            .find(". ")
            .map_or(line.len(), |end| talk.end() + end);
        line[talk.end()..end]
            .match_indices(" on ")
            .find_map(|(at, on)| {
                let at = talk.end() + at + on.len();
                let (stamp, length) = stamp::leading(&line[at..])?;
                (stamp.year.is_some() && stamp.day > 0).then(|| (stamp, Span::new(at, at + length)))
            })
    })
}

static TALK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:interview(?:ed)?|conversation|recorded|spoke|talked)\b")
        .expect("a fixed pattern")
});

/// What sets a day off from the names around it.
const EDGES: [char; 12] = [',', '.', '|', '/', '·', '–', '—', '-', '(', ')', ':', ';'];

/// "(Steppe News)": a name behind the day.
static BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*\((\p{Lu}[^()]{1,40})\)").expect("a fixed pattern"));

/// A day, and the agency in brackets with its place in the line.
pub(crate) type Found<'l> = (Stamp, Option<(usize, &'l str)>);

/// Names with a full day among them before a story that follows on the line; gives where the story begins.
pub(crate) fn opening(line: &str) -> Option<(usize, Found<'_>)> {
    MARK.find_iter(line)
        .take_while(|mark| mark.start() <= FRAME_LINE)
        .find_map(|mark| Some((mark.end(), among_names(&line[..mark.start()])?)))
}

/// The full day at the end of the heading of a paper, with its place.
pub(crate) fn at_end_of_heading(line: &str) -> Option<(Stamp, usize)> {
    if line.len() > 2 * FRAME_LINE || !PAPER.is_match(line) {
        return None;
    }
    line.match_indices(',').find_map(|(comma, _)| {
        let rest = &line[comma + 1..];
        let stamp = stamp::whole(rest).filter(|stamp| stamp.year.is_some() && stamp.day > 0)?;
        Some((stamp, comma + 1 + rest.len() - rest.trim_start().len()))
    })
}
