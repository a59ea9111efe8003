//! The dependency tree of one document: heads and labels, and what follows from them alone.

use crate::labels::{Label, Labels};

/// A head and a label for every token. A root is its own head.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tree {
    pub heads: Vec<usize>,
    pub labels: Vec<Label>,
}

impl Tree {
    /// The smallest token in the subtree of each token.
    pub fn left_edges(&self) -> Vec<usize> {
        let heads = &self.heads;
        let mut edges: Vec<usize> = (0..heads.len()).collect();
        let mut changed = true;
        while changed {
            changed = false;
            let mut lift = |token: usize| {
                if edges[token] < edges[heads[token]] {
                    edges[heads[token]] = edges[token];
                    changed = true;
                }
            };
            (0..heads.len()).for_each(&mut lift);
            (0..heads.len()).rev().for_each(&mut lift);
        }
        edges
    }

    /// Whether each token starts a sentence: every root's subtree is one, from its left edge on.
    pub fn sentence_starts(&self) -> Vec<bool> {
        let mut starts = vec![false; self.heads.len()];
        for (token, edge) in self.left_edges().into_iter().enumerate() {
            if self.heads[token] == token {
                starts[edge] = true;
            }
        }
        starts
    }

    /// Undoes the encoding of crossing arcs. A label `relcl||dobj` says: this is a `relcl` whose true head is a `dobj` below
    /// the head given. The first such, level by level from the head down, becomes the head; if there is none the head stays.
    pub fn lower_lifted_arcs(&mut self, lifts: &Lifts, is_space: &[bool]) {
        for token in 0..self.heads.len() {
            if let Some((label, head_label)) = lifts.of(self.labels[token]) {
                self.heads[token] = self
                    .find_below(token, head_label, is_space)
                    .unwrap_or(self.heads[token]);
                self.labels[token] = label;
            }
        }
    }

    fn find_below(&self, token: usize, label: Label, is_space: &[bool]) -> Option<usize> {
        let mut level = vec![self.heads[token]];
        while !level.is_empty() {
            let mut below = Vec::new();
            for &head in &level {
                for (child, &head_of_child) in self.heads.iter().enumerate() {
                    if head_of_child == head && child != head && child != token && !is_space[child]
                    {
                        if self.labels[child] == label {
                            return Some(child);
                        }
                        below.push(child);
                    }
                }
            }
            level = below;
        }
        None
    }
}

/// Which labels stand for lifted arcs: the plain label and the label of the true head.
pub struct Lifts(Vec<Option<(Label, Label)>>);

impl Lifts {
    /// Adds the plain labels of all lifted ones to `labels`.
    pub fn new(labels: &mut Labels) -> Lifts {
        let names = labels.names().to_vec();
        let mut lifts: Vec<_> = names
            .into_iter()
            .map(|name| {
                name.split_once("||")
                    .map(|(plain, head)| (labels.add(plain), labels.add(head)))
            })
            .collect();
        lifts.resize(labels.names().len(), None);
        Lifts(lifts)
    }

    fn of(&self, label: Label) -> Option<(Label, Label)> {
        self.0[usize::from(label)]
    }
}
