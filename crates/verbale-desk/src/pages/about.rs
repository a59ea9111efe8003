//! What this store holds, and how to read it.

use std::collections::BTreeMap;

use maud::html;
use serde_json::json;
use verbale::record::word;

use super::frame;
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::problem::Problem;

/// `/about`.
pub fn about(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let holdings = desk.holdings(&store)?;
    let stats = store.stats()?;
    let run = desk.engine.run();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for fact in &holdings.facts {
        *kinds.entry(word(&fact.kind)).or_default() += 1;
    }
    let undated = holdings
        .documents
        .iter()
        .filter(|document| document.published.is_none())
        .count();
    let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
    for document in &holdings.documents {
        *outlets
            .entry(document.outlet.as_deref().unwrap_or("none named"))
            .or_default() += 1;
    }
    let value = json!({
        "store": store.path().display().to_string(),
        "documents": stats.documents,
        "undated": undated,
        "facts": stats.facts,
        "records": stats.records,
        "bytes": stats.bytes,
        "kinds": kinds,
        "outlets": outlets,
        "program": run.program,
        "data": run.data,
        "model": run.model,
    });
    Answer::one(asked, "About this data", &value, None, || {
        html! {
            section { h2 { "What is here" }
                dl.fields {
                    dt { "store" } dd { code { (store.path().display()) } }
                    dt { "texts" } dd { (stats.documents) ", " (undated) " of them undated" }
                    dt { "facts" } dd { (stats.facts) }
                    dt { "records" } dd { (stats.records) }
                    dt { "program" } dd { (run.program) }
                    dt { "data" } dd { code { (run.data) } }
                    dt { "model" } dd { code { (run.model) } }
                }
            }
            section { h2 { "Whose texts" }
                ul { @for (outlet, count) in &outlets { li { bdi { (outlet) } ": " (count) } } }
                p { "What these outlets leave out is missing here too. A state that is told of by one side only looks as that side tells it." }
            }
            section { h2 { "How to read it" }
                ul {
                    li { "A " strong { "fact" } " is one reading of one place in one text. A " strong { "record" } " is one thing in the world with all facts that tell it." }
                    li { "■ said to have happened, □ planned, wished or considered, ▨ the day is vague." }
                    li { "In positions: ● the holder's own word, ○ the other side's, ◇ a third party's, □ the outlet's own voice." }
                    li { "Texts that copy each other count as one independent witness." }
                    li { "Names of contested places stand as each text writes them; keys are neutral and take no side." }
                    li { "Facts are found by rules and a small learned model, not by people, until somebody has accepted them. Open the words before you use one." }
                }
                dl.fields { @for (kind, count) in &kinds { dt { (kind) } dd { (count) } } }
            }
            section { h2 { "Keys" }
                dl.fields {
                    dt { kbd { "/" } } dd { "search" }
                    dt { kbd { "j" } " " kbd { "k" } } dd { "next and previous row" }
                    dt { kbd { "Enter" } } dd { "open the row" }
                }
                p { label { input type="checkbox" id="keys-on" checked; " use single keys on this desk" } }
            }
            section { h2 { "For programs" }
                p { "Every page is also given as " code { ".json" } ", " code { ".csv" } " and " code { ".md" } " after its address. "
                    a href="/openapi.json" { "The interface as OpenAPI" } "." }
            }
            (frame::forms(asked))
        }
    })
}

/// `/health`.
pub fn health(desk: &Desk, _: &Asked) -> Result<Answer, Problem> {
    let stats = desk.store()?.stats()?;
    let value = json!({ "status": "ok", "documents": stats.documents, "read_only": desk.gate.is_read_only() });
    Ok(Answer::of(Form::Json.media_type(), value.to_string()))
}
