//! Five sentences: leave to operate, deficiencies, the worst of them, controls, plans.

use super::{MONTH, Overview, Queue};
use crate::list::ListAddress;
use crate::look::badge::severity_word;
use crate::look::figure::{percent, thousands};
use crate::look::link::safe;
use crate::look::when;
use crate::look::words::english_markup;
use crate::pages::deficiency;
use crate::pages::sources::record_href;
use crate::pages::systems::{Leave, Standing};
use crate::past;
use crate::words::Words;
use maud::{Markup, html};
use warrant_model::posture::ControlCounts;
use warrant_model::time::{day, micros, plus_days};
use warrant_service::query::DeficiencyRow;
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
    let all = Words::of("count-systems").with("count", view.systems.len());
    let of = |name| {
        Words::of(name)
            .with("day", day(view.now))
            .with("lapsing", lapsed)
            .with("never", without)
            .around("given", strong(given))
            .around("systems", by_leave(view, "", html! { (all) }))
            .around("lapsed", by_leave(view, "lapsed", strong(lapsed)))
            .around("without", by_leave(view, "none", strong(without)))
    };
    let Some((system, days)) = next(&view.systems) else { return html! { (of("overview-leave")) } };
    let href = past::href(&record_href("system", &system.row.id), view.as_of);
    html! { (of("overview-leave-next").with("days", days).around("next", html! { a href=(href) { (system.name()) } })) }
}

fn next(systems: &[Standing]) -> Option<(&Standing, i64)> {
    let ahead = |system: &Standing| match system.leave {
        Leave::Given(_, days) | Leave::EndsSoon(_, days) => Some(days),
        _ => None,
    };
    systems.iter().filter_map(|system| Some((system, ahead(system)?))).min_by_key(|(_, days)| *days)
}

/// The deficiency that ranks highest, where it is known.
fn worst(view: &Overview) -> Option<&DeficiencyRow> {
    match &view.queue {
        Queue::Now(figures) => figures.worst.as_ref(),
        Queue::Then(_) => None,
    }
}

/// The other four.
pub(super) fn others(view: &Overview) -> Markup {
    html! {
        div {
            p.lead { (deficiencies(view)) }
            @if let Some(worst) = worst(view) {
                p.lead {
                    @let title = english_markup(when::unbroken(&worst.deficiency.title));
                    (Words::of("overview-worst")
                        .with("severity", severity_word(worst.deficiency.severity).to_lowercase())
                        .around("worst", html! { a href=(safe(&deficiency::href(&worst.deficiency.id))) { (title) } })
                        .around("day", when::time(worst.deficiency.since)))
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
    let all = html! { (Words::of("overview-total").with("total", total).around("count", strong(total))) };
    let (name, by) = match then {
        None => ("overview-in-force", 0),
        Some(0) => ("overview-in-force-same", 0),
        Some(more) if more > 0 => ("overview-in-force-more", more),
        Some(fewer) => ("overview-in-force-fewer", -fewer),
    };
    let words = Words::of(name).with("now", if view.as_of.is_some() { "no" } else { "yes" });
    html! {
        (words.around("all", now_alone(view, "/", all)).around("severe", strong(severe)).around("by", strong(by)))
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
        return html! { (Words::of("overview-no-baseline").link("/systems")) };
    }
    let share = |count: u32| percent(f64::from(count) / f64::from(all));
    let newest = view.systems.iter().filter_map(|s| s.summary.as_ref()?.evidence_at).max();
    let met =
        Words::of("overview-controls-of").with("all", all).around("some", strong(counts.satisfied.into()));
    let unassessed = Words::of("overview-unassessed").with("share", share(counts.not_assessed));
    let stale = html! { (thousands(counts.stale.into())) };
    let of = |name| {
        Words::of(name)
            .with("share", share(counts.satisfied))
            .around("met", now_alone(view, "/controls?status=satisfied", html! { (met) }))
            .around("unjudged", now_alone(view, "/controls?status=not-assessed", html! { (unassessed) }))
            .around("stale", now_alone(view, "/controls?status=stale", stale.clone()))
    };
    html! {
        @match newest {
            Some(newest) => (of("overview-fresh-newest").around("day", when::time(newest))),
            None => (of("overview-fresh")),
        }
    }
}

fn plans(view: &Overview) -> Markup {
    match &view.queue {
        Queue::Now(figures) => html! {
            (Words::of("overview-plans")
                .with("late", figures.overdue)
                .with("days", MONTH)
                .around("planned", html! { a href="/?plan=planned" { (strong(figures.total - figures.unplanned)) } })
                .around("excepted", html! { a href="/?excepted=only" { (strong(figures.excepted)) } })
                .around("overdue", html! { a href="/?due=overdue" { (strong(figures.overdue)) } })
                .around("soon", strong(figures.due_soon)))
        },
        Queue::Then(then) => html! {
            @let items = Words::of("overview-items").with("items", then.items).around("count", strong(then.items));
            (Words::of("overview-plans-then")
                .around("excepted", strong(then.excepted))
                .around("items", html! { a href=(past::href("/poam", view.as_of)) { (items) } })
                .around("overdue", strong(then.overdue)))
        },
    }
}
