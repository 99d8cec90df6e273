//! The findings of the system: what tools say of it, by state, severity, target and tool.

mod chosen;

use super::frame::{At, Frame};
use crate::error::{Answer, PageError};
use crate::file;
use crate::list::{ListAddress, encoded, wants_more};
use crate::look::badge;
use crate::look::empty::Empty;
use crate::look::figure::cut;
use crate::look::table::{Column, ColumnFilter, Row, Table, Width, more, table};
use crate::look::when;
use crate::look::words::english;
use crate::pages::findings::uncounted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use chosen::{Breakdown, facets, query};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::finding::{Finding, FindingState};
use warrant_model::level::Severity;
use warrant_service::findings::FindingPage;
use warrant_service::priority::PriorityView;
use warrant_service::records::COUNT_LIMIT;
use warrant_service::tables::TableFormat;

/// Findings of one page, how many there are, and how they break down.
struct Found {
    rows: Vec<Finding>,
    total: i64,
    breakdown: Breakdown,
    more: bool,
    also: BTreeMap<String, BTreeSet<String>>,
    priorities: BTreeMap<String, PriorityView>,
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    headers: HeaderMap,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let query = query(&frame, &address);
    let found = found(&app, &who, &frame, &address).await?;
    let view = Table {
        id: "findings".to_owned(),
        caption: say("places-findings"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page", "tool", "target", "control"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(&address, &query, &found.breakdown),
        columns: columns(&address, &found.breakdown),
        rows: found.rows.iter().map(|finding| row(&frame, finding, &found)).collect(),
        exports: address.exports(&address.path),
        pager: address.growing(found.rows.len(), found.total, COUNT_LIMIT),
        empty: nothing(&frame, &found.breakdown),
        ..Table::default()
    };
    if wants_more(&headers) {
        return Ok(more(&view).into_response());
    }
    let import = html! {
        @if frame.is_now() { a.button.primary href=(format!("/import?system={}", encoded(&frame.id))) { (say("system-import-evidence")) } }
    };
    let lead = html! { (lead(&address, &found.breakdown)) (uncounted(found.more)) };
    frame.page(&app, &who, At::Findings, (lead, import), table(&view)).await
}

async fn found(app: &App, who: &Who, frame: &Frame, address: &ListAddress) -> Result<Found, PageError> {
    let query = query(frame, address);
    let page = match frame.is_now() {
        true => app.service.list_findings(&who.actor, &query).await?,
        false => app.service.findings_of(&frame.snapshot, &query).await?,
    };
    let FindingPage { rows, total, breakdown, more, also, priorities } = page;
    Ok(Found { rows, total, breakdown, more, also, priorities })
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
    let query = query(&frame, &address);
    let bytes = match frame.is_now() {
        true => app.service.export_findings(&who.actor, &query, format).await?,
        false => app.service.export_findings_at(&who.actor, &query, frame.at(), format).await?,
    };
    Ok(file::table(&format!("{}-findings", frame.name), format, bytes))
}

fn lead(address: &ListAddress, breakdown: &Breakdown) -> Markup {
    let count = |fits: &dyn Fn(FindingState, Severity) -> bool| -> i64 {
        breakdown
            .iter()
            .filter(|counted| fits(counted.state, counted.severity))
            .map(|counted| counted.count)
            .sum()
    };
    let open = |wanted| count(&|state, severity| state == FindingState::Open && severity == wanted);
    let all = count(&|state, _| state == FindingState::Open);
    let closed = count(&|state, _| state == FindingState::Closed);
    let link = |(field, value): (&str, &str), name: &'static str, count: i64| {
        html! { a href=(address.with(field, value)) { (Words::of(name).with("count", count)) } }
    };
    let critical = link(("severity", "critical"), "findings-critical", open(Severity::Critical));
    let high = link(("severity", "high"), "findings-high", open(Severity::High));
    let sentence = Words::of("system-findings-lead")
        .around("open", html! { strong { (link(("state", ""), "findings-open", all)) } })
        .around("critical", critical)
        .around("high", high)
        .around("closed", link(("state", "closed"), "findings-closed", closed));
    html! { (sentence) }
}

fn columns(address: &ListAddress, breakdown: &Breakdown) -> Vec<Column> {
    let column = |title: &str, width, sort: Option<&str>, filter: Option<(&str, Vec<(String, String)>)>| {
        let (sorted, href) = sort.map(|sort| address.sort(sort)).unzip();
        let filter = filter.map(|(name, choices)| ColumnFilter {
            name: name.to_owned(),
            value: address.get(name).to_owned(),
            choices,
        });
        Column { title: title.to_owned(), width, sort: href, sorted: sorted.unwrap_or_default(), filter }
    };
    let tools: std::collections::BTreeSet<_> = breakdown.iter().map(|counted| counted.tool.clone()).collect();
    let tools = tools.into_iter().map(|tool| (tool.clone(), tool)).collect();
    vec![
        column(&say("column-severity"), Width::Fit, Some("severity"), None),
        column(&say("column-priority"), Width::Fit, Some("priority"), None),
        column(&say("column-finding"), Width::Fill, Some("title"), None),
        column(&say("column-target"), Width::Fit, Some("target"), Some(("target", Vec::new()))),
        column(&say("column-tool"), Width::Fit, None, Some(("tool", tools))),
        column(&say("column-state"), Width::Fit, None, None),
        column(&say("column-first-seen"), Width::Fit, Some("first"), None),
        column(&say("column-last-seen"), Width::Fit, Some("last"), None),
        column(&say("column-controls"), Width::Fit, None, Some(("control", Vec::new()))),
    ]
}

fn row(frame: &Frame, finding: &Finding, found: &Found) -> Row {
    let more = finding.controls.len().saturating_sub(2);
    Row {
        id: finding.id.clone(),
        title: finding.title.clone(),
        href: format!("/findings/{}", encoded(&finding.id)),
        cells: vec![
            badge::severity(finding.severity),
            super::super::findings::priority(found.priorities.get(&finding.id)),
            html! { (english(&finding.title)) @if !finding.subject.is_empty() { small { (cut(&finding.subject, 90)) } } },
            html! { span title=(finding.target) { (cut(&finding.target, 28)) } },
            html! { (cut(&finding.tool, 20)) " " (super::super::findings::also(found.also.get(&finding.id))) },
            html! { (super::super::findings::state(finding.state)) @if finding.reopened > 0 { " " (badge::tag(&say("finding-reopened"))) } },
            html! { (when::time(finding.first_seen)) },
            when::when(finding.last_seen, frame.at()),
            html! {
                @for (nth, id) in finding.controls.iter().take(2).enumerate() {
                    @if nth > 0 { ", " }
                    a href=(frame.control_href(id.split("_smt").next().unwrap_or(id))) { (super::shown::control_label(id)) }
                }
                @if more > 0 { span.muted { " +" (more) } }
            },
        ],
        ..Row::default()
    }
}

fn nothing(frame: &Frame, breakdown: &Breakdown) -> Empty {
    if breakdown.is_empty() && frame.is_now() {
        return Empty::of("system-findings-none")
            .first(format!("/import?system={}", encoded(&frame.id)))
            .second("/import#formats");
    }
    Empty::of("system-findings-none-fit")
        .first(frame.href("/findings", &[]))
        .second(frame.href("/findings", &[("state", "all")]))
}
