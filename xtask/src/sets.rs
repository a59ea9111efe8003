//! `cargo xtask sets`: the stories of `tests/sets` and the seeds, coded and fused, held against gold's things.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;
use verbale::eval::{
    Clusters, Placed, SetRow, Story, Verdict, homes, is_held_out, match_rows, placed,
    read_expectations, read_gold, read_rows,
};
use verbale::fuse::{DocumentInfo, FusionRules, copy_groups, fuse};
use verbale::pipeline::{Language, code_document};
use verbale::record::{Fact, Record, word};
use verbale_parse::Parser;
use verbale_read::{Document, Options as ReadOptions, Span, read_text};

use crate::options::Options;
use crate::{gold, parallel};

/// Texts after coding and fusing.
struct Fused {
    facts: Vec<Fact>,
    records: Vec<Record>,
    groups: BTreeMap<String, String>,
}

/// Prints the figures. Misses are shown of stories that may be looked at.
pub fn run(options: &Options) -> Result<()> {
    let held = options.has("--held");
    let language = &crate::language()?;
    let rules = &FusionRules::load(&crate::data()?).map_err(|error| anyhow!("{error}"))?;
    let (mut all, mut by_kind) = (Vec::new(), Vec::new());
    let (mut rows, mut counts) = (0, [0; 3]);
    for folder in gold::files(&crate::root().join("tests/sets"))? {
        let name = file_name(&folder);
        if !folder.is_dir() || is_held_out(&name) != held {
            continue;
        }
        let texts = texts(&folder)?;
        let read = |file: &str| fs::read_to_string(folder.join(file));
        let of_gold = read_rows(&read("gold.tsv").with_context(|| name.clone())?, &texts)
            .map_err(|error| anyhow!("{name}/gold.tsv: {error}"))?;
        let fused = fused(&texts, language, rules)?;
        let matched = match_rows(&of_gold, &fused.facts);
        let of_story = |by_kind| -> Vec<Placed> {
            let mut found = placed(&of_gold, &fused.facts, &fused.records, &matched, by_kind);
            found
                .iter_mut()
                .for_each(|one| one.thing.insert_str(0, &format!("{name} ")));
            found
                .iter_mut()
                .for_each(|one| one.record.insert_str(0, &format!("{name} ")));
            found
        };
        let story = of_story(false);
        if options.has("--misses") && !held {
            figures(&name, of_gold.len(), &story);
            misses(&of_gold, &fused, &matched);
        }
        rows += of_gold.len();
        all.extend(story);
        by_kind.extend(of_story(true));
        let story = Story {
            rows: &of_gold,
            facts: &fused.facts,
            records: &fused.records,
            matched: &matched,
            groups: &fused.groups,
        };
        let expected = match read("expect.toml") {
            Ok(text) => read_expectations(&text).map_err(|error| anyhow!("{name}: {error}"))?,
            Err(_) => Vec::new(),
        };
        for expected in &expected {
            let verdict = story.judge(expected);
            counts[match &verdict {
                Verdict::Held => 0,
                Verdict::Failed(_) => 1,
                Verdict::Untestable => 2,
            }] += 1;
            if let (Verdict::Failed(how), false) = (verdict, held) {
                println!("  {name} {}: {} ({how})", expected.id, expected.why);
            }
        }
    }
    figures(if held { "held out" } else { "dev" }, rows, &all);
    figures("  things split by kind of record", rows, &by_kind);
    let [held, failed, untestable] = counts;
    println!("expectations: {held} held, {failed} failed, {untestable} not testable");
    if let Some(shared) = crate::shared() {
        seeds(
            &shared.join("seeds"),
            language,
            rules,
            options.has("--misses"),
        )?;
    }
    Ok(())
}

/// The second half of each writer's stories is not looked at.
fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn texts(folder: &Path) -> Result<BTreeMap<String, String>> {
    gold::files(folder)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("{}: cannot be read", path.display()))?;
            Ok((file_name(&path), text))
        })
        .collect()
}

fn fused(
    texts: &BTreeMap<String, String>,
    language: &Language,
    rules: &FusionRules,
) -> Result<Fused> {
    let documents: Vec<Document> = texts
        .iter()
        .map(|(name, text)| Ok(read_text(text.as_bytes(), name, &ReadOptions::default())?.0))
        .collect::<Result<_>>()?;
    let readings = parallel::map(&documents, |document| {
        code_document(document, language, Parser::english())
    });
    let infos: Vec<DocumentInfo> = readings
        .iter()
        .map(|reading| DocumentInfo::of(&reading.document, rules))
        .collect();
    let facts: Vec<Fact> = readings
        .into_iter()
        .flat_map(|reading| reading.facts)
        .collect();
    let groups = copy_groups(&infos, rules);
    Ok(Fused {
        records: fuse(&facts, &infos, rules),
        groups: infos
            .iter()
            .map(|info| (info.name.clone(), groups[&info.id].clone()))
            .collect(),
        facts,
    })
}

fn figures(what: &str, rows: usize, placed: &[Placed]) {
    let found = Clusters::of(placed);
    println!(
        "{what}: {} of {rows} rows matched; B³ precision {:.3}, recall {:.3}, F1 {:.3}; false merges {:.3} ({} of {}), missed merges {:.3} ({} of {})",
        found.facts,
        found.precision,
        found.recall,
        found.f1(),
        found.false_merges.share(),
        found.false_merges.hits,
        found.false_merges.of,
        found.missed_merges.share(),
        found.missed_merges.hits,
        found.missed_merges.of,
    );
}

/// Things in several records, and records of several things.
fn misses(rows: &[SetRow], fused: &Fused, matched: &BTreeMap<usize, usize>) {
    let homes = homes(&fused.records);
    let mut things: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    let mut records: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for (&row, &fact) in matched {
        let (row, fact) = (&rows[row], &fused.facts[fact]);
        let Some(record) = homes.get(fact.id.as_str()) else {
            continue;
        };
        let sides = |parties: &[verbale::record::Party]| -> String {
            let ids: Vec<&str> = parties.iter().map(|party| party.side()).collect();
            ids.join("+")
        };
        let line = format!(
            "{} {}/{} {} {}>{} {}{} [{}] “{}”",
            row.document.chars().take(3).collect::<String>(),
            word(&record.kind),
            record
                .event_type
                .map_or_else(String::new, |sort| word(&sort)),
            word(&fact.modality),
            sides(&fact.actor),
            sides(&fact.recipient),
            if fact.negated { "not " } else { "" },
            fact.about.join("|"),
            fact.date.edtf,
            fact.quote.split_whitespace().collect::<Vec<_>>().join(" "),
        );
        let entry = things.entry(&row.cluster).or_default();
        entry.entry(&record.id).or_default().push(line.clone());
        let entry = records.entry(&record.id).or_default();
        entry.entry(&row.cluster).or_default().push(line);
    }
    for (title, lists) in [("MISSED", things), ("FALSE", records)] {
        for (name, parts) in lists.iter().filter(|(_, parts)| parts.len() > 1) {
            println!("  {title} {name}");
            for (part, lines) in parts {
                println!("    {part}");
                lines.iter().for_each(|line| println!("      {line}"));
            }
        }
    }
}

/// The clusters of the seeds' gold, which know no kinds: what stands in records of two kinds is two things.
fn seeds(folder: &Path, language: &Language, rules: &FusionRules, show: bool) -> Result<()> {
    #[derive(Deserialize)]
    struct Cluster {
        cluster: String,
        facts: Vec<String>,
    }
    let read = |name: &str| {
        let path = folder.join("gold").join(name);
        fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))
    };
    let clusters: Vec<Cluster> = serde_json::from_str(&read("seeds_clusters.json")?)?;
    let facts = read_gold(&read("seeds_gold.jsonl")?)?;
    let rows: Vec<SetRow> = clusters
        .iter()
        .flat_map(|cluster| cluster.facts.iter().map(move |id| (&cluster.cluster, id)))
        .filter_map(|(cluster, id)| {
            let fact = facts.iter().find(|fact| fact.id == *id)?;
            Some(SetRow {
                document: fact.seed.clone(),
                cluster: cluster.clone(),
                kind: fact.contract_kind?,
                states: fact.states.iter().cloned().collect(),
                span: Span::new(fact.byte_start, fact.byte_end),
                quote: fact.quote.clone(),
            })
        })
        .collect();
    let fused = fused(&texts(folder)?, language, rules)?;
    let matched = match_rows(&rows, &fused.facts);
    if show {
        misses(&rows, &fused, &matched);
    }
    let placed = placed(&rows, &fused.facts, &fused.records, &matched, true);
    figures("seeds", rows.len(), &placed);
    Ok(())
}
