//! The funding request of a year: the lines that are asked for, and the years before and after.

use super::ResourcesAsk;
use crate::{Actor, Service, ServiceError};
use std::collections::BTreeSet;
use warrant_report::documents::funding_request::{
    CurvePoint, FundingRequest, RequestedLine, RoleHours, YearFigures,
};
use warrant_risk::{Bracket, Report};

/// Which request.
pub type FundingAsk = ResourcesAsk;

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

impl Service {
    /// The funding request of a year: its lines in the state *requested*.
    ///
    /// # Errors
    /// When no line is asked for in that year.
    pub async fn funding_request(
        &self,
        actor: &Actor,
        ask: &FundingAsk,
    ) -> Result<FundingRequest, ServiceError> {
        let books = self.books(actor, ask).await?;
        let year = self.year(actor).await?;
        let asked: Vec<_> = books.lines.iter().filter(|line| line.state == "requested").collect();
        if asked.is_empty() {
            let said =
                format!("no budget line of {} is asked for; make one in the state `requested`", books.year);
            return Err(ServiceError::Refused(said));
        }
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
            organisation: self.store().organisation().await?.unwrap_or_default(),
            marking: heading.marking,
            of,
            year: books.year,
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
