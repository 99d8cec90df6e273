//! Pure engines over a snapshot: control status, checks, posture, comparison, ranking.
//!
//! What it owns: [`Policy`], control status ([`controls`], [`control`]), the checks ([`checks::CHECKS`],
//! [`programme::CHECKS`]), [`posture`] and [`programme_posture`], [`compare()`] and the [`mapping`] of findings to
//! controls.
//!
//! What it must not know: databases, files, clocks, randomness and foreign formats. The present is the snapshot's
//! `as_of`, and every comparison with it goes through [`horizon::Horizon`], so that a posture says until when it
//! holds.

pub mod balance;
pub mod categorisation;
pub mod checks;
pub mod compare;
mod context;
mod draft;
pub mod framework;
mod groups;
pub mod horizon;
pub mod inheritance;
pub mod mapping;
pub mod overlays;
mod planned;
mod plans;
pub mod policy;
mod posture;
pub mod priority;
pub mod programme;
mod rank;
mod recovery;
mod remedies;
mod scorecard;
mod standings;
mod status;
pub mod tailored;
pub mod testimony;
mod title;
mod traceability;
mod treatments;

pub use compare::{Delta, compare, compare_controls};
pub use context::Context;
pub use planned::{Work, hours_of_post, open_work, planned_hours, work_roles};
pub use policy::Policy;
pub use posture::{Out, deficiency_id, posture};
pub use programme::programme_posture;
pub use recovery::{BackupEvent, Recovery, Saved, recovery};
pub use remedies::{Remedy, remedies};
pub use status::{StatementResults, Word, control, controls, given, inherited, results, words};
pub use tailored::{Tailored, tailored};
pub use traceability::traceability;
pub use treatments::{Decided, decided};
