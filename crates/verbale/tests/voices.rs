//! Who speaks: `spec/voices.toml`, and the share of gold facts whose innermost speaker is found.

use std::path::PathBuf;

use verbale::lexicon::Lexicon;
use verbale::names::{Names, names};
use verbale::parse::parse;
use verbale::record::{VoiceKind, VoiceMode};
use verbale::segment::segment;
use verbale::voices::{Voices, voices};
use verbale_parse::Parser;
use verbale_read::{Document, Options, Span, read_text};

fn heard(bytes: &[u8], name: &str) -> (Document, Names, Voices) {
    let (document, _) = read_text(bytes, name, &Options::default()).unwrap();
    let lexicon = Lexicon::embedded();
    let segments = segment(&document);
    let trees = parse(Parser::english(), &segments);
    let names = names(&document, &segments, &trees, lexicon);
    let voices = voices(&document, &segments, &trees, &names, lexicon);
    (document, names, voices)
}

fn shown(document: &Document, voices: &Voices) -> Vec<String> {
    voices
        .spans
        .iter()
        .filter(|one| one.voice.kind == VoiceKind::Speaker)
        .map(|one| {
            let mode = format!("{:?}", one.voice.mode).to_lowercase();
            let mut name = one.voice.name.clone();
            let mut parent = one.parent;
            while let Some(index) = parent {
                let around = &voices.spans[index];
                if around.voice.kind == VoiceKind::Speaker {
                    name = format!("{} > {name}", around.voice.name);
                }
                parent = around.parent;
            }
            format!("{mode} | {name} | {}", one.span.of(&document.text))
        })
        .collect()
}

/// Whether a line is as expected; `…` in the expectation stands for any words.
fn fits(found: &str, expected: &str) -> bool {
    match expected.split_once(" … ") {
        Some((start, end)) => found.starts_with(start) && found.ends_with(end),
        None => found == expected,
    }
}

#[test]
fn speakers_are_heard_as_written_down() {
    let spec: toml::Table = include_str!("spec/voices.toml").parse().unwrap();
    let mut wrong = String::new();
    for case in spec["case"].as_array().unwrap() {
        let (document, _, voices) = heard(case["text"].as_str().unwrap().as_bytes(), "case");
        let found = shown(&document, &voices);
        let expected: Vec<&str> = case["voices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line.as_str().unwrap())
            .collect();
        let outlet = case
            .get("outlet")
            .map_or("", |outlet| outlet.as_str().unwrap());
        let same = found.len() == expected.len()
            && found
                .iter()
                .zip(&expected)
                .all(|(found, expected)| fits(found, expected));
        if !same || voices.spans[0].voice.name != outlet {
            wrong += &format!(
                "{}\n  outlet   {}\n  found    {found:#?}\n  expected {expected:#?}\n",
                case["name"], voices.spans[0].voice.name
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_voice_lies_in_the_voice_around_it() {
    let spec: toml::Table = include_str!("spec/voices.toml").parse().unwrap();
    for case in spec["case"].as_array().unwrap() {
        let (document, _, voices) = heard(case["text"].as_str().unwrap().as_bytes(), "case");
        for (index, one) in voices.spans.iter().enumerate() {
            assert!(one.span.end <= document.text.len());
            match one.parent {
                None => assert_eq!((index, one.voice.kind), (0, VoiceKind::Outlet)),
                Some(parent) => {
                    assert!(parent < index);
                    assert!(voices.spans[parent].span.contains(one.span));
                }
            }
            let chain = voices.chain(one.span);
            assert_eq!(chain[0].mode, VoiceMode::Narration);
        }
    }
}

/// The folder with the seeds: `VERBALE_SHARED`, or `../shared` beside the workspace; `none` says that there is none.
fn shared() -> Option<PathBuf> {
    match std::env::var("VERBALE_SHARED") {
        Ok(none) if none == "none" => None,
        Ok(folder) => Some(folder.into()),
        Err(_) => Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into()),
    }
}

#[test]
fn the_innermost_speaker_of_gold_facts_is_found() {
    let Some(seeds) = shared().map(|shared| shared.join("seeds")) else {
        return;
    };
    let path = seeds.join("gold/seeds_gold.jsonl");
    let gold = std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; set VERBALE_SHARED to the shared folder, or to `none`",
            path.display()
        )
    });
    let mut texts: Vec<PathBuf> = std::fs::read_dir(&seeds)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    texts.sort();
    let (mut right, mut all, mut misses) = (0, 0, String::new());
    for path in texts {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (_, names, voices) = heard(&std::fs::read(&path).unwrap(), &name);
        for line in gold.lines() {
            let fact: serde_json::Value = serde_json::from_str(line).unwrap();
            if fact["seed"] != name.as_str() || fact["contract_kind"].is_null() {
                continue;
            }
            let byte = |key: &str| fact[key].as_u64().unwrap() as usize;
            let span = Span::new(byte("byte_start"), byte("byte_end"));
            let voice = &voices.spans[voices.innermost(span).unwrap()];
            let found = match voice.person {
                Some(person) => names.people[person].id.clone(),
                None => voice.voice.name.clone(),
            };
            let expected = &fact["attribution"];
            let same = match expected["speaker"].as_str() {
                Some(speaker) => found.contains(speaker.trim_start_matches("P:")),
                None => {
                    voice.voice.kind == VoiceKind::Outlet
                        && expected["outlet"]
                            .as_str()
                            .is_none_or(|outlet| outlet == found)
                }
            };
            all += 1;
            right += usize::from(same);
            if !same {
                misses += &format!("{}: {found}, not {expected}\n", fact["id"]);
            }
        }
    }
    println!("innermost speaker: {right} of {all}\n{misses}");
    assert!(right * 100 >= all * 95, "{right} of {all}\n{misses}");
}
