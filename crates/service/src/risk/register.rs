//! The risk register: the same scenarios on the scales of SP 800-30, derived from money and never typed in.
//!
//! Likelihood is how often a loss comes about, on the scale of SP 800-30r1 Table G-3; impact is what one loss costs, on a
//! scale of the organisation's own; the level of risk is their combination by Table I-2.

use super::owasp::OwaspRating;
use super::{Priors, RiskView, ScenarioLine};
use crate::{Actor, Service, ServiceError};
use warrant_model::kinds::Treatment;
use warrant_report::{Cell, Column, ColumnKind, Table};

/// A level of the five-step scale (SP 800-30r1 Appendices G to I).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Very low.
    VeryLow,
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
    /// Very high.
    VeryHigh,
}

impl Grade {
    /// From the lowest to the highest.
    pub const ALL: [Self; 5] = [Self::VeryLow, Self::Low, Self::Moderate, Self::High, Self::VeryHigh];

    /// As the standard writes it.
    pub fn title(self) -> &'static str {
        match self {
            Self::VeryLow => "Very low",
            Self::Low => "Low",
            Self::Moderate => "Moderate",
            Self::High => "High",
            Self::VeryHigh => "Very high",
        }
    }

    /// The grade of a value by the four bounds at which the next one begins.
    fn of(value: f64, bounds: [f64; 4]) -> Self {
        Self::ALL[bounds.iter().filter(|bound| value >= **bound).count()]
    }
}

/// Loss events a year at which the next likelihood begins (SP 800-30r1 Table G-3: once in ten years, once a year,
/// ten and a hundred times a year).
pub const LIKELIHOOD: [f64; 4] = [0.1, 1.0, 10.0, 100.0];

/// The level of risk of a likelihood and an impact (SP 800-30r1 Table I-2).
pub fn level(likelihood: Grade, impact: Grade) -> Grade {
    use Grade::{High, Low, Moderate, VeryHigh, VeryLow};
    let row = match likelihood {
        VeryHigh => [VeryLow, Low, Moderate, High, VeryHigh],
        High => [VeryLow, Low, Moderate, High, VeryHigh],
        Moderate => [VeryLow, Low, Moderate, Moderate, High],
        Low => [VeryLow, Low, Low, Low, Moderate],
        VeryLow => [VeryLow, VeryLow, VeryLow, Low, Low],
    };
    row[impact as usize]
}

/// A scenario in the register.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Registered {
    /// The scenario with its figures.
    pub line: ScenarioLine,
    /// Losses a year.
    pub events: f64,
    /// What one loss costs on average.
    pub each: f64,
    /// How likely.
    pub likelihood: Grade,
    /// How bad.
    pub impact: Grade,
    /// Both together.
    pub level: Grade,
    /// The same by the OWASP Risk Rating Methodology.
    pub owasp: OwaspRating,
}

/// The register.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Register {
    /// Currency of every amount.
    pub currency: String,
    /// Costs of one loss at which the next impact begins.
    pub impact_bounds: [f64; 4],
    /// Scenarios in force, the highest level first, then the dearest.
    pub scenarios: Vec<Registered>,
}

fn registered(line: ScenarioLine, priors: &Priors) -> Registered {
    // The rate at which years without a loss are as rare as they are.
    let events = -(-line.figures.any_loss.clamp(0.0, 1.0 - 1e-15)).ln_1p();
    let each = if events > 0.0 { line.figures.ale / events } else { 0.0 };
    let (likelihood, impact) = (Grade::of(events, LIKELIHOOD), Grade::of(each, priors.impact.bounds));
    let [_, moderate, high, _] = priors.impact.bounds;
    let owasp = OwaspRating::of(events, each, (moderate, high));
    Registered { line, events, each, likelihood, impact, level: level(likelihood, impact), owasp }
}

/// What a year may cost, on the scales of the register.
pub(super) fn register_of(view: RiskView, priors: &Priors) -> Register {
    let RiskView { currency, scenarios, .. } = view;
    let mut scenarios: Vec<_> = scenarios.into_iter().map(|line| registered(line, priors)).collect();
    scenarios.sort_by_key(|line| std::cmp::Reverse(line.level));
    Register { currency, impact_bounds: priors.impact.bounds, scenarios }
}

impl Service {
    /// Scenarios in force on the scales of SP 800-30.
    pub async fn risk_register(
        &self,
        actor: &Actor,
        scope: &super::RiskScope,
    ) -> Result<Register, ServiceError> {
        Ok(register_of(self.risk(actor, scope).await?, self.priors()))
    }

    /// The register as a table.
    pub fn register_table(&self, register: &Register) -> Table {
        let heading = self.heading("risk register (SP 800-30r1 scales, derived)");
        let row = |one: &Registered| {
            vec![
                Cell::text(&one.line.title),
                Cell::text(&one.line.system_name),
                Cell::text(one.likelihood.title()),
                Cell::number_if(Some(one.events)),
                Cell::text(one.impact.title()),
                Cell::number_if(Some(one.each)),
                Cell::text(one.level.title()),
                Cell::number_if(Some(one.owasp.likelihood)),
                Cell::number_if(Some(one.owasp.impact)),
                Cell::text(one.owasp.severity.title()),
                Cell::number_if(Some(one.line.figures.ale)),
                Cell::text(one.line.decision.treatment.or(one.line.treatment).map_or("", Treatment::word)),
                Cell::text(one.line.decision.deciding.title()),
                Cell::text(one.line.decision.approver.as_deref().unwrap_or_default()),
                Cell::date_if(one.line.decision.expires),
                Cell::text(&one.line.decision.because),
                Cell::date_if(one.line.review_by),
            ]
        };
        let text = |title: &str| Column::new(title, ColumnKind::Text);
        let money = |title: &str| Column::new(format!("{title} ({})", register.currency), ColumnKind::Money);
        Table {
            title: "Risk register".to_owned(),
            columns: vec![
                text("what happens"),
                text("system"),
                text("likelihood"),
                Column::new("losses a year", ColumnKind::Number),
                text("impact"),
                money("cost of one loss"),
                text("level of risk"),
                Column::new("OWASP likelihood", ColumnKind::Number),
                Column::new("OWASP impact", ColumnKind::Number),
                text("OWASP severity"),
                money("expected loss a year"),
                text("treatment"),
                text("decision"),
                text("approver"),
                Column::new("decision holds until", ColumnKind::Date),
                text("why it is open"),
                Column::new("review by", ColumnKind::Date),
            ],
            rows: register.scenarios.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_never_fall_when_likelihood_or_impact_rises() {
        for (nth, likelihood) in Grade::ALL.into_iter().enumerate() {
            for (other, impact) in Grade::ALL.into_iter().enumerate() {
                let here = level(likelihood, impact);
                assert!(nth == 0 || level(Grade::ALL[nth - 1], impact) <= here, "{likelihood:?} {impact:?}");
                assert!(other == 0 || level(likelihood, Grade::ALL[other - 1]) <= here);
                assert!(here <= impact.max(likelihood));
            }
        }
        // Corners and two of the middle, as Table I-2 prints them.
        assert_eq!(level(Grade::VeryHigh, Grade::VeryHigh), Grade::VeryHigh);
        assert_eq!(level(Grade::VeryLow, Grade::VeryHigh), Grade::Low);
        assert_eq!(level(Grade::VeryHigh, Grade::VeryLow), Grade::VeryLow);
        assert_eq!(level(Grade::Moderate, Grade::High), Grade::Moderate);
        assert_eq!(level(Grade::Low, Grade::VeryHigh), Grade::Moderate);
    }

    #[test]
    fn a_grade_begins_at_its_bound() {
        assert_eq!(Grade::of(0.0999, LIKELIHOOD), Grade::VeryLow);
        assert_eq!(Grade::of(0.1, LIKELIHOOD), Grade::Low);
        assert_eq!(Grade::of(99.9, LIKELIHOOD), Grade::High);
        assert_eq!(Grade::of(1e9, LIKELIHOOD), Grade::VeryHigh);
    }
}
