//! `/openapi.json`, made of the table of routes.

use clap::{Args, Command};
use serde_json::{Map, Value, json};
use verbale_engine::asked::Filters;

use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::pages::pair::{LEDGERS, LENS};
use crate::problem::Problem;
use crate::routes::{Query, ROUTES, Route};

/// The description of the interface.
pub fn page(_: &Desk, _: &Asked) -> Result<Answer, Problem> {
    Ok(Answer::of(
        Form::Json.media_type(),
        serde_json::to_string_pretty(&description())?,
    ))
}

fn description() -> Value {
    let mut paths = Map::new();
    for route in ROUTES {
        let mut entry = json!({ "get": read(route) });
        if route.path == "/docs" {
            entry["post"] = write_docs();
        }
        paths.insert(route.path.into(), entry);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "verbale",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What texts say about how states deal with each other. Every page is also given as .json, .csv and .md after its path. Fields are those of `verbale schema`.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": {
                "problem": {
                    "description": "what went wrong, and the remedy (RFC 9457)",
                    "content": { "application/problem+json": { "schema": { "type": "object" } } },
                },
            },
        },
    })
}

fn read(route: &Route) -> Value {
    let mut parameters: Vec<Value> = parts(route.path)
        .map(|name| {
            let schema = match name {
                "ledger" => {
                    json!({ "type": "string", "enum": LEDGERS.iter().map(|(name, _)| *name).collect::<Vec<_>>() })
                }
                "pair" => json!({ "type": "string", "examples": ["TCD-NER"] }),
                _ => json!({ "type": "string" }),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    let mut query = |name: &str, text: &str| {
        parameters.push(json!({ "name": name, "in": "query", "description": text, "schema": { "type": "string" } }));
    };
    match route.query {
        Query::None => {}
        Query::Paged => {}
        Query::Filters => {
            // The filters are the command line's: their names and words are taken from there.
            for argument in Filters::augment_args(Command::new("filters")).get_arguments() {
                if let Some(name) = argument.get_long() {
                    let help = argument.get_help().map(ToString::to_string);
                    query(&name.replace('-', "_"), &help.unwrap_or_default());
                }
            }
        }
        Query::Lens => LENS.iter().for_each(|(name, text)| query(name, text)),
        Query::Words => query("q", "words that must all stand there"),
    }
    if matches!(route.query, Query::Paged | Query::Filters | Query::Words) {
        query("limit", "rows on a page");
        query(
            "cursor",
            "id of the last row of the page before; the header Link has the next address",
        );
    }
    let media: Vec<&str> = if route.forms {
        [Form::Html, Form::Json, Form::Csv, Form::Md]
            .iter()
            .map(|form| form.media_type())
            .collect()
    } else if route.path.ends_with(".bib") {
        vec![crate::pages::fact::BIBTEX]
    } else {
        vec![Form::Json.media_type()]
    };
    let content: Map<String, Value> = media
        .iter()
        .map(|media| ((*media).to_string(), json!({})))
        .collect();
    json!({
        "summary": route.summary,
        "parameters": parameters,
        "responses": {
            "200": { "description": route.summary, "content": content },
            "default": { "$ref": "#/components/responses/problem" },
        },
    })
}

fn write_docs() -> Value {
    json!({
        "summary": "takes texts in; the job that reads them is in the header Location",
        "security": [{ "token": [] }],
        "requestBody": { "required": true, "content": { "application/json": { "schema": {
            "type": "object",
            "properties": {
                "files": { "type": "array", "items": { "type": "object", "properties": {
                    "name": { "type": "string" }, "base64": { "type": "string", "contentEncoding": "base64" } },
                    "required": ["name", "base64"] } },
                "documents": { "type": "array", "items": { "type": "object", "required": ["text"] } },
                "folder": { "type": "string" },
                "published": { "type": "string" },
                "outlet": { "type": "string" },
            },
        } } } },
        "responses": {
            "202": { "description": "the texts are being read" },
            "default": { "$ref": "#/components/responses/problem" },
        },
    })
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}
