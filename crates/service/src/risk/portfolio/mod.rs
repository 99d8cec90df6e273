//! The portfolio: what could be done about open findings, and the best of it that money and hours can buy.
//!
//! A candidate is an open POA&M item or a remedy nobody has planned; its worth is what a year would cost less once
//! its findings are closed. The plan is found and proved by the loss engine (`warrant_risk::plan`), and what it leaves
//! is then computed anew with all chosen findings closed at once.

mod alternatives;
mod alternatives_table;
mod candidates;
mod decided;
mod kept;

pub use alternatives::{
    Alternative, AlternativesAsk, AlternativesView, Left, MOST_SETS, Obligation, Pair, SetOf,
};
pub use candidates::Candidate;
pub use decided::Against;
pub(crate) use kept::KeptWorks;

use super::input::{engine_controls, engine_scenarios};
use super::kept::Standings;
use super::scope;
use super::{Report, RiskScope, refused};
use crate::{Actor, Service, ServiceError};
use candidates::gathered;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_risk::{
    Action, Control, Limits, Objective, Plan, RiskFile, expected_loss, frontier, plan, verify,
};

/// What is asked of the portfolio.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PortfolioAsk {
    /// Whose systems.
    pub scope: RiskScope,
    /// Money for each year planned; empty: only the candidates are told.
    pub budget: Vec<f64>,
    /// Person-hours in a year; no limit when not given.
    pub hours: Option<f64>,
    /// Candidates that have to be done.
    pub must: BTreeSet<String>,
    /// What is to be as small as can be.
    pub objective: Objective,
}

/// A step of the frontier: what so much money buys.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Step {
    /// Money that can be spent in all years.
    pub budget: f64,
    /// Money that is spent.
    pub cost: f64,
    /// Candidates done.
    pub chosen: usize,
    /// What remains of the objective in the years planned: the expected loss, or the mean of the worst years.
    pub remains: f64,
}

impl Step {
    fn of(plan: &Plan) -> Self {
        Self {
            budget: plan.limits.budget.iter().sum(),
            cost: plan.cost,
            chosen: plan.chosen.len(),
            remains: plan.after.estimate,
        }
    }
}

/// The best plan within the limits.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Bought {
    /// The plan with its proof.
    pub plan: Plan,
    /// What the proof is about: scenarios, controls and candidates as they were put to the engine.
    pub file: RiskFile,
    /// Expected loss of one year with the findings of all chosen candidates closed at once, computed anew.
    pub year_after: f64,
    /// A year as things stand, and a year with the chosen candidates done.
    pub now: Report,
    /// The latter.
    pub then: Report,
    /// What less and more money buys.
    pub frontier: Vec<Step>,
    /// Whether what is known decides that the plan is worth its money.
    pub against: Vec<Against>,
}

impl Bought {
    /// The plan with its proof, as `warrant risk verify-plan` reads it.
    pub fn plan_text(&self) -> Result<String, ServiceError> {
        serde_json::to_string_pretty(&self.plan).map_err(|error| ServiceError::Refused(error.to_string()))
    }

    /// What the proof is about, as `warrant risk` commands read it.
    pub fn file_text(&self) -> Result<String, ServiceError> {
        toml::to_string(&self.file).map_err(|error| ServiceError::Refused(error.to_string()))
    }
}

/// Candidates and the plan made of them.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PortfolioView {
    /// Currency of every amount.
    pub currency: String,
    /// The instant at which controls and findings are taken.
    pub as_of: Timestamp,
    /// What an hour of work costs.
    pub hour: f64,
    /// Expected yearly loss as things stand.
    pub year: f64,
    /// What could be done, the most worth for its money first; chosen ones say so.
    pub candidates: Vec<Candidate>,
    /// Pieces of work that spare nothing, since their findings bear on no control of a scenario in force.
    pub without_worth: usize,
    /// Candidates beyond the first 2,000, which were not put to the engine.
    pub beyond: usize,
    /// The plan; `None` when no budget was given or there is nothing to plan.
    pub bought: Option<Bought>,
}

/// Candidates put to the engine, at most.
const MOST: usize = 2_000;

/// Cases the search looks at before it tells the gap it has proved so far: somebody waits for the page.
const CASES: usize = 2_000;

/// Steps of the frontier.
const STEPS: usize = 12;

/// Cases, steps and most scenarios when the worst years are to be lessened: a case takes a transform or more.
const WORST: (usize, usize, usize) = (300, 4, 200);

impl Service {
    /// What could be done, and the best of it that the limits allow.
    ///
    /// # Errors
    /// When a limit means nothing, or what must be done cannot be paid.
    pub async fn portfolio(&self, actor: &Actor, ask: &PortfolioAsk) -> Result<PortfolioView, ServiceError> {
        let priors = self.priors();
        let found = self.scenarios(actor, &ask.scope).await?;
        let now = self.standings_of(actor, &found.everywhere()).await?;
        let works = self.works(actor, &found, &now).await?;
        let (mut candidates, without_worth) = gathered(&works, &ask.must);
        let beyond = candidates.len().saturating_sub(MOST);
        candidates.truncate(MOST);
        let mut view = PortfolioView {
            currency: priors.currency.clone(),
            as_of: self.now(),
            hour: priors.work.hour,
            year: 0.0,
            candidates,
            without_worth,
            beyond,
            bought: None,
        };
        let actions = view.candidates.iter().map(Candidate::action).collect();
        let file = put(&view.currency, actions, &found, &now);
        view.year = expected_loss(&file.scenarios, &file.controls, &file.currency).map_err(refused)?;
        if !ask.budget.is_empty() && !view.candidates.is_empty() {
            let bought = self.buy(actor, ask, &view, file, &now).await?;
            for candidate in &mut view.candidates {
                candidate.start = bought.plan.start_of(&candidate.id);
            }
            view.bought = Some(bought);
        }
        Ok(view)
    }

    async fn buy(
        &self,
        actor: &Actor,
        ask: &PortfolioAsk,
        view: &PortfolioView,
        file: RiskFile,
        now: &BTreeMap<String, Arc<Standings>>,
    ) -> Result<Bought, ServiceError> {
        let (cases, count) = match ask.objective {
            Objective::Ale => (CASES, STEPS),
            Objective::Tvar(_) if file.scenarios.len() > WORST.2 => {
                return Err(ServiceError::Refused(format!(
                    "plans by the worst years are made for {} scenarios at most, here are {}: choose a unit or a system",
                    WORST.2,
                    file.scenarios.len()
                )));
            }
            Objective::Tvar(_) => (WORST.0, WORST.1),
        };
        let limits = Limits {
            budget: ask.budget.clone(),
            hours: ask.hours,
            objective: ask.objective,
            cases,
            ..Limits::of(0.0)
        };
        let asked = (&file.scenarios, &file.controls, &file.actions, &limits);
        let key = serde_json::to_string(&asked).map_err(|error| ServiceError::Refused(error.to_string()))?;
        let key = warrant_model::hash::key_of(&["plan", &file.currency, &key]);
        let put = file.clone();
        let make = move || {
            let best = plan(&put, &limits)?;
            verify(&best, &put)?;
            // Up to twice the money, so that what more would buy is seen too.
            let wider: Vec<f64> = limits.budget.iter().map(|budget| budget * 2.0).collect();
            let steps = frontier(&put, &Limits { budget: wider, ..limits }, count)?;
            let against = decided::decided(&put, &best, &steps)?;
            let steps = steps.iter().map(Step::of).collect();
            Ok(Found { best, steps, against })
        };
        let made = self.reports().plans.made(key, make).await?;
        let best = made.best.clone();
        let chosen = view.candidates.iter().filter(|one| best.start_of(&one.id).is_some());
        let controls = self.controls_with(actor, now, chosen).await?;
        let year_after = expected_loss(&file.scenarios, &controls, &file.currency).map_err(refused)?;
        let before =
            self.simulate(file.scenarios.clone(), self.beside_settings(file.controls.clone())).await?;
        let then = self.simulate(file.scenarios.clone(), self.beside_settings(controls)).await?;
        Ok(Bought {
            plan: best,
            year_after,
            now: (*before).clone(),
            then: (*then).clone(),
            frontier: made.steps.clone(),
            against: made.against.clone(),
            file,
        })
    }

    /// Controls as they would stand with the findings of some candidates closed, all at once.
    pub(super) async fn controls_with<'c>(
        &self,
        actor: &Actor,
        now: &BTreeMap<String, Arc<Standings>>,
        chosen: impl Iterator<Item = &'c Candidate>,
    ) -> Result<Vec<Control>, ServiceError> {
        let mut gone: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for one in chosen {
            gone.entry(&one.system).or_default().extend(one.findings.iter().map(String::as_str));
        }
        let mut controls = Vec::new();
        for (system, standings) in now {
            match gone.get(system.as_str()) {
                None => controls.extend(engine_controls(system, standings)),
                Some(gone) => {
                    controls
                        .extend(engine_controls(system, &self.closed(actor, system, standings, gone).await?));
                }
            }
        }
        Ok(controls)
    }
}

/// What the engine finds for some limits: the best plan, the frontier, and whether what is known decides.
pub(crate) struct Found {
    best: Plan,
    steps: Vec<Step>,
    against: Vec<Against>,
}

/// Scenarios, controls and candidates as the engine takes them.
fn put(
    currency: &str,
    actions: Vec<Action>,
    found: &scope::Found,
    now: &BTreeMap<String, Arc<Standings>>,
) -> RiskFile {
    RiskFile {
        title: "Portfolio".to_owned(),
        currency: currency.to_owned(),
        tolerance: Vec::new(),
        controls: now.iter().flat_map(|(system, standings)| engine_controls(system, standings)).collect(),
        actions,
        scenarios: found
            .in_force
            .iter()
            .flat_map(|(system, records)| engine_scenarios(system, records))
            .collect(),
        planning: Default::default(),
    }
}
