//! Given the spans of gold facts, are the right states found? Prints every miss and the share of hits.
//!
//! `cargo run --release -p verbale --example parties_on_gold GOLD.jsonl TEXTS_DIR [--names]`

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;
use verbale::lexicon::Lexicon;
use verbale::names::names;
use verbale::parse::{TokenId, Trees, parse};
use verbale::record::Party;
use verbale::resolve::Resolver;
use verbale::segment::segment;
use verbale::voices::voices;
use verbale_parse::Parser;
use verbale_read::{Options, Span, read_text};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [gold, texts, ..] = arguments.as_slice() else {
        eprintln!("usage: parties_on_gold GOLD.jsonl TEXTS_DIR [--names]");
        std::process::exit(2);
    };
    let show_names = arguments.iter().any(|argument| argument == "--names");
    let gold = fs::read_to_string(gold).expect("the gold file can be read");
    let facts: Vec<Value> = gold
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of the gold is JSON"))
        .collect();
    let mut files: Vec<&str> = facts
        .iter()
        .filter_map(|fact| fact["seed"].as_str())
        .collect();
    files.sort_unstable();
    files.dedup();
    let (mut hits, mut all) = (0, 0);
    for file in files {
        let bytes = fs::read(Path::new(texts).join(file)).expect("a text of the gold can be read");
        let (document, _) =
            read_text(&bytes, file, &Options::default()).expect("a text of the gold is a text");
        let segments = segment(&document);
        let trees = parse(Parser::english(), &segments);
        let lexicon = Lexicon::embedded();
        let names = names(&document, &segments, &trees, lexicon);
        let voices = voices(&document, &segments, &trees, &names, lexicon);
        let resolver = Resolver::new(&document, &trees, &names, &voices, lexicon);
        if show_names {
            println!("== {file}");
            for person in &names.people {
                println!(
                    "{} side {:?} official {:?}",
                    person.name, person.side, person.official
                );
                for office in &person.offices {
                    println!(
                        "    {} of {:?} to {:?} “{}”",
                        office.title, office.of, office.to, office.text
                    );
                }
            }
            for mention in &names.mentions {
                println!(
                    "  {} {:?}",
                    mention.span.of(&document.text),
                    mention.referent
                );
            }
        }
        for fact in facts
            .iter()
            .filter(|fact| fact["seed"] == file && is_core(fact))
        {
            let span = Span::new(offset(fact, "byte_start"), offset(fact, "byte_end"));
            let kind = fact["contract_kind"].as_str().unwrap_or_default();
            let expected: BTreeSet<String> = fact["states"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|state| state.as_str().map(str::to_owned))
                .collect();
            let found = states_in(&resolver, &trees, span, kind);
            all += 1;
            if found == expected {
                hits += 1;
            } else {
                println!(
                    "{} {kind}: expected {expected:?}, found {found:?}\n    {}",
                    fact["id"].as_str().unwrap_or_default(),
                    span.of(&document.text)
                );
            }
        }
    }
    println!(
        "{hits} of {all} = {:.3}",
        f64::from(hits) / f64::from(all.max(1))
    );
}

fn is_core(fact: &Value) -> bool {
    fact["core"] == true
        && fact["dup_of"].is_null()
        && !fact["contract_kind"].is_null()
        && fact["contract_kind"] != "claim"
}

fn offset(fact: &Value, key: &str) -> usize {
    fact[key].as_u64().expect("the gold has offsets") as usize
}

/// Prepositions of circumstances: what stands under them is no party.
const CIRCUMSTANCE: [&str; 7] = ["during", "over", "because", "in", "on", "regarding", "at"];

/// The states of all parties in a span, with those that it leaves out.
fn states_in(resolver: &Resolver, trees: &Trees, span: Span, kind: &str) -> BTreeSet<String> {
    let mut parties: Vec<Party> = Vec::new();
    let mut last = None;
    for (unit, tree) in trees.units.iter().enumerate() {
        for token in 0..tree.tokens.len() {
            let here = tree.span(token);
            let deepest = !trees.units[unit + 1..]
                .iter()
                .any(|other| other.unit.span.contains(here));
            if !span.contains(here) || !deepest {
                continue;
            }
            let at = TokenId { unit, token };
            last.get_or_insert(at);
            let mut up = token;
            let mut circumstance = false;
            while tree.tokens[up].head != up && span.contains(tree.span(tree.tokens[up].head)) {
                up = tree.tokens[up].head;
                circumstance |= CIRCUMSTANCE.contains(&tree.tokens[up].norm.as_str());
            }
            if !circumstance || kind == "figure" || kind == "transfer" {
                parties.extend(resolver.parties(at));
            }
        }
    }
    if let Some(at) = last
        && !["role", "figure"].contains(&kind)
    {
        parties.extend(resolver.missing(&parties.clone(), at));
    }
    parties
        .iter()
        .filter_map(|party| resolver.state_of(party))
        .collect()
}
