//! Which words are addresses on the network and stay whole.
//!
//! The pattern is spaCy's (after Diego Perini, MIT): optional scheme, optional user, then a host that is either a public IPv4
//! address or a name with at least one dot and a lower-case top-level domain, optional port, optional path. `text` holds no
//! white space.

use crate::classes::{self as class, Classes};

/// Whether all of `text` is an address.
pub fn is_url(classes: &Classes, text: &str) -> bool {
    if !text.contains('.') {
        return false;
    }
    let after_scheme = text
        .find("://")
        .filter(|&end| is_scheme(classes, &text[..end]))
        .map(|end| end + 3);
    let after_user = text
        .match_indices('@')
        .filter(|&(at, _)| at > 0)
        .map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(after_scheme)
        .chain(after_user)
        .any(|start| is_host_port_path(classes, &text[start..]))
}

fn is_scheme(classes: &Classes, text: &str) -> bool {
    let word = |c: char| {
        matches!(c, '_' | '+' | '-' | '.')
            || classes.has(c, class::ALPHA | class::DIGIT)
            || c.is_numeric()
    };
    text.chars().count() >= 2 && text.chars().all(word)
}

fn is_host_port_path(classes: &Classes, text: &str) -> bool {
    let end = text.find([':', '/', '?', '#']).unwrap_or(text.len());
    let (host, mut rest) = text.split_at(end);
    if let Some(port) = rest.strip_prefix(':') {
        let end = port.find(['/', '?', '#']).unwrap_or(port.len());
        if !(2..=5).contains(&port[..end].chars().count())
            || !classes.all(&port[..end], class::DECIMAL)
        {
            return false;
        }
        rest = &port[end..];
    }
    debug_assert!(rest.is_empty() || rest.starts_with(['/', '?', '#']));
    is_domain(classes, host) || is_public_address(classes, host)
}

fn is_domain(classes: &Classes, host: &str) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else {
        return false;
    };
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{a1}'..='\u{ffff}');
    (2..=63).contains(&top.chars().count())
        && classes.all(top, class::LOWER_LETTER)
        && labels.split('.').all(|label| {
            (1..=64).contains(&label.chars().count())
                && label.starts_with(inner)
                && label.ends_with(inner)
                && label.chars().all(|c| inner(c) || matches!(c, '_' | '-'))
        })
}

/// Four octets in dotted notation, without the loopback, private, link-local and reserved ranges.
fn is_public_address(classes: &Classes, host: &str) -> bool {
    let mut octets = host.split('.');
    let (Some(a), Some(b), Some(c), Some(d), None) = (
        octets.next(),
        octets.next(),
        octets.next(),
        octets.next(),
        octets.next(),
    ) else {
        return false;
    };
    let is = |text: &str, forms: &[&[&str]]| forms.iter().any(|form| has_form(classes, text, form));
    let private = matches!(a, "10" | "127")
        || matches!((a, b), ("169", "254") | ("192", "168"))
        || a == "172" && is(b, &[&["1", "6789"], &["2", ANY], &["3", "01"]]);
    is(a, FIRST_OCTET) && is(b, INNER_OCTET) && is(c, INNER_OCTET) && is(d, LAST_OCTET) && !private
}

/// Any script's decimal digit, which is what `\d` means in the pattern.
const ANY: &str = "any digit";
const NOT_ZERO: &str = "123456789";
const FIRST_OCTET: &[&[&str]] = &[
    &[NOT_ZERO],
    &[NOT_ZERO, ANY],
    &["1", ANY, ANY],
    &["2", "01", ANY],
    &["2", "2", "0123"],
];
const INNER_OCTET: &[&[&str]] = &[
    &[ANY],
    &[ANY, ANY],
    &["1", ANY, ANY],
    &["2", "01234", ANY],
    &["2", "5", "012345"],
];
const LAST_OCTET: &[&[&str]] = &[
    &[NOT_ZERO],
    &[NOT_ZERO, ANY],
    &["1", ANY, ANY],
    &["2", "01234", ANY],
    &["2", "5", "01234"],
];

/// Whether each character of `text` is one of those `form` names at its place.
fn has_form(classes: &Classes, text: &str, form: &[&str]) -> bool {
    text.chars().count() == form.len()
        && text.chars().zip(form).all(|(c, &set)| {
            if set == ANY {
                classes.has(c, class::DECIMAL)
            } else {
                set.contains(c)
            }
        })
}
