//! Alternatives side by side: what each takes, leaves and returns, and which limits it breaks.

use super::problem::Problem;
use super::years::{scenarios, years};
use super::{Limits, PlanYear, Start, gordon_loeb_limit, return_on_investment};
use crate::baseline::Baseline;
use crate::error::{Place, RiskError};
use crate::file::RiskFile;
use crate::report::Figures;
use crate::settings::Settings;
use schemars::JsonSchema;
use serde::Serialize;

/// Lattice points of the figures.
const POINTS: usize = 1 << 16;

/// A set of actions under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// What to call it.
    pub name: String,
    /// What is done.
    pub chosen: Vec<Start>,
}

/// An alternative in figures.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Compared {
    /// What it is called.
    pub name: String,
    /// What is done.
    pub chosen: Vec<Start>,
    /// What it costs over all years.
    pub cost: f64,
    /// Year by year.
    pub years: Vec<PlanYear>,
    /// Expected loss of all years without it, discounted.
    pub ale_before: f64,
    /// Expected loss of all years with it, discounted.
    pub ale_after: f64,
    /// A year's loss once everything works.
    pub then: Figures,
    /// (Loss prevented − cost) / cost, losses discounted; not there when nothing is spent.
    pub return_on_investment: Option<f64>,
    /// 1/e of the expected loss of all years: Gordon and Loeb's limit. A sanity line, no advice.
    pub gordon_loeb_limit: f64,
    /// Limits, prerequisites, exclusions and obligations that it breaks.
    pub breaks: Vec<String>,
}

/// Compares sets of actions under the same years, discount and limits.
///
/// # Errors
/// When a field of the file means nothing, or an alternative names what is not there.
pub fn compare(
    file: &RiskFile,
    alternatives: &[Alternative],
    limits: &Limits,
) -> Result<Vec<Compared>, RiskError> {
    // Checks every field of actions, whether chosen or not.
    Problem::new(file, &super::expected(file)?, limits)?;
    alternatives.iter().map(|alternative| one(file, alternative, limits)).collect()
}

fn one(file: &RiskFile, alternative: &Alternative, limits: &Limits) -> Result<Compared, RiskError> {
    let place = Place::new(format!("alternative `{}`", alternative.name));
    for (at, start) in alternative.chosen.iter().enumerate() {
        if !file.actions.iter().any(|action| action.id == start.action) {
            return place.refuse(format!("`{}` is no action", start.action), "name actions of the file");
        }
        if alternative.chosen[..at].iter().any(|other| other.action == start.action) {
            return place.refuse(format!("`{}` is there twice", start.action), "name each action once");
        }
        if start.year == 0 || start.year > limits.years() {
            return place.refuse(
                format!("`{}` starts in year {}", start.action, start.year),
                format!("give a year from 1 to {}", limits.years()),
            );
        }
    }
    let discounted = |years: &[PlanYear]| -> f64 {
        years.iter().map(|year| year.ale * limits.discounted(year.year - 1)).sum()
    };
    let before = discounted(&years(file, &[], limits.years())?);
    let years = years(file, &alternative.chosen, limits.years())?;
    let (cost, after) = (years.iter().map(|year| year.cost).sum(), discounted(&years));
    let settings = Settings { points: POINTS, ..file.settings() };
    Ok(Compared {
        name: alternative.name.clone(),
        chosen: alternative.chosen.clone(),
        cost,
        ale_before: before,
        ale_after: after,
        then: Baseline::new(&scenarios(file, &alternative.chosen)?, &settings)?.figures().clone(),
        return_on_investment: return_on_investment(before, after, cost),
        gordon_loeb_limit: gordon_loeb_limit(before),
        breaks: breaks(file, &alternative.chosen, &years, limits),
        years,
    })
}

/// What an alternative does not keep to, in sentences.
fn breaks(file: &RiskFile, chosen: &[Start], years: &[PlanYear], limits: &Limits) -> Vec<String> {
    let mut broken = Vec::new();
    let year_of = |id: &str| chosen.iter().find(|start| start.action == id).map(|start| start.year);
    for year in years {
        let mut over = |what: &str, spent: f64, limit: f64| {
            if !Problem::keeps(spent, limit) {
                broken.push(format!("year {}: {what} {spent} of {limit}", year.year));
            }
        };
        over("money", year.cost, limits.budget[year.year - 1]);
        limits.hours.into_iter().for_each(|limit| over("hours", year.hours, limit));
        for (role, limit) in &limits.roles {
            over(&format!("hours of {role}"), year.roles.get(role).copied().unwrap_or(0.0), *limit);
        }
    }
    for action in &file.actions {
        let Some(year) = year_of(&action.id) else {
            let due = action.latest.is_none_or(|latest| latest as usize <= limits.years());
            if action.obligation && due {
                broken.push(format!("`{}` has to be done", action.id));
            }
            continue;
        };
        for other in &action.needs {
            if year_of(other).is_none_or(|other| other > year) {
                broken.push(format!("`{}` needs `{other}` in its year or before", action.id));
            }
        }
        for other in action.excludes.iter().filter(|other| year_of(other).is_some()) {
            broken.push(format!("`{}` cannot be done beside `{other}`", action.id));
        }
        let early = action.earliest.is_some_and(|first| year < first as usize);
        if early || action.latest.is_some_and(|last| year > last as usize) {
            broken.push(format!("`{}` cannot start in year {year}", action.id));
        }
    }
    broken
}
