//! Which blocks of a page are its article.
//!
//! Boxes that name themselves are passed over while the blocks are made. What is left is narrowed to the smallest element
//! that holds nearly all prose, and there teasers, lists of links, labels and pleas are left out.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::blocks::{Block, blocks};
use super::dom::{Dom, Id};
use super::meta::Meta;
use crate::formats::prose::{one_line, same_words};
use crate::publication;

/// An element holds the article if so many hundredths of the prose are in it.
const NEARLY_ALL: usize = 85;
/// A marked element (`itemprop="articleBody"`, `article`) is believed with less: the rest may be comments.
const MARKED: usize = 35;
/// Words that the page gives apart are taken if the blocks have less than half of them.
const HALF: usize = 2;

/// The paragraphs of the article.
pub(crate) fn paragraphs(dom: &Dom, meta: &Meta) -> Vec<String> {
    let title = meta
        .fields
        .title
        .as_ref()
        .map_or("", |title| title.value.as_str());
    // What holds the headline is not a box beside the story, whatever it is called.
    let spared: HashSet<Id> = dom
        .all(&["h1", "h2"])
        .filter(|&id| dom.tag(id) == "h1" || same_words(&dom.text(id), title))
        .take(1)
        .flat_map(|id| dom.ancestors(id).collect::<Vec<_>>())
        .collect();
    let all = blocks(dom, 0, &|id| spared.contains(&id));
    let root = root(dom, &all);
    let mut seen = HashSet::new();
    let inside: Vec<&Block> = all
        .iter()
        .filter(|block| is_in(dom, block.id, root))
        .collect();
    let kept: Vec<String> = inside
        .iter()
        .enumerate()
        .filter(|&(index, block)| {
            let left_out = is_noise(block, meta)
                || same_words(&block.text, title)
                || is_teaser(dom, block, root, title)
                || block.heading && heads_nothing(&inside[index + 1..], dom, root, meta);
            !left_out
        })
        .map(|(_, block)| block.text.clone())
        // The same words for small and wide screens.
        .filter(|text| text.len() < 60 || seen.insert(text.clone()))
        .collect();
    match &meta.body {
        Some(body) if kept.iter().map(String::len).sum::<usize>() * HALF < body.len() => body
            .lines()
            .map(one_line)
            .filter(|line| !line.is_empty())
            .collect(),
        _ => kept,
    }
}

fn is_in(dom: &Dom, id: Id, root: Id) -> bool {
    id == root || dom.ancestors(id).any(|at| at == root)
}

/// The element that holds the article.
fn root(dom: &Dom, all: &[Block]) -> Id {
    // How many letters of prose are in each element.
    let mut weights: HashMap<Id, usize> = HashMap::new();
    let mut holders = HashSet::new();
    for block in all.iter().filter(|block| block.is_prose()) {
        holders.insert(block.id);
        for at in std::iter::once(block.id).chain(dom.ancestors(block.id)) {
            *weights.entry(at).or_default() += block.text.len();
        }
    }
    let weight = |id: Id| weights.get(&id).copied().unwrap_or_default();
    let marked = [is_article_body, is_article, is_main]
        .iter()
        .find_map(|mark| {
            let (heaviest, id) = dom
                .below(0)
                .filter(|&id| mark(dom, id))
                .map(|id| (weight(id), id))
                .max_by_key(|&(weight, id)| (weight, std::cmp::Reverse(id)))?;
            (heaviest > 0 && heaviest * 100 >= weight(0) * MARKED).then_some(id)
        });
    let mut root = marked.unwrap_or(0);
    let enough = weight(root) * NEARLY_ALL;
    // Down to where the prose begins to part.
    while enough > 0
        && let Some(&inner) = dom
            .children(root)
            .iter()
            .find(|&&child| weight(child) * 100 >= enough)
        && !holders.contains(&inner)
    {
        root = inner;
    }
    root
}

fn is_article_body(dom: &Dom, id: Id) -> bool {
    dom.attribute(id, "itemprop")
        .is_some_and(|value| value.split_whitespace().any(|word| word == "articleBody"))
}

fn is_article(dom: &Dom, id: Id) -> bool {
    dom.tag(id) == "article"
}

fn is_main(dom: &Dom, id: Id) -> bool {
    dom.tag(id) == "main" || dom.attribute(id, "role") == Some("main")
}

/// Labels and pleas that stand in stories without a box that names itself.
static NOISE: LazyLock<RegexSet> = LazyLock::new(|| {
    let short = [
        r"^(?:advertisement|advert|ad|sponsored(?: content)?|promoted|share|comments?|\d+ comments?|print|save|listen|menu|close|search|home|loading|image|photo|gallery|watch|live)[.:…]*$",
        r"^(?:share|tweet|email|e-mail|print|save|copy link|whatsapp|facebook|twitter|x|telegram|linkedin|reddit)(?:[ ,|/·]+(?:share|tweet|email|e-mail|print|save|copy link|whatsapp|facebook|twitter|x|telegram|linkedin|reddit|on|this|article|story))*$",
        r"^(?:sign up|sign in|log in|subscribe|register|become a member|already a (?:subscriber|member)|create (?:a|an|your) (?:free )?account|this (?:article|story|content) is (?:for|reserved for|only for) (?:our )?(?:subscribers|members)|to (?:continue|keep) reading|you have (?:read|reached|used))\b",
        r"^(?:we (?:and our partners )?use cookies|this (?:site|website) uses cookies|by continuing|accept all|manage (?:cookies|preferences))\b",
        r"^(?:also|further|more)?\s*(?:read|see|watch|listen)(?: (?:more|also|next|this))*\s*:",
        r"^(?:most (?:read|viewed|popular)|related (?:articles?|stor(?:y|ies)|news|topics?|coverage)|recommended(?: for you)?|more (?:stories|news|from .*|on this.*)|you (?:may|might) (?:also )?like|trending(?: now)?|latest(?: news)?|read next|up next|what to read next|editor['’]s picks|tags?|topics?|filed under|follow us.*|about the author|leave a (?:reply|comment)|join the (?:discussion|conversation)|key events)\b[^.]*$",
        r"^(?:published|updated|last updated|posted|modified)\b[^.]*\d[^.]*$",
        r"^\d+ (?:min(?:ute)?s?|hours?|days?|h|m) (?:ago|read)$",
        r"^(?:photo(?:graph)?|image|picture|credit|file photo)s?\s*:",
        r"^©",
    ];
    RegexSet::new(short.map(|pattern| format!("(?i){pattern}"))).expect("fixed patterns")
});
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?:\s+(?:GMT|UTC|[A-Z]{2,4})(?:[+-]\d+)?)?$",
    )
    .expect("a fixed pattern")
});
/// A longer block is prose, whatever it begins with.
const LABEL: usize = 160;

fn is_noise(block: &Block, meta: &Meta) -> bool {
    let text = block.text.as_str();
    // A line that is mostly a link leads away; a quoted source in a sentence does not.
    if block.linked > 60 && text.len() < 300 {
        return true;
    }
    if text.len() > LABEL {
        return false;
    }
    if NOISE.is_match(text) || CLOCK.is_match(text) {
        return true;
    }
    let fields = &meta.fields;
    if fields.published.is_some() && publication(text).is_some() {
        return true;
    }
    // The author's name on a line of its own, with what he is.
    fields.author.as_ref().is_some_and(|author| {
        let by = text
            .strip_prefix("By ")
            .or_else(|| text.strip_prefix("by "))
            .unwrap_or(text);
        by.starts_with(&author.value)
            && text.len() < author.value.len() + 60
            && !text.ends_with('.')
    })
}

/// The heading and summary of another story: the nearest small element around the block has a linked heading.
fn is_teaser(dom: &Dom, block: &Block, root: Id, title: &str) -> bool {
    const SMALL: usize = 500;
    dom.ancestors(block.id)
        .take_while(|&at| at != root)
        .take(3)
        .chain(std::iter::once(block.id).filter(|&id| id != root))
        .any(|at| {
            let mut headings = dom
                .below(at)
                .take(200)
                .filter(|&id| matches!(dom.tag(id), "h2" | "h3" | "h4" | "h5" | "h6"))
                .peekable();
            headings.peek().is_some()
                && headings.all(|id| is_linked(dom, id) && !same_words(&dom.text(id), title))
                && is_shorter(dom, at, SMALL)
        })
}

fn is_shorter(dom: &Dom, id: Id, limit: usize) -> bool {
    let mut length = 0;
    dom.below(id).take(4 * limit).all(|at| {
        length += dom.words(at).map_or(0, |words| words.trim().len());
        length < limit
    })
}

/// Whether a heading's words are a link to elsewhere.
fn is_linked(dom: &Dom, heading: Id) -> bool {
    let leads_away = |id: Id| {
        dom.tag(id) == "a"
            && dom
                .attribute(id, "href")
                .is_some_and(|to| !to.starts_with('#'))
    };
    dom.below(heading).any(leads_away) || dom.ancestors(heading).take(2).any(leads_away)
}

/// Whether nothing that stays comes between a heading and the next heading or the end.
fn heads_nothing(after: &[&Block], dom: &Dom, root: Id, meta: &Meta) -> bool {
    let title = meta
        .fields
        .title
        .as_ref()
        .map_or("", |title| title.value.as_str());
    after
        .iter()
        .take_while(|block| !block.heading)
        .all(|block| is_noise(block, meta) || is_teaser(dom, block, root, title))
}
