//! One scenario: its year, what stands in its way, what each finding costs, what moved in a month.

use super::{curve, shown};
use crate::error::Answer;
use crate::list::encoded;
use crate::look::Link;
use crate::look::badge;
use crate::look::chart::{ExceedanceCurve, exceedance};
use crate::look::figure::{percent, short_money, small_percent, thousands};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_model::time::day;
use warrant_service::risk::{Moved, ScenarioView};

pub(super) async fn page(State(app): State<App>, who: Who, Path(id): Path<String>) -> Answer {
    let view = app.service.risk_of_scenario(&who.actor, &id).await?;
    let actions = html! {
        a.button href=(safe(&record_href("scenario", &view.line.id))) { "The record" }
        a.button href=(safe(&format!("{}/edit", record_href("scenario", &view.line.id)))) { "Estimate anew" }
    };
    let over = [
        Link::new("Risk", "/risk"),
        Link::new(&view.line.system_name, record_href("system", &view.line.system)),
    ];
    // What is tolerated is a limit for all scenarios together.
    let drawn = ExceedanceCurve {
        tolerance: Vec::new(),
        ..curve("What a year of this scenario may cost", &view.report)
    };
    let main = html! {
        (shell::heading(&over, &view.line.title, lead(&view), actions))
        div.columns.pair {
            div { (exceedance(&drawn)) }
            (section("Since a month ago", html! {}, since(&view)))
        }
        (section("What stands in its way", html! {}, html! { (steps(&view)) (controls(&view)) }))
        (section("What findings cost", html! { (thousands(view.findings_in_all as i64)) }, findings(&view)))
        p.muted { (shown::second_opinion(&view.report)) }
    };
    Page::new(&view.line.title, Place::Programme, "/risk").with(&app, &who, main).await
}

fn lead(view: &ScenarioView) -> Markup {
    let figures = &view.line.figures;
    let kept = view.bare - figures.ale;
    html! {
        strong { (short_money(figures.ale)) " " (view.currency) " a year" } " is to be expected; some loss comes in "
        (small_percent(figures.any_loss)) " of years. Without controls it would be " (short_money(view.bare)) " "
        (view.currency) ": what is in place keeps " strong { (short_money(kept)) } " away."
    }
}

/// By how much it moved, and why.
fn since(view: &ScenarioView) -> Markup {
    let Some(then) = &view.then else {
        return html! { p.muted { "The system was not recorded yet a month ago." } };
    };
    let change = view.line.figures.ale - then.ale;
    html! {
        p {
            "With the controls as they stood on " (day(then.at)) " it would be "
            strong { (short_money(then.ale)) " " (view.currency) }
            @if change.abs() < 0.5 { ": nothing moved." }
            @else if change < 0.0 { ": " strong { (short_money(-change)) " less" } " today, because" }
            @else { ": " strong { (short_money(change)) " more" } " today, because" }
        }
        @if change.abs() >= 0.5 {
            ul { @for moved in then.moved.iter().take(8) { li { (why(moved)) } } }
        }
    }
}

fn why(moved: &Moved) -> Markup {
    let (before, now) = (&moved.before, &moved.now);
    html! {
        (control(&now.control)) " performs " (percent(now.performance())) " instead of " (percent(before.performance()))
        @if before.open != now.open { "; open findings on it: " (before.open) " then, " (now.open) " now" }
        @if (before.in_place - now.in_place).abs() > 0.001 { "; in place: " (percent(before.in_place)) " then, " (percent(now.in_place)) " now" }
        @if (before.reliability() - now.reliability()).abs() > 0.001 { "; works " (percent(before.reliability())) " of the time then, " (percent(now.reliability())) " now" }
    }
}

fn control(id: &str) -> Markup {
    html! { a href=(format!("/controls/{}", encoded(id))) { (id.to_uppercase()) } }
}

fn steps(view: &ScenarioView) -> Markup {
    let list = |ids: &[String]| {
        html! {
            @if ids.is_empty() { span.muted { "nothing" } }
            @for (nth, id) in ids.iter().enumerate() { @if nth > 0 { ", " } (control(id)) }
        }
    };
    html! {
        @if view.steps.is_empty() {
            p.muted { "No steps are told, so no control bears on it." }
        } @else {
            ol {
                @for step in &view.steps {
                    li { strong { (step.technique) } " — stopped by " (list(&step.stopped_by)) "; noticed by " (list(&step.noticed_by)) }
                }
            }
        }
    }
}

fn controls(view: &ScenarioView) -> Markup {
    html! {
        @if !view.controls.is_empty() {
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Control" }
                        th.figures scope="col" { "Keeps away, " (view.currency) " a year" }
                        th.figures scope="col" { "Performs" }
                        th.figures scope="col" { "= stops" }
                        th.figures scope="col" { "× in place" }
                        th.figures scope="col" { "× left by findings" }
                        th.figures scope="col" { "× works" }
                        th scope="col" { "Because" }
                    } }
                    tbody {
                        @for share in &view.controls {
                            @let standing = &share.standing;
                            tr {
                                th scope="row" { (control(&standing.control)) }
                                td.figures { (short_money(share.share)) }
                                td.figures { (percent(standing.performance())) }
                                td.figures title=(standing.word) { (percent(standing.efficacy)) }
                                td.figures { (percent(standing.in_place)) }
                                td.figures { (percent(standing.left)) }
                                td.figures { (percent(standing.reliability())) }
                                td.muted { (standing.in_place_because) "; " (standing.open) " open findings on " (standing.targets) " targets" }
                            }
                        }
                    }
                }
            }
            p.muted { "The amounts are fair shares (Shapley) of what all controls together keep away, and add up to it." }
        }
    }
}

fn findings(view: &ScenarioView) -> Markup {
    let shown = view.findings.len();
    html! {
        @if view.findings.is_empty() {
            p.muted { "No open finding bears on its controls." }
        } @else {
            p {
                (thousands(view.findings_in_all as i64)) " open findings bear on its controls. Closing one alone spares in a year:"
                @if view.findings_in_all > shown { span.muted { " (the dearest " (shown) ")" } }
            }
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Finding" }
                        th scope="col" { "Severity" }
                        th scope="col" { "Target" }
                        th.figures scope="col" { "Spares, " (view.currency) " a year" }
                    } }
                    tbody {
                        @for finding in &view.findings {
                            tr {
                                th scope="row" { a href=(safe(&format!("/findings/{}", encoded(&finding.id)))) { (finding.title) } }
                                td.fit { (badge::severity(finding.severity)) }
                                td { (finding.target) }
                                td.figures { (short_money(finding.worth)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
