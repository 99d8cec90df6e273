//! What a plan must keep to and what it is to lessen, as files state it and as planning takes it.

use crate::error::{Place, RiskError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most years in a plan.
const MOST_YEARS: usize = 10;

/// What a plan must keep to.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Money that can be spent in each year; there are as many years as amounts. What is left over does not carry over.
    pub budget: Vec<f64>,
    /// Person-hours of all roles together that can be spent in a year; no limit when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Person-hours of a role that can be spent in a year; no limit for roles that are not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, f64>,
    /// A loss a year later counts this share less: 0.03 is 3 % a year. The first year counts whole.
    #[serde(default)]
    pub discount: f64,
    /// What is to be as small as can be.
    #[serde(default)]
    pub objective: Objective,
    /// The search ends when the plan is proved to be within this share of the best.
    pub gap: f64,
    /// It also ends after so many cases, with the gap that is then proved.
    pub cases: usize,
}

/// What a plan lessens, summed over its years.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// The expected loss.
    #[default]
    Ale,
    /// The mean of the worst years: those beyond this level, such as 0.95.
    Tvar(f64),
}

impl Limits {
    /// One year with a budget, no limit of hours, expected loss, one per cent from the best.
    pub fn of(budget: f64) -> Self {
        Self {
            budget: vec![budget],
            hours: None,
            roles: BTreeMap::new(),
            discount: 0.0,
            objective: Objective::Ale,
            gap: 0.01,
            cases: 100_000,
        }
    }

    /// Years planned.
    pub fn years(&self) -> usize {
        self.budget.len()
    }

    /// What a loss in a year, from 0, counts.
    pub fn discounted(&self, year: usize) -> f64 {
        libm::pow(1.0 + self.discount, -(year as f64))
    }

    /// The same with every budget multiplied.
    pub(crate) fn scaled(&self, share: f64) -> Self {
        Self { budget: self.budget.iter().map(|budget| budget * share).collect(), ..self.clone() }
    }

    pub(crate) fn check(&self) -> Result<(), RiskError> {
        let place = Place::new("limits");
        if self.budget.is_empty() || self.years() > MOST_YEARS {
            return place.field("budget").refuse(
                format!("{} years", self.years()),
                format!("give an amount for each year: 1 to {MOST_YEARS}"),
            );
        }
        for budget in &self.budget {
            place.field("budget").amount(*budget)?;
        }
        place.field("hours").amount(self.hours.unwrap_or(0.0))?;
        for (role, hours) in &self.roles {
            place.field(&format!("roles.{role}")).amount(*hours)?;
        }
        if !(0.0..=1.0).contains(&self.discount) {
            return place
                .field("discount")
                .refuse(format!("{} is out of range", self.discount), "give 0 to 1: 3 % a year is 0.03");
        }
        if let Objective::Tvar(level) = self.objective
            && !(0.5..=0.999).contains(&level)
        {
            return place
                .field("objective.tvar")
                .refuse(format!("{level} is out of range"), "give 0.5 to 0.999, such as 0.95");
        }
        if !(1e-6..=1.0).contains(&self.gap) {
            return place.field("gap").refuse(format!("{} is out of range", self.gap), "give 0.000001 to 1");
        }
        Ok(())
    }
}

/// What a file says of the plans to be made from it; the command line may say otherwise.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Planning {
    /// Years to plan; as many as budgets when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<usize>,
    /// Money that can be spent: an amount for each year, or one that holds for every year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budget: Vec<f64>,
    /// Person-hours of all roles together that can be spent in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Person-hours of a role that can be spent in a year.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, f64>,
    /// A loss a year later counts this share less; 0 when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<f64>,
    /// What is to be as small as can be; the expected loss when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Objective>,
}

impl Planning {
    /// The limits that this says.
    ///
    /// # Errors
    /// When there is no budget, or as many budgets as years are neither given nor meant.
    pub fn limits(&self) -> Result<Limits, RiskError> {
        let place = Place::new("plan");
        let years = self.years.unwrap_or(self.budget.len());
        let budget = match self.budget.as_slice() {
            [] => {
                return place
                    .field("budget")
                    .refuse("is not given", "say what can be spent: `budget = [100_000]`");
            }
            [same] => vec![*same; years.min(MOST_YEARS + 1)],
            several if several.len() == years => several.to_vec(),
            several => {
                return place.field("budget").refuse(
                    format!("{} amounts for {years} years", several.len()),
                    "give one for each year, or one that holds for every year",
                );
            }
        };
        let limits = Limits {
            budget,
            hours: self.hours,
            roles: self.roles.clone(),
            discount: self.discount.unwrap_or(0.0),
            objective: self.objective.unwrap_or_default(),
            // A case of the worst years takes several transforms, and one of several years hundreds: a quarter of a
            // second each.
            cases: match self.objective {
                Some(Objective::Tvar(_)) if years > 1 => 100,
                Some(Objective::Tvar(_)) => 3_000,
                _ => Limits::of(0.0).cases,
            },
            ..Limits::of(0.0)
        };
        limits.check()?;
        Ok(limits)
    }
}
