//! Units to trees. All token spans are in bytes of the *document*.

use std::ops::Range;

use verbale_parse::{Entity, Parser, Token};
use verbale_read::Span;

use crate::segment::{Segments, Unit};

/// The longest sentence that is read, in tokens: longer ones are tables or tricks, and whoever asks each of their words about
/// all others would not come to an end.
pub const LONGEST: usize = 1000;

/// The trees of a document, one per unit of [`Segments::units`] and in the same order.
#[derive(Debug, Clone, Default)]
pub struct Trees {
    /// One tree per unit.
    pub units: Vec<Tree>,
}

/// The analysis of one unit.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The unit.
    pub unit: Unit,
    /// Tokens, spans in document bytes.
    pub tokens: Vec<Token>,
    /// Token ranges of sentences.
    pub sentences: Vec<Range<usize>>,
    /// Entities as the network sees them: a second opinion after the lists.
    pub entities: Vec<Entity>,
    /// Base noun phrases.
    pub noun_chunks: Vec<Range<usize>>,
    /// Children of each token, in order.
    pub children: Vec<Vec<usize>>,
    /// Token ranges of the subtrees: first and one past the last token.
    pub edges: Vec<Range<usize>>,
}

/// Addresses one token of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId {
    /// Index of the unit.
    pub unit: usize,
    /// Index of the token in the unit.
    pub token: usize,
}

impl Tree {
    /// The words of a token.
    pub fn word<'a>(&self, text: &'a str, token: usize) -> &'a str {
        &text[self.tokens[token].span.clone()]
    }

    /// The span of a token.
    pub fn span(&self, token: usize) -> Span {
        Span::new(self.tokens[token].span.start, self.tokens[token].span.end)
    }

    /// The span of a token range, which must not be empty.
    pub fn range_span(&self, tokens: Range<usize>) -> Span {
        Span::new(
            self.tokens[tokens.start].span.start,
            self.tokens[tokens.end - 1].span.end,
        )
    }

    /// The span of the whole subtree under a token.
    pub fn subtree_span(&self, token: usize) -> Span {
        self.range_span(self.edges[token].clone())
    }

    /// Children of a token with one of these labels, in order.
    pub fn children_with<'a>(
        &'a self,
        token: usize,
        deps: &'a [&'a str],
    ) -> impl Iterator<Item = usize> + 'a {
        self.children[token]
            .iter()
            .copied()
            .filter(move |&child| deps.contains(&self.tokens[child].dep))
    }

    /// A token and all that it hangs on, up to the root.
    pub fn upwards(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), |&at| {
            let head = self.tokens[at].head;
            (head != at).then_some(head)
        })
    }

    /// Tokens of the sentence that holds a token.
    pub fn sentence_around(&self, token: usize) -> Range<usize> {
        self.sentences[self.sentence_of(token).min(self.sentences.len() - 1)].clone()
    }

    /// Whether a token stands in a sentence of more than [`LONGEST`] tokens.
    pub fn is_endless(&self, token: usize) -> bool {
        self.sentence_around(token).len() > LONGEST
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.end <= token)
    }
}

/// Parses every unit in one batch.
pub fn parse(parser: &Parser, segments: &Segments) -> Trees {
    parse_all(parser, std::slice::from_ref(segments))
        .pop()
        .unwrap_or_default()
}

/// Parses the units of several documents in one batch.
pub fn parse_all(parser: &Parser, documents: &[Segments]) -> Vec<Trees> {
    let texts: Vec<&str> = documents
        .iter()
        .flat_map(|segments| &segments.units)
        .map(|unit| unit.text.as_str())
        .collect();
    let mut analyses = parser.parse_batch(&texts).into_iter();
    documents
        .iter()
        .map(|segments| Trees {
            units: segments
                .units
                .iter()
                .zip(analyses.by_ref())
                .map(|(unit, analysis)| tree(unit.clone(), analysis))
                .collect(),
        })
        .collect()
}

fn tree(unit: Unit, analysis: verbale_parse::Analysis) -> Tree {
    let offset = unit.span.start;
    let mut tokens = analysis.tokens;
    for token in &mut tokens {
        token.span.start += offset;
        token.span.end += offset;
    }
    let mut children = vec![Vec::new(); tokens.len()];
    let mut edges: Vec<Range<usize>> = (0..tokens.len()).map(|token| token..token + 1).collect();
    for (index, token) in tokens.iter().enumerate() {
        if token.head != index {
            children[token.head].push(index);
        }
        // Walking up from each token widens every ancestor; a tree is a few dozen tokens deep at most.
        let mut ancestor = index;
        while tokens[ancestor].head != ancestor {
            ancestor = tokens[ancestor].head;
            edges[ancestor].start = edges[ancestor].start.min(index);
            edges[ancestor].end = edges[ancestor].end.max(index + 1);
        }
    }
    Tree {
        unit,
        tokens,
        sentences: analysis.sentences,
        entities: analysis.entities,
        noun_chunks: analysis.noun_chunks,
        children,
        edges,
    }
}
