//! Risk in money: scenarios priced with the controls as posture shows them.

mod bodies;
mod causes;
mod decision;
mod estimators;
mod input;
mod kept;
mod known;
mod moved;
mod owasp;
mod past;
mod portfolio;
mod preview;
mod priors;
mod register;
mod reports;
mod resources;
mod scenario;
mod scope;
pub(crate) mod separation;
mod standing;
mod tolerated;
mod what_if;

pub(crate) use bodies::KeptBodies;
pub use causes::{Cause, Share};
pub use decision::{Deciding, Decision};
pub use estimators::EstimatorsView;
pub(crate) use kept::Kept as KeptStandings;
pub use known::{KnownView, MOST_BESIDE_OTHERS};
pub use moved::{CauseLine, MovedScenario, MovedView};
pub use owasp::{OWASP_LIKELIHOOD, OwaspLevel, OwaspRating, OwaspSeverity, owasp_severity};
pub(crate) use portfolio::KeptWorks;
pub use portfolio::{
    Against, Alternative, AlternativesAsk, AlternativesView, Bought, Candidate, Left, MOST_SETS, Obligation,
    Pair, PortfolioAsk, PortfolioView, SetOf, Step,
};
pub use preview::Preview;
pub use priors::{Impairment, InPlace, Origin, Priors, Range, Unlisted};
pub use register::{Grade, LIKELIHOOD, Register, Registered, level};
pub(crate) use reports::Reports;
pub use resources::{
    Benefit, ContractView, Forecast, Grouping, LineView, Overrun, Period, ResourcesAsk, ResourcesView,
    RoleView,
};
pub use scenario::{ControlShare, FindingWorth, Moved, ScenarioView, StepView, Then};
pub use scope::{LeftOut, RiskScope, ScopeUnit};
pub use standing::ControlStanding;
pub use tolerated::UnitTolerance;
pub use warrant_risk::{
    Bracket, Calibrated, Calibration, Chances, Choice, Estimator, Exceedance, Figures, Intervals, Level,
    Report, SecondOpinion, Telling, ToleranceAnswer, Tolerated, Unsure, Verdict,
};
pub use warrant_risk::{Decision as Judged, Objective, gordon_loeb_limit};
pub use what_if::{Shift, ShiftScope, WhatIf};

use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use scope::Found;
use std::collections::{BTreeMap, HashMap};
use warrant_model::kind::Record;
use warrant_model::kinds::{Scenario, Treatment};
use warrant_report::{Cell, Column, ColumnKind, Table};
use warrant_risk::{Control, Detail, RiskError, Settings};

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
    /// What is meant to be done about it.
    pub treatment: Option<Treatment>,
    /// What is decided, by whom, and until when.
    pub decision: Decision,
    /// The day its estimates are to be looked at again.
    pub review_by: Option<jiff::civil::Date>,
    /// Its figures alone.
    pub figures: Figures,
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

/// The overview: a scope's year, and what stands beside it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct RiskOverview {
    /// What a year may cost.
    pub view: RiskView,
    /// Units with scenarios in force, by name.
    pub units: Vec<ScopeUnit>,
    /// Units with a line of their own, those above it first.
    pub beside: Vec<UnitTolerance>,
    /// The scope's tolerance line beside what is known.
    pub known: KnownView,
}

/// Scenarios of one organisation or system, at most.
const MOST_SCENARIOS: i64 = 5_000;

impl Service {
    /// The priors of this store.
    pub fn priors(&self) -> &Priors {
        self.own_priors()
    }

    /// What a year may cost, over the scenarios in force that the actor may see.
    pub async fn risk(&self, actor: &Actor, scope: &RiskScope) -> Result<RiskView, ServiceError> {
        let found = self.scenarios(actor, scope).await?;
        let input = self.engine_input(actor, &found.everywhere()).await?;
        self.year_of(actor, scope, found, input).await
    }

    /// All that the overview tells, from one look at the records.
    pub async fn risk_overview(
        &self,
        actor: &Actor,
        scope: &RiskScope,
    ) -> Result<RiskOverview, ServiceError> {
        let found = self.scenarios(actor, scope).await?;
        let everything = match scope {
            RiskScope::Organisation => found.clone(),
            RiskScope::Unit(_) | RiskScope::System(_) => {
                self.scenarios(actor, &RiskScope::Organisation).await?
            }
        };
        let units = self.units_of(actor, &everything).await?;
        let beside = self.beside_tolerance(actor, &everything, &units).await?;
        let input = self.engine_input(actor, &found.everywhere()).await?;
        let known = self.known_beside(actor, scope, (&input.0, &input.1)).await?;
        Ok(RiskOverview { view: self.year_of(actor, scope, found, input).await?, units, beside, known })
    }

    async fn year_of(
        &self,
        actor: &Actor,
        scope: &RiskScope,
        found: Found,
        (all, controls): (Vec<warrant_risk::Scenario>, Vec<Control>),
    ) -> Result<RiskView, ServiceError> {
        let tolerance = self.tolerance_of(actor, scope).await?;
        let settings = Settings { controls, tolerance, ..self.risk_settings() };
        let report = match all.is_empty() {
            true => None,
            false => Some(self.simulate(all, settings).await?),
        };
        let figures: HashMap<&str, &Figures> =
            report.iter().flat_map(|report| &report.scenarios).map(|s| (s.id.as_str(), &s.figures)).collect();
        let line = |scenario: &Record<Scenario>| {
            Some(found.line(scenario, (*figures.get(scenario.id.as_str())?).clone()))
        };
        let mut scenarios: Vec<_> = found.in_force.values().flatten().filter_map(line).collect();
        scenarios.sort_by(|a, b| b.figures.ale.total_cmp(&a.figures.ale).then_with(|| a.id.cmp(&b.id)));
        let priors = self.priors();
        Ok(RiskView {
            currency: priors.currency.clone(),
            as_of: self.now(),
            scenarios,
            left_out: found.left_out,
            report: report.map(|report| (*report).clone()),
            priors: priors.priors.source.clone(),
            priors_review_by: priors.priors.review_by,
        })
    }

    /// Scenarios and what they cost a year, as a table.
    pub fn risk_table(&self, currency: &str, lines: &[&ScenarioLine]) -> Table {
        let heading = self.heading("risk scenarios in force");
        let at = |line: &ScenarioLine, level: f64| {
            Cell::number_if(line.figures.levels.iter().find(|l| l.level >= level).map(|l| l.var.estimate))
        };
        let row = |line: &&ScenarioLine| {
            vec![
                Cell::text(&line.title),
                Cell::text(&line.system_name),
                Cell::text(&line.actor),
                Cell::number_if(Some(line.figures.ale)),
                Cell::number_if(Some(line.figures.any_loss)),
                at(line, 0.95),
                at(line, 0.99),
                Cell::date_if(line.review_by),
            ]
        };
        let money = |title: &str| Column::new(format!("{title} ({currency})"), ColumnKind::Money);
        Table {
            title: "Risk scenarios".to_owned(),
            columns: vec![
                Column::new("what happens", ColumnKind::Text),
                Column::new("system", ColumnKind::Text),
                Column::new("actor", ColumnKind::Text),
                money("expected loss a year"),
                Column::new("probability of any loss in a year", ColumnKind::Number),
                money("loss not exceeded in 19 of 20 years"),
                money("loss not exceeded in 99 of 100 years"),
                Column::new("review by", ColumnKind::Date),
            ],
            rows: lines.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }

    /// Scenarios and the controls on their way, as the engine takes them.
    async fn engine_input(
        &self,
        actor: &Actor,
        in_force: &BTreeMap<&str, &[Record<Scenario>]>,
    ) -> Result<(Vec<warrant_risk::Scenario>, Vec<Control>), ServiceError> {
        let standings = self.standings_of(actor, in_force).await?;
        let (mut all, mut controls) = (Vec::new(), Vec::new());
        for (&system, &scenarios) in in_force {
            if let Some(standings) = standings.get(system) {
                controls.extend(input::engine_controls(system, standings));
            }
            all.extend(input::engine_scenarios(system, scenarios));
        }
        Ok((all, controls))
    }

    /// For years that are only set beside one another: a shorter second opinion.
    fn beside_settings(&self, controls: Vec<Control>) -> Settings {
        Settings { controls, detail: Detail::Total, years: 20_000, ..self.risk_settings() }
    }

    fn risk_settings(&self) -> Settings {
        let priors = self.priors();
        Settings {
            currency: priors.currency.clone(),
            tolerance: priors.tolerance.clone(),
            levels: vec![0.5, 0.9, 0.95, 0.99],
            // Somebody waits for the page; the brackets say what that costs.
            points: 1 << 16,
            points_each: 1 << 15,
            ..Settings::default()
        }
    }
}

fn refused(error: RiskError) -> ServiceError {
    ServiceError::Refused(error.to_string())
}
