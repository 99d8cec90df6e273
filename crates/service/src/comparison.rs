//! One system at two instants: what changed in its posture, its controls and its findings.

use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;
use warrant_analysis::compare::ControlChange;
use warrant_analysis::{Delta, compare, compare_controls, control, controls, posture};
use warrant_model::level::Severity;
use warrant_model::posture::{ControlStatus, Posture, Status};
use warrant_model::snapshot::{Findings, SystemSnapshot};

/// A system at two instants and what is different.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Its posture at the earlier instant.
    pub before: Posture,
    /// Its posture at the later instant.
    pub after: Posture,
    /// What is different between them.
    pub delta: Delta,
    /// Controls whose status is another word than before, in the order of their ids.
    pub controls: Vec<ControlChange>,
    /// Findings that are open and were not, worst first.
    pub findings_opened: Vec<MovedFinding>,
    /// Findings that were open and are not, worst first.
    pub findings_closed: Vec<MovedFinding>,
}

/// A finding that became open or ceased to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedFinding {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Host or artefact.
    pub target: String,
    /// How bad.
    pub severity: Severity,
}

impl Service {
    /// The posture of a snapshot that was loaded for whoever asks.
    pub fn posture_of(&self, snapshot: &SystemSnapshot) -> Posture {
        posture(snapshot, self.policy())
    }

    /// The controls of a snapshot with status and grounds.
    pub fn controls_of(&self, snapshot: &SystemSnapshot) -> Vec<ControlStatus> {
        controls(snapshot, self.policy())
    }

    /// One control of a snapshot; `None` when it is not in the system's tailored baseline.
    pub fn control_of(&self, snapshot: &SystemSnapshot, id: &str) -> Option<ControlStatus> {
        control(snapshot, self.policy(), id)
    }

    /// What is different in a system between two instants, with controls and findings (`to` defaults to now).
    pub async fn comparison(
        &self,
        actor: &Actor,
        system: &str,
        from: Timestamp,
        to: Option<Timestamp>,
    ) -> Result<Comparison, ServiceError> {
        let earlier = self.snapshot(actor, system, Some(from)).await?;
        let later = self.snapshot(actor, system, to).await?;
        let service = self.clone();
        let work = tokio::task::spawn_blocking(move || service.compared(&earlier, &later));
        work.await.map_err(|error| ServiceError::Refused(error.to_string()))
    }

    fn compared(&self, earlier: &Arc<SystemSnapshot>, later: &Arc<SystemSnapshot>) -> Comparison {
        let (before, after) = (self.posture_of(earlier), self.posture_of(later));
        Comparison {
            delta: compare(&before, &after),
            controls: changed(compare_controls(&self.controls_of(earlier), &self.controls_of(later))),
            findings_opened: only_open_in(&later.findings, &earlier.findings),
            findings_closed: only_open_in(&earlier.findings, &later.findings),
            before,
            after,
        }
    }
}

/// Only a word that changed is news; a stale control whose evidence grew older still is not.
fn changed(mut changes: Vec<ControlChange>) -> Vec<ControlChange> {
    let word = |status: &Option<Status>| status.as_ref().map(Status::word);
    changes.retain(|change| word(&change.before) != word(&change.after));
    changes
}

/// Findings open in one snapshot and not in the other, worst first.
fn only_open_in(these: &Findings, those: &Findings) -> Vec<MovedFinding> {
    let open: HashSet<&str> = those.open().map(|row| those.text(those.id[row])).collect();
    let moved = |row: usize| MovedFinding {
        id: these.text(these.id[row]).to_owned(),
        title: these.text(these.title[row]).to_owned(),
        target: these.text(these.target[row]).to_owned(),
        severity: these.severity[row],
    };
    let mut moved: Vec<_> =
        these.open().filter(|row| !open.contains(these.text(these.id[*row]))).map(moved).collect();
    moved.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.title.cmp(&b.title)));
    moved
}
