//! A system's baseline after tailoring, with who said what.

use crate::query::RecordQuery;
use crate::{Actor, Service, ServiceError};
use std::collections::BTreeMap;
use warrant_model::snapshot::SystemSnapshot;

pub use warrant_analysis::tailored::{Decided, Effect, Parameter, Setting, Tailored, layer_says};

/// The most tailoring decisions of a system or overlays whose authors are looked up.
const MOST: i64 = 20_000;

impl Service {
    /// What tailoring makes of the baseline of a system that the actor was given.
    pub fn tailored(&self, snapshot: &SystemSnapshot) -> Tailored {
        warrant_analysis::tailored(snapshot)
    }

    /// Who last changed each tailoring decision of a system and each overlay, by record.
    pub async fn tailored_by(
        &self,
        actor: &Actor,
        snapshot: &SystemSnapshot,
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        let mut by = BTreeMap::new();
        let system = Some(snapshot.system.id.0.clone());
        for (kind, system) in [("tailoring", system), ("overlay", None)] {
            let query = RecordQuery { kind: kind.to_owned(), system, limit: MOST, ..RecordQuery::default() };
            let page = self.list_records(actor, &query).await?;
            by.extend(page.rows.into_iter().map(|row| (row.id, row.updated_by)));
        }
        Ok(by)
    }
}
