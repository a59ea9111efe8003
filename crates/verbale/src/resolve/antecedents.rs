//! Whom a word stands for that names nobody: "it", "they", "the ministry", "officials".
//!
//! What the pieces for each sort of word say ([`super::pronouns`], [`super::groups`]) is one candidate among several: the states
//! and organisations named before, the side of who speaks, the two that the text is between, and nobody. Clues say where each
//! was named last and as what, who acts in the clause around, who stands beside in the own clause, and what the words themselves
//! ask for. Their weights ([`FILE`]) are learned from the codings of our own texts; answers are found in the order of the text, and
//! each is a place at which the next may look.

use verbale_read::Span;

use super::discourse::is_subject;
use super::parties::{Resolver, acts};
use super::pronouns::is_expletive;
use crate::names::{Clues, Referent, StateForm};
use crate::parse::{TokenId, Tree};
use crate::record::{Party, VoiceMode};

/// Path of the table of weights in the data folder.
pub const FILE: &str = "lang/en/antecedents.tsv";

/// So many of those named last before a word may be meant, and so many of the states that a text names most.
const NEAREST: usize = 6;
const STATES: usize = 3;

/// So many places and answers before a word are looked through.
const MEMORY: usize = 400;

/// So many of those who acted last are told apart.
const ACTED: usize = 4;

/// Sorts of words that are pronouns.
pub const PRONOUNS: [&str; 4] = ["it", "they", "their", "we"];
/// Sorts of words that may mean several.
pub const SEVERAL: [&str; 4] = ["they", "their", "we", "officials"];

/// Where the pieces for its sort say nobody, somebody needs such a share.
const LIKELY: f64 = 0.5;

/// A word for somebody that names nobody, and whom it may mean.
#[derive(Debug, Clone)]
pub struct Anaphor {
    /// The word.
    pub at: TokenId,
    /// Which sort of word it is.
    pub sort: &'static str,
    /// Whom it may stand for; nobody is not among them.
    pub candidates: Vec<Candidate>,
    /// The one that the pieces for its sort say.
    pub told: Option<usize>,
}

/// Who may be meant: one state or organisation, or several together.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// ISO alpha-3, or ids of organisations.
    pub ids: Vec<String>,
    /// What the text tells for and against it.
    pub clues: Vec<String>,
}

impl Anaphor {
    /// The candidate that is likelier than each other and than nobody.
    pub fn choose(&self, weights: &Clues) -> Option<usize> {
        let shares = weights.shares(self.candidates.iter().map(|candidate| &candidate.clues));
        let nobody = 1.0 - shares.iter().sum::<f64>();
        (0..shares.len())
            .max_by(|&one, &other| shares[one].total_cmp(&shares[other]).then(other.cmp(&one)))
            .filter(|&at| shares[at] > nobody && (self.told.is_some() || shares[at] >= LIKELY))
    }
}

/// A place where words lead to a state or an organisation.
struct Site {
    at: TokenId,
    span: Span,
    id: String,
    form: &'static str,
    slot: &'static str,
    sentence: usize,
    voice: Option<usize>,
}

/// The places of a text, in the order of their words.
pub(super) struct Story {
    sites: Vec<Site>,
    /// Where its sentences begin.
    sentences: Vec<usize>,
    /// Answers found so far.
    taken: Vec<Taken>,
}

/// An answer that was found.
struct Taken {
    sort: &'static str,
    noun: String,
    sentence: usize,
    ids: Vec<String>,
}

impl Story {
    fn sentence(&self, start: usize) -> usize {
        self.sentences.partition_point(|&begin| begin <= start)
    }

    fn add(&mut self, resolver: &Resolver, at: TokenId, id: &str, form: &'static str, span: Span) {
        let tree = resolver.tree(at.unit);
        let site = Site {
            at,
            span,
            id: id.to_owned(),
            form,
            slot: slot(tree, at.token),
            sentence: self.sentence(span.start),
            voice: resolver.voices.innermost(span),
        };
        let place = self
            .sites
            .partition_point(|known| known.span.start <= span.start);
        self.sites.insert(place, site);
    }
}

impl Resolver<'_> {
    /// Finds for each such word whom it means, in the order of the text.
    pub(super) fn settle(&mut self, choose: &mut dyn FnMut(&Anaphor) -> Option<usize>) {
        let mut story = self.story();
        let mut words: Vec<(TokenId, &'static str)> = Vec::new();
        for (unit, tree) in self.trees.units.iter().enumerate() {
            for token in 0..tree.tokens.len() {
                let at = TokenId { unit, token };
                if let Some(sort) = self.sort(at) {
                    words.push((at, sort));
                }
            }
        }
        words.sort_by_key(|(at, _)| (self.span(*at).start, at.unit));
        for (at, sort) in words {
            // "We" of somebody who is known to speak is the speaker's side.
            let mut ids = self.ids_of(&self.told_parties(at));
            if sort != "we" || ids.is_empty() {
                let mut anaphor = self.anaphor(&story, at, sort, ids);
                let chosen = choose(&anaphor);
                ids = chosen.map_or_else(Vec::new, |chosen| {
                    std::mem::take(&mut anaphor.candidates[chosen].ids)
                });
                if chosen != anaphor.told {
                    self.settled.insert(at, ids.clone());
                }
            }
            let tree = self.tree(at.unit);
            for id in &ids {
                story.add(self, at, id, "taken up", self.span(at));
            }
            story.taken.push(Taken {
                sort,
                noun: tree.tokens[at.token].lemma.to_lowercase(),
                sentence: story.sentence(self.span(at).start),
                ids,
            });
        }
    }

    fn story(&self) -> Story {
        let mut sentences: Vec<usize> = self
            .trees
            .units
            .iter()
            .filter(|tree| tree.unit.quotation.is_none())
            .flat_map(|tree| {
                tree.sentences
                    .iter()
                    .map(|range| tree.span(range.start).start)
            })
            .collect();
        sentences.sort_unstable();
        let mut story = Story {
            sites: Vec::new(),
            sentences,
            taken: Vec::new(),
        };
        for mention in &self.names.mentions {
            let tree = &self.trees.units[mention.unit];
            let (id, form) = match &mention.referent {
                Referent::State { id, form } => (
                    Some(id),
                    match form {
                        StateForm::Name | StateForm::Code => "name",
                        StateForm::Capital | StateForm::Seat if acts(tree, mention.head) => {
                            "capital"
                        }
                        // Where something is says nothing of who is meant: "a court in The Hague".
                        StateForm::Capital | StateForm::Seat => continue,
                        _ => "adjective",
                    },
                ),
                Referent::Organisation { id } => (Some(id), "organisation"),
                Referent::Company { state, .. } => (state.as_ref(), "company"),
                Referent::Person { person } => (self.names.people[*person].side.as_ref(), "person"),
                Referent::Office { of, .. } => (of.as_ref(), "office"),
                _ => continue,
            };
            if let Some(id) = id {
                let at = TokenId {
                    unit: mention.unit,
                    token: mention.head,
                };
                story.add(self, at, id, form, mention.span);
            }
        }
        story
    }

    /// Which sort of word this is, if it names nobody and yet may stand for a state.
    fn sort(&self, at: TokenId) -> Option<&'static str> {
        let tree = self.tree(at.unit);
        let token = &tree.tokens[at.token];
        match token.norm.as_str() {
            "it" | "itself" => return (!is_expletive(tree, at.token)).then_some("it"),
            "they" | "them" | "themselves" => return Some("they"),
            "their" | "theirs" => return Some("their"),
            "we" | "us" | "our" | "ours" | "ourselves" => {
                return (tree.span(at.token).of(&self.document.text) != "US").then_some("we");
            }
            _ => {}
        }
        if !["NOUN", "PROPN"].contains(&token.pos) || token.dep == "compound" {
            return None;
        }
        self.bare_noun(at)
    }

    /// Whom a word may mean, with what speaks for each; `told` is whom the pieces for its sort say.
    fn anaphor(
        &self,
        story: &Story,
        at: TokenId,
        sort: &'static str,
        told: Vec<String>,
    ) -> Anaphor {
        let seen = Seen::of(self, story, at, sort, told);
        let candidates: Vec<Candidate> = seen
            .candidates()
            .into_iter()
            .map(|ids| {
                let found = distinct(seen.clues(&ids));
                let mut clues: Vec<String> = found
                    .iter()
                    .map(|clue| [sort, ": ", clue].concat())
                    .collect();
                clues.extend(found);
                Candidate { ids, clues }
            })
            .collect();
        let told = |candidate: &Candidate| same(&candidate.ids, &seen.told);
        Anaphor {
            at,
            sort,
            told: candidates.iter().position(told),
            candidates,
        }
    }

    /// The states and organisations of parties.
    fn ids_of(&self, parties: &[Party]) -> Vec<String> {
        distinct(parties.iter().filter_map(|party| {
            self.state_of(party).or_else(|| {
                let known = self.lexicon.organisation(&party.id)?;
                Some(known.id.clone())
            })
        }))
    }

    /// Who acts in the own clause of a word (level 0) and in those around it, unless the word is part of that subject.
    fn acting_over(&self, at: TokenId) -> Vec<(usize, Vec<String>)> {
        let tree = self.tree(at.unit);
        let mut found = Vec::new();
        let mut verb = self.clause_of(tree, at.token);
        for level in 0..4 {
            let subject = tree
                .children_with(verb, &["nsubj", "nsubjpass"])
                .next()
                .filter(|&subject| !tree.edges[subject].contains(&at.token));
            if let Some(token) = subject {
                let subject = TokenId {
                    unit: at.unit,
                    token,
                };
                let mut parties = self.parties(subject);
                if parties.is_empty() {
                    parties = self.holders(subject);
                }
                found.push((level, self.ids_of(&parties)));
            }
            let upper = self.clause_of(tree, verb);
            if upper == verb {
                break;
            }
            verb = upper;
        }
        found
    }
}

/// What is told around one word.
struct Seen<'s> {
    resolver: &'s Resolver<'s>,
    story: &'s Story,
    sort: &'static str,
    /// Sentence of the word, its lemma, its article, its slot, whether it is a pronoun.
    here: usize,
    noun: String,
    article: &'s str,
    slot: &'static str,
    pronoun: bool,
    /// Whom the pieces for its sort say.
    told: Vec<String>,
    before: Vec<&'s Site>,
    /// Who was named last before, and who acted last.
    near: Vec<&'s str>,
    acted: Vec<&'s str>,
    /// Who acts in the own clause and around it, who stands beside in the own clause as what, who is named later in the sentence.
    over: Vec<(usize, Vec<String>)>,
    beside: Vec<(&'s str, &'static str)>,
    after: Vec<&'s str>,
    /// The voice that speaks the word, how, and its side.
    voice: Option<usize>,
    mode: &'static str,
    side: Option<String>,
    own: Option<String>,
    /// Two named side by side, the pair meant here, and the last plural group, each with its sentence.
    pairing: Option<(usize, Vec<String>)>,
    pair: Option<Vec<String>>,
    group: Option<(usize, Vec<String>)>,
    /// Whether the text is between two.
    dyad: bool,
}

impl<'s> Seen<'s> {
    fn of(
        resolver: &'s Resolver<'s>,
        story: &'s Story,
        at: TokenId,
        sort: &'static str,
        told: Vec<String>,
    ) -> Self {
        let span = resolver.span(at);
        let tree = resolver.tree(at.unit);
        let here = story.sentence(span.start);
        let first = story
            .sites
            .partition_point(|site| site.span.start < span.start);
        let before: Vec<&Site> = story.sites[first.saturating_sub(MEMORY)..first]
            .iter()
            .filter(|site| site.span.end <= span.start)
            .collect();
        let last = |wanted: &dyn Fn(&Site) -> bool, most: usize| {
            let mut found: Vec<&str> = Vec::new();
            for site in before.iter().rev().filter(|site| wanted(site)) {
                if found.len() < most && !found.contains(&site.id.as_str()) {
                    found.push(&site.id);
                }
            }
            found
        };
        let clause = resolver.clause_of(tree, at.token);
        let sentence = story.sites.partition_point(|site| site.sentence < here);
        let of_sentence = || {
            story.sites[sentence..]
                .iter()
                .take_while(|site| site.sentence == here)
        };
        let beside = of_sentence().filter(|site| {
            site.at.unit == at.unit
                && site.at.token != at.token
                && resolver.clause_of(tree, site.at.token) == clause
        });
        let after = of_sentence().filter(|site| site.span.start > span.start);
        let voice = resolver.voices.innermost(span);
        let paragraph = tree.unit.paragraph;
        Seen {
            here,
            noun: tree.tokens[at.token].lemma.to_lowercase(),
            article: tree
                .children_with(at.token, &["det"])
                .next()
                .map_or("bare", |det| tree.tokens[det].norm.as_str()),
            slot: slot(tree, at.token),
            pronoun: PRONOUNS.contains(&sort),
            told,
            near: last(&|_| true, NEAREST),
            acted: last(&|site| site.slot == "subject", ACTED),
            over: resolver.acting_over(at),
            beside: beside.map(|site| (site.id.as_str(), site.slot)).collect(),
            after: after.map(|site| site.id.as_str()).collect(),
            mode: voice.map_or("narration", |voice| {
                match resolver.voices.spans[voice].voice.mode {
                    VoiceMode::Direct => "direct",
                    VoiceMode::Narration => "narration",
                    _ => "indirect",
                }
            }),
            side: resolver.side(at),
            own: resolver.own_side(at),
            pairing: resolver
                .discourse
                .last_pairing(span.start, paragraph)
                .map(|(start, pair)| (story.sentence(start), Vec::from(pair))),
            pair: resolver.pair(at).map(Vec::from),
            group: resolver
                .groups
                .iter()
                .rev()
                .find(|group| group.start < span.start && group.paragraph + 1 >= paragraph)
                .map(|group| (story.sentence(group.start), group.states.clone())),
            dyad: resolver.discourse.dyad().is_some(),
            resolver,
            story,
            sort,
            before,
            voice,
        }
    }

    fn candidates(&self) -> Vec<Vec<String>> {
        let mut all: Vec<Vec<String>> = self.near.iter().map(|id| vec![(*id).to_owned()]).collect();
        let mut may = |ids: Vec<String>| {
            if !ids.is_empty() && !all.iter().any(|known| same(known, &ids)) {
                all.push(ids);
            }
        };
        may(self.told.clone());
        may(self.side.iter().cloned().collect());
        let is_named = |state: &&String| self.story.sites.iter().any(|site| site.id == **state);
        let states = self.resolver.names.states.iter().filter(is_named);
        for state in states.take(STATES) {
            may(vec![state.clone()]);
        }
        if SEVERAL.contains(&self.sort) {
            may(self.pairing.clone().unwrap_or_default().1);
            may(self.pair.clone().unwrap_or_default());
            may(self.group.clone().unwrap_or_default().1);
        }
        all
    }

    fn clues(&self, ids: &[String]) -> Vec<String> {
        let slot = self.slot;
        let count = if ids.len() > 1 { "several" } else { "one" };
        let mut found = vec![count.to_owned(), format!("{count}: {slot}")];
        if !self.pronoun {
            found.push(format!("noun {}", self.noun));
            found.push(format!("article {}", self.article));
        }
        if same(ids, &self.told) {
            let told = if ids.len() > 1 {
                "told, several"
            } else {
                "told"
            };
            found.push(told.to_owned());
            found.push(format!("told {slot}"));
        }
        if self.told.is_empty() {
            found.push("nobody told".to_owned());
        }
        let last = self
            .story
            .taken
            .iter()
            .rev()
            .take(MEMORY)
            .find(|taken| taken.sort == self.sort && (self.pronoun || taken.noun == self.noun));
        if let Some(last) = last.filter(|last| same(&last.ids, ids)) {
            found.push(format!("taken {}", self.back(last.sentence)));
        }
        match ids {
            [id] => self.of_one(id, &mut found),
            _ => self.of_several(ids, &mut found),
        }
        found
    }

    fn of_several(&self, ids: &[String], found: &mut Vec<String>) {
        for (what, named) in [("pairing", &self.pairing), ("group", &self.group)] {
            if let Some((sentence, known)) = named
                && same(known, ids)
            {
                found.push(format!("{what} {}", self.back(*sentence)));
            }
        }
        if self.pair.as_ref().is_some_and(|pair| same(pair, ids)) {
            found.push("pair".to_owned());
        }
        if self.over.iter().any(|(_, who)| same(who, ids)) {
            found.push("several act over it".to_owned());
        }
        if self
            .beside
            .iter()
            .any(|(beside, _)| ids.iter().any(|id| id == beside))
        {
            found.push("one of them beside".to_owned());
        }
    }

    fn of_one(&self, id: &str, found: &mut Vec<String>) {
        let slot = self.slot;
        let mut both = |clue: String| {
            found.push(format!("{clue} for {slot}"));
            found.push(clue);
        };
        let known: Vec<&&Site> = self.before.iter().filter(|site| site.id == id).collect();
        if let Some(last) = known.last() {
            both(format!("last {} {}", self.back(last.sentence), last.slot));
        }
        if let Some(rank) = self.near.iter().position(|near| *near == id) {
            both(format!("near {}", rank.min(3)));
        }
        for (level, who) in &self.over {
            if who.iter().any(|known| known == id) {
                let alone = if who.len() == 1 { "" } else { " with others" };
                both(format!("acts over {level}{alone}"));
            }
        }
        if self.side.as_deref() == Some(id) {
            both(format!("speaks, {}", self.mode));
        } else if self.side.is_some() {
            found.push(format!("another speaks, {}", self.mode));
        }
        match known.last() {
            Some(last) => {
                found.push(format!("last {}", self.back(last.sentence)));
                found.push(format!("as {}", last.form));
                let alike = if last.voice == self.voice {
                    "same"
                } else {
                    "another"
                };
                found.push(format!("in {alike} voice"));
            }
            None => found.push("not named before".to_owned()),
        }
        if let Some(last) = known.iter().rfind(|site| site.slot == "subject") {
            found.push(format!("last subject {}", self.back(last.sentence)));
        }
        if let Some(rank) = self.acted.iter().position(|acted| *acted == id) {
            found.push(format!("acted {}", rank.min(3)));
        }
        for (_, beside) in self.beside.iter().filter(|(beside, _)| *beside == id) {
            found.push(format!("beside as {beside} for {slot}"));
            found.push("beside".to_owned());
        }
        if self.after.contains(&id) {
            found.push("after".to_owned());
        }
        if self.own.as_deref() == Some(id) {
            found.push("own side".to_owned());
        }
        let names = self.resolver.names;
        if names.home.as_deref() == Some(id) {
            found.push(format!("home, {}", self.mode));
        }
        let rank = names.states.iter().position(|state| state == id);
        found.push(format!("rank {}", rank.map_or(9, |rank| rank.min(3))));
        if self.dyad {
            found.push(format!("dyad, rank {}", rank.map_or(9, |rank| rank.min(2))));
        }
        if let Some(known) = self.resolver.lexicon.organisation(id) {
            found.push("organisation".to_owned());
            if !self.pronoun {
                found.push(format!("organisation as {}", self.noun));
                let name = known.name.to_lowercase();
                let named = name.split(' ').any(|word| word == self.noun);
                found.push(format!("organisation, noun in its name {named}"));
            }
        }
    }

    fn back(&self, sentence: usize) -> &'static str {
        distance(self.here.saturating_sub(sentence))
    }
}

/// What a word is in its clause.
fn slot(tree: &Tree, token: usize) -> &'static str {
    if is_subject(tree, token) {
        return "subject";
    }
    let mut at = token;
    while ["conj", "appos"].contains(&tree.tokens[at].dep) && tree.tokens[at].head != at {
        at = tree.tokens[at].head;
    }
    match tree.tokens[at].dep {
        "dobj" | "dative" | "iobj" => "object",
        "poss" => {
            let noun = tree.tokens[at].head;
            if is_subject(tree, noun) {
                "owner of who acts"
            } else {
                "owner"
            }
        }
        "amod" | "compound" | "nmod" => "adjective",
        "pobj" => match tree.tokens[tree.tokens[at].head].norm.as_str() {
            "by" => "by",
            "of" => "of",
            "with" | "between" | "against" => "with",
            "to" | "from" => "to",
            _ => "other",
        },
        _ => "other",
    }
}

fn distance(sentences: usize) -> &'static str {
    match sentences {
        0 => "here",
        1 => "1 back",
        2 => "2 back",
        3..=5 => "some back",
        _ => "far back",
    }
}

fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

fn distinct(all: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn anaphor(told: Option<usize>) -> Anaphor {
        let candidate = |id: &str, clue: &str| Candidate {
            ids: vec![id.to_owned()],
            clues: vec![clue.to_owned()],
        };
        Anaphor {
            at: TokenId { unit: 0, token: 0 },
            sort: "it",
            candidates: vec![candidate("PER", "told"), candidate("CHL", "acts over 1")],
            told,
        }
    }

    #[test]
    fn the_likeliest_is_meant_and_more_is_asked_where_nobody_was_told() {
        let weights = Clues::new(BTreeMap::from([
            ("told".to_owned(), 0.2),
            ("acts over 1".to_owned(), 0.6),
        ]));
        // Shares .30, .45, nobody .25.
        assert_eq!(anaphor(Some(0)).choose(&weights), Some(1));
        assert_eq!(anaphor(None).choose(&weights), None);
    }
}
