//! `/openapi.json`, made of the table of routes.

use clap::{Args, Command};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};
use verbale::record::{DocumentView, Dossier, Fact, Record};
use verbale_engine::asked::Filters;
use verbale_engine::search::FACETS;
use verbale_export::Format;

use crate::answer::{Answer, Asked};
use crate::desk::Desk;
use crate::forms::Form;
use crate::pages::export;
use crate::pages::fact::BIBTEX;
use crate::pages::pair::{LEDGERS, LENS};
use crate::pages::runs::FIELDS;
use crate::paging::MOST;
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
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    for route in ROUTES {
        for (address, media, schema) in answers(route, &mut schemas) {
            paths.insert(address, json!({ "get": read(route, &media, schema) }));
        }
    }
    paths["/docs"]["post"] = write_docs();
    paths["/review"]["post"] = write_review();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "verbale",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What texts say about how states deal with each other. Every page is also given as .json, .csv and .md after its path. Fields are those of `verbale schema`.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": {
                "problem": {
                    "description": "what went wrong, and the remedy (RFC 9457); a page where a page was asked for",
                    "content": {
                        "application/problem+json": { "schema": {
                            "type": "object",
                            "required": ["type", "title", "status", "detail"],
                            "properties": {
                                "type": { "type": "string" },
                                "title": { "type": "string" },
                                "status": { "type": "integer" },
                                "detail": { "type": "string" },
                            },
                        } },
                        Form::Html.media_type(): { "schema": { "type": "string" } },
                    },
                },
            },
        },
    })
}

/// The addresses of a route, each with its media types and the schema of what it answers.
fn answers(route: &Route, schemas: &mut SchemaGenerator) -> Vec<(String, Vec<String>, Value)> {
    let text = json!({ "type": "string" });
    if route.path == "/export/{name}" {
        let media = <Format as clap::ValueEnum>::value_variants()
            .iter()
            .map(|format| format.media_type().0.to_string())
            .collect();
        return vec![(route.path.into(), media, json!({}))];
    }
    if route.path.ends_with(".bib") {
        return vec![(route.path.into(), vec![BIBTEX.into()], text)];
    }
    let list = |items: Value| json!({ "type": "array", "items": items });
    let value = match route.path {
        "/facts" => list(schemas.subschema_for::<Fact>().to_value()),
        "/facts/{id}" => schemas.subschema_for::<Fact>().to_value(),
        "/records" | "/people" => list(schemas.subschema_for::<Record>().to_value()),
        "/records/{id}" => schemas.subschema_for::<Record>().to_value(),
        "/docs" => list(schemas.subschema_for::<DocumentView>().to_value()),
        "/docs/{id}" => schemas.subschema_for::<DocumentView>().to_value(),
        "/pair/{pair}" => schemas.subschema_for::<Dossier>().to_value(),
        "/about" | "/health" | "/issues/{issue}" | "/openapi.json" | "/facts/{id}/why"
        | "/jobs/{id}" => {
            json!({ "type": "object" })
        }
        _ => list(json!({ "type": "object" })),
    };
    if !route.forms {
        let media = Form::Json.media_type().to_string();
        return vec![(route.path.into(), vec![media], value)];
    }
    let mut answers = vec![(
        route.path.to_string(),
        vec![Form::Html.media_type().to_string()],
        text.clone(),
    )];
    for (ending, form) in Form::ENDINGS {
        let schema = if form == Form::Json { &value } else { &text };
        answers.push((
            format!("{}.{ending}", route.path),
            vec![form.media_type().to_string()],
            schema.clone(),
        ));
    }
    answers
}

fn read(route: &Route, media: &[String], schema: Value) -> Value {
    let words = |words: &[String]| json!({ "type": "string", "enum": words });
    let mut parameters: Vec<Value> = parts(route.path)
        .map(|name| {
            let schema = match name {
                "ledger" => words(&LEDGERS.map(|(name, _)| name.to_string())),
                "name" => words(&export::names()),
                "pair" => json!({ "type": "string", "examples": ["TCD-NER"] }),
                // A slash would begin another address.
                _ => json!({ "type": "string", "pattern": "^[0-9A-Za-z._ -]+$" }),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    let mut query = |name: &str, text: &str, schema: Value| {
        parameters
            .push(json!({ "name": name, "in": "query", "description": text, "schema": schema }));
    };
    if matches!(route.query, Query::Filters | Query::Export) {
        // The filters are the command line's: their names and words are taken from there.
        for argument in Filters::augment_args(Command::new("filters")).get_arguments() {
            if let Some(name) = argument.get_long() {
                let name = name.replace('-', "_");
                let help = argument.get_help().map(ToString::to_string);
                query(&name, &help.unwrap_or_default(), shape(&name));
            }
        }
    }
    match route.query {
        Query::Lens => LENS
            .iter()
            .for_each(|(name, text)| query(name, text, shape(name))),
        Query::Runs => FIELDS
            .iter()
            .for_each(|(name, text)| query(name, text, shape(name))),
        Query::Words => {
            query("q", "words that must all stand there", shape("q"));
            for (name, title) in FACETS {
                query(name, &format!("only hits with this {title}"), shape(name));
            }
        }
        Query::Since => parameters.push(json!({
            "name": "since", "in": "query", "required": true,
            "description": "a day, whose end is meant, or an instant",
            "schema": shape("from"),
        })),
        Query::Panel | Query::Export => {
            let periods = json!({ "type": "string", "enum": ["day", "month", "quarter", "year"] });
            query("by", "length of the periods of a panel", periods);
            let truth = json!({ "type": "boolean" });
            query("directed", "tell A to B from B to A", truth);
            let days = json!({ "type": "string", "enum": ["event", "published"] });
            query("date", "the day that places a record", days);
            if route.query == Query::Panel {
                query("from", "first day", shape("from"));
                query("to", "last day", shape("to"));
            } else {
                query("rows", "what the rows are", words(&export::rows()));
            }
        }
        Query::None | Query::Paged | Query::Filters => {}
    }
    let mut query = |name: &str, text: &str, schema: Value| {
        parameters
            .push(json!({ "name": name, "in": "query", "description": text, "schema": schema }));
    };
    if !matches!(route.query, Query::None | Query::Lens | Query::Export) {
        let limit = json!({ "type": "integer", "minimum": 1, "maximum": MOST });
        query("limit", "rows on a page", limit);
        query(
            "cursor",
            "name of the last row of the page before; the header Link has the next address",
            shape("cursor"),
        );
    }
    let content: Map<String, Value> = media
        .iter()
        .map(|media| (media.clone(), json!({ "schema": schema })))
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

/// What a field of a query can hold, by its name.
fn shape(name: &str) -> Value {
    match name {
        "from" | "to" | "since" | "as_of" => json!({ "type": "string", "format": "date" }),
        "min_independent" | "independent" => json!({ "type": "integer", "minimum": 0 }),
        "include" => json!({ "type": "string", "enum": ["rejected"] }),
        _ => json!({ "type": "string" }),
    }
}

fn write_docs() -> Value {
    json!({
        "summary": "takes texts in; the job that reads them is in the header Location",
        "security": [{ "token": [] }],
        "requestBody": { "required": true, "content": { "application/json": { "schema": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "files": { "type": "array", "items": { "type": "object", "additionalProperties": false, "properties": {
                    "name": { "type": "string" }, "base64": { "type": "string", "contentEncoding": "base64" } },
                    "required": ["name", "base64"] } },
                "documents": { "type": "array", "items": { "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] } },
                "folder": { "type": "string" },
                "published": { "type": "string" },
                "outlet": { "type": "string" },
            },
        } } } },
        "responses": {
            "202": {
                "description": "the texts are being read",
                "content": { Form::Json.media_type(): { "schema": { "type": "object", "required": ["job", "state", "done", "total", "notes"] } } },
            },
            "default": { "$ref": "#/components/responses/problem" },
        },
    })
}

fn write_review() -> Value {
    let text = json!({ "type": "string" });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let number = json!({ "type": "integer", "minimum": 0 });
    let set = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let act = |action: &str, fields: &[(&str, &Value)]| {
        let mut properties = Map::new();
        properties.insert("action".into(), json!({ "const": action }));
        let mut required = vec!["action", "by"];
        for (name, schema) in fields {
            properties.insert((*name).into(), (*schema).clone());
            required.push(name);
        }
        properties.insert(
            "by".into(),
            json!({ "type": "string", "minLength": 1, "description": "who decides" }),
        );
        properties.insert(
            "note".into(),
            json!({ "type": "string", "description": "why" }),
        );
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    };
    json!({
        "summary": "a person's word on facts and records, kept in the journal beside the store",
        "security": [{ "token": [] }],
        "requestBody": { "required": true, "content": { "application/json": { "schema": { "oneOf": [
            act("accept", &[("id", &text)]),
            act("reject", &[("id", &text)]),
            act("edit", &[("id", &text), ("set", &set)]),
            act("merge", &[("ids", &texts)]),
            act("split", &[("record", &text), ("facts", &texts)]),
            act("add", &[("doc", &text), ("start", &number), ("end", &number), ("set", &set)]),
            act("undo", &[("n", &number)]),
        ] } } } },
        "responses": {
            "200": {
                "description": "the decision is kept",
                "content": { Form::Json.media_type(): { "schema": {
                    "type": "object",
                    "required": ["decision", "facts", "records"],
                    "properties": { "decision": { "type": "object" }, "facts": texts, "records": texts },
                } } },
            },
            "default": { "$ref": "#/components/responses/problem" },
        },
    })
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}
