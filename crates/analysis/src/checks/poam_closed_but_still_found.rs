//! A plan is closed and its finding is still there.

use crate::checks::{About, Check};
use crate::draft::{Draft, count_of, edit, remediate};
use crate::plans::{is_open, named, names_of};
use crate::title::fit;
use crate::{Context, Out};
use std::collections::{BTreeMap, HashMap, HashSet};
use warrant_model::Severity;
use warrant_model::kind::Record;
use warrant_model::kinds::PoamItem;
use warrant_model::time::from_micros;

pub(super) const CHECK: Check = Check {
    about: About {
        id: "poam-closed-but-still-found",
        title: "Closed POA&M item whose finding is open",
        why: "A plan was closed as done and the tool still sees the weakness: one of the two is wrong.",
        source: "SP 800-37r2 task M-3; SP 800-53Ar5 CA-5",
        false_positives: "No scan since the work was done: import a new one, which closes the finding.",
    },
    run,
};

fn run(ctx: &Context<'_>, out: &mut Out) {
    for (item, mut rows) in still_found(ctx).into_values() {
        let findings = &ctx.snapshot.findings;
        rows.sort_unstable_by_key(|row| findings.text(findings.id[*row]));
        rows.dedup();
        let Some(since) = rows.iter().map(|row| from_micros(findings.state_since[*row])).max() else {
            continue;
        };
        let severity = rows.iter().map(|row| findings.severity[*row]).max().unwrap_or_default();
        let target = findings.text(findings.target[rows[0]]);
        let draft = Draft::of_record(
            "poam_item",
            &item.id,
            severity.max(Severity::Medium),
            since.max(item.updated_at),
        )
        .title(fit("\u{201c}", &item.body.title, "\u{201d} is closed and still found"))
        .why(format!("{} it planned to end: still open.", count_of(rows.len(), "finding", "findings")))
        .controls(["ca-5", "si-2"])
        .controls(item.body.controls.iter().cloned())
        .grounds(rows.iter().map(|row| ctx.finding_ground(*row)))
        .findings(&rows)
        .extent(rows.len())
        .owner(ctx.falls_to(&[item.body.owner.as_ref()]))
        .poam_item(&item.id)
        .action(edit("Reopen the plan", "poam_item", &item.id, &["state", "comments"]))
        .action(remediate("Finish the work and scan again", target));
        out.add(draft);
    }
}

type Found<'a> = (&'a Record<PoamItem>, Vec<usize>);

/// Open findings that a closed item names and no open one does, by the closed item's id.
fn still_found<'a>(ctx: &Context<'a>) -> BTreeMap<&'a str, Found<'a>> {
    let items = &ctx.snapshot.poam_items;
    let mut closed: HashMap<String, Vec<&Record<PoamItem>>> = HashMap::new();
    for item in items.iter().filter(|item| item.body.state == "closed") {
        named(&item.body).for_each(|name| closed.entry(name).or_default().push(item));
    }
    let mut found: BTreeMap<&str, Found<'a>> = BTreeMap::new();
    if closed.is_empty() {
        return found;
    }
    let again: HashSet<_> =
        items.iter().filter(|item| is_open(&item.body)).flat_map(|item| named(&item.body)).collect();
    let findings = &ctx.snapshot.findings;
    for row in findings.open() {
        let names: Vec<_> = names_of(findings, row).collect();
        if names.iter().any(|name| again.contains(name)) {
            continue;
        }
        for item in names.iter().filter_map(|name| closed.get(name)).flatten() {
            found.entry(item.id.as_str()).or_insert_with(|| (item, Vec::new())).1.push(row);
        }
    }
    found
}
