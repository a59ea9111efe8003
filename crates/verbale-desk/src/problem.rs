//! What went wrong, as `application/problem+json` (RFC 9457), and as a page for browsers.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use serde_json::json;
use verbale_engine::Error;

use crate::forms::Form;
use crate::pages::frame;

/// An error with its status; the detail says what to do.
#[derive(Debug, Clone)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// What happened here, and the remedy.
    pub detail: String,
}

impl Problem {
    /// A problem.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem {
            status,
            detail: detail.into(),
        }
    }

    /// There is no such thing.
    pub fn missing(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, detail)
    }

    /// The question cannot be understood.
    pub fn asked(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, detail)
    }

    /// The answer for a form: a page for a browser, else a problem document.
    pub fn answer(&self, form: Form) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let (media, body) = match form {
            Form::Html => (
                Form::Html.media_type(),
                frame::page(title, "", html! { p { (self.detail) } p { a href="/" { "All pairs" } } })
                    .into_string(),
            ),
            _ => (
                "application/problem+json",
                json!({ "type": "about:blank", "title": title, "status": self.status.as_u16(), "detail": self.detail })
                    .to_string(),
            ),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.answer(Form::Json)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        let status = match error {
            Error::Asked(_)
            | Error::Input(_)
            | Error::Store(verbale_store::StoreError::Refused { .. }) => StatusCode::BAD_REQUEST,
            Error::Data(_) | Error::Store(_) | Error::Json(_) | Error::Csv(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        Problem::new(status, error.to_string())
    }
}

impl From<verbale_store::StoreError> for Problem {
    fn from(error: verbale_store::StoreError) -> Problem {
        Error::from(error).into()
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Problem {
        Error::from(error).into()
    }
}
