//! Given the spans of gold facts, do the states stand at the roles of a predication on these words? A bench for whoever
//! works on names, voices and resolution: it tells apart what no predication tells, what names nobody, others, or one side
//! only, and prints the cases of the classes asked for.
//!
//! `cargo run --release -p verbale --example parties_at_places GOLD.jsonl TEXTS_DIR [CLASSES]`

use std::collections::BTreeSet;
use verbale::code::{Context, Steps, score};
use verbale::eval::read_gold;
use verbale::pipeline::{Language, code_document};
use verbale::record::{Party, PartyType};
use verbale_parse::Parser;
use verbale_read::{Options, read_text};
fn states<'a>(ps: impl Iterator<Item = &'a Party>) -> BTreeSet<String> {
    ps.filter_map(|p| {
        if p.party_type == PartyType::State {
            Some(p.id.clone())
        } else {
            p.state.clone()
        }
    })
    .collect()
}
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let gold = read_gold(&std::fs::read_to_string(&a[0]).unwrap()).unwrap();
    let verbose = a.get(2).map(String::as_str).unwrap_or("");
    let mut files: Vec<&str> = gold.iter().map(|g| g.seed.as_str()).collect();
    files.dedup();
    let language = Language::embedded();
    let mut n = std::collections::BTreeMap::<String, usize>::new();
    for file in files {
        let bytes = std::fs::read(format!("{}/{}", a[1], file)).unwrap();
        let (document, _) = read_text(&bytes, file, &Options::default()).unwrap();
        let r = code_document(&document, language, Parser::english());
        let steps = Steps {
            document: &r.document,
            trees: &r.trees,
            names: &r.names,
            voices: &r.voices,
            predications: &r.predications,
        };
        let c = Context::new(
            steps,
            &language.lexicon,
            &language.clauses,
            &language.rules.classes,
        );
        let places = score::survey(&c, &language.rules);
        for g in gold.iter().filter(|g| g.seed == file && g.counts()) {
            let kind = format!("{:?}", g.contract_kind.unwrap());
            if kind == "Role" {
                continue;
            }
            let want: BTreeSet<String> = g.states.iter().cloned().collect();
            let mut best = 0; // 1 predication, 2 agent only subset..., 
            let mut lines = vec![];
            for (p, seen) in r.predications.iter().zip(&places) {
                let pl = &seen.places;
                let (s, e) = (p.span.start, p.span.end);
                let inside = g.byte_start <= s && e <= g.byte_end;
                let shared = e.min(g.byte_end).saturating_sub(s.max(g.byte_start));
                if !(inside || 2 * shared >= e - s && 2 * shared >= g.byte_end - g.byte_start) {
                    continue;
                }
                best = best.max(1);
                let agent = states(pl.agent.iter());
                let first = pl
                    .others
                    .iter()
                    .map(|(_, o)| states(o.iter()))
                    .find(|o| !o.is_empty())
                    .unwrap_or_default();
                let all: BTreeSet<String> = pl
                    .others
                    .iter()
                    .flat_map(|(_, o)| states(o.iter()))
                    .collect();
                let one: BTreeSet<String> = agent.union(&first).cloned().collect();
                let union: BTreeSet<String> = agent.union(&all).cloned().collect();
                if one == want {
                    best = best.max(5)
                } else if union == want
                    || agent == want
                    || pl.others.iter().any(|(_, o)| {
                        let o = states(o.iter());
                        o == want || agent.union(&o).cloned().collect::<BTreeSet<_>>() == want
                    })
                {
                    best = best.max(4)
                } else if !union.is_empty() && union.is_subset(&want) {
                    best = best.max(3)
                } else if !union.is_empty() {
                    best = best.max(2)
                }
                lines.push(format!(
                    "      {} agent {:?} others {:?} | {}",
                    p.lemma,
                    agent,
                    pl.others
                        .iter()
                        .map(|(n, o)| (n.name(), states(o.iter())))
                        .collect::<Vec<_>>(),
                    &r.document.text[s..e].replace('\n', " ")
                ));
            }
            let class = [
                "0 no predication",
                "1 nobody",
                "2 other parties",
                "3 a subset",
                "4 other role",
                "5 exact",
            ][best];
            *n.entry(class.into()).or_default() += 1;
            if verbose.contains(&best.to_string()) {
                println!(
                    "{class} {} {kind} {:?} {:?} “{}”",
                    g.id,
                    g.event_type,
                    g.states,
                    g.quote.replace('\n', " ")
                );
                for l in lines {
                    println!("{l}")
                }
            }
        }
    }
    println!("{n:#?}");
}
