//! `cargo xtask check`: everything that has to hold before a change is handed over.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// A name, the arguments to cargo, and variables of its environment.
type Step = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

/// The compass on our own gold: a loss without a reason in the baseline is red.
const OWN: [&str; 7] = [
    "tests/gold/first",
    "--texts",
    "tests/gold/texts",
    "--prefix",
    "dev_",
    "--baseline",
    "tests/baseline/dev.ids",
];

/// Runs the whole check in the order of cheapness; stops at the first red step.
pub fn run() -> Result<()> {
    let steps: [Step; 6] = [
        ("format", &["fmt", "--all", "--check"], &[]),
        (
            "lint",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        ),
        ("test", &["test", "--workspace", "--locked"], &[]),
        (
            "data",
            &[
                "run",
                "--quiet",
                "--locked",
                "--package",
                "verbale-cli",
                "--",
                "check",
                "data",
            ],
            &[],
        ),
        (
            "mutants",
            &[
                "run",
                "--quiet",
                "--locked",
                "--package",
                "xtask",
                "--",
                "mutate",
                "--draws",
                "40",
                "--seed",
                "data",
            ],
            &[],
        ),
        (
            "docs",
            &[
                "doc",
                "--workspace",
                "--lib",
                "--no-deps",
                "--document-private-items",
                "--locked",
            ],
            &[(
                "RUSTDOCFLAGS",
                "-D warnings -A rustdoc::private_intra_doc_links",
            )],
        ),
    ];
    for (name, arguments, environment) in steps {
        let began = Instant::now();
        eprintln!("── {name}: cargo {}", arguments.join(" "));
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(crate::root())
            .status()
            .with_context(|| format!("could not start cargo for the step '{name}'"))?;
        if !status.success() {
            bail!("step '{name}' is red: cargo {}", arguments.join(" "));
        }
        eprintln!("── {name}: {:.0} s", began.elapsed().as_secs_f64());
    }
    compass()
}

/// Measures against each gold at hand and compares with its baseline.
fn compass() -> Result<()> {
    let mut gold: Vec<Vec<String>> = vec![OWN.iter().map(ToString::to_string).collect()];
    if let Some(shared) = crate::shared() {
        let path = |name: &str| shared.join(name).display().to_string();
        let baseline = |name: &str| {
            [
                "--baseline".to_owned(),
                format!("tests/baseline/{name}.ids"),
            ]
        };
        let seeds = [
            path("seeds/gold/seeds_gold.jsonl"),
            "--texts".to_owned(),
            path("seeds"),
        ];
        gold.push(seeds.into_iter().chain(baseline("seeds")).collect());
        let sentences = [path("eval/plv_dev.tsv")];
        gold.push(sentences.into_iter().chain(baseline("plv")).collect());
    }
    for arguments in gold {
        eprintln!("── compass: verbale eval {}", arguments.join(" "));
        let status = Command::new(env!("CARGO"))
            .args([
                "run",
                "--quiet",
                "--locked",
                "--package",
                "verbale-cli",
                "--",
                "eval",
            ])
            .args(["--format", "json"])
            .args(&arguments)
            // The figures are for people who ask; losses are told on the other channel.
            .stdout(Stdio::null())
            .current_dir(crate::root())
            .status()
            .context("could not start cargo for the compass")?;
        if !status.success() {
            bail!("the compass is red: verbale eval {}", arguments.join(" "));
        }
    }
    Ok(())
}
