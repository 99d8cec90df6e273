//! What can be asked for and what comes back: the words of lists, as callers above use them.

pub use warrant_store::accounts::{AccountRow, GrantRow};
pub use warrant_store::changes::{Entry, RowHash};
pub use warrant_store::evidence::{EvidenceQuery, EvidenceRow};
pub use warrant_store::facts::{StoredFact, StoredSighting};
pub use warrant_store::findings::{FindingOrder, FindingQuery, ShownChange};
pub use warrant_store::postures::{DeficiencyQuery, DeficiencyRow};
pub use warrant_store::records::{RecentChange, RecordOrder, RecordQuery, RecordRow, StateStep, VersionRow};
pub use warrant_store::verify::Verification;
