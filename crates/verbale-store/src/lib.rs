//! SQLite store of documents, facts, runs and records.
