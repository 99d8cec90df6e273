//! What a file does to the findings of its system.

use std::collections::{BTreeMap, BTreeSet};
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::lifecycle::{Effect, Event, Look, Origin, Sighting};
use warrant_model::moves::{self, Step};
use warrant_store::snapshots::Working;
use warrant_store::{StoreError, Tx};

/// Findings after a look.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// Each that changed, as it is now.
    pub(super) findings: Vec<Finding>,
    /// Changes of state.
    pub(super) events: Vec<Event>,
    /// What happened, in the words people use.
    pub(super) effects: Vec<Effect>,
    /// Findings whose events are all written anew.
    pub(super) rewritten: Vec<String>,
}

/// Folds a look into what is known of its system.
pub(super) async fn fold(
    tx: &mut Tx,
    working: &Working,
    origin: Origin<'_>,
    targets: &[String],
    sightings: &BTreeMap<String, Sighting>,
) -> Result<Folded, StoreError> {
    let look = Look { at: origin.at, evidence: origin.evidence.clone() };
    let existing = working.concerned(origin.tool, targets, sightings.keys());
    let ids: BTreeSet<&String> = existing.keys().chain(sightings.keys()).collect();
    let mut folded = Folded::default();
    let (mut late, mut steps) = (crate::late::Late::new(), Vec::new());
    for id in ids {
        let (before, sighting) = (existing.get(id), sightings.get(id));
        let described = sighting.map(|s| &s.finding).or(before);
        let Some(described) = described else { continue };
        if described.sort == FindingSort::Check && sighting.is_none() {
            continue;
        }
        let looked = working.looked(origin.tool, &described.target);
        let confirmed = before.map(|finding| finding.last_seen);
        if looked.max(confirmed).is_none_or(|newest| newest <= look.at) {
            steps.extend(Step::of(before, &look, sighting));
        } else {
            late.insert(id, described);
        }
    }
    moves::follow(&mut steps);
    for Step { finding, event, effect, .. } in steps {
        folded.effects.push(effect);
        folded.findings.push(finding);
        folded.events.extend(event);
    }
    if !late.is_empty() {
        let coming = Some(crate::late::Coming { origin, look: &look, sightings });
        for (id, (finding, events)) in crate::late::replay(tx, origin.system, coming, &late).await? {
            let Some(finding) = finding else { continue };
            folded.effects.push(match existing.get(&id) {
                None if finding.state == FindingState::Open => Effect::Opened,
                _ => Effect::Other,
            });
            folded.rewritten.push(id);
            folded.findings.push(finding);
            folded.events.extend(events);
        }
    }
    for finding in &mut folded.findings {
        finding.second = working.is_second(&finding.id);
    }
    Ok(folded)
}
