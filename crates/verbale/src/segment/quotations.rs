//! Marks to the quotation tree.

use verbale_read::Span;

use super::marks::{Mark, marks};
use super::{Quotation, QuotationKind};

/// How far ahead a closing mark is looked for: more paragraphs than anybody quotes in one breath.
const PARAGRAPHS_AHEAD: usize = 30;

/// A quotation that is being read.
struct Open {
    double: bool,
    /// Where its words go on in the present paragraph.
    from: usize,
    pieces: Vec<Span>,
    parent: Option<usize>,
    /// Index into the result, reserved when it opens so that parents come first.
    index: usize,
}

/// Reads the quotations of a text.
///
/// A quotation runs on into the next paragraph if that one opens with a mark again, or if the next double mark of the
/// text closes. Otherwise an open one ends with its paragraph.
pub(super) fn quotations(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let marks = marks(text, paragraphs);
    let mut done: Vec<Option<Quotation>> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut next = 0;
    for (paragraph, span) in paragraphs.iter().enumerate() {
        for open in &mut stack {
            open.from = span.start;
        }
        // A mark that opens the paragraph again belongs to the quotation that runs on.
        for depth in 0..stack.len() {
            match marks.get(next) {
                Some(mark)
                    if mark.paragraph == paragraph
                        && mark.first
                        && mark.opens
                        && mark.double == stack[depth].double =>
                {
                    for open in &mut stack {
                        open.from = mark.span.end;
                    }
                    next += 1;
                }
                _ => break,
            }
        }
        while let Some(mark) = marks.get(next).filter(|mark| mark.paragraph == paragraph) {
            let rest = &marks[next + 1..];
            next += 1;
            if let Some(depth) = closed_by(&stack, mark, rest) {
                close(&mut stack, &mut done, depth, mark.span.start, true);
            } else if mark.opens && (mark.double || single_closes(&stack, mark, rest)) {
                stack.push(Open {
                    double: mark.double,
                    from: mark.span.end,
                    pieces: Vec::new(),
                    parent: stack.last().map(|open| open.index),
                    index: done.len(),
                });
                done.push(None);
            }
        }
        let ends = stack
            .iter()
            .position(|open| !runs_on(open, &marks[next..], paragraph))
            .unwrap_or(stack.len());
        close(&mut stack, &mut done, ends, span.end, false);
        for open in &mut stack {
            open.pieces.push(Span::new(open.from, span.end));
        }
    }
    close(&mut stack, &mut done, 0, text.len(), false);
    let mut quotations: Vec<Quotation> = done
        .into_iter()
        .map(|quotation| quotation.expect("every opened quotation is closed"))
        .collect();
    part_unclosed(text, &mut quotations);
    let kinds: Vec<QuotationKind> = (0..quotations.len())
        .map(|index| kind(text, paragraphs, &quotations, index))
        .collect();
    for (quotation, kind) in quotations.iter_mut().zip(kinds) {
        quotation.kind = kind;
    }
    quotations
}

/// The depth of the open quotation that this mark closes.
fn closed_by(stack: &[Open], mark: &Mark, rest: &[Mark]) -> Option<usize> {
    let depth = stack.iter().rposition(|open| open.double == mark.double)?;
    if !mark.closes {
        return None;
    }
    // "'the two countries' plan, he said.'": an apostrophe, if a better closing mark follows before the next opens.
    let later = rest
        .iter()
        .take_while(|later| later.paragraph == mark.paragraph && !later.opens)
        .take_while(|later| !later.double)
        .any(|later| later.closes && !later.possessive);
    (!(mark.possessive && later)).then_some(depth)
}

/// Whether a single mark that could open a quotation finds one that closes it; otherwise it is an apostrophe.
fn single_closes(stack: &[Open], mark: &Mark, rest: &[Mark]) -> bool {
    let inside = stack.last().is_some_and(|open| open.double);
    for later in rest {
        if later.paragraph > mark.paragraph + if inside { PARAGRAPHS_AHEAD } else { 0 } {
            return false;
        }
        if later.double {
            // The quotation around it ends first; a double mark that opens lies inside.
            if inside && later.closes && !later.opens {
                return false;
            }
        } else if later.closes && (later.paragraph == mark.paragraph || later.after_stop) {
            return true;
        }
    }
    false
}

/// Whether an open quotation goes on in the next paragraph.
fn runs_on(open: &Open, rest: &[Mark], paragraph: usize) -> bool {
    let Some(next) = rest.iter().find(|mark| mark.double == open.double) else {
        return false;
    };
    if next.paragraph == paragraph + 1 && next.first && next.opens {
        return true;
    }
    let strong = open.double || next.after_stop;
    next.paragraph <= paragraph + PARAGRAPHS_AHEAD && next.closes && !next.opens && strong
}

/// Closes the quotation at `depth` and all inside it.
fn close(
    stack: &mut Vec<Open>,
    done: &mut [Option<Quotation>],
    depth: usize,
    end: usize,
    closed: bool,
) {
    for (inner, mut open) in stack.drain(depth..).enumerate() {
        if open.from < end || open.pieces.is_empty() {
            open.pieces.push(Span::new(open.from.min(end), end));
        }
        done[open.index] = Some(Quotation {
            pieces: open.pieces,
            parent: open.parent,
            kind: QuotationKind::Fragment,
            closed: closed && inner == 0,
        });
    }
}

/// A double mark that was never closed, with another double quotation opening inside: the first lost its closing mark
/// before that. It is cut there, and the second stands beside it.
fn part_unclosed(text: &str, quotations: &mut [Quotation]) {
    for index in 0..quotations.len() {
        if quotations[index].closed || !is_double(text, &quotations[index]) {
            continue;
        }
        let inner = (index + 1..quotations.len()).find(|&inner| {
            quotations[inner].parent == Some(index) && is_double(text, &quotations[inner])
        });
        let Some(inner) = inner else { continue };
        let cut = quotations[inner].pieces[0].start;
        let around = quotations[index].parent;
        for later in &mut quotations[inner..] {
            if later.parent == Some(index) {
                later.parent = around;
            }
        }
        let mark = text[..cut].chars().next_back().map_or(0, char::len_utf8);
        let pieces = &mut quotations[index].pieces;
        pieces.retain(|piece| piece.start < cut);
        if let Some(last) = pieces.last_mut() {
            last.end = last.end.min(cut - mark);
            last.end = last.start + last.of(text).trim_end().len();
        }
    }
}

fn is_double(text: &str, quotation: &Quotation) -> bool {
    text[..quotation.pieces[0].start]
        .chars()
        .next_back()
        .is_some_and(|mark| "\"“”„‟«".contains(mark))
}

/// Tells speech from a phrase quoted inside somebody else's sentence, by how it begins, ends and is set in.
fn kind(text: &str, paragraphs: &[Span], quotations: &[Quotation], index: usize) -> QuotationKind {
    let quotation = &quotations[index];
    if quotation.pieces.len() > 1 {
        return QuotationKind::Speech;
    }
    let piece = quotation.pieces[0];
    let words = piece.of(text).trim();
    let paragraph = paragraphs
        .iter()
        .find(|paragraph| paragraph.start <= piece.start && piece.end <= paragraph.end)
        .map_or(piece, |paragraph| *paragraph);
    let before = text[paragraph.start..piece.start]
        .trim_end_matches(|char: char| "\"“”„‟«'‘’ ".contains(char));
    let after =
        text[piece.end..paragraph.end].trim_start_matches(|char: char| "\"“”»'’".contains(char));
    let count = words.split_whitespace().count();
    let starts_high = words.starts_with(|char: char| char.is_uppercase() || char.is_numeric())
        || words.starts_with(['…', '.']);
    let body = words.trim_end_matches(['.', '!', '?', '…', ',', ';', '—', '-']);
    let stopped = body.len() < words.len();
    let sentences = body.contains(". ") || body.contains("? ") || body.contains("! ");
    // "We shall go," she said, "and we shall stay."
    let continues = index > 0
        && quotations[index - 1].parent == quotation.parent
        && quotations[index - 1].span().start >= paragraph.start
        && quotations[index - 1].pieces[0]
            .of(text)
            .ends_with([',', '—', '…'])
        && stopped
        && count > 2;
    // "On Peace in the East": only the small words are in lower case.
    let title = count >= 2
        && !stopped
        && words
            .split_whitespace()
            .filter(|word| word.chars().count() > 3)
            .all(|word| word.starts_with(|char: char| !char.is_lowercase()));
    let introduced = before.is_empty() || before.ends_with([':', ',']);
    let speech = if title {
        false
    } else if sentences || continues {
        true
    } else if starts_high {
        (introduced || stopped) && (count >= 4 || stopped && count >= 2)
            || (after.starts_with(',') && count >= 4)
            || count >= 7
    } else {
        introduced && stopped && !before.is_empty() && count >= 6
    };
    if speech {
        QuotationKind::Speech
    } else {
        QuotationKind::Fragment
    }
}
