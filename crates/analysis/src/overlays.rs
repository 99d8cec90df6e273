//! Overlays applied to a system: which decisions of the organisation and its units hold for it.
//!
//! Layers go from the top unit down to the system's own, then what the system names, then its own decisions. What is
//! decided later about the same control, statement or parameter holds (SP 800-53B §2.5).

use crate::framework::normal_id;
use std::collections::BTreeSet;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Overlay, OverlayDecision, Tailoring, TailoringAction};
use warrant_model::snapshot::{Programme, SystemSnapshot};

/// A layer of decisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Where it comes from: the unit that names the overlay, or none when the system does.
    pub unit: Option<RecordId>,
    /// The overlay.
    pub overlay: Record<Overlay>,
}

/// The overlays that hold for a system, the most general first. One that is named twice counts where it is named
/// first; those that are not approved do not count.
pub fn layers(snapshot: &SystemSnapshot) -> Vec<Layer> {
    let programme = &snapshot.programme;
    let units = chain(programme, snapshot.system.body.unit.as_ref());
    let of_units =
        units.iter().flat_map(|unit| unit.body.overlays.iter().map(|id| (Some(unit.id.clone()), id)));
    let own = snapshot.system.body.overlays.iter().map(|id| (None, id));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (unit, id) in of_units.chain(own) {
        let overlay = programme.overlays.iter().find(|overlay| overlay.id == *id);
        let Some(overlay) = overlay.filter(|overlay| overlay.body.state == "approved") else { continue };
        if seen.insert(id.clone()) {
            found.push(Layer { unit, overlay: overlay.clone() });
        }
    }
    found
}

/// The units above a system, the top first. A circle ends where it closes.
fn chain<'a>(
    programme: &'a Programme,
    unit: Option<&RecordId>,
) -> Vec<&'a Record<warrant_model::kinds::Unit>> {
    let mut units: Vec<&Record<_>> = Vec::new();
    let mut next = unit;
    while let Some(unit) = next.and_then(|id| programme.units.iter().find(|unit| unit.id == *id)) {
        if units.iter().any(|known| known.id == unit.id) {
            break;
        }
        units.push(unit);
        next = unit.body.parent.as_ref();
    }
    units.reverse();
    units
}

/// Whether a decision is one of an overlay.
pub fn of_overlay(decision: &Record<Tailoring>) -> bool {
    decision.id.as_str().starts_with("overlay_")
}

/// Puts the decisions of the overlays that hold before a system's own, without those that a later layer overrules.
pub fn apply(snapshot: &mut SystemSnapshot) {
    snapshot.tailorings.retain(|decision| !of_overlay(decision));
    let own = std::mem::take(&mut snapshot.tailorings);
    let mut said: BTreeSet<(String, String)> = own.iter().map(|record| subject(&record.body)).collect();
    let mut kept: Vec<Vec<Record<Tailoring>>> = Vec::new();
    for layer in layers(snapshot).into_iter().rev() {
        let mut held = Vec::new();
        // Within an overlay, too, the later word holds.
        for one in layer.overlay.body.decisions.iter().rev() {
            let decision = as_tailoring(snapshot, &layer.overlay, one);
            if said.insert(subject(&decision.body)) {
                held.push(decision);
            }
        }
        held.reverse();
        kept.push(held);
    }
    snapshot.tailorings = kept.into_iter().rev().flatten().chain(own).collect();
}

/// What a decision is about: a parameter, or whether and how a control or statement applies.
fn subject(decision: &Tailoring) -> (String, String) {
    let control = normal_id(&decision.control).unwrap_or_else(|| decision.control.trim().to_lowercase());
    match (decision.action, &decision.parameter) {
        (TailoringAction::Parameter, Some(parameter)) => (String::new(), parameter.trim().to_owned()),
        _ => (control, String::new()),
    }
}

/// A decision of an overlay as one of the system, with the overlay's id.
pub(crate) fn as_tailoring(
    snapshot: &SystemSnapshot,
    overlay: &Record<Overlay>,
    one: &OverlayDecision,
) -> Record<Tailoring> {
    Record {
        id: overlay.id.clone(),
        version: overlay.version,
        created_at: overlay.created_at,
        updated_at: overlay.updated_at,
        body: Tailoring {
            system: snapshot.system.id.clone(),
            control: one.control.clone(),
            action: one.action,
            parameter: one.parameter.clone(),
            value: one.value.clone(),
            compensated_by: one.compensated_by.clone(),
            rationale: one.rationale.clone(),
            approver: overlay.body.approver.clone(),
        },
    }
}
