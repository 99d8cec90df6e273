//! What a plan lessens, as the search needs it: the value of a set, and a sum of convex terms that never lies above it.

use super::case::Window;
use super::limits::{Limits, Objective};
use super::problem::Problem;
use super::start::Starts;
use super::tail::{Slopes, Tail};
use crate::error::RiskError;
use crate::exposure::Exposure;
use std::borrow::Cow;

/// The objective of a search.
#[derive(Clone, Debug)]
pub(crate) enum Aim {
    /// Expected loss.
    Expected,
    /// Mean of the worst years.
    Tail(Box<Tail>),
}

impl Aim {
    pub(crate) fn new(limits: &Limits, exposures: &[Exposure]) -> Result<Self, RiskError> {
        Ok(match limits.objective {
            Objective::Ale => Self::Expected,
            Objective::Tvar(level) => Self::Tail(Box::new(Tail::new(exposures, level)?)),
        })
    }

    /// What each cell is worth such that what is left of it, summed, is never above the value of any set of a case.
    pub(crate) fn worth<'a>(&self, problem: &'a Problem, case: &[Window]) -> Cow<'a, [f64]> {
        // No set of the case leaves more of any scenario than what has to be done, as late as it can be.
        let latest: Starts =
            case.iter().map(|window| (window.must() && !window.is_out()).then(|| window.end - 1)).collect();
        self.worth_at(problem, &latest)
    }

    /// The same for sets that leave no more of any scenario than this one.
    pub(crate) fn worth_at<'a>(&self, problem: &'a Problem, starts: &Starts) -> Cow<'a, [f64]> {
        let Self::Tail(tail) = self else { return Cow::Borrowed(&problem.worth) };
        let slopes: Vec<Slopes> = kept(problem, starts).iter().map(|kept| tail.slopes(kept)).collect();
        let worth = problem.cells.iter().map(|cell| cell.weight * slopes[cell.year].each[cell.scenario]);
        Cow::Owned(worth.collect())
    }

    /// What a set leaves; for the mean of the worst years a little less than that.
    pub(crate) fn value(&self, problem: &Problem, starts: &Starts) -> f64 {
        problem.loss(&self.worth_at(problem, starts), starts)
    }
}

/// For each year, the share of each scenario's loss events that a set leaves.
pub(crate) fn kept(problem: &Problem, starts: &Starts) -> Vec<Vec<f64>> {
    let parts: Vec<f64> = problem.cells.iter().map(|cell| cell.part).collect();
    let scenarios = problem.cells.last().map_or(0, |cell| cell.scenario + 1);
    let mut years = vec![vec![0.0; scenarios]; problem.years];
    for (cell, left) in problem.cells.iter().zip(problem.left(&parts, &problem.shares(starts))) {
        years[cell.year][cell.scenario] += left;
    }
    years
}
