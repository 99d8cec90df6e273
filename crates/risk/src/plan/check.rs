//! The checker: confirms a plan from the file alone. It knows nothing of how plans are found, and works the limits,
//! the loss and every bound out by itself.

use super::{Plan, Proof, Tangent, expected};
use crate::error::{Place, RiskError};
use crate::file::RiskFile;
use std::collections::BTreeSet;

/// Confirms that a plan keeps its limits, costs and leaves what it says, and that no other leaves less than its bound.
///
/// # Errors
/// Names the first claim that does not hold.
pub fn verify(plan: &Plan, file: &RiskFile) -> Result<(), RiskError> {
    let checker = Checker::new(file, plan)?;
    let chosen: Vec<f64> =
        file.actions.iter().map(|a| f64::from(u8::from(plan.chosen.contains(&a.id)))).collect();
    if chosen.iter().sum::<f64>() as usize != plan.chosen.iter().collect::<BTreeSet<_>>().len() {
        return refuse("chosen names actions that the file does not have");
    }
    let case: Vec<Option<bool>> = chosen.iter().map(|share| Some(*share == 1.0)).collect();
    if !checker.possible(&case) {
        return refuse("the chosen actions break a limit, an obligation, a prerequisite or an exclusion");
    }
    let total = |of: fn(&super::Action) -> f64| -> f64 {
        file.actions.iter().zip(&chosen).map(|(action, share)| share * of(action)).sum()
    };
    let before: f64 = checker.losses.iter().sum();
    let after: f64 = checker.left(&chosen).iter().sum();
    for (what, said, found) in [
        ("cost", plan.cost, total(|action| action.cost)),
        ("hours", plan.hours, total(|action| action.hours)),
        ("ale_before", plan.ale_before, before),
        ("ale_after", plan.ale_after, after),
    ] {
        if (said - found).abs() > 1e-9 * found.abs().max(1e-3) || said.is_nan() {
            return refuse(&format!("{what} is {found}, not {said}"));
        }
    }
    checker.walk()
}

fn refuse<T>(problem: &str) -> Result<T, RiskError> {
    Place::new("plan").refuse(problem, "do not rely on it: plan again")
}

struct Checker<'a> {
    file: &'a RiskFile,
    plan: &'a Plan,
    losses: Vec<f64>,
    /// For each action and scenario: −ln(1 − share).
    powers: Vec<Vec<f64>>,
    /// Pairs of actions: the first needs the second.
    needs: Vec<(usize, usize)>,
    /// Pairs that cannot be done together.
    apart: Vec<(usize, usize)>,
}

impl<'a> Checker<'a> {
    fn new(file: &'a RiskFile, plan: &'a Plan) -> Result<Self, RiskError> {
        let pairs = |of: fn(&super::Action) -> &Vec<String>| -> Vec<(usize, usize)> {
            let named = file.actions.iter().enumerate().flat_map(|(at, action)| {
                let place = |id: &String| file.actions.iter().position(|other| other.id == *id);
                of(action).iter().filter_map(place).map(move |other| (at, other)).collect::<Vec<_>>()
            });
            named.collect()
        };
        let powers = file.actions.iter().map(|action| {
            let of = |scenario: &crate::scenario::Scenario| {
                let effects = action.prevents.iter().filter(|effect| effect.scenario == scenario.id);
                effects.map(|effect| -libm::log1p(-effect.share)).sum()
            };
            file.scenarios.iter().map(of).collect()
        });
        let powers = powers.collect();
        Ok(Self {
            file,
            plan,
            losses: expected(file)?,
            powers,
            needs: pairs(|action| &action.needs),
            apart: pairs(|action| &action.excludes),
        })
    }

    /// Goes through the tree and confirms that every case is split, impossible or bounded.
    fn walk(&self) -> Result<(), RiskError> {
        let mut cases = vec![vec![None; self.file.actions.len()]];
        for step in &self.plan.proof {
            let Some(case) = cases.pop() else { return refuse("the proof goes on after its end") };
            match step {
                Proof::Branch(action) => {
                    if case.get(*action) != Some(&None) {
                        return refuse(&format!("the proof decides action {action} twice, or there is none"));
                    }
                    for taken in [false, true] {
                        let mut below = case.clone();
                        below[*action] = Some(taken);
                        cases.push(below);
                    }
                }
                Proof::Impossible if self.possible(&case) => {
                    return refuse("a case is called impossible and is not");
                }
                Proof::Impossible => {}
                Proof::Tangent(tangent) => {
                    let bound = self.bound(&case, tangent)?;
                    // Written so that a bound that is no number is refused.
                    let proved = bound >= self.plan.bound - 1e-9 * self.plan.ale_before;
                    if !proved {
                        return refuse(&format!(
                            "a case is bounded by {bound} only, not by {}",
                            self.plan.bound
                        ));
                    }
                }
            }
        }
        if cases.is_empty() { Ok(()) } else { refuse("the proof leaves cases out") }
    }

    /// What must be true in a case beyond what was decided. `None` when it contradicts itself.
    fn settled(&self, case: &[Option<bool>]) -> Option<Vec<Option<bool>>> {
        let actions = &self.file.actions;
        let mut now = case.to_vec();
        loop {
            let before = now.clone();
            let (cost, hours) = (self.spent(&now, |a| a.cost), self.spent(&now, |a| a.hours));
            let mut wanted: Vec<(usize, bool)> = Vec::new();
            for (at, action) in actions.iter().enumerate() {
                let fits = within(cost + action.cost, self.plan.limits.budget)
                    && within(hours + action.hours, self.plan.limits.hours.unwrap_or(f64::INFINITY));
                if action.obligation {
                    wanted.push((at, true));
                }
                if now[at].is_none() && !fits {
                    wanted.push((at, false));
                }
            }
            for (one, other) in &self.needs {
                if now[*one] == Some(true) {
                    wanted.push((*other, true));
                }
                if now[*other] == Some(false) {
                    wanted.push((*one, false));
                }
            }
            for (one, other) in &self.apart {
                for (taken, barred) in [(*one, *other), (*other, *one)] {
                    if now[taken] == Some(true) {
                        wanted.push((barred, false));
                    }
                }
            }
            for (at, value) in wanted {
                if now[at].is_some_and(|now| now != value) {
                    return None;
                }
                now[at] = Some(value);
            }
            if now == before {
                return Some(now);
            }
        }
    }

    fn possible(&self, case: &[Option<bool>]) -> bool {
        self.settled(case).is_some_and(|case| {
            within(self.spent(&case, |a| a.cost), self.plan.limits.budget)
                && within(self.spent(&case, |a| a.hours), self.plan.limits.hours.unwrap_or(f64::INFINITY))
        })
    }

    fn spent(&self, case: &[Option<bool>], of: fn(&super::Action) -> f64) -> f64 {
        self.file
            .actions
            .iter()
            .zip(case)
            .filter(|(_, taken)| **taken == Some(true))
            .map(|(a, _)| of(a))
            .sum()
    }

    /// Expected loss of each scenario when actions are taken in part.
    fn left(&self, shares: &[f64]) -> Vec<f64> {
        let mut powers = vec![0.0; self.losses.len()];
        for (of, share) in self.powers.iter().zip(shares) {
            powers.iter_mut().zip(of).for_each(|(sum, power)| *sum += share * power);
        }
        self.losses.iter().zip(powers).map(|(loss, power)| loss * libm::exp(-power)).collect()
    }

    /// The least of the tangent plane at a point over a case, money and hours at their prices.
    fn bound(&self, case: &[Option<bool>], tangent: &Tangent) -> Result<f64, RiskError> {
        let Some(case) = self.settled(case) else { return Ok(f64::INFINITY) };
        let (count, limits) = (self.file.actions.len(), &self.plan.limits);
        let digits = tangent.point.as_bytes();
        if digits.len() != 2 * count || !digits.iter().all(u8::is_ascii_hexdigit) {
            return refuse("a point of the proof does not have two hexadecimal digits for each action");
        }
        let share = |at: usize| u8::from_str_radix(&tangent.point[2 * at..2 * at + 2], 16).unwrap_or(0);
        let shares: Vec<f64> = (0..count).map(|at| f64::from(share(at)) / 255.0).collect();
        let (money, hour) = (tangent.money, tangent.hour);
        if money < 0.0 || hour < 0.0 || (hour > 0.0 && limits.hours.is_none()) {
            return refuse("a price of the proof is negative, or hours have one without a limit");
        }
        let left = self.left(&shares);
        let mut bound = left.iter().sum::<f64>() - money * limits.budget - hour * limits.hours.unwrap_or(0.0);
        // Prices of ties: one − other ≤ 0 for prerequisites, one + other ≤ 1 for exclusions.
        let mut tied = vec![0.0; count];
        let needs = self.needs.iter().map(|pair| (pair, -1.0));
        let ties = needs.chain(self.apart.iter().map(|pair| (pair, 1.0)));
        for (((one, other), sign), price) in ties.zip(&tangent.ties) {
            if *price < 0.0 {
                return refuse("a price of the proof is negative");
            }
            tied[*one] += price;
            tied[*other] += sign * price;
            bound -= f64::max(sign, 0.0) * price;
        }
        for (at, action) in self.file.actions.iter().enumerate() {
            let slope: f64 = self.powers[at].iter().zip(&left).map(|(power, left)| -power * left).sum();
            let priced = slope + money * action.cost + hour * action.hours + tied[at];
            bound += match case[at] {
                Some(true) => priced,
                Some(false) => 0.0,
                None => priced.min(0.0),
            } - slope * shares[at];
        }
        Ok(bound)
    }
}

fn within(spent: f64, limit: f64) -> bool {
    spent <= limit * (1.0 + 1e-12)
}
