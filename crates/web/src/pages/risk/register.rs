//! The risk register: scenarios on the five-step scales of SP 800-30, derived from their money, with the mapping shown.

use super::{owasp, scenarios, scope, treatment, words};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::Link;
use crate::look::badge;
use crate::look::empty::{Empty, empty};
use crate::look::figure::{decimals, short_money};
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::waiting::{Patient, Soon};
use crate::words::{Words, say};
use axum::extract::State;
use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_service::risk::{Deciding, Grade, LIKELIHOOD, LeftOut, Register, Registered, RiskScope, level};
use warrant_service::tables::TableFormat;
use warrant_service::{Actor, Service, ServiceError};

pub(super) async fn page(State(app): State<App>, who: Who, list: ListAddress, headers: HeaderMap) -> Answer {
    let as_of = past::as_of(&app, &list)?;
    let (service, actor, asked) = (app.service.clone(), who.actor.clone(), scope(&list));
    let at = as_of.map(last_instant);
    let work = async move { registered(&service, &actor, &asked, at).await };
    let (title, here) = (say("register-title"), "/risk/register");
    let patient = Patient { app: &app, who: &who, headers: &headers, list: &list, title: &title, here };
    let (register, left_out) = match patient.wait(work).await? {
        Soon::Here(found) => found,
        Soon::Later(page) => return Ok(page),
    };
    let over = [Link::new(say("risk-title"), "/risk")];
    let main = html! {
        (shell::heading(&over, &title, lead(&register, as_of), html! {}))
        @if register.scenarios.is_empty() {
            @if as_of.is_some() { (empty(&Empty::of("register-none-fit").first("/risk/register"))) }
            @else { (empty(&Empty::of("register-none").first("/records/scenario/new").second("/risk"))) }
        } @else {
            div.columns.pair {
                (section(&say("register-matrix"), html! { (say("register-matrix-source")) }, matrix(&list, &register)))
                (section(&say("register-owasp"), html! { (say("register-owasp-source")) }, owasp::matrix(&list, &register)))
            }
            (section(&say("register-risks"), html! { (register.scenarios.len()) }, crate::look::table::table(&table(&list, &register))))
            (mapping(&register))
            (owasp::mapping(&register))
        }
        (super::left_out(&left_out))
    };
    let page = Page::new(&title, Place::Programme, "/risk").in_the_chosen_language();
    let mut page = page.guided_by("/risk/register");
    page.day = Some(past::control(&app, &list, "scenario", as_of).await?);
    page.with(&app, &who, main).await
}

/// The register now or at an instant, and what of that instant cannot be priced.
async fn registered(
    service: &Service,
    actor: &Actor,
    scope: &RiskScope,
    at: Option<Timestamp>,
) -> Result<(Register, Vec<LeftOut>), ServiceError> {
    match at {
        None => Ok((service.risk_register(actor, scope).await?, Vec::new())),
        Some(at) => service.risk_register_at(actor, scope, at).await,
    }
}

pub(super) async fn csv(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Csv).await
}

pub(super) async fn xlsx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, list: &ListAddress, format: TableFormat) -> Answer {
    let at = past::as_of(app, list)?.map(last_instant);
    let (mut register, _) = registered(&app.service, &who.actor, &scope(list), at).await?;
    register.scenarios.retain(|one| fits(list, one));
    let mut table = app.service.register_table(&register);
    if let Some(at) = at {
        table.source = format!("Warrant, risk register as of {at:.0}");
    }
    Ok(file::table("risk-register", format, app.service.written(&table, format)?))
}

fn lead(register: &Register, as_of: Option<Date>) -> Markup {
    let count = |grade: Grade| register.scenarios.iter().filter(|one| one.level == grade).count() as i64;
    let severe = count(Grade::VeryHigh) + count(Grade::High);
    let open = register.scenarios.iter().filter(|one| one.line.decision.deciding != Deciding::InForce).count()
        as i64;
    let all = register.scenarios.len();
    let of = Words::of("register-severe").with("count", severe).with("all", all);
    let waits = Words::of("register-open").with("count", open);
    let lead = Words::of("register-lead")
        .with("moderate", count(Grade::Moderate))
        .around("severe", html! { strong { (of) } })
        .around("open", html! { strong { (waits) } });
    html! {
        (lead)
        @if as_of.is_some() { " " (say("register-as-of")) }
    }
}

/// The severity whose shape and colour a level of risk goes by.
fn severity(grade: Grade) -> Severity {
    match grade {
        Grade::VeryHigh => Severity::Critical,
        Grade::High => Severity::High,
        Grade::Moderate => Severity::Medium,
        Grade::Low => Severity::Low,
        Grade::VeryLow => Severity::None,
    }
}

fn graded(grade: Grade) -> Markup {
    let severity = severity(grade);
    html! { span class=(format!("badge sev-{}", severity.word())) { (badge::severity_shape(severity)) (words::grade(grade)) } }
}

fn matrix(list: &ListAddress, register: &Register) -> Markup {
    let cell = |likelihood: Grade, impact: Grade| {
        let inside = |one: &&Registered| one.likelihood == likelihood && one.impact == impact;
        let count = register.scenarios.iter().filter(inside).count();
        let at = format!("{}.{}", likelihood as usize, impact as usize);
        let (chosen, href) = list.toggle("at", &at);
        let grade = level(likelihood, impact);
        let class = format!("cell sev-{}", severity(grade).word());
        let said = Words::of("register-said")
            .with("likelihood", words::grade(likelihood))
            .with("impact", words::grade(impact).to_lowercase())
            .with("rated", words::grade(grade).to_lowercase());
        html! {
            td class=(class) title=(said.said()) {
                @if count > 0 { a href=(href) aria-current=[(chosen == Chosen::Yes).then_some("true")] { strong { (count) } " " span.sr { (say("rating-risks")) } } }
                " " span.muted { (short(grade)) }
            }
        }
    };
    html! {
        div.scroll {
            table.matrix {
                thead { tr { th scope="col" { (say("rating-axes")) } @for impact in Grade::ALL { th scope="col" { (short(impact)) } } } }
                tbody {
                    @for likelihood in Grade::ALL.into_iter().rev() {
                        tr { th scope="row" { (short(likelihood)) } @for impact in Grade::ALL { (cell(likelihood, impact)) } }
                    }
                }
            }
        }
    }
}

/// A grade by its words where there is room, else by its letters.
fn short(grade: Grade) -> Markup {
    let title = words::grade(grade);
    html! { span.wide { (title) } abbr.narrow title=(title) { (words::grade_letters(grade)) } }
}

fn fits(list: &ListAddress, one: &Registered) -> bool {
    let at = format!("{}.{}", one.likelihood as usize, one.impact as usize);
    let text = format!("{} {}", one.line.title, one.line.system_name).to_lowercase();
    (list.get("at").is_empty() || list.get("at") == at)
        && (list.get("owasp").is_empty() || list.get("owasp") == owasp::at(one))
        && (list.get("level").is_empty() || list.get("level") == one.level.title())
        && (list.get("decision").is_empty() || list.get("decision") == one.line.decision.deciding.title())
        && list.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn table(list: &ListAddress, register: &Register) -> Table {
    let mut chosen: Vec<_> = register.scenarios.iter().filter(|one| fits(list, one)).collect();
    let (column, descending) = list.sorted();
    match column {
        "title" => chosen.sort_by_key(|one| one.line.title.to_lowercase()),
        "system" => chosen.sort_by_key(|one| one.line.system_name.to_lowercase()),
        "events" => chosen.sort_by(|a, b| a.events.total_cmp(&b.events)),
        "each" => chosen.sort_by(|a, b| a.each.total_cmp(&b.each)),
        "level" => chosen.sort_by_key(|one| one.level),
        _ => {}
    }
    if descending {
        chosen.reverse();
    }
    let total = chosen.len() as i64;
    let shown: Vec<_> = chosen.into_iter().skip(list.offset() as usize).take(PAGE as usize).collect();
    let sorted = |name, width, by: &str| list.column(&say(name), width, by);
    let chip = |grade: &Grade| {
        let count = register.scenarios.iter().filter(|one| one.level == *grade).count() as u64;
        let (chosen, href) = list.toggle("level", grade.title());
        let shape = Some(badge::severity_shape(severity(*grade)));
        let told = count > 0 || chosen == Chosen::Yes;
        told.then(|| Chip { title: words::grade(*grade), shape, count, href, chosen })
    };
    Table {
        id: "register".to_owned(),
        caption: say("register-risks"),
        action: "/risk/register".to_owned(),
        keep: list.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        facets: vec![
            Facet { title: say("rating-level"), chips: Grade::ALL.iter().rev().filter_map(chip).collect() },
            decisions(list, register),
        ],
        columns: vec![
            sorted("rating-level", Width::Fit, "level"),
            sorted("scenarios-what", Width::Fill, "title"),
            sorted("column-system", Width::Fit, "system"),
            Column { title: say("register-likelihood"), ..Column::default() },
            sorted("register-losses", Width::Figures, "events"),
            Column { title: say("register-impact"), ..Column::default() },
            list.column(
                &Words::of("register-one-costs").with("currency", &register.currency).said(),
                Width::Figures,
                "each",
            ),
            Column { title: "OWASP".to_owned(), ..Column::default() },
            Column { title: say("column-decision"), ..Column::default() },
        ],
        rows: shown.iter().map(|one| row(one, list.get("as_of"))).collect(),
        exports: list.exports("/risk/register"),
        pager: list.pager(shown.len(), total, i64::MAX),
        empty: Empty::of("register-none-fit")
            .first(ListAddress::bare("/risk/register").with("as_of", list.get("as_of"))),
        ..Table::default()
    }
}

/// Counts by what is decided.
fn decisions(list: &ListAddress, register: &Register) -> Facet {
    let chip = |deciding: &Deciding| {
        let of_it = |one: &&Registered| one.line.decision.deciding == *deciding;
        let count = register.scenarios.iter().filter(of_it).count() as u64;
        let (chosen, href) = list.toggle("decision", deciding.title());
        let told = count > 0 || chosen == Chosen::Yes;
        told.then(|| Chip { title: words::deciding(*deciding), shape: None, count, href, chosen })
    };
    Facet { title: say("column-decision"), chips: Deciding::ALL.iter().filter_map(chip).collect() }
}

/// A row; of a past day it leads to the record and its history, for what is worked out of a scenario is of today.
fn row(one: &Registered, as_of: &str) -> Row {
    Row {
        id: one.line.id.clone(),
        title: one.line.title.clone(),
        href: match as_of {
            "" => format!("/risk/{}", encoded(&one.line.id)),
            _ => record_href("scenario", &one.line.id),
        },
        cells: vec![
            graded(one.level),
            html! { (one.line.title) },
            scenarios::system(&one.line.system, &one.line.system_name),
            html! { (words::grade(one.likelihood)) },
            html! { (often(one.events)) },
            html! { (words::grade(one.impact)) },
            html! { (short_money(one.each)) },
            owasp::cell(one),
            treatment::cell(&one.line.decision),
        ],
        ..Row::default()
    }
}

/// A rate as people say it.
fn often(events: f64) -> String {
    if events >= 1.0 {
        decimals(events, 1)
    } else if events > 0.0 {
        Words::of("register-one-in").with("years", (1.0 / events).max(1.0).round() as i64).said()
    } else {
        say("never")
    }
}

/// Where the grades begin.
fn mapping(register: &Register) -> Markup {
    html! {
        details.behind {
            summary { (say("register-how")) }
            div.scroll { table {
                thead { tr { th scope="col" { (say("register-grade")) } th.figures scope="col" { (say("register-likelihood-from")) } th.figures scope="col" { (Words::of("register-impact-from").with("currency", &register.currency)) } } }
                tbody {
                    @for (nth, grade) in Grade::ALL.into_iter().enumerate() {
                        tr {
                            th scope="row" { (words::grade(grade)) }
                            td.figures { @if nth == 0 { "0" } @else { (LIKELIHOOD[nth - 1]) } }
                            td.figures { @if nth == 0 { "0" } @else { (short_money(register.impact_bounds[nth - 1])) } }
                        }
                    }
                }
            } }
            p.muted { (Words::of("register-note").around("file", html! { code { "risk.toml" } })) }
        }
    }
}
