//! From how sure the coder is to how often it is right: monotone maps, fitted on the training texts of our own gold.

use std::collections::BTreeMap;

use crate::data::{Data, DataError};
use crate::lexicon::ListReader;

/// Path of the table in the data folder.
pub const FILE: &str = "lang/en/calibration.tsv";

/// The family that stands for rules without a map of their own.
pub const OTHER_RULES: &str = "rules";

/// For each family of rules the points of its map, ascending; between two points it is straight.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    points: BTreeMap<String, Vec<(f64, f64)>>,
}

impl Calibration {
    /// Reads the table; what is wrong with it joins `errors`.
    pub(crate) fn load(data: &Data, errors: &mut Vec<DataError>) -> Self {
        let mut lists = ListReader::new(data);
        let mut calibration = Calibration::default();
        for row in lists.rows(FILE, ["family", "confidence", "right"]) {
            let [family, confidence, right] = row.cells;
            let family = lists.required(row.at, "family", family);
            let from = lists.number(row.at, "confidence", confidence);
            let to = lists.number(row.at, "right", right);
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            let points = calibration.points.entry(family).or_default();
            let rises = points
                .last()
                .is_none_or(|&(before, share)| before < from && share <= to);
            if !rises || !(0.0..=1.0).contains(&from) || !(0.0..=1.0).contains(&to) {
                lists.error(
                    row.at,
                    "both figures lie between 0 and 1 and rise within a family; fit the map anew with `cargo xtask calibrate`",
                );
            }
            points.push((from, to));
        }
        errors.append(&mut lists.errors);
        calibration
    }

    /// How often facts of this rule are right at this confidence, on two decimals; the confidence itself where there is no map.
    pub fn calibrated(&self, rule: &str, confidence: f64) -> f64 {
        let family = rule.split('.').next().unwrap_or_default();
        let points = self
            .points
            .get(family)
            .or_else(|| self.points.get(OTHER_RULES))
            .map_or(&[][..], Vec::as_slice);
        let after = points.partition_point(|&(from, _)| from < confidence);
        let share = match (after.checked_sub(1).map(|at| points[at]), points.get(after)) {
            (Some((from, low)), Some(&(to, high))) => {
                low + (high - low) * (confidence - from) / (to - from)
            }
            (Some((_, only)), None) | (None, Some(&(_, only))) => only,
            (None, None) => confidence,
        };
        (share * 100.0).round() / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(table: &str) -> (Calibration, Vec<DataError>) {
        let mut errors = Vec::new();
        let data = Data::embedded().with(FILE, format!("family\tconfidence\tright\n{table}"));
        (Calibration::load(&data, &mut errors), errors)
    }

    #[test]
    fn maps_are_straight_between_points_and_level_beyond() {
        let (map, errors) = load("rules\t0.5\t0.4\nrules\t0.9\t0.8\nscored\t0.2\t0.3\n");
        assert_eq!(errors, []);
        assert_eq!(map.calibrated("aid.money", 0.7), 0.6);
        assert_eq!(map.calibrated("aid.money", 0.95), 0.8);
        assert_eq!(map.calibrated("scored.event.AID", 0.1), 0.3);
    }

    #[test]
    fn a_map_that_falls_is_refused() {
        let (_, errors) = load("rules\t0.5\t0.4\nrules\t0.9\t0.3\n");
        assert_eq!(errors[0].line, 3);
    }
}
