//! OSCAL catalogues and profiles: reading, resolution, control index and correlation identifiers.
//!
//! What it owns: the OSCAL catalogue and profile models ([`oscal`]), profile resolution ([`resolve`]), a
//! dense in-memory index of controls and statements ([`index`]), comparison of two revisions and migration of
//! judgements ([`mod@diff`]), frameworks that are built in ([`frameworks`]), crosswalks between frameworks
//! ([`crosswalk`]), DISA's correlation identifiers ([`cci`]), FIPS 199 categorisation ([`categorize`]),
//! tailoring of a baseline ([`tailor`]) in layers ([`overlay`]), who does what between customers and
//! providers ([`inheritance`]), the traceability matrix ([`trace`]), our own control summaries ([`summary`])
//! and which security objectives a control serves ([`objectives`]).
//!
//! What it must not know: files, networks, clocks and databases. Documents come as bytes through
//! [`resolve::Loader`]; times and identifiers of written documents are parameters.

pub mod categorize;
pub mod cci;
pub mod crosswalk;
pub mod diff;
pub mod frameworks;
pub mod index;
pub mod inheritance;
pub mod objectives;
pub mod oscal;
pub mod overlay;
pub mod resolve;
pub mod suggest;
pub mod summary;
pub mod tailor;
pub mod trace;
