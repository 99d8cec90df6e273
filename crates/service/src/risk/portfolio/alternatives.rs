//! Alternatives side by side: sets of candidates, each with what it costs, takes, spares and leaves open, and whether
//! what is known decides between them.

use super::super::input::engine_scenarios;
use super::super::scope::Found;
use super::super::{Bracket, Report, RiskScope};
use super::candidates::{Works, each_loss};
use super::{Candidate, PortfolioAsk, put};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::level::Severity;
use warrant_model::time::day;
use warrant_risk::{Control, Decision, Question, RiskFile, decide};

/// A set of candidates to compare.
#[derive(Clone, Debug, PartialEq)]
pub enum SetOf {
    /// The POA&M items that the budget lines of an initiative name.
    Initiative(String),
    /// What the engine would do for so much money.
    Budget(f64),
    /// Candidates by id, under a name.
    Named {
        /// What the set is called.
        name: String,
        /// Ids of candidates.
        ids: Vec<String>,
    },
}

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AlternativesAsk {
    /// Whose systems.
    pub scope: RiskScope,
    /// One to [`MOST_SETS`] sets.
    pub sets: Vec<SetOf>,
}

/// Work that policy or plan wants done within a year.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Obligation {
    /// The candidate's id.
    pub id: String,
    /// What is done.
    pub title: String,
    /// The day by which it is wanted.
    pub due: Date,
    /// Whether that day is past.
    pub late: bool,
}

/// A scenario as an alternative leaves it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Left {
    /// Record id.
    pub id: String,
    /// What happens.
    pub title: String,
    /// Expected loss of a year.
    pub ale: f64,
}

/// A set of candidates in figures.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Alternative {
    /// What it is called.
    pub name: String,
    /// Candidates done.
    pub chosen: Vec<Candidate>,
    /// Ids that are no candidate: the work is done, or not in this scope.
    pub gone: Vec<String>,
    /// What it costs: all of its costs at their least, their likeliest and their most.
    pub cost: Bracket,
    /// Hours by work role; under the empty name those of work that names no role and no owner who has one.
    pub hours: BTreeMap<String, f64>,
    /// Pieces of work that state what they cost and not how long they take: their hours are not in the sum.
    pub without_hours: usize,
    /// A year with all of it done.
    pub year: Report,
    /// Work due within a year that it does.
    pub met: usize,
    /// Work due within a year that it does not do, the first due first.
    pub unmet: Vec<Obligation>,
    /// Pieces of work it leaves, by the worst finding of each.
    pub left: BTreeMap<Severity, usize>,
    /// Open findings it leaves, of those that some candidate would close.
    pub findings_left: usize,
    /// The dearest scenarios it leaves.
    pub dearest: Vec<Left>,
}

/// Two alternatives, or one and doing nothing, under what is not known.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Pair {
    /// Place of the first.
    pub first: usize,
    /// Place of the second; `None`: doing nothing.
    pub second: Option<usize>,
    /// Which is better: loss prevented in a year less cost.
    pub decision: Decision,
}

/// Alternatives side by side.
#[derive(Clone, Debug, serde::Serialize)]
pub struct AlternativesView {
    /// Currency of every amount.
    pub currency: String,
    /// The instant at which controls and findings are taken.
    pub as_of: Timestamp,
    /// A year as things stand; `None` when no scenario is in force.
    pub now: Option<Report>,
    /// The alternatives, in the order asked for.
    pub alternatives: Vec<Alternative>,
    /// Each beside doing nothing, then each beside those after it.
    pub pairs: Vec<Pair>,
    /// Work due within a year.
    pub obligations: usize,
    /// Everything that could be done.
    pub candidates: usize,
    /// Initiatives whose budget lines name POA&M items, by name.
    pub initiatives: Vec<String>,
    /// Titles of scenarios and candidates, by id.
    pub titles: BTreeMap<String, String>,
    /// Names of the work roles that hours are told of, by id.
    pub roles: BTreeMap<String, String>,
}

/// Sets compared at once, at most.
pub const MOST_SETS: usize = 5;

/// Days within which work is due that counts as an obligation: a year.
const AHEAD: i64 = 365;

/// Scenarios told of those that are left.
const DEAREST: usize = 3;

impl Service {
    /// Sets of candidates side by side.
    ///
    /// # Errors
    /// When there are more than [`MOST_SETS`] sets, an initiative is not there or a budget means nothing.
    pub async fn alternatives(
        &self,
        actor: &Actor,
        ask: &AlternativesAsk,
    ) -> Result<AlternativesView, ServiceError> {
        if ask.sets.len() > MOST_SETS {
            let said = format!("{} sets are named; compare {MOST_SETS} at most", ask.sets.len());
            return Err(ServiceError::Refused(said));
        }
        let found = self.scenarios(actor, &ask.scope).await?;
        let now = self.standings_of(actor, &found.everywhere()).await?;
        let works = self.works(actor, &found, &now).await?;
        let all: BTreeMap<&str, &Candidate> =
            works.iter().flat_map(|works| each(works)).map(|one| (one.id.as_str(), one)).collect();
        let initiatives = self.initiatives(actor).await?;
        let mut sets = Vec::new();
        for set in &ask.sets {
            sets.push(self.members(actor, ask, set, &initiatives).await?);
        }
        let currency = self.priors().currency.clone();
        let due = obligations(&all, day(self.now()));
        let mut view = AlternativesView {
            as_of: self.now(),
            now: None,
            alternatives: Vec::new(),
            pairs: Vec::new(),
            obligations: due.len(),
            candidates: all.len(),
            initiatives: initiatives.into_keys().collect(),
            titles: all.iter().map(|(id, one)| ((*id).to_owned(), one.title.clone())).collect(),
            roles: BTreeMap::new(),
            currency,
        };
        if found.in_force.is_empty() {
            return Ok(view);
        }
        let file = put(&view.currency, Vec::new(), &found, &now);
        view.titles.extend(file.scenarios.iter().map(|one| (one.id.clone(), one.title.clone())));
        let before = self.beside_settings(file.controls.clone());
        view.now = Some((*self.simulate(file.scenarios.clone(), before).await?).clone());
        for (name, ids) in sets {
            let chosen: Vec<Candidate> =
                ids.iter().filter_map(|id| all.get(id.as_str())).map(|one| (*one).clone()).collect();
            let controls = self.controls_with(actor, &now, chosen.iter()).await?;
            let year = self.simulate(file.scenarios.clone(), self.beside_settings(controls.clone())).await?;
            let gone = ids.iter().filter(|id| !all.contains_key(id.as_str())).cloned().collect();
            let dearest = dearest(&found, &controls, &view.currency)?;
            let made = Made { name, chosen, gone, year: (*year).clone(), dearest };
            view.alternatives.push(told(made, &all, &due));
        }
        let names = warrant_analysis::work_roles();
        let told = view.alternatives.iter().flat_map(|one| one.hours.keys());
        view.roles =
            told.filter_map(|id| Some((id.clone(), (*names.get(id.as_str())?).to_owned()))).collect();
        view.pairs = self.pairs_of(file, &view.alternatives).await?;
        Ok(view)
    }

    /// A set's name and the ids of its candidates.
    async fn members(
        &self,
        actor: &Actor,
        ask: &AlternativesAsk,
        set: &SetOf,
        initiatives: &BTreeMap<String, BTreeSet<String>>,
    ) -> Result<(String, Vec<String>), ServiceError> {
        match set {
            SetOf::Named { name, ids } => {
                let mut seen = BTreeSet::new();
                Ok((name.clone(), ids.iter().filter(|id| seen.insert(*id)).cloned().collect()))
            }
            SetOf::Initiative(name) => {
                let items = initiatives.get(name).ok_or_else(|| ServiceError::NotFound {
                    what: "initiative whose budget lines name POA&M items",
                    name: name.clone(),
                })?;
                Ok((name.clone(), items.iter().cloned().collect()))
            }
            SetOf::Budget(budget) => {
                let asked = PortfolioAsk {
                    scope: ask.scope.clone(),
                    budget: vec![*budget],
                    ..PortfolioAsk::default()
                };
                let bought = self.portfolio(actor, &asked).await?.bought;
                let chosen = bought.map(|bought| bought.plan.chosen).unwrap_or_default();
                let name = format!("Best for {budget:.0}");
                Ok((name, chosen.into_iter().map(|start| start.action).collect()))
            }
        }
    }

    /// Each alternative beside doing nothing, then each beside those after it.
    async fn pairs_of(
        &self,
        file: RiskFile,
        alternatives: &[Alternative],
    ) -> Result<Vec<Pair>, ServiceError> {
        let mut actions: BTreeMap<&str, &Candidate> = BTreeMap::new();
        for one in alternatives.iter().flat_map(|alternative| &alternative.chosen) {
            actions.insert(&one.id, one);
        }
        let file = RiskFile { actions: actions.into_values().map(Candidate::action).collect(), ..file };
        let ids: Vec<Vec<String>> = alternatives
            .iter()
            .map(|alternative| alternative.chosen.iter().map(|one| one.id.clone()).collect())
            .collect();
        let key = serde_json::to_string(&(&file, &ids));
        let key = key.map_err(|error| ServiceError::Refused(error.to_string()))?;
        let key = warrant_model::hash::key_of(&["alternatives", &key]);
        let count = ids.len();
        let make = move || {
            let alone = (0..count).map(|first| (first, None));
            let both =
                (0..count).flat_map(|first| (first + 1..count).map(move |second| (first, Some(second))));
            let pair = |(first, second): (usize, Option<usize>)| {
                let other = second.map(|second| ids[second].clone()).unwrap_or_default();
                let question = Question { first: ids[first].clone(), second: other, ..Question::default() };
                Ok(Pair { first, second, decision: decide(&file, &question)? })
            };
            alone.chain(both).map(pair).collect()
        };
        let pairs: Arc<Vec<Pair>> = self.reports().pairs.made(key, make).await?;
        Ok((*pairs).clone())
    }
}

/// All candidates of a system, whether they spare anything that is priced or not.
fn each(works: &Works) -> impl Iterator<Item = &Candidate> {
    works.worth.iter().chain(&works.without)
}

/// Work that policy or plan wants done within a year, the first due first.
fn obligations(all: &BTreeMap<&str, &Candidate>, today: Date) -> Vec<Obligation> {
    let end = today.checked_add(jiff::Span::new().days(AHEAD)).unwrap_or(Date::MAX);
    let due = all.values().filter_map(|one| {
        let due = one.due.filter(|due| *due <= end)?;
        Some(Obligation { id: one.id.clone(), title: one.title.clone(), due, late: due < today })
    });
    let mut due: Vec<_> = due.collect();
    due.sort_by(|a, b| a.due.cmp(&b.due).then_with(|| a.id.cmp(&b.id)));
    due
}

/// A set with its price.
struct Made {
    name: String,
    chosen: Vec<Candidate>,
    gone: Vec<String>,
    year: Report,
    dearest: Vec<Left>,
}

/// All that is told of a set.
fn told(made: Made, all: &BTreeMap<&str, &Candidate>, due: &[Obligation]) -> Alternative {
    let Made { name, chosen, gone, year, dearest } = made;
    let ids: BTreeSet<&str> = chosen.iter().map(|one| one.id.as_str()).collect();
    let closed: BTreeSet<&str> = chosen.iter().flat_map(|one| &one.findings).map(String::as_str).collect();
    let mut cost = Bracket { low: 0.0, estimate: 0.0, high: 0.0 };
    let mut hours: BTreeMap<String, f64> = BTreeMap::new();
    let mut without_hours = 0;
    for one in &chosen {
        let (low, high) = one.cost_range();
        cost.low += low;
        cost.estimate += one.cost;
        cost.high += high;
        if one.hours_told {
            *hours.entry(one.role.clone().unwrap_or_default()).or_default() += one.hours.1;
        } else {
            without_hours += 1;
        }
    }
    let mut left: BTreeMap<Severity, usize> = BTreeMap::new();
    let mut findings: BTreeSet<&str> = BTreeSet::new();
    for one in all.values().filter(|one| !ids.contains(one.id.as_str())) {
        *left.entry(one.severity).or_default() += 1;
        findings.extend(one.findings.iter().map(String::as_str).filter(|id| !closed.contains(id)));
    }
    let unmet: Vec<Obligation> = due.iter().filter(|one| !ids.contains(one.id.as_str())).cloned().collect();
    Alternative {
        name,
        gone,
        year,
        dearest,
        cost,
        hours,
        without_hours,
        met: due.len() - unmet.len(),
        unmet,
        left,
        findings_left: findings.len(),
        chosen,
    }
}

/// The dearest scenarios under some controls.
fn dearest(found: &Found, controls: &[Control], currency: &str) -> Result<Vec<Left>, ServiceError> {
    let scenarios: Vec<_> =
        found.in_force.iter().flat_map(|(system, records)| engine_scenarios(system, records)).collect();
    let losses = each_loss(&scenarios, controls, currency)?;
    let left = scenarios.into_iter().zip(losses).map(|(scenario, ale)| Left {
        id: scenario.id,
        title: scenario.title,
        ale,
    });
    let mut left: Vec<_> = left.collect();
    left.sort_by(|a, b| b.ale.total_cmp(&a.ale).then_with(|| a.id.cmp(&b.id)));
    left.truncate(DEAREST);
    Ok(left)
}
