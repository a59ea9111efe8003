//! `cargo xtask calibrate`: is a confidence of .8 right four times in five?
//!
//! Without options it measures the shipped program on the test texts, totals only, and draws `docs/reliability.svg`. With `--fit
//! JUDGED` it fits the maps of `data/lang/en/calibration.tsv` on the training texts: JUDGED holds what cross-validation
//! says of rules and scores (`train_scored --judge`), so that no model is judged on texts that taught it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use verbale::code::calibration::{FILE, OTHER_RULES};
use verbale::eval::evaluate;
use verbale::pipeline::code_document;
use verbale_parse::Parser;
use verbale_read::{Options as ReadOptions, read_text};

use crate::options::Options;
use crate::{gold, parallel};

/// Fewer facts than this share the map of all rules.
const OWN_MAP: usize = 60;

/// Bins of the plot and of the error.
const BINS: usize = 10;

/// One fact with what the gold says of it.
struct Judged {
    rule: String,
    confidence: f64,
    right: bool,
}

/// Measures, or fits.
pub fn run(options: &Options) -> Result<()> {
    if let Some(path) = options.path("--fit") {
        return fit(&path);
    }
    let judged = on_texts("test_")?;
    println!("origin      facts  right  confidence  expected calibration error");
    for (name, takes) in origins() {
        let some: Vec<&Judged> = judged.iter().filter(|one| takes(&one.rule)).collect();
        let mean = |value: &dyn Fn(&Judged) -> f64| {
            some.iter().map(|one| value(one)).sum::<f64>() / some.len().max(1) as f64
        };
        println!(
            "{name:<10} {:>6} {:>6.3} {:>11.3} {:>10.3}",
            some.len(),
            mean(&|one| f64::from(u8::from(one.right))),
            mean(&|one| one.confidence),
            error(&some)
        );
    }
    let all: Vec<&Judged> = judged.iter().collect();
    let path = crate::root().join("docs/reliability.svg");
    fs::write(&path, plot(&bins(&all)))
        .with_context(|| format!("{}: cannot be written", path.display()))
}

type Origin = (&'static str, fn(&str) -> bool);

fn origins() -> [Origin; 4] {
    [
        ("all", |_| true),
        ("rules", |rule| {
            !rule.starts_with("scored.") && !rule.starts_with("role.")
        }),
        ("offices", |rule| rule.starts_with("role.")),
        ("scored", |rule| rule.starts_with("scored.")),
    ]
}

/// Every fact of some texts that the gold calls right or wrong.
fn on_texts(prefix: &str) -> Result<Vec<Judged>> {
    let names = gold::names("first", &[prefix])?;
    let texts: Vec<_> = names
        .into_iter()
        .map(|name| Ok((gold::text(&name)?, gold::coding("first", &name)?, name)))
        .collect::<Result<_>>()?;
    let language = crate::language()?;
    let judged = parallel::map(&texts, |(text, gold, name)| {
        let options = ReadOptions {
            lang: Some("en".to_owned()),
            ..ReadOptions::default()
        };
        let (document, _) =
            read_text(text.as_bytes(), name, &options).expect("our own texts are readable");
        let facts = code_document(&document, &language, Parser::english()).facts;
        let verdicts = evaluate(gold, &facts).verdicts;
        facts
            .into_iter()
            .filter_map(|fact| {
                Some(Judged {
                    right: *verdicts.get(&fact.id)?,
                    rule: fact.rule,
                    confidence: fact.confidence,
                })
            })
            .collect::<Vec<_>>()
    });
    Ok(judged.into_iter().flatten().collect())
}

/// Of each bin: how many, their mean confidence, the share that is right.
fn bins(judged: &[&Judged]) -> Vec<(usize, f64, f64)> {
    let mut bins = vec![(0, 0.0, 0.0); BINS];
    for one in judged {
        let bin = &mut bins[((one.confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += one.confidence;
        bin.2 += f64::from(u8::from(one.right));
    }
    bins.into_iter()
        .map(|(count, confidence, right)| {
            let of = f64::from(count.max(1));
            (count as usize, confidence / of, right / of)
        })
        .collect()
}

/// Expected calibration error: how far share and confidence lie apart in a bin, weighed by its facts.
fn error(judged: &[&Judged]) -> f64 {
    let all = judged.len().max(1) as f64;
    bins(judged)
        .iter()
        .map(|(count, confidence, right)| *count as f64 / all * (confidence - right).abs())
        .sum()
}

/// The reliability plot: a dot for each bin, as large as it has facts; on the diagonal confidence is honest.
fn plot(bins: &[(usize, f64, f64)]) -> String {
    const SIDE: f64 = 300.0;
    const EDGE: f64 = 50.0;
    let across = |value: f64| EDGE + SIDE * value;
    let up = |value: f64| EDGE + SIDE * (1.0 - value);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 400\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n\
         <title>Confidence and share of right facts on the test texts</title>\n\
         <rect width=\"400\" height=\"400\" fill=\"white\"/>\n\
         <rect x=\"{EDGE}\" y=\"{EDGE}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" stroke=\"black\"/>\n\
         <line x1=\"{EDGE}\" y1=\"{0}\" x2=\"{0}\" y2=\"{EDGE}\" stroke=\"grey\" stroke-dasharray=\"4\"/>\n",
        EDGE + SIDE
    );
    for tick in [0.0, 0.5, 1.0] {
        svg += &format!(
            "<text x=\"{:.0}\" y=\"368\" text-anchor=\"middle\">{tick}</text><text x=\"42\" y=\"{:.0}\" text-anchor=\"end\">{tick}</text>\n",
            across(tick),
            up(tick) + 4.0
        );
    }
    svg += "<text x=\"200\" y=\"390\" text-anchor=\"middle\">confidence</text>\n<text x=\"16\" y=\"200\" text-anchor=\"middle\" transform=\"rotate(-90 16 200)\">share right</text>\n";
    for (count, confidence, right) in bins.iter().filter(|bin| bin.0 > 0) {
        svg += &format!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\"><title>{count} facts, confidence {confidence:.2}, right {right:.2}</title></circle>\n",
            across(*confidence),
            up(*right),
            1.5 + (*count as f64).sqrt() / 2.0
        );
    }
    svg + "</svg>\n"
}

/// Fits a map for each family that has enough facts, and one for all other rules.
fn fit(path: &Path) -> Result<()> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut families: BTreeMap<&str, Vec<(f64, bool)>> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [rule, confidence, right] = fields[..] else {
            anyhow::bail!("{}: three columns are needed", path.display());
        };
        let point = (confidence.parse()?, right == "1");
        let family = rule.split('.').next().unwrap_or_default();
        families.entry(family).or_default().push(point);
        if family != "scored" && family != "role" {
            families.entry(OTHER_RULES).or_default().push(point);
        }
    }
    let mut table = String::from(
        "# How often facts are right at a confidence, by family of rules; written by `cargo xtask calibrate --fit`, not by hand.\nfamily\tconfidence\tright\n",
    );
    for (family, points) in families {
        if points.len() < OWN_MAP {
            continue;
        }
        for (confidence, right) in isotonic(points) {
            writeln!(table, "{family}\t{confidence:.3}\t{right:.3}")?;
        }
    }
    let path = crate::root().join("data").join(FILE);
    fs::write(&path, table).with_context(|| format!("{}: cannot be written", path.display()))
}

/// Isotonic regression by pooling adjacent violators: the mean confidence and the share right of each pool. Shares are
/// drawn a little to the middle (one right and one wrong more), so that no pool claims certainty.
fn isotonic(mut points: Vec<(f64, bool)>) -> Vec<(f64, f64)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Sum of confidences, right ones, count.
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    let share = |pool: &(f64, f64, f64)| (pool.1 + 1.0) / (pool.2 + 2.0);
    for group in points.chunk_by(|a, b| a.0 == b.0) {
        let right = group.iter().filter(|(_, right)| *right).count() as f64;
        let of = group.len() as f64;
        pools.push((group[0].0 * of, right, of));
        while let [.., before, last] = &pools[..]
            && (share(before) >= share(last) || before.2 < 10.0)
        {
            let joined = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    pools
        .iter()
        .map(|pool| (pool.0 / pool.2, share(pool)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pools_rise() {
        let mut points = Vec::new();
        for (confidence, right, of) in [(0.2, 8, 20), (0.4, 4, 20), (0.8, 18, 20)] {
            points.extend((0..of).map(|at| (confidence, at < right)));
        }
        let map = isotonic(points);
        assert_eq!(map.len(), 2);
        assert!((map[0].0 - 0.3).abs() < 1e-9 && map[0].1 < map[1].1);
    }

    #[test]
    fn the_error_is_nought_where_confidence_is_honest() {
        let judged: Vec<Judged> = (0..10)
            .map(|at| Judged {
                rule: "aid.money".to_owned(),
                confidence: 0.5,
                right: at % 2 == 0,
            })
            .collect();
        assert!(error(&judged.iter().collect::<Vec<_>>()) < 1e-9);
    }
}
