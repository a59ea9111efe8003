//! Who speaks each span.
//!
//! The narration is the outlet's (or an unnamed narrator's); inside it people, states and bodies speak: in quotation
//! marks, in clauses that a verb of saying brings in, and in leads that echo them.

mod address;
mod attribution;
mod echo;
mod interview;
mod masthead;
mod quotes;
mod source;
mod speaker;

use verbale_read::{Document, FurnitureKind, Sourced, Span};

use crate::lexicon::Lexicon;
use crate::names::{Names, state_named};
use crate::parse::{TokenId, Trees};
use crate::record::{Voice, VoiceKind, VoiceMode};
use crate::segment::Segments;

use attribution::attributions;
use echo::echoes;
use quotes::quoted;
use speaker::Speaker;

use source::is_issuer;

pub use source::outlet;

/// The voices of a document: a forest of spans. The outermost voice is the outlet or unnamed narrator.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    /// Spans with their voice, parents before children.
    pub spans: Vec<VoiceSpan>,
}

/// A span that one voice speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceSpan {
    /// The words spoken.
    pub span: Span,
    /// Who speaks and how.
    pub voice: Voice,
    /// Index into the people of the document, for speakers.
    pub person: Option<usize>,
    /// What the speaker does by speaking, in the words of the list of speech verbs (`say`, `deny`, `warn`, …).
    pub act: String,
    /// Index of the voice around this one.
    pub parent: Option<usize>,
    /// Whom it speaks to, as an index into the people of the document: who is asked in an interview.
    pub to: Option<usize>,
}

impl Voices {
    /// Index of the deepest voice that speaks the first byte of `span`.
    pub fn innermost(&self, span: Span) -> Option<usize> {
        self.spans
            .iter()
            .enumerate()
            .filter(|(_, voice)| voice.span.start <= span.start && span.start < voice.span.end)
            .min_by_key(|(index, voice)| (voice.span.len(), usize::MAX - index))
            .map(|(index, _)| index)
    }

    /// The chain of voices around a span, from the outside in.
    pub fn chain(&self, span: Span) -> Vec<Voice> {
        let mut chain = Vec::new();
        let mut at = self.innermost(span);
        while let Some(index) = at {
            chain.push(self.spans[index].voice.clone());
            at = self.spans[index].parent;
        }
        chain.reverse();
        chain
    }
}

/// What the steps before know of a document.
pub(crate) struct Site<'a> {
    pub text: &'a str,
    pub segments: &'a Segments,
    pub trees: &'a Trees,
    pub names: &'a Names,
    pub lexicon: &'a Lexicon,
}

/// Finds the voices of a document.
pub fn voices(
    document: &Document,
    segments: &Segments,
    trees: &Trees,
    names: &Names,
    lexicon: &Lexicon,
) -> Voices {
    let site = Site {
        text: &document.text,
        segments,
        trees,
        names,
        lexicon,
    };
    let attributions = attributions(&site);
    let quoted = quoted(&site, &attributions);
    let echoes = echoes(&site, &attributions, &quoted);
    let narrator = outlet(document, lexicon);

    let issued = narrator
        .as_ref()
        .is_some_and(|outlet| is_issuer(document, outlet));

    let mut spoken = Vec::new();
    for (quotation, quoted) in segments.quotations.iter().zip(&quoted) {
        if let Some(quoted) = quoted {
            spoken.extend(quotation.pieces.iter().map(|&piece| {
                voice_span(
                    &site,
                    piece,
                    &quoted.speaker,
                    VoiceMode::Direct,
                    quoted.words,
                    &quoted.act,
                )
            }));
        }
    }
    for attribution in &attributions {
        let same_outlet = narrator.as_ref().is_some_and(|outlet| {
            outlet.value.eq_ignore_ascii_case(&attribution.speaker.name)
                || issued && is_of(&outlet.value, &attribution.speaker)
        });
        if same_outlet {
            continue;
        }
        let words = Some(attribution.words);
        spoken.extend(attribution.contents.iter().map(|&content| {
            voice_span(
                &site,
                content,
                &attribution.speaker,
                VoiceMode::Indirect,
                words,
                &attribution.act,
            )
        }));
    }
    for echo in &echoes {
        spoken.push(voice_span(
            &site,
            echo.span,
            &echo.speaker,
            VoiceMode::Echo,
            echo.words,
            &echo.act,
        ));
    }
    spoken.extend(
        document
            .furniture
            .iter()
            .filter(|furniture| furniture.kind == FurnitureKind::Editor)
            .map(|furniture| VoiceSpan {
                span: furniture.span,
                voice: plain(VoiceKind::Editor, ""),
                person: None,
                act: "say".to_owned(),
                parent: None,
                to: None,
            }),
    );

    if let Some(interview) = interview::interview(&site) {
        spoken.extend(turns(&site, &interview, &outlet_name(narrator.as_ref())));
    } else if let Some(address) = address::address(&site, document) {
        spoken.push(voice_span(
            &site,
            address.span,
            &address.speaker,
            VoiceMode::Direct,
            None,
            "say",
        ));
    }

    let mut around = plain(VoiceKind::Outlet, &outlet_name(narrator.as_ref()));
    if let Some(span) = narrator.and_then(|outlet| outlet.span) {
        around.text = Some(span.of(&document.text).to_owned());
        around.start = Some(span.start);
        around.end = Some(span.end);
    }
    if issued {
        // A ministry speaks for its state in what it gives out.
        around.side = state_named(&around.name, lexicon).or_else(|| names.home.clone());
        around.official = Some(true);
    }
    let whole = VoiceSpan {
        span: Span::new(0, document.text.len()),
        voice: around,
        person: None,
        act: "say".to_owned(),
        parent: None,
        to: None,
    };
    Voices {
        spans: forest(whole, spoken),
    }
}

/// The voices of an interview: the guest's where he answers, the outlet's where it asks him.
fn turns(site: &Site, interview: &interview::Interview, outlet: &str) -> Vec<VoiceSpan> {
    let guest = |at: usize| {
        let unit = site.segments.unit_at(at)?;
        let at = TokenId { unit, token: 0 };
        Some(speaker::person_speaker(site, interview.guest, at))
    };
    interview
        .turns
        .iter()
        .filter_map(|turn| {
            Some(match turn.answer {
                true => {
                    let speaker = guest(turn.span.start)?;
                    voice_span(site, turn.span, &speaker, VoiceMode::Direct, None, "say")
                }
                false => VoiceSpan {
                    span: turn.span,
                    voice: plain(VoiceKind::Outlet, outlet),
                    person: None,
                    act: "ask".to_owned(),
                    parent: None,
                    to: Some(interview.guest),
                },
            })
        })
        .collect()
}

fn outlet_name(narrator: Option<&Sourced>) -> String {
    narrator.map_or_else(String::new, |outlet| outlet.value.clone())
}

/// "The Ministry" in a paper that a ministry gives out.
fn is_of(issuer: &str, speaker: &Speaker) -> bool {
    let words = speaker.name.to_lowercase();
    let words = words.trim_start_matches("the ");
    !speaker.personal && !words.is_empty() && issuer.to_lowercase().contains(words)
}

fn plain(kind: VoiceKind, name: &str) -> Voice {
    Voice {
        kind,
        name: name.to_owned(),
        role: None,
        side: None,
        official: None,
        mode: VoiceMode::Narration,
        text: None,
        start: None,
        end: None,
    }
}

fn voice_span(
    site: &Site,
    span: Span,
    speaker: &Speaker,
    mode: VoiceMode,
    words: Option<Span>,
    act: &str,
) -> VoiceSpan {
    VoiceSpan {
        span,
        voice: Voice {
            kind: if speaker.outlet {
                VoiceKind::Outlet
            } else {
                VoiceKind::Speaker
            },
            name: speaker.name.clone(),
            role: speaker.role.clone(),
            side: speaker.side.clone(),
            official: speaker.official,
            mode,
            text: words.map(|words| words.of(site.text).to_owned()),
            start: words.map(|words| words.start),
            end: words.map(|words| words.end),
        },
        person: speaker.person,
        act: act.to_owned(),
        parent: None,
        to: None,
    }
}

/// Spans in order of start, the longer first, each with the voice around it. A voice inside its own words (a phrase
/// in marks inside reported speech) hangs on what is around both, so that nobody quotes himself.
fn forest(whole: VoiceSpan, mut spoken: Vec<VoiceSpan>) -> Vec<VoiceSpan> {
    spoken.sort_by_key(|voice| {
        (
            voice.span.start,
            usize::MAX - voice.span.end,
            voice.voice.mode == VoiceMode::Direct,
        )
    });
    let mut spans = vec![whole];
    for mut voice in spoken {
        let mut parent = spans
            .iter()
            .rposition(|around| around.span.contains(voice.span))
            .unwrap_or(0);
        while same_speaker(&spans[parent], &voice) {
            let Some(around) = spans[parent].parent else {
                break;
            };
            parent = around;
        }
        voice.parent = Some(parent);
        spans.push(voice);
    }
    spans
}

fn same_speaker(one: &VoiceSpan, other: &VoiceSpan) -> bool {
    one.voice.kind == other.voice.kind
        && one.person == other.person
        && (one.person.is_some() || one.voice.name == other.voice.name)
}
