//! The portfolio: what could be done about open findings, and the best of it that money and hours can buy.

use super::{compare, known, scenarios, scope};
use crate::error::{Answer, PageError};
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge;
use crate::look::chart::{Frontier, frontier};
use crate::look::empty::{Empty, empty};
use crate::look::figure::{decimals, percent, short_money, thousands};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Action, Bulk, Chip, Chosen, Column, Facet, Row, Table, Verb, Width};
use crate::look::{Link, when};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::waiting::{Patient, Soon};
use crate::words::{Words, say};
use axum::extract::State;
use axum::http::HeaderMap;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeSet;
use warrant_model::time::day;
use warrant_service::ServiceError;
use warrant_service::risk::{Bought, Candidate, Objective, PortfolioAsk, PortfolioView, gordon_loeb_limit};

/// The level beyond which years are called the worst: one in twenty.
const WORST: f64 = 0.95;

/// Years planned, at most.
const MOST_YEARS: usize = 5;

/// What an address asks for; nonsense is told with its remedy.
fn ask(list: &ListAddress) -> Result<PortfolioAsk, PageError> {
    let amount = |name: &str, title: &'static str| match list
        .get(name)
        .replace([' ', ',', '_', '\u{a0}'], "")
        .as_str()
    {
        "" => Ok(None),
        text => match text.parse::<f64>() {
            Ok(amount) if (0.0..=1e15).contains(&amount) => Ok(Some(amount)),
            _ => Err(PageError::Refused(
                Words::of("error-no-amount").with("field", say(title)).with("amount", list.get(name)),
            )),
        },
    };
    let years = list.get("years").parse::<usize>().unwrap_or(1).clamp(1, MOST_YEARS);
    let budget = amount("budget", "portfolio-budget-field")?;
    Ok(PortfolioAsk {
        scope: scope(list),
        budget: budget.map(|budget| vec![budget; years]).unwrap_or_default(),
        hours: amount("hours", "column-hours")?,
        must: must(list),
        objective: if list.get("lessen") == "worst" { Objective::Tvar(WORST) } else { Objective::Ale },
    })
}

/// Candidates that have to be done, as the address names them.
fn must(list: &ListAddress) -> BTreeSet<String> {
    list.get("must").split('.').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

pub(super) async fn page(State(app): State<App>, who: Who, list: ListAddress, headers: HeaderMap) -> Answer {
    let ask = ask(&list)?;
    let (service, actor, asked) = (app.service.clone(), who.actor.clone(), ask.clone());
    let work = async move { service.portfolio(&actor, &asked).await };
    let here = "/risk/portfolio";
    let patient = Patient {
        app: &app,
        who: &who,
        headers: &headers,
        list: &list,
        title: &say("portfolio-title"),
        here,
    };
    let view = match patient.wait(work).await? {
        Soon::Here(view) => view,
        Soon::Later(page) => return Ok(page),
    };
    let today = day(app.service.now());
    let over = [Link::new(say("risk-title"), "/risk")];
    let main = html! {
        (shell::heading(&over, say("portfolio-title"), lead(&view, &ask), beside(&list, &view, &ask)))
        @if view.candidates.is_empty() {
            (empty(&Empty::of("portfolio-none").first("/risk").second("/findings")))
        } @else {
            (asking(&list, &ask))
            @if let Some(bought) = &view.bought { (pictures(&view, bought, &ask)) (section(&say("risk-known"), html! {}, known::against(&view, bought))) (sanity(&view, bought, &list)) }
            (section(&say("portfolio-could"), html! { (thousands(view.candidates.len() as i64)) }, crate::look::table::table(&table(&list, &view, (today, &who.csrf)))))
            (footnotes(&view))
        }
    };
    Page::new(&say("portfolio-title"), Place::Programme, "/risk/portfolio")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

/// The plan with its proof, or what it is about: `warrant risk verify-plan` takes both.
pub(super) async fn plan_file(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let bought = bought(&app, &who, &list).await?;
    Ok(file::opaque("plan.json", bought.plan_text()?.into_bytes()))
}

/// Scenarios, controls and candidates as they were put to the engine.
pub(super) async fn input_file(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let bought = bought(&app, &who, &list).await?;
    Ok(file::opaque("portfolio.toml", bought.file_text()?.into_bytes()))
}

async fn bought(app: &App, who: &Who, list: &ListAddress) -> Result<Bought, PageError> {
    let view = app.service.portfolio(&who.actor, &ask(list)?).await?;
    let absent =
        || PageError::Service(ServiceError::NotFound { what: "plan", name: "without a budget".to_owned() });
    view.bought.ok_or_else(absent)
}

fn lead(view: &PortfolioView, ask: &PortfolioAsk) -> Markup {
    let count = view.candidates.len();
    let Some(bought) = &view.bought else {
        let year = html! { strong { (short_money(view.year)) " " (view.currency) } };
        return html! { (Words::of("portfolio-lead-none").with("count", count).around("year", year)) };
    };
    let work = Words::of("portfolio-work-of").with("chosen", bought.plan.chosen.len()).with("count", count);
    let lead = match ask.budget.len() {
        0 | 1 => Words::of("portfolio-lead"),
        years => Words::of("portfolio-lead-years").with("years", years),
    };
    let lead = lead
        .with("hours", Words::of("hours-count").with("count", bought.plan.hours.round() as i64).said())
        .with("year", short_money(view.year))
        .around("work", html! { strong { (work) } })
        .around("cost", html! { strong { (short_money(bought.plan.cost)) " " (view.currency) } })
        .around("after", html! { strong { (short_money(bought.year_after)) } });
    html! { (lead) }
}

/// The limits, as a form.
fn asking(list: &ListAddress, ask: &PortfolioAsk) -> Markup {
    let years = ask.budget.len().max(1);
    html! {
        form.toolbar.asking action="/risk/portfolio" {
            @for (name, value) in list.keep(&["budget", "hours", "years", "lessen", "page"]) { input type="hidden" name=(name) value=(value); }
            label { (say("portfolio-money")) " " input type="text" inputmode="decimal" name="budget" value=(list.get("budget")) placeholder="50000" size="10" required; }
            label { (say("portfolio-hours")) " " input type="text" inputmode="decimal" name="hours" value=(list.get("hours")) placeholder=(say("any")) size="7"; }
            label { (say("portfolio-years")) " " select name="years" { @for n in 1..=MOST_YEARS { option value=(n) selected[n == years] { (n) } } } }
            label { (say("portfolio-lessen")) " " select name="lessen" {
                option value="" selected[ask.objective == Objective::Ale] { (say("portfolio-expected")) }
                option value="worst" selected[ask.objective != Objective::Ale] { (say("portfolio-worst")) }
            } }
            button.primary { (say("portfolio-plan")) }
        }
    }
}

fn pictures(view: &PortfolioView, bought: &Bought, ask: &PortfolioAsk) -> Markup {
    let years = ask.budget.len().max(1);
    let said = |chosen: usize| Words::of("portfolio-done").with("count", chosen).said();
    let none = (0.0, bought.plan.before.estimate, say("portfolio-nothing-done"));
    let title = match (ask.objective, years > 1) {
        (Objective::Ale, false) => "portfolio-picture",
        (Objective::Ale, true) => "portfolio-picture-years",
        (Objective::Tvar(_), false) => "portfolio-picture-worst",
        (Objective::Tvar(_), true) => "portfolio-picture-worst-years",
    };
    let steps = bought.frontier.iter().map(|step| (step.cost, step.remains, said(step.chosen)));
    let drawn = Frontier {
        title: Words::of(title).with("years", years).with("currency", &view.currency).said(),
        currency: view.currency.clone(),
        points: std::iter::once(none).chain(steps).collect(),
        here: Some((bought.plan.cost, bought.plan.after.estimate)),
    };
    let curve = super::beside(
        &say("portfolio-year-planned"),
        &view.currency,
        &bought.now,
        &bought.then,
        &say("portfolio-planned"),
    );
    html! {
        div.columns.pair {
            @if !bought.frontier.is_empty() { div { (frontier(&drawn)) (next(view, bought)) } }
            div { (crate::look::chart::exceedance(&curve)) }
        }
    }
}

/// What the next money buys, in a sentence.
fn next(view: &PortfolioView, bought: &Bought) -> Markup {
    let more = bought.frontier.iter().find(|step| step.cost > bought.plan.cost * 1.001);
    let expected = bought.plan.limits.objective == Objective::Ale;
    let said = match more {
        Some(step) => Words::of(if expected { "portfolio-next" } else { "portfolio-next-worst" })
            .with("money", short_money(step.cost - bought.plan.cost))
            .with("currency", &view.currency)
            .with("spares", short_money((bought.plan.after.estimate - step.remains).max(0.0))),
        None if bought.plan.limits.hours.is_some() => Words::of("portfolio-no-more-hours"),
        None => Words::of("portfolio-no-more"),
    };
    html! { p.muted { (said) } }
}

/// Return on investment and the bound of Gordon and Loeb, as checks and not as advice; and the proof to take along.
fn sanity(view: &PortfolioView, bought: &Bought, list: &ListAddress) -> Markup {
    let (before, after, cost) = (bought.plan.ale_before, bought.plan.ale_after, bought.plan.cost);
    let (gap, expected) = (bought.plan.gap(), bought.plan.limits.objective == Objective::Ale);
    let proof = Words::of(match (expected, gap >= 0.0005) {
        (true, false) => "portfolio-proof",
        (true, true) => "portfolio-proof-gap",
        (false, false) => "portfolio-proof-worst",
        (false, true) => "portfolio-proof-worst-gap",
    });
    let proof = proof.with("gap", percent(gap)).with("after", short_money(bought.plan.after.estimate));
    let check = match cost > 0.0 {
        true => Words::of("portfolio-check-return")
            .with("currency", &view.currency)
            .with("return", decimals((before - after) / cost, 2)),
        false => Words::of("portfolio-check"),
    };
    let check = check.with("limit", short_money(gordon_loeb_limit(before))).with("loss", short_money(before));
    let file = |name: &str| {
        let href = list.at(&format!("/risk/portfolio/{name}"));
        html! { a href=(safe(&href)) download { (name) } }
    };
    let files = Words::of("portfolio-files")
        .around("plan", file("plan.json"))
        .around("input", file("portfolio.toml"))
        .around("command", html! { code { "warrant risk verify-plan" } });
    html! { p.muted { (proof) " " (say("portfolio-together")) " " (check) " " (files) } }
}

fn fits(list: &ListAddress, candidate: &Candidate) -> bool {
    let state = list.get("show");
    let fits = match state {
        "chosen" => candidate.start.is_some(),
        "left" => candidate.start.is_none(),
        "must" => candidate.must,
        "planned" => candidate.item.is_some(),
        _ => true,
    };
    let text = format!("{} {}", candidate.title, candidate.system_name).to_lowercase();
    fits && list.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// To alternatives side by side, with the plan as one of them.
fn beside(list: &ListAddress, view: &PortfolioView, ask: &PortfolioAsk) -> Markup {
    let sets = list.get(compare::PARAMETER);
    let planned = ask.budget.first().filter(|_| ask.budget.len() == 1 && ask.objective == Objective::Ale);
    let href = match planned {
        Some(budget) => {
            let joined = if sets.is_empty() { String::new() } else { format!("{sets};") };
            format!("/risk/compare?sets={}", encoded(&format!("{joined}budget~{budget}")))
        }
        None => format!("/risk/compare?sets={}", encoded(sets)),
    };
    html! { @if !view.candidates.is_empty() { a.button href=(safe(&href)) { (say("portfolio-compare")) } } }
}

fn table(list: &ListAddress, view: &PortfolioView, (today, csrf): (Date, &str)) -> Table {
    let mut chosen: Vec<&Candidate> = view.candidates.iter().filter(|one| fits(list, one)).collect();
    let (column, descending) = list.sorted();
    match column {
        "title" => chosen.sort_by_key(|one| one.title.to_lowercase()),
        "system" => chosen.sort_by_key(|one| one.system_name.to_lowercase()),
        "cost" => chosen.sort_by(|a, b| a.cost.total_cmp(&b.cost)),
        "hours" => chosen.sort_by(|a, b| a.hours.1.total_cmp(&b.hours.1)),
        "spares" => chosen.sort_by(|a, b| a.spares.total_cmp(&b.spares)),
        "due" => chosen.sort_by_key(|one| one.due.unwrap_or(Date::MAX)),
        // Chosen ones first, in the order of what a unit of money spares.
        _ => chosen.sort_by_key(|one| one.start.is_none()),
    }
    if descending {
        chosen.reverse();
    }
    let total = chosen.len() as i64;
    let shown: Vec<_> = chosen.into_iter().skip(list.offset() as usize).take(PAGE as usize).collect();
    let sorted = |name, width, by: &str| list.column(&say(name), width, by);
    Table {
        id: "candidates".to_owned(),
        caption: say("portfolio-could"),
        action: "/risk/portfolio".to_owned(),
        keep: list.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        facets: vec![facet(list, view)],
        columns: vec![
            Column { title: say("column-severity"), ..Column::default() },
            sorted("portfolio-what", Width::Fill, "title"),
            sorted("column-system", Width::Fit, "system"),
            Column { title: say("portfolio-in-plan"), ..Column::default() },
            list.column(
                &Words::of("portfolio-cost").with("currency", &view.currency).said(),
                Width::Figures,
                "cost",
            ),
            sorted("column-hours", Width::Figures, "hours"),
            sorted("portfolio-spares", Width::Figures, "spares"),
            sorted("column-due", Width::Fit, "due"),
        ],
        rows: shown.iter().map(|one| row(list, view, one, today)).collect(),
        bulk: Some(Bulk {
            action: format!("/risk/compare?sets={}", encoded(list.get(compare::PARAMETER))),
            csrf: csrf.to_owned(),
            verbs: vec![Verb::new("compare", say("portfolio-compare-as")).on('c')],
            ..Bulk::default()
        }),
        pager: list.pager(shown.len(), total, i64::MAX),
        empty: Empty::of("portfolio-none-fit").first(list.with("show", "")),
        ..Table::default()
    }
}

fn facet(list: &ListAddress, view: &PortfolioView) -> Facet {
    let chip = |(value, title, count): (&str, &'static str, usize)| {
        let (chosen, href) = list.toggle("show", value);
        let told = count > 0 || chosen == Chosen::Yes;
        told.then(|| Chip { title: say(title), shape: None, count: count as u64, href, chosen })
    };
    let count = |wanted: fn(&Candidate) -> bool| view.candidates.iter().filter(|one| wanted(one)).count();
    let all = [
        ("chosen", "portfolio-show-chosen", count(|one| one.start.is_some())),
        (
            "left",
            "portfolio-show-left",
            if view.bought.is_some() { count(|one| one.start.is_none()) } else { 0 },
        ),
        ("must", "portfolio-show-must", count(|one| one.must)),
        ("planned", "portfolio-show-planned", count(|one| one.item.is_some())),
    ];
    Facet { title: say("button-show"), chips: all.into_iter().filter_map(chip).collect() }
}

fn row(list: &ListAddress, view: &PortfolioView, one: &Candidate, today: Date) -> Row {
    let (low, likely, high) = one.hours;
    let years = view.bought.as_ref().map_or(1, |bought| bought.plan.limits.years());
    Row {
        id: one.id.clone(),
        title: one.title.clone(),
        href: href(one),
        cells: vec![
            badge::severity(one.severity),
            html! {
                (one.title)
                @if one.item.is_some() { " " span.muted { "POA&M" } }
            },
            scenarios::system(&one.system, &one.system_name),
            html! {
                @match one.start {
                    Some(year) if years > 1 => (badge::state(&Words::of("portfolio-year").with("year", year).said(), badge::Progress::Done)),
                    Some(_) => (badge::state(&say("yes").to_lowercase(), badge::Progress::Done)),
                    None if view.bought.is_some() => span.muted { (say("no").to_lowercase()) },
                    None => span.muted { "–" },
                }
                @if one.must { " " span.muted { (say("portfolio-must-be")) } }
            },
            html! { (short_money(one.cost)) @if one.estimated { span.muted title=(say("portfolio-estimated")) { " ~" } } },
            html! { span title=(Words::of("owasp-to").with("from", decimals(low, 1)).with("to", decimals(high, 1)).said()) { (decimals(likely, 1)) } },
            html! { (short_money(one.spares)) },
            html! { @match one.due { Some(due) => span title=(when::distance(due, today)) { (due) }, None => span.muted { (say("none")) } } },
        ],
        actions: actions(list, one),
        ..Row::default()
    }
}

/// Where a candidate is looked at: its plan, or what closing its findings would do.
pub(super) fn href(one: &Candidate) -> String {
    match &one.item {
        Some(item) => record_href("poam_item", item),
        None => {
            let ids: Vec<_> = one.findings.iter().take(100).map(|id| encoded(id)).collect();
            format!("/risk/what-if?finding={}", ids.join("&finding="))
        }
    }
}

fn actions(list: &ListAddress, one: &Candidate) -> Vec<Action> {
    let mut ids = must(list);
    let verb = if ids.remove(&one.id) { "portfolio-need-not" } else { "portfolio-must" };
    if !one.must {
        ids.insert(one.id.clone());
    }
    let ids: Vec<_> = ids.into_iter().collect();
    let must = Action { verb: say(verb), href: list.with("must", &ids.join(".")), key: None };
    let plan = one.item.is_none().then(|| {
        let named: String =
            one.findings.iter().take(40).map(|id| format!("&findings={}", encoded(id))).collect();
        let href = format!(
            "/records/poam_item/new?system={}&title={}&severity={}&hours={:.1}{named}&next={}",
            encoded(&one.system),
            encoded(&one.title),
            one.severity.word(),
            one.hours.1,
            encoded(&list.with("page", ""))
        );
        Action { verb: say("portfolio-plan"), href, key: Some('p') }
    });
    plan.into_iter().chain([must]).collect()
}

fn footnotes(view: &PortfolioView) -> Markup {
    html! {
        p.muted {
            (Words::of("portfolio-note").with("hour", short_money(view.hour)).with("currency", &view.currency))
            @if view.without_worth > 0 { " " (Words::of("portfolio-note-worth").with("count", view.without_worth)) }
            @if view.beyond > 0 { " " (Words::of("portfolio-note-beyond").with("count", view.beyond)) }
        }
    }
}
