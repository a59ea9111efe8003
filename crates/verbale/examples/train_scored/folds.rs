//! What the model says of sentences and texts that it has not learned from, each held out in turn.

use std::fmt::Write as _;
use std::path::Path;

use verbale::data::Data;
use verbale::eval::{Confusion, GoldFact, evaluate};

use crate::learning::{Instance, train};
use crate::texts::read;
use crate::{Paces, Questions, TYPES, Text, learn, with_models};

const FOLDS: usize = 5;

/// How well types of sentences are told, by the other sentences and the rows of the list.
pub fn sentences(sentences: &[Instance], rows: &[Instance], questions: &Questions, paces: Paces) {
    let mut confusion = Confusion::default();
    for fold in 0..FOLDS {
        let part = |held_out: bool| -> Vec<Instance> {
            sentences
                .iter()
                .enumerate()
                .filter(|(at, _)| (at % FOLDS == fold) == held_out)
                .map(|(_, sentence)| sentence.clone())
                .collect()
        };
        let others = [part(false), rows.to_vec()].concat();
        let scorer = train(&others, &questions.predication, paces.predication).scorer();
        for sentence in part(true) {
            let scores = scorer.score(&scorer.known(&sentence.features));
            let told = scorer.best(&scores, "type", |_| true).map(|best| best.0);
            confusion.count(sentence.labels[0].map(|label| TYPES[label]), told);
        }
    }
    println!(
        "own sentences, {FOLDS} folds: macro F1 {:.3}\n{}",
        confusion.macro_f1(),
        confusion.table()
    );
}

/// A line for each fact that the gold calls right or wrong: rule, confidence before calibration, 1 or 0.
pub fn texts(
    folder: &Path,
    gold: &[GoldFact],
    texts: &[Text],
    sentences: &[Instance],
    data: &Data,
    questions: &Questions,
    paces: Paces,
) -> String {
    // The maps are what is fitted on these lines.
    let data = data.clone().with(
        verbale::code::calibration::FILE,
        "family\tconfidence\tright\n",
    );
    let mut judged = String::new();
    for fold in 0..FOLDS {
        let in_fold = |at: usize| at % FOLDS == fold;
        let others = texts
            .iter()
            .enumerate()
            .filter(|(at, _)| !in_fold(*at))
            .map(|(_, text)| text);
        let (model, parties) = learn(others, sentences, questions, paces);
        let language = with_models(&data, &model, &parties);
        for (_, text) in texts.iter().enumerate().filter(|(at, _)| in_fold(*at)) {
            let bytes = std::fs::read(folder.join("texts").join(&text.file)).unwrap();
            let facts = read(&bytes, &text.file, &language).facts;
            let own: Vec<GoldFact> = gold
                .iter()
                .filter(|fact| fact.seed == text.file)
                .cloned()
                .collect();
            let verdicts = evaluate(&own, &facts).verdicts;
            for fact in &facts {
                if let Some(right) = verdicts.get(&fact.id) {
                    let right = u8::from(*right);
                    writeln!(judged, "{}\t{}\t{right}", fact.rule, fact.confidence).unwrap();
                }
            }
        }
        eprintln!("fold {} of {FOLDS}", fold + 1);
    }
    judged
}
