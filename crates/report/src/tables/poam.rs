//! The plan of action and milestones as practitioners hand it in.

use super::{Heading, TitleOf, columns, joined, state_title};
use crate::table::{Cell, ColumnKind, Table};
use warrant_model::kind::{Kind, Record};
use warrant_model::kinds::{Milestone, PoamItem};

/// An item and, when it is known, how it read when it was first written.
#[derive(Clone, Copy, Debug)]
pub struct PoamRow<'a> {
    /// The item as it is now.
    pub item: &'a Record<PoamItem>,
    /// Its first version: shows what slipped. `None`: the original columns stay empty.
    pub original: Option<&'a PoamItem>,
}

/// The POA&M: one row per item, milestones as numbered lines with their days and whether they are done.
pub fn poam_table(rows: &[PoamRow<'_>], title_of: &TitleOf<'_>, heading: Heading) -> Table {
    use ColumnKind::{Date, Link, Money, Number, Text};
    Table {
        title: "POA&M".into(),
        columns: columns(&[
            ("POA&M ID", Text),
            ("Weakness", Text),
            ("Weakness description", Text),
            ("Security controls", Text),
            ("Severity", Text),
            ("System", Link),
            ("Responsible", Link),
            ("Identified on", Date),
            ("Scheduled completion", Date),
            ("State", Text),
            ("Original state", Text),
            ("Original severity", Text),
            ("Original completion", Date),
            ("Milestones", Text),
            ("Milestones done", Text),
            ("Cost", Money),
            ("Hours", Number),
            ("Validation", Text),
            ("Comments", Text),
            ("Deficiencies", Text),
            ("Findings", Text),
            ("Last changed", Date),
        ]),
        rows: rows.iter().map(|row| cells(*row, title_of)).collect(),
        marking: heading.marking,
        source: heading.source,
    }
}

fn cells(row: PoamRow<'_>, title_of: &TitleOf<'_>) -> Vec<Cell> {
    let PoamRow { item: record, original } = row;
    let item = &record.body;
    let done = item.milestones.iter().filter(|milestone| milestone.done.is_some()).count();
    let progress = match item.milestones.len() {
        0 => Cell::Empty,
        all => Cell::text(format!("{done} of {all}")),
    };
    vec![
        Cell::text(record.id.as_str()),
        Cell::text(&item.title),
        Cell::text_if(item.description.as_deref()),
        joined(&item.controls),
        Cell::text_if(item.severity.map(|severity| severity.word())),
        Cell::text(title_of("system", item.system.as_str())),
        Cell::text(item.owner.as_ref().map(|owner| title_of("person", owner.as_str())).unwrap_or_default()),
        Cell::date_if(item.identified),
        Cell::date_if(item.due),
        Cell::text(state_title(&PoamItem::SPEC, &item.state)),
        Cell::text_if(original.map(|first| state_title(&PoamItem::SPEC, &first.state))),
        Cell::text_if(original.and_then(|first| first.severity).map(|severity| severity.word())),
        Cell::date_if(original.and_then(|first| first.due)),
        Cell::text(milestone_lines(&item.milestones)),
        progress,
        Cell::number_if(item.cost),
        Cell::number_if(item.hours),
        Cell::text_if(item.validation.as_deref()),
        Cell::text_if(item.comments.as_deref()),
        joined(&item.deficiencies),
        joined(&item.findings),
        Cell::Date(warrant_model::time::day(record.updated_at)),
    ]
}

fn milestone_lines(milestones: &[Milestone]) -> String {
    let line = |(nth, milestone): (usize, &Milestone)| {
        let due = milestone.due.map(|due| format!(", due {due}")).unwrap_or_default();
        let done = milestone.done.map(|done| format!(", done {done}")).unwrap_or_else(|| ", open".into());
        format!("{}. {}{due}{done}", nth + 1, milestone.title)
    };
    milestones.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}
