//! What documents about one system are written from.

use crate::tables::{decision_row, parameter_row, taken_row};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use warrant_model::RecordId;
use warrant_model::kinds::PoamItem;
use warrant_model::posture::{ControlStatus, Posture};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::traceability::Traceability;
use warrant_report::documents::SystemFacts;
use warrant_report::tables::{DecisionRow, ParameterRow, TakenRow};
use warrant_store::records;

/// The facts, owned, so that the document can be laid out off the async threads.
pub(super) struct Loaded {
    snapshot: Arc<SystemSnapshot>,
    posture: Posture,
    controls: Vec<ControlStatus>,
    traceability: Traceability,
    decisions: Vec<(RecordId, DecisionRow)>,
    parameters: Vec<(Option<RecordId>, ParameterRow)>,
    taken: Vec<(RecordId, TakenRow)>,
    originals: BTreeMap<RecordId, PoamItem>,
}

impl Loaded {
    /// The instant they hold for.
    pub(super) fn at(&self) -> Timestamp {
        self.snapshot.as_of
    }

    /// The facts as a document sees them.
    pub(super) fn seen<T>(&self, currency: &str, with: impl FnOnce(&SystemFacts<'_>) -> T) -> T {
        with(&SystemFacts {
            snapshot: &self.snapshot,
            posture: &self.posture,
            controls: &self.controls,
            traceability: &self.traceability,
            decisions: &self.decisions,
            parameters: &self.parameters,
            taken: &self.taken,
            originals: &self.originals,
            currency,
        })
    }
}

impl Service {
    /// Everything about a system at an instant. Providers are as they stand now, as on the system's pages.
    pub(super) async fn system_facts(
        &self,
        actor: &Actor,
        system: &str,
        as_of: Option<Timestamp>,
    ) -> Result<Loaded, ServiceError> {
        let snapshot = self.snapshot(actor, system, as_of).await?;
        let tailored = self.tailored(&snapshot);
        let by = self.tailored_by(actor, &snapshot).await?;
        let inheritance = self.inheritance(actor, &snapshot).await?;
        let decision = |one: &_| decision_row(&snapshot, one, &by);
        let decisions = tailored.decisions.iter().map(|one| (one.decision.id.clone(), decision(one)));
        let parameters = tailored.parameters.iter().map(|one| {
            let record = one.set.as_ref().map(|set| set.record.clone());
            (record, parameter_row(one, &by))
        });
        let taken = inheritance.taken.iter().map(|one| (one.record.clone(), taken_row(one)));
        Ok(Loaded {
            posture: self.posture_of(&snapshot),
            controls: self.controls_of(&snapshot),
            traceability: self.traceability(actor, &snapshot).await?,
            decisions: decisions.collect(),
            parameters: parameters.collect(),
            taken: taken.collect(),
            originals: self.originals(&snapshot).await?,
            snapshot,
        })
    }

    /// POA&M items as they read when they were first written, by id.
    pub(crate) async fn originals(
        &self,
        snapshot: &SystemSnapshot,
    ) -> Result<BTreeMap<RecordId, PoamItem>, ServiceError> {
        let mut originals = BTreeMap::new();
        for item in &snapshot.poam_items {
            let versions = records::versions(&mut self.store().db(), item.id.as_str()).await?;
            let first = versions.last().and_then(|first| warrant_model::kind::parse_body(&first.body));
            originals.extend(first.map(|first| (item.id.clone(), first)));
        }
        Ok(originals)
    }
}
