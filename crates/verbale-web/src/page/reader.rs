//! The reader: a source text with its coded words marked, fact to words and words to fact.

use maud::{Markup, html};
use verbale::record::{Fact, word};

/// A source text for the reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Document id.
    pub id: String,
    /// File name or title.
    pub name: String,
    /// The original text.
    pub text: String,
    /// Byte ranges of its frame, greyed.
    pub furniture: Vec<(usize, usize)>,
}

/// The text with coded spans marked. Spans may overlap: the text is cut at every boundary, and each piece links to the
/// shortest fact that holds it; the first piece of a fact carries its anchor.
pub fn reader(source: &Source, facts: &[&Fact]) -> Markup {
    let mut cuts: Vec<usize> = vec![0, source.text.len()];
    cuts.extend(
        facts
            .iter()
            .flat_map(|fact| [fact.span.start, fact.span.end]),
    );
    cuts.extend(
        source
            .furniture
            .iter()
            .flat_map(|&(start, end)| [start, end]),
    );
    cuts.retain(|&cut| source.text.is_char_boundary(cut));
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        pre.source {
            @for piece in cuts.windows(2) {
                @let text = &source.text[piece[0]..piece[1]];
                @let holding = holding(facts, piece[0]);
                @for fact in facts.iter().filter(|fact| fact.span.start == piece[0]) {
                    span id={ "w-" (fact.id) } {}
                }
                @if let Some(fact) = holding {
                    a class={ "coded k-" (word(&fact.kind)) } href={ "#f-" (fact.id) } title=(word(&fact.kind)) { (text) }
                } @else if source.furniture.iter().any(|&(start, end)| start <= piece[0] && piece[0] < end) {
                    span.frame title="frame of the text, never coded" { (text) }
                } @else {
                    (text)
                }
            }
        }
    }
}

fn holding<'a>(facts: &[&'a Fact], at: usize) -> Option<&'a Fact> {
    facts
        .iter()
        .copied()
        .filter(|fact| fact.span.start <= at && at < fact.span.end)
        .min_by_key(|fact| (fact.span.len(), fact.span.start))
}
