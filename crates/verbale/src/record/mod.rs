//! What the program answers: facts and their parts, exactly in the words of the contract.

mod date;
mod fact;
mod party;
mod voice;

pub use date::{DateBasis, FactDate, Granularity};
pub use fact::{
    Amount, Count, EventType, Fact, Instrument, InstrumentType, Item, Kind, Location, Modality,
    Office, Phase, Qualifier, QualifierType, Relation, RelationType, SCHEMA, Stance, Visit,
    VisitGrade,
};
pub use party::{Party, PartyBasis, PartyType, PersonRef};
pub use voice::{Voice, VoiceKind, VoiceMode};
