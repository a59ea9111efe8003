//! The tree, built from left to right: spaCy's arc-eager transition system with its repairs (non-monotonic).

use std::ops::Range;

use crate::labels::{Label, Labels};
use crate::model::Model;
use crate::transitions::{Prepared, TransitionNetwork, best_of};
use crate::tree::{Lifts, Tree};

/// The dependency parser.
pub struct DependencyParser {
    /// The network that prepares the tokens of a batch and scores transitions.
    pub network: TransitionNetwork,
    /// What each output of the network does, in order of the actions.
    moves: Vec<Move>,
    shift: Range<usize>,
    reduce: Range<usize>,
    arcs: Range<usize>,
    break_: Range<usize>,
    labels: Labels,
    lifts: Lifts,
    root: Label,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack is done, or goes back if it found no head.
    Reduce,
    /// The top of the stack depends on the next word.
    Left(Label),
    /// The next word depends on the top of the stack.
    Right(Label),
    /// A sentence starts at the word after the next.
    Break,
}

impl DependencyParser {
    pub fn load(model: &Model) -> DependencyParser {
        let mut labels = Labels::default();
        let moves: Vec<Move> = model
            .text("parser.moves")
            .split('\n')
            .map(|line| {
                let (action, label) = line.split_once('\t').expect("action and label");
                match action {
                    "S" => Move::Shift,
                    "D" => Move::Reduce,
                    "L" => Move::Left(labels.add(label)),
                    "R" => Move::Right(labels.add(label)),
                    "B" => Move::Break,
                    _ => panic!("unknown action {action}"),
                }
            })
            .collect();
        let range = |wanted: fn(&Move) -> bool| {
            let start = moves
                .iter()
                .position(wanted)
                .expect("every action has an output");
            start..start + moves.iter().filter(|m| wanted(m)).count()
        };
        let root = labels.add("ROOT");
        let lifts = Lifts::new(&mut labels);
        DependencyParser {
            network: TransitionNetwork::load(model, "parser"),
            shift: range(|m| *m == Move::Shift),
            reduce: range(|m| *m == Move::Reduce),
            arcs: range(|m| matches!(m, Move::Left(_) | Move::Right(_))),
            break_: range(|m| *m == Move::Break),
            moves,
            labels,
            lifts,
            root,
        }
    }

    /// The labels of the trees.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The tree of one document, the tokens at `document` of the batch.
    pub fn parse(&self, prepared: &Prepared, document: Range<usize>, is_space: &[bool]) -> Tree {
        let mut tree = self.run(prepared, document, |_| ());
        tree.lower_lifted_arcs(&self.lifts, is_space);
        tree
    }

    /// The transitions by which the tree of a document is built.
    #[cfg(test)]
    pub fn transitions(&self, prepared: &Prepared, document: Range<usize>) -> Vec<usize> {
        let mut transitions = Vec::new();
        self.run(prepared, document, |transition| {
            transitions.push(transition)
        });
        transitions
    }

    /// Takes transitions until all is read, and tells `watch` each one's index.
    fn run(
        &self,
        prepared: &Prepared,
        document: Range<usize>,
        mut watch: impl FnMut(usize),
    ) -> Tree {
        let mut state = State::new(document.len(), self.root);
        let mut scores = prepared.scores();
        while !state.is_final() {
            let features = state
                .features()
                .map(|token| token.map(|token| document.start + token));
            prepared.score(features, &mut scores);
            let valid = state.valid();
            let none = 0..0;
            let allowed = [
                if valid.shift {
                    self.shift.clone()
                } else {
                    none.clone()
                },
                if valid.reduce {
                    self.reduce.clone()
                } else {
                    none.clone()
                },
                if valid.arcs {
                    self.arcs.clone()
                } else {
                    none.clone()
                },
                if valid.break_ {
                    self.break_.clone()
                } else {
                    none
                },
            ];
            let Some(best) = best_of(&scores, allowed) else {
                break;
            };
            watch(best);
            state.apply(self.moves[best]);
        }
        state.into_tree(self.root)
    }
}

/// Which actions a state allows.
struct Valid {
    shift: bool,
    reduce: bool,
    arcs: bool,
    break_: bool,
}

/// What is read, what is open, and the arcs so far.
struct State {
    stack: Vec<usize>,
    /// Words that went back from the stack to be read again, the next one last.
    again: Vec<usize>,
    /// The first word never read.
    next: usize,
    heads: Vec<Option<usize>>,
    labels: Vec<Label>,
    left: Children,
    right: Children,
    /// Words that came back headless: they may not simply be shifted once more.
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(tokens: usize, root: Label) -> State {
        State {
            stack: Vec::new(),
            again: Vec::new(),
            next: 0,
            heads: vec![None; tokens],
            labels: vec![root; tokens],
            left: Children::new(tokens),
            right: Children::new(tokens),
            unshiftable: vec![false; tokens],
            starts: (0..tokens).map(|token| token == 0).collect(),
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.unread() == 0
    }

    fn unread(&self) -> usize {
        self.heads.len() - self.next + self.again.len()
    }

    /// The word `depth` below the top of the stack.
    fn on_stack(&self, depth: usize) -> Option<usize> {
        self.stack
            .len()
            .checked_sub(depth + 1)
            .map(|place| self.stack[place])
    }

    /// The word `ahead` of the next one to read.
    fn in_buffer(&self, ahead: usize) -> Option<usize> {
        match self.again.len().checked_sub(ahead + 1) {
            Some(place) => Some(self.again[place]),
            None => {
                Some(self.next + ahead - self.again.len()).filter(|&word| word < self.heads.len())
            }
        }
    }

    fn features(&self) -> [Option<usize>; 8] {
        let (next, top) = (self.in_buffer(0), self.on_stack(0));
        [
            next,
            self.in_buffer(1),
            top,
            self.on_stack(1),
            self.on_stack(2),
            next.and_then(|word| self.left.last(word)),
            top.and_then(|word| self.left.last(word)),
            top.and_then(|word| self.right.last(word)),
        ]
    }

    fn valid(&self) -> Valid {
        let next = self.in_buffer(0);
        let at_start = next.is_some_and(|word| self.starts[word]);
        let more = self.unread() >= 2;
        let open = !self.stack.is_empty();
        let break_ = more
            && self.in_buffer(1).is_some_and(|second| {
                next.map(|word| word + 1) == Some(second) && !self.starts[second]
            });
        Valid {
            shift: !open || more && !at_start && !next.is_some_and(|word| self.unshiftable[word]),
            reduce: open,
            arcs: open && next.is_some() && !at_start,
            break_,
        }
    }

    fn apply(&mut self, action: Move) {
        let next = self.in_buffer(0);
        match (action, self.stack.last().copied(), next) {
            (Move::Shift, ..) => self.shift(),
            (Move::Reduce, Some(top), _) => {
                if self.heads[top].is_none() && self.stack.len() > 1 {
                    self.unshiftable[top] = true;
                    self.again.push(top);
                }
                self.stack.pop();
            }
            (Move::Left(label), Some(top), Some(next)) => {
                self.attach(top, next, label);
                self.unshiftable[next] = false;
                self.stack.pop();
            }
            (Move::Right(label), Some(top), Some(next)) => {
                self.attach(next, top, label);
                self.shift();
            }
            (Move::Break, _, Some(next)) => self.starts[next + 1] = true,
            _ => unreachable!("only valid actions are taken"),
        }
    }

    fn shift(&mut self) {
        let word = self.again.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn attach(&mut self, child: usize, head: usize, label: Label) {
        if let Some(old) = self.heads[child] {
            if old > child {
                &mut self.left
            } else {
                &mut self.right
            }
            .remove_if_last(old, child);
        }
        if head > child {
            &mut self.left
        } else {
            &mut self.right
        }
        .add(head, child);
        self.heads[child] = Some(head);
        self.labels[child] = label;
    }

    fn into_tree(self, root: Label) -> Tree {
        let State {
            heads, mut labels, ..
        } = self;
        let heads: Vec<usize> = heads
            .iter()
            .enumerate()
            .map(|(token, head)| head.unwrap_or(token))
            .collect();
        for (token, &head) in heads.iter().enumerate() {
            if head == token {
                labels[token] = root;
            }
        }
        Tree { heads, labels }
    }
}

/// The children of each word on one side, in the order they were attached.
///
/// When a word gets a second head, spaCy takes it from the first one's children only if it is the last of them; otherwise it
/// stays and may be seen again as a feature. The network has learnt with that, so it is kept.
struct Children {
    last: Vec<Option<u32>>,
    /// Each arc: the child and the arc before it at the same head.
    arcs: Vec<(usize, Option<u32>)>,
}

impl Children {
    fn new(tokens: usize) -> Children {
        Children {
            last: vec![None; tokens],
            arcs: Vec::with_capacity(tokens),
        }
    }

    fn last(&self, head: usize) -> Option<usize> {
        self.last[head].map(|arc| self.arcs[arc as usize].0)
    }

    fn add(&mut self, head: usize, child: usize) {
        self.arcs.push((child, self.last[head]));
        self.last[head] = Some(self.arcs.len() as u32 - 1);
    }

    fn remove_if_last(&mut self, head: usize, child: usize) {
        if let Some(arc) = self.last[head]
            && self.arcs[arc as usize].0 == child
        {
            self.last[head] = self.arcs[arc as usize].1;
        }
    }
}
