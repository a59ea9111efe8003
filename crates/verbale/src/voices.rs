//! Who speaks each span, and to whom.

use verbale_read::Span;

use crate::record::Voice;

/// The voices of a document: a forest of spans. The outermost voice is the outlet or unnamed narrator.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    /// Spans with their voice, parents before children.
    pub spans: Vec<VoiceSpan>,
}

/// A span that one voice speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceSpan {
    /// The words spoken.
    pub span: Span,
    /// Who speaks and how.
    pub voice: Voice,
    /// Index into the people of the document, for speakers.
    pub person: Option<usize>,
    /// Index of the voice around this one.
    pub parent: Option<usize>,
}

impl Voices {
    /// Index of the deepest voice that speaks the first byte of `span`.
    pub fn innermost(&self, span: Span) -> Option<usize> {
        self.spans
            .iter()
            .enumerate()
            .filter(|(_, voice)| voice.span.start <= span.start && span.start < voice.span.end)
            .min_by_key(|(index, voice)| (voice.span.len(), usize::MAX - index))
            .map(|(index, _)| index)
    }

    /// The chain of voices around a span, from the outside in.
    pub fn chain(&self, span: Span) -> Vec<Voice> {
        let mut chain = Vec::new();
        let mut at = self.innermost(span);
        while let Some(index) = at {
            chain.push(self.spans[index].voice.clone());
            at = self.spans[index].parent;
        }
        chain.reverse();
        chain
    }
}
