//! Every address, in one table: the router and `/openapi.json` are both made of it.

use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::{openapi, pages};

/// What a page makes of a request.
pub type Page = fn(&Desk, &Asked) -> Result<Answer, Problem>;

/// How a page begins, told before it is made.
pub type Beginning = fn(&Desk, &Asked) -> Result<Option<String>, Problem>;

/// An address that is read.
pub struct Route {
    /// Path with variable parts in braces.
    pub path: &'static str,
    /// What it answers, in one sentence.
    pub summary: &'static str,
    /// Which fields its query may have.
    pub query: Query,
    /// Whether `.json`, `.csv` and `.md` may follow.
    pub forms: bool,
    /// Whether the answer changes with the store only, so that it has an ETag.
    pub kept: bool,
    /// The page.
    pub page: Page,
    /// How it begins, for a page that may be waited for; `None` where that is not sure.
    pub begins: Option<Beginning>,
}

/// Fields of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Query {
    /// None.
    None,
    /// Paging.
    Paged,
    /// The command line's filters, and paging.
    Filters,
    /// The filters of a pair's page.
    Lens,
    /// Words to search for, and facets.
    Words,
    /// How a panel is counted, its days, and paging.
    Panel,
    /// A day or an instant, and paging.
    Since,
    /// Two runs, and paging.
    Runs,
    /// The command line's filters, and what the rows are.
    Export,
}

const fn route(path: &'static str, query: Query, page: Page, summary: &'static str) -> Route {
    Route {
        path,
        summary,
        query,
        forms: true,
        kept: true,
        page,
        begins: None,
    }
}

/// Everything that can be read.
pub const ROUTES: &[Route] = &[
    route(
        "/",
        Query::Paged,
        pages::home::home,
        "all pairs of states that the texts tell of",
    ),
    Route {
        begins: Some(pages::pair::begins),
        ..route(
            "/pair/{pair}",
            Query::Lens,
            pages::pair::pair,
            "the dossier of two states",
        )
    },
    route(
        "/pair/{pair}/{ledger}",
        Query::Filters,
        pages::pair::ledger,
        "one ledger of two states",
    ),
    route("/facts", Query::Filters, pages::listing::facts, "facts"),
    route(
        "/facts/{id}",
        Query::None,
        pages::fact::fact,
        "a fact with its words, its reasons and its citation",
    ),
    route(
        "/facts/{id}/history",
        Query::None,
        pages::history::history,
        "the life of a fact: who coded it when, and what people decided",
    ),
    route(
        "/facts/{id}/why",
        Query::None,
        pages::fact::why,
        "why a fact is coded as it is",
    ),
    Route {
        forms: false,
        ..route(
            "/facts/{id}/cite.bib",
            Query::None,
            pages::fact::cite,
            "the citation of a fact's text, BibTeX",
        )
    },
    route(
        "/records",
        Query::Filters,
        pages::listing::records,
        "records",
    ),
    route(
        "/records/{id}",
        Query::None,
        pages::record::record,
        "a record with all its facts and witnesses",
    ),
    route("/docs", Query::Paged, pages::listing::docs, "the texts"),
    route(
        "/docs/{id}",
        Query::None,
        pages::document::document,
        "a text with its coded words",
    ),
    route(
        "/people",
        Query::Filters,
        pages::listing::people,
        "people with their offices",
    ),
    route(
        "/issues",
        Query::Paged,
        pages::issues::issues,
        "contested matters: how each is written, and who holds a position on it",
    ),
    route(
        "/issues/{issue}",
        Query::None,
        pages::issues::issue,
        "a contested matter: who holds what of it, and what else tells of it",
    ),
    route(
        "/search",
        Query::Words,
        pages::search::search,
        "texts and facts that hold some words",
    ),
    route(
        "/series",
        Query::Panel,
        pages::series::all,
        "the panel of all dyads, one row a period",
    ),
    route(
        "/series/{pair}",
        Query::Panel,
        pages::series::pair,
        "the panel of two states, one row a period",
    ),
    route(
        "/changes",
        Query::Since,
        pages::changes::changes,
        "what is new, gone or changed since a day",
    ),
    route(
        "/runs",
        Query::Paged,
        pages::runs::runs,
        "runs: the program with its data and model, when each began and what it left",
    ),
    route(
        "/diff",
        Query::Runs,
        pages::runs::diff,
        "what two runs find otherwise, in the texts that both know",
    ),
    route(
        "/codebook",
        Query::None,
        pages::codebook::codebook,
        "what each event type and mode takes, and what it does not",
    ),
    route(
        "/review",
        Query::Filters,
        pages::queue::queue,
        "facts that no person has looked at, those first that would change most",
    ),
    route(
        "/review/decisions",
        Query::Paged,
        pages::queue::decisions,
        "what people decided, the last first",
    ),
    Route {
        forms: false,
        ..route(
            "/export/{name}",
            Query::Export,
            pages::export::export,
            "facts, records, the panel or the texts in other people's formats, as `verbale export --as NAME` writes them",
        )
    },
    route(
        "/about",
        Query::None,
        pages::about::about,
        "what this store holds, and how to read it",
    ),
    Route {
        kept: false,
        ..route(
            "/jobs/{id}",
            Query::None,
            pages::jobs::job,
            "how far texts that came in are",
        )
    },
    Route {
        forms: false,
        kept: false,
        ..route(
            "/health",
            Query::None,
            pages::about::health,
            "whether the server and its store answer",
        )
    },
    Route {
        forms: false,
        ..route(
            "/openapi.json",
            Query::None,
            openapi::page,
            "this interface, as OpenAPI",
        )
    },
];
