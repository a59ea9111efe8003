//! Every verb runs in every format, with the exit code and the fields of the contract.

use std::collections::BTreeSet;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::schema::breaches;
use crate::support::{Run, ask, command, examples, verbale};

/// Verbs that list rows, with their arguments.
const LISTINGS: [&[&str]; 23] = [
    &["facts"],
    &["records"],
    &["timeline"],
    &["visits"],
    &["meetings"],
    &["agreements"],
    &["commitments"],
    &["positions"],
    &["relations"],
    &["cooperation"],
    &["transfers"],
    &["people"],
    &["claims"],
    &["figures"],
    &["names"],
    &[
        "facts",
        "--pair",
        "Pakistani,AZ",
        "--kind",
        "agreement,event",
    ],
    &["conflicts", "AZE", "PAK"],
    &["gaps", "AZE", "PAK"],
    &["series", "Pakistan", "AZ", "--by", "month"],
    &["series", "--directed", "--date", "published"],
    &["search", "defence"],
    &["docs"],
    &["stats"],
];

/// Verbs tested apart, here or in the modules beside this one.
const OTHERS: [&str; 25] = [
    "add",
    "pair",
    "state",
    "demo",
    "code",
    "try",
    "show",
    "why",
    "cite",
    "export",
    "review",
    "recode",
    "runs",
    "diff",
    "since",
    "withdraw",
    "correct",
    "backup",
    "sql",
    "serve",
    "eval",
    "check",
    "schema",
    "version",
    "completions",
];

/// All verbs, as the program's own help lists them.
pub fn verbs() -> BTreeSet<String> {
    let help = verbale(["--help"]).exits(0).out;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    commands
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|verb| verb != "help")
        .collect()
}

#[test]
fn no_verb_is_left_out() {
    let listings = LISTINGS.iter().map(|verb| verb[0]);
    let tested: BTreeSet<String> = listings
        .chain(OTHERS)
        .chain(["man"])
        .map(String::from)
        .collect();
    assert_eq!(tested, verbs());
}

/// Cells of a Markdown table's line; a bar in a cell is escaped.
fn cells(line: &str) -> usize {
    assert!(line.starts_with('|') && line.ends_with('|'), "{line}");
    line.replace("\\\\", "")
        .replace("\\|", "")
        .matches('|')
        .count()
}

#[track_caller]
fn is_table(markdown: &str) {
    let mut lines = markdown.lines();
    let width = cells(lines.next().unwrap());
    assert!(lines.clone().count() >= 2, "{markdown}");
    assert!(lines.all(|line| cells(line) == width), "{markdown}");
}

#[test]
fn listings_print_every_format() {
    for verb in LISTINGS {
        let run = |format: &str| ask(&[verb, &["--format", format]].concat());
        let json = run("json");
        if json.code == 1 {
            for format in ["text", "jsonl", "csv", "md"] {
                let run = run(format).exits(1).says(&["nothing found"]);
                assert_eq!(run.out, "", "{verb:?}");
            }
            continue;
        }
        let json = json.exits(0).json();
        let rows = json.as_array().cloned().unwrap_or_else(|| vec![json]);
        assert_eq!(run("jsonl").exits(0).jsonl(), rows, "{verb:?}");
        assert!(
            run("text").exits(0).out.lines().count() > rows.len(),
            "{verb:?}"
        );
        is_table(&run("md").exits(0).out);
        let csv = run("csv").exits(0).out;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let names: BTreeSet<String> = reader.headers().unwrap().iter().map(String::from).collect();
        assert_eq!(
            names.len(),
            reader.headers().unwrap().len(),
            "{verb:?}: two columns of one name"
        );
        assert_eq!(
            reader.records().map(Result::unwrap).count(),
            rows.len(),
            "{verb:?}"
        );
        // In a pipe the default is JSON lines.
        assert_eq!(ask(verb).exits(0).jsonl(), rows, "{verb:?}");
    }
}

#[test]
fn dossiers_print_every_format_and_into_files() {
    for verb in [&["pair", "AZE", "PAK"][..], &["demo"]] {
        let run = |format: &str| ask(&[verb, &["--format", format]].concat()).exits(0);
        let page = run("json").json();
        assert_eq!(page["pair"], json!(["AZE", "PAK"]));
        assert_eq!(run("jsonl").jsonl(), [page]);
        assert!(run("text").out.lines().count() > 20);
        assert!(run("md").out.starts_with("# "));
        let html = run("html").out;
        assert!(html.starts_with("<!DOCTYPE html>") && html.trim_end().ends_with("</html>"));
        assert!(
            ask(verb).exits(0).out == run("text").out,
            "text is the default of a page"
        );

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.html").display().to_string();
        assert_eq!(ask(&[verb, &["-o", &file]].concat()).exits(0).out, "");
        assert!(std::fs::read_to_string(&file).unwrap().trim_end() == html.trim_end());
        let nowhere = folder.path().join("no/page.md").display().to_string();
        ask(&[verb, &["-o", &nowhere]].concat())
            .exits(2)
            .says(&[&nowhere, "folder exists"]);
    }
    ask(&["pair", "CHL", "PER"])
        .exits(1)
        .says(&["nothing found"]);
    ask(&["pair", "AZE", "PAK", "--format", "csv"])
        .exits(2)
        .says(&["csv"]);
}

#[test]
fn a_state_has_partners() {
    let run = |format: &str| ask(&["state", "Azerbaijani", "--format", format]);
    let page = run("json").exits(0).json();
    assert_eq!(page["state"]["iso"], "AZE");
    let partners = page["partners"].as_array().unwrap();
    assert!(
        partners
            .iter()
            .any(|partner| partner["state"]["iso"] == "PAK"),
        "{page:#}"
    );
    assert!(run("jsonl").exits(0).jsonl().contains(&page));
    is_table(&run("md").exits(0).out);
    assert!(run("text").exits(0).out.contains("PAK"));
    run("html").exits(2).says(&["verbale pair AZE"]);
    ask(&["state", "Chile"]).exits(1);
}

#[test]
fn facts_records_and_pages_keep_the_schema() {
    let schema = verbale(["schema"]).exits(0).json();
    let hold = |name: &str, value: &Value| {
        let found = breaches(&schema, &schema["properties"][name], value, name);
        assert!(found.is_empty(), "{found:#?}");
    };
    let facts = ask(&["facts"]).exits(0).jsonl();
    facts.iter().for_each(|fact| hold("fact", fact));
    ask(&["records"])
        .exits(0)
        .jsonl()
        .iter()
        .for_each(|record| hold("record", record));
    hold(
        "dossier",
        &ask(&["pair", "AZE", "PAK", "--format", "json"]).json(),
    );
    // What one step prints the other prints: `code` needs no store and gives the same facts.
    let files = examples("aze-pak");
    let mut arguments = vec!["code"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    let sorted = |facts: Vec<Value>| {
        let mut lines: Vec<String> = facts.iter().map(Value::to_string).collect();
        lines.sort();
        lines
    };
    assert!(sorted(verbale(arguments).exits(0).jsonl()) == sorted(facts));
}

#[test]
fn filters_narrow() {
    let all = ask(&["facts"]).jsonl();
    let some = |arguments: &[&str]| ask(&[&["facts"], arguments].concat());
    let doc = all[0]["doc_name"].as_str().unwrap();
    for fact in some(&["--doc", doc]).exits(0).jsonl() {
        assert_eq!(fact["doc_name"], *doc);
    }
    for fact in some(&["--type", "support", "--modality", "asserted"])
        .exits(0)
        .jsonl()
    {
        assert_eq!(
            (&fact["event_type"], &fact["modality"]),
            (&json!("SUPPORT"), &json!("asserted"))
        );
    }
    some(&["--from", "1800-01-01", "--to", "1800-12-31"]).exits(1);
    some(&["--pair", "CHL,PER"]).exits(1);
    ask(&["records", "--min-independent", "99"]).exits(1);
    some(&["--min-independent", "99"]).exits(1);
}

#[test]
fn documents_have_the_fields_of_the_contract() {
    let docs = ask(&["docs"]).exits(0).jsonl();
    assert_eq!(docs.len(), examples("aze-pak").len());
    for doc in &docs {
        for field in [
            "id",
            "name",
            "sha256",
            "published",
            "outlet",
            "author",
            "lang",
            "appearances",
            "copies",
            "furniture",
            "status",
        ] {
            assert!(doc.get(field).is_some(), "no {field}: {doc:#}");
        }
        assert!(doc["outlet"].is_null() || doc["outlet"].is_string());
        assert!(!doc["appearances"].as_array().unwrap().is_empty());
        assert!(doc.get("text").is_none());
    }
    // The page of the pair and the list of documents say the same of a text.
    let page = ask(&["pair", "AZE", "PAK", "--format", "json"]).json();
    for doc in page["documents"].as_array().unwrap() {
        assert!(docs.contains(doc), "{doc:#}");
    }
    let name = docs[0]["name"].as_str().unwrap();
    let one = ask(&["docs", name, "--format", "json"]).exits(0).json();
    let original = std::fs::read_to_string(&examples("aze-pak")[0]).unwrap();
    let first = ask(&["docs", "01-caspian-desk-reception.txt", "--format", "json"]).json();
    assert_eq!(one["id"], docs[0]["id"]);
    assert_eq!(first["text"], original);
    ask(&["docs", "nothing.txt"]).exits(1);
}

/// Ids of one fact that a clause gave and of one record of several facts.
fn ids() -> (Value, Value) {
    let facts = ask(&["facts", "--kind", "agreement"]).exits(0).jsonl();
    let records = ask(&["agreements"]).exits(0).jsonl();
    let many = |record: &&Value| record["facts"].as_array().unwrap().len() > 1;
    let record = records.iter().find(many).unwrap_or(&records[0]).clone();
    (facts[0].clone(), record)
}

#[test]
fn one_thing_is_shown_in_every_format() {
    let (fact, record) = ids();
    for thing in [&fact, &record] {
        let id = thing["id"].as_str().unwrap();
        assert_eq!(
            &ask(&["show", &id[..8], "--format", "json"]).exits(0).json(),
            thing
        );
        assert_eq!(&ask(&["show", id]).exits(0).jsonl()[0], thing);
        is_table(&ask(&["show", id, "--format", "md"]).exits(0).out);
        assert!(
            ask(&["show", id, "--format", "text"])
                .exits(0)
                .out
                .contains(id)
        );
        assert!(
            ask(&["show", id, "--format", "csv"])
                .exits(0)
                .out
                .starts_with("schema,")
                || thing == &record
        );
        assert!(
            ask(&["cite", id])
                .exits(0)
                .out
                .starts_with("@online{verbale-")
        );
        let cited = ask(&["cite", id, "--style", "csl"]).exits(0).json();
        assert!(
            cited
                .as_array()
                .unwrap()
                .iter()
                .all(|source| source["title"].is_string())
        );
    }
    for verb in ["show", "why", "cite"] {
        ask(&[verb, "ffffffffffffffff"])
            .exits(1)
            .says(&["ffffffffffffffff"]);
    }
}

#[test]
fn why_leads_from_words_to_voices() {
    let (fact, record) = ids();
    let id = fact["id"].as_str().unwrap();
    let told = ask(&["why", id, "--format", "text"]).exits(0).out;
    let steps = [
        "words ",
        "clause ",
        "coded by ",
        ".toml:",
        "code ",
        "actor ",
        "date ",
        "voices ",
    ];
    let mut at = 0;
    for step in steps {
        let found = told[at..]
            .find(step)
            .unwrap_or_else(|| panic!("no {step:?} after {at} in:\n{told}"));
        at += found;
    }
    assert!(told.contains(fact["quote"].as_str().unwrap()));
    let value = ask(&["why", id, "--format", "json"]).exits(0).json();
    assert_eq!(value[0]["fact"], fact);
    let near = value[0]["derivations"][0]["lost"].as_array().unwrap();
    assert!(
        near.is_empty() || told.contains("  not "),
        "the nearest rule is not told:\n{told}"
    );
    assert!(
        ask(&["why", id, "--format", "md"])
            .exits(0)
            .out
            .starts_with("```")
    );
    ask(&["why", id, "--format", "csv"]).exits(2);
    let all = ask(&["why", record["id"].as_str().unwrap()])
        .exits(0)
        .jsonl();
    assert_eq!(all.len(), record["facts"].as_array().unwrap().len());
}

#[test]
fn why_not_tells_what_came_near() {
    let (fact, _) = ids();
    let name = fact["doc_name"].as_str().unwrap();
    let target = format!("{name}:{}-{}", fact["start"], fact["end"]);
    let told = ask(&["why", &target, "--format", "text"]).exits(0).out;
    for word in ["words ", "coded ", "clause ", "rules "] {
        assert!(told.contains(word), "no {word:?} in:\n{told}");
    }
    let value = ask(&["why", &target, "--format", "json"]).exits(0).json();
    assert_eq!(value["text"], fact["quote"]);
    assert!(value["facts"].as_array().unwrap().contains(&fact));
    ask(&["why", "nothing.txt:0-5"]).exits(1);
    ask(&["why", &format!("{name}:0-99999999")])
        .exits(2)
        .says(&["bytes"]);
}

#[test]
fn a_sentence_is_taken_apart() {
    let sentence =
        "Envoys of Chad and Niger signed a memorandum on grazing routes in Zinder on Monday.";
    let run = |format: &str| {
        verbale([
            "try",
            sentence,
            "--published",
            "2024-07-10",
            "--format",
            format,
        ])
    };
    let value = run("json").exits(0).json();
    for step in [
        "tree", "mentions", "voices", "dates", "amounts", "clauses", "facts", "rules",
    ] {
        assert!(value[step].is_array(), "{step}");
    }
    assert_eq!(value["facts"][0]["date"]["start"], "2024-07-08");
    assert_eq!(run("jsonl").exits(0).jsonl(), [value]);
    assert!(run("text").exits(0).out.contains("agreement.sign"));
    assert!(run("md").exits(0).out.starts_with("```"));
    run("csv").exits(2);
    verbale(["try", "It rained."]).exits(1);
}

#[test]
fn the_program_tells_of_itself() {
    let version = verbale(["version", "--json"]).exits(0).json();
    for field in ["program", "schema", "data", "model"] {
        assert!(version.get(field).is_some(), "{field}");
    }
    assert!(verbale(["version"]).exits(0).out.starts_with("verbale "));
    assert!(verbale(["man"]).exits(0).out.contains(".TH verbale"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            verbale(["completions", shell])
                .exits(0)
                .out
                .contains("timeline"),
            "{shell}"
        );
    }
    verbale(["dance"]).exits(2).says(&["dance"]);
    assert_eq!(verbale(["check"]).exits(0).says(&["hold"]).out, "");
}

#[test]
fn measuring_prints_text_and_json() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Envoys of Chad and Niger signed a memorandum on grazing routes in Zinder.";
    std::fs::write(folder.path().join("one.txt"), text).unwrap();
    let texts = folder.path().to_str().unwrap();
    let gold = folder.path().join("gold.jsonl").display().to_string();
    std::fs::write(&gold, "not a gold record").unwrap();
    verbale(["eval", &gold, "--texts", texts])
        .exits(2)
        .says(&[&gold]);
    verbale(["eval", "/no/gold.jsonl", "--texts", texts])
        .exits(2)
        .says(&["/no/gold.jsonl"]);
}

#[test]
fn exports_are_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let formats = [
        "jsonl",
        "csv",
        "parquet",
        "plover",
        "gdelt",
        "polecat",
        "ftm",
        "bibtex",
        "csl",
        "timelinejs",
        "gexf",
        "webannotation",
    ];
    for format in formats {
        let file = path(format);
        assert_eq!(
            ask(&["export", "--as", format, "-o", &file]).exits(0).out,
            ""
        );
        assert!(std::fs::metadata(&file).unwrap().len() > 100, "{format}");
    }
    assert!(std::path::Path::new(&path("csv-metadata.json")).exists());
    // On standard output the same bytes.
    let piped = ask(&["export", "--as", "gdelt", "-o", "-"]).exits(0).out;
    assert_eq!(std::fs::read_to_string(path("gdelt")).unwrap(), piped);
    let nowhere = path("no/facts.csv");
    ask(&["export", "--as", "csv", "-o", &nowhere])
        .exits(2)
        .says(&[&nowhere, "folder exists"]);
    ask(&[
        "export",
        "--as",
        "csv",
        "-o",
        &path("none"),
        "--pair",
        "CHL,PER",
    ])
    .exits(1);
    assert!(!std::path::Path::new(&path("none")).exists());
    ask(&["export", "--as", "dance", "-o", "-"])
        .exits(2)
        .says(&["dance", "parquet"]);
    ask(&["series", "AZE"]).exits(2);
    ask(&["series", "AZE", "Azerbaijan"])
        .exits(2)
        .says(&["same state"]);
    ask(&["series", "CHL", "PER"]).exits(0);
}

/// `verbale facts | head` is no error, whatever prints.
#[test]
fn a_closed_pipe_is_no_error() {
    let (fact, _) = ids();
    let id = fact["id"].as_str().unwrap();
    let store = crate::support::store();
    for verb in [
        &["facts", "--format", "csv"][..],
        &["facts", "--format", "text"],
        &["pair", "AZE", "PAK"],
        &["state", "AZE"],
        &["why", id],
        &["show", id],
        &["cite", id],
        &["schema"],
        &["version"],
        &["completions", "bash"],
        &["man"],
    ] {
        let mut child = command()
            .args(["--store", store])
            .args(verb)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let run = Run {
            code: output.status.code().unwrap(),
            out: String::new(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert_eq!(run.exits(0).err, "", "{verb:?}");
    }
}
