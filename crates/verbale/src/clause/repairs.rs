//! Where the parser and a reader differ in a known way. Each repair names the shape of sentence that needs it.

use std::collections::BTreeMap;

use super::RoleName;
use super::lexicon::{WordClass, WordKind};
use super::subject::Subject;
use super::syntax::{PrepPhrase, Reader};

impl Reader<'_> {
    /// "Lima is calm and Quito has backed the plan": the parser joins Quito to the words before it and leaves "has
    /// backed" without subject. Maps such a verb to the head of the phrase right in front of it, if that phrase is
    /// joined by "and" to something earlier.
    pub fn stranded_subjects(&self) -> BTreeMap<usize, usize> {
        let mut stranded = BTreeMap::new();
        for verb in 0..self.tree.tokens.len() {
            let alone = self.is_verb(verb)
                && ["conj", "ccomp"].contains(&self.dep(verb))
                && self.is_finite(verb)
                && self
                    .kid(verb, &["nsubj", "nsubjpass", "csubj", "expl", "mark"])
                    .is_none();
            if !alone {
                continue;
            }
            let first = self
                .kids(verb)
                .iter()
                .copied()
                .filter(|&kid| {
                    kid < verb && ["aux", "auxpass", "advmod", "neg"].contains(&self.dep(kid))
                })
                .min()
                .unwrap_or(verb);
            let Some(mut at) = first.checked_sub(1) else {
                continue;
            };
            if self.is_punctuation(at) || self.dep(at) == "cc" {
                continue;
            }
            while let Some(head) = self.head(at) {
                if self.dep(at) == "conj" && self.tree.edges[at].end == first && self.is_noun(at) {
                    let start = self.tree.edges[at].start;
                    if start > 0 && self.dep(start - 1) == "cc" {
                        stranded.insert(verb, at);
                    }
                    break;
                }
                at = head;
            }
        }
        stranded
    }

    /// "a meeting between the Emir and the Sultan": the second may hang on "meeting" by "and". What follows "between
    /// X" directly as a coordinated phrase belongs to it.
    pub fn other_side(&self, between: usize, only: usize) -> Option<usize> {
        if self.is_plural(only) {
            return None;
        }
        let and = self.tree.edges[between].end;
        if and >= self.tree.tokens.len() || self.dep(and) != "cc" || self.word(and) != "and" {
            return None;
        }
        let holder = self.head(and)?;
        self.kids(holder)
            .iter()
            .copied()
            .find(|&kid| kid > and && self.dep(kid) == "conj" && !self.is_verb(kid))
    }

    /// "Oslo sent Kyiv fourteen tanks", "handed Lima the records": the parser makes the receiver a part of what is given, or a second
    /// object.
    pub fn receiver(&self, verb: usize) -> Option<usize> {
        if !self.gives(verb) || self.kid(verb, &["dative", "iobj"]).is_some() {
            return None;
        }
        let objects: Vec<usize> = self
            .kids(verb)
            .iter()
            .copied()
            .filter(|&kid| self.dep(kid) == "dobj")
            .collect();
        match objects[..] {
            [whom] if self.gift_beside(whom).is_some() => Some(whom),
            [whom, what] if whom < what && self.is_whom(whom) => Some(whom),
            [what] => {
                let first = self.tree.edges[what].start;
                let within = self.head(first) == Some(what)
                    && ["nmod", "compound"].contains(&self.dep(first))
                    && first == verb + 1;
                // "Sent Kyiv tanks" is left open; "Kyiv fourteen tanks" is not.
                let parted = (first + 1..what).any(|token| {
                    self.head(token) == Some(what)
                        && ["nummod", "det", "amod", "compound"].contains(&self.dep(token))
                });
                (within && parted && self.is_whom(first)).then_some(first)
            }
            _ => None,
        }
    }

    fn gives(&self, verb: usize) -> bool {
        let entry = self.lexicon.verb(&self.verb_lemma(verb));
        !self.is_passive(verb)
            && entry
                .and_then(|entry| entry.frame.get("to"))
                .is_some_and(|choice| choice.first == RoleName::Recipient)
    }

    fn is_whom(&self, token: usize) -> bool {
        self.tag(token) == "NNP" && self.is_place(token)
    }

    /// "sold Serbia six drones": the parser takes what is given for another name of the receiver. Gives what is given.
    pub fn gift(&self, verb: usize) -> Option<usize> {
        if !self.gives(verb) {
            return None;
        }
        let mut receivers = self
            .kids(verb)
            .iter()
            .copied()
            .filter(|&kid| ["dative", "iobj", "dobj"].contains(&self.dep(kid)));
        receivers.find_map(|whom| self.gift_beside(whom))
    }

    /// What stands right behind a place as if it were its other name; a true other name would be set off.
    fn gift_beside(&self, whom: usize) -> Option<usize> {
        let what = self.kid(whom, &["appos"])?;
        let beside = self.tree.edges[what].start == whom + 1;
        (beside && self.is_whom(whom) && !self.is_name(what)).then_some(what)
    }

    /// "discussed with the minister plans for a canal": the parser takes the guest for a part of what was discussed. Gives the
    /// guest and the matter.
    pub fn swallowed_guest(&self, preposition: usize) -> Option<(usize, usize)> {
        let verb = self.head(preposition).filter(|&head| self.is_verb(head))?;
        let matter = self.kid(preposition, &["pobj"])?;
        let open = self.word(preposition) == "with"
            && self.dep(preposition) == "prep"
            && !self.is_passive(verb)
            && self.kid(verb, &["dobj", "ccomp", "xcomp"]).is_none()
            && self
                .lexicon
                .verb(self.lemma(verb))
                .is_some_and(|entry| entry.frame.get("object").is_some());
        let guest = self.kids(matter).iter().copied().find(|&kid| {
            kid + 1 == matter
                && ["compound", "nmod"].contains(&self.dep(kid))
                && (self.is(kid, WordKind::Person) || self.is_person(kid))
        })?;
        let thing = self.tag(matter) == "NNS"
            && !self.is(matter, WordKind::Person)
            && !self.is_person(matter);
        (open && thing).then_some((guest, matter))
    }

    /// Whether a noun in front of another is such a guest.
    pub fn is_swallowed_guest(&self, noun: usize) -> bool {
        self.head(noun)
            .and_then(|matter| self.head(matter))
            .and_then(|preposition| self.swallowed_guest(preposition))
            .is_some_and(|(guest, _)| guest == noun)
    }

    /// The noun that a relative or participial clause means. The parser takes the nearest noun: in "a pact on grazing
    /// in the border zone, signed last year" the zone was not signed, in "the memoirs of the general, which appeared"
    /// the general is no "which".
    pub fn meant_antecedent(&self, noun: usize, clause: usize) -> usize {
        let start = self.tree.edges[clause].start;
        let set_off = start > 0 && self.word(start - 1) == ",";
        let which = self.kids(clause).iter().any(|&kid| {
            self.word(kid) == "which" && ["nsubj", "nsubjpass", "dobj"].contains(&self.dep(kid))
        });
        let participle = self.dep(clause) == "acl" && self.tag(clause) == "VBN";
        let misfit = |noun: usize| {
            (which && (self.is_person(noun) || self.is_time(noun) || self.disagrees(noun, clause)))
                || (participle
                    && !self.lexicon.is_nominal(self.lemma(noun))
                    && (self.is(noun, WordKind::Field)
                        || self.is_time(noun)
                        || (set_off && self.is_name(noun))))
        };
        // The first noun upwards that fits, or better the first listed act or paper.
        let mut fitting = None;
        let mut at = noun;
        while misfit(at) || at != noun && !self.lexicon.is_nominal(self.lemma(at)) {
            if at != noun && !misfit(at) {
                fitting = fitting.or(Some(at));
            }
            match self.phrase_above(at) {
                Some(above) => at = above,
                None => return fitting.unwrap_or(noun),
            }
        }
        at
    }

    /// "the contracts of the council, which were closed": the number of the verb is not the noun's.
    fn disagrees(&self, noun: usize, clause: usize) -> bool {
        let bearer = self.kid(clause, &["aux", "auxpass"]).unwrap_or(clause);
        let subject = self
            .kid(clause, &["nsubj", "nsubjpass"])
            .is_some_and(|subject| self.word(subject) == "which");
        let several = self.is_plural(noun) || self.coordinated(noun).len() > 1;
        subject
            && match self.word(bearer) {
                "was" | "is" | "has" | "does" => several,
                "were" | "are" | "have" | "do" => !several,
                _ => false,
            }
    }

    /// Dates that the parser hangs on an adjective behind the verb or its object: "signed papers worth millions on Monday".
    pub fn dates_on_modifiers(&self, bearer: usize) -> Vec<PrepPhrase> {
        self.kids(bearer)
            .iter()
            .filter(|&&kid| kid > bearer && self.is_adjective(kid))
            .flat_map(|&kid| self.prep_phrases(kid))
            .filter(|phrase| {
                let dated = phrase.objects.iter().any(|&object| self.is_time(object));
                phrase.name == "during" || dated
            })
            .collect()
    }

    /// The verb that says that its subject happens: "the meeting took place", "the talks will resume".
    pub fn occurrence(&self, noun: usize) -> Option<usize> {
        let mut verb = self
            .head(noun)
            .filter(|_| ["nsubj", "nsubjpass"].contains(&self.dep(noun)) && self.is_noun(noun))?;
        // "are expected to resume"
        while let Some(raised) = self.kid(verb, &["xcomp"]) {
            verb = raised;
        }
        let place = self.lemma(verb) == "take"
            && self
                .kid(verb, &["dobj"])
                .is_some_and(|object| self.word(object) == "place");
        let occurs = self.lexicon.is(self.lemma(verb), WordKind::Occur)
            && self.kid(verb, &["dobj"]).is_none();
        (place || occurs).then_some(verb)
    }

    /// The noun whose phrase holds this noun's: over a preposition, "and", or a clause on the noun.
    fn phrase_above(&self, noun: usize) -> Option<usize> {
        let head = self.head(noun)?;
        let above = match self.dep(noun) {
            "conj" => head,
            "pobj" => self.head(head)?,
            _ => return None,
        };
        if self.is_verb(above) {
            return self
                .head(above)
                .filter(|_| ["acl", "relcl"].contains(&self.dep(above)));
        }
        Some(above)
    }

    /// "was the first to sign", "one of the few countries to help": the parser hangs the infinitive on "was". True
    /// for an infinitive that describes the predicate nominal.
    pub fn describes_nominal(&self, infinitive: usize) -> Option<usize> {
        if self.dep(infinitive) != "advcl" || !self.is_to_infinitive(infinitive) {
            return None;
        }
        let copula = self.head(infinitive).filter(|&head| self.is_copula(head))?;
        self.kid(copula, &["attr"])
            .filter(|&attribute| attribute < infinitive)
    }

    /// An infinitive that hangs on a noun, whichever label it has ("steps to deepen", "plans to buy").
    pub fn is_noun_infinitive(&self, verb: usize) -> bool {
        ["acl", "relcl"].contains(&self.dep(verb))
            && self.is_to_infinitive(verb)
            && self.kid(verb, &["nsubj", "nsubjpass"]).is_none()
    }

    /// The noun that governs a purpose infinitive on its verb: "steps are being taken to widen trade".
    pub fn governing_object(&self, verb: usize) -> Option<usize> {
        self.kids(verb)
            .iter()
            .copied()
            .filter(|&kid| ["dobj", "nsubjpass"].contains(&self.dep(kid)))
            .find(|&kid| {
                self.lexicon
                    .governor(self.lemma(kid), WordClass::Noun)
                    .is_some()
                    && self
                        .lexicon
                        .light(self.lemma(verb), self.lemma(kid))
                        .is_some()
            })
    }

    /// "Deputies recalled the tour, on which the envoy met teachers, praising the schools": after a verb of saying
    /// the participle at the end belongs to the clause that ends right before it.
    pub fn nearer_clause(&self, participle: usize, main: usize) -> Option<usize> {
        if !self.lexicon.is(self.lemma(main), WordKind::Report) {
            return None;
        }
        let end = self.tree.edges[participle].start;
        (main + 1..end)
            .filter(|&token| self.is_verb(token) && self.is_finite(token))
            .filter(|&token| {
                self.tree.edges[token].end + 1 == end || self.tree.edges[token].end == end
            })
            .max()
    }

    /// "where" after a date means the place named before it.
    pub fn meant_place(&self, antecedent: usize) -> usize {
        if !self.is_time(antecedent) {
            return antecedent;
        }
        let mut at = antecedent;
        while self.dep(at) == "pobj"
            && let Some(holder) = self.head(at).and_then(|preposition| self.head(preposition))
        {
            let place = self
                .prep_phrases(holder)
                .into_iter()
                .filter(|phrase| {
                    ["to", "in", "at"].contains(&phrase.name.as_str()) && phrase.token < antecedent
                })
                .filter_map(|phrase| phrase.objects.first().copied())
                .rfind(|&object| !self.is_time(object));
            match place {
                Some(place) => return place,
                None => at = holder,
            }
        }
        antecedent
    }

    /// A subject that the parser gave to the words before it.
    pub fn stranded_subject(&self, verb: usize) -> Option<Subject> {
        self.stranded
            .get(&verb)
            .map(|&head| Subject::own(vec![head]))
    }
}
