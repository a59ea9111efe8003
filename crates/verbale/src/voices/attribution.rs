//! Words that say who speaks: verbs of saying with their subjects, "according to", "in her words".

use std::ops::Range;

use verbale_read::Span;

use super::Site;
use super::speaker::{Heard, Speaker, identify, noun_phrase};
use crate::lexicon::SpeechVerb;
use crate::parse::{TokenId, Tree};
use crate::segment::QuotationKind;

/// One place where the text says that somebody speaks.
#[derive(Debug, Clone)]
pub(super) struct Attribution {
    /// The quotation whose speech it stands in; `None` for the narration.
    pub level: Option<usize>,
    /// The words that introduce the voice.
    pub words: Span,
    pub speaker: Speaker,
    pub act: String,
    /// What is said without quotation marks.
    pub contents: Vec<Span>,
    /// Whether it can introduce words in quotation marks.
    pub quotes: bool,
    /// Whether it only points at what was said before it ("highlighted these sentiments").
    pub told: bool,
    /// Whether it is the end of its sentence and names whom it was told to ("…, she told the agency").
    pub told_to: bool,
}

/// Finds all attributions, level by level and in order, so that "he" can be whoever spoke before.
pub(super) fn attributions(site: &Site) -> Vec<Attribution> {
    let mut all = Vec::new();
    let levels = std::iter::once(None).chain((0..site.segments.quotations.len()).map(Some));
    for level in levels {
        let mut heard = Heard::default();
        let mut reported = 0;
        for (unit, tree) in site.trees.units.iter().enumerate() {
            if tree.unit.quotation != level {
                continue;
            }
            for token in 0..tree.tokens.len() {
                let byte = tree.tokens[token].span.start;
                if site.segments.unit_at(byte) != Some(unit) || tree.is_endless(token) {
                    continue;
                }
                let at = TokenId { unit, token };
                let found = by_verb(site, at, &heard)
                    .or_else(|| by_phrase(site, at, &heard))
                    .or_else(|| by_opening_participle(site, at, &heard));
                if let Some(mut attribution) = found {
                    attribution.level = level;
                    // Whom a speaker tells of is not heard himself: "she recalled that the council demanded …".
                    if attribution.words.start >= reported && speaks(site, &attribution) {
                        let speaker = attribution.speaker.clone();
                        if speaker.personal {
                            heard.person = Some((speaker, attribution.words.end));
                        } else if !speaker.outlet {
                            heard.body = Some(speaker);
                        }
                    }
                    let told = attribution.contents.iter().map(|content| content.end);
                    reported = told.max().unwrap_or(0).max(reported);
                    all.push(attribution);
                }
            }
        }
    }
    all.sort_by_key(|attribution| attribution.words);
    extend_lead(site, &mut all);
    all
}

/// Whether an attribution brings in words at all: "the talks began" does not.
pub(super) fn speaks(site: &Site, attribution: &Attribution) -> bool {
    let mark = |char: char| "\"“”„«»‘".contains(char);
    let before = site.text[..attribution.words.start].trim_end_matches([' ', ',']);
    let after = site.text[attribution.words.end..]
        .split(['.', '\n'])
        .next()
        .unwrap_or_default();
    attribution.told
        || !attribution.contents.is_empty()
        || before.ends_with(mark)
        || after.contains(mark)
}

/// The lead of an interview: when the first paragraph of the story ends with whom its words were told to, all of its
/// sentences were told.
fn extend_lead(site: &Site, all: &mut [Attribution]) {
    let Some(lead) = site
        .segments
        .paragraphs
        .iter()
        .find(|paragraph| !paragraph.headline)
        .map(|paragraph| paragraph.span)
    else {
        return;
    };
    let first = all
        .iter_mut()
        .find(|attribution| lead.contains(attribution.words) && attribution.level.is_none());
    let Some(attribution) = first.filter(|attribution| attribution.told_to) else {
        return;
    };
    let Some(content) = attribution.contents.first_mut() else {
        return;
    };
    let after = site.text[attribution.words.end..lead.end].trim_matches(['.', ' ']);
    let quotes = site
        .segments
        .quotations
        .iter()
        .any(|quotation| lead.contains(quotation.pieces[0]));
    if after.is_empty() && !quotes && content.end <= attribution.words.start {
        content.start = lead.start;
    }
}

/// A verb of saying with a subject that can speak.
fn by_verb(site: &Site, at: TokenId, heard: &Heard) -> Option<Attribution> {
    let tree = &site.trees.units[at.unit];
    let token = &tree.tokens[at.token];
    if token.pos != "VERB" && token.pos != "AUX" {
        return None;
    }
    let verb = speech_verb(site, tree, at.token)?;
    let refrains = tree.children_with(at.token, &["neg"]).next().is_some();
    let infinitive = tree
        .children_with(at.token, &["aux"])
        .any(|aux| tree.tokens[aux].tag == "TO")
        && !["go", "continue"].contains(&tree.tokens[token.head].lemma.as_str());
    // "it would recall its ambassador": nothing is said yet.
    let imagined = tree
        .children_with(at.token, &["aux"])
        .any(|aux| ["would", "could", "might", "'d"].contains(&tree.tokens[aux].norm.as_str()));
    let not_said = token.dep == "pcomp" && tree.tokens[token.head].norm == "without";
    let supposed = tree
        .children_with(at.token, &["mark"])
        .any(|mark| ["if", "whether", "unless"].contains(&tree.tokens[mark].norm.as_str()));
    if refrains || infinitive || imagined || not_said || supposed {
        return None;
    }
    // "recalled its ambassador".
    let called_back = verb.lemma == "recall"
        && tree.children_with(at.token, &["dobj"]).any(|object| {
            let office = site.lexicon.office(&tree.tokens[object].lemma);
            office.is_some_and(|office| office.class == "diplomat")
        });
    let reflexive = tree.children_with(at.token, &["dobj"]).any(|object| {
        ["itself", "himself", "herself", "themselves"].contains(&tree.tokens[object].norm.as_str())
    });
    if called_back || reflexive {
        return None;
    }
    let (subject, told_subject) = subject(tree, at.token)?;
    let speaker = identify(
        site,
        TokenId {
            unit: at.unit,
            token: subject,
        },
        heard,
    )?;
    let sentence_tokens = tree.sentences[tree.sentence_of(at.token)].clone();
    let mut words = words(site, at, subject, &verb);
    let told = told_subject || points_back(site, tree, at.token);
    let contents = if told {
        Vec::new()
    } else {
        contents(
            site,
            tree,
            at.token,
            subject,
            &verb,
            &sentence_tokens,
            &speaker,
        )
    };
    // Participles ("…, noting that") are introduced by themselves.
    if !tree.edges[at.token].contains(&subject) {
        words = tree.span(at.token);
    }
    Some(Attribution {
        level: None,
        words,
        speaker,
        act: verb.act.clone(),
        quotes: verb.quote,
        contents: clipped(site, at.unit, &contents, tree),
        told,
        told_to: verb.lemma == "tell"
            && tree
                .children_with(at.token, &["dobj", "dative"])
                .next()
                .is_some(),
    })
}

fn speech_verb(site: &Site, tree: &Tree, token: usize) -> Option<SpeechVerb> {
    let lemma = tree.tokens[token].lemma.to_lowercase();
    let with = |particle: usize| format!("{lemma}_{}", tree.tokens[particle].norm);
    tree.children_with(token, &["prt", "prep"])
        .find_map(|particle| site.lexicon.speech_verb(&with(particle)))
        .or_else(|| site.lexicon.speech_verb(&lemma))
        .cloned()
}

/// The token that speaks, and whether the clause only points at words told before ("This was told by …", "So said …").
fn subject(tree: &Tree, verb: usize) -> Option<(usize, bool)> {
    let token = &tree.tokens[verb];
    if tree.children_with(verb, &["nsubjpass"]).next().is_some() {
        let agent = tree.children_with(verb, &["agent"]).next()?;
        let speaker = tree.children_with(agent, &["pobj"]).next()?;
        // "It was announced by the palace that …" points forward.
        let forward = tree.children_with(verb, &["ccomp"]).next().is_some();
        let points = !forward
            && tree.children_with(verb, &["nsubjpass"]).any(|subject| {
                ["this", "that", "it", "these", "which"]
                    .contains(&tree.tokens[subject].norm.as_str())
                    || tree.children_with(subject, &["det"]).any(|det| {
                        ["this", "these", "such"].contains(&tree.tokens[det].norm.as_str())
                    })
            });
        return Some((speaker, points));
    }
    if let Some(subject) = tree.children_with(verb, &["nsubj"]).next() {
        let so = tree
            .children_with(verb, &["advmod", "dobj", "ccomp"])
            .any(|child| tree.tokens[child].norm == "so" && child < verb && subject > verb);
        return Some((subject, so));
    }
    // "quoted as saying"
    if token.dep == "pcomp" && tree.tokens[token.head].norm == "as" {
        let over = tree.tokens[token.head].head;
        return tree
            .children_with(over, &["nsubjpass"])
            .next()
            .map(|subject| (subject, false));
    }
    let mut over = token.head;
    if over == verb {
        return None;
    }
    // "She said that it had nothing to hide, adding that …": she adds.
    if token.dep == "advcl"
        && token.tag == "VBG"
        && ["add", "note", "stress", "explain", "insist", "warn"].contains(&token.lemma.as_str())
        && tree.tokens[over].dep == "ccomp"
    {
        over = tree.tokens[over].head;
    }
    match token.dep {
        "acl" if token.tag == "VBG" => Some((over, false)),
        "conj" | "advcl" | "xcomp" | "dep" | "ccomp"
            if tree.tokens[over].pos == "VERB" || tree.tokens[over].pos == "AUX" =>
        {
            let participle = token.tag == "VBG" || token.dep == "conj" || token.dep == "xcomp";
            let active = tree.children_with(over, &["nsubjpass"]).next().is_none();
            participle
                .then(|| match subject(tree, over) {
                    None if !active => tree.children_with(over, &["nsubjpass"]).next(),
                    found => found.map(|(subject, _)| subject),
                })
                .flatten()
                .map(|subject| (subject, false))
        }
        // "Concluding his statement, she said": the participle before.
        "pcomp" => {
            let over = tree.tokens[over].head;
            tree.children_with(over, &["nsubj"])
                .next()
                .map(|subject| (subject, false))
        }
        _ => None,
    }
}

/// From the subject to the verb, with the addressee of "told".
fn words(site: &Site, at: TokenId, subject: usize, verb: &SpeechVerb) -> Span {
    let tree = &site.trees.units[at.unit];
    let mut words = tree.span(at.token).cover(noun_phrase(
        site,
        TokenId {
            unit: at.unit,
            token: subject,
        },
    ));
    if verb.lemma == "tell"
        && let Some(addressee) = tree.children_with(at.token, &["dobj", "dative"]).next()
    {
        words = words.cover(noun_phrase(
            site,
            TokenId {
                unit: at.unit,
                token: addressee,
            },
        ));
    }
    words
}

/// Whether the object of the verb is what has just been said.
fn points_back(site: &Site, tree: &Tree, verb: usize) -> bool {
    tree.children_with(verb, &["dobj"]).any(|object| {
        let word = &tree.tokens[object];
        let demonstrative = tree.children_with(object, &["det"]).any(|det| {
            ["this", "these", "that", "those", "such"].contains(&tree.tokens[det].norm.as_str())
        });
        ["this", "so", "these"].contains(&word.norm.as_str())
            || demonstrative && site.lexicon.is_a("told", &word.lemma)
    })
}

/// Token ranges of what is said without marks.
fn contents(
    site: &Site,
    tree: &Tree,
    verb: usize,
    subject: usize,
    frames: &SpeechVerb,
    sentence: &Range<usize>,
    speaker: &Speaker,
) -> Vec<Range<usize>> {
    if as_clause(tree, verb) {
        // "As she put it, X" and "X, as she put it": the clause that it hangs on.
        let over = tree.tokens[verb].head;
        return without(&tree.edges[over], &tree.edges[verb]);
    }
    let clause = tree
        .children_with(verb, &["ccomp", "parataxis"])
        .find(|&clause| !tree.edges[clause].contains(&subject))
        // "A fell; one of them said B rose": what a semicolon parts is not his.
        .filter(|&clause| {
            let edges = &tree.edges[clause];
            let (from, to) = if clause < verb {
                (edges.end.min(verb), verb)
            } else {
                (verb, edges.start.max(verb))
            };
            tree.tokens[from..to]
                .iter()
                .all(|between| between.norm != ";" && (clause > verb || between.norm != ":"))
        });
    if let Some(clause) = clause.filter(|_| frames.that) {
        let mut ranges = vec![tree.edges[clause].clone()];
        // "A did this, she said, and B did that": what follows the comma is said as well.
        if clause < verb
            && tree
                .tokens
                .get(verb + 1)
                .is_some_and(|next| next.norm == ",")
        {
            ranges.extend(
                tree.children_with(verb, &["conj"])
                    .filter(|&other| {
                        tree.children_with(other, &["nsubj", "nsubjpass"])
                            .next()
                            .is_some()
                    })
                    .filter(|&other| speech_verb(site, tree, other).is_none())
                    .map(|other| tree.edges[other].clone()),
            );
        }
        return ranges;
    }
    // "expressed the hope that …", "made it clear that …"
    let told_noun = tree.children_with(verb, &["dobj"]).find_map(|object| {
        tree.children_with(object, &["acl", "ccomp", "relcl"])
            .find(|&clause| {
                tree.children_with(clause, &["mark"])
                    .any(|mark| tree.tokens[mark].norm == "that")
            })
    });
    if let Some(clause) = told_noun {
        return vec![tree.edges[clause].clone()];
    }
    if frames.object
        && speaker.certain
        && let Some(object) = tree
            .children_with(verb, &["dobj"])
            .find(|&object| object > verb && frames.lemma != "tell")
    {
        return vec![object_range(site, tree, verb, object)];
    }
    if !frames.that
        || tree.children_with(verb, &["dobj"]).next().is_some() && frames.lemma != "tell"
    {
        return Vec::new();
    }
    let clause_start = tree.edges[subject].start.min(verb);
    let head = tree.tokens[verb].head;
    if head != verb && ["parataxis", "ccomp", "dep"].contains(&tree.tokens[verb].dep) {
        // "The road, officials said, is open": the clause of saying is set into the other.
        let before = clause_start
            .checked_sub(1)
            .map(|before| tree.tokens[before].norm.as_str());
        if [Some(","), Some("-"), Some("–"), Some("—"), Some(";")].contains(&before)
            || tree.edges[verb].start == sentence.start
        {
            return without(sentence, &tree.edges[verb]);
        }
    } else if head == verb && clause_start > sentence.start + 3 {
        let before = tree.tokens[clause_start - 1].norm.as_str();
        if before == "," {
            return std::iter::once(sentence.start..clause_start - 1).collect();
        }
    }
    Vec::new()
}

/// "As the envoy stressed": not "as long as the envoy asks", nor "as some had called for".
fn as_clause(tree: &Tree, verb: usize) -> bool {
    let start = tree.edges[verb].start;
    tree.tokens[verb].dep == "advcl"
        && tree.tokens[start].norm == "as"
        && tree
            .children_with(verb, &["mark", "advmod"])
            .any(|mark| mark == start)
        && tree
            .children_with(verb, &["prep"])
            .all(|prep| tree.tokens[prep].norm != "for")
        && start.checked_sub(1).is_none_or(|before| {
            tree.tokens[before].pos == "PUNCT" || tree.tokens[before].pos == "SPACE"
        })
}

/// The object with what the verb says of it: "noted the visit as a turn", "recalled the visit, where they met, signing
/// papers". A participle of saying is not part of it: it speaks for itself.
fn object_range(site: &Site, tree: &Tree, verb: usize, object: usize) -> Range<usize> {
    let mut range = tree.edges[object].clone();
    let mut end = range.end;
    for &child in &tree.children[verb] {
        let edges = &tree.edges[child];
        let token = &tree.tokens[child];
        match token.dep {
            "oprd" if edges.start == end => range.end = edges.end,
            // "noted the visit in May as a turn": what lies between belongs to the visit.
            "prep" if edges.start == end => {
                end = edges.end;
                if token.norm == "as" {
                    range.end = end;
                }
            }
            "advcl"
                if edges.start == range.end + 1
                    && tree.tokens[range.end].norm == ","
                    && token.tag == "VBG"
                    && speech_verb(site, tree, child).is_none() =>
            {
                range.end = edges.end;
            }
            _ => {}
        }
    }
    range
}

/// "Stressing the need for talks, the envoy said …": a participle that opens a sentence. The parser takes it for a
/// name now and then, so it is known by its form.
fn by_opening_participle(site: &Site, at: TokenId, heard: &Heard) -> Option<Attribution> {
    let tree = &site.trees.units[at.unit];
    let token = &tree.tokens[at.token];
    let sentence = tree.sentences[tree.sentence_of(at.token)].clone();
    let word = tree.word(site.text, at.token).to_lowercase();
    let stem = word.strip_suffix("ing")?;
    if at.token != sentence.start || token.pos == "VERB" {
        return None;
    }
    let verb = site
        .lexicon
        .speech_verb(stem)
        .or_else(|| site.lexicon.speech_verb(&format!("{stem}e")))
        .filter(|verb| verb.object)?;
    // The subject of the main clause follows the comma, at times in what the parser holds for another sentence.
    let subject = (at.token + 1..tree.tokens.len())
        .take_while(|&next| !tree.tokens[next].norm.starts_with(['.', '!', '?']))
        .find(|&next| {
            tree.tokens[next].dep == "nsubj"
                && tree.edges[next].start > at.token + 1
                && tree.tokens[tree.edges[next].start - 1].norm == ","
        })?;
    let speaker = identify(
        site,
        TokenId {
            unit: at.unit,
            token: subject,
        },
        heard,
    )?;
    let content = at.token + 1..tree.edges[subject].start - 1;
    Some(Attribution {
        level: None,
        words: tree.span(at.token),
        speaker,
        act: verb.act.clone(),
        quotes: verb.quote,
        contents: clipped(site, at.unit, &[content], tree),
        told: false,
        told_to: false,
    })
}

/// "according to NAME", "in NAME's words".
fn by_phrase(site: &Site, at: TokenId, heard: &Heard) -> Option<Attribution> {
    let tree = &site.trees.units[at.unit];
    let token = &tree.tokens[at.token];
    let (phrase, speaker) = match token.norm.as_str() {
        "according" => {
            let to = tree
                .children_with(at.token, &["prep"])
                .find(|&to| tree.tokens[to].norm == "to")?;
            (at.token, tree.children_with(to, &["pobj"]).next()?)
        }
        "words" if tree.tokens[token.head].norm == "in" => {
            let whose = tree.children_with(at.token, &["poss"]).next().or_else(|| {
                let of = tree
                    .children_with(at.token, &["prep"])
                    .find(|&of| tree.tokens[of].norm == "of")?;
                tree.children_with(of, &["pobj"]).next()
            })?;
            (token.head, whose)
        }
        _ => return None,
    };
    let whose = TokenId {
        unit: at.unit,
        token: speaker,
    };
    let possessive = ["his", "her", "their"].contains(&tree.tokens[speaker].norm.as_str());
    let found = if possessive {
        site.names
            .person_at(whose)
            .map(|person| super::speaker::person_speaker(site, person, whose))
            .or_else(|| heard.person.as_ref().map(|(speaker, _)| speaker.clone()))
    } else {
        identify(site, whose, heard)
    };
    let sentence = tree.sentences[tree.sentence_of(at.token)].clone();
    let phrase_edges = phrase_end(site, tree, phrase, whose, at.token);
    Some(Attribution {
        level: None,
        words: tree.range_span(phrase_edges.clone()),
        speaker: found?,
        act: "say".to_owned(),
        quotes: true,
        contents: clipped(site, at.unit, &without(&sentence, &phrase_edges), tree),
        told: false,
        told_to: false,
    })
}

/// The tokens of "according to a list seen by the agency": up to its comma, else only the name.
fn phrase_end(site: &Site, tree: &Tree, phrase: usize, whose: TokenId, key: usize) -> Range<usize> {
    let edges = tree.edges[phrase].clone();
    let noun = noun_phrase(site, whose).end;
    let name_end = (edges.start..edges.end)
        .find(|&token| tree.tokens[token].span.end >= noun)
        .map_or(edges.end, |last| last + 1)
        .max(key + 1);
    let comma = (name_end..tree.tokens.len().min(edges.end + 1))
        .find(|&token| tree.tokens[token].norm == ",");
    edges.start..comma.unwrap_or(name_end)
}

/// A token range without another inside it.
fn without(all: &Range<usize>, cut: &Range<usize>) -> Vec<Range<usize>> {
    [
        all.start..cut.start.clamp(all.start, all.end),
        cut.end.clamp(all.start, all.end)..all.end,
    ]
    .into_iter()
    .filter(|range| !range.is_empty())
    .collect()
}

/// Token ranges as spans, without the speeches in them (these have voices of their own) and without outer punctuation.
fn clipped(site: &Site, unit: usize, ranges: &[Range<usize>], tree: &Tree) -> Vec<Span> {
    let own = site.trees.units[unit].unit.quotation;
    let mut spans: Vec<Span> = ranges
        .iter()
        .filter(|range| !range.is_empty())
        .map(|range| tree.range_span(range.clone()))
        .collect();
    for (index, quotation) in site.segments.quotations.iter().enumerate() {
        if quotation.kind != QuotationKind::Speech || own == Some(index) {
            continue;
        }
        for piece in &quotation.pieces {
            if !tree.unit.span.contains(*piece) || *piece == tree.unit.span {
                continue;
            }
            spans = spans
                .into_iter()
                .flat_map(|span| {
                    let before = Span::new(span.start, span.end.min(piece.start).max(span.start));
                    let after = Span::new(span.start.max(piece.end).min(span.end), span.end);
                    if piece.overlaps(span) {
                        vec![before, after]
                    } else {
                        vec![span]
                    }
                })
                .collect();
        }
    }
    spans
        .into_iter()
        .map(|span| trimmed(site.text, span))
        .filter(|span| {
            span.of(site.text)
                .chars()
                .filter(|char| char.is_alphabetic())
                .count()
                > 2
        })
        .collect()
}

fn trimmed(text: &str, span: Span) -> Span {
    let outer = |char: char| char.is_whitespace() || ",;:.\"“”„".contains(char);
    let words = span.of(text).trim_start_matches(outer);
    let start = span.end - words.len();
    Span::new(start, start + words.trim_end_matches(outer).len())
}
