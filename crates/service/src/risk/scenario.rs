//! One scenario: its year, what stands in its way, what each finding on the way costs, and what moved since.

use super::input::{control_id, named};
use super::standing::{Burden, ControlStanding};
use super::{Figures, Report, ScenarioLine, refused};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::BTreeMap;
use warrant_model::kind::Record;
use warrant_model::kinds::Scenario;
use warrant_model::level::Severity;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::plus_days;
use warrant_risk::{Control, Detail, Settings, expected_loss, worth};

/// A step and what stands in its way.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct StepView {
    /// ATT&CK technique id.
    pub technique: String,
    /// Controls that can stop it, by id.
    pub stopped_by: Vec<String>,
    /// Controls that can notice it, by id.
    pub noticed_by: Vec<String>,
}

/// A control's fair share of what all of them keep away.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ControlShare {
    /// How it stands.
    pub standing: ControlStanding,
    /// Its Shapley share of the loss kept away in a year, in currency.
    pub share: f64,
    /// Expected yearly loss without it less the loss with it.
    pub marginal: f64,
}

/// An open finding and what closing it alone would spare a year.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FindingWorth {
    /// Finding id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Host or artefact.
    pub target: String,
    /// Severity.
    pub severity: Severity,
    /// Expected yearly loss with it less the loss without it.
    pub worth: f64,
}

/// A control that performs otherwise than it did.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Moved {
    /// As it stood.
    pub before: ControlStanding,
    /// As it stands.
    pub now: ControlStanding,
}

/// The same scenario with the controls as they stood at an earlier instant.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Then {
    /// The instant.
    pub at: Timestamp,
    /// Expected yearly loss then.
    pub ale: f64,
    /// Controls that moved, the most first.
    pub moved: Vec<Moved>,
}

/// Everything known of one scenario's money.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ScenarioView {
    /// What it is.
    pub line: ScenarioLine,
    /// Currency of every amount.
    pub currency: String,
    /// Its year alone.
    pub report: Report,
    /// Expected yearly loss if no control stood in the way.
    pub bare: f64,
    /// Steps, in order.
    pub steps: Vec<StepView>,
    /// Controls on its steps, the dearest share first. The shares add up to `bare` less today's expected loss.
    pub controls: Vec<ControlShare>,
    /// Open findings on those controls, the dearest first.
    pub findings: Vec<FindingWorth>,
    /// How many open findings bear on its controls in all.
    pub findings_in_all: usize,
    /// A month ago; `None` when the system was not there yet.
    pub then: Option<Then>,
}

/// Findings shown.
const MOST_FINDINGS: usize = 25;

/// Days looked back.
const BACK: i64 = 30;

fn engine_controls(system: &str, standings: &BTreeMap<String, ControlStanding>) -> Vec<Control> {
    standings.values().map(|standing| standing.control(control_id(system, &standing.control))).collect()
}

impl Service {
    /// One scenario in force.
    pub async fn risk_of_scenario(&self, actor: &Actor, id: &str) -> Result<ScenarioView, ServiceError> {
        let row = self.record(actor, id).await?;
        let absent = || ServiceError::NotFound { what: "risk scenario in force", name: id.to_owned() };
        let (mut records, _) = self.scenarios(actor, Some(&row.system)).await?;
        let records = records.remove(&row.system).unwrap_or_default();
        let record = records.into_iter().find(|record| record.id.as_str() == id).ok_or_else(absent)?;
        let snapshot = self.snapshot(actor, &row.system, None).await?;
        let one = std::slice::from_ref(&record);
        let input = self.input(&snapshot, one);
        let controls = engine_controls(&row.system, &input.standings);
        let settings = Settings { controls, detail: Detail::Total, ..self.risk_settings() };
        let report = self.simulate(input.scenarios.clone(), settings.clone()).await?;
        let (scenarios, of_worth) = (input.scenarios.clone(), settings.clone());
        let priced = tokio::task::spawn_blocking(move || worth(&scenarios, &of_worth)).await;
        let priced = priced.map_err(|error| ServiceError::Refused(error.to_string()))?.map_err(refused)?;
        let mut controls: Vec<_> = priced
            .controls
            .iter()
            .zip(input.standings.values())
            .map(|(worth, standing)| ControlShare {
                standing: standing.clone(),
                share: worth.share_ale,
                marginal: worth.marginal_ale,
            })
            .collect();
        controls.sort_by(|a, b| b.share.total_cmp(&a.share));
        let findings = self.findings_worth(&snapshot, &record, &input.scenarios, &input.standings)?;
        let then = self.a_month_ago(actor, &record, &input.standings, &input.scenarios).await?;
        let names = self.system_names(actor).await?;
        let figures: Figures = report.total.clone();
        let body = &record.body;
        Ok(ScenarioView {
            line: ScenarioLine {
                id: id.to_owned(),
                title: body.title.clone(),
                system: row.system.clone(),
                system_name: names.get(&row.system).cloned().unwrap_or_default(),
                actor: body.actor.clone().unwrap_or_default(),
                treatment: body.treatment,
                review_by: body.review_by,
                figures,
            },
            currency: settings.currency,
            report: (*report).clone(),
            bare: priced.ale_without_any,
            steps: body
                .steps
                .iter()
                .map(|step| StepView {
                    technique: step.technique.clone(),
                    stopped_by: step.stopped_by.clone(),
                    noticed_by: step.noticed_by.clone(),
                })
                .collect(),
            controls,
            findings_in_all: findings.len(),
            findings: findings.into_iter().take(MOST_FINDINGS).collect(),
            then,
        })
    }

    /// What closing each open finding alone would spare, the dearest first.
    fn findings_worth(
        &self,
        snapshot: &SystemSnapshot,
        record: &Record<Scenario>,
        scenarios: &[warrant_risk::Scenario],
        standings: &BTreeMap<String, ControlStanding>,
    ) -> Result<Vec<FindingWorth>, ServiceError> {
        let priors = self.priors();
        let (wanted, system) = (named(&record.body), snapshot.system.id.as_str());
        let burden = Burden::of(snapshot, &wanted);
        let table = &snapshot.findings;
        let now = expected_loss(scenarios, &engine_controls(system, standings), &priors.currency);
        let now = now.map_err(refused)?;
        let mut found = Vec::new();
        for row in burden.rows() {
            let mut without = standings.clone();
            for (control, standing) in &mut without {
                standing.left = burden.left(control, priors, Some(row));
            }
            let spared = expected_loss(scenarios, &engine_controls(system, &without), &priors.currency);
            found.push(FindingWorth {
                id: table.text(table.id[row]).to_owned(),
                title: table.text(table.title[row]).to_owned(),
                target: table.text(table.target[row]).to_owned(),
                severity: table.severity[row],
                worth: now - spared.map_err(refused)?,
            });
        }
        found.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| a.id.cmp(&b.id)));
        Ok(found)
    }

    /// The same scenario with the controls as they stood a month ago.
    async fn a_month_ago(
        &self,
        actor: &Actor,
        record: &Record<Scenario>,
        now: &BTreeMap<String, ControlStanding>,
        scenarios: &[warrant_risk::Scenario],
    ) -> Result<Option<Then>, ServiceError> {
        let at = plus_days(self.now(), -BACK);
        let system = record.body.system.as_str();
        let snapshot = match self.snapshot(actor, system, Some(at)).await {
            Ok(snapshot) => snapshot,
            Err(ServiceError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let before = self.input(&snapshot, std::slice::from_ref(record)).standings;
        let ale = expected_loss(scenarios, &engine_controls(system, &before), &self.priors().currency);
        let mut moved: Vec<_> = now
            .iter()
            .filter_map(|(control, now)| {
                Some(Moved { before: before.get(control)?.clone(), now: now.clone() })
            })
            .filter(|moved| (moved.now.performance() - moved.before.performance()).abs() > 0.001)
            .collect();
        let change = |moved: &Moved| (moved.now.performance() - moved.before.performance()).abs();
        moved.sort_by(|a, b| change(b).total_cmp(&change(a)));
        Ok(Some(Then { at, ale: ale.map_err(refused)?, moved }))
    }
}
