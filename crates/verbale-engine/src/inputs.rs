//! From paths to readers: folders, standard input, and errors that name the file and the remedy.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use verbale_read::Format;

use crate::{Error, Result};

/// One input: its place, its name, and where its bytes come from. A file is opened when its turn comes.
#[derive(Debug)]
pub struct Input {
    /// Path as given, or `-`.
    pub place: String,
    /// File name; its ending tells the format.
    pub name: String,
    /// Where the bytes come from.
    pub source: Source,
    /// The format, if the name does not tell it.
    pub format: Option<Format>,
}

/// Where the bytes of an input come from.
#[derive(Debug)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// Nowhere: it cannot be read, and this is why.
    Nowhere(Error),
}

/// Which files of a folder are read. A file that is named itself is read whatever its name.
#[derive(Debug, Default)]
pub struct Chosen {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Chosen {
    /// Files that match one of `include`, by default those whose ending is of a format that is read, and none of `exclude`.
    /// A pattern without `/` is about file names, any other about the path below the folder.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Chosen> {
        Ok(Chosen {
            include: (!include.is_empty()).then(|| globs(include)).transpose()?,
            exclude: globs(exclude)?,
        })
    }

    fn takes(&self, below: &Path) -> bool {
        let matches = |globs: &GlobSet| {
            globs.is_match(below) || below.file_name().is_some_and(|name| globs.is_match(name))
        };
        let included = match &self.include {
            Some(globs) => matches(globs),
            None => below
                .file_name()
                .is_some_and(|name| Format::of_name(&name.to_string_lossy()).is_some()),
        };
        included && !matches(&self.exclude)
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let wrong = |error: globset::Error| {
        Error::Asked(format!(
            "{error}; a pattern is for example '*.html' or '2021/**'"
        ))
    };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        set.add(glob.map_err(wrong)?);
    }
    set.build().map_err(wrong)
}

/// Expands files, folders (recursively) and `-`, in order of path and each once, so that the order of the arguments leaves
/// no trace. Paths that cannot be read become inputs with an error.
pub fn expand(paths: &[PathBuf], chosen: &Chosen) -> Vec<Input> {
    let mut out = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            out.push(Input::from(path.clone(), Source::Stdin));
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, path, chosen, &mut out),
            Ok(_) => out.push(Input::file(path.clone())),
            Err(error) => out.push(Input::nowhere(path, &error)),
        }
    }
    out.sort_by(|a, b| Path::new(&a.place).cmp(Path::new(&b.place)));
    out.dedup_by(|a, b| a.place == b.place);
    out
}

fn walk(top: &Path, folder: &Path, chosen: &Chosen, out: &mut Vec<Input>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            out.push(Input::nowhere(folder, &error));
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
                walk(top, &path, chosen, out);
            }
        } else if chosen.takes(path.strip_prefix(top).unwrap_or(&path)) {
            out.push(Input::file(path));
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
    /// Bytes in memory, called by a label whose ending tells the format.
    pub fn bytes(place: impl Into<String>, bytes: Vec<u8>) -> Input {
        Input::from(PathBuf::from(place.into()), Source::Bytes(bytes))
    }

    fn file(path: PathBuf) -> Input {
        Input::from(path.clone(), Source::File(path))
    }

    fn nowhere(path: &Path, error: &std::io::Error) -> Input {
        Input::from(path.into(), Source::Nowhere(unreadable(path, error)))
    }

    fn from(path: PathBuf, source: Source) -> Input {
        let place = path.display().to_string();
        let name = match source {
            Source::Stdin => "stdin".into(),
            _ => path
                .file_name()
                .map_or_else(|| place.clone(), |name| name.to_string_lossy().into_owned()),
        };
        Input {
            place,
            name,
            source,
            format: None,
        }
    }

    /// How many bytes there are to read, if that is known before.
    pub fn size(&self) -> Option<u64> {
        match &self.source {
            Source::File(path) => fs::metadata(path).ok().map(|metadata| metadata.len()),
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Nowhere(_) => Some(0),
            Source::Stdin => None,
        }
    }

    /// Opens the input.
    pub fn open(self) -> Result<Box<dyn BufRead>> {
        Ok(match self.source {
            Source::File(path) => match File::open(&path) {
                Ok(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
                Err(error) => return Err(unreadable(&path, &error)),
            },
            Source::Stdin => Box::new(std::io::stdin().lock()),
            Source::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Source::Nowhere(error) => return Err(error),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(include: &[&str], exclude: &[&str], path: &str) -> bool {
        let owned = |words: &[&str]| {
            words
                .iter()
                .map(|&word| word.to_owned())
                .collect::<Vec<_>>()
        };
        Chosen::new(&owned(include), &owned(exclude))
            .unwrap()
            .takes(Path::new(path))
    }

    #[test]
    fn patterns() {
        assert!(takes(&[], &[], "2021/a.html.gz"));
        assert!(!takes(&[], &[], "2021/a.css"));
        assert!(takes(&["*.dump"], &[], "2021/a.dump"));
        assert!(!takes(&["*.dump"], &[], "2021/a.html"));
        assert!(takes(&["2021/**"], &["*.pdf"], "2021/05/a.txt"));
        assert!(!takes(&["2021/**"], &["*.pdf"], "2021/05/a.pdf"));
        assert!(!takes(&[], &["drafts/*"], "drafts/a.txt"));
    }
}
