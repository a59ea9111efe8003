//! `why ID` and `why DOC:START-END`.

use anyhow::{Result, bail};
use serde_json::json;
use verbale::code::Derivation;
use verbale::record::Fact;
use verbale_engine::ask::find;
use verbale_engine::why::{Reason, derivation};
use verbale_read::Span;
use verbale_store::{Found, Store};

use crate::Outcome;
use crate::args::{Format, Listing};
use crate::columns::word;
use crate::engine::Engine;
use crate::output::{format_or_default, laid_out, print, print_one, print_rows};

/// Answers for a fact, for every fact of a record, or for words of a document.
pub fn why(engine: &Engine, store: &Store, target: &str, listing: &Listing) -> Result<Outcome> {
    if let Some((document, span)) = span_of(target) {
        return why_not(engine, store, document, span, listing);
    }
    let facts = match find(store, target)? {
        None => {
            anstream::eprintln!(
                "no fact or record has the id {target}; for words write DOC:START-END"
            );
            return Ok(Outcome::Nothing);
        }
        Some(Found::Fact(fact)) => vec![*fact],
        Some(Found::Record(record)) => {
            let facts = store.facts(&verbale_store::FactFilter::default())?;
            anstream::eprintln!(
                "{} {}: {} facts of one {}",
                record.id,
                record.title,
                record.facts.len(),
                word(&record.kind)
            );
            facts
                .into_iter()
                .filter(|fact| record.facts.contains(&fact.id))
                .collect()
        }
    };
    let format = format_or_default(listing.format);
    if format == Format::Csv {
        bail!("an explanation is shown as text, md, json or jsonl");
    }
    let reasons = facts
        .into_iter()
        .map(|fact| Reason::of(engine, store, fact))
        .collect::<verbale_engine::Result<Vec<_>>>()?;
    match format {
        Format::Json => print(&serde_json::to_string_pretty(&reasons)?)?,
        Format::Jsonl => print_rows(&reasons, &[], Format::Jsonl)?,
        _ => {
            let texts: Vec<String> = reasons.iter().map(Reason::text).collect();
            print(&laid_out(&texts.join("\n"), format))?;
        }
    }
    Ok(Outcome::Done)
}

/// `DOC:START-END`; a document name may hold colons itself.
fn span_of(target: &str) -> Option<(&str, Span)> {
    let (document, range) = target.rsplit_once(':')?;
    let (start, end) = range.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start < end).then_some((document, Span { start, end }))
}

fn why_not(
    engine: &Engine,
    store: &Store,
    key: &str,
    span: Span,
    listing: &Listing,
) -> Result<Outcome> {
    let Some(stored) = store.document(key)? else {
        anstream::eprintln!("no document has the id or name {key}");
        return Ok(Outcome::Nothing);
    };
    let text = &stored.document.text;
    if span.end > text.len()
        || !text.is_char_boundary(span.start)
        || !text.is_char_boundary(span.end)
    {
        bail!(
            "{key}:{}-{}: the text has {} bytes, and both ends must lie between characters",
            span.start,
            span.end,
            text.len()
        );
    }
    let reading = engine.code_whole(&stored.document);
    let facts: Vec<&Fact> = reading
        .facts
        .iter()
        .filter(|fact| fact.span.overlaps(span))
        .collect();
    let near: Vec<&Derivation> = reading
        .derivations
        .iter()
        .filter(|derivation| derivation.span.overlaps(span))
        .collect();
    let clauses: Vec<String> = reading
        .predications
        .iter()
        .filter(|predication| predication.span.overlaps(span))
        .map(|predication| {
            verbale::clause::render(predication, &reading.trees.units[predication.unit], text)
        })
        .collect();
    let format = format_or_default(listing.format);
    let value =
        json!({ "text": span.of(text), "facts": facts, "clauses": clauses, "derivations": near });
    match format {
        Format::Json | Format::Jsonl => {
            print_one(&value, Some(format))?;
            return Ok(Outcome::Done);
        }
        Format::Csv => bail!("an explanation is shown as text, md, json or jsonl"),
        Format::Text | Format::Md => {}
    }
    let mut out = format!("words      “{}”\n", span.of(text));
    if stored.status == "one_sided" {
        out.push_str(
            "gate       the text leads to fewer than two sides and was set aside; what follows is what coding it would find\n",
        );
    }
    if let Some(frame) = stored
        .document
        .furniture
        .iter()
        .find(|part| part.span.overlaps(span))
    {
        out.push_str(&format!(
            "frame      these words are the text's {}: never coded\n",
            word(&frame.kind)
        ));
    }
    facts.iter().for_each(|fact| {
        out.push_str(&format!(
            "coded      {} {} “{}”\n",
            fact.id, fact.rule, fact.quote
        ))
    });
    if clauses.is_empty() {
        out.push_str("clauses    none: the words hold no predicate\n");
    }
    clauses
        .iter()
        .for_each(|clause| out.push_str(&format!("clause     {clause}\n")));
    near.iter()
        .flat_map(|found| derivation(found))
        .for_each(|line| out.push_str(&format!("rules      {line}\n")));
    if near.is_empty() && !clauses.is_empty() {
        out.push_str("rules      no rule names any of these predicates\n");
    }
    print(&laid_out(&out, format))?;
    Ok(Outcome::Done)
}
