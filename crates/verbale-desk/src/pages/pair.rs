//! The dossier of two states, and every ledger below it.

use std::sync::Arc;

use maud::{Markup, html};
use serde::Serialize;
use verbale::lexicon::SECTORS;
use verbale::record::{ConflictView, DocumentView, Dossier, Gap, PersonView, Record};
use verbale_engine::ask::{self, Lens};
use verbale_engine::asked::Filters;
use verbale_engine::columns::{DOCUMENT, NAME, RECORD, short};
use verbale_engine::listing::{Column, csv_table};
use verbale_store::Store;
use verbale_web::{Place, contents, html, markdown, of_pair, of_pair_within, record, title};

use super::{decide, frame, table};
use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::paging;
use crate::problem::Problem;

/// The ledgers below a pair, with their headings.
pub const LEDGERS: [(&str, &str); 17] = [
    ("timeline", "Timeline"),
    ("visits", "Visits"),
    ("meetings", "Meetings"),
    ("agreements", "Agreements"),
    ("commitments", "Commitments"),
    ("positions", "Positions"),
    ("relations", "Relations"),
    ("cooperation", "Cooperation"),
    ("transfers", "Transfers"),
    ("people", "People"),
    ("claims", "Claims"),
    ("figures", "Figures"),
    ("events", "Other acts"),
    ("conflicts", "Disagreements"),
    ("gaps", "Gaps"),
    ("names", "Names as written"),
    ("sources", "Sources"),
];

/// The filters of the page, with what they ask for.
pub const LENS: &[(&str, &str)] = &[
    ("sector", "only this sector: defence energy trade …"),
    (
        "modality",
        "only this modality: asserted planned intended …",
    ),
    (
        "speaker",
        "only on the word of speakers whose name holds this",
    ),
    ("side", "only on the word of this side, ISO code"),
    ("since", "only what may lie on or after this day"),
    (
        "as_of",
        "only texts published on or before this day; undated texts are left out",
    ),
    (
        "independent",
        "only what at least so many independent texts tell",
    ),
];

/// Facts and texts that a page shows without leaving any out.
const WHOLE: usize = 200;

/// Rows of each table of a page that leaves some out; the ledgers have all.
const ROWS: usize = 10;

/// The two states of the address.
pub fn states(desk: &Desk, asked: &Asked) -> Result<[String; 2], Problem> {
    let words = asked.part("pair");
    let Some((a, b)) = words.split_once('-') else {
        return Err(Problem::asked(format!(
            "'{words}' is no pair: write two states with a hyphen between, for example TCD-NER"
        )));
    };
    Ok(ask::both(&desk.engine, [a, b])?)
}

/// How the page of the dossier begins, if there will be one.
pub fn begins(desk: &Desk, asked: &Asked) -> Result<Option<String>, Problem> {
    let pair = states(desk, asked)?;
    let _: Lens = asked.read(&["file"])?;
    let is_page = asked.form == Form::Html && asked.field("file").is_none();
    if !is_page || desk.store()?.pair_count(&pair)?.is_none() {
        return Ok(None);
    }
    let lexicon = &desk.engine.language.lexicon;
    let title = title([lexicon.state_name(&pair[0]), lexicon.state_name(&pair[1])]);
    Ok(Some(frame::beginning(&title, &asked.path)))
}

/// The dossier.
pub fn pair(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let pair = states(desk, asked)?;
    let lens: Lens = asked.read(&["file"])?;
    let store = desk.store()?;
    let made = desk.dossier(&store, &pair, &lens, asked.waiting)?;
    let mut answer = page(desk, asked, &store, &pair, &lens, &made.dossier)?;
    answer.tag = desk.older_tag(&store, &made)?;
    answer.rests = Some(made.rests);
    Ok(answer)
}

fn page(
    desk: &Desk,
    asked: &Asked,
    store: &Store,
    pair: &[String; 2],
    lens: &Lens,
    dossier: &Dossier,
) -> Result<Answer, Problem> {
    let as_file = asked.field("file").is_some();
    if dossier.facts.is_empty() && lens.is_empty() {
        return Err(Problem::missing(format!(
            "the texts tell nothing of {} and {} together",
            pair[0], pair[1]
        )));
    }
    // A file and the forms of machines hold everything; a page that is read on the way is light.
    let large = dossier.facts.len() + dossier.documents.len() > WHOLE;
    let browsed = asked.form == Form::Html && !as_file && large;
    let page = if browsed {
        of_pair_within(dossier, ROWS)
    } else {
        of_pair(dossier)
    };
    if as_file {
        let mut sources = Vec::new();
        for document in &dossier.documents {
            sources.extend(store.document(&document.id)?.as_ref().map(ask::source));
        }
        return Ok(Answer::of(
            Form::Html.media_type(),
            html(&page, dossier, &sources),
        ));
    }
    match asked.form {
        // A dossier is many tables; the one that has everything with a place in time is its CSV.
        Form::Csv => {
            let rows: Vec<&Record> = dossier.timeline.iter().map(Arc::as_ref).collect();
            Ok(Answer::of(Form::Csv.media_type(), csv_table(&rows)?))
        }
        Form::Md => Ok(Answer::of(
            Form::Md.media_type(),
            markdown(&page, &dossier.facts),
        )),
        _ => Answer::one(asked, &page.title, dossier, None, || {
            let address = format!("/pair/{}-{}", pair[0], pair[1]);
            html! {
                nav.sections aria-label="Sections" { (contents(&page)) }
                (filters(asked, pair))
                details.ledgers {
                    summary { "Each ledger as a table of its own, and the series" }
                    nav.ledgers aria-label="Ledgers" {
                        @for (name, title) in LEDGERS { a href={ (address) "/" (name) } { (title) } " " }
                        a href={ "/series/" (pair[0]) "-" (pair[1]) "?by=month" } { "Series" }
                    }
                }
                (record(&page, dossier, Place::Desk))
                section id="export" {
                    h2 { "Take this page" }
                    p {
                        a id="export-html" download={ (pair[0]) "-" (pair[1]) ".html" } href={ (asked.path) "?" (asked.query_without(&["file"])) "&file=1" } { "One HTML file with the texts" } ", "
                        a href=(asked.address("md")) { "Markdown with footnotes" } ", "
                        a href=(asked.address("json")) { "JSON" } ", "
                        a href=(asked.address("csv")) { "timeline as CSV" }
                        ". The address of this page holds its filters."
                    }
                }
                (decide::bar(desk))
            }
        }),
    }
}

fn filters(asked: &Asked, pair: &[String; 2]) -> Markup {
    let value = |name: &str| asked.field(name).unwrap_or_default().to_string();
    let choice = |name: &str, title: &str, words: &[&str]| {
        html! {
            label { (title)
                select name=(name) {
                    option value="" { "any" }
                    @for word in words {
                        option value=(word) selected[value(name) == *word] { (word.replace('_', " ")) }
                    }
                }
            }
        }
    };
    html! {
        form.filters action=(asked.path) aria-label="Filters" {
            (choice("sector", "sector", &SECTORS))
            (choice("modality", "modality", ask::MODALITIES))
            (choice("side", "side of the speaker", &[pair[0].as_str(), pair[1].as_str()]))
            label { "speaker" input type="text" name="speaker" value=(value("speaker")) size="12"; }
            label { "since" input type="date" name="since" value=(value("since")); }
            label { "as of" input type="date" name="as_of" value=(value("as_of")); }
            (choice("independent", "independent texts", &["2", "3"]))
            button { "Apply" }
            @if !asked.query.is_empty() { " " a href=(asked.path) { "All" } }
        }
        @if asked.field("as_of").is_some() {
            p.note { "As of " (value("as_of")) ": texts published later, and undated ones, are left out." }
        }
    }
}

/// One ledger.
pub fn ledger(desk: &Desk, asked: &Asked) -> Result<Answer, Problem> {
    let pair = states(desk, asked)?;
    let name = asked.part("ledger");
    let Some((_, heading)) = LEDGERS.iter().find(|(ledger, _)| *ledger == name) else {
        let known: Vec<&str> = LEDGERS.iter().map(|(name, _)| *name).collect();
        return Err(Problem::missing(format!(
            "there is no ledger '{name}'; there are {}",
            known.join(", ")
        )));
    };
    let store = desk.store()?;
    let made = desk.dossier(&store, &pair, &Lens::default(), asked.waiting)?;
    let dossier = &made.dossier;
    let title = format!("{heading}: {} – {}", pair[0], pair[1]);
    let shown = Shown {
        asked,
        title: &title,
        home: format!("/pair/{}-{}", pair[0], pair[1]),
    };
    let mut answer = match name {
        "people" => shown.rows(
            dossier.people.clone(),
            PERSON,
            |row| &row.person.id,
            |row| {
                row.facts
                    .first()
                    .map_or_else(|| "/people".into(), |id| format!("/facts/{id}"))
            },
        ),
        "conflicts" => shown.rows(
            dossier.conflicts.clone(),
            CONFLICT,
            |row| &row.text,
            |row| {
                row.records
                    .first()
                    .map_or_else(|| "#main".into(), |id| format!("/records/{id}"))
            },
        ),
        "gaps" => shown.rows(
            dossier.gaps.clone(),
            GAP,
            |row| &row.text,
            |row| {
                let record = row.records.first().map(|id| format!("/records/{id}"));
                let text = row.documents.first().map(|id| format!("/docs/{id}"));
                record.or(text).unwrap_or_else(|| "#main".into())
            },
        ),
        "sources" => shown.rows(
            dossier.documents.clone(),
            DOCUMENT,
            |row: &DocumentView| &row.id,
            |row| format!("/docs/{}", row.id),
        ),
        "names" => {
            let rows = ask::names(
                &desk.engine,
                &store,
                &Filters {
                    pair: Some(pair.join(",")),
                    ..Filters::default()
                },
            )?;
            shown.rows(
                rows,
                NAME,
                |row| &row.form,
                |row| {
                    format!(
                        "/search?{}",
                        serde_urlencoded::to_string([("q", &row.form)]).unwrap_or_default()
                    )
                },
            )
        }
        _ => {
            let mut records = ledger_of(dossier, name).to_vec();
            let mut asked_for: Filters = asked.read(&paging::FIELDS)?;
            asked_for.pair = None;
            let filter = verbale_engine::filters::records(&desk.engine, &store, &asked_for)?;
            records.retain(|record| filter.takes(record));
            let (rows, next) = paging::page(asked, records, |row| &row.id)?;
            let rows = rows.into_iter().map(Arc::unwrap_or_clone).collect();
            shown.paged(rows, next, RECORD, |row| format!("/records/{}", row.id))
        }
    }?;
    answer.tag = desk.older_tag(&store, &made)?;
    answer.rests = Some(made.rests);
    Ok(answer)
}

/// The records of a ledger.
fn ledger_of<'a>(dossier: &'a Dossier, name: &str) -> &'a [Arc<Record>] {
    match name {
        "timeline" => &dossier.timeline,
        "visits" => &dossier.visits,
        "meetings" => &dossier.meetings,
        "agreements" => &dossier.agreements,
        "commitments" => &dossier.commitments,
        "positions" => &dossier.positions,
        "relations" => &dossier.relations,
        "cooperation" => &dossier.cooperation,
        "transfers" => &dossier.transfers,
        "claims" => &dossier.claims,
        "figures" => &dossier.figures,
        _ => &dossier.events,
    }
}

struct Shown<'a> {
    asked: &'a Asked,
    title: &'a str,
    home: String,
}

impl Shown<'_> {
    fn rows<T: Serialize>(
        &self,
        rows: Vec<T>,
        columns: &[Column<T>],
        id: impl Fn(&T) -> &str,
        link: impl Fn(&T) -> String,
    ) -> Result<Answer, Problem> {
        let (rows, next) = paging::page(self.asked, rows, id)?;
        self.paged(rows, next, columns, link)
    }

    fn paged<T: Serialize>(
        &self,
        rows: Vec<T>,
        next: Option<String>,
        columns: &[Column<T>],
        link: impl Fn(&T) -> String,
    ) -> Result<Answer, Problem> {
        let mut answer = Answer::rows(self.asked, self.title, &rows, columns, || {
            html! {
                p { a href=(self.home) { "The whole dossier" } }
                nav.ledgers aria-label="Ledgers" {
                    @for (name, title) in LEDGERS {
                        @let address = format!("{}/{name}", self.home);
                        a href=(address) aria-current=[(address == self.asked.path).then_some("page")] { (title) } " "
                    }
                }
                (table::table(self.title, &rows, columns, link))
                (table::next(self.asked, next.as_ref()))
                (frame::forms(self.asked))
            }
        })?;
        answer.next = next;
        Ok(answer)
    }
}

/// Columns of people of a pair.
const PERSON: &[Column<PersonView>] = &[
    ("name", |row| row.person.name.clone()),
    ("office as written", |row| {
        let titles: Vec<&str> = row
            .offices
            .iter()
            .map(|office| office.title.as_str())
            .collect();
        titles.join("; ")
    }),
    ("side", |row| match (&row.side, row.official) {
        (Some(side), _) => side.clone(),
        (None, Some(false)) => "not an official".into(),
        (None, _) => "not stated".into(),
    }),
    ("spoke", |row| row.spoke.to_string()),
    ("acted", |row| row.acted.to_string()),
    ("texts", |row| row.named.to_string()),
];

const CONFLICT: &[Column<ConflictView>] = &[
    ("what", |row| row.text.clone()),
    ("kind", |row| row.kind.clone()),
    ("facts", |row| {
        row.facts
            .iter()
            .map(|id| short(id))
            .collect::<Vec<_>>()
            .join(" ")
    }),
];

const GAP: &[Column<Gap>] = &[
    ("what", |row| row.text.clone()),
    ("code", |row| row.code.clone()),
];
