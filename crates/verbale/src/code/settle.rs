//! Which of several rules that hold for one predication may code it.

use super::Context;
use super::derivation::{Lost, LostBecause};
use super::matching::{Miss, Take};

/// Rules that code a predication, and those that do not.
pub(super) struct Settled<'r> {
    pub(super) kept: Vec<Take<'r>>,
    /// The nearest first.
    pub(super) lost: Vec<Lost>,
}

/// How many losers are remembered per predication.
const REMEMBERED: usize = 8;

/// Stated precedence first; then the rule that asks for more; then the id. A second rule codes beside the first only
/// if one of the two says so.
pub(super) fn settle<'r>(
    context: &Context,
    held: Vec<Take<'r>>,
    missed: Vec<Miss<'r>>,
) -> Settled<'r> {
    let mut lost = Vec::new();
    let beaten: Vec<Option<usize>> = held
        .iter()
        .map(|take| held.iter().position(|other| other.rule.is_over(take.rule)))
        .collect();
    let mut standing: Vec<usize> = Vec::new();
    for (index, by) in beaten.iter().enumerate() {
        match by {
            Some(by) => lost.push(lose(
                &held[index],
                LostBecause::Over {
                    winner: held[*by].rule.id.clone(),
                },
            )),
            None => standing.push(index),
        }
    }
    standing.sort_by_key(|&index| {
        (
            std::cmp::Reverse(held[index].strength),
            held[index].rule.id.as_str(),
        )
    });
    let winner = standing.first().copied();
    let mut kept = Vec::new();
    for &index in &standing {
        let winner = winner.unwrap_or(index);
        if index == winner || held[index].rule.is_beside(held[winner].rule) {
            kept.push(index);
        } else {
            let differs = held[index].rule.yields.code != held[winner].rule.yields.code;
            lost.push(lose(
                &held[index],
                LostBecause::Weaker {
                    winner: held[winner].rule.id.clone(),
                    differs,
                },
            ));
        }
    }
    let mut missed = missed;
    missed.sort_by_key(|miss| (std::cmp::Reverse(miss.passed), miss.rule.id.as_str()));
    missed.retain(|miss| !held.iter().any(|take| take.rule.id == miss.rule.id));
    missed.dedup_by_key(|miss| &miss.rule.id);
    lost.extend(missed.into_iter().take(REMEMBERED).map(|miss| Lost {
        rule: miss.rule.id.clone(),
        file: miss.rule.file.clone(),
        line: miss.line,
        because: LostBecause::Missed {
            what: miss.reason.told(context),
        },
    }));
    let mut held: Vec<Option<Take>> = held.into_iter().map(Some).collect();
    Settled {
        kept: kept
            .into_iter()
            .filter_map(|index| held[index].take())
            .collect(),
        lost,
    }
}

fn lose(take: &Take, because: LostBecause) -> Lost {
    Lost {
        rule: take.rule.id.clone(),
        file: take.rule.file.clone(),
        line: take.when.line,
        because,
    }
}
