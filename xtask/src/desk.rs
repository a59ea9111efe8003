//! The desk before a browser: a session of work and the rules of accessibility, in Debian's Chromium.

use std::process::Command;

use anyhow::Result;

use crate::options::Options;
use crate::outside::{debian, program};
use crate::python::{run, work_folder};

/// Where the tests lie.
const TESTS: &str = "tests/desk";

/// Debian packages, and a command that succeeds where each is there.
const DEBIAN: [(&str, &[&str]); 4] = [
    ("chromium", &["chromium", "--version"]),
    ("npm", &["npm", "--version"]),
    ("poppler-utils", &["pdftotext", "-v"]),
    ("python3-venv", &["python3", "-c", "import ensurepip, venv"]),
];

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
    debian(&DEBIAN)?;
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
    let mut command = Command::new(&python);
    if pictures {
        command
            .arg(tests.join("screenshots.py"))
            .arg(crate::root().join("docs/images"));
    } else {
        command
            .args(["-m", "pytest", "--quiet", "--durations=5"])
            .arg(&tests);
    }
    run(command.env("VERBALE", program()?))
}
