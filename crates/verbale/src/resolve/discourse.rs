//! What a text is about at each point: which states were named, which stood side by side, which pair is meant.

use verbale_read::Span;

use crate::names::{Names, Referent, StateForm};
use crate::parse::{TokenId, Tree, Trees};

/// One place where words lead to a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StateSite {
    pub(super) at: TokenId,
    pub(super) span: Span,
    pub(super) id: String,
    pub(super) subject: bool,
    /// Whether the words name the state itself, not somebody who stands for it or a town.
    pub(super) plain: bool,
}

/// Two states named side by side ("Chile and Peru", "between Chile and Peru").
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pairing {
    start: usize,
    paragraph: usize,
    states: [String; 2],
}

/// The states of a document in order of their words.
#[derive(Debug, Clone, Default)]
pub(super) struct Discourse {
    pub(super) sites: Vec<StateSite>,
    pairings: Vec<Pairing>,
    salient: Vec<String>,
    pair: Option<[String; 2]>,
}

impl Discourse {
    pub(super) fn new(trees: &Trees, names: &Names) -> Self {
        let mut sites: Vec<StateSite> = names
            .mentions
            .iter()
            .filter_map(|mention| {
                let (id, plain) = match &mention.referent {
                    Referent::State { id, form } => (
                        id.clone(),
                        !matches!(form, StateForm::Capital | StateForm::Seat),
                    ),
                    Referent::Person { person } => (names.people[*person].side.clone()?, false),
                    Referent::Office { of: Some(of), .. } => (of.clone(), false),
                    _ => return None,
                };
                let tree = &trees.units[mention.unit];
                Some(StateSite {
                    at: TokenId {
                        unit: mention.unit,
                        token: mention.head,
                    },
                    span: mention.span,
                    id,
                    subject: is_subject(tree, mention.head),
                    plain,
                })
            })
            .collect();
        sites.sort_by_key(|site| (site.span.start, site.at.unit, site.span.end));
        let mut pairings = pairings(trees, &sites);
        pairings.extend(counterparts(trees, names, &sites));
        pairings.sort_by_key(|pairing| pairing.start);
        let pair = main_pair(&pairings, &names.states);
        Discourse {
            sites,
            pairings,
            salient: names.states.clone(),
            pair,
        }
    }

    /// The pair meant at a byte: two states named side by side earlier in the same paragraph, else those that the
    /// text is about. With a side, the pair has that side in it and first.
    pub(super) fn pair_at(
        &self,
        start: usize,
        paragraph: usize,
        side: Option<&str>,
    ) -> Option<[String; 2]> {
        let holds = |states: &&[String; 2]| {
            side.is_none_or(|side| states.iter().any(|state| state == side))
        };
        // "France and Canada urged both governments", in a text about two others.
        let related = |states: &[String; 2]| {
            let main = self.pair.as_ref();
            main.is_none_or(|main| states.iter().any(|state| main.contains(state)))
        };
        let near = self
            .pairings
            .iter()
            .rev()
            .filter(|pairing| related(&pairing.states))
            .find(|pairing| pairing.start < start && pairing.paragraph == paragraph)
            .map(|pairing| &pairing.states);
        let pair = near
            .filter(holds)
            .or(self.pair.as_ref().filter(holds))
            .cloned();
        let Some(side) = side else {
            return pair;
        };
        let other = pair
            .into_iter()
            .flatten()
            .find(|state| state != side)
            .or_else(|| self.salient.iter().find(|state| *state != side).cloned())?;
        Some([side.to_owned(), other])
    }

    /// The two states of a text between two: three quarters of its words for states are for these, and
    /// neither is named in passing.
    pub(super) fn dyad(&self) -> Option<&[String; 2]> {
        let (pair, [first, second]) = self.counted()?;
        (4 * (first + second) >= 3 * self.sites.len() && 4 * first.min(second) >= self.sites.len())
            .then_some(pair)
    }

    /// The two states that a text is mostly about, though others come into it and one of the two is named more: three
    /// fifths of its words for states are for these, and the lesser has a tenth.
    pub(super) fn main_two(&self) -> Option<&[String; 2]> {
        let (pair, [first, second]) = self.counted()?;
        (5 * (first + second) >= 3 * self.sites.len() && 10 * first.min(second) >= self.sites.len())
            .then_some(pair)
    }

    /// The pair, and how many words lead to each.
    fn counted(&self) -> Option<(&[String; 2], [usize; 2])> {
        let pair = self.pair.as_ref()?;
        let of = |state: &String| self.sites.iter().filter(|site| site.id == *state).count();
        Some((pair, [of(&pair[0]), of(&pair[1])]))
    }

    /// How many words lead to the two states of a text between two.
    pub(super) fn sites_of_two(&self) -> usize {
        self.main_two().map_or(0, |pair| {
            self.sites
                .iter()
                .filter(|site| pair.contains(&site.id))
                .count()
        })
    }

    /// The last pair named side by side before a byte, if that is in this paragraph or the one before.
    pub(super) fn last_pairing(
        &self,
        start: usize,
        paragraph: usize,
    ) -> Option<(usize, [String; 2])> {
        self.pairings
            .iter()
            .rev()
            .find(|pairing| pairing.start < start && pairing.paragraph + 1 >= paragraph)
            .map(|pairing| (pairing.start, pairing.states.clone()))
    }
}

/// Coordinated state names. Compounds ("the Chilean-Peruvian dispute") name a matter, not who "both sides" are.
fn pairings(trees: &Trees, sites: &[StateSite]) -> Vec<Pairing> {
    let mut found = Vec::new();
    for (index, second) in sites.iter().enumerate() {
        let tree = &trees.units[second.at.unit];
        if tree.tokens[second.at.token].dep != "conj" {
            continue;
        }
        let mut first = second.at.token;
        while tree.tokens[first].dep == "conj" && tree.tokens[first].head != first {
            first = tree.tokens[first].head;
        }
        // "Nepal, India and Bhutan" are no two.
        let here = |token: usize| {
            sites
                .iter()
                .any(|site| site.at.unit == second.at.unit && site.at.token == token)
        };
        let mut joined = vec![first];
        while let Some(next) = joined.last().and_then(|&last| {
            tree.children_with(last, &["conj"])
                .find(|&next| here(next) && !joined.contains(&next))
        }) {
            joined.push(next);
        }
        if joined.len() > 2 {
            continue;
        }
        let partner = sites[..index]
            .iter()
            .rev()
            .find(|site| site.at.unit == second.at.unit && site.at.token == first);
        if let Some(partner) = partner
            && partner.id != second.id
        {
            found.push(Pairing {
                start: partner.span.start,
                paragraph: tree.unit.paragraph,
                states: [partner.id.clone(), second.id.clone()],
            });
        }
    }
    found
}

/// "His Sudanese counterpart": the state of the one and that of the other.
fn counterparts(trees: &Trees, names: &Names, sites: &[StateSite]) -> Vec<Pairing> {
    let mut found = Vec::new();
    for (unit, tree) in trees.units.iter().enumerate() {
        for (token, word) in tree.tokens.iter().enumerate() {
            if !EQUALS.contains(&word.lemma.as_str()) {
                continue;
            }
            let state_at = |token: usize| {
                let at = TokenId { unit, token };
                let named = sites.iter().find(|site| site.at == at);
                named.map(|site| site.id.clone()).or_else(|| {
                    let person = names.person_at(at)?;
                    names.people[person].side.clone()
                })
            };
            let one = tree.children_with(token, &["poss"]).find_map(state_at);
            let other = tree
                .children_with(token, &["amod", "compound", "nmod"])
                .find_map(state_at);
            if let (Some(one), Some(other)) = (one, other)
                && one != other
            {
                found.push(Pairing {
                    start: word.span.start,
                    paragraph: tree.unit.paragraph,
                    states: [one, other],
                });
            }
        }
    }
    found
}

/// Who is the same for another state.
pub(super) const EQUALS: [&str; 3] = ["counterpart", "colleague", "opposite"];

/// The pair that stands side by side most often, if it is among the three states named most; else the two named most.
fn main_pair(pairings: &[Pairing], salient: &[String]) -> Option<[String; 2]> {
    let mut counts: Vec<([String; 2], usize)> = Vec::new();
    for pairing in pairings {
        let mut states = pairing.states.clone();
        states.sort();
        match counts.iter_mut().find(|(known, _)| *known == states) {
            Some((_, count)) => *count += 1,
            None => counts.push((states, 1)),
        }
    }
    let top: Vec<&String> = salient.iter().take(3).collect();
    counts.retain(|(states, _)| states.iter().all(|state| top.contains(&state)));
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
        .into_iter()
        .next()
        .map(|(states, _)| states)
        .or_else(|| match salient {
            [first, second, ..] => Some([first.clone(), second.clone()]),
            _ => None,
        })
}

/// Whether a token is a subject, alone, in coordination, or as the possessor of one.
pub(super) fn is_subject(tree: &Tree, token: usize) -> bool {
    let mut at = token;
    while ["conj", "appos", "compound"].contains(&tree.tokens[at].dep) && tree.tokens[at].head != at
    {
        at = tree.tokens[at].head;
    }
    ["nsubj", "nsubjpass"].contains(&tree.tokens[at].dep)
}
