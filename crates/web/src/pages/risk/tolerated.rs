//! What is tolerated beside what was found: each point of a line, the bad years, and units with a line of their own.

use super::words;
use crate::list::encoded;
use crate::look::figure::{short_money, small_percent, thousands};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::risk::{Bracket, Report, UnitTolerance};

/// A bracket of money.
fn money(bracket: Bracket) -> Markup {
    html! { (short_money(bracket.low)) " – " (short_money(bracket.high)) }
}

/// The bad years: what is not exceeded, and the mean of what lies beyond, each with its bracket.
pub(super) fn bad_years(report: &Report) -> Markup {
    let row = |level: &warrant_service::risk::Level| Row {
        cells: vec![
            html! { (Words::of("worst-years").with("share", small_percent(1.0 - level.level))) },
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
            caption: say("risk-bad-years"),
            columns: vec![
                Column::plain(&say("bad-years"), Width::Fill),
                Column::plain(&Words::of("bad-years-begin").with("currency", &report.currency).said(), Width::Figures),
                Column::plain(&say("bracket"), Width::Figures),
                Column::plain(&say("bad-years-cost"), Width::Figures),
                Column::plain(&say("bracket"), Width::Figures),
            ],
            rows: report.total.levels.iter().map(row).collect(),
            ..Table::default()
        }))
        p.muted { (say("bad-years-note")) }
    }
}

/// An amount from which years count.
pub(super) fn or_more(loss: f64, currency: &str) -> Words {
    Words::of("or-more").with("amount", format!("{} {currency}", short_money(loss)))
}

/// Each point of the line.
pub(super) fn points(report: &Report) -> Markup {
    let row = |answer: &warrant_service::risk::ToleranceAnswer| Row {
        cells: vec![
            html! { (or_more(answer.tolerance.loss, &report.currency)) },
            html! { (small_percent(answer.tolerance.probability)) },
            html! { (small_percent(answer.found.estimate)) },
            html! { (small_percent(answer.found.low)) " – " (small_percent(answer.found.high)) },
            words::verdict(answer.verdict),
        ],
        ..Row::default()
    };
    table(&Table {
        id: "tolerance".to_owned(),
        caption: say("risk-tolerated"),
        columns: vec![
            Column::plain(&say("tolerated-year"), Width::Fill),
            Column::plain(&say("tolerated-may"), Width::Figures),
            Column::plain(&say("tolerated-is"), Width::Figures),
            Column::plain(&say("bracket"), Width::Figures),
            Column::plain(&say("column-answer"), Width::Fit),
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
                html! { @if let Some(at) = worst { (Words::of("or-more").with("amount", short_money(at.tolerance.loss))) } },
                html! { @if let Some(at) = worst { (small_percent(at.tolerance.probability)) } },
                html! { @if let Some(at) = worst { (small_percent(at.found.estimate)) } },
                words::verdict(unit.verdict),
            ],
            ..Row::default()
        }
    };
    table(&Table {
        id: "unit-tolerance".to_owned(),
        caption: say("risk-units"),
        columns: vec![
            Column::plain(&say("column-unit"), Width::Fill),
            Column::plain(&say("risk-scenarios"), Width::Figures),
            Column::plain(&Words::of("scenarios-a-year").with("currency", currency).said(), Width::Figures),
            Column::plain(&say("scenarios-in-20"), Width::Figures),
            Column::plain(&say("tolerated-year"), Width::Figures),
            Column::plain(&say("tolerated-may"), Width::Figures),
            Column::plain(&say("tolerated-is"), Width::Figures),
            Column::plain(&say("column-answer"), Width::Fit),
        ],
        rows: units.iter().map(row).collect(),
        ..Table::default()
    })
}
