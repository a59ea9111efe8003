//! The desk before a browser: a session of work and the rules of accessibility, in Debian's Chromium.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::python::{run, work_folder};

/// Where the tests lie.
const TESTS: &str = "tests/desk";

/// Installs what the tests need and runs them against the program as it is now. The articles are not ours to publish:
/// without them (`VERBALE_SHARED=none`) the session is left out.
///
/// With `--screenshots` it takes the README's pictures instead; these are of our own articles.
pub fn desk(options: &Options) -> Result<()> {
    let pictures = options.has("--screenshots");
    if crate::shared().is_none() && !pictures {
        eprintln!("── desk: left out with the shared texts");
        return Ok(());
    }
    debian(&[
        ("chromium", "/usr/bin/chromium"),
        ("npm", "/usr/bin/npm"),
        ("poppler-utils", "/usr/bin/pdftotext"),
    ])?;
    let tests = crate::root().join(TESTS);
    let environment = work_folder()?.join("desk-python");
    let python = environment.join("bin/python");
    if !python.exists() {
        run(Command::new("python3")
            .args(["-m", "venv"])
            .arg(&environment))?;
    }
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "-r"])
        .arg(tests.join("requirements.txt")))?;
    run(Command::new("npm")
        .args(["ci", "--silent", "--no-audit", "--no-fund"])
        .current_dir(&tests))?;
    // With the features that the whole workspace has, as its tests build it: nothing is compiled twice.
    run(Command::new(env!("CARGO"))
        .args(["build", "--locked", "--workspace", "--bins"])
        .current_dir(crate::root()))?;
    let built = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| crate::root().join("target"), Into::into);
    let mut command = Command::new(&python);
    if pictures {
        command
            .arg(tests.join("screenshots.py"))
            .arg(crate::root().join("docs/images"));
    } else {
        command
            .args(["-m", "pytest", "--quiet", "--exitfirst", "--durations=5"])
            .arg(&tests);
    }
    run(command.env("VERBALE", built.join("debug/verbale")))
}

/// Debian's packages for what is missing.
fn debian(wanted: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|(_, file)| !Path::new(file).exists())
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    run(Command::new("apt-get").arg("update"))
        .and_then(|()| {
            run(Command::new("apt-get")
                .args(["install", "--yes", "--no-install-recommends"])
                .args(&missing))
        })
        .with_context(|| {
            format!(
                "the desk's tests need the Debian packages {}; install them, or run this as root",
                missing.join(" ")
            )
        })
}
