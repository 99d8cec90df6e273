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
use crate::look::words::english;
use crate::look::{badge, link::safe};
use crate::page::{Page, wants_panel};
use crate::pages::sources::{check_named, check_title};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
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
        "systems" => "checks-each-system",
        "programme" => "checks-the-programme",
        _ => "checks-both",
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
            let said = [about.id, about.title, &check_title(about.id), about.why, about.source];
            let text = said.join(" ").to_lowercase();
            wanted.split_whitespace().all(|word| text.contains(word)) && (!finding || count(about.id) > 0)
        })
        .collect();
    rows.sort_by_key(|(about, _)| (std::cmp::Reverse(count(about.id)), about.id));
    let shown = rows.len();
    let firing = all.keys().filter(|id| count(id) > 0).count();
    let row = |(about, at): &(About, &str)| Row {
        id: about.id.to_owned(),
        title: check_title(about.id),
        href: format!("/checks/{}", about.id),
        cells: vec![
            check_named(about.id),
            html! { (now(about.id, count(about.id))) },
            html! { (say(looks_at(at))) },
            html! { span.muted { (about.source) } },
        ],
        ..Row::default()
    };
    let column = |name, width| Column::plain(&say(name), width);
    let (chosen, href) = address.toggle("state", "finding");
    let view = Table {
        id: "checks".to_owned(),
        caption: say("checks-title"),
        action: "/checks".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![Facet {
            title: say("button-show"),
            chips: vec![Chip {
                title: say("checks-finding-now"),
                shape: None,
                count: firing as u64,
                href,
                chosen,
            }],
        }],
        columns: vec![
            column("checks-check", Width::Fill),
            column("checks-now", Width::Figures),
            column("checks-looks-at", Width::Fit),
            column("column-source", Width::Fit),
        ],
        rows: rows.iter().map(|check| row(check)).collect(),
        pager: address.pager(shown, shown as i64, i64::MAX),
        empty: Empty::of("checks-none-fit").first("/checks").second("/"),
        ..Table::default()
    };
    let total: i64 = counts.values().sum();
    let of = Words::of("checks-of").with("count", firing).with("all", all.len());
    let found = Words::of("deficiencies-count").with("count", total);
    let lead = Words::of("checks-lead")
        .around("checks", html! { strong { a href="/checks?state=finding" { (of) } } })
        .around("deficiencies", html! { a href="/" { (found) } });
    let main = html! {
        (shell::heading(&[], say("checks-title"), html! { (lead) }, html! {}))
        (table(&view))
    };
    Page::new(&say("checks-title"), Place::Record, "/checks")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

fn queue_href(id: &str) -> String {
    format!("/?check={}", encoded(id))
}

fn now(id: &str, count: i64) -> Markup {
    html! {
        @if count == 0 { span.muted { (say("none")) } }
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
            Fact::markup(say("checks-why"), html! { (english(about.why)) }),
            Fact::markup(say("checks-wrong"), html! { (english(about.false_positives)) }),
            Fact::text(say("column-source"), about.source),
            Fact::text(say("checks-looks-at"), say(looks_at(at))),
            Fact::markup(say("checks-id"), html! { code { (about.id) } }),
        ]))
        (section(&say("checks-now"), html! { a href=(safe(&queue_href(&id))) { (Words::of("checks-in-queue").with("count", page.total)) } }, deficiencies(&page.rows, &names)))
    };
    if wants_panel(&headers) {
        let view = Panel {
            spoken: Spoken::Chosen,
            title: check_title(about.id),
            over: say("checks-check"),
            href: format!("/checks/{id}"),
            body,
            actions: html! { a.button.primary href=(safe(&queue_href(&id))) { (say("checks-open-queue")) } },
        };
        let mut answer = panel(&view).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
        return Ok(answer);
    }
    let why = html! { (english(about.why)) };
    let lead = html! {
        @match page.total {
            0 => { (say("checks-finds-nothing")) },
            1 => { (Words::of("checks-one").around("one", html! { strong { (say("checks-one-deficiency")) } })) " " (why) },
            n => {
                (Words::of("checks-many").with("places", page.systems.len()).around("deficiencies", html! { strong { (Words::of("deficiencies-count").with("count", n)) } }))
                " " (why)
            },
        }
    };
    let main = html! {
        (shell::heading(&[Link::new(say("checks-title"), "/checks")], check_named(about.id), lead, html! {}))
        (body)
    };
    let title = check_title(about.id);
    Page::new(&title, Place::Record, "/checks").in_the_chosen_language().with(&app, &who, main).await
}

fn deficiencies(rows: &[DeficiencyRow], names: &BTreeMap<String, String>) -> Markup {
    html! {
        @if rows.is_empty() { (none("checks-no-deficiency")) }
        @else {
            div.scroll { table { tbody {
                @for row in rows {
                    tr {
                        td { (badge::severity(row.deficiency.severity)) }
                        th scope="row" { a href=(format!("/deficiencies/{}", encoded(&row.deficiency.id))) { (english(&row.deficiency.title)) } }
                        td { (names.get(&row.system).cloned().unwrap_or_else(|| say("checks-programme"))) }
                    }
                }
            } } }
        }
    }
}
