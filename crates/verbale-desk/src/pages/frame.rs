//! What stands around every page.

use maud::{DOCTYPE, Markup, html};

use crate::assets;

/// The ways through the record, by path.
const WAYS: [(&str, &str); 12] = [
    ("/", "Pairs"),
    ("/records", "Records"),
    ("/facts", "Facts"),
    ("/docs", "Texts"),
    ("/people", "People"),
    ("/issues", "Matters"),
    ("/series", "Series"),
    ("/review", "Review"),
    ("/changes", "Changes"),
    ("/runs", "Runs"),
    ("/codebook", "Codebook"),
    ("/about", "About this data"),
];

/// A whole page; `path` marks where the reader is.
pub fn page(title: &str, path: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · verbale" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href={ "/assets/desk.css?" (assets::hash()) };
                script src={ "/assets/desk.js?" (assets::hash()) } defer {}
                script src={ "/assets/review.js?" (assets::hash()) } defer {}
            }
            body {
                a.skip href="#main" { "Skip to the record" }
                header.desk {
                    nav aria-label="Desk" {
                        a.home href="/" { "verbale" }
                        @for (way, name) in WAYS {
                            a href=(way) aria-current=[(way == path).then_some("page")] { (name) }
                        }
                    }
                    form.search action="/search" role="search" {
                        label { span.unseen { "Search texts and facts" }
                            input type="search" name="q" placeholder="Search ( / )" autocomplete="off"; }
                        button { "Search" }
                    }
                }
                main id="main" tabindex="-1" {
                    h1 { (title) }
                    (body)
                }
                footer { p { "verbale states what the texts say, never what is true." } }
            }
        }
    }
}

/// How a page begins: all that stands before its body.
pub fn beginning(title: &str, path: &str) -> String {
    const HERE: &str = "\0";
    let page = page(title, path, html! { (HERE) }).into_string();
    page.split(HERE).next().unwrap_or_default().to_owned()
}

/// Links to the same page in the forms of machines.
pub fn forms(asked: &crate::answer::Asked) -> Markup {
    html! {
        p.forms { "This page as "
            a href=(asked.address("json")) { "JSON" } ", "
            a href=(asked.address("csv")) { "CSV" } ", "
            a href=(asked.address("md")) { "Markdown" }
        }
    }
}
