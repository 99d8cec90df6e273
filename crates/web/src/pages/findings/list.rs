//! The list of findings over all systems.

use super::rows::{COLUMNS, SHOWN, Shown, columns, row};
use super::shown::{self, Aside};
use crate::error::{Answer, PageError};
use crate::file;
use crate::grid::{self, Offered};
use crate::list::{ListAddress, wants_more};
use crate::look::badge;
use crate::look::empty::Empty;
use crate::look::shell::{self, Flash, Place};
use crate::look::table::{Chip, Facet, Table, Whole, more, table};
use crate::page::Page;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::finding::FindingState;
use warrant_model::level::Severity;
use warrant_model::posture::SeverityCounts;
use warrant_model::priority::Decision;
use warrant_model::scope::Role;
use warrant_service::ServiceError;
use warrant_service::findings::{FindingCount, FindingPage, FindingsThen};
use warrant_service::query::{FindingOrder, FindingQuery};
use warrant_service::records::COUNT_LIMIT;
use warrant_service::tables::TableFormat;

type Breakdown = [FindingCount];

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    address: ListAddress,
) -> Answer {
    show(&app, &who, &headers, &address, None).await
}

/// The list; `problem` is what was wrong with something done to several findings.
pub(super) async fn show(
    app: &App,
    who: &Who,
    headers: &HeaderMap,
    address: &ListAddress,
    problem: Option<Flash>,
) -> Answer {
    let as_of = past::as_of(app, address)?;
    let query = query(app, who, address).await?;
    let (found, narrow) = match as_of.map(last_instant) {
        None => (app.service.list_findings(&who.actor, &query).await?, None),
        Some(at) => match app.service.list_findings_at(&who.actor, &query, at).await? {
            FindingsThen::Told(page) => (page, None),
            FindingsThen::Narrow(open, systems) => (FindingPage::default(), Some((open, systems))),
        },
    };
    let breakdown = &found.breakdown;
    let names = app.service.system_names(&who.actor).await?;
    let now = as_of.map_or(app.service.now(), last_instant);
    let here = address.with("", "");
    let plans = as_of.is_none() && who.actor.highest >= Some(Role::Engineer);
    let shown = Shown { names: &names, query: &query, found: &found, now, here: &here, as_of };
    let view = Table {
        id: "findings".to_owned(),
        caption: say("places-findings"),
        action: "/findings".to_owned(),
        keep: address.keep(&["q", "page", "system", "tool", "target", "control"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(address, &query, breakdown),
        columns: columns(address, &shown),
        rows: found.rows.iter().map(|finding| row(finding, &shown)).collect(),
        bulk: plans.then(|| super::plan::bar(who)),
        whole: plans.then(|| Whole { count: 0, list: here.clone() }),
        exports: address.exports("/findings"),
        pager: address.growing(found.rows.len(), found.total, COUNT_LIMIT),
        empty: if narrow.is_some() {
            Empty::of("findings-narrow").first("/systems")
        } else {
            nothing(address, breakdown, as_of)
        },
        ..Table::default()
    };
    let view = grid::arrange(app, who, address, &offered(), view).await?;
    if wants_more(headers) {
        return Ok(more(&view).into_response());
    }
    let import = html! { @if as_of.is_none() { a.button href="/import" { (say("button-import")) } } };
    let lead = html! {
        @match &narrow {
            Some((open, systems)) => (kept(address, open, *systems)),
            None => { (lead(address, breakdown)) (uncounted(found.more)) (not_known(&shown)) },
        }
    };
    let main = html! { (shell::heading(&[], say("places-findings"), lead, import)) (table(&view)) };
    let title = say("places-findings");
    let mut page = Page::new(&title, Place::Systems, "/findings").in_the_chosen_language();
    page.day = Some(past::control(app, address, "system", as_of).await?);
    if let Some(flash) = problem {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes.push(flash);
    }
    page.with(app, who, main).await
}

/// The list as comma-separated values.
pub(super) async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

/// The list as a workbook.
pub(super) async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(
    app: &App,
    who: &Who,
    address: &ListAddress,
    format: TableFormat,
) -> Result<Response, PageError> {
    let query = query(app, who, address).await?;
    let shape = grid::shape(format, address, &COLUMNS);
    let bytes = match past::as_of(app, address)?.map(last_instant) {
        None => app.service.export_findings(&who.actor, &query, shape).await?,
        Some(at) => app.service.export_findings_at(&who.actor, &query, at, shape).await?,
    };
    Ok(file::table("findings", format, bytes))
}

fn offered() -> Offered {
    Offered::new("/findings", &COLUMNS.map(|(key, _)| key), SHOWN)
}

/// The state filtered by: open unless the address says another, or `all`.
fn chosen_state(address: &ListAddress) -> Option<FindingState> {
    match address.get("state") {
        "" => Some(FindingState::Open),
        word => FindingState::from_word(word),
    }
}

async fn query(app: &App, who: &Who, address: &ListAddress) -> Result<FindingQuery, ServiceError> {
    let (order, descending) = match address.sorted() {
        ("title", down) => (FindingOrder::Title, down),
        ("target", down) => (FindingOrder::Target, down),
        ("first", down) => (FindingOrder::FirstSeen, down),
        ("last", down) => (FindingOrder::LastSeen, down),
        ("severity", down) => (FindingOrder::Severity, down),
        ("priority", down) => (FindingOrder::Decision, down),
        _ => (FindingOrder::Severity, true),
    };
    let system = match address.some("system") {
        None => None,
        Some(name) => match app.service.system_row(&who.actor, &name).await {
            Ok(row) => Some(row.id),
            Err(ServiceError::NotFound { .. }) => Some(name),
            Err(error) => return Err(error),
        },
    };
    let control = address.some("control").map(|text| {
        warrant_catalog::index::normalize_control_id(&text).unwrap_or_else(|| text.trim().to_lowercase())
    });
    Ok(FindingQuery {
        text: address.get("q").to_lowercase(),
        system,
        state: chosen_state(address),
        severity: Severity::DESCENDING
            .into_iter()
            .find(|severity| severity.word() == address.get("severity")),
        decision: Decision::from_word(address.get("priority")),
        target: address.some("target"),
        tool: address.some("tool"),
        control,
        order,
        descending,
        limit: address.rows(),
        offset: address.offset(),
    })
}

fn sum(breakdown: &Breakdown, fits: impl Fn(&FindingCount) -> bool) -> u64 {
    breakdown.iter().filter(|counted| fits(counted)).map(|counted| counted.count.unsigned_abs()).sum()
}

fn lead(address: &ListAddress, breakdown: &Breakdown) -> Markup {
    let open = |severity| {
        sum(breakdown, |counted| counted.state == FindingState::Open && counted.severity == severity)
    };
    let (critical, high) = (open(Severity::Critical), open(Severity::High));
    let all = sum(breakdown, |counted| counted.state == FindingState::Open);
    let closed = sum(breakdown, |counted| counted.state == FindingState::Closed);
    let link = |(field, value): (&str, &str), name: &'static str, count: u64| {
        html! { a href=(address.with(field, value)) { (Words::of(name).with("count", count)) } }
    };
    let sentence = Words::of("findings-lead")
        .around("open", html! { strong { (link(("state", ""), "findings-open", all)) } })
        .around("critical", link(("severity", "critical"), "findings-critical", critical))
        .around("high", link(("severity", "high"), "findings-high", high))
        .around("closed", link(("state", "closed"), "findings-closed", closed));
    html! { (sentence) }
}

/// What the postures kept of the day counted, when there is too much to list.
fn kept(address: &ListAddress, open: &SeverityCounts, systems: usize) -> Markup {
    let href = ListAddress::bare("/systems").with("as_of", address.get("as_of"));
    let were = Words::of("findings-were-open").with("count", open.total());
    let systems = Words::of("count-systems").with("count", systems);
    let sentence = Words::of("findings-kept")
        .with("critical", open.critical)
        .with("high", open.high)
        .around("open", html! { strong { (were) } })
        .around("systems", html! { a href=(href) { (systems) } });
    html! { (sentence) }
}

/// What of a past day is not known.
fn not_known(shown: &Shown<'_>) -> Markup {
    html! {
        @if let Some(day) = shown.as_of {
            " " (say("findings-as-told"))
            @if shown.query.system.is_none() { " " (Words::of("findings-no-priorities").with("day", day)) }
        }
    }
}

/// What is to be known of the figures when not all were counted.
pub(in crate::pages) fn uncounted(more: bool) -> Markup {
    html! {
        @if more { " " (say("findings-uncounted")) }
    }
}

fn facets(address: &ListAddress, query: &FindingQuery, breakdown: &Breakdown) -> Vec<Facet> {
    let states = FindingState::LISTED.into_iter().filter_map(|state| {
        let fits =
            |counted: &FindingCount| counted.state == state && shown::fits(query, counted, Aside::State);
        let (count, word) = (sum(breakdown, fits), state.word());
        let chosen = query.state == Some(state);
        // Without a word the address means open; taking the open filter away means all.
        let wanted = match (chosen, state) {
            (true, _) => "all",
            (false, FindingState::Open) => "",
            (false, _) => word,
        };
        let chip = Chip {
            title: shown::word(state),
            count,
            href: address.with("state", wanted),
            chosen: if chosen { crate::look::table::Chosen::Yes } else { crate::look::table::Chosen::No },
            shape: None,
        };
        (count > 0 || chosen).then_some(chip)
    });
    let severities = Severity::DESCENDING.into_iter().filter_map(|severity| {
        let fits = |counted: &FindingCount| {
            counted.severity == severity && shown::fits(query, counted, Aside::Severity)
        };
        let count = sum(breakdown, fits);
        let (chosen, href) = address.toggle("severity", severity.word());
        let title = badge::severity_word(severity);
        let shape = Some(badge::severity_shape(severity));
        (count > 0 || query.severity == Some(severity)).then_some(Chip { title, count, href, chosen, shape })
    });
    vec![
        Facet { title: say("column-state"), chips: states.collect() },
        Facet { title: say("column-severity"), chips: severities.collect() },
        shown::decisions(address, query, breakdown),
    ]
}

fn nothing(address: &ListAddress, breakdown: &Breakdown, as_of: Option<Date>) -> Empty {
    let narrowed =
        ["q", "system", "tool", "target", "control"].iter().any(|key| !address.get(key).is_empty());
    if breakdown.is_empty() && !narrowed && as_of.is_none() {
        return Empty::of("findings-none").first("/import").second("/import#formats");
    }
    let bare = ListAddress::parse(&past::href("/findings", as_of));
    Empty::of("findings-none-fit").first(bare.with("", "")).second(bare.with("state", "all"))
}
