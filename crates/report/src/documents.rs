//! Documents: printable pages made of what the model knows, one file each.
//!
//! A document is one self-contained HTML file: no scripts, no links outward, nothing loaded, so that it can be
//! mailed, archived and printed to PDF. Every figure in it names its source.

mod page;
mod system_brief;
mod traceability;

pub use system_brief::{SystemBrief, system_brief};
pub use traceability::{TraceabilityDocument, traceability_document};
