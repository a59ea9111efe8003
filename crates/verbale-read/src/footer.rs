//! What stands below a story or is set into it: subscriptions, credits, author notes, editor's insertions.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use crate::lines::lines;
use crate::{Furniture, FurnitureKind, Sourced, Span};

/// What the frame below a story gives.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Footer {
    pub furniture: Vec<Furniture>,
    pub outlet: Option<Sourced>,
    pub author: Option<Sourced>,
}

/// A longer line is part of the story, whatever words it starts with.
const FRAME_LINE: usize = 200;

/// Lines that are never part of a story, wherever they stand.
static ANYWHERE: LazyLock<RegexSet> = LazyLock::new(|| {
    patterns(&[
        r"^follow (?:us|him|her|them|@?\w+(?: \w+){0,3}) on\b",
        r"^subscribe\b",
        r"^sign up\b",
        r"^stay (?:up[- ]to[- ]date|with us|tuned|informed|connected)\b",
        r"^(?:>+\s*)?(?:read|see|watch|listen)(?: (?:more|also|next|this))+\b\s*(?::|on\b|$)",
        r"^also read\b",
        r"^more on this\b",
        r"^related(?: articles?| stor(?:y|ies)| news| topics?| coverage)?\s*(?::|$)",
        r"^>>",
        // "(c) Loan contract on the port" is the third paper of a list.
        r"^(?:©|\(c\) (?:copyright\b|\d{4}\b|.*\b(?:\d{4}\.?$|rights reserved))|copyright\b)",
        r"^(?:share|tags?|topics?|keywords|photo|image|picture|photo credit|credit|source|via)\s*:",
        r"^share (?:this|on)\b",
        r"^(?:telegram|instagram|twitter|facebook|whatsapp|youtube|linkedin)\s*[:|]",
        r"^\(?(?:(?:additional )?(?:reporting|writing)|edit(?:ed|ing)|compiled|translat(?:ed|ion)) by\b",
        r"^(?:advertisement|click here|download (?:our|the)|join (?:us|our)\b.*(?:channel|telegram|whatsapp|group))",
        r"^support us\b",
    ])
});

/// Lines that frame a story only where nothing but such lines follows.
static AT_THE_END: LazyLock<RegexSet> = LazyLock::new(|| {
    patterns(&[
        r"\ball rights reserved\b",
        r"\b(?:reporting|writing|editing) by\b",
        r"\bsubscribe(?: (?:to|for|now|here|today)\b|[.!]?$)",
        r"\bfollow (?:us|him|her|them) (?:on (?:x|twitter|facebook|telegram|instagram|mastodon|bluesky|linkedin|youtube|whatsapp)\b|@)",
        r"\b(?:newsletter|whatsapp channel|telegram channel)[.!]?$",
        r"\bhyperlink\b",
        r"\bcancel at any time\b",
        r"\bbecome a (?:member|subscriber|patron)\b",
        r"\bsupport us\b",
        r"\bcomments are closed\b",
        r"^the (?:writer|author) (?:is|was|works|teaches|served)\b",
        r"\bis (?:an?|the|\S+['’]s?)\s+(?:\w+ ){0,2}(?:journalist|correspondent|reporter|columnist|staff writer|contributor|editor)\b",
        r"^\S+ \S+(?: \S+)? (?:covers|reports on|writes (?:for|about|on)|reported from|travelled)\b",
        r"^this (?:article|story|report|item|page|interview|text|piece) (?:was|is|has been|appeared|first)\b",
        r"^the interview (?:was|has been) (?:shortened|edited|condensed|translated)",
        r"^you have read \d+",
        r"^based on an? .{0,60}\b(?:report|dispatch|story|material)s?\b",
        r"^(?:write to|contact|phone|email|e-mail|call) (?:us|me|him|her|the (?:editors?|author|newsroom|desk))\b",
        r"^more (?:letters|stories|news|reports)\b",
        r"\bis (?:published|printed) (?:on|every|each|daily|weekly|monthly|twice)\b",
        r"\bis an independent (?:newsletter|newspaper|magazine|outlet|news (?:site|agency|outlet))\b",
        r"^\(\p{Lu}[\p{L} .,&'’-]{1,50}\)$",
        r"^@\w+",
        r"^https?://\S+$",
    ])
});

static RULE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[-–—_*=#~•]\s?){3,}$").expect("a fixed pattern"));
static STAFF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3}) (?:is|covers \p{Ll}[\p{L} ]{1,40} for|reports for|writes for) (?:the )?(\p{Lu}[\p{L}.-]*(?: \p{Lu}[\p{L}.-]*){0,3})(?:['’]s?\s+(?:\w+ ){0,2}(?:journalist|correspondent|reporter|columnist|writer|contributor|editor)|[.,]|$)").expect("a fixed pattern")
});
static RIGHTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:©|\([Cc]\)|Copyright)(?: \d{4})?,? (?:\d{4} )?((?:The )?\p{Lu}[\p{L}]*(?: \p{Lu}[\p{L}]*){0,3})|((?:The )?\p{Lu}[\p{L}]*(?: \p{Lu}[\p{L}]*){0,3})[.,] All rights reserved)").expect("a fixed pattern")
});
static EDITOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x)
        \( [^()\n]{0,160}? [–—-]\s? (?i:eds?|editors?|author|red|translator|note) \.? \)      # (both towns – ed.)
      | \( (?i:editor['’]s\ note|ed\.\ note|ed\.) [^()\n]{0,160} \)                          # (Editor's note: …)
      | \[ [^\[\]\n]{0,160}? [–—-]\s? (?:(?i:eds?|editors?|author|red|note)\.? | \p{Lu}{2,4}) \]  # [the port – NC]
      | \[ (?i:editor['’]s\ note|ed\.\ note|ed\.) [^\[\]\n]{0,160} \]
      | \[ (?: (?i:sic)!? | \.\.\. | … ) \]
    ").expect("a fixed pattern")
});

fn patterns(list: &[&str]) -> RegexSet {
    RegexSet::new(list.iter().map(|pattern| format!("(?i){pattern}"))).expect("fixed patterns")
}

/// Reads the frame below and inside a story; `from` is where the story starts.
pub(crate) fn footer(text: &str, from: usize) -> Footer {
    let story: Vec<(Span, &str)> = lines(&text[from..])
        .map(|(span, line)| (Span::new(span.start + from, span.end + from), line))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let mut footer = Footer::default();
    let short = |line: &str| line.len() <= FRAME_LINE;
    // A ruled line closes the story if only a few short lines follow; otherwise it only parts it.
    let end = story
        .iter()
        .position(|(_, line)| RULE.is_match(line))
        .filter(|&rule| {
            let below = &story[rule + 1..];
            rule > 0 && below.len() <= 8 && below.iter().all(|(_, line)| short(line))
        })
        .unwrap_or(story.len());
    let mut frames: Vec<bool> = story
        .iter()
        .enumerate()
        .map(|(index, (_, line))| {
            index >= end || short(line) && (ANYWHERE.is_match(line) || RULE.is_match(line))
        })
        .collect();
    for index in (1..story.len()).rev() {
        let line = story[index].1;
        if !(frames[index] || short(line) && AT_THE_END.is_match(line)) {
            break;
        }
        frames[index] = true;
    }
    for (&(span, line), _) in story.iter().zip(&frames).filter(|(_, frames)| **frames) {
        footer.furniture.push(Furniture {
            kind: FurnitureKind::Footer,
            span,
        });
        let sourced = |found: regex::Match| Sourced {
            value: found.as_str().trim_end_matches('.').to_owned(),
            span: Some(Span::new(
                span.start + found.start(),
                span.start + found.end(),
            )),
        };
        if let Some(found) = STAFF.captures(line) {
            footer.author = footer.author.or(found.get(1).map(sourced));
            footer.outlet = footer.outlet.or(found.get(2).map(sourced));
        } else if let Some(found) = RIGHTS.captures(line) {
            footer.outlet = footer.outlet.or(found.get(1).or(found.get(2)).map(sourced));
        }
    }
    footer
        .furniture
        .extend(EDITOR.find_iter(&text[from..]).map(|found| Furniture {
            kind: FurnitureKind::Editor,
            span: Span::new(from + found.start(), from + found.end()),
        }));
    footer.furniture.sort_by_key(|piece| piece.span);
    footer
}
