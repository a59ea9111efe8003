//! Days that stand below a story: "Seoul, 11 April 2024" under a communiqué, "Filed 28 November 2025", "This conversation
//! took place in Kinshasa on 2 August 2024".

use std::sync::LazyLock;

use regex::Regex;

use crate::Span;
use crate::lines::lines;
use crate::set_off::place_and_day;
use crate::stamp::{self, Stamp};

/// So many of the last lines with words are looked at.
const LINES: usize = 3;
/// A longer line belongs to the story.
const FRAME_LINE: usize = 240;

/// Words after which the day of the text follows at once.
static BEFORE_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\(?(?:filed|(?:first )?published|posted|issued|(?:done|signed|issued|adopted) (?:at|in) [^.;]{1,60}?)(?:,?\s+(?:on|at))?[,:]?\s+(?:the\s+)?").expect("a fixed pattern")
});
/// "This conversation took place in Kinshasa on …": what is said in it is counted from that day.
static TALK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:interview|conversation|talk)\s+(?:took place|was (?:held|conducted|recorded|made|led))\b[^.;]{0,50}?\bon\s+").expect("a fixed pattern")
});
/// "Text: NAME for OUTLET, February 2025": a credit that ends with the day or month of the issue.
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\(?\p{Lu}\p{L}+(?: by)?:\s.{3,120},\s+").expect("a fixed pattern")
});

/// "… talks with our editor. Coast Weekly, 12 May 2021.": outlet and day close the lead of an interview.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[.!?]\s+\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){0,3},\s+([^.!?]{6,40})\.?$")
        .expect("a fixed pattern")
});
/// So many of the first lines can hold the lead.
const TOP: usize = 4;

/// The day that the last lines of a text, or the end of its lead, give it.
pub(crate) fn closing(text: &str) -> Option<(Stamp, Span)> {
    let written: Vec<(Span, &str)> = lines(text).filter(|(_, line)| !line.is_empty()).collect();
    let lead = written.iter().take(TOP).find_map(|&(span, line)| {
        let words = LEAD.captures(line)?.get(1)?;
        let stamp = stamp::whole(words.as_str())?;
        stamp.year.map(|_| (stamp, span))
    });
    if lead.is_some() {
        return lead;
    }
    let last = written.iter().rev().take(LINES);
    last.filter(|(_, line)| line.len() <= FRAME_LINE)
        .find_map(|&(span, line)| {
            let plain = line.trim_end_matches(['.', ')']);
            let stamp = place_and_day(plain)
                .or_else(|| {
                    let found = BEFORE_DAY.find(line).or_else(|| TALK.find(line))?;
                    stamp::leading(&line[found.end()..]).map(|(stamp, _)| stamp)
                })
                .or_else(|| stamp::whole(&plain[CREDIT.find(plain)?.end()..]))?;
            stamp.year.map(|_| (stamp, span))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_below_a_story() {
        for (last, day) in [
            ("Lomé, 3 May 2021", "2021-05-03"),
            ("Filed 3 May 2021. No republication.", "2021-05-03"),
            (
                "The interview was held in Accra on 3 May 2021 and has been shortened.",
                "2021-05-03",
            ),
            ("Text: Ama Mensah for Coast Monthly, May 2021", "2021-05-01"),
            ("Done at Accra, on 3 May 2021, in two copies.", "2021-05-03"),
        ] {
            let text = format!("The envoys met.\n\n{last}\n");
            let (stamp, _) = closing(&text).unwrap_or_else(|| panic!("{last}"));
            assert_eq!(stamp.days().unwrap().0.to_string(), day, "{last}");
        }
        assert_eq!(closing("The envoys met in Accra on 3 May 2021."), None);
    }
}
