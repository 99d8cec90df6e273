//! The list of findings over all systems.

use super::shown::{self, Aside};
use crate::error::{Answer, PageError};
use crate::file;
use crate::grid::{self, Offered};
use crate::language::of_english;
use crate::list::{ListAddress, encoded, wants_more};
use crate::look::badge;
use crate::look::empty::Empty;
use crate::look::figure::{cut, thousands};
use crate::look::shell::{self, Flash, Place};
use crate::look::table::{Action, Chip, Column, ColumnFilter, Facet, Row, Table, Whole, Width, more, table};
use crate::look::when;
use crate::look::words::english;
use crate::page::Page;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::finding::{Finding, FindingState};
use warrant_model::level::Severity;
use warrant_model::posture::SeverityCounts;
use warrant_model::priority::Decision;
use warrant_model::scope::Role;
use warrant_service::ServiceError;
use warrant_service::findings::{FindingCount, FindingPage, FindingsThen};
use warrant_service::query::{FindingOrder, FindingQuery};
use warrant_service::records::COUNT_LIMIT;
use warrant_service::tables::TableFormat;

/// The columns' names, and the titles of the export's columns that hold what each shows; the first eight are shown
/// at first.
const COLUMNS: [(&str, &[&str]); 15] = [
    ("severity", &["Severity"]),
    ("priority", &["Priority", "Due", "Why"]),
    ("finding", &["Title", "Vulnerabilities", "Subject"]),
    ("system", &["System"]),
    ("target", &["Target"]),
    ("tool", &["Tool"]),
    ("controls", &["Controls"]),
    ("first", &["First seen"]),
    ("state", &["State"]),
    ("last", &["Last seen"]),
    ("rule", &["Rule"]),
    ("vulnerabilities", &["Vulnerabilities"]),
    ("score", &["CVSS score"]),
    ("fixed", &["Fixed version"]),
    ("remedy", &["Remedy"]),
];
/// How many of them are shown at first.
const SHOWN: usize = 7;

/// More systems than this are named by typing, not chosen from a list.
const MOST_CHOICES: usize = 100;

type Breakdown = [FindingCount];
type Names = BTreeMap<String, String>;

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

/// What rows and columns need to know.
struct Shown<'a> {
    names: &'a Names,
    query: &'a FindingQuery,
    found: &'a FindingPage,
    now: Timestamp,
    here: &'a str,
    as_of: Option<Date>,
}

impl Shown<'_> {
    /// Whether what was decided is known, and all can be put in order by it and by when it was last seen.
    fn is_decided(&self) -> bool {
        self.as_of.is_none() || self.query.system.is_some()
    }
}

fn columns(address: &ListAddress, view: &Shown<'_>) -> Vec<Column> {
    let Shown { names, query, found, .. } = view;
    let whole = |sort| Some(sort).filter(|_| view.is_decided());
    let column = |title: &str, width, sort: Option<&str>, filter: Option<(&str, Vec<(String, String)>)>| {
        let (sorted, href) = sort.map(|sort| address.sort(sort)).unzip();
        let filter = filter.map(|(name, choices)| ColumnFilter {
            name: name.to_owned(),
            value: address.get(name).to_owned(),
            choices,
        });
        Column { title: title.to_owned(), width, sort: href, sorted: sorted.unwrap_or_default(), filter }
    };
    let mut systems: Vec<_> = names.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
    systems.sort_by(|a, b| a.1.cmp(&b.1));
    if systems.len() > MOST_CHOICES {
        systems.clear();
    }
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for counted in &found.breakdown {
        let fits = shown::fits(query, counted, Aside::Tool);
        *counts.entry(&counted.tool).or_default() += if fits { counted.count.unsigned_abs() } else { 0 };
    }
    let counted = |(tool, count): (&str, u64)| {
        let count = thousands(i64::try_from(count).unwrap_or(i64::MAX));
        (tool.to_owned(), format!("{tool} ({count})"))
    };
    let tools = counts.into_iter().map(counted).collect();
    vec![
        column(&say("column-severity"), Width::Fit, Some("severity"), None),
        column(&say("column-priority"), Width::Fit, whole("priority"), None),
        column(&say("column-finding"), Width::Fill, Some("title"), None),
        column(&say("column-system"), Width::Fit, None, Some(("system", systems))),
        column(&say("column-target"), Width::Fit, Some("target"), Some(("target", Vec::new()))),
        column(&say("column-tool"), Width::Fit, None, Some(("tool", tools))),
        column(&say("column-controls"), Width::Fit, None, Some(("control", Vec::new()))),
        column(&say("column-first-seen"), Width::Fit, Some("first"), None),
        column(&say("column-state"), Width::Fit, None, None),
        column(&say("column-last-seen"), Width::Fit, whole("last"), None),
        column(&say("column-rule"), Width::Fit, None, None),
        column(&say("column-vulnerabilities"), Width::Fit, None, None),
        column(&say("column-cvss"), Width::Figures, None, None),
        column(&say("column-fixed-in"), Width::Fit, None, None),
        column(&say("column-remedy"), Width::Fit, None, None),
    ]
}

fn row(finding: &Finding, view: &Shown<'_>) -> Row {
    let Shown { names, query, found, now, here, as_of } = *view;
    let name = names.get(&finding.system).cloned().unwrap_or_else(|| finding.system.clone());
    let more = finding.vulnerabilities.len().saturating_sub(1);
    let plan = Action {
        verb: say("button-plan"),
        href: super::plan::href(&[finding], found.priorities.get(&finding.id), here).unwrap_or_default(),
        key: Some('p'),
    };
    Row {
        id: finding.id.clone(),
        title: finding.title.clone(),
        href: format!("/findings/{}", encoded(&finding.id)),
        cells: vec![
            badge::severity(finding.severity),
            html! {
                @if view.is_decided() { (shown::priority(found.priorities.get(&finding.id))) }
                @else { span.muted title=(say("findings-not-known")) { "–" } }
            },
            html! {
                (english(&finding.title))
                // A list of one state need not repeat it.
                @if query.state.is_none() { " " (shown::state(finding.state)) }
                @if finding.reopened > 0 { " " (badge::tag(&say("finding-reopened"))) }
                @if let Some(id) = finding.vulnerabilities.first() { small { (id) @if more > 0 { " +" (more) } } }
                @if !finding.subject.is_empty() { small { (cut(&finding.subject, 60)) } }
            },
            html! { a href=(past::href(&format!("/systems/{}/findings", encoded(&finding.system)), as_of)) { (cut(&name, 20)) } },
            html! { span title=(finding.target) { (cut(&finding.target, 16)) } },
            html! { (cut(&finding.tool, 14)) " " (shown::also(found.also.get(&finding.id))) },
            shown::controls(&finding.system, &finding.controls, 1),
            html! {
                span title=(Words::of("finding-last-seen").with("age", when::age(finding.last_seen, now))) { (when::time(finding.first_seen)) }
            },
            shown::state(finding.state),
            html! { span title=(when::age(finding.last_seen, now)) { (when::time(finding.last_seen)) } },
            html! { span title=(finding.rule) { (cut(&finding.rule, 24)) } },
            html! { (cut(&finding.vulnerabilities.join(", "), 40)) },
            html! { @match finding.cvss_score { Some(score) => (format!("{score:.1}")), None => span.muted { "–" } } },
            html! { (finding.fixed_version.as_deref().unwrap_or_default()) },
            html! { span lang=[of_english()] title=(finding.remedy.as_deref().unwrap_or_default()) { (cut(finding.remedy.as_deref().unwrap_or_default(), 40)) } },
        ],
        actions: if as_of.is_none() { vec![plan] } else { Vec::new() },
        ..Row::default()
    }
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
