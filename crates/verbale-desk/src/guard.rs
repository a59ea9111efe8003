//! Who may ask and who may write.
//!
//! A page of some other site that is open in the same browser can send requests here, and with a name of its own that it
//! points at this machine it could even read the answers. So the Host must be ours, writing asks for JSON, our own Origin
//! and the token, and no page of ours runs or loads what is not ours.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::problem::Problem;

/// The largest body that is read, in bytes.
pub const BODY_LIMIT: usize = 32 * 1024 * 1024;

/// What lets a request in.
#[derive(Debug)]
pub struct Gate {
    socket: SocketAddr,
    token: Option<String>,
}

impl Gate {
    /// A gate for a server at this address; without a token nothing can be written.
    pub fn new(socket: SocketAddr, token: Option<String>) -> Gate {
        Gate { socket, token }
    }

    /// Whether nothing can be written.
    pub fn is_read_only(&self) -> bool {
        self.token.is_none()
    }

    /// Whether only this machine reaches the server.
    pub fn is_loopback(&self) -> bool {
        self.socket.ip().is_loopback()
    }

    /// Every request: it must name this server, by address or as `localhost`. A name that somebody else points at this
    /// machine is refused, for its pages could read ours.
    pub fn admit(&self, request: &Request) -> Result<(), Problem> {
        let host = request
            .headers()
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        if self.is_ours(host) {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            format!("this server is not called '{host}'; use the address that it printed"),
        ))
    }

    /// Every request that writes.
    pub fn admit_writer(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(token) = &self.token else {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "this server is read-only; start it without --read-only to write",
            ));
        };
        if let Some(origin) = text(header::ORIGIN)
            && !origin
                .strip_prefix("http://")
                .is_some_and(|host| self.is_ours(host))
        {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                format!("a page of {origin} may not write here"),
            ));
        }
        let site = text(HeaderName::from_static("sec-fetch-site"));
        if site.is_some_and(|site| !["same-origin", "none"].contains(&site)) {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "a page of another site may not write here",
            ));
        }
        let media = text(header::CONTENT_TYPE).unwrap_or_default();
        if media.split(';').next().map(str::trim) != Some("application/json") {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send JSON, with Content-Type: application/json",
            ));
        }
        let given = text(header::AUTHORIZATION)
            .and_then(|value| value.strip_prefix("Bearer "))
            .unwrap_or_default();
        if !same(given.as_bytes(), token.as_bytes()) {
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "the write token is missing or wrong; send the one that the server printed as Authorization: Bearer TOKEN",
            ));
        }
        Ok(())
    }

    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let address: Option<IpAddr> = name
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .ok();
        // An address cannot be pointed elsewhere; a name can.
        let named = name.eq_ignore_ascii_case("localhost")
            || address.is_some_and(|address| !self.is_loopback() || address.is_loopback());
        named && port == Some(self.socket.port())
    }
}

/// Compares in a time that does not tell where the first difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .fold(0, |difference, (a, b)| difference | (a ^ b))
            == 0
}

/// A token of 128 random bits, in hex, of the system's own source.
pub fn fresh_token() -> Result<String, crate::DeskError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(crate::DeskError::Token)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Nothing foreign is loaded or run, nobody frames the pages, and no address leaks.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-cache"),
];

/// Puts the headers of safety on an answer.
pub fn harden(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(socket: &str) -> Gate {
        Gate::new(socket.parse().unwrap(), Some("t".into()))
    }

    #[test]
    fn only_our_own_names_are_ours() {
        let loopback = gate("127.0.0.1:8000");
        for host in ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"] {
            assert!(loopback.is_ours(host), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "localhost:8001",
            "news.example:8000",
            "10.0.0.1:8000",
        ] {
            assert!(!loopback.is_ours(host), "{host}");
        }
        let open = gate("0.0.0.0:8000");
        assert!(open.is_ours("10.0.0.1:8000"));
        assert!(!open.is_ours("news.example:8000"));
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd"));
        assert!(!same(b"", b"abc"));
    }
}
