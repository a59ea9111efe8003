//! Which outlet a text is from, where neither metadata nor its frame says.

use std::sync::LazyLock;

use regex::Regex;
use verbale_read::{Document, FurnitureKind, Sourced, Span};

use super::masthead::masthead;
use crate::lexicon::{Lexicon, Listed};

static NAME: &str =
    r"(?:The\x20)?\p{Lu}[\p{L}\p{N}&-]*(?:\.\p{L}+)?(?:\x20\p{Lu}[\p{L}\p{N}&-]*){0,3}";
// "…, Harbour Wire reports." · "…, told Harbour Wire." · "Asked by Harbour Wire"
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x),\s (?:as\s)? ({NAME}) \s (?:reports?|reported|writes|informs) (?:\s(?:citing|with\sreference)[^.\n]*)? [.:\n]
        | \b (?:told|tells|informed) \s ({NAME}) (?:\s(?:in|on|at|from|by|over|after|during)\b | [.,;:\n])
        | \b (?i:asked\sby) \s ({NAME}) \s (?:whether|if|why|how|about|what)"
    ))
    .expect("a fixed pattern")
});
static CHANNEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x) (?:on|of|to|the|Follow|follow) \s ({NAME}) (?:['’]s?)? \s (?i:whatsapp|telegram|newsletter|channel|youtube|on\s)"
    ))
    .expect("a fixed pattern")
});

// The first lines of a paper that a body of state gives out.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?im)^\s*(?:official\s+)?(?:press\s+)?(?:release|statement|communiqu[eé]|note\s+verbale|declaration|note)\b[^\n]{0,60}$")
        .expect("a fixed pattern")
});
static ISSUER: &str = r"(?:(?i:the)\s)?(?:(?:\p{Lu}[\p{L}-]+\s){0,3}(?i:ministry|embassy|permanent\smission|presidency|high\scommission|foreign\soffice)|(?i:office\sof\sthe\s(?:president|prime\sminister|spokesperson|spokesman)|press\sservice\sof\sthe\s(?:president|government|ministry)))";
static ISSUER_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?m)^\s*({ISSUER}\b[^\n.:;]{{0,90}}?)\s*$")).expect("a fixed pattern")
});
static ISSUER_SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?m)^\s*({ISSUER}(?:\s(?:of|in|the|for|and|to)\b|\s\p{{Lu}}[\p{{L}}-]+|,)*)\s(?:wishes|announces|informs|expresses|condemns|welcomes|has the honou?r|presents its|takes note|strongly|rejects|regrets)\b"
    ))
    .expect("a fixed pattern")
});

/// The body of state that gives out a press release or statement, as its first lines name it.
fn issuer(document: &Document) -> Option<Sourced> {
    let mut end = document.text.len().min(700);
    while !document.text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &document.text[..end];
    HEADING.find(head)?;
    let found = ISSUER_LINE
        .captures(head)
        .or_else(|| ISSUER_SUBJECT.captures(head))?
        .get(1)?;
    Some(Sourced {
        value: found.as_str().trim_end_matches(',').to_owned(),
        span: Some(Span::new(found.start(), found.end())),
    })
}

/// Whether the outlet of a text is a body of state that speaks for itself.
pub(super) fn is_issuer(document: &Document, outlet: &Sourced) -> bool {
    issuer(document).is_some_and(|issuer| issuer.span == outlet.span)
}

/// The outlet of a text: as metadata or frame have it, else the body of state that gives it out, else as a line above the story
/// names a paper, else as its footer names its own channel, else as the story names whom it was told to. Listed outlets come under their usual name.
pub fn outlet(document: &Document, lexicon: &Lexicon) -> Option<Sourced> {
    let found = document
        .outlet
        .clone()
        .or_else(|| issuer(document))
        .or_else(|| masthead(document, lexicon))
        .or_else(|| own_channel(document))
        .or_else(|| told(document, lexicon))?;
    Some(Sourced {
        value: usual_name(&found.value, lexicon),
        span: found.span,
    })
}

fn own_channel(document: &Document) -> Option<Sourced> {
    document
        .furniture
        .iter()
        .filter(|furniture| furniture.kind == FurnitureKind::Footer)
        .find_map(|furniture| {
            let found = CHANNEL
                .captures(furniture.span.of(&document.text))?
                .get(1)?;
            let start = furniture.span.start + found.start();
            Some(Sourced {
                value: found.as_str().to_owned(),
                span: Some(Span::new(start, start + found.len())),
            })
        })
}

fn told(document: &Document, lexicon: &Lexicon) -> Option<Sourced> {
    let mut names: Vec<(&str, Span, usize)> = Vec::new();
    for found in TOLD.captures_iter(&document.text) {
        let Some(name) = found.iter().skip(1).flatten().next() else {
            continue;
        };
        let listed = lexicon.named(name.as_str());
        let outlet = listed.iter().any(|one| matches!(one, Listed::Outlet(_)));
        // "told Parliament", "told Ghana": known for something else.
        if !listed.is_empty() && !outlet
            || lexicon.office(name.as_str()).is_some()
            || lexicon.agent(&name.as_str().to_lowercase()).is_some()
        {
            continue;
        }
        let span = Span::new(name.start(), name.end());
        match names.iter_mut().find(|(known, ..)| *known == name.as_str()) {
            Some((_, _, count)) => *count += 1,
            None => names.push((name.as_str(), span, 1)),
        }
    }
    // The most frequent; of equals the first.
    names
        .into_iter()
        .rev()
        .max_by_key(|(_, _, count)| *count)
        .map(|(name, span, _)| Sourced {
            value: name.to_owned(),
            span: Some(span),
        })
}

fn usual_name(name: &str, lexicon: &Lexicon) -> String {
    lexicon
        .outlets
        .iter()
        .find(|outlet| {
            std::iter::once(&outlet.name)
                .chain(&outlet.forms)
                .any(|form| form.eq_ignore_ascii_case(name))
        })
        .map_or_else(|| name.to_owned(), |outlet| outlet.name.clone())
}
