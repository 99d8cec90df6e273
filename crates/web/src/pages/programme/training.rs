//! Required training: everybody's courses and whether they hold.

use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE};
use crate::look::Link;
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::figure::percent;
use crate::look::link::safe;
use crate::look::shell::{self, Place};
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::page::Page;
use crate::pages::source_link;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::time::day;
use warrant_service::programme::{CourseState, TrainingRow};
use warrant_service::tables::TableFormat;

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let all = app.service.training(&who.actor).await?;
    let today = day(app.service.now());
    let chosen: Vec<&TrainingRow> = all.iter().filter(|row| fits(row, &address)).collect();
    let total = chosen.len();
    let from = usize::try_from(address.offset()).unwrap_or(usize::MAX).min(total);
    let shown: Vec<_> = chosen.into_iter().skip(from).take(PAGE as usize).collect();
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let view = Table {
        id: "training".to_owned(),
        caption: "Required training".to_owned(),
        action: "/programme/training".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(&address, &all),
        columns: vec![
            column("Person", Width::Fill),
            column("Course", Width::Fit),
            column("State", Width::Fit),
            column("Passed", Width::Fit),
            column("Holds until", Width::Fit),
            column("Shown by", Width::Fit),
        ],
        rows: shown.iter().map(|training| row(training, today)).collect(),
        exports: address.exports("/programme/training"),
        pager: address.pager(shown.len(), total as i64, i64::MAX),
        empty: nothing(&all),
        ..Table::default()
    };
    let import = html! { a.button href="/import" { "Import a roster" } };
    let over = [Link::new("Programme", "/programme")];
    let main = html! {
        (shell::heading(&over, "Required training", lead(&all), import))
        (table(&view))
    };
    Page::new("Required training", Place::Programme, "/programme/training").with(&app, &who, main).await
}

/// The list as comma-separated values.
pub(super) async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

/// The list as a workbook.
pub(super) async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    let mut rows = app.service.training(&who.actor).await?;
    rows.retain(|row| fits(row, address));
    let table = app.service.training_table(&rows);
    Ok(file::table("training", format, app.service.written(&table, format)?))
}

fn fits(row: &TrainingRow, address: &ListAddress) -> bool {
    let text = format!("{} {}", row.name, row.course).to_lowercase();
    (address.get("state").is_empty() || row.state.word() == address.get("state"))
        && address.some("course").is_none_or(|course| row.course == course)
        && address.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn state(state: CourseState) -> Markup {
    let progress = match state {
        CourseState::Lapsed => Progress::Failed,
        CourseState::Missing => Progress::Unknown,
        CourseState::Ending => Progress::Underway,
        CourseState::Current => Progress::Done,
    };
    badge::state(state.title(), progress)
}

fn row(training: &TrainingRow, today: Date) -> Row {
    let date = |date: Option<Date>| {
        html! { @match date { Some(date) => { (date) " " span.muted { (when::distance(date, today)) } }, None => span.muted { "never" } } }
    };
    Row {
        id: format!("{}/{}", training.person, training.course),
        title: format!("{}, {}", training.name, training.course),
        href: record_href("person", &training.person),
        cells: vec![
            html! { (training.name) },
            html! { (training.course) },
            state(training.state),
            html! { @match training.completed { Some(date) => (date), None => span.muted { "never" } } },
            date(training.expires),
            html! {
                @match &training.source {
                    Some(source) => { @let link = source_link(source); a href=(safe(&link.href)) { (link.title) } },
                    None => span.muted { "no roster" },
                }
            },
        ],
        ..Row::default()
    }
}

fn facets(address: &ListAddress, all: &[TrainingRow]) -> Vec<Facet> {
    let chip = |name: &str, value: &str, title: &str, count: usize| {
        let (chosen, href) = address.toggle(name, value);
        let chip = Chip { title: title.to_owned(), shape: None, count: count as u64, href, chosen };
        (count > 0 || chosen == Chosen::Yes).then_some(chip)
    };
    let states = CourseState::ALL.into_iter().filter_map(|state| {
        chip("state", state.word(), state.title(), all.iter().filter(|row| row.state == state).count())
    });
    let mut courses: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|row| *courses.entry(&row.course).or_default() += 1);
    let courses =
        courses.into_iter().take(12).filter_map(|(course, count)| chip("course", course, course, count));
    vec![
        Facet { title: "State".to_owned(), chips: states.collect() },
        Facet { title: "Course".to_owned(), chips: courses.collect() },
    ]
}

fn lead(all: &[TrainingRow]) -> Markup {
    let of = |state: CourseState| all.iter().filter(|row| row.state == state).count();
    let holds = of(CourseState::Current) + of(CourseState::Ending);
    html! {
        @if all.is_empty() { "Nobody is required to pass a course." }
        @else {
            strong { (percent(holds as f64 / all.len() as f64)) " of " (all.len()) " required courses hold" } "; "
            a href="/programme/training?state=lapsed" { (of(CourseState::Lapsed)) " lapsed" } ", "
            a href="/programme/training?state=missing" { (of(CourseState::Missing)) " never passed" } ", "
            a href="/programme/training?state=ending" { (of(CourseState::Ending)) " end soon" } "."
        }
    }
}

fn nothing(all: &[TrainingRow]) -> Empty {
    if all.is_empty() {
        return Empty::of("training-none").first("/records/person").second("/import");
    }
    Empty::of("training-none-fit").first("/programme/training").second("/records/person")
}
