//! Words without quotation marks that are somebody's all the same: leads that say in short what is told below.

use std::collections::HashSet;

use verbale_read::Span;

use super::Site;
use super::attribution::Attribution;
use super::quotes::Quoted;
use super::speaker::Speaker;

/// A paragraph that echoes a speaker.
#[derive(Debug, Clone)]
pub(super) struct Echo {
    pub span: Span,
    pub speaker: Speaker,
    pub words: Option<Span>,
    pub act: String,
}

/// So many paragraphs before "This was told by …" can be meant.
const LEAD: usize = 3;
/// A lead with fewer telling words repeats another sentence by chance.
const FEWEST_WORDS: usize = 5;
/// The share of its telling words that a quoted sentence must have.
const SHARE: f64 = 0.8;

/// Finds echoes among the paragraphs that nobody else speaks.
pub(super) fn echoes(
    site: &Site,
    attributions: &[Attribution],
    quoted: &[Option<Quoted>],
) -> Vec<Echo> {
    let mut echoes = Vec::new();
    let paragraphs = &site.segments.paragraphs;
    let spoken: Vec<bool> = paragraphs
        .iter()
        .map(|paragraph| {
            attributions
                .iter()
                .any(|attribution| paragraph.span.contains(attribution.words))
                || site.segments.quotations.iter().any(|quotation| {
                    quotation
                        .pieces
                        .iter()
                        .any(|piece| paragraph.span.contains(*piece))
                })
        })
        .collect();
    for attribution in attributions
        .iter()
        .filter(|one| one.told && one.level.is_none())
    {
        let Some(here) = site.segments.paragraph_at(attribution.words.start) else {
            continue;
        };
        // "This was told by …" opens its paragraph; later in it, what it points at stands in the same paragraph.
        let opens = !super::quotes::ends_sentence(
            &site.text[paragraphs[here].span.start..attribution.words.start],
        );
        if !opens {
            continue;
        }
        let first = here.saturating_sub(LEAD);
        for before in (first..here).rev() {
            if spoken[before] || paragraphs[before].headline {
                break;
            }
            echoes.push(Echo {
                span: paragraphs[before].span,
                speaker: attribution.speaker.clone(),
                words: Some(attribution.words),
                act: attribution.act.clone(),
            });
        }
    }
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let body = paragraphs[..index]
            .iter()
            .filter(|one| !one.headline)
            .count();
        let known = echoes.iter().any(|echo: &Echo| echo.span == paragraph.span);
        if spoken[index] || known || body >= LEAD {
            continue;
        }
        if let Some(source) = repeated(site, paragraph.span, quoted) {
            echoes.push(Echo {
                span: paragraph.span,
                speaker: source.speaker.clone(),
                words: source.words,
                act: source.act.clone(),
            });
        }
    }
    echoes
}

/// The quotation that has nearly all telling words of a paragraph in one of its sentences.
fn repeated<'a>(site: &Site, span: Span, quoted: &'a [Option<Quoted>]) -> Option<&'a Quoted> {
    let lead = telling_words(span.of(site.text));
    if lead.len() < FEWEST_WORDS {
        return None;
    }
    site.segments
        .quotations
        .iter()
        .zip(quoted)
        .filter_map(|(quotation, quoted)| Some((quotation, quoted.as_ref()?)))
        .find(|(quotation, _)| {
            quotation.pieces.iter().any(|piece| {
                piece.of(site.text).split(['.', '!', '?']).any(|sentence| {
                    let words = telling_words(sentence);
                    let shared = lead.iter().filter(|word| words.contains(*word)).count();
                    shared as f64 >= SHARE * lead.len() as f64
                })
            })
        })
        .map(|(_, quoted)| quoted)
}

/// Words of more than three letters, without the endings of number and tense.
fn telling_words(text: &str) -> HashSet<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .map(|word| {
            let word = word.to_lowercase();
            let stem = word
                .strip_suffix("ing")
                .or_else(|| word.strip_suffix("ed"))
                .or_else(|| word.strip_suffix('s'))
                .unwrap_or(&word);
            stem.trim_end_matches('e').to_owned()
        })
        .collect()
}
