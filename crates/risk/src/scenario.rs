//! Loss scenarios as people write them.

use crate::control::Step;
use crate::frequency::{Factor, Frequency, Susceptibility};
use crate::severity::{ParetoTail, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that can happen to an asset and what it then costs.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Short name, unique in the file; other parts refer to it.
    pub id: String,
    /// What happens, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Who or what acts: organised crime, an insider, a flood.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub actor: String,
    /// What is hit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asset: String,
    /// What the asset loses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effect: Vec<Effect>,
    /// Currency of the amounts (ISO 4217). If given it must be that of the file: amounts are never converted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Events in a year. With `susceptibility` these are attempts, else losses.
    pub frequency: Frequency,
    /// The chance that an attempt becomes a loss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub susceptibility: Option<Susceptibility>,
    /// What an attack must do, one step after the other; then `frequency` counts attempts. Steps and `susceptibility`
    /// multiply.
    #[serde(default, rename = "step", skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// What makes its frequency move together with others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Factor>,
    /// What one event costs, by form of loss; the forms of one event are independent and add up.
    pub loss: BTreeMap<LossForm, Loss>,
}

/// What an asset can lose.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Somebody reads what they must not.
    Confidentiality,
    /// Something is changed that must not be.
    Integrity,
    /// Something is not there when it is needed.
    Availability,
}

/// Forms of loss (Open FAIR O-RT 3.0.1).
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LossForm {
    /// Not told apart by form.
    Total,
    /// Work that is not done and revenue that does not come in.
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

/// One form of loss.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// The chance that an event brings this form of loss at all (fines after one breach in five: 0.2).
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub probability: f64,
    /// How much it then is.
    pub amount: Severity,
    /// Heavier losses than `amount` says, beyond a threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tail: Option<ParetoTail>,
    /// More cannot be lost: value of the asset, limit of a fine, deductible of an insurance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

fn one() -> f64 {
    1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_one(value: &f64) -> bool {
    *value == 1.0
}

impl Loss {
    /// A loss that every event brings.
    pub const fn always(amount: Severity) -> Self {
        Self { probability: 1.0, amount, tail: None, at_most: None }
    }
}

impl Scenario {
    /// A scenario with one form of loss that is not told apart.
    pub fn new(id: impl Into<String>, frequency: Frequency, amount: Severity) -> Self {
        Self {
            id: id.into(),
            title: String::new(),
            actor: String::new(),
            asset: String::new(),
            effect: Vec::new(),
            currency: None,
            frequency,
            susceptibility: None,
            steps: Vec::new(),
            factor: None,
            loss: BTreeMap::from([(LossForm::Total, Loss::always(amount))]),
        }
    }
}
