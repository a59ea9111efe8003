//! What the program answers: facts, records and the dossier, exactly in the words of the contract.

mod date;
mod dossier;
mod fact;
mod party;
#[allow(clippy::module_inception)]
mod record;
mod review;
mod voice;

pub use date::{DateBasis, FactDate, Granularity};
pub use dossier::{
    ConflictView, DocumentView, Dossier, Gap, Glance, Head, NameAsWritten, NotBefore, OutletCount,
    PersonView, SpeakerCount, StateCodes, WhoseWord,
};
pub use fact::{
    Amount, Count, EventType, Fact, Instrument, InstrumentType, Item, Kind, Location, Modality,
    Office, Phase, Qualifier, QualifierType, Relation, RelationType, SCHEMA, Stance, Visit,
    VisitGrade,
};
pub use party::{Party, PartyBasis, PartyType, PersonRef};
pub use record::{
    Conflict, ConflictValue, Flag, Link, LinkType, Record, RecordKind, RecordOffice, RecordPerson,
    RecordQualifier, Step, Witness,
};
pub use review::{Review, ReviewStatus};
pub use voice::{Voice, VoiceKind, VoiceMode};

/// The contract's word for a value: the name under which it is serialised, for example `in_force`; empty for values that
/// are no single word.
pub fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(String::from))
        .unwrap_or_default()
}
