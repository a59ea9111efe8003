//! All steps up to the facts, one after the other: the pure function that the rest of the program stands on.

use std::sync::OnceLock;

use verbale_parse::Parser;
use verbale_read::{Diagnostic, Document, Options, Sourced, Span, marks_binary, read_text};

use crate::clause::{self, ClauseLexicon, Predication};
use crate::code::{self, Coded, Context, Derivation, Outcome, Steps};
use crate::data::{Data, DataError};
use crate::gate::{Gate, Gated};
use crate::lexicon::Lexicon;
use crate::names::{self, Names};
use crate::parse::{self, Trees};
use crate::record::Fact;
use crate::rules::{self, Example, Rules};
use crate::segment::{self, Segments};
use crate::voices::{self, Voices};

/// What the data folder says about a language, checked and ready to use.
#[derive(Debug)]
pub struct Language {
    /// Lists of names and words.
    pub lexicon: Lexicon,
    /// Lists behind the clause layer.
    pub clauses: ClauseLexicon,
    /// Rules, word classes and codes.
    pub rules: Rules,
}

impl Language {
    /// Reads lists and rules; every error of every file is told.
    pub fn load(data: &Data) -> Result<Self, Vec<DataError>> {
        match (
            Lexicon::load(data),
            ClauseLexicon::load(data),
            Rules::load(data),
        ) {
            (Ok(lexicon), Ok(clauses), Ok(rules)) => Ok(Language {
                lexicon,
                clauses,
                rules,
            }),
            (lexicon, clauses, rules) => Err([lexicon.err(), clauses.err(), rules.err()]
                .into_iter()
                .flatten()
                .flatten()
                .collect()),
        }
    }

    /// The language that the program was built with.
    pub fn embedded() -> &'static Language {
        static LANGUAGE: OnceLock<Language> = OnceLock::new();
        LANGUAGE.get_or_init(|| match Language::load(&Data::embedded()) {
            Ok(language) => language,
            Err(errors) => panic!("embedded data are proven by the tests: {}", errors[0]),
        })
    }
}

/// A document with everything the steps found in it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// The outlet as frame and metadata give it, before lists and story are asked.
    pub frame_outlet: Option<Sourced>,
    /// What was left out before the parse.
    pub gated: Gated,
    /// Paragraphs, quotations and units.
    pub segments: Segments,
    /// One tree per unit.
    pub trees: Trees,
    /// Mentions and people.
    pub names: Names,
    /// Who speaks.
    pub voices: Voices,
    /// Normalised predications.
    pub predications: Vec<Predication>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// How each fact came about, and what came near.
    pub derivations: Vec<Derivation>,
    /// What was not understood.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// How a fact came about; `None` for role facts, which names give.
    pub fn derivation(&self, fact: &Fact) -> Option<&Derivation> {
        self.derivations.iter().find(|derivation| {
            derivation
                .outcomes
                .iter()
                .any(|outcome| matches!(outcome, Outcome::Coded { fact: id, .. } if *id == fact.id))
        })
    }

    /// What coding knows of the document before any rule is asked.
    pub fn context<'a>(&'a self, language: &'a Language) -> Context<'a> {
        let steps = Steps {
            document: &self.document,
            trees: &self.trees,
            names: &self.names,
            voices: &self.voices,
            predications: &self.predications,
        };
        let classes = &language.rules.classes;
        Context::new(steps, &language.lexicon, &language.clauses, classes)
    }

    /// Codes again, with other rules; what the steps before found stays.
    pub fn recode(&self, language: &Language) -> Coded {
        code::code(&self.context(language), &language.rules)
    }

    /// What the rules made of the predications that touch a span: why, and why not.
    pub fn derivations_at(&self, span: Span) -> impl Iterator<Item = &Derivation> {
        self.derivations
            .iter()
            .filter(move |derivation| derivation.span.overlaps(span))
    }
}

/// Codes one document.
///
/// ```
/// use verbale::pipeline::{Language, code_text};
/// use verbale_parse::Parser;
///
/// let text = "Envoys of Chad and Niger signed a memorandum on grazing routes.";
/// let reading = code_text(text, None, Language::embedded(), Parser::english());
/// assert_eq!(reading.facts[0].rule, "agreement.sign");
/// ```
pub fn code_document(document: &Document, language: &Language, parser: &Parser) -> Reading {
    code_gated(document, language, parser, Gate::Off)
}

/// The same behind a gate: a text that is set aside has no trees and no facts.
pub fn code_gated(
    document: &Document,
    language: &Language,
    parser: &Parser,
    gate: Gate,
) -> Reading {
    code_in_steps(document, language, parser, gate, |_| ())
}

/// The steps of [`code_in_steps`], in their order.
pub const STEPS: [&str; 7] = [
    "segment", "gate", "parse", "names", "voices", "clause", "code",
];

/// The same, saying after each step which of [`STEPS`] is done.
pub fn code_in_steps(
    document: &Document,
    language: &Language,
    parser: &Parser,
    gate: Gate,
    mut done: impl FnMut(usize),
) -> Reading {
    let mut segments = segment::segment(document);
    done(0);
    let mut gated = Gated::default();
    if gate.passes(document, &language.lexicon) {
        gated.skipped = gate.thin(&mut segments, language);
    } else {
        gated.aside = true;
        segments = Segments::default();
    }
    done(1);
    let trees = parse::parse(parser, &segments);
    done(2);
    let mut reading = understand(document.clone(), segments, trees, language, done);
    reading.gated = gated;
    reading
}

/// Codes a text without a frame, published on a day if one is given.
pub fn code_text(
    text: &str,
    published: Option<&str>,
    language: &Language,
    parser: &Parser,
) -> Reading {
    let (document, diagnostics) = framed(text, published);
    let mut reading = code_document(&document, language, parser);
    reading.diagnostics.extend(diagnostics);
    reading
}

/// Codes the sentences of rules, all in one batch, each as a document of its own.
pub fn code_examples(examples: &[Example], language: &Language, parser: &Parser) -> Vec<Coded> {
    let documents: Vec<Document> = examples
        .iter()
        .map(|example| framed(&example.text, example.published.as_deref()).0)
        .collect();
    let segments: Vec<Segments> = documents.iter().map(segment::segment).collect();
    let trees = parse::parse_all(parser, &segments);
    documents
        .into_iter()
        .zip(segments)
        .zip(trees)
        .map(|((document, segments), trees)| {
            let reading = understand(document, segments, trees, language, |_| ());
            Coded {
                facts: reading.facts,
                derivations: reading.derivations,
            }
        })
        .collect()
}

/// Everything that is wrong with a data folder: lists, rules, and the rules' sentences run through all steps.
pub fn check(data: &Data, parser: &Parser) -> Vec<DataError> {
    let lists = [Lexicon::load(data).err(), ClauseLexicon::load(data).err()];
    let mut errors: Vec<DataError> = lists.into_iter().flatten().flatten().collect();
    // Sentences say nothing while the lists they rest on are broken.
    let sound = errors.is_empty();
    errors.extend(rules::check(data, |_, examples| {
        match Language::load(data) {
            Ok(language) if sound => code_examples(examples, &language, parser),
            _ => Vec::new(),
        }
    }));
    errors.sort();
    errors.dedup();
    errors
}

fn framed(text: &str, published: Option<&str>) -> (Document, Vec<Diagnostic>) {
    let options = Options {
        published: published.map(str::to_owned),
        lang: Some("en".to_owned()),
        max_bytes: usize::MAX,
        max_line_bytes: usize::MAX,
        ..Options::default()
    };
    // Control characters mark a file as binary; in a sentence they are only odd, and spaces are as long.
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match marks_binary(character) {
            true => plain.extend(std::iter::repeat_n(' ', character.len_utf8())),
            false => plain.push(character),
        }
    }
    read_text(plain.as_bytes(), "text", &options)
        .expect("a string without control characters is decodable, and no limit is set")
}

fn understand(
    mut document: Document,
    segments: Segments,
    trees: Trees,
    language: &Language,
    mut done: impl FnMut(usize),
) -> Reading {
    let lexicon = &language.lexicon;
    // The frame may name no outlet where the story does ("… reports").
    let outlet = voices::outlet(&document, lexicon);
    let frame_outlet = std::mem::replace(&mut document.outlet, outlet);
    let names = names::names(&document, &segments, &trees, lexicon);
    done(3);
    let voices = voices::voices(&document, &segments, &trees, &names, lexicon);
    done(4);
    let predications = clause::predications(&trees, &segments, &language.clauses);
    done(5);
    let mut reading = Reading {
        document,
        frame_outlet,
        gated: Gated::default(),
        segments,
        trees,
        names,
        voices,
        predications,
        facts: Vec::new(),
        derivations: Vec::new(),
        diagnostics: Vec::new(),
    };
    let coded = reading.recode(language);
    reading.facts = coded.facts;
    reading.derivations = coded.derivations;
    done(6);
    reading
}
