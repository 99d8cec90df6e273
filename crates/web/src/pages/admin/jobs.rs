//! Jobs: what the server does and did since it started, for whom and how far, and what it does by itself.

use super::{At, Shown, backups, show};
use crate::backups::Making;
use crate::edits::Edit;
use crate::error::{Answer, PageError};
use crate::file;
use crate::imports::{Batch, FileResult};
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::badge::{self, Progress as Far};
use crate::look::empty::Empty;
use crate::look::facts::{Fact, facts};
use crate::look::figure;
use crate::look::panel::section;
use crate::look::progress::meter;
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::ServiceError;
use warrant_service::import::Mode;
use warrant_service::releases::FeedView;
use warrant_service::tables::TableFormat;
use warrant_service::upkeep::UpkeepView;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin/jobs", get(page))
        .route("/admin/jobs.csv", get(csv))
        .route("/admin/jobs.xlsx", get(xlsx))
        .route("/admin/jobs/stop", post(stop))
}

/// A kind of job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Import,
    Edit,
    Backup,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Import, Self::Edit, Self::Backup];

    fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Edit => "edit",
            Self::Backup => "backup",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Import => "job-sort-import",
            Self::Edit => "job-sort-edit",
            Self::Backup => "job-sort-backup",
        }
    }
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    UnderWay,
    Done,
    Partly,
    Failed,
}

impl Standing {
    const ALL: [Self; 4] = [Self::UnderWay, Self::Done, Self::Partly, Self::Failed];

    fn word(self) -> &'static str {
        match self {
            Self::UnderWay => "under-way",
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Failed => "failed",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::UnderWay => "job-under-way",
            Self::Done => "job-done",
            Self::Partly => "job-partly",
            Self::Failed => "job-failed",
        }
    }

    fn badge(self) -> Markup {
        let far = match self {
            Self::UnderWay => Far::Underway,
            Self::Done => Far::Done,
            Self::Partly | Self::Failed => Far::Failed,
        };
        badge::state(&say(self.title()), far)
    }
}

/// A job as the page shows it.
struct Job {
    sort: Sort,
    id: String,
    title: String,
    by: String,
    started: Timestamp,
    standing: Standing,
    /// How far it has come, while it is under way and that is known.
    share: Option<f64>,
    /// What is being done, or what came of it.
    note: String,
    /// Its page, for those who may open it.
    href: String,
    /// Whether it can be stopped.
    stops: bool,
}

async fn jobs(app: &App, who: &Who) -> Result<Vec<Job>, PageError> {
    let accounts = app.service.list_accounts(&who.actor).await?;
    let emails: BTreeMap<_, _> =
        accounts.into_iter().map(|view| (view.account.id, view.account.email)).collect();
    let by = |account: &str| emails.get(account).cloned().unwrap_or_else(|| say("job-by-server"));
    let mut all: Vec<Job> =
        app.imports.all().iter().map(|batch| of_import(batch, by(&batch.account), who)).collect();
    all.extend(app.edits.all().iter().map(|edit| of_edit(edit, by(&edit.account), who)));
    all.extend(app.backups.all().iter().map(|making| of_backup(making, by(&making.account))));
    all.sort_by_key(|job| std::cmp::Reverse(job.started));
    Ok(all)
}

fn of_import(batch: &Batch, by: String, who: &Who) -> Job {
    let all = batch.files.len();
    let refused = |result: FileResult| matches!(result, FileResult::Failed { .. });
    let refused = batch.files.iter().filter_map(|file| file.result()).filter(|r| refused(r.clone())).count();
    let standing = match (batch.is_finished(), refused) {
        (false, _) => Standing::UnderWay,
        (true, 0) => Standing::Done,
        (true, refused) if refused == all => Standing::Failed,
        (true, _) => Standing::Partly,
    };
    let rehearsed = batch.order.mode == Mode::DryRun;
    let title = Words::of(if rehearsed { "job-rehearsal" } else { "job-import" })
        .with("count", all)
        .with("file", batch.files.first().map_or("", |file| file.name.as_str()));
    let note =
        Words::of("job-import-note").with("done", batch.finished()).with("all", all).with("refused", refused);
    Job {
        sort: Sort::Import,
        id: batch.id.clone(),
        title: title.said(),
        by,
        started: batch.started,
        standing,
        share: (standing == Standing::UnderWay).then(|| batch.share()),
        note: note.said(),
        href: own(&batch.account, who, || format!("/import/{}", encoded(&batch.id))),
        stops: standing == Standing::UnderWay,
    }
}

fn of_edit(edit: &Edit, by: String, who: &Who) -> Job {
    let (standing, note) = match edit.result() {
        None => (Standing::UnderWay, String::new()),
        Some(Ok(done)) => {
            let note = Words::of("job-edit-note").with("count", done.changed);
            (Standing::Done, note.said())
        }
        Some(Err(told)) => (Standing::Failed, told.words.said()),
    };
    Job {
        sort: Sort::Edit,
        id: edit.id.clone(),
        title: edit.title.said(),
        by,
        started: edit.started,
        standing,
        share: (standing == Standing::UnderWay).then(|| edit.worked.share()),
        note,
        href: own(&edit.account, who, || format!("/edits/{}", encoded(&edit.id))),
        stops: false,
    }
}

fn of_backup(making: &Making, by: String) -> Job {
    let (standing, note) = match making.result() {
        None => (Standing::UnderWay, backups::phase(making)),
        Some(Ok(0)) => (Standing::Done, say("backup-verified")),
        Some(Ok(problems)) => (Standing::Failed, Words::of("backup-problems").with("count", problems).said()),
        Some(Err(told)) => (Standing::Failed, told.words.said()),
    };
    Job {
        sort: Sort::Backup,
        id: making.id.clone(),
        title: say("job-backup"),
        by,
        started: making.started,
        standing,
        share: making.progress.share().filter(|_| standing == Standing::UnderWay),
        note,
        href: backups::HREF.to_owned(),
        stops: standing == Standing::UnderWay,
    }
}

/// The page of a job is for whoever started it.
fn own(account: &str, who: &Who, href: impl Fn() -> String) -> String {
    if account == who.actor.account { href() } else { String::new() }
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let all = jobs(&app, &who).await?;
    let upkeep = app.service.upkeep(&who.actor).await?;
    let feed = app.service.advisory_feed().await?;
    let now = app.service.now();
    let under_way = all.iter().filter(|job| job.standing == Standing::UnderWay).count();
    let lead = Words::of("job-lead").with("count", under_way).with("all", all.len());
    let chip = |name: &str, value: &str, title: &'static str, count: usize| {
        let (chosen, href) = address.toggle(name, value);
        let chip = Chip { title: say(title), shape: None, count: count as u64, href, chosen };
        (count > 0 || chosen == Chosen::Yes).then_some(chip)
    };
    let counted = |without: &str, holds: &dyn Fn(&Job) -> bool| {
        all.iter().filter(|job| fits(job, &address, without) && holds(job)).count()
    };
    let sorts = Sort::ALL
        .into_iter()
        .filter_map(|sort| chip("kind", sort.word(), sort.title(), counted("kind", &|job| job.sort == sort)));
    let standings = Standing::ALL.into_iter().filter_map(|standing| {
        let count = counted("state", &|job| job.standing == standing);
        chip("state", standing.word(), standing.title(), count)
    });
    let facets = vec![
        Facet { title: say("column-kind"), chips: sorts.collect() },
        Facet { title: say("column-state"), chips: standings.collect() },
    ];
    let (rows, pager) = address.page_of(chosen(&all, &address));
    let view = Table {
        id: "jobs".to_owned(),
        caption: say("admin-tab-jobs"),
        action: "/admin/jobs".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets,
        columns: vec![
            address.column(&say("column-what"), Width::Fill, "what"),
            Column::plain(&say("column-kind"), Width::Fit),
            address.column(&say("backup-by"), Width::Fit, "by"),
            address.column(&say("column-since"), Width::Fit, "since"),
            Column::plain(&say("column-state"), Width::Fit),
            Column::plain(&say("job-note"), Width::Fit),
            Column::plain(&say("button-stop"), Width::Fit),
        ],
        rows: rows.iter().map(|job| line(job, &who, now)).collect(),
        exports: address.exports("/admin/jobs"),
        pager,
        empty: if all.is_empty() {
            Empty::of("jobs-none").first("/import").second("/admin/backups")
        } else {
            Empty::of("jobs-none-fit").first("/admin/jobs")
        },
        ..Table::default()
    };
    let main = html! {
        (table(&view))
        (section(&say("upkeep-title"), html! {}, by_itself(&upkeep, feed.as_ref(), now)))
    };
    let actions = html! { a.button href=(address.at("/admin/jobs")) { (say("button-refresh")) } };
    show(&app, &who, Shown { at: At::Jobs, lead: html! { (lead) }, actions, problem: None, main }).await
}

fn line(job: &Job, who: &Who, now: Timestamp) -> Row {
    let value = format!("{}-{}", job.sort.word(), job.id);
    Row {
        id: value.clone(),
        title: job.title.clone(),
        href: job.href.clone(),
        cells: vec![
            html! { (job.title) },
            html! { (say(job.sort.title())) },
            html! { (job.by) },
            html! { span title=(when::age(job.started, now)) { (when::minute(job.started)) } },
            html! {
                (job.standing.badge())
                @if let Some(share) = job.share { " " (meter(share, &job.title)) }
            },
            html! { (job.note) },
            html! {
                @if job.stops {
                    form method="post" action="/admin/jobs/stop" {
                        input type="hidden" name="_csrf" value=(who.csrf);
                        input type="hidden" name="job" value=(value);
                        button.small { (say("button-stop")) }
                    }
                }
            },
        ],
        ..Row::default()
    }
}

fn fits(job: &Job, address: &ListAddress, without: &str) -> bool {
    let is = |name: &str, value: &str| name == without || address.some(name).is_none_or(|it| it == value);
    is("kind", job.sort.word())
        && is("state", job.standing.word())
        && address.found_in(&format!("{} {} {}", job.title, job.by, job.note))
}

fn chosen<'j>(all: &'j [Job], address: &ListAddress) -> Vec<&'j Job> {
    let mut rows: Vec<_> = all.iter().filter(|job| fits(job, address, "")).collect();
    let (column, descending) = address.sorted();
    match column {
        "what" => rows.sort_by_key(|job| job.title.to_lowercase()),
        "by" => rows.sort_by(|a, b| a.by.cmp(&b.by)),
        "since" => rows.sort_by_key(|job| job.started),
        // They come newest first.
        _ => return rows,
    }
    if descending {
        rows.reverse();
    }
    rows
}

/// What the server does by itself. What it was not seen to do since it started is said to be unknown.
fn by_itself(upkeep: &UpkeepView, feed: Option<&FeedView>, now: Timestamp) -> Markup {
    let at = |at: Option<Timestamp>| match at {
        Some(at) => html! { (when::minute(at)) " " span.muted { (when::age(at, now)) } },
        None => html! { span.muted { (say("upkeep-not-yet")) } },
    };
    let waiting = upkeep.changes.saturating_sub(upkeep.published);
    let ledger = Words::of("upkeep-ledger")
        .with("published", figure::thousands(i64::try_from(upkeep.published).unwrap_or(i64::MAX)))
        .with("count", waiting);
    let renewed = match upkeep.renewed {
        Some((when, count)) => {
            html! { (Words::of("upkeep-renewed").with("count", count).with("at", when::minute(when))) }
        }
        None => html! { span.muted { (say("upkeep-none-renewed")) } },
    };
    let next = match upkeep.next {
        Some(next) => html! { (when::minute(next)) " " span.muted { (when::age(next, now)) } },
        None => html! { span.muted { (say("upkeep-none-due")) } },
    };
    let advisories = match feed {
        Some(feed) => {
            let said = Words::of("upkeep-advisories")
                .with("at", when::minute(feed.loaded_at))
                .with("who", &feed.actor)
                .around("name", Link::new(&feed.name, "/watch/advisories").anchor());
            html! { (said) }
        }
        None => html! { span.muted { (say("feed-none-in-force")) } },
    };
    let mut list = vec![
        Fact::markup(say("upkeep-ledger-title"), html! { a href="/record/ledger" { (ledger) } }),
        Fact::markup(say("upkeep-integrated"), at(upkeep.integrated)),
        Fact::markup(say("upkeep-looked"), at(upkeep.looked)),
        Fact::markup(say("upkeep-renewed-title"), renewed),
        Fact::markup(say("upkeep-next"), next),
        Fact::markup(say("upkeep-judged"), at(upkeep.judged)),
        Fact::markup(say("upkeep-advisories-title"), advisories),
    ];
    if let Some((when, error)) = &upkeep.problem {
        let said = html! { (when::minute(*when)) " " span lang=[crate::language::of_english()] { (error) } };
        list.push(Fact::markup(say("upkeep-problem"), said));
    }
    facts(&list)
}

async fn stop(State(app): State<App>, who: Who, posted: Posted) -> Answer {
    app.service.may_administer(&who.actor)?;
    let absent = || ServiceError::NotFound { what: "job", name: posted.one("job").to_owned() };
    let (sort, id) = posted.one("job").split_once('-').ok_or_else(absent)?;
    match sort {
        "import" => {
            let batch = app.imports.all().into_iter().find(|batch| batch.id == id);
            batch.ok_or_else(absent)?.cancel();
        }
        "backup" => app.backups.get(id).ok_or_else(absent)?.progress.cancel(),
        _ => return Err(absent().into()),
    }
    Ok(Redirect::to("/admin/jobs").into_response())
}

async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    use ColumnKind::{Date, Number, Text};
    let all = jobs(app, who).await?;
    let heading = app.service.heading("jobs");
    let columns = [
        ("What", Text),
        ("Kind", Text),
        ("By", Text),
        ("Since", Date),
        ("State", Text),
        ("Share", Number),
        ("Note", Text),
    ];
    let row = |job: &Job| {
        vec![
            Cell::text(&job.title),
            Cell::text(job.sort.word()),
            Cell::text(&job.by),
            Cell::Time(job.started),
            Cell::text(job.standing.word()),
            Cell::number_if(job.share),
            Cell::text(&job.note),
        ]
    };
    let table = warrant_report::Table {
        title: "Jobs".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows: chosen(&all, address).into_iter().map(row).collect(),
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table("jobs", format, app.service.written(&table, format)?))
}
