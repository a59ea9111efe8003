//! `cargo xtask load`: how long readers of a desk over a large store wait, alone and two hundred at once beside a writer.
//!
//! The client is threads and sockets of the standard library: each reader keeps a connection and asks again as soon as it has
//! been answered, so that the figures are those of a desk that never rests.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::made::Draw;
use crate::options::Options;
use crate::outside::own_folder;

/// The word that lets the client write.
const TOKEN: &str = "load";

/// Pairs that readers open: those most told, and some of the others.
const PAIRS: usize = 20;

/// Serves a store, asks, prints one row per measure.
pub fn run(options: &Options) -> Result<()> {
    let store = options.path("--store").context(
        "name a store: cargo xtask scale --documents 10000 --keep FILE makes one; it is written to",
    )?;
    let readers = options.number("--readers")?.unwrap_or(200);
    let seconds = options.number("--seconds")?.unwrap_or(60);
    ensure!(
        store.exists(),
        "{}: there is no such store",
        store.display()
    );
    let desk = Desk::start(&store)?;
    let pairs = alone(&desk)?;
    together(
        &desk,
        &pairs,
        readers as usize,
        Duration::from_secs(seconds),
    )
}

/// A running `verbale serve`.
struct Desk {
    process: Child,
    address: SocketAddr,
}

impl Desk {
    fn start(store: &Path) -> Result<Desk> {
        let program = own_folder()?.join(format!("verbale{}", std::env::consts::EXE_SUFFIX));
        ensure!(
            program.exists(),
            "{}: build the program first, with the profile of this task",
            program.display()
        );
        let began = Instant::now();
        let mut process = Command::new(program)
            .arg("--store")
            .arg(store)
            .args(["serve", "--port", "0", "--token", TOKEN])
            .stdout(Stdio::piped())
            .spawn()?;
        let told = process.stdout.take().context("the desk has no voice")?;
        for line in BufReader::new(told).lines() {
            let line = line?;
            let Some(rest) = line.trim().strip_prefix("read") else {
                continue;
            };
            let address = rest
                .trim()
                .trim_start_matches("http://")
                .trim_end_matches('/');
            println!("{:>9.1} ms  ready", milliseconds(began.elapsed()));
            return Ok(Desk {
                address: address.parse()?,
                process,
            });
        }
        bail!("the desk ended before it answered")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It has nothing left to do; a store outlives a kill at any moment.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An answer, and how long its first byte and all of it took.
struct Answer {
    status: u16,
    first: Duration,
    whole: Duration,
    body: Vec<u8>,
}

/// A pair that readers open and texts tell of.
struct Pair {
    address: String,
    /// Both names, with "and" between.
    names: String,
}

/// A connection that is kept.
struct Client {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
}

impl Client {
    fn new(address: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        Ok(Client {
            address,
            stream: BufReader::new(stream),
        })
    }

    fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.address
        ))
    }

    fn post(&mut self, path: &str, body: &Value) -> Result<Answer> {
        let body = body.to_string();
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn ask(&mut self, request: &str) -> Result<Answer> {
        let began = Instant::now();
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let first = began.elapsed();
        let status = line
            .split(' ')
            .nth(1)
            .context("the connection was closed")?
            .parse()?;
        let mut length = Some(0);
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let field = line.trim_end();
            if field.is_empty() {
                break;
            }
            match field.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = Some(value.trim().parse()?);
                }
                // A page that begins before it is there comes in pieces.
                Some((name, _)) if name.eq_ignore_ascii_case("transfer-encoding") => length = None,
                _ => {}
            }
        }
        let mut body = vec![0; length.unwrap_or(0)];
        match length {
            Some(_) => self.stream.read_exact(&mut body)?,
            None => while self.piece(&mut body)? {},
        }
        Ok(Answer {
            status,
            first,
            whole: began.elapsed(),
            body,
        })
    }

    /// Reads the next piece of a body; `false` after the last one.
    fn piece(&mut self, body: &mut Vec<u8>) -> Result<bool> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim_end(), 16)?;
        let from = body.len();
        body.resize(from + length, 0);
        self.stream.read_exact(&mut body[from..])?;
        line.clear();
        self.stream.read_line(&mut line)?;
        Ok(length > 0)
    }
}

/// One reader, cold and again; answers with the pairs that are opened later.
fn alone(desk: &Desk) -> Result<Vec<Pair>> {
    let mut client = Client::new(desk.address)?;
    let answer = client.get("/.json?limit=5000")?;
    row("all pairs, as JSON", &answer);
    let rows: Vec<Value> = serde_json::from_slice(&answer.body)?;
    let mut told: Vec<(u64, &str, String)> = rows
        .iter()
        .filter_map(|row| {
            let names = [row["names"][0].as_str()?, row["names"][1].as_str()?];
            Some((
                row["records"].as_u64()?,
                row["pair"].as_str()?,
                names.join(" and "),
            ))
        })
        .collect();
    told.sort_by(|a, b| b.cmp(a));
    ensure!(
        told.len() > PAIRS,
        "the store tells of {} pairs only",
        told.len()
    );
    let large = told.iter().rev().find(|(records, ..)| *records >= 2000);
    let mut shown = vec![
        ("most told", &told[0]),
        ("seldom told", &told[told.len() * 3 / 4]),
    ];
    shown.extend(large.map(|pair| ("of 2,000 records", pair)));
    for (what, (records, pair, _)) in shown {
        for (below, name) in [
            ("", ""),
            ("?modality=planned", ", planned only"),
            ("/timeline", ", ledger timeline"),
        ] {
            let address = format!("/pair/{pair}{below}");
            let cold = client.get(&address)?;
            ensure!(cold.status == 200, "{address}: {}", cold.status);
            row(
                &format!(
                    "pair {what} ({records} records){name}: {} kB",
                    cold.body.len() / 1000
                ),
                &cold,
            );
            row("    again", &client.get(&address)?);
        }
    }
    for (what, address) in [
        ("all pairs", "/"),
        ("search", "/search?q=memorandum"),
        ("facts, first page", "/facts"),
        ("records, first page", "/records"),
        ("about", "/about"),
    ] {
        let cold = client.get(address)?;
        ensure!(cold.status == 200, "{address}: {}", cold.status);
        row(&format!("{what}: {} kB", cold.body.len() / 1000), &cold);
        row("    again", &client.get(address)?);
    }
    let step = (told.len() / 2 / (PAIRS / 2)).max(1);
    let often = told.iter().take(PAIRS / 2);
    let others = told.iter().skip(PAIRS / 2).step_by(step).take(PAIRS / 2);
    Ok(often
        .chain(others)
        .map(|(_, pair, names)| Pair {
            address: format!("/pair/{pair}"),
            names: names.clone(),
        })
        .collect())
}

/// Readers at once, and one writer that adds a text, waits until it is read, and adds the next.
fn together(desk: &Desk, pairs: &[Pair], readers: usize, length: Duration) -> Result<()> {
    let (stop, failed) = (AtomicBool::new(false), AtomicUsize::new(0));
    let began = Instant::now();
    let server = desk.process.id().to_string();
    let before = ["self", &server].map(processor);
    let (mut waits, written) = std::thread::scope(|scope| -> Result<_> {
        let reading: Vec<_> = (0..readers)
            .map(|number| {
                let (stop, failed) = (&stop, &failed);
                scope.spawn(move || read(desk.address, pairs, number as u64, stop, failed))
            })
            .collect();
        let writing = scope.spawn(|| write(desk.address, pairs, &stop));
        std::thread::sleep(length);
        stop.store(true, Ordering::Relaxed);
        let mut waits = Vec::new();
        for reader in reading {
            waits.extend(reader.join().expect("a reader does not panic"));
        }
        Ok((waits, writing.join().expect("the writer does not panic")?))
    })?;
    ensure!(!waits.is_empty(), "nobody was answered");
    let clock = began.elapsed().as_secs_f64();
    let after = ["self", &server].map(processor);
    waits.sort_unstable();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    println!(
        "{readers} readers, one writer, {clock:.0} s: {} answers ({:.0}/s), {} texts written, {} errors",
        waits.len(),
        waits.len() as f64 / clock,
        written,
        failed.load(Ordering::Relaxed),
    );
    println!(
        "    processor time: readers and writer here {:.1} s, desk {:.1} s",
        after[0] - before[0],
        after[1] - before[1]
    );
    for (name, share) in [
        ("median", 0.5),
        ("95 of 100", 0.95),
        ("99 of 100", 0.99),
        ("999 of 1000", 0.999),
        ("all", 1.0),
    ] {
        println!("{:>9.1} ms  whole answer, {name}", milliseconds(at(share)));
    }
    ensure!(
        failed.load(Ordering::Relaxed) == 0,
        "some answers were errors"
    );
    Ok(())
}

/// Seconds of processor time of all threads of a process, where the system tells it.
fn processor(process: &str) -> f64 {
    const TICKS: f64 = 100.0;
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program stands in brackets and may hold blanks.
    let fields = told.rsplit(')').next().unwrap_or_default();
    let number = |at: usize| fields.split_whitespace().nth(at)?.parse::<f64>().ok();
    (number(11).unwrap_or_default() + number(12).unwrap_or_default()) / TICKS
}

/// What a reader opens, and how often of a hundred times.
const OPENS: [(&str, usize); 4] = [
    ("", 60),
    ("/timeline", 20),
    ("/agreements", 10),
    ("/people", 10),
];

fn read(
    address: SocketAddr,
    pairs: &[Pair],
    seed: u64,
    stop: &AtomicBool,
    failed: &AtomicUsize,
) -> Vec<Duration> {
    let mut draw = Draw::new(seed + 1);
    let mut waits = Vec::new();
    let mut client = None;
    while !stop.load(Ordering::Relaxed) {
        let mut point = draw.below(100);
        let below = OPENS
            .iter()
            .find(|(_, share)| {
                let found = point < *share;
                point = point.saturating_sub(*share);
                found
            })
            .map_or("", |(below, _)| below);
        let path = format!("{}{below}", pairs[draw.below(pairs.len())].address);
        let began = Instant::now();
        let open = match client.take() {
            Some(open) => Ok(open),
            None => Client::new(address),
        };
        match open.and_then(|mut open| Ok((open.get(&path)?, open))) {
            Ok((answer, open)) if answer.status == 200 => {
                waits.push(began.elapsed());
                client = Some(open);
            }
            _ => {
                failed.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
    waits
}

fn write(address: SocketAddr, pairs: &[Pair], stop: &AtomicBool) -> Result<usize> {
    let mut client = Client::new(address)?;
    let mut written = 0;
    let stamp = Instant::now();
    while !stop.load(Ordering::Relaxed) {
        let text = format!(
            "{} signed a memorandum on well number {written} on 3 March 2024. Letter {:?}.",
            pairs[written % pairs.len()].names,
            stamp.elapsed()
        );
        let body = json!({ "documents": [{ "text": text }] });
        let answer = client.post("/docs", &body)?;
        ensure!(
            answer.status == 202,
            "a text was refused: {}",
            answer.status
        );
        let told: BTreeMap<String, Value> = serde_json::from_slice(&answer.body)?;
        let job = format!("/jobs/{}.json", told["job"]);
        while !stop.load(Ordering::Relaxed) {
            let told: Value = serde_json::from_slice(&client.get(&job)?.body)?;
            match told["state"].as_str() {
                Some("running") => std::thread::sleep(Duration::from_millis(20)),
                Some("done") => {
                    written += 1;
                    break;
                }
                _ => bail!("a text was not read: {told}"),
            }
        }
    }
    Ok(written)
}

fn row(what: &str, answer: &Answer) {
    let [first, whole] = [answer.first, answer.whole].map(milliseconds);
    println!("{first:>9.1} ms first byte, {whole:>9.1} ms all  {what}");
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
