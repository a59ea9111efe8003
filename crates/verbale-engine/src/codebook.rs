//! The codebook: what each event type and mode takes and what it does not, as the tables of codes, our words for them and the
//! rules have it.

use serde::Serialize;
use verbale::data::Data;
use verbale::record::word;
use verbale::rules::Rules;

use crate::{Error, Result};

/// What holds for all types.
pub const ALL_TYPES: &str = "\
An act that is promised, planned or considered is AGREE where the deed would be CONSULT, SUPPORT, COOPERATE or AID, and CONCEDE where it
would be RETREAT; conflict keeps its type. What is denied keeps its type and is `negated`; refusing is REJECT.";

/// An event type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypeEntry {
    /// PLOVER's name.
    #[serde(rename = "type")]
    pub name: String,
    /// Quad class, 1 to 4.
    pub quad: String,
    /// PLOVER's score, −10 to 10.
    pub plover_score: String,
    /// Whether an event of this type needs a recipient.
    pub recipient_required: bool,
    /// What it takes.
    pub takes: String,
    /// What looks like it and is coded elsewhere.
    pub not: String,
    /// CAMEO codes that lead to it.
    pub codes: Vec<CodeEntry>,
    /// Ids of the rules that yield it.
    pub rules: Vec<String>,
    /// Its modes.
    pub modes: Vec<ModeEntry>,
}

/// A CAMEO code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeEntry {
    /// Two to four digits.
    pub code: String,
    /// Our words for it.
    pub label: String,
    /// Goldstein score as GDELT prints it.
    pub goldstein: String,
}

/// A mode of an event type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModeEntry {
    /// PLOVER's name.
    pub mode: String,
    /// What it takes.
    pub takes: String,
    /// What it does not.
    pub not: String,
    /// PLOVER's score of the type in this mode; empty where that of the type holds.
    pub plover_score: String,
    /// CAMEO codes that lead to it; rules may name it without one.
    pub codes: Vec<CodeEntry>,
}

/// All types in order of quad class and name. An error names the table and what it lacks.
pub fn codebook(data: &Data, rules: &Rules) -> Result<Vec<TypeEntry>> {
    let definitions = rows::<4>(data, "ontology/definitions.tsv")?;
    let types = rows::<4>(data, "ontology/plover_types.tsv")?;
    let modes = rows::<3>(data, "ontology/plover_modes.tsv")?;
    let codes = rows::<7>(data, "ontology/cameo.tsv")?;
    let words = |name: &str, mode: &str| {
        definitions
            .iter()
            .find(|row| row[0] == name && row[1] == mode)
            .map(|row| (row[2].to_owned(), row[3].to_owned()))
            .ok_or_else(|| {
                Error::Data(format!(
                    "ontology/definitions.tsv: no words for {name} {mode}; add a row"
                ))
            })
    };
    let mut ordered: Vec<&[&str; 4]> = types.iter().collect();
    ordered.sort_by_key(|row| (row[1], row[0]));
    ordered
        .into_iter()
        .map(|&[name, quad, required, score]| {
            let own: Vec<&[&str; 7]> = codes.iter().filter(|row| row[2] == name).collect();
            let (takes, not) = words(name, "")?;
            Ok(TypeEntry {
                name: name.into(),
                quad: quad.into(),
                plover_score: score.into(),
                recipient_required: required == "yes",
                takes,
                not,
                codes: own.iter().map(|row| code(row)).collect(),
                rules: rules
                    .rules
                    .iter()
                    .filter(|rule| {
                        let yields = rule.yields.code.event_type;
                        yields.is_some_and(|event_type| word(&event_type) == name)
                    })
                    .map(|rule| rule.id.to_string())
                    .collect(),
                modes: modes
                    .iter()
                    .filter(|row| row[0] == name)
                    .map(|&[_, mode, score]| {
                        let (takes, not) = words(name, mode)?;
                        Ok(ModeEntry {
                            mode: mode.into(),
                            takes,
                            not,
                            plover_score: score.into(),
                            codes: own
                                .iter()
                                .filter(|row| row[3].split(';').any(|known| known == mode))
                                .map(|row| code(row))
                                .collect(),
                        })
                    })
                    .collect::<Result<_>>()?,
            })
        })
        .collect()
}

fn code(row: &[&str; 7]) -> CodeEntry {
    CodeEntry {
        code: row[0].into(),
        label: row[1].into(),
        goldstein: row[5].into(),
    }
}

/// Codes with label and score, on one line.
pub fn listed(codes: &[CodeEntry]) -> String {
    codes
        .iter()
        .map(|code| format!("{} {} ({})", code.code, code.label, code.goldstein))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The rows of a table below its header.
fn rows<'d, const N: usize>(data: &'d Data, file: &str) -> Result<Vec<[&'d str; N]>> {
    let text = data
        .get(file)
        .ok_or_else(|| Error::Data(format!("{file}: not in the data")))?;
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            cells.try_into().map_err(|cells: Vec<&str>| {
                Error::Data(format!(
                    "{file}: {N} columns are needed, {} are there: {line}",
                    cells.len()
                ))
            })
        })
        .collect()
}
