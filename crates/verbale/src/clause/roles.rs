//! Fillers to roles, by the frames of the lists.

use super::lexicon::{Frame, Nominal, RoleChoice, WordClass, WordKind};
use super::subject::Route;
use super::syntax::{PrepPhrase, Reader};
use super::{GovernorKind, Role, RoleName};

/// A role together with the way that led to its filler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filler {
    pub role: Role,
    pub route: Route,
}

/// The fillers of one predicate.
#[derive(Debug, Clone, Default)]
pub(super) struct Fillers {
    pub all: Vec<Filler>,
    /// "each other" stands where an object would.
    pub reciprocal: bool,
}

/// Prepositions that a complement of a signed or held thing keeps when it hangs one noun too deep ("a memorandum on
/// fisheries with Iceland").
const PARTY_PREPOSITIONS: [&str; 6] = ["with", "between", "among", "by", "from", "to"];

impl Fillers {
    fn has(&self, name: RoleName) -> bool {
        self.all.iter().any(|filler| filler.role.name == name)
    }

    fn choose(&self, choice: RoleChoice) -> RoleName {
        match choice.otherwise {
            Some(otherwise) if self.has(choice.first) => otherwise,
            _ => choice.first,
        }
    }

    fn push(
        &mut self,
        reader: &Reader,
        name: RoleName,
        heads: &[usize],
        prep: Option<&str>,
        route: Route,
    ) {
        for &head in heads {
            if self.all.iter().any(|filler| {
                filler.role.head == head
                    && (filler.role.name == name || filler.role.prep.as_deref() == prep)
            }) {
                continue;
            }
            self.all.push(Filler {
                role: Role {
                    name,
                    head,
                    tokens: reader.phrase(head),
                    prep: prep.map(str::to_owned),
                    shared: route != Route::Own,
                },
                route,
            });
        }
    }

    fn extend(&mut self, other: Fillers) {
        self.reciprocal |= other.reciprocal;
        for filler in other.all {
            let known = self.all.iter().any(|own| own.role.head == filler.role.head);
            if !known {
                self.all.push(filler);
            }
        }
    }
}

fn one(first: RoleName) -> RoleChoice {
    RoleChoice {
        first,
        otherwise: None,
    }
}

impl Reader<'_> {
    /// Roles of a verb that is a predicate by itself.
    pub fn verb_fillers(&self, verb: usize) -> Fillers {
        let lemma = self.verb_lemma(verb);
        let entry = self.lexicon.verb(&lemma).cloned().unwrap_or_default();
        let mut fillers = Fillers::default();
        self.fill_arguments(verb, &entry.frame, None, &mut fillers);
        self.fill_adjuncts(verb, &entry.frame, &mut fillers);
        for object in self.objects(verb) {
            let own_claim = self.lexicon.is_nominal(self.lemma(object)) && !entry.open;
            if !own_claim && self.is_noun(object) {
                for phrase in self.deep_prep_phrases(object) {
                    if PARTY_PREPOSITIONS.contains(&phrase.name.as_str()) {
                        self.fill_prep(verb, &phrase, &entry.frame, &mut fillers);
                    }
                }
            }
        }
        self.share_from_coordinated(verb, entry.reciprocal || entry.intransitive, &mut fillers);
        fillers
    }

    /// Roles of a light verb together with its noun.
    pub fn light_fillers(&self, verb: usize, noun: usize, frame: &Frame) -> Fillers {
        let nominal = self.nominal_entry(noun);
        let frame = nominal.frame.clone().overlaid(frame);
        let mut fillers = Fillers::default();
        self.fill_arguments(verb, &frame, Some(noun), &mut fillers);
        let mut of_noun = self.noun_fillers_within(noun, &frame, false);
        // The verb's subject has the first word; what the noun's own owner would be then stands back.
        if fillers.has(RoleName::Agent) {
            of_noun
                .all
                .retain(|filler| filler.role.name != RoleName::Agent || filler.role.prep.is_some());
        }
        fillers.extend(of_noun);
        self.fill_adjuncts(verb, &frame, &mut fillers);
        self.share_from_coordinated(verb, true, &mut fillers);
        fillers
    }

    /// Roles of a noun that is a predicate by itself.
    pub fn noun_fillers(&self, noun: usize) -> Fillers {
        let nominal = self.nominal_entry(noun);
        self.noun_fillers_within(noun, &nominal.frame, true)
    }

    /// Roles of "X is Y" and of a predicate adjective; `predicate` is the noun, the adjective, or the verb itself.
    pub fn copula_fillers(&self, verb: usize, predicate: usize) -> Fillers {
        let mut fillers = Fillers::default();
        if let Some(subject) = self.subject(verb) {
            fillers.push(self, RoleName::Agent, &subject.heads, None, subject.route);
        }
        let frame = if predicate == verb {
            Frame::default()
        } else if self.is_adjective(predicate) || self.is_verb(predicate) {
            let frame = self.adjective_frame(predicate);
            self.fill_adjuncts(predicate, &frame, &mut fillers);
            frame
        } else {
            let nominal = self.nominal_entry(predicate);
            let mut of_noun = self.noun_fillers_within(predicate, &nominal.frame, false);
            of_noun.all.retain(|filler| {
                filler.role.name != RoleName::Agent
                    || filler.role.prep.is_some()
                    || self.dep(filler.role.head) == "poss"
            });
            fillers.extend(of_noun);
            nominal.frame
        };
        self.fill_adjuncts(verb, &frame, &mut fillers);
        fillers
    }

    /// Roles of an adjective without copula ("a minister grateful to Lima").
    pub fn adjective_fillers(&self, adjective: usize) -> Fillers {
        let mut fillers = Fillers::default();
        let bearer = match self.dep(adjective) {
            "amod" | "acl" => self
                .head(adjective)
                .map(|head| (self.coordinated(head), Route::Own)),
            "oprd" | "advcl" | "acomp" | "ccomp" | "xcomp" => {
                self.head(adjective).and_then(|head| {
                    let object = self
                        .kid(head, &["dobj", "nsubj"])
                        .filter(|_| self.dep(adjective) != "advcl");
                    match object {
                        Some(object) => Some((self.coordinated(object), Route::Own)),
                        None => self
                            .subject(head)
                            .map(|subject| (subject.heads, Route::Elsewhere)),
                    }
                })
            }
            _ => None,
        };
        if let Some((heads, route)) = bearer {
            fillers.push(self, RoleName::Agent, &heads, None, route);
        }
        let frame = self.adjective_frame(adjective);
        self.fill_adjuncts(adjective, &frame, &mut fillers);
        fillers
    }

    fn adjective_frame(&self, adjective: usize) -> Frame {
        self.lexicon
            .verb(self.word(adjective))
            .map(|entry| entry.frame.clone())
            .unwrap_or_default()
    }

    fn nominal_entry(&self, noun: usize) -> Nominal {
        self.lexicon
            .nominal(self.lemma(noun))
            .cloned()
            .unwrap_or_default()
    }

    /// Objects in the clause, coordinated ones each; for a passive its subject.
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self
                .subject(verb)
                .map_or(Vec::new(), |subject| subject.heads);
        }
        let mut objects = Vec::new();
        for &kid in self.kids(verb) {
            if self.dep(kid) == "dobj" && !self.is_reciprocal_pronoun(kid) {
                if self.is_relative_pronoun(kid) {
                    objects.extend(self.antecedent(verb));
                } else {
                    objects.extend(self.coordinated(kid));
                }
            }
        }
        // "the talks that Oslo held", "the deal Oslo signed"
        if objects.is_empty()
            && self.dep(verb) == "relcl"
            && self.is_finite(verb)
            && self
                .kid(verb, &["nsubj"])
                .is_some_and(|subject| !self.is_relative_pronoun(subject))
            && self.kid(verb, &["ccomp", "xcomp"]).is_none()
            && !self
                .kids(verb)
                .iter()
                .any(|&kid| self.word(kid) == "where" || self.word(kid) == "when")
            && !self.stranded_preposition(verb)
        {
            objects.extend(self.head(verb));
        }
        objects
    }

    fn stranded_preposition(&self, verb: usize) -> bool {
        self.kids(verb).iter().any(|&kid| {
            self.dep(kid) == "prep"
                && (self.kids(kid).is_empty()
                    || self
                        .kid(kid, &["pobj"])
                        .is_some_and(|object| self.is_relative_pronoun(object)))
        })
    }

    /// Subject, object and indirect object. `light` is the noun that is the predicate itself.
    fn fill_arguments(
        &self,
        verb: usize,
        frame: &Frame,
        light: Option<usize>,
        fillers: &mut Fillers,
    ) {
        let subject_role = frame.get("subject").unwrap_or(one(RoleName::Agent));
        let object_role = frame.get("object").unwrap_or(one(RoleName::Patient));
        let passive = self.is_passive(verb);
        if let Some(subject) = self.subject(verb) {
            let gives_to = passive && light.is_none() && self.kid(verb, &["dobj"]).is_some();
            let choice = match (passive, gives_to) {
                (true, true) => one(RoleName::Recipient),
                (true, false) => object_role,
                (false, _) => subject_role,
            };
            let heads: Vec<usize> = if passive && light.is_some() {
                Vec::new()
            } else {
                subject
                    .heads
                    .into_iter()
                    .filter(|head| Some(*head) != light)
                    .collect()
            };
            let name = fillers.choose(choice);
            fillers.push(self, name, &heads, None, subject.route);
        }
        for &kid in self.kids(verb) {
            match self.dep(kid) {
                "dobj" if self.is_reciprocal_pronoun(kid) => fillers.reciprocal = true,
                "dative" | "iobj" if self.kid(kid, &["pobj"]).is_none() => {
                    let heads = self.coordinated(kid);
                    let choice = frame.get("to").unwrap_or(one(RoleName::Recipient));
                    let name = fillers.choose(choice);
                    fillers.push(self, name, &heads, None, Route::Own);
                }
                _ => {}
            }
        }
        if light.is_none() && (!passive || self.kid(verb, &["dobj"]).is_some()) {
            let objects = if passive {
                self.kid(verb, &["dobj"])
                    .map_or(Vec::new(), |object| self.coordinated(object))
            } else {
                self.objects(verb)
            };
            let route = if self.kid(verb, &["dobj"]).is_some() {
                Route::Own
            } else {
                Route::Shared
            };
            let name = fillers.choose(object_role);
            fillers.push(self, name, &objects, None, route);
        }
        if passive {
            for phrase in self.prep_phrases(verb) {
                if phrase.name == "by" && !phrase.objects.iter().any(|&object| self.is_time(object))
                {
                    let name = fillers.choose(subject_role);
                    fillers.push(self, name, &phrase.objects, Some("by"), Route::Own);
                }
            }
        }
    }

    /// Prepositional phrases, adverbs of time, and clauses.
    fn fill_adjuncts(&self, predicate: usize, frame: &Frame, fillers: &mut Fillers) {
        for phrase in self.prep_phrases(predicate) {
            self.fill_prep(predicate, &phrase, frame, fillers);
        }
        for &kid in self.kids(predicate) {
            match self.dep(kid) {
                "npadvmod" | "advmod" | "tmod" if self.is_time(kid) => {
                    fillers.push(self, RoleName::Time, &[kid], None, Route::Own);
                }
                "advmod" if self.word(kid) == "where" => {
                    if let Some(place) = self.antecedent(predicate) {
                        fillers.push(self, RoleName::Place, &[place], None, Route::Shared);
                    }
                }
                "xcomp" | "ccomp" if self.is_verb(kid) || self.tag(kid).starts_with("VB") => {
                    fillers.push(self, RoleName::Content, &[kid], None, Route::Own);
                }
                "oprd" | "attr" if !self.is_copula(predicate) => {
                    let heads = self.coordinated(kid);
                    fillers.push(self, RoleName::Attribute, &heads, None, Route::Own);
                }
                "advcl" if self.is_to_infinitive(kid) => {
                    fillers.push(self, RoleName::Purpose, &[kid], None, Route::Own);
                }
                "advcl"
                    if self.kids(kid).iter().any(|&mark| {
                        self.dep(mark) == "mark" && self.is(mark, WordKind::Reason)
                    }) =>
                {
                    fillers.push(self, RoleName::Reason, &[kid], None, Route::Own)
                }
                _ => {}
            }
        }
    }

    fn fill_prep(
        &self,
        predicate: usize,
        phrase: &PrepPhrase,
        frame: &Frame,
        fillers: &mut Fillers,
    ) {
        let objects: Vec<usize> = phrase
            .objects
            .iter()
            .filter_map(|&object| {
                if self.is_relative_pronoun(object) {
                    self.antecedent(predicate)
                } else if self.is_reciprocal_pronoun(object) {
                    fillers.reciprocal = true;
                    None
                } else {
                    Some(object)
                }
            })
            .collect();
        if let Some(&first) = objects.first() {
            let choice = self.prep_role(&phrase.name, first, frame);
            let name = fillers.choose(choice);
            fillers.push(self, name, &objects, Some(&phrase.name), Route::Own);
        }
        if !phrase.clauses.is_empty() {
            let choice = frame
                .get(&phrase.name)
                .or_else(|| self.lexicon.preposition(&phrase.name).map(one))
                .unwrap_or(one(RoleName::Other));
            let name = match choice.first {
                RoleName::Agent => RoleName::Instrument,
                name => name,
            };
            fillers.push(self, name, &phrase.clauses, Some(&phrase.name), Route::Own);
        }
    }

    /// What a preposition brings here.
    fn prep_role(&self, preposition: &str, object: usize, frame: &Frame) -> RoleChoice {
        let dates = ["with", "of", "to", "against", "because of", "about"];
        if self.is_time(object) && !dates.contains(&preposition) {
            return one(RoleName::Time);
        }
        if let Some(choice) = frame.get(preposition) {
            return choice;
        }
        if ["in", "within", "across"].contains(&preposition)
            && self.is(object, WordKind::Field)
            && !self.is_name(object)
        {
            return one(RoleName::Topic);
        }
        one(self
            .lexicon
            .preposition(preposition)
            .unwrap_or(RoleName::Other))
    }

    /// Phrases on a noun, and those on the nouns of its phrases that can only belong higher up ("a memorandum on
    /// fisheries with Iceland").
    fn deep_prep_phrases(&self, noun: usize) -> Vec<PrepPhrase> {
        let mut phrases = self.prep_phrases(noun);
        let mut at = 0;
        while at < phrases.len() && phrases.len() < 12 {
            let objects = phrases[at].objects.clone();
            let from = phrases[at].name.clone();
            // "the presidents of Togo" keep theirs.
            if !["between", "among", "with", "by", "to"].contains(&from.as_str()) {
                for object in objects {
                    if self.is_name(object) || self.lexicon.is_nominal(self.lemma(object)) {
                        continue;
                    }
                    phrases.extend(self.prep_phrases(object).into_iter().filter(|phrase| {
                        ["with", "between", "by"].contains(&phrase.name.as_str())
                    }));
                }
            }
            at += 1;
        }
        phrases
    }

    fn noun_fillers_within(&self, noun: usize, frame: &Frame, alone: bool) -> Fillers {
        let mut fillers = Fillers::default();
        for &kid in self.kids(noun) {
            if self.dep(kid) == "poss" {
                let choice = if self.is_time(kid) {
                    one(RoleName::Time)
                } else {
                    frame.get("poss").unwrap_or(one(RoleName::Agent))
                };
                let heads = self.coordinated(kid);
                let name = fillers.choose(choice);
                fillers.push(self, name, &heads, None, Route::Own);
            }
        }
        let phrases = self.deep_prep_phrases(noun);
        for phrase in phrases.iter().filter(|phrase| phrase.name == "by") {
            if !phrase.objects.iter().any(|&object| self.is_time(object)) {
                fillers.push(
                    self,
                    RoleName::Agent,
                    &phrase.objects,
                    Some("by"),
                    Route::Own,
                );
            }
        }
        for &kid in self.kids(noun) {
            self.fill_modifier(kid, frame, &mut fillers);
        }
        for phrase in phrases.iter().filter(|phrase| phrase.name != "by") {
            self.fill_prep(noun, phrase, frame, &mut fillers);
        }
        if alone {
            self.fill_from_verb(noun, frame, &mut fillers);
        }
        fillers
    }

    /// Words in front of a noun: "Danish-Swedish defence cooperation", "the 2002 agreement", "arms sales".
    fn fill_modifier(&self, modifier: usize, frame: &Frame, fillers: &mut Fillers) {
        let dep = self.dep(modifier);
        if dep == "nummod" && is_year(self.word(modifier))
            || dep == "npadvmod" && self.is_time(modifier)
        {
            fillers.push(self, RoleName::Time, &[modifier], None, Route::Own);
            return;
        }
        if dep == "advmod" && self.is_time(modifier) {
            fillers.push(self, RoleName::Time, &[modifier], None, Route::Own);
            return;
        }
        if !["amod", "compound", "nmod"].contains(&dep) {
            return;
        }
        let adjective = self.is_adjective(modifier) || self.word(modifier).ends_with("ish");
        let choice = if self.is_time(modifier) {
            return;
        } else if self.is_name(modifier) {
            let key = if adjective { "adj" } else { "name" };
            frame
                .get(key)
                .or(frame.get("adj"))
                .unwrap_or(one(RoleName::Agent))
        } else if adjective {
            if !self.is(modifier, WordKind::FieldAdjective) {
                return;
            }
            one(RoleName::Topic)
        } else if self.is_noun(modifier) {
            frame.get("compound").unwrap_or(one(RoleName::Topic))
        } else {
            return;
        };
        // "the Greece-Cyprus relationship", "Danish-Swedish talks": the first half hangs on the second.
        let mut heads: Vec<usize> = self
            .kids(modifier)
            .iter()
            .copied()
            .filter(|&kid| {
                kid < modifier
                    && ["amod", "compound", "nmod"].contains(&self.dep(kid))
                    && self.is_name(kid)
                    && (kid + 1..modifier)
                        .any(|between| ["-", "–", "/"].contains(&self.word(between)))
            })
            .collect();
        heads.extend(self.coordinated(modifier));
        let name = fillers.choose(choice);
        fillers.push(self, name, &heads, None, Route::Own);
    }

    /// What a noun takes from the verb it depends on: phrases that hang on the verb but mean the noun, and the doer.
    fn fill_from_verb(&self, noun: usize, frame: &Frame, fillers: &mut Fillers) {
        let Some(head) = self.head(noun) else { return };
        let dep = self.dep(noun);
        if ["dobj", "nsubjpass", "attr"].contains(&dep) {
            let entry = self.lexicon.verb(&self.verb_lemma(head));
            let mut edge = self.tree.edges[noun].end;
            for phrase in self.prep_phrases(head) {
                let follows = dep == "nsubjpass" || phrase.token == edge;
                if follows && phrase.token > noun {
                    edge = self.tree.edges[phrase.token].end;
                    let verb_claims = entry
                        .is_some_and(|entry| entry.frame.get(&phrase.name).is_some())
                        || phrase.name == "by";
                    if frame.get(&phrase.name).is_some() && !verb_claims {
                        self.fill_prep(head, &phrase, frame, fillers);
                    }
                }
            }
        }
        if fillers.has(RoleName::Agent) || fillers.has(RoleName::Counterpart) {
            return;
        }
        let doer_kinds = [
            GovernorKind::Planned,
            GovernorKind::Intended,
            GovernorKind::Promised,
            GovernorKind::Continued,
            GovernorKind::Phase,
            GovernorKind::Ended,
            GovernorKind::Refused,
            GovernorKind::Negative,
            GovernorKind::Alleged,
        ];
        let doer = match dep {
            "dobj" => self
                .lexicon
                .governor(&self.verb_lemma(head), WordClass::Verb)
                .filter(|entry| doer_kinds.contains(&entry.kind) && !entry.object_control)
                .and_then(|_| self.subject(head)),
            "pobj" => self.head(head).and_then(|governor| {
                let entry = self
                    .lexicon
                    .governor(&self.verb_lemma(governor), self.class(governor));
                let governs = self.governs_over(governor, head)
                    && entry.is_some_and(|entry| doer_kinds.contains(&entry.kind));
                // "sent troops in support of Mali"
                let in_noun_of = self.word(head) == "in"
                    && self.tag(governor).starts_with("VB")
                    && self
                        .prep_phrases(noun)
                        .iter()
                        .any(|phrase| phrase.name == "of");
                if governs {
                    self.controlled_by(governor)
                } else if in_noun_of {
                    self.subject(governor)
                } else {
                    None
                }
            }),
            _ => None,
        };
        if let Some(doer) = doer {
            fillers.push(self, RoleName::Agent, &doer.heads, None, Route::Shared);
        }
    }

    /// What coordinated verbs share: an object to the right ("supports and helps Mali"), time and place to the left
    /// ("On Monday they met and signed").
    fn share_from_coordinated(&self, verb: usize, complete: bool, fillers: &mut Fillers) {
        if self.dep(verb) == "conj"
            && let Some(first) = self.head(verb)
            && self.is_verb(first)
        {
            for phrase in self.prep_phrases(first) {
                let times = phrase.objects.iter().all(|&object| self.is_time(object));
                if phrase.token < first && times && !fillers.has(RoleName::Time) {
                    fillers.push(
                        self,
                        RoleName::Time,
                        &phrase.objects,
                        Some(&phrase.name),
                        Route::Elsewhere,
                    );
                }
            }
            for &kid in self.kids(first) {
                let adverbial = ["npadvmod", "advmod"].contains(&self.dep(kid));
                if kid < first && adverbial && self.is_time(kid) && !fillers.has(RoleName::Time) {
                    fillers.push(self, RoleName::Time, &[kid], None, Route::Elsewhere);
                }
            }
        }
        if complete
            || self.is_passive(verb)
            || fillers.has(RoleName::Patient)
            || fillers.has(RoleName::Content)
            || fillers.reciprocal
        {
            return;
        }
        let Some(next) = self
            .kids(verb)
            .iter()
            .copied()
            .find(|&kid| self.dep(kid) == "conj" && self.is_verb(kid))
        else {
            return;
        };
        let adjacent = (verb + 1..next).all(|between| {
            self.dep(between) == "cc"
                || ["aux", "advmod", "punct", "neg"].contains(&self.dep(between))
        });
        if !adjacent || self.kid(next, &["nsubj", "nsubjpass"]).is_some() || self.is_passive(next) {
            return;
        }
        for object in self.objects(next) {
            match self.light_entry(next, object) {
                Some(light) => {
                    let of_light = self.light_fillers(next, object, &light.frame);
                    for filler in of_light.all {
                        if filler.role.name == RoleName::Patient {
                            let heads = [filler.role.head];
                            fillers.push(self, RoleName::Patient, &heads, None, Route::Elsewhere);
                        }
                    }
                }
                None => fillers.push(self, RoleName::Patient, &[object], None, Route::Shared),
            }
        }
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && word
            .parse::<u32>()
            .is_ok_and(|year| (1500..2200).contains(&year))
}
