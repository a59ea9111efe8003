//! Tables of rows that lead somewhere.

use maud::{Markup, html};
use verbale_engine::listing::Column;

use crate::answer::Asked;

/// A table whose first column leads to the row's own page. Headings become buttons that sort, where there is script.
pub fn table<T>(
    label: &str,
    rows: &[T],
    columns: &[Column<T>],
    link: impl Fn(&T) -> String,
) -> Markup {
    if rows.is_empty() {
        return html! { p.silent { "Nothing in these texts." } };
    }
    html! {
        div.wide tabindex="0" role="region" aria-label=(label) {
            table.sortable {
                thead { tr { @for (title, _) in columns { th scope="col" { (title) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (index, (_, show)) in columns.iter().enumerate() {
                                @if index == 0 {
                                    th scope="row" { a href=(link(row)) { bdi { (show(row)) } } }
                                } @else {
                                    td { bdi { (show(row)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A number with its word.
pub fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// The way to the next page of a listing.
pub fn next(asked: &Asked, next: Option<&String>) -> Markup {
    html! {
        @if asked.field("cursor").is_some() || next.is_some() {
            nav.pages aria-label="Pages of this listing" {
                @if asked.field("cursor").is_some() {
                    a href={ (asked.path) "?" (asked.query_without(&["cursor"])) } { "First rows" } " "
                }
                @if let Some(next) = next { a rel="next" href=(next) { "Further rows" } }
            }
        }
    }
}
