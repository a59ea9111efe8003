//! The pipeline: tokens, vectors, tags, tree, entities, rules, lemmas, noun phrases.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;

use crate::analysis::{Analysis, Token};
use crate::arc_eager::DependencyParser;
use crate::classes::Classes;
use crate::entities::EntityRecogniser;
use crate::kernel::Kernel;
use crate::labels::Label;
use crate::lemmatizer::Lemmatizer;
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::noun_chunks::noun_chunks;
use crate::ruler::{Attributes, Observed, Ruler};
use crate::strings::Strings;
use crate::tagger::Tagger;
use crate::tok2vec::{self, Tok2Vec};
use crate::tokenizer::{RawToken, Tokenizer};
use crate::transitions;
use crate::tree::Tree;
use crate::words::{Place, Tables, Words};

/// Texts are handed to the networks together until they have about this many tokens: enough to keep the products busy, few
/// enough to stay in the cache.
const BATCH_TOKENS: usize = 300;

/// After a batch of more tokens than this, a thread gives its memory back: 30 MB are kept.
const MANY_TOKENS: usize = 5_000;

/// The English parser. It answers the same for a text whatever else is in the batch, and on any number of threads.
///
/// ```
/// let parser = verbale_parse::Parser::english();
/// let analysis = parser.parse("Ministers from Ghana met Togo's envoy. Nothing was signed.");
/// assert_eq!(analysis.sentences, [0..8, 8..12]);
/// assert_eq!(analysis.tokens[3].lemma, "meet");
/// assert_eq!(analysis.entities[0].label, "GPE");
/// ```
pub struct Parser {
    tables: Tables,
    tokenizer: Tokenizer,
    shared: Tok2Vec,
    tagger: Tagger,
    dependencies: DependencyParser,
    ner: Tok2Vec,
    entities: EntityRecogniser,
    lemmatizer: Lemmatizer,
}

/// What a thread keeps from one batch to the next.
#[derive(Default)]
struct Kept {
    words: Words,
    vectors: tok2vec::Buffers,
    transitions: transitions::Buffers,
    entities: transitions::Buffers,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

impl Parser {
    /// The parser with the model that is compiled in. The first call unpacks the model, which takes a moment.
    pub fn english() -> &'static Parser {
        static ENGLISH: OnceLock<Parser> = OnceLock::new();
        ENGLISH.get_or_init(|| Parser::load(&Model::open(verbale_model_en::MODEL)))
    }

    fn load(model: &Model) -> Parser {
        let classes = Classes::load(model);
        let strings = Strings::load(model);
        let tagger = Tagger::load(model);
        let dependencies = DependencyParser::load(model);
        Parser {
            tokenizer: Tokenizer::load(model, &classes, &strings),
            shared: Tok2Vec::load(model, "shared"),
            ner: Tok2Vec::load(model, "ner"),
            entities: EntityRecogniser::load(model),
            lemmatizer: Lemmatizer::load(model),
            tables: Tables {
                ruler: Ruler::load(model, tagger.labels(), dependencies.labels()),
                lexicon: Lexicon::load(model),
                classes,
                strings,
            },
            tagger,
            dependencies,
        }
    }

    /// The word vector of a word as written, as the two networks project it: first the tagger's and parser's 96 numbers,
    /// then the entity recogniser's 96. `None` for a word without one.
    pub fn word_vector(&self, word: &str) -> Option<[&[f32]; 2]> {
        let row = self
            .tables
            .lexicon
            .vector_row(self.tables.strings.id(word))?;
        Some([self.shared.word_vector(row), self.ner.word_vector(row)])
    }

    /// Analyses one text. Several at once are faster, see [`Parser::parse_batch`].
    pub fn parse(&self, text: &str) -> Analysis {
        self.parse_with(Kernel::best(), &[text])
            .pop()
            .unwrap_or_default()
    }

    /// Analyses texts that have nothing to do with one another, for example the paragraphs of a document.
    pub fn parse_batch(&self, texts: &[&str]) -> Vec<Analysis> {
        self.parse_with(Kernel::best(), texts)
    }

    /// Like [`Parser::parse_batch`], on a kernel of the caller's choice. One that the processor lacks is replaced by the
    /// portable one.
    pub fn parse_with(&self, kernel: Kernel, texts: &[&str]) -> Vec<Analysis> {
        let mut analyses = Vec::with_capacity(texts.len());
        KEPT.with_borrow_mut(|kept| {
            let mut batch = Batch::default();
            for &text in texts {
                batch.add(
                    text,
                    self.tokenizer
                        .tokenize(&self.tables.classes, &self.tables.strings, text),
                );
                if batch.tokens >= BATCH_TOKENS {
                    self.analyse(kernel, kept, std::mem::take(&mut batch), &mut analyses);
                }
            }
            self.analyse(kernel, kept, batch, &mut analyses);
        });
        analyses
    }

    fn analyse(&self, kernel: Kernel, kept: &mut Kept, batch: Batch, analyses: &mut Vec<Analysis>) {
        let tokens = batch.tokens;
        let Kept {
            words,
            vectors: buffers,
            transitions,
            entities,
        } = kept;
        words.prepare(kernel);
        let places = self.places(words, &batch);
        words.mix(kernel, &self.shared, &self.ner, &places);
        let lengths: Vec<usize> = batch
            .documents
            .iter()
            .map(|(_, tokens)| tokens.len())
            .collect();

        let known = places.iter().map(|&place| words.shared.word(place));
        let vectors = self.shared.contextualise(kernel, known, &lengths, buffers);
        let tags = self.tagger.tag(kernel, vectors);
        let prepared = self
            .dependencies
            .network
            .prepare(kernel, vectors, transitions);
        let known = places.iter().map(|&place| words.ner.word(place));
        let vectors = self.ner.contextualise(kernel, known, &lengths, buffers);
        let ner_prepared = self.entities.network.prepare(kernel, vectors, entities);

        let mut start = 0;
        for (text, tokens) in batch.documents {
            let document = start..start + tokens.len();
            start = document.end;
            let is_space: Vec<bool> = places[document.clone()]
                .iter()
                .map(|&(place, _)| words.word(place).features.is_space)
                .collect();
            let tree = self
                .dependencies
                .parse(&prepared, document.clone(), &is_space);
            let starts = tree.sentence_starts();
            let entities =
                self.entities
                    .recognise(&ner_prepared, document.clone(), &is_space, &starts);
            let tokens = self.tokens(
                text,
                tokens,
                words,
                &places[document.clone()],
                &tags[document],
                &tree,
            );
            let noun_chunks = noun_chunks(&tokens, &tree.left_edges());
            analyses.push(Analysis {
                tokens,
                sentences: ranges(&starts),
                entities,
                noun_chunks,
            });
        }
        if tokens > MANY_TOKENS {
            *kept = Kept::default();
        }
    }

    /// The word of each token of a batch, and whether a space follows.
    fn places(&self, words: &mut Words, batch: &Batch) -> Vec<(Place, bool)> {
        let mut places = Vec::with_capacity(batch.tokens);
        for (text, tokens) in &batch.documents {
            for token in tokens {
                let place = words.place(&self.tables, token, &text[token.span.clone()]);
                places.push((place, token.space_after));
            }
        }
        places
    }

    /// Puts together what is known of each token of a document, and adds what follows from it by rule.
    fn tokens(
        &self,
        text: &str,
        tokens: Vec<RawToken>,
        words: &mut Words,
        places: &[(Place, bool)],
        tags: &[Label],
        tree: &Tree,
    ) -> Vec<Token> {
        let observed: Vec<Observed> = places
            .iter()
            .zip(tags)
            .zip(&tree.labels)
            .map(|((&(place, _), &tag), &dep)| {
                let word = words.word(place);
                Observed {
                    tag,
                    word: word.rule_word,
                    dep,
                    is_space: word.features.is_space,
                }
            })
            .collect();
        tokens
            .into_iter()
            .enumerate()
            .map(
                |(
                    index,
                    RawToken {
                        span, space_after, ..
                    },
                )| {
                    let mut attributes = Attributes {
                        tag: self.tagger.labels().name(tags[index]),
                        dep: self.dependencies.labels().name(tree.labels[index]),
                        ..Attributes::default()
                    };
                    self.tables.ruler.apply(&observed, index, &mut attributes);
                    let Attributes {
                        tag,
                        pos,
                        morph,
                        dep,
                        lemma,
                    } = attributes;
                    let word = words.word_mut(places[index].0);
                    let find = || {
                        let text = &text[span.clone()];
                        self.lemmatizer
                            .lemma(&self.tables.classes, text, pos, morph)
                    };
                    let lemma = match lemma {
                        Some(lemma) => lemma.to_owned(),
                        None => word.lemma(pos, morph, find),
                    };
                    let norm = word.norm.to_string();
                    Token {
                        span,
                        space_after,
                        norm,
                        lemma,
                        tag,
                        pos,
                        morph,
                        head: tree.heads[index],
                        dep,
                    }
                },
            )
            .collect()
    }
}

/// Texts on their way through the networks.
#[derive(Default)]
struct Batch<'a> {
    documents: Vec<(&'a str, Vec<RawToken>)>,
    tokens: usize,
}

impl<'a> Batch<'a> {
    fn add(&mut self, text: &'a str, tokens: Vec<RawToken>) {
        self.tokens += tokens.len();
        self.documents.push((text, tokens));
    }
}

/// The ranges that begin where `starts` is true.
fn ranges(starts: &[bool]) -> Vec<Range<usize>> {
    let mut places: Vec<usize> = (0..starts.len()).filter(|&place| starts[place]).collect();
    places.push(starts.len());
    places.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::CAPACITY;

    const TEXTS: [&str; 3] = [
        include_str!("../tests/data/news.jsonl"),
        include_str!("../tests/data/hard.jsonl"),
        "",
    ];

    #[test]
    fn all_kernels_take_the_same_transitions() {
        let parser = Parser::english();
        let transitions = |kernel| {
            let mut words = Words::default();
            TEXTS.map(|text| parser.transitions(kernel, &mut words, text))
        };
        let expected = transitions(Kernel::Portable);
        assert!(expected[0].len() > 500);
        for kernel in Kernel::available() {
            assert_eq!(transitions(kernel), expected, "{kernel:?}");
            assert_eq!(
                parser.parse_with(kernel, &TEXTS),
                parser.parse_with(Kernel::Portable, &TEXTS),
                "{kernel:?}"
            );
        }
    }

    #[test]
    fn neighbours_in_a_batch_change_nothing() {
        let parser = Parser::english();
        let texts: Vec<&str> = TEXTS.iter().flat_map(|text| text.lines()).collect();
        let alone: Vec<Analysis> = texts.iter().map(|text| parser.parse(text)).collect();
        assert_eq!(parser.parse_batch(&texts), alone);
    }

    #[test]
    fn words_forgotten_and_words_kept_change_nothing() {
        let parser = Parser::english();
        let texts: Vec<&str> = TEXTS.iter().flat_map(|text| text.lines()).collect();
        let expected = parser.parse_batch(&texts);
        let rare: Vec<String> = (0..2 * CAPACITY).map(|n| format!("Word{n}ish")).collect();
        for part in rare.chunks(CAPACITY / 3) {
            let parts: Vec<String> = part.chunks(100).map(|words| words.join(" ")).collect();
            parser.parse_batch(&parts.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(parser.parse_batch(&texts), expected);
        }
        KEPT.with_borrow(|kept| {
            assert!(kept.words.len() <= CAPACITY + BATCH_TOKENS + 100);
        });
    }

    impl Parser {
        /// The indices of the transitions by which the tree of `text` is built.
        fn transitions(&self, kernel: Kernel, words: &mut Words, text: &str) -> Vec<usize> {
            words.prepare(kernel);
            let mut batch = Batch::default();
            batch.add(
                text,
                self.tokenizer
                    .tokenize(&self.tables.classes, &self.tables.strings, text),
            );
            let places = self.places(words, &batch);
            words.mix(kernel, &self.shared, &self.ner, &places);
            let known = places.iter().map(|&place| words.shared.word(place));
            let (mut vectors, mut buffers) =
                (tok2vec::Buffers::default(), transitions::Buffers::default());
            let vectors = self
                .shared
                .contextualise(kernel, known, &[places.len()], &mut vectors);
            let prepared = self
                .dependencies
                .network
                .prepare(kernel, vectors, &mut buffers);
            self.dependencies.transitions(&prepared, 0..places.len())
        }
    }
}
