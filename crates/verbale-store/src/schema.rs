//! The layout of the file.

/// Marks a SQLite file as a verbale store (`vrbl` in ASCII).
pub(crate) const APPLICATION_ID: i64 = 0x7672_626c;

/// Number of the layout, kept in `user_version`.
pub(crate) const LAYOUT: i64 = 1;

/// The whole layout. Documents, facts and records are kept as the JSON of the contract beside the columns that queries
/// need, so that a new field needs no new layout.
pub(crate) const TABLES: &str = "
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    program TEXT NOT NULL,
    data TEXT NOT NULL,
    model TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    published_start TEXT,
    published_end TEXT,
    outlet TEXT,
    status TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id),
    json TEXT NOT NULL
) STRICT;

CREATE TABLE appearances (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    outlet TEXT,
    PRIMARY KEY (document, place)
) STRICT;

CREATE TABLE names (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    entity TEXT NOT NULL,
    form TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (document, entity, form)
) STRICT;

CREATE TABLE facts (
    id TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    run TEXT NOT NULL REFERENCES runs (id),
    start INTEGER NOT NULL,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (document, run, id)
) STRICT;
CREATE INDEX facts_by_id ON facts (id);

CREATE TABLE fact_parties (
    document TEXT NOT NULL,
    run TEXT NOT NULL,
    fact TEXT NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (party, document, run, fact),
    FOREIGN KEY (document, run, fact) REFERENCES facts (document, run, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE record_parties (
    record TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    party TEXT NOT NULL,
    PRIMARY KEY (party, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (document UNINDEXED, text);
";
