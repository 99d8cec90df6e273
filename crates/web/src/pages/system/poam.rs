//! The plan of action and milestones of the system.

use super::frame::{At, Frame, is_open};
use super::shown::{due, person};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::progress::meter;
use crate::look::table::{Action, Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use jiff::civil::Date;
use maud::{Markup, html};
use std::cmp::Reverse;
use warrant_model::kind::{Kind, Record};
use warrant_model::kinds::PoamItem;
use warrant_service::query::RecordQuery;
use warrant_service::tables::TableFormat;

type Item = Record<PoamItem>;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let shown = chosen(&frame, &address);
    let skip = usize::try_from(address.offset()).unwrap_or(usize::MAX);
    let rows: Vec<Row> = shown.iter().skip(skip).take(PAGE as usize).map(|item| row(&frame, item)).collect();
    let view = Table {
        id: "poam".to_owned(),
        caption: say("poam-items"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![states(&frame, &address)],
        columns: columns(&address),
        pager: address.pager(rows.len(), shown.len() as i64, i64::MAX),
        rows,
        exports: if frame.is_now() { address.exports(&address.path) } else { Vec::new() },
        empty: nothing(&frame),
        ..Table::default()
    };
    let new = html! { @if frame.is_now() { a.button.primary href=(frame.new_href("poam_item", At::Poam)) { (say("poam-new")) } } };
    frame.page(&app, &who, At::Poam, (lead(&frame, &address), new), table(&view)).await
}

/// Every item of the system, as comma-separated values or the workbook that is handed in.
pub(super) async fn export(
    app: App,
    who: Who,
    id: String,
    address: ListAddress,
    format: TableFormat,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let query = RecordQuery {
        kind: PoamItem::SPEC.name.to_owned(),
        text: address.get("q").to_lowercase(),
        system: Some(frame.id.clone()),
        ..RecordQuery::default()
    };
    let bytes = app.service.export_poam(&who.actor, &query, format).await?;
    Ok(file::table(&format!("{}-poam", frame.name), format, bytes))
}

fn is_overdue(item: &Item, today: Date) -> bool {
    is_open(&item.body) && item.body.due.is_some_and(|due| due < today)
}

/// The items asked for; without a wish the open ones, what is due first before what is due later.
fn chosen<'a>(frame: &'a Frame, address: &ListAddress) -> Vec<&'a Item> {
    let words: Vec<_> = address.get("q").split_whitespace().map(str::to_lowercase).collect();
    let said = |item: &Item| {
        let text = format!(
            "{} {} {}",
            item.body.title,
            item.body.controls.join(" "),
            item.body.description.as_deref().unwrap_or_default()
        );
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let state = address.get("state");
    let items =
        frame.snapshot.poam_items.iter().filter(|item| has_state(item, state, frame.today()) && said(item));
    let mut items: Vec<_> = items.collect();
    let (column, descending) = address.sorted();
    match column {
        "title" => items.sort_by_cached_key(|item| item.body.title.to_lowercase()),
        "severity" => items.sort_by_key(|item| item.body.severity),
        "state" => items.sort_by_key(|item| item.body.state.clone()),
        _ => items.sort_by_key(|item| (item.body.due.unwrap_or(Date::MAX), Reverse(item.body.severity))),
    }
    if descending {
        items.reverse();
    }
    items
}

fn has_state(item: &Item, state: &str, today: Date) -> bool {
    match state {
        "all" => true,
        "" | "open" => is_open(&item.body),
        "overdue" => is_overdue(item, today),
        state => item.body.state == state,
    }
}

fn lead(frame: &Frame, address: &ListAddress) -> Markup {
    let items = &frame.snapshot.poam_items;
    let today = frame.today();
    let open = items.iter().filter(|item| is_open(&item.body)).count();
    let overdue = items.iter().filter(|item| is_overdue(item, today)).count();
    let unplanned =
        frame.posture.deficiencies.iter().filter(|d| d.poam_item.is_none() && d.excepted.is_none()).count();
    let link = |href: String, name: &'static str, count: usize| {
        html! { a href=(href) { (Words::of(name).with("count", count)) } }
    };
    let without = match frame.is_now() {
        true => link(format!("/?system={}&plan=unplanned", encoded(&frame.id)), "poam-unplanned", unplanned),
        false => html! { (Words::of("poam-unplanned-then").with("count", unplanned)) },
    };
    let sentence = Words::of("poam-lead")
        .around("open", html! { strong { (link(address.with("state", ""), "poam-open", open)) } })
        .around(
            "overdue",
            html! { strong { (link(address.with("state", "overdue"), "poam-overdue", overdue)) } },
        )
        .around("without", without);
    html! { (sentence) }
}

fn states(frame: &Frame, address: &ListAddress) -> Facet {
    let now = address.some("state").unwrap_or_else(|| "open".to_owned());
    let chip = |value: &str, title: &str| {
        let count =
            frame.snapshot.poam_items.iter().filter(|item| has_state(item, value, frame.today())).count();
        let wanted = match (now == value, value) {
            (true, _) => "all",
            (false, "open") => "",
            (false, value) => value,
        };
        let chosen = if now == value { Chosen::Yes } else { Chosen::No };
        Chip {
            title: title.to_owned(),
            shape: None,
            count: count as u64,
            href: address.with("state", wanted),
            chosen,
        }
    };
    let workflow = PoamItem::SPEC.workflow.map_or(&[][..], |workflow| workflow.states);
    let mut chips = vec![chip("open", &say("poam-chip-open")), chip("overdue", &say("poam-chip-overdue"))];
    chips.extend(
        workflow
            .iter()
            .map(|state| chip(state.name, &kinds::stage("poam_item", state)))
            .filter(|chip| chip.count > 0 || chip.chosen == Chosen::Yes),
    );
    Facet { title: say("column-state"), chips }
}

fn columns(address: &ListAddress) -> Vec<Column> {
    let column = |title: &str, width, sort: Option<&str>| {
        let (sorted, href) = sort.map(|sort| address.sort(sort)).unzip();
        Column {
            title: title.to_owned(),
            width,
            sort: href,
            sorted: sorted.unwrap_or_default(),
            filter: None,
        }
    };
    vec![
        column(&say("column-severity"), Width::Fit, Some("severity")),
        column(&say("column-item"), Width::Fill, Some("title")),
        column(&say("column-state"), Width::Fit, Some("state")),
        column(&say("column-owner"), Width::Fit, None),
        column(&say("column-due"), Width::Fit, Some("due")),
        column(&say("column-milestones"), Width::Fit, None),
        column(&say("column-controls"), Width::Fit, None),
    ]
}

fn row(frame: &Frame, item: &Item) -> Row {
    let body = &item.body;
    let (done, steps) =
        (body.milestones.iter().filter(|step| step.done.is_some()).count(), body.milestones.len());
    let href = format!("/records/poam_item/{}", encoded(item.id.as_str()));
    let edit = Action { verb: say("button-edit"), href: format!("{href}/edit"), key: Some('e') };
    Row {
        id: item.id.0.clone(),
        title: body.title.clone(),
        href,
        cells: vec![
            html! { @match body.severity { Some(severity) => (badge::severity(severity)), None => span.muted { (say("not-set")) } } },
            html! { (body.title) },
            state(&body.state),
            person(frame, body.owner.as_ref()),
            html! {
                @if is_open(body) { (due(body.due, frame.today())) }
                @else { @match body.due { Some(due) => (due), None => span.muted { (say("no-date")) } } }
            },
            html! {
                @if steps == 0 { span.muted { (say("none")) } }
                @else { (meter(done as f64 / steps as f64, &Words::of("poam-milestones").with("done", done).with("all", steps).said())) }
            },
            html! {
                @for (nth, control) in body.controls.iter().take(2).enumerate() {
                    @if nth > 0 { ", " }
                    a href=(frame.control_href(control.split("_smt").next().unwrap_or(control))) { (super::shown::control_label(control)) }
                }
                @if body.controls.len() > 2 { span.muted { " +" (body.controls.len() - 2) } }
            },
        ],
        actions: if frame.is_now() { vec![edit] } else { Vec::new() },
        ..Row::default()
    }
}

fn state(name: &str) -> Markup {
    let progress = match name {
        "draft" => Progress::Unknown,
        "planned" => Progress::Open,
        "ongoing" | "validating" => Progress::Underway,
        "closed" => Progress::Done,
        _ => Progress::Aside,
    };
    badge::state(&kinds::stage_named(&PoamItem::SPEC, name), progress)
}

fn nothing(frame: &Frame) -> Empty {
    if !frame.snapshot.poam_items.is_empty() || !frame.is_now() {
        return Empty::of("system-poam-none-fit")
            .first(frame.href("/poam", &[]))
            .second(frame.href("/poam", &[("state", "all")]));
    }
    Empty::of("system-poam-none")
        .first(format!("/?system={}", encoded(&frame.id)))
        .second(frame.new_href("poam_item", At::Poam))
}
