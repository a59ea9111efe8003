//! Every address, in one table: the router and `/openapi.json` are both made of it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::guard::{BODY_LIMIT, harden};
use crate::problem::Problem;
use crate::{assets, intake, openapi, pages};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a page makes of a request.
pub type Page = fn(&Desk, &Asked) -> Result<Answer, Problem>;

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
    /// Words to search for.
    Words,
}

const fn route(path: &'static str, query: Query, page: Page, summary: &'static str) -> Route {
    Route {
        path,
        summary,
        query,
        forms: true,
        kept: true,
        page,
    }
}

/// Everything that can be read.
pub const ROUTES: &[Route] = &[
    route(
        "/",
        Query::None,
        pages::home::home,
        "all pairs of states that the texts tell of",
    ),
    route(
        "/pair/{pair}",
        Query::Lens,
        pages::pair::pair,
        "the dossier of two states",
    ),
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
        "/search",
        Query::Words,
        pages::search::search,
        "texts and facts that hold some words",
    ),
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

/// The router: the table above, what is written, and the guard around all of it.
pub fn router(desk: Arc<Desk>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let mut methods = get(
            move |state: State<Arc<Desk>>,
                  parts: RawPathParams,
                  headers: HeaderMap,
                  form: TakenForm,
                  uri: Uri| { respond(route, state, parts, headers, form, uri) },
        );
        if route.path == "/docs" {
            methods = methods.merge(post(post_docs));
        }
        router = router.route(route.path, methods);
    }
    router
        .route("/assets/{name}", get(asset))
        .fallback(|form: TakenForm| async move {
            Problem::missing("there is no such page").answer(form.0)
        })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(desk.clone(), guard))
        .with_state(desk)
}

/// The form that the address names; a client that wants JSON and no page gets JSON.
struct TakenForm(Form);

impl<S: Sync> axum::extract::FromRequestParts<S> for TakenForm {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<Self, Self::Rejection> {
        let accepted = parts
            .headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .unwrap_or_default();
        let usual = if accepted.contains("json") && !accepted.contains("text/html") {
            Form::Json
        } else {
            Form::Html
        };
        Ok(TakenForm(
            parts.extensions.get::<Form>().copied().unwrap_or(usual),
        ))
    }
}

async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    if let Err(problem) = desk.gate.admit(&request) {
        return harden(problem.into_response());
    }
    let answer = tokio::time::timeout(PATIENCE, next.run(request)).await;
    harden(answer.unwrap_or_else(|_| {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "the answer took too long; ask for less, with filters or a limit",
        )
        .into_response()
    }))
}

async fn respond(
    route: &'static Route,
    State(desk): State<Arc<Desk>>,
    parts: RawPathParams,
    headers: HeaderMap,
    TakenForm(form): TakenForm,
    uri: Uri,
) -> Response {
    let query: Vec<(String, String)> =
        match serde_urlencoded::from_str(uri.query().unwrap_or_default()) {
            Ok(query) => query,
            Err(error) => {
                return Problem::asked(format!("the query is broken: {error}")).answer(form);
            }
        };
    let asked = Asked {
        form,
        path: uri.path().to_string(),
        query: query
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        parts: parts
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect(),
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok())
        .unwrap_or_default()
        .to_string();
    // The store and the coder block; the threads that answer must not.
    let work = move || {
        let tag = if route.kept {
            let version = desk.version(&desk.store()?)?;
            Some(format!("\"{version}-{}\"", assets::hash()))
        } else {
            None
        };
        if let Some(tag) = &tag
            && known.split(',').any(|known| known.trim() == tag)
        {
            return Ok((tag.clone(), None));
        }
        let answer = (route.page)(&desk, &asked)?;
        Ok((tag.unwrap_or_default(), Some(answer)))
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok((tag, answer))) => tagged(tag, answer),
        Ok(Err(problem)) => Problem::answer(&problem, form),
        Err(_) => Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this page failed; the server goes on",
        )
        .answer(form),
    }
}

fn tagged(tag: String, answer: Option<Answer>) -> Response {
    let mut response = Response::new(Body::empty());
    match answer {
        None => *response.status_mut() = StatusCode::NOT_MODIFIED,
        Some(answer) => {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.media));
            let next = answer.next.map(|next| format!("<{next}>; rel=\"next\""));
            if let Some(link) = next.and_then(|link| HeaderValue::from_str(&link).ok()) {
                headers.insert(header::LINK, link);
            }
            *response.body_mut() = Body::from(answer.body);
        }
    }
    if let Ok(tag) = HeaderValue::from_str(&tag)
        && !tag.is_empty()
    {
        response.headers_mut().insert(header::ETAG, tag);
        response
            .headers_mut()
            .insert(header::VARY, HeaderValue::from_static("accept"));
    }
    response
}

async fn asset(Path(name): Path<String>) -> Response {
    match assets::asset(&name) {
        Some((media, text)) => (
            [
                (header::CONTENT_TYPE, media),
                // The address holds the hash of the content.
                (header::CACHE_CONTROL, "max-age=31536000, immutable"),
            ],
            text,
        )
            .into_response(),
        None => Problem::missing("there is no such asset").into_response(),
    }
}

/// Takes texts in; answers at once with the job that reads them.
async fn post_docs(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let texts = match body::<intake::Texts>(&desk, request).await {
        Ok(texts) => texts,
        Err(problem) => return problem.into_response(),
    };
    let begun = tokio::task::spawn_blocking(move || intake::begin(&desk, texts)).await;
    match begun {
        Ok(Ok(job)) => (
            StatusCode::ACCEPTED,
            [
                (header::LOCATION, format!("/jobs/{}.json", job.id)),
                (header::CONTENT_TYPE, "application/json".into()),
            ],
            serde_json::to_string(&job.progress()).unwrap_or_default(),
        )
            .into_response(),
        Ok(Err(problem)) => problem.into_response(),
        Err(_) => Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the texts could not be taken in",
        )
        .into_response(),
    }
}

/// The body of a request that writes, if it may.
async fn body<T: serde::de::DeserializeOwned>(desk: &Desk, request: Request) -> Result<T, Problem> {
    use axum::extract::FromRequest;
    desk.gate.admit_writer(request.headers())?;
    let bytes = Bytes::from_request(request, &())
        .await
        .map_err(|rejected| {
            Problem::new(
                rejected.status(),
                format!(
                    "the body cannot be taken: {}; at most {} MiB are read at once",
                    rejected.body_text(),
                    BODY_LIMIT / 1024 / 1024
                ),
            )
        })?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Problem::asked(format!("the body cannot be understood: {error}")))
}
