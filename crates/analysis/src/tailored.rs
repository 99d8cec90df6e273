//! What tailoring makes of a system's baseline: every decision of every layer with its effect, and every
//! organisation-defined parameter with who set it and when.
//!
//! Laid out by [`warrant_catalog::overlay`]; the status of controls follows the same decisions (a test holds the two
//! together).

use crate::categorisation::Categorisation;
use crate::overlays::{Layer, layers, of_overlay};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use warrant_catalog::index::{Baseline, ControlNo, Index};
use warrant_catalog::overlay::{self, Place, overlay};
use warrant_catalog::tailor;
use warrant_model::kind::Record;
use warrant_model::kinds::{Tailoring, TailoringAction};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::{Impact, RecordId};

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It holds.
    Holds,
    /// A later layer says otherwise.
    Overruled,
    /// It changes nothing, and why.
    Nothing(String),
}

impl Effect {
    /// Every effect's word, with what people read.
    pub const WORDS: [(&str, &str); 3] =
        [("holds", "Holds"), ("overruled", "Overruled"), ("nothing", "Without effect")];

    /// Its word in addresses and commands.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Overruled => "overruled",
            Self::Nothing(_) => "nothing",
        }
    }

    /// What people read.
    pub fn says(&self) -> &str {
        match self {
            Self::Holds => "holds",
            Self::Overruled => "overruled later",
            Self::Nothing(why) => why,
        }
    }
}

/// The layer's name as people read it: that of the overlay, or that it is the system's own.
pub fn layer_says(name: &str) -> &str {
    if name.is_empty() { "this system" } else { name }
}

impl Decided {
    /// What is done, in words.
    pub fn says(&self) -> String {
        let body = &self.decision.body;
        match body.action {
            TailoringAction::Add => "added".to_owned(),
            TailoringAction::Remove => "removed".to_owned(),
            TailoringAction::NotApplicable => "not applicable".to_owned(),
            TailoringAction::Compensate => {
                let others: Vec<_> =
                    body.compensated_by.iter().map(|id| Index::embedded().label_of(id)).collect();
                format!("compensated by {}", others.join(", "))
            }
            TailoringAction::Parameter => format!(
                "{} = {}",
                body.parameter.as_deref().unwrap_or_default(),
                body.value.as_deref().unwrap_or_default()
            ),
        }
    }
}

/// A decision of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// The layer's name: that of the overlay; empty for the system's own.
    pub layer: String,
    /// The decision; the id is the overlay's for one of an overlay.
    pub decision: Record<Tailoring>,
    /// What became of it.
    pub effect: Effect,
}

/// An organisation-defined parameter of a control that must be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Identifier.
    pub id: String,
    /// The publisher's label; may be empty.
    pub label: String,
    /// The control.
    pub control: String,
    /// Its value and where it comes from; `None`: unset.
    pub set: Option<Setting>,
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The value.
    pub value: String,
    /// The record that gives it: a tailoring decision or an overlay.
    pub record: RecordId,
    /// The layer's name; empty for the system's own.
    pub layer: String,
    /// When that was said.
    pub at: Timestamp,
}

/// A system's baseline after tailoring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tailored {
    /// The level that chooses the baseline; `None`: not categorised, so there is none.
    pub baseline: Option<Impact>,
    /// Controls of the baseline itself.
    pub in_baseline: usize,
    /// Controls that must be met.
    pub controls: Vec<String>,
    /// Controls that are kept and do not apply.
    pub not_applicable: Vec<String>,
    /// Decisions, layer by layer.
    pub decisions: Vec<Decided>,
    /// Parameters of the controls that must be met, in catalogue order.
    pub parameters: Vec<Parameter>,
}

impl Tailored {
    /// How many decisions of a sort hold.
    pub fn holding(&self, action: TailoringAction) -> usize {
        let of_sort = |one: &&Decided| one.effect == Effect::Holds && one.decision.body.action == action;
        self.decisions.iter().filter(of_sort).count()
    }

    /// How many parameters nobody has set.
    pub fn unset(&self) -> usize {
        self.parameters.iter().filter(|parameter| parameter.set.is_none()).count()
    }
}

/// What tailoring makes of the system's baseline.
pub fn tailored(snapshot: &SystemSnapshot) -> Tailored {
    let mut decisions = laid_out(snapshot);
    let level = Categorisation::of(snapshot).baseline();
    let Some((level, baseline)) = level.and_then(|level| Some((level, baseline_of(level)?))) else {
        return Tailored { decisions, ..Tailored::default() };
    };
    let index = Index::embedded();
    let (overlaid, places) = applied(index, baseline, &mut decisions);
    let ids = |list: &[ControlNo]| -> Vec<String> {
        list.iter().filter_map(|no| index.control(*no)).map(|control| control.id.clone()).collect()
    };
    let Some(overlaid) = overlaid else {
        return Tailored { baseline: Some(level), decisions, ..Tailored::default() };
    };
    let parameter = |one: &overlay::Parameter| Parameter {
        id: one.id.clone(),
        label: one.label.clone(),
        control: index.control(one.control).map(|control| control.id.clone()).unwrap_or_default(),
        set: one.settings.last().and_then(|setting| {
            let decided = &decisions[*places.get(&setting.place)?];
            Some(Setting {
                value: setting.value.clone(),
                record: decided.decision.id.clone(),
                layer: decided.layer.clone(),
                at: decided.decision.updated_at,
            })
        }),
    };
    Tailored {
        baseline: Some(level),
        in_baseline: index.baseline(baseline).len(),
        controls: ids(&overlaid.tailored.controls),
        not_applicable: ids(&overlaid.tailored.not_applicable),
        parameters: overlaid.parameters.iter().map(parameter).collect(),
        decisions,
    }
}

fn baseline_of(level: Impact) -> Option<Baseline> {
    match level {
        Impact::NotApplicable => None,
        Impact::Low => Some(Baseline::Low),
        Impact::Moderate => Some(Baseline::Moderate),
        Impact::High => Some(Baseline::High),
    }
}

/// All decisions of all layers in order, those that a later layer overrules marked.
fn laid_out(snapshot: &SystemSnapshot) -> Vec<Decided> {
    let mut all = Vec::new();
    for Layer { overlay, .. } in layers(snapshot) {
        for one in &overlay.body.decisions {
            let decision = crate::overlays::as_tailoring(snapshot, &overlay, one);
            let effect = match snapshot.tailorings.contains(&decision) {
                true => Effect::Holds,
                false => Effect::Overruled,
            };
            all.push(Decided { layer: overlay.body.name.clone(), decision, effect });
        }
    }
    let mut own: Vec<_> = snapshot.tailorings.iter().filter(|one| !of_overlay(one)).cloned().collect();
    own.sort_by(|a, b| (a.updated_at, &a.id).cmp(&(b.updated_at, &b.id)));
    all.extend(own.into_iter().map(|decision| Decided {
        layer: String::new(),
        decision,
        effect: Effect::Holds,
    }));
    all
}

/// The decision at each place of the layers.
type Places = BTreeMap<Place, usize>;

/// Applies the decisions that hold. Those that can not be applied are left out, marked with the reason.
fn applied(
    index: &Index,
    baseline: Baseline,
    decisions: &mut [Decided],
) -> (Option<overlay::Overlaid>, Places) {
    loop {
        let mut layers: Vec<overlay::Layer> = Vec::new();
        let mut places = Places::new();
        let mut standing_in: BTreeSet<String> = BTreeSet::new();
        for (number, decided) in decisions.iter().enumerate() {
            if decided.effect != Effect::Holds {
                continue;
            }
            if layers.last().is_none_or(|layer| layer.name != decided.layer) {
                layers.push(overlay::Layer { name: decided.layer.clone(), decisions: Vec::new() });
            }
            standing_in.extend(decided.decision.body.compensated_by.iter().cloned());
            let Some(action) = action_of(&decided.decision.body) else { continue };
            let layer = layers.len() - 1;
            let written = &mut layers[layer].decisions;
            places.insert(Place { layer, decision: written.len() }, number);
            written.push(decision(&decided.decision, &decided.decision.body.control, action));
        }
        match overlay(index, baseline, &layers) {
            Ok(overlaid) => {
                return (Some(with_standing_in(index, baseline, layers, overlaid, standing_in)), places);
            }
            Err(errors) => {
                let before = decisions.iter().filter(|one| one.effect == Effect::Holds).count();
                for error in errors {
                    if let Some(number) = places.get(&error.place) {
                        decisions[*number].effect = Effect::Nothing(error.error.to_string());
                    }
                }
                // Each round leaves out one decision at least, so this ends.
                if decisions.iter().filter(|one| one.effect == Effect::Holds).count() == before {
                    return (None, places);
                }
            }
        }
    }
}

/// Brings in the controls that stand in for others, where the baseline does not hold them yet.
fn with_standing_in(
    index: &Index,
    baseline: Baseline,
    mut layers: Vec<overlay::Layer>,
    overlaid: overlay::Overlaid,
    standing_in: BTreeSet<String>,
) -> overlay::Overlaid {
    let missing: Vec<_> = standing_in
        .into_iter()
        .filter(|id| {
            index.find(id).is_some_and(|no| {
                !overlaid.tailored.contains(no) && !overlaid.tailored.not_applicable.contains(&no)
            })
        })
        .map(|target| tailor::Tailoring {
            target,
            action: tailor::Action::Add,
            rationale: "stands in for another".to_owned(),
            by: String::new(),
            at: String::new(),
        })
        .collect();
    if missing.is_empty() {
        return overlaid;
    }
    layers.push(overlay::Layer { name: String::new(), decisions: missing });
    overlay(index, baseline, &layers).unwrap_or(overlaid)
}

fn action_of(body: &Tailoring) -> Option<tailor::Action> {
    Some(match body.action {
        TailoringAction::Add => tailor::Action::Add,
        TailoringAction::Remove => tailor::Action::Remove,
        TailoringAction::NotApplicable => tailor::Action::NotApplicable,
        TailoringAction::Parameter => tailor::Action::Parameter {
            id: body.parameter.as_deref().unwrap_or_default().trim().to_owned(),
            value: body.value.clone().unwrap_or_default(),
        },
        // The control stays; others are judged in its place.
        TailoringAction::Compensate => return None,
    })
}

fn decision(record: &Record<Tailoring>, target: &str, action: tailor::Action) -> tailor::Tailoring {
    tailor::Tailoring {
        target: target.to_owned(),
        action,
        rationale: record.body.rationale.clone(),
        by: String::new(),
        at: record.updated_at.to_string(),
    }
}
