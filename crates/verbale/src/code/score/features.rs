//! What the scored model sees of a predication: words, roles, kinds of parties, colour, the place in the text.
//!
//! Names never count, only what kind of party stands where; so the model cannot learn who usually does what to whom.

use std::collections::BTreeSet;

use verbale_parse::Parser;

use super::super::Context;
use super::super::matching::Filler;
use super::names::Names;
use super::operators::Operators;
use super::predicates::Predicates;
use super::sides::Places;
use super::words::Word;
use crate::clause::{Predication, Role, RoleName, Tense};
use crate::parse::{TokenId, Tree};
use crate::record::{PartyBasis, PartyType, VoiceKind};
use crate::resolve::amounts::AmountKind;
use crate::rules::Rules;

/// Numbers of one word vector: both networks' projections, one after the other.
pub const VECTOR: usize = 192;

/// Word vectors of the predicate, of what it is about, and of all words of the predication.
pub const DENSE: usize = 3 * VECTOR;

/// What the model sees.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// Features that are there.
    pub names: Names,
    /// [`DENSE`] numbers.
    pub dense: Vec<f32>,
}

/// Features of one predication. `held` are kind and type of each rule that codes it.
pub fn features(
    context: &Context,
    predication: &Predication,
    places: &Places,
    held: &[(String, String)],
    rules: &Rules,
    words: &[Word],
    mut names: Names,
) -> Features {
    let (predicates, operators) = (&rules.predicates, &rules.operators);
    let tree = context.tree(predication.unit);
    let lemma = predication.lemma.to_lowercase();
    let verb = verb(context, predication);
    names.add(format_args!("bias"));
    names.add(format_args!("p={lemma}"));
    names.add(format_args!("v={verb}"));
    names.add(format_args!("form={:?}", predication.form));
    names.add(format_args!("tense={:?}", predication.tense));
    for (set, mood) in [
        (predication.negated, "negated"),
        (predication.conditional, "conditional"),
        (predication.reciprocal, "reciprocal"),
        (predication.progressive, "progressive"),
        (predication.perfect, "perfect"),
    ] {
        if set {
            names.add(format_args!("{mood}"));
            names.add(format_args!("v={verb}&{mood}"));
        }
    }
    for governor in &predication.governors {
        let kind = governor.kind.name();
        names.add(format_args!("gk={kind}"));
        names.add(format_args!("g={}", governor.lemma));
        names.add(format_args!("v={verb}&gk={kind}"));
    }
    if predication.tense == Tense::Future {
        names.add(format_args!("v={verb}&future"));
    }
    for role in &predication.roles {
        role_features(context, predication, role, &verb, words, &mut names);
    }
    for &token in &predication.tokens {
        for child in
            tree.children_with(token, &["amod", "advmod", "compound", "prt", "nmod", "aux"])
        {
            let word = &words[child];
            if !word.named {
                names.add(format_args!("m={}", word.lemma));
                names.add(format_args!("v={verb}&m={}", word.lemma));
            }
        }
    }
    let head = &tree.tokens[predication.tokens[0]];
    let up = &tree.tokens[head.head];
    names.add(format_args!("dep={}", head.dep));
    if head.head != predication.tokens[0] {
        names.add(format_args!("up={}", up.lemma.to_lowercase()));
        names.add(format_args!(
            "up={}&dep={}",
            up.lemma.to_lowercase(),
            head.dep
        ));
    }
    bags(context, predication, tree, words, &mut names);
    listed(context, predication, predicates, words, &mut names);
    composed(context, predication, predicates, operators, &mut names);
    of_parties(context, predication, places, &verb, &mut names);
    for (kind, event_type) in held {
        names.add(format_args!("rule={kind}"));
        names.add(format_args!("rule={kind}/{event_type}"));
    }
    if held.is_empty() {
        names.add(format_args!("rule=none"));
    }
    Features {
        names,
        dense: dense(context, predication, tree, words),
    }
}

/// The widest name of the predicate.
pub(super) fn verb(context: &Context, predication: &Predication) -> String {
    let verbs = context.predicate_names(predication);
    verbs
        .last()
        .map_or_else(|| predication.lemma.to_lowercase(), |verb| verb.to_string())
}

fn role_features(
    context: &Context,
    predication: &Predication,
    role: &Role,
    verb: &str,
    words: &[Word],
    names: &mut Names,
) {
    let unit = predication.unit;
    let tree = context.tree(unit);
    let key = role.name.name();
    let filler = Filler::of(unit, role);
    let parties = context.known_parties(&filler);
    let kind = parties
        .first()
        .map_or("none", |party| match party.party_type {
            PartyType::State => "state",
            PartyType::Organisation => "organisation",
            PartyType::Company => "company",
            PartyType::Person => "person",
            PartyType::Group => "group",
        });
    names.add(format_args!("r={key}"));
    names.add(format_args!("t={key}:{kind}"));
    names.add(format_args!("v={verb}&t={key}:{kind}"));
    if let Some(prep) = &role.prep {
        names.add(format_args!("q={prep}"));
        names.add(format_args!("v={verb}&q={prep}"));
        names.add(format_args!("q={prep}:{kind}"));
    }
    if !words[role.head].named {
        let word = &words[role.head].lemma;
        names.add(format_args!("l={key}:{word}"));
        names.add(format_args!("n={word}"));
        if matches!(
            role.name,
            RoleName::Patient | RoleName::Content | RoleName::Agent
        ) {
            names.add(format_args!("v={verb}&l={key}:{word}"));
        }
        for child in tree.children_with(role.head, &["amod", "compound", "nmod"]) {
            if !words[child].named {
                names.add(format_args!("lm={}", words[child].lemma));
            }
        }
        if let Some(act) = context.predication_at(filler.head) {
            for inner in &act.roles {
                if !words[inner.head].named {
                    names.add(format_args!("deep={}", words[inner.head].lemma));
                }
            }
        }
    }
}

/// What the list of predicates says: of the predicate, of the words at its roles, of all words of the predication.
fn listed(
    context: &Context,
    predication: &Predication,
    predicates: &Predicates,
    words: &[Word],
    names: &mut Names,
) {
    let unit = predication.unit;
    let mut types = predicates.own(context, predication);
    types.sort_unstable();
    types.dedup();
    for event_type in &types {
        names.add(format_args!("lex={event_type}"));
        names.add(format_args!("lex={event_type}&{:?}", predication.form));
        if types.len() == 1 {
            names.add(format_args!("lex1={event_type}"));
        }
    }
    if types.is_empty() {
        types.push("?");
        names.add(format_args!("lex=?"));
    }
    let moods = moods(predication);
    for event_type in &types {
        for mood in &moods {
            names.add(format_args!("lex={event_type}&{mood}"));
        }
    }
    for role in &predication.roles {
        for event_type in &words[role.head].types {
            let key = role.name.name();
            names.add(format_args!("lexr={key}:{event_type}"));
            names.add(format_args!("lexrr={event_type}"));
            for own in &types {
                names.add(format_args!("lex={own}&lexr={key}:{event_type}"));
            }
            for mood in &moods {
                names.add(format_args!("lexr={key}:{event_type}&{mood}"));
            }
        }
    }
    for token in context.tokens_in(unit, predication.span) {
        let word = &words[token.token];
        if word.named || predication.tokens.contains(&token.token) {
            continue;
        }
        for event_type in &word.types {
            names.add(format_args!("lexw={}", event_type));
        }
    }
    for governor in &predication.governors {
        for event_type in &words[governor.head].types {
            names.add(format_args!("lexg={}", event_type));
        }
    }
}

/// What the words tell read together: those over the act, those of the predication itself and those under it.
fn composed(
    context: &Context,
    predication: &Predication,
    predicates: &Predicates,
    operators: &Operators,
    names: &mut Names,
) {
    let unit = predication.unit;
    let tree = context.tree(unit);
    let moods = moods(predication);
    let mut wholes: BTreeSet<&str> = BTreeSet::new();
    for &token in &predication.tokens {
        for read in operators.read(predicates, tree, TokenId { unit, token }) {
            let path = read.operators.join(">");
            if let Some(outer) = read.operators.first() {
                names.add(format_args!("op={outer}"));
                names.add(format_args!("op={outer}&act={}", read.act));
                names.add(format_args!("op={path}&act={}", read.act));
            }
            names.add(format_args!("whole={}", read.whole));
            wholes.insert(read.whole);
        }
    }
    if wholes.len() == 1 {
        names.add(format_args!("whole1={}", wholes.first().unwrap_or(&"")));
    }
    for whole in &wholes {
        for mood in &moods {
            names.add(format_args!("whole={whole}&{mood}"));
        }
    }
    for governor in &predication.governors {
        let Some(operator) = operators.of(&governor.lemma) else {
            continue;
        };
        names.add(format_args!("opg={operator}"));
        for whole in &wholes {
            names.add(format_args!("opg={operator}&whole={whole}"));
            names.add(format_args!("gwhole={}", operators.over(operator, whole)));
        }
    }
}

/// What colours the act: it is denied, refused, to come, wished. The same word tells another type under another of these.
fn moods(predication: &Predication) -> Vec<&'static str> {
    let mut moods: Vec<&str> = predication
        .governors
        .iter()
        .map(|governor| governor.kind.name())
        .collect();
    if predication.negated {
        moods.push("negated");
    }
    if predication.conditional {
        moods.push("conditional");
    }
    if predication.tense == Tense::Future {
        moods.push("future");
    }
    if moods.is_empty() {
        moods.push("plain");
    }
    moods
}

/// Words of the predication and of the sentence around it.
fn bags(
    context: &Context,
    predication: &Predication,
    tree: &Tree,
    words: &[Word],
    names: &mut Names,
) {
    let sentence = tree.sentence_around(predication.head);
    let mut last: Option<&str> = None;
    for token in sentence.clone() {
        let known = &tree.tokens[token];
        let inside = predication.span.contains(tree.span(token));
        if !["NOUN", "VERB", "ADJ", "ADV"].contains(&known.pos) || words[token].named {
            if known.pos == "AUX" || known.pos == "PART" {
                continue;
            }
            last = None;
            continue;
        }
        let word = &words[token].lemma;
        if words[token].empty {
            continue;
        }
        match inside {
            true => {
                names.add(format_args!("w={word}"));
                if let Some(last) = last {
                    names.add(format_args!("b={last}_{word}"));
                }
            }
            false => names.add(format_args!("s={word}")),
        }
        last = inside.then_some(word.as_ref());
    }
    if sentence.len() < 12 {
        names.add(format_args!("short"));
    }
    if tree.tokens[sentence.clone()]
        .iter()
        .any(|token| token.norm == "?")
    {
        names.add(format_args!("asks"));
    }
    if tree.tokens[sentence].iter().any(|token| token.pos == "NUM") {
        names.add(format_args!("number"));
    }
    if context
        .amounts(predication.unit, predication.span)
        .any(|amount| amount.kind == AmountKind::Money)
    {
        names.add(format_args!("money"));
    }
}

fn of_parties(
    context: &Context,
    predication: &Predication,
    places: &Places,
    verb: &str,
    names: &mut Names,
) {
    let states = |parties: &[crate::record::Party]| {
        parties
            .iter()
            .filter(|party| party.party_type == PartyType::State)
            .map(|party| party.id.clone())
            .collect::<BTreeSet<_>>()
    };
    let agents = states(&places.agent);
    let mut all = agents.clone();
    names.add(format_args!("agents={}", agents.len().min(2)));
    for (role, parties) in &places.others {
        let found = states(parties);
        if !found.is_empty() {
            names.add(format_args!("other={}", role.name()));
            names.add(format_args!(
                "agents={}&other={}",
                agents.len().min(2),
                role.name()
            ));
        }
        all.extend(found);
    }
    names.add(format_args!("states={}", all.len().min(3)));
    names.add(format_args!("v={verb}&states={}", all.len().min(3)));
    let everyone = || {
        places
            .agent
            .iter()
            .chain(places.others.iter().flat_map(|(_, parties)| parties))
    };
    if everyone().any(|party| party.basis == PartyBasis::Resolved) {
        names.add(format_args!("resolved"));
    }
    if everyone().any(|party| party.person.is_some()) {
        names.add(format_args!("person"));
    }
    if everyone().any(|party| party.sector.is_some()) {
        names.add(format_args!("official"));
    }
    let present: Vec<_> = everyone().cloned().collect();
    if context.is_about_two(&present) {
        names.add(format_args!("dyad&states={}", all.len().min(2)));
    }
    let density = (context.density() * 4.0) as usize;
    names.add(format_args!("density={}", density.min(6)));
    names.add(format_args!(
        "density={}&states={}",
        density.min(6),
        all.len().min(2)
    ));
    if context.missing(predication, &present).is_empty() {
        names.add(format_args!("nobody_missing"));
    }
    let chain = context.chain(context.tree(predication.unit).span(predication.head));
    if let Some(voice) = chain.last() {
        let kind = match voice.kind {
            VoiceKind::Outlet => "outlet",
            VoiceKind::Author => "author",
            VoiceKind::Speaker => "speaker",
            VoiceKind::Editor => "editor",
        };
        names.add(format_args!("voice={kind}"));
        if let Some(side) = &voice.side {
            let among = if agents.contains(side) {
                "agent"
            } else if all.contains(side) {
                "other"
            } else {
                "none"
            };
            names.add(format_args!("side={among}"));
        }
    }
    names.add(format_args!("depth={}", chain.len().min(3)));
}

fn dense(context: &Context, predication: &Predication, tree: &Tree, words: &[Word]) -> Vec<f32> {
    let unit = predication.unit;
    let predicate = predication.lemma.to_lowercase();
    let about = predication.roles.iter().filter(|role| {
        matches!(
            role.name,
            RoleName::Patient | RoleName::Content | RoleName::Topic | RoleName::Attribute
        ) && !words[role.head].named
    });
    let about: Vec<String> = about
        .map(|role| tree.tokens[role.head].lemma.to_lowercase())
        .collect();
    let inside = context.tokens_in(unit, predication.span).filter(|token| {
        ["NOUN", "VERB", "ADJ"].contains(&tree.tokens[token.token].pos) && !words[token.token].named
    });
    let inside: Vec<String> = inside
        .map(|token| tree.tokens[token.token].lemma.to_lowercase())
        .collect();
    vectors(
        predicate.split('_'),
        about.iter().map(String::as_str),
        inside.iter().map(String::as_str),
    )
}

/// The [`DENSE`] numbers: the mean word vectors, of length 1, of the predicate's words, of what it is about, and of all words.
pub fn vectors<'w>(
    predicate: impl Iterator<Item = &'w str>,
    about: impl Iterator<Item = &'w str>,
    all: impl Iterator<Item = &'w str>,
) -> Vec<f32> {
    let mut dense = mean(predicate);
    dense.extend(mean(about));
    dense.extend(mean(all));
    dense
}

fn mean<'w>(words: impl Iterator<Item = &'w str>) -> Vec<f32> {
    let parser = Parser::english();
    let mut sum = vec![0.0_f32; VECTOR];
    for [first, second] in words.filter_map(|word| parser.word_vector(word)) {
        for (at, x) in sum.iter_mut().zip(first.iter().chain(second)) {
            *at += x;
        }
    }
    let norm = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm > 0.0 {
        for x in &mut sum {
            *x /= norm.max(1e-6);
        }
    }
    sum
}
