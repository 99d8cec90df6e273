//! The portfolio: what could be done about open findings, and the best of it that money and hours can buy.

use super::{compare, known, scenarios, scope};
use crate::error::{Answer, PageError};
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge;
use crate::look::chart::{Frontier, frontier};
use crate::look::empty::{Empty, empty};
use crate::look::figure::{percent, short_money, thousands};
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
use crate::words::Words;
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
    let amount =
        |name: &str, title: &str| match list.get(name).replace([' ', ',', '_', '\u{a0}'], "").as_str() {
            "" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(amount) if (0.0..=1e15).contains(&amount) => Ok(Some(amount)),
                _ => Err(PageError::Refused(
                    Words::of("error-no-amount").with("field", title).with("amount", list.get(name)),
                )),
            },
        };
    let years = list.get("years").parse::<usize>().unwrap_or(1).clamp(1, MOST_YEARS);
    let budget = amount("budget", "Budget")?;
    Ok(PortfolioAsk {
        scope: scope(list),
        budget: budget.map(|budget| vec![budget; years]).unwrap_or_default(),
        hours: amount("hours", "Hours")?,
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
    let patient = Patient { app: &app, who: &who, headers: &headers, list: &list, title: "Portfolio", here };
    let view = match patient.wait(work).await? {
        Soon::Here(view) => view,
        Soon::Later(page) => return Ok(page),
    };
    let today = day(app.service.now());
    let over = [Link::new("Risk", "/risk")];
    let main = html! {
        (shell::heading(&over, "Portfolio", lead(&view, &ask), beside(&list, &view, &ask)))
        @if view.candidates.is_empty() {
            (empty(&Empty::of("portfolio-none").first("/risk").second("/findings")))
        } @else {
            (asking(&list, &ask))
            @if let Some(bought) = &view.bought { (pictures(&view, bought, &ask)) (section("Does what is known decide?", html! {}, known::against(&view, bought))) (sanity(&view, bought, &list)) }
            (section("What could be done", html! { (thousands(view.candidates.len() as i64)) }, crate::look::table::table(&table(&list, &view, (today, &who.csrf)))))
            (footnotes(&view))
        }
    };
    Page::new("Portfolio", Place::Programme, "/risk/portfolio").with(&app, &who, main).await
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
    let count = view.candidates.len() as i64;
    html! {
        @match &view.bought {
            None => {
                (thousands(count)) " pieces of work would make a year cheaper, which is to cost "
                strong { (short_money(view.year)) " " (view.currency) } " as things stand. Say what can be spent to see what to do first."
            },
            Some(bought) => {
                strong { (thousands(bought.plan.chosen.len() as i64)) " of " (thousands(count)) } " pieces of work for "
                strong { (short_money(bought.plan.cost)) " " (view.currency) } " and " (thousands(bought.plan.hours.round() as i64)) " hours"
                @if ask.budget.len() > 1 { " over " (ask.budget.len()) " years" }
                " bring a year from " (short_money(view.year)) " down to " strong { (short_money(bought.year_after)) }
                "."
            },
        }
    }
}

/// The limits, as a form.
fn asking(list: &ListAddress, ask: &PortfolioAsk) -> Markup {
    let years = ask.budget.len().max(1);
    html! {
        form.toolbar.asking action="/risk/portfolio" {
            @for (name, value) in list.keep(&["budget", "hours", "years", "lessen", "page"]) { input type="hidden" name=(name) value=(value); }
            label { "Money a year" input type="text" inputmode="decimal" name="budget" value=(list.get("budget")) placeholder="50000" size="10" required; }
            label { "Hours a year" input type="text" inputmode="decimal" name="hours" value=(list.get("hours")) placeholder="any" size="7"; }
            label { "Years" select name="years" { @for n in 1..=MOST_YEARS { option value=(n) selected[n == years] { (n) } } } }
            label { "Lessen" select name="lessen" {
                option value="" selected[ask.objective == Objective::Ale] { "the expected loss" }
                option value="worst" selected[ask.objective != Objective::Ale] { "the worst year in twenty" }
            } }
            button.primary { "Plan" }
        }
    }
}

fn pictures(view: &PortfolioView, bought: &Bought, ask: &PortfolioAsk) -> Markup {
    let years = ask.budget.len().max(1);
    let said = |chosen: usize| format!("{chosen} done");
    let none = (0.0, bought.plan.before.estimate, "nothing done".to_owned());
    let what = match ask.objective {
        Objective::Ale => "Loss",
        Objective::Tvar(_) => "Mean of the worst year in twenty",
    };
    let steps = bought.frontier.iter().map(|step| (step.cost, step.remains, said(step.chosen)));
    let over = if years > 1 { format!(" over {years} years") } else { String::new() };
    let drawn = Frontier {
        title: format!("{what} that remains for what is spent{over}, {}", view.currency),
        currency: view.currency.clone(),
        points: std::iter::once(none).chain(steps).collect(),
        here: Some((bought.plan.cost, bought.plan.after.estimate)),
    };
    let curve =
        super::beside("A year with the plan done", &view.currency, &bought.now, &bought.then, "Planned");
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
    html! {
        @match more {
            Some(step) => p.muted {
                "The next " (short_money(step.cost - bought.plan.cost)) " " (view.currency) " would spare another "
                (short_money((bought.plan.after.estimate - step.remains).max(0.0)))
                @if bought.plan.limits.objective != Objective::Ale { " in such a year" }
                "."
            },
            None => p.muted { "More money buys nothing more" @if bought.plan.limits.hours.is_some() { " within these hours" } "." },
        }
    }
}

/// Return on investment and the bound of Gordon and Loeb, as checks and not as advice; and the proof to take along.
fn sanity(view: &PortfolioView, bought: &Bought, list: &ListAddress) -> Markup {
    let (before, after, cost) = (bought.plan.ale_before, bought.plan.ale_after, bought.plan.cost);
    html! {
        p.muted {
            "Where effects multiply, no other choice within these limits leaves "
            @if bought.plan.gap() >= 0.0005 { (percent(bought.plan.gap())) " less" } @else { "less" }
            " than the "
            (short_money(bought.plan.after.estimate))
            @if bought.plan.limits.objective != Objective::Ale { " that the worst year in twenty costs on average with" } @else { " of" }
            " this plan: that is proved. Findings on one target help more together than apart, so the year above was computed anew with all of them closed. "
            "For a check, not as advice: "
            @if cost > 0.0 { "each " (view.currency) " spent spares " (format!("{:.2}", (before - after) / cost)) " in the years planned; " }
            "Gordon and Loeb would not spend more than " (short_money(gordon_loeb_limit(before))) " on a loss of " (short_money(before)) ". "
            "Proof: " a href=(safe(&list.at("/risk/portfolio/plan.json"))) download { "plan.json" } " and "
            a href=(safe(&list.at("/risk/portfolio/portfolio.toml"))) download { "portfolio.toml" } ", for "
            code { "warrant risk verify-plan" } "."
        }
    }
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
    html! { @if !view.candidates.is_empty() { a.button href=(safe(&href)) { "Compare alternatives" } } }
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
    let sorted = |title: &str, width, by: &str| list.column(title, width, by);
    Table {
        id: "candidates".to_owned(),
        caption: "What could be done".to_owned(),
        action: "/risk/portfolio".to_owned(),
        keep: list.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        facets: vec![facet(list, view)],
        columns: vec![
            Column { title: "Severity".to_owned(), ..Column::default() },
            sorted("What is done", Width::Fill, "title"),
            sorted("System", Width::Fit, "system"),
            Column { title: "In the plan".to_owned(), ..Column::default() },
            sorted(&format!("Cost, {}", view.currency), Width::Figures, "cost"),
            sorted("Hours", Width::Figures, "hours"),
            sorted("Spares a year", Width::Figures, "spares"),
            sorted("Due", Width::Fit, "due"),
        ],
        rows: shown.iter().map(|one| row(list, view, one, today)).collect(),
        bulk: Some(Bulk {
            action: format!("/risk/compare?sets={}", encoded(list.get(compare::PARAMETER))),
            csrf: csrf.to_owned(),
            verbs: vec![Verb::new("compare", "Compare as an alternative").on('c')],
            ..Bulk::default()
        }),
        pager: list.pager(shown.len(), total, i64::MAX),
        empty: Empty::of("portfolio-none-fit").first(list.with("show", "")),
        ..Table::default()
    }
}

fn facet(list: &ListAddress, view: &PortfolioView) -> Facet {
    let chip = |(value, title, count): (&str, &str, usize)| {
        let (chosen, href) = list.toggle("show", value);
        let told = count > 0 || chosen == Chosen::Yes;
        told.then(|| Chip { title: title.to_owned(), shape: None, count: count as u64, href, chosen })
    };
    let count = |wanted: fn(&Candidate) -> bool| view.candidates.iter().filter(|one| wanted(one)).count();
    let all = [
        ("chosen", "in the plan", count(|one| one.start.is_some())),
        ("left", "left out", if view.bought.is_some() { count(|one| one.start.is_none()) } else { 0 }),
        ("must", "must be done", count(|one| one.must)),
        ("planned", "in the POA&M", count(|one| one.item.is_some())),
    ];
    Facet { title: "Show".to_owned(), chips: all.into_iter().filter_map(chip).collect() }
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
                    Some(year) if years > 1 => (badge::state(&format!("year {year}"), badge::Progress::Done)),
                    Some(_) => (badge::state("yes", badge::Progress::Done)),
                    None if view.bought.is_some() => span.muted { "no" },
                    None => span.muted { "–" },
                }
                @if one.must { " " span.muted { "must" } }
            },
            html! { (short_money(one.cost)) @if one.estimated { span.muted title="estimated from its targets" { " ~" } } },
            html! { span title=(format!("{low:.1} to {high:.1}")) { (format!("{likely:.1}")) } },
            html! { (short_money(one.spares)) },
            html! { @match one.due { Some(due) => span title=(when::distance(due, today)) { (due) }, None => span.muted { "none" } } },
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
    let verb = if ids.remove(&one.id) { "Need not" } else { "Must" };
    if !one.must {
        ids.insert(one.id.clone());
    }
    let ids: Vec<_> = ids.into_iter().collect();
    let must = Action { verb: verb.to_owned(), href: list.with("must", &ids.join(".")), key: None };
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
        Action { verb: "Plan".to_owned(), href, key: Some('p') }
    });
    plan.into_iter().chain([must]).collect()
}

fn footnotes(view: &PortfolioView) -> Markup {
    html! {
        p.muted {
            "“Spares a year” is for each piece of work alone; the plan takes them together. Hours are those of POA&M items, else estimated from the number of targets; an hour costs "
            (short_money(view.hour)) " " (view.currency) "."
            @if view.without_worth > 0 { " " (thousands(view.without_worth as i64)) " more pieces of work spare nothing that is priced: their findings bear on no control of a scenario in force." }
            @if view.beyond > 0 { " " (thousands(view.beyond as i64)) " with the least worth for their money were not put to the engine." }
        }
    }
}
