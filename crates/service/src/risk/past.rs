//! The risk register as it stood at an instant that has passed: the scenarios and decisions on record then, priced with
//! the controls as the evidence of that time showed them, by the priors of today.

use super::register::{Register, register_of};
use super::scope::{Found, record_of};
use super::{LeftOut, MOST_SCENARIOS, RiskScope, RiskView, input};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::{Kind, Record, parse_body};
use warrant_model::kinds::{RiskTreatment, Scenario};
use warrant_store::records::{RecordQuery, RecordRow};

impl Service {
    /// What [`Service::risk_register`] would have answered at an instant, and the scenarios in force then that cannot be
    /// priced, with the reason.
    pub async fn risk_register_at(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        at: Timestamp,
    ) -> Result<(Register, Vec<LeftOut>), ServiceError> {
        let view = self.risk_at(actor, scope, at).await?;
        let left_out = view.left_out.clone();
        Ok((register_of(view, self.priors()), left_out))
    }

    /// What [`Service::risk`] would have answered at an instant. Units are as they are now, and who may see what is
    /// decided by roles as they are.
    pub async fn risk_at(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        at: Timestamp,
    ) -> Result<RiskView, ServiceError> {
        let mut found = self.scenarios_at(actor, scope, at).await?;
        let standings = self.standings_of_at(actor, &found.everywhere(), Some(at)).await?;
        let (mut all, mut controls) = (Vec::new(), Vec::new());
        for (system, standings) in &standings {
            let Some(standings) = standings else {
                let gone = found.in_force.remove(system).unwrap_or_default();
                let because = "the system as it was then is not on record any more, or was not yet";
                let names = &found.names;
                let left_out = gone.iter().map(|scenario| left_out(scenario, names, because));
                found.left_out.extend(left_out.collect::<Vec<_>>());
                continue;
            };
            controls.extend(input::engine_controls(system, standings));
            all.extend(input::engine_scenarios(
                system,
                found.in_force.get(system).map_or(&[], Vec::as_slice),
            ));
        }
        let view = self.year_of(actor, scope, found, (all, controls)).await?;
        Ok(RiskView { as_of: at, ..view })
    }

    /// Scenarios in force at an instant by system, and those that could not be read.
    async fn scenarios_at(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        at: Timestamp,
    ) -> Result<Found, ServiceError> {
        let within = match scope {
            RiskScope::Unit(unit) => Some(self.systems_below(actor, unit).await?),
            RiskScope::Organisation | RiskScope::System(_) => None,
        };
        let names = self.system_names(actor).await?;
        let mut treatments: Vec<Record<RiskTreatment>> = Vec::new();
        for state in ["approved", "requested"] {
            for row in self.rows_at::<RiskTreatment>(actor, scope, Some(state), at).await? {
                treatments.extend(parse_body(&row.body).map(|body| record_of(&row, body)));
            }
        }
        let approvers: BTreeSet<String> =
            treatments.iter().filter_map(|one| one.body.approver.as_ref()).map(|id| id.0.clone()).collect();
        let people = self.titles_of(actor, &approvers.into_iter().collect::<Vec<_>>()).await?;
        let mut found = Found::at(at, names, treatments, people);
        for row in self.rows_at::<Scenario>(actor, scope, None, at).await? {
            if within.as_ref().is_some_and(|within| !within.contains(&row.system)) {
                continue;
            }
            match parse_body::<Scenario>(&row.body) {
                Some(body) if matches!(body.state.as_str(), "draft" | "retired") => {}
                Some(body) => {
                    found.in_force.entry(row.system.clone()).or_default().push(record_of(&row, body));
                }
                None => found.left_out.push(LeftOut {
                    system_name: found.names.get(&row.system).cloned().unwrap_or_default(),
                    id: row.id,
                    title: row.title,
                    because: "it was written by another version of Warrant and cannot be read".to_owned(),
                }),
            }
        }
        Ok(found)
    }

    async fn rows_at<K: Kind>(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        state: Option<&str>,
        at: Timestamp,
    ) -> Result<Vec<RecordRow>, ServiceError> {
        let system = match scope {
            RiskScope::System(system) => Some(system.clone()),
            RiskScope::Organisation | RiskScope::Unit(_) => None,
        };
        let (kind, state) = (K::SPEC.name.to_owned(), state.map(str::to_owned));
        let query = RecordQuery { kind, system, state, limit: MOST_SCENARIOS, ..RecordQuery::default() };
        Ok(self.list_records_at(actor, &query, at).await?.rows)
    }
}

fn left_out(scenario: &Record<Scenario>, names: &BTreeMap<String, String>, because: &str) -> LeftOut {
    LeftOut {
        id: scenario.id.as_str().to_owned(),
        title: scenario.body.title.clone(),
        system_name: names.get(scenario.body.system.as_str()).cloned().unwrap_or_default(),
        because: because.to_owned(),
    }
}
