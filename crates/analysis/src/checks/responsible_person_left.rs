//! Somebody who has left still answers for something.

use crate::checks::{About, Check};
use crate::draft::{Draft, count_of, edit, listed};
use crate::plans::is_open;
use crate::{Context, Out};
use std::collections::BTreeMap;
use warrant_model::time::end_of;
use warrant_model::{RecordId, Severity};

pub(super) const CHECK: Check = Check {
    about: About {
        id: "responsible-person-left",
        title: "Responsible person has left",
        why: "Work that falls to somebody who is gone falls to nobody, and nobody notices.",
        source: "SP 800-53r5 PS-4, PS-5",
        false_positives: "A person who came back: clear the day they left.",
    },
    run,
};

/// A duty: kind, record, name, field and how bad it is that nobody has it.
struct Duty<'a> {
    kind: &'static str,
    id: &'a RecordId,
    name: String,
    field: &'static str,
    severity: Severity,
}

fn run(ctx: &Context<'_>, out: &mut Out) {
    let mut by_person: BTreeMap<&RecordId, Vec<Duty<'_>>> = BTreeMap::new();
    for (person, duty) in duties(ctx) {
        if ctx.gone(Some(person)).is_some() {
            by_person.entry(person).or_default().push(duty);
        }
    }
    for (person, mut duties) in by_person {
        let Some((person, left)) = ctx.gone(Some(person)) else { continue };
        duties.sort_by(|one, other| (one.kind, one.id, one.field).cmp(&(other.kind, other.id, other.field)));
        let severity = duties.iter().map(|duty| duty.severity).max().unwrap_or_default();
        let names: Vec<_> = duties.iter().map(|duty| duty.name.as_str()).collect();
        let draft = Draft::of_record("person", &person.id, severity, end_of(left))
            .title(format!(
                "{} left on {left} and still holds {}",
                person.body.name,
                count_of(duties.len(), "duty", "duties")
            ))
            .why(format!("Still {}.", listed(&names)))
            .extent(duties.len())
            .controls(["ps-4", "ps-5"])
            .owner(ctx.falls_to(&[]));
        let draft = duties.iter().take(10).fold(draft, |draft, duty| {
            let title = format!("Hand over: {}", duty.name);
            draft.action(edit(title, duty.kind, duty.id, &[duty.field]))
        });
        out.add(draft);
    }
}

fn duties<'a>(ctx: &Context<'a>) -> impl Iterator<Item = (&'a RecordId, Duty<'a>)> {
    let record = ctx.record();
    let system = &record.body;
    let roles = [
        (system.owner.as_ref(), "owner", "owner"),
        (system.security_officer.as_ref(), "security_officer", "security officer"),
        (system.authorizing_official.as_ref(), "authorizing_official", "authorizing official"),
    ];
    let roles = roles.into_iter().filter_map(move |(person, field, role)| {
        let name = format!("{role} of {}", system.name);
        Some((person?, Duty { kind: "system", id: &record.id, name, field, severity: Severity::High }))
    });
    let components = ctx.snapshot.components.iter().filter_map(|component| {
        let name = format!("owner of {}", component.body.name);
        let severity = Severity::Medium;
        let duty = Duty { kind: "component", id: &component.id, name, field: "owner", severity };
        Some((component.body.owner.as_ref()?, duty))
    });
    let open = ctx.snapshot.poam_items.iter().filter(|item| is_open(&item.body));
    let items = open.filter_map(|item| {
        let name = format!("owner of the plan \u{201c}{}\u{201d}", item.body.title);
        let severity = Severity::Medium;
        let duty = Duty { kind: "poam_item", id: &item.id, name, field: "owner", severity };
        Some((item.body.owner.as_ref()?, duty))
    });
    let tasks = ctx.snapshot.tasks.iter().filter(|task| super::task_overdue::is_open(&task.body));
    let tasks = tasks.filter_map(|task| {
        let name = format!("assignee of \u{201c}{}\u{201d}", task.body.title);
        let severity = Severity::Low;
        let duty = Duty { kind: "task", id: &task.id, name, field: "assignee", severity };
        Some((task.body.assignee.as_ref()?, duty))
    });
    roles.chain(components).chain(items).chain(tasks)
}
