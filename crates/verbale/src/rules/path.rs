//! Ways from a predication to words: a role, a role of the filler's own predication, the speaker.

use std::fmt;
use std::str::FromStr;

use crate::clause::RoleName;

/// A way from a predication to words: `agent`, `patient.topic` (the topic of the patient's own nominal predication),
/// `other:alongside` (a role brought by this preposition), `speaker`, `self`, `patient.earlier.recipient` (of what a sentence
/// before said of "these demands").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The steps, at least one.
    pub steps: Vec<Step>,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the fillers of a role, if `prep` is given only to those that this preposition brings.
    Role {
        /// The role.
        role: RoleName,
        /// The preposition.
        prep: Option<String>,
    },
    /// To the head of the predication itself.
    Itself,
    /// To the state that the innermost voice speaks for.
    Speaker,
    /// From words that take something up again to what a sentence before said of it.
    Earlier,
}

impl FromStr for Path {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let steps: Vec<Step> = text
            .split('.')
            .map(|step| match step {
                "self" => Ok(Step::Itself),
                "speaker" => Ok(Step::Speaker),
                "earlier" => Ok(Step::Earlier),
                _ => {
                    let (name, prep) = match step.split_once(':') {
                        Some((name, prep)) => (name, Some(prep.replace('_', " "))),
                        None => (step, None),
                    };
                    RoleName::named(name)
                        .map(|role| Step::Role { role, prep })
                        .ok_or_else(|| {
                            let known: Vec<&str> = RoleName::all().map(RoleName::name).collect();
                            format!(
                                "`{step}` is no role; roles are {}, self, speaker, earlier",
                                known.join(", ")
                            )
                        })
                }
            })
            .collect::<Result<_, _>>()?;
        Ok(Path { steps })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            match step {
                Step::Itself => f.write_str("self")?,
                Step::Speaker => f.write_str("speaker")?,
                Step::Earlier => f.write_str("earlier")?,
                Step::Role { role, prep } => {
                    f.write_str(role.name())?;
                    if let Some(prep) = prep {
                        write!(f, ":{}", prep.replace(' ', "_"))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Where a party comes from: the first of several ways that leads to one ("recipient|patient.agent").
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice(pub Vec<Path>);

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split('|')
            .map(|way| way.trim().parse())
            .collect::<Result<_, _>>()
            .map(Choice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_and_print_alike() {
        for text in [
            "agent",
            "patient.topic",
            "other:on_behalf_of",
            "patient:of.agent",
            "self",
            "speaker",
            "patient.earlier.content.agent",
        ] {
            assert_eq!(text.parse::<Path>().unwrap().to_string(), text);
        }
        assert!("agnet".parse::<Path>().unwrap_err().contains("agent"));
    }
}
