//! The checker: confirms a plan from the file alone. It knows nothing of how plans are found, and works the limits,
//! the loss and every bound out by itself, month by month. From the rest it takes only what the loss engine says: the
//! expected loss of a scenario, the mean of the worst years, and its lower bound (`tail.rs`).

mod bounds;
mod cases;
mod worst;

use super::tail::{Tail, Within};
use super::{Action, Hours, Limits, Objective, Plan, Proof, exposures, years};
use crate::error::{Place, RiskError};
use crate::exposure::Exposure;
use crate::file::RiskFile;
use cases::{Span, span};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Confirms that a plan keeps its limits, costs and leaves what it says, and that no other leaves less than its bound.
///
/// # Errors
/// Names the first claim that does not hold, or what the proof does not cover.
pub fn verify(plan: &Plan, file: &RiskFile) -> Result<(), RiskError> {
    plan.limits.check()?;
    file.actions.iter().try_for_each(meaningful)?;
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
    if plan.cutoff.is_some_and(|cutoff| cutoff.is_nan() || cutoff < plan.bound) {
        return refuse("the bound lies above the cutoff that its proof uses");
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

struct Checker<'a> {
    file: &'a RiskFile,
    plan: &'a Plan,
    years: usize,
    losses: Vec<f64>,
    /// For means of the worst years.
    tail: Option<Tail>,
    /// What sets below the cutoff leave at most of each scenario in each year, and what is ready for bounds by border.
    most: Vec<Vec<f64>>,
    known: RefCell<BTreeMap<u64, Rc<Within>>>,
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
        if place.len() < file.actions.len() {
            return refuse("two actions of the file have the same id");
        }
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
        let mut checker = Self {
            file,
            plan,
            years,
            losses: exposures.iter().map(Exposure::mean).collect(),
            tail,
            most: Vec::new(),
            known: RefCell::default(),
            powers: powers.collect(),
            spans: file.actions.iter().map(|action| span(action, years)).collect(),
            amounts: file.actions.iter().map(|action| amounts(action, limits)).collect(),
            limits: resources(limits),
            needs: pairs(|action| &action.needs),
            apart: pairs(|action| &action.excludes),
        };
        checker.most = checker.most();
        Ok(checker)
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
        let mut cases = vec![(self.spans.clone(), vec![(0.0, f64::INFINITY); self.years])];
        for step in &self.plan.proof {
            let Some((case, borders)) = cases.pop() else { return refuse("the proof goes on after its end") };
            match step {
                Proof::Border(year, amount) => {
                    // Written so that an amount that is no number is refused.
                    let within = |(from, below): &(f64, f64)| from < amount && amount < below;
                    if self.tail.is_none() || !borders.get(*year).is_some_and(within) {
                        return refuse("a border of the worst years splits no case");
                    }
                    let (mut below, mut from) = (borders.clone(), borders);
                    below[*year].1 = *amount;
                    from[*year].0 = *amount;
                    cases.push((case.clone(), from));
                    cases.push((case, below));
                }
                Proof::Branch(action, year) => {
                    // Each case is smaller than what it is split from, so that no proof is longer than it has to be.
                    let splits = |span: &Span| {
                        span.from <= *year && *year < span.to && !(span.must && *year + 1 == span.to)
                    };
                    if !case.get(*action).is_some_and(splits) {
                        return refuse(&format!(
                            "deciding on action {action} and year {year} splits no case"
                        ));
                    }
                    let (mut by, mut after) = (case.clone(), case);
                    by[*action] = Span { to: by[*action].to.min(year + 1), must: true, ..by[*action] };
                    after[*action].from = after[*action].from.max(year + 1);
                    cases.push((after, borders.clone()));
                    cases.push((by, borders));
                }
                Proof::Impossible if self.settled(&case).is_some() => {
                    return refuse("a case is called impossible and is not");
                }
                Proof::Impossible => {}
                Proof::Tangent(tangent) => {
                    let bound = self.bound(&case, &borders, tangent)?;
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
}

/// What bounds rely on: nothing is negative, nothing is prevented more than once over.
fn meaningful(action: &Action) -> Result<(), RiskError> {
    let hours = match &action.hours {
        Hours::Any(hours) => vec![*hours],
        Hours::ByRole(roles) => roles.values().copied().collect(),
    };
    let amounts = [action.cost].into_iter().chain(hours).all(|amount| amount >= 0.0 && amount.is_finite());
    let shares = action.prevents.iter().all(|effect| (0.0..=0.999).contains(&effect.share));
    if amounts && shares {
        return Ok(());
    }
    refuse(&format!("action `{}` of the file has an amount or a share that means nothing", action.id))
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
