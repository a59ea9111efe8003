//! `cargo xtask check`: everything that has to hold before a change is handed over.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// A name, the arguments to cargo, and variables of its environment.
type Step = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

/// Runs the whole check in the order of cheapness; stops at the first red step.
pub fn run() -> Result<()> {
    let steps: [Step; 5] = [
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
    Ok(())
}
