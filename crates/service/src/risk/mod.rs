//! Risk in money: scenarios priced with the controls as posture shows them.

mod input;
mod priors;
mod scenario;
mod standing;

pub use priors::{Impairment, InPlace, Origin, Priors, Range, Unlisted};
pub use scenario::{ControlShare, FindingWorth, Moved, ScenarioView, StepView, Then};
pub use standing::ControlStanding;
pub use warrant_risk::{
    Bracket, Exceedance, Figures, Level, Report, SecondOpinion, ToleranceAnswer, Verdict,
};

use crate::{Actor, Service, ServiceError};
use input::{Input, control_id};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Scenario, Treatment};
use warrant_model::snapshot::SystemSnapshot;
use warrant_risk::{Detail, RiskError, Settings};
use warrant_store::records::{self, RecordQuery};

/// A scenario in force and what it costs a year.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ScenarioLine {
    /// Record id.
    pub id: String,
    /// What happens.
    pub title: String,
    /// System id.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// Who or what acts.
    pub actor: String,
    /// What is done about it.
    pub treatment: Option<Treatment>,
    /// The day its estimates are to be looked at again.
    pub review_by: Option<jiff::civil::Date>,
    /// Its figures alone.
    pub figures: Figures,
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

/// What a year may cost the organisation, or one system.
#[derive(Clone, Debug, serde::Serialize)]
pub struct RiskView {
    /// Currency of every amount.
    pub currency: String,
    /// The instant at which controls are taken.
    pub as_of: Timestamp,
    /// Scenarios in force, dearest first.
    pub scenarios: Vec<ScenarioLine>,
    /// Scenarios not counted.
    pub left_out: Vec<LeftOut>,
    /// All scenarios together; `None` when none is in force.
    pub report: Option<Report>,
    /// Where the priors come from.
    pub priors: String,
    /// When they are looked at again.
    pub priors_review_by: jiff::civil::Date,
}

/// Reports kept between requests, by what they were made of.
#[derive(Default)]
pub(crate) struct Reports(Mutex<VecDeque<(String, Arc<Report>)>>);

/// Reports kept.
const MOST_REPORTS: usize = 64;

/// Scenarios of one organisation or system, at most.
const MOST_SCENARIOS: i64 = 5_000;

impl Service {
    /// The priors of this store.
    pub fn priors(&self) -> &Priors {
        self.own_priors()
    }

    /// What a year may cost, over the scenarios in force that the actor may see.
    pub async fn risk(&self, actor: &Actor, system: Option<&str>) -> Result<RiskView, ServiceError> {
        let (records, left_out) = self.scenarios(actor, system).await?;
        let names = self.system_names(actor).await?;
        let mut all = Input::default();
        let mut controls = Vec::new();
        for (system, scenarios) in &records {
            let snapshot = self.snapshot(actor, system, None).await?;
            let input = self.input(&snapshot, scenarios);
            let of_it = input.standings.values();
            controls.extend(of_it.map(|standing| standing.control(control_id(system, &standing.control))));
            all.scenarios.extend(input.scenarios);
        }
        let settings = Settings { controls, ..self.risk_settings() };
        let report = match all.scenarios.is_empty() {
            true => None,
            false => Some(self.simulate(all.scenarios, settings).await?),
        };
        let figures: HashMap<&str, &Figures> =
            report.iter().flat_map(|report| &report.scenarios).map(|s| (s.id.as_str(), &s.figures)).collect();
        let line = |scenario: &Record<Scenario>| {
            let body = &scenario.body;
            Some(ScenarioLine {
                id: scenario.id.as_str().to_owned(),
                title: body.title.clone(),
                system: body.system.as_str().to_owned(),
                system_name: names.get(body.system.as_str()).cloned().unwrap_or_default(),
                actor: body.actor.clone().unwrap_or_default(),
                treatment: body.treatment,
                review_by: body.review_by,
                figures: (*figures.get(scenario.id.as_str())?).clone(),
            })
        };
        let mut scenarios: Vec<_> = records.values().flatten().filter_map(line).collect();
        scenarios.sort_by(|a, b| b.figures.ale.total_cmp(&a.figures.ale).then_with(|| a.id.cmp(&b.id)));
        let priors = self.priors();
        Ok(RiskView {
            currency: priors.currency.clone(),
            as_of: self.now(),
            scenarios,
            left_out,
            report: report.map(|report| (*report).clone()),
            priors: priors.priors.source.clone(),
            priors_review_by: priors.priors.review_by,
        })
    }

    /// Scenarios in force by system, and those not counted.
    async fn scenarios(
        &self,
        actor: &Actor,
        system: Option<&str>,
    ) -> Result<(BTreeMap<String, Vec<Record<Scenario>>>, Vec<LeftOut>), ServiceError> {
        let query = RecordQuery {
            kind: "scenario".to_owned(),
            system: system.map(str::to_owned),
            limit: MOST_SCENARIOS,
            ..RecordQuery::default()
        };
        let names = self.system_names(actor).await?;
        let mut in_force: BTreeMap<String, Vec<Record<Scenario>>> = BTreeMap::new();
        let mut left_out = Vec::new();
        for row in records::list(&mut self.store().db(), &query, &actor.sees()).await? {
            let mut leave = |because: &str| {
                left_out.push(LeftOut {
                    id: row.id.clone(),
                    title: row.title.clone(),
                    system_name: names.get(&row.system).cloned().unwrap_or_default(),
                    because: because.to_owned(),
                });
            };
            let Some(body) = warrant_model::kind::parse_body::<Scenario>(&row.body) else {
                leave("it was written by another version of Warrant and cannot be read");
                continue;
            };
            match body.state.as_str() {
                "retired" => continue,
                "draft" => {
                    leave("it is a draft");
                    continue;
                }
                _ => {}
            }
            in_force.entry(row.system.clone()).or_default().push(Record {
                id: RecordId(row.id.clone()),
                version: row.version,
                created_at: warrant_model::time::from_micros(row.created_at),
                updated_at: warrant_model::time::from_micros(row.updated_at),
                body,
            });
        }
        Ok((in_force, left_out))
    }

    fn input(&self, snapshot: &SystemSnapshot, scenarios: &[Record<Scenario>]) -> Input {
        let scenarios: Vec<_> = scenarios.iter().collect();
        input::input(snapshot, &scenarios, self.policy(), self.priors())
    }

    fn risk_settings(&self) -> Settings {
        let priors = self.priors();
        Settings {
            currency: priors.currency.clone(),
            tolerance: priors.tolerance.clone(),
            levels: vec![0.5, 0.9, 0.95, 0.99],
            ..Settings::default()
        }
    }

    /// Simulates off the async threads, or takes what was simulated of the same before.
    async fn simulate(
        &self,
        scenarios: Vec<warrant_risk::Scenario>,
        settings: Settings,
    ) -> Result<Arc<Report>, ServiceError> {
        let each = settings.detail == Detail::Each;
        let key = serde_json::to_string(&(&scenarios, &settings.controls, &settings.tolerance, each));
        let key = key.map_err(|error| ServiceError::Refused(error.to_string()))?;
        let key = warrant_model::hash::key_of(&[&settings.currency, &key]);
        let held = &self.reports().0;
        let found =
            held.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|(k, _)| *k == key).cloned();
        if let Some((_, report)) = found {
            return Ok(report);
        }
        let work = tokio::task::spawn_blocking(move || warrant_risk::simulate(&scenarios, &settings));
        let report =
            work.await.map_err(|error| ServiceError::Refused(error.to_string()))?.map_err(refused)?;
        let report = Arc::new(report);
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_back((key, report.clone()));
        if held.len() > MOST_REPORTS {
            held.pop_front();
        }
        Ok(report)
    }
}

fn refused(error: RiskError) -> ServiceError {
    ServiceError::Refused(error.to_string())
}
