//! Whether what is known decides a comparison, and what to find out first when it does not.

use super::tolerated::or_more;
use super::words;
use crate::language;
use crate::look::badge::{self, Progress};
use crate::look::figure::{percent, short_money, small_percent};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_service::risk::{
    Against, Bought, Choice, Judged, KnownView, MOST_BESIDE_OTHERS, PortfolioView, Telling, Tolerated,
    Verdict,
};

/// What is told of a list beside other things, at most.
pub(super) const MOST_TOLD: usize = 3;

/// Each point of a tolerance line under what is not known.
pub(super) fn points(view: &KnownView) -> Markup {
    if view.left_out {
        return html! {
            p { (Words::of("known-left-out").with("count", MOST_BESIDE_OTHERS).around("command", html! { code { "warrant risk known" } })) }
        };
    }
    let row = |point: &Tolerated| Row {
        cells: vec![
            html! { (or_more(point.tolerance.loss, &view.currency)) },
            html! { (small_percent(point.tolerance.probability)) },
            html! { (small_percent(point.found.low)) " – " (small_percent(point.found.high)) },
            html! { (percent(point.exceeds)) },
            words::verdict(point.verdict),
        ],
        ..Row::default()
    };
    html! {
        (table(&Table {
            id: "known".to_owned(),
            caption: say("known-caption"),
            columns: vec![
                Column::plain(&say("tolerated-year"), Width::Fit),
                Column::plain(&say("tolerated-may"), Width::Figures),
                Column::plain(&say("known-is"), Width::Figures),
                Column::plain(&say("known-too-much"), Width::Figures),
                Column::plain(&say("column-answer"), Width::Fill),
            ],
            rows: view.points.iter().map(row).collect(),
            ..Table::default()
        }))
        @let open: Vec<_> = view.points.iter().filter(|point| point.verdict == Verdict::DoesNotDecide).collect();
        @if !open.is_empty() {
            ul.reasons {
                @for point in open {
                    li { (Words::of("known-first").with("amount", short_money(point.tolerance.loss)).with("currency", &view.currency).around("what", first(view, point))) }
                }
            }
        }
        p.muted { (say("known-note")) }
    }
}

/// What settles a comparison, as the engine says it.
fn settles(what: &str) -> Markup {
    let what = html! { strong lang=[language::of_english()] { (what) } };
    html! { (Words::of("known-settles").around("what", what)) }
}

/// What to find out first, or what tells most.
fn first(view: &KnownView, point: &Tolerated) -> Markup {
    if let Some(what) = &point.measure_first {
        return settles(&view.said(what));
    }
    let mut most: Vec<&Telling> = point.telling.iter().filter(|one| one.explains >= 0.01).collect();
    most.sort_by(|a, b| b.explains.total_cmp(&a.explains));
    html! {
        @if most.is_empty() { span.muted { (say("known-nothing-tells")) } }
        @for (nth, one) in most.iter().take(MOST_TOLD).enumerate() {
            @if nth > 0 { "; " }
            (english(&view.said(&one.what))) " " span.muted { (Words::of("known-explains").with("share", percent(one.explains))) }
        }
    }
}

/// A plan beside doing nothing and beside spending less.
pub(super) fn against(view: &PortfolioView, bought: &Bought) -> Markup {
    let titles: BTreeMap<&str, &str> = bought
        .file
        .scenarios
        .iter()
        .map(|one| (one.id.as_str(), one.title.as_str()))
        .chain(bought.file.actions.iter().map(|one| (one.id.as_str(), one.title.as_str())))
        .collect();
    let row = |other: &Against| {
        let decision = &other.decision;
        Row {
            cells: vec![
                html! {
                    @if other.chosen == 0 { (say("known-doing-nothing")) }
                    @else { (Words::of("known-work-for").with("count", other.chosen).with("cost", short_money(other.cost))) }
                },
                html! { (short_money(decision.difference.estimate)) },
                html! { (short_money(decision.difference.low)) " – " (short_money(decision.difference.high)) },
                html! { (percent(decision.first_is_better)) },
                match decision.answer {
                    Choice::First => badge::state(&say("known-plan-better"), Progress::Done),
                    Choice::Second => badge::state(&say("known-plan-worse"), Progress::Failed),
                    Choice::DoesNotDecide => badge::state(&say("does-not-decide"), Progress::Unknown),
                },
                measure(&other.decision, &titles),
            ],
            ..Row::default()
        }
    };
    html! {
        (table(&Table {
            id: "against".to_owned(),
            caption: say("known-against-caption"),
            columns: vec![
                Column::plain(&say("known-against"), Width::Fit),
                Column::plain(&Words::of("known-better-by").with("currency", &view.currency).said(), Width::Figures),
                Column::plain("90 %", Width::Figures),
                Column::plain(&say("known-chance"), Width::Figures),
                Column::plain(&say("column-answer"), Width::Fit),
                Column::plain(&say("known-find-out"), Width::Fill),
            ],
            rows: bought.against.iter().map(row).collect(),
            ..Table::default()
        }))
        p.muted { (say("known-against-note")) }
    }
}

/// What to measure first, by the titles of what it is about.
pub(super) fn measure(decision: &Judged, titles: &BTreeMap<&str, &str>) -> Markup {
    if decision.answer != Choice::DoesNotDecide {
        return html! { span.muted { (say("known-decided")) } };
    }
    // ``rate of `id` `` with the title in the place of the id.
    let said = |what: &str| match what.split_once(" of `").map(|(word, id)| (word, id.trim_end_matches('`')))
    {
        Some((word, id)) => format!("{word} of “{}”", titles.get(id).copied().unwrap_or(id)),
        None => what.to_owned(),
    };
    html! {
        @match (&decision.measure_first, decision.measurements.first().filter(|one| one.worth > 0.0)) {
            (Some(what), _) => (settles(&said(what))),
            (None, Some(most)) => { (english(&said(&most.what))) " " span.muted { (Words::of("known-worth").with("worth", short_money(most.worth)).with("share", percent(most.settles))) } },
            (None, None) => span.muted { (say("known-nothing-tells")) },
        }
    }
}
