//! From records and snapshots to what the loss engine takes.

use super::kept::Standings;
use std::collections::BTreeSet;
use warrant_model::kind::Record;
use warrant_model::kinds::{LossForm, Scenario};
use warrant_model::level::Objective;
use warrant_risk::{
    Bearing, Control, Detector, Effect, Frequency, Interval, Loss, Pert, Severity, Step, UncertainRate,
};

/// The id of a control of a system in the engine.
pub(super) fn control_id(system: &str, control: &str) -> String {
    format!("{system}/{control}")
}

/// The controls that a scenario's steps name.
pub(super) fn named(scenario: &Scenario) -> BTreeSet<String> {
    let steps = scenario.steps.iter();
    steps.flat_map(|step| step.stopped_by.iter().chain(&step.noticed_by)).cloned().collect()
}

/// The controls that any of these scenarios names.
pub(super) fn wanted(scenarios: &[Record<Scenario>]) -> BTreeSet<String> {
    scenarios.iter().flat_map(|scenario| named(&scenario.body)).collect()
}

/// A system's controls as the engine takes them.
pub(super) fn engine_controls(system: &str, standings: &Standings) -> Vec<Control> {
    standings.values().map(|standing| standing.control(control_id(system, &standing.control))).collect()
}

/// A system's scenarios as the engine takes them.
pub(super) fn engine_scenarios(system: &str, scenarios: &[Record<Scenario>]) -> Vec<warrant_risk::Scenario> {
    scenarios.iter().map(|scenario| engine_scenario(scenario, system)).collect()
}

/// A scenario as the engine takes it.
fn engine_scenario(record: &Record<Scenario>, system: &str) -> warrant_risk::Scenario {
    let body = &record.body;
    let tries = body.tries.unwrap_or_default();
    let frequency = match (body.tries_low, body.tries_high) {
        (Some(low), Some(high)) if low < high => {
            Frequency::Uncertain(UncertainRate::Pert(Pert::new(low, tries, high)))
        }
        _ => Frequency::Poisson(tries),
    };
    let share = |percent: Option<f64>| percent.map_or(1.0, |percent| percent / 100.0);
    let steps = body.steps.iter().map(|step| Step {
        technique: step.technique.clone(),
        success: share(step.succeeds),
        prevented_by: step
            .stopped_by
            .iter()
            .map(|control| Bearing { control: control_id(system, control), efficacy: None })
            .collect(),
        hours: step.hours,
        detected_by: step
            .noticed_by
            .iter()
            .map(|control| Detector {
                control: control_id(system, control),
                hours: step.ended_after.unwrap_or_default(),
                efficacy: None,
            })
            .collect(),
    });
    let losses = body.losses.iter().map(|loss| {
        let (low, high) = (loss.low.unwrap_or_default(), loss.high.unwrap_or_default());
        let amount = Severity::Lognormal(Interval { low, high });
        Loss { probability: share(loss.chance), at_most: loss.at_most, ..Loss::always(amount) }
    });
    let forms = body.losses.iter().map(|loss| form(loss.form));
    warrant_risk::Scenario {
        id: record.id.as_str().to_owned(),
        title: body.title.clone(),
        actor: body.actor.clone().unwrap_or_default(),
        asset: String::new(),
        effect: body.effect.iter().map(|objective| effect(*objective)).collect(),
        currency: None,
        frequency,
        susceptibility: None,
        steps: steps.collect(),
        factor: None,
        loss: forms.zip(losses).collect(),
    }
}

fn form(form: LossForm) -> warrant_risk::LossForm {
    match form {
        LossForm::Productivity => warrant_risk::LossForm::Productivity,
        LossForm::Response => warrant_risk::LossForm::Response,
        LossForm::Replacement => warrant_risk::LossForm::Replacement,
        LossForm::Fines => warrant_risk::LossForm::Fines,
        LossForm::CompetitiveAdvantage => warrant_risk::LossForm::CompetitiveAdvantage,
        LossForm::Reputation => warrant_risk::LossForm::Reputation,
    }
}

fn effect(objective: Objective) -> Effect {
    match objective {
        Objective::Confidentiality => Effect::Confidentiality,
        Objective::Integrity => Effect::Integrity,
        Objective::Availability => Effect::Availability,
    }
}
