//! What the risk brief is written from: the year of a scope, its heaviest scenarios, what moved, what is decided.

use super::About;
use crate::query::{RecordQuery, RecordRow};
use crate::risk::{Bracket, MovedView, Report, RiskScope, ScenarioLine, ScenarioView, Verdict};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::HashMap;
use warrant_model::RecordId;
use warrant_model::kinds::{Scenario, Treatment};
use warrant_model::time::{day, from_micros, plus_days};
use warrant_report::documents::{
    MovedFacts, RemedyFacts, RiskFacts, ScenarioFacts, ToleratedFacts, YearFacts,
};

/// How many scenarios are looked into.
const HEAVIEST: usize = 3;
/// How many findings to close are told.
const REMEDIES: usize = 10;
/// Days looked back.
const BACK: i64 = 30;
/// The most scenarios whose words are read.
const MOST: i64 = 5_000;

fn parts(bracket: Bracket) -> (f64, f64, f64) {
    (bracket.estimate, bracket.low, bracket.high)
}

impl Service {
    /// What a year may cost, with everything that the brief tells of it.
    pub(super) async fn risk_facts(&self, actor: &Actor, about: &About) -> Result<RiskFacts, ServiceError> {
        let (scope, system) = match about {
            About::Organisation => (RiskScope::Organisation, None),
            About::Unit(unit) => {
                self.narrowed(actor, about).await?;
                (RiskScope::Unit(unit.clone()), None)
            }
            About::System(system) => {
                let id = self.system_row(actor, system).await?.id;
                (RiskScope::System(id.clone()), Some(id))
            }
        };
        let view = self.risk(actor, &scope).await?;
        let query =
            RecordQuery { kind: "scenario".to_owned(), system, limit: MOST, ..RecordQuery::default() };
        let rows = self.list_records(actor, &query).await?.rows;
        let rows: HashMap<&str, &RecordRow> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
        let mut scenarios = Vec::new();
        for (nth, line) in view.scenarios.iter().enumerate() {
            let looked = match nth < HEAVIEST {
                true => Some(self.risk_of_scenario(actor, &line.id).await?),
                false => None,
            };
            scenarios.push(scenario(line, &rows, looked));
        }
        let mut remedies: Vec<RemedyFacts> = Vec::new();
        for one in scenarios.iter().take(HEAVIEST) {
            for (title, target, spares) in &one.findings {
                let (title, target, system) = (title.clone(), target.clone(), one.system.clone());
                // A finding on the way of several scenarios is told once, by what it spares most.
                let known = remedies
                    .iter_mut()
                    .find(|it| it.title == title && it.target == target && it.system == system);
                match known {
                    Some(known) => known.spares = known.spares.max(*spares),
                    None => remedies.push(RemedyFacts { title, target, system, spares: *spares }),
                }
            }
        }
        remedies.retain(|one| one.spares >= 0.5);
        remedies.sort_by(|a, b| b.spares.total_cmp(&a.spares).then_with(|| a.title.cmp(&b.title)));
        remedies.truncate(REMEDIES);
        let moved = match view.report {
            Some(_) => Some(self.risk_moved(actor, &scope, day(plus_days(self.now(), -BACK))).await?),
            None => None,
        };
        Ok(RiskFacts {
            currency: view.currency,
            as_of: view.as_of,
            year: view.report.as_ref().map(year),
            scenarios,
            left_out: view
                .left_out
                .into_iter()
                .map(|one| (one.title, one.system_name, one.because))
                .collect(),
            moved: moved.map(moved_facts),
            remedies,
            priors: view.priors,
            priors_review_by: Some(view.priors_review_by),
        })
    }
}

fn year(report: &Report) -> YearFacts {
    let at = |wanted: f64| report.total.levels.iter().find(|level| level.level >= wanted);
    let verdict = |verdict: Verdict| match verdict {
        Verdict::Within => "within",
        Verdict::Exceeds => "exceeded",
        Verdict::DoesNotDecide => "not decided by the bracket",
    };
    let tolerated = report.tolerance.iter().map(|answer| ToleratedFacts {
        loss: answer.tolerance.loss,
        limit: answer.tolerance.probability,
        found: parts(answer.found),
        verdict: verdict(answer.verdict).to_owned(),
    });
    YearFacts {
        expected: report.total.ale,
        any_loss: report.total.any_loss,
        bad: at(0.95).map(|level| parts(level.var)).unwrap_or_default(),
        worse: at(0.99).map(|level| parts(level.var)).unwrap_or_default(),
        beyond: at(0.95).map(|level| parts(level.tvar)).unwrap_or_default(),
        curve: report.curve.iter().map(|point| (point.loss, parts(point.probability))).collect(),
        tolerated: tolerated.collect(),
        second: (parts(report.second_opinion.mean), report.second_opinion.years),
    }
}

fn version(row: &RecordRow) -> (i64, Timestamp) {
    (row.version, from_micros(row.updated_at))
}

fn scenario(
    line: &ScenarioLine,
    rows: &HashMap<&str, &RecordRow>,
    looked: Option<ScenarioView>,
) -> ScenarioFacts {
    let row = rows.get(line.id.as_str()).copied();
    let body = row.and_then(|row| warrant_model::kind::parse_body::<Scenario>(&row.body)).unwrap_or_default();
    let decision = &line.decision;
    let bad = line.figures.levels.iter().find(|level| level.level >= 0.95);
    let looked = looked.as_ref();
    let controls = looked.into_iter().flat_map(|view| &view.controls).map(|share| {
        let standing = &share.standing;
        let open = match standing.open {
            0 => String::new(),
            1 => "; 1 open finding bears on it".to_owned(),
            open => format!("; {open} open findings bear on it"),
        };
        let why = format!("{}{open}", standing.in_place_because);
        (standing.control.clone(), share.share, standing.performance(), why)
    });
    let findings = looked.into_iter().flat_map(|view| &view.findings);
    let findings = findings.map(|one| (one.title.clone(), one.target.clone(), one.worth));
    ScenarioFacts {
        id: RecordId(line.id.clone()),
        version: row.map(version).unwrap_or_default(),
        title: line.title.clone(),
        description: body.description.unwrap_or_default(),
        basis: body.basis.unwrap_or_default(),
        actor: line.actor.clone(),
        system: line.system_name.clone(),
        expected: line.figures.ale,
        any_loss: line.figures.any_loss,
        bad: bad.map(|level| parts(level.var)).unwrap_or_default(),
        bare: looked.map(|view| view.bare),
        controls: controls.collect(),
        findings: findings.collect(),
        treatment: decision.treatment.or(line.treatment).map_or("", Treatment::word).to_owned(),
        deciding: decision.deciding.title().to_owned(),
        decision: decision.record.clone().map(|id| {
            let row = rows.get(id.as_str()).copied();
            let title = row.map_or_else(|| line.title.clone(), |row| row.title.clone());
            (RecordId(id), title, row.map(version).unwrap_or_default())
        }),
        approver: decision.approver.clone().unwrap_or_default(),
        expires: decision.expires,
        because: if decision.because.is_empty() { decision.reason.clone() } else { decision.because.clone() },
        review_by: line.review_by,
    }
}

fn moved_facts(view: MovedView) -> MovedFacts {
    let moved = view.scenarios.iter().filter(|one| one.change().abs() >= 0.5);
    MovedFacts {
        since: Some(view.since),
        before: view.before,
        now: view.now,
        causes: view
            .causes
            .iter()
            .map(|line| (line.cause.says().to_owned(), line.amount, line.scenarios))
            .collect(),
        scenarios: moved.map(|one| (one.title.clone(), one.system_name.clone(), one.change())).collect(),
    }
}
