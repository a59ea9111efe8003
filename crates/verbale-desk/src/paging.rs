//! Pages of long listings. A cursor is the id of the last row shown, so that rows which come in meanwhile shift nothing.

use axum::http::StatusCode;

use crate::answer::Asked;
use crate::problem::Problem;

/// Fields of the query that belong to paging.
pub const FIELDS: [&str; 2] = ["cursor", "limit"];

/// Rows on a page, unless `limit` says otherwise.
const USUAL: usize = 200;

/// Rows on a page at most.
pub const MOST: usize = 5000;

/// A page of rows, and the address of the next one if there is any.
pub fn page<T>(
    asked: &Asked,
    rows: Vec<T>,
    id: impl Fn(&T) -> &str,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let limit = match asked.field("limit") {
        None => USUAL,
        Some(words) => words
            .parse::<usize>()
            .ok()
            .filter(|limit| (1..=MOST).contains(limit))
            .ok_or_else(|| {
                Problem::asked(format!("limit={words}: give a number from 1 to {MOST}"))
            })?,
    };
    let start = match asked.field("cursor") {
        None => 0,
        Some(cursor) => rows
            .iter()
            .position(|row| id(row) == cursor)
            .map(|position| position + 1)
            .ok_or_else(|| {
                Problem::new(
                    StatusCode::GONE,
                    "the row that this page began after is gone; begin again without cursor",
                )
            })?,
    };
    let more = rows.len() > start + limit;
    let page: Vec<T> = rows.into_iter().skip(start).take(limit).collect();
    let next = page.last().filter(|_| more).map(|last| {
        let mut query = asked.query_without(&["cursor"]);
        if !query.is_empty() {
            query.push('&');
        }
        let ending = crate::forms::Form::ENDINGS
            .iter()
            .find(|(_, form)| *form == asked.form)
            .map_or(String::new(), |(ending, _)| format!(".{ending}"));
        format!("{}{ending}?{query}cursor={}", asked.path, id(last))
    });
    Ok((page, next))
}
