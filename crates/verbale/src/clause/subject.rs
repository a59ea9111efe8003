//! Who is the understood subject of a predicate.
//!
//! "The envoys met and signed", "Oslo plans to buy", "ministers who signed", "a country to recognise", "exchanging
//! papers": the subject stands elsewhere in the sentence. Each rule here walks one step towards it.

use super::lexicon::{WordClass, WordKind};
use super::syntax::Reader;

/// How the subject is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Route {
    /// It stands in the clause.
    Own,
    /// Over a relative clause, a copula, control or raising: the words between belong to the predication.
    Shared,
    /// Over coordination or a participial clause: the words between say something else.
    Elsewhere,
}

/// The heads of the understood subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub heads: Vec<usize>,
    pub route: Route,
}

impl Subject {
    /// A subject that stands in the clause.
    pub fn own(heads: Vec<usize>) -> Subject {
        Subject {
            heads,
            route: Route::Own,
        }
    }

    fn over(mut self, route: Route) -> Subject {
        self.route = self.route.max(route);
        self
    }
}

/// Chains of control are short; a parse error must not send us round a loop.
const DEPTH: usize = 12;

impl Reader<'_> {
    /// The surface subject of a verb: the one who acts, or in the passive the one acted upon.
    pub fn subject(&self, verb: usize) -> Option<Subject> {
        self.subject_within(verb, DEPTH)
    }

    fn subject_within(&self, verb: usize, depth: usize) -> Option<Subject> {
        let depth = depth.checked_sub(1)?;
        if let Some(own) = self
            .kids(verb)
            .iter()
            .copied()
            .find(|&kid| ["nsubj", "nsubjpass", "csubj"].contains(&self.dep(kid)))
        {
            if self.is_relative_pronoun(own)
                && self.word(own) != "what"
                && let Some(antecedent) = self.antecedent(verb)
            {
                return Some(self.identified(antecedent, depth).over(Route::Shared));
            }
            // "It was agreed to widen", "it is worth recalling": nobody.
            let nobody = self.word(own) == "it"
                && self.kid(verb, &["xcomp", "ccomp"]).is_some()
                && (self.is_passive(verb) || self.is_copula(verb));
            return (!nobody).then(|| Subject::own(self.coordinated(own)));
        }
        if self.kid(verb, &["expl"]).is_some() {
            return None;
        }
        if self.is_verbal_noun(verb) {
            return None;
        }
        if let Some(stranded) = self.stranded_subject(verb) {
            return Some(stranded);
        }
        let head = self.head(verb)?;
        match self.dep(verb) {
            _ if self.is_noun_infinitive(verb) => self.subject_of_infinitive(verb, head, depth),
            "amod" => Some(Subject {
                heads: self.coordinated(head),
                route: Route::Own,
            }),
            "relcl" | "acl" => {
                let noun = self.meant_antecedent(head, verb);
                Some(self.identified(noun, depth).over(Route::Shared))
            }
            // "was shown by the visit and newly signed papers": a participle in front of its noun.
            "conj"
                if self.tag(verb) == "VBN"
                    && !self.is_passive(verb)
                    && self.is_passive(head)
                    && self.kid(verb, &["aux"]).is_none() =>
            {
                None
            }
            "conj" if self.is_verb(head) => {
                Some(self.subject_within(head, depth)?.over(Route::Elsewhere))
            }
            "xcomp" if self.serves_purpose(verb, head) && self.is_passive(head) => {
                self.by_agent(head).map(|heads| Subject {
                    heads,
                    route: Route::Shared,
                })
            }
            "xcomp" | "ccomp" if !self.has_own_mark(verb) => self
                .controller(head, depth)
                .map(|subject| subject.over(Route::Shared)),
            "advcl" if !self.is_finite(verb) => {
                let route = if self.is_to_infinitive(verb) {
                    Route::Shared
                } else {
                    Route::Elsewhere
                };
                if self.is_adjective(head) || self.is_noun(head) {
                    return self
                        .controller(head, depth)
                        .map(|subject| subject.over(route));
                }
                if let Some(attribute) = self.describes_nominal(verb) {
                    return Some(self.identified(attribute, depth).over(Route::Shared));
                }
                if let Some(nearer) = self.nearer_clause(verb, head)
                    && !self.is_to_infinitive(verb)
                {
                    return Some(self.subject_within(nearer, depth)?.over(route));
                }
                if self.is_to_infinitive(verb) && self.is_passive(head) {
                    return self.by_agent(head).map(|heads| Subject { heads, route });
                }
                Some(self.subject_within(head, depth)?.over(route))
            }
            "pcomp" => {
                let preposition = head;
                let head = self.head(preposition)?;
                let route = if ["prep"].contains(&self.dep(preposition))
                    && self.governs_over(head, preposition)
                {
                    Route::Shared
                } else {
                    Route::Elsewhere
                };
                self.controller(head, depth)
                    .map(|subject| subject.over(route))
            }
            "oprd" => self.controller(head, depth),
            _ => None,
        }
    }

    /// The noun that a relative clause hangs on, also for a verb coordinated inside the clause.
    pub fn antecedent(&self, verb: usize) -> Option<usize> {
        let mut verb = verb;
        for _ in 0..DEPTH {
            let head = self.head(verb)?;
            match self.dep(verb) {
                "relcl" | "acl" => return Some(self.meant_antecedent(head, verb)),
                // "It was Sofia that suggested the talks"
                "ccomp"
                    if self.lemma(head) == "be"
                        && self
                            .kid(head, &["nsubj"])
                            .is_some_and(|it| self.word(it) == "it")
                        && let Some(meant) = self.kid(head, &["attr"]) =>
                {
                    return Some(meant);
                }
                "conj" | "ccomp" | "xcomp" => verb = head,
                _ => return None,
            }
        }
        None
    }

    /// The heads that a relative clause is about, seen through copulas.
    pub fn meant_heads(&self, verb: usize) -> Vec<usize> {
        self.antecedent(verb)
            .map_or(Vec::new(), |noun| self.identified(noun, DEPTH).heads)
    }

    /// "X was one of the first countries that …", "X, a country that …": the noun and X are the same.
    fn identified(&self, noun: usize, depth: usize) -> Subject {
        let found = self.same_as(noun, depth);
        found.unwrap_or_else(|| Subject {
            heads: self.coordinated(noun),
            route: Route::Own,
        })
    }

    fn same_as(&self, noun: usize, depth: usize) -> Option<Subject> {
        let depth = depth.checked_sub(1)?;
        let head = self.head(noun)?;
        match self.dep(noun) {
            "attr" | "oprd"
                if self.is_copula(head) && self.kid(head, &["neg", "expl"]).is_none() =>
            {
                self.subject_within(head, depth)
            }
            "appos" => Some(Subject {
                heads: vec![head],
                route: Route::Own,
            }),
            // "one of the countries", "among the countries"
            "pobj" if self.word(head) == "of" => {
                let one = self.head(head)?;
                (self.tag(one) == "CD" || ["some", "few", "many"].contains(&self.word(one)))
                    .then(|| self.same_as(one, depth))?
            }
            "pobj" if self.word(head) == "among" => {
                let verb = self.head(head)?;
                self.is_copula(verb)
                    .then(|| self.subject_within(verb, depth))?
            }
            _ => None,
        }
    }

    pub fn is_copula(&self, verb: usize) -> bool {
        self.tag(verb).starts_with("VB") && self.lexicon.is(self.lemma(verb), WordKind::Copula)
    }

    /// Who does what stands under `governor`.
    pub fn controlled_by(&self, governor: usize) -> Option<Subject> {
        self.controller(governor, DEPTH)
    }

    /// Its object ("urged X to leave") or its own subject ("X hopes to leave").
    fn controller(&self, governor: usize, depth: usize) -> Option<Subject> {
        let depth = depth.checked_sub(1)?;
        if self.is_noun(governor) {
            return self.noun_agent(governor, depth);
        }
        if self.is_adjective(governor) || !self.tag(governor).starts_with("VB") {
            let mut adjective = governor;
            while self.dep(adjective) == "conj" {
                adjective = self.head(adjective)?;
            }
            let host = self.head(adjective)?;
            return match self.dep(adjective) {
                "amod" => Some(Subject {
                    heads: self.coordinated(host),
                    route: Route::Own,
                }),
                "acomp" | "oprd" | "advmod" | "advcl" | "ccomp" | "xcomp" | "attr" => {
                    self.subject_within(host, depth)
                }
                "acl" => Some(self.identified(host, depth)),
                _ => self.kid(governor, &["nsubj"]).map(|own| Subject {
                    heads: self.coordinated(own),
                    route: Route::Own,
                }),
            };
        }
        let listed = self
            .lexicon
            .governor(&self.verb_lemma(governor), WordClass::Verb);
        let object = self
            .kid(governor, &["dobj", "dative", "iobj"])
            .filter(|&object| {
                !self.is_reciprocal_pronoun(object)
                    && self
                        .lexicon
                        .light(self.lemma(governor), self.lemma(object))
                        .is_none()
            });
        match (object, listed) {
            (Some(object), Some(entry)) if entry.object_control && !self.is_passive(governor) => {
                if self.is_relative_pronoun(object) {
                    return Some(self.identified(self.antecedent(governor)?, depth));
                }
                let bearer = self.kid(object, &["pobj"]).unwrap_or(object);
                Some(Subject {
                    heads: self.coordinated(bearer),
                    route: Route::Own,
                })
            }
            // An unlisted verb with a person or state as object mostly has them do it: "drove Lima to recall".
            (Some(object), None) if self.is_name(object) && !self.is_passive(governor) => {
                Some(Subject {
                    heads: self.coordinated(object),
                    route: Route::Own,
                })
            }
            (None, Some(entry)) if entry.object_control && !self.is_passive(governor) => {
                // "call on X to leave", "appeal to X to leave"
                let over = self.prep_phrases(governor).into_iter().find(|phrase| {
                    ["on", "upon", "to"].contains(&phrase.name.as_str())
                        && !phrase.objects.is_empty()
                });
                match over {
                    Some(phrase) => Some(Subject {
                        heads: phrase.objects,
                        route: Route::Own,
                    }),
                    None => self.subject_within(governor, depth),
                }
            }
            _ => self.subject_within(governor, depth),
        }
    }

    /// "X's decision to leave", "X has plans to leave", "steps by X to widen".
    fn noun_agent(&self, noun: usize, depth: usize) -> Option<Subject> {
        if let Some(owner) = self.kid(noun, &["poss"]) {
            return Some(Subject {
                heads: self.coordinated(owner),
                route: Route::Own,
            });
        }
        if let Some(phrase) = self.prep_phrases(noun).into_iter().find(|phrase| {
            ["by", "between", "of"].contains(&phrase.name.as_str()) && !phrase.objects.is_empty()
        }) {
            return Some(Subject {
                heads: phrase.objects,
                route: Route::Own,
            });
        }
        if let Some(adjective) =
            self.kids(noun).iter().copied().find(|&kid| {
                ["amod", "compound", "nmod"].contains(&self.dep(kid)) && self.is_name(kid)
            })
        {
            return Some(Subject {
                heads: vec![adjective],
                route: Route::Own,
            });
        }
        let depth = depth.checked_sub(1)?;
        let head = self.head(noun)?;
        match self.dep(noun) {
            "dobj" => self.subject_within(head, depth),
            "nsubjpass" => self.by_agent(head).map(|heads| Subject {
                heads,
                route: Route::Shared,
            }),
            // "went to Accra in a bid to widen", "support, including condemning"
            "pobj" => {
                let above = self.head(head)?;
                if self.is_noun(above) && self.word(head) == "of" {
                    return self
                        .kid(above, &["poss"])
                        .map(|owner| Subject::own(self.coordinated(owner)));
                }
                self.controller(above, depth)
            }
            "conj" if self.is_noun(head) => self.noun_agent(head, depth),
            _ => None,
        }
    }

    fn by_agent(&self, verb: usize) -> Option<Vec<usize>> {
        self.prep_phrases(verb)
            .into_iter()
            .find(|phrase| phrase.name == "by" && !phrase.objects.is_empty())
            .map(|phrase| phrase.objects)
    }

    /// "plans to buy", "a text to sign", "signed papers to widen trade".
    fn subject_of_infinitive(&self, verb: usize, noun: usize, depth: usize) -> Option<Subject> {
        let acts = self.lexicon.is_nominal(self.lemma(noun))
            || self
                .lexicon
                .governor(self.lemma(noun), WordClass::Noun)
                .is_some();
        let serves = self.dep(noun) == "dobj" && self.same_as(noun, depth).is_none();
        if !self.is_passive(verb) && (acts || serves) {
            return self
                .noun_agent(noun, depth)
                .map(|subject| subject.over(Route::Shared));
        }
        Some(self.identified(noun, depth).over(Route::Shared))
    }

    /// An infinitive under a verb that is done for it: "signed to promote", "support each other to protect".
    pub fn serves_purpose(&self, infinitive: usize, verb: usize) -> bool {
        self.dep(infinitive) == "xcomp"
            && self.is_to_infinitive(infinitive)
            && self.tag(verb).starts_with("VB")
            && self.governing(verb).is_none()
            && !self.is_copula(verb)
            && self.lemma(verb) != "have"
            && (self.is_passive(verb)
                || self
                    .kid(verb, &["dobj"])
                    .is_some_and(|object| !self.is_name(object)))
    }

    /// "its demand that Lima pay", "its call for Lima to pay": the clause says what the noun says.
    pub fn is_told_by_noun(&self, verb: usize) -> bool {
        let marked = |word: &str| {
            let mut kids = self.kids(verb).iter();
            kids.any(|&kid| self.dep(kid) == "mark" && self.word(kid) == word)
        };
        let for_whom = self.is_to_infinitive(verb) && marked("for");
        self.kid(verb, &["nsubj", "nsubjpass", "expl"]).is_some()
            && match self.dep(verb) {
                "acl" => for_whom || marked("that"),
                "relcl" => for_whom,
                _ => false,
            }
    }

    fn has_own_mark(&self, verb: usize) -> bool {
        self.is_finite(verb) && self.kid(verb, &["mark"]).is_some()
    }

    /// The lemma of a verb with its particle: `call_off`.
    pub fn verb_lemma(&self, verb: usize) -> String {
        match self.kid(verb, &["prt"]) {
            Some(particle) => format!("{}_{}", self.lemma(verb), self.word(particle)),
            None => self.lemma(verb).to_owned(),
        }
    }

    /// "each other", "one another".
    pub fn is_reciprocal_pronoun(&self, token: usize) -> bool {
        let before = token.checked_sub(1).map(|before| self.word(before));
        matches!(
            (before, self.word(token)),
            (Some("each"), "other") | (Some("one"), "another")
        )
    }

    /// Whether a listed governor takes what the preposition brings: "refrain from", "commitment to".
    pub fn governs_over(&self, governor: usize, preposition: usize) -> bool {
        let lemma = if self.class(governor) == WordClass::Verb {
            self.verb_lemma(governor)
        } else {
            self.lemma(governor).to_owned()
        };
        self.lexicon
            .governor(&lemma, self.class(governor))
            .or_else(|| {
                self.lexicon
                    .governor(self.word(governor), WordClass::Adjective)
            })
            .is_some_and(|entry| {
                entry
                    .prepositions
                    .iter()
                    .any(|listed| listed == self.word(preposition))
            })
    }
}
