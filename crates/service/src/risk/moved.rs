//! What moved the expected loss between a day and now: scenarios that came and went, their estimates, and how the
//! controls in their way stood. Every cause has its amount, and the amounts add up to the difference.

use super::causes::{Cause, Share, Side, shares};
use super::kept::Standings;
use super::scenario::Moved;
use super::standing::Burden;
use super::{RiskScope, refused};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::finding::FindingState;
use warrant_model::kind::Record;
use warrant_model::kinds::Scenario;
use warrant_model::time::{end_of, micros};
use warrant_store::records;

/// A scenario's expected yearly loss on two days, and why it moved.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct MovedScenario {
    /// Record id.
    pub id: String,
    /// What happens.
    pub title: String,
    /// System id.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// Expected yearly loss on the earlier day, as it was estimated then; `None` when it was not in force.
    pub before: Option<f64>,
    /// Expected yearly loss today; `None` when it is in force no more.
    pub now: Option<f64>,
    /// What each cause did; the amounts add up to the change.
    pub causes: Vec<Share>,
    /// Controls that perform otherwise than they did, the most first.
    pub moved: Vec<Moved>,
}

impl MovedScenario {
    /// By how much it moved the sum.
    pub fn change(&self) -> f64 {
        self.now.unwrap_or_default() - self.before.unwrap_or_default()
    }
}

/// What a cause did over all scenarios.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CauseLine {
    /// The cause.
    pub cause: Cause,
    /// What it added; negative where it took away.
    pub amount: f64,
    /// Scenarios it moved.
    pub scenarios: usize,
}

/// What moved since a day.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct MovedView {
    /// Currency of every amount.
    pub currency: String,
    /// The day whose end is compared with now.
    pub since: Date,
    /// Expected yearly loss then: the sum of the scenarios in force.
    pub before: f64,
    /// Expected yearly loss now.
    pub now: f64,
    /// What each cause did, in the order of [`Cause::ALL`]; the amounts add up to `now` less `before`.
    pub causes: Vec<CauseLine>,
    /// Scenarios in force on either day, those that moved most first.
    pub scenarios: Vec<MovedScenario>,
}

/// What is told of two days: performance that moved by more than a thousandth.
pub(super) const TOLD: f64 = 0.001;

/// Controls whose performance differs by more than `least`, the most first.
pub(super) fn moves(before: &Standings, now: &Standings, least: f64) -> Vec<Moved> {
    let change = |moved: &Moved| (moved.now.performance() - moved.before.performance()).abs();
    let pair =
        |control: &String, now| Some(Moved { before: before.get(control)?.clone(), now: Clone::clone(now) });
    let moved = now.iter().filter_map(|(control, now)| pair(control, now));
    let mut moved: Vec<_> = moved.filter(|moved| change(moved) > least).collect();
    moved.sort_by(|a, b| change(b).total_cmp(&change(a)));
    moved
}

/// A scenario as it read on two days, where it was in force.
struct Pair {
    before: Option<Record<Scenario>>,
    now: Option<Record<Scenario>>,
}

impl Service {
    /// What moved the expected loss of the scenarios in force since the end of a day. Scenarios whose record was deleted
    /// since count on neither day.
    pub async fn risk_moved(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        since: Date,
    ) -> Result<MovedView, ServiceError> {
        let currency = self.priors().currency.clone();
        let names = self.system_names(actor).await?;
        let mut scenarios = Vec::new();
        let all = self.pairs(actor, scope, end_of(since)).await?;
        let both: BTreeMap<&str, Vec<Record<Scenario>>> = all
            .iter()
            .map(|(system, pairs)| {
                let both = pairs.iter().flat_map(|pair| [&pair.before, &pair.now]).flatten().cloned();
                (system.as_str(), both.collect())
            })
            .collect();
        let both: BTreeMap<&str, &[Record<Scenario>]> =
            both.iter().map(|(system, records)| (*system, records.as_slice())).collect();
        let nows = self.standings_of(actor, &both).await?;
        let mut befores = self.standings_of_at(actor, &both, Some(end_of(since))).await?;
        for (system, pairs) in &all {
            let Some(now) = nows.get(system) else { continue };
            let before = befores.remove(system).flatten();
            let left = match &before {
                // Without an open finding none opened.
                Some(_) if now.values().all(|standing| standing.open == 0) => (**now).clone(),
                Some(_) => self.without_opened(actor, system, now, end_of(since)).await?,
                None => Standings::new(),
            };
            for pair in pairs {
                let Some(shown) = pair.now.as_ref().or(pair.before.as_ref()) else { continue };
                // What was in force in a system that was not recorded yet was not priced.
                let was = pair.before.as_ref().zip(before.as_deref()).map(|(record, at)| Side { record, at });
                let is = pair.now.as_ref().map(|record| Side { record, at: now });
                let told = shares(system, was.as_ref(), is.as_ref(), &left, &currency).map_err(refused)?;
                let mut named: BTreeSet<String> = super::input::named(&shown.body);
                named.extend(pair.before.iter().flat_map(|record| super::input::named(&record.body)));
                let moved = match (&was, &is) {
                    (Some(was), Some(is)) => moves(was.at, is.at, TOLD),
                    _ => Vec::new(),
                };
                scenarios.push(MovedScenario {
                    id: shown.id.as_str().to_owned(),
                    title: shown.body.title.clone(),
                    system: system.clone(),
                    system_name: names.get(system).cloned().unwrap_or_default(),
                    before: told.before,
                    now: told.now,
                    causes: told.shares,
                    moved: moved.into_iter().filter(|moved| named.contains(&moved.now.control)).collect(),
                });
            }
        }
        scenarios.sort_by(|a, b| b.change().abs().total_cmp(&a.change().abs()).then_with(|| a.id.cmp(&b.id)));
        Ok(MovedView {
            currency,
            since,
            before: scenarios.iter().filter_map(|line| line.before).sum(),
            now: scenarios.iter().filter_map(|line| line.now).sum(),
            causes: in_all(&scenarios),
            scenarios,
        })
    }

    /// Scenarios in force now or at an earlier instant, by system.
    async fn pairs(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        at: Timestamp,
    ) -> Result<BTreeMap<String, Vec<Pair>>, ServiceError> {
        let mut found: BTreeMap<String, Vec<Pair>> = BTreeMap::new();
        for read in self.scenario_rows(actor, scope).await? {
            let now = read.record.clone();
            let before = match read.row.updated_at <= micros(at) {
                true => now.clone(),
                false => self.scenario_then(&read.row, at).await?,
            };
            let in_force =
                |record: &Record<Scenario>| !matches!(record.body.state.as_str(), "retired" | "draft");
            let pair = Pair { before: before.filter(in_force), now: now.filter(in_force) };
            if pair.before.is_some() || pair.now.is_some() {
                found.entry(read.row.system.clone()).or_default().push(pair);
            }
        }
        Ok(found)
    }

    /// A scenario as it read at an instant; `None` when it was not there, or can not be read.
    async fn scenario_then(
        &self,
        row: &records::RecordRow,
        at: Timestamp,
    ) -> Result<Option<Record<Scenario>>, ServiceError> {
        let versions = records::versions(&mut self.store().db(), &row.id).await?;
        let then =
            versions.into_iter().find(|version| version.effective_at <= micros(at)).filter(|it| !it.deleted);
        let body = then.and_then(|version| warrant_model::kind::parse_body::<Scenario>(&version.body));
        Ok(body.map(|body| super::scope::record_of(row, body)))
    }

    /// How a system's controls would stand today without the findings that opened since an instant.
    async fn without_opened(
        &self,
        actor: &Actor,
        system: &str,
        now: &Standings,
        since: Timestamp,
    ) -> Result<Standings, ServiceError> {
        let snapshot = self.snapshot(actor, system, None).await?;
        let burden = Burden::of(&snapshot, &now.keys().cloned().collect());
        let table = &snapshot.findings;
        let opened =
            |row: &usize| table.state[*row] == FindingState::Open && table.state_since[*row] > micros(since);
        Ok(burden.without(now, self.priors(), &burden.rows().into_iter().filter(opened).collect()))
    }
}

/// What each cause did over all scenarios.
fn in_all(scenarios: &[MovedScenario]) -> Vec<CauseLine> {
    let of = |cause: Cause| {
        let shares = scenarios.iter().flat_map(|line| &line.causes).filter(|share| share.cause == cause);
        let amounts: Vec<f64> = shares.map(|share| share.amount).collect();
        CauseLine { cause, amount: amounts.iter().sum(), scenarios: amounts.len() }
    };
    Cause::ALL.into_iter().map(of).filter(|line| line.scenarios > 0).collect()
}
