//! The checker: confirms a plan from the file alone. It knows nothing of how plans are found, and works the limits,
//! the loss and every bound out by itself, month by month. From the rest it takes only what the loss engine says: the
//! expected loss of a scenario, the mean of the worst years, and its lower bound (`tail.rs`).

use super::tail::Tail;
use super::{Action, Hours, Limits, Objective, Plan, Proof, Tangent, exposures, years};
use crate::error::{Place, RiskError};
use crate::exposure::Exposure;
use crate::file::RiskFile;
use std::collections::{BTreeMap, BTreeSet};

/// Confirms that a plan keeps its limits, costs and leaves what it says, and that no other leaves less than its bound.
///
/// # Errors
/// Names the first claim that does not hold, or what the proof does not cover.
pub fn verify(plan: &Plan, file: &RiskFile) -> Result<(), RiskError> {
    plan.limits.check()?;
    let checker = Checker::new(file, plan)?;
    let chosen = checker.chosen()?;
    let case: Vec<Span> = chosen
        .iter()
        .zip(&checker.spans)
        .map(|(start, span)| match start {
            Some(year) => Span { from: *year, to: year + 1, must: true },
            None => Span { from: 0, to: 0, must: span.must },
        })
        .collect();
    let allowed = chosen
        .iter()
        .zip(&checker.spans)
        .all(|(start, span)| start.map_or(!span.must, |year| span.from <= year && year < span.to));
    if !allowed || checker.settled(&case).is_none() {
        return refuse(
            "the chosen actions break a limit, an obligation, a prerequisite, an exclusion or a year",
        );
    }
    let total = |of: &dyn Fn(&Action) -> f64| -> f64 {
        file.actions.iter().zip(&chosen).filter(|(_, start)| start.is_some()).map(|(a, _)| of(a)).sum()
    };
    let shares: Vec<Vec<f64>> = chosen.iter().map(|start| checker.row(*start)).collect();
    let worth = checker.expected();
    for (what, said, found) in [
        ("cost", plan.cost, total(&|action| action.cost)),
        ("hours", plan.hours, total(&|action| action.hours.total())),
        ("ale_before", plan.ale_before, worth.iter().flatten().sum()),
        ("ale_after", plan.ale_after, checker.left(&worth, &shares).iter().flatten().sum()),
    ] {
        close(what, said, found, 1e-9)?;
    }
    for (what, said, found) in [
        ("before", plan.before, years::objective(file, &plan.limits, &[])?),
        ("after", plan.after, years::objective(file, &plan.limits, &plan.chosen)?),
    ] {
        for (end, said, found) in [
            ("low", said.low, found.low),
            ("estimate", said.estimate, found.estimate),
            ("high", said.high, found.high),
        ] {
            close(&format!("{what}.{end}"), said, found, 1e-9)?;
        }
    }
    if plan.bound.is_nan() || plan.bound > plan.after.high {
        return refuse("the bound lies above what the plan leaves");
    }
    checker.walk()
}

fn close(what: &str, said: f64, found: f64, slack: f64) -> Result<(), RiskError> {
    if (said - found).abs() <= slack * found.abs().max(1e-3) {
        return Ok(());
    }
    refuse(&format!("{what} is {found}, not {said}"))
}

fn refuse<T>(problem: &str) -> Result<T, RiskError> {
    Place::new("plan").refuse(problem, "do not rely on it: plan again")
}

/// Years in which an action may start: from, and the one after the last.
#[derive(Clone, Copy, PartialEq)]
struct Span {
    from: usize,
    to: usize,
    must: bool,
}

impl Span {
    fn empty(self) -> bool {
        self.from >= self.to
    }
}

struct Checker<'a> {
    file: &'a RiskFile,
    plan: &'a Plan,
    years: usize,
    losses: Vec<f64>,
    /// For means of the worst years.
    tail: Option<Tail>,
    /// For each action: scenarios and −ln(1 − share).
    powers: Vec<Vec<(usize, f64)>>,
    spans: Vec<Span>,
    /// What each action takes of each kind of resource, and for each kind what there is in each year.
    amounts: Vec<Vec<f64>>,
    limits: Vec<Vec<f64>>,
    /// Pairs of actions: the first needs the second.
    needs: Vec<(usize, usize)>,
    /// Pairs that cannot be done together.
    apart: Vec<(usize, usize)>,
}

impl<'a> Checker<'a> {
    fn new(file: &'a RiskFile, plan: &'a Plan) -> Result<Self, RiskError> {
        let (limits, years) = (&plan.limits, plan.limits.years());
        let exposures = exposures(file)?;
        let place: BTreeMap<&str, usize> =
            file.actions.iter().enumerate().map(|(at, action)| (action.id.as_str(), at)).collect();
        let pairs = |of: fn(&Action) -> &Vec<String>| -> Vec<(usize, usize)> {
            let named = file.actions.iter().enumerate();
            named
                .flat_map(|(at, action)| {
                    of(action).iter().filter_map(|id| place.get(id.as_str())).map(move |o| (at, *o))
                })
                .collect()
        };
        let scenarios: BTreeMap<&str, usize> =
            file.scenarios.iter().enumerate().map(|(at, scenario)| (scenario.id.as_str(), at)).collect();
        let powers = file.actions.iter().map(|action| {
            let effects = action.prevents.iter();
            let found =
                effects.filter_map(|e| Some((*scenarios.get(e.scenario.as_str())?, -libm::log1p(-e.share))));
            found.collect()
        });
        let tail = match limits.objective {
            Objective::Ale => None,
            Objective::Tvar(level) => Some(Tail::new(&exposures, level)?),
        };
        Ok(Self {
            file,
            plan,
            years,
            losses: exposures.iter().map(Exposure::mean).collect(),
            tail,
            powers: powers.collect(),
            spans: file.actions.iter().map(|action| span(action, years)).collect(),
            amounts: file.actions.iter().map(|action| amounts(action, limits)).collect(),
            limits: resources(limits),
            needs: pairs(|action| &action.needs),
            apart: pairs(|action| &action.excludes),
        })
    }

    /// The year, from 0, in which each action of the file is said to start.
    fn chosen(&self) -> Result<Vec<Option<usize>>, RiskError> {
        let mut found = vec![None; self.file.actions.len()];
        let mut seen = BTreeSet::new();
        for start in &self.plan.chosen {
            let at = self.file.actions.iter().position(|action| action.id == start.action);
            let Some(at) = at.filter(|_| seen.insert(&start.action)) else {
                return refuse("chosen names actions that the file does not have, or one twice");
            };
            if start.year == 0 || start.year > self.years {
                return refuse("an action starts in a year that is not planned");
            }
            found[at] = Some(start.year - 1);
        }
        Ok(found)
    }

    /// Goes through the tree and confirms that every case is split, impossible or bounded.
    fn walk(&self) -> Result<(), RiskError> {
        let mut cases = vec![self.spans.clone()];
        for step in &self.plan.proof {
            let Some(case) = cases.pop() else { return refuse("the proof goes on after its end") };
            match step {
                Proof::Branch(action, year) => {
                    if *action >= case.len() || *year >= self.years {
                        return refuse(&format!(
                            "the proof decides on action {action} and year {year}: there is none"
                        ));
                    }
                    let (mut by, mut after) = (case.clone(), case);
                    by[*action] = Span { to: by[*action].to.min(year + 1), must: true, ..by[*action] };
                    after[*action].from = after[*action].from.max(year + 1);
                    cases.push(after);
                    cases.push(by);
                }
                Proof::Impossible if self.settled(&case).is_some() => {
                    return refuse("a case is called impossible and is not");
                }
                Proof::Impossible => {}
                Proof::Tangent(tangent) => {
                    let bound = self.bound(&case, tangent)?;
                    // Written so that a bound that is no number is refused.
                    let proved = bound >= self.plan.bound - 1e-9 * self.plan.before.high;
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
    fn settled(&self, case: &[Span]) -> Option<Vec<Span>> {
        let mut now = case.to_vec();
        loop {
            let before = now.clone();
            for (one, other) in &self.needs {
                if now[*other].empty() {
                    now[*one].to = now[*one].from.min(now[*one].to);
                } else if !now[*one].empty() {
                    now[*one].from = now[*one].from.max(now[*other].from);
                    if now[*one].must {
                        now[*other].must = true;
                        now[*other].to = now[*other].to.min(now[*one].to);
                    }
                }
            }
            for (one, other) in self.apart.iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
                if now[*one].must {
                    now[*other].to = now[*other].from.min(now[*other].to);
                }
            }
            for (kind, limits) in self.limits.iter().enumerate() {
                let need = |at: usize| self.amounts[at][kind];
                let bound_to = |span: &Span| span.must && span.to == span.from + 1;
                let all: f64 = (0..now.len()).filter(|at| now[*at].must).map(need).sum();
                if !within(all, limits.iter().sum()) {
                    return None;
                }
                for (year, limit) in limits.iter().enumerate() {
                    let here = |at: &usize| bound_to(&now[*at]) && now[*at].from == year;
                    let spent: f64 = (0..now.len()).filter(here).map(need).sum();
                    if !within(spent, *limit) {
                        return None;
                    }
                    for at in 0..now.len() {
                        if bound_to(&now[at]) || within(spent + need(at), *limit) {
                            continue;
                        }
                        // Only the ends of a span can be cut off.
                        if now[at].from == year {
                            now[at].from += 1;
                        } else if now[at].to == year + 1 {
                            now[at].to -= 1;
                        }
                    }
                }
            }
            if now.iter().any(|span| span.must && span.empty()) {
                return None;
            }
            if now == before {
                return Some(now);
            }
        }
    }

    /// Shares of an action by year of start.
    fn row(&self, start: Option<usize>) -> Vec<f64> {
        (0..self.years).map(|year| f64::from(u8::from(start == Some(year)))).collect()
    }

    /// For each scenario and month, what it is worth when nothing is done.
    fn expected(&self) -> Vec<Vec<f64>> {
        let of = |loss: &f64, month: usize| loss / 12.0 * self.plan.limits.discounted(month / 12);
        self.losses.iter().map(|loss| (0..12 * self.years).map(|month| of(loss, month)).collect()).collect()
    }

    /// What actions, perhaps taken in part, leave of each scenario in each month.
    fn left(&self, worth: &[Vec<f64>], shares: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let months = 12 * self.years;
        let mut powers = vec![vec![0.0; months]; worth.len()];
        for (action, row) in shares.iter().enumerate() {
            for (year, share) in row.iter().enumerate().filter(|(_, share)| **share != 0.0) {
                let begin = (12 * year + self.file.actions[action].lead_months as usize).min(months);
                for (scenario, power) in &self.powers[action] {
                    powers[*scenario][begin..].iter_mut().for_each(|sum| *sum += share * power);
                }
            }
        }
        let row = |(worth, powers): (&Vec<f64>, Vec<f64>)| -> Vec<f64> {
            worth.iter().zip(powers).map(|(worth, power)| worth * libm::exp(-power)).collect()
        };
        worth.iter().zip(powers).map(row).collect()
    }

    /// What months are worth in a case: for expected losses always the same; for the worst years by their bound, with
    /// what must be done, as late as it can be, for reference.
    fn worth(&self, case: &[Span]) -> Vec<Vec<f64>> {
        let Some(tail) = &self.tail else { return self.expected() };
        let latest = |span: &Span| self.row((span.must && !span.empty()).then(|| span.to - 1));
        let ones = vec![vec![1.0 / 12.0; 12 * self.years]; self.losses.len()];
        let left = self.left(&ones, &case.iter().map(latest).collect::<Vec<_>>());
        let mut worth = vec![Vec::new(); self.losses.len()];
        for year in 0..self.years {
            let kept: Vec<f64> =
                left.iter().map(|row| row[12 * year..12 * (year + 1)].iter().sum()).collect();
            for (row, slope) in worth.iter_mut().zip(tail.slopes(&kept).each) {
                row.extend([slope / 12.0 * self.plan.limits.discounted(year); 12]);
            }
        }
        worth
    }

    /// The least of the tangent plane at a point over a case, what is limited at its prices.
    fn bound(&self, case: &[Span], tangent: &Tangent) -> Result<f64, RiskError> {
        let Some(case) = self.settled(case) else { return Ok(f64::INFINITY) };
        let (count, years) = (self.file.actions.len(), self.years);
        let digits = tangent.point.as_bytes();
        if digits.len() != 2 * count * years || !digits.iter().all(u8::is_ascii_hexdigit) {
            return refuse(
                "a point of the proof does not have two hexadecimal digits for each action and year",
            );
        }
        let limits: Vec<f64> = self.limits.concat();
        let ties = self.needs.len() * years + self.apart.len();
        if tangent.prices.len() != limits.len() || ![0, ties].contains(&tangent.ties.len()) {
            return refuse("a tangent of the proof has too many prices or too few");
        }
        if tangent.prices.iter().chain(&tangent.ties).any(|price| !(*price >= 0.0 && price.is_finite())) {
            return refuse("a price of the proof is negative or no number");
        }
        let share = |at: usize| u8::from_str_radix(&tangent.point[2 * at..2 * at + 2], 16).unwrap_or(0);
        let shares: Vec<Vec<f64>> = (0..count)
            .map(|action| (0..years).map(|year| f64::from(share(action * years + year)) / 255.0).collect())
            .collect();
        // Sums over all months from one on, for slopes.
        let left = self.left(&self.worth(&case), &shares);
        let from_on: Vec<Vec<f64>> = left
            .iter()
            .map(|row| {
                let mut sums = row.clone();
                sums.push(0.0);
                (0..row.len()).rev().for_each(|month| sums[month] += sums[month + 1]);
                sums
            })
            .collect();
        let mut bound: f64 = left.iter().flatten().sum();
        bound -= tangent.prices.iter().zip(&limits).map(|(price, limit)| price * limit).sum::<f64>();
        let tied = self.tied(&tangent.ties);
        bound -= tangent.ties.iter().skip(self.needs.len() * years).sum::<f64>();
        for at in 0..count {
            let mut least = if case[at].must { f64::INFINITY } else { 0.0 };
            for year in 0..years {
                let begin = (12 * year + self.file.actions[at].lead_months as usize).min(12 * years);
                let slope = -self.powers[at].iter().map(|(s, power)| power * from_on[*s][begin]).sum::<f64>();
                bound -= slope * shares[at][year];
                if case[at].from <= year && year < case[at].to {
                    let price = |(kind, amount): (usize, &f64)| amount * tangent.prices[kind * years + year];
                    let priced: f64 = self.amounts[at].iter().enumerate().map(price).sum();
                    least = least.min(slope + priced + tied[at][year]);
                }
            }
            bound += least;
        }
        Ok(bound)
    }

    /// What prices of ties add to each action in each year. A prerequisite's price for year t is paid on "the one
    /// starts by t, the other does not"; an exclusion's on each of both.
    fn tied(&self, prices: &[f64]) -> Vec<Vec<f64>> {
        let mut sums = vec![vec![0.0; self.years]; self.file.actions.len()];
        let mut prices = prices.iter();
        for (one, other) in &self.needs {
            for (by, price) in prices.by_ref().take(self.years).enumerate() {
                sums[*one][..=by].iter_mut().for_each(|sum| *sum += price);
                sums[*other][..=by].iter_mut().for_each(|sum| *sum -= price);
            }
        }
        for ((one, other), price) in self.apart.iter().zip(prices) {
            sums[*one].iter_mut().for_each(|sum| *sum += price);
            sums[*other].iter_mut().for_each(|sum| *sum += price);
        }
        sums
    }
}

/// Years in which an action may start, from the file.
fn span(action: &Action, years: usize) -> Span {
    let from = action.earliest.map_or(0, |year| year.max(1) as usize - 1).min(years);
    let latest = action.latest.map_or(years, |year| year as usize);
    let due = action.latest.is_none() || latest <= years;
    Span { from, to: latest.min(years), must: action.obligation && due }
}

/// What an action takes of money, hours and roles, as far as they are limited.
fn amounts(action: &Action, limits: &Limits) -> Vec<f64> {
    let role = |role: &String| match &action.hours {
        Hours::Any(_) => 0.0,
        Hours::ByRole(roles) => roles.get(role).copied().unwrap_or(0.0),
    };
    let hours = limits.hours.map(|_| action.hours.total());
    [action.cost].into_iter().chain(hours).chain(limits.roles.keys().map(role)).collect()
}

/// What there is of money, hours and roles in each year.
fn resources(limits: &Limits) -> Vec<Vec<f64>> {
    let each_year = |limit: &f64| vec![*limit; limits.years()];
    let hours = limits.hours.iter().chain(limits.roles.values()).map(each_year);
    [limits.budget.clone()].into_iter().chain(hours).collect()
}

fn within(spent: f64, limit: f64) -> bool {
    spent <= limit * (1.0 + 1e-12)
}
