//! One function per verb, grouped by what they work on.

mod check;
mod cite;
mod code;
mod dossier;
mod eval;
mod insight;
mod ledgers;
mod look;
mod program;
mod why;

use anyhow::Result;
use verbale::record::RecordKind;
use verbale_store::Store;

use crate::Outcome;
use crate::args::{Cli, Verb};
use crate::engine::Engine;

/// Runs the verb of the command line.
pub fn run(cli: &Cli) -> Result<Outcome> {
    match &cli.verb {
        Verb::Completions { shell } => return program::completions(*shell),
        Verb::Man => return program::man(),
        Verb::Schema => return program::schema(),
        Verb::Check { dir, listing } => {
            return check::check(dir.as_deref().or(cli.data.as_deref()), listing);
        }
        _ => {}
    }
    let engine = Engine::load(cli.data.as_deref(), cli.threads)?;
    let open = || -> Result<Store> {
        let mut store = Store::open(&cli.store_path())?;
        // A stop between coding and fusing leaves facts without records; whoever comes next completes the work.
        crate::ingest::refresh_records(&engine, &mut store)?;
        Ok(store)
    };
    match &cli.verb {
        Verb::Add { paths, known } => dossier::add(&engine, &mut open()?, paths, known),
        Verb::Pair {
            a,
            b,
            paths,
            known,
            page,
        } => dossier::pair(&engine, &mut open()?, [a, b], paths, known, page),
        Verb::State {
            a,
            paths,
            known,
            page,
        } => dossier::state(&engine, &mut open()?, a, paths, known, page),
        Verb::Demo { page } => dossier::demo(&engine, page),
        Verb::Code {
            paths,
            input,
            known,
            listing,
        } => code::code(&engine, paths, *input, known, listing),
        Verb::Try {
            sentence,
            published,
            listing,
        } => code::try_sentence(&engine, sentence, published.as_deref(), listing),
        Verb::Facts(filtered) => ledgers::facts(&engine, &open()?, filtered),
        Verb::Records(filtered) => ledgers::records(&engine, &open()?, filtered, None),
        Verb::Timeline(filtered) => ledgers::timeline(&engine, &open()?, filtered),
        Verb::Visits(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Visit))
        }
        Verb::Meetings(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Meeting))
        }
        Verb::Agreements(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Agreement))
        }
        Verb::Commitments(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Commitment))
        }
        Verb::Positions(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Position))
        }
        Verb::Relations(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Relation))
        }
        Verb::Cooperation(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Cooperation))
        }
        Verb::Transfers(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Transfer))
        }
        Verb::People(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Person))
        }
        Verb::Claims(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Claim))
        }
        Verb::Figures(filtered) => {
            ledgers::records(&engine, &open()?, filtered, Some(RecordKind::Figure))
        }
        Verb::Names(filtered) => ledgers::names(&engine, &open()?, filtered),
        Verb::Conflicts { a, b, listing } => dossier::conflicts(&engine, &open()?, [a, b], listing),
        Verb::Gaps { a, b, listing } => dossier::gaps(&engine, &open()?, [a, b], listing),
        Verb::Show { id, listing } => look::show(&open()?, id, listing),
        Verb::Why { target, listing } => why::why(&engine, &open()?, target, listing),
        Verb::Cite { id, style } => cite::cite(&open()?, id, *style),
        Verb::Search { words, listing } => look::search(&open()?, &words.join(" "), listing),
        Verb::Docs { doc, listing } => look::docs(&open()?, doc.as_deref(), listing),
        Verb::Eval {
            gold,
            texts,
            baseline,
            write_baseline,
            listing,
        } => eval::eval(
            &engine,
            gold,
            texts,
            baseline.as_deref(),
            write_baseline.as_deref(),
            listing,
        ),
        Verb::Stats { listing } => look::stats(&open()?, listing),
        Verb::Version { json } => program::version(&engine, *json),
        Verb::Completions { .. } | Verb::Man | Verb::Schema | Verb::Check { .. } => {
            unreachable!("answered above, without data")
        }
    }
}
