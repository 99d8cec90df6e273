//! What is tolerated beside what was found: each point of a line, the bad years, and units with a line of their own.

use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::figure::{short_money, small_percent, thousands};
use crate::look::table::{Column, Row, Table, Width, table};
use maud::{Markup, html};
use warrant_service::risk::{Bracket, Report, UnitTolerance, Verdict};

/// A bracket of money.
fn money(bracket: Bracket) -> Markup {
    html! { (short_money(bracket.low)) " – " (short_money(bracket.high)) }
}

/// What a comparison says.
fn verdict(verdict: Verdict) -> Markup {
    match verdict {
        Verdict::Within => badge::state("within", Progress::Done),
        Verdict::Exceeds => badge::state("more than is tolerated", Progress::Failed),
        Verdict::DoesNotDecide => badge::state("does not decide", Progress::Unknown),
    }
}

/// The bad years: what is not exceeded, and the mean of what lies beyond, each with its bracket.
pub(super) fn bad_years(report: &Report) -> Markup {
    let row = |level: &warrant_service::risk::Level| Row {
        cells: vec![
            html! { "the worst " (small_percent(1.0 - level.level)) " of years" },
            html! { (short_money(level.var.estimate)) },
            money(level.var),
            html! { strong { (short_money(level.tvar.estimate)) } },
            money(level.tvar),
        ],
        ..Row::default()
    };
    html! {
        (table(&Table {
            id: "bad-years".to_owned(),
            caption: "Bad years".to_owned(),
            columns: vec![
                Column::plain("Years", Width::Fill),
                Column::plain(&format!("Begin at, {} (VaR)", report.currency), Width::Figures),
                Column::plain("Bracket", Width::Figures),
                Column::plain("Cost on average (TVaR)", Width::Figures),
                Column::plain("Bracket", Width::Figures),
            ],
            rows: report.total.levels.iter().map(row).collect(),
            ..Table::default()
        }))
        p.muted { "VaR says where the worst years begin, TVaR what they cost on average. The brackets bound the calculation." }
    }
}

/// Each point of the line.
pub(super) fn points(report: &Report) -> Markup {
    let row = |answer: &warrant_service::risk::ToleranceAnswer| Row {
        cells: vec![
            html! { (short_money(answer.tolerance.loss)) " " (report.currency) " or more" },
            html! { (small_percent(answer.tolerance.probability)) },
            html! { (small_percent(answer.found.estimate)) },
            html! { (small_percent(answer.found.low)) " – " (small_percent(answer.found.high)) },
            verdict(answer.verdict),
        ],
        ..Row::default()
    };
    table(&Table {
        id: "tolerance".to_owned(),
        caption: "Beside what is tolerated".to_owned(),
        columns: vec![
            Column::plain("A year that costs", Width::Fill),
            Column::plain("may be this likely", Width::Figures),
            Column::plain("is this likely", Width::Figures),
            Column::plain("Bracket", Width::Figures),
            Column::plain("Answer", Width::Fit),
        ],
        rows: report.tolerance.iter().map(row).collect(),
        ..Table::default()
    })
}

/// Units with a line of their own, those above it first.
pub(super) fn units(units: &[UnitTolerance], currency: &str) -> Markup {
    let row = |unit: &UnitTolerance| {
        // The point that is missed by most, or comes closest.
        let share = |at: &warrant_service::risk::ToleranceAnswer| {
            at.found.estimate / at.tolerance.probability.max(1e-12)
        };
        let worst = unit.answers.iter().max_by(|a, b| share(a).total_cmp(&share(b)));
        Row {
            id: unit.id.clone(),
            title: unit.name.clone(),
            href: format!("/risk?unit={}", encoded(&unit.id)),
            cells: vec![
                html! { (unit.name) },
                html! { (thousands(unit.scenarios as i64)) },
                html! { (short_money(unit.ale)) },
                html! { (short_money(unit.bad_year.map_or(0.0, |bracket| bracket.estimate))) },
                html! { @if let Some(at) = worst { (short_money(at.tolerance.loss)) " or more" } },
                html! { @if let Some(at) = worst { (small_percent(at.tolerance.probability)) } },
                html! { @if let Some(at) = worst { (small_percent(at.found.estimate)) } },
                verdict(unit.verdict),
            ],
            ..Row::default()
        }
    };
    table(&Table {
        id: "unit-tolerance".to_owned(),
        caption: "Units beside their own tolerance".to_owned(),
        columns: vec![
            Column::plain("Unit", Width::Fill),
            Column::plain("Scenarios", Width::Figures),
            Column::plain(&format!("{currency} a year"), Width::Figures),
            Column::plain("1 year in 20", Width::Figures),
            Column::plain("A year that costs", Width::Figures),
            Column::plain("may be this likely", Width::Figures),
            Column::plain("is this likely", Width::Figures),
            Column::plain("Answer", Width::Fit),
        ],
        rows: units.iter().map(row).collect(),
        ..Table::default()
    })
}
