//! Addresses, letters and columns: a whole text in the words of one person, who says "I" or "we" outside quotation marks.

use std::sync::LazyLock;

use regex::Regex;
use verbale_read::{Document, Span};

use super::Site;
use super::interview::FIRST_PERSON;
use super::speaker::{Speaker, person_speaker};
use crate::names::Referent;
use crate::parse::TokenId;

/// So many words of the first person show that a text is somebody's own.
const OWN: usize = 5;
/// At least one word of so many.
const DENSITY: usize = 80;

/// What such a text is called, with whose it is.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:address|speech|remarks|statement|lecture|toast|message|letter|sermon|eulogy|testimony|column|comment|op-ed|opinion)\b")
        .expect("a fixed pattern")
});

/// Whose words a text is, and which.
pub(super) struct Address {
    pub speaker: Speaker,
    pub span: Span,
}

/// The address that a text is, if it is one and its first lines tell whose.
pub(super) fn address(site: &Site, document: &Document) -> Option<Address> {
    let begin = site
        .segments
        .paragraphs
        .iter()
        .find(|paragraph| !paragraph.headline)?
        .span
        .start;
    let span = Span::new(begin, site.text.len());
    if !is_own(site, span) {
        return None;
    }
    let at = TokenId {
        unit: site.segments.unit_at(begin)?,
        token: 0,
    };
    let speaker = titled(site, begin)
        .map(|person| person_speaker(site, person, at))
        .or_else(|| author(site, document, at))?;
    Some(Address { speaker, span })
}

/// Whether the first person is thick outside quotations.
fn is_own(site: &Site, span: Span) -> bool {
    let quoted = |at: usize| {
        let mut pieces = site
            .segments
            .quotations
            .iter()
            .flat_map(|quotation| &quotation.pieces);
        pieces.any(|piece| piece.start <= at && at < piece.end)
    };
    let words = span.of(site.text);
    let own = FIRST_PERSON
        .find_iter(words)
        .filter(|found| !quoted(span.start + found.start()))
        .count();
    own >= OWN && own * DENSITY >= words.split_whitespace().count()
}

/// The first person whom the heading of an address names: "Address by the President of …, NAME".
fn titled(site: &Site, begin: usize) -> Option<usize> {
    let title = TITLE.find(&site.text[..begin])?;
    site.names
        .mentions
        .iter()
        .filter(|mention| title.start() < mention.span.start && mention.span.start < begin)
        .find_map(|mention| match mention.referent {
            Referent::Person { person } => Some(person),
            Referent::Office { person, .. } => person,
            _ => None,
        })
}

/// Who wrote it, by the line that says so; one of the people of the text if it tells more of that person.
fn author(site: &Site, document: &Document, at: TokenId) -> Option<Speaker> {
    let name = &document.author.as_ref()?.value;
    let last = name.split_whitespace().next_back()?;
    let known = site
        .names
        .people
        .iter()
        .position(|person| person.name.eq_ignore_ascii_case(name) || person.surname == last);
    Some(match known {
        Some(person) => person_speaker(site, person, at),
        None => Speaker {
            name: name.clone(),
            personal: true,
            certain: true,
            ..Speaker::default()
        },
    })
}
