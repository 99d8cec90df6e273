//! Documents: printable files made of what the model knows, one file of source each.
//!
//! A document is one self-contained HTML file (no scripts, no links outward, nothing loaded, so that it can be mailed,
//! archived and printed to PDF) and the same content as DOCX. Every figure in it names its source. [`DOCUMENTS`] lists
//! those that are written from facts on demand.

mod assessment_report;
mod block;
mod docx;
mod drawings;
mod facts;
mod families;
mod figures;
pub mod funding_request;
mod html;
mod kind;
mod one_page;
mod page;
mod plan_of_action;
mod printed;
mod risk_brief;
mod security_plan;
mod sources;
mod system_brief;
mod traceability;
mod words;

pub use facts::{
    Bracketed, Cover, ExpiringFacts, MovedFacts, OverviewFacts, QueueFacts, RemedyFacts, RiskFacts,
    ScenarioFacts, Seen, StandingFacts, SystemFacts, ToleratedFacts, YearFacts,
};
pub use kind::{Content, DOCUMENTS, Document, DocumentKind, Syntax, Write, document_kind};
pub use system_brief::{SystemBrief, system_brief};
