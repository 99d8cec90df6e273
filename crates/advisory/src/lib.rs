//! What is known about vulnerabilities, and what it means for a component.
//!
//! Bytes of advisory feeds come in, answers go out: *affected*, *not affected because …* or *not assessed
//! because …*. Nothing here knows the network, a database, a file or a clock; the time is a parameter.

pub mod advisory;
pub mod bundle;
pub mod cvss;
pub mod database;
pub mod decision;
pub mod ecosystem;
pub mod feed;
pub mod formats;
pub mod judge;
pub mod key;
mod percent;
pub mod purl;
pub mod range;
pub mod releases;
pub mod schemes;
pub mod sequence;
pub mod ship;
pub mod upgrade;
pub mod vers;
pub mod version;

pub use version::{Confidence, Scheme, Unparsable, Version};
