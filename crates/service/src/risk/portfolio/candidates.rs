//! Candidates: open POA&M items and remedies nobody has planned, each with cost, hours and worth. Pure functions of
//! snapshots.

use super::super::input::engine_controls;
use super::super::kept::Standings;
use super::super::priors::Priors;
use super::super::refused;
use super::super::standing::Burden;
use crate::ServiceError;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_analysis::{Policy, Remedy, remedies};
use warrant_model::hash::key_of;
use warrant_model::kinds::PoamItem;
use warrant_model::level::Severity;
use warrant_model::snapshot::SystemSnapshot;
use warrant_risk::{Action, Hours, Prevents, Range, expected_losses};

/// Something that could be done.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Candidate {
    /// Stable: the POA&M item's record id, or a hash of system and remedy.
    pub id: String,
    /// What is done.
    pub title: String,
    /// System id.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// The POA&M item, when it is planned already.
    pub item: Option<String>,
    /// Ids of the findings it closes.
    pub findings: Vec<String>,
    /// The worst of them.
    pub severity: Severity,
    /// The first day by which policy or plan wants it done.
    pub due: Option<Date>,
    /// Person-hours: least, most likely, most.
    pub hours: (f64, f64, f64),
    /// Whether hours are told or estimated; a plan that states money and no hours tells none.
    pub hours_told: bool,
    /// NICE work role that does it: the plan's, or the first of its owner's.
    pub role: Option<String>,
    /// What it costs: the money its plan names and its hours.
    pub cost: f64,
    /// Whether cost and hours are those of its plan, or estimated from its targets.
    pub estimated: bool,
    /// What a year would cost less if it alone were done.
    pub spares: f64,
    /// It has to be done.
    pub must: bool,
    /// The year of the plan in which it starts, from 1; `None` when it is not chosen.
    pub start: Option<usize>,
    /// For each scenario it bears on: the share of its loss that no longer comes about.
    #[serde(skip)]
    prevents: Vec<(String, f64)>,
}

impl Candidate {
    /// What a unit of money spent on it spares in a year; infinite when it costs nothing.
    pub fn per_cost(&self) -> f64 {
        if self.cost > 0.0 { self.spares / self.cost } else { f64::INFINITY }
    }

    /// Least and most that it costs; both are `cost` when it is certain.
    pub fn cost_range(&self) -> (f64, f64) {
        let (low, likely, high) = self.hours;
        let hour = if likely > 0.0 { self.cost / likely } else { 0.0 };
        if low < high { (low * hour, high * hour) } else { (self.cost, self.cost) }
    }

    /// As the engine takes it.
    pub(super) fn action(&self) -> Action {
        let (low, high) = self.cost_range();
        let certain = low >= high;
        Action {
            id: self.id.clone(),
            title: self.title.clone(),
            cost: self.cost,
            cost_range: (!certain).then_some(Range { low, high }),
            hours: Hours::Any(self.hours.1),
            obligation: self.must,
            prevents: self
                .prevents
                .iter()
                .map(|(scenario, share)| Prevents { scenario: scenario.clone(), share: *share, range: None })
                .collect(),
            ..Action::default()
        }
    }
}

/// Effects below this share of a scenario's loss are rounding.
const NOTHING: f64 = 1e-9;

/// The largest share the engine takes for one action.
const ALL: f64 = 0.999;

/// What could be done in a system.
#[derive(Debug)]
pub(super) struct Works {
    /// What lessens a year's loss.
    pub(super) worth: Vec<Candidate>,
    /// What spares nothing that is priced.
    pub(super) without: Vec<Candidate>,
}

/// Where candidates are made, system by system.
pub(super) struct Desk<'a> {
    priors: &'a Priors,
    policy: &'a Policy,
}

impl<'a> Desk<'a> {
    pub(super) fn new(priors: &'a Priors, policy: &'a Policy) -> Self {
        Self { priors, policy }
    }

    /// The candidates of a system.
    pub(super) fn works(
        &self,
        snapshot: &SystemSnapshot,
        name: &str,
        scenarios: &[warrant_risk::Scenario],
        standings: &Standings,
    ) -> Result<Works, ServiceError> {
        let mut found = Works { worth: Vec::new(), without: Vec::new() };
        let mut works: BTreeMap<String, Vec<Remedy>> = BTreeMap::new();
        let system = snapshot.system.id.as_str();
        for remedy in remedies(snapshot, self.policy) {
            let id = remedy.item.clone().unwrap_or_else(|| key_of(&["remedy", system, &remedy.key]));
            works.entry(id).or_default().push(remedy);
        }
        let wanted: BTreeSet<String> = standings.keys().cloned().collect();
        let burden = Burden::of(snapshot, &wanted);
        let bears: BTreeSet<usize> = burden.rows();
        let controls = engine_controls(system, standings);
        let losses = each_loss(scenarios, &controls, &self.priors.currency)?;
        for (id, remedies) in works {
            let rows: BTreeSet<usize> = remedies
                .iter()
                .flat_map(|remedy| &remedy.rows)
                .copied()
                .filter(|r| bears.contains(r))
                .collect();
            let mut candidate = self.candidate(snapshot, name, id, &remedies);
            if !rows.is_empty() {
                let without = burden.without(standings, self.priors, &rows);
                let after = each_loss(scenarios, &engine_controls(system, &without), &self.priors.currency)?;
                for ((scenario, before), after) in scenarios.iter().zip(&losses).zip(after) {
                    let share = if *before > 0.0 { 1.0 - after / before } else { 0.0 };
                    if share > NOTHING {
                        candidate.spares += before - after;
                        candidate.prevents.push((scenario.id.clone(), share.min(ALL)));
                    }
                }
            }
            match candidate.prevents.is_empty() {
                true => found.without.push(candidate),
                false => found.worth.push(candidate),
            }
        }
        Ok(found)
    }

    fn candidate(&self, snapshot: &SystemSnapshot, name: &str, id: String, remedies: &[Remedy]) -> Candidate {
        let item = remedies.iter().find_map(|remedy| remedy.item.as_ref());
        let item = item.and_then(|id| snapshot.poam_items.iter().find(|item| item.id.as_str() == id));
        let sum = |of: fn(&Remedy) -> f64| remedies.iter().map(of).sum::<f64>();
        let (low, high) = (sum(|remedy| remedy.hours.0), sum(|remedy| remedy.hours.1));
        // A triangle's mode is not known; the middle of the range stands for the most likely.
        let guess = (low, (low + high) / 2.0, high);
        let stated = item.and_then(|item| item.body.hours).map(|hours| (hours, hours, hours));
        let money = item.and_then(|item| item.body.cost).filter(|cost| *cost > 0.0);
        // A plan that states money and no hours has them in its money.
        let hours_told = stated.is_some() || money.is_none();
        let hours = stated.unwrap_or(if money.is_some() { (0.0, 0.0, 0.0) } else { guess });
        let findings = &snapshot.findings;
        let rows = remedies.iter().flat_map(|remedy| &remedy.rows);
        let due = remedies.iter().filter_map(|remedy| remedy.due).min();
        Candidate {
            must: false,
            id,
            title: match (item, remedies) {
                (Some(item), _) => item.body.title.clone(),
                (None, [one]) if one.targets.len() == 1 => format!("{} on {}", sentence(one), one.targets[0]),
                (None, [one, ..]) => format!("{} on {} targets", sentence(one), one.targets.len()),
                (None, []) => String::new(),
            },
            system: snapshot.system.id.as_str().to_owned(),
            system_name: name.to_owned(),
            item: item.map(|item| item.id.as_str().to_owned()),
            findings: rows.map(|row| findings.text(findings.id[*row]).to_owned()).collect(),
            severity: remedies.iter().map(|remedy| remedy.severity).max().unwrap_or_default(),
            due: item.and_then(|item| item.body.due).or(due),
            hours,
            hours_told,
            role: item.and_then(|item| role(snapshot, &item.body)),
            cost: money.unwrap_or_default() + hours.1 * self.priors.work.hour,
            estimated: stated.is_none() && money.is_none(),
            spares: 0.0,
            start: None,
            prevents: Vec::new(),
        }
    }
}

/// Who does a planned piece of work: the role it names, else the first of its owner's.
fn role(snapshot: &SystemSnapshot, item: &PoamItem) -> Option<String> {
    let owner = item.owner.as_ref().and_then(|id| snapshot.programme.person(id));
    item.work_role.clone().or_else(|| owner.and_then(|person| person.body.work_roles.first().cloned()))
}

/// What a remedy does, to be gone on with.
fn sentence(remedy: &Remedy) -> &str {
    remedy.title.trim().trim_end_matches('.')
}

/// Candidates of all systems, what must be done first, then the most worth for its money, and how many pieces of work
/// spare nothing.
pub(super) fn gathered(works: &[Arc<Works>], must: &BTreeSet<String>) -> (Vec<Candidate>, usize) {
    let obliged = |candidate: &Candidate| must.contains(&candidate.id);
    let all = works.iter().flat_map(|works| &works.worth);
    let obligations = works.iter().flat_map(|works| &works.without).filter(|one| obliged(one));
    let mut found: Vec<Candidate> =
        all.chain(obligations).map(|one| Candidate { must: obliged(one), ..one.clone() }).collect();
    let without: usize =
        works.iter().map(|works| works.without.iter().filter(|one| !obliged(one)).count()).sum();
    found.sort_by(|a, b| {
        let by_must = b.must.cmp(&a.must);
        by_must.then_with(|| b.per_cost().total_cmp(&a.per_cost())).then_with(|| a.id.cmp(&b.id))
    });
    (found, without)
}

pub(super) fn each_loss(
    scenarios: &[warrant_risk::Scenario],
    controls: &[warrant_risk::Control],
    currency: &str,
) -> Result<Vec<f64>, ServiceError> {
    expected_losses(scenarios, controls, currency).map_err(refused)
}
