//! The checks: what each looks for, why, where it comes from, and how many deficiencies it finds now.

use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::empty::{Empty, none};
use crate::look::facts::{Fact, facts};
use crate::look::figure::thousands;
use crate::look::panel::{PANEL_ID, Panel, panel, section};
use crate::look::shell::{self, Place, Spoken};
use crate::look::table::{Chip, Column, Facet, Row, Table, Width, table};
use crate::look::{badge, link::safe};
use crate::page::{Page, wants_panel};
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_analysis::checks::{self, About};
use warrant_analysis::programme;
use warrant_service::ServiceError;
use warrant_service::query::{DeficiencyQuery, DeficiencyRow};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/checks", get(page)).route("/checks/{id}", get(one))
}

/// Every check by id, with whether it looks at systems or at the programme.
fn all() -> BTreeMap<&'static str, (About, &'static str)> {
    let of_systems = checks::CHECKS.iter().map(|check| (check.about.id, (check.about, "systems")));
    let mut all: BTreeMap<_, _> =
        programme::CHECKS.iter().map(|check| (check.about.id, (check.about, "programme"))).collect();
    for (id, (about, at)) in of_systems {
        let entry = all.entry(id).or_insert((about, at));
        if entry.1 != at {
            *entry = (about, "both");
        }
    }
    all
}

fn looks_at(at: &str) -> &'static str {
    match at {
        "systems" => "each system",
        "programme" => "the programme",
        _ => "each system and the programme",
    }
}

async fn counts(app: &App, who: &Who) -> Result<BTreeMap<String, i64>, ServiceError> {
    let query = DeficiencyQuery { excepted: Some(false), limit: 1, ..DeficiencyQuery::default() };
    Ok(app.service.queue(&who.actor, &query).await?.checks.into_iter().collect())
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let counts = counts(&app, &who).await?;
    let count = |id: &str| counts.get(id).copied().unwrap_or_default();
    let wanted = address.get("q").to_lowercase();
    let finding = address.get("state") == "finding";
    let all = all();
    let mut rows: Vec<_> = all
        .values()
        .filter(|(about, _)| {
            let text = format!("{} {} {} {}", about.id, about.title, about.why, about.source).to_lowercase();
            wanted.split_whitespace().all(|word| text.contains(word)) && (!finding || count(about.id) > 0)
        })
        .collect();
    rows.sort_by_key(|(about, _)| (std::cmp::Reverse(count(about.id)), about.id));
    let shown = rows.len();
    let firing = all.keys().filter(|id| count(id) > 0).count();
    let row = |(about, at): &(About, &str)| Row {
        id: about.id.to_owned(),
        title: about.title.to_owned(),
        href: format!("/checks/{}", about.id),
        cells: vec![
            html! { (about.title) },
            html! { (now(about.id, count(about.id))) },
            html! { (looks_at(at)) },
            html! { span.muted { (about.source) } },
        ],
        ..Row::default()
    };
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let (chosen, href) = address.toggle("state", "finding");
    let view = Table {
        id: "checks".to_owned(),
        caption: "Checks".to_owned(),
        action: "/checks".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![Facet {
            title: "Show".to_owned(),
            chips: vec![Chip {
                title: "Finding something now".to_owned(),
                shape: None,
                count: firing as u64,
                href,
                chosen,
            }],
        }],
        columns: vec![
            column("Check", Width::Fill),
            column("Deficiencies now", Width::Figures),
            column("Looks at", Width::Fit),
            column("Source", Width::Fit),
        ],
        rows: rows.iter().map(|check| row(check)).collect(),
        pager: address.pager(shown, shown as i64, i64::MAX),
        empty: Empty::of("checks-none-fit").first("/checks").second("/"),
        ..Table::default()
    };
    let total: i64 = counts.values().sum();
    let lead = html! {
        strong { a href="/checks?state=finding" { (firing) " of " (all.len()) " checks" } " find something now" }
        ": " a href="/" { (thousands(total)) " deficiencies" } " in what you may see."
    };
    let main = html! {
        (shell::heading(&[], "Checks", lead, html! {}))
        (table(&view))
    };
    Page::new("Checks", Place::Record, "/checks").with(&app, &who, main).await
}

fn queue_href(id: &str) -> String {
    format!("/?check={}", encoded(id))
}

fn now(id: &str, count: i64) -> Markup {
    html! {
        @if count == 0 { span.muted { "none" } }
        @else { a href=(safe(&queue_href(id))) { (thousands(count)) } }
    }
}

async fn one(State(app): State<App>, who: Who, headers: HeaderMap, Path(id): Path<String>) -> Answer {
    let found = all().remove(id.as_str());
    let (about, at) = found.ok_or_else(|| ServiceError::NotFound { what: "check", name: id.clone() })?;
    let query = DeficiencyQuery {
        check: Some(id.clone()),
        excepted: Some(false),
        limit: 10,
        ..DeficiencyQuery::default()
    };
    let page = app.service.queue(&who.actor, &query).await?;
    let names = app.service.system_names(&who.actor).await?;
    let body = html! {
        (facts(&[
            Fact::text("Why it matters", about.why),
            Fact::text("When it may be wrong", about.false_positives),
            Fact::text("Source", about.source),
            Fact::text("Looks at", looks_at(at)),
            Fact::markup("Id", html! { code { (about.id) } }),
        ]))
        (section("Deficiencies now", html! { a href=(safe(&queue_href(&id))) { "all " (thousands(page.total)) " in the queue" } }, deficiencies(&page.rows, &names)))
    };
    if wants_panel(&headers) {
        let view = Panel {
            spoken: Spoken::English,
            title: about.title.to_owned(),
            over: "Check".to_owned(),
            href: format!("/checks/{id}"),
            body,
            actions: html! { a.button.primary href=(safe(&queue_href(&id))) { "Open the queue" } },
        };
        let mut answer = panel(&view).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
        return Ok(answer);
    }
    let lead = html! {
        @match page.total {
            0 => { "It finds nothing in what you may see." },
            1 => { strong { "One deficiency" } " now. " (about.why) },
            n => { strong { (thousands(n)) " deficiencies" } " in " (page.systems.len()) " places now. " (about.why) },
        }
    };
    let main = html! {
        (shell::heading(&[Link::new("Checks", "/checks")], about.title, lead, html! {}))
        (body)
    };
    Page::new(about.title, Place::Record, "/checks").with(&app, &who, main).await
}

fn deficiencies(rows: &[DeficiencyRow], names: &BTreeMap<String, String>) -> Markup {
    html! {
        @if rows.is_empty() { (none("check-none")) }
        @else {
            div.scroll { table { tbody {
                @for row in rows {
                    tr {
                        td { (badge::severity(row.deficiency.severity)) }
                        th scope="row" { a href=(format!("/deficiencies/{}", encoded(&row.deficiency.id))) { (row.deficiency.title) } }
                        td { (names.get(&row.system).map_or("The programme", String::as_str)) }
                    }
                }
            } } }
        }
    }
}
