//! Documents: printable pages made of what the model knows, one file each.
//!
//! A document is one self-contained HTML file: no scripts, no links outward, nothing loaded, so that it can be
//! mailed, archived and printed to PDF; a funding request is a DOCX file too. Every figure in it names its source.

mod block;
pub mod funding_request;
mod page;
mod system_brief;
mod traceability;

pub use system_brief::{SystemBrief, system_brief};
pub use traceability::{TraceabilityDocument, traceability_document};
