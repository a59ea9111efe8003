//! A reading view of one tree: words, passives, coordination, prepositional phrases.

use std::collections::BTreeMap;
use std::ops::Range;

use verbale_parse::Entity;

use crate::parse::Tree;

use super::lexicon::{ClauseLexicon, WordClass, WordKind};

/// A tree with its words in lower case and the lists.
pub(super) struct Reader<'a> {
    pub tree: &'a Tree,
    pub lexicon: &'a ClauseLexicon,
    /// Words in lower case.
    words: Vec<String>,
    /// Canonical lemmas in lower case.
    lemmas: Vec<String>,
    /// Verbs whose subject the parser gave to the words before it.
    pub stranded: BTreeMap<usize, usize>,
}

/// A prepositional phrase.
#[derive(Debug, Clone)]
pub(super) struct PrepPhrase {
    /// First token of the preposition.
    pub token: usize,
    /// The preposition, lower case; several words where the list knows them (`in accordance with`).
    pub name: String,
    /// Nominal objects, coordinated ones each.
    pub objects: Vec<usize>,
    /// Clausal objects ("from establishing ties").
    pub clauses: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub fn new(tree: &'a Tree, lexicon: &'a ClauseLexicon) -> Self {
        let start = tree.unit.span.start;
        let words = tree
            .tokens
            .iter()
            .map(|token| {
                tree.unit.text[token.span.start - start..token.span.end - start].to_lowercase()
            })
            .collect();
        let lemmas = tree
            .tokens
            .iter()
            .map(|token| lexicon.canonical(&token.lemma.to_lowercase()).to_owned())
            .collect();
        let mut reader = Reader {
            tree,
            lexicon,
            words,
            lemmas,
            stranded: BTreeMap::new(),
        };
        reader.stranded = reader.stranded_subjects();
        reader
    }

    pub fn word(&self, token: usize) -> &str {
        &self.words[token]
    }

    pub fn lemma(&self, token: usize) -> &str {
        &self.lemmas[token]
    }

    pub fn dep(&self, token: usize) -> &'static str {
        self.tree.tokens[token].dep
    }

    pub fn tag(&self, token: usize) -> &'static str {
        self.tree.tokens[token].tag
    }

    /// The head; `None` for a root.
    pub fn head(&self, token: usize) -> Option<usize> {
        Some(self.tree.tokens[token].head).filter(|&head| head != token)
    }

    pub fn kids(&self, token: usize) -> &[usize] {
        &self.tree.children[token]
    }

    pub fn kid(&self, token: usize, deps: &[&str]) -> Option<usize> {
        self.kids(token)
            .iter()
            .copied()
            .find(|&kid| deps.contains(&self.dep(kid)))
    }

    pub fn is(&self, token: usize, kind: WordKind) -> bool {
        self.lexicon.is(self.word(token), kind) || self.lexicon.is(self.lemma(token), kind)
    }

    pub fn is_noun(&self, token: usize) -> bool {
        self.tag(token).starts_with("NN")
    }

    pub fn is_adjective(&self, token: usize) -> bool {
        self.tag(token).starts_with("JJ")
    }

    /// A verb that is a predicate and no auxiliary.
    pub fn is_verb(&self, token: usize) -> bool {
        self.tag(token).starts_with("VB")
            && self.words[token].starts_with(char::is_alphabetic)
            && !["aux", "auxpass", "compound", "prep", "case", "cc"].contains(&self.dep(token))
    }

    pub fn class(&self, token: usize) -> WordClass {
        if self.tag(token).starts_with("VB") {
            WordClass::Verb
        } else if self.tag(token) == "MD" {
            WordClass::Auxiliary
        } else if self.is_noun(token) {
            WordClass::Noun
        } else {
            WordClass::Adjective
        }
    }

    pub fn is_relative_pronoun(&self, token: usize) -> bool {
        ["WDT", "WP"].contains(&self.tag(token))
            || (self.word(token) == "that" && self.dep(token) != "mark")
    }

    pub fn is_plural(&self, token: usize) -> bool {
        ["NNS", "NNPS"].contains(&self.tag(token))
            || ["we", "they", "both", "us", "them"].contains(&self.word(token))
    }

    /// Whether the verb stands in the infinitive with "to".
    pub fn is_to_infinitive(&self, verb: usize) -> bool {
        self.kids(verb)
            .iter()
            .any(|&kid| self.tag(kid) == "TO" && self.dep(kid) == "aux")
    }

    /// Whether the verb carries tense itself or by an auxiliary.
    pub fn is_finite(&self, verb: usize) -> bool {
        let finite = |token: usize| ["VBD", "VBZ", "VBP", "MD"].contains(&self.tag(token));
        finite(verb)
            || self
                .kids(verb)
                .iter()
                .any(|&kid| ["aux", "auxpass"].contains(&self.dep(kid)) && finite(kid))
    }

    /// "further deepening of ties": a verb form that takes its object as a noun does.
    pub fn is_verbal_noun(&self, verb: usize) -> bool {
        self.tag(verb) == "VBG"
            && self.kid(verb, &["dobj", "nsubj", "aux"]).is_none()
            && self
                .prep_phrases(verb)
                .iter()
                .any(|phrase| phrase.name == "of")
    }

    pub fn is_passive(&self, verb: usize) -> bool {
        if self.kid(verb, &["auxpass", "nsubjpass"]).is_some() {
            return true;
        }
        // "Chile urged by Peru to stop": headlines leave out the auxiliary.
        if self.kid(verb, &["agent"]).is_some()
            && self.kid(verb, &["dobj", "aux"]).is_none()
            && ["VBD", "VBN"].contains(&self.tag(verb))
        {
            return true;
        }
        // "the first town built a school": a bare participle with an object is a past tense, unless something can be
        // given ("a town given aid").
        let gives = || {
            self.lexicon
                .verb(self.lemma(verb))
                .is_some_and(|entry| entry.frame.get("to").is_some())
        };
        if self.dep(verb) != "amod" && self.kid(verb, &["dobj"]).is_some() && !gives() {
            return false;
        }
        if self.tag(verb) != "VBN" && !(self.tag(verb) == "VBD" && self.dep(verb) == "acl") {
            return false;
        }
        match self.dep(verb) {
            "acl" | "amod" => true,
            // "Backed by Oslo, Riga signed": a participle that has no auxiliary of its own.
            "advcl" | "ROOT" => self.kid(verb, &["aux"]).is_none(),
            "conj" => {
                self.kid(verb, &["aux", "nsubj"]).is_none()
                    && self.head(verb).is_some_and(|head| self.is_passive(head))
            }
            "relcl" => self.kid(verb, &["aux", "nsubj"]).is_none(),
            "oprd" | "xcomp" => self.kid(verb, &["aux", "nsubj"]).is_none(),
            // "wants its consul freed"
            "ccomp" => self.kid(verb, &["aux"]).is_none(),
            _ => false,
        }
    }

    /// A phrase head with the heads coordinated to it.
    pub fn coordinated(&self, token: usize) -> Vec<usize> {
        let mut heads = vec![token];
        let mut at = 0;
        while at < heads.len() {
            let head = heads[at];
            let clausal = self.is_verb(head) && self.dep(head) != "amod";
            for &kid in self.kids(head) {
                let same_sort = clausal
                    == (self.is_verb(kid) && self.kid(kid, &["nsubj", "dobj", "aux"]).is_some());
                let stranded = self.stranded.values().any(|&subject| subject == kid);
                if self.dep(kid) == "conj"
                    && same_sort
                    && !self.is_act_beside_name(kid)
                    && !stranded
                {
                    heads.push(kid);
                }
            }
            at += 1;
        }
        heads.sort_unstable();
        heads
    }

    /// "ties with Accra and its support for Lomé" is no pair of parties: the second is an act of its own.
    pub fn is_act_beside_name(&self, token: usize) -> bool {
        self.dep(token) == "conj"
            && self.head(token).is_some_and(|head| self.is_name(head))
            && self.lexicon.is_nominal(self.lemma(token))
            && self.kid(token, &["poss"]).is_some()
    }

    /// The tokens of a phrase without what is coordinated with its head and without clauses that hang on it.
    pub fn phrase(&self, head: usize) -> Range<usize> {
        let edges = self.tree.edges[head].clone();
        let mut end = edges.end;
        for &kid in self.kids(head) {
            let ends = ["cc", "conj", "relcl", "acl", "advcl", "dep", "parataxis"]
                .contains(&self.dep(kid));
            if kid > head && ends {
                end = end.min(self.tree.edges[kid].start.max(head + 1));
            }
        }
        let act = (head + 1..end).find(|&token| self.is_act_beside_name(token));
        if let Some(act) = act {
            end = end.min(self.tree.edges[act].start.max(head + 1));
            while end > head + 1 && self.dep(end - 1) == "cc" {
                end -= 1;
            }
        }
        while end > head + 1 && self.tag(end - 1) != "POS" && self.is_punctuation(end - 1) {
            end -= 1;
        }
        let mut start = edges.start;
        while start < head && (self.is_punctuation(start) || self.dep(start) == "cc") {
            start += 1;
        }
        start..end
    }

    /// "Two of the surveyors", "some of them": who is counted, not the number.
    pub fn counted(&self, head: usize) -> usize {
        let counts = self.tag(head) == "CD"
            || [
                "some", "several", "many", "most", "all", "none", "both", "each", "few",
            ]
            .contains(&self.word(head));
        let of = |&kid: &usize| self.dep(kid) == "prep" && self.word(kid) == "of";
        if !counts {
            return head;
        }
        self.kids(head)
            .iter()
            .find(|kid| of(kid))
            .and_then(|&of| self.kid(of, &["pobj"]))
            // "612 million of beef" is a measure, "four of the agreements" a part, "ten of these" takes up what was told.
            .filter(|&people| {
                let told = self
                    .kid(people, &["det", "poss"])
                    .is_some_and(|word| !["these", "those"].contains(&self.word(word)));
                (told || self.tag(people) == "PRP") && !self.lexicon.is_nominal(self.lemma(people))
            })
            .unwrap_or(head)
    }

    pub fn is_punctuation(&self, token: usize) -> bool {
        self.tree.tokens[token].pos == "PUNCT" || self.tree.tokens[token].pos == "SPACE"
    }

    /// Whether the phrase says when.
    pub fn is_time(&self, head: usize) -> bool {
        self.is(head, WordKind::Time)
            || is_year(self.word(head))
            || self.has_entity(head, &["DATE", "TIME"])
    }

    /// Whether the network takes the token for (part of) a name of a people, place, organisation or person.
    pub fn is_name(&self, token: usize) -> bool {
        self.tag(token).starts_with("NNP")
            || self.has_entity(token, &["GPE", "NORP", "ORG", "PERSON", "LOC"])
            || (self.is_adjective(token)
                && starts_upper(self.raw(token))
                && self
                    .tree
                    .sentences
                    .iter()
                    .all(|sentence| sentence.start != token)
                && !self.is(token, WordKind::FieldAdjective))
    }

    pub fn is_person(&self, token: usize) -> bool {
        self.has_entity(token, &["PERSON"])
    }

    pub fn is_place(&self, token: usize) -> bool {
        self.has_entity(token, &["GPE", "LOC", "FAC"])
    }

    fn has_entity(&self, token: usize, labels: &[&str]) -> bool {
        self.entity(token)
            .is_some_and(|entity| labels.contains(&entity.label))
    }

    /// The entity that holds a token. Entities stand in order and share no token, so that the look-up stays short in
    /// texts whose story is one paragraph of hundreds of sentences.
    fn entity(&self, token: usize) -> Option<&Entity> {
        let entities = &self.tree.entities;
        let begun = entities.partition_point(|entity| entity.tokens.start <= token);
        entities[..begun]
            .last()
            .filter(|entity| entity.tokens.contains(&token))
    }

    /// The tokens of the proper name that holds a token ("Cooperation" in an organisation's name).
    pub fn name_around(&self, token: usize) -> Option<Range<usize>> {
        self.entity(token)
            .filter(|entity| ["ORG", "EVENT", "FAC", "WORK_OF_ART", "LOC"].contains(&entity.label))
            .map(|entity| entity.tokens.clone())
    }

    fn raw(&self, token: usize) -> &str {
        let start = self.tree.unit.span.start;
        let span = &self.tree.tokens[token].span;
        &self.tree.unit.text[span.start - start..span.end - start]
    }

    /// Prepositional phrases directly on a token.
    pub fn prep_phrases(&self, token: usize) -> Vec<PrepPhrase> {
        let mut phrases = Vec::new();
        for &kid in self.kids(token) {
            let prepositional = match self.dep(kid) {
                "prep" | "agent" => true,
                "dative" => self.kid(kid, &["pobj"]).is_some(),
                _ => false,
            };
            if prepositional {
                self.collect_prep(kid, &mut phrases);
            }
            // "handed the crew back to Lima", "together with Quito": the parser hangs the phrase on the adverb.
            if self.dep(kid) == "advmod" && kid > token {
                for phrase in self.kids(kid).iter().copied() {
                    let joined = format!("{} {}", self.word(kid), self.word(phrase));
                    let own = self.is(kid, WordKind::Direction);
                    if self.dep(phrase) == "prep"
                        && (own || self.lexicon.preposition(&joined).is_some())
                    {
                        let known = phrases.len();
                        self.collect_prep(phrase, &mut phrases);
                        if !own && let Some(found) = phrases.get_mut(known) {
                            found.name = joined;
                        }
                    }
                }
            }
        }
        phrases
    }

    fn collect_prep(&self, preposition: usize, phrases: &mut Vec<PrepPhrase>) {
        let mut bearer = preposition;
        let mut name = self.word(preposition).to_owned();
        // "because of": the second preposition hangs on the first; "in accordance with": on the noun between.
        if let Some(second) = self.kid(preposition, &["prep", "pcomp", "pobj"])
            && ["IN", "TO"].contains(&self.tag(second))
            && second == preposition + 1
        {
            let joined = format!("{name} {}", self.word(second));
            if self.lexicon.preposition(&joined).is_some() {
                name = joined;
                bearer = second;
            }
        } else if let Some(noun) = self.kid(preposition, &["pobj"])
            && let Some(second) = self
                .kids(noun)
                .iter()
                .copied()
                .find(|&kid| kid > noun && self.dep(kid) == "prep")
        {
            let joined = format!("{name} {} {}", self.word(noun), self.word(second));
            if self.lexicon.preposition(&joined).is_some() {
                name = joined;
                bearer = second;
            }
        }
        let mut objects = Vec::new();
        let mut clauses = Vec::new();
        for &kid in self.kids(bearer) {
            match self.dep(kid) {
                "pobj" => objects.extend(self.coordinated(kid)),
                "pcomp" if self.is_verb(kid) => clauses.extend(self.coordinated(kid)),
                _ => {}
            }
        }
        if let Some((guest, _)) = self.swallowed_guest(preposition) {
            objects = vec![guest];
        }
        if let ("between", [only]) = (name.as_str(), objects.as_slice()) {
            objects.extend(self.other_side(preposition, *only));
        }
        let connective = objects.first().is_some_and(|&object| {
            let fixed = format!("{name} {}", self.lemma(object));
            self.lexicon.is(&fixed, WordKind::Connective)
        });
        if !connective && (!objects.is_empty() || !clauses.is_empty()) {
            phrases.push(PrepPhrase {
                token: preposition,
                name,
                objects,
                clauses,
            });
        }
        for &kid in self.kids(preposition) {
            if self.dep(kid) == "conj" && ["IN", "TO", "VBG"].contains(&self.tag(kid)) {
                self.collect_prep(kid, phrases);
            }
        }
    }
}

/// Four digits that can be a year.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4
        && word
            .parse::<u32>()
            .is_ok_and(|year| (1500..2200).contains(&year))
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
