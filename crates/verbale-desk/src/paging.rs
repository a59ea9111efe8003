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
    let start = match asked.field("cursor") {
        None => 0,
        Some(cursor) => rows
            .iter()
            .position(|row| id(row) == cursor)
            .map(|position| position + 1)
            .ok_or_else(gone)?,
    };
    let rest = rows.into_iter().skip(start).take(limit(asked)? + 1);
    cut(asked, rest.collect(), id)
}

/// The same, where rows are read from the cursor on: `read` gives so many after it, or nothing if it is gone.
pub fn read<T>(
    asked: &Asked,
    read: impl FnOnce(Option<&str>, usize) -> verbale_engine::Result<Option<Vec<T>>>,
    id: impl Fn(&T) -> &str,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let rows = read(asked.field("cursor"), limit(asked)? + 1)?;
    cut(asked, rows.ok_or_else(gone)?, id)
}

/// As many rows as a page has; one more tells that there is another page.
fn cut<T>(
    asked: &Asked,
    mut rows: Vec<T>,
    id: impl Fn(&T) -> &str,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let limit = limit(asked)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| {
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
    Ok((rows, next))
}

fn gone() -> Problem {
    Problem::new(
        StatusCode::GONE,
        "the row that this page began after is gone; begin again without cursor",
    )
}

fn limit(asked: &Asked) -> Result<usize, Problem> {
    let Some(words) = asked.field("limit") else {
        return Ok(USUAL);
    };
    words
        .parse::<usize>()
        .ok()
        .filter(|limit| (1..=MOST).contains(limit))
        .ok_or_else(|| Problem::asked(format!("limit={words}: give a number from 1 to {MOST}")))
}
