//! Listed forms in the text, each with the reading that its context allows.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use verbale_read::{Document, Span};

use super::{Mention, Referent, StateForm};
use crate::lexicon::{FormMatch, Lexicon, Listed, StateName};
use crate::parse::{Tree, Trees};

/// What the document as a whole says about ambiguous words.
pub(super) struct Context<'a> {
    pub(super) lexicon: &'a Lexicon,
    /// How often each state is named by words that can mean nothing else.
    plain: HashMap<&'a str, usize>,
    published: Option<Date>,
}

/// All listed forms of a document, in order of unit and token.
pub(super) fn listed(document: &Document, trees: &Trees, lexicon: &Lexicon) -> Vec<Mention> {
    let mut context = Context {
        lexicon,
        plain: HashMap::new(),
        published: document.published.as_ref().map(|published| published.start),
    };
    for tree in &trees.units {
        for found in lexicon.names_in(&tree.unit.text) {
            if let [Listed::State(index)] = found.values {
                let name = &lexicon.state_names[*index];
                if name.ambiguous.is_empty() {
                    *context.plain.entry(&name.id).or_default() += 1;
                }
            }
        }
    }
    let mut mentions = Vec::new();
    for (unit, tree) in trees.units.iter().enumerate() {
        for found in lexicon.names_in(&tree.unit.text) {
            context.read(&document.text, unit, tree, found, &mut mentions);
        }
    }
    mentions
}

/// Where a listed form stands.
struct Site<'a> {
    text: &'a str,
    tree: &'a Tree,
    tokens: Range<usize>,
    /// What the network says of these words: its label and whether its entity is longer than the form.
    label: Option<(&'static str, bool)>,
}

impl Site<'_> {
    fn labelled(&self, labels: &[&str]) -> bool {
        self.label.is_some_and(|(label, _)| labels.contains(&label))
    }

    fn word(&self, token: Option<usize>) -> &str {
        token
            .filter(|&token| token < self.tree.tokens.len())
            .map_or("", |token| self.tree.word(self.text, token))
    }

    fn before(&self, steps: usize) -> &str {
        self.word(self.tokens.start.checked_sub(steps))
    }

    fn after(&self) -> &str {
        self.word(Some(self.tokens.end))
    }

    /// Whether no space parts the words from what follows.
    fn touches_next(&self) -> bool {
        let span = |token: usize| self.tree.span(token);
        self.tokens.end < self.tree.tokens.len()
            && span(self.tokens.end - 1).end == span(self.tokens.end).start
    }

    /// Whether the words are part of a longer personal name ("Jordan Pickford").
    fn in_longer_person(&self) -> bool {
        self.label == Some(("PERSON", true))
    }

    /// An abbreviation in capitals is a name whatever the tagger says.
    fn shouted(&self) -> bool {
        let word = self.word(Some(self.tokens.start));
        word.len() >= 3 && word.chars().all(char::is_uppercase)
    }

    /// Whether a word of news stands beside.
    fn cued(&self) -> bool {
        ["told", "to", "by", "via", "citing"].contains(&self.before(1))
            || self.tree.tokens.get(self.tokens.end).is_some_and(|next| {
                ["report", "write", "say", "cite", "quote"].contains(&next.lemma.as_str())
            })
    }

    /// Names of outlets are common words ("Trend", "Liberation"): one word alone needs a word of news beside it, or an
    /// entity that is just this word.
    fn reads_as_outlet(&self) -> bool {
        if !self.proper() || self.in_longer_person() {
            return false;
        }
        self.tokens.len() > 1 || self.cued() || self.label.is_some_and(|(_, longer)| !longer)
    }

    fn proper(&self) -> bool {
        self.tokens
            .clone()
            .any(|token| self.tree.tokens[token].tag.starts_with("NNP"))
    }
}

impl Context<'_> {
    /// Adds what a listed form means where it stands. The name of an outlet that means none here ("The Australian" is a paper, in
    /// "The Australian minister" it is not) leaves its words to the forms within it.
    fn read(
        &self,
        text: &str,
        unit: usize,
        tree: &Tree,
        found: FormMatch<Listed>,
        mentions: &mut Vec<Mention>,
    ) {
        let start = tree.unit.span.start;
        let bytes = found.span.start + start..found.span.end + start;
        let Some(tokens) = tokens_in(tree, &bytes) else {
            return;
        };
        let site = Site {
            text,
            tree,
            tokens: tokens.clone(),
            label: label(tree, &tokens),
        };
        let readings = self.readings(&site, found.values);
        let is_outlet = |listed: &Listed| matches!(listed, Listed::Outlet(_));
        if readings.is_empty()
            && found.values.iter().all(is_outlet)
            && let Some(second) = tokens.clone().nth(1)
        {
            let rest = tree.span(second).start - start..found.span.end;
            for mut within in self.lexicon.names_in(&tree.unit.text[rest.clone()]) {
                within.span = within.span.start + rest.start..within.span.end + rest.start;
                self.read(text, unit, tree, within, mentions);
            }
        }
        for referent in readings {
            mentions.push(Mention {
                unit,
                head: head_of(tree, &tokens),
                tokens: tokens.clone(),
                span: Span::new(bytes.start, bytes.end),
                referent,
            });
        }
    }

    /// What the form means here: usually one thing; a contested area that also is a listed state gives both.
    fn readings(&self, site: &Site, values: &[Listed]) -> Vec<Referent> {
        let lexicon = self.lexicon;
        let mut readings = Vec::new();
        if let Some(name) = self.state(site, values) {
            readings.push(Referent::State {
                id: name.id.clone(),
                form: name.kind,
            });
        }
        for value in values {
            if let Listed::Contested(index) = value {
                let contested = &lexicon.contested[*index];
                // "The occupied territories" are somewhere else in other news.
                let spoken_of = contested
                    .claimed_by
                    .iter()
                    .any(|state| self.plain.contains_key(state.as_str()));
                if contested.kind != "other" || spoken_of {
                    readings.push(Referent::Issue {
                        key: contested.issue.clone(),
                    });
                    break;
                }
            }
        }
        if !readings.is_empty() {
            return readings;
        }
        for value in values {
            match *value {
                Listed::Organisation(index) if site.proper() || site.label.is_some() => {
                    return vec![Referent::Organisation {
                        id: lexicon.organisations[index].id.clone(),
                    }];
                }
                Listed::Company(index)
                    if site.proper() || site.label.is_some() || site.shouted() =>
                {
                    let company = &lexicon.companies[index];
                    return vec![Referent::Company {
                        id: company.id.clone(),
                        state: company.state.clone(),
                    }];
                }
                Listed::Outlet(index) if site.reads_as_outlet() && !self.says_whose(site) => {
                    return vec![Referent::Outlet {
                        name: lexicon.outlets[index].name.clone(),
                    }];
                }
                _ => {}
            }
        }
        self.city(site, values).into_iter().collect()
    }

    /// "The Australian navy", "the Namibian was freed": an article and a word for a state, which are no paper unless it speaks.
    fn says_whose(&self, site: &Site) -> bool {
        let last = site.tokens.end - 1;
        let is_state = |listed: &Listed| matches!(listed, Listed::State(_));
        let modifies = ["amod", "compound", "nmod"].contains(&site.tree.tokens[last].dep);
        site.tokens.len() == 2
            && site
                .word(Some(site.tokens.start))
                .eq_ignore_ascii_case("the")
            && self
                .lexicon
                .named(site.word(Some(last)))
                .iter()
                .any(is_state)
            && (modifies || !site.cued() && !site.labelled(&["ORG"]))
    }

    fn state(&self, site: &Site, values: &[Listed]) -> Option<&StateName> {
        let mut names: Vec<&StateName> = values
            .iter()
            .filter_map(|value| match value {
                Listed::State(index) => Some(&self.lexicon.state_names[*index]),
                _ => None,
            })
            .filter(|name| self.fits(site, name))
            .collect();
        // One form of several states goes to one whose name it was when the text was written (Prague and Belgrade have been
        // capitals of states that are no more), then to the one that the text names otherwise too, then to the list's first.
        names.sort_by_key(|name| {
            (
                self.is_over(name),
                std::cmp::Reverse(self.plain.get(name.id.as_str()).copied()),
            )
        });
        let best = *names.first()?;
        let elsewhere = self.plain.contains_key(best.id.as_str());
        let form_is_of_several = best.may_be("other_state");
        if form_is_of_several && !elsewhere {
            return None;
        }
        // Several kinds of one state's word ("British" is adjective and plural): the tag decides.
        let tag = site.tree.tokens[site.tokens.end - 1].tag;
        let adjective = tag.starts_with("JJ")
            || ["amod", "compound", "nmod"].contains(&site.tree.tokens[site.tokens.end - 1].dep);
        names
            .iter()
            .copied()
            .filter(|name| name.id == best.id)
            .find(|name| adjective == (name.kind == StateForm::Adjective))
            .or(Some(best))
    }

    /// Whether nothing in the context speaks against this reading.
    fn fits(&self, site: &Site, name: &StateName) -> bool {
        // "US$", "US $20"; but "gave Fiji $20 million" names Fiji.
        let joined = site.touches_next();
        if site.after().starts_with('$') && (joined || name.kind == StateForm::Code) {
            return false;
        }
        if name.may_be("person") && (site.in_longer_person() || self.reads_as_given_name(site)) {
            return false;
        }
        let bare_word = name.may_be("word") || name.may_be("prefix");
        if bare_word && !site.labelled(&["GPE", "NORP", "LOC", "ORG", "FAC"]) {
            let hyphen = site.after() == "-" && name.may_be("prefix");
            if !hyphen {
                return false;
            }
        }
        if name.may_be("language") && site.labelled(&["LANGUAGE"]) {
            return false;
        }
        if name.may_be("us_state") && self.reads_as_us_state(site, name) {
            return false;
        }
        if name.may_be("continent") && CONTINENT_PARTS.contains(&site.before(1)) {
            return false;
        }
        if name.may_be("river") && ["River", "river"].contains(&site.after()) {
            return false;
        }
        // "New Mexico", "the Gulf of Mexico", "the Norwegian Sea" are no states.
        if site.before(1) == "New"
            || WATERS.contains(&site.after())
            || site.before(1) == "of" && WATERS.contains(&site.before(2))
        {
            return false;
        }
        !(self.published.is_some() && self.is_over(name) && name.may_be("city"))
    }

    /// Whether the state no longer had this name when the text was written, or not yet. A text without a date is of today,
    /// unless its words name the former state.
    fn is_over(&self, name: &StateName) -> bool {
        match self.published {
            Some(published) => {
                name.to.is_some_and(|to| to < published)
                    || name.from.is_some_and(|from| from > published)
            }
            None => name.to.is_some() && !self.plain.contains_key(name.id.as_str()),
        }
    }

    /// "Chad Michaels": the first part of a name whose second part is listed nowhere.
    fn reads_as_given_name(&self, site: &Site) -> bool {
        let Some(next) = site.tree.tokens.get(site.tokens.end) else {
            return false;
        };
        let word = site.after();
        next.tag.starts_with("NNP")
            && word.len() > 2
            && word
                .chars()
                .skip(1)
                .all(|character| character.is_lowercase() || character == '-')
            && site.tree.tokens[site.tokens.end - 1].dep == "compound"
            && self.lexicon.office(word).is_none()
            && self.lexicon.agent(word).is_none()
            && self.lexicon.named(word).is_empty()
    }

    /// "Atlanta, Georgia", "the Georgia governor": a part of the United States, if the text does not name the state
    /// by other words.
    fn reads_as_us_state(&self, site: &Site, name: &StateName) -> bool {
        if name.id == "USA" {
            return false;
        }
        let town_before = site.before(1) == ","
            && self.lexicon.named(site.before(2)).iter().any(|listed| {
                matches!(listed, Listed::City(index) if self.lexicon.cities[*index].state.as_deref() == Some("USA"))
            });
        let officer = [
            "Gov.",
            "Governor",
            "governor",
            "Sen.",
            "Senator",
            "Republicans",
            "Democrats",
            "Rep.",
        ];
        let spoken_of = self.plain.contains_key(name.id.as_str());
        town_before
            || (!spoken_of
                && (officer.contains(&site.after()) || officer.contains(&site.before(1))))
    }

    fn city(&self, site: &Site, values: &[Listed]) -> Option<Referent> {
        if !site.proper() || site.in_longer_person() {
            return None;
        }
        let located = ["in", "at", "to", "from", "near", "of", "for"].contains(&site.before(1));
        if !located && !site.labelled(&["GPE", "LOC", "FAC"]) {
            return None;
        }
        let cities = values.iter().filter_map(|value| match value {
            Listed::City(index) => Some(&self.lexicon.cities[*index]),
            _ => None,
        });
        // The list is ordered by size within a name; a state that the text speaks of comes before size.
        let count = |state: &Option<String>| {
            state
                .as_deref()
                .and_then(|id| self.plain.get(id))
                .copied()
                .unwrap_or(0)
        };
        let best = cities
            .enumerate()
            .max_by_key(|(index, city)| (count(&city.state), usize::MAX - index))?
            .1;
        Some(Referent::Place {
            name: best.name.clone(),
            state: best.state.clone(),
        })
    }
}

/// Waters and heights bear the names of states.
const WATERS: [&str; 11] = [
    "Sea",
    "Ocean",
    "Gulf",
    "Bay",
    "Strait",
    "Straits",
    "Channel",
    "River",
    "Mountains",
    "Desert",
    "Basin",
];

const CONTINENT_PARTS: [&str; 5] = ["Latin", "South", "North", "Central", "Meso"];

/// The tokens that share at least one byte with a span.
pub(super) fn tokens_in(tree: &Tree, bytes: &Range<usize>) -> Option<Range<usize>> {
    let start = tree
        .tokens
        .partition_point(|token| token.span.end <= bytes.start);
    let end = tree
        .tokens
        .partition_point(|token| token.span.start < bytes.end);
    (start < end).then_some(start..end)
}

/// The token of a range whose head lies outside it.
pub(super) fn head_of(tree: &Tree, tokens: &Range<usize>) -> usize {
    tokens
        .clone()
        .find(|&token| {
            let head = tree.tokens[token].head;
            head == token || !tokens.contains(&head)
        })
        .unwrap_or(tokens.end - 1)
}

/// The network's label on these words, and whether its entity holds more letters than they do.
fn label(tree: &Tree, tokens: &Range<usize>) -> Option<(&'static str, bool)> {
    tree.entities
        .iter()
        .find(|entity| entity.tokens.start < tokens.end && tokens.start < entity.tokens.end)
        .map(|entity| {
            let longer = entity
                .tokens
                .clone()
                .any(|token| !tokens.contains(&token) && tree.tokens[token].tag.starts_with("NNP"));
            (entity.label, longer)
        })
}

/// Whether a token is the subject of a clause, alone, in coordination, or as part of a name.
pub(super) fn is_subject(tree: &Tree, token: usize) -> bool {
    let mut at = token;
    while ["conj", "appos", "compound"].contains(&tree.tokens[at].dep) && tree.tokens[at].head != at
    {
        at = tree.tokens[at].head;
    }
    ["nsubj", "nsubjpass"].contains(&tree.tokens[at].dep)
        || tree.tokens[at].dep == "pobj" && tree.tokens[tree.tokens[at].head].dep == "agent"
}
