//! `cargo xtask day`: made-up days of news through `verbale code`: words per second, peak memory whatever the length, what
//! a day of the world's news would take, and two threads against two processes. Run it with `--release`.
//!
//! Articles are drawn from the shared corpora again and again, cut at the paragraph that brings them to 400 words; a share of them
//! leads to two sides. They are made while they are read, so that nothing but the program holds memory.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use verbale::gate::Gate;
use verbale::lexicon::Lexicon;

use crate::bench_code::document;
use crate::fuzz::peak_megabytes;
use crate::made::Draw;
use crate::options::Options;
use crate::parity::texts;

/// Words of an article.
const WORDS: usize = 400;

/// English articles that the world's news wires bring in a day.
const DAY: f64 = 385_000.0;

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let count = options.number("--articles")?.unwrap_or(20_000) as usize;
    let share = options.number("--share")?.unwrap_or(40) as usize;
    let pools = Pools::draw()?;
    println!(
        "drawn from {} articles that lead to two sides and {} that do not",
        pools.two_sided.len(),
        pools.one_sided.len()
    );
    for count in [count / 10, count] {
        let ran = stream(&pools, 0..count, share, 2)?;
        println!(
            "{count} articles, {share} % two-sided: {} words, {:.0} MB in {:.1} s: {:.0} words/s on two threads, processor {:.1} s, peak {} MB",
            ran.words,
            ran.bytes as f64 / 1e6,
            ran.seconds,
            ran.words as f64 / ran.seconds,
            ran.processor,
            ran.peak
        );
        // The articles are a tenth longer than those of the day: the last paragraph of each is whole.
        let day = |seconds: f64| DAY * WORDS as f64 / ran.words as f64 * seconds / 60.0;
        println!(
            "  a day of {DAY:.0} articles of {WORDS} words: {:.0} minutes by the clock, {:.0} on two processors that do nothing else",
            day(ran.seconds),
            day(ran.processor / 2.0)
        );
    }
    if options.has("--threads") {
        threads(&pools, count / 10, share)?;
    }
    Ok(())
}

/// Two threads of one process against two processes of one thread, in turns, the median of five.
fn threads(pools: &Pools, count: usize, share: usize) -> Result<()> {
    let mut ratios = Vec::new();
    for _ in 0..5 {
        let one = stream(pools, 0..count, share, 2)?.seconds;
        let began = Instant::now();
        std::thread::scope(|scope| -> Result<()> {
            let half = |range| scope.spawn(move || stream(pools, range, share, 1));
            let both = [half(0..count / 2), half(count / 2..count)];
            for each in both {
                each.join().expect("no panic in a measure")?;
            }
            Ok(())
        })?;
        ratios.push(began.elapsed().as_secs_f64() / one);
    }
    let ratio = crate::bench_parse::median(ratios.iter().copied());
    println!("two threads have {ratio:.2} of the rate of two processes (of {ratios:.2?})");
    Ok(())
}

struct Ran {
    words: usize,
    bytes: usize,
    seconds: f64,
    /// Seconds of processor, by the last look before the end.
    processor: f64,
    peak: u64,
}

/// Streams articles through the program.
fn stream(
    pools: &Pools,
    range: std::ops::Range<usize>,
    share: usize,
    threads: usize,
) -> Result<Ran> {
    let began = Instant::now();
    let mut child = Command::new(program()?)
        .args(["code", "--in", "jsonl", "--threads", &threads.to_string()])
        .env_remove("VERBALE_GATE")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("`verbale` could not be started")?;
    let mut to = BufWriter::new(child.stdin.take().context("a pipe to the program")?);
    let ((peak, processor), sums) = std::thread::scope(|scope| -> Result<_> {
        let child = &mut child;
        let watch = scope.spawn(move || watched(child));
        let mut sums = (0, 0);
        for number in range {
            let line = pools.article(number, share);
            sums.0 += line.1;
            sums.1 += line.0.len();
            to.write_all(line.0.as_bytes())?;
        }
        to.flush()?;
        drop(to);
        Ok((watch.join().expect("no panic in a watch")?, sums))
    })?;
    Ok(Ran {
        words: sums.0,
        bytes: sums.1,
        seconds: began.elapsed().as_secs_f64(),
        processor,
        peak,
    })
}

/// The most memory of a process until it ends, and its processor time.
fn watched(child: &mut Child) -> Result<(u64, f64)> {
    let (mut peak, mut processor) = (0, 0.0_f64);
    loop {
        peak = peak.max(peak_megabytes(child.id()).unwrap_or(0));
        processor = processor.max(processor_seconds(child.id()).unwrap_or(0.0));
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "the program failed: {status}");
            return Ok((peak, processor));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Processor time of all threads of a running process; the system counts it in hundredths of a second.
fn processor_seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold blanks; user and system time are the twelfth and thirteenth field behind it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}

/// The program beside this one, built with the same options.
fn program() -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("verbale");
    ensure!(
        path.exists(),
        "{}: build it first: cargo build --release -p verbale-cli",
        path.display()
    );
    Ok(path)
}

/// Articles to draw from.
struct Pools {
    two_sided: Vec<String>,
    one_sided: Vec<String>,
}

impl Pools {
    fn draw() -> Result<Pools> {
        let mut pools = Pools {
            two_sided: Vec::new(),
            one_sided: Vec::new(),
        };
        let all = texts::articles(286)?;
        for text in all.iter().chain(&texts::speeches(100)?) {
            let text = cut(text);
            match Gate::Document.passes(&document(&text), Lexicon::embedded()) {
                true => pools.two_sided.push(text),
                false => pools.one_sided.push(text),
            }
        }
        ensure!(!pools.two_sided.is_empty() && !pools.one_sided.is_empty());
        Ok(pools)
    }

    /// A line of JSON and the words of its text. The number at its end makes it a text of its own.
    fn article(&self, number: usize, share: usize) -> (String, usize) {
        let mut draw = Draw::new(number as u64);
        let pool = match draw.below(100) < share {
            true => &self.two_sided,
            false => &self.one_sided,
        };
        let mut text = String::new();
        // Short articles are put together until they are as long as others.
        while words(&text) < WORDS * 3 / 4 {
            text.push_str(&pool[draw.below(pool.len())]);
            text.push_str("\n\n");
        }
        text.push_str(&format!("({number})"));
        let line = json!({ "id": number.to_string(), "text": text });
        (format!("{line}\n"), words(&text))
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whole paragraphs until there are [`WORDS`] words.
fn cut(text: &str) -> String {
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        if !kept.is_empty() && words(&kept) + words(line) > WORDS {
            break;
        }
        kept.push_str(line);
    }
    kept
}
