//! Five sentences: leave to operate, deficiencies, the worst of them, controls, plans.

use super::{MONTH, Overview};
use crate::look::figure::{percent, thousands};
use crate::look::link::safe;
use crate::look::when;
use crate::pages::deficiency;
use crate::pages::sources::record_href;
use crate::pages::systems::{Leave, Standing};
use maud::{Markup, html};
use warrant_model::posture::ControlCounts;
use warrant_model::time::{day, micros, plus_days};
use warrant_service::trend::TrendPoint;

fn strong(count: i64) -> Markup {
    html! { strong { (thousands(count)) } }
}

/// How many systems may operate, and which must be authorised next.
pub(super) fn authorisation(view: &Overview) -> Markup {
    let count = |wanted: fn(&Leave) -> bool| view.systems.iter().filter(|s| wanted(&s.leave)).count() as i64;
    let given = count(|leave| matches!(leave, Leave::Given(..) | Leave::EndsSoon(..) | Leave::Endless));
    let lapsed = count(|leave| matches!(leave, Leave::Lapsed(_)));
    let without = count(|leave| matches!(leave, Leave::None));
    html! {
        "On " (day(view.now)) " " (strong(given)) " of " a href="/systems" { (strong(view.systems.len() as i64)) " systems" } " may operate; "
        a href="/systems?leave=lapsed" { (strong(lapsed)) } @if lapsed == 1 { " runs" } @else { " run" } " on lapsed leave and "
        a href="/systems?leave=none" { (strong(without)) } @if without == 1 { " was" } @else { " were" } " never authorised"
        @if let Some((system, days)) = next(&view.systems) {
            "; next is " a href=(safe(&record_href("system", &system.row.id))) { (system.name()) } ", in " (days) @if days == 1 { " day" } @else { " days" }
        }
        "."
    }
}

fn next(systems: &[Standing]) -> Option<(&Standing, i64)> {
    let ahead = |system: &Standing| match system.leave {
        Leave::Given(_, days) | Leave::EndsSoon(_, days) => Some(days),
        _ => None,
    };
    systems.iter().filter_map(|system| Some((system, ahead(system)?))).min_by_key(|(_, days)| *days)
}

/// The other four.
pub(super) fn others(view: &Overview) -> Markup {
    html! {
        div {
            p.lead { (deficiencies(view)) }
            @if let Some(worst) = &view.figures.worst {
                p.lead {
                    "The worst is " a href=(safe(&deficiency::href(&worst.deficiency.id))) { (crate::look::when::unbroken(&worst.deficiency.title)) }
                    ", " (worst.deficiency.severity.word()) " since " (when::time(worst.deficiency.since)) "."
                }
            }
            p.lead { (controls(view)) }
            p.lead { (plans(view)) }
        }
    }
}

fn deficiencies(view: &Overview) -> Markup {
    let severe: i64 = view.trend.last().map_or(0, |point| i64::from(point.severe));
    let then = month_ago(view).map(|point| view.figures.total - i64::from(point.deficiencies));
    html! {
        a href="/" { (strong(view.figures.total)) " deficiencies" } " are in force, " (strong(severe)) " of them critical or high"
        @match then {
            Some(0) => ", as many as a month ago",
            Some(more) if more > 0 => { ", " (strong(more)) " more than a month ago" },
            Some(fewer) => { ", " (strong(-fewer)) " fewer than a month ago" },
            None => "",
        }
        "."
    }
}

/// The last point of the trend that lies a month or more back.
fn month_ago(view: &Overview) -> Option<&TrendPoint> {
    let then = micros(plus_days(view.now, -MONTH));
    view.trend.iter().rev().find(|point| point.day <= then)
}

/// Controls of all systems together.
fn counts(view: &Overview) -> ControlCounts {
    let summaries = view.systems.iter().filter_map(|system| system.summary.as_ref());
    summaries.fold(ControlCounts::default(), |sum, summary| ControlCounts {
        satisfied: sum.satisfied + summary.controls.satisfied,
        other_than_satisfied: sum.other_than_satisfied + summary.controls.other_than_satisfied,
        stale: sum.stale + summary.controls.stale,
        not_assessed: sum.not_assessed + summary.controls.not_assessed,
        not_applicable: sum.not_applicable + summary.controls.not_applicable,
    })
}

fn controls(view: &Overview) -> Markup {
    let counts = counts(view);
    let all = counts.applicable();
    if all == 0 {
        return html! { "No baseline is in force, so no control is judged: " a href="/systems" { "categorise the systems" } " first." };
    }
    let share = |count: u32| percent(f64::from(count) / f64::from(all));
    let newest = view.systems.iter().filter_map(|s| s.summary.as_ref()?.evidence_at).max();
    html! {
        "Fresh evidence shows " a href="/controls?status=satisfied" { (strong(counts.satisfied.into())) " of " (thousands(all.into())) " controls" }
        " to be met (" (share(counts.satisfied)) "); "
        a href="/controls?status=not-assessed" { (share(counts.not_assessed)) " are not assessed" } " and "
        a href="/controls?status=stale" { (thousands(counts.stale.into())) } " rest on evidence that has grown too old"
        @if let Some(newest) = newest { "; the newest evidence is of " (when::time(newest)) }
        "."
    }
}

fn plans(view: &Overview) -> Markup {
    let figures = &view.figures;
    html! {
        a href="/?plan=planned" { (strong(figures.total - figures.unplanned)) } " have a plan and "
        a href="/?excepted=only" { (strong(figures.excepted)) } " more are excepted; "
        a href="/?due=overdue" { (strong(figures.overdue)) } @if figures.overdue == 1 { " is" } @else { " are" } " overdue and "
        (strong(figures.due_soon)) " fall due within " (MONTH) " days"
        "."
    }
}
