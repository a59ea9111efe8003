//! From a request to an answer: the router made of the table of routes, what is written, and the guard around all of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Path, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::time::timeout;

use crate::answer::{Answer, Asked, Coming, Content, Waiting};
use crate::desk::Desk;
use crate::forms::Form;
use crate::guard::{BODY_LIMIT, harden};
use crate::problem::Problem;
use crate::routes::{Query, ROUTES, Route};
use crate::{assets, intake, pipe, review};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The router.
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
        match route.path {
            "/docs" => methods = methods.merge(post(post_docs)),
            "/review" => methods = methods.merge(post(post_review)),
            _ => {}
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
    let answer = timeout(PATIENCE, next.run(request)).await;
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
        waiting: Waiting::Reader,
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok())
        .unwrap_or_default();
    match answered(route, &desk, asked, known).await {
        Ok((tag, answer)) => tagged(desk, tag, answer),
        Err(problem) => problem.answer(form),
    }
}

/// What is sent: the tag, empty for pages that have none, and the answer, unless the client has it.
async fn answered(
    route: &'static Route,
    desk: &Arc<Desk>,
    asked: Asked,
    known: &str,
) -> Result<(String, Option<Answer>), Problem> {
    let works = desk.clone();
    // The store and the coder block; the threads that answer must not.
    if !route.kept {
        let answer = blocking(move || (route.page)(&works, &asked)).await?;
        return Ok((String::new(), Some(answer)));
    }
    let tag = match desk.tag_seen() {
        Some(tag) => tag,
        None => blocking(move || Ok(works.tag()?)).await?,
    };
    let has = |tag: &str| {
        known
            .split(',')
            .any(|known| known.trim().trim_matches('"') == tag)
    };
    if has(&tag) {
        return Ok((tag, None));
    }
    let works = desk.clone();
    if !route.forms && route.query == Query::Export {
        // Written while it is sent, and kept nowhere.
        let answer = blocking(move || (route.page)(&works, &asked)).await?;
        return Ok((tag, Some(answer)));
    }
    let (key, begins) = (asked.key(), asked.clone());
    let make = move |waiting| {
        let asked = Asked {
            waiting,
            ..asked.clone()
        };
        (route.page)(&works, &asked)
    };
    let pages = desk.pages.clone();
    let mut coming: Coming = Box::pin(async move { pages.get(&key, &tag, make).await });
    let page = match timeout(desk.beginning, &mut coming).await {
        Ok(page) => page?,
        Err(_) => match beginning(route, desk, begins).await? {
            // Of which moment the page will be is known only at its end: it has no tag.
            Some(beginning) => {
                let answer = Answer {
                    body: Content::Begun(beginning, coming),
                    ..Answer::of(Form::Html.media_type(), String::new())
                };
                return Ok((String::new(), Some(answer)));
            }
            None => coming.await?,
        },
    };
    if has(&page.tag) {
        return Ok((page.tag.clone(), None));
    }
    let answer = Answer {
        media: page.media,
        body: Content::Kept(page.body.clone()),
        next: page.next.clone(),
        file: None,
        tag: None,
        rests: None,
    };
    Ok((page.tag.clone(), Some(answer)))
}

/// How a page that may be waited for begins.
async fn beginning(
    route: &'static Route,
    desk: &Arc<Desk>,
    asked: Asked,
) -> Result<Option<String>, Problem> {
    let Some(begins) = route.begins else {
        return Ok(None);
    };
    let works = desk.clone();
    blocking(move || begins(&works, &asked)).await
}

/// Makes the pages of the largest pairs before anybody asks for them, one after the other.
pub async fn make_ahead(desk: Arc<Desk>) {
    let works = desk.clone();
    let pairs = blocking(move || Ok(works.large_pairs()?)).await;
    let Some(route) = ROUTES.iter().find(|route| route.path == "/pair/{pair}") else {
        return;
    };
    for [a, b] in pairs.unwrap_or_default() {
        let pair = format!("{a}-{b}");
        let asked = Asked {
            form: Form::Html,
            path: format!("/pair/{pair}"),
            query: Vec::new(),
            parts: BTreeMap::from([("pair".to_owned(), pair)]),
            waiting: Waiting::Nobody,
        };
        let works = desk.clone();
        let Ok(tag) = blocking(move || Ok(works.tag()?)).await else {
            return;
        };
        let (key, works) = (asked.key(), desk.clone());
        let make = move |_| (route.page)(&works, &asked);
        let began = Instant::now();
        // A page that fails tells so when it is asked for.
        let _ = desk.pages.get(&key, &tag, make).await;
        // Readers who are there already have half of the time.
        tokio::time::sleep(began.elapsed()).await;
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "this page failed; the server goes on",
        ))
    })
}

fn tagged(desk: Arc<Desk>, tag: String, answer: Option<Answer>) -> Response {
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
            let name = answer
                .file
                .map(|name| format!("attachment; filename=\"{name}\""));
            if let Some(name) = name.and_then(|name| HeaderValue::from_str(&name).ok()) {
                headers.insert(header::CONTENT_DISPOSITION, name);
            }
            *response.body_mut() = match answer.body {
                Content::Text(text) => Body::from(text),
                Content::Kept(bytes) => Body::from(bytes),
                Content::Written(write) => pipe::body(desk, write),
                Content::Begun(beginning, page) => pipe::begun(beginning, page, PATIENCE),
            };
        }
    }
    if !tag.is_empty()
        && let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\""))
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

/// Takes a decision; answers when it is kept and the records are made anew.
async fn post_review(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let asked = match body(&desk, request).await {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let work = move || {
        let decided = review::decide(&desk, asked);
        desk.has_written();
        decided
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(decided)) => (
            [(header::CONTENT_TYPE, Form::Json.media_type())],
            serde_json::to_string(&decided).unwrap_or_default(),
        )
            .into_response(),
        Ok(Err(problem)) => problem.into_response(),
        Err(_) => Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the decision could not be taken; /review/decisions says whether it was kept",
        )
        .into_response(),
    }
}

/// The body of a request that writes, if it may. One that comes in drop by drop is not waited for.
async fn body<T: serde::de::DeserializeOwned>(desk: &Desk, request: Request) -> Result<T, Problem> {
    desk.gate.admit_writer(request.headers())?;
    let bytes = timeout(desk.patience, Bytes::from_request(request, &()))
        .await
        .map_err(|_| {
            Problem::new(
                StatusCode::REQUEST_TIMEOUT,
                "the body took too long to come in; send less at once",
            )
        })?
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
