//! One function per verb, grouped by what they work on.

mod check;
mod code;
mod dossier;
mod eval;
mod export;
mod history;
mod insight;
mod ledgers;
mod look;
mod program;
mod review;
mod series;
mod serve;
mod why;

use std::path::PathBuf;

use anyhow::{Result, bail};
use verbale::record::RecordKind;
use verbale_desk::Settings;
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
    if let Verb::Sql { query, listing } = &cli.verb {
        return history::sql(&cli.store_path(), query, listing);
    }
    let engine = Engine::load(cli.data.as_deref(), cli.threads)?.behind(cli.gate);
    if let Verb::Serve {
        port,
        bind,
        read_only,
        token,
    } = &cli.verb
    {
        let settings = Settings {
            store: cli.store_path(),
            bind: *bind,
            port: *port,
            token: token.clone(),
            read_only: *read_only,
            ..Settings::default()
        };
        return serve::serve(engine, settings);
    }
    let open = || -> Result<Store> {
        if cli.as_of.is_some() {
            bail!("--as-of is for verbs that only ask: the past is not changed");
        }
        let mut store = Store::open(&cli.store_path())?;
        // A stop between coding and fusing leaves facts without records; whoever comes next completes the work.
        crate::ingest::refresh_records(&engine, &mut store)?;
        Ok(store)
    };
    // Asking makes no file: where there is no store, nothing is found.
    let read = || -> Result<Store> {
        let path = cli.store_path();
        if path.exists() {
            let Some(when) = &cli.as_of else {
                return open();
            };
            let mut past = Store::open(&path)?.as_of(verbale_engine::asked::moment(when)?)?;
            crate::ingest::refresh_records(&engine, &mut past)?;
            return Ok(past);
        }
        anstream::eprintln!(
            "{}: no store here yet; `verbale add PATH…` makes one",
            path.display()
        );
        Ok(Store::absent(&path)?)
    };
    let read_or_write = |paths: &[PathBuf]| if paths.is_empty() { read() } else { open() };
    match &cli.verb {
        Verb::Add { paths, texts } => dossier::add(&engine, &mut open()?, paths, texts),
        Verb::Pair {
            a,
            b,
            paths,
            texts,
            page,
        } => dossier::pair(
            &engine,
            &mut read_or_write(paths)?,
            [a, b],
            paths,
            texts,
            page,
        ),
        Verb::State {
            a,
            paths,
            texts,
            page,
        } => dossier::state(&engine, &mut read_or_write(paths)?, a, paths, texts, page),
        Verb::Demo { page } => dossier::demo(&engine, page),
        Verb::Code {
            paths,
            input,
            out,
            texts,
            listing,
        } => code::code(&engine, paths, *input, *out, texts, listing),
        Verb::Try {
            sentence,
            published,
            listing,
        } => code::try_sentence(&engine, sentence, published.as_deref(), listing),
        Verb::Facts(filtered) => ledgers::facts(&engine, &read()?, filtered),
        Verb::Records(filtered) => ledgers::records(&engine, &read()?, filtered, None),
        Verb::Timeline(filtered) => ledgers::timeline(&engine, &read()?, filtered),
        Verb::Visits(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Visit))
        }
        Verb::Meetings(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Meeting))
        }
        Verb::Agreements(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Agreement))
        }
        Verb::Commitments(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Commitment))
        }
        Verb::Positions(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Position))
        }
        Verb::Relations(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Relation))
        }
        Verb::Cooperation(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Cooperation))
        }
        Verb::Transfers(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Transfer))
        }
        Verb::People(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Person))
        }
        Verb::Claims(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Claim))
        }
        Verb::Figures(filtered) => {
            ledgers::records(&engine, &read()?, filtered, Some(RecordKind::Figure))
        }
        Verb::Names(filtered) => ledgers::names(&engine, &read()?, filtered),
        Verb::Conflicts { a, b, listing } => dossier::conflicts(&engine, &read()?, [a, b], listing),
        Verb::Gaps { a, b, listing } => dossier::gaps(&engine, &read()?, [a, b], listing),
        Verb::Series {
            a,
            b,
            panel,
            from,
            to,
            listing,
        } => series::series(
            &engine,
            &read()?,
            a.as_deref().zip(b.as_deref()).map(|(a, b)| [a, b]),
            panel,
            [*from, *to],
            listing,
        ),
        Verb::Export {
            format,
            output,
            rows,
            panel,
            filters,
        } => export::export(&engine, &read()?, (*format, *rows), output, panel, filters),
        Verb::Show { id, listing } => look::show(&read()?, id, listing),
        Verb::Why { target, listing } => why::why(&engine, &read()?, target, listing),
        Verb::Cite { id, style } => look::cite(&read()?, id, *style),
        Verb::Search { words, listing } => look::search(&read()?, &words.join(" "), listing),
        Verb::Docs { doc, listing } => look::docs(&engine, &read()?, doc.as_deref(), listing),
        Verb::Review { verb } => review::review(&engine, &mut read()?, verb, cli.as_of.is_some()),
        Verb::Recode { dry_run, listing } => {
            history::recode(&engine, &mut open()?, *dry_run, listing)
        }
        Verb::Runs { listing } => history::runs(&read()?, listing),
        Verb::Diff {
            run1,
            run2,
            listing,
        } => history::diff(&read()?, [run1, run2], listing),
        Verb::Since { when, listing } => history::since(&engine, &read()?, when, listing),
        Verb::Withdraw { doc, undo, listing } => {
            history::withdraw(&engine, &mut open()?, doc, *undo, listing)
        }
        Verb::Correct { doc, file, listing } => {
            history::correct(&engine, &mut open()?, doc, file, listing)
        }
        Verb::Backup { file } => history::backup(&read()?, file),
        Verb::Eval(measured) => eval::eval(&engine, measured),
        Verb::Stats { listing } => look::stats(&read()?, listing),
        Verb::Version { json } => program::version(&engine, *json),
        Verb::Completions { .. }
        | Verb::Man
        | Verb::Schema
        | Verb::Sql { .. }
        | Verb::Check { .. }
        | Verb::Serve { .. } => {
            unreachable!("answered above")
        }
    }
}
