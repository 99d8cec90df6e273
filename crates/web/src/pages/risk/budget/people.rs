//! Hours needed beside hours there are, by NICE work role.

use super::ask;
use crate::error::Answer;
use crate::file;
use crate::list::ListAddress;
use crate::look::badge::{self, Progress};
use crate::look::chart::{Bar, Bars, Colour, bars};
use crate::look::figure::thousands;
use crate::look::table::{Column, Row, Table, Width};
use crate::look::when;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::State;
use maud::{Markup, html};
use warrant_service::risk::{ResourcesView, RoleView};
use warrant_service::tables::TableFormat;

pub(super) async fn csv(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Csv).await
}

pub(super) async fn xlsx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, list: &ListAddress, format: TableFormat) -> Answer {
    let view = app.service.resources(&who.actor, &ask(list)?).await?;
    let table = app.service.staffing_table(&view.roles);
    Ok(file::table("staffing", format, app.service.written(&table, format)?))
}

fn hours(amount: f64) -> String {
    thousands(amount.round() as i64)
}

/// What a role is called.
fn called(role: &RoleView) -> String {
    if role.role.is_empty() { say("staffing-no-role") } else { role.name.clone() }
}

/// Hours needed and hours there are, the roles that need most.
pub(super) fn picture(view: &ResourcesView) -> Markup {
    let mut roles: Vec<_> = view.roles.iter().filter(|role| role.needed + role.available > 0.0).collect();
    roles.sort_by(|a, b| b.needed.total_cmp(&a.needed));
    let pair = |role: &&RoleView| {
        let bar = |title: &str, value: f64, colour| Bar {
            title: title.to_owned(),
            value: value.round(),
            colour,
            ..Bar::default()
        };
        let lacks = if role.missing() > 0.5 { Colour::Ink } else { Colour::Accent };
        [
            bar(&called(role), role.needed, lacks),
            bar(&say("staffing-there-are-bar"), role.available, Colour::Soft),
        ]
    };
    let drawn = bars(&Bars {
        title: say("staffing-picture"),
        unit: "h".to_owned(),
        bars: roles.iter().take(6).flat_map(pair).collect(),
    });
    html! {
        (drawn)
        @if roles.iter().any(|role| role.missing() > 0.5) { p.muted { (say("staffing-dark")) } }
    }
}

/// The table.
pub(super) fn table(list: &ListAddress, view: &ResourcesView) -> Markup {
    let row = |role: &RoleView| Row {
        id: role.role.clone(),
        title: called(role),
        cells: vec![
            html! { (called(role)) @if !role.role.is_empty() { " " span.muted { (role.role) } } },
            html! { (hours(role.needed)) },
            html! { (hours(role.available)) },
            html! { @if role.missing() > 0.5 { strong { (hours(role.missing())) } } @else { "0" } },
            match role.short_from {
                Some(day) => {
                    html! { span title=(when::distance(day, view.today)) { (badge::state(&day.to_string(), Progress::Failed)) } }
                }
                None => badge::state(&say("never"), Progress::Done),
            },
            html! { (thousands(role.posts as i64)) },
            html! { (hours(role.vacant)) },
            html! { (thousands(role.actions as i64)) },
            html! { @if role.untold > 0 { (thousands(role.untold as i64)) } @else { span.muted { "0" } } },
        ],
        ..Row::default()
    };
    html! {
        (crate::look::table::table(&Table {
            id: "staffing".to_owned(),
            caption: say("staffing-caption"),
            columns: vec![
                Column::plain(&say("staffing-role"), Width::Fill),
                Column::plain(&say("staffing-needed"), Width::Figures),
                Column::plain(&say("staffing-there-are"), Width::Figures),
                Column::plain(&say("staffing-missing"), Width::Figures),
                Column::plain(&say("staffing-short-from"), Width::Fit),
                Column::plain(&say("staffing-posts"), Width::Figures),
                Column::plain(&say("staffing-vacant"), Width::Figures),
                Column::plain(&say("benefits-actions"), Width::Figures),
                Column::plain(&say("staffing-unknown-length"), Width::Figures),
            ],
            rows: view.roles.iter().map(row).collect(),
            exports: list.exports("/budget/staffing"),
            ..Table::default()
        }))
        p.muted { (Words::of("staffing-note").link("/records/staffing")) }
    }
}
