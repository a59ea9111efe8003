//! Noun phrases to parties: names, groups that stand for their state, anaphora, and what the discourse supplies.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use verbale_read::{Document, Span};

use super::antecedents::Anaphor;
use super::discourse::Discourse;
use crate::lexicon::Lexicon;
use crate::names::{Names, Referent, StateForm};
use crate::parse::{TokenId, Tree, Trees};
use crate::record::{Party, PartyBasis, PartyType, PersonRef, VoiceMode};
use crate::voices::Voices;

/// Answers which parties words stand for. Build one per document.
pub struct Resolver<'a> {
    pub(super) document: &'a Document,
    pub(super) trees: &'a Trees,
    pub(super) names: &'a Names,
    pub(super) voices: &'a Voices,
    pub(super) lexicon: &'a Lexicon,
    pub(super) discourse: Discourse,
    density: f32,
    /// Plural groups with the states they stand for, in order.
    pub(super) groups: Vec<Group>,
    /// Phrases that are being resolved: "Chile and its neighbours" must not ask itself who "its" is.
    open: RefCell<HashSet<TokenId>>,
    /// Whom words stand for that name nobody.
    pub(super) settled: HashMap<TokenId, Vec<String>>,
    /// How many owners of owners are being followed.
    pub(super) owners: Cell<usize>,
}

/// A plural group as "they" may take it up.
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) paragraph: usize,
    pub(super) states: Vec<String>,
}

impl<'a> Resolver<'a> {
    /// A resolver over the answers of the earlier steps.
    pub fn new(
        document: &'a Document,
        trees: &'a Trees,
        names: &'a Names,
        voices: &'a Voices,
        lexicon: &'a Lexicon,
    ) -> Self {
        Self::by(document, trees, names, voices, lexicon, &mut |anaphor| {
            anaphor.choose(&lexicon.antecedents)
        })
    }

    /// The same, with somebody who chooses whom words stand for that name nobody.
    pub fn by(
        document: &'a Document,
        trees: &'a Trees,
        names: &'a Names,
        voices: &'a Voices,
        lexicon: &'a Lexicon,
        choose: &mut dyn FnMut(&Anaphor) -> Option<usize>,
    ) -> Self {
        let mut resolver = Resolver {
            document,
            trees,
            names,
            voices,
            lexicon,
            density: 0.0,
            discourse: Discourse::new(trees, names),
            groups: Vec::new(),
            open: RefCell::default(),
            owners: Cell::default(),
            settled: HashMap::new(),
        };
        let sentences: usize = trees.units.iter().map(|tree| tree.sentences.len()).sum();
        resolver.density = resolver.discourse.sites_of_two() as f32 / sentences.max(1) as f32;
        resolver.groups = resolver.plural_groups();
        resolver.settle(choose);
        resolver
    }

    /// The parties that the phrase headed by a token stands for, those joined to it by "and" included. Empty if the
    /// phrase stands for nobody who acts: a place, an idea, somebody's position.
    pub fn parties(&self, at: TokenId) -> Vec<Party> {
        if !self.open.borrow_mut().insert(at) {
            return Vec::new();
        }
        let mut parties = self.head_parties(at);
        let tree = self.tree(at.unit);
        for joined in tree.children_with(at.token, &["conj"]) {
            if ["NOUN", "PROPN", "PRON", "ADJ"].contains(&tree.tokens[joined].pos) {
                parties.extend(self.parties(TokenId {
                    unit: at.unit,
                    token: joined,
                }));
            }
        }
        self.open.borrow_mut().remove(&at);
        distinct(parties)
    }

    /// Whose a thing is: "its stance", "Ghana's sovereignty", "the territory of Ghana", "Ghanaian lands". For nouns
    /// that are no party themselves.
    pub fn holders(&self, at: TokenId) -> Vec<Party> {
        distinct(self.principals(at))
    }

    /// The state in which a named place lies, as the host of what happens there.
    pub fn host(&self, at: TokenId) -> Option<Party> {
        self.names
            .mentions_at(at)
            .into_iter()
            .find_map(|mention| match &mention.referent {
                Referent::State { id, .. } => Some(self.state_party(id, at, PartyBasis::Named)),
                Referent::Place {
                    state: Some(id), ..
                } => Some(self.state_party(id, at, PartyBasis::Resolved)),
                _ => None,
            })
    }

    /// The state that a party is or stands for.
    pub fn state_of(&self, party: &Party) -> Option<String> {
        party.stands_for().map(str::to_owned)
    }

    /// What a clause leaves out: the other one of the pair if one state is there, both if none is. Marked as inferred.
    pub fn missing(&self, present: &[Party], at: TokenId) -> Vec<Party> {
        let mut states: Vec<String> = present
            .iter()
            .filter_map(|party| self.state_of(party))
            .collect();
        states.sort();
        states.dedup();
        let absent: Vec<String> = match states.as_slice() {
            [] => self.pair(at).map(Vec::from).unwrap_or_default(),
            [one] => self.other(at, one).into_iter().collect(),
            _ => Vec::new(),
        };
        absent.iter().map(|id| self.inferred(id, at)).collect()
    }

    /// A state that no words name, as a party of what happens at a token.
    pub fn inferred(&self, id: &str, at: TokenId) -> Party {
        let start = self.span(at).start;
        let mut party = self.state_party(id, at, PartyBasis::Inferred);
        party.text.clear();
        party.span = Span::new(start, start);
        party
    }

    /// Words in a span that lead to a state, in their order: the party, and whether they are a subject.
    pub fn states_named_in(&self, words: Span) -> impl Iterator<Item = (Party, bool)> + '_ {
        self.discourse
            .sites
            .iter()
            .filter(move |site| words.contains(site.span))
            .map(|site| {
                let party = self.state_party(&site.id, site.at, PartyBasis::Resolved);
                (party, site.subject)
            })
    }

    /// Whether the text is between two states and whoever is present is among them.
    pub fn is_between_two(&self, present: &[Party]) -> bool {
        among(self.discourse.dyad(), present)
    }

    /// Whether the text is mostly about two states, and whoever is present is among them.
    pub fn is_about_two(&self, present: &[Party]) -> bool {
        among(self.discourse.main_two(), present)
    }

    /// How thickly the text speaks of its two states: words for either per sentence; 0 where no two stand out.
    pub fn density(&self) -> f32 {
        self.density
    }

    /// In a text between two states, the other one.
    pub fn other_of_two(&self, state: &str) -> Option<String> {
        let pair = self.discourse.main_two()?;
        pair.iter()
            .any(|known| known == state)
            .then(|| pair.iter().find(|known| *known != state).cloned())
            .flatten()
    }

    pub(super) fn tree(&self, unit: usize) -> &'a Tree {
        &self.trees.units[unit]
    }

    pub(super) fn span(&self, at: TokenId) -> Span {
        self.tree(at.unit).span(at.token)
    }

    /// The state for which the voice at a token speaks.
    pub(super) fn side(&self, at: TokenId) -> Option<String> {
        let voice = &self.voices.spans[self.voices.innermost(self.span(at))?];
        voice
            .voice
            .side
            .clone()
            .or_else(|| self.names.people[voice.person?].side.clone())
    }

    /// The state of an official who speaks directly at a token, or of the body that gives out the whole paper.
    pub(super) fn own_side(&self, at: TokenId) -> Option<String> {
        let voice = &self.voices.spans[self.voices.innermost(self.span(at))?].voice;
        let direct = [VoiceMode::Direct, VoiceMode::Narration].contains(&voice.mode);
        (direct && voice.official == Some(true))
            .then(|| voice.side.clone())
            .flatten()
    }

    /// The pair meant at a token.
    pub(super) fn pair(&self, at: TokenId) -> Option<[String; 2]> {
        let paragraph = self.tree(at.unit).unit.paragraph;
        let start = self.span(at).start;
        self.discourse
            .pair_at(start, paragraph, self.side(at).as_deref())
    }

    /// The other one of the pair that has this state.
    pub(super) fn other(&self, at: TokenId, state: &str) -> Option<String> {
        let paragraph = self.tree(at.unit).unit.paragraph;
        let pair = self
            .discourse
            .pair_at(self.span(at).start, paragraph, Some(state))?;
        pair.into_iter().find(|other| other != state)
    }

    /// The same without those joined to it.
    pub fn head_parties(&self, at: TokenId) -> Vec<Party> {
        match self.settled.get(&at) {
            Some(ids) => ids.iter().map(|id| self.side_party(id, at)).collect(),
            None => self.told_parties(at),
        }
    }

    /// A state or organisation that words stand for which do not name it.
    fn side_party(&self, id: &str, at: TokenId) -> Party {
        let noun = &self.tree(at.unit).tokens[at.token];
        let agent = self.lexicon.agent(&noun.lemma.to_lowercase());
        let mut party = match self.lexicon.organisation(id) {
            Some(known) if self.lexicon.state(id).is_none() => Party {
                party_type: PartyType::Organisation,
                name: known.name.clone(),
                ..self.party(id, self.phrase(at), PartyBasis::Resolved)
            },
            _ => self.state_party(id, at, PartyBasis::Resolved),
        };
        party.sector = agent.map(|agent| agent.sector.clone());
        party
    }

    /// What the pieces for each sort of word say.
    pub(super) fn told_parties(&self, at: TokenId) -> Vec<Party> {
        if let Some(parties) = self.pronoun(at) {
            return parties;
        }
        if let Some(parties) = self.named(at) {
            return parties;
        }
        self.common_noun(at)
    }

    /// Parties of a name; `None` if the token is no part of one.
    fn named(&self, at: TokenId) -> Option<Vec<Party>> {
        let tree = self.tree(at.unit);
        if let Some(person) = self.names.person_at(at) {
            let office = self.names.mentions_at(at).into_iter().any(|mention| {
                mention.head == at.token && matches!(mention.referent, Referent::Office { .. })
            });
            if !office {
                return Some(vec![self.person_party(person, at, PartyBasis::Named)]);
            }
        }
        let mentions = self.names.mentions_at(at);
        let mut place = false;
        for mention in &mentions {
            match &mention.referent {
                Referent::State { id, form } => {
                    if matches!(form, StateForm::Capital | StateForm::Seat)
                        && !acts(tree, mention.head)
                    {
                        place = true;
                        continue;
                    }
                    return Some(vec![self.state_party(id, at, PartyBasis::Named)]);
                }
                Referent::Office { .. } if mention.head == at.token => {
                    let parties = self.office_parties(at, &mention.referent);
                    return Some(match parties.is_empty() {
                        true => self.principals(at),
                        false => parties,
                    });
                }
                Referent::Organisation { id } => {
                    let name = self
                        .lexicon
                        .organisation(id)
                        .map_or(id, |known| &known.name);
                    return Some(vec![Party {
                        party_type: PartyType::Organisation,
                        name: name.clone(),
                        ..self.party(id, mention.span, PartyBasis::Named)
                    }]);
                }
                Referent::Company { id, state } => {
                    let name = self.lexicon.company(id).map_or(id, |known| &known.name);
                    return Some(vec![Party {
                        party_type: PartyType::Company,
                        name: name.clone(),
                        state: state.clone(),
                        ..self.party(id, mention.span, PartyBasis::Named)
                    }]);
                }
                Referent::Place { .. } | Referent::Issue { .. } => place = true,
                _ => {}
            }
        }
        place.then(Vec::new)
    }

    /// "The President", said by a president, is the other one.
    pub(super) fn office_parties(&self, at: TokenId, office: &Referent) -> Vec<Party> {
        let Referent::Office {
            title, of, person, ..
        } = office
        else {
            return Vec::new();
        };
        let speaker = self
            .voices
            .innermost(self.span(at))
            .and_then(|voice| self.voices.spans[voice].person);
        if person.is_some() && *person == speaker {
            let other = self
                .names
                .people
                .iter()
                .enumerate()
                .position(|(index, known)| {
                    Some(index) != speaker && known.offices.iter().any(|held| held.title == *title)
                });
            if let Some(other) = other {
                return vec![self.person_party(other, at, PartyBasis::Resolved)];
            }
            let side = self.side(at).and_then(|side| self.other(at, &side));
            return side
                .map(|side| self.state_party(&side, at, PartyBasis::Resolved))
                .into_iter()
                .collect();
        }
        if let Some(person) = person {
            return vec![self.person_party(*person, at, PartyBasis::Resolved)];
        }
        let Some(of) = of else {
            return Vec::new();
        };
        let mut party = if self.lexicon.state(of).is_some() {
            self.state_party(of, at, PartyBasis::Named)
        } else {
            Party {
                party_type: PartyType::Organisation,
                ..self.party(of, self.span(at), PartyBasis::Named)
            }
        };
        party.role = Some(title.clone());
        vec![party]
    }

    pub(super) fn state_party(&self, id: &str, at: TokenId, basis: PartyBasis) -> Party {
        Party {
            party_type: PartyType::State,
            name: self.lexicon.state_name(id).to_owned(),
            ..self.party(id, self.phrase(at), basis)
        }
    }

    /// A person stands for the state of an office; without one, for nobody else.
    pub(super) fn person_party(&self, index: usize, at: TokenId, basis: PartyBasis) -> Party {
        let person = &self.names.people[index];
        let reference = PersonRef {
            id: person.id.clone(),
            name: person.name.clone(),
        };
        let office = person
            .offices
            .iter()
            .find(|office| office.official)
            .or(person.offices.first());
        let mut party = match &person.side {
            Some(side) => self.state_party(side, at, basis),
            None => Party {
                party_type: PartyType::Person,
                name: person.name.clone(),
                ..self.party(&person.id, self.phrase(at), basis)
            },
        };
        party.person = Some(reference);
        party.role = office.map(|office| office.text.clone());
        party.sector = (person.official == Some(true)).then(|| "GOV".to_owned());
        party
    }

    fn party(&self, id: &str, span: Span, basis: PartyBasis) -> Party {
        Party {
            id: id.to_owned(),
            party_type: PartyType::State,
            name: String::new(),
            text: span.of(&self.document.text).to_owned(),
            span,
            basis,
            person: None,
            role: None,
            sector: None,
            state: None,
        }
    }

    /// The words that stand for the party: the mention, else the base noun phrase, else the token.
    fn phrase(&self, at: TokenId) -> Span {
        let tree = self.tree(at.unit);
        if let Some(mention) = self
            .names
            .mentions_at(at)
            .into_iter()
            .find(|mention| mention.head == at.token)
        {
            return mention.span;
        }
        tree.noun_chunks
            .iter()
            .find(|chunk| chunk.end == at.token + 1)
            .map_or_else(
                || tree.span(at.token),
                |chunk| tree.range_span(chunk.clone()),
            )
    }
}

/// What is sent in words, so that a capital after "from" is who sent it: "a proposal from Addis Ababa".
const SENT: [&str; 25] = [
    "proposal",
    "offer",
    "letter",
    "note",
    "message",
    "demand",
    "request",
    "invitation",
    "reply",
    "answer",
    "response",
    "protest",
    "complaint",
    "assurance",
    "guarantee",
    "pressure",
    "objection",
    "criticism",
    "pledge",
    "promise",
    "threat",
    "warning",
    "appeal",
    "apology",
    "signal",
];

/// Whether a capital's name stands for the state: it acts, is acted upon, or owns; it is a place after "in" and "at"
/// and as the first part of another name.
pub(super) fn acts(tree: &Tree, token: usize) -> bool {
    let mut at = token;
    while tree.tokens[at].dep == "conj" && tree.tokens[at].head != at {
        at = tree.tokens[at].head;
    }
    match tree.tokens[at].dep {
        "nsubj" | "nsubjpass" | "dobj" | "iobj" | "dative" | "poss" | "attr" => true,
        "pobj" if from_sender(tree, at) => true,
        "pobj" => ![
            "in", "at", "from", "near", "into", "outside", "around", "through", "via", "over",
            "across", "inside",
        ]
        .contains(&tree.tokens[tree.tokens[at].head].norm.as_str()),
        "ROOT" | "compound" | "npadvmod" | "appos" => false,
        _ => false,
    }
}

/// "A letter from Lima", not "a flight from Lima".
fn from_sender(tree: &Tree, token: usize) -> bool {
    let preposition = &tree.tokens[tree.tokens[token].head];
    preposition.norm == "from" && SENT.contains(&tree.tokens[preposition.head].lemma.as_str())
}

/// Whether there is a pair, and every state that is present is one of it.
fn among(pair: Option<&[String; 2]>, present: &[Party]) -> bool {
    pair.is_some_and(|pair| {
        present
            .iter()
            .filter_map(Party::stands_for)
            .all(|state| pair.iter().any(|known| known == state))
    })
}

/// Each party once; a person is one beside the state itself.
fn distinct(parties: Vec<Party>) -> Vec<Party> {
    let mut kept: Vec<Party> = Vec::new();
    for party in parties {
        if !kept
            .iter()
            .any(|known| known.id == party.id && known.person == party.person)
        {
            kept.push(party);
        }
    }
    kept
}
