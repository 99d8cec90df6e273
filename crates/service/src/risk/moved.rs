//! What moved: the same scenarios with the controls as they stood on an earlier day.

use super::input::{engine_controls, engine_scenarios};
use super::kept::Standings;
use super::scenario::Moved;
use super::{RiskScope, refused};
use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use warrant_model::time::end_of;
use warrant_risk::expected_loss;

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
    /// Expected yearly loss with the controls of the earlier day; `None` when the system was not there yet.
    pub before: Option<f64>,
    /// Expected yearly loss today.
    pub now: f64,
    /// Controls that perform otherwise than they did, the most first.
    pub moved: Vec<Moved>,
}

impl MovedScenario {
    /// By how much it moved; `None` when there was nothing to compare with.
    pub fn change(&self) -> Option<f64> {
        self.before.map(|before| self.now - before)
    }
}

/// What moved since a day.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct MovedView {
    /// Currency of every amount.
    pub currency: String,
    /// The day whose end is compared with now.
    pub since: Date,
    /// Scenarios in force today, those that moved most first.
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

impl Service {
    /// What moved the expected loss of the scenarios in force since the end of a day.
    pub async fn risk_moved(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        since: Date,
    ) -> Result<MovedView, ServiceError> {
        let currency = self.priors().currency.clone();
        let found = self.scenarios(actor, scope).await?;
        let mut scenarios = Vec::new();
        for (system, records) in &found.in_force {
            let now = self.standings(actor, system, records).await?;
            let before = self.standings_at(actor, system, records, Some(end_of(since))).await?;
            let controls = engine_controls(system, &now);
            let earlier = before.as_deref().map(|before| engine_controls(system, before));
            for (record, scenario) in records.iter().zip(engine_scenarios(system, records)) {
                let one = std::slice::from_ref(&scenario);
                let price = |controls| expected_loss(one, controls, &currency).map_err(refused);
                let named = super::input::named(&record.body);
                let moved = before.as_deref().map(|before| moves(before, &now, TOLD)).unwrap_or_default();
                scenarios.push(MovedScenario {
                    id: record.id.as_str().to_owned(),
                    title: record.body.title.clone(),
                    system: system.clone(),
                    system_name: found.names.get(system).cloned().unwrap_or_default(),
                    before: earlier.as_deref().map(price).transpose()?,
                    now: price(&controls)?,
                    moved: moved.into_iter().filter(|moved| named.contains(&moved.now.control)).collect(),
                });
            }
        }
        let size = |line: &MovedScenario| line.change().map_or(f64::INFINITY, f64::abs);
        scenarios.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.id.cmp(&b.id)));
        Ok(MovedView { currency, since, scenarios })
    }
}
