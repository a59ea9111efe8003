//! Which state an office is of that the text gives without one ("Foreign Minister Koroi"): the clues that the text
//! gives for each state that it may be, and what they weigh.
//!
//! A state's weights are summed; the sums, and a nought for "none of them", go through a softmax, and a state that has
//! more than half is taken. The weights are learned from roles in our own texts ([`FILE`]).

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use verbale_read::Span;

use super::gazetteer::is_subject;
use super::letters::triples;
use super::{Mention, Person, Referent, StateForm};
use crate::lexicon::{Lexicon, ListReader};
use crate::parse::{Tree, Trees};
use crate::record::PartyBasis;

/// Path of the table of weights in the data folder.
pub const FILE: &str = "lang/en/allegiance.tsv";

/// So many sentences with a person are read for clues.
const SENTENCES: usize = 6;

/// So many of the states that a text names most may have the office.
const STATES: usize = 4;

/// The least share of a state that is taken.
const LIKELY: f64 = 0.35;

/// Verbs whose object is the other side.
const AGAINST: [&str; 22] = [
    "accuse",
    "urge",
    "ask",
    "call",
    "thank",
    "blame",
    "condemn",
    "criticise",
    "criticize",
    "warn",
    "invite",
    "visit",
    "denounce",
    "demand",
    "request",
    "tell",
    "assure",
    "congratulate",
    "praise",
    "press",
    "protest",
    "reject",
];

/// Verbs whose goal is another country than the traveller's own.
const TRAVELS: [&str; 7] = ["arrive", "fly", "travel", "come", "go", "visit", "land"];

/// Whom a government calls in, expels or receives for another state.
const ENVOYS: [&str; 9] = [
    "ambassador",
    "envoy",
    "chargé",
    "diplomat",
    "attaché",
    "consul",
    "commissioner",
    "mission",
    "embassy",
];

/// Words that act for those who give them.
const ANSWERS: [&str; 6] = [
    "reply",
    "answer",
    "response",
    "statement",
    "reaction",
    "retort",
];

/// What one does after the other side has acted.
const REPLIES: [&str; 9] = [
    "answer", "reply", "respond", "retort", "counter", "reject", "dismiss", "deny", "hit",
];

/// Words for parliaments and for those who sit there.
const PARLIAMENT: [&str; 8] = [
    "parliament",
    "lawmaker",
    "legislature",
    "senate",
    "deputy",
    "legislator",
    "senator",
    "congress",
];

/// What each clue weighs.
#[derive(Debug, Clone, Default)]
pub struct Clues(FxHashMap<String, f64>);

/// An office that is a person's and whose state is open.
#[derive(Debug, Clone)]
pub struct OpenOffice {
    /// The words of the office together with the name.
    pub span: Span,
    /// The states that it may be of.
    pub candidates: Vec<Candidate>,
}

/// A state that an office may be of.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// ISO alpha-3.
    pub state: String,
    /// What the text tells for and against it.
    pub clues: Vec<String>,
}

impl Clues {
    /// Weights by clue.
    pub fn new(weights: BTreeMap<String, f64>) -> Clues {
        Clues(weights.into_iter().collect())
    }

    pub(crate) fn read(lists: &mut ListReader, file: &'static str) -> Clues {
        let mut weights = FxHashMap::default();
        for row in lists.rows(file, ["clue", "weight"]) {
            let [clue, weight] = row.cells;
            match weight.parse() {
                Ok(weight) => drop(weights.insert(clue.to_owned(), weight)),
                Err(_) => lists.error(row.at, format!("the weight '{weight}' is no number")),
            }
        }
        Clues(weights)
    }

    /// The share of each candidate, in their order; what lacks to one is that of "none of them".
    pub fn shares<'c>(&self, candidates: impl Iterator<Item = &'c Vec<String>>) -> Vec<f64> {
        let sums = candidates.map(|clues| {
            let weights = clues.iter().filter_map(|clue| self.0.get(clue));
            weights.sum::<f64>().exp()
        });
        let sums: Vec<f64> = sums.collect();
        let all = 1.0 + sums.iter().sum::<f64>();
        sums.into_iter().map(|sum| sum / all).collect()
    }

    /// The likeliest state of an office, if it is likely enough.
    pub fn choose(&self, open: &OpenOffice) -> Option<String> {
        self.shares(open.candidates.iter().map(|candidate| &candidate.clues))
            .into_iter()
            .zip(&open.candidates)
            .filter(|(share, _)| *share >= LIKELY)
            .max_by(|(one, _), (other, _)| one.total_cmp(other))
            .map(|(_, candidate)| candidate.state.clone())
    }
}

/// What a document knows when it asks for the state of an office.
pub(super) struct Inquiry<'a> {
    pub lexicon: &'a Lexicon,
    pub trees: &'a Trees,
    pub named: &'a [Mention],
    pub mentions: &'a [Mention],
    /// States of the document, the one named most first.
    pub states: &'a [String],
    /// The state that the text is written in.
    pub home: Option<&'a str>,
}

/// Clues by state.
struct Told<'a>(Vec<(&'a str, BTreeSet<String>)>);

impl Told<'_> {
    fn states(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|(state, _)| (*state).to_owned())
            .collect()
    }

    fn add(&mut self, state: &str, clue: impl Into<String>) {
        if let Some((_, clues)) = self.0.iter_mut().find(|(known, _)| *known == state) {
            clues.insert(clue.into());
        }
    }
}

impl Inquiry<'_> {
    /// An open office of a person, with what is told of each state.
    pub fn open(&self, people: &[Person], index: usize, office: usize) -> OpenOffice {
        let of = &people[index].offices[office];
        let mut candidates: Vec<&str> = self
            .states
            .iter()
            .take(STATES)
            .map(String::as_str)
            .collect();
        if let Some(home) = self.home
            && !candidates.contains(&home)
        {
            candidates.push(home);
        }
        let mut told = Told(
            candidates
                .into_iter()
                .map(|state| (state, BTreeSet::new()))
                .collect(),
        );
        let posted = of.class == "diplomat";
        let sort = if posted { "posted" } else { "seated" };
        for (rank, state) in self.states.iter().take(STATES).enumerate() {
            told.add(state, format!("rank {rank}"));
        }
        for state in told.states() {
            told.add(&state, "a state of the text");
            told.add(
                &state,
                format!(
                    "class {} {}",
                    of.class,
                    if Some(state.as_str()) == self.home {
                        "at home"
                    } else {
                        "abroad"
                    }
                ),
            );
            if self.lacks(&state, &of.title) {
                told.add(&state, "has no such office");
            }
        }
        if let Some(home) = self.home {
            told.add(home, format!("written there, {sort}"));
        }
        self.by_name(&people[index], &mut told);
        self.by_bearers(people, index, &of.title, &mut told);
        self.acted_before(people, index, &mut told);
        self.nearest(people, index, &mut told);
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for mention in self
            .named
            .iter()
            .filter(|mention| mention.referent == Referent::Person { person: index })
            .filter(|mention| self.trees.units[mention.unit].unit.quotation.is_none())
        {
            let tree = &self.trees.units[mention.unit];
            let sentence = tree.sentence_of(mention.head);
            if seen.contains(&(mention.unit, sentence)) {
                continue;
            }
            seen.push((mention.unit, sentence));
            if seen.len() > SENTENCES {
                break;
            }
            for (state, clue) in self.told_by(mention, posted) {
                if seen.len() == 1 {
                    told.add(&state, format!("{clue}, at first"));
                }
                told.add(&state, format!("{clue}, {sort}"));
                told.add(&state, clue);
            }
        }
        OpenOffice {
            span: of.span,
            candidates: told
                .0
                .into_iter()
                .map(|(state, clues)| Candidate {
                    state: state.to_owned(),
                    clues: clues.into_iter().collect(),
                })
                .collect(),
        }
    }

    /// How much the letters of a name are like those of the names of each state's leaders and towns.
    fn by_name(&self, person: &Person, told: &mut Told) {
        let name = triples(&person.name);
        let letters = self.lexicon.letters();
        let all: Vec<(String, f64)> = told
            .states()
            .into_iter()
            .map(|state| {
                let likeness = letters.likeness(&name, &state);
                (state, likeness)
            })
            .collect();
        for (state, own) in &all {
            let best = all
                .iter()
                .filter(|(other, _)| other != state)
                .map(|(_, likeness)| *likeness)
                .fold(f64::NEG_INFINITY, f64::max);
            let lead = ((own - best) * 4.0).round().clamp(-6.0, 6.0);
            told.add(state, format!("letters of the name {lead:+}"));
        }
    }

    /// Who else bears that office in the text, and for which state.
    fn by_bearers(&self, people: &[Person], index: usize, title: &str, told: &mut Told) {
        let others = || {
            people
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .flat_map(|(_, person)| &person.offices)
                .filter(|other| other.title == title)
        };
        let mut taken: Vec<&String> = Vec::new();
        for other in others() {
            if let Some(of) = &other.of {
                let how = match other.of_basis {
                    PartyBasis::Inferred => "inferred",
                    _ => "named",
                };
                told.add(of, format!("office taken, {how}"));
                told.add(of, "office taken");
                taken.push(of);
            }
        }
        let open = others().any(|other| other.of.is_none());
        if let [one, other, ..] = self.states {
            match (taken.contains(&one), taken.contains(&other)) {
                (true, false) => told.add(other, "the one left of two"),
                (false, true) => told.add(one, "the one left of two"),
                _ => {}
            }
        }
        for state in self.states.iter().take(STATES) {
            if open && !taken.contains(&state) {
                told.add(state, "another may have it too");
            }
        }
        // Whom one sentence names together are of two sides more often than not.
        let sentences = |person: usize| {
            self.named
                .iter()
                .filter(move |mention| mention.referent == Referent::Person { person })
                .map(|mention| {
                    let tree = &self.trees.units[mention.unit];
                    (mention.unit, tree.sentence_of(mention.head))
                })
        };
        let own: Vec<(usize, usize)> = sentences(index).take(SENTENCES).collect();
        let first = own.first().copied();
        for (other, person) in people
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
        {
            let Some(of) = person
                .offices
                .iter()
                .find_map(|office| office.of.as_ref().filter(|_| office.official))
            else {
                continue;
            };
            if sentences(other).any(|at| own.contains(&at)) {
                told.add(of, "of another in the sentence");
            }
            if sentences(other).next_back().is_some_and(|at| {
                first.is_some_and(|first| at.0 + 1 == first.0 || at.0 == first.0 && at.1 < first.1)
            }) {
                told.add(of, "of another just before");
            }
        }
    }

    /// The states named last before a person is, and next after.
    fn nearest(&self, people: &[Person], person: usize, told: &mut Told) {
        let Some(office) = people[person].offices.first() else {
            return;
        };
        let start = office.span.start;
        let states = || {
            self.mentions
                .iter()
                .filter_map(|mention| match &mention.referent {
                    Referent::State { id, .. } if !self.spoken(mention.span) => {
                        Some((mention.span, id))
                    }
                    _ => None,
                })
        };
        let before = states()
            .filter(|(span, _)| span.end <= start)
            .max_by_key(|(span, _)| span.end);
        let after = states()
            .filter(|(span, _)| span.start > start)
            .min_by_key(|(span, _)| span.start);
        if let Some((_, state)) = before {
            told.add(state, "named last before");
        }
        if let Some((_, state)) = after {
            told.add(state, "named next after");
        }
    }

    /// Whether a state is known for other highest offices, but not for this one.
    fn lacks(&self, state: &str, title: &str) -> bool {
        const HIGHEST: [&str; 6] = [
            "president",
            "prime minister",
            "chancellor",
            "king",
            "emperor",
            "sultan",
        ];
        let known = |wanted: &dyn Fn(&str) -> bool| {
            self.lexicon
                .leaders
                .iter()
                .filter(|leader| leader.state == state)
                .filter_map(|leader| leader.office.as_deref())
                .filter(|office| wanted(office))
                .count()
        };
        HIGHEST.contains(&title)
            && known(&|office| office == title) == 0
            && known(&|office| HIGHEST.contains(&office)) >= 2
    }

    /// What the sentence of one mention of the person tells: clues by state.
    fn told_by(&self, mention: &Mention, posted: bool) -> Vec<(String, &'static str)> {
        let tree = &self.trees.units[mention.unit];
        let sentence = tree.sentences[tree.sentence_of(mention.head)].clone();
        let mut told = Vec::new();
        let before = mention.tokens.start.saturating_sub(6)..mention.tokens.start;
        if let Some(home) = self.home
            && before.clone().any(|token| tree.tokens[token].norm == "our")
        {
            told.push((home.to_owned(), "ours"));
        }
        let acts = is_subject(tree, mention.head);
        let parliament = acts
            && sentence.clone().any(|token| {
                PARLIAMENT.contains(&tree.tokens[token].lemma.to_lowercase().as_str())
                    && ["dobj", "dative", "pobj"].contains(&tree.tokens[token].dep)
                    && tree.tokens[tree.tokens[token].head].lemma == "tell"
            });
        for other in self
            .mentions
            .iter()
            .filter(|other| other.unit == mention.unit && sentence.contains(&other.head))
            .filter(|other| other.head != mention.head && !self.spoken(other.span))
        {
            let (state, clue) = match &other.referent {
                Referent::State { id, form } => {
                    (id, self.part_of_state(tree, mention, other, *form, posted))
                }
                Referent::Place {
                    state: Some(state), ..
                } => {
                    let clue = match (parliament, self.goal(tree, other.head)) {
                        (true, _) => "parliament",
                        (false, true) => "goal",
                        (false, false) => "town",
                    };
                    (state, clue)
                }
                _ => continue,
            };
            let clue = match clue {
                "capital" if parliament => "parliament",
                clue => clue,
            };
            told.push((state.clone(), clue));
            told.push((state.clone(), place(other.head, mention.head)));
        }
        told
    }

    /// What part a state has in the sentence where a person is named.
    fn part_of_state(
        &self,
        tree: &Tree,
        mention: &Mention,
        other: &Mention,
        form: StateForm,
        posted: bool,
    ) -> &'static str {
        let head = &tree.tokens[other.head];
        let over = &tree.tokens[head.head];
        let acts = is_subject(tree, mention.head);
        let subject = self.acts(tree, other.head) || is_subject(tree, other.head);
        let verb = verb_over(tree, other.head);
        let by_person = verb.and_then(|verb| {
            tree.children_with(verb, &["nsubj", "nsubjpass"])
                .map(|subject| {
                    let again = ["he", "she"].contains(&tree.tokens[subject].norm.as_str());
                    tree.edges[subject].contains(&mention.head) || again && acts
                })
                .next()
        });
        let owner = ["poss", "amod"].contains(&head.dep);
        if over.lemma == "counterpart" {
            "counterpart"
        } else if owner
            && ENVOYS.contains(&over.lemma.to_lowercase().as_str())
            && over.dep == "dobj"
        {
            // "Expelled two Peruvian diplomats, among them the attaché, NAME".
            if posted {
                "envoy of theirs"
            } else {
                "summoned"
            }
        } else if head.dep == "dobj"
            && AGAINST.contains(&over.lemma.as_str())
            && by_person != Some(false)
        {
            // Whom somebody else asks or accuses can be the person's own state.
            "against"
        } else if self.goal(tree, other.head) {
            "goal"
        } else if by_person == Some(true) && owner && ["dobj", "pobj"].contains(&over.dep) {
            "acted on"
        } else if subject && form != StateForm::DemonymPlural {
            match verb {
                Some(verb) if plans(tree, verb) => "plans",
                _ => "acts",
            }
        } else if form == StateForm::Capital {
            "capital"
        } else if form == StateForm::Seat {
            "seat"
        } else if owner {
            "owner"
        } else if head.dep == "pobj" {
            match tree.tokens[head.head].norm.as_str() {
                "with" => "with",
                "to" | "towards" | "toward" => "to",
                "from" => "from",
                "against" => "against",
                "in" => "in",
                "by" => "by",
                "of" => "of",
                "between" => "between",
                _ => "in a phrase",
            }
        } else if head.dep == "dobj" {
            "object"
        } else {
            "elsewhere"
        }
    }

    /// Whether words stand in somebody's speech: whom a speaker names there can be either side.
    fn spoken(&self, span: Span) -> bool {
        self.trees
            .units
            .iter()
            .any(|tree| tree.unit.quotation.is_some() && tree.unit.span.contains(span))
    }

    /// "arrived in Zambia", "a visit to Zambia", "a trip to Lusaka".
    fn goal(&self, tree: &Tree, token: usize) -> bool {
        let preposition = tree.tokens[token].head;
        let over = &tree.tokens[tree.tokens[preposition].head];
        tree.tokens[token].dep == "pobj"
            && (["visit", "trip", "journey"].contains(&over.lemma.as_str())
                || ["to", "in", "for"].contains(&tree.tokens[preposition].norm.as_str())
                    && TRAVELS.contains(&over.lemma.as_str()))
    }

    /// Whether a state acts, itself or by a body of its own ("the Peruvian army fired"), and alone.
    pub(super) fn acts(&self, tree: &Tree, token: usize) -> bool {
        let mut at = token;
        while ["poss", "amod", "compound", "nmod"].contains(&tree.tokens[at].dep)
            && tree.tokens[at].head != at
        {
            at = tree.tokens[at].head;
        }
        let agent = |lemma: &str| self.lexicon.agent(&lemma.to_lowercase()).is_some();
        is_subject(tree, at)
            && (at == token
                || tree.tokens[at].dep == "nsubj"
                    && (agent(&tree.tokens[at].lemma)
                        || ANSWERS.contains(&tree.tokens[at].lemma.as_str())))
            && tree.tokens[at].dep != "conj"
            && tree.children_with(at, &["conj"]).next().is_none()
    }

    /// The state that acts last, itself or by an official, before a person is first named as one who acts, in that
    /// paragraph or the one before.
    fn acted_before(&self, people: &[Person], person: usize, told: &mut Told) {
        let Some(first) = self
            .named
            .iter()
            .filter(|mention| mention.referent == Referent::Person { person })
            .min_by_key(|mention| mention.span.start)
        else {
            return;
        };
        let tree = &self.trees.units[first.unit];
        if tree.unit.quotation.is_some() || !is_subject(tree, first.head) {
            return;
        }
        let sentence = tree.sentences[tree.sentence_of(first.head)].start;
        let sentence = tree.span(sentence).start;
        let last = self
            .mentions
            .iter()
            .chain(self.named)
            .filter(|mention| mention.span.start < sentence)
            .filter(|mention| {
                let other = &self.trees.units[mention.unit];
                other.unit.quotation.is_none()
                    && other.unit.paragraph + 1 >= tree.unit.paragraph
                    && self.acts(other, mention.head)
                    && other.tokens[mention.head].dep != "pobj"
                    && !self.spoken(mention.span)
            })
            .filter_map(|mention| match &mention.referent {
                Referent::State { id, .. } => Some((mention.span.start, id)),
                Referent::Person { person } => people[*person]
                    .offices
                    .iter()
                    .filter(|office| office.of_basis == PartyBasis::Named)
                    .find_map(|office| office.of.as_ref())
                    .map(|of| (mention.span.start, of)),
                _ => None,
            })
            .max_by_key(|(start, _)| *start);
        let Some((start, state)) = last else { return };
        let before = tree.sentence_of(first.head).checked_sub(1);
        let next = before.is_some_and(|before| {
            tree.span(tree.sentences[before].start).start <= start && tree.unit.span.start <= start
        });
        // "The Chilean minister spoke of theft. Foreign Minister X answered": another's.
        let replies = verb_over(tree, first.head)
            .is_some_and(|verb| REPLIES.contains(&tree.tokens[verb].lemma.as_str()));
        let clue = match (next, replies) {
            (true, true) => "acted just before, and is answered",
            (true, false) => "acted just before",
            (false, _) => "acted before",
        };
        told.add(state, clue);
    }
}

/// Where a state stands in the sentence of a person.
fn place(state: usize, person: usize) -> &'static str {
    match (state < person, state.abs_diff(person)) {
        (true, ..=4) => "close before",
        (true, _) => "before",
        (false, ..=4) => "close after",
        (false, _) => "after",
    }
}

/// The verb whose subject, object or prepositional object a token is part of.
fn verb_over(tree: &Tree, token: usize) -> Option<usize> {
    tree.upwards(token)
        .skip(1)
        .find(|&at| ["VERB", "AUX"].contains(&tree.tokens[at].pos) && tree.tokens[at].dep != "amod")
}

/// "will pay", "is ready to pay", "wants to pay".
fn plans(tree: &Tree, verb: usize) -> bool {
    tree.children_with(verb, &["aux"])
        .any(|aux| ["will", "would", "'ll", "wo"].contains(&tree.tokens[aux].norm.as_str()))
        || ["want", "hope", "plan", "intend", "expect", "wish"]
            .contains(&tree.tokens[verb].lemma.as_str())
        || tree
            .children_with(verb, &["acomp"])
            .any(|state| tree.tokens[state].norm == "ready")
}
