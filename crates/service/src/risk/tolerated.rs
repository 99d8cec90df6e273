//! What is tolerated: the organisation's line, and the lines that units have of their own.

use super::scope::{Found, ScopeUnit};
use super::{Bracket, RiskScope, ToleranceAnswer, Verdict};
use crate::{Actor, Service, ServiceError};
use warrant_model::kinds::Unit;
use warrant_risk::{Settings, Tolerance};

/// A unit with a line of its own, and how its year compares.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct UnitTolerance {
    /// Record id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Scenarios in force in it and below.
    pub scenarios: usize,
    /// Expected loss of a year.
    pub ale: f64,
    /// The loss that 19 of 20 years do not exceed, with its bracket.
    pub bad_year: Option<Bracket>,
    /// Each point of its line.
    pub answers: Vec<ToleranceAnswer>,
    /// All points together: beyond one is beyond the line.
    pub verdict: Verdict,
}

/// All points of a line together.
fn together(answers: &[ToleranceAnswer]) -> Verdict {
    let any = |verdict| answers.iter().any(|answer| answer.verdict == verdict);
    match (any(Verdict::Exceeds), any(Verdict::DoesNotDecide)) {
        (true, _) => Verdict::Exceeds,
        (false, true) => Verdict::DoesNotDecide,
        (false, false) => Verdict::Within,
    }
}

impl Service {
    /// What a scope tolerates: a unit its own line or none, anything else the organisation's.
    pub(super) async fn tolerance_of(
        &self,
        actor: &Actor,
        scope: &RiskScope,
    ) -> Result<Vec<Tolerance>, ServiceError> {
        let RiskScope::Unit(unit) = scope else { return Ok(self.priors().tolerance.clone()) };
        let row = self.visible(actor, unit).await?;
        let body = warrant_model::kind::parse_body::<Unit>(&row.body).unwrap_or_default();
        let point = |line: &warrant_model::kinds::ToleranceLine| {
            Some(Tolerance { loss: line.loss?, probability: line.years_in_hundred? / 100.0 })
        };
        let mut line: Vec<_> = body.tolerance.iter().filter_map(point).collect();
        line.sort_by(|a, b| a.loss.total_cmp(&b.loss));
        Ok(line)
    }

    /// Units with a line of their own and scenarios in force, those above it first.
    pub async fn units_beside_tolerance(&self, actor: &Actor) -> Result<Vec<UnitTolerance>, ServiceError> {
        let found = self.scenarios(actor, &RiskScope::Organisation).await?;
        let units = self.units_of(actor, &found).await?;
        self.beside_tolerance(actor, &found, &units).await
    }

    /// The same of these units.
    pub(super) async fn beside_tolerance(
        &self,
        actor: &Actor,
        found: &Found,
        units: &[ScopeUnit],
    ) -> Result<Vec<UnitTolerance>, ServiceError> {
        let mut told = Vec::new();
        for unit in units {
            let scope = RiskScope::Unit(unit.id.clone());
            let tolerance = self.tolerance_of(actor, &scope).await?;
            if tolerance.is_empty() {
                continue;
            }
            let systems = self.systems_below(actor, &unit.id).await?;
            let (all, controls) = self.engine_input(actor, &found.within(&systems)).await?;
            let report = self.simulate(all, Settings { tolerance, ..self.beside_settings(controls) }).await?;
            let bad_year = report.total.levels.iter().find(|level| level.level >= 0.95);
            told.push(UnitTolerance {
                id: unit.id.clone(),
                name: unit.name.clone(),
                scenarios: unit.scenarios,
                ale: report.total.ale,
                bad_year: bad_year.map(|level| level.var),
                answers: report.tolerance.clone(),
                verdict: together(&report.tolerance),
            });
        }
        let rank = |unit: &UnitTolerance| match unit.verdict {
            Verdict::Exceeds => 0,
            Verdict::DoesNotDecide => 1,
            Verdict::Within => 2,
        };
        told.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| b.ale.total_cmp(&a.ale)));
        Ok(told)
    }
}
