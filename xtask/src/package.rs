//! The Python package: built as a wheel, installed where nothing else is, and tested, on Spark too.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::outside::{debian, environment, own_folder, program};
use crate::python::run;

/// The package, and its tests.
const PACKAGE: &str = "crates/verbale-py";
const TESTS: &str = "tests/python";

/// A Debian package, and a command that succeeds where it is there. Spark runs on Java.
const DEBIAN: [(&str, &[&str]); 2] = [
    ("default-jre-headless", &["java", "-version"]),
    ("python3-venv", &["python3", "-c", "import ensurepip, venv"]),
];

/// Installs what is missing, builds the wheel and runs its tests.
pub fn test() -> Result<()> {
    debian(&DEBIAN)?;
    let tests = crate::root().join(TESTS);
    let python = environment("package", &tests.join("requirements.txt"))?;
    let program = program()?;
    let wheel = wheel(&python)?;
    alone(&wheel, &tests.join("clean.py"))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--no-deps"])
        .arg("--force-reinstall")
        .arg(&wheel))?;
    run(Command::new(&python)
        .args(["-m", "pytest", "--quiet", "--exitfirst", "--durations=5"])
        .args(["-p", "no:cacheprovider"])
        .arg(&tests)
        .env("VERBALE", program))
}

/// The wheel, of the profile and in the folder that this task was built in.
fn wheel(python: &Path) -> Result<PathBuf> {
    let folder = crate::root().join("target/outside/wheels");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("{}: cannot be emptied", folder.display()))?;
    }
    let own = own_folder()?;
    let profile = if own.ends_with("release") {
        "release"
    } else {
        "dev"
    };
    run(Command::new(python)
        .args(["-m", "maturin", "build", "--quiet", "--locked"])
        .args(["--profile", profile, "--manifest-path"])
        .arg(crate::root().join(PACKAGE).join("Cargo.toml"))
        .arg("--out")
        .arg(&folder)
        .env("CARGO_TARGET_DIR", own.parent().unwrap_or(&own)))?;
    let mut wheels = crate::gold::files(&folder)?;
    match (wheels.pop(), wheels.is_empty()) {
        (Some(wheel), true) => Ok(wheel),
        _ => bail!("{}: there should be one wheel", folder.display()),
    }
}

/// Installs the wheel into an environment with nothing else, and lets it work there.
fn alone(wheel: &Path, script: &Path) -> Result<()> {
    let folder = crate::root().join("target/outside/clean");
    let python = folder.join("bin/python");
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--no-index"])
        .arg(wheel))?;
    run(Command::new(&python).arg(script))
}
