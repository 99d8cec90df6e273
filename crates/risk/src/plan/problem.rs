//! Actions, scenarios and limits as numbers.

use super::action::Action;
use super::case::{Duty, Window};
use super::limits::Limits;
use crate::error::{Place, RiskError};
use crate::file::RiskFile;
use std::collections::{BTreeMap, BTreeSet};

/// Most actions in a plan, each year counted.
const MOST_OPTIONS: usize = 20_000;

/// Longest lead time, in months.
const LONGEST_LEAD: u32 = 600;

/// Actions and scenarios as numbers. An *option* is an action with the year of its start; the one of action `a` and
/// year `t` has the number `a · years + t`. A *cell* is a scenario in a stretch of a year over which no action begins
/// to work.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) years: usize,
    pub(crate) cells: Vec<Cell>,
    /// Expected loss of each cell if nothing is done.
    pub(crate) worth: Vec<f64>,
    /// For each option, the cells it bears on.
    pub(crate) effects: Vec<Vec<Effect>>,
    /// For each option, what it bears on and the same action started a year later does not.
    pub(crate) ahead: Vec<Vec<Effect>>,
    /// Resources: money, then hours if they are limited, then each role that is.
    pub(crate) kinds: usize,
    /// What each action takes of each resource.
    pub(crate) amounts: Vec<Vec<f64>>,
    /// What there is of resource `k` in year `t`, at `k · years + t`.
    pub(crate) limits: Vec<f64>,
    /// Years in which each action may start.
    pub(crate) windows: Vec<Window>,
    /// Pairs of actions: the first needs the second.
    pub(crate) needs: Vec<(usize, usize)>,
    /// Pairs that cannot be done together.
    pub(crate) apart: Vec<(usize, usize)>,
}

/// A scenario in a stretch of a year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub(crate) scenario: usize,
    pub(crate) year: usize,
    /// Share of the year, times what a loss in that year counts.
    pub(crate) weight: f64,
    /// Share of the year.
    pub(crate) part: f64,
}

/// What an option does to a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effect {
    pub(crate) cell: usize,
    /// −ln(1 − share).
    pub(crate) power: f64,
    /// The share.
    pub(crate) cut: f64,
}

impl Problem {
    /// `losses` are the expected losses of the scenarios in a year.
    pub(crate) fn new(file: &RiskFile, losses: &[f64], limits: &Limits) -> Result<Self, RiskError> {
        limits.check()?;
        let years = limits.years();
        if file.actions.is_empty() || file.actions.len() * years > MOST_OPTIONS {
            return Place::new("action").refuse(
                format!("{} of them over {years} years", file.actions.len()),
                format!("add `[[action]]` tables: 1 to {}", MOST_OPTIONS / years),
            );
        }
        let names = Names::of(file)?;
        let begins = stretches(file);
        let mut cells = Vec::new();
        for scenario in 0..losses.len() {
            for year in 0..years {
                for (at, begin) in begins.iter().enumerate() {
                    let end = begins.get(at + 1).copied().unwrap_or(12);
                    let part = f64::from(end - begin) / 12.0;
                    cells.push(Cell { scenario, year, part, weight: part * limits.discounted(year) });
                }
            }
        }
        let mut problem = Self {
            years,
            worth: cells.iter().map(|cell| cell.weight * losses[cell.scenario]).collect(),
            cells,
            effects: Vec::new(),
            ahead: Vec::new(),
            kinds: 1 + usize::from(limits.hours.is_some()) + limits.roles.len(),
            amounts: Vec::new(),
            limits: Vec::new(),
            windows: Vec::new(),
            needs: Vec::new(),
            apart: Vec::new(),
        };
        problem.limits.extend(&limits.budget);
        for limit in limits.hours.iter().chain(limits.roles.values()) {
            problem.limits.extend(vec![*limit; years]);
        }
        for (at, action) in file.actions.iter().enumerate() {
            problem.add(at, action, limits, &names, &begins)?;
        }
        Ok(problem)
    }

    fn add(
        &mut self,
        at: usize,
        action: &Action,
        limits: &Limits,
        names: &Names<'_>,
        begins: &[u32],
    ) -> Result<(), RiskError> {
        let place = Place::new(format!("action `{}`", action.id));
        self.amounts.push(amounts(action, limits, &place)?);
        self.windows.push(window(action, self.years, &place)?);
        let find = |id: &str, field: &str| match names.actions.get(id) {
            Some(other) if *other != at => Ok(*other),
            _ => place.field(field).refuse(format!("`{id}` is no other action"), "mend the name"),
        };
        for id in &action.needs {
            self.needs.push((at, find(id, "needs")?));
        }
        for id in &action.excludes {
            self.apart.push((at, find(id, "excludes")?));
        }
        let mut powers = BTreeMap::new();
        for effect in &action.prevents {
            let place = place.field("prevents");
            let Some(scenario) = names.scenarios.get(effect.scenario.as_str()) else {
                return place
                    .field("scenario")
                    .refuse(format!("`{}` is no scenario", effect.scenario), "mend the name");
            };
            if !(0.0..=0.999).contains(&effect.share) {
                return place
                    .field("share")
                    .refuse(format!("{} is out of range", effect.share), "give 0 to 0.999");
            }
            *powers.entry(*scenario).or_insert(0.0) -= libm::log1p(-effect.share);
        }
        // Cells of a scenario stand together, in order of time.
        let each = self.years * begins.len();
        let passed = |year: usize| {
            let works = 12 * year as u32 + action.lead_months;
            (0..each).filter(|at| 12 * (at / begins.len()) as u32 + begins[at % begins.len()] < works).count()
        };
        let on = |from: usize, to: usize| -> Vec<Effect> {
            let cells = powers.iter().flat_map(|(scenario, power)| {
                let effect = Effect { cell: 0, power: *power, cut: -libm::expm1(-power) };
                (from..to.max(from)).map(move |at| Effect { cell: scenario * each + at, ..effect })
            });
            cells.collect()
        };
        for year in 0..self.years {
            self.effects.push(on(passed(year), each));
            self.ahead.push(on(passed(year), passed(year + 1)));
        }
        Ok(())
    }

    /// Number of actions.
    pub(crate) fn count(&self) -> usize {
        self.amounts.len()
    }

    pub(crate) fn option(&self, action: usize, year: usize) -> usize {
        action * self.years + year
    }

    /// What is left of `worth` when options are taken, in part perhaps.
    pub(crate) fn left(&self, worth: &[f64], shares: &[f64]) -> Vec<f64> {
        worth.iter().zip(self.powers(shares)).map(|(worth, power)| worth * libm::exp(-power)).collect()
    }

    /// −ln of what options, taken in part perhaps, leave of each cell.
    pub(crate) fn powers(&self, shares: &[f64]) -> Vec<f64> {
        let mut powers = vec![0.0; self.cells.len()];
        for (effects, share) in self.effects.iter().zip(shares).filter(|(_, share)| **share != 0.0) {
            for effect in effects {
                powers[effect.cell] += share * effect.power;
            }
        }
        powers
    }

    /// Shares of options when actions start in these years.
    pub(crate) fn shares(&self, starts: &[Option<usize>]) -> Vec<f64> {
        let mut shares = vec![0.0; self.effects.len()];
        for (action, start) in starts.iter().enumerate() {
            if let Some(year) = start {
                shares[self.option(action, *year)] = 1.0;
            }
        }
        shares
    }

    /// What is left of `worth` when actions start in these years.
    pub(crate) fn loss(&self, worth: &[f64], starts: &[Option<usize>]) -> f64 {
        self.left(worth, &self.shares(starts)).iter().sum()
    }

    /// Whether a sum keeps a limit; sums of many amounts may be off in the last digits.
    pub(crate) fn keeps(spent: f64, limit: f64) -> bool {
        spent <= limit * (1.0 + 1e-12)
    }

    /// Whether actions may start so.
    pub(crate) fn allows(&self, starts: &[Option<usize>]) -> bool {
        let windows = self.windows.iter().zip(starts).all(|(window, start)| match start {
            Some(year) => window.holds(*year),
            None => !window.must(),
        });
        let needs = self.needs.iter().all(|(one, other)| match (starts[*one], starts[*other]) {
            (Some(one), Some(other)) => other <= one,
            (start, _) => start.is_none(),
        });
        let apart = self.apart.iter().all(|(one, other)| starts[*one].is_none() || starts[*other].is_none());
        windows
            && needs
            && apart
            && self.spent(starts).iter().zip(&self.limits).all(|(s, l)| Self::keeps(*s, *l))
    }

    /// What actions take of each resource in each year.
    pub(crate) fn spent(&self, starts: &[Option<usize>]) -> Vec<f64> {
        let mut spent = vec![0.0; self.limits.len()];
        for (amounts, start) in self.amounts.iter().zip(starts) {
            if let Some(year) = start {
                for (kind, amount) in amounts.iter().enumerate() {
                    spent[kind * self.years + year] += amount;
                }
            }
        }
        spent
    }
}

/// Where ids stand.
struct Names<'a> {
    actions: BTreeMap<&'a str, usize>,
    scenarios: BTreeMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn of(file: &'a RiskFile) -> Result<Self, RiskError> {
        let mut actions = BTreeMap::new();
        for (at, action) in file.actions.iter().enumerate() {
            if action.id.trim().is_empty() || actions.insert(action.id.as_str(), at).is_some() {
                return Place::new(format!("action {}: id", at + 1)).refuse(
                    format!("`{}` is empty or there twice", action.id),
                    "give each action its own name",
                );
            }
        }
        let scenarios = file.scenarios.iter().enumerate().map(|(at, s)| (s.id.as_str(), at)).collect();
        Ok(Self { actions, scenarios })
    }
}

/// Months of a year at which an action may begin to work, the first of them 0.
fn stretches(file: &RiskFile) -> Vec<u32> {
    let begins: BTreeSet<u32> =
        file.actions.iter().map(|action| action.lead_months % 12).chain([0]).collect();
    begins.into_iter().collect()
}

fn amounts(action: &Action, limits: &Limits, place: &Place) -> Result<Vec<f64>, RiskError> {
    let hours = place.field("hours");
    if let super::Hours::ByRole(roles) = &action.hours {
        for (role, amount) in roles {
            hours.field(role).amount(*amount)?;
        }
    }
    let total = hours.amount(action.hours.total())?;
    let mut amounts = vec![place.field("cost").amount(action.cost)?];
    amounts.extend(limits.hours.map(|_| total));
    amounts.extend(limits.roles.keys().map(|role| action.hours.of_role(role)));
    Ok(amounts)
}

/// Years in which an action may start.
fn window(action: &Action, years: usize, place: &Place) -> Result<Window, RiskError> {
    if action.lead_months > LONGEST_LEAD {
        return place
            .field("lead_months")
            .refuse(format!("{} months", action.lead_months), format!("give 0 to {LONGEST_LEAD}"));
    }
    for (field, year) in [("earliest", action.earliest), ("latest", action.latest)] {
        if year == Some(0) {
            return place.field(field).refuse("0 is no year of a plan", "count years from 1");
        }
    }
    let first = action.earliest.map_or(0, |year| year as usize - 1);
    let last = action.latest.map_or(years, |year| (year as usize).min(years));
    if action.latest.is_some_and(|latest| (latest as usize) <= first) {
        return place.field("latest").refuse("lies before `earliest`", "give years in order");
    }
    // An obligation that is due after the years planned may wait; one that is due within them may not.
    let due =
        action.obligation && (action.latest.is_none() || action.latest.is_some_and(|l| l as usize <= years));
    if due && first >= years {
        return place.field("earliest").refuse(
            "lies beyond the years planned",
            "plan more years, or free the action of its obligation",
        );
    }
    Ok(Window { first: first.min(years), end: last, duty: if due { Duty::Must } else { Duty::May } })
}
