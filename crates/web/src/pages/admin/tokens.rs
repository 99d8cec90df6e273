//! Tokens of programs, everybody's: an officer of the organisation sees and ends them, their owners make them.

use super::{At, Shown, show};
use crate::error::Answer;
use crate::file;
use crate::list::ListAddress;
use crate::look::empty::Empty;
use crate::look::table::{Chip, Chosen, Facet, Row, Table, Width, table};
use crate::pages::account::tokens::{end, last_day, last_used, may, state, state_word, unit_names};
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::html;
use std::collections::BTreeMap;
use warrant_model::time::from_micros;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::tables::TableFormat;
use warrant_service::tokens::{TokenState, TokenView, Tokens};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin/tokens", get(page))
        .route("/admin/tokens.csv", get(csv))
        .route("/admin/tokens.xlsx", get(xlsx))
        .route("/admin/tokens/end", post(end_one))
}

const STATES: [TokenState; 3] = [TokenState::Works, TokenState::Expired, TokenState::Ended];

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let all = app.service.list_tokens(&who.actor, Tokens::All).await?;
    let units = unit_names(&app, &who, &all).await?;
    let now = app.service.now();
    let working = all.iter().filter(|token| token.state == TokenState::Works).count();
    let unused = all.iter().filter(|token| token.state == TokenState::Works && token.row.last_used.is_none());
    let lead = Words::of("token-lead").with("count", working).with("unused", unused.count());
    let count = |state| all.iter().filter(|token| fits(token, &address, "") && token.state == state).count();
    let chips = STATES.into_iter().filter_map(|state| {
        let (chosen, href) = address.toggle("state", state.word());
        let count = count(state) as u64;
        let chip = Chip { title: say(state_word(state)), shape: None, count, href, chosen };
        (count > 0 || chosen == Chosen::Yes).then_some(chip)
    });
    let facets = vec![Facet { title: say("column-state"), chips: chips.collect() }];
    let (shown, pager) = address.page_of(chosen(&all, &address));
    let row = |token: &&TokenView| Row {
        id: token.row.id.clone(),
        title: token.row.name.clone(),
        cells: vec![
            html! { (token.row.name) },
            html! { (token.owner) },
            may(token, &units),
            state(token),
            last_day(token, now),
            last_used(token, now),
            end(token, "/admin/tokens/end", &who),
        ],
        ..Row::default()
    };
    let empty = if all.is_empty() {
        Empty::of("tokens-none").first("/account#tokens").second("/api/v1/docs")
    } else {
        Empty::of("tokens-none-fit").first("/admin/tokens")
    };
    let column = |name, width, by: &str| address.column(&say(name), width, by);
    let view = Table {
        id: "tokens".to_owned(),
        caption: say("token-title"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets,
        columns: vec![
            column("account-name", Width::Fill, "name"),
            column("column-owner", Width::Fit, "owner"),
            crate::look::table::Column::plain(&say("token-may"), Width::Fit),
            crate::look::table::Column::plain(&say("column-state"), Width::Fit),
            column("token-last-day", Width::Fit, "day"),
            column("token-last-used", Width::Fit, "used"),
            crate::look::table::Column::plain(&say("token-end"), Width::Fit),
        ],
        rows: shown.iter().map(row).collect(),
        exports: address.exports("/admin/tokens"),
        pager,
        empty,
        ..Table::default()
    };
    let make = html! { a.button href="/account#tokens" { (say("token-make-own")) } };
    let main = table(&view);
    show(&app, &who, Shown { at: At::Tokens, lead: html! { (lead) }, actions: make, problem: None, main })
        .await
}

fn fits(token: &TokenView, address: &ListAddress, state: &str) -> bool {
    (state.is_empty() || token.state.word() == state)
        && address.found_in(&format!("{} {}", token.row.name, token.owner))
}

fn chosen<'t>(all: &'t [TokenView], address: &ListAddress) -> Vec<&'t TokenView> {
    let mut rows: Vec<_> = all.iter().filter(|token| fits(token, address, address.get("state"))).collect();
    let (column, descending) = address.sorted();
    match column {
        "name" => rows.sort_by_key(|token| token.row.name.to_lowercase()),
        "owner" => rows.sort_by(|a, b| a.owner.cmp(&b.owner)),
        "day" => rows.sort_by_key(|token| token.last_day),
        "used" => rows.sort_by_key(|token| token.row.last_used),
        // They come newest first.
        _ => return rows,
    }
    if descending {
        rows.reverse();
    }
    rows
}

async fn end_one(State(app): State<App>, who: Who, address: ListAddress, posted: Posted) -> Answer {
    drop(posted);
    app.service.end_token(&who.actor, address.get("id")).await?;
    Ok(Redirect::to("/admin/tokens").into_response())
}

async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    use ColumnKind::{Date, Text};
    let all = app.service.list_tokens(&who.actor, Tokens::All).await?;
    let units: BTreeMap<String, String> = unit_names(app, who, &all).await?;
    let heading = app.service.heading("tokens");
    let columns = [
        ("Name", Text),
        ("Owner", Text),
        ("Role at most", Text),
        ("Unit", Text),
        ("State", Text),
        ("Made", Date),
        ("Last day", Text),
        ("Last used", Date),
        ("Ended by", Text),
    ];
    let row = |token: &TokenView| {
        vec![
            Cell::text(&token.row.name),
            Cell::text(&token.owner),
            Cell::text_if(token.row.role.map(|role| role.word())),
            Cell::text(units.get(&token.row.unit).unwrap_or(&token.row.unit)),
            Cell::text(token.state.word()),
            Cell::Time(from_micros(token.row.made_at)),
            Cell::text(token.last_day.to_string()),
            token.row.last_used.map_or(Cell::Empty, |used| Cell::Time(from_micros(used))),
            Cell::text(&token.row.ended_by),
        ]
    };
    let table = warrant_report::Table {
        title: "Tokens".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows: chosen(&all, address).into_iter().map(row).collect(),
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table("tokens", format, app.service.written(&table, format)?))
}
