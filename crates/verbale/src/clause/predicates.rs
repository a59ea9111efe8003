//! Which tokens are predicates, and the walk over all trees.

use std::collections::BTreeSet;

use crate::parse::{Tree, Trees};
use crate::segment::Segments;

use super::colour::Colour;
use super::lexicon::{ClauseLexicon, Light, WordClass, WordKind};
use super::roles::Fillers;
use super::syntax::Reader;
use super::{PredicateForm, Predication, RoleName, Tense};

/// All predications of a document, in order of unit and head. A token inside a speech is read from the speech's own
/// unit only.
pub fn predications(
    trees: &Trees,
    segments: &Segments,
    lexicon: &ClauseLexicon,
) -> Vec<Predication> {
    let mut found = Vec::new();
    for (unit, tree) in trees.units.iter().enumerate() {
        let deeper: Vec<_> = segments
            .units
            .iter()
            .enumerate()
            .filter(|&(other, inner)| {
                other != unit
                    && inner.quotation.is_some()
                    && tree.unit.span.contains(inner.span)
                    && inner.span != tree.unit.span
            })
            .map(|(_, inner)| inner.span)
            .collect();
        let owned = |token: usize| {
            !deeper.iter().any(|span| span.contains(tree.span(token))) && !tree.is_endless(token)
        };
        found.extend(of_tree(tree, unit, lexicon, owned));
    }
    found
}

fn of_tree(
    tree: &Tree,
    unit: usize,
    lexicon: &ClauseLexicon,
    owned: impl Fn(usize) -> bool,
) -> Vec<Predication> {
    let reader = Reader::new(tree, lexicon);
    let mut found = Vec::new();
    // Nouns and adjectives that a verb has taken as its predicate.
    let mut taken = BTreeSet::new();
    let verbs = (0..tree.tokens.len()).filter(|&token| !tree.is_endless(token));
    for verb in verbs.filter(|&token| reader.is_verb(token)) {
        for drafted in reader.verb_predicates(verb) {
            taken.insert(drafted.head);
            if owned(drafted.head) {
                found.push(reader.finished(unit, drafted));
            }
        }
    }
    for token in (0..tree.tokens.len()).filter(|token| !taken.contains(token) && owned(*token)) {
        if let Some(drafted) = reader.nominal_predicate(token) {
            found.push(reader.finished(unit, drafted));
        }
    }
    found.sort_by_key(|predication| (predication.head, predication.tokens.clone()));
    found
}

/// A predicate with its fillers and colour, before it becomes a value.
struct Draft {
    head: usize,
    tokens: Vec<usize>,
    form: PredicateForm,
    lemma: String,
    fillers: Fillers,
    colour: Colour,
}

impl Reader<'_> {
    /// The predicates that a verb makes: itself, its nouns if it is light, its nominals and adjectives if a copula.
    fn verb_predicates(&self, verb: usize) -> Vec<Draft> {
        // "continued support": the participle colours the noun and says nothing by itself.
        if self.dep(verb) == "amod"
            && self
                .lexicon
                .governor(self.word(verb), WordClass::Adjective)
                .is_some()
        {
            return Vec::new();
        }
        let complete =
            self.lemma(verb) == "be" || self.kid(verb, &["attr", "acomp", "oprd"]).is_some();
        if self.is_copula(verb) && complete {
            let drafts = self.copula_predicates(verb);
            // "to become" without nominal, "is to sign": no predicate of its own.
            return drafts;
        }
        let light: Vec<(usize, Light)> = self
            .objects(verb)
            .into_iter()
            .filter_map(|noun| Some((noun, self.light_entry(verb, noun)?)))
            .collect();
        if !light.is_empty() {
            return light
                .into_iter()
                .map(|(noun, light)| {
                    let mut tokens = vec![verb, noun];
                    tokens.sort_unstable();
                    let mut colour = self.verb_colour(verb);
                    let inner = self.nominal_modifiers(noun);
                    colour.negated ^= inner.negated && !colour.negated;
                    colour.governors.extend(inner.governors);
                    Draft {
                        head: noun,
                        tokens,
                        form: PredicateForm::LightVerb,
                        lemma: light
                            .lemma
                            .clone()
                            .unwrap_or_else(|| self.lemma(noun).to_owned()),
                        fillers: self.light_fillers(verb, noun, &light.frame),
                        colour,
                    }
                })
                .collect();
        }
        let mut tokens = vec![verb];
        tokens.extend(self.kid(verb, &["prt"]));
        vec![Draft {
            head: verb,
            tokens,
            form: PredicateForm::Verb,
            lemma: self.verb_lemma(verb),
            fillers: self.verb_fillers(verb),
            colour: self.verb_colour(verb),
        }]
    }

    /// How `verb` is light with `noun`; not where the noun is merely the subject of a participle in front of it.
    pub fn light_entry(&self, verb: usize, noun: usize) -> Option<Light> {
        (self.dep(verb) != "amod" && self.is_noun(noun))
            .then(|| self.lexicon.light(self.lemma(verb), self.lemma(noun)))
            .flatten()
            .cloned()
    }

    fn copula_predicates(&self, verb: usize) -> Vec<Draft> {
        let mut drafts = Vec::new();
        let there = self.kid(verb, &["expl"]).is_some() && self.lemma(verb) == "be";
        for &kid in self.kids(verb) {
            if !["attr", "acomp", "oprd"].contains(&self.dep(kid)) || self.is_relative_pronoun(kid)
            {
                continue;
            }
            for predicate in self.coordinated(kid) {
                let adjective = self.dep(kid) == "acomp" || self.is_adjective(predicate);
                // "The change is Peru's purchase of …": a noun with a doer of its own is what the subject is, not does.
                let own_doer = self.lexicon.is_nominal(self.lemma(predicate))
                    && self.kid(predicate, &["poss"]).is_some();
                if !adjective && (there || own_doer) {
                    // "There was a meeting": the noun is the predicate, the verb lends its tense.
                    drafts.push(Draft {
                        head: predicate,
                        tokens: vec![predicate],
                        form: PredicateForm::Noun,
                        lemma: self.lemma(predicate).to_owned(),
                        fillers: self.noun_fillers(predicate),
                        colour: self.nominal_colour(predicate, Some(verb)),
                    });
                    continue;
                }
                let mut tokens = vec![verb, predicate];
                tokens.sort_unstable();
                let participle = adjective && self.is_verb(predicate);
                drafts.push(Draft {
                    head: predicate,
                    tokens,
                    form: if adjective {
                        PredicateForm::Adjective
                    } else {
                        PredicateForm::Copula
                    },
                    lemma: if adjective && !participle {
                        self.word(predicate).to_owned()
                    } else {
                        self.lemma(predicate).to_owned()
                    },
                    fillers: self.copula_fillers(verb, predicate),
                    colour: self.nominal_colour(predicate, Some(verb)),
                });
            }
        }
        let placed = drafts.is_empty()
            && self.kid(verb, &["xcomp"]).is_none()
            && (self.kid(verb, &["nsubj"]).is_some() || self.dep(verb) == "conj");
        if placed {
            drafts.push(Draft {
                head: verb,
                tokens: vec![verb],
                form: PredicateForm::Copula,
                lemma: self.lemma(verb).to_owned(),
                fillers: self.copula_fillers(verb, verb),
                colour: self.verb_colour(verb),
            });
        }
        drafts
    }

    /// A noun or adjective that is a predicate without a verb's help.
    fn nominal_predicate(&self, token: usize) -> Option<Draft> {
        if self.is_noun(token) {
            let inside_name = self.tag(token).starts_with("NNP")
                && self.name_around(token).is_some_and(|name| name.len() > 1);
            if ["compound", "nmod", "amod"].contains(&self.dep(token))
                || inside_name
                || self.is_time(token)
            {
                return None;
            }
            let listed = self.lexicon.is_nominal(self.lemma(token));
            let fillers = if listed || !self.tag(token).starts_with("NNP") {
                self.noun_fillers(token)
            } else {
                return None;
            };
            let parties = [
                RoleName::Agent,
                RoleName::Counterpart,
                RoleName::Recipient,
                RoleName::Source,
                RoleName::Topic,
            ];
            let worth = parties.iter().any(|&name| {
                fillers.all.iter().any(|filler| {
                    filler.role.name == name
                        && (filler.role.prep.is_some()
                            || name == RoleName::Agent && !filler.role.shared)
                })
            });
            if !listed && !worth {
                return None;
            }
            return Some(Draft {
                head: token,
                tokens: vec![token],
                form: PredicateForm::Noun,
                lemma: self.lemma(token).to_owned(),
                fillers,
                colour: self.nominal_colour(token, self.host_of(token)),
            });
        }
        if self.is_adjective(token) {
            let complements = self
                .kids(token)
                .iter()
                .any(|&kid| kid > token && ["prep", "xcomp"].contains(&self.dep(kid)));
            return complements.then(|| Draft {
                head: token,
                tokens: vec![token],
                form: PredicateForm::Adjective,
                lemma: self.word(token).to_owned(),
                fillers: self.adjective_fillers(token),
                colour: self.nominal_colour(token, None),
            });
        }
        None
    }

    /// The verb that lends its tense to a noun: "is at war", "took place".
    fn host_of(&self, noun: usize) -> Option<usize> {
        if let Some(verb) = self.occurrence(noun) {
            return Some(verb);
        }
        let preposition = self.head(noun).filter(|_| self.stands_in(noun))?;
        self.head(preposition)
    }

    fn finished(&self, unit: usize, draft: Draft) -> Predication {
        let Draft {
            head,
            tokens,
            form,
            lemma,
            mut fillers,
            colour,
        } = draft;
        fillers
            .all
            .sort_by_key(|filler| (filler.role.head, filler.role.name));
        let span = self.extent(&tokens, &fillers, &colour);
        Predication {
            reciprocal: self.is_reciprocal(head, &tokens, &lemma, form, &fillers),
            unit,
            head,
            tokens,
            form,
            lemma,
            tense: colour.tense.unwrap_or(Tense::None),
            progressive: colour.progressive,
            perfect: colour.perfect,
            governors: colour.governors,
            negated: colour.negated,
            conditional: colour.conditional,
            roles: fillers.all.into_iter().map(|filler| filler.role).collect(),
            span,
        }
    }

    /// "each other", "mutual support", "talks between", and verbs like "met" with several subjects and nobody else.
    fn is_reciprocal(
        &self,
        head: usize,
        tokens: &[usize],
        lemma: &str,
        form: PredicateForm,
        fillers: &Fillers,
    ) -> bool {
        if fillers.reciprocal {
            return true;
        }
        let marked = tokens.iter().any(|&token| {
            self.kids(token).iter().any(|&kid| {
                ["amod", "advmod"].contains(&self.dep(kid)) && self.is(kid, WordKind::Reciprocal)
            })
        });
        if marked {
            return true;
        }
        let count = |name: RoleName| {
            fillers
                .all
                .iter()
                .filter(|filler| filler.role.name == name)
                .map(|filler| {
                    if self.is_plural(filler.role.head) {
                        2
                    } else {
                        1
                    }
                })
                .sum::<usize>()
        };
        let (agents, counterparts) = (count(RoleName::Agent), count(RoleName::Counterpart));
        let listed = match form {
            PredicateForm::Verb => self.lexicon.verb(lemma).is_some_and(|verb| verb.reciprocal),
            _ => self
                .lexicon
                .nominal(self.lemma(head))
                .is_some_and(|noun| noun.reciprocal),
        };
        let between = fillers.all.iter().any(|filler| {
            filler.role.name == RoleName::Counterpart
                && filler
                    .role
                    .prep
                    .as_deref()
                    .is_some_and(|prep| ["between", "among"].contains(&prep))
        });
        let objectless = form != PredicateForm::Verb || count(RoleName::Patient) == 0;
        (between && agents == 0 && counterparts > 1)
            || (listed && objectless && agents > 1 && counterparts == 0)
    }
}
