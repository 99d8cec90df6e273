//! Alternatives side by side: sets of work, each in a column, and whether what is known decides between them.

mod left;
mod sets;

use super::known::measure;
use super::scope;
use crate::error::Answer;
use crate::file;
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::badge::{self, Progress};
use crate::look::empty::{Empty, empty};
use crate::look::figure::{percent, short_money, thousands};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::page::Page;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::waiting::{Patient, Soon};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use warrant_service::risk::{
    Alternative, AlternativesAsk, AlternativesView, Choice, MOST_SETS, Report, SetOf,
};
use warrant_service::tables::TableFormat;

pub(super) use sets::PARAMETER;

/// The page of an address with these sets; the other parameters stay.
fn at(list: &ListAddress, sets: &[SetOf]) -> String {
    let whole = ListAddress::parse(&list.at("/risk/compare"));
    ["initiative", "budget", "rename", "name"]
        .iter()
        .fold(whole, |list, name| list.without(name))
        .with(PARAMETER, &sets::written(sets))
}

pub(super) async fn page(State(app): State<App>, who: Who, list: ListAddress, headers: HeaderMap) -> Answer {
    let before = sets::read(&list)?;
    let sets = sets::changed(&list, before.clone())?;
    if sets != before || !list.get("rename").is_empty() {
        return Ok(Redirect::to(&at(&list, &sets)).into_response());
    }
    let ask = AlternativesAsk { scope: scope(&list), sets };
    let (service, actor, asked) = (app.service.clone(), who.actor.clone(), ask.clone());
    let work = async move { service.alternatives(&actor, &asked).await };
    let here = "/risk/portfolio";
    let patient =
        Patient { app: &app, who: &who, headers: &headers, list: &list, title: "Alternatives", here };
    let view = match patient.wait(work).await? {
        Soon::Here(view) => view,
        Soon::Later(page) => return Ok(page),
    };
    let over = [Link::new("Risk", "/risk"), Link::new("Portfolio", "/risk/portfolio")];
    let actions = html! {
        @if !view.alternatives.is_empty() { a.button href=(safe(&list.at("/risk/portfolio"))) { "Choose more work" } }
    };
    let main = html! {
        (shell::heading(&over, "Alternatives", lead(&view, &ask.sets), actions))
        @if view.now.is_none() || view.candidates == 0 {
            (empty(&Empty::of("alternatives-nothing").first("/risk/editor").second("/findings")))
        } @else {
            @if ask.sets.len() < MOST_SETS { (adding(&list, &view)) }
            @if view.alternatives.is_empty() {
                (empty(&Empty::of("alternatives-none").first(list.at("/risk/portfolio")).second("/records/budget_line")))
            } @else {
                (columns(&list, &view, &ask.sets))
                (section("Does what is known decide?", html! {}, deciding(&view, &ask.sets)))
                (section("What each leaves open", html! {}, left::open(&view, &ask.sets)))
                (section("A year with each", html! {}, html! {
                    div.columns.pair { @for (one, set) in view.alternatives.iter().zip(&ask.sets) { (left::curve(&view, one, set)) } }
                }))
                (section("What each does", html! {}, left::doing(&view, &ask.sets)))
                (footnotes(&view))
            }
        }
    };
    Page::new("Alternatives", Place::Programme, "/risk/portfolio")
        .guided_by("/risk/compare")
        .with(&app, &who, main)
        .await
}

/// Takes the rows that were selected in the portfolio as one more set.
pub(super) async fn post(list: ListAddress, posted: Posted) -> Answer {
    let sets = sets::with_rows(sets::read(&list)?, posted.all("row"))?;
    Ok(Redirect::to(&at(&list, &sets)).into_response())
}

pub(super) async fn csv(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Csv).await
}

pub(super) async fn xlsx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, list: &ListAddress, format: TableFormat) -> Answer {
    let ask = AlternativesAsk { scope: scope(list), sets: sets::read(list)? };
    let view = app.service.alternatives(&who.actor, &ask).await?;
    let table = app.service.alternatives_table(&view);
    Ok(file::table("alternatives", format, app.service.written(&table, format)?))
}

/// What a set is called on the page.
fn name(one: &Alternative, set: &SetOf) -> String {
    match set {
        SetOf::Budget(budget) => format!("Best for {}", short_money(*budget)),
        SetOf::Initiative(_) | SetOf::Named { .. } => one.name.clone(),
    }
}

fn lead(view: &AlternativesView, sets: &[SetOf]) -> Markup {
    let Some(now) = &view.now else { return html! { "No risk scenario is in force yet." } };
    let least =
        view.alternatives.iter().zip(sets).min_by(|a, b| a.0.year.total.ale.total_cmp(&b.0.year.total.ale));
    let open = view
        .pairs
        .iter()
        .filter(|pair| pair.second.is_some() && pair.decision.answer == Choice::DoesNotDecide);
    let open = open.count();
    html! {
        "A year is expected to cost " strong { (short_money(now.total.ale)) " " (view.currency) } " as things stand"
        @match least {
            None => ". Name sets of work to see them side by side.",
            Some((one, set)) => {
                "; " strong { (name(one, set)) } " leaves least, " (short_money(one.year.total.ale)) ", for "
                (short_money(one.cost.estimate)) "."
                @if open > 0 { " For " strong { (open) } @if open == 1 { " pair" } @else { " pairs" } " what is known does not decide which is better." }
            },
        }
    }
}

/// Ways to add a set.
fn adding(list: &ListAddress, view: &AlternativesView) -> Markup {
    let keep = || list.keep(&["initiative", "budget"]);
    html! {
        div.toolbar {
            form.toolbar.asking action="/risk/compare" {
                @for (name, value) in keep() { input type="hidden" name=(name) value=(value); }
                label { "What money buys best" input type="text" inputmode="decimal" name="budget" placeholder="50000" size="10" required; }
                button { "Add" }
            }
            @if !view.initiatives.is_empty() {
                form.toolbar.asking action="/risk/compare" {
                    @for (name, value) in keep() { input type="hidden" name=(name) value=(value); }
                    label { "Initiative" select name="initiative" {
                        @for initiative in &view.initiatives { option value=(initiative) { (initiative) } }
                    } }
                    button { "Add" }
                }
            }
        }
    }
}

/// A row of the comparison: what is told, of doing nothing, and of each alternative.
fn measured(title: &str, nothing: Markup, of: Vec<Markup>) -> Row {
    Row { cells: [html! { (title) }, nothing].into_iter().chain(of).collect(), ..Row::default() }
}

/// The mean of the worst year in twenty, with its bracket where it can be told from it.
fn worst(report: &Report) -> Markup {
    let level = report.total.levels.iter().find(|level| level.level >= 0.95);
    let told = level.map(|level| [level.tvar.low, level.tvar.estimate, level.tvar.high].map(short_money));
    html! {
        @if let Some([low, middle, high]) = told {
            (middle)
            @if low != high { " " span.muted { "(" (low) " – " (high) ")" } }
        }
    }
}

fn columns(list: &ListAddress, view: &AlternativesView, sets: &[SetOf]) -> Markup {
    let Some(now) = &view.now else { return html! {} };
    let each = |of: &dyn Fn(&Alternative) -> Markup| view.alternatives.iter().map(of).collect::<Vec<_>>();
    let dash = || html! { span.muted { "–" } };
    let mut rows = vec![
        measured(
            "Pieces of work",
            html! { "0" },
            each(&|one| {
                html! {
                    (thousands(one.chosen.len() as i64))
                    @if !one.gone.is_empty() { " " span.muted { "(" (one.gone.len()) " more named close nothing that is open)" } }
                }
            }),
        ),
        measured(
            "Cost",
            html! { "0" },
            each(&|one| {
                html! {
                    (short_money(one.cost.estimate))
                    @if one.cost.low < one.cost.high { " " span.muted { "(" (short_money(one.cost.low)) " – " (short_money(one.cost.high)) ")" } }
                }
            }),
        ),
        measured(
            "Expected loss of a year",
            html! { (short_money(now.total.ale)) },
            each(&|one| html! { strong { (short_money(one.year.total.ale)) } }),
        ),
        measured(
            "Spared a year",
            dash(),
            each(&|one| html! { (short_money(now.total.ale - one.year.total.ale)) }),
        ),
        measured("One year in twenty, on average", worst(now), each(&|one| worst(&one.year))),
        measured(
            "Hours",
            html! { "0" },
            each(&|one| {
                html! {
                    (thousands(one.hours.values().sum::<f64>().round() as i64))
                    @if one.without_hours > 0 { " " span.muted { "(" (one.without_hours) " state no hours)" } }
                }
            }),
        ),
    ];
    let mut roles: Vec<&String> = view.alternatives.iter().flat_map(|one| one.hours.keys()).collect();
    roles.sort();
    roles.dedup();
    for role in roles {
        let title = match (role.as_str(), view.roles.get(role)) {
            ("", _) => "… of a role nobody told".to_owned(),
            (id, Some(name)) => format!("… {name} ({id})"),
            (id, None) => format!("… {id}"),
        };
        let of = |one: &Alternative| {
            html! {
                @match one.hours.get(role) { Some(hours) => (thousands(hours.round() as i64)), None => (dash()) }
            }
        };
        rows.push(measured(&title, dash(), each(&of)));
    }
    rows.push(measured(
        "Due within a year, done",
        html! { "0 of " (thousands(view.obligations as i64)) },
        each(&|one| {
            html! {
                (thousands(one.met as i64)) " of " (thousands(view.obligations as i64))
            }
        }),
    ));
    let remove = (0..sets.len()).map(|nth| {
        let rest: Vec<SetOf> =
            sets.iter().enumerate().filter(|(at, _)| *at != nth).map(|(_, set)| set.clone()).collect();
        html! { a href=(safe(&at(list, &rest))) { "Take away" } }
    });
    rows.push(measured("Change", html! {}, remove.collect()));
    let named =
        view.alternatives.iter().zip(sets).map(|(one, set)| Column::plain(&name(one, set), Width::Figures));
    let columns = [
        Column::plain(&format!("Amounts in {}", view.currency), Width::Fill),
        Column::plain("Nothing done", Width::Figures),
    ];
    html! {
        (table(&Table {
            id: "alternatives".to_owned(),
            caption: "Alternatives side by side".to_owned(),
            columns: columns.into_iter().chain(named).collect(),
            rows,
            exports: list.exports("/risk/compare"),
            ..Table::default()
        }))
        (renaming(list, sets))
    }
}

/// Sets that were chosen by hand can be called otherwise.
fn renaming(list: &ListAddress, sets: &[SetOf]) -> Markup {
    let named: Vec<(usize, &String)> = sets
        .iter()
        .enumerate()
        .filter_map(|(at, set)| match set {
            SetOf::Named { name, .. } => Some((at, name)),
            SetOf::Budget(_) | SetOf::Initiative(_) => None,
        })
        .collect();
    html! {
        @if !named.is_empty() {
            details {
                summary { "Call them otherwise" }
                @for (at, name) in named {
                    form.toolbar.asking action="/risk/compare" {
                        @for (name, value) in list.keep(&["rename", "name"]) { input type="hidden" name=(name) value=(value); }
                        input type="hidden" name="rename" value=(at + 1);
                        label { "Name of “" (name) "”" input type="text" name="name" value=(name) maxlength="60" required; }
                        button { "Rename" }
                    }
                }
            }
        }
    }
}

fn deciding(view: &AlternativesView, sets: &[SetOf]) -> Markup {
    let called = |at: usize| {
        view.alternatives.get(at).zip(sets.get(at)).map_or_else(String::new, |(one, set)| name(one, set))
    };
    let titles = view.titles.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    let row = |pair: &warrant_service::risk::Pair| {
        let decision = &pair.decision;
        let other = pair.second.map_or_else(|| "doing nothing".to_owned(), called);
        Row {
            cells: vec![
                html! { (called(pair.first)) " against " (other) },
                html! { (short_money(decision.difference.estimate)) },
                html! { (short_money(decision.difference.low)) " – " (short_money(decision.difference.high)) },
                html! { (percent(decision.first_is_better)) },
                match decision.answer {
                    Choice::First => {
                        badge::state(&format!("{} is better", called(pair.first)), Progress::Done)
                    }
                    Choice::Second => badge::state(
                        &format!("{} is better", pair.second.map_or_else(|| "nothing".to_owned(), called)),
                        Progress::Done,
                    ),
                    Choice::DoesNotDecide => badge::state("does not decide", Progress::Unknown),
                },
                measure(decision, &titles),
            ],
            ..Row::default()
        }
    };
    html! {
        (table(&Table {
            id: "pairs".to_owned(),
            caption: "Alternatives two by two".to_owned(),
            columns: vec![
                Column::plain("Which is better", Width::Fill),
                Column::plain(&format!("by, {} a year", view.currency), Width::Figures),
                Column::plain("90 %", Width::Figures),
                Column::plain("Chance", Width::Figures),
                Column::plain("Answer", Width::Fit),
                Column::plain("What to find out first", Width::Fill),
            ],
            rows: view.pairs.iter().map(row).collect(),
            ..Table::default()
        }))
        p.muted {
            "Loss prevented in a year, less cost. Not known are how often scenarios are tried and how many hours unplanned work takes. Where the 90 % reach over nothing, what is known does not decide; losses of later years are not counted."
        }
    }
}

fn footnotes(view: &AlternativesView) -> Markup {
    html! {
        p.muted {
            "Each year was computed anew with all findings of its work closed at once; the brackets bound the calculation. Costs are summed at their least and at their most. Due within a year is what a plan or the policy wants done by then, of "
            (thousands(view.candidates as i64)) " pieces of work in all."
        }
    }
}
