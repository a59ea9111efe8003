//! `cargo xtask fuzz`: own files, changed at random, through each reader, the tokenizer, dates and numbers, the rules and
//! the whole of coding. Run it with `--release`.
//!
//! Inputs go to a worker process, one after the other. One that takes more than [`SECONDS`], drives the worker's memory
//! beyond [`MEGABYTES`], panics, or breaks a promise is written to `tests/fuzz` and told; a test replays what is there.

mod mutations;
mod targets;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::bench_parse::seconds;
use crate::made::Draw;
use crate::options::Options;
use mutations::mutated;
use targets::{Target, seeds};

/// The longest that one input may take, in seconds of processor time: on a busy machine the clock tells nothing.
const SECONDS: f64 = 5.0;

/// How long an answer is waited for, by the clock.
const PATIENCE: Duration = Duration::from_secs(90);

/// The most memory that the worker may hold.
const MEGABYTES: u64 = 1024;

/// Makes inputs from `--seed` on until the reading of them has taken `--minutes` of processor time; fails if one did harm.
pub fn run(options: &Options) -> Result<()> {
    if options.has("--worker") {
        return work();
    }
    let minutes = options.number("--minutes")?.unwrap_or(15);
    let seed = options.number("--seed")?.unwrap_or(1);
    let seeds = seeds()?;
    let mut left = 60.0 * minutes as f64;
    let mut worker = Worker::start()?;
    let (mut tried, mut harmful) = (BTreeMap::<String, usize>::new(), Vec::new());
    let mut draw = Draw::new(seed);
    while left > 0.0 {
        let (target, base) = &seeds[draw.below(seeds.len())];
        let (_, other) = &seeds[draw.below(seeds.len())];
        let input = mutated(base, other, target.most(), &mut draw);
        *tried.entry(target.to_string()).or_default() += 1;
        match worker.answer(target, &input) {
            Ok(took) => left -= took,
            Err(harm) => {
                let place = keep(target, &input)?;
                println!("{target}: {harm}: {place}");
                harmful.push(place);
                worker = Worker::start()?;
            }
        }
    }
    for (target, count) in &tried {
        println!("{count:>8}  {target}");
    }
    match harmful.len() {
        0 => Ok(()),
        count => bail!("{count} inputs did harm; they are in tests/fuzz"),
    }
}

/// Writes an input down, under the name of its target.
fn keep(target: &Target, input: &[u8]) -> Result<String> {
    let folder = crate::root().join("tests/fuzz");
    fs::create_dir_all(&folder)?;
    let hash = verbale_store::data_hash(&String::from_utf8_lossy(input));
    let name = format!("{}-{}{}", target.kind(), &hash[..12], target.ending());
    fs::write(folder.join(&name), input)?;
    Ok(name)
}

/// A process of our own that reads inputs and says after each that it is done.
struct Worker {
    child: Child,
    to: ChildStdin,
    answers: Receiver<String>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may be stuck.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Worker {
    fn start() -> Result<Worker> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["fuzz", "--worker"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("the worker could not be started")?;
        let to = child.stdin.take().context("a pipe to the worker")?;
        let from = child.stdout.take().context("a pipe from the worker")?;
        let (tell, answers) = channel();
        std::thread::spawn(move || {
            let lines = std::io::BufRead::lines(BufReader::new(from));
            for line in lines.map_while(std::result::Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Worker { child, to, answers })
    }

    /// Hands over one input and says how many seconds of processor time it took; the error says what harm it did.
    fn answer(&mut self, target: &Target, input: &[u8]) -> std::result::Result<f64, String> {
        let head = format!("{target}\n{}\n", input.len());
        let sent = self
            .to
            .write_all(head.as_bytes())
            .and_then(|()| self.to.write_all(input))
            .and_then(|()| self.to.flush());
        sent.map_err(|_| "the worker is gone".to_owned())?;
        let line = match self.answers.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => return Err("does not end".to_owned()),
            Err(RecvTimeoutError::Disconnected) => return Err("ends the process".to_owned()),
        };
        // What is no number of seconds is what went wrong.
        let Ok(took) = line.parse() else {
            return Err(line);
        };
        match peak_megabytes(self.child.id()) {
            Some(peak) if peak > MEGABYTES => Err(format!("{peak} MB of memory")),
            _ => Ok(took),
        }
    }
}

/// The most memory that a process has held, where the system tells it.
pub fn peak_megabytes(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// The worker: a line with the target, a line with the length, the input; answers a line for each, the seconds of processor
/// time that it took or what went wrong.
fn work() -> Result<()> {
    let mut from = BufReader::new(std::io::stdin());
    let line = |from: &mut BufReader<std::io::Stdin>| -> Result<String> {
        let mut line = String::new();
        std::io::BufRead::read_line(from, &mut line)?;
        Ok(line.trim_end().to_owned())
    };
    loop {
        let name = line(&mut from)?;
        if name.is_empty() {
            return Ok(());
        }
        let target: Target = name.parse().map_err(anyhow::Error::msg)?;
        let mut input = vec![0; line(&mut from)?.parse()?];
        from.read_exact(&mut input)?;
        let began = seconds();
        let tried = std::panic::catch_unwind(|| target.attempt(&input));
        let took = seconds() - began;
        let answer = match tried {
            Err(_) => "panics".to_owned(),
            Ok(Err(broken)) => broken,
            Ok(Ok(())) if took > SECONDS => format!("takes {took:.0} s"),
            Ok(Ok(())) => took.to_string(),
        };
        println!("{answer}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What once did harm does none any more.
    #[test]
    fn found_inputs_do_no_harm() {
        let folder = crate::root().join("tests/fuzz");
        for path in crate::gold::files(&folder).unwrap() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name == "README.md" {
                continue;
            }
            let target = Target::of_file(&name).unwrap_or_else(|| panic!("{name}: no target"));
            let input = fs::read(&path).unwrap();
            assert_eq!(target.attempt(&input), Ok(()), "{name}");
        }
    }

    #[test]
    fn every_target_has_seeds_that_do_no_harm() {
        let seeds = seeds().unwrap();
        for kind in targets::KINDS {
            assert!(
                seeds.iter().any(|(target, _)| target.kind() == kind),
                "{kind}"
            );
        }
        let mut seen = std::collections::BTreeSet::new();
        for (target, input) in seeds {
            if seen.insert(target.to_string()) {
                assert_eq!(target.attempt(&input), Ok(()), "{target}");
                assert_eq!(target.to_string().parse(), Ok(target));
            }
        }
    }
}
