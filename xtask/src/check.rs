//! `cargo xtask check`: everything that has to hold before a change is handed over.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::options::Options;
use crate::python::run as done;
use crate::{desk, outside, package};

/// A name and what is done.
type Step = (&'static str, fn() -> Result<()>);

/// Runs the whole check in the order of cheapness; stops at the first red step.
pub fn run() -> Result<()> {
    let steps: [Step; 10] = [
        ("format", || cargo(&["fmt", "--all", "--check"])),
        ("lint", || {
            cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--",
                "-D",
                "warnings",
            ])
        }),
        ("test", || cargo(&["test", "--workspace", "--locked"])),
        ("data", || {
            done(
                Command::new(outside::program()?)
                    .args(["check", "data"])
                    .current_dir(crate::root()),
            )
        }),
        ("eval", eval),
        ("docs", docs),
        ("crates", outside::deny),
        ("exports", outside::exports),
        ("python", package::test),
        ("desk", || desk::desk(&Options::new(&[]))),
    ];
    for (name, step) in steps {
        let began = Instant::now();
        eprintln!("── {name}");
        step().with_context(|| format!("step '{name}' is red"))?;
        eprintln!("── {name}: {:.0} s", began.elapsed().as_secs_f64());
    }
    Ok(())
}

fn cargo(arguments: &[&str]) -> Result<()> {
    done(
        Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(crate::root()),
    )
}

/// What was found when somebody last looked is found still, or its baseline says why not.
fn eval() -> Result<()> {
    let gold = "tests/gold/first";
    let texts = ["--texts", "tests/gold/texts", "--prefix", "dev_"];
    let program = outside::program()?;
    let held = |baseline, gold: &str, texts: &[&str]| held(&program, baseline, gold, texts);
    held("dev", gold, &texts)?;
    let Some(shared) = crate::shared() else {
        eprintln!("── eval: seeds and marked sentences are left out with the shared texts");
        return Ok(());
    };
    let path = |below: &str| shared.join(below).display().to_string();
    let seeds = path("seeds/gold/seeds_gold.jsonl");
    held("seeds", &seeds, &["--texts", &path("seeds")])?;
    held("plv", &path("eval/plv_dev.tsv"), &[])
}

/// Compares with a baseline; what an evaluation prints is of use only where something is lost.
fn held(program: &Path, baseline: &str, gold: &str, texts: &[&str]) -> Result<()> {
    let output = Command::new(program)
        .args(["--data", "data", "eval", gold])
        .args(texts)
        .args(["--baseline", &format!("tests/baseline/{baseline}.ids")])
        .current_dir(crate::root())
        .output()?;
    ensure!(
        output.status.success(),
        "{baseline}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn docs() -> Result<()> {
    let allowed = "-D warnings -A rustdoc::private_intra_doc_links";
    done(
        Command::new(env!("CARGO"))
            .args(["doc", "--workspace", "--lib", "--no-deps"])
            .args(["--document-private-items", "--locked"])
            .env("RUSTDOCFLAGS", allowed)
            .current_dir(crate::root()),
    )
}
