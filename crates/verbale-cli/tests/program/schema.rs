//! Holds values against a JSON Schema, as far as ours needs it.

use serde_json::Value;

/// Where a value breaks the schema; empty if it holds.
pub fn breaches(schema: &Value, part: &Value, value: &Value, at: &str) -> Vec<String> {
    let part = match part["$ref"].as_str() {
        Some(reference) => schema
            .pointer(reference.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference} is not in the schema")),
        None => part,
    };
    let mut found = Vec::new();
    if let Some(types) = part.get("type")
        && !is_of(types, value)
    {
        found.push(format!("{at}: {value} is no {types}"));
    }
    if let Some(words) = part["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{at}: {value} is none of {words:?}"));
    }
    if let Some(word) = part.get("const")
        && word != value
    {
        found.push(format!("{at}: {value} is not {word}"));
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(parts) = part[choice].as_array()
            && !parts
                .iter()
                .any(|part| breaches(schema, part, value, at).is_empty())
        {
            found.push(format!("{at}: {value} fits no choice"));
        }
    }
    for part in part["allOf"].as_array().into_iter().flatten() {
        found.extend(breaches(schema, part, value, at));
    }
    if let Some(fields) = value.as_object() {
        for name in part["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                found.push(format!("{at}: no {name}"));
            }
        }
        for (name, field) in fields {
            match part["properties"].get(name) {
                Some(part) => found.extend(breaches(schema, part, field, &format!("{at}.{name}"))),
                // A field that the schema does not know is one that nobody can rely on.
                None if part["properties"].is_object()
                    && part.get("additionalProperties").is_none() =>
                {
                    found.push(format!("{at}: {name} is not in the schema"));
                }
                None => {}
            }
        }
    }
    for item in value.as_array().into_iter().flatten() {
        if let Some(part) = part.get("items") {
            found.extend(breaches(schema, part, item, &format!("{at}[]")));
        }
    }
    found
}

fn is_of(types: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("{other}: a type that no schema of ours has"),
    };
    match types {
        Value::Array(types) => types.iter().any(is),
        one => is(one),
    }
}
