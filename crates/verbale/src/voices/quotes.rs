//! Quotations to speakers.

use verbale_read::Span;

use super::Site;
use super::attribution::{Attribution, speaks};
use super::speaker::{Heard, Speaker, identify, person_speaker};
use crate::parse::TokenId;
use crate::segment::{Quotation, QuotationKind};

/// Who speaks a quotation, and the words that say so.
#[derive(Debug, Clone)]
pub(super) struct Quoted {
    pub speaker: Speaker,
    pub words: Option<Span>,
    pub act: String,
}

/// The speaker of each quotation; `None` for phrases that nobody is said to speak (titles, words held at a distance).
pub(super) fn quoted(site: &Site, attributions: &[Attribution]) -> Vec<Option<Quoted>> {
    let mut all: Vec<Option<Quoted>> = vec![None; site.segments.quotations.len()];
    for index in 0..all.len() {
        let place = Place::of(site, index);
        let near: Vec<&Attribution> = attributions
            .iter()
            .filter(|attribution| attribution.level == place.level)
            .filter(|attribution| attribution.quotes || !place.fragment)
            .collect();
        let found = by_attribution(site, &place, &near);
        all[index] = found.or_else(|| match site.segments.quotations[index].kind {
            QuotationKind::Fragment => None,
            QuotationKind::Speech => {
                by_colon(site, &place).or_else(|| inherited(site, index, &place, &near, &all))
            }
        });
    }
    all
}

/// A quotation with what is needed of its surroundings.
struct Place {
    /// The speech it stands in.
    level: Option<usize>,
    span: Span,
    /// The paragraph (or piece of speech) where it begins, and the one where it ends.
    opening: Span,
    closing: Span,
    unit: Option<usize>,
    headline: bool,
    fragment: bool,
}

impl Place {
    fn of(site: &Site, index: usize) -> Place {
        let quotation = &site.segments.quotations[index];
        let level = speech_around(&site.segments.quotations, quotation.parent);
        let span = quotation.span();
        let around = |byte: usize| -> (Span, bool) {
            let paragraph = site
                .segments
                .paragraph_at(byte)
                .map(|paragraph| site.segments.paragraphs[paragraph]);
            let piece = level.and_then(|level| {
                site.segments.quotations[level]
                    .pieces
                    .iter()
                    .copied()
                    .find(|piece| piece.start <= byte && byte <= piece.end)
            });
            (
                piece
                    .or(paragraph.map(|paragraph| paragraph.span))
                    .unwrap_or(span),
                paragraph.is_some_and(|paragraph| paragraph.headline),
            )
        };
        let (opening, headline) = around(span.start);
        let (closing, _) = around(span.end.saturating_sub(1).max(span.start));
        let unit = site.segments.units.iter().position(|unit| {
            unit.quotation == level && unit.span.contains(Span::new(span.start, span.start))
        });
        Place {
            level,
            span,
            opening,
            closing,
            unit,
            headline,
            fragment: quotation.kind == QuotationKind::Fragment,
        }
    }
}

/// The nearest speech at or above a quotation; fragments are part of the sentence around them.
fn speech_around(quotations: &[Quotation], mut at: Option<usize>) -> Option<usize> {
    while let Some(index) = at {
        if quotations[index].kind == QuotationKind::Speech {
            return Some(index);
        }
        at = quotations[index].parent;
    }
    None
}

const MARKS: [char; 12] = [
    '"', '“', '”', '„', '‟', '«', '»', '\'', '‘', '’', ' ', '\u{a0}',
];

fn by_attribution(site: &Site, place: &Place, near: &[&Attribution]) -> Option<Quoted> {
    let text = site.text;
    let before = near
        .iter()
        .rev()
        .find(|attribution| {
            place.opening.start <= attribution.words.start
                && attribution.words.end <= place.span.start
        })
        .filter(|attribution| !ends_sentence(&text[attribution.words.end..place.span.start]));
    let after = near.iter().find(|attribution| {
        place.span.end <= attribution.words.start && attribution.words.end <= place.closing.end
    });
    let adjacent = after.filter(|attribution| {
        let gap = text[place.span.end..attribution.words.start]
            .trim_matches(|char: char| MARKS.contains(&char) || ",—–-".contains(char));
        gap.is_empty() && !new_sentence(site, place, attribution)
    });
    // A phrase belongs to the clause that it stands in, speech to the words that follow it.
    let found = if colon(site, place) || place.fragment {
        before.or(adjacent)
    } else {
        adjacent.or(before)
    };
    let near_after = || {
        after.filter(|attribution| {
            let gap = &text[place.span.end..attribution.words.start];
            gap.len() <= 60
                && !gap.contains(';')
                && !ends_sentence(gap)
                && !place.fragment
                && !new_sentence(site, place, attribution)
        })
    };
    found.or_else(near_after).map(|attribution| Quoted {
        speaker: attribution.speaker.clone(),
        words: Some(attribution.words),
        act: attribution.act.clone(),
    })
}

/// "…." The minister said that …: a new sentence with words of its own.
fn new_sentence(site: &Site, place: &Place, attribution: &Attribution) -> bool {
    place
        .span
        .of(site.text)
        .trim_end()
        .ends_with(['.', '!', '?', '…'])
        && !attribution.contents.is_empty()
}

fn colon(site: &Site, place: &Place) -> bool {
    site.text[place.opening.start..place.span.start]
        .trim_end_matches(MARKS)
        .ends_with(':')
}

/// "NAME: “…”", and in headlines "“…”: NAME".
fn by_colon(site: &Site, place: &Place) -> Option<Quoted> {
    let unit = place.unit?;
    let tree = &site.trees.units[unit];
    let spoken = |token: usize| {
        let mut at = token;
        // Up to the head of the phrase that the word ends or begins.
        let inside = |head: usize| tree.edges[head].contains(&token);
        while ["compound", "amod", "det", "poss", "nmod", "nummod"].contains(&tree.tokens[at].dep)
            || ["appos", "flat"].contains(&tree.tokens[at].dep) && tree.tokens[at].head < at
        {
            if tree.tokens[at].head == at || !inside(tree.tokens[at].head) {
                break;
            }
            at = tree.tokens[at].head;
        }
        identify(site, TokenId { unit, token: at }, &Heard::default())
            .or_else(|| {
                site.names
                    .person_at(TokenId { unit, token })
                    .map(|person| person_speaker(site, person, TokenId { unit, token }))
            })
            .map(|speaker| Quoted {
                words: Some(tree.span(token)),
                speaker,
                act: "say".to_owned(),
            })
    };
    let lead = site.text[place.opening.start..place.span.start].trim_end_matches(MARKS);
    if let Some(lead) = lead.strip_suffix(':') {
        let end = place.opening.start + lead.len();
        let token = tree.tokens.iter().rposition(|token| {
            token.span.end <= end && token.pos != "PUNCT" && token.pos != "SPACE"
        })?;
        return spoken(token).filter(|quoted| quoted.speaker.certain);
    }
    let rest = &site.text[place.span.end..place.closing.end];
    let tail = rest.trim_start_matches(MARKS);
    if place.headline && tail.starts_with(':') {
        let start = place.closing.end - tail.len() + 1;
        let token = tree
            .tokens
            .iter()
            .position(|token| token.span.start >= start && token.pos != "SPACE")?;
        let subject = tree
            .tokens
            .iter()
            .enumerate()
            .skip(token)
            .find(|(_, token)| token.dep == "nsubj")
            .map(|(subject, _)| subject);
        return spoken(subject.unwrap_or(token)).filter(|quoted| quoted.speaker.certain);
    }
    None
}

/// A speech without attribution of its own goes on with whoever was heard before.
fn inherited(
    site: &Site,
    index: usize,
    place: &Place,
    near: &[&Attribution],
    all: &[Option<Quoted>],
) -> Option<Quoted> {
    let heard = near.iter().rev().find(|attribution| {
        attribution.words.end <= place.span.start
            && !attribution.speaker.outlet
            && (speaks(site, attribution) || in_sentence_before(site, place, attribution.words))
    });
    let quoted = site.segments.quotations[..index]
        .iter()
        .enumerate()
        .rev()
        .find(|(other, quotation)| {
            all[*other].is_some()
                && quotation.span().end <= place.span.start
                && speech_around(&site.segments.quotations, quotation.parent) == place.level
        });
    // "She refused to comment on the sale. “The contract exists.”": the subject of the sentence before.
    let subject = subject_before(site, place);
    let heard_here = heard.filter(|attribution| attribution.words.start >= place.opening.start);
    let quoted_here = quoted.filter(|(_, quotation)| quotation.span().end >= place.opening.start);
    if heard_here.is_none()
        && quoted_here.is_none()
        && let Some((speaker, words)) = subject
    {
        return Some(Quoted {
            speaker,
            words: Some(words),
            act: "say".to_owned(),
        });
    }
    let heard = heard.map(|attribution| {
        (
            attribution.words.end,
            Quoted {
                speaker: attribution.speaker.clone(),
                words: Some(attribution.words),
                act: attribution.act.clone(),
            },
        )
    });
    let quoted = quoted.and_then(|(other, quotation)| {
        all[other]
            .clone()
            .map(|quoted| (quotation.span().end, quoted))
    });
    [heard, quoted]
        .into_iter()
        .flatten()
        .max_by_key(|(end, _)| *end)
        .map(|(_, quoted)| quoted)
}

/// Whether words stand in the last sentence before a quotation, in its own paragraph.
fn in_sentence_before(site: &Site, place: &Place, words: Span) -> bool {
    let between = site.text[words.end..place.span.start].trim_end_matches(MARKS);
    words.start >= place.opening.start && !ends_sentence(between.trim_end_matches(['.', '!', '?']))
}

/// The person who is the subject of the last sentence before a quotation, in its own paragraph.
fn subject_before(site: &Site, place: &Place) -> Option<(Speaker, Span)> {
    let unit = place.unit?;
    let tree = &site.trees.units[unit];
    let before = tree
        .tokens
        .iter()
        .rposition(|token| {
            token.span.end <= place.span.start && token.pos != "PUNCT" && token.pos != "SPACE"
        })
        .filter(|&token| tree.tokens[token].span.start >= place.opening.start)?;
    let sentence = tree.sentences[tree.sentence_of(before)].clone();
    sentence
        .filter(|&token| tree.tokens[token].dep.starts_with("nsubj") && token <= before)
        .find_map(|token| {
            let at = TokenId { unit, token };
            let person = site.names.person_at(at)?;
            Some((person_speaker(site, person, at), tree.span(token)))
        })
}

/// Whether a sentence ends in these words, before their own end.
pub(super) fn ends_sentence(words: &str) -> bool {
    for (at, char) in words.char_indices() {
        if !".!?".contains(char) {
            continue;
        }
        let rest = words[at + char.len_utf8()..].trim_start_matches(['"', '”', '’', '\'', ')']);
        let next = rest.trim_start();
        // "Mr. Smith", "Feb. 6": a short capitalised word before a full stop is an abbreviation.
        let word = words[..at]
            .rsplit(|char: char| !char.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let abbreviation = char == '.' && word.len() <= 3 && word.starts_with(char::is_uppercase);
        if rest.len() > next.len()
            && !abbreviation
            && next.starts_with(|char: char| !char.is_lowercase())
        {
            return true;
        }
        if next.is_empty() && !abbreviation {
            return true;
        }
    }
    false
}
