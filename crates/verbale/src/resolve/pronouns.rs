//! We, you, they, it: whom they stand for in the mouth of the one who speaks.

use super::parties::Resolver;
use crate::names::Referent;
use crate::parse::{TokenId, Tree};
use crate::record::{Party, PartyBasis};

/// Nouns of what holds between two: "our cooperation" is ours with you.
const BETWEEN_TWO: [&str; 22] = [
    "relation",
    "relationship",
    "tie",
    "cooperation",
    "partnership",
    "friendship",
    "bond",
    "collaboration",
    "link",
    "contact",
    "interaction",
    "dialogue",
    "alliance",
    "brotherhood",
    "exchange",
    "border",
    "trade",
    "talk",
    "negotiation",
    "agreement",
    "treaty",
    "solidarity",
];

/// Nouns that count the two in the plural: "our countries".
const COUNTED_TWO: [&str; 8] = [
    "country",
    "nation",
    "people",
    "state",
    "government",
    "president",
    "minister",
    "leader",
];

/// Backing or judging somebody's matter: the matter is another's ("X supports its stance", "X is grateful to Y for its
/// help" are not about X's own).
const BACKING: [&str; 22] = [
    "thank",
    "grateful",
    "thankful",
    "blame",
    "congratulate",
    "commend",
    "support",
    "back",
    "recognise",
    "recognize",
    "endorse",
    "respect",
    "condemn",
    "defend",
    "uphold",
    "champion",
    "welcome",
    "praise",
    "criticise",
    "criticize",
    "reject",
    "oppose",
];

impl Resolver<'_> {
    /// The parties of a pronoun; `None` if the token is none that stands for a party.
    pub(super) fn pronoun(&self, at: TokenId) -> Option<Vec<Party>> {
        let tree = self.tree(at.unit);
        let token = &tree.tokens[at.token];
        let states = |states: Vec<String>, basis| {
            states
                .into_iter()
                .map(|id| self.state_party(&id, at, basis))
                .collect::<Vec<_>>()
        };
        // "US" is a country.
        if token.norm == "us" && tree.span(at.token).of(&self.document.text) == "US" {
            return None;
        }
        let found = match token.norm.as_str() {
            "i" | "me" | "my" | "mine" | "myself" => self.speaker(at).into_iter().collect(),
            "we" | "us" | "our" | "ours" | "ourselves" => self.we(at),
            "you" | "your" | "yours" if self.addressed(at).is_some() => {
                let guest = self.addressed(at).into_iter();
                guest
                    .map(|person| self.person_party(person, at, PartyBasis::Resolved))
                    .collect()
            }
            "you" | "your" | "yours" => {
                let other = self.side(at).and_then(|side| self.other(at, &side));
                states(other.into_iter().collect(), PartyBasis::Resolved)
            }
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself"
                if self.unnamed(at).is_some() =>
            {
                self.unnamed(at).unwrap_or_default()
            }
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => self
                .names
                .person_at(at)
                .map(|person| self.person_party(person, at, PartyBasis::Resolved))
                .into_iter()
                .collect(),
            "it" | "its" | "itself" => {
                states(self.it(at).into_iter().collect(), PartyBasis::Resolved)
            }
            "they" | "them" | "their" | "theirs" | "themselves" => {
                states(self.they(at), PartyBasis::Resolved)
            }
            "both"
                if token.head != at.token
                    && token.dep != "det"
                    && token.dep != "preconj"
                    && token.dep != "predet" =>
            {
                states(
                    self.pair(at).into_iter().flatten().collect(),
                    PartyBasis::Resolved,
                )
            }
            "other" | "another" if is_each_other(tree, at.token) => {
                states(self.reciprocals(at), PartyBasis::Resolved)
            }
            "which" | "who" | "that" | "whom" | "whose" if token.tag.starts_with('W') => {
                self.relative(at)
            }
            _ => return None,
        };
        Some(found)
    }

    /// "Peru's president was told. She thanked the envoys": an office without a name that the text has turned to since
    /// it named the person whom the pronoun would else stand for.
    fn unnamed(&self, at: TokenId) -> Option<Vec<Party>> {
        let span = self.span(at);
        let tree = self.tree(at.unit);
        let office = self.names.mentions.iter().rfind(|mention| {
            let other = self.tree(mention.unit);
            matches!(
                &mention.referent,
                Referent::Office {
                    of: Some(_),
                    person: None,
                    official: true,
                    ..
                }
            ) && mention.span.end <= span.start
                && other.unit.paragraph + 1 >= tree.unit.paragraph
                && self.trees.units[mention.unit].tokens[mention.head].dep == "nsubj"
        })?;
        let person = self.names.person_at(at);
        let later = self.names.mentions.iter().any(|mention| {
            let bearer = match mention.referent {
                Referent::Person { person } => Some(person),
                Referent::Office { person, .. } => person,
                _ => None,
            };
            bearer.is_some()
                && mention.span.start > office.span.start
                && mention.span.end <= span.start
                && (bearer == person || person.is_none())
        });
        if later {
            return None;
        }
        let head = TokenId {
            unit: office.unit,
            token: office.head,
        };
        Some(self.office_parties(head, &office.referent)).filter(|parties| !parties.is_empty())
    }

    /// Whom the voice at a token speaks to.
    fn addressed(&self, at: TokenId) -> Option<usize> {
        self.voices.spans[self.voices.innermost(self.span(at))?].to
    }

    fn speaker(&self, at: TokenId) -> Option<Party> {
        let voice = &self.voices.spans[self.voices.innermost(self.span(at))?];
        match (voice.person, &voice.voice.side) {
            (Some(person), _) => Some(self.person_party(person, at, PartyBasis::Resolved)),
            (None, Some(side)) => Some(self.state_party(side, at, PartyBasis::Resolved)),
            (None, None) => None,
        }
    }

    fn we(&self, at: TokenId) -> Vec<Party> {
        let side = self.side(at);
        let states = if self.among_two(at) {
            self.pair(at).map(Vec::from).or(side.map(|side| vec![side]))
        } else {
            side.map(|side| vec![side])
        };
        states
            .into_iter()
            .flatten()
            .map(|id| self.state_party(&id, at, PartyBasis::Resolved))
            .collect()
    }

    /// Whether "we" and "our" mean both sides here.
    fn among_two(&self, at: TokenId) -> bool {
        let tree = self.tree(at.unit);
        let token = &tree.tokens[at.token];
        if token.dep == "poss" {
            return self.between_two(tree, token.head, true);
        }
        let verb = token.head;
        let together = tree.edges[verb].clone().any(|near| {
            let word = tree.tokens[near].norm.as_str();
            ["together", "jointly", "mutually", "both"].contains(&word)
                && self.clause_of(tree, near) == self.clause_of(tree, at.token)
                || is_each_other(tree, near)
                    && self.clause_of(tree, near) == self.clause_of(tree, at.token)
        });
        together
            || tree
                .children_with(verb, &["dobj", "attr"])
                .chain(
                    tree.children_with(verb, &["dobj"])
                        .flat_map(|object| tree.children_with(object, &["prep"]))
                        .flat_map(|prep| tree.children_with(prep, &["pobj"])),
                )
                .any(|object| self.between_two(tree, object, false))
            || tree
                .children_with(verb, &["prep"])
                .filter(|&prep| tree.tokens[prep].norm == "as")
                .flat_map(|prep| tree.children_with(prep, &["pobj"]))
                .any(|object| {
                    tree.children_with(object, &["nummod"])
                        .any(|number| tree.tokens[number].norm == "two")
                })
    }

    /// Whether a noun is one of two sides or of what is between them, and no third is named with it.
    fn between_two(&self, tree: &Tree, noun: usize, possessed: bool) -> bool {
        let token = &tree.tokens[noun];
        let lemma = token.lemma.to_lowercase();
        let with = tree
            .children_with(noun, &["prep"])
            .any(|prep| ["with", "to"].contains(&tree.tokens[prep].norm.as_str()));
        if with {
            return false;
        }
        BETWEEN_TWO.contains(&lemma.as_str())
            && (possessed
                || ["relation", "relationship", "tie", "partnership", "friendship"].contains(&lemma.as_str()))
            || possessed && token.tag.ends_with('S') && COUNTED_TWO.contains(&lemma.as_str())
            // "our peoples and countries".
            || possessed
                && tree
                    .children_with(noun, &["conj"])
                    .any(|other| self.between_two(tree, other, possessed))
    }

    /// "Each other": the subjects of the clause if they are two, else the pair.
    fn reciprocals(&self, at: TokenId) -> Vec<String> {
        let tree = self.tree(at.unit);
        if let Some(subject) = self.subject(tree, at.token)
            && subject != at.token
        {
            let subject = TokenId {
                unit: at.unit,
                token: subject,
            };
            let mut states: Vec<String> = self
                .parties(subject)
                .iter()
                .filter_map(|party| self.state_of(party))
                .collect();
            states.dedup();
            if states.len() >= 2 {
                return states;
            }
        }
        self.pair(at).into_iter().flatten().collect()
    }

    /// The head that a relative pronoun's clause hangs on.
    fn relative(&self, at: TokenId) -> Vec<Party> {
        let tree = self.tree(at.unit);
        let mut token = at.token;
        while tree.tokens[token].head != token {
            let head = tree.tokens[token].head;
            // "It was Peru that granted asylum".
            let cleft = tree.tokens[head].lemma == "be"
                && tree
                    .children_with(head, &["nsubj", "expl"])
                    .any(|subject| tree.tokens[subject].norm == "it");
            if cleft
                && ["relcl", "ccomp", "advcl"].contains(&tree.tokens[token].dep)
                && let Some(named) = tree.children_with(head, &["attr"]).next()
            {
                return self.parties(TokenId {
                    unit: at.unit,
                    token: named,
                });
            }
            if tree.tokens[token].dep == "relcl" {
                return self.parties(TokenId {
                    unit: at.unit,
                    token: head,
                });
            }
            token = head;
        }
        Vec::new()
    }

    /// "They": the last that were named as several.
    fn they(&self, at: TokenId) -> Vec<String> {
        let span = self.span(at);
        let tree = self.tree(at.unit);
        let paragraph = tree.unit.paragraph;
        // "When the fishermen came, they were seized": who acts in the sentence is meant, a party or not.
        let sentence = tree.sentences[tree.sentence_of(at.token)].start;
        let subject = (sentence..at.token).rev().find(|&token| {
            ["NNS", "NNPS"].contains(&tree.tokens[token].tag)
                && tree.tokens[token].dep.starts_with("nsubj")
                && !tree.edges[token].contains(&at.token)
                && self
                    .lexicon
                    .agent(&tree.tokens[token].lemma.to_lowercase())
                    .is_some()
        });
        if let Some(subject) = subject {
            let subject = TokenId {
                unit: at.unit,
                token: subject,
            };
            let parties = self.parties(subject);
            return parties
                .iter()
                .filter_map(|party| self.state_of(party))
                .collect();
        }
        let pairing = self.discourse.last_pairing(span.start, paragraph);
        let group = self
            .groups
            .iter()
            .rev()
            .find(|group| group.start < span.start && group.paragraph == paragraph);
        match (pairing, group) {
            (Some((start, pair)), Some(group)) if start > group.start => Vec::from(pair),
            (_, Some(group)) => group.states.clone(),
            (Some((_, pair)), None) => Vec::from(pair),
            (None, None) => self.pair(at).into_iter().flatten().collect(),
        }
    }

    /// "It": the subject that is a state, unless the words back somebody else's matter.
    fn it(&self, at: TokenId) -> Option<String> {
        let tree = self.tree(at.unit);
        let token = &tree.tokens[at.token];
        if is_expletive(tree, at.token) {
            return None;
        }
        // "X's decision and its support": the possessor of the first is that of the second.
        if token.dep == "poss" {
            let noun = token.head;
            if tree.tokens[noun].dep == "conj" {
                let first = tree.tokens[noun].head;
                let owner = tree
                    .children_with(first, &["poss"])
                    .find_map(|owner| {
                        self.one_state(TokenId {
                            unit: at.unit,
                            token: owner,
                        })
                    })
                    .or_else(|| {
                        // "X and its leadership", while "talks with X and its silence" is a slip of the parse.
                        let agent = self.lexicon.agent(&tree.tokens[noun].lemma).is_some();
                        let first = TokenId {
                            unit: at.unit,
                            token: first,
                        };
                        agent.then(|| self.one_state(first)).flatten()
                    });
                if owner.is_some() {
                    return owner;
                }
            }
        }
        let span = self.span(at);
        let before: Vec<_> = self
            .discourse
            .sites
            .iter()
            .filter(|site| site.span.start < span.start && site.plain)
            .collect();
        let sentence = tree.sentence_of(at.token);
        let here = |site: &&&super::discourse::StateSite| {
            site.at.unit == at.unit && tree.sentence_of(site.at.token) == sentence
        };
        let subject = self
            .subject(tree, at.token)
            .filter(|&subject| subject < at.token)
            .and_then(|subject| {
                self.one_state(TokenId {
                    unit: at.unit,
                    token: subject,
                })
            });
        if let Some(subject) = subject {
            let verb = self.clause_of(tree, at.token);
            let judged = tree
                .children_with(verb, &["acomp"])
                .chain([verb])
                .any(|word| BACKING.contains(&tree.tokens[word].lemma.as_str()));
            let backs = token.dep == "poss" && judged;
            // "Peru thanked it": not itself.
            let acted_upon = ["dobj", "dative", "iobj"].contains(&token.dep)
                && token.norm == "it"
                && tree
                    .children_with(verb, &["nsubj"])
                    .any(|subject| subject < at.token);
            if !backs && !acted_upon {
                return Some(subject);
            }
            return before
                .iter()
                .rev()
                .find(|site| site.id != subject)
                .map(|site| site.id.clone())
                .or_else(|| self.other(at, &subject));
        }
        if let Some(site) = before.iter().rfind(here) {
            return Some(site.id.clone());
        }
        let last = before.last()?;
        before
            .iter()
            .rev()
            .find(|site| {
                site.subject
                    && site.at.unit == last.at.unit
                    && tree_sentence(self, site.at) == tree_sentence(self, last.at)
            })
            .or(Some(last))
            .map(|site| site.id.clone())
    }

    fn one_state(&self, at: TokenId) -> Option<String> {
        let mut parties = self.parties(at);
        if parties.is_empty() {
            parties = self.holders(at);
        }
        match parties.as_slice() {
            [party] => self.state_of(party),
            _ => None,
        }
    }

    /// The verb of the clause that holds a token.
    pub(super) fn clause_of(&self, tree: &Tree, token: usize) -> usize {
        let mut at = token;
        loop {
            let head = tree.tokens[at].head;
            let verbal = ["VERB", "AUX"].contains(&tree.tokens[at].pos)
                && !["aux", "auxpass", "amod"].contains(&tree.tokens[at].dep);
            if verbal && at != token || head == at {
                return at;
            }
            at = head;
        }
    }

    /// The subject of the clause that holds a token; joined and controlled verbs share it.
    pub(super) fn subject(&self, tree: &Tree, token: usize) -> Option<usize> {
        let mut verb = self.clause_of(tree, token);
        loop {
            if let Some(subject) = tree.children_with(verb, &["nsubj", "nsubjpass"]).next() {
                return Some(subject);
            }
            let head = tree.tokens[verb].head;
            // "Peru's decision to open its market": who decides opens.
            if tree.tokens[verb].dep == "acl" && tree.tokens[verb].tag == "VB" {
                return Some(head);
            }
            if head == verb
                || !["conj", "xcomp", "advcl", "pcomp", "prep", "acomp"]
                    .contains(&tree.tokens[verb].dep)
            {
                return None;
            }
            // "urged Peru to open its market": the object of the upper verb is the subject of the lower.
            if tree.tokens[verb].dep == "xcomp"
                && let Some(object) = tree.children_with(head, &["dobj"]).next()
            {
                return Some(object);
            }
            verb = head;
        }
    }
}

fn tree_sentence(resolver: &Resolver, at: TokenId) -> usize {
    resolver.tree(at.unit).sentence_of(at.token)
}

/// "each other", "one another".
pub(super) fn is_each_other(tree: &Tree, token: usize) -> bool {
    let Some(before) = token.checked_sub(1) else {
        return false;
    };
    let words = (
        tree.tokens[before].norm.as_str(),
        tree.tokens[token].norm.as_str(),
    );
    words == ("each", "other") || words == ("one", "another")
}

/// "It is clear that", "it will be recalled".
pub(super) fn is_expletive(tree: &Tree, token: usize) -> bool {
    if tree.tokens[token].dep == "expl" {
        return true;
    }
    let verb = tree.tokens[token].head;
    let clause = |word: usize| {
        tree.children_with(word, &["xcomp", "ccomp", "acl", "relcl"])
            .next()
            .is_some()
    };
    tree.tokens[verb].lemma == "be"
        && (clause(verb) || tree.children_with(verb, &["acomp", "attr"]).any(clause))
}
