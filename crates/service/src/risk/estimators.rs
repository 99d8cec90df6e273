//! Estimators: what people said beside what turned out, from estimates and from budget lines that are closed.

use super::refused;
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::Record;
use warrant_model::kinds::{BudgetLine, CameAbout, Estimate, Spending, SpendingSort};
use warrant_risk::{Calibration, Outcome, Said, calibrate};
use warrant_store::records::RecordQuery;

/// Records of one kind, at most.
const MOST: i64 = 100_000;

/// How good estimates were.
#[derive(Clone, Debug, serde::Serialize)]
pub struct EstimatorsView {
    /// All estimators and each of them by name; `None` when nothing turned out yet.
    pub calibration: Option<Calibration>,
    /// Estimates of the record that turned out.
    pub known: usize,
    /// Closed budget lines whose range is held against what was paid.
    pub lines: usize,
    /// Estimates that are still open.
    pub open: usize,
    /// Open ones whose day has come: record id, what was asked and the day.
    pub overdue: Vec<(String, String, jiff::civil::Date)>,
}

/// An estimate with what turned out, as the engine takes it; nothing while that is open.
fn said(body: &Estimate) -> Option<Said> {
    if body.state != "known" {
        return None;
    }
    let outcome = |came| match came {
        CameAbout::Yes => Outcome::Happened,
        CameAbout::No => Outcome::DidNot,
    };
    match (body.chance, body.came_about, body.low, body.high, body.found) {
        (Some(chance), Some(came), ..) => {
            Some(Said::Chance { chance: chance / 100.0, outcome: outcome(came) })
        }
        (_, _, Some(low), Some(high), Some(found)) => {
            Some(Said::Interval { low, high, confidence: body.confidence.unwrap_or(90.0) / 100.0, found })
        }
        _ => None,
    }
}

/// A closed line's 90 % range beside what was paid in all.
fn paid(line: &Record<BudgetLine>, spending: &BTreeMap<&str, f64>) -> Option<Said> {
    let (low, high) = line.body.estimate_low.zip(line.body.estimate_high)?;
    let found = spending.get(line.id.as_str()).copied()?;
    (line.body.state == "closed").then_some(Said::Interval { low, high, confidence: 0.9, found })
}

impl Service {
    /// How good the estimates were of all that the actor may see.
    pub async fn estimators(&self, actor: &Actor) -> Result<EstimatorsView, ServiceError> {
        let all = || RecordQuery { limit: MOST, ..RecordQuery::default() };
        let estimates: Vec<Record<Estimate>> = self.bodies(actor, all()).await?;
        let lines: Vec<Record<BudgetLine>> = self.bodies(actor, all()).await?;
        let spending: Vec<Record<Spending>> = self.bodies(actor, all()).await?;
        let mut actual: BTreeMap<&str, f64> = BTreeMap::new();
        for one in spending.iter().filter(|one| one.body.sort == SpendingSort::Actual) {
            *actual.entry(one.body.line.as_str()).or_default() += one.body.amount.unwrap_or_default();
        }
        let told = estimates
            .iter()
            .filter_map(|one| Some((one.body.estimator.as_ref()?, &one.body.title, said(&one.body)?)));
        let told: Vec<_> = told.collect();
        let of_lines = lines
            .iter()
            .filter_map(|line| Some((line.body.owner.as_ref()?, &line.body.title, paid(line, &actual)?)));
        let of_lines: Vec<_> = of_lines.collect();
        let (known, closed) = (told.len(), of_lines.len());
        let people: BTreeSet<String> =
            told.iter().chain(&of_lines).map(|(person, ..)| person.as_str().to_owned()).collect();
        let names = self.titles_of(actor, &people.into_iter().collect::<Vec<_>>()).await?;
        let all: Vec<warrant_risk::Estimate> = told
            .into_iter()
            .chain(of_lines)
            .map(|(person, title, said)| warrant_risk::Estimate {
                estimator: names.get(person.as_str()).cloned().unwrap_or_else(|| person.as_str().to_owned()),
                question: title.clone(),
                said,
            })
            .collect();
        let today = warrant_model::time::day(self.now());
        let open: Vec<_> = estimates.iter().filter(|one| one.body.state == "open").collect();
        let mut overdue: Vec<_> = open
            .iter()
            .filter_map(|one| {
                let day = one.body.known_by.filter(|day| *day < today)?;
                Some((one.id.as_str().to_owned(), one.body.title.clone(), day))
            })
            .collect();
        overdue.sort_by(|a, b| a.2.cmp(&b.2).then_with(|| a.0.cmp(&b.0)));
        let calibration = if all.is_empty() { None } else { Some(calibrate(&all).map_err(refused)?) };
        Ok(EstimatorsView { calibration, known, lines: closed, open: open.len(), overdue })
    }
}
