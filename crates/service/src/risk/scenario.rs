//! One scenario: its year, what stands in its way, what each finding on the way costs, and what moved since.

use super::input::{engine_controls, engine_scenarios, named};
use super::kept::Standings;
use super::moved::{TOLD, moves};
use super::standing::{Burden, ControlStanding};
use super::{Report, RiskScope, ScenarioLine, refused};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::BTreeSet;
use warrant_model::kind::Record;
use warrant_model::kinds::Scenario;
use warrant_model::level::Severity;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::{day, end_of, plus_days};
use warrant_risk::{Detail, Settings, expected_loss, worth};

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

impl Service {
    /// One scenario in force.
    pub async fn risk_of_scenario(&self, actor: &Actor, id: &str) -> Result<ScenarioView, ServiceError> {
        let row = self.record(actor, id).await?;
        let absent = || ServiceError::NotFound { what: "risk scenario in force", name: id.to_owned() };
        let mut found = self.scenarios(actor, &RiskScope::System(row.system.clone())).await?;
        let records = found.in_force.remove(&row.system).unwrap_or_default();
        let at = records.iter().position(|record| record.id.as_str() == id).ok_or_else(absent)?;
        let one = &records[at..=at];
        let record = &one[0];
        let all = self.standings(actor, &row.system, &records).await?;
        let wanted = named(&record.body);
        let of_it = |all: &Standings| -> Standings {
            let own = all.iter().filter(|(control, _)| wanted.contains(*control));
            own.map(|(control, standing)| (control.clone(), standing.clone())).collect()
        };
        let standings = of_it(&all);
        let scenarios = engine_scenarios(&row.system, one);
        let controls = engine_controls(&row.system, &standings);
        let settings = Settings { controls, detail: Detail::Total, ..self.risk_settings() };
        let report = self.simulate(scenarios.clone(), settings.clone()).await?;
        let (of_worth, with) = (scenarios.clone(), settings.clone());
        let priced = tokio::task::spawn_blocking(move || worth(&of_worth, &with)).await;
        let priced = priced.map_err(|error| ServiceError::Refused(error.to_string()))?.map_err(refused)?;
        let mut controls: Vec<_> = priced
            .controls
            .iter()
            .zip(standings.values())
            .map(|(worth, standing)| ControlShare {
                standing: standing.clone(),
                share: worth.share_ale,
                marginal: worth.marginal_ale,
            })
            .collect();
        controls.sort_by(|a, b| b.share.total_cmp(&a.share));
        let snapshot = self.snapshot(actor, &row.system, None).await?;
        let findings = self.findings_worth(&snapshot, record, &scenarios, &standings)?;
        let since = end_of(day(plus_days(self.now(), -BACK)));
        let then = match self.standings_at(actor, &row.system, &records, Some(since)).await? {
            None => None,
            Some(before) => {
                let before = of_it(&before);
                let controls = engine_controls(&row.system, &before);
                let ale = expected_loss(&scenarios, &controls, &settings.currency).map_err(refused)?;
                Some(Then { at: since, ale, moved: moves(&before, &standings, TOLD) })
            }
        };
        let steps = record.body.steps.iter().map(|step| StepView {
            technique: step.technique.clone(),
            stopped_by: step.stopped_by.clone(),
            noticed_by: step.noticed_by.clone(),
        });
        Ok(ScenarioView {
            line: found.line(record, report.total.clone()),
            currency: settings.currency,
            report: (*report).clone(),
            bare: priced.ale_without_any,
            steps: steps.collect(),
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
        standings: &Standings,
    ) -> Result<Vec<FindingWorth>, ServiceError> {
        let priors = self.priors();
        let (wanted, system) = (named(&record.body), snapshot.system.id.as_str());
        let burden = Burden::of(snapshot, &wanted);
        let table = &snapshot.findings;
        let price = |standings: &Standings| {
            expected_loss(scenarios, &engine_controls(system, standings), &priors.currency).map_err(refused)
        };
        let now = price(standings)?;
        let mut found = Vec::new();
        for row in burden.rows() {
            let without = burden.without(standings, priors, &BTreeSet::from([row]));
            found.push(FindingWorth {
                id: table.text(table.id[row]).to_owned(),
                title: table.text(table.title[row]).to_owned(),
                target: table.text(table.target[row]).to_owned(),
                severity: table.severity[row],
                worth: now - price(&without)?,
            });
        }
        found.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| a.id.cmp(&b.id)));
        Ok(found)
    }
}
