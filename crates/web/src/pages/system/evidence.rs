//! The files taken in for the system.

use super::frame::{At, Frame};
use super::shown::column;
use crate::error::Answer;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::empty::Empty;
use crate::look::figure::{cut, thousands};
use crate::look::table::{Chip, Facet, Row, Table, Width, table};
use crate::look::{Link, when};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::time::{from_micros, micros};
use warrant_service::query::{EvidenceQuery, EvidenceRow};

/// The most files a page takes into account.
const MOST: i64 = 20_000;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let query = EvidenceQuery {
        text: address.get("q").to_lowercase(),
        system: Some(frame.id.clone()),
        limit: MOST,
        ..EvidenceQuery::default()
    };
    let mut all = app.service.list_evidence(&who.actor, &query).await?.rows;
    all.retain(|file| file.received_at <= micros(frame.at()));
    let format = address.get("format");
    let shown: Vec<_> = all.iter().filter(|file| format.is_empty() || file.format == format).collect();
    let skip = usize::try_from(address.offset()).unwrap_or(usize::MAX);
    let rows: Vec<Row> =
        shown.iter().skip(skip).take(PAGE as usize).map(|file| row(&app, &frame, file)).collect();
    let view = Table {
        id: "evidence".to_owned(),
        caption: say("places-evidence"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![formats(&app, &all, &address)],
        columns: vec![
            column(&say("column-file"), Width::Fill),
            column(&say("column-format"), Width::Fit),
            column(&say("column-tool"), Width::Fit),
            column(&say("column-observed"), Width::Fit),
            column(&say("column-received"), Width::Fit),
            column(&say("column-facts"), Width::Figures),
            column(&say("column-problems"), Width::Figures),
        ],
        pager: address.pager(rows.len(), shown.len() as i64, i64::MAX),
        rows,
        exports: if frame.is_now() { exports(&frame, &address) } else { Vec::new() },
        empty: nothing(&frame, &address),
        ..Table::default()
    };
    let import = html! {
        @if frame.is_now() { a.button.primary href=(format!("/import?system={}", encoded(&frame.id))) { (say("system-import-evidence")) } }
    };
    frame.page(&app, &who, At::Evidence, (lead(&frame, &all), import), table(&view)).await
}

fn lead(frame: &Frame, all: &[EvidenceRow]) -> Markup {
    let problems = all.iter().filter(|file| !file.problems.is_empty()).count();
    let facts: i64 = all.iter().map(|file| file.facts).sum();
    let files = Words::of("system-evidence-files").with("count", all.len()).with("facts", facts);
    let files = html! { strong { (files) } };
    let sentence =
        |name: &'static str| Words::of(name).with("problems", problems).around("files", files.clone());
    html! {
        @match frame.posture.evidence_at {
            Some(at) => (sentence("system-evidence-lead").around("day", when::when(at, frame.at()))),
            None => (sentence("system-evidence-lead-undated")),
        }
    }
}

fn formats(app: &App, all: &[EvidenceRow], address: &ListAddress) -> Facet {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    all.iter().for_each(|file| *counts.entry(&file.format).or_default() += 1);
    let chip = |(format, count): (&str, u64)| {
        let (chosen, href) = address.toggle("format", format);
        Chip { title: app.service.formats().title(format).to_owned(), shape: None, count, href, chosen }
    };
    Facet { title: say("column-format"), chips: counts.into_iter().map(chip).collect() }
}

fn row(app: &App, frame: &Frame, file: &EvidenceRow) -> Row {
    let problems = file.problems.len() as i64;
    Row {
        id: file.hash.0.clone(),
        title: file.name.clone(),
        href: format!("/evidence/{}", encoded(file.hash.as_str())),
        cells: vec![
            html! { (file.name) @if let Some(release) = &file.release { small { (release) } } },
            html! { (app.service.formats().title(&file.format)) },
            html! { (cut(&file.tool, 24)) @if let Some(version) = &file.tool_version { " " span.muted { (cut(version, 12)) } } },
            when::when(from_micros(file.observed_at), frame.at()),
            html! { (when::time(from_micros(file.received_at))) },
            html! { (thousands(file.facts)) },
            html! { @if problems == 0 { span.muted { "0" } } @else { strong title=(file.problems.join("\n")) { (thousands(problems)) } } },
        ],
        ..Row::default()
    }
}

/// The exports of the list of all evidence, narrowed to this system.
fn exports(frame: &Frame, address: &ListAddress) -> Vec<Link> {
    let href = |ending: &str| {
        let pairs = [("q", address.get("q")), ("format", address.get("format"))];
        let more: String = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("&{name}={}", encoded(value)))
            .collect();
        format!("/evidence.{ending}?system={}{more}", encoded(&frame.id))
    };
    vec![Link::new("CSV", href("csv")), Link::new("XLSX", href("xlsx"))]
}

fn nothing(frame: &Frame, address: &ListAddress) -> Empty {
    let narrowed = ["q", "format"].iter().any(|name| !address.get(name).is_empty());
    let import = frame.is_now().then(|| format!("/import?system={}", encoded(&frame.id)));
    let view = match narrowed {
        true => Empty::of("system-evidence-none-fit"),
        false => Empty::of("system-evidence-none"),
    };
    view.first_if(import).second(frame.href("/evidence", &[]))
}
