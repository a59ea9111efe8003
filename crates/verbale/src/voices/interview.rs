//! Interviews laid out as questions and answers, without quotation marks: who asks, who answers, and what is neither.
//!
//! Layouts: "Q:" and "A:"; names before a colon; dashes before one side's turns or before both; nothing but questions
//! in paragraphs of their own, each with its answer below. A layout can start with labels and drop them.

use std::sync::LazyLock;

use regex::Regex;
use verbale_read::Span;

use super::Site;
use crate::names::Referent;

/// The turns of an interview in order.
pub(super) struct Interview {
    /// Index of the person who answers.
    pub guest: usize,
    pub turns: Vec<Turn>,
}

/// What one of the two says in one go.
pub(super) struct Turn {
    pub span: Span,
    pub answer: bool,
}

static LETTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\**(Q|Question|A|Answer)\s*(?:\([^)\n]{1,40}\))?\**\s*[:.]\**\s+")
        .expect("a fixed pattern")
});
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\**(\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){0,4})\s*(?:\([^)\n]{1,40}\))?\**:\**\s+",
    )
    .expect("a fixed pattern")
});
static DASH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[-–—]\s+").expect("a fixed pattern"));
pub(super) static FIRST_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|me)\b").expect("a fixed pattern")
});
static SECOND_PERSON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\byou(?:r|rs)?\b").expect("a fixed pattern"));
// "The conversation has been shortened."
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:interview(?:ed)?|conversation|shortened|abridged|condensed|edited)\b")
        .expect("a fixed pattern")
});
static ASKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\bby|interview(?:er)?:|correspondent|reporter|journalist)\s+$")
        .expect("a fixed pattern")
});

/// Questions are shorter than this.
const QUESTION: usize = 320;
/// Questions without a question mark ("But the border is still shut.") are shorter than this.
const REMARK: usize = 110;

#[derive(Debug, Clone, PartialEq)]
enum Label {
    Question,
    Answer,
    Dash,
    Name(String),
    None,
}

struct Block<'a> {
    label: Label,
    span: Span,
    words: &'a str,
}

impl Block<'_> {
    fn asks(&self) -> bool {
        let words = self.words.trim_end_matches(['*', ' ']);
        words.ends_with('?') && self.words.len() <= QUESTION
    }
}

/// The interview that a text is, if it is one and tells who answers.
pub(super) fn interview(site: &Site) -> Option<Interview> {
    let blocks = blocks(site);
    let count = |wanted: &dyn Fn(&Label) -> bool| {
        blocks.iter().filter(|block| wanted(&block.label)).count()
    };
    let lettered = count(&|label| *label == Label::Question) >= 2
        && count(&|label| *label == Label::Answer) >= 1;
    let dashes = count(&|label| *label == Label::Dash);
    let named = named_guest(site, &blocks);
    let bare = blocks
        .windows(2)
        .filter(|pair| pair[0].label == Label::None && pair[0].asks() && !pair[1].asks())
        .count();
    let addressed = blocks
        .iter()
        .any(|block| block.asks() && SECOND_PERSON.is_match(block.words));
    let first = if lettered {
        blocks
            .iter()
            .position(|block| block.label == Label::Question)?
    } else if named.is_some() {
        blocks
            .iter()
            .position(|block| matches!(block.label, Label::Name(_)))?
    } else if dashes >= 2 {
        blocks.iter().position(|block| block.label == Label::Dash)?
    } else if bare >= 3 && addressed {
        blocks.iter().position(Block::asks)?
    } else {
        return None;
    };
    let guest = named.or_else(|| introduced(site, &blocks, first))?;
    let layout = Layout::of(&blocks[first..], site, guest, lettered);
    let mut turns: Vec<Turn> = Vec::new();
    let mut last: Option<bool> = None;
    for (index, block) in blocks.iter().enumerate().skip(first) {
        let Some(answer) = layout.answers(site, guest, &blocks, index, last) else {
            continue;
        };
        last = Some(answer);
        turns.push(Turn {
            span: block.span,
            answer,
        });
    }
    turns
        .iter()
        .any(|turn| turn.answer)
        .then_some(Interview { guest, turns })
}

/// How turns are told apart.
struct Layout {
    /// Every turn has a label: what has none goes on with the turn before.
    labelled: bool,
    /// Dashes stand before the questions only, or the answers only; `None` where before both.
    dash: Option<bool>,
}

impl Layout {
    fn of(blocks: &[Block], site: &Site, guest: usize, lettered: bool) -> Self {
        let dashes: Vec<&Block> = blocks
            .iter()
            .filter(|block| block.label == Label::Dash)
            .collect();
        let plain = blocks
            .windows(2)
            .filter(|pair| pair[0].label == Label::Dash && pair[1].label == Label::None)
            .count();
        let dash = (2 * plain >= dashes.len() && !dashes.is_empty()).then(|| {
            let asking = dashes
                .iter()
                .filter(|block| block.asks() || SECOND_PERSON.is_match(block.words))
                .count();
            2 * asking < dashes.len()
        });
        let answers = blocks
            .iter()
            .filter(
                |block| matches!(&block.label, Label::Name(name) if is_guest(site, guest, name)),
            )
            .count();
        Layout {
            labelled: lettered || answers >= 2,
            dash,
        }
    }

    /// Whether a block answers or asks; `None` for what the reporter tells beside it.
    fn answers(
        &self,
        site: &Site,
        guest: usize,
        blocks: &[Block],
        index: usize,
        last: Option<bool>,
    ) -> Option<bool> {
        let block = &blocks[index];
        match &block.label {
            Label::Question => Some(false),
            Label::Answer => Some(true),
            Label::Dash => Some(match self.dash {
                Some(answers) => answers,
                None => !block.asks() && last == Some(false),
            }),
            // "Photos: NAME" below the last answer.
            Label::Name(name) if index + 1 == blocks.len() && !is_guest(site, guest, name) => None,
            Label::Name(name) => Some(is_guest(site, guest, name)),
            Label::None => {
                let spoken = FIRST_PERSON.is_match(block.words);
                let told_of = block.words.contains(&site.names.people[guest].surname)
                    && !spoken
                    && !block.asks()
                    && !SECOND_PERSON.is_match(block.words);
                let ending = index + 2 >= blocks.len() && CLOSING.is_match(block.words);
                match last {
                    _ if (told_of || ending) && last != Some(false) => None,
                    None => block.asks().then_some(false),
                    Some(false) => Some(!self.labelled || self.dash.is_some()),
                    Some(true) if self.labelled || self.dash == Some(false) => Some(true),
                    Some(true) => {
                        let next = blocks.get(index + 1);
                        let remark = block.words.len() <= REMARK
                            && next.is_some_and(|next| {
                                next.label == Label::None && next.words.len() > block.words.len()
                            });
                        Some(!(block.asks() || remark))
                    }
                }
            }
        }
    }
}

/// Paragraphs, cut where a line in them begins with a label.
fn blocks<'a>(site: &Site<'a>) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block> = Vec::new();
    for paragraph in &site.segments.paragraphs {
        let mut at = paragraph.span.start;
        let mut opened = false;
        for line in paragraph.span.of(site.text).split_inclusive('\n') {
            let (label, skipped) = label(line);
            let end = at + line.trim_end().len();
            if label == Label::None && opened {
                let block = blocks.last_mut().expect("this paragraph's");
                block.span.end = end.max(block.span.end);
                block.words = block.span.of(site.text);
            } else if end > at + skipped {
                let span = Span::new(at + skipped, end);
                blocks.push(Block {
                    label,
                    span,
                    words: span.of(site.text),
                });
                opened = true;
            }
            at += line.len();
        }
    }
    blocks
}

fn label(line: &str) -> (Label, usize) {
    if let Some(found) = LETTER.captures(line) {
        let label = match found[1].starts_with('Q') {
            true => Label::Question,
            false => Label::Answer,
        };
        return (label, found[0].len());
    }
    if let Some(found) = DASH.find(line) {
        return (Label::Dash, found.len());
    }
    match NAME.captures(line) {
        Some(found) => (Label::Name(found[1].to_owned()), found[0].len()),
        None => (Label::None, 0),
    }
}

/// Whether a label is somebody's name, surname or initials.
fn is_guest(site: &Site, person: usize, label: &str) -> bool {
    let known = &site.names.people[person];
    let initials: String = known
        .name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .collect();
    let letters: String = label.chars().filter(|char| char.is_alphabetic()).collect();
    let last = label.split_whitespace().next_back().unwrap_or_default();
    let (last, name) = (last.to_lowercase(), known.name.to_lowercase());
    letters == initials || name.split_whitespace().skip(1).any(|word| word == last) || name == last
}

/// The person whose name stands before turns, beside another label or after unlabelled questions.
fn named_guest(site: &Site, blocks: &[Block]) -> Option<usize> {
    let labels: Vec<&String> = blocks
        .iter()
        .filter_map(|block| match &block.label {
            Label::Name(name) => Some(name),
            _ => None,
        })
        .collect();
    let guest = (0..site.names.people.len())
        .filter(|&person| labels.iter().any(|label| is_guest(site, person, label)))
        .max_by_key(|&person| {
            (
                site.names.people[person].side.is_some(),
                usize::MAX - person,
            )
        })?;
    let own = labels
        .iter()
        .filter(|label| is_guest(site, guest, label))
        .count();
    let follows = blocks.windows(2).any(|pair| {
        let asked = match &pair[0].label {
            Label::Name(name) => !is_guest(site, guest, name),
            Label::None => pair[0].asks(),
            _ => false,
        };
        asked && matches!(&pair[1].label, Label::Name(name) if is_guest(site, guest, name))
    });
    (follows && (own >= 2 || labels.len() >= 2)).then_some(guest)
}

/// Whom the lines before the first question introduce, or else those after the last answer: an official of a state
/// before others, nobody who asks.
fn introduced(site: &Site, blocks: &[Block], first: usize) -> Option<usize> {
    let begin = blocks[first].span.start;
    let end = blocks.last()?.span.start;
    let named = |wanted: &dyn Fn(usize) -> bool| {
        site.names
            .mentions
            .iter()
            .filter(|mention| wanted(mention.span.start))
            .filter(|mention| !ASKER.is_match(&site.text[..mention.span.start]))
            .filter_map(|mention| match mention.referent {
                Referent::Person { person } => Some(person),
                Referent::Office { person, .. } => person,
                _ => None,
            })
            .filter(|&person| {
                let offices = &site.names.people[person].offices;
                !offices.iter().any(|office| office.title == "journalist")
            })
            // The first of equals.
            .enumerate()
            .max_by_key(|(order, person)| {
                let known = &site.names.people[*person];
                (
                    known.side.is_some(),
                    !known.offices.is_empty(),
                    usize::MAX - order,
                )
            })
            .map(|(_, person)| person)
    };
    named(&|start| start < begin).or_else(|| named(&|start| start >= end))
}
