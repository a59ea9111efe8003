//! Roles of nouns, adjectives and copulas.

use super::lexicon::{Frame, WordClass, WordKind};
use super::roles::{Fillers, one};
use super::subject::Route;
use super::syntax::{PrepPhrase, Reader, is_year};
use super::{GovernorKind, RoleName};

impl Reader<'_> {
    /// Roles of a noun that is a predicate by itself.
    pub fn noun_fillers(&self, noun: usize) -> Fillers {
        let frame = self.nominal_frame(noun);
        let mut fillers = Fillers::default();
        self.fill_noun(noun, &frame, &mut fillers);
        self.fill_from_verb(noun, &frame, &mut fillers);
        fillers.all.retain(|filler| filler.role.head != noun);
        fillers
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
            let frame = self.nominal_frame(predicate);
            self.fill_noun(predicate, &frame, &mut fillers);
            // "Peru is Chile's partner": both are partners, neither does it.
            if let Some(owner) = self.kid(predicate, &["poss"]) {
                let heads = self.coordinated(owner);
                fillers.push(self, RoleName::Counterpart, &heads, None, Route::Own);
            }
            frame
        };
        self.fill_adjuncts(verb, &frame, &mut fillers);
        fillers
    }

    /// Roles of an adjective without copula ("a minister grateful to Lima").
    pub fn adjective_fillers(&self, adjective: usize) -> Fillers {
        let mut fillers = Fillers::default();
        let own = self
            .kid(adjective, &["nsubj"])
            .filter(|_| self.dep(adjective) == "ccomp");
        let bearer = match self.dep(adjective) {
            _ if let Some(own) = own => Some((self.coordinated(own), Route::Own)),
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

    pub fn nominal_frame(&self, noun: usize) -> Frame {
        self.lexicon
            .nominal(self.lemma(noun))
            .map(|nominal| nominal.frame.clone())
            .unwrap_or_default()
    }

    /// Phrases on a noun, and those on the nouns of its phrases that can only belong higher up ("a memorandum on
    /// fisheries with Iceland").
    pub fn deep_prep_phrases(&self, noun: usize, frame: &Frame) -> Vec<PrepPhrase> {
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
                        let name = phrase.name.as_str();
                        ["with", "between", "by"].contains(&name)
                            || ["from", "to"].contains(&name) && frame.get(name).is_some()
                    }));
                }
            }
            at += 1;
        }
        phrases
    }

    /// Fills the roles of a noun beside those already there.
    pub fn fill_noun(&self, noun: usize, frame: &Frame, fillers: &mut Fillers) {
        for &kid in self.kids(noun) {
            if self.dep(kid) == "poss" {
                let choice = if self.is_time(kid) {
                    one(RoleName::Time)
                } else {
                    frame.get("poss").unwrap_or(one(RoleName::Agent))
                };
                // The subject of a light verb has the first word: "Oslo held its talks".
                if choice.first == RoleName::Agent && fillers.has(RoleName::Agent) {
                    continue;
                }
                let heads = self.coordinated(kid);
                let name = fillers.choose(choice);
                fillers.push(self, name, &heads, None, Route::Own);
            }
        }
        let phrases = self.deep_prep_phrases(noun, frame);
        for phrase in phrases.iter().filter(|phrase| phrase.name == "by") {
            if !phrase.objects.iter().any(|&object| self.is_time(object)) {
                let by = Some("by");
                fillers.push(self, RoleName::Agent, &phrase.objects, by, Route::Own);
            }
        }
        for &kid in self.kids(noun) {
            self.fill_modifier(noun, kid, frame, fillers);
        }
        for phrase in phrases.iter().filter(|phrase| phrase.name != "by") {
            self.fill_prep(noun, phrase, frame, fillers);
        }
        for &kid in self.kids(noun) {
            if self.is_told_by_noun(kid) {
                fillers.push(self, RoleName::Content, &[kid], None, Route::Own);
            }
        }
    }

    /// Words in front of a noun: "Danish-Swedish defence cooperation", "the 2002 agreement", "arms sales".
    fn fill_modifier(&self, noun: usize, modifier: usize, frame: &Frame, fillers: &mut Fillers) {
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
        if !["amod", "compound", "nmod"].contains(&dep)
            || self
                .name_around(modifier)
                .is_some_and(|name| name.contains(&noun))
            || self.is_swallowed_guest(modifier)
            || self
                .head(noun)
                .is_some_and(|verb| self.is_verb(verb) && self.receiver(verb) == Some(modifier))
        {
            return;
        }
        let is_hyphen = |token: usize| token < self.tree.tokens.len() && self.word(token) == "-";
        // A modifier may be the last word there is ("the routes grazing").
        let hyphened = is_hyphen(modifier + 1) || modifier > 0 && is_hyphen(modifier - 1);
        if hyphened && !self.is_name(modifier) {
            return;
        }
        // "Danish fisheries cooperation": the parser may hang the people on the word between.
        if !self.is_name(modifier) {
            for &inner in self.kids(modifier) {
                if self.is_adjective(inner) && self.is_name(inner) {
                    self.fill_modifier(noun, inner, frame, fillers);
                }
            }
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
        // "X is a Danish visitor", "Oslo paid a Norwegian visit": the subject is the doer.
        if name == RoleName::Agent && fillers.has(RoleName::Agent) {
            return;
        }
        fillers.push(self, name, &heads, None, Route::Own);
    }

    /// "is at war", "are in talks", "went on a tour", "came under attack": the noun says what the subject does or
    /// suffers.
    pub fn stands_in(&self, noun: usize) -> bool {
        if self.dep(noun) != "pobj" || !self.lexicon.is_nominal(self.lemma(noun)) {
            return false;
        }
        let Some(preposition) = self.head(noun) else {
            return false;
        };
        let Some(verb) = self.head(preposition) else {
            return false;
        };
        let bare = |verb: usize| {
            self.is_copula(verb)
                || self
                    .lexicon
                    .verb(self.lemma(verb))
                    .is_some_and(|entry| entry.intransitive)
        };
        ["in", "at", "on", "under"].contains(&self.word(preposition))
            && self.tag(verb).starts_with("VB")
            && bare(verb)
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
        if let Some(verb) = self.occurrence(noun) {
            let mut of_verb = Fillers::default();
            self.fill_adjuncts(verb, frame, &mut of_verb);
            for filler in of_verb.all {
                if [RoleName::Time, RoleName::Place].contains(&filler.role.name) {
                    fillers.all.push(filler);
                }
            }
        }
        let doer_known = fillers.has(RoleName::Agent)
            || fillers.has(RoleName::Counterpart) && !self.stands_in(noun);
        if doer_known && !(dep == "pobj" && self.word(head) == "under") {
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
                if !governs && self.stands_in(noun) {
                    let role = if self.word(head) == "under" {
                        RoleName::Patient
                    } else {
                        RoleName::Agent
                    };
                    if let Some(subject) = self.subject(governor).filter(|_| !fillers.has(role)) {
                        fillers.push(self, role, &subject.heads, None, Route::Shared);
                    }
                    return None;
                }
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
}
