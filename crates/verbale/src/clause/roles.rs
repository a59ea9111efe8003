//! Fillers to roles, by the frames of the lists.

use super::lexicon::{Frame, RoleChoice, WordKind};
use super::subject::Route;
use super::syntax::{PrepPhrase, Reader};
use super::{Role, RoleName};

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

/// Prepositions that mean the verb even where they hang on its object ("bought trucks from Iceland").
const PARTY_PREPOSITIONS: [&str; 5] = ["with", "between", "among", "from", "to"];

impl Fillers {
    pub fn has(&self, name: RoleName) -> bool {
        self.all.iter().any(|filler| filler.role.name == name)
    }

    pub fn choose(&self, choice: RoleChoice) -> RoleName {
        match choice.otherwise {
            Some(otherwise) if self.has(choice.first) => otherwise,
            _ => choice.first,
        }
    }

    pub fn push(
        &mut self,
        reader: &Reader,
        name: RoleName,
        heads: &[usize],
        prep: Option<&str>,
        route: Route,
    ) {
        for &named in heads {
            let head = reader.counted(named);
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
                    tokens: reader.phrase(named),
                    prep: prep.map(str::to_owned),
                    shared: route != Route::Own,
                },
                route,
            });
        }
    }
}

pub(super) fn one(first: RoleName) -> RoleChoice {
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
        for phrase in self.dates_on_modifiers(verb) {
            self.fill_prep(verb, &phrase, &entry.frame, &mut fillers);
        }
        for object in self.objects(verb) {
            let acts = self.lexicon.is_nominal(self.lemma(object));
            for phrase in self.dates_on_modifiers(object) {
                self.fill_prep(verb, &phrase, &entry.frame, &mut fillers);
            }
            if !self.is_noun(object) && self.tag(object) != "CD" || acts && !entry.open {
                continue;
            }
            for phrase in self.deep_prep_phrases(object, &entry.frame) {
                let listed = entry.frame.get(&phrase.name).is_some();
                if listed || !acts && PARTY_PREPOSITIONS.contains(&phrase.name.as_str()) {
                    self.fill_prep(verb, &phrase, &entry.frame, &mut fillers);
                }
            }
        }
        if self.is_verbal_noun(verb) {
            for filler in &mut fillers.all {
                if filler.role.prep.as_deref() == Some("of") && filler.role.name == RoleName::Topic
                {
                    filler.role.name = RoleName::Patient;
                }
            }
        }
        self.share_from_coordinated(verb, entry.reciprocal || entry.intransitive, &mut fillers);
        fillers
    }

    /// Roles of a light verb together with its noun.
    pub fn light_fillers(&self, verb: usize, noun: usize, frame: &Frame) -> Fillers {
        let frame = self.nominal_frame(noun).overlaid(frame);
        let mut fillers = Fillers::default();
        self.fill_arguments(verb, &frame, Some(noun), &mut fillers);
        self.fill_noun(noun, &frame, &mut fillers);
        self.fill_adjuncts(verb, &frame, &mut fillers);
        self.share_from_coordinated(verb, true, &mut fillers);
        fillers
    }

    /// Objects in the clause, coordinated ones each; for a passive its subject.
    pub fn objects(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self
                .subject(verb)
                .map_or(Vec::new(), |subject| subject.heads);
        }
        let mut objects = Vec::new();
        let receiver = self.receiver(verb);
        for &kid in self.kids(verb) {
            // "hand over the suspect": the parser may take the particle for a preposition.
            if self.dep(kid) == "prt" {
                objects.extend(
                    self.kid(kid, &["pobj"])
                        .map_or(Vec::new(), |object| self.coordinated(object)),
                );
            }
            if self.dep(kid) == "dobj" && !self.is_reciprocal_pronoun(kid) && receiver != Some(kid)
            {
                if self.is_relative_pronoun(kid) {
                    objects.extend(self.meant_heads(verb));
                } else {
                    objects.extend(self.coordinated(kid));
                }
            }
        }
        if objects.is_empty()
            && let Some(gift) = self.gift(verb)
        {
            objects.extend(self.coordinated(gift));
        }
        if objects.is_empty()
            && let Some((thing, _)) = self.small_clause(verb)
        {
            objects.extend(self.coordinated(thing));
        }
        if objects.is_empty() {
            objects.extend(
                self.kids(verb)
                    .iter()
                    .filter_map(|&kid| self.swallowed_guest(kid))
                    .flat_map(|(_, matter)| self.coordinated(matter)),
            );
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
            objects.extend(self.meant_heads(verb));
        }
        objects
    }

    /// "declared two envoys undesirable", "held Lima responsible", "found Quito guilty": what is spoken of, and what it is said
    /// to be.
    pub fn small_clause(&self, verb: usize) -> Option<(usize, usize)> {
        if self.is_copula(verb) || self.is_passive(verb) {
            return None;
        }
        let clause = self.kids(verb).iter().copied().find_map(|kid| {
            let bare = self.dep(kid) == "ccomp"
                && kid > verb
                && !self.tag(kid).starts_with("VB")
                && self.kid(kid, &["mark", "aux"]).is_none();
            let thing = self.kid(kid, &["nsubj"]).filter(|&thing| thing > verb)?;
            bare.then_some((thing, kid))
        });
        clause.or_else(|| {
            let thing = self
                .kid(verb, &["dobj"])
                .filter(|&object| self.is_name(object))?;
            let quality = self.kids(thing).iter().copied().find(|&kid| {
                kid > thing && self.dep(kid) == "amod" && self.tag(kid).starts_with("JJ")
            })?;
            Some((thing, quality))
        })
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
        let mut receivers: Vec<Vec<usize>> = Vec::new();
        for &kid in self.kids(verb) {
            match self.dep(kid) {
                "dobj" if self.is_reciprocal_pronoun(kid) => fillers.reciprocal = true,
                "dative" | "iobj" if self.kid(kid, &["pobj"]).is_none() => {
                    receivers.push(self.coordinated(kid));
                }
                _ => {}
            }
        }
        receivers.extend(self.receiver(verb).map(|receiver| vec![receiver]));
        for heads in receivers {
            let choice = frame.get("to").unwrap_or(one(RoleName::Recipient));
            let name = fillers.choose(choice);
            fillers.push(self, name, &heads, None, Route::Own);
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
    pub fn fill_adjuncts(&self, predicate: usize, frame: &Frame, fillers: &mut Fillers) {
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
                        let place = self.meant_place(place);
                        fillers.push(self, RoleName::Place, &[place], None, Route::Shared);
                    }
                }
                "xcomp" if self.serves_purpose(kid, predicate) => {
                    fillers.push(self, RoleName::Purpose, &[kid], None, Route::Own);
                }
                "ccomp"
                    if kid < predicate
                        && !self.lexicon.is(self.lemma(predicate), WordKind::Report) => {}
                "xcomp" | "ccomp" if self.is_verb(kid) || self.tag(kid).starts_with("VB") => {
                    fillers.push(self, RoleName::Content, &[kid], None, Route::Own);
                }
                "oprd" | "attr" if !self.is_copula(predicate) => {
                    let heads = self.coordinated(kid);
                    fillers.push(self, RoleName::Attribute, &heads, None, Route::Own);
                }
                // "described the raid as unacceptable"
                "advcl"
                    if !self.tag(kid).starts_with("VB")
                        && self.kids(kid).iter().any(|&mark| {
                            mark < kid
                                && self.word(mark) == "as"
                                && ["mark", "prep", "advmod"].contains(&self.dep(mark))
                        }) =>
                {
                    fillers.push(self, RoleName::Attribute, &[kid], Some("as"), Route::Own);
                }
                "advcl" if self.describes_nominal(kid).is_some() => {}
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
        if let Some((_, quality)) = self.small_clause(predicate) {
            let heads = self.coordinated(quality);
            fillers.push(self, RoleName::Attribute, &heads, None, Route::Own);
        }
    }

    pub fn fill_prep(
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
                RoleName::Agent if phrase.name == "by" => RoleName::Instrument,
                _ if self.governs_over(predicate, phrase.token) => RoleName::Content,
                RoleName::Agent | RoleName::Patient => RoleName::Content,
                RoleName::Place | RoleName::Destination | RoleName::Source => RoleName::Topic,
                name => name,
            };
            fillers.push(self, name, &phrase.clauses, Some(&phrase.name), Route::Own);
        }
    }

    /// What a preposition brings here.
    pub fn prep_role(&self, preposition: &str, object: usize, frame: &Frame) -> RoleChoice {
        let dates = [
            "in",
            "on",
            "at",
            "during",
            "since",
            "until",
            "till",
            "after",
            "before",
            "by",
            "from",
            "within",
            "over",
            "for",
            "through",
            "throughout",
            "between",
            "around",
            "ahead of",
        ];
        if self.is_time(object) && dates.contains(&preposition) {
            return one(RoleName::Time);
        }
        if let Some(choice) = frame.get(preposition) {
            // "cooperation in health" has a topic, "cooperation in Lomé" a place.
            let place =
                preposition == "in" && choice.first == RoleName::Topic && self.is_place(object);
            return if place { one(RoleName::Place) } else { choice };
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
