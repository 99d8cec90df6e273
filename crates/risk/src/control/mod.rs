//! Controls, the attack steps they bear on, and what that leaves of an attempt.

mod steps;
mod worth;

pub(crate) use steps::{by_id, controlled, through};
pub use worth::{ControlWorth, Worth, worth};

use crate::error::{Place, RiskError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A safeguard as it stands.
///
/// Its performance is efficacy × coverage × reliability: what it would stop where it works, on how much of what it should
/// protect it is in place, and how much of the time it works as meant.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Short name, unique in the file; steps refer to it.
    pub id: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Share of attempts at a step that it stops where it is in place and works, unless the step says otherwise.
    pub efficacy: f64,
    /// Share of what it should protect on which it is in place.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub coverage: f64,
    /// How much of the time it works as meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// Where the efficacy comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// When the efficacy was last looked at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reviewed: String,
}

fn whole() -> f64 {
    1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_whole(share: &f64) -> bool {
    *share == 1.0
}

/// How much of the time a control works as meant.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Reliability {
    /// Stated as it is.
    Share(f64),
    /// From how often it fails and how long that lasts.
    Measured(Measured),
}

/// Failures of a control as findings show them.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Times a year that it stops working as meant.
    pub failures_per_year: f64,
    /// Days until it works again.
    pub days_to_repair: f64,
}

impl Reliability {
    /// Share of the time that the control works: 1 / (1 + failures · days / 365).
    ///
    /// ```
    /// # use warrant_risk::{Measured, Reliability};
    /// let monthly = Reliability::Measured(Measured { failures_per_year: 12.0, days_to_repair: 7.0 });
    /// assert!((monthly.share() - 0.81292).abs() < 1e-5);
    /// ```
    pub fn share(self) -> f64 {
        match self {
            Self::Share(share) => share,
            Self::Measured(Measured { failures_per_year, days_to_repair }) => {
                1.0 / (1.0 + failures_per_year * days_to_repair / 365.0)
            }
        }
    }
}

impl Control {
    /// Coverage × reliability: the chance that it is in place and works.
    pub fn operating(&self) -> f64 {
        self.coverage * self.reliability.map_or(1.0, Reliability::share)
    }

    /// Efficacy × coverage × reliability.
    pub fn performance(&self) -> f64 {
        self.efficacy * self.operating()
    }

    pub(crate) fn check(&self) -> Result<(), RiskError> {
        let place = Place::new(format!("control `{}`", self.id));
        place.field("efficacy").probability(self.efficacy)?;
        place.field("coverage").probability(self.coverage)?;
        match self.reliability {
            Some(Reliability::Share(share)) => {
                place.field("reliability.share").probability(share)?;
            }
            Some(Reliability::Measured(measured)) => {
                let place = place.field("reliability.measured");
                let named = [
                    ("failures_per_year", measured.failures_per_year),
                    ("days_to_repair", measured.days_to_repair),
                ];
                for (name, value) in named {
                    if !(0.0..=1e6).contains(&value) {
                        return place
                            .field(name)
                            .refuse(format!("{value} is out of range"), "give 0 to 1000000");
                    }
                }
            }
            None => {}
        }
        Ok(())
    }
}

/// A step that an attack must take.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// ATT&CK technique: T1566 or T1566.002.
    pub technique: String,
    /// The chance that the step succeeds when nothing stands in its way.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub success: f64,
    /// Controls that can stop it; each does so independently of the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prevented_by: Vec<Bearing>,
    /// Mean hours from this step until the attack has moved on: what detection and response have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Controls that notice the step and end the attack if they are faster than it moves on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detected_by: Vec<Detector>,
}

/// A control that can stop a step.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bearing {
    /// Its id.
    pub control: String,
    /// Its efficacy against this step, when it is not the control's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub efficacy: Option<f64>,
}

/// A control that can notice a step.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Detector {
    /// Its id.
    pub control: String,
    /// Mean hours until the attack is ended, when the control notices it.
    pub hours: f64,
    /// The share of such steps that it notices, when it is not the control's own efficacy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub efficacy: Option<f64>,
}
