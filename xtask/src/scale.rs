//! `cargo xtask scale`: a store full of made-up news, and how long fusing, asking for a pair and adding one text take.
//!
//! Made-up texts have the facts of our own texts with other states, people, days and matters; states are drawn as news draws
//! them, a few of them most of the time. Every hundredth text is one of our own and really coded.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::Value;
use verbale::fuse::{DocumentInfo, fuse};
use verbale::record::Fact;
use verbale_engine::asked::Known;
use verbale_engine::{Engine, Findings, ask, ingest, inputs};
use verbale_read::{Appearance, Document, Options as ReadOptions, read_text};
use verbale_store::{Coding, FactFilter, NameCount, Run, Store};

use crate::bench_parse::seconds;
use crate::gold;
use crate::made::{Changes, Draw};
use crate::options::Options;

/// One of our own texts with what was found in it.
struct Template {
    document: Document,
    facts: Vec<Fact>,
    names: Vec<NameCount>,
}

/// Fills, measures, prints one row per measure.
pub fn run(options: &Options) -> Result<()> {
    let count = options.number("--documents")?.unwrap_or(10_000);
    let scratch = tempfile::tempdir()?;
    let path = options
        .path("--keep")
        .unwrap_or_else(|| scratch.path().join("scale.db"));
    let engine = Engine::load(None, None)?;
    let templates = templates(&engine)?;
    let mut store = Store::open(&path)?;
    let (text_bytes, filling) = timed(|| fill(&engine, &mut store, &templates, count))?;
    row("filling the store (not fused)", filling);
    let fused_alone = {
        let facts = store.facts(&FactFilter::default())?;
        let infos: Vec<DocumentInfo> = store
            .documents()?
            .iter()
            .map(|stored| DocumentInfo::of(&stored.document, &engine.fusion))
            .collect();
        timed(|| Ok(fuse(&facts, &infos, &engine.fusion).len()))?.1
    };
    row("fusing everything in memory", fused_alone);
    let (_, all) = timed(|| Ok(ingest::refresh_records(&engine, &mut store)?))?;
    row("fusing everything, read and written", all);
    let stats = store.stats()?;
    println!(
        "{} documents, {} facts, {} records; {:.0} bytes of text and {:.0} bytes of store per document",
        stats.documents,
        stats.facts,
        stats.records,
        text_bytes as f64 / stats.documents as f64,
        stats.bytes as f64 / stats.documents as f64,
    );
    for (what, pair) in [
        ("most told", [0, 1]),
        ("tenth and twentieth state", [9, 19]),
    ] {
        let states = states(&engine);
        let pair = pair.map(|at| states[at].clone());
        let (found, took) = timed(|| {
            let store = Store::open(&path)?;
            Ok(ask::dossier_of(&engine, &store, &pair)?)
        })?;
        row(
            &format!(
                "pair, {what}: {} texts, {} facts",
                found.head.texts, found.head.facts
            ),
            took,
        );
    }
    for at in [3, 50, 120] {
        let text = format!(
            "{}\n\nThe desk added a line of its own to text {at}.\n",
            templates[at % templates.len()].document.text
        );
        let place = scratch.path().join(format!("one-{at}.txt"));
        fs::write(&place, text)?;
        let (_, took) = timed(|| add(&engine, &mut store, &place))?;
        row("adding one text of ours", took);
    }
    for at in [count + 7, count + 8, count + 9] {
        let made = made(&templates, at, &states(&engine))?;
        put(&engine.run(), &mut store, &made)?;
        let (_, took) = timed(|| Ok(ingest::refresh_records(&engine, &mut store)?))?;
        row("records after one made-up text", took);
    }
    Ok(())
}

fn row(what: &str, took: Took) {
    println!("{:>9.3} s {:>9.3} s  {what}", took.work, took.clock);
}

/// Seconds of this thread's processor time, which the machine's other work does not lengthen, and of the clock.
struct Took {
    work: f64,
    clock: f64,
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Took)> {
    let (start, began) = (Instant::now(), seconds());
    let found = work()?;
    let took = Took {
        work: seconds() - began,
        clock: start.elapsed().as_secs_f64(),
    };
    Ok((found, took))
}

fn add(engine: &Engine, store: &mut Store, place: &Path) -> Result<()> {
    let inputs = inputs::expand(&[place.to_owned()], &inputs::Chosen::default());
    ingest::add(engine, store, inputs, &Known::default(), &|_| {})?;
    Ok(())
}

/// All states, in an order of our own that stands for how often news names them.
fn states(engine: &Engine) -> Vec<String> {
    let mut ids: Vec<String> = engine
        .language
        .lexicon
        .states
        .iter()
        .map(|state| state.id.clone())
        .collect();
    ids.sort();
    Draw::new(1).shuffle(&mut ids);
    ids
}

fn templates(engine: &Engine) -> Result<Vec<Template>> {
    let root = crate::root().join("tests");
    let mut paths: Vec<PathBuf> = gold::files(&root.join("gold/texts"))?;
    for folder in gold::files(&root.join("sets"))? {
        if folder.is_dir() {
            paths.extend(gold::files(&folder)?);
        }
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let documents: Vec<Document> = paths
        .iter()
        .map(|path| {
            let text =
                fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?;
            Ok(read_text(&text, "text", &ReadOptions::default())?.0)
        })
        .collect::<Result<_>>()?;
    Ok(engine
        .code_all(&documents)
        .into_iter()
        .map(|reading| Template {
            names: verbale_engine::engine::names(&reading),
            document: reading.document,
            facts: reading.facts,
        })
        .collect())
}

fn fill(engine: &Engine, store: &mut Store, templates: &[Template], count: u64) -> Result<usize> {
    let (states, run) = (states(engine), engine.run());
    let mut bytes = 0;
    for at in 0..count {
        if at % 100 == 99 {
            let template = &templates[at as usize / 100 % templates.len()];
            let text = format!(
                "{}\n\nLetter {at} came on the same day.\n",
                template.document.text
            );
            let (document, _) = read_text(
                text.as_bytes(),
                &format!("own-{at}.txt"),
                &ReadOptions::default(),
            )?;
            let reading = engine.code(&document);
            let found = Findings::of(engine, &reading);
            bytes += text.len();
            keep(&run, store, &reading.document, &found.coding())?;
            continue;
        }
        let made = made(templates, at, &states)?;
        bytes += made.document.text.len();
        put(&run, store, &made)?;
    }
    Ok(bytes)
}

fn put(run: &Run, store: &mut Store, made: &Template) -> Result<()> {
    let coding = Coding {
        frame_outlet: None,
        facts: &made.facts,
        names: &made.names,
        predicates: &[],
    };
    keep(run, store, &made.document, &coding)
}

fn keep(run: &Run, store: &mut Store, document: &Document, coding: &Coding) -> Result<()> {
    let appearance = Appearance {
        place: document.name.clone(),
        outlet: None,
    };
    store.put(document, "ok", &appearance, coding, run)?;
    Ok(())
}

/// A text with the facts of one of ours and everything else changed. One in thirty is a copy of the one before.
fn made(templates: &[Template], at: u64, states: &[String]) -> Result<Template> {
    let mut draw = Draw::new(if at % 30 == 7 { at - 1 } else { at });
    let template = &templates[draw.below(templates.len())];
    let mut changes = Changes::new(&mut draw, states, &format!("{at:016x}"));
    // Our own texts are written for their facts and have more of them than news has.
    let few: Vec<&Fact> = template.facts.iter().filter(|_| changes.keeps()).collect();
    for (number, fact) in few.iter().enumerate() {
        changes.fact(&fact.id, number);
    }
    let mut document: Value = serde_json::to_value(&template.document)?;
    let text = changes.text(&template.document.text);
    changes.apply(&mut document);
    document["id"] = format!("{at:016x}").into();
    document["name"] = format!("made-{at}.txt").into();
    document["text"] = text.into();
    document["furniture"] = Value::Array(Vec::new());
    let facts = few
        .into_iter()
        .map(|fact| {
            let mut value = serde_json::to_value(fact)?;
            changes.apply(&mut value);
            changes.matter(&mut value);
            Ok(serde_json::from_value(value)?)
        })
        .collect::<Result<_>>()?;
    let names = template
        .names
        .iter()
        .map(|name| NameCount {
            entity: changes.state(&name.entity),
            ..name.clone()
        })
        .collect();
    Ok(Template {
        document: serde_json::from_value(document)?,
        facts,
        names,
    })
}
