//! A scenario in the making: what its year would cost, before anything is kept.

use super::input::{engine_controls, engine_scenarios};
use super::{Report, refused};
use crate::{Actor, Service, ServiceError};
use serde_json::Value;
use warrant_model::RecordId;
use warrant_model::kind::{FieldProblem, Kind, Record};
use warrant_model::kinds::Scenario;
use warrant_risk::{Detail, Settings, expected_loss, simulate};

/// What a scenario would cost as it is written.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Preview {
    /// Currency of every amount.
    pub currency: String,
    /// Its year; `None` while something is wrong or missing.
    pub report: Option<Report>,
    /// Expected yearly loss if no control stood in the way.
    pub bare: f64,
    /// Its year as it is recorded, when it is and can be computed.
    pub recorded: Option<Report>,
    /// What is wrong or missing, by field.
    pub problems: Vec<FieldProblem>,
}

/// Lattice points: somebody types.
const POINTS: usize = 1 << 14;

impl Service {
    /// What a scenario would cost a year with the controls as they stand, when its body were as given.
    ///
    /// # Errors
    /// When the actor may not see its system.
    pub async fn risk_preview(
        &self,
        actor: &Actor,
        id: Option<&str>,
        body: &Value,
    ) -> Result<Preview, ServiceError> {
        let currency = self.priors().currency.clone();
        let mut preview = Preview { currency, report: None, bare: 0.0, recorded: None, problems: Vec::new() };
        let Some(scenario) = warrant_model::kind::parse_body::<Scenario>(body) else {
            preview.problems.push(FieldProblem::new("title", "a value is of the wrong form"));
            return Ok(preview);
        };
        preview.problems = scenario.problems();
        let missing = [
            ("system", scenario.system.as_str().is_empty(), "choose the system that is hit"),
            ("tries", scenario.tries.is_none(), "say how often it is tried in a year"),
            ("losses", scenario.losses.is_empty(), "say what one event costs, in one form of loss at least"),
        ];
        for (field, missing, said) in missing {
            if missing && preview.problems.iter().all(|problem| problem.field != field) {
                preview.problems.push(FieldProblem::new(field, said));
            }
        }
        if let Some(id) = id {
            let row = self.record(actor, id).await?;
            if let Some(before) = warrant_model::kind::parse_body::<Scenario>(&row.body)
                && before.tries.is_some()
                && !before.losses.is_empty()
            {
                preview.recorded = self.priced(actor, before).await?.map(|(report, _)| report);
            }
        }
        if preview.problems.is_empty() {
            match self.priced(actor, scenario).await {
                Ok(Some((report, bare))) => (preview.report, preview.bare) = (Some(report), bare),
                Ok(None) => {}
                // What only the engine can refuse, such as rates beyond its reach.
                Err(ServiceError::Refused(said)) => preview.problems.push(FieldProblem::new("tries", said)),
                Err(error) => return Err(error),
            }
        }
        Ok(preview)
    }

    /// A scenario's year, and its expected loss without controls.
    async fn priced(&self, actor: &Actor, body: Scenario) -> Result<Option<(Report, f64)>, ServiceError> {
        let system = body.system.as_str().to_owned();
        if system.is_empty() {
            return Ok(None);
        }
        self.visible(actor, &system).await?;
        let at = self.now();
        let record =
            Record { id: RecordId("draft".to_owned()), version: 1, created_at: at, updated_at: at, body };
        let one = [record];
        let standings = self.standings(actor, &system, &one).await?;
        let scenarios = engine_scenarios(&system, &one);
        let controls = engine_controls(&system, &standings);
        let bare: Vec<_> = scenarios
            .iter()
            .map(|scenario| {
                let mut scenario = scenario.clone();
                for step in &mut scenario.steps {
                    step.prevented_by.clear();
                    step.detected_by.clear();
                }
                scenario
            })
            .collect();
        let bare = expected_loss(&bare, &[], &self.priors().currency).map_err(refused)?;
        let settings = Settings {
            controls,
            detail: Detail::Total,
            points: POINTS,
            years: 20_000,
            tolerance: Vec::new(),
            ..self.risk_settings()
        };
        let work = tokio::task::spawn_blocking(move || simulate(&scenarios, &settings));
        let report = work.await.map_err(|error| ServiceError::Refused(error.to_string()))?;
        Ok(Some((report.map_err(refused)?, bare)))
    }
}
