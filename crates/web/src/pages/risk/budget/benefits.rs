//! What the money buys, by initiative, policy and system.

use crate::look::empty::none;
use crate::look::figure::short_money;
use crate::look::table::{Column, Row, Table, Width};
use maud::{Markup, html};
use warrant_service::risk::{Benefit, ResourcesView};

/// The table.
pub(super) fn table(view: &ResourcesView) -> Markup {
    if view.benefits.is_empty() {
        return html! { (none("benefits-none")) };
    }
    let row = |one: &Benefit| Row {
        cells: vec![
            html! { (one.name) },
            html! { (one.by.word()) },
            html! { (short_money(one.amount)) },
            html! { (short_money(one.spent)) },
            super::ranged(&one.forecast),
            html! { (one.actions) },
            html! { @if one.actions == 0 { span.muted { "no action named" } } @else { strong { (short_money(one.spares)) } } },
            html! { (pays_back(one)) },
        ],
        ..Row::default()
    };
    crate::look::table::table(&Table {
        id: "benefits".to_owned(),
        caption: "What the money buys".to_owned(),
        columns: vec![
            Column::plain("For", Width::Fill),
            Column::plain("By", Width::Fit),
            Column::plain(&format!("Amount, {}", view.currency), Width::Figures),
            Column::plain("Spent", Width::Figures),
            Column::plain("Will cost (90 % range)", Width::Figures),
            Column::plain("Actions", Width::Figures),
            Column::plain("Spares a year", Width::Figures),
            Column::plain("Pays back in", Width::Fit),
        ],
        rows: view.benefits.iter().map(row).collect(),
        ..Table::default()
    })
}

/// After how many years what is spared has paid what it will cost, with the range of the cost.
fn pays_back(one: &Benefit) -> Markup {
    if one.spares <= 0.0 || one.forecast.likely <= 0.0 {
        return html! { span.muted { "–" } };
    }
    let years = |cost: f64| cost / one.spares;
    let (low, likely, high) = (years(one.forecast.low), years(one.forecast.likely), years(one.forecast.high));
    if low > 50.0 {
        return html! { "more than 50 years" };
    }
    html! { (format!("{likely:.1} years")) @if low < high { " " span.muted { (format!("({low:.1} – {high:.1})")) } } }
}
