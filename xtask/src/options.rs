//! The options of the tasks: `--name value` and bare `--name`.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// What follows the task's name on the command line.
pub struct Options(Vec<String>);

impl Options {
    /// Takes the arguments as they are.
    pub fn new(arguments: &[String]) -> Options {
        Options(arguments.to_vec())
    }

    /// Whether the bare option is there.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|argument| argument == name)
    }

    /// The value after an option.
    pub fn value(&self, name: &str) -> Option<&str> {
        let place = self.0.iter().position(|argument| argument == name)?;
        self.0.get(place + 1).map(String::as_str)
    }

    /// The path after an option.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.value(name).map(PathBuf::from)
    }

    /// The whole number after an option.
    pub fn number(&self, name: &str) -> Result<Option<u64>> {
        self.value(name)
            .map(|value| {
                value
                    .parse()
                    .with_context(|| format!("{name} takes a whole number, not `{value}`"))
            })
            .transpose()
    }
}
