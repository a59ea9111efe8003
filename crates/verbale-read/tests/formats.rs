//! One article in every format, each made with the tool that people use for it (`tests/formats/make.py`).

use std::fs;
use std::path::PathBuf;

use verbale_read::{Document, Options, read};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/formats")
}

/// The files of the article with the one document that each must give.
fn same() -> Vec<(String, Document)> {
    let options = Options {
        fields: [
            ("text", "body"),
            ("title", "headline"),
            ("published", "date"),
            ("source", "paper"),
        ]
        .map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned()))
        .into(),
        ..Options::default()
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder().join("same"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let mut documents = read(&fs::read(&file).unwrap(), &name, &options);
            assert_eq!(documents.len(), 1, "{name}");
            let (document, diagnostics) = documents
                .remove(0)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(diagnostics.is_empty(), "{name}: {diagnostics:?}");
            (name, document)
        })
        .collect()
}

#[test]
fn every_format_gives_the_same_text() {
    let text = fs::read_to_string(folder().join("article.txt")).unwrap();
    let files = same();
    assert!(files.len() >= 17, "{}", files.len());
    for (name, document) in files {
        assert_eq!(document.text.trim(), text.trim(), "{name}");
    }
}

#[test]
fn every_piece_of_metadata_has_its_basis() {
    let of = |name: &str| {
        let found = same().into_iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("{name} is not there")).1
    };
    for (name, field, basis) in [
        ("article.txt", "published", "dateline"),
        ("article.html", "title", "json-ld headline"),
        ("article.html", "published", "json-ld datePublished"),
        ("article.html", "outlet", "json-ld publisher"),
        ("article.html", "url", "json-ld mainEntityOfPage"),
        ("article.json", "outlet", "field source"),
        ("article.csv", "outlet", "field paper"),
        ("article.eml", "title", "Subject header"),
        ("article.eml", "published", "dateline"),
        ("article-rss.xml", "author", "feed author"),
        ("article-atom.xml", "published", "feed date"),
        ("article-columns.pdf", "author", "pdf author"),
        ("article-printed.pdf", "title", "pdf title"),
        ("article.docx", "title", "docx title"),
        ("article.warc.gz", "url", "json-ld mainEntityOfPage"),
    ] {
        let document = of(name);
        let found = document.basis.get(field).map(String::as_str);
        assert_eq!(found, Some(basis), "{name}: {field}");
    }
    let page = of("article.html");
    assert_eq!(
        page.title.as_deref(),
        Some("Togo and Ghana agree on use of Aflao port")
    );
    assert_eq!(page.author.unwrap().value, "Ama Kpodo");
    // The name that the metadata give is found in the dateline, too.
    assert!(page.outlet.unwrap().span.is_some());
    assert_eq!(
        page.url.as_deref(),
        Some("https://coastwire.example/2025/03/aflao-port")
    );
    let published = page.published.unwrap();
    assert_eq!(
        published.instant.unwrap().to_string(),
        "2025-03-14T16:20:00Z"
    );
}
