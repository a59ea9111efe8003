//! The layout of the file.

/// Marks a SQLite file as a verbale store (`vrbl` in ASCII).
pub(crate) const APPLICATION_ID: i64 = 0x7672_626c;

/// Number of the layout, kept in `user_version`.
pub(crate) const LAYOUT: i64 = 1 + MIGRATIONS.len() as i64;

/// The first layout. Documents, facts and records are kept as the JSON of the contract beside the columns that queries
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

/// What brings a layout up to the next, the first from layout 1 to layout 2. A new store goes the same way.
pub(crate) const MIGRATIONS: [&str; 2] = [TIME, READINGS];

/// Layout 2: what happened when, what was withdrawn, what a change of the data can affect.
const TIME: &str = "
ALTER TABLE runs ADD COLUMN at TEXT;
ALTER TABLE documents ADD COLUMN confirmed TEXT;
ALTER TABLE documents ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appearances ADD COLUMN at TEXT NOT NULL DEFAULT '';

CREATE TABLE history (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id),
    run TEXT NOT NULL,
    corrected_by TEXT
) STRICT;
CREATE INDEX history_by_document ON history (document, n);
CREATE INDEX history_by_run ON history (run, what);

-- Layout 1 kept no time: what it holds was there before everything else, the current facts after earlier ones.
INSERT INTO history (at, what, document, run)
    SELECT DISTINCT '', 'coded', f.document, f.run FROM facts f JOIN documents d ON d.id = f.document WHERE f.run <> d.run;
INSERT INTO history (at, what, document, run) SELECT '', 'coded', id, run FROM documents;

-- The names under which rules could find the predicates of a text.
CREATE TABLE predicates (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (document, name)
) STRICT, WITHOUT ROWID;

-- The data of runs, file by file; the text only of files whose change can be traced to documents.
CREATE TABLE data_files (
    hash TEXT PRIMARY KEY,
    text TEXT
) STRICT;
CREATE TABLE run_data (
    run TEXT NOT NULL REFERENCES runs (id),
    file TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES data_files (hash),
    PRIMARY KEY (run, file)
) STRICT, WITHOUT ROWID;

CREATE VIEW held AS SELECT * FROM documents WHERE withdrawn = 0;
";

/// Layout 3: what a run makes of a text beside its facts is kept like them, and coding again begins where coding began.
const READINGS: &str = "
-- JSON both; texts coded before this layout have no row, and show what they had last.
CREATE TABLE readings (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    run TEXT NOT NULL REFERENCES runs (id),
    outlet TEXT NOT NULL,
    names TEXT NOT NULL,
    PRIMARY KEY (document, run)
) STRICT;

-- JSON; absent for texts coded before this layout.
ALTER TABLE documents ADD COLUMN frame_outlet TEXT;
";
