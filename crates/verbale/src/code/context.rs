//! What coding knows about one document: the answers of the earlier steps, gathered and indexed.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use verbale_read::{Document, Span};

use super::matching::Filler;
use super::when::{self, Dating};
use crate::clause::{ClauseLexicon, PredicateForm, Predication, RoleName, Tense};
use crate::lexicon::Lexicon;
use crate::names::{Mention, Names, Referent};
use crate::parse::{TokenId, Tree, Trees};
use crate::record::{Location, Party, PartyBasis, PartyType, PersonRef, Voice};
use crate::resolve::amounts::{self, AmountExpr};
use crate::resolve::dates::{DateExpr, Lean, Reading};
use crate::resolve::{OFFICIAL, Resolver};
use crate::rules::{Classes, WordSet};
use crate::voices::Voices;

/// The parties at a token that is a place to go to, or is not, as far as somebody asked.
type KnownParties = FxHashMap<(TokenId, bool), Rc<[Party]>>;

/// The answers of the earlier steps for one document.
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its trees.
    pub trees: &'a Trees,
    /// Its mentions and people.
    pub names: &'a Names,
    /// Its voices.
    pub voices: &'a Voices,
    /// Its predications.
    pub predications: &'a [Predication],
    /// The lists.
    pub lexicon: &'a Lexicon,
    /// The lists behind the clause layer: which noun is which verb's act.
    pub clause_lexicon: &'a ClauseLexicon,
    /// Word classes of the rules.
    pub classes: &'a Classes,
    /// Time expressions of each unit.
    pub(super) expressions: Vec<Vec<DateExpr>>,
    /// Numbers of each unit.
    amounts: Vec<Vec<AmountExpr>>,
    resolver: Resolver<'a>,
    by_head: FxHashMap<TokenId, usize>,
    parties: RefCell<KnownParties>,
}

/// The answers of the earlier steps, as they come.
#[derive(Clone, Copy)]
pub struct Steps<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its trees.
    pub trees: &'a Trees,
    /// Its mentions and people.
    pub names: &'a Names,
    /// Its voices.
    pub voices: &'a Voices,
    /// Its predications.
    pub predications: &'a [Predication],
}

impl<'a> Context<'a> {
    /// Gathers what is known of a document.
    pub fn new(
        steps: Steps<'a>,
        lexicon: &'a Lexicon,
        clause_lexicon: &'a ClauseLexicon,
        classes: &'a Classes,
    ) -> Self {
        let Steps {
            document,
            trees,
            names,
            voices,
            predications,
        } = steps;
        let by_head = predications
            .iter()
            .enumerate()
            .map(|(index, predication)| {
                let head = TokenId {
                    unit: predication.unit,
                    token: predication.head,
                };
                (head, index)
            })
            .collect();
        let expressions = when::expressions(document, trees);
        Context {
            document,
            trees,
            names,
            voices,
            predications,
            lexicon,
            clause_lexicon,
            classes,
            amounts: trees
                .units
                .iter()
                .zip(&expressions)
                .map(|(tree, dates)| {
                    amounts::beside(&document.text, tree.unit.span, lexicon, dates)
                })
                .collect(),
            expressions,
            resolver: Resolver::new(document, trees, names, voices, lexicon),
            by_head,
            parties: RefCell::default(),
        }
    }

    pub(super) fn tree(&self, unit: usize) -> &'a Tree {
        &self.trees.units[unit]
    }

    /// The words of a filler.
    pub(super) fn filler_span(&self, filler: &Filler) -> Span {
        self.tree(filler.head.unit)
            .range_span(filler.tokens.clone())
    }

    pub(super) fn words(&self, filler: &Filler) -> &'a str {
        self.filler_span(filler).of(&self.document.text)
    }

    /// The predication whose head this token is.
    pub(super) fn predication_at(&self, head: TokenId) -> Option<&'a Predication> {
        self.by_head.get(&head).map(|&at| &self.predications[at])
    }

    /// The number of the predication whose head this token is.
    pub(super) fn predication_index(&self, head: TokenId) -> Option<usize> {
        self.by_head.get(&head).copied()
    }

    /// Predications inside a filler that state nothing on their own: nouns and infinitives.
    pub(super) fn acts_within(&self, filler: &Filler) -> Vec<usize> {
        filler
            .tokens
            .clone()
            .filter_map(|token| {
                let head = TokenId {
                    unit: filler.head.unit,
                    token,
                };
                self.by_head.get(&head).copied()
            })
            .filter(|&at| {
                let act = &self.predications[at];
                act.form == PredicateForm::Noun || act.tense == Tense::None
            })
            .collect()
    }

    /// The names under which rules may name a predicate: its lemma and, for a noun of action, its verb.
    pub(super) fn predicate_names(&self, predication: &Predication) -> Vec<Cow<'a, str>> {
        let lemma = predication.lemma.to_lowercase();
        let verb = self
            .clause_lexicon
            .verb_of(&lemma)
            .filter(|verb| *verb != lemma);
        let mut names = vec![Cow::Owned(lemma)];
        names.extend(verb.map(Cow::Borrowed));
        names
    }

    /// Whether a predicate name, with the words before the head for phrases, is in a set.
    pub(super) fn is_word(&self, set: &WordSet, name: &str, head: TokenId) -> bool {
        set.has(name, |back| self.before(head, back))
    }

    /// Whether a token, by lemma or as written, is in a set.
    pub(super) fn is_in(&self, set: &WordSet, head: TokenId) -> bool {
        let token = &self.tree(head.unit).tokens[head.token];
        let lemma = token.lemma.to_lowercase();
        self.is_word(set, &lemma, head)
            || token.norm != lemma && self.is_word(set, &token.norm, head)
    }

    fn before(&self, head: TokenId, back: usize) -> [&'a str; 2] {
        let tree = self.tree(head.unit);
        match head.token.checked_sub(back) {
            Some(at) => [&tree.tokens[at].lemma, &tree.tokens[at].norm],
            None => ["", ""],
        }
    }

    /// Whether a word of the set modifies one of the predicate's tokens.
    pub(super) fn modified(&self, predication: &Predication, set: &WordSet) -> bool {
        const MODIFIERS: [&str; 7] = [
            "amod", "advmod", "compound", "nmod", "npadvmod", "acomp", "oprd",
        ];
        let tree = self.tree(predication.unit);
        predication.tokens.iter().any(|&token| {
            tree.children_with(token, &MODIFIERS).any(|child| {
                let unit = predication.unit;
                self.is_in(set, TokenId { unit, token: child })
                    || tree
                        .children_with(child, &["conj"])
                        .any(|token| self.is_in(set, TokenId { unit, token }))
            })
        })
    }

    /// Whether a word of the set stands anywhere in the predication.
    pub(super) fn mentioned(&self, predication: &Predication, set: &WordSet) -> bool {
        self.tokens_in(predication.unit, predication.span)
            .any(|token| self.is_in(set, token))
    }

    /// The tokens of a unit inside a span.
    pub(super) fn tokens_in(
        &self,
        unit: usize,
        span: Span,
    ) -> impl Iterator<Item = TokenId> + use<'a> {
        let tokens = &self.tree(unit).tokens;
        let first = tokens.partition_point(|token| token.span.start < span.start);
        tokens[first..]
            .iter()
            .take_while(move |token| token.span.end <= span.end)
            .enumerate()
            .map(move |(offset, _)| TokenId {
                unit,
                token: first + offset,
            })
    }

    pub(super) fn is_pronoun(&self, token: TokenId) -> bool {
        matches!(
            self.tree(token.unit).tokens[token.token].pos,
            "PRON" | "DET"
        )
    }

    /// Mentions whose head is the filler's head, or that hold it.
    pub(super) fn mentions_at(&self, filler: &Filler) -> impl Iterator<Item = &'a Mention> {
        self.names.mentions_over(filler.head)
    }

    /// Mentions inside a filler.
    pub(super) fn mentions_in(&self, filler: &Filler) -> impl Iterator<Item = &'a Mention> {
        self.mentions_in_span(filler.head.unit, self.filler_span(filler))
    }

    /// Mentions inside a span.
    pub(super) fn mentions_in_span(
        &self,
        unit: usize,
        span: Span,
    ) -> impl Iterator<Item = &'a Mention> {
        self.names
            .mentions
            .iter()
            .filter(move |mention| mention.unit == unit && span.contains(mention.span))
    }

    /// The chain of voices around a span.
    pub(super) fn chain(&self, span: Span) -> Vec<Voice> {
        self.voices.chain(span)
    }

    /// A word class by name.
    pub(super) fn words_of_class(&self, name: &str) -> Option<&'a WordSet> {
        self.classes.words(name)
    }

    /// The parties that a filler stands for; for a place to go to, the state in which it lies.
    pub(super) fn parties(&self, filler: &Filler) -> Vec<Party> {
        self.known_parties(filler).to_vec()
    }

    /// The same, to look at. Every rule that names a predicate asks for them: they are found once.
    pub(super) fn known_parties(&self, filler: &Filler) -> Rc<[Party]> {
        let is_place = matches!(
            filler.role,
            Some(RoleName::Destination | RoleName::Place | RoleName::Source)
        );
        let key = (filler.head, is_place);
        if let Some(known) = self.parties.borrow().get(&key) {
            return known.clone();
        }
        let mut parties = self.resolver.parties(filler.head);
        if parties.is_empty() && is_place {
            parties.extend(self.resolver.host(filler.head));
        }
        let parties: Rc<[Party]> = parties.into();
        self.parties.borrow_mut().insert(key, parties.clone());
        parties
    }

    /// The words that say whose a plain noun is, or what it is about: "Fiji's stance on reefs". For nouns of action the
    /// clause layer knows better.
    pub(super) fn complements(&self, filler: &Filler, role: RoleName) -> Vec<Filler> {
        const TOPICAL: [&str; 5] = ["on", "over", "about", "regarding", "concerning"];
        let unit = filler.head.unit;
        let tree = self.tree(unit);
        let head = filler.head.token;
        let by_preposition = |words: &'static [&'static str]| {
            tree.children_with(head, &["prep"])
                .filter(move |&prep| words.contains(&tree.tokens[prep].norm.as_str()))
                .flat_map(|prep| tree.children_with(prep, &["pobj"]))
        };
        let heads: Vec<usize> = match role {
            RoleName::Agent => tree
                .children_with(head, &["poss", "amod", "compound", "nmod"])
                .chain(by_preposition(&["of"]))
                .collect(),
            RoleName::Topic => by_preposition(&TOPICAL).collect(),
            _ => Vec::new(),
        };
        heads
            .into_iter()
            .map(|token| Filler {
                head: TokenId { unit, token },
                tokens: tree.edges[token].clone(),
                role: Some(role),
            })
            .collect()
    }

    /// The parties that a token by itself stands for, without those joined to it.
    pub(super) fn head_parties(&self, at: TokenId) -> Vec<Party> {
        self.resolver.head_parties(at)
    }

    /// Whether words name who acts, and that is somebody who acts for no state: "bandits", "protesters".
    pub(super) fn acts_for_nobody(&self, predication: &Predication) -> bool {
        let unit = predication.unit;
        let mut agents = predication.role(RoleName::Agent).peekable();
        agents.peek().is_some()
            && agents.all(|role| {
                let at = TokenId {
                    unit,
                    token: role.head,
                };
                self.names.mentions_over(at).any(|mention| {
                    mention.head == at.token
                        && matches!(&mention.referent, Referent::Agent { sector, .. }
                            if !OFFICIAL.contains(&sector.as_str()))
                })
            })
    }

    /// The state in which a named place lies.
    pub(super) fn host(&self, at: TokenId) -> Option<Party> {
        self.resolver.host(at)
    }

    /// Words in a span that lead to a state, in their order: the party, and whether they are a subject.
    pub(super) fn states_named_in(&self, words: Span) -> impl Iterator<Item = (Party, bool)> + '_ {
        self.resolver.states_named_in(words)
    }

    /// A state that no words of a predication name.
    pub(super) fn inferred(&self, state: &str, predication: &Predication) -> Party {
        let head = TokenId {
            unit: predication.unit,
            token: predication.head,
        };
        self.resolver.inferred(state, head)
    }

    /// Whose a thing is.
    pub(super) fn holders(&self, head: TokenId) -> Vec<Party> {
        self.resolver.holders(head)
    }

    /// What a predication leaves out, from the discourse: one party if one is there, both if none is.
    pub(super) fn missing(&self, predication: &Predication, present: &[Party]) -> Vec<Party> {
        let head = TokenId {
            unit: predication.unit,
            token: predication.head,
        };
        self.resolver.missing(present, head)
    }

    /// Whether the text is between two states, and these parties are among them.
    pub(super) fn is_between_two(&self, present: &[Party]) -> bool {
        self.resolver.is_between_two(present)
    }

    /// Whether the text is mostly about two states, and these parties are among them.
    pub(super) fn is_about_two(&self, present: &[Party]) -> bool {
        self.resolver.is_about_two(present)
    }

    /// Words for the two states per sentence.
    pub(super) fn density(&self) -> f32 {
        self.resolver.density()
    }

    /// In a text between two states, the other one.
    pub(super) fn other_of_two(&self, state: &str) -> Option<String> {
        self.resolver.other_of_two(state)
    }

    /// The state that the innermost voice at a span speaks for.
    pub(super) fn speaker(&self, span: Span) -> Option<Party> {
        let voice = self.chain(span).pop()?;
        let id = voice.side?;
        let (party_type, name) = self.collective(&id)?;
        let person = (!voice.name.is_empty()).then(|| {
            let known = self
                .names
                .people
                .iter()
                .find(|person| person.name == voice.name);
            PersonRef {
                id: known.map_or(String::new(), |person| person.id.clone()),
                name: voice.name.clone(),
            }
        });
        Some(Party {
            id,
            party_type,
            name,
            text: voice.name,
            span: Span::new(span.start, span.start),
            basis: PartyBasis::Resolved,
            person: person.filter(|person| !person.id.is_empty()),
            state: None,
            role: voice.role,
            sector: None,
        })
    }

    /// Type and name of a state or organisation.
    pub(super) fn collective(&self, id: &str) -> Option<(PartyType, String)> {
        let state = self.lexicon.state(id);
        let organisation = || self.lexicon.organisation(id);
        state
            .map(|state| (PartyType::State, state.name.clone()))
            .or_else(|| organisation().map(|known| (PartyType::Organisation, known.name.clone())))
    }

    /// When a predication takes place. Time expressions inside its content, other predications, are its own.
    /// What relative times of a unit are counted from.
    pub(super) fn reading(&self, unit: usize, lean: Lean) -> Reading<'static> {
        when::reading(self, unit, lean)
    }

    pub(super) fn dating(&self, predication: &Predication, content: &[usize]) -> Dating {
        when::dating(self, predication, content)
    }

    /// The numbers of a span, with money and measures.
    pub(in crate::code) fn amounts(
        &self,
        unit: usize,
        span: Span,
    ) -> impl Iterator<Item = &AmountExpr> {
        self.amounts[unit]
            .iter()
            .filter(move |amount| span.contains(amount.bare))
    }

    /// Where a mention lies.
    pub(super) fn location(&self, mention: &Mention) -> Option<Location> {
        let Referent::Place { name, state } = &mention.referent else {
            return None;
        };
        let city = self
            .lexicon
            .cities
            .iter()
            .find(|city| city.name == *name && city.state == *state);
        Some(Location {
            name: name.clone(),
            country: state.clone(),
            lat: city.map(|city| city.lat),
            lon: city.map(|city| city.lon),
            geonames: city.and_then(|city| city.geonames),
        })
    }

    /// A predication on one line, for people.
    pub(super) fn render(&self, predication: &Predication) -> String {
        crate::clause::render(
            predication,
            self.tree(predication.unit),
            &self.document.text,
        )
    }
}
