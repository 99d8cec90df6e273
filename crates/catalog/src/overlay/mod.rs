//! Overlays: tailoring in layers, each on top of the ones before, such as organisation, unit and system.
//!
//! Source: SP 800-53B §2.5 and appendix C. A layer is a list of tailoring decisions; a later layer may change
//! what an earlier one did, and the result says which layer each control and each parameter value comes from.
//! Parameters that nobody has set are listed, because a control with an open parameter can not be assessed.

use crate::index::{Baseline, ControlNo, Index};
use crate::tailor::{Action, TailorError, TailoredBaseline, Tailoring, tailor};
use std::collections::BTreeMap;

/// One layer of decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Name for people, e.g. `Organisation` or the title of an overlay.
    pub name: String,
    /// Its decisions, in order.
    pub decisions: Vec<Tailoring>,
}

/// A decision by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Position of the layer.
    pub layer: usize,
    /// Position of the decision in it.
    pub decision: usize,
}

/// A value that was given to a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The decision that gave it; its rationale, author and day are there.
    pub place: Place,
    /// The value.
    pub value: String,
}

/// An organisation-defined parameter of a control that must be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Identifier.
    pub id: String,
    /// The publisher's label; empty for choices.
    pub label: String,
    /// The control.
    pub control: ControlNo,
    /// Every value it was given, in order; the last one holds.
    pub settings: Vec<Setting>,
}

impl Parameter {
    /// The value that holds; `None` when nobody has set one.
    pub fn value(&self) -> Option<&str> {
        self.settings.last().map(|s| s.value.as_str())
    }
}

/// A decision that can not be applied, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("layer {name:?}, decision {}: {error}", place.decision + 1)]
pub struct OverlayError {
    /// Name of the layer.
    pub name: String,
    /// Where the decision is.
    pub place: Place,
    /// What is wrong with it.
    pub error: TailorError,
}

/// A baseline under all its layers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlaid {
    /// The tailored baseline; decisions in its provenance count through all layers ([`Overlaid::place`]).
    pub tailored: TailoredBaseline,
    /// The parameters of all controls that must be met, in the order of the index.
    pub parameters: Vec<Parameter>,
    /// How many decisions the layers before each layer have.
    starts: Vec<usize>,
}

impl Overlaid {
    /// Parameters without value, in the order of the index.
    pub fn unfilled(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|p| p.settings.is_empty())
    }

    /// The place of a decision that [`TailoredBaseline::provenance`] counts through all layers.
    pub fn place(&self, position: usize) -> Place {
        place(&self.starts, position)
    }
}

/// Applies layers to a baseline, one after the other.
///
/// # Errors
/// All decisions that can not be applied, in order; nothing is applied then.
pub fn overlay(index: &Index, baseline: Baseline, layers: &[Layer]) -> Result<Overlaid, Vec<OverlayError>> {
    let mut starts = Vec::with_capacity(layers.len());
    let mut decisions: Vec<Tailoring> = Vec::new();
    for layer in layers {
        starts.push(decisions.len());
        decisions.extend(layer.decisions.iter().cloned());
    }
    let tailored = tailor(index, baseline, &decisions).map_err(|errors| {
        let located = errors.into_iter().map(|error| {
            let place = place(&starts, error.decision());
            OverlayError { name: layers[place.layer].name.clone(), place, error }
        });
        located.collect::<Vec<_>>()
    })?;
    let mut settings: BTreeMap<&str, Vec<Setting>> = BTreeMap::new();
    for (position, decision) in decisions.iter().enumerate() {
        if let Action::Parameter { id, value } = &decision.action {
            let setting = Setting { place: place(&starts, position), value: value.clone() };
            settings.entry(id).or_default().push(setting);
        }
    }
    let parameters = tailored.controls.iter().flat_map(|no| index.parameters(*no)).map(|facts| Parameter {
        id: facts.id.clone(),
        label: facts.label.clone(),
        control: facts.control,
        settings: settings.get(facts.id.as_str()).cloned().unwrap_or_default(),
    });
    Ok(Overlaid { parameters: parameters.collect(), tailored, starts })
}

fn place(starts: &[usize], position: usize) -> Place {
    // Of layers that start at one position, the last one has the decision; those before it are empty.
    let layer = starts.partition_point(|start| *start <= position).saturating_sub(1);
    Place { layer, decision: position - starts.get(layer).copied().unwrap_or_default() }
}

#[cfg(test)]
mod tests;
