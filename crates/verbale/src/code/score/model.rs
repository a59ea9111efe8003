//! A linear model in one table: a row of weights per feature, a column per answer.
//!
//! The table is text, so that it can be overridden like any list: a first line with the answers, then a line per
//! feature with a scale and one signed byte per answer, in hex. Rows that are numbered (`0` …) are those of the word
//! vectors. Sums are taken in the order of the rows, so that every machine gets the same numbers.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::features::{DENSE, Features};
use super::names::number;
use crate::data::{Data, DataError};

/// Path of the table in the data folder.
pub const FILE: &str = "lang/en/scored.tsv";

/// A question with its answers: a softmax over some columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// Its answers, in the order of the columns.
    pub answers: Vec<String>,
    /// First column.
    pub start: usize,
}

impl Question {
    fn columns(&self) -> Range<usize> {
        self.start..self.start + self.answers.len()
    }
}

/// The model.
#[derive(Debug, Clone, Default)]
pub struct Scorer {
    /// The questions, in the order of the columns.
    pub questions: Vec<Question>,
    columns: usize,
    /// By the numbers of their names.
    rows: FxHashMap<u64, usize>,
    dense: Vec<Option<usize>>,
    /// Of each question row after row: most predications are asked one question only, whose weights fit a cache.
    weights: Vec<Vec<f32>>,
    /// For each answer to `code` its column, and that of its type among the answers to `type`.
    joint: Vec<(usize, Option<usize>)>,
}

/// The rows of a model that features lead to, each with its factor.
#[derive(Debug, Clone)]
pub struct Known(Vec<(usize, f32)>);

/// What the model thinks of one predication: a share for each column.
#[derive(Debug, Clone)]
pub struct Scores(pub Vec<f32>);

impl Scorer {
    /// A model of these weights, row after row in the order of `rows`; for training and tests.
    pub fn new(questions: Vec<Question>, rows: Vec<String>, weights: Vec<f32>) -> Scorer {
        let columns = questions
            .iter()
            .map(|question| question.answers.len())
            .sum();
        let mut dense = vec![None; DENSE];
        let mut names = FxHashMap::default();
        for (at, name) in rows.into_iter().enumerate() {
            match name.parse::<usize>() {
                Ok(number) if number < DENSE => dense[number] = Some(at),
                _ => {
                    names.insert(number(&name), at);
                }
            }
        }
        let of_question = |question: &Question| {
            let columns_of = question.columns();
            let row = |row: &[f32]| row[columns_of.clone()].to_vec();
            weights.chunks_exact(columns).flat_map(row).collect()
        };
        Scorer {
            joint: joint(&questions),
            weights: questions.iter().map(of_question).collect(),
            questions,
            columns,
            rows: names,
            dense,
        }
    }

    /// Reads the table; `None` if the data have none.
    pub fn load(data: &Data, file: &str) -> Result<Option<Scorer>, DataError> {
        let Some(text) = data.get(file) else {
            return Ok(None);
        };
        let error = |line: usize, message: &str| DataError {
            file: file.to_owned(),
            line,
            message: format!("{message}; train the model anew, the table is not written by hand"),
        };
        let mut questions: Vec<Question> = Vec::new();
        let mut names = Vec::new();
        let mut weights = Vec::new();
        let mut columns = 0;
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let mut fields = line.split('\t');
            let first = fields.next().unwrap_or_default();
            if first == "question" {
                let name = fields
                    .next()
                    .ok_or_else(|| error(number, "a question without a name"))?;
                let answers: Vec<String> = fields.map(str::to_owned).collect();
                questions.push(Question {
                    name: name.to_owned(),
                    start: columns,
                    answers: answers.clone(),
                });
                columns += answers.len();
                continue;
            }
            let scale: f32 = fields
                .next()
                .and_then(|scale| scale.parse().ok())
                .ok_or_else(|| error(number, "a row without a scale"))?;
            let hex = fields.next().unwrap_or_default().as_bytes();
            if hex.len() != 2 * columns {
                return Err(error(number, "a row needs a byte per answer"));
            }
            for pair in hex.chunks_exact(2) {
                let (Some(high), Some(low)) = (nibble(pair[0]), nibble(pair[1])) else {
                    return Err(error(number, "a weight is no hexadecimal byte"));
                };
                weights.push(f32::from((high << 4 | low) as i8) * scale);
            }
            names.push(first.to_owned());
        }
        Ok(Some(Scorer::new(questions, names, weights)))
    }

    /// What the model knows of some features.
    pub fn known(&self, features: &Features) -> Known {
        let known = |number: &u64| self.rows.get(number).copied();
        let mut rows: Vec<usize> = features.names.numbers().iter().filter_map(known).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut rows: Vec<(usize, f32)> = rows.into_iter().map(|row| (row, 1.0)).collect();
        let dense = self.dense.iter().zip(&features.dense);
        rows.extend(dense.filter_map(|(row, &x)| (x != 0.0).then_some(((*row)?, x))));
        Known(rows)
    }

    /// The share of each answer to each question.
    pub fn score(&self, known: &Known) -> Scores {
        let mut sums = vec![0.0; self.columns];
        for (at, question) in self.questions.iter().enumerate() {
            let sums = &mut sums[question.columns()];
            self.add(at, known, sums);
            softmax(sums);
        }
        Scores(sums)
    }

    /// The share of one answer to one question, without weighing the others.
    pub fn alone(&self, known: &Known, question: &str, answer: &str) -> f32 {
        let found = self
            .questions
            .iter()
            .position(|other| other.name == question);
        let Some(at) = found else {
            return 0.0;
        };
        let answers = &self.questions[at].answers;
        let mut sums = vec![0.0; answers.len()];
        self.add(at, known, &mut sums);
        softmax(&mut sums);
        let at = answers.iter().position(|other| other == answer);
        at.map_or(0.0, |at| sums[at])
    }

    /// Adds the sums of a question.
    fn add(&self, question: usize, known: &Known, sums: &mut [f32]) {
        let weights = &self.weights[question];
        for &(row, by) in &known.0 {
            let weights = &weights[row * sums.len()..(row + 1) * sums.len()];
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += by * weight;
            }
        }
    }

    /// A question by name.
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.name == name)
    }

    /// The share of one answer; 0 for one that the model does not know.
    pub fn share(&self, scores: &Scores, question: &str, answer: &str) -> f32 {
        self.question(question)
            .and_then(|question| {
                let at = question.answers.iter().position(|known| known == answer)?;
                Some(scores.0[question.start + at])
            })
            .unwrap_or(0.0)
    }

    /// Each answer to `code` with its share, and the share of its type by the question that asks for the type alone.
    pub fn joint<'m>(&'m self, scores: &'m Scores) -> impl Iterator<Item = (&'m str, f32, f32)> {
        let answers = self.question("code").into_iter();
        let answers = answers.flat_map(|question| &question.answers);
        let share = |column: usize| scores.0[column];
        answers
            .zip(&self.joint)
            .map(move |(answer, &(code, of_type))| {
                (answer.as_str(), share(code), of_type.map_or(0.0, share))
            })
    }

    /// The likeliest answer to a question among those allowed, with its share.
    pub fn best<'m>(
        &'m self,
        scores: &Scores,
        question: &str,
        allowed: impl Fn(&str) -> bool,
    ) -> Option<(&'m str, f32)> {
        let question = self.question(question)?;
        let mut best: Option<(&str, f32)> = None;
        for (at, answer) in question
            .answers
            .iter()
            .enumerate()
            .filter(|(_, answer)| allowed(answer))
        {
            let share = scores.0[question.start + at];
            if best.is_none_or(|(_, known)| share > known) {
                best = Some((answer, share));
            }
        }
        best
    }
}

fn joint(questions: &[Question]) -> Vec<(usize, Option<usize>)> {
    let question = |name: &str| questions.iter().find(|question| question.name == name);
    let Some(code) = question("code") else {
        return Vec::new();
    };
    let column = |event_type: &str| {
        let question = question("type")?;
        let at = question
            .answers
            .iter()
            .position(|known| known == event_type)?;
        Some(question.start + at)
    };
    let answers = code.answers.iter().enumerate();
    answers
        .map(|(at, key)| {
            let event_type = key
                .split_once('.')
                .map_or("NONE", |(_, event_type)| event_type);
            (code.start + at, column(event_type))
        })
        .collect()
}

/// The value of a hexadecimal digit.
fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Sums to shares.
pub fn softmax(sums: &mut [f32]) {
    let top = sums.iter().copied().fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for sum in sums.iter_mut() {
        *sum = (*sum - top).exp();
        total += *sum;
    }
    for sum in sums {
        *sum /= total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "question\tfact\tno\tyes\nquestion\tswap\tno\tyes\nbias\t0.5\t000200fe\n7\t1\t00010000\n";

    fn data(table: &str) -> Data {
        Data::embedded().with(FILE, table)
    }

    #[test]
    fn shares_follow_the_weights() {
        let scorer = Scorer::load(&data(TABLE), FILE).unwrap().unwrap();
        let mut features = Features {
            dense: vec![0.0; DENSE],
            ..Features::default()
        };
        for name in ["bias", "unheard of", "bias"] {
            features.names.add(format_args!("{name}"));
        }
        let plain = scorer.share(&scorer.score(&scorer.known(&features)), "fact", "yes");
        assert!((plain - 0.731).abs() < 0.001, "{plain}");
        assert_eq!(scorer.alone(&scorer.known(&features), "fact", "yes"), plain);
        features.dense[7] = 1.0;
        assert!(scorer.share(&scorer.score(&scorer.known(&features)), "fact", "yes") > plain);
        let scores = scorer.score(&scorer.known(&features));
        assert_eq!(scorer.best(&scores, "swap", |_| true).unwrap().0, "no");
    }

    #[test]
    fn a_torn_table_is_an_error_with_its_line() {
        for (torn, line) in [
            (TABLE.replace("fe", "f"), 3),
            (TABLE.replace("00010000", "0001zz00"), 4),
            (TABLE.replace("\t0.5\t", "\t"), 3),
        ] {
            assert_eq!(Scorer::load(&data(&torn), FILE).unwrap_err().line, line);
        }
    }
}
