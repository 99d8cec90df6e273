//! How parts of a finding are shown, in the list and on its own page.

use crate::list::{ListAddress, encoded};
use crate::look::badge::{self, Progress};
use crate::look::figure::cut;
use crate::look::table::{Chip, Chosen, Facet};
use crate::words::{Words, say};
use maud::{Markup, html};
use std::collections::BTreeSet;
use warrant_model::finding::FindingState;
use warrant_model::priority::Decision;
use warrant_service::findings::FindingCount;
use warrant_service::priority::PriorityView;
use warrant_service::query::FindingQuery;

/// A state as a badge.
pub(in crate::pages) fn state(state: FindingState) -> Markup {
    let progress = match state {
        FindingState::Open => Progress::Failed,
        FindingState::Closed | FindingState::Met => Progress::Done,
        FindingState::NotChecked => Progress::Unknown,
        FindingState::NotApplicable | FindingState::Moved => Progress::Aside,
    };
    badge::state(&word(state), progress)
}

/// The word people read.
pub(in crate::pages) fn word(state: FindingState) -> String {
    say(match state {
        FindingState::Open => "finding-open",
        FindingState::Closed => "finding-closed",
        FindingState::Met => "finding-met",
        FindingState::NotChecked => "finding-not-checked",
        FindingState::NotApplicable => "finding-not-applicable",
        FindingState::Moved => "finding-moved",
    })
}

/// The other tools that tell of the same weakness.
pub(in crate::pages) fn also(tools: Option<&BTreeSet<String>>) -> Markup {
    html! {
        @if let Some(tools) = tools {
            @let names = tools.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            small title=(Words::of("finding-also").with("tools", &names)) { (Words::of("finding-and-tool").with("tools", cut(&names, 14))) }
        }
    }
}

/// How fast to act and by when; the reasons are a hover away, and on the finding's own page.
pub(in crate::pages) fn priority(priority: Option<&PriorityView>) -> Markup {
    html! {
        @match priority {
            Some(priority) => {
                span title=(priority.sentence) lang=[crate::language::of_english()] { (decision(priority.decision)) }
                br; small.muted { (Words::of(if priority.late { "priority-was-due" } else { "priority-due-by" }).around("due", html! { span.whole { (priority.due) } })) }
            }
            None => span.muted title=(say("priority-only-open")) { "–" }
        }
    }
}

/// The word for a decision: `Out of cycle`.
pub(in crate::pages) fn decision_word(decision: Decision) -> String {
    say(match decision {
        Decision::Immediate => "decision-immediate",
        Decision::OutOfCycle => "decision-out-of-cycle",
        Decision::Scheduled => "decision-scheduled",
        Decision::Defer => "decision-defer",
    })
}

/// A decision as a badge.
pub(in crate::pages) fn decision(decision: Decision) -> Markup {
    badge::state(
        &decision_word(decision),
        match decision {
            Decision::Immediate => Progress::Failed,
            Decision::OutOfCycle => Progress::Underway,
            Decision::Scheduled => Progress::Open,
            Decision::Defer => Progress::Aside,
        },
    )
}

/// The limit of a query that chips and choices leave aside, since they offer others in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Aside {
    /// The state.
    State,
    /// The severity.
    Severity,
    /// The tool.
    Tool,
    /// The decision.
    Decision,
}

/// Whether counted findings fit a query but for one of its limits.
pub(in crate::pages) fn fits(query: &FindingQuery, counted: &FindingCount, aside: Aside) -> bool {
    let state = aside == Aside::State || query.state.is_none_or(|wanted| wanted == counted.state);
    let severity = aside == Aside::Severity || query.severity.is_none_or(|wanted| wanted == counted.severity);
    let tool = aside == Aside::Tool || query.tool.as_deref().is_none_or(|wanted| wanted == counted.tool);
    let decision =
        aside == Aside::Decision || query.decision.is_none_or(|wanted| Some(wanted) == counted.decision);
    state && severity && tool && decision
}

/// Chips of decisions, counted with the other filters kept.
pub(in crate::pages) fn decisions(
    address: &ListAddress,
    query: &FindingQuery,
    breakdown: &[FindingCount],
) -> Facet {
    let chips = Decision::DESCENDING.into_iter().filter_map(|decision| {
        let fitting = breakdown
            .iter()
            .filter(|counted| counted.decision == Some(decision) && fits(query, counted, Aside::Decision));
        let count: u64 = fitting.map(|counted| counted.count.unsigned_abs()).sum();
        let (chosen, href) = address.toggle("priority", decision.word());
        let title = decision_word(decision);
        (count > 0 || chosen == Chosen::Yes).then_some(Chip { title, count, href, chosen, shape: None })
    });
    Facet { title: say("priority"), chips: chips.collect() }
}

/// Controls by id, each a link to how that system stands on it, at most so many.
pub(super) fn controls(system: &str, ids: &[String], most: usize) -> Markup {
    html! {
        @for (nth, id) in ids.iter().take(most).enumerate() {
            @if nth > 0 { ", " }
            a href=(control_href(system, id)) { (control_label(id)) }
        }
        @if ids.len() > most { span.muted { " +" (ids.len() - most) } }
    }
}

/// The page of a control, or of the control a statement belongs to, in a system.
pub(super) fn control_href(system: &str, id: &str) -> String {
    let control = id.split("_smt").next().unwrap_or(id);
    format!("/systems/{}/controls/{}", encoded(system), encoded(control))
}

/// `ac-2_smt.a` → `AC-2 a.`, as people write it.
fn control_label(id: &str) -> String {
    let index = warrant_catalog::index::Index::embedded();
    let control = index.by_id(id).and_then(|no| index.control(no)).map(|control| control.label.clone());
    let statement = || index.statement_by_id(id).and_then(|no| index.statement_label(no));
    control.or_else(statement).unwrap_or_else(|| id.to_owned())
}
