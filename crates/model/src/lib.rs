//! The words of Warrant as types: kinds of record, facts, snapshots and postures.
//!
//! Owns what the rest of the house talks about. Must not know of databases, files, clocks, randomness or
//! any foreign format: everything here is data and pure functions over data.

pub mod fact;
pub mod field;
pub mod finding;
pub mod hash;
pub mod id;
pub mod kind;
pub mod kinds;
pub mod level;
pub mod lifecycle;
pub mod moves;
pub mod posture;
pub mod priority;
pub mod registry;
pub mod scope;
pub mod snapshot;
pub mod strings;
pub mod time;
pub mod traceability;
pub mod witnesses;

pub use fact::{Fact, Place};
pub use id::RecordId;
pub use kind::{Kind, KindSpec};
pub use level::{Impact, Objective, Severity};
pub use registry::Registry;
