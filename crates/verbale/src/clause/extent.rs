//! The words of a predication.

use std::ops::Range;

use verbale_read::Span;

use super::RoleName;
use super::colour::Colour;
use super::roles::Fillers;
use super::subject::Route;
use super::syntax::Reader;

impl Reader<'_> {
    /// The smallest contiguous span that holds predicate, roles and modifiers. Subjects count where they stand in the
    /// clause or are reached over control, relative clause or copula; what coordination and participles share does not.
    pub fn extent(&self, tokens: &[usize], fillers: &Fillers, colour: &Colour) -> Span {
        let mut extent: Range<usize> = tokens[0]..tokens[tokens.len() - 1] + 1;
        let mut widen = |range: Range<usize>| {
            extent.start = extent.start.min(range.start);
            extent.end = extent.end.max(range.end);
        };
        // A noun is told without the verb it hangs on ("discussed *plans for a dam*"); a verb with its "is keen to".
        let noun_alone = tokens.len() == 1 && self.is_noun(tokens[0]);
        for governor in &colour.governors {
            let outside = governor.kind == super::GovernorKind::Purpose
                || noun_alone && self.tag(governor.head).starts_with("VB");
            if !outside {
                widen(governor.head..governor.head + 1);
            }
        }
        for &token in tokens {
            for &kid in self.kids(token) {
                let inner = [
                    "aux", "auxpass", "neg", "prt", "advmod", "det", "amod", "nummod", "compound",
                    "poss", "dobj", "attr", "acomp",
                ];
                if inner.contains(&self.dep(kid)) && !["where", "when"].contains(&self.word(kid)) {
                    widen(self.full_phrase(kid));
                }
            }
        }
        for filler in &fillers.all {
            // "Quito, where they met": the place is told by another clause.
            let stands_before =
                filler.role.name == RoleName::Place && filler.route == Route::Shared;
            if filler.route == Route::Elsewhere || stands_before {
                continue;
            }
            let mut range = self.full_phrase(filler.role.head);
            if filler.role.prep.is_some()
                && let Some(prep) = self.bearing_preposition(filler.role.head)
            {
                range.start = range.start.min(prep);
            }
            widen(range);
        }
        let sentence = &self.tree.sentences[self
            .tree
            .sentence_of(tokens[0])
            .min(self.tree.sentences.len() - 1)];
        extent.start = extent.start.max(sentence.start).min(tokens[0]);
        extent.end = extent
            .end
            .min(sentence.end)
            .max(tokens[tokens.len() - 1] + 1);
        while extent.end - 1 > tokens[tokens.len() - 1] && self.is_trailing(extent.end - 1) {
            extent.end -= 1;
        }
        while extent.start < tokens[0]
            && (self.is_punctuation(extent.start) || self.dep(extent.start) == "cc")
        {
            extent.start += 1;
        }
        self.tree.range_span(extent)
    }

    fn is_trailing(&self, token: usize) -> bool {
        self.is_punctuation(token) && ![")", "]"].contains(&self.word(token))
    }

    /// A phrase with its restrictive clauses, cut before a clause that a comma sets off.
    fn full_phrase(&self, head: usize) -> Range<usize> {
        let edges = self.tree.edges[head].clone();
        let mut end = edges.end;
        for token in head + 1..edges.end {
            let loose =
                ["relcl", "acl", "advcl", "appos", "parataxis", "dep"].contains(&self.dep(token));
            let start = self.tree.edges[token].start;
            if loose
                && start > head
                && self.is_punctuation(start - 1)
                && self.word(start - 1) == ","
            {
                end = end.min(start - 1);
            }
            let other_clause = self.dep(token) == "conj"
                && (self.is_verb(token) && self.kid(token, &["nsubj", "nsubjpass"]).is_some()
                    || self.is_act_beside_name(token));
            if other_clause {
                end = end.min(start.max(head + 1));
            }
        }
        while end > head + 1
            && (self.is_punctuation(end - 1) && self.is_trailing(end - 1)
                || self.dep(end - 1) == "cc")
        {
            end -= 1;
        }
        edges.start..end
    }

    fn bearing_preposition(&self, object: usize) -> Option<usize> {
        let mut at = object;
        while self.dep(at) == "conj" {
            at = self.head(at)?;
        }
        ["pobj", "pcomp"]
            .contains(&self.dep(at))
            .then(|| self.head(at))
            .flatten()
    }
}
