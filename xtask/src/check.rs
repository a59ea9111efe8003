//! `cargo xtask check`: everything that has to hold before a change is handed over.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::python::run as done;
use crate::{desk, outside, package};

/// A name and what is done.
type Step = (&'static str, fn() -> Result<()>);

/// Runs the whole check in the order of cheapness; stops at the first red step.
pub fn run() -> Result<()> {
    let steps: [Step; 9] = [
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
