//! People, mentions and parties as written down in `spec/names/*.toml`.
//!
//! A case has a text and any of: `people`, one line each ("name | title of X to Y; title | side"); `mentions`, words
//! with what they name; `parties`, words with the parties that stand for them; `holders`, words with whose they are.
//! Words of a case may end in `#2` to mean their second occurrence.

use std::fs;
use std::path::Path;

use toml::{Table, Value};
use verbale::lexicon::Lexicon;
use verbale::names::{Names, Person, Referent, names};
use verbale::parse::{TokenId, Trees, parse};
use verbale::record::{Party, PartyType};
use verbale::resolve::Resolver;
use verbale::segment::segment;
use verbale::voices::voices;
use verbale_parse::Parser;
use verbale_read::{Options, Span, read_text};

#[test]
fn names_and_parties_are_read_as_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/names");
    let mut wrong = String::new();
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let spec: Table = fs::read_to_string(&file).unwrap().parse().unwrap();
        for case in spec["case"].as_array().unwrap() {
            let text = case["text"].as_str().unwrap();
            let found = differences(text, case);
            // What is known to be missed is listed with its reason, and red when it is missed no more.
            match case.get("known_miss") {
                Some(_) if found.is_empty() => {
                    wrong += &format!("{text}\n    is missed no more; take known_miss out\n");
                }
                Some(_) => {}
                None => {
                    for difference in found {
                        wrong += &format!("{text}\n    {difference}\n");
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn differences(text: &str, case: &Value) -> Vec<String> {
    let (document, _) = read_text(text.as_bytes(), "case", &Options::default()).unwrap();
    let segments = segment(&document);
    let trees = parse(Parser::english(), &segments);
    let lexicon = Lexicon::embedded();
    let names = names(&document, &segments, &trees, lexicon);
    let voices = voices(&document, &segments, &trees, &names, lexicon);
    let resolver = Resolver::new(&document, &trees, &names, &voices, lexicon);
    let mut wrong = Vec::new();
    let mut compare = |what: &str, found: Vec<String>, expected: &Value| {
        let expected: Vec<&str> = expected
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line.as_str().unwrap())
            .collect();
        if found != expected {
            wrong.push(format!("{what}: found {found:?}, expected {expected:?}"));
        }
    };
    if let Some(expected) = case.get("people") {
        compare("people", names.people.iter().map(shown).collect(), expected);
    }
    for (words, expected) in entries(case, "mentions") {
        let found = referents(&names, occurrence(&document.text, words));
        compare(words, found, expected);
    }
    for (words, expected) in entries(case, "parties") {
        let at = head(&trees, occurrence(&document.text, words));
        compare(words, short(resolver.parties(at)), expected);
    }
    for (words, expected) in entries(case, "holders") {
        let at = head(&trees, occurrence(&document.text, words));
        compare(words, short(resolver.holders(at)), expected);
    }
    wrong
}

fn entries<'a>(case: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    case.get(key)
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
}

fn occurrence(text: &str, words: &str) -> Span {
    let (words, nth) = match words.split_once('#') {
        Some((words, nth)) => (words, nth.parse().unwrap()),
        None => (words, 1),
    };
    let bounded = |start: &usize| {
        let letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        !letter(text[..*start].chars().next_back())
            && !letter(text[start + words.len()..].chars().next())
    };
    let start = text
        .match_indices(words)
        .map(|(start, _)| start)
        .filter(bounded)
        .nth(nth - 1)
        .unwrap_or_else(|| panic!("`{words}` does not stand in `{text}`"));
    Span::new(start, start + words.len())
}

/// The token of these words, in the deepest unit, that the others hang on.
fn head(trees: &Trees, span: Span) -> TokenId {
    let (unit, tree) = trees
        .units
        .iter()
        .enumerate()
        .rev()
        .find(|(_, tree)| tree.unit.span.contains(span))
        .unwrap();
    let inside = |token: &usize| span.contains(tree.span(*token));
    let token = (0..tree.tokens.len())
        .filter(inside)
        .find(|token| {
            let head = tree.tokens[*token].head;
            head == *token || !inside(&head)
        })
        .unwrap();
    TokenId { unit, token }
}

fn shown(person: &Person) -> String {
    let offices: Vec<String> = person
        .offices
        .iter()
        .map(|office| {
            let mut line = office.title.clone();
            if let Some(of) = &office.of {
                line += &format!(" of {of}");
            }
            if let Some(to) = &office.to {
                line += &format!(" to {to}");
            }
            line
        })
        .collect();
    let side = person.side.as_deref().unwrap_or("-");
    format!("{} | {} | {side}", person.name, offices.join("; "))
}

fn referents(names: &Names, span: Span) -> Vec<String> {
    let mut lines: Vec<String> = names
        .mentions
        .iter()
        .filter(|mention| mention.span == span)
        .map(|mention| match &mention.referent {
            Referent::State { id, form } => format!("{form:?} {id}"),
            Referent::Organisation { id } => format!("Organisation {id}"),
            Referent::Company { id, .. } => format!("Company {id}"),
            Referent::Person { person } => format!("Person {}", names.people[*person].name),
            Referent::Office { title, person, .. } => {
                let bearer = person.map_or("-", |person| &names.people[person].name);
                format!("Office {title}: {bearer}")
            }
            Referent::Issue { key } => format!("Issue {key}"),
            Referent::Place { name, .. } => format!("Place {name}"),
            Referent::Agent { noun, .. } => format!("Agent {noun}"),
            Referent::Outlet { name } => format!("Outlet {name}"),
        })
        .collect();
    lines.dedup();
    lines
}

fn short(parties: Vec<Party>) -> Vec<String> {
    parties
        .into_iter()
        .map(|party| {
            let kind = match party.party_type {
                PartyType::State => String::new(),
                other => format!("{other:?} "),
            };
            let person = party
                .person
                .filter(|person| person.id != party.id)
                .map(|person| format!(" ({})", person.name))
                .unwrap_or_default();
            format!("{kind}{}{person}", party.id)
        })
        .collect()
}
