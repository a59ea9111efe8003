//! Trains the scored model on the repository's own sentences and texts, and measures it.
//!
//! `cargo run --release -p verbale --example train_scored -- GOLD_DIR [--out FILE] [--plv FILE] [--train PREFIXES] [--test PREFIX]`

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use verbale::code::score::FILE;
use verbale::code::score::{
    DENSE, Features, Question, Scorer, Seen, key, see, softmax, survey, tied, who,
};
use verbale::code::{Context, Steps};
use verbale::data::Data;
use verbale::eval::{GoldFact, GoldParty, evaluate, read_coding, read_gold};
use verbale::pipeline::{Language, Reading, code_document};
use verbale::record::{Kind, Party, PartyType};
use verbale_parse::Parser;
use verbale_read::{Options, Span, read_text};

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
const YES: [&str; 2] = ["no", "yes"];

/// One predication with what is known of it; an answer per question.
struct Instance {
    features: Features,
    labels: [Option<usize>; 6],
    weight: f32,
}

fn questions(codes: &[String]) -> Vec<Question> {
    let mut start = 0;
    let own = |list: &[&str]| list.iter().map(|s| s.to_string()).collect::<Vec<_>>();
    [
        ("type", own(&TYPES)),
        ("code", codes.to_vec()),
        ("fact", own(&YES)),
        ("fill", own(&YES)),
        ("swap", own(&YES)),
        ("mutual", own(&YES)),
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
    .collect()
}

fn context<'a>(reading: &'a Reading, language: &'a Language) -> Context<'a> {
    let steps = Steps {
        document: &reading.document,
        trees: &reading.trees,
        names: &reading.names,
        voices: &reading.voices,
        predications: &reading.predications,
    };
    Context::new(
        steps,
        &language.lexicon,
        &language.clauses,
        &language.rules.classes,
    )
}

fn read(bytes: &[u8], name: &str, language: &Language) -> Reading {
    let (document, _) = read_text(
        bytes,
        name,
        &Options {
            lang: Some("en".into()),
            ..Options::default()
        },
    )
    .expect("a text");
    code_document(&document, language, Parser::english())
}

fn states<'a>(parties: impl Iterator<Item = &'a Party>) -> BTreeSet<String> {
    parties
        .filter_map(|p| {
            if p.party_type == PartyType::State {
                Some(p.id.clone())
            } else {
                p.state.clone()
            }
        })
        .collect()
}

/// The states that the places of a predication name: the agent's, and the first other that has any.
fn named(seen: &Seen) -> (BTreeSet<String>, BTreeSet<String>) {
    let agent = states(seen.places.agent.iter());
    let other = seen
        .places
        .others
        .iter()
        .map(|(_, p)| states(p.iter()))
        .find(|s| s.iter().any(|x| !agent.contains(x)))
        .unwrap_or_default();
    (agent.clone(), other.difference(&agent).cloned().collect())
}

/// The column of a kind with a type.
fn code(language: &Language, kind: &str, event_type: &str) -> Option<usize> {
    let wanted = key(kind, event_type);
    language
        .rules
        .scored
        .keys()
        .position(|known| *known == wanted)
}

fn at(list: &[&str], word: &str) -> Option<usize> {
    list.iter().position(|x| *x == word)
}

fn of_text(
    gold: &[&GoldFact],
    reading: &Reading,
    language: &Language,
    cast: &mut Vec<Instance>,
) -> Vec<Instance> {
    let context = context(reading, language);
    let seen = survey(&context, &language.rules);
    let mut labels: Vec<[Option<usize>; 6]> = seen
        .iter()
        .map(|_| [None, None, Some(0), None, None, None])
        .collect();
    let mut taken = BTreeSet::new();
    for fact in gold {
        let Some(kind) = fact.contract_kind else {
            continue;
        };
        if kind == Kind::Role {
            continue;
        }
        let quote = Span::new(fact.byte_start, fact.byte_end);
        let want: BTreeSet<String> = fact.states.iter().cloned().collect();
        let mut best: Option<(f64, usize)> = None;
        for (index, predication) in reading.predications.iter().enumerate() {
            let (s, e) = (predication.span.start, predication.span.end);
            let shared = e.min(quote.end).saturating_sub(s.max(quote.start)) as f64;
            let union = (e.max(quote.end) - s.min(quote.start)) as f64;
            let inside = quote.start <= s && e <= quote.end;
            let matches =
                inside || 2.0 * shared >= (e - s) as f64 && 2.0 * shared >= quote.len() as f64;
            if !matches {
                continue;
            }
            let (agent, other) = named(&seen[index]);
            let names: BTreeSet<String> = agent.union(&other).cloned().collect();
            let fit = if names == want {
                0.4
            } else if !names.is_empty() && names.is_subset(&want) {
                0.25
            } else if names.is_empty() {
                0.1
            } else {
                0.0
            };
            let score = shared / union + fit - if taken.contains(&index) { 0.3 } else { 0.0 };
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, index))
            }
        }
        let counts = fact.core;
        let Some((_, index)) = best else { continue };
        if taken.contains(&index) {
            continue;
        }
        for candidate in who::candidates(
            &context,
            index,
            &seen[index].places,
            &language.rules.predicates,
        ) {
            let among = |parties: &[GoldParty]| {
                parties
                    .iter()
                    .any(|party| party.id.as_deref() == Some(candidate.id.as_str()))
            };
            let label = if among(&fact.sources) {
                1
            } else {
                2 * usize::from(among(&fact.targets))
            };
            let mut labels = [None; 6];
            labels[0] = Some(label);
            cast.push(Instance {
                features: candidate.features,
                labels,
                weight: 1.0,
            });
        }
        if counts {
            taken.insert(index);
        }
        let label = &mut labels[index];
        let kind_word = format!("{kind:?}").to_lowercase();
        label[1] = match kind {
            Kind::Claim => code(language, "claim", "NONE"),
            _ => code(
                language,
                &kind_word,
                fact.event_type.as_deref().unwrap_or("NONE"),
            ),
        };
        // Rhetoric says nothing that counts; what is told again would.
        label[2] = match (counts, fact.dup_of.is_some() || kind != Kind::Claim) {
            (true, _) => Some(1),
            (false, true) => None,
            (false, false) => Some(0),
        };
        label[0] = fact
            .event_type
            .as_deref()
            .and_then(|t| at(&TYPES, t))
            .or(Some(16));
        let (agent, other) = named(&seen[index]);
        let names: BTreeSet<String> = agent.union(&other).cloned().collect();
        if names.len() < 2 && names.is_subset(&want) {
            label[3] = Some(usize::from(want.len() >= 2))
        }
        let mutual = fact.direction == "mutual";
        if want.len() >= 2 {
            label[5] = Some(usize::from(mutual))
        }
        if !mutual {
            let sources: BTreeSet<String> =
                fact.sources.iter().filter_map(|p| p.id.clone()).collect();
            let targets: BTreeSet<String> =
                fact.targets.iter().filter_map(|p| p.id.clone()).collect();
            if !agent.is_empty() {
                if agent.is_subset(&sources) {
                    label[4] = Some(0)
                } else if agent.is_subset(&targets) {
                    label[4] = Some(1)
                }
            } else if !other.is_empty() {
                if other.is_subset(&targets) {
                    label[4] = Some(0)
                } else if other.is_subset(&sources) {
                    label[4] = Some(1)
                }
            }
        }
    }
    seen.into_iter()
        .zip(labels)
        .map(|(seen, labels)| Instance {
            features: seen.features,
            labels,
            weight: 1.0,
        })
        .collect()
}

/// A sentence with its marks taken out: plain text, spans of actors and recipients.
fn unmarked(marked: &str) -> (String, Vec<Span>, Vec<Span>) {
    let (mut text, mut actors, mut recipients) = (String::new(), vec![], vec![]);
    let mut rest = marked;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find('}').expect("a mark is closed");
        let inner = &rest[open + 1..close];
        let (head, words) = inner.split_once('|').expect("a mark has words");
        let start = text.len();
        text.push_str(words);
        let span = Span::new(start, text.len());
        if head.starts_with('A') {
            actors.push(span)
        } else {
            recipients.push(span)
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, actors, recipients)
}

fn of_sentence(line: &str, language: &Language) -> Option<Instance> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [kind, event_type, _, _, marked] = fields[..] else {
        return None;
    };
    let (text, actors, recipients) = unmarked(marked);
    let reading = read(text.as_bytes(), "s", language);
    let context = context(&reading, language);
    let (_, index, link) = tied(&context, &actors, &recipients)?;
    let seen = see(&context, &language.rules, index, Some(link));
    let event_type = event_type.trim_start_matches('!');
    let none = event_type == "NONE";
    // Sentences call most things events; which of several kinds an act is they tell only where they say so.
    let kind = match (kind, event_type) {
        ("event", "AGREE") => "commitment",
        ("event", "COOPERATE") => "-",
        (kind, _) => kind,
    };
    let mut labels = [
        at(&TYPES, event_type),
        if none {
            None
        } else {
            code(language, kind, event_type)
        },
        none.then_some(0),
        None,
        None,
        None,
    ];
    let mutual = recipients.is_empty() && actors.len() >= 2;
    if !recipients.is_empty() || mutual {
        labels[5] = Some(usize::from(mutual))
    }
    if !mutual && !none {
        let role = |link: Option<verbale::clause::RoleName>| {
            link == Some(verbale::clause::RoleName::Agent)
        };
        if role(link.0) {
            labels[4] = Some(0)
        } else if role(link.1) {
            labels[4] = Some(1)
        }
    }
    Some(Instance {
        features: seen.features,
        labels,
        weight: 1.0,
    })
}

/// Stochastic descent with a step of its own for each weight (AdaGrad), in a fixed order.
fn train(
    instances: &[Instance],
    questions: &[Question],
    epochs: usize,
    rate: f32,
    decay: f32,
) -> (Vec<String>, Vec<f32>) {
    let columns: usize = questions.iter().map(|q| q.answers.len()).sum();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for instance in instances {
        for name in &instance.features.names {
            *counts.entry(name).or_default() += 1
        }
    }
    let mut names: Vec<String> = counts
        .iter()
        .filter(|(_, n)| **n >= 3)
        .map(|(name, _)| name.to_string())
        .collect();
    names.sort_unstable();
    let rows: HashMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at))
        .collect();
    let sparse: Vec<Vec<usize>> = instances
        .iter()
        .map(|i| {
            i.features
                .names
                .iter()
                .filter_map(|n| rows.get(n.as_str()).copied())
                .collect()
        })
        .collect();
    let total = names.len() + DENSE;
    let mut weights = vec![0.0_f32; total * columns];
    let mut squares = vec![1e-3_f32; total * columns];
    let mut order: Vec<usize> = (0..instances.len()).collect();
    let mut seed: u64 = 1;
    for epoch in 0..epochs {
        for at in (1..order.len()).rev() {
            seed = seed
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            order.swap(at, (seed >> 33) as usize % (at + 1));
        }
        let rate = rate / (1.0 + epoch as f32 * 0.1);
        for &at in &order {
            let instance = &instances[at];
            let mut sums = vec![0.0_f32; columns];
            for &row in &sparse[at] {
                for (sum, w) in sums.iter_mut().zip(&weights[row * columns..]) {
                    *sum += w
                }
            }
            for (d, &x) in instance.features.dense.iter().enumerate() {
                if x != 0.0 {
                    let row = names.len() + d;
                    for (sum, w) in sums
                        .iter_mut()
                        .zip(&weights[row * columns..(row + 1) * columns])
                    {
                        *sum += x * w
                    }
                }
            }
            let mut gradient = vec![0.0_f32; columns];
            for (question, label) in questions.iter().zip(&instance.labels) {
                let Some(label) = label else { continue };
                let range = question.start..question.start + question.answers.len();
                softmax(&mut sums[range.clone()]);
                for column in range {
                    gradient[column] = instance.weight
                        * (sums[column] - f32::from(u8::from(column == question.start + label)))
                }
            }
            let mut step = |row: usize, x: f32| {
                for (column, g) in gradient.iter().enumerate() {
                    if *g == 0.0 {
                        continue;
                    }
                    let k = row * columns + column;
                    let g = g * x + decay * weights[k];
                    squares[k] += g * g;
                    weights[k] -= rate * g / squares[k].sqrt();
                }
            };
            for &row in &sparse[at] {
                step(row, 1.0)
            }
            for (d, &x) in instance.features.dense.iter().enumerate() {
                if x != 0.0 {
                    step(names.len() + d, x)
                }
            }
        }
    }
    let mut all = names;
    all.extend((0..DENSE).map(|d| d.to_string()));
    (all, weights)
}

fn f1(pairs: &[(String, String)]) -> (f64, BTreeMap<String, f64>) {
    let classes: BTreeSet<&String> = pairs.iter().map(|(gold, _)| gold).collect();
    let mut each = BTreeMap::new();
    for class in classes {
        let tp = pairs
            .iter()
            .filter(|(g, p)| g == class && p == class)
            .count() as f64;
        let fp = pairs
            .iter()
            .filter(|(g, p)| g != class && p == class)
            .count() as f64;
        let fneg = pairs
            .iter()
            .filter(|(g, p)| g == class && p != class)
            .count() as f64;
        each.insert(
            class.clone(),
            if tp == 0.0 {
                0.0
            } else {
                2.0 * tp / (2.0 * tp + fp + fneg)
            },
        );
    }
    (each.values().sum::<f64>() / each.len() as f64, each)
}

fn quad(t: &str) -> &'static str {
    match t {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => "1",
        "COOPERATE" | "AID" | "RETREAT" | "YIELD" => "2",
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => "3",
        _ => "4",
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        arguments
            .iter()
            .position(|a| a == name)
            .map(|at| arguments[at + 1].clone())
    };
    let folder = Path::new(&arguments[0]);
    let train_on = option("--train").unwrap_or("train_".into());
    let test_on = option("--test").unwrap_or("dev_".into());
    let data = below(
        Path::new(&option("--data").unwrap_or("data".into())),
        Data::embedded(),
    );
    // What rules say is a feature; what an earlier model says is none.
    let language = &Language::load(&data.clone().without(FILE).without(who::FILE))
        .unwrap_or_else(|errors| panic!("{}", errors[0]));
    let mut gold = codings(folder, language);
    // Further gold, in the format of the seeds, with texts in the same folder.
    if let Some(more) = option("--gold") {
        gold.extend(read_gold(&std::fs::read_to_string(more).unwrap()).unwrap())
    }
    let mut files: Vec<&str> = gold.iter().map(|g| g.seed.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let (mut instances, mut held_out) = (vec![], vec![]);
    let (mut cast, mut cast_out) = (vec![], vec![]);
    for file in files {
        let trains = train_on.split(',').any(|p| file.starts_with(p));
        let tests = file.starts_with(&test_on);
        if !trains && !tests {
            continue;
        }
        let reading = read(
            &std::fs::read(folder.join("texts").join(file)).unwrap(),
            file,
            language,
        );
        let facts: Vec<&GoldFact> = gold.iter().filter(|g| g.seed == file).collect();
        let found = of_text(
            &facts,
            &reading,
            language,
            if tests { &mut cast_out } else { &mut cast },
        );
        if tests {
            held_out.extend(found)
        } else {
            instances.extend(found)
        }
    }
    eprintln!(
        "texts: {} for training, {} held out",
        instances.len(),
        held_out.len()
    );
    let mut paths: Vec<_> = std::fs::read_dir(folder.join("sentences"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| {
            p.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("train")
        })
        .collect();
    paths.sort();
    let mut sentences = vec![];
    for path in paths {
        for line in std::fs::read_to_string(&path)
            .unwrap()
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            sentences.extend(of_sentence(line, language));
        }
    }
    eprintln!("{} sentences", sentences.len());
    let codes: Vec<String> = language.rules.scored.keys().cloned().collect();
    let questions = questions(&codes);
    let (epochs, rate, decay) = (
        option("--epochs").map_or(15, |e| e.parse().unwrap()),
        option("--rate").map_or(0.02, |e| e.parse().unwrap()),
        option("--decay").map_or(5e-3, |e| e.parse().unwrap()),
    );
    // How well types of sentences are told, on sentences held out in turn.
    if arguments.iter().any(|a| a == "--cross") {
        let mut pairs = vec![];
        for fold in 0..5 {
            let (mut train_set, mut test_set) = (vec![], vec![]);
            for (n, s) in sentences.iter().enumerate() {
                let copy = Instance {
                    features: s.features.clone(),
                    labels: s.labels,
                    weight: s.weight,
                };
                if n % 5 == fold {
                    test_set.push(copy)
                } else {
                    train_set.push(copy)
                }
            }
            let (rows, weights) = train(&train_set, &questions, epochs, rate, decay);
            let scorer = Scorer::new(questions.clone(), rows, weights);
            for s in &test_set {
                let scores = scorer.score(&s.features);
                if arguments.iter().any(|a| a == "--show") && fold == 0 {
                    let b = scorer.best(&scores, "type", |_| true).unwrap();
                    println!(
                        "{} -> {} {:.2} {:?}",
                        TYPES[s.labels[0].unwrap()],
                        b.0,
                        b.1,
                        s.features
                            .names
                            .iter()
                            .filter(|n| n.starts_with("p=")
                                || n.starts_with("w=")
                                || n.contains("r@")
                                || n.contains("t@"))
                            .collect::<Vec<_>>()
                    )
                }
                pairs.push((
                    TYPES[s.labels[0].unwrap()].to_string(),
                    scorer
                        .best(&scores, "type", |_| true)
                        .unwrap()
                        .0
                        .to_string(),
                ));
            }
        }
        println!(
            "own sentences, five folds: macro F1 {:.3} {:?}",
            f1(&pairs).0,
            f1(&pairs).1
        );
    }
    let weight: f32 = option("--weight").map_or(1.0, |w| w.parse().unwrap());
    for sentence in &mut sentences {
        sentence.weight = weight;
    }
    if let Some(dump) = option("--dump") {
        let mut out = String::new();
        for (set, list) in [
            ("text", &instances),
            ("sentence", &sentences),
            ("out", &held_out),
        ] {
            for i in list {
                let labels: Vec<String> = i
                    .labels
                    .iter()
                    .map(|l| l.map_or("-1".into(), |l| l.to_string()))
                    .collect();
                let dense: Vec<String> =
                    i.features.dense.iter().map(|x| format!("{x:.4}")).collect();
                writeln!(
                    out,
                    "{set}\t{}\t{}\t{}",
                    labels.join(","),
                    i.features.names.join("\u{1}"),
                    dense.join(",")
                )
                .unwrap();
            }
        }
        std::fs::write(dump, out).unwrap();
    }
    instances.extend(sentences);
    let (rows, weights) = train(&instances, &questions, epochs, rate, decay);
    let scorer = Scorer::new(questions.clone(), rows.clone(), weights.clone());
    for (number, question) in questions.iter().enumerate() {
        let mut pairs = vec![];
        let mut ranked: Vec<(f32, bool)> = vec![];
        for i in &held_out {
            let Some(label) = i.labels[number] else {
                continue;
            };
            let scores = scorer.score(&i.features);
            if question.name == "fact" {
                ranked.push((scores.0[question.start + 1], label == 1))
            }
            pairs.push((
                question.answers[label].clone(),
                scorer
                    .best(&scores, &question.name, |_| true)
                    .unwrap()
                    .0
                    .to_string(),
            ));
        }
        if pairs.is_empty() {
            continue;
        }
        let right = pairs.iter().filter(|(a, b)| a == b).count();
        println!(
            "{}: {} of {} right, macro F1 {:.3}",
            question.name,
            right,
            pairs.len(),
            f1(&pairs).0
        );
        if question.name == "fact" {
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
            let all = ranked.iter().filter(|r| r.1).count();
            for share in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
                let mut hits = 0;
                for (n, r) in ranked.iter().enumerate() {
                    hits += usize::from(r.1);
                    if hits as f64 >= share * all as f64 {
                        println!(
                            "   recall {share}: precision {:.3} at {:.3}",
                            hits as f64 / (n + 1) as f64,
                            r.0
                        );
                        break;
                    }
                }
            }
        }
    }
    if let Some(plv) = option("--plv") {
        let mut pairs = vec![];
        for line in std::fs::read_to_string(plv).unwrap().lines().skip(1) {
            let f: Vec<&str> = line.split('\t').collect();
            let (text, source, target, root) = (f[1], f[2], f[3], f[4]);
            let span = |words: &str| text.find(words).map(|s| Span::new(s, s + words.len()));
            let reading = read(text.as_bytes(), "s", language);
            let context = context(&reading, language);
            let actors: Vec<Span> = span(source).into_iter().collect();
            let recipients: Vec<Span> = span(target).into_iter().collect();
            let predicted = tied(&context, &actors, &recipients)
                .and_then(|(tied, index, link)| {
                    let seen = see(&context, &language.rules, index, Some(link));
                    let scores = scorer.score(&seen.features);
                    if arguments.iter().any(|a| a == "--plv-errors") {
                        println!(
                            "PLV {root} {tied} {:?} {:?} {:.2} {:?} | {source} > {target} | {text}",
                            reading.predications[index].lemma,
                            scorer.best(&scores, "type", |t| t != "NONE").unwrap().0,
                            scorer.best(&scores, "type", |t| t != "NONE").unwrap().1,
                            link
                        );
                    }
                    scorer
                        .best(&scores, "type", |t| t != "NONE")
                        .map(|(t, _)| t.to_string())
                })
                .unwrap_or_default();
            let merged = if predicted == "CONCEDE" || predicted == "RETREAT" {
                "YIELD".to_string()
            } else {
                predicted.clone()
            };
            pairs.push((root.to_string(), merged, f[5].to_string(), predicted));
        }
        let roots: Vec<_> = pairs.iter().map(|p| (p.0.clone(), p.1.clone())).collect();
        let quads: Vec<_> = pairs
            .iter()
            .map(|p| (p.2.clone(), quad(&p.3).to_string()))
            .collect();
        let side = |q: &str| if q == "1" || q == "2" { "a" } else { "b" }.to_string();
        let binary: Vec<_> = quads.iter().map(|(g, p)| (side(g), side(p))).collect();
        println!(
            "plv: root {:.3} quad {:.3} binary {:.3}\n{:?}",
            f1(&roots).0,
            f1(&quads).0,
            f1(&binary).0,
            f1(&roots).1
        );
    }
    let party = vec![Question {
        name: "party".into(),
        answers: ["none", "actor", "recipient"].map(str::to_owned).to_vec(),
        start: 0,
    }];
    let (party_rows, party_weights) = train(
        &cast,
        &party,
        epochs,
        rate,
        option("--party-decay").map_or(decay, |d| d.parse().unwrap()),
    );
    let caster = Scorer::new(party.clone(), party_rows.clone(), party_weights.clone());
    let pairs: Vec<(String, String)> = cast_out
        .iter()
        .map(|i| {
            let best = caster
                .best(&caster.score(&i.features), "party", |_| true)
                .unwrap()
                .0
                .to_string();
            (party[0].answers[i.labels[0].unwrap()].clone(), best)
        })
        .collect();
    if !pairs.is_empty() {
        println!(
            "party: {} candidates, {} of {} right, {:?}",
            cast.len(),
            pairs.iter().filter(|(a, b)| a == b).count(),
            pairs.len(),
            f1(&pairs)
        );
    }
    {
        let text = table(&questions, &rows, &weights);
        let parties = table(&party, &party_rows, &party_weights);
        if let Some(out) = option("--out") {
            std::fs::write(&out, &text).unwrap();
            std::fs::write(out.replace("scored", "scored_parties"), &parties).unwrap();
        }
        let full = Language::load(&data.with(FILE, text).with(who::FILE, parties))
            .unwrap_or_else(|errors| panic!("{}", errors[0]));
        let tested: Vec<GoldFact> = gold
            .iter()
            .filter(|g| g.seed.starts_with(&test_on))
            .cloned()
            .collect();
        let mut names: Vec<&str> = tested.iter().map(|g| g.seed.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let facts: Vec<_> = names
            .iter()
            .flat_map(|file| {
                read(
                    &std::fs::read(folder.join("texts").join(file)).unwrap(),
                    file,
                    &full,
                )
                .facts
            })
            .collect();
        if let Some(speeches) = option("--time") {
            let text = std::fs::read_to_string(speeches).unwrap();
            let words = text.split_whitespace().count();
            for (name, language) in [("rules alone", language), ("with scores", &full)] {
                let begun = std::time::Instant::now();
                let count = read(text.as_bytes(), "t", language).facts.len();
                println!(
                    "{name}: {count} facts, {:.0} words/s",
                    words as f64 / begun.elapsed().as_secs_f64()
                );
            }
            let begun = std::time::Instant::now();
            Parser::english().parse_batch(&text.split("\n").collect::<Vec<_>>());
            println!(
                "parser alone {:.0} words/s",
                words as f64 / begun.elapsed().as_secs_f64()
            );
        }
        let report = evaluate(&tested, &facts);
        let line = |name: &str, rate: &verbale::eval::Rate| {
            println!("{name} {:.3} ({} of {})", rate.share(), rate.hits, rate.of)
        };
        for (name, rate) in [
            ("recall", &report.recall),
            ("precision", &report.precision),
            ("event type", &report.event_type),
            ("direction", &report.direction),
            ("modality", &report.modality),
            ("speaker", &report.speaker),
            ("dates", &report.dates),
            ("invented", &report.invented_dates),
        ] {
            line(name, rate)
        }
        for (kind, rate) in &report.by_kind {
            line(&format!("   {kind}"), rate)
        }
        let right: BTreeSet<&str> = report
            .misses
            .iter()
            .filter(|m| m.what == "wrong")
            .filter_map(|m| m.fact.as_deref())
            .collect();
        let mut by: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for fact in &facts {
            let n = by
                .entry(if fact.rule.starts_with("scored") {
                    "scored"
                } else if fact.kind == Kind::Role {
                    "role"
                } else {
                    "rules"
                })
                .or_default();
            n[0] += 1;
            n[1] += usize::from(right.contains(fact.id.as_str()))
        }
        println!("facts [all, wrong] {by:?}");
        if arguments.iter().any(|a| a == "--each") {
            for fact in facts.iter().filter(|f| f.rule.starts_with("scored")) {
                let basis: BTreeSet<String> = fact
                    .actor
                    .iter()
                    .chain(&fact.recipient)
                    .map(|p| format!("{:?}", p.basis))
                    .collect();
                println!(
                    "EACH {} {:?} {:?} {basis:?} {:?} {:.2}",
                    u8::from(!right.contains(fact.id.as_str())),
                    fact.kind,
                    fact.event_type,
                    fact.modality,
                    fact.confidence
                );
            }
        }
        let mut why: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in facts
            .iter()
            .filter(|f| right.contains(f.id.as_str()) && f.rule.starts_with("scored"))
        {
            let near: Vec<&GoldFact> = tested
                .iter()
                .filter(|g| {
                    g.seed == fact.doc_name && {
                        let shared = fact
                            .span
                            .end
                            .min(g.byte_end)
                            .saturating_sub(fact.span.start.max(g.byte_start));
                        2 * shared
                            >= (g.byte_end - g.byte_start).min(fact.span.end - fact.span.start)
                    }
                })
                .collect();
            let named = states(fact.actor.iter().chain(&fact.recipient));
            let same = |g: &&GoldFact| g.states.iter().cloned().collect::<BTreeSet<_>>() == named;
            let class = if near.is_empty() {
                "no gold there"
            } else if near
                .iter()
                .any(|g| same(g) && g.contract_kind == Some(fact.kind))
            {
                "quote or double"
            } else if near.iter().any(same) {
                "kind"
            } else if near.iter().any(|g| g.contract_kind == Some(fact.kind)) {
                "states"
            } else {
                "kind and states"
            };
            *why.entry(class).or_default() += 1;
            if arguments.iter().any(|a| a == "--why") {
                println!(
                    "{class} {:?} {:?} {named:?} {:.2} | {} || {:?}",
                    fact.kind,
                    fact.event_type,
                    fact.confidence,
                    fact.quote.replace('\n', " "),
                    near.iter()
                        .map(|g| format!(
                            "{:?} {:?} {:?} {}",
                            g.contract_kind,
                            g.states,
                            g.core,
                            g.quote.replace('\n', " ")
                        ))
                        .collect::<Vec<_>>()
                )
            }
        }
        println!("wrong scored facts {why:?}");
        if arguments.iter().any(|a| a == "--misses") {
            for m in &report.misses {
                println!(
                    "{} {} {}",
                    m.what,
                    m.gold.as_deref().unwrap_or("-"),
                    m.text.replace('\n', " ")
                )
            }
        }
    }
}

/// The weights as they are shipped.
fn table(questions: &[Question], rows: &[String], weights: &[f32]) -> String {
    let mut text = String::from(
        "# The scored model's weights. Written by `cargo run --release -p verbale --example train_scored`, from the repository's own sentences and texts only.\n",
    );
    for q in questions {
        writeln!(text, "question\t{}\t{}", q.name, q.answers.join("\t")).unwrap()
    }
    let columns: usize = questions.iter().map(|q| q.answers.len()).sum();
    for (at, name) in rows.iter().enumerate() {
        let row = &weights[at * columns..(at + 1) * columns];
        let top = row.iter().fold(0.0_f32, |a, x| a.max(x.abs()));
        if top < 0.08 {
            continue;
        }
        let scale = top / 127.0;
        write!(text, "{name}\t{scale:.6}\t").unwrap();
        for x in row {
            write!(text, "{:02x}", (x / scale).round() as i8 as u8).unwrap()
        }
        text.push('\n');
    }
    text
}

/// The first codings of all texts.
fn codings(folder: &Path, language: &Language) -> Vec<GoldFact> {
    let mut paths: Vec<_> = std::fs::read_dir(folder.join("first"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .flat_map(|path| {
            let name = format!("{}.txt", path.file_stem().unwrap().to_str().unwrap());
            let text = std::fs::read_to_string(folder.join("texts").join(&name)).unwrap();
            read_coding(
                &name,
                &text,
                &std::fs::read_to_string(path).unwrap(),
                &language.lexicon,
            )
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
        .collect()
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
                data = data.with(name, std::fs::read_to_string(&path).unwrap())
            }
        }
    }
    data
}
