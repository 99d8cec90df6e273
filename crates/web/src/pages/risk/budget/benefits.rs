//! What the money buys, by initiative, policy and system.

use crate::look::empty::none;
use crate::look::figure::{decimals, short_money};
use crate::look::table::{Column, Row, Table, Width};
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::risk::{Benefit, Grouping, ResourcesView};

/// The table.
pub(super) fn table(view: &ResourcesView) -> Markup {
    if view.benefits.is_empty() {
        return html! { (none("benefits-none")) };
    }
    let row = |one: &Benefit| Row {
        cells: vec![
            html! { (one.name) },
            html! { (say(by(one.by))) },
            html! { (short_money(one.amount)) },
            html! { (short_money(one.spent)) },
            super::ranged(&one.forecast),
            html! { (one.actions) },
            html! { @if one.actions == 0 { span.muted { (say("benefits-no-action")) } } @else { strong { (short_money(one.spares)) } } },
            html! { (pays_back(one)) },
        ],
        ..Row::default()
    };
    crate::look::table::table(&Table {
        id: "benefits".to_owned(),
        caption: say("budget-buys"),
        columns: vec![
            Column::plain(&say("benefits-for"), Width::Fill),
            Column::plain(&say("benefits-by"), Width::Fit),
            Column::plain(&Words::of("lines-amount").with("currency", &view.currency).said(), Width::Figures),
            Column::plain(&say("benefits-spent"), Width::Figures),
            Column::plain(&say("lines-will-cost"), Width::Figures),
            Column::plain(&say("benefits-actions"), Width::Figures),
            Column::plain(&say("benefits-spares"), Width::Figures),
            Column::plain(&say("benefits-pays-back"), Width::Fit),
        ],
        rows: view.benefits.iter().map(row).collect(),
        ..Table::default()
    })
}

fn by(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Initiative => "benefits-by-initiative",
        Grouping::Policy => "benefits-by-policy",
        Grouping::System => "benefits-by-system",
    }
}

/// After how many years what is spared has paid what it will cost, with the range of the cost.
fn pays_back(one: &Benefit) -> Markup {
    if one.spares <= 0.0 || one.forecast.likely <= 0.0 {
        return html! { span.muted { "–" } };
    }
    let years = |cost: f64| cost / one.spares;
    let (low, likely, high) = (years(one.forecast.low), years(one.forecast.likely), years(one.forecast.high));
    if low > 50.0 {
        return html! { (say("benefits-more-than")) };
    }
    let likely = Words::of("benefits-years").with("years", decimals(likely, 1));
    html! { (likely) @if low < high { " " span.muted { "(" (decimals(low, 1)) " – " (decimals(high, 1)) ")" } } }
}
