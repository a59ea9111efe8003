//! One rule file to one rule.

use std::str::FromStr;

use super::classes::{Classes, WordSet};
use super::path::{Choice, Path};
use super::requirement::{self, Requirement};
use super::source::{Item, Source, Table};
use super::yields::{Code, InstrumentYield, RelationYield, Shift, Yields};
use super::{FOLDER, Rule, When};
use crate::clause::{PredicateForm, Tense};
use crate::code::Codebook;
use crate::data::DataError;
use crate::record::{EventType, Kind};

const FORMS: [(&str, PredicateForm); 5] = [
    ("verb", PredicateForm::Verb),
    ("light_verb", PredicateForm::LightVerb),
    ("noun", PredicateForm::Noun),
    ("adjective", PredicateForm::Adjective),
    ("copula", PredicateForm::Copula),
];

const TENSES: [(&str, Tense); 4] = [
    ("past", Tense::Past),
    ("present", Tense::Present),
    ("future", Tense::Future),
    ("none", Tense::None),
];

const STATUSES: [&str; 10] = [
    "proposed",
    "negotiating",
    "initialled",
    "signed",
    "ratified",
    "in_force",
    "amended",
    "suspended",
    "terminated",
    "expired",
];

/// The part of a rule file that is needed to match: everything before the first example.
///
/// Examples come last in a file, so that a start need not read them.
pub(super) fn without_examples(text: &str) -> &str {
    let end = ["\n[[yes]]", "\n[[no]]"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min();
    &text[..end.map_or(text.len(), |at| at + 1)]
}

/// Reads one rule; `None` if it is not fit for use, and then `errors` says why.
pub(super) fn rule(
    file: &str,
    text: &str,
    codebook: &Codebook,
    classes: &mut Classes,
    errors: &mut Vec<DataError>,
) -> Option<Rule> {
    let mut source = Source::new(file, without_examples(text));
    let root = source.parse();
    let rule = source.errors.is_empty().then(|| {
        let mut table = Table::new(&source, 1, root.get_ref());
        let rule = top(&mut source, &mut table, codebook, classes);
        table.close(&mut source);
        rule
    });
    let sound = source.errors.is_empty();
    errors.append(&mut source.errors);
    rule.flatten().filter(|_| sound)
}

fn top(
    source: &mut Source,
    table: &mut Table,
    codebook: &Codebook,
    classes: &mut Classes,
) -> Option<Rule> {
    let id = table.need(source, "id")?;
    let id_line = id.line;
    let id = id.text(source)?.to_owned();
    let expected = source.file[FOLDER.len()..]
        .trim_end_matches(".toml")
        .replace('/', ".");
    if id != expected {
        source.error(
            id_line,
            format!("the id is `{id}` but the path says `{expected}`; make them equal"),
        );
    }
    let note = table.need(source, "note")?.text(source)?.to_owned();
    let over = owned(table.take("over"), source);
    let beside = owned(table.take("beside"), source);
    let when = match table.need(source, "when") {
        Some(item) => item
            .tables(source)
            .into_iter()
            .filter_map(|table| alternative(source, table, classes))
            .collect(),
        None => Vec::new(),
    };
    let yields = table
        .need(source, "yields")?
        .table(source)
        .and_then(|table| yields(source, table, codebook))?;
    let family = id.split('.').next().unwrap_or_default().to_owned();
    Some(Rule {
        id,
        family,
        note,
        over,
        beside,
        when,
        yields,
        file: source.file.to_owned(),
    })
}

fn owned(item: Option<Item>, source: &mut Source) -> Vec<String> {
    item.map_or(Vec::new(), |item| {
        item.texts(source).into_iter().map(str::to_owned).collect()
    })
}

fn alternative(source: &mut Source, mut table: Table, classes: &mut Classes) -> Option<When> {
    let line = table.line;
    let predicate = set(table.need(source, "predicate"), source, classes)?;
    let forms = choices(table.take("form"), source, &FORMS);
    let tense = choices(table.take("tense"), source, &TENSES);
    let absent = parsed(table.take("absent"), source);
    let mut words = |key| set(table.take(key), source, classes);
    let [
        governor,
        not_governor,
        modifier,
        not_modifier,
        mentions,
        not_mentions,
    ] = [
        "governor",
        "not_governor",
        "modifier",
        "not_modifier",
        "mentions",
        "not_mentions",
    ]
    .map(&mut words);
    let negated = table.take("negated").and_then(|item| item.flag(source));
    let reciprocal = table.take("reciprocal").and_then(|item| item.flag(source));
    let mut requirements = Vec::new();
    for (key, item) in table.rest() {
        match key.parse::<Path>() {
            Ok(path) => requirements.extend(requirement(source, path, item, classes)),
            Err(message) => source.error(item.line, format!("unknown key `{key}`: {message}")),
        }
    }
    Some(When {
        line,
        predicate,
        forms,
        requirements,
        absent,
        governor,
        not_governor,
        modifier,
        not_modifier,
        mentions,
        not_mentions,
        negated,
        reciprocal,
        tense,
    })
}

fn requirement(
    source: &mut Source,
    path: Path,
    item: Item,
    classes: &mut Classes,
) -> Option<Requirement> {
    let texts = item.texts(source);
    match requirement::parse(&texts, classes) {
        Ok((any_of, optional)) => Some(Requirement {
            path,
            any_of,
            optional,
            line: item.line,
            text: texts.join(" or "),
        }),
        Err(message) => {
            source.error(item.line, message);
            None
        }
    }
}

fn set(item: Option<Item>, source: &mut Source, classes: &mut Classes) -> Option<WordSet> {
    let item = item?;
    let texts = item.texts(source);
    match classes.set(&texts) {
        Ok(set) if set.is_empty() => {
            source.error(item.line, "no words here; name some or remove the key");
            None
        }
        Ok(set) => Some(set),
        Err(message) => {
            source.error(item.line, message);
            None
        }
    }
}

fn choices<T: Copy>(item: Option<Item>, source: &mut Source, known: &[(&str, T)]) -> Vec<T> {
    let Some(item) = item else {
        return Vec::new();
    };
    let mut chosen = Vec::new();
    for text in item.texts(source) {
        match known.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => chosen.push(*value),
            None => {
                let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
                source.error(
                    item.line,
                    format!("`{text}` is not one of {}", words.join(", ")),
                );
            }
        }
    }
    chosen
}

fn parsed<T: FromStr<Err = String>>(item: Option<Item>, source: &mut Source) -> Vec<T> {
    let Some(item) = item else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for text in item.texts(source) {
        match text.parse() {
            Ok(value) => all.push(value),
            Err(message) => source.error(item.line, message),
        }
    }
    all
}

fn yields(source: &mut Source, mut table: Table, codebook: &Codebook) -> Option<Yields> {
    let kind: Option<Kind> = table
        .need(source, "kind")
        .and_then(|item| item.word(source));
    let plain = Code {
        kind: kind?,
        event_type: None,
        cameo: None,
        mode: Vec::new(),
    };
    let code = code(source, &mut table, plain, codebook);
    let contexts = owned(table.take("contexts"), source);
    for context in &contexts {
        if !codebook.knows_context(context) {
            source.error(table.line, format!("`{context}` is no PLOVER context"));
        }
    }
    let actor: Vec<Choice> = parsed(table.take("actor"), source);
    let recipient = parsed(table.take("recipient"), source);
    let mutual = value(table.take("mutual"), source);
    let missing = value(table.take("missing"), source);
    let modality = table.take("modality").and_then(|item| item.word(source));
    let charged = table
        .take("charged")
        .and_then(|item| item.flag(source))
        .unwrap_or(false);
    let stance = table.take("stance").and_then(|item| item.word(source));
    let beneficiary = parsed(table.take("beneficiary"), source);
    let about = parsed(table.take("about"), source);
    let relation = table
        .take("relation")
        .and_then(|item| item.table(source))
        .and_then(|table| relation(source, table));
    let instrument = table
        .take("instrument")
        .and_then(|item| item.table(source))
        .and_then(|table| instrument(source, table));
    let visit = table
        .take("visit")
        .and_then(|item| item.flag(source))
        .unwrap_or(false);
    let item = parsed(table.take("item"), source).pop();
    let amount = parsed(table.take("amount"), source).pop();
    let count = parsed(table.take("count"), source).pop();
    let quote = value(table.take("quote"), source);
    let absorbs = parsed(table.take("absorbs"), source);
    let mut reading = |key| shift(source, table.take(key), &code, codebook);
    let [planned, negated, refused, requested] =
        ["planned", "negated", "refused", "requested"].map(&mut reading);
    table.close(source);
    Some(Yields {
        code,
        contexts,
        actor,
        recipient,
        mutual,
        missing,
        modality,
        charged,
        stance,
        beneficiary,
        about,
        relation,
        instrument,
        visit,
        item,
        amount,
        count,
        quote,
        absorbs,
        planned,
        negated,
        refused,
        requested,
    })
}

fn value<T: serde::de::DeserializeOwned + Default>(item: Option<Item>, source: &mut Source) -> T {
    item.and_then(|item| item.word(source)).unwrap_or_default()
}

/// Codes over a plain code: what a table gives replaces, what it leaves out stays.
fn code(source: &mut Source, table: &mut Table, plain: Code, codebook: &Codebook) -> Code {
    let mut code = plain;
    if let Some(item) = table.take("event_type") {
        code.event_type = match item.as_text() {
            Some("none") => None,
            _ => item.word::<EventType>(source),
        };
        code.cameo = None;
        code.mode = Vec::new();
    }
    if let Some(item) = table.take("cameo") {
        code.cameo = item.text(source).map(str::to_owned);
        let event_type = code.event_type;
        match code.cameo.as_deref().map(|cameo| codebook.cameo(cameo)) {
            Some(None) => source.error(item.line, "no such CAMEO code"),
            Some(Some(entry)) if entry.event_type != event_type => source.error(
                item.line,
                format!(
                    "this CAMEO code is {:?} in PLOVER, not {event_type:?}",
                    entry.event_type
                ),
            ),
            Some(Some(entry)) => code.mode.clone_from(&entry.mode),
            None => {}
        }
    }
    if let Some(item) = table.take("mode") {
        code.mode = item.texts(source).into_iter().map(str::to_owned).collect();
        for mode in &code.mode {
            if !codebook.knows_mode(code.event_type, mode) {
                source.error(
                    item.line,
                    format!("`{mode}` is no mode of {:?}", code.event_type),
                );
            }
        }
    }
    code
}

/// `planned = "drop"`, `"keep"`, or a table of codes.
fn shift(source: &mut Source, item: Option<Item>, plain: &Code, codebook: &Codebook) -> Shift {
    let Some(item) = item else {
        return Shift::Codebook;
    };
    match item.as_text() {
        Some("keep") => Shift::Keep,
        Some("drop") => Shift::Drop,
        Some(other) => {
            source.error(
                item.line,
                format!("`{other}`: write \"keep\", \"drop\", or a table with kind, event_type, cameo, mode"),
            );
            Shift::Codebook
        }
        None => match item.table(source) {
            Some(mut table) => {
                let mut shifted = plain.clone();
                if let Some(kind) = table.take("kind").and_then(|item| item.word(source)) {
                    shifted.kind = kind;
                }
                let shifted = code(source, &mut table, shifted, codebook);
                table.close(source);
                Shift::Code(shifted)
            }
            None => Shift::Codebook,
        },
    }
}

fn relation(source: &mut Source, mut table: Table) -> Option<RelationYield> {
    let relation_type = table
        .need(source, "type")
        .and_then(|item| item.word(source));
    let phase = table
        .need(source, "phase")
        .and_then(|item| item.word(source));
    let object = parsed(table.take("object"), source).pop();
    table.close(source);
    Some(RelationYield {
        relation_type: relation_type?,
        phase: phase?,
        object,
    })
}

fn instrument(source: &mut Source, mut table: Table) -> Option<InstrumentYield> {
    let at = parsed(table.take("at"), source);
    let instrument_type = table.take("type").and_then(|item| item.word(source));
    let status = table.need(source, "status")?;
    let line = status.line;
    let status = status.text(source)?.to_owned();
    if !STATUSES.contains(&status.as_str()) {
        source.error(
            line,
            format!("`{status}` is not one of {}", STATUSES.join(", ")),
        );
    }
    table.close(source);
    Some(InstrumentYield {
        at,
        instrument_type,
        status,
    })
}
