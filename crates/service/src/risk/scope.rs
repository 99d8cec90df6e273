//! Whose scenarios are summed: the organisation's, a unit's with all below it, or one system's.

use super::bodies::Read;
use super::decision::decision;
use super::{Figures, MOST_SCENARIOS, ScenarioLine};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{RiskTreatment, Scenario};
use warrant_model::time::{day, from_micros};
use warrant_store::records::{self, RecordQuery, RecordRow};
use warrant_store::units;

/// Whose scenarios are summed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskScope {
    /// All that the actor may see.
    #[default]
    Organisation,
    /// A unit's and those of the units below it, by the unit's id.
    Unit(String),
    /// One system's, by its id.
    System(String),
}

/// A unit that has scenarios in force, in it or below.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ScopeUnit {
    /// Record id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Scenarios in force.
    pub scenarios: usize,
}

/// A scenario that is not counted, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Record id.
    pub id: String,
    /// What happens.
    pub title: String,
    /// System name.
    pub system_name: String,
    /// Why it is not counted.
    pub because: String,
}

/// Scenarios by system, and those that do not count.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) in_force: BTreeMap<String, Vec<Record<Scenario>>>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) names: BTreeMap<String, String>,
    treatments: Vec<Record<RiskTreatment>>,
    people: BTreeMap<String, String>,
    today: Date,
}

impl Found {
    /// Nothing yet, at an instant.
    pub(super) fn at(
        at: Timestamp,
        names: BTreeMap<String, String>,
        treatments: Vec<Record<RiskTreatment>>,
        people: BTreeMap<String, String>,
    ) -> Self {
        let (in_force, left_out) = (BTreeMap::new(), Vec::new());
        Self { in_force, left_out, names, treatments, people, today: day(at) }
    }

    pub(super) fn line(&self, scenario: &Record<Scenario>, figures: Figures) -> ScenarioLine {
        let body = &scenario.body;
        let system = body.system.as_str();
        ScenarioLine {
            id: scenario.id.as_str().to_owned(),
            title: body.title.clone(),
            system: system.to_owned(),
            system_name: self.names.get(system).cloned().unwrap_or_default(),
            actor: body.actor.clone().unwrap_or_default(),
            treatment: body.treatment,
            decision: decision(&scenario.id, figures.ale, &self.treatments, &self.people, self.today),
            review_by: body.review_by,
            figures,
        }
    }

    /// All of them, by system.
    pub(super) fn everywhere(&self) -> BTreeMap<&str, &[Record<Scenario>]> {
        self.in_force.iter().map(|(system, scenarios)| (system.as_str(), scenarios.as_slice())).collect()
    }

    /// Those of these systems.
    pub(super) fn within(&self, systems: &BTreeSet<String>) -> BTreeMap<&str, &[Record<Scenario>]> {
        let mut found = self.everywhere();
        found.retain(|system, _| systems.contains(*system));
        found
    }
}

impl Service {
    /// Scenarios in force by system, and those not counted.
    pub(super) async fn scenarios(&self, actor: &Actor, scope: &RiskScope) -> Result<Found, ServiceError> {
        let system = match scope {
            RiskScope::System(system) => Some(system.clone()),
            RiskScope::Organisation | RiskScope::Unit(_) => None,
        };
        let names = self.system_names(actor).await?;
        let treatments = self.treatments(actor, system).await?;
        let approvers: BTreeSet<String> =
            treatments.iter().filter_map(|one| one.body.approver.as_ref()).map(|id| id.0.clone()).collect();
        let people = self.titles_of(actor, &approvers.into_iter().collect::<Vec<_>>()).await?;
        let mut found = Found::at(self.now(), names, treatments, people);
        for read in self.scenario_rows(actor, scope).await? {
            let row = &read.row;
            let because = match &read.record {
                None => "it was written by another version of Warrant and cannot be read",
                Some(record) => match record.body.state.as_str() {
                    "retired" => continue,
                    "draft" => "it is a draft",
                    _ => {
                        found.in_force.entry(row.system.clone()).or_default().push(record.clone());
                        continue;
                    }
                },
            };
            found.left_out.push(LeftOut {
                system_name: found.names.get(&row.system).cloned().unwrap_or_default(),
                id: row.id.clone(),
                title: row.title.clone(),
                because: because.to_owned(),
            });
        }
        Ok(found)
    }

    /// Scenarios of every state.
    pub(super) async fn scenario_rows(
        &self,
        actor: &Actor,
        scope: &RiskScope,
    ) -> Result<Vec<Arc<Read<Scenario>>>, ServiceError> {
        let within = match scope {
            RiskScope::Unit(unit) => Some(self.systems_below(actor, unit).await?),
            RiskScope::Organisation | RiskScope::System(_) => None,
        };
        let system = match scope {
            RiskScope::System(system) => Some(system.clone()),
            RiskScope::Organisation | RiskScope::Unit(_) => None,
        };
        let query = RecordQuery { system, limit: MOST_SCENARIOS, ..RecordQuery::default() };
        let mut rows = self.kept_rows::<Scenario>(actor, query).await?;
        rows.retain(|read| within.as_ref().is_none_or(|within| within.contains(&read.row.system)));
        Ok(rows)
    }

    /// Decisions on risks that the actor may see: those approved and those asked for.
    async fn treatments(
        &self,
        actor: &Actor,
        system: Option<String>,
    ) -> Result<Vec<Record<RiskTreatment>>, ServiceError> {
        let mut found = Vec::new();
        for state in ["approved", "requested"] {
            let (system, state) = (system.clone(), Some(state.to_owned()));
            let query = RecordQuery { system, state, limit: MOST_SCENARIOS, ..RecordQuery::default() };
            found.extend(self.bodies(actor, query).await?);
        }
        Ok(found)
    }

    /// Units with scenarios in force that the actor may see, by name.
    pub async fn risk_units(&self, actor: &Actor) -> Result<Vec<ScopeUnit>, ServiceError> {
        let found = self.scenarios(actor, &RiskScope::Organisation).await?;
        self.units_of(actor, &found).await
    }

    /// Units of the scenarios found, and those above them.
    pub(super) async fn units_of(
        &self,
        actor: &Actor,
        found: &Found,
    ) -> Result<Vec<ScopeUnit>, ServiceError> {
        let units_of = self.units_of_systems(actor).await?;
        let mut by_unit: BTreeMap<&String, usize> = BTreeMap::new();
        for (system, scenarios) in &found.in_force {
            if let Some(unit) = units_of.get(system) {
                *by_unit.entry(unit).or_default() += scenarios.len();
            }
        }
        let mut db = self.store().db();
        let mut summed: BTreeMap<String, usize> = BTreeMap::new();
        for (unit, count) in by_unit {
            for above in units::above(&mut db, unit).await? {
                *summed.entry(above).or_default() += count;
            }
        }
        let ids: Vec<String> = summed.keys().filter(|id| !id.is_empty()).cloned().collect();
        let rows = records::get_many(&mut db, &ids, &actor.sees()).await?;
        let unit = |row: records::RecordRow| ScopeUnit {
            scenarios: summed.get(&row.id).copied().unwrap_or_default(),
            id: row.id,
            name: row.title,
        };
        let mut units: Vec<_> = rows.into_iter().map(unit).collect();
        units.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
        Ok(units)
    }

    /// Systems in a unit and below it, as far as the actor may see them.
    pub(super) async fn systems_below(
        &self,
        actor: &Actor,
        unit: &str,
    ) -> Result<BTreeSet<String>, ServiceError> {
        let units = units::below(&mut self.store().db(), unit).await?;
        let units_of = self.units_of_systems(actor).await?;
        Ok(units_of.into_iter().filter(|(_, unit)| units.contains(unit)).map(|(system, _)| system).collect())
    }
}

/// A row with its body.
pub(super) fn record_of<T>(row: &RecordRow, body: T) -> Record<T> {
    Record {
        id: RecordId(row.id.clone()),
        version: row.version,
        created_at: from_micros(row.created_at),
        updated_at: from_micros(row.updated_at),
        body,
    }
}
