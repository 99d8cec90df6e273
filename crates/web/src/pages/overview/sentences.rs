//! Five sentences: leave to operate, deficiencies, the worst of them, controls, plans.

use super::{MONTH, Overview, Queue};
use crate::list::ListAddress;
use crate::look::figure::{percent, thousands};
use crate::look::link::safe;
use crate::look::when;
use crate::pages::deficiency;
use crate::pages::sources::record_href;
use crate::pages::systems::{Leave, Standing};
use crate::past;
use maud::{Markup, html};
use warrant_model::posture::ControlCounts;
use warrant_model::time::{day, micros, plus_days};
use warrant_service::queue::QueueFigures;
use warrant_service::trend::TrendPoint;

fn strong(count: i64) -> Markup {
    html! { strong { (thousands(count)) } }
}

/// A link to what is shown of the present alone: of a past day its words remain.
fn now_alone(view: &Overview, href: &str, words: Markup) -> Markup {
    html! { @if view.as_of.is_none() { a href=(safe(href)) { (words) } } @else { (words) } }
}

/// The list of systems of the same day, narrowed to a kind of leave.
fn by_leave(view: &Overview, leave: &str, words: Markup) -> Markup {
    let list = ListAddress::parse(&past::href("/systems", view.as_of));
    html! { a href=(list.with("leave", leave)) { (words) } }
}

/// How many systems may operate, and which must be authorised next.
pub(super) fn authorisation(view: &Overview) -> Markup {
    let count = |wanted: fn(&Leave) -> bool| view.systems.iter().filter(|s| wanted(&s.leave)).count() as i64;
    let given = count(|leave| matches!(leave, Leave::Given(..) | Leave::EndsSoon(..) | Leave::Endless));
    let lapsed = count(|leave| matches!(leave, Leave::Lapsed(_)));
    let without = count(|leave| matches!(leave, Leave::None));
    html! {
        "On " (day(view.now)) " " (strong(given)) " of " (by_leave(view, "", html! { (strong(view.systems.len() as i64)) " systems" })) " may operate; "
        (by_leave(view, "lapsed", strong(lapsed))) @if lapsed == 1 { " runs" } @else { " run" } " on lapsed leave and "
        (by_leave(view, "none", strong(without))) @if without == 1 { " was" } @else { " were" } " never authorised"
        @if let Some((system, days)) = next(&view.systems) {
            "; next is " a href=(past::href(&record_href("system", &system.row.id), view.as_of)) { (system.name()) } ", in " (days) @if days == 1 { " day" } @else { " days" }
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
            @if let Queue::Now(QueueFigures { worst: Some(worst), .. }) = &view.queue {
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
    let total = view.queue.total();
    let then = month_ago(view).map(|point| total - i64::from(point.deficiencies));
    html! {
        (now_alone(view, "/", html! { (strong(total)) " deficiencies" })) @if view.as_of.is_some() { " were" } @else { " are" } " in force, " (strong(severe)) " of them critical or high"
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
        "Fresh evidence shows " (now_alone(view, "/controls?status=satisfied", html! { (strong(counts.satisfied.into())) " of " (thousands(all.into())) " controls" }))
        " to be met (" (share(counts.satisfied)) "); "
        (now_alone(view, "/controls?status=not-assessed", html! { (share(counts.not_assessed)) " are not assessed" })) " and "
        (now_alone(view, "/controls?status=stale", html! { (thousands(counts.stale.into())) })) " rest on evidence that has grown too old"
        @if let Some(newest) = newest { "; the newest evidence is of " (when::time(newest)) }
        "."
    }
}

fn plans(view: &Overview) -> Markup {
    match &view.queue {
        Queue::Now(figures) => html! {
            a href="/?plan=planned" { (strong(figures.total - figures.unplanned)) } " have a plan and "
            a href="/?excepted=only" { (strong(figures.excepted)) } " more are excepted; "
            a href="/?due=overdue" { (strong(figures.overdue)) } @if figures.overdue == 1 { " is" } @else { " are" } " overdue and "
            (strong(figures.due_soon)) " fall due within " (MONTH) " days"
            "."
        },
        Queue::Then(then) => html! {
            (strong(then.excepted)) " more were excepted; "
            a href=(past::href("/poam", view.as_of)) { (strong(then.items)) @if then.items == 1 { " POA&M item" } @else { " POA&M items" } }
            " asked for work, " (strong(then.overdue)) " of them overdue. Which deficiency was the worst and which had a plan is not known of a past day."
        },
    }
}
