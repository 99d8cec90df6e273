//! A loss scenario: what can happen to a system, how often, by which steps, and what it then costs.

use crate::id::RecordId;
use crate::kind::{Ended, FieldProblem, Kind, KindScope, KindSpec, State, Transition, Workflow};
use crate::level::Objective;
use crate::scope::Role;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A step that an attack must take.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AttackStep {
    /// ATT&CK technique id: T1566 or T1566.002.
    pub technique: String,
    /// How many of a hundred tries succeed when no control stands in the way; empty counts as all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub succeeds: Option<f64>,
    /// Controls that can stop it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-control" = true))]
    pub stopped_by: Vec<String>,
    /// Mean hours until the attack moves on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Controls that can notice it and have the attack ended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-control" = true))]
    pub noticed_by: Vec<String>,
    /// Mean hours until the attack is ended once one of them notices it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_after: Option<f64>,
}

/// A form of loss (Open FAIR O-RT 3.0.1, forms of loss).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LossForm {
    /// Work that is not done and revenue that does not come in.
    #[default]
    Productivity,
    /// Dealing with the event.
    Response,
    /// Putting assets back or buying new ones.
    Replacement,
    /// Fines and judgements.
    Fines,
    /// Lost edge over others.
    CompetitiveAdvantage,
    /// Lost trust of others.
    Reputation,
}

/// What one event costs in one form of loss.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LossEstimate {
    /// The form.
    pub form: LossForm,
    /// One loss in twenty is smaller.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub low: Option<f64>,
    /// One loss in twenty is larger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub high: Option<f64>,
    /// How many of a hundred events bring this form of loss; empty counts as all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chance: Option<f64>,
    /// More cannot be lost: value of the asset, limit of the fine, deductible of the insurance.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub at_most: Option<f64>,
}

/// What is done about a risk (ISO 31000, SP 800-39 §3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// Made smaller.
    Mitigate,
    /// Borne by somebody else: insurance, contract.
    Transfer,
    /// What brings it about is given up.
    Avoid,
    /// Borne as it is.
    Accept,
}

impl Treatment {
    /// The word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mitigate => "mitigate",
            Self::Transfer => "transfer",
            Self::Avoid => "avoid",
            Self::Accept => "accept",
        }
    }
}

/// What can happen to a system, how often, by which steps, and what it then costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// The system that is hit.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// What happens, in one line.
    pub title: String,
    /// State.
    pub state: String,
    /// What happens, told in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub description: Option<String>,
    /// Who or what acts: organised crime, an insider, a flood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What of the system is hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "component"))]
    pub asset: Option<RecordId>,
    /// What is lost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effect: Vec<Objective>,
    /// Tries in a year, most likely; 0.1 is one in ten years. With steps these are tries, without them losses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<f64>,
    /// Tries in a year, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries_low: Option<f64>,
    /// Tries in a year, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries_high: Option<f64>,
    /// What the attack must do, one step after the other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<AttackStep>,
    /// What one event costs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub losses: Vec<LossEstimate>,
    /// What is meant to be done about it; what is decided, and until when, is a risk treatment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treatment: Option<Treatment>,
    /// Who estimated it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub estimated_by: Option<RecordId>,
    /// Where the estimates come from: incidents of one's own, a study, an expert's calibrated interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub basis: Option<String>,
    /// The day the estimates are to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Date>,
}

impl Kind for Scenario {
    const SPEC: KindSpec = KindSpec {
        name: "scenario",
        prefix: "scen",
        title: "Risk scenario",
        plural: "Risk scenarios",
        about: "What can happen to a system, how often, by which steps, and what it then costs.",
        source: "Open FAIR O-RT 3.0.1; SP 800-30r1 §2.3",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::System("system"),
        workflow: Some(Workflow {
            field: "state",
            states: &[
                State { name: "draft", title: "Draft", ended: Ended::Open },
                State { name: "in-force", title: "In force", ended: Ended::Open },
                State { name: "retired", title: "Retired", ended: Ended::Ended },
            ],
            transitions: &[
                Transition {
                    from: "draft",
                    to: "in-force",
                    verb: "Put in force",
                    requires: &["tries", "losses", "basis"],
                    role: Role::Officer,
                },
                Transition {
                    from: "draft",
                    to: "retired",
                    verb: "Retire",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "in-force",
                    to: "draft",
                    verb: "Estimate anew",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "in-force",
                    to: "retired",
                    verb: "Retire",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "retired",
                    to: "draft",
                    verb: "Take up again",
                    requires: &[],
                    role: Role::Officer,
                },
            ],
        }),
        columns: &["title", "system", "state", "actor", "treatment", "review_by"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: String| problems.push(FieldProblem::new(field, message));
        let rates = [("tries", self.tries), ("tries_low", self.tries_low), ("tries_high", self.tries_high)];
        for (field, rate) in rates {
            if let Some(rate) = rate.filter(|rate| !(0.0..=100_000.0).contains(rate)) {
                add(field, format!("{rate} tries a year; give 0 to 100,000"));
            }
        }
        match (self.tries_low, self.tries, self.tries_high) {
            (None, _, None) => {}
            (Some(low), Some(mode), Some(high)) if low <= mode && mode <= high && low < high => {}
            (None, _, Some(_)) => add("tries_high", "give the least number too".to_owned()),
            (Some(_), _, None) => add("tries_low", "give the largest number too".to_owned()),
            _ => add(
                "tries_low",
                "give the least, the most likely and the largest number, in this order".to_owned(),
            ),
        }
        let share = |share: Option<f64>| share.is_none_or(|share| (0.0..=100.0).contains(&share));
        let hours = |hours: Option<f64>| hours.is_none_or(|hours| hours > 0.0 && hours <= 1e6);
        for (nth, step) in self.steps.iter().enumerate() {
            let nth = nth + 1;
            if !is_technique(&step.technique) {
                add(
                    "steps",
                    format!(
                        "step {nth}: `{}` is no ATT&CK technique such as T1566 or T1566.002",
                        step.technique
                    ),
                );
            }
            if !share(step.succeeds) {
                add("steps", format!("step {nth}: give 0 to 100 of a hundred tries that succeed"));
            }
            if !hours(step.hours) || !hours(step.ended_after) {
                add("steps", format!("step {nth}: hours must be above 0"));
            }
            if !step.noticed_by.is_empty() && (step.hours.is_none() || step.ended_after.is_none()) {
                add(
                    "steps",
                    format!(
                        "step {nth}: to be noticed in time, give its hours and the hours until it is ended"
                    ),
                );
            }
        }
        for (nth, loss) in self.losses.iter().enumerate() {
            let nth = nth + 1;
            match (loss.low, loss.high) {
                (Some(low), Some(high)) if 0.0 < low && low < high && high <= 1e15 => {}
                _ => add("losses", format!("loss {nth}: give a low amount above 0 and a larger high one")),
            }
            if !share(loss.chance) {
                add("losses", format!("loss {nth}: give 0 to 100 of a hundred events"));
            }
            if loss.at_most.is_some_and(|most| most.partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater)) {
                add("losses", format!("loss {nth}: the most that can be lost must be above 0"));
            }
        }
        for (nth, loss) in self.losses.iter().enumerate() {
            if self.losses[..nth].iter().any(|other| other.form == loss.form) {
                add("losses", format!("loss {}: this form of loss is there already", nth + 1));
            }
        }
        problems
    }
}

/// Whether text is an ATT&CK technique id.
fn is_technique(text: &str) -> bool {
    let digits = |text: &str, number: usize| text.len() == number && text.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = text.strip_prefix('T') else { return false };
    match rest.split_once('.') {
        Some((technique, sub)) => digits(technique, 4) && digits(sub, 3),
        None => digits(rest, 4),
    }
}
