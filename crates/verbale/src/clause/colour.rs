//! What colours a predicate: tense and aspect, what stands over it, negation, condition, reciprocity.

use super::lexicon::{GovernorEntry, WordClass, WordKind};
use super::syntax::Reader;
use super::{Governor, GovernorKind, Tense};

/// Everything about a predicate that is neither its meaning nor its roles.
#[derive(Debug, Clone, Default)]
pub(super) struct Colour {
    pub tense: Option<Tense>,
    pub progressive: bool,
    pub perfect: bool,
    /// Outermost first.
    pub governors: Vec<Governor>,
    pub negated: bool,
    pub conditional: bool,
}

const FUTURE: [&str; 5] = ["will", "'ll", "wo", "shall", "would"];
const DEPTH: usize = 8;

impl Reader<'_> {
    /// The colour of a verb.
    pub fn verb_colour(&self, verb: usize) -> Colour {
        let mut colour = Colour::default();
        self.inflection(verb, &mut colour);
        colour.negated = self.negates(verb);
        self.climb(verb, &mut colour);
        self.settle(verb, &mut colour);
        colour
    }

    /// The colour of a noun or adjective that is a predicate by itself; `host` is the copula or "there is", if any.
    pub fn nominal_colour(&self, nominal: usize, host: Option<usize>) -> Colour {
        let mut colour = match host {
            Some(host) => self.verb_colour(host),
            None => Colour::default(),
        };
        let inner = self.nominal_modifiers(nominal);
        colour.negated |= inner.negated;
        if host.is_none() {
            self.climb(nominal, &mut colour);
        }
        colour.governors.extend(inner.governors);
        self.settle(host.unwrap_or(nominal), &mut colour);
        colour
    }

    /// What stands in front of a noun: "no agreement", "the planned visit", "possible sales".
    pub fn nominal_modifiers(&self, noun: usize) -> Colour {
        let mut colour = Colour::default();
        for &kid in self.kids(noun) {
            let dep = self.dep(kid);
            if ["det", "preconj", "neg"].contains(&dep) && self.is(kid, WordKind::Negative) {
                colour.negated = true;
            }
            let entry = self.lexicon.governor(self.word(kid), WordClass::Adjective);
            if let (Some(entry), "amod") = (entry, dep)
                && entry.colours_noun()
            {
                colour.governors.push(Governor {
                    lemma: self.word(kid).to_owned(),
                    head: kid,
                    kind: entry.kind,
                });
            }
        }
        colour
    }

    fn inflection(&self, verb: usize, colour: &mut Colour) {
        let own_auxiliaries = |verb: usize| {
            self.kids(verb)
                .iter()
                .copied()
                .filter(|&kid| ["aux", "auxpass"].contains(&self.dep(kid)) && self.tag(kid) != "TO")
                .collect::<Vec<_>>()
        };
        let mut bearer = verb;
        let mut auxiliaries = own_auxiliaries(verb);
        // "will meet and sign", "were signed and ratified": a bare form takes the auxiliaries of the first verb.
        while auxiliaries.is_empty()
            && self.dep(bearer) == "conj"
            && ["VB", "VBN", "VBG"].contains(&self.tag(bearer))
            && !self.is_to_infinitive(bearer)
            && let Some(head) = self.head(bearer)
            && self.is_verb(head)
        {
            bearer = head;
            auxiliaries = own_auxiliaries(bearer);
        }
        colour.tense = match self.tag(bearer) {
            "VBD" => Some(Tense::Past),
            "VBZ" | "VBP" => Some(Tense::Present),
            _ => None,
        };
        colour.progressive = self.tag(verb) == "VBG" && !auxiliaries.is_empty();
        for (order, &auxiliary) in auxiliaries.iter().enumerate() {
            let word = self.word(auxiliary);
            match self.lemma(auxiliary) {
                "have" => colour.perfect = true,
                _ if FUTURE.contains(&word) => colour.tense = Some(Tense::Future),
                _ => {}
            }
            if self.tag(auxiliary) == "MD" && !FUTURE.contains(&word) {
                colour.tense = Some(Tense::Present);
                if let Some(entry) = self.lexicon.governor(word, WordClass::Auxiliary) {
                    colour.governors.push(Governor {
                        lemma: word.to_owned(),
                        head: auxiliary,
                        kind: entry.kind,
                    });
                }
            } else if order == 0 {
                match self.tag(auxiliary) {
                    "VBD" => colour.tense = Some(Tense::Past),
                    "VBZ" | "VBP" => colour.tense = Some(Tense::Present),
                    _ => {}
                }
            }
        }
        // "the treaty to be signed in Lomé"
        if self.is_to_infinitive(verb) && self.is_passive(verb) && self.dep(verb) == "acl" {
            colour.tense = Some(Tense::Future);
        }
    }

    /// Negation words on the predicate itself, its subject or its object.
    fn negates(&self, verb: usize) -> bool {
        let mut negated = false;
        for &kid in self.kids(verb) {
            let on_verb = ["neg", "advmod", "preconj"].contains(&self.dep(kid))
                && self.is(kid, WordKind::Negative);
            // "No envoy came"; but of "Oslo, not Riga, paid" the words behind the noun deny another.
            let on_phrase = ["nsubj", "nsubjpass", "dobj", "attr"].contains(&self.dep(kid))
                && (self.is(kid, WordKind::Negative)
                    || self.kids(kid).iter().any(|&inner| {
                        inner < kid
                            && ["det", "preconj", "neg"].contains(&self.dep(inner))
                            && self.is(inner, WordKind::Negative)
                    }));
            let no_longer = self.dep(kid) == "advmod"
                && ["longer", "more"].contains(&self.word(kid))
                && self.kids(kid).iter().any(|&inner| self.word(inner) == "no");
            negated |= on_verb || on_phrase || no_longer || self.dep(kid) == "neg";
        }
        // "did not meet or sign"
        if !negated
            && self.dep(verb) == "conj"
            && self.tag(verb) == "VB"
            && let Some(head) = self.head(verb)
            && self.is_verb(head)
            && self
                .kids(head)
                .iter()
                .any(|&kid| self.dep(kid) == "cc" && ["or", "nor"].contains(&self.word(kid)))
        {
            return self.negates(head);
        }
        negated
    }

    /// Walks up from a predicate and takes up every word that stands over it.
    fn climb(&self, predicate: usize, colour: &mut Colour) {
        let mut at = predicate;
        for _ in 0..DEPTH {
            let Some(head) = self.head(at) else { break };
            let (governor, over) = match self.dep(at) {
                "xcomp" if self.serves_purpose(at, head) => {
                    colour.governors.insert(
                        0,
                        Governor {
                            lemma: self.lemma(head).to_owned(),
                            head,
                            kind: GovernorKind::Purpose,
                        },
                    );
                    break;
                }
                "xcomp" | "oprd" => (head, None),
                // "They do not plan to join; it will remain": two main clauses.
                "ccomp" if at < head => break,
                "ccomp" => (head, None),
                "acl" | "relcl" if self.is_told_by_noun(at) => (head, None),
                _ if self.is_noun_infinitive(at) => (head, None),
                "dobj" | "nsubjpass" | "appos" if !self.is_verb(at) => (head, None),
                "nsubj" if !self.is_verb(at) && self.is_copula(head) => {
                    // "a visit is possible": the adjective governs.
                    match self.kid(head, &["acomp"]) {
                        Some(adjective) => (adjective, None),
                        None => break,
                    }
                }
                "pobj" | "pcomp" => {
                    let preposition = head;
                    let Some(governor) = self.head(preposition) else {
                        break;
                    };
                    if self.word(preposition) == "without" {
                        colour.negated = !colour.negated;
                        break;
                    }
                    (governor, Some(preposition))
                }
                "conj" => {
                    if self.is_finite(at) || self.kid(at, &["nsubj", "nsubjpass"]).is_some() {
                        break;
                    }
                    at = head;
                    continue;
                }
                "advcl" if self.describes_nominal(at).is_some() => break,
                "advcl" if self.is_to_infinitive(at) && self.governing_object(head).is_some() => {
                    (self.governing_object(head).unwrap_or(head), None)
                }
                "advcl" if self.is_to_infinitive(at) && self.listed_governor(head) => (head, None),
                "advcl" if self.is_to_infinitive(at) => {
                    colour.governors.insert(
                        0,
                        Governor {
                            lemma: self.lemma(head).to_owned(),
                            head,
                            kind: GovernorKind::Purpose,
                        },
                    );
                    break;
                }
                // "will visit Lima, signing papers": the participle happens when the main clause does.
                "advcl"
                    if !self.is_finite(at)
                        && self.kid(at, &["mark"]).is_none()
                        && self.is_verb(head) =>
                {
                    let main = self.verb_colour_bounded(head);
                    colour.tense = colour.tense.or(main.tense);
                    let mut governors = main.governors;
                    governors.append(&mut colour.governors);
                    colour.governors = governors;
                    break;
                }
                _ => break,
            };
            if !self.take_up(governor, at, over, colour) {
                break;
            }
            at = governor;
            if self.is_finite(at) && !["xcomp", "ccomp", "conj"].contains(&self.dep(at)) {
                break;
            }
        }
    }

    fn verb_colour_bounded(&self, verb: usize) -> Colour {
        let mut colour = Colour::default();
        self.inflection(verb, &mut colour);
        if self.dep(verb) != "advcl" {
            self.climb(verb, &mut colour);
        }
        colour
    }

    fn listed_governor(&self, verb: usize) -> bool {
        self.lexicon
            .governor(&self.verb_lemma(verb), WordClass::Verb)
            .is_some_and(|entry| entry.kind == GovernorKind::Intended)
    }

    fn governor_lemma(&self, governor: usize) -> String {
        match self.class(governor) {
            WordClass::Verb => self.verb_lemma(governor),
            _ => self.lemma(governor).to_owned(),
        }
    }

    /// What the list says of a word that stands over another. A participle may be listed by itself ("is said to have sold"); but
    /// who said something does not allege it.
    pub fn governing(&self, word: usize) -> Option<&GovernorEntry> {
        let class = self.class(word);
        let describes = class != WordClass::Verb || self.is_passive(word);
        self.lexicon
            .governor(&self.governor_lemma(word), class)
            .or_else(|| {
                self.lexicon
                    .governor(self.word(word), WordClass::Adjective)
                    .filter(|_| describes)
            })
    }

    /// Takes up one governor; `false` where the chain ends.
    fn take_up(
        &self,
        governor: usize,
        under: usize,
        over: Option<usize>,
        colour: &mut Colour,
    ) -> bool {
        let class = self.class(governor);
        let lemma = self.governor_lemma(governor);
        // "is going to sign", "is to sign", "has yet to sign"
        if class == WordClass::Verb && over.is_none() && self.is_to_infinitive(under) {
            if (lemma == "go" && self.tag(governor) == "VBG") || lemma == "be" {
                colour.tense = Some(Tense::Future);
                colour.negated ^= self.negates(governor);
                return true;
            }
            if lemma == "have" {
                let yet = self
                    .kids(governor)
                    .iter()
                    .any(|&kid| self.word(kid) == "yet");
                self.tense_from(governor, colour);
                colour.negated ^= yet || self.negates(governor);
                if !yet {
                    colour.governors.insert(
                        0,
                        Governor {
                            lemma,
                            head: governor,
                            kind: GovernorKind::Obliged,
                        },
                    );
                }
                return true;
            }
        }
        let Some(entry) = self.governing(governor) else {
            // An unlisted verb over an infinitive still stands between the speaker and the act.
            let stands_over =
                over.is_none() && self.dep(under) == "xcomp" && class == WordClass::Verb;
            if stands_over && !self.is_copula(governor) {
                colour.governors.insert(
                    0,
                    Governor {
                        lemma,
                        head: governor,
                        kind: GovernorKind::Other,
                    },
                );
                return true;
            }
            return false;
        };
        // What is told or discussed in a sentence of its own is not thereby demanded or weighed.
        let stated = ["ccomp", "acl"].contains(&self.dep(under)) && self.is_finite(under);
        let warns = self.dep(under) == "acl" && entry.kind == GovernorKind::Threatened;
        if stated && (warns || !entry.kind.colours_statements()) {
            return false;
        }
        if entry.kind == GovernorKind::Other && !["xcomp", "pcomp"].contains(&self.dep(under)) {
            return false;
        }
        // "called it a window", "told a conference": whom one asks is nothing asked for.
        let object = ["dobj", "nsubjpass"].contains(&self.dep(under)) && class == WordClass::Verb;
        let takes_acts = entry.prepositions.iter().any(|listed| listed == "object");
        if object && entry.object_control && !takes_acts {
            return false;
        }
        if let Some(preposition) = over
            && !entry
                .prepositions
                .iter()
                .any(|listed| listed == self.word(preposition))
        {
            return false;
        }
        // "wants its consul freed", "wants Lima to pay": who wishes asks somebody else.
        let of_another = self.dep(under) == "ccomp"
            && !self.is_finite(under)
            && self.kid(under, &["nsubj", "nsubjpass"]).is_some();
        let kind = match entry.kind {
            GovernorKind::Intended if of_another => GovernorKind::Requested,
            kind => kind,
        };
        colour.governors.insert(
            0,
            Governor {
                lemma,
                head: governor,
                kind,
            },
        );
        if entry.kind == GovernorKind::Negative {
            colour.negated = !colour.negated;
        }
        match class {
            WordClass::Verb => {
                if self.negates(governor) {
                    colour.negated = !colour.negated;
                }
                self.tense_from(governor, colour);
            }
            WordClass::Adjective => {
                let host = self
                    .head(governor)
                    .filter(|&host| self.dep(governor) == "acomp" && self.is_copula(host));
                if let Some(host) = host {
                    if self.negates(host) || self.negates(governor) {
                        colour.negated = !colour.negated;
                    }
                    self.tense_from(host, colour);
                }
            }
            WordClass::Noun => {
                let no = self
                    .kids(governor)
                    .iter()
                    .any(|&kid| self.dep(kid) == "det" && self.is(kid, WordKind::Negative));
                if no {
                    colour.negated = !colour.negated;
                }
            }
            WordClass::Auxiliary => {}
        }
        true
    }

    /// Modals and tense of a governor colour what is under it ("may decide to leave").
    fn tense_from(&self, governor: usize, colour: &mut Colour) {
        let mut outer = Colour::default();
        self.inflection(governor, &mut outer);
        if colour.tense.is_none() && !self.is_noun(governor) {
            colour.tense = outer.tense;
        }
        let mut governors = outer.governors;
        governors.append(&mut colour.governors);
        colour.governors = governors;
    }

    /// Conditions hold for what stands under "if" and for what such a clause hangs on.
    fn settle(&self, predicate: usize, colour: &mut Colour) {
        let mut at = predicate;
        for _ in 0..DEPTH {
            if self.has_condition_mark(at)
                || colour.tense != Some(Tense::Past) && self.is_awaited(at)
            {
                colour.conditional = true;
            }
            let hangs_on_condition = self.kids(at).iter().any(|&kid| {
                ["advcl", "prep"].contains(&self.dep(kid)) && self.has_condition_mark(kid)
            });
            // "Chad will lift the ban if Sudan withdraws", not "Chad lifted it even if".
            if hangs_on_condition && colour.tense != Some(Tense::Past) {
                colour.conditional = true;
            }
            match self.head(at) {
                Some(head)
                    if ["xcomp", "ccomp", "conj", "acl", "acomp", "dobj"]
                        .contains(&self.dep(at)) =>
                {
                    at = head;
                }
                _ => break,
            }
        }
    }

    /// "Until the protocol is signed", "once it is ratified": nothing says that it will be.
    fn is_awaited(&self, clause: usize) -> bool {
        self.kids(clause).iter().any(|&kid| {
            ["mark", "advmod"].contains(&self.dep(kid))
                && ["until", "till", "before", "once"].contains(&self.word(kid))
                && kid < clause
        })
    }

    fn has_condition_mark(&self, clause: usize) -> bool {
        let marked = self.kids(clause).iter().any(|&kid| {
            ["mark", "advmod", "prep"].contains(&self.dep(kid))
                && self.lexicon.is(self.word(kid), WordKind::Condition)
                // "even if", "as if"
                && kid.checked_sub(1).is_none_or(|before| !["even", "as"].contains(&self.word(before)))
        });
        // "Should Peru refuse, …"
        let inverted = self.dep(clause) == "advcl"
            && self.kids(clause).iter().any(|&kid| {
                self.word(kid) == "should"
                    && self
                        .kid(clause, &["nsubj", "nsubjpass"])
                        .is_some_and(|subject| kid < subject)
            });
        marked || inverted || self.lexicon.is(self.word(clause), WordKind::Condition)
    }
}
