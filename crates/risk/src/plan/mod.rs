//! The best actions a budget can buy, with a proof that a small checker of its own confirms.

mod action;
mod aim;
mod case;
mod check;
mod compare;
mod frontier;
mod limits;
mod problem;
mod reach;
mod relax;
mod sanity;
mod search;
mod start;
mod tail;
mod worst;
mod years;

pub use action::{Action, Hours, Prevents, Range};
pub use check::verify;
pub use compare::{Alternative, Compared, compare};
pub use frontier::frontier;
pub use limits::{Limits, Objective, Planning};
pub use sanity::{Breach, gordon_loeb_limit, gordon_loeb_spending, return_on_investment};
pub use years::PlanYear;

use crate::bracket::Bracket;
use crate::control::controlled;
use crate::error::RiskError;
use crate::exposure::Exposure;
use crate::file::RiskFile;
use aim::Aim;
use problem::Problem;
use schemars::JsonSchema;
use search::{Found, Warm};
use serde::{Deserialize, Serialize};

/// A chosen set of actions and why none can be much better.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What it was planned for.
    pub limits: Limits,
    /// The chosen actions, in the order of the file.
    pub chosen: Vec<Start>,
    /// What they cost over all years.
    pub cost: f64,
    /// Person-hours they take over all years.
    pub hours: f64,
    /// Expected loss of the years planned without any action, discounted.
    pub ale_before: f64,
    /// Expected loss of the years planned with the chosen actions, discounted.
    pub ale_after: f64,
    /// The objective without any action.
    pub before: Bracket,
    /// The objective with the chosen actions.
    pub after: Bracket,
    /// No set of actions within the limits leaves less of the objective than this.
    pub bound: f64,
    /// For the mean of the worst years: bounds use that sets of interest leave less than this. It is not below `bound`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cutoff: Option<f64>,
    /// The proof of `bound`: a search tree, each node before those below it.
    pub proof: Vec<Proof>,
}

/// A chosen action and when it starts.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Id of the action.
    pub action: String,
    /// The year in which it starts, counted from 1.
    pub year: usize,
}

/// A node of the proof.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// Two cases follow, for an action (from 0, in the order of the file) and a year (from 0): first that it starts by
    /// then, afterwards that it starts later or never.
    Branch(usize, usize),
    /// Two cases follow, for a year (from 0) and an amount: first that its worst years begin below the amount, afterwards
    /// that they begin there or above.
    Border(usize, f64),
    /// No choice in this case is better than the bound, by the tangent at a point with prices of what is limited.
    Tangent(Tangent),
    /// The case breaks a limit, a prerequisite or an exclusion.
    Impossible,
}

/// Where the loss is replaced by its tangent plane. It is convex, so the plane lies below it.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tangent {
    /// Two hexadecimal digits for each action and year of start: 00 not taken, ff taken.
    pub point: String,
    /// Prices of what is limited, for each year: money, then hours, then roles by name.
    pub prices: Vec<f64>,
    /// Prices of prerequisites for each year, then of exclusions, in the order of the file; none are 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<f64>,
}

impl Plan {
    /// How far the plan may be from the best one, as a share of what it leaves of the objective.
    pub fn gap(&self) -> f64 {
        if self.after.high > 0.0 { ((self.after.high - self.bound) / self.after.high).max(0.0) } else { 0.0 }
    }

    /// Whether an action is chosen, and in which year (from 1) it starts.
    pub fn start_of(&self, action: &str) -> Option<usize> {
        self.chosen.iter().find(|start| start.action == action).map(|start| start.year)
    }
}

/// Plans for one budget.
///
/// # Errors
/// When a field of the file means nothing, the limits cannot be kept, or the objective is not covered by a proof.
pub fn plan(file: &RiskFile, limits: &Limits) -> Result<Plan, RiskError> {
    Desk::new(file, limits)?.plan(limits)
}

/// A file worked out for planning.
struct Desk<'a> {
    file: &'a RiskFile,
    losses: Vec<f64>,
    aim: Aim,
}

impl<'a> Desk<'a> {
    fn new(file: &'a RiskFile, limits: &Limits) -> Result<Self, RiskError> {
        limits.check()?;
        let exposures = exposures(file)?;
        let losses = exposures.iter().map(Exposure::mean).collect();
        Ok(Self { file, losses, aim: Aim::new(limits, &exposures)? })
    }

    fn solve(&self, limits: &Limits, warm: Warm<'_>) -> Result<(Problem, Found), RiskError> {
        let problem = Problem::new(self.file, &self.losses, limits)?;
        let found = search::solve(&problem, &self.aim, limits, warm)?;
        Ok((problem, found))
    }

    fn plan(&self, limits: &Limits) -> Result<Plan, RiskError> {
        let (problem, found) = self.solve(limits, Warm::default())?;
        self.told(limits, &problem, &found)
    }

    fn told(&self, limits: &Limits, problem: &Problem, found: &Found) -> Result<Plan, RiskError> {
        let chosen = self.file.actions.iter().zip(&found.starts);
        let chosen: Vec<Start> = chosen
            .filter_map(|(action, year)| Some(Start { action: action.id.clone(), year: (*year)? + 1 }))
            .collect();
        let total = |of: &dyn Fn(&Action) -> f64| -> f64 {
            let chosen = self.file.actions.iter().zip(&found.starts).filter(|(_, start)| start.is_some());
            chosen.map(|(action, _)| of(action)).sum()
        };
        let after = years::objective(self.file, limits, &chosen)?;
        Ok(Plan {
            limits: limits.clone(),
            cost: total(&|action| action.cost),
            hours: total(&|action| action.hours.total()),
            ale_before: problem.worth.iter().sum(),
            ale_after: problem.loss(&problem.worth, &found.starts),
            before: years::objective(self.file, limits, &[])?,
            bound: found.bound.min(after.high),
            cutoff: found.cutoff,
            after,
            chosen,
            proof: found.proof(),
        })
    }
}

/// A file's scenarios, checked, controls applied.
pub(crate) fn exposures(file: &RiskFile) -> Result<Vec<Exposure>, RiskError> {
    file.settings().check()?;
    let scenarios = controlled(&file.scenarios, &file.controls)?;
    Exposure::all(&scenarios, &file.currency)
}

/// Expected yearly loss of each scenario, controls applied.
pub(crate) fn expected(file: &RiskFile) -> Result<Vec<f64>, RiskError> {
    Ok(exposures(file)?.iter().map(Exposure::mean).collect())
}
