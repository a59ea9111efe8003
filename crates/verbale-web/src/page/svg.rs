//! The timeline as a drawing: shapes tell what is known of the days, fills how it is said; nothing is told by colour.

use maud::{Markup, html as markup};

use super::timeline::{Days, Mark, Scale, Timeline, lines};
use super::{Look, Place};

/// Room for the names of the lanes.
const LEFT: f32 = 126.0;
/// Width of the years; with names and undated things the whole fits a window of a thousand points.
const WIDTH: f32 = 730.0;
/// Width of the column of what has no day.
const UNDATED: f32 = 74.0;
/// Height of the scale on top.
const TOP: f32 = 24.0;
/// Height of one line of a lane.
const LINE: f32 = 18.0;
/// Half the height of a mark, and the least half of its width.
const HALF: f32 = 5.0;
/// Length of a bar whose other end is open.
const OPEN: f32 = 34.0;
/// Marks beside each other in the column of what has no day.
const ACROSS: usize = 5;

/// Where a mark stands, and on which line of its lane.
struct Set<'a> {
    mark: &'a Mark,
    left: f32,
    right: f32,
    line: usize,
}

/// The drawing. `pair` is the address of the two states on a desk.
pub(super) fn drawing(timeline: &Timeline, place: Place, pair: &str) -> Markup {
    let marks = || timeline.lanes.iter().flat_map(|lane| &lane.marks);
    let scale = Scale::of(marks(), WIDTH);
    let undated = marks().any(|mark| mark.days == Days::Unknown);
    let width = LEFT + WIDTH + 14.0 + if undated { UNDATED } else { 0.0 };
    let mut y = TOP;
    let lanes: Vec<(&str, f32, f32, Vec<Set>)> = timeline
        .lanes
        .iter()
        .map(|lane| {
            let (sets, count) = set(&lane.marks, scale.as_ref());
            let height = count.max(1) as f32 * LINE + 8.0;
            let top = y;
            y += height;
            (lane.name, top, height, sets)
        })
        .collect();
    let ticks = scale.as_ref().map(Scale::ticks).unwrap_or_default();
    markup! {
        figure.timeline {
            a.skip href="#timeline-rows" { "Skip the picture; the table below has the same records" }
            div.wide tabindex="0" role="region" aria-label="Timeline as a picture" {
                svg viewBox={ "0 0 " (width) " " (y + 4.0) } width=(width) height=(y + 4.0) role="group"
                    aria-label={ "Timeline of " (timeline.records) " records; the table below has the same" } {
                    defs { pattern id="t-lines" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        path d="M0 0V4" {}
                    } }
                    @for (x, whole, words) in &ticks {
                        line.grid.year[*whole] x1=(n(LEFT + x)) x2=(n(LEFT + x)) y1=(TOP - 6.0) y2=(y) {}
                        text x=(n(LEFT + x + 2.0)) y=(TOP - 10.0) { (words) }
                    }
                    @if undated { text x=(LEFT + WIDTH + 14.0) y=(TOP - 10.0) { "undated" } }
                    @for (name, top, height, sets) in &lanes {
                        line.grid x1="0" x2=(width) y1=(n(top + height)) y2=(n(top + height)) {}
                        text.lane x="0" y=(n(top + LINE - 3.0)) { (name) }
                        @for set in sets { (linked(set, *top, place, pair)) }
                    }
                }
            }
            figcaption {
                (key(Days::Unknown, Look::Solid)) "said to have happened "
                (key(Days::Unknown, Look::Hollow)) "announced, promised, wished or considered "
                (key(Days::Unknown, Look::Hatched)) "denied, disputed or only alleged; "
                (bar_key()) "some day between the ends. "
                "Years in which nothing lies are narrow."
            }
        }
    }
}

/// A number as short as a drawing needs it.
fn n(x: f32) -> String {
    let text = format!("{x:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn set<'a>(marks: &'a [Mark], scale: Option<&Scale>) -> (Vec<Set<'a>>, usize) {
    let mut dated: Vec<(&Mark, f32, f32)> = Vec::new();
    let mut undated: Vec<&Mark> = Vec::new();
    for mark in marks {
        match scale.and_then(|scale| edges(mark.days, scale)) {
            Some((left, right)) => {
                let room = if mark.count > 1 {
                    2.0 * HALF + 4.0
                } else {
                    2.0 * HALF
                };
                let middle = (left + right) / 2.0;
                let half = ((right - left) / 2.0).max(room / 2.0);
                // Nothing reaches out of the drawing on the left.
                let middle = middle.max(half);
                dated.push((mark, LEFT + middle - half, LEFT + middle + half));
            }
            None => undated.push(mark),
        }
    }
    dated.sort_by(|a, b| a.1.total_cmp(&b.1));
    let places: Vec<(f32, f32)> = dated
        .iter()
        .map(|(_, left, right)| (*left, *right))
        .collect();
    let (on, count) = lines(&places, 3.0);
    let mut sets: Vec<Set> = dated
        .into_iter()
        .zip(on)
        .map(|((mark, left, right), line)| Set {
            mark,
            left,
            right,
            line,
        })
        .collect();
    let rows = undated.len().div_ceil(ACROSS);
    for (at, mark) in undated.into_iter().enumerate() {
        let left = LEFT + WIDTH + 14.0 + (at % ACROSS) as f32 * (2.0 * HALF + 4.0);
        sets.push(Set {
            mark,
            left,
            right: left + 2.0 * HALF,
            line: at / ACROSS,
        });
    }
    (sets, count.max(rows))
}

/// Left and right edge of what is known; an open end is as long as a pointed bar needs.
fn edges(days: Days, scale: &Scale) -> Option<(f32, f32)> {
    match days {
        Days::Day(day) => Some((scale.at(day), scale.after(day))),
        Days::Span(first, last) | Days::Vague(first, last) => {
            Some((scale.at(first), scale.after(last)))
        }
        Days::From(day) => Some((scale.at(day), scale.at(day) + OPEN)),
        Days::Until(day) => Some((scale.after(day) - OPEN, scale.after(day))),
        Days::Unknown => None,
    }
}

/// A mark that leads to its record.
fn linked(set: &Set, top: f32, place: Place, pair: &str) -> Markup {
    let mark = set.mark;
    let middle = top + 4.0 + set.line as f32 * LINE + LINE / 2.0;
    let address = match (place, &mark.record, &mark.ask) {
        (Place::Desk, Some(record), _) => Some(format!("/records/{record}")),
        (Place::File, Some(record), _) => Some(format!("#r-{record}")),
        (Place::Desk, None, Some(ask)) => Some(format!("/pair/{pair}/timeline?{ask}")),
        _ => None,
    };
    let inside = markup! {
        title { (mark.title) }
        // What can be pressed is as high as the line.
        rect.press x=(n(set.left - 2.0)) y=(n(middle - LINE / 2.0)) width=(n(set.right - set.left + 4.0)) height=(LINE) {}
        path class=(fill(mark.look)) d=(shape(mark, set.left, set.right, middle)) {}
        @if mark.count > 1 { text.count x=(n(set.right + 2.0)) y=(n(middle + 3.5)) { (mark.count) } }
    };
    markup! {
        @match address {
            Some(address) => a href=(address) { (inside) },
            None => g { (inside) },
        }
    }
}

fn fill(look: Look) -> &'static str {
    match look {
        Look::Solid | Look::Plain => "t-solid",
        Look::Hollow => "t-hollow",
        Look::Hatched => "t-hatched",
    }
}

/// A day is a lozenge, days are a bar, a vague day is a thin bar between two ends, an open end is pointed, no day is a square.
fn shape(mark: &Mark, left: f32, right: f32, y: f32) -> String {
    let (up, down) = (n(y - HALF), n(y + HALF));
    let (l, r, m) = (n(left), n(right), n((left + right) / 2.0));
    let (y0, thin_up, thin_down) = (n(y), n(y - 2.5), n(y + 2.5));
    match mark.days {
        Days::Day(_) => format!("M{l} {y0}L{m} {up}L{r} {y0}L{m} {down}Z"),
        Days::Span(..) | Days::Unknown => format!("M{l} {up}H{r}V{down}H{l}Z"),
        Days::Vague(..) => {
            format!("M{l} {thin_up}H{r}V{thin_down}H{l}ZM{l} {up}V{down}M{r} {up}V{down}")
        }
        Days::From(_) => {
            let neck = n(right - HALF);
            format!("M{l} {up}H{neck}L{r} {y0}L{neck} {down}H{l}Z")
        }
        Days::Until(_) => {
            let neck = n(left + HALF);
            format!("M{r} {up}H{neck}L{l} {y0}L{neck} {down}H{r}Z")
        }
    }
}

fn key(days: Days, look: Look) -> Markup {
    let mark = Mark {
        days,
        look,
        title: String::new(),
        count: 1,
        record: None,
        ask: None,
    };
    markup! {
        svg width="14" height="14" aria-hidden="true" { path class=(fill(look)) d=(shape(&mark, 2.0, 12.0, 7.0)) {} } " "
    }
}

fn bar_key() -> Markup {
    markup! {
        svg width="34" height="14" aria-hidden="true" { path class="t-solid" d="M2 4.5H32V9.5H2ZM2 2V12M32 2V12" {} } " "
    }
}
