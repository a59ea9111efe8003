//! What every step found in a text: the answer of `try`, and of `why` for words that are not coded.

use serde_json::{Value, json};
use verbale::clause::render;
use verbale::lexicon::Lexicon;
use verbale::names::Referent;
use verbale::pipeline::Reading;
use verbale::resolve::{amounts, dates};
use verbale_engine::why::derivation;
use verbale_read::Span;

use crate::columns::{date, who, word};

/// A reading, to be shown step by step.
pub struct Insight<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// The lists it was read with.
    pub lexicon: &'a Lexicon,
}

impl Insight<'_> {
    fn text_of(&self, span: Span) -> &str {
        span.of(&self.reading.document.text)
    }

    fn all(&self) -> Span {
        Span::new(0, self.reading.document.text.len())
    }

    /// All steps for people.
    pub fn text(&self) -> String {
        let reading = self.reading;
        let mut out = String::new();
        let mut heading = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                out.push_str(&format!("{title}\n"));
                lines
                    .iter()
                    .for_each(|line| out.push_str(&format!("  {line}\n")));
            }
        };
        let trees = reading.trees.units.iter().flat_map(|tree| {
            tree.tokens.iter().map(|token| {
                let word = &reading.document.text[token.span.clone()];
                let head = &reading.document.text[tree.tokens[token.head].span.clone()];
                format!(
                    "{word:<18} {:<16} {:<5} {:<6} {:<10} ← {head}",
                    token.lemma, token.tag, token.pos, token.dep
                )
            })
        });
        heading("tree", trees.collect());
        heading(
            "mentions",
            reading
                .names
                .mentions
                .iter()
                .map(|mention| {
                    format!(
                        "{:<32} {}",
                        self.text_of(mention.span),
                        referent(reading, &mention.referent)
                    )
                })
                .collect(),
        );
        heading(
            "voices",
            reading
                .voices
                .spans
                .iter()
                .map(|voice| {
                    let name = if voice.voice.name.is_empty() {
                        "unnamed outlet"
                    } else {
                        &voice.voice.name
                    };
                    format!(
                        "{name} ({}): {}",
                        word(&voice.voice.mode),
                        self.text_of(voice.span)
                    )
                })
                .collect(),
        );
        heading(
            "dates",
            dates::find(&reading.document.text, self.all(), None)
                .iter()
                .map(|found| self.text_of(found.span).to_string())
                .collect(),
        );
        heading(
            "amounts",
            amounts::find(&reading.document.text, self.all(), self.lexicon)
                .iter()
                .map(|found| self.text_of(found.span).to_string())
                .collect(),
        );
        heading("clauses", self.clauses());
        heading(
            "facts",
            reading
                .facts
                .iter()
                .map(|fact| {
                    format!(
                        "{} {} {} {}{} {} “{}” [{}]",
                        word(&fact.kind),
                        fact.event_type
                            .map_or_else(String::new, |event_type| word(&event_type)),
                        who(&fact.actor, &fact.recipient, fact.mutual),
                        if fact.negated { "not " } else { "" },
                        word(&fact.modality),
                        date(&fact.date),
                        fact.quote,
                        fact.rule,
                    )
                })
                .collect(),
        );
        heading(
            "rules",
            reading.derivations.iter().flat_map(derivation).collect(),
        );
        out
    }

    fn clauses(&self) -> Vec<String> {
        let reading = self.reading;
        reading
            .predications
            .iter()
            .map(|predication| {
                render(
                    predication,
                    &reading.trees.units[predication.unit],
                    &reading.document.text,
                )
            })
            .collect()
    }

    /// All steps by name.
    pub fn json(&self) -> Value {
        let reading = self.reading;
        let tree: Vec<Value> = reading.trees.units.iter().flat_map(|tree| {
            tree.tokens.iter().map(|token| json!({
                "text": &reading.document.text[token.span.clone()],
                "start": token.span.start, "end": token.span.end,
                "lemma": token.lemma, "tag": token.tag, "pos": token.pos, "dep": token.dep, "head": token.head,
            }))
        }).collect();
        let span = |span: Span| json!({ "text": self.text_of(span), "start": span.start, "end": span.end });
        let mentions: Vec<Value> = reading
            .names
            .mentions
            .iter()
            .map(|mention| {
                let mut value = span(mention.span);
                value["referent"] = json!(referent(reading, &mention.referent));
                value
            })
            .collect();
        let voices: Vec<Value> = reading
            .voices
            .spans
            .iter()
            .map(|voice| {
                let mut value = span(voice.span);
                value["voice"] = json!(voice.voice);
                value
            })
            .collect();
        json!({
            "tree": tree,
            "mentions": mentions,
            "voices": voices,
            "dates": dates::find(&reading.document.text, self.all(), None).iter().map(|found| span(found.span)).collect::<Vec<_>>(),
            "amounts": amounts::find(&reading.document.text, self.all(), self.lexicon).iter().map(|found| span(found.span)).collect::<Vec<_>>(),
            "clauses": self.clauses(),
            "facts": reading.facts,
            "rules": reading.derivations,
        })
    }
}

fn referent(reading: &Reading, referent: &Referent) -> String {
    match referent {
        Referent::State { id, form } => format!("state {id} ({form:?})"),
        Referent::Organisation { id } => format!("organisation {id}"),
        Referent::Company { id, state } => {
            format!("company {id} of {}", state.as_deref().unwrap_or("no state"))
        }
        Referent::Person { person } => format!("person {}", reading.names.people[*person].name),
        Referent::Office { title, of, .. } => format!(
            "office {title} of {}",
            of.as_deref().unwrap_or("nobody named")
        ),
        Referent::Issue { key } => format!("contested matter {key}"),
        Referent::Place { name, .. } => format!("place {name}"),
        Referent::Agent { noun, sector } => format!("actor {noun} ({sector})"),
        Referent::Outlet { name } => format!("outlet {name}"),
    }
}
