//! What on a page is no part of its article: menus, advertisements, cookie and paywall boxes, related stories, comments.

use super::dom::{Dom, Id};

/// Elements that never hold the story.
const TAGS: [&str; 27] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "button", "select", "textarea", "input", "label", "nav", "aside", "footer", "dialog",
    "audio", "video", "picture", "map", "menu", "figure", "head", "fieldset",
];

const ROLES: [&str; 9] = [
    "navigation",
    "banner",
    "complementary",
    "contentinfo",
    "search",
    "dialog",
    "alertdialog",
    "alert",
    "menu",
];

/// Words of classes and ids that name such a box.
const WORDS: [&str; 72] = [
    "ad",
    "ads",
    "adslot",
    "adunit",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "sponsor",
    "sponsored",
    "promo",
    "promos",
    "promoted",
    "promotion",
    "partner",
    "outbrain",
    "taboola",
    "recirc",
    "related",
    "recommended",
    "recommendation",
    "recommendations",
    "readmore",
    "seealso",
    "popular",
    "trending",
    "mostread",
    "teaser",
    "teasers",
    "newsletter",
    "subscribe",
    "subscription",
    "signup",
    "signin",
    "login",
    "register",
    "paywall",
    "regwall",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "privacy",
    "comment",
    "comments",
    "disqus",
    "respond",
    "replies",
    "share",
    "sharing",
    "social",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "footer",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "masthead",
    "byline",
    "bio",
    "tags",
    "taglist",
    "pagination",
    "pager",
    "toolbar",
    "popup",
    "modal",
    "overlay",
    "caption",
    "credit",
];

/// Two words of a class or id that name such a box together.
const PAIRS: [(&str, &str); 16] = [
    ("most", "read"),
    ("most", "viewed"),
    ("read", "more"),
    ("read", "next"),
    ("see", "also"),
    ("more", "stories"),
    ("more", "news"),
    ("more", "from"),
    ("you", "may"),
    ("up", "next"),
    ("latest", "news"),
    ("key", "events"),
    ("author", "box"),
    ("author", "info"),
    ("skip", "link"),
    ("site", "header"),
];

/// Whether an element is such a box, by tag, role, visibility or name.
pub(crate) fn is_box(dom: &Dom, id: Id) -> bool {
    let tag = dom.tag(id);
    if TAGS.contains(&tag) || is_hidden(dom, id) {
        return true;
    }
    if dom
        .attribute(id, "role")
        .is_some_and(|role| ROLES.contains(&role))
    {
        return true;
    }
    if tag == "header"
        && !dom
            .ancestors(id)
            .any(|at| ["article", "main"].contains(&dom.tag(at)))
    {
        return true;
    }
    !matches!(tag, "html" | "body" | "main")
        && ["class", "id", "data-component", "data-testid"]
            .iter()
            .filter_map(|name| dom.attribute(id, name))
            .flat_map(str::split_whitespace)
            .any(names_box)
}

fn is_hidden(dom: &Dom, id: Id) -> bool {
    dom.attribute(id, "hidden").is_some()
        || dom.attribute(id, "aria-hidden") == Some("true")
        || dom.attribute(id, "style").is_some_and(|style| {
            let style: String = style.split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Whether one class or id names a box: `related-stories`, `adSlot`, `article__comments`. What a page says *about* itself
/// (`has-sidebar`, `comments-open`) does not.
fn names_box(name: &str) -> bool {
    let words = words_of(name);
    let about = |word: Option<&String>| {
        word.is_some_and(|word| {
            ["has", "with", "no", "is", "open", "enabled", "closed"].contains(&word.as_str())
        })
    };
    if about(words.first()) || about(words.last()) {
        return false;
    }
    words.iter().any(|word| WORDS.contains(&word.as_str()))
        || words
            .windows(2)
            .any(|pair| PAIRS.contains(&(pair[0].as_str(), pair[1].as_str())))
}

/// `articleBody__text-2` to article, body, text, 2.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for char in name.chars().take(200) {
        if char.is_alphanumeric() {
            let begins = !last.is_alphanumeric() || char.is_uppercase() && last.is_lowercase();
            if begins {
                words.push(String::new());
            }
            let word = words.last_mut().expect("a word has begun");
            word.extend(char.to_lowercase());
        }
        last = char;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in [
            "ad",
            "adSlot top",
            "related-stories",
            "article__comments",
            "MostRead",
            "js_read-more_x",
        ] {
            assert!(name.split(' ').next().is_some_and(names_box), "{name}");
        }
        for name in [
            "has-sidebar",
            "comments-open",
            "story-body",
            "adelaide",
            "readable",
            "navigated",
        ] {
            assert!(!names_box(name), "{name}");
        }
    }
}
