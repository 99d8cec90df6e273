//! The traceability matrix of a system: laid out from its snapshot, with files of other systems that it cites.

use crate::{Actor, Service, ServiceError};
use std::collections::BTreeSet;
use warrant_model::hash::ContentHash;
use warrant_model::snapshot::{EvidenceMeta, SystemSnapshot};
use warrant_model::time::from_micros;
use warrant_model::traceability::Traceability;

impl Service {
    /// From each statement of the system's baseline to the files that prove it, with every hole. Files of systems
    /// that the actor may not see count as missing.
    pub async fn traceability(
        &self,
        actor: &Actor,
        snapshot: &SystemSnapshot,
    ) -> Result<Traceability, ServiceError> {
        let own: BTreeSet<&str> = snapshot.evidence.iter().map(|file| file.hash.as_str()).collect();
        let named = snapshot.assessments.iter().flat_map(|record| &record.body.evidence);
        let foreign: BTreeSet<&str> = named.map(String::as_str).filter(|hash| !own.contains(hash)).collect();
        let mut elsewhere = Vec::new();
        for hash in foreign {
            match self.evidence(actor, hash).await {
                Ok(rows) => elsewhere.extend(rows.first().map(|row| EvidenceMeta {
                    hash: ContentHash(hash.to_owned()),
                    name: row.name.clone(),
                    format: row.format.clone(),
                    tool: row.tool.clone(),
                    observed_at: from_micros(row.observed_at),
                    received_at: from_micros(row.received_at),
                })),
                Err(ServiceError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(warrant_analysis::traceability(snapshot, self.policy(), &elsewhere))
    }
}
