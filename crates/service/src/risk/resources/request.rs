//! The funding request of a period: the lines that are asked for, and a year before and after.

use super::{LineView, Period, ResourcesAsk};
use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use std::collections::BTreeSet;
use warrant_report::documents::funding_request::{
    CurvePoint, FundingRequest, RequestedLine, RoleHours, YearFigures,
};
use warrant_risk::{Bracket, Report};

/// A bracket as the document takes it: estimate, low, high.
fn parts(bracket: Bracket) -> (f64, f64, f64) {
    (bracket.estimate, bracket.low, bracket.high)
}

fn figures(report: &Report) -> YearFigures {
    let level = report.total.levels.iter().find(|level| level.level >= 0.95);
    let nothing = (0.0, 0.0, 0.0);
    let point = |point: &warrant_risk::Exceedance| CurvePoint {
        loss: point.loss,
        probability: parts(point.probability),
    };
    YearFigures {
        expected: report.total.ale,
        bad: level.map_or(nothing, |level| parts(level.var)),
        beyond: level.map_or(nothing, |level| parts(level.tvar)),
        curve: report.curve.iter().map(point).collect(),
    }
}

/// From the first day to the last of all lines.
fn period(lines: &[&LineView]) -> String {
    let starts = lines.iter().map(|line| line.starts).min().flatten();
    let ends = lines.iter().map(|line| line.ends.unwrap_or(Date::MAX)).max();
    let ends = ends.filter(|ends| *ends < Date::MAX);
    Period { starts, ends, lines: lines.len(), requested: lines.len() }.title()
}

impl Service {
    /// The funding request of a period: its lines in the state *requested*.
    ///
    /// # Errors
    /// When no line of that period is asked for.
    pub async fn funding_request(
        &self,
        actor: &Actor,
        ask: &ResourcesAsk,
    ) -> Result<FundingRequest, ServiceError> {
        let books = self.books(actor, ask).await?;
        let year = self.year(actor).await?;
        let asked: Vec<_> = books.lines.iter().filter(|line| line.state == "requested").collect();
        if asked.is_empty() {
            let elsewhere: Vec<_> = books.periods.iter().filter(|period| period.requested > 0).collect();
            let said = match elsewhere.as_slice() {
                [] => "no budget line is asked for; make one in the state `requested`".to_owned(),
                [first, ..] => format!(
                    "no budget line that holds on {} is asked for; there are some for the period {}",
                    books.on,
                    first.title()
                ),
            };
            return Err(ServiceError::Refused(said));
        }
        let period = period(&asked);
        let items: BTreeSet<&str> = asked.iter().flat_map(|line| &line.actions).map(String::as_str).collect();
        let ids: Vec<String> = items.iter().map(|id| (*id).to_owned()).collect();
        let titles = self.titles_of(actor, &ids).await?;
        let mut lines = Vec::new();
        for line in asked {
            let own: BTreeSet<&str> = line.actions.iter().map(String::as_str).collect();
            lines.push(RequestedLine {
                title: line.title.clone(),
                unit: line.unit_name.clone(),
                reason: line.reason.clone(),
                amount: line.amount,
                forecast: (line.forecast.low, line.forecast.likely, line.forecast.high),
                actions: line.actions.iter().filter_map(|id| titles.get(id).cloned()).collect(),
                spares: self.spared(actor, &year, &own).await?,
            });
        }
        let (now, then) = match year.scenarios() {
            none if none.is_empty() => (YearFigures::default(), YearFigures::default()),
            scenarios => {
                let after = self.with_done(actor, &year, &items).await?;
                let now = self.simulate(scenarios.clone(), self.beside_settings(year.controls())).await?;
                let then = self.simulate(scenarios, self.beside_settings(after)).await?;
                (figures(&now), figures(&then))
            }
        };
        let of = match &ask.unit {
            Some(unit) => self.visible(actor, unit).await?.title,
            None => "Security programme".to_owned(),
        };
        let heading = self.heading("funding request");
        let lacking = books.roles.iter().filter(|role| role.missing() > 0.0);
        let name = |role: &super::RoleView| match role.role.is_empty() {
            true => "no role told".to_owned(),
            false => format!("{} ({})", role.name, role.role),
        };
        let priors = &self.priors().priors;
        Ok(FundingRequest {
            organisation: self.organisation_name().await?,
            marking: heading.marking,
            of,
            period,
            today: Some(books.today),
            currency: self.priors().currency.clone(),
            lines,
            now,
            then,
            roles: lacking
                .map(|role| RoleHours { role: name(role), needed: role.needed, available: role.available })
                .collect(),
            sources: vec![
                "Losses: risk scenarios in force, with controls as the posture shows them; brackets bound the calculation, an independent simulation agrees with it. Neither says whether the estimates are right.".to_owned(),
                format!("Efficacy of controls: {}; to be looked at again by {}.", priors.source, priors.review_by),
                "Costs: the 90 % range of each budget line, narrowed by what was paid for what is done.".to_owned(),
                "Hours: open POA&M items and tasks due within a year, beside the posts that are filled.".to_owned(),
            ],
        })
    }
}
