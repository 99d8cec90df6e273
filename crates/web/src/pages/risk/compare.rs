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
use crate::words::{Words, say};
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
        Patient { app: &app, who: &who, headers: &headers, list: &list, title: &say("compare-title"), here };
    let view = match patient.wait(work).await? {
        Soon::Here(view) => view,
        Soon::Later(page) => return Ok(page),
    };
    let over = [Link::new(say("risk-title"), "/risk"), Link::new(say("risk-portfolio"), "/risk/portfolio")];
    let actions = html! {
        @if !view.alternatives.is_empty() { a.button href=(safe(&list.at("/risk/portfolio"))) { (say("compare-choose")) } }
    };
    let main = html! {
        (shell::heading(&over, say("compare-title"), lead(&view, &ask.sets), actions))
        @if view.now.is_none() || view.candidates == 0 {
            (empty(&Empty::of("alternatives-nothing").first("/risk/editor").second("/findings")))
        } @else {
            @if ask.sets.len() < MOST_SETS { (adding(&list, &view)) }
            @if view.alternatives.is_empty() {
                (empty(&Empty::of("alternatives-none").first(list.at("/risk/portfolio")).second("/records/budget_line")))
            } @else {
                (columns(&list, &view, &ask.sets))
                (section(&say("risk-known"), html! {}, deciding(&view, &ask.sets)))
                (section(&say("compare-leaves"), html! {}, left::open(&view, &ask.sets)))
                (section(&say("compare-years"), html! {}, html! {
                    div.columns.pair { @for (one, set) in view.alternatives.iter().zip(&ask.sets) { (left::curve(&view, one, set)) } }
                }))
                (section(&say("compare-does"), html! {}, left::doing(&view, &ask.sets)))
                (footnotes(&view))
            }
        }
    };
    Page::new(&say("compare-title"), Place::Programme, "/risk/portfolio")
        .in_the_chosen_language()
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
        SetOf::Budget(budget) => Words::of("compare-best-for").with("budget", short_money(*budget)).said(),
        SetOf::Initiative(_) | SetOf::Named { .. } => one.name.clone(),
    }
}

fn lead(view: &AlternativesView, sets: &[SetOf]) -> Markup {
    let Some(now) = &view.now else { return html! { (say("risk-not-in-force")) } };
    let least =
        view.alternatives.iter().zip(sets).min_by(|a, b| a.0.year.total.ale.total_cmp(&b.0.year.total.ale));
    let open = view
        .pairs
        .iter()
        .filter(|pair| pair.second.is_some() && pair.decision.answer == Choice::DoesNotDecide);
    let open = open.count();
    let year = html! { strong { (short_money(now.total.ale)) " " (view.currency) } };
    match least {
        None => html! { (Words::of("compare-lead-none").around("year", year)) },
        Some((one, set)) => {
            let lead = Words::of("compare-lead")
                .with("left", short_money(one.year.total.ale))
                .with("cost", short_money(one.cost.estimate))
                .around("year", year)
                .around("name", html! { strong { (name(one, set)) } });
            html! {
                (lead)
                @if open > 0 { " " (Words::of("compare-lead-open").with("count", open)) }
            }
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
                label { (say("compare-budget")) " " input type="text" inputmode="decimal" name="budget" placeholder="50000" size="10" required; }
                button { (say("button-add")) }
            }
            @if !view.initiatives.is_empty() {
                form.toolbar.asking action="/risk/compare" {
                    @for (name, value) in keep() { input type="hidden" name=(name) value=(value); }
                    label { (say("compare-initiative")) " " select name="initiative" {
                        @for initiative in &view.initiatives { option value=(initiative) { (initiative) } }
                    } }
                    button { (say("button-add")) }
                }
            }
        }
    }
}

/// A row of the comparison: what is told, of doing nothing, and of each alternative.
fn measured(title: String, nothing: Markup, of: Vec<Markup>) -> Row {
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
            say("compare-work"),
            html! { "0" },
            each(&|one| {
                html! {
                    (thousands(one.chosen.len() as i64))
                    @if !one.gone.is_empty() { " " span.muted { (Words::of("compare-gone").with("count", one.gone.len())) } }
                }
            }),
        ),
        measured(
            say("column-cost"),
            html! { "0" },
            each(&|one| {
                html! {
                    (short_money(one.cost.estimate))
                    @if one.cost.low < one.cost.high { " " span.muted { "(" (short_money(one.cost.low)) " – " (short_money(one.cost.high)) ")" } }
                }
            }),
        ),
        measured(
            say("compare-loss"),
            html! { (short_money(now.total.ale)) },
            each(&|one| html! { strong { (short_money(one.year.total.ale)) } }),
        ),
        measured(
            say("compare-spared"),
            dash(),
            each(&|one| html! { (short_money(now.total.ale - one.year.total.ale)) }),
        ),
        measured(say("compare-worst"), worst(now), each(&|one| worst(&one.year))),
        measured(
            say("column-hours"),
            html! { "0" },
            each(&|one| {
                html! {
                    (thousands(one.hours.values().sum::<f64>().round() as i64))
                    @if one.without_hours > 0 { " " span.muted { (Words::of("compare-no-hours").with("count", one.without_hours)) } }
                }
            }),
        ),
    ];
    let mut roles: Vec<&String> = view.alternatives.iter().flat_map(|one| one.hours.keys()).collect();
    roles.sort();
    roles.dedup();
    for role in roles {
        let title = match (role.as_str(), view.roles.get(role)) {
            ("", _) => say("compare-role-none"),
            (id, Some(name)) => Words::of("compare-role").with("role", format!("{name} ({id})")).said(),
            (id, None) => Words::of("compare-role").with("role", id).said(),
        };
        let of = |one: &Alternative| {
            html! {
                @match one.hours.get(role) { Some(hours) => (thousands(hours.round() as i64)), None => (dash()) }
            }
        };
        rows.push(measured(title, dash(), each(&of)));
    }
    let done = |met: usize| Words::of("calibration-of").with("part", met).with("all", view.obligations);
    rows.push(measured(
        say("compare-due"),
        html! { (done(0)) },
        each(&|one| {
            html! {
                (done(one.met))
            }
        }),
    ));
    let remove = (0..sets.len()).map(|nth| {
        let rest: Vec<SetOf> =
            sets.iter().enumerate().filter(|(at, _)| *at != nth).map(|(_, set)| set.clone()).collect();
        html! { a href=(safe(&at(list, &rest))) { (say("compare-take-away")) } }
    });
    rows.push(measured(say("moved-change"), html! {}, remove.collect()));
    let named =
        view.alternatives.iter().zip(sets).map(|(one, set)| Column::plain(&name(one, set), Width::Figures));
    let columns = [
        Column::plain(&Words::of("compare-amounts").with("currency", &view.currency).said(), Width::Fill),
        Column::plain(&say("compare-nothing-done"), Width::Figures),
    ];
    html! {
        (table(&Table {
            id: "alternatives".to_owned(),
            caption: say("compare-caption"),
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
                summary { (say("compare-call")) }
                @for (at, name) in named {
                    form.toolbar.asking action="/risk/compare" {
                        @for (name, value) in list.keep(&["rename", "name"]) { input type="hidden" name=(name) value=(value); }
                        input type="hidden" name="rename" value=(at + 1);
                        label { (Words::of("compare-name-of").with("name", name)) " " input type="text" name="name" value=(name) maxlength="60" required; }
                        button { (say("compare-rename")) }
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
    let better = |at: usize| Words::of("compare-better").with("name", called(at)).said();
    let titles = view.titles.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    let row = |pair: &warrant_service::risk::Pair| {
        let decision = &pair.decision;
        let other = pair.second.map_or_else(|| say("known-doing-nothing"), called);
        Row {
            cells: vec![
                html! { (Words::of("compare-against").with("first", called(pair.first)).with("second", other)) },
                html! { (short_money(decision.difference.estimate)) },
                html! { (short_money(decision.difference.low)) " – " (short_money(decision.difference.high)) },
                html! { (percent(decision.first_is_better)) },
                match decision.answer {
                    Choice::First => badge::state(&better(pair.first), Progress::Done),
                    Choice::Second => badge::state(
                        &pair.second.map_or_else(|| say("compare-nothing-better"), better),
                        Progress::Done,
                    ),
                    Choice::DoesNotDecide => badge::state(&say("does-not-decide"), Progress::Unknown),
                },
                measure(decision, &titles),
            ],
            ..Row::default()
        }
    };
    html! {
        (table(&Table {
            id: "pairs".to_owned(),
            caption: say("compare-pairs"),
            columns: vec![
                Column::plain(&say("compare-which"), Width::Fill),
                Column::plain(&Words::of("compare-by").with("currency", &view.currency).said(), Width::Figures),
                Column::plain("90 %", Width::Figures),
                Column::plain(&say("known-chance"), Width::Figures),
                Column::plain(&say("column-answer"), Width::Fit),
                Column::plain(&say("known-find-out"), Width::Fill),
            ],
            rows: view.pairs.iter().map(row).collect(),
            ..Table::default()
        }))
        p.muted {
            (say("compare-note"))
        }
    }
}

fn footnotes(view: &AlternativesView) -> Markup {
    html! {
        p.muted { (Words::of("compare-footnote").with("count", view.candidates)) }
    }
}
