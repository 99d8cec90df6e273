//! The assessor's grid: every control of the system's baseline with what the evidence says of it.

mod chosen;
mod rows;
mod tree;
mod verdict;
mod ways;
mod window;

pub(super) use verdict::judge;
pub(super) use ways::{Way, ways};

use super::frame::{At, Frame};
use super::shown::control_title;
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, wants_more};
use crate::look::empty::Empty;
use crate::look::figure::percent;
use crate::look::table::{Table, more, table};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use chosen::{Chosen, View};
use maud::{Markup, html};
use warrant_model::posture::ControlStatus;
use warrant_model::scope::Role;
use warrant_report::tables::controls_table;
use warrant_service::tables::TableFormat;
use window::{Sent, window};

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let all = app.service.controls_of(&frame.snapshot);
    let view = grid(&frame, &who, &all, &address, Sent::Window);
    if wants_more(&headers) {
        return Ok(more(&view).into_response());
    }
    let actions = html! {
        @if frame.is_now() { a.button href=(frame.new_href("tailoring", At::Controls)) { (say("controls-tailor")) } }
    };
    frame.page(&app, &who, At::Controls, (lead(&frame, &all), actions), table(&view)).await
}

/// The grid of what the address asks for.
fn grid(frame: &Frame, who: &Who, all: &[ControlStatus], address: &ListAddress, sent: Sent<'_>) -> Table {
    let chosen = Chosen::read(address);
    let ordered = chosen.sorted(all.iter().collect());
    let (columns, rows, pager) = match chosen.view {
        View::Controls => {
            let (shown, pager) = window(
                ordered,
                |control| control.control.as_str(),
                |control| chosen.fits(control),
                sent,
                address,
            );
            (rows::control_columns(address), rows::controls(frame, &shown), pager)
        }
        View::Statements => {
            let every = ordered.into_iter().filter(|control| chosen.fits(control));
            let every = every.flat_map(|control| control.statements.iter().map(move |one| (control, one)));
            let (shown, pager) = window(
                every.collect(),
                |(_, one)| one.statement.as_str(),
                |(_, one)| chosen.has_status(&one.status),
                sent,
                address,
            );
            (rows::statement_columns(), rows::statements(frame, &shown), pager)
        }
    };
    let writes = frame.is_now() && who.actor.highest >= Some(Role::Engineer);
    Table {
        id: "controls".to_owned(),
        caption: say("places-controls"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![chosen.statuses(all, address)],
        views: chosen.views(frame, address),
        tree: (!all.is_empty()).then(|| tree::tree(all, &chosen, address)),
        columns,
        rows,
        bulk: writes.then(|| verdict::bulk(frame, who, address)),
        exports: address.exports(&address.path),
        pager,
        empty: nothing(frame, all),
        ..Table::default()
    }
}

/// The rows shown, as a file.
pub(super) async fn export(
    app: App,
    who: Who,
    id: String,
    address: ListAddress,
    format: TableFormat,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let all = app.service.controls_of(&frame.snapshot);
    let chosen = Chosen::read(&address);
    let shown = chosen.sorted(all.iter().filter(|control| chosen.fits(control)).collect());
    let heading = app.service.heading(&format!("controls of {} on {}", frame.name, frame.today()));
    let table = controls_table(shown, &control_title, heading);
    Ok(file::table(&format!("{}-controls", frame.name), format, app.service.written(&table, format)?))
}

fn lead(frame: &Frame, all: &[ControlStatus]) -> Markup {
    let counts = &frame.posture.controls;
    let applicable = counts.applicable();
    if all.is_empty() {
        return html! { (say("controls-lead-none")) };
    }
    let link = |status: &str, name: &'static str, count: u32| {
        let words = Words::of(name).with("count", count).with("all", applicable);
        html! { a href=(frame.href("/controls", &[("status", status)])) { (words) } }
    };
    let satisfied = Words::of("controls-lead-satisfied")
        .with("all", applicable)
        .with("share", percent(f64::from(counts.satisfied) / f64::from(applicable.max(1))))
        .around("some", link("satisfied", "controls-some-of", counts.satisfied));
    let sentence = Words::of("controls-lead")
        .around("satisfied", html! { strong { (satisfied) } })
        .around(
            "failing",
            link("other-than-satisfied", "controls-other-than-satisfied", counts.other_than_satisfied),
        )
        .around("stale", link("stale", "controls-stale", counts.stale))
        .around("unjudged", link("not-assessed", "controls-not-assessed", counts.not_assessed));
    html! { (sentence) }
}

fn nothing(frame: &Frame, all: &[ControlStatus]) -> Empty {
    if !all.is_empty() {
        return Empty::of("system-controls-none-fit")
            .first(frame.href("/controls", &[]))
            .second(frame.href("/controls", &[("status", "not-assessed")]));
    }
    Empty::of("system-controls-none")
        .first(frame.new_href("information_type", At::Controls))
        .second(frame.new_href("tailoring", At::Controls))
}
