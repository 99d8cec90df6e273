//! Contracts that still run.

use super::named;
use crate::look::badge::{self, Progress};
use crate::look::empty::none_but;
use crate::look::figure::short_money;
use crate::look::table::{Column, Row, Table, Width};
use crate::look::when;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::risk::{ContractView, ResourcesView};

/// Days before the last day of notice from which it is shown as near.
const NEAR: i32 = 90;

/// The table.
pub(super) fn table(view: &ResourcesView) -> Markup {
    if view.contracts.is_empty() {
        return none_but("contracts-none", "/records/contract/new");
    }
    let notice = |one: &ContractView| match one.notice_by {
        None => html! { span.muted { (say("contracts-none-told")) } },
        Some(day) => {
            let left = view.today.until(day).map_or(0, |span| span.get_days());
            let progress = match left {
                ..0 => Progress::Failed,
                0..=NEAR => Progress::Underway,
                _ => Progress::Open,
            };
            html! { span title=(when::distance(day, view.today)) { (badge::state(&day.to_string(), progress)) } }
        }
    };
    let row = |one: &ContractView| Row {
        cells: vec![
            named("contract", &one.id, &one.title),
            html! { (one.supplier) },
            html! { @match one.ends { Some(day) => (day), None => span.muted { (say("contracts-open")) } } },
            notice(one),
            html! { (short_money(one.yearly)) },
            html! { (short_money(one.spent)) },
        ],
        ..Row::default()
    };
    crate::look::table::table(&Table {
        id: "contracts".to_owned(),
        caption: say("budget-contracts"),
        columns: vec![
            Column::plain(&say("contracts-contract"), Width::Fill),
            Column::plain(&say("contracts-supplier"), Width::Fit),
            Column::plain(&say("contracts-ends"), Width::Fit),
            Column::plain(&say("contracts-notice"), Width::Fit),
            Column::plain(
                &Words::of("contracts-a-year").with("currency", &view.currency).said(),
                Width::Figures,
            ),
            Column::plain(&say("contracts-spent"), Width::Figures),
        ],
        rows: view.contracts.iter().map(row).collect(),
        ..Table::default()
    })
}
