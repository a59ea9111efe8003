//! What this store holds, and how to read it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};
use verbale_store::{Counts, Tally};

use super::{frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::problem::Problem;

/// What a store holds, and how one-sided it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Balance {
    /// Texts without a day of publication.
    undated: usize,
    /// Texts of which nothing was coded.
    silent: usize,
    /// Texts that copy another one.
    copies: usize,
    /// Texts by what became of them: `ok`, `empty`, `not_english`, `failed`.
    statuses: BTreeMap<String, usize>,
    /// Texts by outlet.
    outlets: BTreeMap<String, usize>,
    /// Texts by year of publication.
    years: BTreeMap<String, usize>,
    /// Facts by kind.
    kinds: BTreeMap<String, usize>,
    /// Facts by the innermost voice: the outlet, a speaker of a side, one whose side is not stated.
    voices: BTreeMap<String, usize>,
    /// Facts that a person has accepted or edited.
    reviewed: usize,
    /// Records that one independent text tells.
    one_witness: usize,
    /// Records by flag.
    flags: BTreeMap<String, usize>,
}

impl From<Tally> for Balance {
    fn from(tally: Tally) -> Balance {
        let voice = |voice: String| match voice.strip_prefix("side ") {
            None => "the outlet itself".to_owned(),
            Some("") => "a speaker whose side is not stated".to_owned(),
            Some(side) => side.to_owned(),
        };
        let outlet = |name: String| match name.is_empty() {
            true => "none named".to_owned(),
            false => name,
        };
        Balance {
            undated: tally.undated,
            silent: tally.silent,
            copies: tally.copies,
            statuses: tally.statuses,
            outlets: named(tally.outlets, outlet),
            years: tally.years,
            kinds: tally.kinds,
            voices: named(tally.voices, voice),
            reviewed: tally.reviewed,
            one_witness: tally.one_witness,
            flags: tally.flags,
        }
    }
}

/// The same counts under the names that people read.
fn named(counts: Counts, name: impl Fn(String) -> String) -> Counts {
    let mut all = Counts::new();
    for (word, count) in counts {
        *all.entry(name(word)).or_default() += count;
    }
    all
}

/// `/about`.
pub fn about(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let store = desk.store()?;
    let stats = store.stats()?;
    let run = desk.engine.run();
    let tally = store.tally()?;
    let happenings = tally.happenings;
    let balance = Balance::from(tally);
    let mut value = json!({
        "store": store.path().display().to_string(),
        "documents": stats.documents,
        "facts": stats.facts,
        "records": stats.records,
        "bytes": stats.bytes,
        "program": run.program,
        "data": run.data,
        "model": run.model,
    });
    if let (Value::Object(value), Value::Object(more)) =
        (&mut value, serde_json::to_value(&balance)?)
    {
        value.extend(more);
    }
    Answer::one(asked, "About this data", &value, None, || {
        html! {
            section { h2 { "What is here" }
                dl.fields {
                    dt { "store" } dd { code { (store.path().display()) } }
                    dt { "texts" } dd { (stats.documents) }
                    dt { "facts" } dd { (stats.facts) ", " (balance.reviewed) " of them seen by a person" }
                    dt { "records" } dd { (stats.records) }
                    dt { "program" } dd { (run.program) }
                    dt { "data" } dd { code { (run.data) } }
                    dt { "model" } dd { code { (run.model) } }
                }
                p { a href="/runs" { "Runs" } ", " a href="/codebook" { "the codebook" } ", " a href="/issues" { "contested matters" } }
            }
            section { h2 { "Whose texts" }
                (counts("outlet", "texts", &balance.outlets))
                p { "What these outlets leave out is missing here too. A state that is told of by one side only looks as that side tells it." }
            }
            section { h2 { "On whose word" }
                (counts("who says it", "facts", &balance.voices))
                p { "A side is known from an office or from what the text states of the speaker, never guessed from a name." }
            }
            section { h2 { "From when" } (counts("published in", "texts", &balance.years)) }
            section { h2 { "What is missing" }
                ul {
                    li { (table::count(balance.undated, "text has", "texts have")) " no day of publication; their facts have no day unless the text names one." }
                    li { (table::count(balance.silent, "text", "texts")) " of which nothing was coded." }
                    li { (table::count(balance.copies, "text has", "texts have")) " a copy; copies count as one independent witness." }
                    li { (balance.one_witness) " of " (happenings) " records stand on one independent text." }
                    @for (status, count) in balance.statuses.iter().filter(|(status, _)| *status != "ok") {
                        li { (count) " texts were read with the result “" (status.replace('_', " ")) "”." }
                    }
                    @for (flag, count) in &balance.flags { li { (count) " records carry the flag “" (flag.replace('_', " ")) "”." } }
                }
            }
            section { h2 { "What this program cannot do" }
                ul {
                    li { "It reads English. A text in another language is kept, named and not coded." }
                    li { "It finds what is written out. What is implied, ironic or told by a picture is missed." }
                    li { "It is sometimes wrong about who did what to whom; each fact carries a confidence, and the words." }
                    li { "It knows no event that no text tells, and it checks no text against the world." }
                }
            }
            section { h2 { "How to read it" }
                ul {
                    li { "A " strong { "fact" } " is one reading of one place in one text. A " strong { "record" } " is one thing in the world with all facts that tell it." }
                    li { "■ said to have happened, □ announced, promised, wished or considered, ▨ denied, disputed or only alleged. A vague day is a bar as long as the days it may be." }
                    li { "In positions: ● the holder's own word, ○ the other side's, ◇ a third party's, □ the outlet's own voice." }
                    li { "Names of contested places stand as each text writes them; keys are neutral and take no side." }
                    li { "Facts are found by rules and a small learned model, not by people, until somebody has accepted them. Open the words before you use one." }
                }
                (counts("kind", "facts", &balance.kinds))
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

/// Words with how often each stands, the most first; a bar beside each number shows the share.
fn counts(what: &str, of: &str, counts: &BTreeMap<String, usize>) -> Markup {
    /// Rows that a page shows; JSON and CSV have all.
    const SHOWN: usize = 24;
    let whole: usize = counts.values().sum();
    let mut rows: Vec<(&String, &usize)> = counts.iter().collect();
    if what != "published in" {
        rows.sort_by(|a, b| b.1.cmp(a.1));
    }
    html! {
        @if rows.is_empty() { p.silent { "Nothing in these texts." } }
        @else {
            table.counts {
                thead { tr { th scope="col" { (what) } th scope="col" { (of) } th scope="col" { "share" } } }
                tbody {
                    @for (name, count) in rows.iter().take(SHOWN) {
                        @let share = **count * 100 / whole.max(1);
                        tr { th scope="row" { bdi { (name.replace('_', " ")) } } td { (count) }
                            td { svg width="104" height="10" aria-hidden="true" { rect x="0" y="1" width=(share.max(1)) height="8" {} } (share) " %" } }
                    }
                }
            }
            @if rows.len() > SHOWN { p.note { "and " (rows.len() - SHOWN) " more" } }
        }
    }
}

/// `/health`.
pub fn health(desk: &Desk, _: &Asked) -> Result<Answer, Problem> {
    let stats = desk.store()?.stats()?;
    let value = json!({ "status": "ok", "documents": stats.documents, "read_only": desk.gate.is_read_only() });
    Ok(Answer::of(Form::Json.media_type(), value.to_string()))
}
