//! `review …`: a person's word on facts and records.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use jiff::Timestamp;
use verbale_store::Store;
use verbale_store::review::{Agreement, Request, Signature, Unfit};

use super::ledgers::list;
use crate::Outcome;
use crate::args::{Filtered, Listing, ReviewVerb, Signed};
use crate::columns::{DECISION, QUEUED, short};
use crate::engine::Engine;
use crate::output::{Column, format_or_default, print_rows};

/// `review`.
pub fn review(
    engine: &Engine,
    store: &mut Store,
    verb: &ReviewVerb,
    past: bool,
) -> Result<Outcome> {
    let (request, signed) = match verb {
        ReviewVerb::List { filtered } => return queue(engine, store, filtered),
        ReviewVerb::Decisions { unfit, listing } => return decisions(store, *unfit, listing),
        ReviewVerb::Agreement { listing } => return agreement(store, listing),
        ReviewVerb::Accept { id, signed } => (Request::Accept { id: id.clone() }, signed),
        ReviewVerb::Reject { id, signed } => (Request::Reject { id: id.clone() }, signed),
        ReviewVerb::Edit { id, set, signed } => {
            let (id, set) = (id.clone(), fields(set)?);
            (Request::Edit { id, set }, signed)
        }
        ReviewVerb::Merge { ids, signed } => (Request::Merge { ids: ids.clone() }, signed),
        ReviewVerb::Split {
            record,
            facts,
            signed,
        } => {
            let (record, facts) = (record.clone(), facts.clone());
            (Request::Split { record, facts }, signed)
        }
        ReviewVerb::Add {
            doc,
            start,
            end,
            set,
            signed,
        } => {
            let request = Request::Add {
                doc: doc.clone(),
                start: *start,
                end: *end,
                set: fields(set)?,
            };
            (request, signed)
        }
        ReviewVerb::Undo { n, signed } => (Request::Undo { n: *n }, signed),
    };
    if past {
        bail!("--as-of is for verbs that only ask: the past is not changed");
    }
    decide(engine, store, &request, signed)
}

fn decide(
    engine: &Engine,
    store: &mut Store,
    request: &Request,
    signed: &Signed,
) -> Result<Outcome> {
    let user = || {
        ["USER", "LOGNAME", "USERNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok())
    };
    let signature = Signature {
        by: signed.by.clone().or_else(user).unwrap_or_default(),
        note: signed.note.clone(),
        at: Timestamp::now(),
    };
    let decision = store.decide(request, &signature, &engine.language)?;
    anstream::eprintln!(
        "decision {} kept in {}",
        decision.n,
        verbale_store::review::beside(store.path()).display()
    );
    print_rows(
        &[decision],
        DECISION,
        format_or_default(signed.listing.format),
    )?;
    Ok(Outcome::Done)
}

fn fields(written: &[String]) -> Result<BTreeMap<String, String>> {
    let mut set = BTreeMap::new();
    for pair in written {
        let Some((field, words)) = pair.split_once('=') else {
            bail!("{pair}: write FIELD=VALUE, for example actor=AZE,PAK");
        };
        if set
            .insert(field.trim().to_owned(), words.to_owned())
            .is_some()
        {
            bail!("{field} is given twice; write lists with commas: {field}=A,B");
        }
    }
    Ok(set)
}

fn queue(engine: &Engine, store: &Store, filtered: &Filtered) -> Result<Outcome> {
    let queue = store.queue(&verbale_engine::filters::facts(engine, &filtered.filters)?)?;
    let unfit = store.unfit()?.len();
    if unfit > 0 {
        anstream::eprintln!(
            "{unfit} earlier decisions fit no fact any more: verbale review decisions --unfit"
        );
    }
    list(&queue, QUEUED, filtered.listing.format)
}

fn decisions(store: &Store, unfit: bool, listing: &Listing) -> Result<Outcome> {
    if !unfit {
        return list(&store.journal().decisions, DECISION, listing.format);
    }
    let columns: [Column<Unfit>; 6] = [
        ("n", |unfit| unfit.n.to_string()),
        ("decision", |unfit| unfit.action.into()),
        ("by", |unfit| unfit.by.clone()),
        ("text", |unfit| unfit.doc_name.clone()),
        ("words", |unfit| unfit.quote.clone()),
        ("why it fits nothing", |unfit| unfit.reason.clone()),
    ];
    list(&store.unfit()?, &columns, listing.format)
}

fn agreement(store: &Store, listing: &Listing) -> Result<Outcome> {
    let columns: [Column<Agreement>; 6] = [
        ("reviewers", |both| {
            format!("{}, {}", both.first, both.second)
        }),
        ("facts", |both| both.facts.to_string()),
        ("agreed", |both| both.agreed.to_string()),
        ("percent", |both| format!("{:.1}", both.percent)),
        ("kappa", |both| {
            both.kappa
                .map_or_else(|| "undefined".into(), |kappa| format!("{kappa:.3}"))
        }),
        ("differ on", |both| {
            both.differ
                .iter()
                .map(|id| short(id))
                .collect::<Vec<_>>()
                .join(" ")
        }),
    ];
    list(&store.agreements(), &columns, listing.format)
}
