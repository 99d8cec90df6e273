//! The programme as a whole: units with what lies below them, the calendar, training, sources of evidence.

mod calendar;
mod sources;
mod training;
mod units;

pub use calendar::Due;
pub use sources::{Age, EvidenceSource};
pub use training::{CourseState, TrainingRow};
pub use units::UnitRow;
