//! Web archives (WARC 1.0 and 1.1): one part per captured page.

use std::io::{self, BufRead, Read};

use super::kind::Format;
use super::packing::{read_up_to, unpacked};
use super::parts::{Body, Part, broken};
use super::prose::told;
use crate::ReadError;
use crate::text::Fields;

/// A head with more bytes is no head.
const HEAD: u64 = 64 << 10;

/// The records of an archive that hold a page, a text, a feed or a paper that a server answered with.
pub(crate) struct Records<R> {
    input: R,
    name: String,
    limit: usize,
    done: bool,
}

impl<R: BufRead> Records<R> {
    pub fn new(input: R, name: &str, limit: usize) -> Self {
        Records {
            input,
            name: name.to_owned(),
            limit,
            done: false,
        }
    }

    /// The next record that is wanted, or what is wrong with it; an `io::Error` is the end.
    fn next_record(&mut self) -> io::Result<Option<Result<Part, ReadError>>> {
        while let Some(head) = head(&mut self.input)? {
            let field = |name: &str| field(&head, name);
            let length: u64 = field("Content-Length")
                .and_then(|length| length.parse().ok())
                .ok_or_else(|| io::Error::other("a record has no length"))?;
            let kind = field("WARC-Type").unwrap_or_default();
            let address = field("WARC-Target-URI")
                .unwrap_or_default()
                .trim_matches(['<', '>']);
            let content = field("Content-Type").unwrap_or_default();
            let is_answer = kind == "response" && address.starts_with("http");
            let is_file = matches!(kind, "resource" | "conversion");
            if !is_answer && !is_file {
                skip(&mut self.input, length)?;
                continue;
            }
            if length > self.limit as u64 {
                skip(&mut self.input, length)?;
                return Ok(Some(Err(ReadError::TooLarge {
                    name: address.to_owned(),
                    bytes: usize::try_from(length).unwrap_or(usize::MAX),
                    limit: self.limit,
                })));
            }
            let mut bytes = Vec::new();
            (&mut self.input).take(length).read_to_end(&mut bytes)?;
            if (bytes.len() as u64) < length {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            let answer = if is_answer {
                answer(bytes, address, self.limit)
            } else {
                Ok(Some((content.to_owned(), bytes)))
            };
            match answer {
                Err(error) => return Ok(Some(Err(error))),
                Ok(Some((content, bytes))) => {
                    if let Some(format) = format(&content, address, &bytes) {
                        return Ok(Some(Ok(part(address, &content, format, bytes))));
                    }
                }
                Ok(None) => {}
            }
        }
        Ok(None)
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Part, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.next_record().unwrap_or_else(|error| {
            self.done = true;
            Some(Err(broken(&self.name, &error)))
        })
    }
}

fn part(address: &str, content: &str, format: Format, bytes: Vec<u8>) -> Part {
    let charset = content
        .to_ascii_lowercase()
        .split_once("charset=")
        .map(|(_, label)| label.trim_matches(['"', '\'', ' ', ';']).to_owned());
    Part {
        name: address.to_owned(),
        body: Body::File(format, bytes),
        own: Fields {
            url: told(address, "warc address"),
            ..Fields::default()
        },
        charset,
    }
}

/// The lines of a record's head; `None` at the end of the archive.
fn head(input: &mut impl BufRead) -> io::Result<Option<Vec<String>>> {
    let mut lines = Vec::new();
    let mut input = input.take(HEAD);
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return match lines.is_empty() {
                true => Ok(None),
                false => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
            };
        }
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        match (line.is_empty(), lines.is_empty()) {
            // Records are parted by empty lines.
            (true, true) => {}
            (true, false) => return Ok(Some(lines)),
            (false, true) if !line.starts_with("WARC/") => {
                return Err(io::Error::other("a record does not begin with WARC/"));
            }
            (false, _) => lines.push(line),
        }
    }
}

fn field<'a>(head: &'a [String], name: &str) -> Option<&'a str> {
    head.iter().find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn skip(input: &mut impl BufRead, length: u64) -> io::Result<()> {
    let skipped = io::copy(&mut input.take(length), &mut io::sink())?;
    if skipped < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    Ok(())
}

/// The content type and the body of a server's answer; `None` if it answered with something else than a page.
fn answer(
    bytes: Vec<u8>,
    address: &str,
    limit: usize,
) -> Result<Option<(String, Vec<u8>)>, ReadError> {
    let wrong = |message: &str| ReadError::Malformed {
        name: address.to_owned(),
        format: "archived page",
        message: message.to_owned(),
    };
    let mut headers = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut headers);
    let length = match response.parse(&bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        _ => return Err(wrong("the head of the server's answer cannot be read")),
    };
    if response.code != Some(200) {
        return Ok(None);
    }
    let header = |name: &str| {
        response
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))
            .map_or(String::new(), |header| {
                String::from_utf8_lossy(header.value)
                    .trim()
                    .to_ascii_lowercase()
            })
    };
    let content = header("Content-Type");
    let chunked = header("Transfer-Encoding").contains("chunked");
    let packed = header("Content-Encoding");
    let body = &bytes[length..];
    // Some crawlers keep the header and undo the chunks.
    let body = match chunked.then(|| unchunked(body)).flatten() {
        Some(body) => body,
        None => body.to_vec(),
    };
    if matches!(packed.as_str(), "" | "identity") || !is_text(&content) {
        return Ok(Some((content, body)));
    }
    let body = match packed.as_str() {
        "gzip" | "x-gzip" | "zstd" => unpacked(Box::new(&body[..]))
            .and_then(|input| read_up_to(input, limit))
            .map_err(|error| wrong(&error.to_string()))?,
        "deflate" => read_up_to(flate2::read::ZlibDecoder::new(&body[..]), limit)
            .map_err(|error| wrong(&error.to_string()))?,
        other => {
            return Err(wrong(&format!(
                "it is packed as {other}, which is not read"
            )));
        }
    };
    let body = body.ok_or_else(|| wrong(&format!("it unpacks to more than {limit} bytes")))?;
    Ok(Some((content, body)))
}

/// A body sent in chunks, joined; `None` if it is not in chunks.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let httparse::Status::Complete((start, length)) = httparse::parse_chunk_size(body).ok()?
        else {
            return None;
        };
        let length = usize::try_from(length).ok()?;
        if length == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(start..start.checked_add(length)?)?);
        body = body.get(start + length..)?.strip_prefix(b"\r\n")?;
    }
}

fn is_text(content: &str) -> bool {
    ["text/", "html", "xml", "json", "pdf"]
        .iter()
        .any(|kind| content.contains(kind))
}

/// The format of an answer; `None` for what holds no article: styles, pictures, scripts, site maps, rules for robots.
fn format(content: &str, address: &str, bytes: &[u8]) -> Option<Format> {
    let kind = content.split(';').next().unwrap_or_default().trim();
    let found = match kind {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" if !address.ends_with("/robots.txt") => Format::Text,
        "application/pdf" => Format::Pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Format::Docx,
        "application/rss+xml" | "application/atom+xml" | "application/xml" | "text/xml" => {
            let top = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
            let is_feed = ["<rss", "<feed", "<rdf:RDF"]
                .iter()
                .any(|tag| top.contains(tag));
            return is_feed.then_some(Format::Feed);
        }
        _ => return None,
    };
    Some(found)
}
