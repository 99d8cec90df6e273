//! A plan year by year: what it takes and what it leaves.

use super::{Hours, Limits, Objective, Plan, Start, exposures};
use crate::bracket::Bracket;
use crate::control::controlled;
use crate::error::{Place, RiskError};
use crate::exposure::{Exposure, share};
use crate::file::RiskFile;
use crate::frequency::Susceptibility;
use crate::scenario::Scenario;
use crate::simulate::distribution;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Lattice points for the means of worst years that a plan states.
const POINTS: usize = 1 << 18;

/// A year of a plan.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct PlanYear {
    /// Counted from 1.
    pub year: usize,
    /// What actions that start in it cost.
    pub cost: f64,
    /// Person-hours that they take.
    pub hours: f64,
    /// Person-hours by role, of those that say it.
    pub roles: BTreeMap<String, f64>,
    /// Expected loss of the year, not discounted.
    pub ale: f64,
}

/// Share of each scenario's loss events that chosen actions leave in a year, from 0.
pub(super) fn kept(file: &RiskFile, chosen: &[Start], year: usize) -> Vec<f64> {
    let places: BTreeMap<&str, usize> =
        file.scenarios.iter().enumerate().map(|(at, scenario)| (scenario.id.as_str(), at)).collect();
    // For each scenario: from which month on, and what is left.
    let mut effects: Vec<Vec<(usize, f64)>> = vec![Vec::new(); file.scenarios.len()];
    let years: BTreeMap<&str, usize> =
        chosen.iter().map(|start| (start.action.as_str(), start.year)).collect();
    for action in &file.actions {
        let Some(start) = years.get(action.id.as_str()) else { continue };
        let from = 12 * (start - 1) + action.lead_months as usize;
        for effect in &action.prevents {
            if let Some(at) = places.get(effect.scenario.as_str()) {
                effects[*at].push((from, 1.0 - effect.share));
            }
        }
    }
    let left = |effects: &Vec<(usize, f64)>| -> f64 {
        let month = |month: usize| -> f64 {
            effects.iter().filter(|(from, _)| *from <= month).map(|(_, left)| left).product()
        };
        (12 * year..12 * (year + 1)).map(month).sum::<f64>() / 12.0
    };
    effects.iter().map(left).collect()
}

/// What chosen actions leave of the objective.
pub(super) fn objective(file: &RiskFile, limits: &Limits, chosen: &[Start]) -> Result<Bracket, RiskError> {
    let exposures = exposures(file)?;
    let mut sum = Bracket::exact(0.0);
    // Years in which the same is left have the same worst years.
    let mut known: Vec<(Vec<f64>, Bracket)> = Vec::new();
    for year in 0..limits.years() {
        let kept = kept(file, chosen, year);
        let found = match known.iter().find(|(before, _)| *before == kept) {
            Some((_, found)) => *found,
            None => of_year(&exposures, &kept, limits.objective)?,
        };
        let weight = limits.discounted(year);
        sum = Bracket::new(
            sum.low + weight * found.low,
            sum.estimate + weight * found.estimate,
            sum.high + weight * found.high,
        );
        known.push((kept, found));
    }
    Ok(sum)
}

fn of_year(exposures: &[Exposure], kept: &[f64], objective: Objective) -> Result<Bracket, RiskError> {
    let Objective::Tvar(level) = objective else {
        return Ok(Bracket::exact(exposures.iter().zip(kept).map(|(e, kept)| e.mean() * kept).sum()));
    };
    let there: Vec<Exposure> = exposures.iter().zip(kept).map(|(e, kept)| e.thinned(*kept)).collect();
    let found = distribution(&there.iter().collect::<Vec<_>>(), POINTS);
    let what = format!("the mean of the years beyond {level}");
    found.tail_mean(level).ok_or(RiskError::TooCoarse { what, points: found.points() })
}

impl Plan {
    /// Each year of the plan.
    ///
    /// # Errors
    /// When a field of the file means nothing.
    pub fn years(&self, file: &RiskFile) -> Result<Vec<PlanYear>, RiskError> {
        years(file, &self.chosen, self.limits.years())
    }

    /// The file's scenarios as they are once the chosen actions work, controls applied.
    ///
    /// # Errors
    /// When a field of the file means nothing.
    pub fn scenarios(&self, file: &RiskFile) -> Result<Vec<Scenario>, RiskError> {
        scenarios(file, &self.chosen)
    }
}

pub(super) fn years(file: &RiskFile, chosen: &[Start], count: usize) -> Result<Vec<PlanYear>, RiskError> {
    let losses: Vec<f64> = super::expected(file)?;
    let year = |year: usize| {
        let mut found = PlanYear { year: year + 1, cost: 0.0, hours: 0.0, roles: BTreeMap::new(), ale: 0.0 };
        for start in chosen.iter().filter(|start| start.year == year + 1) {
            for action in file.actions.iter().filter(|action| action.id == start.action) {
                found.cost += action.cost;
                found.hours += action.hours.total();
                if let Hours::ByRole(roles) = &action.hours {
                    for (role, hours) in roles {
                        *found.roles.entry(role.clone()).or_insert(0.0) += hours;
                    }
                }
            }
        }
        found.ale = losses.iter().zip(kept(file, chosen, year)).map(|(loss, kept)| loss * kept).sum();
        found
    };
    Ok((0..count).map(year).collect())
}

/// Scenarios once chosen actions work, controls applied.
pub(super) fn scenarios(file: &RiskFile, chosen: &[Start]) -> Result<Vec<Scenario>, RiskError> {
    let mut scenarios = controlled(&file.scenarios, &file.controls)?.into_owned();
    for scenario in &mut scenarios {
        let actions =
            file.actions.iter().filter(|action| chosen.iter().any(|start| start.action == action.id));
        let effects = actions.flat_map(|action| &action.prevents).filter(|p| p.scenario == scenario.id);
        let kept: f64 = effects.map(|effect| 1.0 - effect.share).product();
        let place = Place::new(format!("scenario `{}`", scenario.id)).field("susceptibility");
        let before = scenario.susceptibility.as_ref().map_or(Ok(1.0), |chance| share(chance, &place))?;
        scenario.susceptibility = Some(Susceptibility::Probability(before * kept));
    }
    Ok(scenarios)
}
