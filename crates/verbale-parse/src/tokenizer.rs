//! Text to tokens, as spaCy's English tokenizer cuts it. Nothing is lost: tokens and the spaces after them give back the text.

use std::collections::HashMap;
use std::ops::Range;

use crate::affixes::Affixes;
use crate::classes::{self as class, Classes};
use crate::hash::IdMap;
use crate::model::Model;
use crate::strings::Strings;
use crate::url::is_url;

/// A token before anything is known of it but its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawToken {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// Whether a U+0020 that belongs to no token follows.
    pub space_after: bool,
    /// The identifier of its text.
    pub id: u64,
    /// The norm a special case gives it (`ca` in `can't` is `can`); `None` where the lexicon decides.
    pub norm: Option<SpecialNorm>,
}

/// A norm given by a special case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecialNorm {
    /// The norm itself.
    pub text: &'static str,
    /// Its identifier.
    pub id: u64,
}

/// One token of a special case.
struct Piece {
    len: usize,
    id: u64,
    norm: SpecialNorm,
}

/// The tokenizer's tables.
pub struct Tokenizer {
    affixes: Affixes,
    specials: HashMap<&'static str, Vec<Piece>>,
    /// In bytes; a longer string need not be looked up.
    longest_special: usize,
    /// Special cases that the affix rules or a space break up, as the identifiers of the tokens they fall into, by the first.
    broken: IdMap<u64, Vec<Vec<u64>>>,
}

impl Tokenizer {
    pub fn load(model: &Model, classes: &Classes, strings: &Strings) -> Tokenizer {
        let mut specials = HashMap::new();
        for record in model.text("tokenizer.exceptions").split('\x02') {
            let mut fields = record.split('\x01');
            let text = fields.next().expect("a special case has a text");
            let mut pieces = Vec::new();
            while let (Some(piece), Some(norm)) = (fields.next(), fields.next()) {
                let norm = SpecialNorm {
                    text: norm,
                    id: strings.id(norm),
                };
                pieces.push(Piece {
                    len: piece.len(),
                    id: strings.id(piece),
                    norm,
                });
            }
            specials.insert(text, pieces);
        }
        let longest_special = specials
            .keys()
            .map(|text: &&str| text.len())
            .max()
            .unwrap_or(0);
        let mut tokenizer = Tokenizer {
            affixes: Affixes::load(model),
            specials,
            longest_special,
            broken: IdMap::default(),
        };
        tokenizer.broken = tokenizer.broken_specials(classes, strings);
        tokenizer
    }

    fn broken_specials(&self, classes: &Classes, strings: &Strings) -> IdMap<u64, Vec<Vec<u64>>> {
        let mut broken: IdMap<u64, Vec<Vec<u64>>> = IdMap::default();
        for &text in self.specials.keys() {
            let affixed = self.affixes.prefix(classes, text) > 0
                || self.affixes.suffix(classes, text) > 0
                || self.affixes.infix(classes, text, 0).is_some();
            if affixed || text.contains(' ') {
                let pass = Pass {
                    tokenizer: self,
                    classes,
                    strings,
                    text,
                    use_specials: false,
                };
                let phrase: Vec<u64> = pass.run().iter().map(|token| token.id).collect();
                if let Some(&first) = phrase.first() {
                    let phrases = broken.entry(first).or_default();
                    if !phrases.contains(&phrase) {
                        phrases.push(phrase);
                    }
                }
            }
        }
        broken
    }

    /// Cuts `text` into tokens.
    pub fn tokenize(&self, classes: &Classes, strings: &Strings, text: &str) -> Vec<RawToken> {
        let tokens = Pass {
            tokenizer: self,
            classes,
            strings,
            text,
            use_specials: true,
        }
        .run();
        self.mend_broken_specials(text, tokens)
    }

    /// Special cases that were broken up are found again as sequences of tokens: longest first, then leftmost.
    fn mend_broken_specials(&self, text: &str, tokens: Vec<RawToken>) -> Vec<RawToken> {
        let mut matches: Vec<Range<usize>> = Vec::new();
        for start in 0..tokens.len() {
            for phrase in self.broken.get(&tokens[start].id).into_iter().flatten() {
                let end = start + phrase.len();
                if end <= tokens.len()
                    && tokens[start..end]
                        .iter()
                        .map(|t| t.id)
                        .eq(phrase.iter().copied())
                {
                    matches.push(start..end);
                }
            }
        }
        if matches.is_empty() {
            return tokens;
        }
        matches.sort_by_key(|range| (std::cmp::Reverse(range.len()), range.start));
        let mut taken = vec![false; tokens.len()];
        let mut kept = Vec::new();
        for range in matches {
            if !taken[range.start] && !taken[range.end - 1] {
                kept.push(range.clone());
            }
            taken[range].fill(true);
        }
        kept.sort_by_key(|range| range.start);
        let mut mended = Vec::with_capacity(tokens.len());
        let mut next = 0;
        for range in kept {
            mended.extend_from_slice(&tokens[next..range.start]);
            let found = &tokens[range.clone()];
            let (first, last) = (&found[0], &found[found.len() - 1]);
            let span = first.span.start..last.span.end;
            match self.specials.get(&text[span.clone()]) {
                Some(pieces) => {
                    push_pieces(&mut mended, pieces, span.start);
                    mended
                        .last_mut()
                        .expect("special cases are not empty")
                        .space_after = last.space_after;
                }
                None => mended.extend_from_slice(found),
            }
            next = range.end;
        }
        mended.extend_from_slice(&tokens[next..]);
        mended
    }
}

fn push_pieces(tokens: &mut Vec<RawToken>, pieces: &[Piece], mut start: usize) {
    for piece in pieces {
        let span = start..start + piece.len;
        start = span.end;
        tokens.push(RawToken {
            span,
            space_after: false,
            id: piece.id,
            norm: Some(piece.norm),
        });
    }
}

/// One pass over a text.
struct Pass<'a> {
    tokenizer: &'a Tokenizer,
    classes: &'a Classes,
    strings: &'a Strings,
    text: &'a str,
    use_specials: bool,
}

impl Pass<'_> {
    /// Cuts the text into runs of white space and of other characters and each run into tokens. One U+0020 after a run is
    /// eaten as the mark of a space after the last token.
    fn run(&self) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity(self.text.len() / 5 + 1);
        let Some(first) = self.text.chars().next() else {
            return tokens;
        };
        let mut in_space = self.classes.has(first, class::SPACE);
        let mut start = 0;
        for (at, c) in self.text.char_indices() {
            if self.classes.has(c, class::SPACE) == in_space {
                continue;
            }
            if start < at {
                self.chunk(start..at, &mut tokens);
            }
            start = at;
            if c == ' ' {
                if let Some(last) = tokens.last_mut() {
                    last.space_after = true;
                }
                start = at + 1;
            }
            in_space = !in_space;
        }
        if start < self.text.len() {
            self.chunk(start..self.text.len(), &mut tokens);
        }
        tokens
    }

    fn special(&self, span: &Range<usize>) -> Option<&[Piece]> {
        if !self.use_specials || span.len() > self.tokenizer.longest_special {
            return None;
        }
        self.tokenizer
            .specials
            .get(&self.text[span.clone()])
            .map(Vec::as_slice)
    }

    fn push(&self, span: Range<usize>, tokens: &mut Vec<RawToken>) {
        let id = self.strings.id(&self.text[span.clone()]);
        tokens.push(RawToken {
            span,
            space_after: false,
            id,
            norm: None,
        });
    }

    /// Cuts one run: prefixes, suffixes and special cases from the outside in, then what is left by address or infixes.
    fn chunk(&self, span: Range<usize>, tokens: &mut Vec<RawToken>) {
        if let Some(pieces) = self.special(&span) {
            return push_pieces(tokens, pieces, span.start);
        }
        let mut suffixes: Vec<Range<usize>> = Vec::new();
        let middle = self.strip_affixes(span, tokens, &mut suffixes);
        if !middle.is_empty() {
            self.middle(middle, tokens);
        }
        for suffix in suffixes.into_iter().rev() {
            self.push(suffix, tokens);
        }
    }

    fn strip_affixes(
        &self,
        mut middle: Range<usize>,
        prefixes: &mut Vec<RawToken>,
        suffixes: &mut Vec<Range<usize>>,
    ) -> Range<usize> {
        let Tokenizer { affixes, .. } = self.tokenizer;
        while !middle.is_empty() && self.special(&middle).is_none() {
            let prefix = affixes.prefix(self.classes, &self.text[middle.clone()]);
            let after_prefix = middle.start + prefix..middle.end;
            if prefix > 0 && self.special(&after_prefix).is_some() {
                self.push(middle.start..after_prefix.start, prefixes);
                return after_prefix;
            }
            // Look-behinds of the suffix patterns do not see the prefix.
            let suffix = affixes.suffix(self.classes, &self.text[after_prefix.clone()]);
            let before_suffix = middle.start..middle.end - suffix;
            if suffix > 0 && self.special(&before_suffix).is_some() {
                suffixes.push(before_suffix.end..middle.end);
                return before_suffix;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                self.push(middle.start..after_prefix.start, prefixes);
            }
            if suffix > 0 {
                suffixes.push(before_suffix.end..middle.end);
            }
            middle = after_prefix.start..before_suffix.end;
        }
        middle
    }

    fn middle(&self, span: Range<usize>, tokens: &mut Vec<RawToken>) {
        if let Some(pieces) = self.special(&span) {
            return push_pieces(tokens, pieces, span.start);
        }
        let text = &self.text[span.clone()];
        if is_url(self.classes, text) {
            return self.push(span, tokens);
        }
        let mut start = 0;
        let mut from = 0;
        while let Some(infix) = self.tokenizer.affixes.infix(self.classes, text, from) {
            from = infix.end;
            // An infix at the very start splits nothing off.
            if infix.start == 0 {
                continue;
            }
            if start < infix.start {
                self.push(span.start + start..span.start + infix.start, tokens);
            }
            self.push(span.start + infix.start..span.start + infix.end, tokens);
            start = infix.end;
        }
        if start < text.len() {
            self.push(span.start + start..span.end, tokens);
        }
    }
}
