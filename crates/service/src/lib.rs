//! One function per thing a person can do: authorise, load, compute, record.
//!
//! The only way to write. Pages, REST API and command line call these functions and nothing below them. The
//! wall clock is read here ([`clock::Clock`]) and nowhere else.

pub mod accounts;
pub mod actor;
pub mod backups;
pub mod bulk;
pub mod clock;
pub mod comparison;
pub mod demo;
pub mod dependencies;
pub mod documents;
pub mod ending;
pub mod error;
pub mod evidence;
pub mod findings;
pub mod hand_in;
pub mod import;
pub mod inheritance;
mod inherited;
pub mod judge;
mod late;
pub mod ledger;
mod life_cycle;
mod marking;
pub mod matrix;
pub mod news;
pub mod past;
pub mod permission;
pub mod placing;
mod postponed;
pub mod posture;
pub mod priority;
pub mod programme;
pub mod query;
pub mod queue;
pub mod readers;
mod record_questions;
pub mod records;
mod recovery;
pub mod releases;
pub mod risk;
mod roll;
pub mod search;
pub mod service;
mod settings;
pub mod tables;
pub mod tailored;
pub mod taken_back;
pub mod tokens;
mod traceability;
pub mod trend;
mod undo;
mod upgrade;
pub mod upkeep;
pub mod views;
pub mod withdraw;

pub use actor::Actor;
pub use clock::Clock;
pub use error::ServiceError;
pub use service::{Service, ServiceOptions};
pub use tables::cell_text;
pub use warrant_store::{Scope, StoreOptions};
