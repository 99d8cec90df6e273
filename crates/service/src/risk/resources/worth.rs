//! What planned work spares: a year as things stand beside a year with the findings of some POA&M items closed.

use super::super::input::{engine_controls, engine_scenarios};
use super::super::kept::Standings;
use super::super::portfolio::Candidate;
use super::super::scope::Found;
use super::super::{PortfolioAsk, RiskScope, refused};
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_risk::{Control, expected_loss};

/// A year as things stand, with what is needed to price it otherwise.
pub(super) struct Year {
    found: Found,
    now: BTreeMap<String, Arc<Standings>>,
    candidates: Vec<Candidate>,
    /// Its expected loss.
    pub(super) ale: f64,
}

impl Year {
    /// All scenarios as the engine takes them.
    pub(super) fn scenarios(&self) -> Vec<warrant_risk::Scenario> {
        let all = self.found.in_force.iter();
        all.flat_map(|(system, records)| engine_scenarios(system, records)).collect()
    }

    /// Findings that these POA&M items close, by system.
    fn done(&self, items: &BTreeSet<&str>) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut done: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for one in &self.candidates {
            if one.item.as_deref().is_some_and(|item| items.contains(item)) {
                done.entry(&one.system).or_default().extend(one.findings.iter().map(String::as_str));
            }
        }
        done
    }

    /// Controls as they stand.
    pub(super) fn controls(&self) -> Vec<Control> {
        self.now.iter().flat_map(|(system, standings)| engine_controls(system, standings)).collect()
    }
}

impl Service {
    /// The year as it stands, over all that the actor may see.
    pub(super) async fn year(&self, actor: &Actor) -> Result<Year, ServiceError> {
        let view = self.portfolio(actor, &PortfolioAsk::default()).await?;
        let found = self.scenarios(actor, &RiskScope::Organisation).await?;
        let now = self.standings_of(actor, &found.everywhere()).await?;
        Ok(Year { found, now, candidates: view.candidates, ale: view.year })
    }

    /// Controls as they would stand with these POA&M items done.
    pub(super) async fn with_done(
        &self,
        actor: &Actor,
        year: &Year,
        items: &BTreeSet<&str>,
    ) -> Result<Vec<Control>, ServiceError> {
        let mut done = year.done(items);
        let mut controls = Vec::new();
        for (system, standings) in &year.now {
            let gone = done.remove(system.as_str()).unwrap_or_default();
            if gone.is_empty() {
                controls.extend(engine_controls(system, standings));
            } else {
                let after = self.closed(actor, system, standings, &gone).await?;
                controls.extend(engine_controls(system, &after));
            }
        }
        Ok(controls)
    }

    /// What a year costs less with these POA&M items done, all of them together.
    pub(super) async fn spared(
        &self,
        actor: &Actor,
        year: &Year,
        items: &BTreeSet<&str>,
    ) -> Result<f64, ServiceError> {
        // Systems of which nothing is done cost what they did.
        let (mut spared, currency) = (0.0, &self.priors().currency);
        for (system, gone) in year.done(items) {
            let (Some(now), Some(records)) = (year.now.get(system), year.found.in_force.get(system)) else {
                continue;
            };
            let after = self.closed(actor, system, now, &gone).await?;
            let scenarios = engine_scenarios(system, records);
            let cost = |standings: &Standings| {
                expected_loss(&scenarios, &engine_controls(system, standings), currency).map_err(refused)
            };
            spared += cost(now)? - cost(&after)?;
        }
        Ok(spared)
    }
}
