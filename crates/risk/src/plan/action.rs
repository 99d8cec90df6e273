//! Actions as people write them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that could be done.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Short name, unique in the file.
    pub id: String,
    /// What is done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it costs in the year it is started, in the file's currency.
    pub cost: f64,
    /// Least and largest cost, when it is not certain; `cost` is then the most likely one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_range: Option<Range>,
    /// Person-hours it takes in the year it is started.
    #[serde(default, skip_serializing_if = "Hours::is_none")]
    pub hours: Hours,
    /// Months from the start of its year until it prevents anything.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lead_months: u32,
    /// The first year in which it can be started, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<u32>,
    /// The last year in which it can be started; an obligation is due in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<u32>,
    /// It has to be done, whatever it is worth.
    #[serde(default)]
    pub obligation: bool,
    /// Actions without which it cannot be done; they start in its year or before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// Actions that cannot be done beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<String>,
    /// What it does to scenarios; effects of several actions on one scenario multiply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prevents: Vec<Prevents>,
}

/// Person-hours, of anybody or by role.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(untagged, expecting = "expected a number of hours, or a table from roles to hours")]
pub enum Hours {
    /// Of anybody.
    Any(f64),
    /// By role; NICE work roles are a good choice of names.
    ByRole(BTreeMap<String, f64>),
}

impl Default for Hours {
    fn default() -> Self {
        Self::Any(0.0)
    }
}

impl Hours {
    /// Hours of all roles together.
    pub fn total(&self) -> f64 {
        match self {
            Self::Any(hours) => *hours,
            Self::ByRole(roles) => roles.values().sum(),
        }
    }

    /// Hours of one role.
    pub fn of_role(&self, role: &str) -> f64 {
        match self {
            Self::Any(_) => 0.0,
            Self::ByRole(roles) => roles.get(role).copied().unwrap_or(0.0),
        }
    }

    fn is_none(&self) -> bool {
        *self == Self::Any(0.0)
    }
}

/// An action's effect on a scenario.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Prevents {
    /// The scenario's id.
    pub scenario: String,
    /// Share of its loss events that no longer happen, 0 to 0.999.
    pub share: f64,
    /// Least and largest share, when it is not certain; `share` is then the most likely one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
}

/// Least and largest value.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Least value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(months: &u32) -> bool {
    *months == 0
}
