//! The scenarios that weigh most and why, and what is decided about each.

use crate::documents::block::{Blocks, Table};
use crate::documents::facts::{RiskFacts, ScenarioFacts, YearFacts};
use crate::documents::figures::{clipped, day_or, money, percent, range, thousands};
use crate::documents::sources::Sources;
use crate::documents::words::Words;
use warrant_catalog::index::Index;

/// How many are told in full.
const HEAVIEST: usize = 3;
/// How many controls and findings of each.
const ON_ITS_WAY: usize = 4;

pub(super) fn heaviest(blocks: &mut Blocks, facts: &RiskFacts, year: &YearFacts, sources: &mut Sources<'_>) {
    blocks.chapter("What weighs most, and why");
    for scenario in facts.scenarios.iter().take(HEAVIEST) {
        one(blocks, scenario, facts, year, sources);
    }
    if facts.scenarios.len() > HEAVIEST {
        blocks.quiet(format!(
            "All {} scenarios stand in the table of decisions below.",
            thousands(facts.scenarios.len() as u64)
        ));
    }
}

fn one(
    blocks: &mut Blocks,
    scenario: &ScenarioFacts,
    facts: &RiskFacts,
    year: &YearFacts,
    sources: &mut Sources<'_>,
) {
    let cite = sources.record_at("scenario", &scenario.id, &scenario.title, scenario.version);
    let currency = &facts.currency;
    let share = if year.expected > 0.0 { scenario.expected / year.expected } else { 0.0 };
    blocks.thing(scenario.title.as_str());
    let mut told = vec![
        ("System", Words::from(scenario.system.as_str()).cite(cite)),
        (
            "Expected a year",
            format!("{} {currency}, {:.0} % of the whole", money(scenario.expected), share * 100.0).into(),
        ),
        (
            "In a bad year",
            format!(
                "{} {currency} in one year of twenty or more; any loss in {} of years",
                range(scenario.bad),
                percent(scenario.any_loss)
            )
            .into(),
        ),
    ];
    if !scenario.actor.is_empty() {
        told.insert(1, ("Who acts", scenario.actor.as_str().into()));
    }
    if !scenario.description.trim().is_empty() {
        told.push(("What happens", clipped(&scenario.description, 1_000).into()));
    }
    told.push((
        "Estimates rest on",
        if scenario.basis.trim().is_empty() {
            "nothing that is recorded".into()
        } else {
            clipped(&scenario.basis, 600).into()
        },
    ));
    blocks.facts(told);
    let mut points = Vec::new();
    if let Some(bare) = scenario.bare {
        points.push(Words::from(format!(
            "With no control in its way it would cost {} {currency} a year; the controls keep {} away.",
            money(bare),
            money((bare - scenario.expected).max(0.0))
        )));
    }
    for (control, keeps, performs, why) in scenario.controls.iter().take(ON_ITS_WAY) {
        points.push(Words::from(format!(
            "{} keeps {} away, performing at {:.0} %: {}.",
            Index::embedded().label_of(control),
            money(*keeps),
            performs * 100.0,
            why.trim_end_matches('.')
        )));
    }
    if scenario.bare.is_some() && scenario.controls.is_empty() {
        points.push("No control stands in its way.".into());
    }
    for (title, target, worth) in scenario.findings.iter().take(ON_ITS_WAY) {
        points.push(
            format!(
                "Open on {target}: {}; closing it alone spares {} a year.",
                title.trim_end_matches('.'),
                money(*worth)
            )
            .into(),
        );
    }
    blocks.list(points);
}

/// Every scenario with what is decided about it.
pub(super) fn decided(blocks: &mut Blocks, facts: &RiskFacts, sources: &mut Sources<'_>) {
    blocks.chapter("What is decided");
    let mut table = Table::new(&[
        "Scenario",
        "System",
        &format!("Expected ({})", facts.currency),
        "Treatment",
        "Decision",
        "By",
        "Holds until",
    ]);
    for scenario in facts.scenarios.iter().take(super::MOST) {
        let cite = sources.record_at("scenario", &scenario.id, &scenario.title, scenario.version);
        let mut decision = Words::from(scenario.deciding.as_str());
        if let Some((record, title, version)) = &scenario.decision {
            decision = decision.cite(sources.record_at("risk_treatment", record, title, *version));
        }
        if !scenario.because.is_empty() {
            decision = decision.and(format!(": {}", clipped(&scenario.because, 300)));
        }
        table.rows.push(vec![
            Words::from(scenario.title.as_str()).cite(cite),
            scenario.system.as_str().into(),
            money(scenario.expected).into(),
            if scenario.treatment.is_empty() {
                "none meant".into()
            } else {
                scenario.treatment.as_str().into()
            },
            decision,
            if scenario.approver.is_empty() { "–".into() } else { scenario.approver.as_str().into() },
            day_or(scenario.expires, "–").into(),
        ]);
    }
    blocks.table(table);
    blocks.rest(facts.scenarios.len().saturating_sub(super::MOST), "scenarios", "the risk register has them");
}
