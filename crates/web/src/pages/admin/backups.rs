//! Backups: how old the last one is, whether it was checked, all that were made, and one more.

use super::{At, Shown, show};
use crate::backups::Making;
use crate::error::{Answer, PageError};
use crate::file;
use crate::language::{self, speaking};
use crate::list::ListAddress;
use crate::look::badge::{self, Progress as Far};
use crate::look::empty::{Empty, none};
use crate::look::figure;
use crate::look::progress::{Replaces, Work, work};
use crate::look::shell::Flash;
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::pages::evidence::size;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use futures_util::stream;
use jiff::Timestamp;
use maud::{Markup, html};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use warrant_model::time::from_micros;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::ServiceError;
use warrant_service::backups::{BackupRow, Phase};
use warrant_service::tables::TableFormat;

/// The page's address.
pub(super) const HREF: &str = "/admin/backups";

/// How often progress is told.
const PAUSE: Duration = Duration::from_millis(400);

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin/backups", get(page).post(make))
        .route("/admin/backups.csv", get(csv))
        .route("/admin/backups.xlsx", get(xlsx))
        .route("/admin/backups/stop", post(stop))
        .route("/admin/backups/events/{id}", get(events))
}

/// Whether a backup can be relied on, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Verified,
    Unverified,
    Wrong,
}

impl Standing {
    const ALL: [Self; 3] = [Self::Verified, Self::Unverified, Self::Wrong];

    fn of(row: &BackupRow) -> Self {
        match (row.verified_at, row.problems) {
            (None, _) => Self::Unverified,
            (Some(_), 0) => Self::Verified,
            (Some(_), _) => Self::Wrong,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "not-verified",
            Self::Wrong => "wrong",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Verified => "backup-verified",
            Self::Unverified => "backup-not-verified",
            Self::Wrong => "backup-wrong",
        }
    }

    fn badge(self) -> Markup {
        let far = match self {
            Self::Verified => Far::Done,
            Self::Unverified => Far::Unknown,
            Self::Wrong => Far::Failed,
        };
        badge::state(&say(self.title()), far)
    }
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    shown(&app, &who, &address, None).await
}

async fn shown(app: &App, who: &Who, address: &ListAddress, problem: Option<Flash>) -> Answer {
    let all = app.service.list_backups(&who.actor).await?;
    let now = app.service.now();
    let makings = app.backups.all();
    let view = list(&all, address, now);
    let last = makings.first().and_then(|making| making.result());
    let main = html! {
        @if let Some(making) = app.backups.under_way() { (under_way(&making, who)) }
        @else if let Some(Err(told)) = &last { p.flash.problem role="alert" { span { (Words::of("backup-failed")) " " (crate::look::failure::said(told)) } } }
        (table(&view))
        @if !app.backups.are_made_here() { (none("backup-not-here")) p { code { "warrant serve --backups DIR" } " · " code { "warrant backup create TARGET" } } }
        p.muted { (say("backup-key-apart")) }
    };
    let actions = html! {
        @if app.backups.are_made_here() && app.backups.under_way().is_none() {
            form method="post" action=(HREF) {
                input type="hidden" name="_csrf" value=(who.csrf);
                button.primary { (say("backup-make")) }
            }
        }
    };
    show(app, who, Shown { at: At::Backups, lead: lead(&all, now), actions, problem, main }).await
}

/// How old the last one is and whether it was checked; that there is none is said as plainly.
fn lead(all: &[BackupRow], now: Timestamp) -> Markup {
    let Some(last) = all.first() else { return html! { strong { (say("backup-never")) } } };
    let age = when::age(from_micros(last.made_at), now);
    let made = Words::of("backup-last").around("age", html! { strong { (age) } });
    let checked = match Standing::of(last) {
        Standing::Unverified => Words::of("backup-last-unverified"),
        Standing::Verified => {
            let at = from_micros(last.verified_at.unwrap_or_default());
            Words::of("backup-last-verified").with("age", when::age(at, now))
        }
        Standing::Wrong => Words::of("backup-last-wrong").with("count", last.problems),
    };
    html! { (made) " " (checked) }
}

fn list(all: &[BackupRow], address: &ListAddress, now: Timestamp) -> Table {
    let chips = Standing::ALL.into_iter().filter_map(|state| {
        let (chosen, href) = address.toggle("state", state.word());
        let count =
            all.iter().filter(|row| fits(row, address, "") && Standing::of(row) == state).count() as u64;
        let chip = Chip { title: say(state.title()), shape: None, count, href, chosen };
        (count > 0 || chosen == Chosen::Yes).then_some(chip)
    });
    let facets = vec![Facet { title: say("column-state"), chips: chips.collect() }];
    let (rows, pager) = address.page_of(chosen(all, address));
    let column = |name, width, by: &str| address.column(&say(name), width, by);
    Table {
        id: "backups".to_owned(),
        caption: say("admin-tab-backups"),
        action: HREF.to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets,
        columns: vec![
            column("backup-made", Width::Fit, "made"),
            column("backup-by", Width::Fit, "by"),
            column("backup-where", Width::Fill, "where"),
            column("backup-size", Width::Figures, "size"),
            Column::plain(&say("backup-written"), Width::Figures),
            Column::plain(&say("backup-changes"), Width::Figures),
            Column::plain(&say("backup-key"), Width::Fit),
            column("column-state", Width::Fit, "checked"),
        ],
        rows: rows.iter().map(|row| line(row, now)).collect(),
        exports: address.exports(HREF),
        pager,
        empty: if all.is_empty() {
            Empty::of("backups-none")
        } else {
            Empty::of("backups-none-fit").first(HREF)
        },
        ..Table::default()
    }
}

fn line(row: &BackupRow, now: Timestamp) -> Row {
    let checked = row.verified_at.map(from_micros);
    Row {
        id: row.id.clone(),
        title: row.target.clone(),
        cells: vec![
            when::when(from_micros(row.made_at), now),
            html! { (row.actor) },
            html! { (row.target) },
            html! { (size(row.bytes)) },
            html! { (size(row.new_bytes)) },
            html! { (figure::thousands(row.ledger_size)) },
            html! { (say(if row.with_key { "backup-with-key" } else { "backup-without-key" })) },
            html! {
                (Standing::of(row).badge())
                @if let Some(at) = checked { " " span.muted { (when::age(at, now)) } }
                @if row.problems > 0 { br; (Words::of("backup-problems").with("count", row.problems)) }
            },
        ],
        ..Row::default()
    }
}

fn fits(row: &BackupRow, address: &ListAddress, state: &str) -> bool {
    (state.is_empty() || Standing::of(row).word() == state)
        && address.found_in(&format!("{} {} {}", row.target, row.actor, row.id))
}

fn chosen<'b>(all: &'b [BackupRow], address: &ListAddress) -> Vec<&'b BackupRow> {
    let mut rows: Vec<_> = all.iter().filter(|row| fits(row, address, address.get("state"))).collect();
    let (column, descending) = address.sorted();
    match column {
        "made" => rows.sort_by_key(|row| row.made_at),
        "by" => rows.sort_by(|a, b| a.actor.cmp(&b.actor)),
        "where" => rows.sort_by(|a, b| a.target.cmp(&b.target)),
        "size" => rows.sort_by_key(|row| row.bytes),
        "checked" => rows.sort_by_key(|row| row.verified_at),
        // They come newest first.
        _ => return rows,
    }
    if descending {
        rows.reverse();
    }
    rows
}

/// What is being done just now.
pub(super) fn phase(making: &Making) -> String {
    say(match making.progress.phase() {
        Phase::Rows => "backup-phase-rows",
        Phase::Files => "backup-phase-files",
        Phase::Checking => "backup-phase-checking",
    })
}

fn under_way(making: &Making, who: &Who) -> Markup {
    work(&Work {
        id: "backup".to_owned(),
        title: say("backup-under-way"),
        note: phase(making),
        share: making.progress.share(),
        events: format!("/admin/backups/events/{}", making.id),
        href: HREF.to_owned(),
        replaces: Replaces::Page,
        cancel: Some(("/admin/backups/stop".to_owned(), who.csrf.clone())),
    })
}

async fn make(State(app): State<App>, who: Who, address: ListAddress, posted: Posted) -> Answer {
    drop(posted);
    match app.backups.start(app.service.clone(), who.actor.clone()) {
        Ok(_) => Ok(Redirect::to(HREF).into_response()),
        Err(error @ ServiceError::Refused(_)) => {
            let problem = Flash::problem(&error);
            shown(&app, &who, &address, Some(problem)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn stop(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    drop(posted);
    app.service.may_administer(&who.actor)?;
    if let Some(making) = app.backups.under_way() {
        making.progress.cancel();
    }
    Ok(Redirect::to(HREF).into_response())
}

enum Step {
    Tell,
    End,
}

/// `progress` until it is done, then `done` with the address of the page.
async fn events(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, PageError> {
    app.service.may_administer(&who.actor)?;
    let making: Arc<Making> = app
        .backups
        .get(&id)
        .ok_or_else(|| PageError::Service(ServiceError::NotFound { what: "backup", name: id }))?;
    // The stream goes on when the request is answered.
    let language = language::current();
    let events = stream::unfold((making, Step::Tell), move |(making, step)| async move {
        let Step::Tell = step else { return None };
        let mut done = making.follow();
        if making.result().is_none() {
            let _ = tokio::time::timeout(PAUSE, done.changed()).await;
        }
        if making.result().is_some() {
            let done = Event::default().event("done").data(HREF);
            return Some((Ok::<_, Infallible>(done), (making, Step::End)));
        }
        let note = speaking(language, || phase(&making));
        let told = serde_json::json!({ "share": making.progress.share().unwrap_or_default(), "note": note });
        Some((Ok(Event::default().event("progress").data(told.to_string())), (making, Step::Tell)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    use ColumnKind::{Date, Number, Text};
    let all = app.service.list_backups(&who.actor).await?;
    let heading = app.service.heading("backups");
    let columns = [
        ("Backup", Text),
        ("Made", Date),
        ("By", Text),
        ("Where", Text),
        ("Onto", Text),
        ("Files", Number),
        ("Bytes", Number),
        ("Written anew", Number),
        ("Changes of the ledger", Number),
        ("With key", Text),
        ("Verified", Date),
        ("Verified by", Text),
        ("Problems", Number),
    ];
    let row = |row: &BackupRow| {
        vec![
            Cell::text(&row.id),
            Cell::Time(from_micros(row.made_at)),
            Cell::text(&row.actor),
            Cell::text(&row.target),
            Cell::text(&row.onto),
            Cell::Integer(row.files),
            Cell::Integer(row.bytes),
            Cell::Integer(row.new_bytes),
            Cell::Integer(row.ledger_size),
            Cell::Bool(row.with_key),
            row.verified_at.map_or(Cell::Empty, |at| Cell::Time(from_micros(at))),
            Cell::text(&row.verified_by),
            // What nobody looked for is not none.
            row.verified_at.map_or(Cell::Empty, |_| Cell::Integer(row.problems)),
        ]
    };
    let table = warrant_report::Table {
        title: "Backups".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows: chosen(&all, address).into_iter().map(row).collect(),
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table("backups", format, app.service.written(&table, format)?))
}
