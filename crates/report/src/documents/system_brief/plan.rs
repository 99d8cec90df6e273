//! Where the plan of action stands.

use super::{SystemBrief, counted};
use crate::tables::state_title;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::kind::{Ended, Kind, Record};
use warrant_model::kinds::PoamItem;
use warrant_model::time::day;

pub(super) fn section(brief: &SystemBrief<'_>) -> Markup {
    let today = day(brief.posture.as_of);
    let mut open: Vec<_> = brief.poam_items.iter().filter(|item| is_open(item)).collect();
    open.sort_by(|a, b| {
        (a.body.due.is_none(), a.body.due, &a.id).cmp(&(b.body.due.is_none(), b.body.due, &b.id))
    });
    let overdue = open.iter().filter(|item| is_overdue(item.body.due, today)).count();
    let closed = brief.poam_items.len() - open.len();
    html! {
        h2 { "Plan of action and milestones" }
        p {
            (counted(open.len(), "open item", "open items")) ", " (overdue) " of them overdue; "
            (counted(closed, "item", "items")) " closed or cancelled."
        }
        @if !open.is_empty() {
            table {
                thead { tr {
                    th { "Item" } th { "Severity" } th { "State" } th { "Responsible" } th { "Due" } th { "Next milestone" }
                    th.number { "Done" }
                } }
                tbody { @for item in open { (row(item, today, brief)) } }
            }
        }
    }
}

fn row(record: &Record<PoamItem>, today: Date, brief: &SystemBrief<'_>) -> Markup {
    let item = &record.body;
    let done = item.milestones.iter().filter(|milestone| milestone.done.is_some()).count();
    let next = item.milestones.iter().find(|milestone| milestone.done.is_none());
    let owner = item.owner.as_ref().map(|owner| (brief.title_of)("person", owner.as_str()));
    html! {
        tr {
            td { (item.title) }
            td { @if let Some(severity) = item.severity { span class={ "severity " (severity.word()) } { (severity) } } }
            td { (state_title(&PoamItem::SPEC, &item.state)) }
            td { (owner.as_deref().unwrap_or("nobody")) }
            td.day {
                (super::day_or(item.due, "no day")) @if is_overdue(item.due, today) { br; strong { "overdue" } }
            }
            td {
                @if let Some(next) = next {
                    (next.title) @if let Some(due) = next.due { ", " (due) }
                    @if is_overdue(next.due, today) { " " strong { "overdue" } }
                }
            }
            td.number { @if !item.milestones.is_empty() { (done) " of " (item.milestones.len()) } }
        }
    }
}

fn is_open(record: &Record<PoamItem>) -> bool {
    let workflow = PoamItem::SPEC.workflow;
    let state = workflow.as_ref().and_then(|workflow| workflow.state(&record.body.state));
    state.is_none_or(|state| state.ended == Ended::Open)
}

fn is_overdue(due: Option<Date>, today: Date) -> bool {
    due.is_some_and(|due| due < today)
}
