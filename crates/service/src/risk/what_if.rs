//! What if: the curves of scenarios, systems, units and the organisation with some findings taken as closed.

use super::input::{engine_controls, engine_scenarios};
use super::kept::Standings;
use super::moved::moves;
use super::scenario::Moved;
use super::scope::Found;
use super::standing::Burden;
use super::{Report, RiskScope};
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::finding::{Finding, FindingState};
use warrant_risk::Control;
use warrant_store::{findings, records, units};

/// Whose year it is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "scope", rename_all = "snake_case")]
pub enum ShiftScope {
    /// Everything the actor may see.
    Organisation,
    /// A unit with all below it.
    Unit {
        /// Record id.
        id: String,
    },
    /// A system.
    System {
        /// Record id.
        id: String,
    },
    /// A scenario.
    Scenario {
        /// Record id.
        id: String,
    },
}

/// A year as it is and as it would be.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Shift {
    /// Whose.
    pub scope: ShiftScope,
    /// Its name.
    pub name: String,
    /// Scenarios summed.
    pub scenarios: usize,
    /// As things stand.
    pub now: Report,
    /// With the findings closed.
    pub then: Report,
}

impl Shift {
    /// What is spared a year.
    pub fn spared(&self) -> f64 {
        self.now.total.ale - self.then.total.ale
    }
}

/// What closing some findings would do.
#[derive(Clone, Debug, serde::Serialize)]
pub struct WhatIf {
    /// Currency of every amount.
    pub currency: String,
    /// The findings taken as closed.
    pub findings: Vec<Finding>,
    /// Findings named that are not open, so that closing them changes nothing.
    pub not_open: Vec<String>,
    /// From the widest to the narrowest; scenarios that spare most first. Empty when no scenario in force has a step
    /// that a control stops on which they bear.
    pub shifts: Vec<Shift>,
    /// Controls that would perform better, by system id.
    pub moved: Vec<(String, Moved)>,
}

/// Findings taken together, at most.
pub(super) const MOST: usize = 2_000;

/// The years of every scenario concerned: as they are and as they would be.
struct Sides<'f> {
    found: &'f Found,
    now: BTreeMap<&'f str, Arc<Standings>>,
    then: BTreeMap<&'f str, Standings>,
}

impl Sides<'_> {
    /// Controls of these systems, before or after.
    fn controls(&self, systems: &BTreeSet<String>, after: bool) -> Vec<Control> {
        let now = self.now.iter().filter(|(system, _)| systems.contains(**system));
        let taken = now.flat_map(|(system, now)| {
            let standings = if after { self.then.get(system).unwrap_or(now) } else { now };
            engine_controls(system, standings)
        });
        taken.collect()
    }

    fn scenarios(&self, systems: &BTreeSet<String>) -> Vec<warrant_risk::Scenario> {
        let within = self.found.within(systems);
        within.iter().flat_map(|(system, records)| engine_scenarios(system, records)).collect()
    }
}

impl Service {
    /// What closing some findings would do, from the organisation down to each scenario.
    ///
    /// # Errors
    /// When a finding is not there or there are more than 2,000.
    pub async fn what_if_closed(&self, actor: &Actor, ids: &[String]) -> Result<WhatIf, ServiceError> {
        let ids: BTreeSet<&String> = ids.iter().collect();
        if ids.len() > MOST {
            return Err(ServiceError::Refused(format!(
                "{} findings are named; take at most {MOST}",
                ids.len()
            )));
        }
        let (mut open, mut not_open) = (Vec::new(), Vec::new());
        for id in ids {
            let finding = findings::get(&mut self.store().db(), id, &actor.sees()).await?;
            let finding =
                finding.ok_or_else(|| ServiceError::NotFound { what: "finding", name: id.clone() })?;
            if finding.state == FindingState::Open { open.push(finding) } else { not_open.push(id.clone()) }
        }
        let found = self.scenarios(actor, &RiskScope::Organisation).await?;
        let mut sides = Sides { found: &found, now: BTreeMap::new(), then: BTreeMap::new() };
        let mut moved = Vec::new();
        let all = self.standings_of(actor, &found.everywhere()).await?;
        for system in found.in_force.keys() {
            let Some(now) = all.get(system).cloned() else { continue };
            let gone: BTreeSet<&str> =
                open.iter().filter(|f| f.system == *system).map(|f| f.id.as_str()).collect();
            if !gone.is_empty() {
                let then = self.closed(actor, system, &now, &gone).await?;
                moved.extend(moves(&now, &then, 0.0).into_iter().map(|moved| (system.clone(), moved)));
                sides.then.insert(system, then);
            }
            sides.now.insert(system, now);
        }
        moved.sort_by(|a, b| {
            let gain = |m: &Moved| m.now.performance() - m.before.performance();
            gain(&b.1).total_cmp(&gain(&a.1))
        });
        let shifts = if moved.is_empty() { Vec::new() } else { self.shifts(actor, &sides, &moved).await? };
        Ok(WhatIf { currency: self.priors().currency.clone(), findings: open, not_open, shifts, moved })
    }

    /// How a system's controls would stand without some findings.
    pub(super) async fn closed(
        &self,
        actor: &Actor,
        system: &str,
        now: &Standings,
        gone: &BTreeSet<&str>,
    ) -> Result<Standings, ServiceError> {
        let snapshot = self.snapshot(actor, system, None).await?;
        let wanted: BTreeSet<String> = now.keys().cloned().collect();
        let burden = Burden::of(&snapshot, &wanted);
        let table = &snapshot.findings;
        let rows = burden.rows().into_iter().filter(|row| gone.contains(table.text(table.id[*row])));
        Ok(burden.without(now, self.priors(), &rows.collect()))
    }

    async fn shifts(
        &self,
        actor: &Actor,
        sides: &Sides<'_>,
        moved: &[(String, Moved)],
    ) -> Result<Vec<Shift>, ServiceError> {
        let everything: BTreeSet<String> = sides.found.in_force.keys().cloned().collect();
        let systems: BTreeSet<&String> = moved.iter().map(|(system, _)| system).collect();
        let mut scopes = vec![(ShiftScope::Organisation, String::new(), everything.clone())];
        for (id, name, within) in self.units_above(actor, &systems).await? {
            let within: BTreeSet<String> = within.intersection(&everything).cloned().collect();
            // A unit that holds everything is the organisation once more.
            if within != everything {
                scopes.push((ShiftScope::Unit { id }, name, within));
            }
        }
        for system in &systems {
            let name = sides.found.names.get(*system).cloned().unwrap_or_default();
            let scope = ShiftScope::System { id: (*system).clone() };
            scopes.push((scope, name, BTreeSet::from([(*system).clone()])));
        }
        let mut shifts = Vec::new();
        for (scope, name, within) in scopes {
            let (now, then) = (sides.controls(&within, false), sides.controls(&within, true));
            shifts.push(self.shift(scope, name, sides.scenarios(&within), now, then).await?);
        }
        let mut narrow = Vec::new();
        for system in systems {
            let controls: BTreeSet<&str> =
                moved.iter().filter(|(of, _)| of == system).map(|(_, m)| m.now.control.as_str()).collect();
            let within = BTreeSet::from([system.clone()]);
            let (now, then) = (sides.controls(&within, false), sides.controls(&within, true));
            let records = &sides.found.in_force[system];
            for (record, scenario) in records.iter().zip(engine_scenarios(system, records)) {
                if super::input::named(&record.body).iter().any(|control| controls.contains(control.as_str()))
                {
                    let scope = ShiftScope::Scenario { id: record.id.as_str().to_owned() };
                    let name = record.body.title.clone();
                    narrow.push(self.shift(scope, name, vec![scenario], now.clone(), then.clone()).await?);
                }
            }
        }
        narrow.sort_by(|a, b| b.spared().total_cmp(&a.spared()).then_with(|| a.name.cmp(&b.name)));
        shifts.extend(narrow);
        Ok(shifts)
    }

    async fn shift(
        &self,
        scope: ShiftScope,
        name: String,
        scenarios: Vec<warrant_risk::Scenario>,
        now: Vec<Control>,
        then: Vec<Control>,
    ) -> Result<Shift, ServiceError> {
        let count = scenarios.len();
        let now = self.simulate(scenarios.clone(), self.beside_settings(now)).await?;
        let then = self.simulate(scenarios, self.beside_settings(then)).await?;
        Ok(Shift { scope, name, scenarios: count, now: (*now).clone(), then: (*then).clone() })
    }

    /// Units above some systems, those that hold most first: id, name, systems.
    async fn units_above(
        &self,
        actor: &Actor,
        systems: &BTreeSet<&String>,
    ) -> Result<Vec<(String, String, BTreeSet<String>)>, ServiceError> {
        let of_systems = self.units_of_systems(actor).await?;
        let own: BTreeSet<&String> = systems.iter().filter_map(|system| of_systems.get(*system)).collect();
        let mut ids = BTreeSet::new();
        for unit in own {
            ids.extend(units::above(&mut self.store().db(), unit).await?);
        }
        let mut found = Vec::new();
        for id in ids.into_iter().filter(|id| !id.is_empty()) {
            let row = records::get(&mut self.store().db(), &id, &actor.sees()).await?;
            if let Some(row) = row {
                let within = self.systems_below(actor, &id).await?;
                found.push((id, row.title, within));
            }
        }
        found.sort_by(|a, b| b.2.len().cmp(&a.2.len()).then_with(|| a.1.cmp(&b.1)));
        Ok(found)
    }
}
