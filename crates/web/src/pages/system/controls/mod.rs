//! The assessor's grid: every control of the system's baseline with what the evidence says of it.

mod chosen;
mod rows;
mod tree;
mod verdict;
mod ways;

pub(super) use verdict::judge;
pub(super) use ways::{Way, ways};

use super::frame::{At, Frame};
use super::shown::{control_title, counted};
use crate::error::Answer;
use crate::file;
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::empty::Empty;
use crate::look::figure::percent;
use crate::look::pager::Pager;
use crate::look::table::{Table, table};
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use chosen::{Chosen, View};
use maud::{Markup, html};
use warrant_model::posture::ControlStatus;
use warrant_model::scope::Role;
use warrant_report::tables::controls_table;
use warrant_service::tables::TableFormat;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let all = app.service.controls_of(&frame.snapshot);
    let view = grid(&frame, &who, &all, &address);
    let actions = html! {
        @if frame.is_now() { a.button href=(frame.new_href("tailoring", At::Controls)) { "Tailor" } }
    };
    frame.page(&app, &who, At::Controls, (lead(&frame, &all), actions), table(&view)).await
}

/// The grid of what the address asks for.
fn grid(frame: &Frame, who: &Who, all: &[ControlStatus], address: &ListAddress) -> Table {
    let chosen = Chosen::read(address);
    let shown: Vec<&ControlStatus> =
        chosen.sorted(all.iter().filter(|control| chosen.fits(control)).collect());
    let (columns, rows, pager) = match chosen.view {
        // A whole baseline is one grid, so that find-in-page and the keys reach every row of it.
        View::Controls => {
            let rows = rows::controls(frame, &shown);
            let count = rows.len() as u64;
            (
                rows::control_columns(address),
                rows,
                Pager { first: count.min(1), last: count, total: Some(count), ..Pager::default() },
            )
        }
        View::Statements => {
            let (rows, total) = rows::statements(frame, &shown, &chosen, address);
            let pager = address.pager(rows.len(), total as i64, i64::MAX);
            (rows::statement_columns(), rows, pager)
        }
    };
    let writes = frame.is_now() && who.actor.highest >= Some(Role::Engineer);
    Table {
        id: "controls".to_owned(),
        caption: "Controls".to_owned(),
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

/// The controls shown, as comma-separated values.
pub(super) async fn csv(app: State<App>, who: Who, path: Path<String>, address: ListAddress) -> Answer {
    export(app.0, who, path.0, address, TableFormat::Csv).await
}

/// The controls shown, as a workbook.
pub(super) async fn xlsx(app: State<App>, who: Who, path: Path<String>, address: ListAddress) -> Answer {
    export(app.0, who, path.0, address, TableFormat::Xlsx).await
}

async fn export(app: App, who: Who, id: String, address: ListAddress, format: TableFormat) -> Answer {
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
    let link = |status: &str, count: u32, words: &str| html! { a href=(frame.href("/controls", &[("status", status)])) { (count) " " (words) } };
    html! {
        @if all.is_empty() { "No baseline is in force: the system is not categorised." }
        @else {
            strong { (link("satisfied", counts.satisfied, "of")) " " (counted(applicable as usize, "control is", "controls are")) " satisfied on fresh evidence (" (percent(f64::from(counts.satisfied) / f64::from(applicable.max(1)))) ")" }
            "; " (link("other-than-satisfied", counts.other_than_satisfied, "other than satisfied"))
            ", " (link("stale", counts.stale, "stale"))
            ", " (link("not-assessed", counts.not_assessed, "not assessed")) "."
        }
    }
}

fn nothing(frame: &Frame, all: &[ControlStatus]) -> Empty {
    if !all.is_empty() {
        return Empty {
            title: "Nothing matches these filters".to_owned(),
            text: String::new(),
            first: Some(Link::new("All controls", frame.href("/controls", &[]))),
            second: Some(Link::new("Not assessed", frame.href("/controls", &[("status", "not-assessed")]))),
        };
    }
    Empty {
        title: "No controls yet".to_owned(),
        text: "The baseline follows from the impact levels of what the system handles.".to_owned(),
        first: Some(Link::new("New information type", frame.new_href("information_type", At::Controls))),
        second: Some(Link::new("Add a control", frame.new_href("tailoring", At::Controls))),
    }
}
