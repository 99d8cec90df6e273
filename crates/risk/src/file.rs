//! The scenario file: TOML in, checked types out.

use crate::control::Control;
use crate::error::RiskError;
use crate::plan::{Action, Planning};
use crate::scenario::Scenario;
use crate::settings::{Settings, Tolerance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Largest file that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// A scenario file. All amounts are in its currency, all frequencies and probabilities per year.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RiskFile {
    /// What the scenarios are about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Currency of all amounts (ISO 4217: EUR, USD, CHF).
    pub currency: String,
    /// What the organisation tolerates, as points of a line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerance: Vec<Tolerance>,
    /// Safeguards that steps of scenarios name.
    #[serde(default, rename = "control", skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
    /// What could be done, to plan under a budget.
    #[serde(default, rename = "action", skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Limits, years and objective of plans.
    #[serde(default, rename = "plan", skip_serializing_if = "Option::is_none")]
    pub planning: Option<Planning>,
    /// What can happen.
    #[serde(rename = "scenario")]
    pub scenarios: Vec<Scenario>,
}

impl RiskFile {
    /// Reads a file; `name` stands in messages.
    ///
    /// # Errors
    /// When the text is no TOML or has fields that do not belong there, with line and column.
    ///
    /// ```
    /// use warrant_risk::RiskFile;
    ///
    /// let file = RiskFile::read("portal.toml", r#"
    ///     currency = "EUR"
    ///     [[scenario]]
    ///     id = "ransomware"
    ///     frequency = { poisson = 0.5 }
    ///     loss.response = { amount = { lognormal = { low = 100_000, high = 2_000_000 } } }
    /// "#)?;
    /// assert_eq!(file.scenarios.len(), 1);
    /// # Ok::<(), warrant_risk::RiskError>(())
    /// ```
    pub fn read(name: &str, text: &str) -> Result<Self, RiskError> {
        let refuse = |message: String| RiskError::Syntax { name: name.to_owned(), message };
        if text.len() > LARGEST {
            return Err(refuse(format!("is larger than {} MiB; split it", LARGEST >> 20)));
        }
        toml::from_str(text).map_err(|error| refuse(error.to_string().trim_end().to_owned()))
    }

    /// Settings with the file's currency, tolerance and controls, the rest as usual.
    pub fn settings(&self) -> Settings {
        Settings {
            currency: self.currency.clone(),
            tolerance: self.tolerance.clone(),
            controls: self.controls.clone(),
            ..Settings::default()
        }
    }

    /// The JSON Schema of a scenario file.
    pub fn schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}
