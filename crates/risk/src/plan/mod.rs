//! The best actions a budget can buy, with a proof that a small checker of its own confirms.

mod check;
mod problem;
mod relax;
mod search;
mod start;

pub use check::verify;
pub use problem::{Action, Limits, Prevents, Range};

use crate::control::controlled;
use crate::error::{Place, RiskError};
use crate::exposure::{Exposure, share};
use crate::file::RiskFile;
use crate::frequency::Susceptibility;
use crate::scenario::Scenario;
use problem::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A chosen set of actions and why none can be much better.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What it was planned for.
    pub limits: Limits,
    /// Ids of the chosen actions, in the order of the file.
    pub chosen: Vec<String>,
    /// What they cost.
    pub cost: f64,
    /// Person-hours they take.
    pub hours: f64,
    /// Expected yearly loss without any action.
    pub ale_before: f64,
    /// Expected yearly loss with the chosen actions.
    pub ale_after: f64,
    /// No set of actions within the limits leaves a smaller expected loss than this.
    pub bound: f64,
    /// The proof of `bound`: a search tree, each node before those below it.
    pub proof: Vec<Proof>,
}

/// A node of the proof.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// Two cases follow: with the action of this number (from 0, in the order of the file), then without.
    Branch(usize),
    /// No choice in this case is better than the bound, by the tangent at a point with prices of money and hours.
    Tangent(Tangent),
    /// The case breaks a limit, a prerequisite or an exclusion.
    Impossible,
}

/// Where the expected loss is replaced by its tangent plane. It is convex, so the plane lies below it.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tangent {
    /// Two hexadecimal digits per action: 00 not taken, ff taken.
    pub point: String,
    /// Price of a unit of money.
    pub money: f64,
    /// Price of an hour.
    pub hour: f64,
    /// Prices of prerequisites, then of exclusions, in the order of the file; none are 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<f64>,
}

impl Plan {
    /// The file's scenarios as they are once the chosen actions are done, controls applied.
    ///
    /// # Errors
    /// When a field of the file means nothing.
    pub fn scenarios(&self, file: &RiskFile) -> Result<Vec<Scenario>, RiskError> {
        let mut scenarios = controlled(&file.scenarios, &file.controls)?.into_owned();
        for scenario in &mut scenarios {
            let chosen = file.actions.iter().filter(|action| self.chosen.contains(&action.id));
            let effects = chosen.flat_map(|action| &action.prevents).filter(|p| p.scenario == scenario.id);
            let kept: f64 = effects.map(|effect| 1.0 - effect.share).product();
            let place = Place::new(format!("scenario `{}`", scenario.id)).field("susceptibility");
            let before = scenario.susceptibility.as_ref().map_or(Ok(1.0), |chance| share(chance, &place))?;
            scenario.susceptibility = Some(Susceptibility::Probability(before * kept));
        }
        Ok(scenarios)
    }

    /// How far the plan may be from the best one, as a share of its expected loss.
    pub fn gap(&self) -> f64 {
        if self.ale_after > 0.0 { ((self.ale_after - self.bound) / self.ale_after).max(0.0) } else { 0.0 }
    }
}

/// Plans for one budget.
///
/// # Errors
/// When a field of the file means nothing or the limits cannot be kept.
pub fn plan(file: &RiskFile, limits: &Limits) -> Result<Plan, RiskError> {
    let problem = Problem::new(file, &expected(file)?, limits)?;
    Ok(search::solve(&problem, limits, &[])?.into_plan(file, &problem, limits))
}

/// Plans for `count` equal steps up to the budget of `limits`: what each further step buys.
///
/// # Errors
/// As [`plan`]; obligations that a small budget cannot pay leave out that step.
pub fn frontier(file: &RiskFile, limits: &Limits, count: usize) -> Result<Vec<Plan>, RiskError> {
    let losses = expected(file)?;
    let mut plans: Vec<Plan> = Vec::new();
    let mut known: Vec<bool> = Vec::new();
    for step in 1..=count.clamp(1, 1000) {
        let limits = Limits { budget: limits.budget * step as f64 / count as f64, ..*limits };
        let problem = Problem::new(file, &losses, &limits)?;
        match search::solve(&problem, &limits, &known) {
            Ok(found) => {
                known.clone_from(&found.chosen);
                plans.push(found.into_plan(file, &problem, &limits));
            }
            Err(error) if step == count => return Err(error),
            Err(_) => {}
        }
    }
    Ok(plans)
}

/// Expected yearly loss of each scenario, controls applied.
pub(crate) fn expected(file: &RiskFile) -> Result<Vec<f64>, RiskError> {
    file.settings().check()?;
    let scenarios = controlled(&file.scenarios, &file.controls)?;
    Ok(Exposure::all(&scenarios, &file.currency)?.iter().map(Exposure::mean).collect())
}
