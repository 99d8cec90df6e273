//! What a plan lessens, as the search needs it: the value of a set, and a sum of convex terms that never lies above it.

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

    /// What each cell is worth such that what is left of it, summed, is never above the value of any set that leaves
    /// no more of any scenario than this one does.
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

/// Borders of worst years to split cases at, for each year of a plan: close where those of a good set lie.
pub(crate) fn borders(problem: &Problem, tail: &Tail, starts: &Starts, gap: f64) -> Vec<Vec<f64>> {
    let of_year = |kept: Vec<f64>| -> Vec<f64> {
        let slopes = tail.slopes(&kept);
        let value: f64 = slopes.each.iter().zip(&kept).map(|(a, kept)| a * kept).sum();
        // What a stretch of this width costs the bound is about a sixth of the gap that is wanted.
        let width = libm::sqrt(gap / 3.0 * (value - slopes.border).max(0.05 * value) * value);
        let mut found = Vec::new();
        let (mut reach, mut step) = (0.5 * width, width);
        while reach < value && width > 0.0 {
            found.extend([slopes.border - reach, slopes.border + reach]);
            (reach, step) = (reach + step, 1.5 * step);
        }
        // In one year of several a better set may leave more.
        found.extend((1..=problem.years).map(|times| times as f64 * value));
        found.retain(|border| *border > 1e-6 * value);
        found.sort_by(f64::total_cmp);
        found.dedup();
        found
    };
    kept(problem, starts).into_iter().map(of_year).collect()
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
