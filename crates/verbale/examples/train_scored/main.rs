//! Trains the scored model on the repository's own sentences and texts, and measures it.
//!
//! `cargo run --release -p verbale --example train_scored -- GOLD_DIR [--data DIR] [--train PREFIXES] [--test PREFIXES] [--out FILE]
//! [--cross] [--judge FILE] [--plv FILE] [--each] [--why] [--misses] [--epochs N] [--rate X] [--decay X] [--party-decay X]`

mod folds;
mod learning;
mod report;
mod rows;
mod sentences;
mod texts;

use std::path::Path;
use std::str::FromStr;

use verbale::code::score::{FILE, Question, who};
use verbale::data::Data;
use verbale::eval::GoldFact;
use verbale::pipeline::Language;

use crate::learning::{Instance, Pace, Weights, train};

const TYPES: [&str; 17] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "NONE",
];

/// One text as instances: of its predications, and of the candidates for parties.
struct Text {
    file: String,
    instances: Vec<Instance>,
    cast: Vec<Instance>,
}

/// What is asked of a predication, and what of a candidate.
struct Questions {
    predication: Vec<Question>,
    party: Vec<Question>,
}

/// How both models learn.
#[derive(Clone, Copy)]
struct Paces {
    predication: Pace,
    party: Pace,
}

fn at(list: &[&str], word: &str) -> Option<usize> {
    list.iter().position(|known| *known == word)
}

fn questions(codes: &[String]) -> Questions {
    let own = |list: &[&str]| list.iter().map(|word| word.to_string()).collect::<Vec<_>>();
    let yes = || own(&["no", "yes"]);
    let mut start = 0;
    let predication = [
        ("type", own(&TYPES)),
        ("code", codes.to_vec()),
        ("fact", yes()),
        ("fill", yes()),
        ("swap", yes()),
        ("mutual", yes()),
    ]
    .into_iter()
    .map(|(name, answers)| {
        let question = Question {
            name: name.into(),
            answers,
            start,
        };
        start += question.answers.len();
        question
    })
    .collect();
    let party = vec![Question {
        name: "party".into(),
        answers: own(&["none", "actor", "recipient"]),
        start: 0,
    }];
    Questions { predication, party }
}

/// Both models, from some texts and all sentences.
fn learn<'t>(
    texts: impl Iterator<Item = &'t Text> + Clone,
    sentences: &[Instance],
    questions: &Questions,
    paces: Paces,
) -> (Weights, Weights) {
    let mut instances: Vec<Instance> = texts
        .clone()
        .flat_map(|text| text.instances.clone())
        .collect();
    instances.extend_from_slice(sentences);
    let cast: Vec<Instance> = texts.flat_map(|text| text.cast.clone()).collect();
    (
        train(&instances, &questions.predication, paces.predication),
        train(&cast, &questions.party, paces.party),
    )
}

/// The language with these models in it.
fn with_models(data: &Data, model: &Weights, parties: &Weights) -> Language {
    let data = data
        .clone()
        .with(FILE, model.table())
        .with(who::FILE, parties.table());
    Language::load(&data).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

struct Options(Vec<String>);

impl Options {
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|argument| argument == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        let place = self.0.iter().position(|argument| argument == name)?;
        self.0.get(place + 1).map(String::as_str)
    }

    fn number<T: FromStr>(&self, name: &str, usual: T) -> T {
        self.value(name).map_or(usual, |text| {
            text.parse()
                .unwrap_or_else(|_| panic!("{name} takes a number, not `{text}`"))
        })
    }
}

fn main() {
    let options = Options(std::env::args().skip(1).collect());
    let folder = Path::new(options.0.first().expect("name the folder of the gold"));
    let train_on = options.value("--train").unwrap_or("train_");
    let test_on = options.value("--test").unwrap_or("dev_");
    let data = below(
        Path::new(options.value("--data").unwrap_or("data")),
        Data::embedded(),
    );
    // What rules say is a feature; what an earlier model says is none.
    let language = &Language::load(&data.clone().without(FILE).without(who::FILE))
        .unwrap_or_else(|errors| panic!("{}", errors[0]));
    let gold = texts::codings(folder, language);
    let (mut learned, mut held_out) = (vec![], vec![]);
    for facts in gold.chunk_by(|a, b| a.seed == b.seed) {
        let file = &facts[0].seed;
        let tests = is_of(file, test_on);
        if !tests && !is_of(file, train_on) {
            continue;
        }
        let bytes = std::fs::read(folder.join("texts").join(file)).unwrap();
        let reading = texts::read(&bytes, file, language);
        let mut cast = Vec::new();
        let facts: Vec<&GoldFact> = facts.iter().collect();
        let text = Text {
            file: file.clone(),
            instances: texts::of_text(&facts, &reading, language, &mut cast),
            cast,
        };
        if tests { &mut held_out } else { &mut learned }.push(text);
    }
    let sentences = sentences::instances(&folder.join("sentences"), language);
    let rows = rows::instances(&data);
    eprintln!(
        "{} texts to learn from, {} held out, {} sentences",
        learned.len(),
        held_out.len(),
        sentences.len()
    );
    let codes: Vec<String> = language.rules.scored.keys().cloned().collect();
    let questions = questions(&codes);
    let predication = Pace {
        epochs: options.number("--epochs", 15),
        rate: options.number("--rate", 0.02),
        decay: options.number("--decay", 5e-3),
    };
    let paces = Paces {
        predication,
        party: Pace {
            decay: options.number("--party-decay", predication.decay),
            ..predication
        },
    };
    if options.has("--cross") {
        folds::sentences(&sentences, &rows, &questions, paces);
    }
    let sentences = [sentences, rows].concat();
    if let Some(file) = options.value("--judge") {
        let judged = folds::texts(
            folder, &gold, &learned, &sentences, &data, &questions, paces,
        );
        std::fs::write(file, judged).unwrap();
        return;
    }
    let (model, parties) = learn(learned.iter(), &sentences, &questions, paces);
    report::questions(&model, held_out.iter().flat_map(|text| &text.instances));
    report::questions(&parties, held_out.iter().flat_map(|text| &text.cast));
    if let Some(file) = options.value("--plv") {
        report::roots(&options, &model.scorer(), file, language);
    }
    if let Some(out) = options.value("--out") {
        std::fs::write(out, model.table()).unwrap();
        std::fs::write(out.replace("scored", "scored_parties"), parties.table()).unwrap();
    }
    let full = with_models(&data, &model, &parties);
    let tested: Vec<GoldFact> = gold
        .iter()
        .filter(|fact| is_of(&fact.seed, test_on))
        .cloned()
        .collect();
    report::facts(&options, folder, &tested, &full);
}

/// Whether the name of a text begins with one of these prefixes.
fn is_of(file: &str, prefixes: &str) -> bool {
    prefixes.split(',').any(|prefix| file.starts_with(prefix))
}

/// The data folder as it stands on disk.
fn below(folder: &Path, mut data: Data) -> Data {
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if !name.ends_with(".md") {
                data = data.with(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    data
}
