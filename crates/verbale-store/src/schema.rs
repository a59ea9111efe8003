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
pub(crate) const MIGRATIONS: [&str; 5] = [TIME, READINGS, PARTS, PEOPLE, LISTS];

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

/// Layout 4: what finds the neighbourhood of a text, so that adding it and asking for a pair read a part of the store.
const PARTS: &str = "
ALTER TABLE records ADD COLUMN shard TEXT NOT NULL DEFAULT '';
CREATE INDEX records_by_shard ON records (shard);
CREATE INDEX parties_by_record ON record_parties (record);
CREATE INDEX names_by_entity ON names (entity, form);
CREATE INDEX documents_by_name ON documents (name);

-- By the sides that facts are between: only facts of one shard become one record.
CREATE TABLE fact_shards (
    shard TEXT NOT NULL,
    document TEXT NOT NULL,
    fact TEXT NOT NULL,
    PRIMARY KEY (shard, document, fact)
) STRICT, WITHOUT ROWID;
CREATE INDEX shards_by_document ON fact_shards (document);

-- Who is named how, and where: a fuller name in a new text can tell whom a surname in an old one means.
CREATE TABLE people (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    side TEXT NOT NULL,
    PRIMARY KEY (id, name, side)
) STRICT, WITHOUT ROWID;
CREATE TABLE person_texts (
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (id, document)
) STRICT, WITHOUT ROWID;

-- Every fourth run of words, which finds copies, and the groups of copies.
CREATE TABLE copy_runs (
    run INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy_groups (
    document TEXT PRIMARY KEY,
    leader TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_leader ON copy_groups (leader);

CREATE TABLE record_facts (
    fact TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (fact, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX facts_by_record ON record_facts (record);
-- States for which it is, or whose side speaks of it, without being parties.
CREATE TABLE record_touches (
    record TEXT NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (party, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX touches_by_record ON record_touches (record);
-- Ties to records of other shards.
CREATE TABLE record_ties (
    record TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (other, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX ties_by_record ON record_ties (record);

-- Records of layout 2 have none of this; whoever writes next makes them anew.
DELETE FROM state WHERE key = 'records';
";

/// Layout 5: people are found by the ends of their names.
const PEOPLE: &str = "
CREATE TABLE person_ends (
    end TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (end, id)
) STRICT, WITHOUT ROWID;

-- Those of layout 4 are not in it; whoever writes next fuses anew, and until then the whole store is read.
DELETE FROM state WHERE key IN ('records', 'index');
";

/// Layout 6: who is who is decided when texts are fused, and what long lists are sorted and counted by is beside the JSON.
const LISTS: &str = "
-- The person that each form of a name stands for, under the fullest id and name.
CREATE TABLE identities (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX forms_by_person ON identities (person);

-- Place in time; whether values cannot hold together; publication day of the latest text; codes of flags.
ALTER TABLE records ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN in_conflict INTEGER NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN last_heard TEXT;
ALTER TABLE records ADD COLUMN independent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN flags TEXT NOT NULL DEFAULT '';
CREATE INDEX records_in_time ON records (place, id);
CREATE INDEX records_by_kind ON records (kind, place, id);
CREATE INDEX records_by_flags ON records (kind, flags, independent);

-- Which texts tell of two parties together, and how much that is.
CREATE TABLE pair_texts (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    record TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (a, b, record, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_texts_by_record ON pair_texts (record);
CREATE TABLE pairs (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    records INTEGER NOT NULL,
    texts INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    last_heard TEXT,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- Whose word a fact is: the outlet's own, that of a speaker of a side, or of one without.
ALTER TABLE facts ADD COLUMN voice TEXT GENERATED ALWAYS AS (
    CASE WHEN coalesce(json ->> '$.attribution[#-1].kind', 'outlet') = 'outlet' THEN 'outlet'
    ELSE 'side ' || coalesce(json ->> '$.attribution[#-1].side', '') END) VIRTUAL;
CREATE INDEX facts_by_voice ON facts (document, run, kind, voice);

-- With all that lists and counts need, so that the texts are not read for them.
CREATE INDEX documents_by_day ON documents (coalesce(published_start, '~'), id, withdrawn);
CREATE INDEX documents_in_outline ON documents (status, outlet, published_start, published_end, id, run, withdrawn);

-- None of this is there for what was fused before; whoever writes next fuses anew, and until then the whole store is read.
DELETE FROM state WHERE key IN ('records', 'index');
";
