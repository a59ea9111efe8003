//! Files made to hurt: they end in an error or a harmless document, soon, and in little memory.

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use verbale_read::{Documents, Options, read};

/// Reads an input and holds it to a time that a stuck reader would far exceed, also on a slow machine.
fn soon(bytes: &[u8], name: &str) -> Documents {
    let began = Instant::now();
    let documents = read(bytes, name, &small());
    let took = began.elapsed();
    assert!(took < Duration::from_secs(30), "{name} took {took:?}");
    documents
}

/// Limits at which the tests need no gigabytes.
fn small() -> Options {
    Options {
        max_bytes: 4 << 20,
        ..Options::default()
    }
}

fn error(bytes: &[u8], name: &str) -> String {
    let documents = soon(bytes, name);
    let error = documents.into_iter().find_map(Result::err);
    error
        .unwrap_or_else(|| panic!("{name} was read"))
        .to_string()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn docx(document: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(
            "word/document.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    archive.write_all(document).unwrap();
    archive.finish().unwrap().into_inner()
}

/// A PDF of one page whose content is a packed stream.
fn pdf(stream: &[u8], filter: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>> endobj\n".to_vec();
    writeln!(
        file,
        "4 0 obj <</Length {}/Filter {filter}>> stream",
        stream.len()
    )
    .unwrap();
    file.extend_from_slice(stream);
    file.extend_from_slice(b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF");
    file
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 80 << 20];
    for name in ["a.txt.gz", "a.jsonl.gz", "a.html.gz", "a.csv.gz"] {
        let told = error(&gzip(&zeros), name);
        assert!(
            told.contains("limit") || told.contains("unpacks") || told.contains("bytes"),
            "{told}"
        );
    }
    let xml = [b"<w:document>".as_slice(), &zeros].concat();
    assert!(error(&docx(&xml), "a.docx").contains("unpacks to more than"));
    let once = zlib(&zeros);
    assert!(error(&pdf(&once, "/FlateDecode"), "a.pdf").contains("unpack"));
    let twice = zlib(&once);
    assert!(error(&pdf(&twice, "[/FlateDecode/FlateDecode]"), "b.pdf").contains("unpack"));
    let answer = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".as_slice(),
        &gzip(&zeros),
    ]
    .concat();
    let told = error(&record("https://bomb.example/", &answer), "a.warc");
    assert!(
        told.contains("https://bomb.example/") && told.contains("unpacks to more than"),
        "{told}"
    );
}

fn record(address: &str, answer: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    )
    .into_bytes();
    record.extend_from_slice(answer);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

#[test]
fn entities_that_multiply_are_not_expanded() {
    let mut laughs = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY l0 'ha'>");
    for level in 1..12 {
        let inner = format!("&l{};", level - 1).repeat(10);
        write!(laughs, "<!ENTITY l{level} '{inner}'>").unwrap();
    }
    laughs.push_str("]><rss><channel><item><title>News &l11;</title><description>Mali met Togo &l11;.</description></item></channel></rss>");
    let documents = soon(laughs.as_bytes(), "a.xml");
    let (document, _) = documents[0].as_ref().unwrap();
    assert_eq!(document.text, "Mali met Togo .\n");
    let xml = format!(
        "<w:document><w:p><w:t>{}</w:t></w:p></w:document>",
        "&l11;".repeat(1000)
    );
    assert!(soon(&docx(xml.as_bytes()), "a.docx")[0].is_ok());
}

#[test]
fn depths_and_widths() {
    for (name, text) in [
        ("divs.html", "<div>".repeat(200_000)),
        ("lists.html", "<ul><li>".repeat(100_000)),
        ("tables.html", "<table><tr><td>".repeat(60_000)),
        ("feed.xml", format!("<rss>{}", "<item>".repeat(200_000))),
        ("deep.json", "[".repeat(1_000_000)),
        ("deep.jsonl", "{\"text\":".repeat(200_000)),
    ] {
        error(text.as_bytes(), name);
    }
    soon("<b><p>".repeat(100_000).as_bytes(), "formats.html");
    let script = format!(
        "<script type='application/ld+json'>{}</script><p>Mali met Togo.",
        "[".repeat(100_000)
    );
    assert!(soon(script.as_bytes(), "ld.html")[0].is_ok());
    let letter = (0..5000).fold(
        String::from("From: a@b.example\r\n"),
        |mut letter, depth| {
            write!(
                letter,
                "Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"
            )
            .unwrap();
            letter
        },
    );
    soon(letter.as_bytes(), "deep.eml");
    let teasers = "<div><h3><a href='/x'>More</a></h3><p>Another story that one could read as well as this one here.</p></div>".repeat(20_000);
    soon(teasers.as_bytes(), "teasers.html");
    let breaks = "<p>Mali met Togo.<br><br>".repeat(40_000);
    soon(breaks.as_bytes(), "breaks.html");
}

#[test]
fn an_open_quotation_mark_ends_at_the_limit() {
    let rows = format!("text\n\"{}", "Mali met Togo. ".repeat(400_000));
    assert!(error(rows.as_bytes(), "a.csv").contains("quotation mark"));
}

#[test]
fn what_breaks_off_keeps_what_came_before() {
    let line = "{\"text\": \"Mali met Togo, and the two sides agreed to meet again in Accra.\"}\n";
    let lines: String = (0..20_000)
        .map(|number| line.replace("Mali", &format!("Mali {number}")))
        .collect();
    for (name, packed) in [
        ("a.jsonl.gz", gzip(lines.as_bytes())),
        (
            "a.jsonl.zst",
            zstd::encode_all(lines.as_bytes(), 1).unwrap(),
        ),
    ] {
        let documents = soon(&packed[..packed.len() * 3 / 4], name);
        assert!(
            documents.iter().filter(|one| one.is_ok()).count() > 1000,
            "{name}"
        );
        let last = documents.last().unwrap().as_ref().unwrap_err().to_string();
        assert!(last.contains("what came before is kept"), "{last}");
    }
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Mali met Togo in Accra.";
    let mut archive = record("https://one.example/", page);
    archive.extend(record("https://two.example/", page));
    let documents = soon(&archive[..archive.len() - 20], "a.warc");
    assert_eq!(
        (documents.len(), documents[0].is_ok(), documents[1].is_ok()),
        (2, true, false)
    );
    let feed = "<rss><channel><item><title>One</title><description>Mali met Togo.</description></item><item><title>Tw";
    let documents = soon(feed.as_bytes(), "a.xml");
    assert!(documents[0].is_ok() && documents.last().unwrap().is_err());
}

#[test]
fn records_that_lie_about_their_length() {
    let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n";
    for length in ["99999999999999", "-5", "18446744073709551615", "x", ""] {
        error(
            format!("{head}Content-Length: {length}\r\n\r\nabc").as_bytes(),
            "a.warc",
        );
    }
    error(
        format!("WARC/1.0\r\n{}", "a: b\r\n".repeat(100_000)).as_bytes(),
        "b.warc",
    );
    error(b"no archive at all", "c.warc");
    let chunks = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nMali";
    soon(&record("https://a.example/", chunks), "d.warc");
}

#[test]
fn titles_cannot_talk_to_the_terminal() {
    let page = "<title>News \u{1b}]0;owned\u{7}\u{202e}evil</title><h1>News \u{1b}[31m\u{9b}2J</h1><p>Mali met Togo in Accra on Monday \u{1b}[2J and talked.";
    let feed = "<rss><channel><item><title>A &#27;[31m b</title><description>Mali &#27;[2Jmet Togo.</description></item></channel></rss>";
    let letter =
        "From: a@b.example\r\nSubject: =?utf-8?B?G1szMW1yZWQ=?=\r\n\r\nMali met \u{1b}[2J Togo.";
    for (name, text) in [("a.html", page), ("a.xml", feed), ("a.eml", letter)] {
        let (document, _) = soon(text.as_bytes(), name).remove(0).unwrap();
        let shown = format!(
            "{} {}",
            document.title.unwrap(),
            document.text.replace('\n', "")
        );
        assert!(
            !shown
                .chars()
                .any(|char| char.is_control() || char == '\u{202e}'),
            "{name}: {shown:?}"
        );
    }
}

#[test]
fn what_is_not_what_its_name_says() {
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f";
    for ending in [
        "txt",
        "html",
        "json",
        "jsonl",
        "csv",
        "pdf",
        "docx",
        "xml",
        "warc",
        "eml",
        "txt.gz",
        "jsonl.zst",
    ] {
        let name = format!("picture.{ending}");
        let documents = soon(picture, &name);
        let worded = documents
            .iter()
            .flatten()
            .any(|(document, _)| !document.is_empty() && ending != "eml");
        assert!(!worded, "{name}: {documents:?}");
    }
}

/// Every file of the article with bytes changed, cut and doubled, by a fixed sequence of numbers.
#[test]
fn damage_never_stops_the_program() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats/same");
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let whole = fs::read(&path).unwrap();
        for round in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..=round % 12 {
                let at = random(bytes.len());
                match random(4) {
                    0 => bytes[at] = random(256) as u8,
                    1 => bytes[at] ^= 1 << random(8),
                    2 => bytes.truncate(at.max(1)),
                    _ => {
                        let from = random(bytes.len());
                        let piece = bytes[from..(from + 40).min(bytes.len())].to_vec();
                        bytes.splice(at..at, piece);
                    }
                }
            }
            soon(&bytes, &name);
        }
    }
}
