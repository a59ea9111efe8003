//! Common nouns: groups that stand for their state, the two sides, the country spoken of.

use super::discourse::EQUALS;
use super::parties::{Group, Resolver};
use crate::lexicon::Agent;
use crate::names::{Referent, StateForm};
use crate::parse::{TokenId, Tree};
use crate::record::{Party, PartyBasis};

/// PLOVER sectors that act for their state.
pub(crate) const OFFICIAL: [&str; 6] = ["GOV", "MIL", "LEG", "JUD", "SPY", "COP"];

/// Nouns that mean states as such.
const COUNTRY: [&str; 8] = [
    "country",
    "nation",
    "state",
    "republic",
    "kingdom",
    "homeland",
    "neighbour",
    "neighbor",
];

/// Nouns that name the other one of two by the one: "its neighbour".
const OPPOSITE: [&str; 7] = [
    "neighbour",
    "neighbor",
    "rival",
    "adversary",
    "counterpart",
    "host",
    "guest",
];

/// Nouns that count the two sides in the plural: "both leaders", "the two capitals", "the sides".
const SIDES: [&str; 17] = [
    "country",
    "nation",
    "state",
    "side",
    "party",
    "people",
    "leader",
    "government",
    "capital",
    "neighbour",
    "neighbor",
    "republic",
    "president",
    "minister",
    "delegation",
    "partner",
    "ally",
];

/// Bodies that each of two sides has one of: "the armies exchange prisoners".
const EACH_HAS: [&str; 7] = [
    "guard",
    "army",
    "navy",
    "ministry",
    "embassy",
    "parliament",
    "treasury",
];

/// Words for what belongs to two together.
const SHARED: [&str; 7] = [
    "joint",
    "bilateral",
    "two-way",
    "binational",
    "mutual",
    "reciprocal",
    "common",
];

/// What two states run, or count, together.
const TOGETHER: [&str; 20] = [
    "trade",
    "commerce",
    "turnover",
    "council",
    "commission",
    "committee",
    "group",
    "mechanism",
    "cell",
    "body",
    "force",
    "team",
    "forum",
    "venture",
    "company",
    "patrol",
    "centre",
    "task",
    "chamber",
    "unit",
];

/// How deep owners of owners are followed: "the guard of the palace of the president of Togo" is three.
const OWNERS: usize = 8;

/// What is called after who leads it.
const LED: [&str; 5] = [
    "administration",
    "government",
    "cabinet",
    "presidency",
    "regime",
];

/// Who sits in a capital for the state of it.
const SEATED: [&str; 16] = [
    "police",
    "army",
    "navy",
    "customs",
    "prosecutor",
    "government",
    "ministry",
    "cabinet",
    "parliament",
    "presidency",
    "official",
    "minister",
    "authority",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

impl Resolver<'_> {
    /// "Ghanaian troops", "both countries", "this country", "the leadership".
    pub(super) fn common_noun(&self, at: TokenId) -> Vec<Party> {
        let tree = self.tree(at.unit);
        let token = &tree.tokens[at.token];
        let named = self.named_beside(at);
        if !named.is_empty() {
            return named;
        }
        if let Some(two) = self.the_two(at) {
            return two;
        }
        let mut lemma = token.lemma.to_lowercase();
        // Names keep their plural ("the Sides").
        if token.tag == "NNPS"
            && let Some(singular) = SIDES.iter().find(|side| lemma == format!("{side}s"))
        {
            lemma = (*singular).to_owned();
        }
        if !["NOUN", "PROPN"].contains(&token.pos) {
            return Vec::new();
        }
        if let Some(other) = self.opposite(at, &lemma) {
            return vec![other];
        }
        if let Some(two) = self.joint(at, &lemma) {
            return two;
        }
        // "Troops" has no singular in this sense.
        let agent = self
            .lexicon
            .agent(&lemma)
            .or_else(|| self.lexicon.agent(&token.norm));
        let country = COUNTRY.contains(&lemma.as_str());
        // "The Heads of State".
        let heads = plural(tree, at.token) && self.heads_a_side(at, &lemma);
        let two = heads || self.means_two(tree, at.token, &lemma);
        if agent.is_none() && !country && !two && !SIDES.contains(&lemma.as_str()) {
            return Vec::new();
        }
        let sector = agent.map(|agent| agent.sector.clone());
        let mut parties = match heads {
            true => Vec::new(),
            false => self.principals(at),
        };
        if !(parties.is_empty() || country && plural(tree, at.token)) {
            for party in &mut parties {
                party.sector = party.sector.take().or_else(|| sector.clone());
            }
            return parties;
        }
        if two {
            return self.pair_parties(at, sector.as_ref());
        }
        if plural(tree, at.token) || !definite(tree, at.token) {
            return Vec::new();
        }
        // "The ministry" in its own paper, "the government" in the words of an official; else "this country", "the
        // government" are of the state spoken of last, subjects first in a sentence.
        let own = agent
            .filter(|agent| !country && is_body(agent))
            .filter(|agent| ["GOV", "MIL", "COP", "LEG"].contains(&agent.sector.as_str()))
            .filter(|_| lemma != "embassy" && lemma != "consulate")
            .and_then(|_| self.own_side(at));
        own.or_else(|| self.last_state(at))
            .map(|id| Party {
                sector,
                ..self.state_party(&id, at, PartyBasis::Resolved)
            })
            .into_iter()
            .collect()
    }

    /// "Its ally Peru", "its neighbours, Chad and Niger": the name that follows says who is meant. Behind a comma only where the noun
    /// itself names no body: "the ministry, Lima".
    fn named_beside(&self, at: TokenId) -> Vec<Party> {
        let tree = self.tree(at.unit);
        if tree.tokens[at.token].pos != "NOUN" {
            return Vec::new();
        }
        let name = tree.children_with(at.token, &["appos"]).find(|&name| {
            let start = tree.edges[name].start;
            let follows = start == at.token + 1
                || start == at.token + 2
                    && tree.tokens[at.token + 1].norm == ","
                    && self.names.mentions_at(at).is_empty();
            let head = TokenId {
                unit: at.unit,
                token: name,
            };
            follows
                && self.names.mentions_at(head).into_iter().any(|mention| {
                    let known = match mention.referent {
                        Referent::State { form, .. } => form == StateForm::Name,
                        // "In organisations like these" is where things happen.
                        Referent::Organisation { .. } => !plural(tree, at.token),
                        _ => false,
                    };
                    mention.head == name && known
                })
        });
        name.map_or(Vec::new(), |token| {
            self.parties(TokenId {
                unit: at.unit,
                token,
            })
        })
    }

    /// "The Merkel government": a surname that leaders of one state only have borne.
    fn of_leader(&self, at: TokenId, name: TokenId) -> Option<Party> {
        let tree = self.tree(at.unit);
        if !LED.contains(&tree.tokens[at.token].lemma.to_lowercase().as_str()) {
            return None;
        }
        let surname = self.span(name).of(&self.document.text);
        let mut states: Vec<&str> = self
            .lexicon
            .leaders_by_surname_in(surname)
            .into_iter()
            .filter(|found| found.span.len() == surname.len())
            .flat_map(|found| found.values)
            .map(|&index| self.lexicon.leaders[index].state.as_str())
            .collect();
        states.sort_unstable();
        states.dedup();
        match states.as_slice() {
            [one] => Some(self.state_party(one, name, PartyBasis::Resolved)),
            _ => None,
        }
    }

    /// "The two met", "trade between the two".
    fn the_two(&self, at: TokenId) -> Option<Vec<Party>> {
        let tree = self.tree(at.unit);
        let token = &tree.tokens[at.token];
        let before = tree.tokens[at.token.checked_sub(1)?].norm.as_str();
        let alone = tree
            .children_with(at.token, &["prep", "relcl"])
            .next()
            .is_none();
        let argument = ["nsubj", "nsubjpass", "pobj", "dobj", "poss"].contains(&token.dep);
        let pair = token.norm == "two" || token.norm == "pair" && token.dep == "nsubj";
        if !pair || !["the", "these", "those"].contains(&before) || !argument || !alone {
            return None;
        }
        Some(self.pair_parties(at, None))
    }

    /// "The joint commission", "two-way trade": what two states have together.
    fn joint(&self, at: TokenId, lemma: &str) -> Option<Vec<Party>> {
        let tree = self.tree(at.unit);
        let shared = tree
            .children_with(at.token, &["amod", "compound", "nmod"])
            .any(|child| {
                tree.edges[child].clone().any(|token| {
                    SHARED.contains(&tree.tokens[token].norm.as_str())
                        || tree.tokens[token].norm == "way" && token > child.saturating_sub(3)
                })
            });
        if !shared || !TOGETHER.contains(&lemma) || !self.principals(at).is_empty() {
            return None;
        }
        self.discourse.dyad()?;
        Some(self.pair_parties(at, None))
    }

    /// "Heads of State", "heads of delegation".
    fn heads_a_side(&self, at: TokenId, lemma: &str) -> bool {
        let tree = self.tree(at.unit);
        ["head", "heads", "chief", "chiefs"].contains(&lemma)
            && tree
                .children_with(at.token, &["prep"])
                .filter(|&of| tree.tokens[of].norm == "of")
                .flat_map(|of| tree.children_with(of, &["pobj"]))
                .any(|body| {
                    ["state", "government", "delegation", "mission"]
                        .contains(&tree.tokens[body].lemma.to_lowercase().as_str())
                        && tree
                            .children_with(body, &["det", "amod", "prep"])
                            .next()
                            .is_none()
                })
    }

    fn pair_parties(&self, at: TokenId, sector: Option<&String>) -> Vec<Party> {
        let states = self.pair(at).into_iter().flatten();
        states
            .map(|id| Party {
                sector: sector.cloned(),
                ..self.state_party(&id, at, PartyBasis::Resolved)
            })
            .collect()
    }

    /// "Its neighbour", "the other side": the other one of the two that the text is between.
    fn opposite(&self, at: TokenId, lemma: &str) -> Option<Party> {
        let tree = self.tree(at.unit);
        if plural(tree, at.token) {
            return None;
        }
        let owner = || tree.children_with(at.token, &["poss"]).next();
        let named = || {
            tree.children_with(at.token, &["amod", "compound", "nmod"])
                .any(|child| {
                    let id = TokenId {
                        unit: at.unit,
                        token: child,
                    };
                    !self.names.mentions_at(id).is_empty()
                })
        };
        let visitor = ["guest", "visitor", "dignitary"].contains(&lemma)
            && owner().is_none()
            && definite(tree, at.token)
            && !named();
        // "The guest", where the text is written at the host's.
        let one = if visitor {
            self.names.home.clone()?
        } else if OPPOSITE.contains(&lemma) && !named() {
            let owner = TokenId {
                unit: at.unit,
                token: owner()?,
            };
            let owners = self.parties(owner);
            self.state_of(owners.first()?)?
        } else if ["side", "party", "country", "government", "capital"].contains(&lemma)
            && tree
                .children_with(at.token, &["amod"])
                .any(|child| tree.tokens[child].norm == "other")
            && definite(tree, at.token)
        {
            self.last_state(at)?
        } else {
            return None;
        };
        self.discourse.dyad()?;
        let other = self.other(at, &one)?;
        Some(self.state_party(&other, at, PartyBasis::Resolved))
    }

    /// Whether a plural noun means the two sides: "both countries", "the two leaders", "the parties", but not "the few
    /// countries" or "countries that did".
    fn means_two(&self, tree: &Tree, token: usize, lemma: &str) -> bool {
        let body = self
            .lexicon
            .agent(lemma)
            .is_some_and(|agent| is_body(agent) && is_official(agent));
        let office = self
            .lexicon
            .office(lemma)
            .is_some_and(|office| office.official);
        // "Both police forces", "the two treasuries", but only "the sides".
        let counted = || {
            tree.children[token].iter().any(|&child| {
                ["both", "either", "neither"].contains(&tree.tokens[child].norm.as_str())
                    || tree.tokens[child].norm == "two"
                        && child > 0
                        && ["the", "these"].contains(&tree.tokens[child - 1].norm.as_str())
            })
        };
        let mirrored = EACH_HAS.contains(&lemma) || (body || office) && counted();
        if !SIDES.contains(&lemma) && !mirrored
            || !plural(tree, token)
                && !tree.children_with(token, &["det"]).any(|det| {
                    ["both", "each", "either", "neither"].contains(&tree.tokens[det].norm.as_str())
                })
        {
            return false;
        }
        let mut said = false;
        for &child in &tree.children[token] {
            let word = tree.tokens[child].norm.as_str();
            match tree.tokens[child].dep {
                "nummod" | "quantmod" => {
                    if word != "two" {
                        return false;
                    }
                    said = true;
                }
                "det" | "predet" | "preconj" | "poss" => {
                    said |= [
                        "both", "the", "these", "our", "their", "those", "each", "either",
                        "neither",
                    ]
                    .contains(&word);
                    if ["all", "some", "any", "many", "several"].contains(&word) {
                        return false;
                    }
                }
                "amod"
                    if [
                        "few",
                        "other",
                        "many",
                        "several",
                        "various",
                        "first",
                        "certain",
                        "all",
                        "european",
                        "neighboring",
                        "neighbouring",
                        "foreign",
                        "western",
                    ]
                    .contains(&word)
                        && !(word == "foreign" && ["minister", "ministry"].contains(&lemma)) =>
                {
                    return false;
                }
                "amod" if word == "two" => said = true,
                "relcl" | "acl" => return false,
                _ => {}
            }
        }
        let between = tree.tokens[tree.tokens[token].head].norm == "between";
        said || between
    }

    /// The state spoken of last before a token: the subject of the nearest sentence with one.
    fn last_state(&self, at: TokenId) -> Option<String> {
        let start = self.span(at).start;
        let tree = self.tree(at.unit);
        let sentence = tree.sentence_of(at.token);
        let before: Vec<_> = self
            .discourse
            .sites
            .iter()
            .filter(|site| site.span.start < start)
            .collect();
        // "Thanks to Peru, this country": the same sentence is nearer than any subject before it.
        let mut same = before
            .iter()
            .rev()
            .filter(|site| site.at.unit == at.unit && tree.sentence_of(site.at.token) == sentence);
        // "Peru summoned the Chilean envoy, and the ministry spoke of arson": who acts is nearer than who is acted upon.
        let same = same
            .clone()
            .find(|site| site.subject)
            .or_else(|| same.next());
        if let Some(site) = same {
            return Some(site.id.clone());
        }
        let last = before.last()?;
        let there = |site: &&&super::discourse::StateSite| {
            site.at.unit == last.at.unit
                && self.tree(site.at.unit).sentence_of(site.at.token)
                    == self.tree(last.at.unit).sentence_of(last.at.token)
        };
        before
            .iter()
            .filter(there)
            .find(|site| site.subject)
            .or(before.last())
            .map(|site| site.id.clone())
    }

    /// Whose a noun is: adjectives, compounds, possessors, "of" and "from".
    pub(super) fn principals(&self, at: TokenId) -> Vec<Party> {
        // Each step looks twice at the one below it. Nobody owns through so many others: only broken text nests so deep.
        if self.owners.get() >= OWNERS {
            return Vec::new();
        }
        self.owners.set(self.owners.get() + 1);
        let found = self.owned_by(at);
        self.owners.set(self.owners.get() - 1);
        found
    }

    fn owned_by(&self, at: TokenId) -> Vec<Party> {
        let tree = self.tree(at.unit);
        let mut found = Vec::new();
        // "Her Danish colleague" is Danish, not hers.
        let equal = EQUALS.contains(&tree.tokens[at.token].lemma.as_str());
        for &child in &tree.children[at.token] {
            let token = &tree.tokens[child];
            let child_id = TokenId {
                unit: at.unit,
                token: child,
            };
            match token.dep {
                "poss" => {
                    let owners = self.parties(child_id);
                    if owners.is_empty() {
                        found.extend(self.principals(child_id));
                    } else {
                        found.extend(owners);
                    }
                }
                // "Ghanaian", "Ghanaian-Togolese", but not "Ghana-backed", which is about the backer.
                "amod" | "compound" | "nmod" | "npadvmod" if !token.tag.starts_with('V') => {
                    found.extend(self.of_leader(at, child_id));
                    for inner in tree.edges[child].clone() {
                        let id = TokenId {
                            unit: at.unit,
                            token: inner,
                        };
                        found.extend(
                            self.names
                                .mentions_at(id)
                                .into_iter()
                                .filter(|mention| mention.head == inner)
                                .find_map(|mention| match &mention.referent {
                                    Referent::State { id: state, form }
                                        if !matches!(
                                            form,
                                            StateForm::Capital | StateForm::Seat
                                        ) =>
                                    {
                                        Some(self.state_party(state, id, PartyBasis::Named))
                                    }
                                    _ => None,
                                }),
                        );
                    }
                }
                // "The ministry in Lima", but the embassy there is another's.
                "prep"
                    if found.is_empty()
                        && token.norm == "in"
                        && SEATED.contains(&tree.tokens[at.token].lemma.as_str()) =>
                {
                    for object in tree.children_with(child, &["pobj"]) {
                        let object = TokenId {
                            unit: at.unit,
                            token: object,
                        };
                        found.extend(self.names.mentions_at(object).into_iter().find_map(
                            |mention| match &mention.referent {
                                Referent::State {
                                    id,
                                    form: StateForm::Capital | StateForm::Seat,
                                } => Some(self.state_party(id, object, PartyBasis::Resolved)),
                                _ => None,
                            },
                        ));
                    }
                }
                "prep" if found.is_empty() && ["of", "from"].contains(&token.norm.as_str()) => {
                    for object in tree.children_with(child, &["pobj"]) {
                        let object = TokenId {
                            unit: at.unit,
                            token: object,
                        };
                        let parties = self.parties(object);
                        if parties.is_empty() {
                            found.extend(self.principals(object));
                        } else {
                            found.extend(parties);
                        }
                    }
                }
                _ => {}
            }
        }
        if equal
            && found
                .iter()
                .any(|party| party.basis == PartyBasis::Named && party.person.is_none())
        {
            found.retain(|party| party.basis == PartyBasis::Named && party.person.is_none());
        }
        found
    }

    /// Which sort of noun this is that stands for its state and does not say which.
    pub(super) fn bare_noun(&self, at: TokenId) -> Option<&'static str> {
        let tree = self.tree(at.unit);
        let token = &tree.tokens[at.token];
        let mut office = false;
        for mention in self.names.mentions_at(at) {
            match &mention.referent {
                Referent::Agent { .. } => {}
                Referent::Office {
                    of: None,
                    person: None,
                    official: true,
                    ..
                } if mention.head == at.token => office = true,
                _ => return None,
            }
        }
        if self.names.person_at(at).is_some() {
            return None;
        }
        let lemma = token.lemma.to_lowercase();
        let agent = self
            .lexicon
            .agent(&lemma)
            .or_else(|| self.lexicon.agent(&token.norm));
        if agent.is_none() && !office || COUNTRY.contains(&lemma.as_str()) {
            return None;
        }
        let settled = !self.named_beside(at).is_empty()
            || self.the_two(at).is_some()
            || self.opposite(at, &lemma).is_some()
            || self.joint(at, &lemma).is_some()
            || self.means_two(tree, at.token, &lemma)
            || plural(tree, at.token) && self.heads_a_side(at, &lemma)
            || !self.principals(at).is_empty();
        if settled {
            return None;
        }
        if office {
            return Some("office");
        }
        let agent = agent?;
        match (is_official(agent), is_body(agent), plural(tree, at.token)) {
            (true, true, false) if definite(tree, at.token) => Some("the body"),
            (true, true, false) if tree.children_with(at.token, &["det"]).next().is_none() => {
                Some("body")
            }
            (true, _, true) => Some("officials"),
            _ => None,
        }
    }

    pub(super) fn plural_groups(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        for (unit, tree) in self.trees.units.iter().enumerate() {
            for (token, word) in tree.tokens.iter().enumerate() {
                if !["NOUN", "PROPN", "ADJ"].contains(&word.pos) || !plural(tree, token) {
                    continue;
                }
                let parties = self.head_parties(TokenId { unit, token });
                let mut states: Vec<String> = parties
                    .iter()
                    .filter_map(|party| self.state_of(party))
                    .collect();
                states.dedup();
                if !states.is_empty() {
                    groups.push(Group {
                        start: word.span.start,
                        paragraph: tree.unit.paragraph,
                        states,
                    });
                }
            }
        }
        groups.sort_by_key(|group| group.start);
        groups
    }
}

fn plural(tree: &Tree, token: usize) -> bool {
    ["NNS", "NNPS"].contains(&tree.tokens[token].tag)
}

fn definite(tree: &Tree, token: usize) -> bool {
    tree.children_with(token, &["det"])
        .any(|det| ["the", "this", "that"].contains(&tree.tokens[det].norm.as_str()))
}

/// Whether a noun names a body, not people: "ministry", "army".
fn is_body(agent: &Agent) -> bool {
    ["institution", "force"].contains(&agent.role.as_str())
}

fn is_official(agent: &Agent) -> bool {
    OFFICIAL.contains(&agent.sector.as_str())
}
