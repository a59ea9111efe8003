//! The form in which a page is asked for: the ending of its address.

use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// How a page is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For a browser.
    Html,
    /// What the command line gives as JSON.
    Json,
    /// A table with dotted column names.
    Csv,
    /// Markdown.
    Md,
}

impl Form {
    /// The forms that have an ending of their own.
    pub const ENDINGS: [(&'static str, Form); 3] =
        [("json", Form::Json), ("csv", Form::Csv), ("md", Form::Md)];

    /// Media type with its character set.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Html => "text/html; charset=utf-8",
            Form::Json => "application/json",
            Form::Csv => "text/csv; charset=utf-8",
            Form::Md => "text/markdown; charset=utf-8",
        }
    }
}

/// Addresses that keep their ending: it is part of the name.
const KEPT: [&str; 3] = ["/openapi.json", "/assets/", "/export/"];

/// Takes the ending off the address, so that one route serves all forms, and notes it in the request.
pub fn take_form(mut request: Request) -> Request {
    let path = request.uri().path();
    if KEPT.iter().any(|kept| path.starts_with(kept)) {
        return request;
    }
    let Some((stem, form)) = Form::ENDINGS.iter().find_map(|(ending, form)| {
        let stem = path.strip_suffix(ending)?.strip_suffix('.')?;
        Some((stem.to_string(), *form))
    }) else {
        return request;
    };
    // `/.json` is the first page as JSON.
    let stem = if stem.is_empty() { "/".into() } else { stem };
    let whole = match request.uri().query() {
        Some(query) => format!("{stem}?{query}"),
        None => stem,
    };
    let mut parts = request.uri().clone().into_parts();
    if let Ok(path) = whole.parse::<PathAndQuery>() {
        parts.path_and_query = Some(path);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
            request.extensions_mut().insert(form);
        }
    }
    request
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn taken(address: &str) -> (String, Option<Form>) {
        let request = Request::builder().uri(address).body(Body::empty()).unwrap();
        let request = take_form(request);
        let form = request.extensions().get::<Form>().copied();
        (request.uri().to_string(), form)
    }

    #[test]
    fn the_ending_names_the_form_and_the_query_stays() {
        let cases = [
            (
                "/facts.csv?kind=event",
                "/facts?kind=event",
                Some(Form::Csv),
            ),
            ("/.json", "/", Some(Form::Json)),
            ("/pair/TCD-NER.md", "/pair/TCD-NER", Some(Form::Md)),
            ("/facts/00/cite.bib", "/facts/00/cite.bib", None),
            ("/openapi.json", "/openapi.json", None),
            ("/pages.jsonx", "/pages.jsonx", None),
        ];
        for (address, path, form) in cases {
            assert_eq!(taken(address), (path.to_string(), form), "{address}");
        }
    }
}
