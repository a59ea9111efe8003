//! How much the texts tell of each two parties.

use jiff::civil::Date;

use crate::error::StoreError;
use crate::store::Store;

/// What the texts tell of two parties together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairCount {
    /// The two by id, in order of the alphabet.
    pub pair: [String; 2],
    /// Records of which both are parties; those of people are not counted.
    pub records: usize,
    /// Texts that tell them.
    pub texts: usize,
    /// Records whose values cannot all hold together.
    pub conflicts: usize,
    /// Publication day of the latest dated text.
    pub last_heard: Option<Date>,
}

impl Store {
    /// All pairs of parties, in order of their ids.
    pub fn pairs(&self) -> Result<Vec<PairCount>, StoreError> {
        self.rows(
            "SELECT a, b, records, texts, conflicts, last_heard FROM pairs ORDER BY a, b",
            [],
            count,
        )
    }

    /// One pair, in whichever order it is given; `None` if the texts tell nothing of the two together.
    pub fn pair_count(&self, [one, other]: &[String; 2]) -> Result<Option<PairCount>, StoreError> {
        let mut found = self.rows(
            "SELECT a, b, records, texts, conflicts, last_heard FROM pairs WHERE a = ?1 AND b = ?2",
            [one.min(other), one.max(other)],
            count,
        )?;
        Ok(found.pop())
    }
}

fn count(row: &rusqlite::Row) -> rusqlite::Result<PairCount> {
    let count = |at| row.get::<_, i64>(at).map(|count| count.max(0) as usize);
    let day: Option<String> = row.get(5)?;
    Ok(PairCount {
        pair: [row.get(0)?, row.get(1)?],
        records: count(2)?,
        texts: count(3)?,
        conflicts: count(4)?,
        last_heard: day.and_then(|day| day.parse().ok()),
    })
}
