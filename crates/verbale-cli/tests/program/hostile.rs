//! Five hundred files made to hurt, added at once: each is read or refused by name, and the store stays whole.

use std::fs;

use serde_json::Value;

use crate::support::{Bench, examples, root};

/// How many files there are.
const FILES: usize = 500;

/// A sequence of numbers that is the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end.max(1) as u64) as usize
    }
}

const ENDINGS: [&str; 13] = [
    "txt",
    "html",
    "json",
    "jsonl",
    "csv",
    "tsv",
    "pdf",
    "docx",
    "xml",
    "warc",
    "eml",
    "txt.gz",
    "jsonl.zst",
];

/// Pieces that readers trip over.
const PIECES: [&str; 16] = [
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{301}\u{301}\u{301}",
    "<div>",
    "<!--",
    "<![CDATA[",
    "&lt;&#0;&#x110000;",
    "{\"text\":",
    "\\ud800",
    "\"“«‘",
    ",\"\n",
    "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n",
    "%PDF-1.7\n1 0 obj <</Length 99999>> stream\n",
    "99999999999999999999 years ago, 31/02/2024, -1/-1/0000 ",
    "“Chad,” said Niger, “Chad, said Niger, ",
];

fn file(number: usize, bases: &[Vec<u8>], draw: &mut Draw) -> Vec<u8> {
    let base = &bases[draw.below(bases.len())];
    match number % 10 {
        0 => Vec::new(),
        1 => (0..2000).map(|_| draw.below(256) as u8).collect(),
        2 => PIECES[draw.below(PIECES.len())].repeat(4000).into_bytes(),
        3 => base[..draw.below(base.len())].to_vec(),
        4 => base.iter().rev().copied().collect(),
        5 => base.iter().flat_map(|byte| [*byte, 0]).collect(),
        _ => {
            let mut bytes = base.clone();
            for _ in 0..20 {
                let at = draw.below(bytes.len() + 1);
                let piece = PIECES[draw.below(PIECES.len())].as_bytes();
                match draw.below(3) {
                    0 if at < bytes.len() => bytes[at] = draw.below(256) as u8,
                    1 => bytes.truncate(at.max(64)),
                    _ => drop(bytes.splice(at..at, piece.iter().copied())),
                }
            }
            bytes
        }
    }
}

#[test]
fn five_hundred_hostile_files_leave_a_whole_store() {
    let bench = Bench::new();
    let mut bases: Vec<Vec<u8>> = examples("aze-pak")
        .iter()
        .map(|path| fs::read(path).unwrap())
        .collect();
    for entry in fs::read_dir(root().join("tests/formats/same")).unwrap() {
        bases.push(fs::read(entry.unwrap().path()).unwrap());
    }
    bases.sort();
    let mut draw = Draw(17);
    for number in 0..FILES {
        let ending = ENDINGS[draw.below(ENDINGS.len())];
        let bytes = file(number, &bases, &mut draw);
        bench.write(&format!("in/{number:03}.{ending}"), bytes);
    }
    // One good text among them must come through.
    bench.write(
        "in/good.txt",
        "Chad and Niger signed a memorandum on grazing routes.",
    );
    let report = bench.path("report.jsonl");
    let run = bench.run(&["add", &bench.path("in"), "--report", &report]);
    assert!(run.code == 0 || run.code == 2, "{}", run.err);
    assert!(!run.err.contains("the program failed"), "{}", run.err);
    let report = fs::read_to_string(report).unwrap();
    let fates: Vec<Value> = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for number in 0..FILES {
        let place = format!("in/{number:03}.");
        let of_file = |fate: &&Value| fate["place"].as_str().unwrap().contains(&place);
        // Tables and line files without rows give no document, and say nothing.
        for fate in fates.iter().filter(of_file) {
            let (status, why) = (fate["status"].as_str().unwrap(), &fate["why"]);
            assert!(status == "ok" || why.is_string(), "{fate}");
        }
    }
    let failed = fates.iter().filter(|fate| fate["status"] == "failed");
    assert!(failed.count() > 50, "too few of them hurt");
    let good = fates
        .iter()
        .find(|fate| fate["name"] == "good.txt")
        .unwrap();
    assert_eq!(good["status"], "ok");
    assert!(bench.facts() > 0);
    let whole = bench.run(&["sql", "SELECT * FROM pragma_integrity_check"]);
    assert_eq!(whole.jsonl()[0]["integrity_check"], "ok");
}
