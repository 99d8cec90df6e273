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
use crate::words::{Words, say};
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
    let column = |name, width| Column::plain(&say(name), width);
    let view = Table {
        id: "training".to_owned(),
        caption: say("training-title"),
        action: "/programme/training".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(&address, &all),
        columns: vec![
            column("column-person", Width::Fill),
            column("training-course", Width::Fit),
            column("column-state", Width::Fit),
            column("training-passed", Width::Fit),
            column("training-holds-until", Width::Fit),
            column("training-shown-by", Width::Fit),
        ],
        rows: shown.iter().map(|training| row(training, today)).collect(),
        exports: address.exports("/programme/training"),
        pager: address.pager(shown.len(), total as i64, i64::MAX),
        empty: nothing(&all),
        ..Table::default()
    };
    let import = html! { a.button href="/import" { (say("training-import")) } };
    let over = [Link::new(say("programme-title"), "/programme")];
    let main = html! {
        (shell::heading(&over, say("training-title"), lead(&all), import))
        (table(&view))
    };
    Page::new(&say("training-title"), Place::Programme, "/programme/training")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
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

/// The words of a state.
fn title(state: CourseState) -> &'static str {
    match state {
        CourseState::Lapsed => "training-lapsed",
        CourseState::Missing => "training-missing",
        CourseState::Ending => "training-ending",
        CourseState::Current => "training-current",
    }
}

fn state(state: CourseState) -> Markup {
    let progress = match state {
        CourseState::Lapsed => Progress::Failed,
        CourseState::Missing => Progress::Unknown,
        CourseState::Ending => Progress::Underway,
        CourseState::Current => Progress::Done,
    };
    badge::state(&say(title(state)), progress)
}

fn row(training: &TrainingRow, today: Date) -> Row {
    let date = |date: Option<Date>| {
        html! { @match date { Some(date) => { (date) " " span.muted { (when::distance(date, today)) } }, None => span.muted { (say("never")) } } }
    };
    Row {
        id: format!("{}/{}", training.person, training.course),
        title: format!("{}, {}", training.name, training.course),
        href: record_href("person", &training.person),
        cells: vec![
            html! { (training.name) },
            html! { (training.course) },
            state(training.state),
            html! { @match training.completed { Some(date) => (date), None => span.muted { (say("never")) } } },
            date(training.expires),
            html! {
                @match &training.source {
                    Some(source) => { @let link = source_link(source); a href=(safe(&link.href)) { (link.title) } },
                    None => span.muted { (say("training-no-roster")) },
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
        chip("state", state.word(), &say(title(state)), all.iter().filter(|row| row.state == state).count())
    });
    let mut courses: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|row| *courses.entry(&row.course).or_default() += 1);
    let courses =
        courses.into_iter().take(12).filter_map(|(course, count)| chip("course", course, course, count));
    vec![
        Facet { title: say("column-state"), chips: states.collect() },
        Facet { title: say("training-course"), chips: courses.collect() },
    ]
}

fn lead(all: &[TrainingRow]) -> Markup {
    let of = |state: CourseState| all.iter().filter(|row| row.state == state).count();
    let holds = of(CourseState::Current) + of(CourseState::Ending);
    if all.is_empty() {
        return html! { (say("training-nobody")) };
    }
    let share = Words::of("training-share").with("share", percent(holds as f64 / all.len() as f64));
    let share = share.with("count", all.len());
    let link = |state: CourseState, words: &'static str| {
        let count = Words::of(words).with("count", of(state));
        html! { a href=(format!("/programme/training?state={}", state.word())) { (count) } }
    };
    let lead = Words::of("training-lead")
        .around("share", html! { strong { (share) } })
        .around("lapsed", link(CourseState::Lapsed, "training-count-lapsed"))
        .around("missing", link(CourseState::Missing, "training-count-missing"))
        .around("ending", link(CourseState::Ending, "training-count-ending"));
    html! { (lead) }
}

fn nothing(all: &[TrainingRow]) -> Empty {
    if all.is_empty() {
        return Empty::of("training-none").first("/records/person").second("/import");
    }
    Empty::of("training-none-fit").first("/programme/training").second("/records/person")
}
