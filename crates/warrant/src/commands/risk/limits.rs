//! Limits of plans from the command line, over those of the file.

use super::read;
use anyhow::{Context, anyhow, bail};
use clap::Args;
use std::path::Path;
use warrant_risk::{Alternative, Limits, Objective, Plan, RiskFile, Start};

#[derive(Debug, Args)]
pub(super) struct LimitArgs {
    /// Money that can be spent, in the file's currency: for every year, or for each with commas between
    #[arg(long, value_name = "N[,N]", value_delimiter = ',')]
    budget: Vec<f64>,
    /// Years to plan
    #[arg(long, value_name = "N")]
    years: Option<usize>,
    /// Person-hours that can be spent in a year, of everybody (900) or of a role (engineer=400); may be repeated
    #[arg(long, value_name = "[ROLE=]N", value_parser = hours)]
    hours: Vec<(Option<String>, f64)>,
    /// What is to be as small as can be: `ale`, the expected loss, or `tvar:0.95`, the mean of the years beyond
    #[arg(long, value_name = "WHAT", value_parser = objective)]
    objective: Option<Objective>,
    /// Share by which a loss counts less a year later
    #[arg(long, value_name = "SHARE")]
    discount: Option<f64>,
    /// End the search after so many cases, with the gap that is then proved
    #[arg(long, value_name = "N")]
    cases: Option<usize>,
}

/// More than any budget.
const UNLIMITED: f64 = 1e16;

impl LimitArgs {
    /// The file's limits with what was said here in their place.
    pub(super) fn over(&self, file: &RiskFile) -> anyhow::Result<Limits> {
        let limits = self.planning(file).limits()?;
        Ok(Limits { cases: self.cases.unwrap_or(limits.cases), ..limits })
    }

    /// The same, where it does not matter how much money there is.
    pub(super) fn over_or_unlimited(&self, file: &RiskFile) -> anyhow::Result<Limits> {
        let mut planning = self.planning(file);
        if planning.budget.is_empty() {
            planning.budget = vec![UNLIMITED];
            planning.years = Some(planning.years.unwrap_or(1));
        }
        Ok(planning.limits()?)
    }

    fn planning(&self, file: &RiskFile) -> warrant_risk::Planning {
        let mut planning = file.planning.clone().unwrap_or_default();
        if !self.budget.is_empty() {
            planning.budget.clone_from(&self.budget);
        }
        for (role, hours) in &self.hours {
            match role {
                Some(role) => drop(planning.roles.insert(role.clone(), *hours)),
                None => planning.hours = Some(*hours),
            }
        }
        planning.years = self.years.or(planning.years);
        planning.objective = self.objective.or(planning.objective);
        planning.discount = self.discount.or(planning.discount);
        planning
    }
}

fn hours(text: &str) -> anyhow::Result<(Option<String>, f64)> {
    let (role, number) = match text.rsplit_once('=') {
        Some((role, number)) => (Some(role.trim().to_owned()), number),
        None => (None, text),
    };
    let hours = number.trim().parse().map_err(|_| anyhow!("`{number}` is no number of hours"))?;
    Ok((role, hours))
}

pub(super) fn objective(text: &str) -> anyhow::Result<Objective> {
    match text.split_once(':') {
        None if text == "ale" => Ok(Objective::Ale),
        None if text == "tvar" => Ok(Objective::Tvar(0.95)),
        Some(("tvar", level)) => {
            let level = level.parse().map_err(|_| anyhow!("`{level}` is no level, such as 0.95"))?;
            Ok(Objective::Tvar(level))
        }
        _ => bail!("`{text}` is none of `ale`, `tvar:0.95`"),
    }
}

/// An alternative: a plan's file, or ids of actions with commas between, `@` and a year after some.
pub(super) fn alternative(text: &str, file: &RiskFile) -> anyhow::Result<Alternative> {
    if Path::new(text).extension().is_some_and(|end| end == "json") {
        let name = Path::new(text).file_stem().map_or(text.into(), |name| name.to_string_lossy());
        return Ok(Alternative { name: name.into_owned(), chosen: plan(Path::new(text))?.chosen });
    }
    let (name, list) = text.split_once('=').unwrap_or((text, text));
    Ok(Alternative { name: name.to_owned(), chosen: starts(list, file)? })
}

fn starts(list: &str, file: &RiskFile) -> anyhow::Result<Vec<Start>> {
    let named = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    let found = named.map(|entry| {
        let (action, year) = match entry.rsplit_once('@') {
            // An id may hold an `@` itself.
            Some((action, year)) if !file.actions.iter().any(|other| other.id == entry) => {
                (action, year.parse().map_err(|_| anyhow!("`{entry}`: `{year}` is no year, such as 2"))?)
            }
            _ => (entry, 1),
        };
        Ok(Start { action: action.to_owned(), year })
    });
    found.collect()
}

/// A plan as `warrant risk plan --json` wrote it.
pub(super) fn plan(path: &Path) -> anyhow::Result<Plan> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no plan", path.display()))
}

/// A file and what it is planned within.
pub(super) fn with_limits(path: &Path, args: &LimitArgs, gap: f64) -> anyhow::Result<(RiskFile, Limits)> {
    let file = read(path)?;
    let limits = args.over(&file).with_context(|| path.display().to_string())?;
    Ok((file, Limits { gap, ..limits }))
}

#[cfg(test)]
mod tests {
    use super::{hours, objective};
    use warrant_risk::Objective;

    #[test]
    fn limits_are_read_as_people_write_them() {
        assert_eq!(hours("900").unwrap(), (None, 900.0));
        assert_eq!(hours("security engineer=40").unwrap(), (Some("security engineer".into()), 40.0));
        assert!(hours("x=many").is_err());
        assert_eq!(objective("tvar:0.99").unwrap(), Objective::Tvar(0.99));
        assert!(objective("var").is_err() && objective("tvar:x").is_err());
    }
}
