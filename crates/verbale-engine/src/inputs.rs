//! From paths to bytes: folders, standard input, and errors that name the file and the remedy.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Endings that are read inside folders; a file named on the command line is read whatever its ending.
const ENDINGS: [&str; 4] = ["txt", "json", "jsonl", "ndjson"];

/// One input: its place and its bytes, or why it could not be read.
pub struct Input {
    /// Path as given, or `-`.
    pub place: String,
    /// File name.
    pub name: String,
    /// The bytes.
    pub bytes: Result<Vec<u8>>,
}

/// Expands files, folders (recursively) and `-`, in order of path and each once, so that the order of the arguments leaves
/// no trace. Paths that cannot be read become inputs with an error.
pub fn expand(paths: &[PathBuf]) -> Vec<PathOrError> {
    let mut out = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            out.push(Ok(path.clone()));
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut out),
            Ok(_) => out.push(Ok(path.clone())),
            Err(error) => out.push(Err((path.clone(), unreadable(path, &error)))),
        }
    }
    out.sort_by(|a, b| path_of(a).cmp(path_of(b)));
    out.dedup_by(|a, b| path_of(a) == path_of(b));
    out
}

fn path_of(input: &PathOrError) -> &Path {
    match input {
        Ok(path) | Err((path, _)) => path,
    }
}

/// A path to read, or a path with the reason why not.
pub type PathOrError = std::result::Result<PathBuf, (PathBuf, Error)>;

fn walk(folder: &Path, out: &mut Vec<PathOrError>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            out.push(Err((folder.into(), unreadable(folder, &error))));
            return;
        }
    };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        // A link to a folder is not followed: it may lead back up.
        let is_link =
            fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.file_type().is_symlink());
        if path.is_dir() {
            if !is_link {
                walk(&path, out);
            }
        } else if path.extension().is_some_and(|ending| {
            ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        }) {
            out.push(Ok(path));
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let remedy = match error.kind() {
        std::io::ErrorKind::NotFound => "check the spelling",
        std::io::ErrorKind::PermissionDenied => "give yourself the right to read it",
        _ => "check the path and its rights",
    };
    Error::Input(format!(
        "{}: cannot be read: {error}; {remedy}",
        path.display()
    ))
}

impl Input {
    /// The input of an expanded path: its bytes, or why there are none.
    pub fn of(path: PathOrError) -> Input {
        match path {
            Ok(path) => read(&path),
            Err((path, error)) => Input {
                place: path.display().to_string(),
                name: path.display().to_string(),
                bytes: Err(error),
            },
        }
    }
}

/// Reads one path.
pub fn read(path: &Path) -> Input {
    let place = path.display().to_string();
    let name = path
        .file_name()
        .map_or_else(|| place.clone(), |name| name.to_string_lossy().into_owned());
    let bytes = if place == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map(|_| bytes)
            .map_err(|error| Error::Input(format!("standard input cannot be read: {error}")))
    } else {
        fs::read(path).map_err(|error| unreadable(path, &error))
    };
    Input { place, name, bytes }
}
