//! Acceptance on the five seed articles: the 45 assertions and the 25 traps, each a test by its id.
//!
//! The tests read what the program prints, never its internals. The articles lie outside the repository (`../shared`, or
//! `$VERBALE_SHARED`); where they are absent the tests are red, unless `VERBALE_SHARED=none` says that they are left out.

mod documents;
mod papers;
mod parties;
mod positions;
mod support;
mod traps;
mod visits;
