//! Whether what is known decides a comparison, and what to find out first when it does not.

use crate::look::badge::{self, Progress};
use crate::look::figure::{percent, short_money, small_percent};
use crate::look::table::{Column, Row, Table, Width, table};
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
            p { "Not answered here: with more than " (MOST_BESIDE_OTHERS) " scenarios in force it takes longer than a page may. " code { "warrant risk known" } " answers it." }
        };
    }
    let row = |point: &Tolerated| Row {
        cells: vec![
            html! { (short_money(point.tolerance.loss)) " " (view.currency) " or more" },
            html! { (small_percent(point.tolerance.probability)) },
            html! { (small_percent(point.found.low)) " – " (small_percent(point.found.high)) },
            html! { (percent(point.exceeds)) },
            match point.verdict {
                Verdict::Within => badge::state("within", Progress::Done),
                Verdict::Exceeds => badge::state("more than is tolerated", Progress::Failed),
                Verdict::DoesNotDecide => badge::state("does not decide", Progress::Unknown),
            },
        ],
        ..Row::default()
    };
    html! {
        (table(&Table {
            id: "known".to_owned(),
            caption: "What is tolerated under what is not known".to_owned(),
            columns: vec![
                Column::plain("A year that costs", Width::Fit),
                Column::plain("may be this likely", Width::Figures),
                Column::plain("is this likely (90 %)", Width::Figures),
                Column::plain("Chance of too much", Width::Figures),
                Column::plain("Answer", Width::Fill),
            ],
            rows: view.points.iter().map(row).collect(),
            ..Table::default()
        }))
        @let open: Vec<_> = view.points.iter().filter(|point| point.verdict == Verdict::DoesNotDecide).collect();
        @if !open.is_empty() {
            ul.reasons {
                @for point in open {
                    li { "To decide about " (short_money(point.tolerance.loss)) " " (view.currency) ", find out first: " (first(view, point)) }
                }
            }
        }
        p.muted {
            "Here rates with a range and what each control stops are drawn from all that they may be. An answer that is not the same over 90 % of it does not decide; then what to measure is named that would settle it in nine of ten cases, or else what tells most."
        }
    }
}

/// What to find out first, or what tells most.
fn first(view: &KnownView, point: &Tolerated) -> Markup {
    if let Some(what) = &point.measure_first {
        return html! { strong { (view.said(what)) } ": settles it in nine of ten cases" };
    }
    let mut most: Vec<&Telling> = point.telling.iter().filter(|one| one.explains >= 0.01).collect();
    most.sort_by(|a, b| b.explains.total_cmp(&a.explains));
    html! {
        @if most.is_empty() { span.muted { "no single measurement tells much" } }
        @for (nth, one) in most.iter().take(MOST_TOLD).enumerate() {
            @if nth > 0 { "; " }
            (view.said(&one.what)) " " span.muted { "(" (percent(one.explains)) " of the doubt)" }
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
                    @if other.chosen == 0 { "doing nothing" }
                    @else { (other.chosen) " pieces of work for " (short_money(other.cost)) }
                },
                html! { (short_money(decision.difference.estimate)) },
                html! { (short_money(decision.difference.low)) " – " (short_money(decision.difference.high)) },
                html! { (percent(decision.first_is_better)) },
                match decision.answer {
                    Choice::First => badge::state("the plan is better", Progress::Done),
                    Choice::Second => badge::state("the plan is worse", Progress::Failed),
                    Choice::DoesNotDecide => badge::state("does not decide", Progress::Unknown),
                },
                measure(&other.decision, &titles),
            ],
            ..Row::default()
        }
    };
    html! {
        (table(&Table {
            id: "against".to_owned(),
            caption: "The plan beside other choices".to_owned(),
            columns: vec![
                Column::plain("The plan against", Width::Fit),
                Column::plain(&format!("better by, {}", view.currency), Width::Figures),
                Column::plain("90 %", Width::Figures),
                Column::plain("Chance", Width::Figures),
                Column::plain("Answer", Width::Fit),
                Column::plain("What to find out first", Width::Fill),
            ],
            rows: bought.against.iter().map(row).collect(),
            ..Table::default()
        }))
        p.muted {
            "Loss prevented in the years planned, less cost. Not known are how often scenarios are tried and how many hours unplanned work takes; losses of later years are not counted, so that work which lasts looks worse than it is."
        }
    }
}

/// What to measure first, by the titles of what it is about.
pub(super) fn measure(decision: &Judged, titles: &BTreeMap<&str, &str>) -> Markup {
    if decision.answer != Choice::DoesNotDecide {
        return html! { span.muted { "nothing: it is decided" } };
    }
    // ``rate of `id` `` with the title in the place of the id.
    let said = |what: &str| match what.split_once(" of `").map(|(word, id)| (word, id.trim_end_matches('`')))
    {
        Some((word, id)) => format!("{word} of “{}”", titles.get(id).copied().unwrap_or(id)),
        None => what.to_owned(),
    };
    html! {
        @match (&decision.measure_first, decision.measurements.first().filter(|one| one.worth > 0.0)) {
            (Some(what), _) => { strong { (said(what)) } ": settles it in nine of ten cases" },
            (None, Some(most)) => { (said(&most.what)) " " span.muted { "(worth " (short_money(most.worth)) ", settles " (percent(most.settles)) ")" } },
            (None, None) => span.muted { "no single measurement tells much" },
        }
    }
}
