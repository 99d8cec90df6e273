//! Actions as people write them, and as numbers.

use crate::error::{Place, RiskError};
use crate::file::RiskFile;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most actions in a plan.
const MOST_ACTIONS: usize = 5_000;

/// Something that could be done.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Short name, unique in the file.
    pub id: String,
    /// What is done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it costs, in the file's currency.
    pub cost: f64,
    /// Least and largest cost, when it is not certain; `cost` is then the most likely one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_range: Option<Range>,
    /// Person-hours it takes.
    #[serde(default)]
    pub hours: f64,
    /// It has to be done, whatever it is worth.
    #[serde(default)]
    pub obligation: bool,
    /// Actions without which it cannot be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// Actions that cannot be done beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<String>,
    /// What it does to scenarios; effects of several actions on one scenario multiply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prevents: Vec<Prevents>,
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

/// What a plan must keep to.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Money that can be spent.
    pub budget: f64,
    /// Person-hours that can be spent; no limit when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// The search ends when the plan is proved to be within this share of the best.
    pub gap: f64,
    /// It also ends after so many cases, with the gap that is then proved.
    pub cases: usize,
}

impl Limits {
    /// A budget, no limit of hours, one per cent from the best.
    pub const fn of(budget: f64) -> Self {
        Self { budget, hours: None, gap: 0.01, cases: 100_000 }
    }
}

/// Actions and scenarios as numbers.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    /// Expected loss of each scenario.
    pub(crate) losses: Vec<f64>,
    pub(crate) cost: Vec<f64>,
    pub(crate) hours: Vec<f64>,
    pub(crate) budget: f64,
    /// Infinite when hours are not limited.
    pub(crate) hours_limit: f64,
    /// For each action: scenarios and −ln(1 − share).
    pub(crate) effects: Vec<Vec<(usize, f64)>>,
    pub(crate) obligation: Vec<bool>,
    /// For each action: those it needs, those that need it, those it excludes (both ways).
    pub(crate) needs: Vec<Vec<usize>>,
    pub(crate) needed_by: Vec<Vec<usize>>,
    pub(crate) excludes: Vec<Vec<usize>>,
    /// Prerequisites, then exclusions, in the order of the file.
    pub(crate) ties: Vec<Tie>,
}

impl Problem {
    pub(crate) fn new(file: &RiskFile, losses: &[f64], limits: &Limits) -> Result<Self, RiskError> {
        let place = Place::new("limits");
        place.field("budget").amount(limits.budget)?;
        place.field("hours").amount(limits.hours.unwrap_or(0.0))?;
        if !(1e-6..=1.0).contains(&limits.gap) {
            return place
                .field("gap")
                .refuse(format!("{} is out of range", limits.gap), "give 0.000001 to 1");
        }
        if file.actions.is_empty() || file.actions.len() > MOST_ACTIONS {
            return Place::new("action").refuse(
                format!("{} of them", file.actions.len()),
                format!("add `[[action]]` tables: 1 to {MOST_ACTIONS}"),
            );
        }
        let mut actions = BTreeMap::new();
        for (at, action) in file.actions.iter().enumerate() {
            if action.id.trim().is_empty() || actions.insert(action.id.as_str(), at).is_some() {
                return Place::new(format!("action {}: id", at + 1)).refuse(
                    format!("`{}` is empty or there twice", action.id),
                    "give each action its own name",
                );
            }
        }
        let scenarios: BTreeMap<&str, usize> =
            file.scenarios.iter().enumerate().map(|(at, scenario)| (scenario.id.as_str(), at)).collect();
        let count = file.actions.len();
        let mut problem = Self {
            losses: losses.to_vec(),
            cost: Vec::new(),
            hours: Vec::new(),
            budget: limits.budget,
            hours_limit: limits.hours.unwrap_or(f64::INFINITY),
            effects: Vec::new(),
            obligation: file.actions.iter().map(|action| action.obligation).collect(),
            needs: vec![Vec::new(); count],
            needed_by: vec![Vec::new(); count],
            excludes: vec![Vec::new(); count],
            ties: Vec::new(),
        };
        let mut apart = Vec::new();
        for (at, action) in file.actions.iter().enumerate() {
            let place = Place::new(format!("action `{}`", action.id));
            problem.cost.push(place.field("cost").amount(action.cost)?);
            problem.hours.push(place.field("hours").amount(action.hours)?);
            let find = |id: &str, field: &str| match actions.get(id) {
                Some(other) if *other != at => Ok(*other),
                _ => place.field(field).refuse(format!("`{id}` is no other action"), "mend the name"),
            };
            for id in &action.needs {
                let other = find(id, "needs")?;
                problem.needs[at].push(other);
                problem.needed_by[other].push(at);
                problem.ties.push(Tie { one: at, other, sign: -1.0 });
            }
            for id in &action.excludes {
                let other = find(id, "excludes")?;
                problem.excludes[at].push(other);
                problem.excludes[other].push(at);
                apart.push(Tie { one: at, other, sign: 1.0 });
            }
            let mut effects = BTreeMap::new();
            for effect in &action.prevents {
                let place = place.field("prevents");
                let Some(scenario) = scenarios.get(effect.scenario.as_str()) else {
                    return place
                        .field("scenario")
                        .refuse(format!("`{}` is no scenario", effect.scenario), "mend the name");
                };
                if !(0.0..=0.999).contains(&effect.share) {
                    return place
                        .field("share")
                        .refuse(format!("{} is out of range", effect.share), "give 0 to 0.999");
                }
                *effects.entry(*scenario).or_insert(0.0) -= libm::log1p(-effect.share);
            }
            problem.effects.push(effects.into_iter().collect());
        }
        problem.ties.extend(apart);
        Ok(problem)
    }

    pub(crate) fn count(&self) -> usize {
        self.cost.len()
    }

    /// Expected loss of each scenario under a choice; shares count as well as whole actions.
    pub(crate) fn left(&self, choice: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut powers = vec![0.0; self.losses.len()];
        for (effects, share) in self.effects.iter().zip(choice) {
            for (scenario, power) in effects {
                powers[*scenario] += share * power;
            }
        }
        self.losses.iter().zip(powers).map(|(loss, power)| loss * libm::exp(-power)).collect()
    }

    /// Expected loss that a set of actions leaves.
    pub(crate) fn loss(&self, chosen: &[bool]) -> f64 {
        self.left(chosen.iter().map(|chosen| f64::from(u8::from(*chosen)))).iter().sum()
    }

    pub(crate) fn spent(&self, chosen: &[bool], of: &[f64]) -> f64 {
        chosen.iter().zip(of).filter(|(chosen, _)| **chosen).map(|(_, of)| of).sum()
    }

    /// Whether a sum keeps a limit; sums of many amounts may be off in the last digits.
    pub(crate) fn keeps(spent: f64, limit: f64) -> bool {
        spent <= limit * (1.0 + 1e-12)
    }

    /// Whether a set of actions may be done.
    pub(crate) fn allows(&self, chosen: &[bool]) -> bool {
        let whole = (0..self.count()).all(|at| {
            if chosen[at] {
                self.needs[at].iter().all(|other| chosen[*other])
                    && !self.excludes[at].iter().any(|other| chosen[*other])
            } else {
                !self.obligation[at]
            }
        });
        whole
            && Self::keeps(self.spent(chosen, &self.cost), self.budget)
            && Self::keeps(self.spent(chosen, &self.hours), self.hours_limit)
    }
}

/// Two actions that are tied: the sum or difference of their shares is limited.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tie {
    pub(crate) one: usize,
    pub(crate) other: usize,
    /// Of the other's share: −1 for a prerequisite (one − other ≤ 0), 1 for an exclusion (one + other ≤ 1).
    pub(crate) sign: f64,
}

impl Tie {
    /// By how much shares break it; below 0 they keep it.
    pub(crate) fn broken(self, shares: &[f64]) -> f64 {
        shares[self.one] + self.sign * shares[self.other] - self.sign.max(0.0)
    }
}

/// What a case says of an action.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Fixed {
    Free,
    In,
    Out,
}

impl Problem {
    /// What follows when actions are taken or left: prerequisites, exclusions, and what no longer can be paid.
    /// `false` when the case is impossible.
    pub(crate) fn follow(&self, case: &mut [Fixed], mut changed: Vec<usize>) -> bool {
        loop {
            while let Some(at) = changed.pop() {
                let (implied, state): (Vec<usize>, Fixed) = match case[at] {
                    Fixed::In => {
                        if self.excludes[at].iter().any(|other| case[*other] == Fixed::In) {
                            return false;
                        }
                        for other in &self.excludes[at] {
                            if case[*other] == Fixed::Free {
                                case[*other] = Fixed::Out;
                                changed.push(*other);
                            }
                        }
                        (self.needs[at].clone(), Fixed::In)
                    }
                    Fixed::Out if self.obligation[at] => return false,
                    Fixed::Out => (self.needed_by[at].clone(), Fixed::Out),
                    Fixed::Free => continue,
                };
                for other in implied {
                    if case[other] == Fixed::Free {
                        case[other] = state;
                        changed.push(other);
                    } else if case[other] != state {
                        return false;
                    }
                }
            }
            let spent = |of: &[f64]| -> f64 {
                case.iter().zip(of).filter(|(fixed, _)| **fixed == Fixed::In).map(|(_, of)| of).sum()
            };
            let (cost, hours) = (spent(&self.cost), spent(&self.hours));
            if !Self::keeps(cost, self.budget) || !Self::keeps(hours, self.hours_limit) {
                return false;
            }
            for (at, fixed) in case.iter_mut().enumerate() {
                let fits = Self::keeps(cost + self.cost[at], self.budget)
                    && Self::keeps(hours + self.hours[at], self.hours_limit);
                if *fixed == Fixed::Free && !fits {
                    *fixed = Fixed::Out;
                    changed.push(at);
                }
            }
            if changed.is_empty() {
                return true;
            }
        }
    }

    /// The case in which only obligations are settled; `None` when they cannot all be kept.
    pub(crate) fn root(&self) -> Option<Vec<Fixed>> {
        let mut case = vec![Fixed::Free; self.count()];
        let must: Vec<usize> = (0..self.count()).filter(|at| self.obligation[*at]).collect();
        must.iter().for_each(|at| case[*at] = Fixed::In);
        self.follow(&mut case, must).then_some(case)
    }
}
